// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/k_means.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "engine/learn/parallel.h"

namespace patchbay::learn {
namespace {

constexpr std::size_t projectedColumns = 64, blockRows = 256;
constexpr double wholeBudget = 3e9;  ///< Multiply-adds that the rounds on all columns may take together.
constexpr int mostWholeRounds = 5;

/// Rows on a few random directions; distances change by little (Achlioptas 2003: signs alone will do).
Matrix projected(MatrixView x, std::uint64_t seed, int threads) {
  std::mt19937_64 random{seed ^ 0x9E3779B97F4A7C15ULL};
  Matrix directions{projectedColumns, x.cols()};
  const float scale = 1 / std::sqrt(static_cast<float>(projectedColumns));
  for (std::size_t i = 0; i < projectedColumns * x.cols();) {
    auto bits = random();
    for (int b = 0; b < 64 && i < projectedColumns * x.cols(); ++b, bits >>= 1) directions.data()[i++] = bits & 1 ? scale : -scale;
  }
  Matrix out{x.rows(), projectedColumns};
  parallelFor(threads, (x.rows() + blockRows - 1) / blockRows, [&](std::size_t block) {
    const auto first = block * blockRows, count = std::min(blockRows, x.rows() - first);
    const auto part = multiplyTransposed(x.rowRange(first, count), directions);
    std::copy_n(part.data(), count * projectedColumns, out.row(first).data());
  });
  return out;
}

float squaredDistance(std::span<const float> a, std::span<const float> b) {
  float sum = 0;
  for (std::size_t j = 0; j < a.size(); ++j) sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sum;
}

/// Rows far from all chosen so far are the likeliest next.
std::vector<std::size_t> firstCentres(MatrixView x, std::size_t clusters, std::mt19937_64& random, int threads) {
  std::vector<std::size_t> chosen{random() % x.rows()};
  std::vector<float> nearest(x.rows(), std::numeric_limits<float>::infinity());
  while (chosen.size() < clusters) {
    const auto last = x.row(chosen.back());
    parallelFor(threads, (x.rows() + blockRows - 1) / blockRows, [&](std::size_t block) {
      const auto end = std::min(x.rows(), (block + 1) * blockRows);
      for (auto i = block * blockRows; i < end; ++i) nearest[i] = std::min(nearest[i], squaredDistance(x.row(i), last));
    });
    nearest[chosen.back()] = 0;
    double total = 0;
    for (const float d : nearest) total += d;
    // All rows that are left equal chosen ones: any will do, each once.
    double at = static_cast<double>(random() >> 11) * 0x1p-53 * total;
    std::size_t pick = x.rows();
    for (std::size_t i = 0; i < x.rows(); ++i) {
      if (nearest[i] <= 0 || total <= 0) continue;
      pick = i;
      at -= nearest[i];
      if (at <= 0) break;
    }
    if (pick == x.rows())
      for (pick = 0; std::ranges::find(chosen, pick) != chosen.end();) ++pick;
    chosen.push_back(pick);
  }
  return chosen;
}

/// Whether any row moved to another centre.
bool assign(MatrixView x, const Matrix& centres, KMeans& out, int threads) {
  std::vector<float> length(centres.rows());
  for (std::size_t c = 0; c < centres.rows(); ++c)
    for (const float v : centres.row(c)) length[c] += v * v;
  std::atomic<bool> moved{false};
  parallelFor(threads, (x.rows() + blockRows - 1) / blockRows, [&](std::size_t block) {
    const auto first = block * blockRows, count = std::min(blockRows, x.rows() - first);
    const auto products = multiplyTransposed(x.rowRange(first, count), centres);
    for (std::size_t i = 0; i < count; ++i) {
      const auto row = products.row(i);
      std::size_t best = 0;
      for (std::size_t c = 1; c < centres.rows(); ++c)
        if (length[c] - 2 * row[c] < length[best] - 2 * row[best]) best = c;
      float own = 0;
      for (const float v : x.row(first + i)) own += v * v;
      out.distance[first + i] = std::max(0.0f, own + length[best] - 2 * row[best]);
      if (out.cluster[first + i] == best) continue;
      out.cluster[first + i] = static_cast<std::uint32_t>(best);
      moved = true;
    }
  });
  return moved;
}

/// The means of the clusters. One that lost all its rows takes the row that fits its own worst.
Matrix means(MatrixView x, std::size_t clusters, KMeans& now) {
  std::vector<std::size_t> count(clusters);
  for (const auto c : now.cluster) ++count[c];
  for (std::size_t c = 0; c < clusters; ++c) {
    if (count[c] > 0) continue;
    std::size_t worst = x.rows();
    for (std::size_t i = 0; i < x.rows(); ++i)
      if (count[now.cluster[i]] > 1 && (worst == x.rows() || now.distance[i] > now.distance[worst])) worst = i;
    --count[now.cluster[worst]];
    now.cluster[worst] = static_cast<std::uint32_t>(c);
    now.distance[worst] = 0;
    count[c] = 1;
  }
  Matrix out{clusters, x.cols()};
  for (std::size_t i = 0; i < x.rows(); ++i) {
    auto sum = out.row(now.cluster[i]);
    const auto row = x.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) sum[j] += row[j];
  }
  for (std::size_t c = 0; c < clusters; ++c)
    for (auto& v : out.row(c)) v /= static_cast<float>(count[c]);
  return out;
}

Result<> goOn(const StopFlag* stop) {
  if (!stop || !stop->requested()) return {};
  return fail(ErrorKind::Cancelled, "learn.cancelled", TR("learn", "Stopped."), TR("learn", "Start again when you want the result."));
}

}  // namespace

Result<KMeans> kMeans(MatrixView x, const KMeansOptions& o) {
  if (x.empty())
    return fail(ErrorKind::BadInput, "learn.no_rows", TR("learn", "There is nothing to group."), TR("learn", "Give at least one picture."));
  PB_CHECK(requireFinite(x));
  const auto clusters = std::clamp<std::size_t>(o.clusters, 1, x.rows());
  KMeans out{{}, std::vector<std::uint32_t>(x.rows()), std::vector<float>(x.rows())};
  std::mt19937_64 random{o.seed};
  const bool reduce = x.cols() > 2 * projectedColumns && clusters > 1;
  const Matrix small = reduce ? projected(x, o.seed, o.threads) : Matrix{};
  const MatrixView space = reduce ? small.view() : x;
  out.centres = selectRows(space, firstCentres(space, clusters, random, o.threads));
  for (int i = 0; i < o.iterations; ++i) {
    PB_CHECK(goOn(o.stop));
    const bool moved = assign(space, out.centres, out, o.threads);
    if (!moved && i > 0) break;
    out.centres = means(space, clusters, out);
  }
  const double round = static_cast<double>(x.rows()) * static_cast<double>(clusters) * static_cast<double>(x.cols());
  const int rounds = reduce ? std::clamp(static_cast<int>(wholeBudget / round), 1, mostWholeRounds) : 0;
  if (reduce) out.centres = means(x, clusters, out);
  for (int i = 0; i < rounds; ++i) {
    PB_CHECK(goOn(o.stop));
    if (!assign(x, out.centres, out, o.threads)) break;
    out.centres = means(x, clusters, out);
  }
  // Distances are those to the centres that are given.
  parallelFor(o.threads, (x.rows() + blockRows - 1) / blockRows, [&](std::size_t block) {
    const auto end = std::min(x.rows(), (block + 1) * blockRows);
    for (auto i = block * blockRows; i < end; ++i) out.distance[i] = squaredDistance(x.row(i), out.centres.row(out.cluster[i]));
  });
  return out;
}

}  // namespace patchbay::learn
