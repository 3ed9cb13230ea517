// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "engine/serve/model_shelf.h"
#include "engine/serve/predictor.h"

namespace patchbay::serve {

/// What an endpoint may do at most, and to whom it answers.
struct ServeOptions {
  std::vector<ModelSource> models;
  std::string host = "127.0.0.1";         ///< An address of this machine. Off loopback a token is required.
  std::uint16_t port = 8642;              ///< 0: any that is free.
  std::string token;                      ///< Empty: none is asked for.
  std::vector<std::string> allowedHosts;  ///< Further names this machine is reached by, as in the Host header.
  int threads = 1;                        ///< Lanes of computation.
  std::filesystem::path pageFolder;       ///< Where page.html, page.css and page.js of the test page lie.
  std::size_t mostConnections = 1000;
  std::size_t mostWaiting = 64;   ///< Pictures; more are answered 429.
  std::size_t mostPictures = 64;  ///< In one request.
  std::uint32_t mostHeader = 16 << 10;
  std::size_t mostBody = 32 << 20;
  std::size_t mostBodies = 256 << 20;  ///< Of all requests together.
  std::chrono::milliseconds headerTime{10'000}, bodyTime{30'000}, idleTime{60'000}, writeTime{30'000}, stopTime{30'000};
  std::chrono::milliseconds lookEvery{1'000};  ///< At changed exports.
};

/// Called with the address once connections are taken: "http://127.0.0.1:8642".
using Announce = std::function<void(const std::string& url)>;
/// Called with what the operator should know, one sentence each.
using Say = std::function<void(const std::string& sentence)>;

/// Answers predictions over HTTP/1.1 until SIGTERM or SIGINT, then ends gracefully: requests that came are answered first.
///
/// GET /, /page.css, /page.js: the test page. GET /health. GET /metrics: Prometheus. GET /openapi.json: what there is.
/// GET /v1/models: {"models": [{"name", ...}]}. POST /v1/models/NAME/predict: the bytes of one picture, a form with files, or
/// JSON {"pictures": [base64]}; ?heat_map=1 adds a heat map. All but the page and /health ask for the token, where there is one.
/// Statuses: 400 not understood, 401 wrong token, 403 foreign Host or Origin, 404, 405, 408 too slow, 413 too much, 415, 422 no
/// picture could be read, 429 too busy (with Retry-After), 431 header too long, 503 stopping.
Result<> serve(const ServeOptions& options, const OpenPredictor& open, const Announce& announce, const Say& say);

}  // namespace patchbay::serve
