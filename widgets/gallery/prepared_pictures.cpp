// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/prepared_pictures.h"

#include <sys/resource.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QPainter>
#include <QPointer>
#include <algorithm>

namespace patchbay::widgets {

namespace {

constexpr int cacheKilobytes = 40 * 1024;
constexpr std::size_t mostAtOnce = 2, mostWaiting = 512;

/// The window and the display server have to get on with the frame: on few cores these threads must not be in their way.
void giveWay() {
  constexpr int niceness = 10;
  thread_local const auto self = static_cast<id_t>(::gettid());
  if (::getpriority(PRIO_PROCESS, self) < niceness) ::setpriority(PRIO_PROCESS, self, niceness);
}

QImage prepared(const QImage& image, int side, double ratio) {
  const auto size = QSizeF{image.size()}.scaled(QSizeF{1.0 * side, 1.0 * side}, Qt::KeepAspectRatio);
  const auto pixels = (size * ratio).toSize().expandedTo({1, 1});
  QImage out{pixels, QImage::Format_ARGB32_Premultiplied};
  out.fill(Qt::transparent);
  QPainter painter{&out};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QBrush{image.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)});
  painter.drawRoundedRect(out.rect(), 4 * ratio, 4 * ratio);
  painter.end();
  out.setDevicePixelRatio(ratio);
  return out;
}

}  // namespace

PreparedPictures::PreparedPictures(QObject* parent) : QObject{parent}, cache_{cacheKilobytes}, round_{std::make_unique<QObject>()} {
  threads_.setMaxThreadCount(static_cast<int>(mostAtOnce));
}

PreparedPictures::~PreparedPictures() {
  threads_.clear();
  threads_.waitForDone();
}

void PreparedPictures::clear() {
  round_ = std::make_unique<QObject>();
  making_.clear();
  waiting_.clear();
  cache_.clear();
}

void PreparedPictures::prepare(std::size_t index, const QImage& image, int side, double ratio) {
  if (making_.contains(index) || std::ranges::find(waiting_, index, &Job::index) != waiting_.end()) return;
  waiting_.push_back({index, image, side, ratio});
  // Scrolled past: it is asked for again when it is seen again.
  if (waiting_.size() > mostWaiting) waiting_.pop_front();
  makeMore();
}

void PreparedPictures::makeMore() {
  while (making_.size() < mostAtOnce && !waiting_.empty()) {
    const auto job = std::move(waiting_.back());
    waiting_.pop_back();
    making_.insert(job.index);
    threads_.start([this, job, round = QPointer<QObject>{round_.get()}] {
      giveWay();
      const auto made = prepared(job.image, job.side, job.ratio);
      auto* app = QCoreApplication::instance();
      if (!app) return;
      QMetaObject::invokeMethod(
          app,
          [this, round, index = job.index, made] {
            if (round) take(index, made);
          },
          Qt::QueuedConnection);
    });
  }
}

void PreparedPictures::take(std::size_t index, const QImage& image) {
  making_.erase(index);
  cache_.insert(index, new QPixmap{QPixmap::fromImage(image)}, std::max(1, image.width() * image.height() / 256));
  Q_EMIT arrived(index);
  makeMore();
}

}  // namespace patchbay::widgets
