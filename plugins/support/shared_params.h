// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <utility>
#include <vector>

#include "engine/block/block.h"

namespace patchbay::blocks {

/// Parameters that several blocks have, declared once: the same name, meaning, range and default wherever they stand.

/// How the strength of a linear head's regularisation is chosen.
enum class Strength : std::uint8_t { Search, Fixed };
inline ChoiceSpec<Strength> strengthParam() {
  return {.key = "strength",
          .label = TR("block", "Regularisation"),
          .help = TR("block", "How the strength is chosen."),
          .def = Strength::Search,
          .choices = {{Strength::Search, "search", TR("block", "By cross-validation")}, {Strength::Fixed, "fixed", TR("block", "Fixed")}}};
}
/// C, where the strength is fixed.
inline ParamSpec<double> strengthValueParam() {
  return {.key = "c",
          .label = TR("block", "C"),
          .help = TR("block", "Weight of the data against the penalty; smaller is more regularised."),
          .def = 0.01,
          .min = 1e-8,
          .max = 1e6,
          .scale = Scale::Log,
          .visibleIf = {{"strength", {"fixed"}}}};
}

/// Percent of familiar pictures that raise no warning.
inline ParamSpec<double> familiarParam(std::vector<Condition> visibleIf = {}) {
  return {.key = "familiar",
          .label = TR("block", "Familiar share"),
          .help = TR("block", "So many of your own pictures, held out from training, raise no warning."),
          .def = 99,
          .min = 50,
          .max = 100,
          .unit = Unit::Percent,
          .visibleIf = std::move(visibleIf)};
}

}  // namespace patchbay::blocks
