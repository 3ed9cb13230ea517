// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace patchbay::studio {

/// Writes a menu entry and the icon for this user ($XDG_DATA_HOME/applications, .../icons) unless they are there and say the
/// same. Quiet: without permission there is simply no entry. Returns whether an entry is there. Belongs in a thread.
bool installDesktopEntry(const QString& program);

/// "patchbay-studio.desktop".
QString desktopFileName();

}  // namespace patchbay::studio
