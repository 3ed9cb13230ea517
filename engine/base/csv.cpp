// SPDX-License-Identifier: Apache-2.0
#include "engine/base/csv.h"

#include "engine/base/value.h"

namespace patchbay {

std::string csvCell(std::string_view text) {
  auto safe = displayText(text);
  if (!safe.empty() && std::string_view{"=+-@"}.find(safe.front()) != std::string_view::npos) safe.insert(0, 1, '\'');
  if (safe.find_first_of(",\"\n\r") == std::string::npos) return safe;
  std::string out = "\"";
  for (const char c : safe) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace patchbay
