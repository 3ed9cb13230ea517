// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace patchbay::studio {

/// Whether there are labels enough to train: two classes, three pictures of each; ten of each are what makes a first model useful.
struct TrainingGate {
  static constexpr std::int64_t least = 3, good = 10;
  struct Class {
    std::string name;
    std::int64_t count = 0;
  };
  enum class Why : std::uint8_t { Ready, NoPictures, OneClass, TooFew };
  Why why = Why::Ready;
  Class scarcest;            ///< Of those that need more, the one with the fewest.
  std::int64_t missing = 0;  ///< Labels until training can begin, over all classes.
};

/// Classes that nobody has used yet do not keep the others from being trained, unless fewer than two are used.
TrainingGate trainingGate(std::int64_t pictures, const std::vector<TrainingGate::Class>& classes);

}  // namespace patchbay::studio
