// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/pipeline_card.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

#include "widgets/base/theme.h"
#include "widgets/canvas/status_look.h"

namespace patchbay::studio {

namespace {
constexpr int pad = 12, radius = 8, bodyLines = 4;
}  // namespace

PipelineCard::PipelineCard(QWidget* parent) : QAbstractButton{parent} {
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  setAttribute(Qt::WA_Hover);
}

void PipelineCard::setTexts(const QString& title, const QString& accent, const QString& body, const QString& badge) {
  setText(title);
  accent_ = accent;
  body_ = body;
  badge_ = badge;
  setAccessibleName(title);
  setAccessibleDescription(accent + QStringLiteral(". ") + body);
  setToolTip(body);
  update();
}

void PipelineCard::setPicture(const QPixmap& picture) {
  picture_ = picture;
  update();
}

QSize PipelineCard::sizeHint() const {
  const QFontMetrics lines{font()};
  auto bold = font();
  bold.setBold(true);
  const int text = QFontMetrics{bold}.height() + 4 + lines.height() + 4 + bodyLines * lines.lineSpacing();
  return {pictureSize().width(), pictureSize().height() + 2 * pad + text};
}

void PipelineCard::paintEvent(QPaintEvent*) {
  QPainter painter{this};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  const bool hot = underMouse() || hasFocus() || isDown();
  const QRectF frame = QRectF{rect()}.adjusted(1, 1, -1, -1);
  QPainterPath path;
  path.addRoundedRect(frame, radius, radius);
  painter.fillPath(path, palette().color(QPalette::Base));
  painter.setClipPath(path);
  const QRect top{0, 0, width(), pictureSize().height()};
  if (!picture_.isNull()) {
    const QSizeF size = picture_.deviceIndependentSize().scaled(top.size(), Qt::KeepAspectRatioByExpanding);
    painter.drawPixmap(QRectF{(top.width() - size.width()) / 2, (top.height() - size.height()) / 2, size.width(), size.height()}, picture_,
                       QRectF{picture_.rect()});
  } else {
    painter.fillRect(top, palette().color(QPalette::AlternateBase));
  }
  painter.fillRect(QRectF{0, static_cast<double>(top.bottom()), static_cast<double>(width()), 1}, palette().color(QPalette::Mid));
  painter.setClipping(false);
  if (!badge_.isEmpty()) {
    auto small = font();
    small.setBold(true);
    small.setPointSizeF(font().pointSizeF() * 0.85);
    painter.setFont(small);
    const QFontMetrics metrics{small};
    const int textWidth = std::min(metrics.horizontalAdvance(badge_), width() - 40);
    const QRectF mark{8, 8, textWidth + 16.0, metrics.height() + 6.0};
    painter.setPen(Qt::NoPen);
    painter.setBrush(widgets::toneColour(widgets::Tone::Good, palette()));
    painter.drawRoundedRect(mark, mark.height() / 2, mark.height() / 2);
    painter.setPen(palette().color(QPalette::Base));
    painter.drawText(mark, Qt::AlignCenter, metrics.elidedText(badge_, Qt::ElideRight, textWidth + 4));
  }
  auto bold = font();
  bold.setBold(true);
  painter.setFont(bold);
  painter.setPen(palette().color(QPalette::Text));
  int y = top.bottom() + pad;
  const int room = width() - 2 * pad;
  const QFontMetrics boldMetrics{bold};
  painter.drawText(QRect{pad, y, room, boldMetrics.height()}, Qt::AlignVCenter, boldMetrics.elidedText(text(), Qt::ElideRight, room));
  y += boldMetrics.height() + 4;
  painter.setFont(font());
  const auto metrics = fontMetrics();
  painter.setPen(widgets::toneColour(widgets::Tone::Accent, palette()));
  painter.drawText(QRect{pad, y, room, metrics.height()}, Qt::AlignVCenter, metrics.elidedText(accent_, Qt::ElideRight, room));
  y += metrics.height() + 4;
  painter.setPen(palette().color(QPalette::PlaceholderText));
  int left = bodyLines;
  for (const auto& paragraph : body_.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
    if (left == 0) break;
    for (const auto& line : widgets::wrap(paragraph, font(), room, left)) {
      painter.drawText(QRect{pad, y, room, metrics.height()}, Qt::AlignVCenter | Qt::TextSingleLine, line);
      y += metrics.lineSpacing();
      --left;
    }
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen{hasFocus() || hot ? palette().color(QPalette::Highlight) : palette().color(QPalette::Mid), hasFocus() ? 2.0 : 1.0});
  painter.drawRoundedRect(frame, radius, radius);
}

void PipelineCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
  QAbstractButton::changeEvent(event);
}

}  // namespace patchbay::studio
