// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QString>
#include <functional>
#include <string>

#include "widgets/base/block_names.h"
#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

/// Where a report and what belongs to it are. Digests are those of port values' manifests, 64 hexadecimal digits.
struct ReportSource {
  std::string report;
  std::string predictions;  ///< Empty: no gallery, no threshold slider.
  std::string data;         ///< Empty: as above.
  std::string model;        ///< Empty: no heat maps.
  std::string familiarity;  ///< Of the block `unlike`; empty: none.
  QString title;            ///< For the heading and the saved report; empty: pipeline and block.
  std::string run, step, node;
  std::string pipeline, stepName;  ///< Title of the run's pipeline, and which block and pass of it made the report.
  BlockNames names;                ///< Of that pipeline.
  bool operator==(const ReportSource&) const = default;
};

/// Looks up the outputs of a block that makes a report, and of the blocks its inputs come from, as the run had them.
/// The answer comes in this thread, not at all once `context` is destroyed.
void findReport(EngineAccess& engine, const std::string& run, const std::string& step, QObject* context,
                std::function<void(const Result<ReportSource>&)> answer);

}  // namespace patchbay::widgets
