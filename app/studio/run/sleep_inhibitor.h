// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDBusUnixFileDescriptor>
#include <QObject>

namespace patchbay::studio {

/// Keeps the computer from falling asleep while something runs on it: org.freedesktop.login1, otherwise the desktop's
/// org.freedesktop.ScreenSaver. Without either nothing happens, and state() says so.
class SleepInhibitor : public QObject {
  Q_OBJECT

 public:
  enum class State : std::uint8_t { Off, Asked, Held, Unavailable };
  using QObject::QObject;
  ~SleepInhibitor() override;
  void hold(const QString& why);
  void release();
  State state() const { return state_; }
  /// For a tooltip.
  QString describe() const;

 Q_SIGNALS:
  void changed();

 private:
  void askDesktop(const QString& why);
  void set(State state);
  State state_ = State::Off;
  QDBusUnixFileDescriptor lock_;
  uint cookie_ = 0;
  int asked_ = 0;
};

}  // namespace patchbay::studio
