// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QCache>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QThreadPool>
#include <deque>
#include <memory>
#include <unordered_set>

namespace patchbay::widgets {

/// Thumbnails as a grid paints them: of the size they have on the screen, corners rounded. Made in threads that give way to the window,
/// so that a page full of new pictures holds up no frame.
class PreparedPictures : public QObject {
  Q_OBJECT
 public:
  explicit PreparedPictures(QObject* parent = nullptr);
  ~PreparedPictures() override;
  /// Null: not made yet.
  const QPixmap* find(std::size_t index) const { return cache_.object(index); }
  /// To fit into a square of `side` in pixels of the layout; nothing happens while the same one is being made.
  void prepare(std::size_t index, const QImage& image, int side, double ratio);
  void remove(std::size_t index) { cache_.remove(index); }
  /// What is being made is not wanted any more either.
  void clear();
  int pending() const { return static_cast<int>(making_.size() + waiting_.size()); }

 Q_SIGNALS:
  void arrived(std::size_t index);

 private:
  struct Job {
    std::size_t index;
    QImage image;
    int side;
    double ratio;
  };
  void makeMore();
  void take(std::size_t index, const QImage& image);
  mutable QCache<std::size_t, QPixmap> cache_;
  std::unordered_set<std::size_t> making_;
  std::deque<Job> waiting_;  ///< The last one first: what came into sight last is what one looks at.
  std::unique_ptr<QObject> round_;
  QThreadPool threads_;
};

}  // namespace patchbay::widgets
