// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/mistakes_page.h"

#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/gallery/picture_grid.h"
#include "widgets/results/heat_maps.h"

namespace patchbay::widgets {

MistakesPage::MistakesPage(EngineAccess& engine, QWidget* parent)
    : QWidget{parent},
      heat_{new HeatMaps{engine, this}},
      title_{new QLabel{this}},
      problem_{new QLabel{this}},
      overlay_{new QCheckBox{this}},
      opacity_{new QSlider{Qt::Horizontal, this}},
      show_{new QPushButton{this}},
      grid_{new PictureGrid{engine, this}} {
  setObjectName(QStringLiteral("mistakesPage"));
  overlay_->setObjectName(QStringLiteral("mistakesHeat"));
  opacity_->setObjectName(QStringLiteral("mistakesOpacity"));
  grid_->setObjectName(QStringLiteral("mistakesGrid"));
  grid_->setCellSize(160);
  opacity_->setRange(10, 100);
  opacity_->setValue(60);
  opacity_->setFixedWidth(120);
  show_->setObjectName(QStringLiteral("mistakesInData"));
  show_->hide();
  connect(show_, &QPushButton::clicked, this, [this] {
    auto chosen = grid_->selection();
    std::vector<std::string> ids;
    if (chosen.empty())
      for (std::size_t i = 0; i < grid_->count(); ++i) chosen.push_back(i);
    for (const auto i : chosen) ids.push_back(grid_->item(i).id);
    if (!ids.empty()) Q_EMIT showWanted(ids);
  });
  problem_->setWordWrap(true);
  problem_->hide();
  auto* tools = new FlowLayout{nullptr, 0, 12};
  tools->addWidget(title_);
  tools->addWidget(overlay_);
  tools->addWidget(opacity_);
  tools->addWidget(show_);
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(8);
  column->addLayout(tools);
  column->addWidget(problem_);
  column->addWidget(grid_, 1);
  connect(overlay_, &QCheckBox::toggled, this, [this] { showHeat(); });
  connect(opacity_, &QSlider::valueChanged, this, [this] { showHeat(); });
  connect(heat_, &HeatMaps::arrived, this, [this] { showHeat(); });
  connect(heat_, &HeatMaps::failed, this, [this](const QString& why) {
    problem_->setText(why);
    problem_->show();
  });
  connect(grid_, &PictureGrid::selectionChanged, this, [this] {
    std::vector<std::string> ids;
    for (const auto i : grid_->selection()) ids.push_back(grid_->item(i).id);
    Q_EMIT itemsSelected(ids);
  });
  retranslate();
}

void MistakesPage::setReport(ReportDataPtr report) {
  data_ = std::move(report);
  heat_->setModel(data_->source.model);
  overlay_->setChecked(false);
  retranslate();
  fill();
}

void MistakesPage::fill() {
  std::vector<GalleryItem> items;
  for (const auto& m : data_->body["mistakes"].asList()) {
    const auto truth = fromUtf8(displayText(m["truth"].asText())), predicted = fromUtf8(displayText(m["predicted"].asText()));
    const auto percent = sayPercent(m["probability"].asDouble());
    const auto file = fromUtf8(displayText(pathFromValue(m["path"]).native()));
    GalleryItem item;
    item.picture.digest = m["picture"].asText();
    item.id = m["id"].asText();
    item.caption = tr("%1, %2").arg(predicted, percent);
    item.note = tr("is %1").arg(truth);
    item.tone = Tone::Bad;
    item.details = {{tr("Taken for"), predicted},
                    {tr("Probability"), percent},
                    {tr("True class"), truth},
                    {tr("File"), file},
                    {tr("Item"), fromUtf8(item.id)}};
    items.push_back(std::move(item));
  }
  title_->setText(items.empty() ? QString{}
                                : sayCount(TR("results", "The {n} most confident mistake(s)"), static_cast<std::int64_t>(items.size())));
  grid_->setEmptyText(tr("No mistakes: every picture of this part was classified correctly."));
  grid_->setItems(std::move(items));
  problem_->hide();
}

void MistakesPage::setOffers(bool show) { show_->setVisible(show); }

void MistakesPage::showHeat() {
  opacity_->setEnabled(overlay_->isChecked());
  if (!overlay_->isChecked()) {
    heat_->stop();
    grid_->clearOverlays();
    return;
  }
  for (std::size_t i = 0; i < grid_->count(); ++i) {
    const auto picture = grid_->item(i).picture;
    if (picture.digest.empty()) continue;
    grid_->setOverlay(i, heat_->find(picture), opacity_->value() / 100.0);
    heat_->want(picture);
  }
}

void MistakesPage::retranslate() {
  overlay_->setText(tr("Show where the model looked"));
  show_->setText(tr("Open in the data set"));
  show_->setToolTip(tr("Shows the chosen mistakes, or all of them, where their labels can be mended"));
  const bool can = data_ && !data_->source.model.empty();
  overlay_->setEnabled(can);
  overlay_->setToolTip(can ? tr("Red: what spoke most for the predicted class. Computed now, one picture after another.")
                           : tr("The model of this report is not known; open the report from its run."));
  overlay_->setStatusTip(overlay_->toolTip());
  opacity_->setEnabled(can && overlay_->isChecked());
  opacity_->setToolTip(tr("How strongly the heat map covers the picture"));
  opacity_->setAccessibleName(tr("Strength of the heat map"));
}

void MistakesPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  retranslate();
  if (data_) fill();
}

}  // namespace patchbay::widgets
