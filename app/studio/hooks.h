// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QPointF>
#include <QString>
#include <QUrl>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/id.h"

namespace patchbay::studio {

class Workspace;

/// What opens over a workspace: each is a part of its own (import_*, try_*, export_*), hung in here so that neither window nor
/// workspace knows them. An empty hook hides its command.
struct Hooks {
  /// A folder or table of pictures: shows what would come in, then adds a block at `scene`, or sets the one named by `block`.
  std::function<void(Workspace&, const QString& path, QPointF scene, std::optional<NodeId> block)> importData;
  /// Pictures to try the trained model on; empty: opens and waits for one.
  std::function<void(Workspace&, const QList<QUrl>& pictures)> tryIt;
  /// Exports the model that this block made, or the pipeline's last one.
  std::function<void(Workspace&, std::optional<NodeId> model)> exportModel;
  /// The project's exported models at work: measured, served, watched, proved. `folder`: of the one that is looked at, or empty.
  std::function<void(Workspace&, const QString& folder)> openDeploy;
  /// The pictures that came out of a block; false: nothing of that kind comes out of it. Without a block: of the one that suits best.
  std::function<bool(Workspace&, const NodeId& block)> lookAtData;
  /// The project's data set; with ids only these items, under a title that is asked again when the language changes.
  std::function<void(Workspace&, const std::vector<std::string>& ids, const std::function<QString()>& title)> openDataSet;
  /// Labelling, picture by picture: only these, or what helps most; `from`: begin with this one and go on through all.
  std::function<void(Workspace&, const std::vector<std::string>& ids, const std::function<QString()>& title, const std::string& from)>
      openLabelling;
  /// What is in a folder, before it comes into the data set.
  std::function<void(Workspace&, const QString& folder)> importToLabel;
};

/// Those that this program has.
Hooks makeHooks();

}  // namespace patchbay::studio
