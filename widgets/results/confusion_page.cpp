// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/confusion_page.h"

#include <QEvent>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/gallery/picture_grid.h"
#include "widgets/results/confusion_view.h"

namespace patchbay::widgets {

namespace {

GalleryItem itemOf(const ReportData& data, std::size_t r, double threshold) {
  const auto& row = data.rows[r];
  const auto predicted = static_cast<std::size_t>(data.predicted(r, threshold));
  const auto percent = [&](std::size_t c) { return sayPercent(static_cast<double>(data.probabilities(r, c))); };
  GalleryItem item;
  item.picture = row.picture;
  item.id = row.id;
  const auto file = row.path.section(QLatin1Char('/'), -1);
  item.caption = ConfusionPage::tr("%1, %2").arg(data.classes[predicted], percent(predicted));
  item.note = file;
  item.details = {{ConfusionPage::tr("Predicted"), data.classes[predicted]},
                  {ConfusionPage::tr("True class"), data.classes[static_cast<std::size_t>(row.truth)]}};
  for (std::size_t c = 0; c < data.classes.size() && c < 12; ++c)
    item.details.emplace_back(ConfusionPage::tr("Probability of %1").arg(data.classes[c]), percent(c));
  item.details.emplace_back(ConfusionPage::tr("Part"), saySplit(row.split));
  item.details.emplace_back(ConfusionPage::tr("File"), row.path);
  if (row.truth != static_cast<std::int32_t>(predicted)) item.tone = Tone::Bad;
  return item;
}

}  // namespace

ConfusionPage::ConfusionPage(EngineAccess& engine, QWidget* parent)
    : QWidget{parent}, matrix_{new ConfusionView{this}}, title_{new QLabel{this}}, grid_{new PictureGrid{engine, this}} {
  setObjectName(QStringLiteral("confusionPage"));
  grid_->setObjectName(QStringLiteral("confusionGrid"));
  title_->setWordWrap(true);
  auto* right = new QWidget{this};
  auto* rightColumn = new QVBoxLayout{right};
  rightColumn->setContentsMargins(8, 0, 0, 0);
  rightColumn->addWidget(title_);
  rightColumn->addWidget(grid_, 1);
  auto* halves = new QSplitter{Qt::Horizontal, this};
  halves->setChildrenCollapsible(false);
  halves->addWidget(matrix_);
  halves->addWidget(right);
  halves->setStretchFactor(0, 1);
  halves->setStretchFactor(1, 1);
  halves->setSizes({500, 500});
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(16, 16, 16, 16);
  column->addWidget(halves, 1);
  connect(matrix_, &ConfusionView::cellChosen, this, [this](std::size_t t, std::size_t p) {
    cell_ = {t, p};
    fill();
  });
  connect(grid_, &PictureGrid::selectionChanged, this, [this] {
    std::vector<std::string> ids;
    for (const auto i : grid_->selection()) ids.push_back(grid_->item(i).id);
    Q_EMIT itemsSelected(ids);
  });
  retranslate();
}

void ConfusionPage::setReport(ReportDataPtr report) {
  data_ = std::move(report);
  threshold_ = data_->threshold();
  cell_.reset();
  matrix_->setConfusion(data_->classes, data_->confusion());
  fill();
}

void ConfusionPage::showCell(std::size_t truth, std::size_t predicted, double threshold) {
  if (!data_ || data_->rows.empty()) return;
  threshold_ = threshold;
  cell_ = {truth, predicted};
  matrix_->setConfusion(data_->classes,
                        learn::confusion(data_->truthOf(data_->part), data_->predictedOf(data_->part, threshold), data_->classes.size()));
  matrix_->setCurrent(truth, predicted);
  fill();
}

void ConfusionPage::fill() {
  if (!data_) return;
  const bool live = !data_->rows.empty();
  grid_->setEmptyText(!live   ? tr("The predictions of this report are no longer stored; run the pipeline again to see its pictures.")
                      : cell_ ? tr("No picture is in this cell.")
                              : tr("Choose a cell of the matrix to see its pictures here."));
  if (!live || !cell_) {
    title_->setText(QString{});
    grid_->setItems({});
    return;
  }
  const auto [truth, predicted] = *cell_;
  std::vector<std::size_t> rows;
  for (const auto r : data_->part)
    if (data_->rows[r].truth == static_cast<std::int32_t>(truth) && data_->predicted(r, threshold_) == static_cast<std::int32_t>(predicted))
      rows.push_back(r);
  // The surest first: among the mistakes these are the worst, among the right ones the clearest.
  std::ranges::stable_sort(rows, std::greater{}, [&](std::size_t r) { return data_->probabilities(r, predicted); });
  const auto count = sayCount(TR("results", "{n} picture(s)"), static_cast<std::int64_t>(rows.size()));
  title_->setText(truth == predicted ? tr("%1 of \"%2\" recognised").arg(count, data_->classes[truth])
                                     : tr("%1 of \"%2\" taken for \"%3\"").arg(count, data_->classes[truth], data_->classes[predicted]));
  const auto shared = std::make_shared<std::vector<std::size_t>>(std::move(rows));
  grid_->setItems(shared->size(),
                  [data = data_, shared, threshold = threshold_](std::size_t i) { return itemOf(*data, (*shared)[i], threshold); });
}

void ConfusionPage::retranslate() { grid_->setAccessibleName(tr("Pictures of the chosen cell")); }

void ConfusionPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  retranslate();
  fill();
}

}  // namespace patchbay::widgets
