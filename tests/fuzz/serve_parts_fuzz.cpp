// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "engine/serve/http_parts.h"

/// The parts of a request that Beast does not read. The first byte chooses one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace patchbay::serve;
  if (size == 0) return 0;
  const std::string_view text{reinterpret_cast<const char*>(data + 1), size - 1};
  switch (data[0] % 5) {
    case 0:
      if (const auto target = parseTarget(text))
        for (const auto& segment : target->path)
          if (segment.empty() || segment == "." || segment == ".." || segment.find('/') != segment.npos ||
              segment.find('\0') != segment.npos)
            std::abort();
      break;
    case 1:
      if (const auto bytes = decodeBase64(text))
        if (decodeBase64(encodeBase64(*bytes)) != *bytes) std::abort();
      break;
    case 2: {
      const auto line = text.find('\n');
      const auto type = parseMediaType(text.substr(0, line));
      if (line == text.npos) break;
      if (const auto parts = parseMultipart(text.substr(line + 1), type.boundary, 16))
        for (const auto& part : *parts)
          if (part.data.size() > text.size()) std::abort();
      break;
    }
    case 3:
      if (const auto name = hostName(text); name && name->empty()) std::abort();
      break;
    default:
      if (bearerToken(text).size() > text.size()) std::abort();
  }
  return 0;
}
