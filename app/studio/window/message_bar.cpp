// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/message_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {

/// One message, with a bar in its tone at the left.
class Message : public QFrame {
 public:
  Message(widgets::Tone tone, QWidget* parent) : QFrame{parent}, tone_{tone} {}
  /// Said now, and again in another language.
  void say(std::function<void()> words) {
    words();
    words_.push_back(std::move(words));
  }

 protected:
  void changeEvent(QEvent* event) override {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
      for (const auto& words : words_) words();
  }
  void paintEvent(QPaintEvent*) override {
    QPainter painter{this};
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.fillRect(QRect{0, 0, 4, height()}, widgets::toneColour(tone_, palette()));
    const auto* name = tone_ == widgets::Tone::Bad ? "error" : tone_ == widgets::Tone::Warning ? "warning" : "info";
    widgets::icon(QLatin1String{name}).paint(&painter, QRect{16, (height() - 20) / 2, 20, 20});
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(0, height() - 1, width(), height() - 1);
  }

 private:
  widgets::Tone tone_;
  std::vector<std::function<void()>> words_;
};

}  // namespace

MessageBar::MessageBar(QWidget* parent) : QWidget{parent}, column_{new QVBoxLayout{this}} {
  setObjectName(QStringLiteral("messages"));
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(0);
  hide();
}

void MessageBar::show(const QString& id, widgets::Tone tone, const Words& words, const std::vector<Choice>& choices) {
  remove(id);
  auto* message = new Message{tone, this};
  message->setObjectName(QStringLiteral("message.") + id);
  auto* row = new QHBoxLayout{message};
  row->setContentsMargins(48, 8, 8, 8);  // The icon is painted into the left one.
  row->setSpacing(8);
  auto* text = new QLabel{message};
  text->setObjectName(QStringLiteral("message-text.") + id);
  text->setWordWrap(true);
  text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  message->say([text, words] { text->setText(words()); });
  row->addWidget(text, 1);
  int number = 0;
  for (const auto& [label, action] : choices) {
    auto* button = new QPushButton{message};
    message->say([button, label] { button->setText(label()); });
    button->setObjectName(QStringLiteral("message.%1.%2").arg(id).arg(number++));
    // The action may show another message, so this one goes first and by itself.
    connect(button, &QPushButton::clicked, this, [this, id, then = action] {
      QMetaObject::invokeMethod(
          this,
          [this, id, then] {
            remove(id);
            if (then) then();
          },
          Qt::QueuedConnection);
    });
    row->addWidget(button);
  }
  auto* close = new QToolButton{message};
  close->setObjectName(QStringLiteral("message.%1.close").arg(id));
  close->setIcon(widgets::icon(QStringLiteral("close")));
  close->setAutoRaise(true);
  message->say([close] {
    close->setToolTip(tr("Hide this message"));
    close->setAccessibleName(close->toolTip());
  });
  connect(close, &QToolButton::clicked, this, [this, id] {
    QMetaObject::invokeMethod(
        this, [this, id] { remove(id); }, Qt::QueuedConnection);
  });
  row->addWidget(close);
  column_->addWidget(message);
  QWidget::show();
}

void MessageBar::showError(const QString& id, const Error& error, const std::vector<Choice>& choices) {
  show(
      id, widgets::Tone::Bad, [error] { return widgets::say(error); }, choices);
}

void MessageBar::remove(const QString& id) {
  delete findChild<QWidget*>(QStringLiteral("message.") + id, Qt::FindDirectChildrenOnly);
  if (column_->isEmpty()) hide();
}

void MessageBar::clear() {
  while (auto* item = column_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  hide();
}

}  // namespace patchbay::studio
