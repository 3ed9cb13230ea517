// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/figure_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "engine/learn/report.h"

namespace patchbay::learn {
namespace {

std::string fixed(double value, int decimals) {
  std::array<char, 400> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

}  // namespace

std::string figureText(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  const double step = std::pow(10.0, -decimals), size = std::abs(value);
  if (value != 0 && size < step / 2) return value > 0 ? "< " + fixed(step, decimals) : "> " + fixed(-step, decimals);
  if (size < 1 && size > 1 - step / 2) return fixed(std::copysign(1 - step, value), decimals);
  return fixed(value, decimals);
}

std::string signedFigureText(double value, int decimals) {
  const auto text = figureText(value, decimals);
  return value > 0 && text.front() != '<' ? "+" + text : text;
}

std::string intervalText(const MetricValue& m, int decimals) {
  return std::isfinite(m.low) && std::isfinite(m.high) ? figureText(m.low, decimals) + " - " + figureText(m.high, decimals) : "-";
}

std::string figureName(std::string_view key) {
  for (const auto& [known, name] : {std::pair{"auroc", "AUROC"},
                                    {"f1", "F1"},
                                    {"macro_f1", "macro F1"},
                                    {"micro_f1", "micro F1"},
                                    {"subset_accuracy", "all labels right"},
                                    {"hamming_loss", "wrong labels"},
                                    {"within_one", "right within one step"},
                                    {"mean_steps", "steps beside the truth"},
                                    {"ece", "calibration error"},
                                    {"brier", "Brier score"}})
    if (key == known) return name;
  std::string out{key};
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::vector<HeadlineFigure> headlineFigures(const Value& body) {
  std::vector<HeadlineFigure> out;
  for (const std::string key : {"accuracy", "within_one", "mean_steps", "mean_average_precision", "subset_accuracy", "balanced_accuracy",
                                "f1", "macro_f1", "micro_f1", "auroc", "average_precision", "ece", "log_loss", "brier", "hamming_loss"}) {
    // Of two classes the F1 of the one to be found is what counts.
    if (key == "macro_f1" && !body["f1"].isNull()) continue;
    if (const auto& metric = body[key]; !metric.isNull()) out.push_back({key, metricFromValue(metric)});
  }
  return out;
}

}  // namespace patchbay::learn
