// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/metric_names.h"

#include <QCoreApplication>
#include <array>
#include <utility>

#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {

// Names of the engine's metrics in the reader's words.
constexpr std::array<std::pair<std::string_view, const char*>, 46> names{{
    {"accuracy", QT_TRANSLATE_NOOP("metric", "Accuracy")},
    {"balanced_accuracy", QT_TRANSLATE_NOOP("metric", "Balanced accuracy")},
    {"macro_f1", QT_TRANSLATE_NOOP("metric", "F1, mean of classes")},
    {"micro_f1", QT_TRANSLATE_NOOP("metric", "F1, all labels together")},
    {"f1", QT_TRANSLATE_NOOP("metric", "F1")},
    {"precision", QT_TRANSLATE_NOOP("metric", "Precision")},
    {"recall", QT_TRANSLATE_NOOP("metric", "Recall")},
    {"support", QT_TRANSLATE_NOOP("metric", "Pictures")},
    {"subset_accuracy", QT_TRANSLATE_NOOP("metric", "All labels right")},
    {"hamming_loss", QT_TRANSLATE_NOOP("metric", "Share of wrong labels")},
    {"auroc", QT_TRANSLATE_NOOP("metric", "Area under ROC")},
    {"average_precision", QT_TRANSLATE_NOOP("metric", "Average precision")},
    {"mean_average_precision", QT_TRANSLATE_NOOP("metric", "Mean average precision")},
    {"ece", QT_TRANSLATE_NOOP("metric", "Calibration error")},
    {"log_loss", QT_TRANSLATE_NOOP("metric", "Log loss")},
    {"brier", QT_TRANSLATE_NOOP("metric", "Brier score")},
    {"within_one", QT_TRANSLATE_NOOP("metric", "Right within one step")},
    {"mean_steps", QT_TRANSLATE_NOOP("metric", "Steps beside the truth")},
    {"compared_pairs", QT_TRANSLATE_NOOP("metric", "Pairs compared")},
    {"doubles", QT_TRANSLATE_NOOP("metric", "Doubled pictures")},
    {"conflicts", QT_TRANSLATE_NOOP("metric", "Conflicting labels")},
    {"labels", QT_TRANSLATE_NOOP("metric", "Labels")},
    {"folds", QT_TRANSLATE_NOOP("metric", "Folds")},
    {"estimated_errors", QT_TRANSLATE_NOOP("metric", "Wrong labels, estimated")},
    {"estimated_error_share", QT_TRANSLATE_NOOP("metric", "Share of wrong labels, estimated")},
    {"training_pictures", QT_TRANSLATE_NOOP("metric", "Training pictures")},
    {"held_out_pictures", QT_TRANSLATE_NOOP("metric", "Pictures held out")},
    {"pictures", QT_TRANSLATE_NOOP("metric", "Pictures")},
    {"threshold", QT_TRANSLATE_NOOP("metric", "Threshold")},
    {"temperature", QT_TRANSLATE_NOOP("metric", "Temperature")},
    {"runs", QT_TRANSLATE_NOOP("metric", "Runs")},
    {"loss", QT_TRANSLATE_NOOP("metric", "Loss")},
    {"learning_rate", QT_TRANSLATE_NOOP("metric", "Learning rate")},
    {"images_per_second", QT_TRANSLATE_NOOP("metric", "Pictures per second")},
    {"training_images_per_second", QT_TRANSLATE_NOOP("metric", "Pictures per second in training")},
    {"validation_accuracy", QT_TRANSLATE_NOOP("metric", "Validation accuracy")},
    {"validation_balanced_accuracy", QT_TRANSLATE_NOOP("metric", "Validation balanced accuracy")},
    {"validation_loss", QT_TRANSLATE_NOOP("metric", "Validation loss")},
    {"validation_mean_average_precision", QT_TRANSLATE_NOOP("metric", "Validation mean average precision")},
    {"c", QT_TRANSLATE_NOOP("metric", "Regularisation C")},
    {"latency_ms_batch1", QT_TRANSLATE_NOOP("metric", "Milliseconds per picture")},
    {"latency_ms_batch8", QT_TRANSLATE_NOOP("metric", "Milliseconds per 8 pictures")},
    {"bytes", QT_TRANSLATE_NOOP("metric", "Bytes")},
    {"size", QT_TRANSLATE_NOOP("metric", "Size")},
    {"seconds", QT_TRANSLATE_NOOP("metric", "Seconds")},
    {"parameters", QT_TRANSLATE_NOOP("metric", "Weights")},
}};

}  // namespace

QString sayMetric(std::string_view name) {
  for (const auto& [key, label] : names)
    if (key == name) return QCoreApplication::translate("metric", label);
  auto text = fromUtf8(name);
  text.replace(QLatin1Char('_'), QLatin1Char(' '));
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  return text;
}

Better betterOf(std::string_view metric) {
  const auto holds = [&](std::string_view part) { return metric.find(part) != std::string_view::npos; };
  if (holds("loss") || holds("latency") || metric == "ece" || metric == "mce" || metric == "brier" || metric == "seconds" ||
      metric == "mean_steps" || holds("error"))
    return Better::Less;
  for (const auto part : {"accuracy", "f1", "auroc", "precision", "recall", "per_second", "within_one"})
    if (holds(part)) return Better::More;
  return Better::Neither;
}

}  // namespace patchbay::widgets
