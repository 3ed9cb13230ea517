// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "widgets/canvas/canvas_model.h"
#include "widgets/canvas/colours.h"

namespace patchbay::widgets {

/// How a port is drawn.
enum class PortMark : std::uint8_t { Open, Linked, Wanted, Dimmed };

/// Pictures of what is drawn often: painted once, then copied. All premultiplied ARGB in device pixels. What has been made already may
/// be asked for by several threads at once.
class SpriteCache {
 public:
  SpriteCache() { clear(); }
  /// Another scale forgets the bodies with words; the small sprites of scales used lately stay, for zooming comes by them again.
  void setScale(double scale);
  void clear();

  /// The block without ports and status, with room for the shadow (metrics::shadow) around it.
  const QImage& body(const BlockItem& block, const Colours& colours);
  /// The same without words and `blankHeight` tall: all of one category look alike then, so that a zoom step needs but a few. Its
  /// upper part and its lower `blankEnd` are drawn as they are, the row above that as often as the block is taller.
  const QImage& blankBody(const BlockItem& block, const Colours& colours);
  static constexpr double blankHeight = 64, blankEnd = 16;
  const QImage& port(const std::string& type, bool variadic, PortMark mark, const Colours& colours);
  const QImage& light(BlockState state, const Colours& colours);
  /// Fits `size` keeping proportions, scaled smoothly; for one size at a time.
  QImage thumbnail(const QImage& picture, QSize size);
  /// The picture at its own size, a half, a quarter...: the smallest that is as large as `side`, to be sampled coarsely. What is
  /// shown while zooming, where a scaled one for each step would be too slow.
  const QImage& mip(const QImage& picture, int side);

 private:
  QImage paint(const BlockItem& block, bool text, const Colours& colours) const;

  struct Key {
    std::shared_ptr<const Face> face;
    QString title, subtitle;
    int kind = 0, mode = 0, height = 0, top = 0;
    bool pinned = false;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept {
      return std::hash<const void*>{}(key.face.get()) ^ (qHash(key.title) * 31) ^ static_cast<std::size_t>(key.height * 4 + key.mode * 2);
    }
  };

  double scale_ = 1;
  std::unordered_map<Key, QImage, Hash> bodies_;
  std::size_t bytes_ = 0;
  struct Level {
    std::unordered_map<int, QImage> blanks, lights;
    std::unordered_map<std::string, QImage> ports;
  };
  Level& level() { return *level_; }
  QImage& keep(QImage& place, QImage made);

  std::unordered_map<double, Level> levels_;  ///< By scale.
  Level* level_ = nullptr;
  std::size_t levelBytes_ = 0;
  std::unordered_map<qint64, QImage> thumbnails_;
  std::unordered_map<qint64, std::vector<QImage>> mips_;
  QSize thumbnailSize_;
};

}  // namespace patchbay::widgets
