// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/map_page.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include "widgets/base/say.h"
#include "widgets/gallery/picture_grid.h"
#include "widgets/results/embedding_map_view.h"

namespace patchbay::widgets {

MapPage::MapPage(EngineAccess& engine, QWidget* parent)
    : QWidget{parent},
      map_{new EmbeddingMapView{engine, this}},
      title_{new QLabel{this}},
      grid_{new PictureGrid{engine, this}},
      show_{new QPushButton{this}} {
  setObjectName(QStringLiteral("mapPage"));
  grid_->setObjectName(QStringLiteral("mapGrid"));
  auto* right = new QWidget{this};
  auto* column = new QVBoxLayout{right};
  column->setContentsMargins(8, 16, 16, 16);
  column->addWidget(title_);
  column->addWidget(grid_, 1);
  column->addWidget(show_, 0, Qt::AlignLeft);
  show_->setObjectName(QStringLiteral("mapInData"));
  show_->hide();
  connect(show_, &QPushButton::clicked, this, [this] {
    std::vector<std::string> ids;
    for (const auto i : map_->selection()) ids.push_back(map_->points().ids[i]);
    if (!ids.empty()) Q_EMIT showWanted(ids);
  });
  auto* halves = new QSplitter{Qt::Horizontal, this};
  halves->setChildrenCollapsible(false);
  halves->addWidget(map_);
  halves->addWidget(right);
  halves->setSizes({680, 320});
  halves->setStretchFactor(0, 2);
  halves->setStretchFactor(1, 1);
  auto* outer = new QVBoxLayout{this};
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(halves);
  connect(map_, &EmbeddingMapView::selectionChanged, this, [this](const std::vector<std::string>& ids) {
    fill();
    Q_EMIT itemsSelected(ids);
  });
}

void MapPage::setReport(const ReportDataPtr& report) {
  map_->setPoints(report->map);
  fill();
}

void MapPage::setOffers(bool show) { show_->setVisible(show); }

void MapPage::fill() {
  const auto shared = std::make_shared<std::vector<std::size_t>>(map_->selection());
  show_->setText(tr("Open in the data set"));
  show_->setEnabled(!shared->empty());
  show_->setToolTip(shared->empty() ? tr("Draw a line around points first.") : tr("Shows these pictures where they can be labelled"));
  show_->setStatusTip(show_->toolTip());
  title_->setText(shared->empty() ? QString{}
                                  : sayCount(TR("results", "{n} picture(s) chosen"), static_cast<std::int64_t>(shared->size())));
  grid_->setEmptyText(tr("Draw a line around points to see their pictures here."));
  grid_->setItems(shared->size(), [this, shared](std::size_t i) {
    const auto& points = map_->points();
    const auto p = (*shared)[i];
    const auto name = [&](std::int32_t c) {
      return c >= 0 && static_cast<std::size_t>(c) < points.classes.size() ? points.classes[static_cast<std::size_t>(c)] : tr("No label");
    };
    GalleryItem item;
    if (p < points.pictures.size()) item.picture = points.pictures[p];
    item.id = points.ids[p];
    item.caption = name(points.label[p]);
    item.note = saySplit(static_cast<Split>(points.split[p]));
    item.details = {{tr("Class"), item.caption}, {tr("Part"), item.note}, {tr("Item"), fromUtf8(item.id)}};
    return item;
  });
}

void MapPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) fill();
}

}  // namespace patchbay::widgets
