// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/graph_picture.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <map>

#include "widgets/base/theme.h"

namespace patchbay::studio {

namespace {

constexpr double blockWidth = 180, blockHeight = 86;  // as the canvas draws a small block

/// Block ids name their category ("patchbay.train.fine_tune"), so that the picture needs no catalogue.
Category categoryOf(const std::string& type) {
  for (const auto category : {Category::Data, Category::Backbone, Category::Train, Category::Evaluate, Category::Model, Category::Deploy})
    if (type.find('.' + std::string{toString(category)} + '.') != std::string::npos) return category;
  return Category::Utility;
}

}  // namespace

QPixmap graphPicture(const Document& document, QSize size, const QPalette& palette, double pixelRatio, int top) {
  QPixmap picture{size * pixelRatio};
  picture.setDevicePixelRatio(pixelRatio);
  picture.fill(palette.color(QPalette::AlternateBase));
  if (document.nodes().empty()) return picture;
  std::map<NodeId, QRectF> boxes;
  QRectF all;
  for (const auto& node : document.nodes()) {
    const QRectF box{node.x, node.y, blockWidth, blockHeight};
    boxes[node.id] = box;
    all = all.united(box);
  }
  const QRectF room = QRectF{QPointF{}, QSizeF{size}}.adjusted(12, 12 + top, -12, -12);
  const double scale = std::min({room.width() / all.width(), room.height() / all.height(), 0.5});
  QPainter painter{&picture};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(room.center());
  painter.scale(scale, scale);
  painter.translate(-all.center());
  for (const auto& link : document.links()) {
    const auto from = boxes.find(link.from.node), to = boxes.find(link.to.node);
    if (from == boxes.end() || to == boxes.end()) continue;
    const QPointF a{from->second.right(), from->second.center().y()}, b{to->second.left(), to->second.center().y()};
    const double bend = std::max(30.0, std::abs(b.x() - a.x()) / 2);
    QPainterPath path{a};
    path.cubicTo(a + QPointF{bend, 0}, b - QPointF{bend, 0}, b);
    painter.strokePath(path, QPen{palette.color(QPalette::PlaceholderText), std::max(3.0, 1.2 / scale)});
  }
  for (const auto& node : document.nodes()) {
    const auto& box = boxes[node.id];
    const auto colour = widgets::categoryColour(categoryOf(node.type), palette);
    painter.setPen(QPen{palette.color(QPalette::Mid), 1 / scale});
    painter.setBrush(palette.color(QPalette::Base));
    painter.drawRoundedRect(box, 14, 14);
    QPainterPath head;
    head.addRoundedRect(box, 14, 14);
    painter.setClipPath(head);
    painter.fillRect(QRectF{box.topLeft(), QSizeF{box.width(), 34}}, colour);
    painter.setClipping(false);
  }
  return picture;
}

}  // namespace patchbay::studio
