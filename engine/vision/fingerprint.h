// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/vision/image.h"

namespace patchbay::vision {

/// What is kept of a picture to find it again re-encoded, resized or cropped: its brightness (ITU-R BT.601 luma), stretched to a
/// square of fingerprintSide pixels, rows top to bottom.
constexpr int fingerprintSide = 48;
constexpr std::size_t fingerprintBytes = std::size_t{fingerprintSide} * fingerprintSide;
using Fingerprint = std::span<const std::uint8_t, fingerprintBytes>;
/// fingerprintBytes bytes. Requires a picture that is not empty.
std::string fingerprintOf(const Image& image);

/// A part of a picture, in shares of its width and height.
struct PictureArea {
  double x = 0, y = 0, width = 1, height = 1;
};
/// The whole picture and what is left of it when its borders are cropped: 95 % of both sides at the four corners and the middle,
/// 90 % in the middle, and 95 % of one side alone at either end.
std::span<const PictureArea> usualCrops();

/// The 64 lowest frequencies of an area (discrete cosine transform, type II, without the constant), divided by their length: what a
/// perceptual hash takes its bits from (Zauner 2010, "Implementation and Benchmarking of Perceptual Image Hash Functions"), blind to
/// brightness and contrast. Zeros for an area of one colour.
using Frequencies = std::array<float, 64>;
Frequencies frequenciesOf(Fingerprint fingerprint, const PictureArea& area = {});

/// How well two pictures agree once one is laid over the other.
struct Alignment {
  double whole = 0;   ///< Correlation of brightness on what both show, -1 to 1.
  double detail = 0;  ///< The same of what is left without the local mean: edges and texture; 1 where neither has any.
  /// The greatest local difference, as a multiple of what re-encoding and resizing explain: copies stay below 2, other pieces of one
  /// product, and the same piece taken again, are above 2.4.
  double difference = 0;
  double overlap = 0;                     ///< Share of the first picture that the second shows.
  std::array<double, 4> map{1, 0, 1, 0};  ///< x' = map[0] x + map[1], y' = map[2] y + map[3], from -1 to 1 over either picture.
};
/// Finds scale and shift of each axis (up to a fifth, as cropping does it) that make the second picture, with gain and offset of its
/// brightness, most like the first: Gauss-Newton on the squared difference, coarse to fine (Lucas and Kanade 1981; Baker and Matthews
/// 2004). Stops early, with what it has, when pictures have nothing in common. About a millisecond.
Alignment align(Fingerprint first, Fingerprint second);

}  // namespace patchbay::vision
