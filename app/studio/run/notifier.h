// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>

namespace patchbay::studio {

/// Tells of something that ended while the window was in the background, through org.freedesktop.Notifications. Without such a
/// service nothing is shown; the window says everything as well.
class Notifier : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  void tell(const QString& title, const QString& text, bool urgent);

 private:
  uint last_ = 0;  ///< Replaced by the next one.
};

}  // namespace patchbay::studio
