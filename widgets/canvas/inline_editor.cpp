// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/inline_editor.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <algorithm>

#include "widgets/canvas/status_look.h"

namespace patchbay::widgets {

namespace {

/// Ends the editing of its parent; a filter, so that both kinds of fields share it.
class Ender final : public QObject {
 public:
  Ender(QWidget* field, bool lines, std::function<void(const QString&)> done)
      : QObject{field}, field_{field}, lines_{lines}, done_{std::move(done)} {
    field->installEventFilter(this);
  }

  bool eventFilter(QObject* object, QEvent* event) override {
    if (event->type() == QEvent::ShortcutOverride) {
      event->accept();  // while writing, Delete, F and Space are letters and not commands of the canvas
      return true;
    }
    if (event->type() == QEvent::KeyPress) {
      const auto* key = static_cast<QKeyEvent*>(event);
      const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
      if (key->key() == Qt::Key_Escape) return end(false), true;
      if (enter && (!lines_ || (key->modifiers() & Qt::ControlModifier))) return end(true), true;
      if (key->key() == Qt::Key_Tab) return end(true), true;
    }
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) end(true);
    return QObject::eventFilter(object, event);
  }

 private:
  void end(bool take) {
    if (ended_) return;
    ended_ = true;
    // While the field is being destroyed it loses the focus too, and is neither of the two any more.
    QString text;
    if (const auto* line = qobject_cast<QLineEdit*>(field_)) text = line->text();
    else if (const auto* lines = qobject_cast<QPlainTextEdit*>(field_)) text = lines->toPlainText();
    else return;
    const auto done = std::move(done_);
    if (auto* view = field_->parentWidget() ? field_->parentWidget()->parentWidget() : nullptr; view && field_->hasFocus())
      view->setFocus();
    field_->hide();
    field_->deleteLater();
    const bool neverWritten = text.isEmpty();  // a new note
    if (done && (take || neverWritten)) done(text);
  }

  QWidget* field_;
  bool lines_, ended_ = false;
  std::function<void(const QString&)> done_;
};

}  // namespace

QWidget* openInlineEditor(QWidget* viewport, const QRect& place, const QString& text, bool lines, double zoom,
                          std::function<void(const QString&)> done) {
  QWidget* field = nullptr;
  auto font = lines ? noteFont() : titleFont();
  font.setPixelSize(std::clamp(qRound(font.pixelSize() * zoom), 10, 40));
  auto box = place;
  if (lines) {
    auto* edit = new QPlainTextEdit{text, viewport};
    edit->setPlaceholderText(QCoreApplication::translate("canvas", "Write a note. Ctrl+Enter or a click beside it ends."));
    edit->setAccessibleName(QCoreApplication::translate("canvas", "Text of the note"));
    edit->moveCursor(QTextCursor::End);
    field = edit;
    box.setSize({std::max(box.width(), 200), std::max(box.height() + 20, 90)});
  } else {
    auto* edit = new QLineEdit{text, viewport};
    edit->setAccessibleName(QCoreApplication::translate("canvas", "Title"));
    edit->selectAll();
    field = edit;
    box.setSize({std::max(box.width(), 160), std::max(box.height(), edit->sizeHint().height())});
  }
  field->setObjectName(QStringLiteral("canvas.editor"));
  field->setFont(font);
  field->setGeometry(box);
  new Ender{field, lines, std::move(done)};
  field->show();
  field->setFocus();
  return field;
}

}  // namespace patchbay::widgets
