// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QIcon>
#include <QPainterPath>
#include <QPalette>
#include <QString>
#include <optional>
#include <string_view>

#include "engine/block/schema.h"

class QApplication;

namespace patchbay::widgets {

enum class ThemeChoice : std::uint8_t { System, Light, Dark };

/// Style (Fusion), palette, icon colours and typefaces of the whole program; views get a PaletteChange event and repaint.
void applyTheme(QApplication& app, ThemeChoice choice);
QPalette themePalette(bool dark);
bool isDark(const QPalette& palette);

/// What a block's state looks like; see BlockState in widgets/base/block_status.h.
enum class Tone : std::uint8_t { Neutral, Waiting, Busy, Good, Warning, Bad, Accent };
/// A tone as line or text colour: at least 4.5:1 against the palette's Window and Base.
QColor toneColour(Tone tone, const QPalette& palette);
/// The line around what can be typed into, ticked or chosen: at least 3:1 on every ground.
QColor outlineColour(const QPalette& palette);

/// Colour of a port type ("dataset", "model", ...), at least 3:1 against Window; unknown types are grey.
QColor portColour(std::string_view type, const QPalette& palette);
/// Shape of a port type in a unit square around (0, 0), so that types differ without colour.
QPainterPath portShape(std::string_view type);
/// Colour of a category's header bar; white text on it has at least 4.5:1.
QColor categoryColour(Category category, const QPalette& palette);
/// n-th colour of a series for curves and classes, distinguishable with common colour blindness (Okabe and Ito 2008), at least
/// 3:1 against Base.
QColor seriesColour(int n, const QPalette& palette);

/// An icon of resources/icons by name ("run", "undo", ...), drawn in the palette's text colour, or in a tone's.
QIcon icon(const QString& name, std::optional<Tone> tone = {});
QIcon categoryIcon(Category category);

/// Contrast ratio of WCAG 2.1, 1 to 21.
double contrast(const QColor& a, const QColor& b);

}  // namespace patchbay::widgets
