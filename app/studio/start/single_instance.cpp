// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/single_instance.h"

#include <QLocalSocket>

#include "engine/base/file.h"
#include "engine/service/runtime_folder.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

SingleInstance::SingleInstance(QObject* parent) : QObject{parent} {
  server_.setSocketOptions(QLocalServer::UserAccessOption);
  connect(&server_, &QLocalServer::newConnection, this, [this] {
    while (auto* socket = server_.nextPendingConnection()) {
      connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
      const auto read = [this, socket] {
        if (!socket->canReadLine()) return;
        const auto line = QString::fromUtf8(socket->readLine()).trimmed();
        socket->write("raised\n");
        socket->disconnectFromServer();
        if (line.startsWith(QLatin1String{"open "})) Q_EMIT raiseRequested(line.mid(5));
      };
      connect(socket, &QLocalSocket::readyRead, this, read);
      read();
    }
  });
}

Result<SingleInstance::Outcome> SingleInstance::take(const std::filesystem::path& project, const QString& pipeline) {
  PB_TRY(const auto name, runtimeNameOf(project));
  const auto path = widgets::fromUtf8(name.native() + ".studio");
  if (server_.isListening() && server_.fullServerName() == path) return Outcome::Mine;
  // A name that is refused belongs to a window that is gone; connecting to a local socket does not wait.
  QLocalSocket other;
  other.connectToServer(path);
  if (other.waitForConnected(200)) {
    other.write(("open " + pipeline.toUtf8() + "\n"));
    other.waitForBytesWritten(200);
    other.waitForReadyRead(1000);
    return Outcome::Raised;
  }
  release();
  QLocalServer::removeServer(path);
  if (!server_.listen(path))
    return fail(ErrorKind::Io, "studio.socket",
                TR("studio", "The project cannot be marked as open: {cause}.").with("cause", widgets::toUtf8(server_.errorString())),
                TR("studio", "Check that $XDG_RUNTIME_DIR or /tmp can be written."));
  return Outcome::Mine;
}

void SingleInstance::release() {
  if (server_.isListening()) server_.close();
}

}  // namespace patchbay::studio
