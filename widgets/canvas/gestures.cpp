// SPDX-License-Identifier: GPL-3.0-or-later
// Panning, rubber band, lasso and resizing.
#include <algorithm>
#include <array>
#include <iterator>

#include "widgets/canvas/line_raster.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

void PanGesture::move(QPointF viewport, Qt::KeyboardModifiers) {
  core_.panBy(viewport - last_);
  last_ = viewport;
}

// ---- Rubber band ----------------------------------------------------------------------------------------------------

BandGesture::BandGesture(ViewCore& core, QPointF from, Qt::KeyboardModifiers modifiers)
    : Gesture{core}, from_{core.toScene(from)}, to_{from_}, toggle_{(modifiers & Qt::ControlModifier) != 0} {
  if (modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) before_ = core.selection;
}

/// What the band holds is selected besides what was, or the other way round where it was and Ctrl is held.
void BandGesture::mark(const std::string& id, bool inside) {
  const bool was = before_.contains(id);
  if (inside ? !(toggle_ && was) : was) core_.selection.insert(id);
  else core_.selection.erase(id);
}

void BandGesture::move(QPointF viewport, Qt::KeyboardModifiers) {
  to_ = core_.toScene(viewport);
  const auto band = QRectF{from_, to_}.normalized();
  if (blocks_.empty()) core_.selection = before_;
  auto now = core_.model.blocksIn(band);
  std::erase_if(now, [&](int i) {
    const auto& block = core_.model.block(i);
    return block.kind == BlockItem::Kind::Stub || !block.rect.intersects(band);
  });
  std::vector<int> changed;
  std::set_difference(blocks_.begin(), blocks_.end(), now.begin(), now.end(), std::back_inserter(changed));
  for (const int i : changed) mark(core_.model.block(i).id, false);
  changed.clear();
  std::set_difference(now.begin(), now.end(), blocks_.begin(), blocks_.end(), std::back_inserter(changed));
  for (const int i : changed) mark(core_.model.block(i).id, true);
  blocks_ = std::move(now);
  for (const auto& note : core_.model.notes()) mark(note.id, note.rect.intersects(band));
  for (const auto& frame : core_.model.frames()) mark(frame.id, band.contains(frame.rect));
  core_.selectedLink.reset();
  core_.overlayChanged();
}

void BandGesture::release(QPointF viewport, Qt::KeyboardModifiers modifiers) {
  move(viewport, modifiers);
  const auto now = core_.selection;
  core_.selection = {"\x01"};  // differs from any real one, so that listeners are told once
  core_.setSelection(now);
}

void BandGesture::overlay(QImage& image, const QRect& clip) {
  const auto band = core_.camera.toDevice(QRectF{from_, to_}.normalized()).toRect();
  const auto colour = core_.colours.accent.rgb();
  raster::fill(image, clip, band, colour, 32);
  raster::ring(image, clip, band, 1, 0, colour);
}

// ---- Lasso ----------------------------------------------------------------------------------------------------------

LassoGesture::LassoGesture(ViewCore& core, QPointF from, Qt::KeyboardModifiers modifiers) : Gesture{core} {
  line_ << core.toScene(from);
  if (modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) before_ = core.selection;
}

void LassoGesture::move(QPointF viewport, Qt::KeyboardModifiers) {
  line_ << core_.toScene(viewport);
  auto now = before_;
  for (const int i : core_.model.blocksIn(line_.boundingRect()))
    if (const auto& block = core_.model.block(i);
        block.kind != BlockItem::Kind::Stub && line_.containsPoint(block.rect.center(), Qt::OddEvenFill))
      now.insert(block.id);
  for (const auto& note : core_.model.notes())
    if (line_.containsPoint(note.rect.center(), Qt::OddEvenFill)) now.insert(note.id);
  core_.selection = std::move(now);
  core_.overlayChanged();
}

void LassoGesture::release(QPointF viewport, Qt::KeyboardModifiers modifiers) {
  move(viewport, modifiers);
  const auto now = core_.selection;
  core_.selection = {"\x01"};
  core_.setSelection(now);
}

void LassoGesture::overlay(QImage& image, const QRect& clip) {
  std::vector<QPointF> pixels;
  for (const auto& p : line_) pixels.push_back(core_.camera.toDevice(p));
  pixels.push_back(pixels.front());
  raster::polyline(image, clip, pixels, 1.6 * core_.camera.ratio, core_.colours.accent.rgb());
}

// ---- Resizing -------------------------------------------------------------------------------------------------------

ResizeGesture::ResizeGesture(ViewCore& core, const Hit& hit, QPointF from)
    : Gesture{core}, note_{hit.kind == Hit::Kind::NoteCorner}, from_{core.toScene(from)} {
  const auto index = static_cast<std::size_t>(hit.index);
  id_ = note_ ? core.model.notes()[index].id : core.model.frames()[index].id;
  rect_ = core.rectOf(id_);
}

void ResizeGesture::move(QPointF viewport, Qt::KeyboardModifiers) {
  by_ = core_.toScene(viewport) - from_;
  by_ = {std::max(onGrid(rect_.right() + by_.x()) - rect_.right(), 100 - rect_.width()),
         std::max(onGrid(rect_.bottom() + by_.y()) - rect_.bottom(), 40 - rect_.height())};
  core_.overlayChanged();
}

void ResizeGesture::release(QPointF viewport, Qt::KeyboardModifiers modifiers) {
  move(viewport, modifiers);
  if (by_.isNull()) return;
  const auto rect = rect_.adjusted(0, 0, by_.x(), by_.y());
  if (note_) {
    auto notes = core_.document().notes();
    for (auto& note : notes)
      if (note["id"].asText() == id_) note["size"] = Value::List{rect.width(), rect.height()};
    core_.apply(TR("canvas", "Resize note"), {edit::SetNotes{std::move(notes)}});
  } else if (const auto* group = core_.document().group(id_)) {
    auto changed = *group;
    changed.extra["rect"] = Value::List{rect.x(), rect.y(), rect.width(), rect.height()};
    core_.apply(TR("canvas", "Resize frame"), {edit::SetGroup{std::move(changed)}});
  }
}

void ResizeGesture::overlay(QImage& image, const QRect& clip) {
  const auto rect = core_.camera.toDevice(rect_.adjusted(0, 0, by_.x(), by_.y())).toRect();
  raster::ring(image, clip, rect, qRound(2 * core_.camera.ratio), 0, core_.colours.accent.rgb());
}

}  // namespace patchbay::widgets
