// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/data/dataset.h"

namespace patchbay::formats {

/// Attributes of one annotation (engine/data/README.md): name and value, sorted by name, a name once.
using Attributes = std::vector<std::pair<std::string, std::string>>;
Attributes attributesOf(const Annotation& annotation);
/// Text annotations hold none: their text is the transcription.
void setAttributes(Annotation& annotation, const Attributes& attributes);
/// Empty when there is none.
std::string attributeOf(const Annotation& annotation, std::string_view name);
void putAttribute(Attributes& attributes, std::string_view name, std::string value);

/// x and y of the corners of a polygon's rings; empty when the geometry is malformed.
std::vector<std::span<const float>> ringsOf(std::span<const float> polygon);
std::vector<float> polygonOf(std::span<const std::vector<float>> rings);

/// An ellipse as an outline of 64 corners; radii in pixels, turned clockwise by `degrees`.
std::vector<float> ellipseOutline(double x, double y, double rx, double ry, double degrees = 0);
/// A line is its points in their order, all of them visible, and the attribute "shape" with the value "polyline".
bool isPolyline(const Annotation& annotation);
Attributes polylineAttributes(Attributes attributes);
/// Those beside what makes it a line.
Attributes attributesBesideLine(const Annotation& annotation);

/// x, y, width, height around what an annotation covers; nothing for kinds without extent, and for points none of which is there.
std::optional<std::array<float, 4>> boundsOf(const Annotation& annotation);
/// Whether a box says no more than the bounds of other geometry, as formats repeat them, often rounded.
bool sameBox(std::span<const float> a, std::span<const float> b);

/// Run lengths of a mask, column by column, the first run being background; their sum is width * height.
using Runs = std::vector<std::uint32_t>;
std::string_view runsTextOf(const Annotation& mask);
std::string textOfRuns(std::span<const std::uint32_t> runs);
/// Nothing unless the runs sum up to `pixels`.
std::optional<Runs> runsOf(std::string_view text, std::uint64_t pixels);
/// COCO's compressed form: differences to the run before the last in groups of five bits.
std::string compressedRuns(std::span<const std::uint32_t> runs);
std::optional<Runs> runsOfCompressed(std::string_view text, std::uint64_t pixels);

/// Pixels row by row; 0 is background.
struct Bitmap {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};
inline constexpr std::int64_t mostMaskPixels = 100'000'000;
Bitmap bitmapOf(std::span<const std::uint32_t> runs, int width, int height);
Runs runsOf(const Bitmap& bitmap, std::uint8_t value);
/// x, y, width, height around what is not background; nothing when all is.
std::optional<std::array<float, 4>> boundsOfRuns(std::span<const std::uint32_t> runs, int height);
/// Pixels whose centre lies inside by the even-odd rule over all rings.
void fillPolygon(Bitmap& bitmap, std::span<const float> polygon, std::uint8_t value);

/// "class", "box", "rotated_box", "polygon", "mask", "points", "text", "number"
std::string_view kindName(AnnotationKind kind);

}  // namespace patchbay::formats
