// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>
#include <memory>

#include "widgets/palette/block_filter.h"

class QAction;

namespace patchbay::widgets {

/// Every command of a window by name (Ctrl+Shift+P): its actions with their keys, those that are disabled with the reason, and
/// "Add ..." for every block.
class CommandPalette : public QFrame {
  Q_OBJECT

 public:
  /// Lists the QActions of `window`: its own, those of its menus and of all widgets in it. A disabled action's reason is its
  /// statusTip, else its toolTip. `catalogue` must outlive it, or be replaced by setCatalogue().
  CommandPalette(QWidget* window, const Catalogue& catalogue);
  ~CommandPalette() override;
  void setCatalogue(const Catalogue& catalogue);
  /// Opens over the upper middle of the window with an empty, focused search field.
  void popup();

 Q_SIGNALS:
  void blockChosen(const QString& type);
  /// A disabled command was chosen: why it cannot be done now.
  void refused(const QString& reason);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
