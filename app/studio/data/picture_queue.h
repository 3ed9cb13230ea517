// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QCache>
#include <QImage>
#include <QPointer>
#include <functional>
#include <map>
#include <vector>

#include "widgets/base/engine_access.h"

namespace patchbay::studio {

/// Pictures that were asked for, and those that came: the newest wish first (what is on screen now), the longest unused given up
/// first when 64 MB are full. Lives in the window's thread.
class PictureQueue {
 public:
  using Answer = std::function<void(const QImage&)>;
  struct Batch {
    int side = 0;
    std::vector<widgets::PictureRef> pictures;
  };

  explicit PictureQueue(int kilobytes = 64 * 1024);
  /// The picture when it is at hand; a null image is known to be unreadable.
  const QImage* find(const widgets::PictureRef& picture, int side) const;
  void add(const widgets::PictureRef& picture, int side, QObject* context, Answer answer);
  /// Up to `most` wishes of one size, the newest first; those nobody waits for any more are dropped.
  Batch take(int most);
  /// Answers everyone who waits for it; `keep` unless the request itself failed.
  void finish(const widgets::PictureRef& picture, int side, const QImage& image, bool keep);
  bool empty() const { return waiting_.empty(); }

 private:
  struct Wish {
    std::vector<std::pair<QPointer<QObject>, Answer>> answers;
    bool sent = false;
  };
  using Key = std::pair<widgets::PictureRef, int>;
  static QString nameOf(const widgets::PictureRef& picture, int side);

  std::map<Key, Wish> waiting_;
  std::vector<Key> order_;  ///< Not sent yet, oldest first.
  mutable QCache<QString, QImage> cache_;
};

}  // namespace patchbay::studio
