// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>

namespace patchbay::studio {

/// What the camera module makes (try_it/camera/camera_module.cpp): it alone is linked against Qt Multimedia, and is loaded when a
/// camera is first asked for, so that the program starts without it.
class CameraDevice {
 public:
  virtual ~CameraDevice() = default;
};
struct CameraCalls {
  std::function<void(const QImage&)> frame;
  std::function<void(const QString&)> failed;  ///< In no particular language: what the system said; empty: there is no camera.
};
/// Exported by the module under the name "patchbayOpenCamera". `file` is a video that stands in for a camera; empty: the default camera.
using OpenCamera = CameraDevice* (*)(const QString& file, CameraCalls calls);

/// Pictures from the webcam while it is open. PATCHBAY_CAMERA=<picture or video> stands in for one.
class Camera : public QObject {
  Q_OBJECT

 public:
  explicit Camera(QObject* parent = nullptr);
  ~Camera() override;
  void open();
  void close();
  bool isOpen() const { return open_; }
  const QImage& last() const { return last_; }

 Q_SIGNALS:
  void frame(const QImage& image);
  /// It is closed; cause and next action in the language of the program.
  void failed(const QString& why);

 private:
  void arrived(const QImage& image);
  void fail(const QString& why);
  std::unique_ptr<CameraDevice> device_;
  std::unique_ptr<CameraDevice> retired_;  ///< Closed, and perhaps still calling: goes with the next turn of the event loop, or with this.
  std::unique_ptr<QObject> still_;
  QImage last_;
  bool open_ = false;
};

}  // namespace patchbay::studio
