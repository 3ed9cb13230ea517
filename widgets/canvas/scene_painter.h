// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <functional>
#include <memory>
#include <vector>

#include "widgets/canvas/geometry.h"
#include "widgets/canvas/sprite_cache.h"
#include "widgets/canvas/status_look.h"

class QPainter;

namespace patchbay::widgets {

class StripPool;

/// What is being dragged: where the parts are drawn meanwhile, while the document still has them at their old places.
struct Movers {
  std::vector<bool> blocks, notes;  ///< By index in the model.
  std::vector<int> blockList, noteList;
  QPointF offset;
  bool copies = false;  ///< The originals stay and are drawn as well.
  bool empty() const { return blockList.empty() && noteList.empty(); }
  bool has(int block) const { return !blocks.empty() && blocks[static_cast<std::size_t>(block)]; }
};

/// Draws a level of a document into an RGB32 image, all of it or what a rectangle of pixels shows.
class ScenePainter {
 public:
  enum class Layer : std::uint8_t { All, Still, Moving };
  using Looks = std::function<const StatusLook*(const std::string& id)>;

  ScenePainter(const CanvasModel& model, Looks looks);
  ~ScenePainter();

  /// Text is left out while zooming; below metrics::textZoom there is none anyway. Without text two threads share the work.
  void paint(QImage& image, const Camera& camera, const QRect& clip, const Colours& colours, bool text, Layer layer = Layer::All,
             const Movers* movers = nullptr);
  /// The ports of one block again, above a ring that was drawn around it.
  void paintPorts(QImage& image, const Camera& camera, const QRect& clip, const Colours& colours, int block, QPointF offset);
  void forgetSprites() { sprites_.clear(); }
  /// Of the rings without a known share, 0 to 1.
  void setTurn(double turn) { turn_ = turn; }
  /// How ports are drawn while a link is dragged; empty: linked or open.
  using Marks = std::function<PortMark(const BlockItem& block, const Port& port, bool linked)>;
  void setPortMarks(Marks marks) { marks_ = std::move(marks); }
  /// Width of links in device pixels.
  static double linkWidth(const Camera& camera);

 private:
  struct Job;
  struct Seen;
  void paintPart(const Seen& seen, QImage& image, const Camera& camera, const QRect& clip, const Colours& colours, bool text, Layer layer,
                 const Movers* movers);
  void paintShared(const Seen& seen, QImage& image, const Camera& camera, const QRect& clip, const Colours& colours, bool text, Layer layer,
                   const Movers* movers);
  /// Makes all sprites that a part needs, so that threads find them and make none.
  void prepare(const Seen& seen, const Camera& camera, const Colours& colours, bool atRest);
  void ground(Job& job);
  void frames(Job& job);
  void notes(Job& job);
  void links(Job& job);
  void blocks(Job& job);
  void block(Job& job, const BlockItem& item, const StatusLook* look, const QRect& at);
  void blockInDetail(Job& job, const BlockItem& item, const StatusLook* look, const QRect& at);
  void blockFromAfar(Job& job, const BlockItem& item, const StatusLook* look, const QRect& at);
  void ports(QPainter& painter, const Camera& camera, const Colours& colours, const BlockItem& item, const QRect& at);
  void status(Job& job, const BlockItem& item, const StatusLook* look, const QRect& at);

  const CanvasModel& model_;
  Looks looks_;
  SpriteCache sprites_;
  Marks marks_;
  std::unique_ptr<StripPool> pool_;
  double turn_ = 0;
};

}  // namespace patchbay::widgets
