// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "widgets/palette/block_filter.h"

namespace patchbay::widgets {

/// All blocks by category, for a dock: dragged onto the canvas (MIME type blockMimeType), or added by double-click or Enter.
class BlockPalette : public QWidget {
  Q_OBJECT

 public:
  /// `catalogue` must outlive it, or be replaced by setCatalogue().
  explicit BlockPalette(const Catalogue& catalogue, QWidget* parent = nullptr);
  ~BlockPalette() override;
  void setCatalogue(const Catalogue& catalogue);
  /// The block that is current in the list; empty when none is.
  QString currentType() const;

 Q_SIGNALS:
  /// The shell adds the block in the middle of what the canvas shows.
  void addRequested(const QString& type);
  void helpRequested(const QString& type);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
