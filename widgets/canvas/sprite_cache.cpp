// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/sprite_cache.h"

#include <QPainter>
#include <cmath>

#include "widgets/canvas/block_painter.h"
#include "widgets/canvas/geometry.h"

namespace patchbay::widgets {

namespace {

constexpr std::size_t mostBytes = 96 << 20, mostLevelBytes = 24 << 20, mostMips = 12'000;

QImage blank(QSizeF scene, double scale) {
  QImage image{static_cast<int>(std::ceil(scene.width() * scale)), static_cast<int>(std::ceil(scene.height() * scale)),
               QImage::Format_ARGB32_Premultiplied};
  image.fill(Qt::transparent);
  return image;
}

}  // namespace

void SpriteCache::setScale(double scale) {
  if (scale == scale_) return;
  scale_ = scale;
  bodies_.clear();
  bytes_ = 0;
  if (levelBytes_ > mostLevelBytes) levels_.clear(), levelBytes_ = 0;
  level_ = &levels_[scale];
}

void SpriteCache::clear() {
  bodies_.clear();
  bytes_ = 0;
  levels_.clear();
  levelBytes_ = 0;
  level_ = &levels_[scale_];
}

QImage& SpriteCache::keep(QImage& place, QImage made) {
  place = std::move(made);
  levelBytes_ += static_cast<std::size_t>(place.sizeInBytes());
  return place;
}

const QImage& SpriteCache::body(const BlockItem& block, const Colours& colours) {
  Key key{block.face,
          block.title,
          block.subtitle,
          static_cast<int>(block.kind),
          static_cast<int>(block.mode),
          qRound(block.rect.height()),
          qRound(block.statusTop),
          block.pinned};
  const auto found = bodies_.find(key);
  if (found != bodies_.end()) return found->second;
  if (bytes_ > mostBytes) bodies_.clear(), bytes_ = 0;
  auto image = paint(block, true, colours);
  bytes_ += static_cast<std::size_t>(image.sizeInBytes());
  return bodies_.emplace(std::move(key), std::move(image)).first->second;
}

const QImage& SpriteCache::blankBody(const BlockItem& block, const Colours& colours) {
  const int key = static_cast<int>(block.kind) + 4 * static_cast<int>(block.mode) + 16 * static_cast<int>(block.face->category) +
                  (block.face->known ? 0 : 1024) + (block.pinned ? 2048 : 0);
  auto& blanks = level().blanks;
  if (const auto found = blanks.find(key); found != blanks.end()) return found->second;
  BlockItem tall;
  tall.kind = block.kind;
  tall.mode = block.mode;
  tall.pinned = block.pinned;
  tall.face = block.face;
  const bool stub = block.kind == BlockItem::Kind::Stub;
  tall.rect = {0, 0, block.rect.width(), stub ? block.rect.height() : blankHeight};
  tall.statusTop = tall.rect.height();
  return keep(blanks[key], paint(tall, false, colours));
}

QImage SpriteCache::paint(const BlockItem& block, bool text, const Colours& colours) const {
  auto image = blank(block.rect.size() + QSizeF{2 * metrics::shadow, 2 * metrics::shadow}, scale_);
  QPainter painter{&image};
  painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
  painter.scale(scale_, scale_);
  painter.translate(metrics::shadow, metrics::shadow);
  paintBody(painter, block, text, colours);
  return image;
}

const QImage& SpriteCache::port(const std::string& type, bool variadic, PortMark mark, const Colours& colours) {
  const auto key = type + static_cast<char>('0' + static_cast<int>(mark) * 2 + (variadic ? 1 : 0));
  auto& ports = level().ports;
  if (const auto found = ports.find(key); found != ports.end()) return found->second;
  constexpr double room = metrics::portSize + 10;
  auto image = blank({room, room}, scale_);
  QPainter painter{&image};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(scale_, scale_);
  painter.translate(room / 2, room / 2);
  paintPort(painter, type, variadic, mark, colours);
  painter.end();
  return keep(ports[key], std::move(image));
}

const QImage& SpriteCache::light(BlockState state, const Colours& colours) {
  auto& lights = level().lights;
  if (const auto found = lights.find(static_cast<int>(state)); found != lights.end()) return found->second;
  auto image = blank({14, 14}, scale_);
  QPainter painter{&image};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(scale_, scale_);
  paintLight(painter, state, colours);
  painter.end();
  return keep(lights[static_cast<int>(state)], std::move(image));
}

QImage SpriteCache::thumbnail(const QImage& picture, QSize size) {
  if (thumbnailSize_ != size) {
    thumbnails_.clear();
    thumbnailSize_ = size;
  }
  if (const auto found = thumbnails_.find(picture.cacheKey()); found != thumbnails_.end()) return found->second;
  if (thumbnails_.size() > 4000) thumbnails_.clear();
  auto& out = thumbnails_[picture.cacheKey()];
  out = mip(picture, std::max(size.width(), size.height()))
            .scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_RGB32);
  return out;
}

const QImage& SpriteCache::mip(const QImage& picture, int side) {
  auto found = mips_.find(picture.cacheKey());
  if (found == mips_.end()) {
    if (mips_.size() > mostMips) mips_.clear();
    found = mips_.emplace(picture.cacheKey(), std::vector<QImage>{}).first;
    auto& levels = found->second;
    levels.push_back(picture.convertToFormat(QImage::Format_RGB32));
    while (std::max(levels.back().width(), levels.back().height()) >= 16)
      levels.push_back(
          levels.back().scaled((levels.back().size() / 2).expandedTo({1, 1}), Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
  }
  const auto& levels = found->second;
  std::size_t n = 0;
  while (n + 1 < levels.size() && std::max(levels[n + 1].width(), levels[n + 1].height()) >= side) ++n;
  return levels[n];
}

}  // namespace patchbay::widgets
