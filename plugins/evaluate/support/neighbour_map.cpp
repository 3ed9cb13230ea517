// SPDX-License-Identifier: Apache-2.0
#include "plugins/evaluate/support/neighbour_map.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/learn/parallel.h"

namespace patchbay::blocks {
namespace {

constexpr std::size_t directions = 50, oversample = 10, block = 256;
constexpr int powerSteps = 2, negatives = 5;
// 1 / (1 + a d^2b) fitted to a curve that is 1 up to .1 and falls with width 1 from there, as in the paper.
constexpr float curveA = 1.576943F, curveB = 0.8950609F;

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Steele, Lea and Flood's SplitMix64.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_{seed * 0x9E3779B97F4A7C15u + 0x1234567u} {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  /// In 0..n-1; the bias of at most n / 2^53 is of no matter here.
  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(static_cast<double>(next() >> 11) * 0x1p-53 * static_cast<double>(n));
  }
  float unit() { return static_cast<float>(static_cast<double>(next() >> 11) * 0x1p-53); }

 private:
  std::uint64_t state_;
};

learn::Matrix unitRows(learn::MatrixView x) {
  learn::Matrix out{x};
  for (std::size_t r = 0; r < out.rows(); ++r) {
    double sum = 0;
    for (const float v : out.row(r)) sum += static_cast<double>(v) * v;
    const auto scale = static_cast<float>(sum > 0 ? 1 / std::sqrt(sum) : 0);
    for (float& v : out.row(r)) v *= scale;
  }
  return out;
}

learn::Matrix transposed(const learn::Matrix& x) {
  learn::Matrix out(x.cols(), x.rows());
  for (std::size_t r = 0; r < x.rows(); ++r)
    for (std::size_t c = 0; c < x.cols(); ++c) out(c, r) = x(r, c);
  return out;
}

/// a * b^T on several threads; each thread has rows of its own, so that the sums do not depend on their number.
learn::Matrix product(const learn::Matrix& a, const learn::Matrix& b, int threads) {
  learn::Matrix out(a.rows(), b.rows());
  learn::parallelFor(threads, (a.rows() + block - 1) / block, [&](std::size_t i) {
    const auto first = i * block, count = std::min(block, a.rows() - first);
    const auto part = learn::multiplyTransposed(a.view().rowRange(first, count), b);
    std::copy_n(part.data(), count * b.rows(), out.row(first).data());
  });
  return out;
}

/// Rows of q^T made orthonormal.
void orthonormalise(learn::Matrix& rows) {
  const Eigen::Map<RowMajor> view{rows.data(), static_cast<Eigen::Index>(rows.rows()), static_cast<Eigen::Index>(rows.cols())};
  const Eigen::MatrixXf columns = view.transpose();
  const Eigen::HouseholderQR<Eigen::MatrixXf> qr{columns};
  const Eigen::MatrixXf q = qr.householderQ() * Eigen::MatrixXf::Identity(columns.rows(), columns.cols());
  Eigen::Map<RowMajor>{rows.data(), view.rows(), view.cols()} = q.transpose();
}

/// Scores on the main directions, largest first (randomised range finder of Halko, Martinsson and Tropp 2011).
learn::Matrix mainDirections(learn::Matrix x, std::uint64_t seed, int threads) {
  for (std::size_t c = 0; c < x.cols(); ++c) {
    double sum = 0;
    for (std::size_t r = 0; r < x.rows(); ++r) sum += x(r, c);
    const auto mean = static_cast<float>(sum / static_cast<double>(x.rows()));
    for (std::size_t r = 0; r < x.rows(); ++r) x(r, c) -= mean;
  }
  const auto wanted = std::min({directions, x.rows(), x.cols()}), width = std::min({directions + oversample, x.rows(), x.cols()});
  const auto across = transposed(x);
  Draws draws{seed};
  learn::Matrix basis(width, x.cols());
  for (std::size_t i = 0; i < width * x.cols(); ++i) basis.data()[i] = draws.unit() + draws.unit() + draws.unit() - 1.5F;
  orthonormalise(basis);
  for (int step = 0; step <= powerSteps; ++step) {
    const auto y = product(x, basis, threads);        // [n, width]
    basis = product(transposed(y), across, threads);  // [width, d]
    orthonormalise(basis);
  }
  const auto y = product(x, basis, threads);
  const Eigen::Map<const RowMajor> scores{y.data(), static_cast<Eigen::Index>(y.rows()), static_cast<Eigen::Index>(y.cols())};
  const Eigen::MatrixXd gram = (scores.transpose() * scores).cast<double>();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver{gram};
  learn::Matrix out(x.rows(), wanted);
  const RowMajor turned = scores * solver.eigenvectors().rowwise().reverse().leftCols(static_cast<Eigen::Index>(wanted)).cast<float>();
  std::copy_n(turned.data(), out.rows() * out.cols(), out.data());
  // A direction and its opposite are the same: the largest score decides, so that the picture does not flip.
  for (std::size_t c = 0; c < wanted; ++c) {
    float largest = 0;
    for (std::size_t r = 0; r < out.rows(); ++r)
      if (std::abs(out(r, c)) > std::abs(largest)) largest = out(r, c);
    if (largest < 0)
      for (std::size_t r = 0; r < out.rows(); ++r) out(r, c) = -out(r, c);
  }
  return out;
}

struct Neighbours {
  std::size_t k = 0;
  std::vector<std::uint32_t> index;  ///< n x k, nearest first.
  std::vector<float> distance;
};

Neighbours nearest(const learn::Matrix& x, std::size_t k, int threads) {
  const auto n = x.rows();
  std::vector<float> length(n);
  for (std::size_t i = 0; i < n; ++i) length[i] = std::inner_product(x.row(i).begin(), x.row(i).end(), x.row(i).begin(), 0.F);
  Neighbours out{k, std::vector<std::uint32_t>(n * k), std::vector<float>(n * k)};
  learn::parallelFor(threads, (n + block - 1) / block, [&](std::size_t b) {
    const auto first = b * block, count = std::min(block, n - first);
    const auto dots = learn::multiplyTransposed(x.view().rowRange(first, count), x);
    std::vector<std::pair<float, std::uint32_t>> all(n);
    for (std::size_t r = 0; r < count; ++r) {
      const auto i = first + r;
      for (std::size_t j = 0; j < n; ++j)
        all[j] = {j == i ? std::numeric_limits<float>::max() : std::max(0.F, length[i] + length[j] - 2 * dots(r, j)),
                  static_cast<std::uint32_t>(j)};
      std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(k), all.end());
      for (std::size_t m = 0; m < k; ++m) {
        out.index[i * k + m] = all[m].second;
        out.distance[i * k + m] = std::sqrt(all[m].first);
      }
    }
  });
  return out;
}

/// Weights of a point's links: 1 for the nearest, falling so that they sum to log2(k).
void linkWeights(std::span<const float> distance, std::span<float> weight) {
  const double target = std::log2(static_cast<double>(distance.size()));
  const auto positive = std::ranges::find_if(distance, [](float d) { return d > 0; });  // Copies of a picture lie at 0.
  const float nearestOther = positive == distance.end() ? 0.F : *positive;
  double low = 0, high = std::numeric_limits<double>::infinity(), sigma = 1;
  for (int step = 0; step < 64; ++step) {
    double sum = 0;
    for (const float d : distance) sum += std::exp(-std::max(0.F, d - nearestOther) / sigma);
    if (std::abs(sum - target) < 1e-5) break;
    if (sum > target) {
      high = sigma;
      sigma = (low + high) / 2;
    } else {
      low = sigma;
      sigma = std::isinf(high) ? sigma * 2 : (low + high) / 2;
    }
  }
  const double mean = std::accumulate(distance.begin(), distance.end(), 0.0) / static_cast<double>(distance.size());
  sigma = std::max(sigma, 1e-3 * mean + 1e-12);
  for (std::size_t m = 0; m < distance.size(); ++m)
    weight[m] = static_cast<float>(std::exp(-std::max(0.F, distance[m] - nearestOther) / sigma));
}

struct Edge {
  std::uint32_t from, to;
  float weight;
};

/// Both directions of every link, joined as a or b: a + b - ab.
std::vector<Edge> joined(const Neighbours& near, std::size_t n) {
  std::vector<Edge> edges;
  std::vector<float> weight(near.k);
  for (std::size_t i = 0; i < n; ++i) {
    linkWeights(std::span{near.distance}.subspan(i * near.k, near.k), weight);
    for (std::size_t m = 0; m < near.k; ++m) {
      const auto j = near.index[i * near.k + m];
      edges.push_back(
          {static_cast<std::uint32_t>(std::min<std::size_t>(i, j)), static_cast<std::uint32_t>(std::max<std::size_t>(i, j)), weight[m]});
    }
  }
  std::ranges::stable_sort(edges, {}, [](const Edge& e) { return std::pair{e.from, e.to}; });
  std::vector<Edge> out;
  for (const auto& e : edges) {
    if (!out.empty() && out.back().from == e.from && out.back().to == e.to) out.back().weight += e.weight - out.back().weight * e.weight;
    else out.push_back(e);
  }
  return out;
}

float clipped(float v) { return std::clamp(v, -4.F, 4.F); }

using Points = std::vector<std::array<float, 2>>;

/// Stochastic descent on the cross entropy of the links: each is drawn as often as it is heavy.
bool descend(Points& points, const std::vector<Edge>& edges, int epochs, const MapOptions& options) {
  const float heaviest = std::ranges::max_element(edges, {}, &Edge::weight)->weight;
  std::vector<float> due(edges.size());
  for (std::size_t e = 0; e < edges.size(); ++e) due[e] = heaviest / edges[e].weight;
  Draws draws{options.seed ^ 0xA5A5A5A5u};
  for (int epoch = 0; epoch < epochs; ++epoch) {
    if (epoch % 8 == 0 && options.goOn && !options.goOn(static_cast<double>(epoch) / epochs)) return false;
    const float rate = 1 - static_cast<float>(epoch) / static_cast<float>(epochs);
    for (std::size_t e = 0; e < edges.size(); ++e) {
      if (due[e] > static_cast<float>(epoch + 1)) continue;
      due[e] += heaviest / edges[e].weight;
      auto& a = points[edges[e].from];
      auto& b = points[edges[e].to];
      const float dx = a[0] - b[0], dy = a[1] - b[1], d2 = dx * dx + dy * dy;
      if (d2 > 0) {
        const float p = std::pow(d2, curveB);
        const float pull = -2 * curveA * curveB * (p / d2) / (1 + curveA * p);
        const float mx = clipped(pull * dx) * rate, my = clipped(pull * dy) * rate;
        a[0] += mx;
        a[1] += my;
        b[0] -= mx;
        b[1] -= my;
      }
      // Both ends push strangers away.
      for (int side = 0; side < 2; ++side) {
        auto& mine = side == 0 ? a : b;
        for (int s = 0; s < negatives; ++s) {
          const auto& other = points[draws.below(points.size())];
          const float ox = mine[0] - other[0], oy = mine[1] - other[1], o2 = ox * ox + oy * oy;
          if (o2 <= 0) continue;
          const float push = 2 * curveB / ((0.001F + o2) * (1 + curveA * std::pow(o2, curveB)));
          mine[0] += clipped(push * ox) * rate;
          mine[1] += clipped(push * oy) * rate;
        }
      }
    }
  }
  return true;
}

void centre(Points& points) {
  std::array<float, 2> low{points[0]}, high{points[0]};
  for (const auto& p : points)
    for (std::size_t c = 0; c < 2; ++c) {
      low[c] = std::min(low[c], p[c]);
      high[c] = std::max(high[c], p[c]);
    }
  const float half = std::max({(high[0] - low[0]) / 2, (high[1] - low[1]) / 2, 1e-9F});
  for (auto& p : points)
    for (std::size_t c = 0; c < 2; ++c) p[c] = (p[c] - (low[c] + high[c]) / 2) / half;
}

}  // namespace

Result<Points> neighbourMap(learn::MatrixView rows, const MapOptions& options) {
  PB_CHECK(learn::requireFinite(rows));
  if (rows.rows() < 4)
    return fail(ErrorKind::BadInput, "map.few",
                TR("block", "{n} picture(s) are too few for a map.").count(static_cast<std::int64_t>(rows.rows())),
                TR("block", "Give at least 4."));
  const auto main = mainDirections(unitRows(rows), options.seed, options.threads);
  const auto k = std::min<std::size_t>(static_cast<std::size_t>(std::max(2, options.neighbours)), rows.rows() - 1);
  const auto edges = joined(nearest(main, k, options.threads), rows.rows());
  // The start: the two main directions, ten wide, with a little noise so that equal pictures come apart.
  Points points(rows.rows());
  float widest = 1e-12F;
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t c = 0; c < 2; ++c) widest = std::max(widest, std::abs(c < main.cols() ? main(i, c) : 0.F));
  Draws draws{options.seed + 1};
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t c = 0; c < 2; ++c) points[i][c] = (c < main.cols() ? main(i, c) : 0.F) * 10 / widest + (draws.unit() - 0.5F) * 1e-3F;
  const int epochs = points.size() <= 10'000 ? 400 : 200;
  if (!descend(points, edges, epochs, options))
    return fail(ErrorKind::Cancelled, "map.cancelled", TR("block", "Stopped."), TR("block", "Run again to go on."));
  centre(points);
  return points;
}

MapQuality mapQuality(learn::MatrixView rows, const Points& points, int k, int threads, std::size_t sample) {
  const auto n = points.size(), near = std::min<std::size_t>(static_cast<std::size_t>(k), n - 1);
  const auto x = unitRows(rows);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < std::min(n, sample); ++i) chosen.push_back(i * n / std::min(n, sample));
  std::vector<double> penalty(chosen.size()), kept(chosen.size());
  learn::parallelFor(threads, (chosen.size() + 31) / 32, [&](std::size_t b) {
    const auto first = b * 32, count = std::min<std::size_t>(32, chosen.size() - first);
    const auto dots = learn::multiplyTransposed(learn::selectRows(x, std::span{chosen}.subspan(first, count)), x);
    std::vector<std::pair<float, std::size_t>> onMap(n);
    for (std::size_t r = 0; r < count; ++r) {
      const auto i = chosen[first + r];
      for (std::size_t j = 0; j < n; ++j)
        onMap[j] = {j == i ? std::numeric_limits<float>::max() : std::hypot(points[i][0] - points[j][0], points[i][1] - points[j][1]), j};
      std::partial_sort(onMap.begin(), onMap.begin() + static_cast<std::ptrdiff_t>(near), onMap.end());
      for (std::size_t m = 0; m < near; ++m) {
        const float mine = dots(r, onMap[m].second);
        std::size_t rank = 1;
        for (std::size_t j = 0; j < n; ++j) rank += j != i && dots(r, j) > mine;
        if (rank > near) penalty[first + r] += static_cast<double>(rank - near);
        else kept[first + r] += 1;
      }
    }
  });
  const auto m = static_cast<double>(chosen.size()), kk = static_cast<double>(near), nn = static_cast<double>(n);
  MapQuality out;
  const double worst = m * kk * (2 * nn - 3 * kk - 1) / 2;
  out.trustworthiness = worst > 0 ? std::max(0.0, 1 - std::accumulate(penalty.begin(), penalty.end(), 0.0) / worst) : 1;
  out.neighboursKept = std::accumulate(kept.begin(), kept.end(), 0.0) / (m * kk);
  return out;
}

}  // namespace patchbay::blocks
