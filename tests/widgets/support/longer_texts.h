// SPDX-License-Identifier: Apache-2.0
// Texts 40 % longer, as other languages have them, and what of a window they do not fit into.
#pragma once
#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QCheckBox>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QTranslator>

namespace patchbay::testing {

/// A language whose texts are 40 % longer: letters for a short word, words for a sentence.
class Longer final : public QTranslator {
 public:
  QString translate(const char*, const char* source, const char*, int) const override {
    auto text = QString::fromUtf8(source);
    const auto more = (text.size() * 2 + 4) / 5;
    if (text.size() < 12) return text + QString{more, QLatin1Char('m')};
    static const auto filler = QStringLiteral(" und so weiter und so fort");
    for (qsizetype i = 0; i < more; ++i) text += filler[i % filler.size()];
    return text.trimmed();
  }
  bool isEmpty() const override { return false; }
};

inline QString describeCut(const QWidget& widget, const QString& text) {
  return QStringLiteral("%1 %2 \"%3\" %4x%5")
      .arg(QLatin1String{widget.metaObject()->className()}, widget.objectName(), text.left(60))
      .arg(widget.width())
      .arg(widget.height());
}

inline QString cutOf(QWidget& widget, QWidget& top) {
  if (auto* label = qobject_cast<QLabel*>(&widget)) {
    const auto text = label->text();
    if (text.isEmpty() || text.endsWith(QChar{0x2026})) return {};  // Elided on purpose: the tooltip has all of it.
    const auto room = label->contentsRect().size() - QSize{2 * label->margin(), 2 * label->margin()};
    if (label->wordWrap()) {
      const int needed = label->heightForWidth(label->width());
      if (needed > label->height() + 1) return describeCut(widget, text) + QStringLiteral(" needs a height of %1").arg(needed);
    } else if (!Qt::mightBeRichText(text)) {
      const auto needed = label->fontMetrics().size(Qt::TextShowMnemonic, text);
      if (needed.width() > room.width() + 1) return describeCut(widget, text) + QStringLiteral(" needs a width of %1").arg(needed.width());
    }
  } else if (auto* button = qobject_cast<QAbstractButton*>(&widget)) {
    auto* tool = qobject_cast<QToolButton*>(button);
    const bool worded = !button->text().isEmpty() && (!tool || tool->toolButtonStyle() != Qt::ToolButtonIconOnly);
    const bool known = tool || qobject_cast<QPushButton*>(button) || qobject_cast<QCheckBox*>(button);
    // A button that paints itself elides by itself and has no size of its text.
    if (worded && known && button->sizeHint().width() > button->width() + 1)
      return describeCut(widget, button->text()) + QStringLiteral(" needs a width of %1").arg(button->sizeHint().width());
  } else if (auto* group = qobject_cast<QGroupBox*>(&widget)) {
    if (group->fontMetrics().horizontalAdvance(group->title()) > group->width()) return describeCut(widget, group->title());
  } else {
    return {};
  }
  // Whole in itself, but is it inside of what holds it? What scrolls may be larger.
  const QWidget* child = &widget;
  for (const auto* parent = widget.parentWidget(); parent && child != &top; child = parent, parent = parent->parentWidget()) {
    if (qobject_cast<const QAbstractScrollArea*>(parent) || qobject_cast<const QAbstractScrollArea*>(parent->parentWidget())) return {};
    const QRect place{widget.mapTo(parent, QPoint{}), widget.size()};
    if (!parent->rect().adjusted(-1, -1, 1, 1).contains(place))
      return describeCut(widget, QString{}) +
             QStringLiteral(" reaches out of %1 %2").arg(QLatin1String{parent->metaObject()->className()}, parent->objectName());
    if (parent == &top) break;
  }
  return {};
}

/// Everything in this window that is cut.
inline QStringList cutTexts(QWidget& top) {
  QStringList cut;
  for (auto* widget : top.findChildren<QWidget*>()) {
    if (!widget->isVisibleTo(&top) || widget->window() != top.window() || widget->size().isEmpty()) continue;
    const auto why = cutOf(*widget, top);
    if (!why.isEmpty()) cut << why;
  }
  return cut;
}

}  // namespace patchbay::testing
