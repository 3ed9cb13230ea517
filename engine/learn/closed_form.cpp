// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/closed_form.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/learn/aligned.h"

namespace patchbay::learn {
namespace {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Result<std::vector<std::size_t>> checkLabels(MatrixView x, std::span<const std::int32_t> labels, int classes) {
  if (x.empty() || labels.size() != x.rows()) {
    return fail(ErrorKind::BadInput, x.empty() ? "learn.no_rows" : "learn.size_mismatch",
                TR("learn", "{rows} rows of features came with {labels} labels.")
                    .with("rows", static_cast<std::int64_t>(x.rows()))
                    .with("labels", static_cast<std::int64_t>(labels.size())),
                TR("learn", "Features and labels must come from the same data set, with at least one item."));
  }
  std::vector<std::size_t> counts(static_cast<std::size_t>(std::max(classes, 0)));
  for (const auto label : labels) {
    if (label < 0 || label >= classes) {
      return fail(ErrorKind::BadInput, "learn.label_range",
                  TR("learn", "A label is {label}, outside 0 to {last}.")
                      .with("label", static_cast<std::int64_t>(label))
                      .with("last", static_cast<std::int64_t>(classes) - 1),
                  TR("learn", "Leave unlabelled items out of training."));
    }
    ++counts[static_cast<std::size_t>(label)];
  }
  PB_CHECK(requireFinite(x));
  return counts;
}

Result<> needTwo(const std::vector<std::size_t>& counts) {
  if (std::ranges::count_if(counts, [](auto n) { return n > 0; }) >= 2) return {};
  return fail(ErrorKind::BadInput, "learn.one_class",
              TR("learn", "All training items are of one class, so there is nothing to tell apart."),
              TR("learn", "Label pictures of at least one other class, or check the split."));
}

std::vector<double> columnMeans(MatrixView x) {
  std::vector<double> mean(x.cols());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    for (std::size_t j = 0; j < x.cols(); ++j) mean[j] += x(i, j);
  }
  for (auto& m : mean) m /= static_cast<double>(x.rows());
  return mean;
}

// g (a.cols() x b.cols()) = a^T b on the kernels' backward loop.
RowMajor transposedProduct(MatrixView a, MatrixView b, bool symmetric = false) {
  const std::size_t stride = paddedTo16(b.cols());
  AlignedFloats g{a.cols() * stride};
  constexpr std::size_t kBlock = 48, kTile = 64;
  for (std::size_t i = 0; i < a.rows(); i += kBlock) {
    const std::size_t count = std::min(kBlock, a.rows() - i);
    for (std::size_t c = 0; c < a.cols(); c += kTile) {
      const std::size_t from = symmetric ? c : 0;  // Only on and above the diagonal tile.
      kernels().backward(b.data() + i * b.stride() + from, b.stride(), count, b.cols() - from, a.data() + i * a.stride() + c, a.stride(),
                         std::min(kTile, a.cols() - c), g.data() + c * stride + from, stride);
    }
  }
  RowMajor out(static_cast<Eigen::Index>(a.cols()), static_cast<Eigen::Index>(b.cols()));
  for (std::size_t i = 0; i < a.cols(); ++i) {
    for (std::size_t j = 0; j < b.cols(); ++j) {
      const bool mirrored = symmetric && j / kTile < i / kTile;
      out(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = mirrored ? g[j * stride + i] : g[i * stride + j];
    }
  }
  return out;
}

Matrix centred(MatrixView x, const std::vector<double>& mean) {
  Matrix out{x};
  for (std::size_t i = 0; i < x.rows(); ++i) {
    for (std::size_t j = 0; j < x.cols(); ++j) out(i, j) = static_cast<float>(x(i, j) - mean[j]);
  }
  return out;
}

LinearHead headFrom(const RowMajor& weights, const std::vector<double>& mean, const std::vector<double>& offset) {
  LinearHead head{Matrix{static_cast<std::size_t>(weights.rows()), static_cast<std::size_t>(weights.cols())},
                  std::vector<float>(static_cast<std::size_t>(weights.rows()))};
  std::copy(weights.data(), weights.data() + weights.size(), head.weights.data());
  for (std::size_t c = 0; c < head.outputs(); ++c) {
    double b = offset[c];
    for (std::size_t j = 0; j < mean.size(); ++j) b -= head.weights(c, j) * mean[j];
    head.bias[c] = static_cast<float>(b);
  }
  return head;
}

}  // namespace

Result<LinearHead> fitRidge(MatrixView x, std::span<const std::int32_t> labels, int classes, double alpha) {
  PB_TRY(const auto counts, checkLabels(x, labels, classes));
  PB_CHECK(needTwo(counts));
  if (!(alpha > 0) || !std::isfinite(alpha)) {
    return fail(ErrorKind::Usage, "learn.bad_option", TR("learn", "The ridge penalty must be greater than 0."), TR("learn", "1 is usual."));
  }
  const auto mean = columnMeans(x);
  const Matrix z = centred(x, mean);
  Matrix t{x.rows(), static_cast<std::size_t>(classes)};
  std::vector<double> offset(static_cast<std::size_t>(classes));
  for (std::size_t c = 0; c < offset.size(); ++c) {
    offset[c] = 2 * static_cast<double>(counts[c]) / static_cast<double>(x.rows()) - 1;
    for (std::size_t i = 0; i < x.rows(); ++i)
      t(i, c) = static_cast<float>((labels[i] == static_cast<std::int32_t>(c) ? 1 : -1) - offset[c]);
  }
  RowMajor weights;
  if (x.rows() >= x.cols()) {
    RowMajor gram = transposedProduct(z, z, true);
    gram.diagonal().array() += static_cast<float>(alpha);
    weights = gram.llt().solve(transposedProduct(z, t)).transpose();
  } else {  // W = Z^T (Z Z^T + alpha I)^-1 T, the smaller system.
    Matrix product = multiplyTransposed(z, z);
    Eigen::Map<RowMajor> gram{product.data(), static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(x.rows())};
    gram.diagonal().array() += static_cast<float>(alpha);
    const RowMajor dual = gram.llt().solve(Eigen::Map<const RowMajor>{t.data(), static_cast<Eigen::Index>(t.rows()), classes});
    const Matrix dualRows{t.rows(), t.cols(), std::vector<float>(dual.data(), dual.data() + dual.size())};
    weights = transposedProduct(dualRows, z);
  }
  return headFrom(weights, mean, offset);
}

namespace {

/// Ledoit and Wolf (2004), "A well-conditioned estimator for large-dimensional covariance matrices", for centred rows.
double ledoitWolf(const Matrix& z, const RowMajor& s) {
  const auto d = static_cast<double>(z.cols()), n = static_cast<double>(z.rows());
  const double trace = s.diagonal().cast<double>().sum(), square = s.cast<double>().squaredNorm();
  const double distance = square / d - (trace / d) * (trace / d);
  double fourth = 0;
  for (std::size_t i = 0; i < z.rows(); ++i) {
    double length = 0;
    for (const float v : z.row(i)) length += static_cast<double>(v) * v;
    fourth += length * length;
  }
  const double noise = std::min((fourth / n - square) / (n * d), distance);
  return distance > 0 ? std::clamp(noise / distance, 0.0, 1.0) : 0;
}

}  // namespace

Result<LdaResult> fitLda(MatrixView x, std::span<const std::int32_t> labels, int classes, double shrinkage) {
  PB_TRY(const auto counts, checkLabels(x, labels, classes));
  PB_CHECK(needTwo(counts));
  if (!(shrinkage <= 1)) {
    return fail(ErrorKind::Usage, "learn.bad_option", TR("learn", "Shrinkage must be between 0 and 1."),
                TR("learn", "Leave it empty to estimate it."));
  }
  const std::size_t k = counts.size(), d = x.cols();
  std::vector<double> means(k * d);
  for (std::size_t i = 0; i < x.rows(); ++i) {
    for (std::size_t j = 0; j < d; ++j) means[static_cast<std::size_t>(labels[i]) * d + j] += x(i, j);
  }
  for (std::size_t c = 0; c < k; ++c) {
    for (std::size_t j = 0; counts[c] && j < d; ++j) means[c * d + j] /= static_cast<double>(counts[c]);
  }
  Matrix z{x};
  for (std::size_t i = 0; i < x.rows(); ++i) {
    for (std::size_t j = 0; j < d; ++j) z(i, j) = static_cast<float>(x(i, j) - means[static_cast<std::size_t>(labels[i]) * d + j]);
  }
  RowMajor s = transposedProduct(z, z, true) / static_cast<float>(x.rows());
  LdaResult out;
  out.shrinkage = shrinkage >= 0 ? shrinkage : ledoitWolf(z, s);
  const double identity = out.shrinkage * s.diagonal().cast<double>().sum() / static_cast<double>(d);
  s *= static_cast<float>(1 - out.shrinkage);
  // Constant features would make an unshrunk covariance singular.
  s.diagonal().array() += static_cast<float>(identity + 1e-7 * std::max(1e-20, static_cast<double>(s.trace()) / static_cast<double>(d)));
  const auto centre = columnMeans(x);
  RowMajor offsets(static_cast<Eigen::Index>(d), static_cast<Eigen::Index>(k));
  for (std::size_t c = 0; c < k; ++c) {
    for (std::size_t j = 0; j < d; ++j) {
      offsets(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(c)) =
          counts[c] ? static_cast<float>(means[c * d + j] - centre[j]) : 0;
    }
  }
  const RowMajor weights = s.llt().solve(offsets).transpose();
  std::vector<double> prior(k);
  for (std::size_t c = 0; c < k; ++c) {
    const double share = static_cast<double>(counts[c]) / static_cast<double>(x.rows());
    const auto row = static_cast<Eigen::Index>(c);
    prior[c] = (counts[c] ? std::log(share) : -100) - 0.5 * weights.row(row).cast<double>().dot(offsets.col(row).cast<double>());
  }
  out.head = headFrom(weights, centre, prior);
  return out;
}

Result<LinearHead> fitPrototypes(MatrixView x, std::span<const std::int32_t> labels, int classes, double temperature) {
  PB_TRY(const auto counts, checkLabels(x, labels, classes));
  if (!(temperature > 0)) {
    return fail(ErrorKind::Usage, "learn.bad_option", TR("learn", "The temperature must be greater than 0."),
                TR("learn", "0.07 is usual."));
  }
  for (std::size_t c = 0; c < counts.size(); ++c) {
    if (counts[c]) continue;
    return fail(ErrorKind::BadInput, "learn.too_few_items",
                TR("learn", "Class {class} has no training item.").with("class", static_cast<std::int64_t>(c)),
                TR("learn", "Label at least one picture of it, or remove the class."));
  }
  Matrix z{x};
  normaliseRows(z.view());
  LinearHead head{Matrix{counts.size(), x.cols()}, std::vector<float>(counts.size())};
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const auto row = head.weights.row(static_cast<std::size_t>(labels[i]));
    for (std::size_t j = 0; j < x.cols(); ++j) row[j] += z(i, j);
  }
  normaliseRows(head.weights.view());
  for (std::size_t c = 0; c < counts.size(); ++c) {
    for (float& w : head.weights.row(c)) w = static_cast<float>(w / temperature);
  }
  return head;
}

Result<Neighbours> nearestByCosine(MatrixView bank, MatrixView queries, std::size_t k) {
  if (bank.empty() || bank.cols() != queries.cols()) {
    return fail(ErrorKind::BadInput, bank.empty() ? "learn.no_rows" : "learn.size_mismatch",
                TR("learn", "There is nothing of the same kind to compare with."),
                TR("learn", "Both sides need features of the same backbone, with at least one item."));
  }
  PB_CHECK(requireFinite(bank));
  PB_CHECK(requireFinite(queries));
  Matrix b{bank}, q{queries};
  normaliseRows(b.view());
  normaliseRows(q.view());
  Neighbours out;
  out.k = std::min(k, bank.rows());
  std::vector<std::uint32_t> order(bank.rows());
  constexpr std::size_t kBlock = 64;  // Similarities for some queries at a time: memory does not grow with their number.
  for (std::size_t first = 0; first < q.rows(); first += kBlock) {
    const Matrix s = multiplyTransposed(q.view().rowRange(first, std::min(kBlock, q.rows() - first)), b);
    for (std::size_t i = 0; i < s.rows(); ++i) {
      std::iota(order.begin(), order.end(), 0U);
      const auto row = s.row(i);
      const auto nearer = [&](auto l, auto r) { return row[l] != row[r] ? row[l] > row[r] : l < r; };
      std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(out.k), nearer);
      for (std::size_t n = 0; n < out.k; ++n) {
        out.index.push_back(order[n]);
        out.cosine.push_back(row[order[n]]);
      }
    }
  }
  return out;
}

Result<Matrix> knnProbabilities(MatrixView bank, std::span<const std::int32_t> labels, int classes, MatrixView queries,
                                const NeighbourOptions& o) {
  PB_TRY(const auto counts, checkLabels(bank, labels, classes));
  if (o.k < 1 || !(o.temperature > 0)) {
    return fail(ErrorKind::Usage, "learn.bad_option", TR("learn", "The number of neighbours and the temperature must be greater than 0."),
                TR("learn", "20 neighbours and 0.07 are usual."));
  }
  PB_TRY(const auto near, nearestByCosine(bank, queries, static_cast<std::size_t>(o.k)));
  Matrix p{queries.rows(), counts.size()};
  for (std::size_t i = 0; i < p.rows(); ++i) {
    double sum = 0;
    std::vector<double> votes(counts.size());
    for (std::size_t n = i * near.k; n < (i + 1) * near.k; ++n) {
      const double vote = std::exp((near.cosine[n] - near.cosine[i * near.k]) / o.temperature);
      votes[static_cast<std::size_t>(labels[near.index[n]])] += vote;
      sum += vote;
    }
    for (std::size_t c = 0; c < votes.size(); ++c) p(i, c) = static_cast<float>(votes[c] / sum);
  }
  return p;
}

}  // namespace patchbay::learn
