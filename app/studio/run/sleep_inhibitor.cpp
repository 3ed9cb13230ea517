// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/sleep_inhibitor.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace patchbay::studio {

namespace {

QDBusMessage saver(const char* method) {
  return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("/org/freedesktop/ScreenSaver"),
                                        QStringLiteral("org.freedesktop.ScreenSaver"), QLatin1String{method});
}

}  // namespace

SleepInhibitor::~SleepInhibitor() { release(); }

void SleepInhibitor::set(State state) {
  if (state_ == state) return;
  state_ = state;
  Q_EMIT changed();
}

void SleepInhibitor::hold(const QString& why) {
  if (state_ == State::Asked || state_ == State::Held) return;
  const int asked = ++asked_;
  set(State::Asked);
  const auto bus = QDBusConnection::systemBus();
  if (!bus.isConnected()) return askDesktop(why);
  auto call = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
                                             QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
  call.setArguments({QStringLiteral("sleep:idle"), QStringLiteral("Patchbay"), why, QStringLiteral("block")});
  auto* watcher = new QDBusPendingCallWatcher{bus.asyncCall(call, 5000), this};
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, why, asked] {
    watcher->deleteLater();
    const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
    if (asked != asked_ || state_ != State::Asked) return;  // Released meanwhile: the descriptor closes with the reply.
    if (reply.isError()) return askDesktop(why);
    lock_ = reply.value();
    set(State::Held);
  });
}

void SleepInhibitor::askDesktop(const QString& why) {
  const auto bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return set(State::Unavailable);
  auto call = saver("Inhibit");
  call.setArguments({QStringLiteral("Patchbay"), why});
  const int asked = asked_;
  auto* watcher = new QDBusPendingCallWatcher{bus.asyncCall(call, 5000), this};
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, asked] {
    watcher->deleteLater();
    const QDBusPendingReply<uint> reply = *watcher;
    if (asked != asked_ || state_ != State::Asked) {
      if (!reply.isError()) {
        auto undo = saver("UnInhibit");
        undo.setArguments({reply.value()});
        QDBusConnection::sessionBus().send(undo);
      }
      return;
    }
    if (reply.isError()) return set(State::Unavailable);
    cookie_ = reply.value();
    set(State::Held);
  });
}

void SleepInhibitor::release() {
  ++asked_;
  lock_ = {};
  if (cookie_ != 0) {
    auto call = saver("UnInhibit");
    call.setArguments({cookie_});
    QDBusConnection::sessionBus().send(call);
    cookie_ = 0;
  }
  set(State::Off);
}

QString SleepInhibitor::describe() const {
  switch (state_) {
    case State::Off:
      return {};
    case State::Asked:
    case State::Held:
      return tr("The computer stays awake while this runs.");
    case State::Unavailable:
      return tr("The computer cannot be kept awake from here: no power manager answers. Set its sleep timer yourself.");
  }
  return {};
}

}  // namespace patchbay::studio
