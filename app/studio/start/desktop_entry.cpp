// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/desktop_entry.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

namespace patchbay::studio {

namespace {

bool writeIfOther(const QString& path, const QByteArray& bytes) {
  QFile there{path};
  if (there.open(QIODevice::ReadOnly) && there.readAll() == bytes) return true;
  if (!QDir{}.mkpath(QFileInfo{path}.path())) return false;
  QSaveFile file{path};
  return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

QByteArray resource(const QString& name) {
  QFile file{name};
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

}  // namespace

QString desktopFileName() { return QStringLiteral("patchbay-studio.desktop"); }

bool installDesktopEntry(const QString& program) {
  const auto data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
  if (data.isEmpty()) return false;
  auto entry = resource(QStringLiteral(":/desktop/patchbay-studio.desktop"));
  if (entry.isEmpty()) return false;
  // Quoted as the Desktop Entry Specification 1.5 asks: inside double quotes, with backslash before " ` $ and backslash; then
  // once more, because the value is a string of the file.
  auto quoted = program;
  for (const auto* special : {"\\", "\"", "`", "$"})
    quoted.replace(QLatin1String{special}, QStringLiteral("\\\\") + QLatin1String{special});
  quoted.replace(QLatin1String{"%"}, QLatin1String{"%%"});
  entry.replace("Exec=patchbay-studio", "Exec=\"" + quoted.toUtf8() + "\"");
  return writeIfOther(data + QStringLiteral("/icons/hicolor/scalable/apps/patchbay-studio.svg"),
                      resource(QStringLiteral(":/desktop/patchbay-studio.svg"))) &&
         writeIfOther(data + QStringLiteral("/applications/") + desktopFileName(), entry);
}

}  // namespace patchbay::studio
