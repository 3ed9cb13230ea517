// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QString>
#include <QUrl>
#include <utility>
#include <vector>

#include "engine/base/id.h"

namespace patchbay::studio {

class Workspace;

enum class DroppedKind : std::uint8_t {
  PictureFolder,
  PictureTable,
  ExportedModel,     ///< Without its pipeline: it can be used as a block.
  ExportedPipeline,  ///< The folder of an export, or a file that names its pipeline.
  Pipeline,
  Picture,
  Unknown
};

/// What was dropped, told apart by looking at it.
struct Dropped {
  std::vector<std::pair<QString, DroppedKind>> others;
  QList<QUrl> pictures;
};
/// Reads files: belongs in a thread.
Dropped classifyDropped(const QList<QUrl>& files);
DroppedKind classify(const QString& path);

/// Sets the folder or file parameter of a block, relative to the project when it lies inside.
void setPath(Workspace& workspace, const NodeId& block, const QString& path);

}  // namespace patchbay::studio
