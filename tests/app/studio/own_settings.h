// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <QSettings>
#include <QTemporaryDir>

namespace patchbay::studio {

/// A folder that goes away with the test, and in it settings of its own. Stands before the Settings of a test: what another
/// test left would arrange its panels.
struct OwnSettings : QTemporaryDir {
  OwnSettings() { QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, path() + QStringLiteral("/settings")); }
};

}  // namespace patchbay::studio
