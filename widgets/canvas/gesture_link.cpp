// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QWidget>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/base/say.h"
#include "widgets/canvas/line_raster.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

LinkGesture::LinkGesture(ViewCore& core, PortEnd anchor, std::optional<Link> taken, bool keyboard)
    : Gesture{core}, anchor_{std::move(anchor)}, taken_{std::move(taken)}, keyboard_{keyboard} {
  const auto find = [&](const Document& document) {
    const auto found = edit::linkTargets(document, core.catalogue, anchor_.port, !anchor_.input);
    targets_.insert(found.begin(), found.end());
  };
  // Ports that are taken up by the link in hand are free again.
  if (taken_) {
    if (const auto without = edit::applied(core.document(), edit::unlink(taken_->from, taken_->to))) find(*without);
  } else {
    find(core.document());
  }
  at_ = core.portPlace(anchor_).value_or(QPointF{});
  core.painter.setPortMarks([this](const BlockItem& block, const Port& port, bool linked) {
    const PortEnd end{block.ref(port), port.input};
    if (end == anchor_) return PortMark::Linked;
    if (fits(end)) return PortMark::Wanted;
    return linked && taken_ && end.port == (anchor_.input ? taken_->from : taken_->to) ? PortMark::Open : PortMark::Dimmed;
  });
  core.dirtyAll();
  if (!keyboard_) return;
  core.say(targets_.empty() ? QCoreApplication::translate("canvas", "Nothing here fits this port. Press Enter to add a block that does.")
                            : QCoreApplication::translate("canvas", "Arrow keys choose a port, Enter links, Esc cancels."));
  key(Qt::Key_Right, {});
}

LinkGesture::~LinkGesture() {
  core_.painter.setPortMarks({});
  core_.say({});
  core_.dirtyAll();
}

void LinkGesture::aimAt(const std::optional<PortEnd>& port) {
  if (port == aim_) return;
  aim_ = port;
  why_.clear();
  if (!aim_ || fits(*aim_)) return core_.say({});
  if (aim_->input == anchor_.input) {
    why_ = anchor_.input ? QCoreApplication::translate("canvas", "Both are inputs. An input takes the result of an output.")
                         : QCoreApplication::translate("canvas", "Both are outputs. An output goes to an input.");
  } else {
    const auto can = anchor_.input ? edit::canLink(core_.document(), core_.catalogue, aim_->port, anchor_.port)
                                   : edit::canLink(core_.document(), core_.catalogue, anchor_.port, aim_->port);
    if (!can) why_ = say(can.error());
  }
  core_.say(why_);
}

void LinkGesture::move(QPointF viewport, Qt::KeyboardModifiers) {
  if (keyboard_) return;
  at_ = core_.toScene(viewport);
  std::optional<PortEnd> port;
  if (auto wanted = core_.portAt(viewport, !anchor_.input); wanted.kind == Hit::Kind::Port) port = wanted.port;
  else if (auto any = core_.portAt(viewport); any.kind == Hit::Kind::Port && !(any.port == anchor_)) port = any.port;
  if (!port) {
    // Let go on the block itself: its first port that fits.
    if (const auto hit = core_.hit(viewport); hit.kind == Hit::Kind::Block) {
      const auto& block = core_.model.block(hit.index);
      for (const auto& one : anchor_.input ? block.face->outputs : block.face->inputs)
        if (fits({block.ref(one), one.input})) {
          port = PortEnd{block.ref(one), one.input};
          break;
        }
    }
  }
  aimAt(port);
  core_.overlayChanged();
}

void LinkGesture::connect(const PortEnd& port) {
  const auto& from = anchor_.input ? port.port : anchor_.port;
  const auto& to = anchor_.input ? anchor_.port : port.port;
  if (taken_ && taken_->from == from && taken_->to == to) return;  // back where it was
  if (!taken_) {
    core_.apply(TR("canvas", "Link"), edit::link(core_.document(), core_.catalogue, from, to));
    return;
  }
  auto changes = edit::unlink(taken_->from, taken_->to);
  const auto without = edit::applied(core_.document(), changes);
  if (!without) return core_.say(say(without.error()));
  auto linked = edit::link(*without, core_.catalogue, from, to);
  if (!linked) return core_.say(say(linked.error()));
  for (auto& change : *linked) changes.push_back(std::move(change));
  core_.apply(TR("canvas", "Move link"), std::move(changes));
}

void LinkGesture::release(QPointF viewport, Qt::KeyboardModifiers modifiers) {
  move(viewport, modifiers);
  if (aim_) {
    const bool back = taken_ && aim_->port == (anchor_.input ? taken_->from : taken_->to);
    if (fits(*aim_) || back) connect(*aim_);
    else core_.say(why_);
    return;
  }
  if (taken_) {
    core_.apply(TR("canvas", "Disconnect"), edit::unlink(taken_->from, taken_->to));
    return;
  }
  const auto start = core_.portPlace(anchor_);
  if (start && QLineF{core_.fromScene(*start), viewport}.length() < 12) return;  // a click, not a drag
  core_.requestAdd(viewport, anchor_);
}

bool LinkGesture::key(int key, Qt::KeyboardModifiers) {
  if (!keyboard_) return false;
  std::vector<std::pair<QPointF, PortEnd>> ports;
  for (const auto& target : targets_)
    if (const PortEnd end{target, !anchor_.input}; const auto at = core_.portPlace(end)) ports.emplace_back(*at, end);
  std::sort(ports.begin(), ports.end(), [](const auto& a, const auto& b) {
    return std::pair{a.first.x(), a.first.y()} < std::pair{b.first.x(), b.first.y()};
  });
  const auto current = std::find_if(ports.begin(), ports.end(), [&](const auto& p) { return aim_ == p.second; });
  const auto n = ports.size();
  switch (key) {
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Up: {
      if (n == 0) return true;
      const bool forwards = key == Qt::Key_Right || key == Qt::Key_Down;
      auto index = current == ports.end() ? (forwards ? 0 : n - 1)
                                          : (static_cast<std::size_t>(current - ports.begin()) + (forwards ? 1 : n - 1)) % n;
      if (current == ports.end() && forwards) {
        // The nearest one to begin with.
        const auto from = core_.portPlace(anchor_).value_or(QPointF{});
        index = static_cast<std::size_t>(std::min_element(ports.begin(), ports.end(),
                                                          [&](const auto& a, const auto& b) {
                                                            return QLineF{from, a.first}.length() < QLineF{from, b.first}.length();
                                                          }) -
                                         ports.begin());
      }
      at_ = ports[index].first;
      aimAt(ports[index].second);
      core_.reveal(QRectF{at_ - QPointF{60, 30}, QSizeF{120, 60}});
      core_.overlayChanged();
      return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter: {
      // The gesture ends before the document changes.
      auto self = std::move(core_.gesture);
      if (aim_) connect(*aim_);
      else core_.requestAdd(core_.fromScene(at_ + QPointF{60, 0}), anchor_);
      return true;
    }
    default:
      return false;
  }
}

void LinkGesture::overlay(QImage& image, const QRect& clip) {
  const auto start = core_.portPlace(anchor_);
  if (!start) return;
  const bool fit = aim_ && fits(*aim_);
  const auto end = fit ? core_.portPlace(*aim_).value_or(at_) : at_;
  const LinkGeometry curve = anchor_.input ? LinkGeometry{end, *start} : LinkGeometry{*start, end};
  std::array<QPointF, LinkGeometry::segments + 1> pixels;
  std::transform(curve.points().begin(), curve.points().end(), pixels.begin(), [&](QPointF p) { return core_.camera.toDevice(p); });
  const auto colour = aim_ && !fit && !why_.isEmpty() ? core_.colours.tone(Tone::Bad) : core_.colours.accent;
  raster::polyline(image, clip, pixels, ScenePainter::linkWidth(core_.camera) * 1.2, colour.rgb());
  raster::disc(image, clip, core_.camera.toDevice(end), 4.5 * std::max(0.6, core_.camera.scale()), colour.rgb());
}

void LinkGesture::overlayText(QPainter& painter) {
  if (why_.isEmpty()) return;
  const auto font = statusFont();
  const auto lines = wrap(why_, font, 280, 5);
  const QFontMetricsF metrics{font};
  double width = 0;
  for (const auto& line : lines) width = std::max(width, metrics.horizontalAdvance(line));
  QRectF box{core_.fromScene(at_) + QPointF{16, 16}, QSizeF{width + 20, lines.size() * 17.0 + 14}};
  const QRectF room{core_.view.viewport()->rect()};
  if (box.right() > room.right() - 8) box.moveRight(room.right() - 8);
  if (box.bottom() > room.bottom() - 8) box.moveBottom(core_.fromScene(at_).y() - 16);
  painter.setPen(QPen{core_.colours.tone(Tone::Bad), 1});
  painter.setBrush(core_.colours.card);
  painter.drawRoundedRect(box, 6, 6);
  painter.setFont(font);
  painter.setPen(core_.colours.text);
  double y = box.top() + 7;
  for (const auto& line : lines) {
    painter.drawText(QRectF{box.left() + 10, y, width + 2, 17}, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, line);
    y += 17;
  }
}

}  // namespace patchbay::widgets
