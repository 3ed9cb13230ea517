// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/embedding_map_view.h"

#include <QBuffer>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "engine/data/dataset.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/results/map_canvas.h"
#include "widgets/results/report_data.h"

namespace patchbay::widgets {

struct EmbeddingMapView::Impl {
  EmbeddingMapView& self;
  EngineAccess& engine;
  MapPoints points;
  std::vector<bool> selected;
  MapColour colouring = MapColour::Class;
  std::set<int> hidden;  ///< Groups switched off in the legend.
  std::unique_ptr<QObject> preview;
  MapCanvas* canvas = nullptr;
  QComboBox* colourBox = nullptr;
  QLabel *colourLabel = nullptr, *card = nullptr, *hint = nullptr;
  QToolButton* fit = nullptr;
  QWidget* legend = nullptr;
  FlowLayout* legendRow = nullptr;

  struct Group {
    QString name;
    QColor colour;
  };
  void build();
  void retranslate();
  std::vector<Group> groups() const;
  int groupOf(std::size_t i) const;
  void recolour();
  void applyGroups(const std::vector<Group>& all);
  void rebuildLegend(const std::vector<Group>& all);
  void select(std::vector<bool> chosen);
  void hover(std::optional<std::size_t> index, QPoint where);
  void placeCard(QPoint where);
  QString describe(std::size_t i) const;
};

void EmbeddingMapView::Impl::build() {
  canvas = new MapCanvas{&self};
  colourLabel = new QLabel{&self};
  colourBox = new QComboBox{&self};
  colourBox->setObjectName(QStringLiteral("mapColour"));
  colourLabel->setBuddy(colourBox);
  fit = new QToolButton{&self};
  fit->setObjectName(QStringLiteral("mapFit"));
  fit->setIcon(icon(QStringLiteral("fit")));
  fit->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  fit->setAutoRaise(true);
  hint = new QLabel{&self};
  hint->setWordWrap(true);
  legend = new QWidget{&self};
  legendRow = new FlowLayout{legend, 0, 4};
  auto* tools = new FlowLayout{nullptr, 0, 8};
  for (auto* w : std::initializer_list<QWidget*>{colourLabel, colourBox, fit}) tools->addWidget(w);
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(16, 16, 8, 16);
  column->setSpacing(8);
  column->addLayout(tools);
  column->addWidget(legend);
  column->addWidget(canvas, 1);
  column->addWidget(hint);
  card = new QLabel{canvas};
  card->setAttribute(Qt::WA_TransparentForMouseEvents);
  card->setFrameShape(QFrame::Box);
  card->setMargin(6);
  card->setAutoFillBackground(true);
  card->setTextFormat(Qt::RichText);
  card->hide();

  connect(fit, &QToolButton::clicked, canvas, &MapCanvas::fit);
  connect(colourBox, &QComboBox::activated, &self, [this](int i) { self.setColouring(static_cast<MapColour>(i)); });
  connect(canvas, &MapCanvas::lassoed, &self, [this](const QPolygonF& polygon, bool add) { self.selectInside(polygon, add); });
  connect(canvas, &MapCanvas::cleared, &self, &EmbeddingMapView::clearSelection);
  connect(canvas, &MapCanvas::clicked, &self, [this](std::optional<std::size_t> i, bool add) {
    auto chosen = add ? selected : std::vector<bool>(points.points.size());
    if (i) chosen[*i] = add ? !chosen[*i] : true;
    select(std::move(chosen));
  });
  connect(canvas, &MapCanvas::hovered, &self, [this](std::optional<std::size_t> i, const QPoint& where) { hover(i, where); });
}

void EmbeddingMapView::Impl::retranslate() {
  self.setAccessibleName(tr("Map of the pictures"));
  canvas->setAccessibleName(tr("Map of the pictures"));
  colourLabel->setText(tr("Colour"));
  colourBox->clear();
  colourBox->addItems({tr("Class"), tr("Part of the split"), tr("Right or wrong")});
  if (points.predicted.empty()) {
    auto* item = qobject_cast<QStandardItemModel*>(colourBox->model())->item(2);
    item->setEnabled(false);
    item->setToolTip(tr("Link predictions to the map block to see which pictures are classified wrongly."));
  }
  colourBox->setCurrentIndex(static_cast<int>(colouring));
  fit->setText(tr("Show all"));
  fit->setToolTip(tr("Show the whole map (0, or a double click)"));
  hint->setText(
      tr("Draw around points to choose them; Ctrl adds. Wheel: zoom; middle button or Space and drag: move; arrow keys: from point to "
         "point."));
}

std::vector<EmbeddingMapView::Impl::Group> EmbeddingMapView::Impl::groups() const {
  const auto& p = self.palette();
  std::vector<Group> out;
  const auto quiet = toneColour(Tone::Neutral, p);
  switch (colouring) {
    case MapColour::Class:
      for (std::size_t i = 0; i < points.classes.size(); ++i) out.push_back({points.classes[i], seriesColour(static_cast<int>(i), p)});
      out.push_back({tr("No label"), quiet});
      break;
    case MapColour::Split:
      out = {{saySplit(Split::None), quiet},
             {saySplit(Split::Train), seriesColour(0, p)},
             {saySplit(Split::Validation), seriesColour(1, p)},
             {saySplit(Split::Test), seriesColour(2, p)}};
      break;
    case MapColour::Correctness:
      out = {{tr("Right"), seriesColour(0, p)}, {tr("Wrong"), seriesColour(1, p)}, {tr("Not known"), quiet}};
      break;
  }
  return out;
}

int EmbeddingMapView::Impl::groupOf(std::size_t i) const {
  switch (colouring) {
    case MapColour::Class:
      return points.label[i] >= 0 ? points.label[i] : static_cast<int>(points.classes.size());
    case MapColour::Split:
      return points.split[i];
    case MapColour::Correctness:
      if (points.predicted.empty() || points.predicted[i] < 0 || points.label[i] < 0) return 2;
      return points.predicted[i] == points.label[i] ? 0 : 1;
  }
  return 0;
}

void EmbeddingMapView::Impl::recolour() {
  const auto all = groups();
  applyGroups(all);
  rebuildLegend(all);
}

void EmbeddingMapView::Impl::applyGroups(const std::vector<Group>& all) {
  std::vector<int> group(points.points.size());
  for (std::size_t i = 0; i < group.size(); ++i) group[i] = groupOf(i);
  std::vector<std::optional<QColor>> colours;
  for (std::size_t g = 0; g < all.size(); ++g)
    colours.push_back(hidden.contains(static_cast<int>(g)) ? std::nullopt : std::optional{all[g].colour});
  canvas->setGroups(std::move(group), std::move(colours));
}

void EmbeddingMapView::Impl::rebuildLegend(const std::vector<Group>& all) {
  while (auto* item = legendRow->takeAt(0)) {
    item->widget()->setParent(nullptr);  // Gone at once for whoever looks for it by name.
    item->widget()->deleteLater();
    delete item;
  }
  std::vector<std::int64_t> counts(all.size());
  for (std::size_t i = 0; i < points.points.size(); ++i) ++counts[static_cast<std::size_t>(groupOf(i))];
  for (std::size_t g = 0; g < all.size(); ++g) {
    if (counts[g] == 0) continue;
    auto* chip = new QToolButton{legend};
    chip->setObjectName(QStringLiteral("mapGroup_%1").arg(g));
    QPixmap dot{QSize{12, 12} * self.devicePixelRatioF()};
    dot.setDevicePixelRatio(self.devicePixelRatioF());
    dot.fill(Qt::transparent);
    QPainter painter{&dot};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(all[g].colour);
    painter.drawEllipse(1, 1, 10, 10);
    painter.end();
    chip->setIcon(dot);
    chip->setIconSize({12, 12});
    const auto text = tr("%1 (%2)").arg(all[g].name, QLocale{}.toString(static_cast<qlonglong>(counts[g])));
    chip->setText(QString{text}.replace(QLatin1Char('&'), QLatin1String{"&&"}));
    chip->setToolTip(tr("Show or hide %1").arg(all[g].name));
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setCheckable(true);
    chip->setAutoRaise(true);
    chip->setChecked(!hidden.contains(static_cast<int>(g)));
    chip->setFocusPolicy(Qt::StrongFocus);
    connect(chip, &QToolButton::toggled, &self, [this, g](bool on) {
      if (on) hidden.erase(static_cast<int>(g));
      else hidden.insert(static_cast<int>(g));
      applyGroups(groups());
    });
    legendRow->addWidget(chip);
    chip->show();
  }
}

void EmbeddingMapView::Impl::select(std::vector<bool> chosen) {
  if (chosen == selected) return;
  selected = std::move(chosen);
  canvas->setSelected(selected);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < selected.size(); ++i)
    if (selected[i]) ids.push_back(points.ids[i]);
  Q_EMIT self.selectionChanged(ids);
}

QString EmbeddingMapView::Impl::describe(std::size_t i) const {
  const auto name = [&](std::int32_t c) {
    return c >= 0 && static_cast<std::size_t>(c) < points.classes.size() ? points.classes[static_cast<std::size_t>(c)] : tr("No label");
  };
  QStringList lines{QStringLiteral("<b>%1</b>").arg(name(points.label[i]).toHtmlEscaped())};
  if (!points.predicted.empty() && points.predicted[i] >= 0) lines << tr("Taken for %1").arg(name(points.predicted[i])).toHtmlEscaped();
  lines << saySplit(static_cast<Split>(points.split[i])).toHtmlEscaped();
  return lines.join(QStringLiteral("<br>"));
}

void EmbeddingMapView::Impl::placeCard(QPoint where) {
  card->adjustSize();
  auto at = where + QPoint{16, 16};
  if (at.x() + card->width() > canvas->width()) at.setX(where.x() - 16 - card->width());
  if (at.y() + card->height() > canvas->height()) at.setY(where.y() - 16 - card->height());
  card->move(std::max(0, at.x()), std::max(0, at.y()));
}

void EmbeddingMapView::Impl::hover(std::optional<std::size_t> index, QPoint where) {
  preview.reset();
  card->setVisible(index.has_value());
  if (!index) return;
  const auto text = describe(*index);
  canvas->setAccessibleDescription(
      QString{text}.replace(QStringLiteral("<br>"), QStringLiteral(", ")).remove(QStringLiteral("<b>")).remove(QStringLiteral("</b>")));
  card->setText(text);
  placeCard(where);
  if (*index >= points.pictures.size()) return;
  preview = std::make_unique<QObject>();
  engine.picture(points.pictures[*index], 160, preview.get(), [this, text, where](const QImage& image) {
    if (image.isNull()) return;
    QByteArray png;
    QBuffer buffer{&png};
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    card->setText(QStringLiteral("<img src='data:image/png;base64,%1'><br>%2").arg(QString::fromLatin1(png.toBase64()), text));
    placeCard(where);
  });
}

EmbeddingMapView::EmbeddingMapView(EngineAccess& engine, QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, engine}} {
  setObjectName(QStringLiteral("embeddingMap"));
  impl_->build();
  impl_->retranslate();
}

EmbeddingMapView::~EmbeddingMapView() = default;

void EmbeddingMapView::setPoints(MapPoints points) {
  impl_->preview.reset();
  impl_->card->hide();
  impl_->points = std::move(points);
  impl_->selected.assign(impl_->points.points.size(), false);
  impl_->hidden.clear();
  if (impl_->points.predicted.empty() && impl_->colouring == MapColour::Correctness) impl_->colouring = MapColour::Class;
  impl_->canvas->setPoints(&impl_->points.points);
  impl_->retranslate();
  impl_->recolour();
}

const MapPoints& EmbeddingMapView::points() const { return impl_->points; }

void EmbeddingMapView::setColouring(MapColour colouring) {
  impl_->colouring = colouring;
  impl_->hidden.clear();
  impl_->colourBox->setCurrentIndex(static_cast<int>(colouring));
  impl_->recolour();
}

MapColour EmbeddingMapView::colouring() const { return impl_->colouring; }

std::vector<std::size_t> EmbeddingMapView::selection() const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < impl_->selected.size(); ++i)
    if (impl_->selected[i]) out.push_back(i);
  return out;
}

void EmbeddingMapView::selectInside(const QPolygonF& polygon, bool add) {
  auto chosen = add ? impl_->selected : std::vector<bool>(impl_->points.points.size());
  const auto box = polygon.boundingRect();
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const auto& p = impl_->points.points[i];
    if (impl_->canvas->visible(i) && box.contains(p) && polygon.containsPoint(p, Qt::OddEvenFill)) chosen[i] = true;
  }
  impl_->select(std::move(chosen));
}

void EmbeddingMapView::selectIds(const std::vector<std::string>& ids) {
  const std::set<std::string> wanted{ids.begin(), ids.end()};
  std::vector<bool> chosen(impl_->points.points.size());
  for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = wanted.contains(impl_->points.ids[i]);
  impl_->select(std::move(chosen));
}

void EmbeddingMapView::resetZoom() { impl_->canvas->fit(); }
void EmbeddingMapView::clearSelection() { impl_->select(std::vector<bool>(impl_->points.points.size())); }

void EmbeddingMapView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (!impl_ || !impl_->canvas) return;
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) impl_->recolour();
}

}  // namespace patchbay::widgets
