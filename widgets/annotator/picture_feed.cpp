// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/annotator/picture_feed.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>
#include <algorithm>
#include <cmath>

#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {
constexpr int mostUnderWay = 3;
constexpr int againMs = 300, mostAway = 200, mostCrashes = 3;
}  // namespace

int sideFor(QSize size, double most) {
  const double pixels = static_cast<double>(size.width()) * size.height();
  return pixels <= most ? 0 : static_cast<int>(std::max(size.width(), size.height()) * std::sqrt(most / pixels));
}

PictureFeed::PictureFeed(EngineAccess& engine, QObject* parent) : QObject{parent}, engine_{engine} {
  again_.setSingleShot(true);
  again_.setInterval(againMs);
  connect(&again_, &QTimer::timeout, this, &PictureFeed::askMore);
}
PictureFeed::~PictureFeed() = default;

void PictureFeed::want(std::vector<Wish> wishes) {
  wishes_ = std::move(wishes);
  std::erase_if(failures_, [&](const auto& one) { return std::ranges::find(wishes_, one.first, &Wish::picture) == wishes_.end(); });
  askMore();
}

const PictureFeed::Found* PictureFeed::find(const PictureRef& picture) const {
  const auto found = kept_.find(picture);
  if (found == kept_.end()) return nullptr;
  used_.splice(used_.begin(), used_, found->second.age);
  return &found->second.found;
}

void PictureFeed::forget(const PictureRef& picture) {
  const auto found = kept_.find(picture);
  if (found == kept_.end()) return;
  used_.erase(found->second.age);
  kept_.erase(found);
  askMore();
}

void PictureFeed::askMore() {
  for (const auto& wish : wishes_) {
    if (static_cast<int>(underWay_.size()) >= mostUnderWay) return;
    const bool waits = again_.isActive() && failures_.contains(wish.picture);
    if (!waits && !kept_.contains(wish.picture) && !underWay_.contains(wish.picture)) ask(wish);
  }
}

void PictureFeed::ask(const Wish& wish) {
  int slot = 0;
  while (std::ranges::any_of(underWay_, [&](const auto& one) { return one.second == slot; })) ++slot;
  underWay_[wish.picture] = slot;
  Value args;
  args["picture"] = wish.picture.digest.empty() ? Value{Value::Map{{"path", pathToValue(wish.picture.path)}}}
                                                : Value{Value::Map{{"digest", wish.picture.digest}}};
  if (const int side = sideFor(wish.size, mostPixels); side > 0) args["side"] = side;
  engine_.live("patchbay.live.pictures", "decode", std::move(args), "annotator-" + std::to_string(slot), this,
               [this, picture = wish.picture](const Result<Value>& answer) {
                 if (!answer && askAgain(picture, answer.error())) return;
                 if (!answer) return keep(picture, {nullptr, say(answer.error())});
                 const auto& bytes = (*answer)["rgb"].asBytes();
                 const auto width = (*answer)["width"].asInt(), height = (*answer)["height"].asInt();
                 QThreadPool::globalInstance()->start([self = QPointer<PictureFeed>{this}, picture, bytes, width, height] {
                   auto levels = makeLevels(bytes, width, height);
                   // Whether the feed is still there only its own thread can know.
                   QMetaObject::invokeMethod(
                       QCoreApplication::instance(),
                       [self, picture, levels = std::move(levels)] {
                         if (self) self->keep(picture, {levels, levels ? QString{} : tr("This picture has no pixels.")});
                       },
                       Qt::QueuedConnection);
                 });
               });
}

bool PictureFeed::askAgain(const PictureRef& picture, const Error& error) {
  if (std::ranges::find(wishes_, picture, &Wish::picture) == wishes_.end()) return false;
  const int most = error.kind == ErrorKind::Unreachable ? mostAway : error.kind == ErrorKind::Crashed ? mostCrashes : 0;
  if (++failures_[picture] > most) return false;
  underWay_.erase(picture);
  again_.start();
  return true;
}

void PictureFeed::keep(const PictureRef& picture, Found found) {
  underWay_.erase(picture);
  failures_.erase(picture);
  used_.push_front(picture);
  kept_[picture] = {std::move(found), used_.begin()};
  const auto bytes = [this] {
    qint64 sum = 0;
    for (const auto& [ref, one] : kept_) sum += one.found.picture ? one.found.picture->bytes() : 0;
    return sum;
  };
  // What is wished for stays, however large it is.
  const auto wished = [&](const PictureRef& ref) { return std::ranges::find(wishes_, ref, &Wish::picture) != wishes_.end(); };
  for (auto oldest = used_.end(); bytes() > mostBytes && oldest != used_.begin();) {
    --oldest;
    if (wished(*oldest)) continue;
    kept_.erase(*oldest);
    oldest = used_.erase(oldest);
  }
  Q_EMIT arrived(picture);
  askMore();
}

}  // namespace patchbay::widgets
