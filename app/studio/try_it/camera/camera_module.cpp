// SPDX-License-Identifier: GPL-3.0-or-later
// The one part of the Studio that is linked against Qt Multimedia; app/studio/try_it/try_camera.cpp loads it when a camera is wanted.
#include <QCamera>
#include <QFileInfo>
#include <QLibrary>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QMediaPlayer>
#include <QUrl>
#include <QVideoFrame>
#include <QVideoSink>

#include "app/studio/try_it/try_camera.h"

namespace patchbay::studio {
namespace {

/// The first of the parts of GStreamer that Qt needs and that is not installed; Qt itself would wait for it for ever.
QString missingPart(bool camera) {
  QLibrary gst{QStringLiteral("gstreamer-1.0"), 0};
  const auto init = reinterpret_cast<int (*)(int*, char***, void**)>(gst.resolve("gst_init_check"));
  const auto find = reinterpret_cast<void* (*)(const char*)>(gst.resolve("gst_element_factory_find"));
  const auto release = reinterpret_cast<void (*)(void*)>(gst.resolve("gst_object_unref"));
  if (!init || !find || !release || !init(nullptr, nullptr, nullptr)) return {};  // Qt uses something else here.
  for (const char* name : {"videoconvert", "appsink", camera ? "v4l2src" : "playbin", camera ? "jpegdec" : "decodebin"}) {
    void* factory = find(name);
    if (!factory) return QLatin1String{name};
    release(factory);
  }
  return {};
}

/// A camera, or a video played over and over.
class Device final : public CameraDevice {
 public:
  Device(const QString& file, CameraCalls calls) : calls_{std::move(calls)} {
    QObject::connect(&sink_, &QVideoSink::videoFrameChanged, &sink_, [this](const QVideoFrame& frame) {
      if (auto image = frame.toImage(); !image.isNull()) calls_.frame(image.convertToFormat(QImage::Format_RGB888));
    });
    if (const auto missing = missingPart(file.isEmpty()); !missing.isEmpty()) {
      calls_.failed(QStringLiteral("GStreamer: %1; gstreamer1.0-plugins-base, gstreamer1.0-plugins-good").arg(missing));
      return;
    }
    if (file.isEmpty()) openCamera();
    else play(file);
  }
  ~Device() override {
    sink_.disconnect();
    if (camera_) camera_->stop();
    if (player_) player_->stop();
  }

 private:
  void openCamera() {
    const auto found = QMediaDevices::defaultVideoInput();
    if (found.isNull()) return calls_.failed({});
    camera_ = std::make_unique<QCamera>(found);
    QObject::connect(camera_.get(), &QCamera::errorOccurred, &sink_, [this](QCamera::Error, const QString& text) { calls_.failed(text); });
    session_.setCamera(camera_.get());
    session_.setVideoSink(&sink_);
    camera_->start();
  }
  void play(const QString& file) {
    // GStreamer may wait for ever for the end of a pipeline that could not be opened.
    if (!QFileInfo{file}.isReadable()) return calls_.failed(file);
    player_ = std::make_unique<QMediaPlayer>();
    QObject::connect(player_.get(), &QMediaPlayer::errorOccurred, &sink_,
                     [this](QMediaPlayer::Error, const QString& text) { calls_.failed(text); });
    player_->setVideoSink(&sink_);
    player_->setLoops(QMediaPlayer::Infinite);
    player_->setSource(QUrl::fromLocalFile(file));
    player_->play();
  }

  CameraCalls calls_;
  QVideoSink sink_;
  QMediaCaptureSession session_;
  std::unique_ptr<QCamera> camera_;
  std::unique_ptr<QMediaPlayer> player_;
};

}  // namespace
}  // namespace patchbay::studio

extern "C" Q_DECL_EXPORT patchbay::studio::CameraDevice* patchbayOpenCamera(const QString& file, patchbay::studio::CameraCalls calls) {
  return new patchbay::studio::Device{file, std::move(calls)};
}
