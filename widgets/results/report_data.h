// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/value.h"
#include "engine/data/dataset.h"
#include "engine/learn/intervals.h"
#include "engine/learn/matrix.h"
#include "engine/learn/metrics.h"
#include "widgets/results/map_points.h"
#include "widgets/results/report_source.h"

namespace patchbay::widgets {

/// A labelled or unlabelled picture with what the model said of it.
struct ReportRow {
  std::string id;
  PictureRef picture;
  QString path;  ///< For showing; empty when the data set is not known.
  std::int32_t truth = -1;
  Split split = Split::None;
};

/// A report, its predictions and its data set, put in the order of classes that the report uses.
struct ReportData {
  ReportSource source;
  Value body;     ///< As in engine/data/README.md.
  Value metrics;  ///< Flat.
  QString kind;   ///< "evaluation", "labels" (several labels a picture), "summary", "comparison", "embedding_map", or what
                  ///< the body says.
  std::vector<QString> classes;
  std::vector<std::string> classNames;  ///< The same as raw bytes.
  std::vector<ReportRow> rows;          ///< One a prediction; empty when there are no predictions.
  learn::Matrix probabilities;          ///< rows x classes.
  std::vector<std::size_t> part;        ///< Rows the figures are about: truth known, part as in the report.
  std::vector<std::size_t> validation;  ///< Rows on which a threshold may be chosen.
  MapPoints map;                        ///< Kind "embedding_map" only.

  bool binary() const { return classes.size() == 2; }
  double threshold() const { return body["threshold"].asDouble(0.5); }
  learn::Confusion confusion() const;                                     ///< As the report has it.
  std::optional<learn::MetricValue> metric(std::string_view name) const;  ///< Of the body, with its interval.
  std::vector<std::int32_t> truthOf(const std::vector<std::size_t>& rows) const;
  std::vector<float> scoresOf(const std::vector<std::size_t>& rows, std::size_t ofClass) const;
  /// Two classes: by the threshold; otherwise the most probable.
  std::vector<std::int32_t> predictedOf(const std::vector<std::size_t>& rows, double threshold) const;
  std::int32_t predicted(std::size_t row, double threshold) const;
};
using ReportDataPtr = std::shared_ptr<const ReportData>;

/// Reads report, predictions and data set; runs in a thread (EngineAccess::readObjects). Predictions of other pictures or classes
/// than the report's are left out, never guessed at.
Result<ReportDataPtr> loadReportData(ObjectReader& reader, const ReportSource& source);

/// What a part of the split is called: "Test", "Validation", ...
QString sayPart(std::string_view part);
QString saySplit(Split split);
/// A figure of a report as learn/figure_text.h has it, in the user's language: "0.8545", "< 0.0001", never an exponent. Whole
/// numbers, such as counts, stay whole.
QString sayFigure(double value);
/// A difference, with its sign.
QString saySignedFigure(double value);
/// "0.8545 (0.8401 to 0.8678)"; without interval the value alone.
QString sayWithInterval(const learn::MetricValue& value);

}  // namespace patchbay::widgets
