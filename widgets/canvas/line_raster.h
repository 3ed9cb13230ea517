// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QImage>
#include <QPointF>
#include <QRect>
#include <span>

/// Raw drawing into an RGB32 image, in device pixels; much faster than QPainter for many long antialiased lines.
namespace patchbay::widgets::raster {

/// Antialiased polyline with flat ends, `width` pixels wide (at least 0.5), clipped to `clip`. Coverage of a pixel is that of
/// its column (steep: row) by the line, exact up to the curvature inside one pixel.
void polyline(QImage& image, const QRect& clip, std::span<const QPointF> points, double width, QRgb colour);
/// Opaque, or blended with `alpha` 0 to 255.
void fill(QImage& image, const QRect& clip, const QRect& rect, QRgb colour, int alpha = 255);
/// A frame around `rect`, `width` pixels outside of it, its outer corners rounded by `radius`.
void ring(QImage& image, const QRect& clip, const QRect& rect, int width, int radius, QRgb colour, int alpha = 255);
/// A filled, antialiased circle.
void disc(QImage& image, const QRect& clip, QPointF centre, double radius, QRgb colour);
/// Nearest-neighbour scaled copy of an opaque image.
void picture(QImage& image, const QRect& clip, const QRect& target, const QImage& source);
/// Fills `rect` with one row of premultiplied ARGB pixels repeated, blended; `row` holds rect.width() pixels.
void rows(QImage& image, const QRect& clip, const QRect& rect, const QRgb* row);
/// Moves all pixels by (dx, dy); what comes in keeps its old content and is to be painted.
void scroll(QImage& image, int dx, int dy);

}  // namespace patchbay::widgets::raster
