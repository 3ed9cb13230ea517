// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "engine/base/value.h"
#include "widgets/base/theme.h"

class QTreeWidget;

namespace patchbay::studio {

// What an answer of export_preview (plugins/deploy/export_live.cpp) is in a window.

/// One row a format: size, time of one picture, files. As high as `rows` at least, with room for what is still being measured.
void showFormats(QTreeWidget& formats, const Value& preview, int rows);

struct Int8Words {
  widgets::Tone tone = widgets::Tone::Neutral;
  QString text;
};
/// What eight bits cost and whether they are saved, before they are: `int8` of the answer, null while it is being measured; with fewer
/// than `allowed` percentage points lost they are.
Int8Words sayInt8(const Value& int8, bool hasData, double allowed);

}  // namespace patchbay::studio
