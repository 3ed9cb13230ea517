// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/scene_painter.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <thread>

#include "widgets/canvas/block_painter.h"
#include "widgets/canvas/line_raster.h"
#include "widgets/canvas/strip_pool.h"

namespace patchbay::widgets {

/// What may be seen, found once for all strips.
struct ScenePainter::Seen {
  struct Block {
    const BlockItem* item;
    const StatusLook* look;  ///< Null: nothing to say.
    int index;
  };
  std::vector<Block> blocks;
  std::vector<int> links;
};

struct ScenePainter::Job {
  const Seen& seen;
  QImage& image;
  const Camera& camera;
  QRect clip;
  QRectF scene;  ///< What the clip shows.
  const Colours& colours;
  bool atRest;  ///< Not in the middle of a zoom gesture.
  bool text;
  Layer layer;
  const Movers* movers;
  QPainter painter;

  bool wanted(bool moving) const {
    if (layer == Layer::All) return true;
    return layer == Layer::Moving ? moving : !moving || movers->copies;
  }
  QPointF offset(bool moving) const { return moving && layer == Layer::Moving ? movers->offset : QPointF{}; }
  /// The part of the scene to search: movers are elsewhere in the index than where they are drawn.
  QRectF search() const { return layer == Layer::Moving ? scene.translated(-movers->offset) : scene; }
  void inScene(const QPointF& topLeft) {
    painter.save();
    painter.translate(topLeft);
    painter.scale(camera.scale(), camera.scale());
  }
};

double ScenePainter::linkWidth(const Camera& camera) { return std::clamp(2.2 * camera.scale(), 1.0 * camera.ratio, 6.0 * camera.ratio); }

ScenePainter::ScenePainter(const CanvasModel& model, Looks looks) : model_{model}, looks_{std::move(looks)} {}
ScenePainter::~ScenePainter() = default;

void ScenePainter::paint(QImage& image, const Camera& camera, const QRect& clip, const Colours& colours, bool text, Layer layer,
                         const Movers* movers) {
  sprites_.setScale(camera.scale());
  const auto part = clip & image.rect();
  if (part.isEmpty()) return;
  // Words need sprites and fonts of their own for every block; what links are dragged to asks the gesture: those by one thread.
  Seen seen;
  if (layer != Layer::Moving) {
    const auto scene = camera.toScene(QRectF{part});
    const double margin = linkWidth(camera) / camera.scale() + 1;
    for (const int i : model_.blocksIn(scene)) seen.blocks.push_back({&model_.block(i), looks_(model_.block(i).id), i});
    seen.links = model_.linksIn(scene.adjusted(-margin, -margin, margin, margin));
  }
  const bool words = text && camera.zoom >= metrics::textZoom;
  constexpr int worthIt = 400'000;  // pixels
  static const bool several = std::thread::hardware_concurrency() > 1;
  if (several && !words && !marks_ && layer != Layer::Moving && part.width() * part.height() >= worthIt)
    paintShared(seen, image, camera, part, colours, text, layer, movers);
  else paintPart(seen, image, camera, part, colours, text, layer, movers);
}

/// In strips, each an image of its own over the same memory.
void ScenePainter::paintShared(const Seen& seen, QImage& image, const Camera& camera, const QRect& clip, const Colours& colours, bool text,
                               Layer layer, const Movers* movers) {
  prepare(seen, camera, colours, text);
  if (!pool_) pool_ = std::make_unique<StripPool>();
  constexpr int strips = 6;
  auto* bits = image.bits();
  pool_->run(strips, [&](int i) {
    const int top = clip.top() + clip.height() * i / strips, end = clip.top() + clip.height() * (i + 1) / strips;
    QImage strip{bits + top * image.bytesPerLine(), image.width(), end - top, image.bytesPerLine(), image.format()};
    auto shifted = camera;
    shifted.originY += top;
    paintPart(seen, strip, shifted, {clip.left(), 0, clip.width(), end - top}, colours, text, layer, movers);
  });
}

void ScenePainter::prepare(const Seen& seen, const Camera& camera, const Colours& colours, bool atRest) {
  const double scale = camera.scale();
  const bool afar = camera.zoom < metrics::spriteZoom;
  for (const auto& [block, look, index] : seen.blocks) {
    const auto& item = *block;
    if (!afar) {
      sprites_.blankBody(item, colours);
      for (std::size_t p = 0; p < item.face->inputs.size(); ++p)
        sprites_.port(item.face->inputs[p].type, item.face->inputs[p].variadic, item.linkedIn[p] ? PortMark::Linked : PortMark::Open,
                      colours);
      for (std::size_t p = 0; p < item.face->outputs.size(); ++p)
        sprites_.port(item.face->outputs[p].type, item.face->outputs[p].variadic, item.linkedOut[p] ? PortMark::Linked : PortMark::Open,
                      colours);
      if (look && !look->light.isNull() && look->status.state != BlockState::Running) sprites_.light(look->status.state, colours);
    }
    if (!look || look->status.thumbnail.isNull()) continue;
    const int side = qRound(metrics::thumbnail * scale);
    if (afar || !atRest) sprites_.mip(look->status.thumbnail, side);
    else sprites_.thumbnail(look->status.thumbnail, {side, side});
  }
}

void ScenePainter::paintPart(const Seen& seen, QImage& image, const Camera& camera, const QRect& part, const Colours& colours, bool text,
                             Layer layer, const Movers* movers) {
  Job job{seen,  image,  camera, part, camera.toScene(QRectF{part}), colours, text, text && camera.zoom >= metrics::textZoom,
          layer, movers, {}};
  job.painter.begin(&image);
  job.painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
  job.painter.setClipRect(part);
  if (layer != Layer::Moving) ground(job);
  frames(job);
  notes(job);
  links(job);
  blocks(job);
}

void ScenePainter::ground(Job& job) {
  raster::fill(job.image, job.clip, job.clip, job.colours.ground.rgb());
  if (job.camera.zoom < 0.45) return;
  double step = 2 * metrics::grid * job.camera.scale();
  while (step < 15 * job.camera.ratio) step *= 2;
  const int size = std::max(1, static_cast<int>(std::lround(1.4 * job.camera.scale())));
  const auto colour = job.colours.dots.rgb();
  const double x0 = std::floor((job.clip.left() + job.camera.originX) / step),
               y0 = std::floor((job.clip.top() + job.camera.originY) / step);
  for (double y = y0; y * step - job.camera.originY < job.clip.bottom() + 1; ++y)
    for (double x = x0; x * step - job.camera.originX < job.clip.right() + 1; ++x)
      raster::fill(job.image, job.clip, {qRound(x * step) - job.camera.originX, qRound(y * step) - job.camera.originY, size, size}, colour);
}

void ScenePainter::frames(Job& job) {
  for (const auto& frame : model_.frames()) {
    std::size_t moving = 0;
    if (job.movers)
      for (const int i : frame.blocks) moving += job.movers->has(i);
    if (!job.wanted(moving > 0)) continue;
    auto rect = frame.rect;
    const bool whole = moving == frame.blocks.size();
    if (moving > 0 && job.layer == Layer::Moving) {
      if (whole) {
        rect.translate(job.movers->offset);
      } else {
        rect = {};
        for (const int i : frame.blocks) rect |= model_.block(i).rect.translated(job.movers->has(i) ? job.movers->offset : QPointF{});
        rect.adjust(-metrics::framePadding, -metrics::framePadding - metrics::frameTitle, metrics::framePadding, metrics::framePadding);
      }
    }
    if (!rect.intersects(job.scene)) continue;
    job.inScene(-QPointF(job.camera.originX, job.camera.originY));
    paintFrame(job.painter, frame, rect, job.camera.zoom >= 0.35, moving == 0 || whole, job.colours);
    job.painter.restore();
  }
}

void ScenePainter::notes(Job& job) {
  for (std::size_t i = 0; i < model_.notes().size(); ++i) {
    const bool moving = job.movers && !job.movers->notes.empty() && job.movers->notes[i];
    if (!job.wanted(moving)) continue;
    auto note = model_.notes()[i];
    note.rect.translate(job.offset(moving));
    if (!note.rect.adjusted(-4, -4, 4, 4).intersects(job.scene)) continue;
    job.inScene(-QPointF(job.camera.originX, job.camera.originY));
    paintNote(job.painter, note, job.text, job.colours);
    job.painter.restore();
  }
}

void ScenePainter::links(Job& job) {
  const double width = linkWidth(job.camera), scale = job.camera.scale();
  const double margin = width / scale + 1;
  std::vector<std::pair<const std::string*, QRgb>> colours;  // by type: there are a handful
  const auto colourOf = [&](const std::string& type) {
    for (const auto& [name, colour] : colours)
      if (*name == type) return colour;
    colours.emplace_back(&type, portColour(type, job.colours.palette).rgb());
    return colours.back().second;
  };
  std::array<QPointF, LinkGeometry::segments + 1> pixels;
  const auto draw = [&](const LinkGeometry& geometry, QRgb colour) {
    const auto wide = job.scene.adjusted(-margin, -margin, margin, margin);
    // Far off, a few segments are as smooth as many.
    const auto extent = geometry.bounds();
    const double longest = std::max(extent.width(), extent.height()) * scale / job.camera.ratio;
    const int stride = longest < 60 ? LinkGeometry::perPiece : longest < 120 ? 4 : longest < 300 ? 2 : 1;
    for (int k = 0; k < LinkGeometry::pieces; ++k) {
      if (!geometry.box(k).intersects(wide)) continue;
      const auto points = geometry.piece(k);
      std::size_t n = 0;
      for (std::size_t i = 0; i < points.size(); i += static_cast<std::size_t>(stride)) pixels[n++] = job.camera.toDevice(points[i]);
      if ((points.size() - 1) % static_cast<std::size_t>(stride)) pixels[n++] = job.camera.toDevice(points.back());
      raster::polyline(job.image, job.clip, {pixels.data(), n}, width, colour);
    }
  };
  if (job.layer == Layer::Moving) {
    // Only what is linked to a mover; each link once.
    std::vector<int> moving;
    for (const int b : job.movers->blockList)
      for (const int i : model_.linksOf(b)) moving.push_back(i);
    std::sort(moving.begin(), moving.end());
    moving.erase(std::unique(moving.begin(), moving.end()), moving.end());
    for (const int i : moving) {
      const auto& link = model_.link(i);
      const auto from = link.geometry.from() + (job.movers->has(link.fromBlock) ? job.movers->offset : QPointF{});
      const auto to = link.geometry.to() + (job.movers->has(link.toBlock) ? job.movers->offset : QPointF{});
      const LinkGeometry geometry{from, to};
      if (geometry.bounds().intersects(job.scene)) draw(geometry, colourOf(link.type));
    }
    return;
  }
  const auto wide = job.scene.adjusted(-margin, -margin, margin, margin);
  for (const int i : job.seen.links) {
    const auto& link = model_.link(i);
    if (link.geometry.bounds().top() > wide.bottom() || link.geometry.bounds().bottom() < wide.top()) continue;
    if (!job.wanted(job.movers && (job.movers->has(link.fromBlock) || job.movers->has(link.toBlock)))) continue;
    draw(link.geometry, colourOf(link.type));
  }
}

void ScenePainter::blocks(Job& job) {
  const auto draw = [&](const BlockItem& item, const StatusLook* look, bool moving) {
    block(job, item, look, job.camera.pixels(item.rect.translated(job.offset(moving))));
  };
  if (job.layer == Layer::Moving) {
    const auto area = job.search().adjusted(-metrics::shadow, -metrics::shadow, metrics::shadow, metrics::shadow);
    for (const int i : job.movers->blockList)
      if (model_.block(i).rect.intersects(area)) draw(model_.block(i), looks_(model_.block(i).id), true);
    return;
  }
  const double top = job.scene.top() - metrics::shadow, bottom = job.scene.bottom() + metrics::shadow;
  for (const auto& [item, look, index] : job.seen.blocks)
    if (item->rect.top() < bottom && item->rect.bottom() > top && job.wanted(job.movers && job.movers->has(index)))
      draw(*item, look, false);
}

void ScenePainter::block(Job& job, const BlockItem& item, const StatusLook* look, const QRect& at) {
  if (job.camera.zoom < metrics::spriteZoom) blockFromAfar(job, item, look, at);
  else blockInDetail(job, item, look, at);
}

void ScenePainter::blockFromAfar(Job& job, const BlockItem& item, const StatusLook* look, const QRect& at) {
  const auto& c = job.colours;
  if (item.kind == BlockItem::Kind::Stub) {
    raster::fill(job.image, job.clip, at, c.edge.rgb());
    return;
  }
  raster::fill(job.image, job.clip, at.adjusted(1, 1, -1, -1), c.card.rgb());
  raster::ring(job.image, job.clip, at.adjusted(1, 1, -1, -1), 1, 0, c.edge.rgb());
  const int header = std::max(2, qRound(metrics::header * job.camera.scale()));
  auto colour = item.kind == BlockItem::Kind::Group ? c.faint : item.face->known ? categoryColour(item.face->category, c.palette) : c.faint;
  if (item.mode != NodeMode::Normal) colour = blend(colour, c.card, 0.5);
  raster::fill(job.image, job.clip, {at.left(), at.top(), at.width(), header}, colour.rgb());
  if (!look || look->status.state == BlockState::Unknown) return;
  if (!look->status.thumbnail.isNull() && at.width() > 12) {
    const int side = qRound(metrics::thumbnail * job.camera.scale());
    const auto shape = look->status.thumbnail.size().scaled({side, side}, Qt::KeepAspectRatio);
    raster::picture(job.image, job.clip, {QPoint{at.left() + 2, at.top() + qRound((item.statusTop + 8) * job.camera.scale())}, shape},
                    sprites_.mip(look->status.thumbnail, side));
  }
  const int bar = std::max(2, qRound(10 * job.camera.scale()));
  raster::fill(job.image, job.clip, {at.left(), at.bottom() + 1 - bar, at.width(), bar}, c.tone(toneOf(look->status.state)).rgb());
}

void ScenePainter::blockInDetail(Job& job, const BlockItem& item, const StatusLook* look, const QRect& at) {
  const double scale = job.camera.scale();
  const int margin = qRound(metrics::shadow * scale);
  const QPoint corner = at.topLeft() - QPoint{margin, margin};
  if (job.text) {
    job.painter.drawImage(corner, sprites_.body(item, job.colours));
  } else {
    const auto& sprite = sprites_.blankBody(item, job.colours);
    const int height = at.height() + 2 * margin, end = std::min(sprite.height() - 1, qRound(SpriteCache::blankEnd * scale) + margin);
    const int top = std::min(sprite.height() - end, height - end);
    job.painter.drawImage(corner, sprite, QRect{0, 0, sprite.width(), top});
    if (const int middle = height - end - top; middle > 0) {
      const auto* row = reinterpret_cast<const QRgb*>(sprite.constScanLine(top - 1));
      raster::rows(job.image, job.clip, {corner.x(), corner.y() + top, sprite.width(), middle}, row);
    }
    job.painter.drawImage(corner + QPoint{0, height - end}, sprite, QRect{0, sprite.height() - end, sprite.width(), end});
    if (item.rect.height() > item.statusTop + 1)
      raster::fill(job.image, job.clip, {at.left() + 1, at.top() + qRound(item.statusTop * scale), at.width() - 2, 1},
                   job.colours.line.rgb());
  }
  ports(job.painter, job.camera, job.colours, item, at);
  status(job, item, look, at);
}

void ScenePainter::ports(QPainter& painter, const Camera& camera, const Colours& colours, const BlockItem& item, const QRect& at) {
  const auto markOf = [&](const Port& port, bool linked) {
    if (marks_) return marks_(item, port, linked);
    return linked ? PortMark::Linked : PortMark::Open;
  };
  const auto draw = [&](const std::vector<Port>& list, bool input) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto offset = (item.port(input, static_cast<int>(i)) - item.rect.topLeft()) * camera.scale();
      const auto mark = markOf(list[i], input ? item.linkedIn[i] : item.linkedOut[i]);
      const auto& sprite = sprites_.port(list[i].type, list[i].variadic, mark, colours);
      painter.drawImage(at.topLeft() + QPoint{qRound(offset.x()) - sprite.width() / 2, qRound(offset.y()) - sprite.height() / 2}, sprite);
    }
  };
  draw(item.face->inputs, true);
  draw(item.face->outputs, false);
}

void ScenePainter::paintPorts(QImage& image, const Camera& camera, const QRect& clip, const Colours& colours, int index, QPointF offset) {
  if (camera.zoom < metrics::spriteZoom) return;
  const auto& item = model_.block(index);
  QPainter painter{&image};
  painter.setClipRect(clip & image.rect());
  ports(painter, camera, colours, item, camera.pixels(item.rect.translated(offset)));
}

void ScenePainter::status(Job& job, const BlockItem& item, const StatusLook* look, const QRect& at) {
  if (!look || look->height == 0) return;
  const double scale = job.camera.scale();
  const QPointF corner{static_cast<double>(at.left()), at.top() + item.statusTop * scale};
  const auto place = [&](const QRectF& r) {
    return QRect{qRound(corner.x() + r.x() * scale), qRound(corner.y() + r.y() * scale), qRound(r.width() * scale),
                 qRound(r.height() * scale)};
  };
  if (!look->picture.isNull()) {
    const auto box = place(look->picture);
    const auto shape = look->status.thumbnail.size().scaled(box.size(), Qt::KeepAspectRatio);
    // Upright pictures in the middle of their square, wide ones at its top beside the text.
    const QRect target{QPoint{box.left() + (box.width() - shape.width()) / 2, box.top()}, shape};
    raster::picture(
        job.image, job.clip, target,
        job.atRest ? sprites_.thumbnail(look->status.thumbnail, box.size()) : sprites_.mip(look->status.thumbnail, box.width()));
  }
  if (!look->light.isNull()) {
    if (look->status.state == BlockState::Running) {
      if (job.atRest) {
        job.inScene(corner);
        paintRing(job.painter, look->light, look->status.share(), turn_, !look->picture.isNull(), job.colours);
        job.painter.restore();
      } else {
        const auto box = QRectF{place(look->light)};
        raster::disc(job.image, job.clip, box.center(), box.width() / 2 - 1, job.colours.tone(Tone::Busy).rgb());
        raster::disc(job.image, job.clip, box.center(), box.width() / 4, job.colours.card.rgb());
      }
    } else {
      job.painter.drawImage(place(look->light).topLeft(), sprites_.light(look->status.state, job.colours));
    }
  }
  if (!job.text) return;
  job.inScene(corner);
  paintStatusText(job.painter, *look, job.colours);
  job.painter.restore();
}

}  // namespace patchbay::widgets
