// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/fingerprint.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/vision/resize.h"

namespace patchbay::vision {
namespace {

constexpr int order = 9;  // Frequencies 0..8 of each axis, of which the 64 lowest are taken.

/// (horizontal, vertical) by rising length, the constant left out.
const std::array<std::pair<int, int>, 64>& lowest() {
  static const auto list = [] {
    std::vector<std::pair<int, int>> all;
    for (int v = 0; v < order; ++v)
      for (int u = 0; u < order; ++u)
        if (u + v > 0) all.emplace_back(u, v);
    std::ranges::stable_sort(all, {}, [](const auto& f) { return f.first * f.first + f.second * f.second; });
    std::array<std::pair<int, int>, 64> out;
    std::copy_n(all.begin(), out.size(), out.begin());
    return out;
  }();
  return list;
}

/// Cosines over the interval [from, from + length) of the side, weighted by how much of each pixel lies in it.
using Basis = std::array<std::array<float, fingerprintSide>, order>;
Basis basisOf(double from, double length) {
  Basis out{};
  const double begin = from * fingerprintSide, span = length * fingerprintSide;
  for (int i = 0; i < fingerprintSide; ++i) {
    const double low = std::max<double>(i, begin), high = std::min(i + 1.0, begin + span);
    if (high <= low) continue;
    const double at = ((low + high) / 2 - begin) / span;
    for (int u = 0; u < order; ++u)
      out[static_cast<std::size_t>(u)][static_cast<std::size_t>(i)] =
          static_cast<float>((high - low) / span * std::cos(std::numbers::pi * u * at) * (u ? std::numbers::sqrt2 : 1));
  }
  return out;
}

}  // namespace

std::string fingerprintOf(const Image& image) {
  const auto small = resize(image, fingerprintSide, fingerprintSide, Interpolation::Bilinear);
  std::string out(fingerprintBytes, '\0');
  for (std::size_t i = 0; i < fingerprintBytes; ++i) {
    const auto* p = small.data() + i * static_cast<std::size_t>(small.channels());
    out[i] = static_cast<char>(small.channels() == 1 ? p[0] : (299 * p[0] + 587 * p[1] + 114 * p[2] + 500) / 1000);
  }
  return out;
}

std::span<const PictureArea> usualCrops() {
  static constexpr std::array<PictureArea, 11> areas{{{0, 0, 1, 1},
                                                      {.025, .025, .95, .95},
                                                      {0, 0, .95, .95},
                                                      {.05, 0, .95, .95},
                                                      {0, .05, .95, .95},
                                                      {.05, .05, .95, .95},
                                                      {.05, .05, .9, .9},
                                                      {0, 0, .95, 1},
                                                      {.05, 0, .95, 1},
                                                      {0, 0, 1, .95},
                                                      {0, .05, 1, .95}}};
  return areas;
}

Frequencies frequenciesOf(Fingerprint fingerprint, const PictureArea& area) {
  const auto across = basisOf(area.x, area.width), down = basisOf(area.y, area.height);
  std::array<std::array<float, order>, fingerprintSide> rows{};
  for (std::size_t y = 0; y < fingerprintSide; ++y)
    for (std::size_t u = 0; u < order; ++u) {
      float sum = 0;
      for (std::size_t x = 0; x < fingerprintSide; ++x) sum += across[u][x] * static_cast<float>(fingerprint[y * fingerprintSide + x]);
      rows[y][u] = sum;
    }
  Frequencies out{};
  double length = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto [u, v] = lowest()[i];
    float sum = 0;
    for (std::size_t y = 0; y < fingerprintSide; ++y) sum += down[static_cast<std::size_t>(v)][y] * rows[y][static_cast<std::size_t>(u)];
    out[i] = sum;
    length += static_cast<double>(sum) * sum;
  }
  if (length < 1e-4) return {};  // One colour; what is left is rounding.
  for (auto& f : out) f = static_cast<float>(f / std::sqrt(length));
  return out;
}

}  // namespace patchbay::vision
