// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QProxyStyle>

namespace patchbay::widgets {

/// Fusion with outlines that can be seen: it takes the lines around fields and boxes from a darker window colour, which in a dark
/// theme is next to nothing. Here they are outlineColour(), or the highlight where the keyboard is.
class ThemeStyle final : public QProxyStyle {
  Q_OBJECT

 public:
  ThemeStyle() : QProxyStyle{QStringLiteral("Fusion")} {}
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
  using QProxyStyle::polish;
  /// Gives the button that clears a line its name, which Qt leaves out.
  void polish(QWidget* widget) override;
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                          const QWidget* widget) const override;
  /// The signs of files, folders and messages, of going back and up, and of the button that clears a line are our own: Qt would look
  /// through the icon themes on the disk for each, 60 ms for a dialog that asks for a file, and mix their styles with ours.
  QIcon standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const override;
  QPixmap standardPixmap(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const override;
  /// Buttons of dialogs say what they do in words only.
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override;
};

}  // namespace patchbay::widgets
