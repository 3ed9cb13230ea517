// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/try_it/try_view.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include "app/studio/try_it/try_panel.h"
#include "widgets/base/flow_layout.h"

namespace patchbay::studio {

void TryView::build(QWidget& self) {
  auto* scroll = new QScrollArea{&self};
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* outer = new QVBoxLayout{&self};
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(scroll);
  auto* page = new QWidget;
  scroll->setWidget(page);
  auto* column = new QVBoxLayout{page};
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(8);
  const auto button = [&](const char* name, const QString& picture) {
    auto* b = new QPushButton{page};
    b->setObjectName(QLatin1String{name});
    b->setIcon(widgets::icon(picture));
    b->setIconSize({20, 20});
    return b;
  };
  modelLabel = new QLabel{page};
  model = new QComboBox{page};
  model->setObjectName(QStringLiteral("try.model"));
  model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  modelLabel->setBuddy(model);
  noModel = new Remark{QStringLiteral("try.noModel"), page};
  problem = new Remark{QStringLiteral("try.problem"), page};
  open = button("try.open", QStringLiteral("open"));
  paste = button("try.paste", QStringLiteral("paste"));
  cameraOn = button("try.camera", QStringLiteral("camera"));
  cameraOn->setCheckable(true);
  take = button("try.take", QStringLiteral("ok"));
  take->hide();
  auto* sources = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* b : {open, paste, cameraOn, take}) sources->addWidget(b);

  empty = new widgets::EmptyState;
  view = new widgets::PictureView;
  view->setObjectName(QStringLiteral("try.picture"));
  pages = new QStackedWidget{page};
  pages->addWidget(empty);
  pages->addWidget(view);
  pages->setMinimumHeight(220);
  pages->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);

  heatRow = new QWidget{page};
  auto* heatLayout = new QHBoxLayout{heatRow};
  heatLayout->setContentsMargins(0, 0, 0, 0);
  heat = new QCheckBox{heatRow};
  heat->setObjectName(QStringLiteral("try.heat"));
  heat->setChecked(true);
  opacity = new QSlider{Qt::Horizontal, heatRow};
  opacity->setObjectName(QStringLiteral("try.opacity"));
  opacity->setRange(0, 100);
  opacity->setValue(55);
  heatLayout->addWidget(heat);
  heatLayout->addWidget(opacity, 1);

  result = new QWidget{page};
  auto* resultColumn = new QVBoxLayout{result};
  resultColumn->setContentsMargins(0, 0, 0, 0);
  resultColumn->setSpacing(8);
  verdict = new QLabel{result};
  verdict->setObjectName(QStringLiteral("try.class"));
  verdict->setTextFormat(Qt::PlainText);
  verdict->setWordWrap(true);
  verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto font = verdict->font();
  font.setPointSizeF(font.pointSizeF() * 1.5);
  font.setWeight(QFont::DemiBold);
  verdict->setFont(font);
  time = new QLabel{result};
  time->setObjectName(QStringLiteral("try.time"));
  auto* head = new QHBoxLayout;
  head->addWidget(verdict, 1);
  head->addWidget(time, 0, Qt::AlignBottom);
  unlike = new Remark{QStringLiteral("try.unlike"), result};
  noUnlike = new Remark{QStringLiteral("try.noUnlike"), result};
  scores = new ScoreBars{result};
  wrong = new QLabel{result};
  label = new QComboBox{result};
  label->setObjectName(QStringLiteral("try.label"));
  label->setEditable(true);
  label->setInsertPolicy(QComboBox::NoInsert);
  label->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  wrong->setBuddy(label);
  add = button("try.add", QStringLiteral("add"));
  auto* right = new QHBoxLayout;
  right->addWidget(wrong);
  right->addWidget(label, 1);
  right->addWidget(add);
  added = new Remark{QStringLiteral("try.added"), result};
  resultColumn->addLayout(head);
  for (auto* w : std::initializer_list<QWidget*>{unlike, scores, noUnlike}) resultColumn->addWidget(w);
  resultColumn->addLayout(right);
  resultColumn->addWidget(added);

  strip = new QListWidget{page};
  strip->setObjectName(QStringLiteral("try.strip"));
  strip->setViewMode(QListView::IconMode);
  strip->setFlow(QListView::LeftToRight);
  strip->setWrapping(false);
  strip->setMovement(QListView::Static);
  strip->setIconSize({thumbSide, thumbSide});
  strip->setTextElideMode(Qt::ElideRight);
  strip->setGridSize({88, thumbSide + 2 * strip->fontMetrics().height()});
  strip->setFixedHeight(strip->gridSize().height() + strip->fontMetrics().height() + 8);

  column->addWidget(modelLabel);
  column->addWidget(model);
  column->addWidget(noModel);
  column->addLayout(sources);
  column->addWidget(pages, 1);
  column->addWidget(heatRow);
  column->addWidget(problem);
  column->addWidget(result);
  column->addWidget(strip);
}

void TryView::setWords() {
  modelLabel->setText(TryPanel::tr("&Model"));
  model->setToolTip(TryPanel::tr("The models that this pipeline has made, the newest first"));
  open->setText(TryPanel::tr("&Open…"));
  open->setToolTip(TryPanel::tr("Choose pictures to try"));
  paste->setText(TryPanel::tr("&Paste"));
  paste->setToolTip(TryPanel::tr("Tries the picture on the clipboard (Ctrl+V)"));
  cameraOn->setText(TryPanel::tr("&Camera"));
  cameraOn->setToolTip(TryPanel::tr("Tries what the camera sees, all the time"));
  take->setText(TryPanel::tr("&Keep this picture"));
  take->setToolTip(TryPanel::tr("Keeps what the camera sees now and ends it"));
  empty->setText(TryPanel::tr("Drop a picture here"),
                 TryPanel::tr("Or paste one, open one, or use the camera. It stays on this computer."));
  heat->setText(TryPanel::tr("Where it &looked"));
  heat->setToolTip(TryPanel::tr("Colours what speaks for the class: the warmer, the more"));
  opacity->setToolTip(TryPanel::tr("How strongly the colours cover the picture"));
  opacity->setAccessibleName(opacity->toolTip());
  wrong->setText(TryPanel::tr("&Wrong? It is"));
  label->setAccessibleName(TryPanel::tr("The right class"));
  label->setToolTip(TryPanel::tr("Choose the right class, or write a new one"));
  add->setText(TryPanel::tr("&Add to data"));
  add->setToolTip(TryPanel::tr("Copies the picture with this class into the project; the next training learns from it"));
  strip->setAccessibleName(TryPanel::tr("Pictures tried"));
}

}  // namespace patchbay::studio
