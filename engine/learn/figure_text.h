// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/value.h"
#include "engine/learn/intervals.h"

namespace patchbay::learn {

/// How a figure is written everywhere, in English: a fixed number of decimals, never an exponent. What would round to zero
/// reads "< 0.001", a share below one never reads as one, NaN is "-".
std::string figureText(double value, int decimals = 3);
/// With its sign: "+0.012"; zero has none.
std::string signedFigureText(double value, int decimals = 3);
/// "0.954 - 1.000"; "-" where there is no interval.
std::string intervalText(const MetricValue& metric, int decimals = 3);
/// "balanced_accuracy" as people write it: "balanced accuracy", "AUROC", "macro F1".
std::string figureName(std::string_view key);

/// A figure of an evaluation.
struct HeadlineFigure {
  std::string key;  ///< In the report's body.
  MetricValue metric;
};
/// The figures an evaluation is known by, in the order people read them: those its body has.
std::vector<HeadlineFigure> headlineFigures(const Value& body);

}  // namespace patchbay::learn
