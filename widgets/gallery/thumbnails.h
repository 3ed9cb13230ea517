// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QCache>
#include <QImage>
#include <QObject>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

/// Fetches the thumbnails that are wanted now, a few at a time, nearest to the reader first. What is no longer wanted before
/// its turn is never asked for, and what is under way for it is let go.
class Thumbnails : public QObject {
  Q_OBJECT
 public:
  using Ref = std::function<PictureRef(std::size_t)>;
  Thumbnails(EngineAccess& engine, Ref refOf, QObject* parent);
  ~Thumbnails() override;

  struct Thumbnail {
    QImage image;  ///< Null: unreadable.
    int side = 0;
  };
  /// What there is; null while it is on its way.
  const Thumbnail* find(std::size_t index) const;
  /// `indices` in order of urgency; replaces what was wanted before.
  void want(const std::vector<std::size_t>& indices, int side);
  void clear();
  /// Another picture stands there now.
  void forget(std::size_t index);
  int pending() const { return static_cast<int>(waiting_.size()); }

 Q_SIGNALS:
  void arrived(std::size_t index);

 private:
  void ask(std::size_t index);
  void askMore();
  EngineAccess& engine_;
  Ref refOf_;
  QCache<std::size_t, Thumbnail> cache_;
  std::map<std::size_t, std::unique_ptr<QObject>> waiting_;  ///< The context whose end lets the answer go.
  std::vector<std::size_t> wanted_;
  int side_ = 0;
};

}  // namespace patchbay::widgets
