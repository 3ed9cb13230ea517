// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/confusion_view.h"

#include <QAbstractTableModel>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/plots/plot_colours.h"

namespace patchbay::widgets {

class ConfusionView::Model : public QAbstractTableModel {
 public:
  explicit Model(ConfusionView* owner) : QAbstractTableModel{owner}, owner_{*owner} {}
  void reset() {
    beginResetModel();
    endResetModel();
  }
  int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(owner_.classes_.size()); }
  int columnCount(const QModelIndex& parent = {}) const override { return rowCount(parent); }
  QVariant headerData(int section, Qt::Orientation, int role) const override {
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return owner_.classes_[static_cast<std::size_t>(section)];
    return {};
  }
  QVariant data(const QModelIndex& index, int role) const override {
    const auto t = static_cast<std::size_t>(index.row()), p = static_cast<std::size_t>(index.column());
    switch (role) {
      case Qt::DisplayRole:
        return owner_.cellText(t, p);
      case Qt::ToolTipRole:
      case Qt::AccessibleTextRole:
        return owner_.describe(t, p);
      case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignCenter);
      case Qt::UserRole:
        return owner_.rowShare(t, p);
      default:
        return {};
    }
  }

 private:
  ConfusionView& owner_;
};

class ConfusionView::Painter : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const auto& palette = option.palette;
    const auto ground = matrixColour(index.data(Qt::UserRole).toDouble(), index.row() == index.column(), palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const auto cell = QRectF{option.rect}.adjusted(1.5, 1.5, -1.5, -1.5);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ground);
    painter->drawRoundedRect(cell, 4, 4);
    if (option.state.testFlag(QStyle::State_HasFocus) || option.state.testFlag(QStyle::State_Selected)) {
      painter->setBrush(Qt::NoBrush);
      painter->setPen(QPen{palette.color(QPalette::Text), 2});
      painter->drawRoundedRect(cell, 4, 4);
    }
    painter->setPen(readableOn(ground));
    painter->setFont(option.font);
    painter->drawText(cell, Qt::AlignCenter, index.data().toString());
    painter->restore();
  }
};

ConfusionView::ConfusionView(QWidget* parent)
    : QWidget{parent},
      model_{new Model{this}},
      view_{new QTableView{this}},
      scaleBox_{new QComboBox{this}},
      scaleLabel_{new QLabel{this}},
      predictedLabel_{new QLabel{this}},
      hint_{new QLabel{this}} {
  setObjectName(QStringLiteral("confusionView"));
  view_->setObjectName(QStringLiteral("confusionMatrix"));
  view_->setModel(model_);
  view_->setItemDelegate(new Painter{view_});
  view_->setShowGrid(false);
  view_->setFrameShape(QFrame::NoFrame);
  view_->setSelectionMode(QAbstractItemView::SingleSelection);
  view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  view_->setCornerButtonEnabled(false);
  view_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  view_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  for (auto* header : {view_->horizontalHeader(), view_->verticalHeader()}) {
    header->setSectionsClickable(false);
    header->setHighlightSections(true);
    header->setTextElideMode(Qt::ElideMiddle);
  }
  view_->verticalHeader()->setMaximumWidth(180);
  scaleBox_->setObjectName(QStringLiteral("confusionScale"));
  scaleLabel_->setBuddy(scaleBox_);
  hint_->setWordWrap(true);
  const auto chosen = [this](const QModelIndex& index) {
    Q_EMIT cellChosen(static_cast<std::size_t>(index.row()), static_cast<std::size_t>(index.column()));
  };
  connect(view_, &QTableView::clicked, this, chosen);
  connect(view_, &QTableView::activated, this, chosen);
  connect(scaleBox_, &QComboBox::activated, this, [this](int index) { setScale(static_cast<Scale>(index)); });
  auto* top = new QHBoxLayout;
  top->addWidget(scaleLabel_);
  top->addWidget(scaleBox_);
  top->addStretch(1);
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addLayout(top);
  predictedLabel_->setWordWrap(true);
  column->addWidget(predictedLabel_);
  column->addWidget(view_, 1);
  column->addWidget(hint_);
  retranslate();
}

void ConfusionView::setConfusion(std::vector<QString> classes, learn::Confusion confusion) {
  const bool same = classes == classes_;
  const auto before = view_->currentIndex();
  classes_ = std::move(classes);
  confusion_ = std::move(confusion);
  const auto k = classes_.size();
  rowSum_.assign(k, 0);
  columnSum_.assign(k, 0);
  for (std::size_t t = 0; t < k; ++t)
    for (std::size_t p = 0; p < k; ++p) rowSum_[t] += confusion_.at(t, p), columnSum_[p] += confusion_.at(t, p);
  model_->reset();
  sizeCells();
  if (same && before.isValid()) view_->setCurrentIndex(model_->index(before.row(), before.column()));
}

void ConfusionView::setScale(Scale scale) {
  scale_ = scale;
  scaleBox_->setCurrentIndex(static_cast<int>(scale));
  view_->viewport()->update();
}

void ConfusionView::setCurrent(std::size_t truth, std::size_t predicted) {
  view_->setCurrentIndex(model_->index(static_cast<int>(truth), static_cast<int>(predicted)));
}

void ConfusionView::setOpensPictures(bool opens) { hint_->setVisible(opens); }

double ConfusionView::rowShare(std::size_t truth, std::size_t predicted) const {
  return rowSum_[truth] ? static_cast<double>(confusion_.at(truth, predicted)) / static_cast<double>(rowSum_[truth]) : 0;
}

double ConfusionView::share(std::size_t truth, std::size_t predicted) const {
  if (scale_ == Scale::Rows) return rowShare(truth, predicted);
  return columnSum_[predicted] ? static_cast<double>(confusion_.at(truth, predicted)) / static_cast<double>(columnSum_[predicted]) : 0;
}

QString ConfusionView::cellText(std::size_t truth, std::size_t predicted) const {
  if (scale_ == Scale::Counts) return QLocale{}.toString(static_cast<qulonglong>(confusion_.at(truth, predicted)));
  return sayPercent(share(truth, predicted));
}

QString ConfusionView::describe(std::size_t truth, std::size_t predicted) const {
  const auto n = static_cast<std::int64_t>(confusion_.at(truth, predicted));
  return tr("%1 of class \"%2\" taken for \"%3\": %4 % of the class")
      .arg(sayCount(TR("results", "{n} picture(s)"), n), classes_[truth], classes_[predicted],
           QLocale{}.toString(100 * rowShare(truth, predicted), 'f', 1));
}

void ConfusionView::sizeCells() {
  const int k = static_cast<int>(classes_.size());
  if (k == 0) return;
  const auto metrics = view_->fontMetrics();
  int widest = metrics.horizontalAdvance(QStringLiteral("100.0 %"));
  for (const auto& name : classes_) widest = std::max(widest, std::min(metrics.horizontalAdvance(name), 140));
  int names = 0;
  for (const auto& name : classes_) names = std::max(names, metrics.horizontalAdvance(name) + 20);
  view_->verticalHeader()->setFixedWidth(std::min(names, 180));
  const int roomX = view_->width() - view_->verticalHeader()->width() - 4,
            roomY = view_->height() - view_->horizontalHeader()->sizeHint().height() - 4;
  view_->horizontalHeader()->setDefaultSectionSize(std::clamp(roomX / k, widest + 16, 160));
  view_->verticalHeader()->setDefaultSectionSize(std::clamp(roomY / k, metrics.height() + 12, 96));
}

void ConfusionView::retranslate() {
  const int index = static_cast<int>(scale_);
  scaleBox_->clear();
  scaleBox_->addItems({tr("Pictures"), tr("Share of the true class"), tr("Share of the predicted class")});
  scaleBox_->setCurrentIndex(index);
  scaleLabel_->setText(tr("Show"));
  predictedLabel_->setText(tr("Rows: true class. Columns: predicted class."));
  hint_->setText(tr("Choose a cell to see its pictures."));
  view_->setAccessibleName(tr("Confusion matrix: rows are true classes, columns predicted ones"));
}

void ConfusionView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
  if (event->type() == QEvent::FontChange) sizeCells();
}

void ConfusionView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  sizeCells();
}

}  // namespace patchbay::widgets
