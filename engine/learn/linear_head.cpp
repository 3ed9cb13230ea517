// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/linear_head.h"

#include <algorithm>
#include <cmath>

namespace patchbay::learn {

void Standardiser::apply(MutableMatrixView x) const {
  assert(x.cols() == mean.size());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const auto row = x.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = (row[j] - mean[j]) * scale[j];
  }
}

Matrix Standardiser::applied(MatrixView x) const {
  Matrix out{x};
  apply(out.view());
  return out;
}

Result<Standardiser> fitStandardiser(MatrixView x) {
  if (x.empty()) {
    return fail(ErrorKind::BadInput, "learn.no_rows", TR("learn", "There are no items to learn from."),
                TR("learn", "Connect a data set that holds pictures in its training part."));
  }
  PB_CHECK(requireFinite(x));
  const double n = static_cast<double>(x.rows());
  std::vector<double> sum(x.cols()), square(x.cols());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const auto row = x.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) sum[j] += row[j];
  }
  for (auto& s : sum) s /= n;
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const auto row = x.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) square[j] += (row[j] - sum[j]) * (row[j] - sum[j]);
  }
  Standardiser out{std::vector<float>(x.cols()), std::vector<float>(x.cols())};
  for (std::size_t j = 0; j < x.cols(); ++j) {
    const double deviation = std::sqrt(square[j] / n);
    out.mean[j] = static_cast<float>(sum[j]);
    // A spread within the rounding of the values is none: dividing by it would turn rounding into a feature.
    const bool constant = deviation <= 1e-6 * std::abs(sum[j]) || deviation < 1e-30;
    out.scale[j] = constant ? 1.0f : static_cast<float>(1 / deviation);
  }
  return out;
}

void normaliseRows(MutableMatrixView x) {
  for (std::size_t i = 0; i < x.rows(); ++i) {
    double square = 0;
    for (const float v : x.row(i)) square += static_cast<double>(v) * v;
    if (square <= 0) continue;
    const float scale = static_cast<float>(1 / std::sqrt(square));
    for (float& v : x.row(i)) v *= scale;
  }
}

Matrix LinearHead::scores(MatrixView x) const {
  Matrix z = multiplyTransposed(x, weights);
  for (std::size_t i = 0; i < z.rows(); ++i) {
    for (std::size_t c = 0; c < z.cols(); ++c) z(i, c) += bias[c];
  }
  return z;
}

Matrix LinearHead::probabilities(MatrixView x, double temperature) const {
  const Matrix z = scores(x);
  if (outputs() != 1) return softmaxRows(z, temperature);
  Matrix p{z.rows(), 2};
  for (std::size_t i = 0; i < z.rows(); ++i) {
    const double e = std::exp(-std::abs(z(i, 0)) / temperature);
    const auto likely = static_cast<float>(1 / (1 + e)), unlikely = static_cast<float>(e / (1 + e));
    p(i, 1) = z(i, 0) >= 0 ? likely : unlikely;
    p(i, 0) = z(i, 0) >= 0 ? unlikely : likely;
  }
  return p;
}

LinearHead LinearHead::folded(const Standardiser& s) const {
  LinearHead out = *this;
  for (std::size_t c = 0; c < outputs(); ++c) {
    double shift = bias[c];
    for (std::size_t j = 0; j < features(); ++j) {
      const double w = static_cast<double>(weights(c, j)) * s.scale[j];
      out.weights(c, j) = static_cast<float>(w);
      shift -= w * s.mean[j];
    }
    out.bias[c] = static_cast<float>(shift);
  }
  return out;
}

LinearHead LinearHead::softmaxForm() const {
  if (outputs() != 1) return *this;
  LinearHead out{Matrix{2, features()}, {-bias[0] / 2, bias[0] / 2}};
  for (std::size_t j = 0; j < features(); ++j) {
    out.weights(0, j) = -weights(0, j) / 2;
    out.weights(1, j) = weights(0, j) / 2;
  }
  return out;
}

std::vector<std::int32_t> argmaxRows(MatrixView x) {
  std::vector<std::int32_t> out(x.rows());
  for (std::size_t i = 0; i < x.rows(); ++i) out[i] = static_cast<std::int32_t>(std::ranges::max_element(x.row(i)) - x.row(i).begin());
  return out;
}

Matrix softmaxRows(MatrixView scores, double temperature) {
  Matrix p{scores.rows(), scores.cols()};
  for (std::size_t i = 0; i < scores.rows(); ++i) {
    const auto z = scores.row(i);
    const double peak = *std::ranges::max_element(z);
    double sum = 0;
    for (const float v : z) sum += std::exp((v - peak) / temperature);
    for (std::size_t c = 0; c < z.size(); ++c) p(i, c) = static_cast<float>(std::exp((z[c] - peak) / temperature) / sum);
  }
  return p;
}

Matrix sigmoidOf(MatrixView scores) {
  Matrix out(scores.rows(), scores.cols());
  for (std::size_t i = 0; i < scores.rows(); ++i)
    for (std::size_t c = 0; c < scores.cols(); ++c) {
      const double e = std::exp(-std::abs(static_cast<double>(scores(i, c))));  // Never overflows.
      out(i, c) = static_cast<float>((scores(i, c) >= 0 ? 1 : e) / (1 + e));
    }
  return out;
}

}  // namespace patchbay::learn
