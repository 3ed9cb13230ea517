// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTreeView;

namespace patchbay::widgets {

/// Rows of a tree as high as their texts need at the width of their columns; a tree's own word wrap does not know that width, and cuts
/// them off.
void wrapRows(QTreeView& tree);

}  // namespace patchbay::widgets
