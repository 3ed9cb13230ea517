// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace patchbay::studio {

void Notifier::tell(const QString& title, const QString& text, bool urgent) {
  const auto bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return;
  auto call =
      QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
                                     QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
  const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue<uchar>(urgent ? 2 : 1)},
                          {QStringLiteral("desktop-entry"), QStringLiteral("patchbay-studio")}};
  call.setArguments(
      {QStringLiteral("Patchbay"), last_, QStringLiteral("patchbay-studio"), title, text.toHtmlEscaped(), QStringList{}, hints, -1});
  auto* watcher = new QDBusPendingCallWatcher{bus.asyncCall(call, 5000), this};
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    const QDBusPendingReply<uint> reply = *watcher;
    if (!reply.isError()) last_ = reply.value();
  });
}

}  // namespace patchbay::studio
