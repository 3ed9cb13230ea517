// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QWidget;

namespace patchbay::studio {

/// A field beside its name as one thing, so that they stay together where a row of fields breaks.
QWidget* together(QLabel* name, QWidget* field);

}  // namespace patchbay::studio
