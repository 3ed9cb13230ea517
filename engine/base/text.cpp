// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.h"

#include <charconv>
#include <utility>

namespace patchbay {

Text&& Text::with(std::string_view name, std::string_view value) && {
  args.insert_or_assign(std::string{name}, std::string{value});
  return std::move(*this);
}

Text&& Text::with(std::string_view name, std::int64_t value) && { return std::move(*this).with(name, std::to_string(value)); }

Text&& Text::with(std::string_view name, double value) && {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return std::move(*this).with(name, std::string_view{buffer, static_cast<std::size_t>(end - buffer)});
}

Text&& Text::count(std::int64_t value) && {
  n = value;
  return std::move(*this).with("n", value);
}

std::string renderTemplate(std::string_view pattern, const Text& text) {
  std::string out;
  out.reserve(pattern.size() + 32);
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern.substr(i).starts_with("(s)") && text.n) {
      if (*text.n != 1) out += 's';
      i += 3;
      continue;
    }
    if (pattern[i] == '{') {
      const auto close = pattern.find('}', i);
      if (close != std::string_view::npos) {
        const auto arg = text.args.find(pattern.substr(i + 1, close - i - 1));
        if (arg != text.args.end()) {
          out += arg->second;
          i = close + 1;
          continue;
        }
      }
    }
    out += pattern[i++];
  }
  return out;
}

std::string render(const Text& text) { return renderTemplate(text.source, text); }

}  // namespace patchbay
