// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRect>
#include <QString>
#include <functional>

class QWidget;

namespace patchbay::widgets {

/// A real text field laid over the one thing that is being written on. Enter (with Ctrl where there are lines) or leaving it takes
/// the text, Esc does not; then it is gone. Named "canvas.editor".
QWidget* openInlineEditor(QWidget* viewport, const QRect& place, const QString& text, bool lines, double zoom,
                          std::function<void(const QString&)> done);

}  // namespace patchbay::widgets
