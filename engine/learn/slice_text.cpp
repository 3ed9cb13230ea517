// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/slice_text.h"

#include <array>
#include <optional>

namespace patchbay::learn {
namespace {

/// A pattern whose {low} and {high} are found in `name`; nothing when it is another.
std::optional<Text> matched(Text pattern, std::string_view name) {
  const std::string_view source = pattern.source;
  const auto low = source.find("{low}"), high = source.find("{high}");
  const auto begin = source.substr(0, low);
  const auto end = source.substr(high == source.npos ? low + 5 : high + 6);
  if (!name.starts_with(begin) || !name.ends_with(end) || name.size() < begin.size() + end.size()) return {};
  const auto inside = name.substr(begin.size(), name.size() - begin.size() - end.size());
  const auto number = [](std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == text.npos; };
  if (high == source.npos) return number(inside) ? std::optional{std::move(pattern).with("low", inside)} : std::nullopt;
  const auto to = inside.find(" to ");
  if (to == inside.npos || !number(inside.substr(0, to)) || !number(inside.substr(to + 4))) return {};
  return std::move(pattern).with("low", inside.substr(0, to)).with("high", inside.substr(to + 4));
}

}  // namespace

Text sliceKind(const Value& slice) {
  const auto& by = slice["by"].asText();
  for (auto& known :
       std::array{TR("slice", "size"), TR("slice", "shape"), TR("slice", "brightness"), TR("slice", "folder"), TR("slice", "group")})
    if (known.source == by) return known;
  return Text{"", by};
}

Text sliceName(const Value& slice) {
  const auto& by = slice["by"].asText();
  const auto& name = slice["name"].asText();
  if (by == "shape")
    for (auto& known : std::array{TR("slice", "wide"), TR("slice", "tall"), TR("slice", "square")})
      if (known.source == name) return known;
  if (by == "size" || by == "brightness")
    for (auto& pattern :
         std::array{TR("slice", "dark, {low} to {high}"), TR("slice", "middle, {low} to {high}"), TR("slice", "bright, {low} to {high}"),
                    TR("slice", "shorter side {low} to {high} pixels"), TR("slice", "shorter side {low} pixels")})
      if (auto found = matched(pattern, name)) return *std::move(found);
  return Text{"", name};
}

}  // namespace patchbay::learn
