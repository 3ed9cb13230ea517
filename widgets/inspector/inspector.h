// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QWidget>
#include <functional>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/edit/editor.h"
#include "engine/graph/problem.h"
#include "widgets/base/block_status.h"
#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

/// Shows and edits what is selected: one block, several blocks of one type at once, or, with nothing selected, the pipeline.
///
/// Every editor is derived from the block's Schema. All changes go through Editor::apply; dragging a slider is one undo step.
/// What others change (undo, the canvas, a paste) is shown at once. Lives in the window's thread and never blocks it.
class Inspector : public QWidget {
  Q_OBJECT

 public:
  /// `editor` and `engine` must outlive it.
  Inspector(edit::Editor& editor, EngineAccess& engine, QWidget* parent = nullptr);
  ~Inspector() override;

  /// Ids that are not in the document are left out. Empty: the pipeline's own page.
  void setSelection(std::vector<NodeId> selection);
  const std::vector<NodeId>& selection() const;

  /// What the engine's check found, over the whole pipeline; shown beside the parameters and listed on the pipeline's page.
  void setProblems(std::vector<Problem> problems);
  void setStatus(const NodeId& id, BlockStatus status);
  /// Paths inside this folder are written relative to it, and relative ones are looked for in it. Empty: paths stay absolute.
  void setProjectFolder(const QString& folder);
  /// Nothing can be edited; `reason` is said at the top.
  void setReadOnly(bool readOnly, const QString& reason = {});
  /// What there is to be looked at of a block, as the text of a button beside its state; empty: nothing. Asked when the state changes.
  void setResults(std::function<QString(const NodeId&)> name);
  /// The catalogue of the engine is another one: builds the page anew.
  void catalogueChanged();

  /// Pictures on which lists of augmentations are tried. Without them the inspector takes the sample of the folder or table that
  /// the block's data come from.
  void setSamplePictures(std::vector<PictureRef> pictures);

 public Q_SLOTS:
  /// Puts the keyboard focus into the editor of a parameter, opening what hides it. For "show me" of a problem.
  void focusParam(const QString& param);
  /// Selects the block's title for typing (F2).
  void focusTitle();

 Q_SIGNALS:
  /// Help was asked for a block type, and for one of its parameters unless `param` is empty.
  void helpRequested(const QString& type, const QString& param);
  void runToRequested(const patchbay::NodeId& id);
  /// The button of setResults() was pressed.
  void resultRequested(const patchbay::NodeId& id);
  /// A problem of the list was chosen: the shell selects the block; then focusParam(param).
  void problemActivated(const patchbay::NodeId& id, const QString& param);
  /// A block on the other end of a link was chosen.
  void nodeActivated(const patchbay::NodeId& id);
  /// Of blocks of several types those of one are to be edited; the inspector shows them already, the canvas follows.
  void selectionRequested(const std::vector<patchbay::NodeId>& ids);
  /// For the status bar: what could not be done and why.
  void statusMessage(const QString& text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
