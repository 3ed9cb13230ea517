// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/serve/batcher.h"
#include "engine/serve/http_parts.h"
#include "engine/serve/server.h"

namespace patchbay::serve {

/// What goes back, apart from the connection.
struct Reply {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::map<std::string, std::string> headers;
};
/// {"error": {"code", "message", "hint"}}
Reply errorReply(int status, const Error& error);

/// The head of a request, as far as it decides what happens.
struct Head {
  std::string_view method, target, host, origin, authorization, contentType, contentEncoding;
  int hosts = 0;  ///< Host headers there are.
};

/// What a head asks for.
struct Asked {
  enum class What { Reply, Predict } what = What::Reply;
  Reply reply;
  std::string modelName;
  std::shared_ptr<Predictor> model;
  MediaType type;
  bool heatMap = false;
  std::string about;
};

/// The endpoint without its connections: who may ask, what there is, and what an answer looks like.
class Routes {
 public:
  Routes(const ServeOptions& options, const ModelShelf& shelf, Metrics& metrics);
  /// Reads the page's files.
  Result<> open();
  /// Decides by the head alone, before anything of the body is read.
  Asked ask(const Head& head, const Metrics::Now& now, bool stopping) const;
  /// The pictures of a body, as its media type says.
  Result<std::shared_ptr<Order>> order(const Asked& asked, std::string body) const;
  Reply answer(const Order& order, double milliseconds) const;

 private:
  std::optional<Reply> refused(const Head& head, bool needsToken) const;
  bool knownHost(std::string_view header) const;
  Result<> addFromJson(Order& order, const Asked& asked) const;

  const ServeOptions& options_;
  const ModelShelf& shelf_;
  Metrics& metrics_;
  std::map<std::string, Reply, std::less<>> files_;
};

/// The OpenAPI 3.0 description of the endpoint.
std::string openApi(bool token);

}  // namespace patchbay::serve
