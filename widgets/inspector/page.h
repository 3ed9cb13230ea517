// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/edit/editor.h"
#include "engine/graph/problem.h"
#include "widgets/base/block_status.h"
#include "widgets/inspector/editor_context.h"

namespace patchbay::widgets {

/// What all pages of one inspector look at.
struct InspectorState {
  edit::Editor& editor;
  EditorContext& context;
  std::vector<Problem> problems{};
  std::map<NodeId, BlockStatus> status{};
  std::vector<NodeId> selection{};
  bool readOnly = false;
  QString readOnlyReason{};
  /// What there is to be looked at of a block that has run, as the text of a button; empty: nothing.
  std::function<QString(const NodeId&)> result{};
  std::map<std::string, bool> moreOpen{};  ///< By block type.
  std::map<std::string, bool> open{};      ///< Sections, by their name.

  const Document& document() const { return editor.document(); }
  const Catalogue& catalogue() const { return context.engine().catalogue(); }
};

/// A page of the inspector. `changed()` shows the document and the state as they are now.
class InspectorPage : public QWidget {
  Q_OBJECT

 public:
  InspectorPage(InspectorState& state, QWidget* parent) : QWidget{parent}, state_{state}, ids_{state.selection} {}
  virtual void documentChanged() = 0;
  virtual void problemsChanged() = 0;
  virtual void statusChanged() {}
  virtual void focusParam(const std::string&) {}
  virtual void focusTitle() {}

 Q_SIGNALS:
  void helpRequested(const QString& type, const QString& param);
  void runToRequested(const patchbay::NodeId& id);
  void resultRequested(const patchbay::NodeId& id);
  void problemActivated(const patchbay::NodeId& id, const QString& param);
  void nodeActivated(const patchbay::NodeId& id);
  void selectionRequested(const std::vector<patchbay::NodeId>& ids);
  void statusMessage(const QString& text);

 protected:
  /// Applies and says in the status bar why it could not be.
  bool apply(Text name, std::vector<edit::Change> changes, std::string_view merge = {});
  InspectorState& state_;
  /// What this page is about: it stays so until the page is gone, whatever is selected then.
  const std::vector<NodeId> ids_;
};

InspectorPage* makePipelinePage(InspectorState& state, QWidget* parent);
InspectorPage* makeBlockPage(InspectorState& state, QWidget* parent);
/// For blocks of several types.
InspectorPage* makeMixedPage(InspectorState& state, QWidget* parent);

/// Title of a block as the canvas shows it: its own, else its type's.
QString blockTitle(const Document& document, const Catalogue& catalogue, const NodeId& id);
QString blockTitle(const Node& node, const Schema* schema);

}  // namespace patchbay::widgets
