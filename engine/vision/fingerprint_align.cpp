// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "engine/vision/fingerprint.h"

namespace patchbay::vision {
namespace {

constexpr double mostScale = 0.25, mostShift = 0.25;  // Of half the side.
constexpr double leastOverlap = 0.6;
constexpr double hopeless = 0.5;  // Correlation at a coarse level below which finer ones are not tried.
// What re-encoding (in grey levels) and a slip of a part of a pixel (as a share of the slope) explain of a difference.
constexpr double codingNoise = 1, slip = 0.25;

/// Grey pixels of one level, and where a position lies among them.
struct Level {
  int side = 0;
  std::vector<float> grey;
  float at(int x, int y) const { return grey[static_cast<std::size_t>(y * side + x)]; }
  double half() const { return side / 2.0; }
};

Level halved(const Level& from) {
  Level out{from.side / 2, std::vector<float>(from.grey.size() / 4)};
  for (int y = 0; y < out.side; ++y)
    for (int x = 0; x < out.side; ++x)
      out.grey[static_cast<std::size_t>(y * out.side + x)] =
          (from.at(2 * x, 2 * y) + from.at(2 * x + 1, 2 * y) + from.at(2 * x, 2 * y + 1) + from.at(2 * x + 1, 2 * y + 1)) / 4;
  return out;
}

/// Blurred by 1 2 1 in both directions: what is left can be read between pixels without error, whatever fell on a pixel's edge.
Level smoothed(const Level& from) {
  Level across{from.side, std::vector<float>(from.grey.size())}, out = across;
  const auto blurred = [](float before, float own, float after) { return (before + 2 * own + after) / 4; };
  const int last = from.side - 1;
  for (int y = 0; y <= last; ++y)
    for (int x = 0; x <= last; ++x)
      across.grey[static_cast<std::size_t>(y * from.side + x)] =
          blurred(from.at(std::max(0, x - 1), y), from.at(x, y), from.at(std::min(last, x + 1), y));
  for (int y = 0; y <= last; ++y)
    for (int x = 0; x <= last; ++x)
      out.grey[static_cast<std::size_t>(y * from.side + x)] =
          blurred(across.at(x, std::max(0, y - 1)), across.at(x, y), across.at(x, std::min(last, y + 1)));
  return out;
}

/// Value and slopes between pixels; nothing outside.
struct Sample {
  double value, dx, dy;
};
std::optional<Sample> sample(const Level& level, double x, double y) {
  if (x < -0.25 || y < -0.25 || x > level.side - 0.75 || y > level.side - 0.75) return std::nullopt;
  const int ix = std::clamp(static_cast<int>(std::floor(x)), 0, level.side - 2),
            iy = std::clamp(static_cast<int>(std::floor(y)), 0, level.side - 2);
  const double fx = std::clamp(x - ix, 0.0, 1.0), fy = std::clamp(y - iy, 0.0, 1.0);
  const double a = level.at(ix, iy), b = level.at(ix + 1, iy), c = level.at(ix, iy + 1), d = level.at(ix + 1, iy + 1);
  const double top = a + (b - a) * fx, bottom = c + (d - c) * fx;
  return Sample{top + (bottom - top) * fy, (b - a) * (1 - fy) + (d - c) * fy, bottom - top};
}

using Map = std::array<double, 4>;  // In units of half the side, so that it is the same on every level.

/// Pairs of values on what both show, as sums.
struct Sums {
  double n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;
  void add(double x, double y) {
    ++n;
    a += x;
    b += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  double varianceA() const { return n > 0 ? std::max(0.0, aa / n - a / n * (a / n)) : 0; }
  double varianceB() const { return n > 0 ? std::max(0.0, bb / n - b / n * (b / n)) : 0; }
  /// As if both had `noise` grey levels in common: 1 when neither has more, like the structure term of SSIM (Wang et al. 2004).
  double correlation(double noise) const {
    if (n == 0) return 0;
    const double common = noise * noise;
    return (ab / n - a / n * (b / n) + common) / std::sqrt((varianceA() + common) * (varianceB() + common));
  }
};

template <class Visit>
void overBoth(const Level& first, const Level& second, const Map& map, const Visit& visit) {
  const double half = first.half();
  for (int y = 0; y < first.side; ++y)
    for (int x = 0; x < first.side; ++x) {
      const double ux = (x + 0.5 - half) / half, uy = (y + 0.5 - half) / half;
      const auto s = sample(second, (map[0] * ux + map[1] + 1) * half - 0.5, (map[2] * uy + map[3] + 1) * half - 0.5);
      if (s) visit(x, y, ux, uy, *s);
    }
}

/// Solves a symmetric positive system in place by Cholesky; false when it is singular.
template <std::size_t N>
bool solve(std::array<std::array<double, N>, N>& m, std::array<double, N>& v) {
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = m[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= m[i][k] * m[j][k];
      if (i != j) m[i][j] = sum / m[j][j];
      else if (sum <= 1e-12) return false;
      else m[i][i] = std::sqrt(sum);
    }
  }
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t k = 0; k < i; ++k) v[i] -= m[i][k] * v[k];
    v[i] /= m[i][i];
  }
  for (std::size_t i = N; i-- > 0;) {
    for (std::size_t k = i + 1; k < N; ++k) v[i] -= m[k][i] * v[k];
    v[i] /= m[i][i];
  }
  return true;
}

/// One Gauss-Newton step on first - (gain * second + offset); the size of the step, or nothing when there is none.
std::optional<double> step(const Level& first, const Level& second, Map& map) {
  Sums sums;
  overBoth(first, second, map, [&](int x, int y, double, double, const Sample& s) { sums.add(first.at(x, y), s.value); });
  if (sums.n < leastOverlap * static_cast<double>(first.grey.size()) || sums.varianceB() < 1e-6) return std::nullopt;
  const double gain = (sums.ab / sums.n - sums.a / sums.n * (sums.b / sums.n)) / sums.varianceB();
  const double offset = sums.a / sums.n - gain * sums.b / sums.n;
  constexpr std::size_t unknowns = 6;
  std::array<std::array<double, unknowns>, unknowns> normal{};
  std::array<double, unknowns> right{};
  const double half = first.half();
  overBoth(first, second, map, [&](int x, int y, double ux, double uy, const Sample& s) {
    const std::array<double, unknowns> slope{
        gain * s.dx * half * ux, gain * s.dx * half, gain * s.dy * half * uy, gain * s.dy * half, s.value, 1};
    const double residual = first.at(x, y) - (gain * s.value + offset);
    for (std::size_t i = 0; i < unknowns; ++i) {
      right[i] += slope[i] * residual;
      for (std::size_t j = 0; j <= i; ++j) normal[i][j] += slope[i] * slope[j];
    }
  });
  for (std::size_t i = 0; i < unknowns; ++i) normal[i][i] *= 1 + 1e-6;
  if (!solve(normal, right)) return std::nullopt;
  double size = 0;
  for (std::size_t i = 0; i < map.size(); ++i) {
    const double centre = i % 2 == 0 ? 1 : 0, most = i % 2 == 0 ? mostScale : mostShift;
    const double next = std::clamp(map[i] + std::clamp(right[i], -0.1, 0.1), centre - most, centre + most);
    size = std::max(size, std::abs(next - map[i]));
    map[i] = next;
  }
  return size;
}

Sums compare(const Level& first, const Level& second, const Map& map) {
  Sums out;
  overBoth(first, second, map, [&](int x, int y, double, double, const Sample& s) { out.add(first.at(x, y), s.value); });
  return out;
}

/// Correlation of what is left without the mean around each pixel. Both means are over the same pixels, those that both show: what
/// one of them has beyond its edge would be a difference that is none.
double detailCorrelation(const Level& first, const Level& second, const Map& map) {
  constexpr int reach = 3;
  const int side = first.side;
  std::vector<double> a(first.grey.size()), b(first.grey.size());
  std::vector<std::uint8_t> both(first.grey.size());
  const auto place = [side](int x, int y) { return static_cast<std::size_t>(y * side + x); };
  overBoth(first, second, map, [&](int x, int y, double, double, const Sample& s) {
    a[place(x, y)] = first.at(x, y);
    b[place(x, y)] = s.value;
    both[place(x, y)] = 1;
  });
  Sums sums;
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      if (!both[place(x, y)]) continue;
      double sumA = 0, sumB = 0, n = 0;
      for (int v = std::max(0, y - reach); v <= std::min(side - 1, y + reach); ++v)
        for (int u = std::max(0, x - reach); u <= std::min(side - 1, x + reach); ++u) {
          const auto at = place(u, v);
          sumA += a[at];
          sumB += b[at];
          n += both[at];
        }
      sums.add(a[place(x, y)] - sumA / n, b[place(x, y)] - sumB / n);
    }
  return sums.correlation(1);
}

/// Root mean square of what is left of the first picture without the second, in blocks of 8 x 8 pixels (every 4), as multiples of what
/// can be explained; of the blocks the 95 % quantile. Pictures of one product correlate by what every piece has; a scratch is a
/// small difference of the whole and a large one where it is.
double differenceOf(const Level& first, const Level& second, const Map& map) {
  const int side = first.side;
  const auto sums = compare(first, second, map);
  if (sums.varianceB() < 1e-6) return 0;
  const double gain = (sums.ab / sums.n - sums.a / sums.n * (sums.b / sums.n)) / sums.varianceB();
  const double offset = sums.a / sums.n - gain * sums.b / sums.n;
  std::vector<double> square(first.grey.size(), -1);
  overBoth(first, second, map, [&](int x, int y, double, double, const Sample& s) {
    const auto slope = [&](int dx, int dy) {
      return (first.at(std::min(side - 1, x + dx), std::min(side - 1, y + dy)) - first.at(std::max(0, x - dx), std::max(0, y - dy))) / 2;
    };
    const double across = slope(1, 0), down = slope(0, 1);
    const double residual = first.at(x, y) - (gain * s.value + offset);
    square[static_cast<std::size_t>(y * side + x)] =
        residual * residual / (codingNoise * codingNoise + slip * slip * (across * across + down * down));
  });
  constexpr int block = 8;
  std::vector<double> blocks;
  for (int top = 0; top + block <= side; top += block / 2)
    for (int left = 0; left + block <= side; left += block / 2) {
      double sum = 0;
      int n = 0;
      for (int y = top; y < top + block; ++y)
        for (int x = left; x < left + block; ++x)
          if (const double v = square[static_cast<std::size_t>(y * side + x)]; v >= 0) {
            sum += v;
            ++n;
          }
      if (n >= block * block / 2) blocks.push_back(std::sqrt(sum / n));
    }
  if (blocks.empty()) return 0;
  const auto at = blocks.begin() + static_cast<std::ptrdiff_t>((blocks.size() - 1) * 95 / 100);
  std::nth_element(blocks.begin(), at, blocks.end());
  return *at;
}

}  // namespace

Alignment align(Fingerprint first, Fingerprint second) {
  constexpr std::size_t levels = 3;
  constexpr std::array<int, levels> steps{12, 8, 6};  // Coarse to fine.
  std::array<Level, levels> a, b;
  a[levels - 1] = {fingerprintSide, {first.begin(), first.end()}};
  b[levels - 1] = {fingerprintSide, {second.begin(), second.end()}};
  for (std::size_t l = levels - 1; l-- > 0;) {
    a[l] = halved(a[l + 1]);
    b[l] = halved(b[l + 1]);
  }
  a[levels - 1] = smoothed(a[levels - 1]);
  b[levels - 1] = smoothed(b[levels - 1]);
  const auto descend = [&](std::size_t l, Map& map) {
    for (int i = 0; i < steps[l]; ++i)
      if (const auto moved = step(a[l], b[l], map); !moved || *moved < 1e-3) break;
    return compare(a[l], b[l], map);
  };
  // The first may show less than the second, or more: the way down may lead past the place from elsewhere.
  Alignment out;
  Sums now;
  for (const double scale : {1.0, 0.93, 1.07}) {
    Map map{scale, 0, scale, 0};
    const auto sums = descend(0, map);
    if (now.n > 0 && sums.correlation(2) <= now.correlation(2)) continue;
    now = sums;
    out.map = map;
  }
  for (std::size_t l = 0; l < levels; ++l) {
    if (l > 0) now = descend(l, out.map);
    out.whole = now.correlation(2);
    out.overlap = now.n / static_cast<double>(a[l].grey.size());
    if (out.whole < hopeless) return out;
  }
  out.difference = differenceOf(a[levels - 1], b[levels - 1], out.map);
  out.detail = detailCorrelation(a[levels - 1], b[levels - 1], out.map);
  return out;
}

}  // namespace patchbay::vision
