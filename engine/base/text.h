// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace patchbay {

/// A sentence for people: an English template with named arguments, translated by the GUI and stored untranslated.
///
/// `{name}` in the template is replaced by the argument of that name. "(s)" follows the count set by `count()`:
/// "{n} picture(s)" reads "1 picture" or "3 pictures". Translations are looked up by (context, source).
struct Text {
  std::string context;
  std::string source;
  std::map<std::string, std::string, std::less<>> args;
  std::optional<std::int64_t> n;

  Text() = default;
  Text(std::string_view ctx, std::string_view src) : context{ctx}, source{src} {}

  Text&& with(std::string_view name, std::string_view value) &&;
  Text&& with(std::string_view name, std::int64_t value) &&;
  Text&& with(std::string_view name, double value) &&;
  /// Sets argument `n`, which also chooses the plural form.
  Text&& count(std::int64_t value) &&;

  bool empty() const { return source.empty(); }
  bool operator==(const Text&) const = default;
};

/// The sentence in English, arguments filled in.
std::string render(const Text& text);
/// Fills `args` into an already translated template.
std::string renderTemplate(std::string_view pattern, const Text& args);

}  // namespace patchbay

/// Marks a literal for lupdate; the engine itself never translates.
#define TR(context, text) \
  ::patchbay::Text { context, text }
