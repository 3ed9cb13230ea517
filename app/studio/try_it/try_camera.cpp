// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/try_it/try_camera.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QImageReader>
#include <QLibrary>
#include <QPointer>
#include <QTimer>

namespace patchbay::studio {

namespace {

constexpr int stillMs = 100;

/// Beside the engine's libraries, in the build tree as when installed.
OpenCamera moduleOpener(QString& problem) {
  QLibrary module{QDir{QCoreApplication::applicationDirPath()}.filePath(QStringLiteral("../lib/patchbay/patchbay_camera.so"))};
  const auto opener = reinterpret_cast<OpenCamera>(module.resolve("patchbayOpenCamera"));
  if (!opener) problem = module.errorString();
  return opener;
}

}  // namespace

Camera::Camera(QObject* parent) : QObject{parent} {}
Camera::~Camera() = default;

void Camera::arrived(const QImage& image) {
  if (!open_ || image.isNull()) return;
  last_ = image;
  Q_EMIT frame(last_);
}

void Camera::fail(const QString& why) {
  close();
  Q_EMIT failed(why);
}

void Camera::open() {
  if (open_) return;
  open_ = true;
  last_ = {};
  const auto file = qEnvironmentVariable("PATCHBAY_CAMERA");
  if (!file.isEmpty() && !QImageReader::imageFormat(file).isEmpty()) {
    const QImage image{file};
    auto timer = std::make_unique<QTimer>();
    connect(timer.get(), &QTimer::timeout, this, [this, image] { arrived(image); });
    timer->start(stillMs);
    still_ = std::move(timer);
    return;
  }
  QString problem;
  const auto opener = moduleOpener(problem);
  if (!opener)
    return fail(tr("The part of Patchbay that reads cameras cannot be loaded (%1). Install Patchbay again, or open a picture instead.")
                    .arg(problem));
  // Calls may come while the device is being made or from its end: they are taken up by the event loop.
  const QPointer<Camera> self{this};
  CameraCalls calls;
  calls.frame = [self](const QImage& image) {
    if (self) self->arrived(image);
  };
  calls.failed = [self](const QString& said) {
    QMetaObject::invokeMethod(
        qApp,
        [self, said] {
          if (!self || !self->open_) return;
          self->fail(said.isEmpty()
                         ? tr("No camera was found. Connect one and try again, or open or paste a picture.")
                         : tr("The camera cannot be used (%1). Close other programs that use it, or open or paste a picture.").arg(said));
        },
        Qt::QueuedConnection);
  };
  device_.reset(opener(file, std::move(calls)));
}

void Camera::close() {
  open_ = false;
  // It may be calling us: it goes when its call has ended. Never as part of an event that nobody takes up any more: the end of
  // the application throws those away under a lock that the device's end needs.
  if (device_) {
    retired_ = std::move(device_);
    QMetaObject::invokeMethod(
        this, [this] { retired_.reset(); }, Qt::QueuedConnection);
  }
  if (still_) still_.release()->deleteLater();
}

}  // namespace patchbay::studio
