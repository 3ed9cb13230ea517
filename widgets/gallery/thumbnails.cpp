// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/thumbnails.h"

#include <algorithm>
#include <unordered_set>

namespace patchbay::widgets {

namespace {

constexpr int mostUnderWay = 24;  // Enough to keep the decoder busy, few enough to change one's mind.
constexpr int cacheKilobytes = 48 * 1024;

}  // namespace

Thumbnails::Thumbnails(EngineAccess& engine, Ref refOf, QObject* parent)
    : QObject{parent}, engine_{engine}, refOf_{std::move(refOf)}, cache_{cacheKilobytes} {}

Thumbnails::~Thumbnails() = default;

const Thumbnails::Thumbnail* Thumbnails::find(std::size_t index) const { return cache_.object(index); }

void Thumbnails::clear() {
  waiting_.clear();
  wanted_.clear();
  cache_.clear();
}

void Thumbnails::forget(std::size_t index) {
  waiting_.erase(index);
  cache_.remove(index);
}

void Thumbnails::want(const std::vector<std::size_t>& indices, int side) {
  if (side != side_) waiting_.clear();
  side_ = side;
  wanted_.clear();
  std::unordered_set<std::size_t> keep{indices.begin(), indices.end()};
  std::erase_if(waiting_, [&](const auto& entry) { return !keep.contains(entry.first); });
  for (const auto index : indices) {
    const auto* have = cache_.object(index);
    if ((have && have->side >= side) || waiting_.contains(index)) continue;
    wanted_.push_back(index);
  }
  std::ranges::reverse(wanted_);  // The next one is taken from the end.
  askMore();
}

void Thumbnails::askMore() {
  while (!wanted_.empty() && pending() < mostUnderWay) {
    const auto index = wanted_.back();
    wanted_.pop_back();
    ask(index);
  }
}

void Thumbnails::ask(std::size_t index) {
  const auto ref = refOf_(index);
  if (ref == PictureRef{}) return;  // Not known yet which picture stands there.
  auto context = std::make_unique<QObject>();
  auto* raw = context.get();
  waiting_[index] = std::move(context);
  engine_.picture(ref, side_, raw, [this, index, side = side_, raw](const QImage& image) {
    const auto found = waiting_.find(index);
    if (found == waiting_.end() || found->second.get() != raw) return;
    // The context lives until this answer has returned.
    found->second.release()->deleteLater();
    waiting_.erase(found);
    const int kilobytes = std::max(1, static_cast<int>(image.sizeInBytes() / 1024));
    cache_.insert(index, new Thumbnail{image, side}, kilobytes);
    Q_EMIT arrived(index);
    askMore();
  });
}

}  // namespace patchbay::widgets
