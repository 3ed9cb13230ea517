// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

#include "widgets/results/report_data.h"

namespace patchbay::widgets {

/// How colours are written: by name of a CSS variable, so that a page is light or dark by its reader's setting, or fixed for paper.
enum class Ink : std::uint8_t { Variables, Paper };
/// "text", "quiet", "grid", "ground", "first", "second" as `style` text for a property: inkStyle(ink, "fill", "text").
QString inkStyle(Ink ink, const char* property, const char* role);
/// Value of a role on paper, e.g. "#0072b2".
QString paperColour(const char* role);

/// A square chart with axes from 0 to 1, as SVG of 360 x 360.
struct SvgChart {
  QString title, x, y;
  std::vector<QPointF> curve;
  std::vector<QRectF> bars;  ///< x from left to right, height upwards from 0, all 0 to 1.
  std::optional<QPointF> point;
  bool diagonal = false;
};
QString chartSvg(const SvgChart& chart, Ink ink);

/// The charts a report has: ROC, precision and recall (two classes), calibration.
std::vector<SvgChart> chartsOf(const ReportData& data);

}  // namespace patchbay::widgets
