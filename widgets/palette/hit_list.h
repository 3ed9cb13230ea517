// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QIcon>
#include <QListView>
#include <QString>
#include <QVariant>
#include <optional>
#include <vector>

#include "engine/block/schema.h"
#include "widgets/palette/block_filter.h"

class QLineEdit;
class QStandardItemModel;

namespace patchbay::widgets {

/// One row of a list that is searched: what it is, what it means, how well it was found.
struct ListHit {
  QString title, help;
  QString side;                      ///< Right-aligned: keys of a command, the category of a block.
  std::optional<Category> category;  ///< Of a block: its colour and icon.
  QIcon icon;
  std::vector<int> marks;  ///< Characters of the title that matched.
  QString disabled;        ///< Why it cannot be chosen now; empty: it can.
  QVariant data;
};

/// Rows of two lines that are chosen from a search field above: arrow keys there move in the list, Enter takes.
class HitList : public QListView {
  Q_OBJECT

 public:
  explicit HitList(QWidget* parent = nullptr);
  /// Shows these and makes the first that can be chosen current.
  void setHits(const std::vector<ListHit>& hits);
  int hitCount() const;
  /// Hands the list the keys of the search field that move or choose.
  void follow(QLineEdit* search);
  /// Height of `rows` rows.
  int heightOf(int rows) const;

 Q_SIGNALS:
  void taken(const QVariant& data, const QString& disabled);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void take();
  void move(int by, bool page);
  QStandardItemModel* model_;
};

/// The category's icon in white on a rounded square of its colour.
void drawCategoryTile(QPainter& painter, const QRect& box, Category category, const QPalette& palette, const QFont& font);
QIcon categoryTileIcon(Category category, const QPalette& palette);

}  // namespace patchbay::widgets
