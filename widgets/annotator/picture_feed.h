// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QSize>
#include <QString>
#include <QTimer>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "widgets/annotator/picture_levels.h"
#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

/// Whole pictures for the annotator, the one that is looked at first and then those that come next, so that these are there before they
/// are asked for. A worker decodes, a thread makes the levels; nothing happens in the window's thread but one copy of the bytes.
class PictureFeed : public QObject {
  Q_OBJECT
 public:
  static constexpr qint64 mostBytes = 512LL << 20;
  /// What is larger than this many pixels comes scaled down to them.
  static constexpr double mostPixels = 25e6;

  explicit PictureFeed(EngineAccess& engine, QObject* parent = nullptr);
  ~PictureFeed() override;

  struct Wish {
    PictureRef picture;
    QSize size;  ///< As the data set says, empty: unknown.
  };
  struct Found {
    PictureLevelsPtr picture;  ///< Null: unreadable, and why.
    QString problem;
  };
  /// In order of urgency; replaces what was wished before.
  void want(std::vector<Wish> wishes);
  const Found* find(const PictureRef& picture) const;
  /// Asks anew: the file may have come back.
  void forget(const PictureRef& picture);
  bool idle() const { return underWay_.empty() && failures_.empty(); }

 Q_SIGNALS:
  void arrived(const patchbay::widgets::PictureRef& picture);

 private:
  struct Kept {
    Found found;
    std::list<PictureRef>::iterator age;
  };
  void askMore();
  void ask(const Wish& wish);
  void keep(const PictureRef& picture, Found found);
  /// An engine that ended is started again, and a worker as well: that says nothing of the picture.
  bool askAgain(const PictureRef& picture, const Error& error);
  EngineAccess& engine_;
  std::vector<Wish> wishes_;
  std::map<PictureRef, Kept> kept_;
  mutable std::list<PictureRef> used_;  ///< Latest first.
  std::map<PictureRef, int> underWay_;  ///< And the slot.
  std::map<PictureRef, int> failures_;  ///< Of the engine rather than the picture, one after the other.
  QTimer again_;
};

/// The longer side to ask for: 0, the picture as it is, unless it is larger than `most` pixels.
int sideFor(QSize size, double most);

}  // namespace patchbay::widgets
