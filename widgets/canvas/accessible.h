// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <string>

namespace patchbay::widgets {

class CanvasView;
class ViewCore;

/// Makes the canvas known to screen readers: blocks, notes and frames are its children, made when they are asked for. Once.
void installCanvasAccessibility();
/// Tells them where the keyboard has gone.
void announceFocus(CanvasView& view, const std::string& id);
/// "Output Data (dataset)" of the n-th port, outputs before inputs.
QString portName(const ViewCore& core, int block, int port);

}  // namespace patchbay::widgets
