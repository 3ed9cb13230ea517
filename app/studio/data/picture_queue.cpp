// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/picture_queue.h"

#include <algorithm>

namespace patchbay::studio {

PictureQueue::PictureQueue(int kilobytes) : cache_{kilobytes} {}

QString PictureQueue::nameOf(const widgets::PictureRef& picture, int side) {
  const auto& name = picture.digest.empty() ? picture.path : picture.digest;
  // Latin-1 keeps every byte of a path, whatever its encoding.
  return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())) + QLatin1Char('@') + QString::number(side);
}

const QImage* PictureQueue::find(const widgets::PictureRef& picture, int side) const { return cache_.object(nameOf(picture, side)); }

void PictureQueue::add(const widgets::PictureRef& picture, int side, QObject* context, Answer answer) {
  const Key key{picture, side};
  const auto [found, isNew] = waiting_.try_emplace(key);
  found->second.answers.emplace_back(context, std::move(answer));
  if (isNew) order_.push_back(key);
}

PictureQueue::Batch PictureQueue::take(int most) {
  Batch batch;
  std::vector<Key> left;
  for (auto it = order_.rbegin(); it != order_.rend(); ++it) {
    auto& wish = waiting_.at(*it);
    const bool wanted = std::ranges::any_of(wish.answers, [](const auto& a) { return !a.first.isNull(); });
    if (!wanted) {
      waiting_.erase(*it);
    } else if (static_cast<int>(batch.pictures.size()) < most && (batch.pictures.empty() || batch.side == it->second)) {
      batch.side = it->second;
      batch.pictures.push_back(it->first);
      wish.sent = true;
    } else {
      left.push_back(*it);
    }
  }
  std::ranges::reverse(left);
  order_ = std::move(left);
  return batch;
}

void PictureQueue::finish(const widgets::PictureRef& picture, int side, const QImage& image, bool keep) {
  const auto found = waiting_.find({picture, side});
  if (found == waiting_.end()) return;
  const auto answers = std::move(found->second.answers);
  waiting_.erase(found);
  if (keep) cache_.insert(nameOf(picture, side), new QImage{image}, std::max(1, static_cast<int>(image.sizeInBytes() / 1024)));
  for (const auto& [context, answer] : answers)
    if (context) answer(image);
}

}  // namespace patchbay::studio
