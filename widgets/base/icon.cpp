// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include "widgets/base/theme.h"

namespace patchbay::widgets {

namespace {

/// Draws an SVG whose lines are `currentColor` in the palette's text colour of the moment, so that a change of theme needs no
/// new icons.
class TintedSvg final : public QIconEngine {
 public:
  TintedSvg(QByteArray svg, std::optional<Tone> tone) : svg_{std::move(svg)}, tone_{tone} {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    const auto palette = QApplication::palette();
    const auto colour = mode == QIcon::Disabled   ? palette.color(QPalette::Disabled, QPalette::ButtonText)
                        : mode == QIcon::Selected ? palette.color(QPalette::HighlightedText)
                        : tone_                   ? toneColour(*tone_, palette)
                                                  : palette.color(QPalette::ButtonText);
    auto svg = svg_;
    svg.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer{svg}.render(painter, rect);
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap out{size};
    out.fill(Qt::transparent);
    QPainter painter{&out};
    paint(&painter, QRect{QPoint{}, size}, mode, state);
    return out;
  }
  QIconEngine* clone() const override { return new TintedSvg{*this}; }

 private:
  QByteArray svg_;
  std::optional<Tone> tone_;
};

}  // namespace

QIcon icon(const QString& name, std::optional<Tone> tone) {
  QFile file{QStringLiteral(":/icons/%1.svg").arg(name)};
  if (!file.open(QIODevice::ReadOnly)) return {};
  return QIcon{new TintedSvg{file.readAll(), tone}};
}

QIcon categoryIcon(Category category) {
  return icon(QStringLiteral("category-") +
              QString::fromLatin1(toString(category).data(), static_cast<qsizetype>(toString(category).size())));
}

}  // namespace patchbay::widgets
