// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QString>
#include <map>
#include <memory>
#include <string>

#include "engine/base/result.h"
#include "widgets/results/report_data.h"

namespace patchbay::widgets {

/// What a saved report says besides the report itself.
struct DocumentOptions {
  QString title;
  QString run;                             ///< Number of the run, for who wants to find it again; may be empty.
  std::map<std::string, QImage> pictures;  ///< Thumbnails by item id, only when the user asked for them.
};

/// One HTML file that needs nothing else: inline SVG, light and dark by the reader's setting, no scripts, no network.
QString reportHtml(const ReportData& data, const DocumentOptions& options);
/// The same as A4 PDF with vector curves.
Result<> writeReportPdf(const ReportData& data, const DocumentOptions& options, const QString& path);
Result<> writeReportHtml(const ReportData& data, const DocumentOptions& options, const QString& path);

}  // namespace patchbay::widgets
