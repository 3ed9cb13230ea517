// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace patchbay::serve {

/// The parts of a request that are read here and not by Beast. All of them take any bytes.

/// A request's target, taken apart: "/v1/models/a%20b/predict?x=1" -> {"v1", "models", "a b", "predict"}, {x: "1"}.
struct Target {
  std::vector<std::string> path;
  std::map<std::string, std::string, std::less<>> query;
};
/// Decodes percent escapes once. Nothing for what is no absolute path: escapes that are broken, or mean a slash, NUL or
/// another control character; empty, "." or ".." segments in between; more than 4 KB.
std::optional<Target> parseTarget(std::string_view target);

/// RFC 4648, with or without padding and line breaks, with "data:...;base64," in front or not.
std::optional<std::string> decodeBase64(std::string_view text);
std::string encodeBase64(std::string_view bytes);

/// A media type without its parameters, in lower case, and its boundary.
struct MediaType {
  std::string type;
  std::string boundary;
};
MediaType parseMediaType(std::string_view header);

/// A part of a multipart/form-data body (RFC 7578); `data` is a view into the body.
struct FormPart {
  std::string name, fileName;
  std::string_view data;
};
/// BadInput where the boundary is missing, a part has no end or headers of more than 8 KB, or there are more than `most`.
Result<std::vector<FormPart>> parseMultipart(std::string_view body, std::string_view boundary, std::size_t most);

/// The name or address of a Host header without its port, in lower case and without brackets; nothing when it is not one.
std::optional<std::string> hostName(std::string_view header);

/// Equal without telling by the time taken where they differ.
bool equalSecrets(std::string_view a, std::string_view b);
/// The token of "Bearer <token>", empty for anything else.
std::string_view bearerToken(std::string_view authorization);

}  // namespace patchbay::serve
