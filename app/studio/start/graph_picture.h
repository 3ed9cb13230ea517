// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPalette>
#include <QPixmap>
#include <QSize>

#include "engine/graph/document.h"

namespace patchbay::studio {

/// A pipeline in small: coloured blocks and their links, fitted into `size`. For template cards and projects without a picture.
/// `top`: room left free above.
QPixmap graphPicture(const Document& document, QSize size, const QPalette& palette, double pixelRatio, int top = 0);

}  // namespace patchbay::studio
