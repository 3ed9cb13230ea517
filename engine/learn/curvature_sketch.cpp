// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/curvature_sketch.h"

#include <Eigen/Cholesky>
#include <Eigen/Dense>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <random>

#include "engine/learn/parallel.h"

namespace patchbay::learn {
namespace {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
constexpr std::size_t kBlockRows = 48;

std::vector<double> weightedSquares(MatrixView x, std::span<const float> weights) {
  std::vector<double> square(x.cols());
  double sum = 0;
  // A sample is enough for a scale; with weights the few heavy rows must be in it.
  const std::size_t every = weights.empty() ? std::max<std::size_t>(1, x.rows() / 512) : 1;
  for (std::size_t i = 0; i < x.rows(); i += every) {
    const double w = weights.empty() ? 1 : weights[i];
    sum += w;
    for (std::size_t j = 0; j < x.cols(); ++j) square[j] += w * x(i, j) * x(i, j);
  }
  for (auto& s : square) s /= sum;
  return square;
}

// (X'SX) * probes, both rank x stride.
AlignedFloats throughGram(MatrixView x, std::span<const float> weights, const AlignedFloats& probes, std::size_t rank, std::size_t stride,
                          int threads) {
  const std::size_t zStride = paddedTo16(rank), lanes = static_cast<std::size_t>(std::max(threads, 1));
  std::vector<AlignedFloats> sums;
  for (std::size_t t = 0; t < lanes; ++t) sums.emplace_back(rank * stride);
  parallelFor(threads, lanes, [&](std::size_t t) {
    AlignedFloats z{kBlockRows * zStride};
    const std::size_t begin = x.rows() * t / lanes, end = x.rows() * (t + 1) / lanes;
    for (std::size_t first = begin; first < end; first += kBlockRows) {
      const std::size_t count = std::min(kBlockRows, end - first);
      const float* rows = x.data() + first * x.stride();
      kernels().forward(rows, x.stride(), count, x.cols(), probes.data(), stride, rank, z.data(), zStride);
      for (std::size_t r = 0; !weights.empty() && r < count; ++r)
        for (std::size_t i = 0; i < rank; ++i) z[r * zStride + i] *= weights[first + r];
      kernels().backward(rows, x.stride(), count, x.cols(), z.data(), zStride, rank, sums[t].data(), stride);
    }
  });
  double mass = weights.empty() ? static_cast<double>(x.rows()) : 0;
  for (const float w : weights) mass += w;
  const auto scale = static_cast<float>(1 / mass);
  AlignedFloats out{rank * stride};
  for (const auto& sum : sums)  // In this order always: sums do not depend on which thread was faster.
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += scale * sum[i];
  return out;
}

}  // namespace

CurvatureSketch CurvatureSketch::of(MatrixView x, std::span<const float> weights, int threads, std::size_t rank) {
  CurvatureSketch s;
  s.features_ = x.cols();
  s.stride_ = paddedTo16(x.cols());
  rank = std::min(rank, x.cols());
  s.diagonal_ = weightedSquares(x, weights);
  std::vector<float> scale;
  for (const double d : s.diagonal_) scale.push_back(d > 0 ? static_cast<float>(1 / std::sqrt(d)) : 0.F);
  std::mt19937_64 random{20220801};
  std::normal_distribution<float> normal;
  AlignedFloats probes{rank * s.stride_}, scaled{rank * s.stride_};
  for (std::size_t r = 0; r < rank; ++r)
    for (std::size_t j = 0; j < s.features_; ++j) {
      probes[r * s.stride_ + j] = normal(random);
      scaled[r * s.stride_ + j] = probes[r * s.stride_ + j] * scale[j];
    }
  AlignedFloats image = throughGram(x, weights, scaled, rank, s.stride_, threads);
  for (std::size_t r = 0; r < rank; ++r)
    for (std::size_t j = 0; j < s.features_; ++j) image[r * s.stride_ + j] *= scale[j];

  const auto n = static_cast<Eigen::Index>(rank), width = static_cast<Eigen::Index>(s.stride_);
  const Eigen::Map<const RowMajor> omega{probes.data(), n, width};
  RowMajor y = Eigen::Map<const RowMajor>{image.data(), n, width};
  const float shift = 1e-6F * y.norm() / std::sqrt(static_cast<float>(n));  // Keeps the small Cholesky positive in float32.
  y += shift * omega;
  const RowMajor core = y * omega.transpose();
  const Eigen::LLT<RowMajor> factor{RowMajor{0.5F * (core + core.transpose())}};
  RowMajor b = y;                                 // B' = L^-1 Y', so that B B' is the Nystroem approximation.
  if (factor.info() != Eigen::Success) return s;  // No direction stands out; solve() is then diagonal.
  factor.matrixL().solveInPlace(b);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen{(b * b.transpose()).cast<double>()};
  const double biggest = eigen.eigenvalues()[n - 1];
  std::vector<Eigen::Index> kept;
  double sum = 0;
  for (Eigen::Index i = n; i-- > 0;)
    if (eigen.eigenvalues()[i] > 1e-6 * biggest) kept.push_back(i);
  s.directions_ = AlignedFloats{kept.size() * s.stride_};
  for (std::size_t r = 0; r < kept.size(); ++r) {
    const double value = eigen.eigenvalues()[kept[r]];
    const Eigen::VectorXf v = (eigen.eigenvectors().col(kept[r]) / std::sqrt(value)).cast<float>();
    Eigen::Map<Eigen::RowVectorXf>{s.directions_.data() + r * s.stride_, width} = v.transpose() * b;
    s.values_.push_back(std::max(0.0, value - shift));
    sum += s.values_.back();
  }
  // The trace of a correlation matrix is its size: what the directions leave is spread over the others.
  const auto others = static_cast<double>(s.features_ - std::min(s.features_, s.values_.size()));
  s.tail_ = others > 0 ? std::clamp((static_cast<double>(s.features_) - sum) / others, 1e-3, 1.0) : 1;
  return s;
}

void CurvatureSketch::solve(std::span<const double> q, std::span<double> out, std::size_t rows, std::span<const double> diagonal,
                            double share) const {
  const double rest = 1 / (1 - share + share * tail_);
  AlignedFloats scaled{rows * stride_}, along{rows * paddedTo16(rank())}, turned{rank() * paddedTo16(rows)}, back{rows * stride_};
  std::vector<double> root(stride_);
  for (std::size_t j = 0; j < stride_; ++j) root[j] = std::sqrt(diagonal[j]);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t j = 0; j < stride_; ++j) scaled[r * stride_ + j] = static_cast<float>(q[r * stride_ + j] * root[j]);
  if (rank() > 0) {
    kernels().forward(scaled.data(), stride_, rows, stride_, directions_.data(), stride_, rank(), along.data(), paddedTo16(rank()));
    for (std::size_t i = 0; i < rank(); ++i) {
      const auto gain = static_cast<float>(1 / (1 - share + share * values_[i]) - rest);
      for (std::size_t r = 0; r < rows; ++r) turned[i * paddedTo16(rows) + r] = gain * along[r * paddedTo16(rank()) + i];
    }
    kernels().backward(directions_.data(), stride_, rank(), stride_, turned.data(), paddedTo16(rows), rows, back.data(), stride_);
  }
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t j = 0; j < stride_; ++j)
      out[r * stride_ + j] = root[j] * (back[r * stride_ + j] + rest * static_cast<double>(scaled[r * stride_ + j]));
}

}  // namespace patchbay::learn
