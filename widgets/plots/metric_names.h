// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <cstdint>
#include <string_view>

namespace patchbay::widgets {

/// "accuracy" -> "Accuracy"; unknown names are shown as they are with blanks for underscores.
QString sayMetric(std::string_view name);
/// Less is better (loss, calibration error, time), more is better, or neither.
enum class Better : std::uint8_t { More, Less, Neither };
Better betterOf(std::string_view metric);

}  // namespace patchbay::widgets
