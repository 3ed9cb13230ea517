// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/training_gate.h"

#include <algorithm>

namespace patchbay::studio {

TrainingGate trainingGate(std::int64_t pictures, const std::vector<TrainingGate::Class>& classes) {
  TrainingGate out;
  if (pictures == 0) {
    out.why = TrainingGate::Why::NoPictures;
    return out;
  }
  if (classes.size() < 2) {
    out.why = TrainingGate::Why::OneClass;
    if (!classes.empty()) out.scarcest = classes.front();
    return out;
  }
  const auto used = std::ranges::count_if(classes, [](const auto& c) { return c.count > 0; });
  bool first = true;
  for (const auto& c : classes) {
    if (c.count == 0 && used >= 2) continue;
    if (first || c.count < out.scarcest.count) out.scarcest = c;
    first = false;
    if (c.count < TrainingGate::least) out.missing += TrainingGate::least - c.count;
  }
  if (used < 2) {
    // Two classes will do, whichever come first.
    std::vector<std::int64_t> counts;
    for (const auto& c : classes) counts.push_back(c.count);
    std::ranges::sort(counts, std::greater{});
    out.missing = std::max<std::int64_t>(0, TrainingGate::least - counts[0]) + std::max<std::int64_t>(0, TrainingGate::least - counts[1]);
  }
  out.why = out.missing > 0 ? TrainingGate::Why::TooFew : TrainingGate::Why::Ready;
  return out;
}

}  // namespace patchbay::studio
