// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/data_bars.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"

namespace patchbay::widgets {

DataNotice::DataNotice(const QString& name, QWidget* parent) : QFrame{parent}, label_{new QLabel{this}} {
  setObjectName(name);
  setFrameShape(QFrame::StyledPanel);
  label_->setWordWrap(true);
  label_->setTextFormat(Qt::PlainText);
  label_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* row = new QHBoxLayout{this};
  row->setContentsMargins(12, 6, 8, 6);
  row->setSpacing(8);
  row->addWidget(label_, 1);
  for (int i = 0; i < 2; ++i) {
    buttons_[i] = new QPushButton{this};
    buttons_[i]->setObjectName(QStringLiteral("%1.choice%2").arg(name).arg(i));
    row->addWidget(buttons_[i]);
    connect(buttons_[i], &QPushButton::clicked, this, [this, i] {
      const auto act = choices_[static_cast<std::size_t>(i)].second;
      close();
      if (act) act();
    });
  }
  hide();
}

void DataNotice::say(Tone tone, Words words, std::vector<Choice> choices) {
  tone_ = tone;
  words_ = std::move(words);
  choices_ = std::move(choices);
  for (std::size_t i = 0; i < 2; ++i) buttons_[i]->setVisible(i < choices_.size());
  retranslate();
  show();
}

void DataNotice::close() {
  hide();
  words_ = nullptr;
}

QString DataNotice::text() const { return isHidden() ? QString{} : label_->text(); }

void DataNotice::retranslate() {
  if (!words_) return;
  label_->setText(words_());
  setAccessibleName(label_->text());
  auto p = palette();
  p.setColor(QPalette::WindowText, tone_ == Tone::Neutral ? palette().color(QPalette::Text) : toneColour(tone_, palette()));
  label_->setPalette(p);
  for (std::size_t i = 0; i < choices_.size() && i < 2; ++i) buttons_[i]->setText(choices_[i].first());
}

void DataNotice::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (label_ && (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)) retranslate();
}

QToolButton* DataActionBar::make(const char* name, const QString& picture) {
  auto* button = new QToolButton{this};
  button->setObjectName(QLatin1String{name});
  button->setIcon(icon(picture));
  button->setIconSize({20, 20});
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  return button;
}

DataActionBar::DataActionBar(QWidget* parent) : QWidget{parent}, count_{new QLabel{this}} {
  setObjectName(QStringLiteral("data.actions"));
  count_->setObjectName(QStringLiteral("data.chosen"));
  label_ = make("data.label", QStringLiteral("edit"));
  part_ = make("data.set-part", QStringLiteral("group"));
  part_->setPopupMode(QToolButton::InstantPopup);
  part_->setMenu(new QMenu{part_});
  remove_ = make("data.remove", QStringLiteral("delete"));
  undo_ = make("data.undo", QStringLiteral("undo"));
  redo_ = make("data.redo", QStringLiteral("redo"));
  for (auto* one : {undo_, redo_}) one->setToolButtonStyle(Qt::ToolButtonIconOnly);
  auto* flow = new FlowLayout{this, 0, 4};
  flow->addWidget(undo_);
  flow->addWidget(redo_);
  flow->addWidget(count_);
  flow->addWidget(label_);
  for (int i = 0; i < 9; ++i) {
    auto* button = make("", {});
    button->setObjectName(QStringLiteral("data.label%1").arg(i + 1));
    button->hide();
    connect(button, &QToolButton::clicked, this, [this, i] {
      if (const auto at = static_cast<std::size_t>(i); at < state_.classes.size()) Q_EMIT labelWanted(fromUtf8(state_.classes[at].name));
    });
    classes_.push_back(button);
    flow->addWidget(button);
  }
  flow->addWidget(part_);
  flow->addWidget(remove_);
  connect(label_, &QToolButton::clicked, this, &DataActionBar::labelMenuWanted);
  connect(remove_, &QToolButton::clicked, this, &DataActionBar::removeWanted);
  connect(undo_, &QToolButton::clicked, this, &DataActionBar::undoWanted);
  connect(redo_, &QToolButton::clicked, this, &DataActionBar::redoWanted);
  retranslate();
}

QWidget* DataActionBar::labelButton() const { return label_; }

void DataActionBar::setState(const DataState& state) {
  state_ = state;
  retranslate();
}

void DataActionBar::setChosen(std::int64_t chosen, const QString& why) {
  if (chosen == chosen_ && why == why_) return;
  chosen_ = chosen;
  why_ = why;
  count_->setText(chosen ? sayCount(TR("gallery", "{n} picture(s) chosen"), chosen) : tr("Nothing chosen"));
  enable();
}

void DataActionBar::enable() {
  const auto why = !why_.isEmpty() ? why_
                   : chosen_ == 0  ? tr("Choose pictures first: click one, Shift and Ctrl take more, Ctrl+A all.")
                                   : QString{};
  const auto set = [](QToolButton* button, const QString& reason, const QString& tip) {
    button->setEnabled(reason.isEmpty());
    button->setToolTip(reason.isEmpty() ? tip : reason);
    button->setStatusTip(button->toolTip());
  };
  set(label_, why, tr("Finds a class, or makes a new one (L)"));
  set(part_, why, tr("Puts the chosen pictures into a part: training, validation or test"));
  set(remove_, why, tr("Takes them out of the data set; the files stay, and undo brings them back (Delete)"));
  for (std::size_t i = 0; i < classes_.size() && i < state_.classes.size(); ++i)
    set(classes_[i], why,
        (state_.task == "multi-label" ? tr("Adds “%1” to the labels of the chosen pictures, or takes it away from all (key %2)")
                                      : tr("Labels the chosen pictures “%1” (key %2)"))
            .arg(fromUtf8(displayText(state_.classes[i].name)))
            .arg(i + 1));
  set(undo_,
      !why_.isEmpty() ? why_
      : state_.undo   ? QString{}
                      : tr("Nothing has been changed yet."),
      tr("Takes the last change back (Ctrl+Z)"));
  set(redo_,
      !why_.isEmpty() ? why_
      : state_.redo   ? QString{}
                      : tr("Nothing has been taken back."),
      tr("Makes the change that was taken back again (Ctrl+Shift+Z)"));
}

void DataActionBar::retranslate() {
  setAccessibleName(tr("What can be done with the chosen pictures"));
  count_->setText(chosen_ ? sayCount(TR("gallery", "{n} picture(s) chosen"), chosen_) : tr("Nothing chosen"));
  label_->setText(tr("Label…"));
  part_->setText(tr("Part"));
  remove_->setText(tr("Remove"));
  undo_->setAccessibleName(tr("Undo"));
  redo_->setAccessibleName(tr("Redo"));
  auto* menu = part_->menu();
  menu->clear();
  for (const auto* split : {"train", "validation", "test", "none"}) {
    auto* action = menu->addAction(sayPartOf(split));
    action->setObjectName(QStringLiteral("data.part.") + QLatin1String{split});
    connect(action, &QAction::triggered, this, [this, name = QLatin1String{split}] { Q_EMIT partWanted(name); });
  }
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    const bool there = i < state_.classes.size();
    classes_[i]->setVisible(there);
    if (!there) continue;
    const auto name = fromUtf8(displayText(state_.classes[i].name));
    QPixmap dot{24, 24};
    dot.setDevicePixelRatio(2);
    dot.fill(Qt::transparent);
    QPainter painter{&dot};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(state_.classes[i].colour);
    painter.drawEllipse(QRectF{2, 2, 8, 8});
    painter.end();
    classes_[i]->setIcon(dot);
    auto text = fontMetrics().elidedText(name, Qt::ElideMiddle, 120);
    classes_[i]->setText(tr("%1 %2").arg(i + 1).arg(text.replace(QLatin1Char('&'), QLatin1String{"&&"})));
    classes_[i]->setAccessibleName(tr("Label as %1").arg(name));
  }
  enable();
}

void DataActionBar::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (redo_ && event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace patchbay::widgets
