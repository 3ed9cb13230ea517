// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/theme.h"

#include <QApplication>
#include <QFont>
#include <QFontInfo>
#include <QGuiApplication>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <string>

#include "widgets/base/theme_style.h"

namespace patchbay::widgets {

namespace {

struct Pair {
  QRgb light, dark;
};

QColor of(const Pair& pair, const QPalette& palette) { return QColor::fromRgb(isDark(palette) ? pair.dark : pair.light); }

double luminance(const QColor& colour) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

QPainterPath polygon(int corners, double turn) {
  QPolygonF points;
  for (int i = 0; i < corners; ++i) {
    const double angle = turn + 2 * std::numbers::pi * i / corners;
    points << QPointF{0.5 * std::cos(angle), 0.5 * std::sin(angle)};
  }
  QPainterPath path;
  path.addPolygon(points);
  path.closeSubpath();
  return path;
}

}  // namespace

QPalette themePalette(bool dark) {
  const auto c = [dark](QRgb light, QRgb night) { return QColor::fromRgb(dark ? night : light); };
  QPalette p;
  p.setColor(QPalette::Window, c(0xfff3f4f6, 0xff1f2227));
  p.setColor(QPalette::WindowText, c(0xff1b1f24, 0xffe8eaed));
  p.setColor(QPalette::Base, c(0xffffffff, 0xff17191d));
  p.setColor(QPalette::AlternateBase, c(0xfff7f8fa, 0xff1d2025));
  p.setColor(QPalette::Text, c(0xff1b1f24, 0xffe8eaed));
  p.setColor(QPalette::Button, c(0xffe9ebef, 0xff2c3037));
  p.setColor(QPalette::ButtonText, c(0xff1b1f24, 0xffe8eaed));
  p.setColor(QPalette::BrightText, c(0xffffffff, 0xffffffff));
  p.setColor(QPalette::ToolTipBase, c(0xffffffff, 0xff2c3037));
  p.setColor(QPalette::ToolTipText, c(0xff1b1f24, 0xffe8eaed));
  p.setColor(QPalette::PlaceholderText, c(0xff6b7280, 0xff9aa0a9));
  p.setColor(QPalette::Highlight, c(0xff1f6feb, 0xff388bfd));
  p.setColor(QPalette::HighlightedText, c(0xffffffff, 0xff0b0d10));
  p.setColor(QPalette::Link, c(0xff1659c7, 0xff79b8ff));
  p.setColor(QPalette::LinkVisited, c(0xff6f42c1, 0xffc297ff));
  p.setColor(QPalette::Light, c(0xffffffff, 0xff3a3f48));
  p.setColor(QPalette::Midlight, c(0xfff0f1f4, 0xff31353d));
  p.setColor(QPalette::Mid, c(0xffc3c8d0, 0xff4a505a));
  p.setColor(QPalette::Dark, c(0xff9aa1ac, 0xff121418));
  p.setColor(QPalette::Shadow, c(0xff6b7280, 0xff000000));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, c(0xff5d6470, 0xff9aa1ac));
  p.setColor(QPalette::Disabled, QPalette::Highlight, c(0xffc3c8d0, 0xff4a505a));
  return p;
}

bool isDark(const QPalette& palette) { return palette.color(QPalette::Window).lightnessF() < 0.5; }

void applyTheme(QApplication& app, ThemeChoice choice) {
  // The desktop's own palette as the platform gave it, read once before ours replaces it.
  static const bool systemDark = isDark(QGuiApplication::palette());
  if (!qobject_cast<ThemeStyle*>(QApplication::style())) QApplication::setStyle(new ThemeStyle);
  // Named, because Qt's own search for Chinese glyphs ends at a bold face where one is installed.
  auto font = QApplication::font();
  if (const auto cjk = QStringLiteral("Noto Sans CJK SC"); !font.families().contains(cjk)) {
    font.setFamilies({QFontInfo{font}.family(), cjk});
    QApplication::setFont(font);
  }
  app.setPalette(themePalette(choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemDark)));
}

QColor outlineColour(const QPalette& palette) { return of({0xff727a86, 0xff838b97}, palette); }

QColor toneColour(Tone tone, const QPalette& palette) {
  switch (tone) {
    case Tone::Neutral:
      return of({0xff5b6370, 0xffa3aab5}, palette);
    case Tone::Waiting:
      return of({0xff6b5b00, 0xffd9c255}, palette);
    case Tone::Busy:
      return of({0xff1659c7, 0xff79b8ff}, palette);
    case Tone::Good:
      return of({0xff14713a, 0xff57c984}, palette);
    case Tone::Warning:
      return of({0xff8f4b00, 0xfff0a653}, palette);
    case Tone::Bad:
      return of({0xffb3261e, 0xffff8a80}, palette);
    case Tone::Accent:
      return of({0xff1f5fd0, 0xff79b8ff}, palette);
  }
  return palette.color(QPalette::Text);
}

QColor portColour(std::string_view type, const QPalette& palette) {
  static const std::map<std::string_view, Pair> colours{{"dataset", {0xff2563c9, 0xff6ea8ff}}, {"embedding", {0xff7a4fd0, 0xffb694ff}},
                                                        {"model", {0xffb4501e, 0xffff9c66}},   {"predictions", {0xff0e7c86, 0xff4fc8d3}},
                                                        {"report", {0xff2f7d32, 0xff79cf7c}},  {"figure", {0xffa8326f, 0xfff48cc3}},
                                                        {"text", {0xff6b6200, 0xffd3c64d}}};
  const auto found = colours.find(type);
  return found == colours.end() ? of({0xff5b6370, 0xffa3aab5}, palette) : of(found->second, palette);
}

QPainterPath portShape(std::string_view type) {
  QPainterPath path;
  if (type == "dataset") path.addRect(-0.42, -0.42, 0.84, 0.84);
  else if (type == "embedding") return polygon(4, 0);
  else if (type == "model") return polygon(6, 0);
  else if (type == "predictions") return polygon(3, 0);
  else if (type == "report") path.addRoundedRect(QRectF{-0.36, -0.5, 0.72, 1}, 0.2, 0.2);
  else if (type == "figure") return polygon(5, -std::numbers::pi / 2);
  else if (type == "text") path.addRoundedRect(QRectF{-0.5, -0.32, 1, 0.64}, 0.16, 0.16);
  else path.addEllipse(QPointF{}, 0.5, 0.5);
  return path;
}

QColor categoryColour(Category category, const QPalette& palette) {
  switch (category) {
    case Category::Data:
      return of({0xff2c5fae, 0xff35619f}, palette);
    case Category::Backbone:
      return of({0xff6a48b8, 0xff6548a3}, palette);
    case Category::Train:
      return of({0xff9e4a1c, 0xff8f4a24}, palette);
    case Category::Evaluate:
      return of({0xff2a7036, 0xff2d6a38}, palette);
    case Category::Model:
      return of({0xff0d6c76, 0xff14656e}, palette);
    case Category::Deploy:
      return of({0xff963063, 0xff86345d}, palette);
    case Category::Utility:
      return of({0xff545c69, 0xff515966}, palette);
  }
  return of({0xff545c69, 0xff515966}, palette);
}

QColor seriesColour(int n, const QPalette& palette) {
  static constexpr std::array<Pair, 8> colours{{{0xff0072b2, 0xff56b4e9},
                                                {0xffb84a00, 0xffe69f00},
                                                {0xff007a59, 0xff2fc39a},
                                                {0xffa8487f, 0xffcc79a7},
                                                {0xff7d6b00, 0xfff0e442},
                                                {0xff3a3a8c, 0xff9a9aff},
                                                {0xff8c2d2d, 0xffff8f8f},
                                                {0xff4a4a4a, 0xffbdbdbd}}};
  return of(colours[static_cast<std::size_t>(n) % colours.size()], palette);
}

double contrast(const QColor& a, const QColor& b) {
  const auto x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

}  // namespace patchbay::widgets
