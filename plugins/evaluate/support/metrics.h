// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "engine/data/ports.h"
#include "engine/learn/intervals.h"

namespace patchbay::blocks {

/// A figure with its interval among a report's flat metrics: `name`, `name`_low and `name`_high.
inline void putMetric(Report& report, const std::string& name, const learn::MetricValue& metric) {
  report.metrics[name] = metric.value;
  report.metrics[name + "_low"] = metric.low;
  report.metrics[name + "_high"] = metric.high;
}

/// Whether a flat metric is a figure itself, not an end of its interval: those of single runs are not averaged.
inline bool isFigure(std::string_view name) { return !name.ends_with("_low") && !name.ends_with("_high"); }

}  // namespace patchbay::blocks
