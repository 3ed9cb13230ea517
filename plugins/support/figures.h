// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "engine/base/value.h"

namespace patchbay::blocks {

/// Figures of an evaluation, drawn from its report's body as SVG 1.1 without scripts or links. They bring their own
/// background and follow the viewer's light or dark scheme where it tells one. Empty when the report does not hold what the
/// figure shows: a summary, a comparison, a curve of a class that does not occur.
std::string confusionSvg(const Value& body);        ///< With several labels a picture: found, missed and false alarms of each.
std::string rocSvg(const Value& body);              ///< Of the positive class, or one line a class.
std::string precisionRecallSvg(const Value& body);  ///< The same.
std::string calibrationSvg(const Value& body);      ///< Accuracy over confidence, with how many pictures there are.

/// Models of a measurement (plugins/support/measure.h, "name" or "export" of each shown): accuracy over what a single picture
/// takes, or over size; without accuracies, size over time. Those of the front are joined by a line. Empty without a model.
enum class Price : std::uint8_t { Time, Size };
std::string tradeOffSvg(const Value& models, Price price);

}  // namespace patchbay::blocks
