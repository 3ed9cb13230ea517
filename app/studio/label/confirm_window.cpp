// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/confirm_window.h"

#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/gallery/picture_grid.h"

namespace patchbay::studio {

QString sayExpectedErrors(const Assist::Queue& queue) {
  const auto number = [](double value) { return QLocale{}.toString(value, 'f', 1); };
  return QCoreApplication::translate("studio", "about %1 errors expected among them (%2 to %3)")
      .arg(number(queue.expected), number(queue.low), number(queue.high));
}

ConfirmWindow::ConfirmWindow(widgets::EngineAccess& engine, Assist& assist, QWidget* parent)
    : QWidget{parent, Qt::Window}, assist_{assist}, grid_{new widgets::PictureGrid{engine, this}} {
  setObjectName(QStringLiteral("confirm"));
  resize(860, 620);
  const auto label = [&](const char* name) {
    auto* one = new QLabel{this};
    one->setObjectName(QLatin1String{name});
    one->setWordWrap(true);
    one->setTextFormat(Qt::PlainText);
    return one;
  };
  const auto button = [&](const char* name) {
    auto* one = new QPushButton{this};
    one->setObjectName(QLatin1String{name});
    return one;
  };
  head_ = label("confirm.head");
  sure_ = label("confirm.sure");
  said_ = label("confirm.said");
  aboveName_ = new QLabel{this};
  above_ = new QDoubleSpinBox{this};
  above_->setObjectName(QStringLiteral("confirm.above"));
  above_->setRange(50, 99.9);
  above_->setDecimals(1);
  above_->setSingleStep(0.5);
  above_->setValue(99);
  above_->setSuffix(QStringLiteral(" %"));
  aboveName_->setBuddy(above_);
  grid_->setObjectName(QStringLiteral("confirm.grid"));
  grid_->setOpensLargeView(false);
  accept_ = button("confirm.accept");
  open_ = button("confirm.open");
  undo_ = button("confirm.undo");
  close_ = button("confirm.close");
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(8);
  column->addWidget(head_);
  column->addWidget(grid_, 1);
  auto* hard = new widgets::FlowLayout{nullptr, 0, 8};
  hard->addWidget(open_);
  column->addLayout(hard);
  column->addWidget(sure_);
  auto* foot = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* one : std::initializer_list<QWidget*>{aboveName_, above_, accept_, undo_, close_}) foot->addWidget(one);
  column->addLayout(foot);
  column->addWidget(said_);
  connect(above_, &QDoubleSpinBox::valueChanged, this, [this] { reload(); });
  connect(accept_, &QPushButton::clicked, this, &ConfirmWindow::accept);
  connect(open_, &QPushButton::clicked, this, &ConfirmWindow::openHard);
  connect(grid_, &widgets::PictureGrid::activated, this, [this] { openHard(); });
  connect(undo_, &QPushButton::clicked, this, [this] {
    undoable_ = false;
    done_.clear();
    Q_EMIT undoWanted();
    describe();
  });
  connect(close_, &QPushButton::clicked, this, &QWidget::close);
  connect(&assist_, &Assist::stateChanged, this, &ConfirmWindow::reload);
  retranslate();
}

void ConfirmWindow::reload() {
  if (!isVisible()) return;
  assist_.queue(above_->value() / 100, [self = QPointer<ConfirmWindow>{this}](const Result<Assist::Queue>& queue) {
    if (!self) return;
    self->known_ = queue.has_value();
    self->problem_ = queue ? QString{} : widgets::say(queue.error());
    if (queue) self->queue_ = *queue;
    std::vector<widgets::GalleryItem> items;
    for (const auto& one : self->queue_.hard) {
      widgets::GalleryItem item;
      item.id = one.id;
      item.picture.digest = one.digest;
      auto name = widgets::fromUtf8(displayText(one.label));
      if (!one.labels.empty()) {
        QStringList names;
        for (const auto& label : one.labels) names << widgets::fromUtf8(displayText(label));
        name = QLocale{}.createSeparatedList(names);
      }
      item.caption = tr("%1, %2").arg(name, widgets::sayPercent(one.probability, 0));
      items.push_back(std::move(item));
    }
    self->grid_->setItems(std::move(items));
    self->describe();
  });
}

void ConfirmWindow::describe() {
  const auto n = static_cast<qlonglong>(queue_.count);
  head_->setText(
      !problem_.isEmpty() ? problem_
      : !known_           ? tr("Looking at the suggestions…")
                : tr("%1 to look at yourself, the hardest first").arg(widgets::sayCount(TR("gallery", "{n} picture(s)"), queue_.below)));
  sure_->setText(
      known_ && n > 0
          ? tr("%1 are surer than that: %2.").arg(widgets::sayCount(TR("gallery", "{n} picture(s)"), n), sayExpectedErrors(queue_))
      : known_ ? tr("No suggestion is that sure yet.")
               : QString{});
  accept_->setText(tr("&Accept the other %1 above %2").arg(QLocale{}.toString(n), widgets::sayPercent(above_->value() / 100)));
  accept_->setEnabled(known_ && n > 0);
  accept_->setToolTip(accept_->isEnabled() ? tr("All of these suggestions become labels; one undo takes them back") : sure_->text());
  open_->setEnabled(!queue_.hard.empty());
  open_->setToolTip(open_->isEnabled() ? tr("Shows them one after the other with their suggestions; Enter takes one")
                                       : tr("There is none."));
  undo_->setEnabled(undoable_);
  undo_->setToolTip(undoable_ ? tr("Takes the labels back that were accepted here") : tr("Nothing was accepted here yet."));
  said_->setText(done_);
  said_->setVisible(!done_.isEmpty());
}

void ConfirmWindow::accept() {
  accept_->setEnabled(false);
  assist_.accept(Value{Value::Map{{"above", above_->value() / 100}}}, [self = QPointer<ConfirmWindow>{this}](const Result<Value>& answer) {
    if (!self) return;
    self->undoable_ = answer.has_value();
    self->done_ =
        answer ? tr("%1 labelled as suggested.").arg(widgets::sayCount(TR("gallery", "{n} picture(s)"), (*answer)["changed"].asInt()))
               : widgets::say(answer.error());
    self->describe();
    self->reload();
  });
}

void ConfirmWindow::openHard() {
  std::vector<std::string> ids;
  const auto first = grid_->current().value_or(0);
  for (std::size_t i = first; i < queue_.hard.size(); ++i) ids.push_back(queue_.hard[i].id);
  if (ids.empty()) return;
  Q_EMIT openWanted(ids);
  close();
}

void ConfirmWindow::retranslate() {
  setWindowTitle(tr("Confirm suggestions"));
  aboveName_->setText(tr("Sure &from"));
  above_->setAccessibleName(tr("Probability from which suggestions are accepted"));
  grid_->setAccessibleName(tr("Suggestions to look at"));
  grid_->setEmptyText(tr("Nothing to look at"));
  open_->setText(tr("&Look at them one by one"));
  undo_->setText(tr("&Undo"));
  close_->setText(tr("&Close"));
  describe();
}

void ConfirmWindow::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

void ConfirmWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) close();
  else QWidget::keyPressEvent(event);
}

}  // namespace patchbay::studio
