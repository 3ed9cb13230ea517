// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <span>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/vision/image.h"

namespace patchbay::vision {

/// A rectangle in pixels; may reach beyond a picture until it is clipped().
struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};
struct Point {
  double x = 0, y = 0;
};
/// The part of the box inside a picture of that size, whole pixels; width 0 when there is none.
Box clipped(const Box& box, int width, int height);

/// A region found on a reduced part of a picture: grey, 255 inside. Pixel (x, y) of the mask is the square from
/// (area.x + x * area.width / mask.width(), ...) of the picture.
struct Region {
  Image mask;
  Box area;
};
/// Pixels of the upright picture inside, with the box around them; the mask is enlarged to the picture's pixels with smooth edges.
struct Pixels {
  std::int64_t area = 0;
  Box box;           ///< Of what is inside; empty when nothing is.
  std::string runs;  ///< Run lengths column by column over the whole picture, background first (engine/data/README.md).
};
Pixels pixelsOf(const Region& region, int width, int height);
/// Outlines with their holes as geometry of Polygon annotations, the largest first: for each ring the number of its points, then x y of
/// each in pixels of the picture. Points that lie within `tolerance` mask pixels of the line without them are left out.
std::vector<std::vector<float>> polygonsOf(const Region& region, double tolerance = 0.7);

/// Strokes of a person on a picture.
struct Stroke {
  std::vector<Point> points;
  double radius = 1;
  bool inside = true;
};
struct GrabCutOptions {
  int side = 220;        ///< The crop around the box is reduced to this longer side.
  int iterations = 2;    ///< Rounds of colour models and cut.
  double margin = 0.25;  ///< Of the box's sides that is looked at around it, as background.
};
/// The object in a box: GrabCut (Rother, Kolmogorov and Blake 2004) on the reduced crop around it, strokes being certain. `start`: a
/// region to refine. BadInput "region.box": the box has no pixel inside the picture. Cancelled between rounds.
Result<Region> grabCut(const Image& rgb, const Box& box, std::span<const Stroke> strokes, const GrabCutOptions& options,
                       const Region* start = nullptr, const StopFlag* stop = nullptr);

/// Which pixels of a small picture belong to what was clicked: `likeness` (one number a pixel, any scale, greater is more alike) is
/// carried along the picture's edges by a guided filter (He, Sun and Tang 2013), cut at Otsu's threshold, moved by `tolerance`
/// (0.5: not at all, more: more is inside), and of the rest the pieces that hold a clicked point are kept, small holes filled.
Image regionAround(const Image& rgb, std::span<const float> likeness, std::span<const Point> inside, std::span<const Point> outside,
                   double tolerance);
/// The greatest likeness in colour of each pixel to the colours around the given points, 0..1 (CIE Lab, Gaussian of width `spread`).
std::vector<float> colourLikeness(const Image& rgb, std::span<const Point> points, double spread = 18);
/// Enlarges a grid of numbers to width x height, smoothly.
std::vector<float> enlarged(std::span<const float> grid, int columns, int rows, int width, int height);

}  // namespace patchbay::vision
