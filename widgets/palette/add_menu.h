// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>
#include <QPoint>
#include <memory>
#include <optional>

#include "widgets/palette/block_filter.h"

namespace patchbay::widgets {

/// The menu that adds a block: a search field and a list at the pointer. Enter takes the best, arrow keys choose, Esc closes.
///
/// Make one per window and keep it: `chosen` comes at most once per popup, then the menu is hidden.
class AddMenu : public QFrame {
  Q_OBJECT

 public:
  /// `catalogue` must outlive it, or be replaced by setCatalogue().
  explicit AddMenu(const Catalogue& catalogue, QWidget* parent = nullptr);
  ~AddMenu() override;
  void setCatalogue(const Catalogue& catalogue);

  /// Opens at a point of the screen, kept inside it, with the search field empty and focused. With a filter only blocks that
  /// fit the port are offered, and the heading says so.
  void popup(const QPoint& global, std::optional<PortFilter> filter = {});

 Q_SIGNALS:
  void chosen(const QString& type);
  /// Closed without a choice.
  void dismissed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
