// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <vector>

#include "engine/block/schema.h"

namespace patchbay {
namespace {

/// Words longer than this are cut before comparing: the cost is quadratic and input may be hostile.
constexpr std::size_t longest = 128;

/// Lower case, with the separators people mix up made equal.
std::string folded(std::string_view word) {
  std::string out{word.substr(0, longest)};
  for (char& c : out) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (c == '-' || c == ' ' || c == '.') c = '_';
  }
  return out;
}

/// Edit distance with swaps of neighbours counted once (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const auto given = folded(word);
  if (given.empty()) return {};
  const std::string* best = nullptr;
  std::size_t bestDistance = std::clamp<std::size_t>(given.size() / 3, 1, 4) + 1;
  for (const auto& candidate : candidates) {
    const auto other = folded(candidate);
    const auto d = distance(given, other);
    if (d < bestDistance && d < std::max(given.size(), other.size())) {
      bestDistance = d;
      best = &candidate;
    }
  }
  if (best) return *best;
  // "rate" for "learning_rate", "picture_folder" for "patchbay.data.picture_folder": helpful only when there is one.
  if (given.size() < 3) return {};
  for (const auto& candidate : candidates) {
    if (folded(candidate).find(given) == std::string::npos) continue;
    if (best) return {};
    best = &candidate;
  }
  return best ? *best : std::string{};
}

}  // namespace patchbay
