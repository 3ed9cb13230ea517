// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/familiarity.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "engine/base/half.h"
#include "engine/learn/parallel.h"
#include "engine/net/weights.h"

namespace patchbay::blocks {
namespace {

using Dense = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
constexpr std::size_t mostColumns = 4096, block = 256;

/// Rows of length 1 as they will be read again: rounded to binary16.
learn::Matrix unitRows(learn::MatrixView x) {
  learn::Matrix out(x.rows(), x.cols());
  for (std::size_t r = 0; r < x.rows(); ++r) {
    double sum = 0;
    for (const float v : x.row(r)) sum += static_cast<double>(v) * v;
    const auto scale = static_cast<float>(sum > 0 ? 1 / std::sqrt(sum) : 0);
    for (std::size_t c = 0; c < x.cols(); ++c) out(r, c) = fromHalf(toHalf(x(r, c) * scale));
  }
  return out;
}

/// Share of the identity in the covariance that is best in the mean square (Ledoit and Wolf 2004, "A well-conditioned estimator").
double shrinkage(const Dense& centred, const Dense& covariance) {
  const auto n = static_cast<double>(centred.rows()), d = static_cast<double>(centred.cols());
  const double mu = covariance.trace() / d;
  const double spread = covariance.squaredNorm() - d * mu * mu;  // ||S - mu I||^2
  double noise = 0;                                              // sum of ||x x^T - S||^2 / n^2
  const Dense projected = centred * covariance;
  for (Eigen::Index i = 0; i < centred.rows(); ++i) {
    const double length = centred.row(i).squaredNorm();
    noise += length * length - 2 * projected.row(i).dot(centred.row(i)) + covariance.squaredNorm();
  }
  noise /= n * n;
  return spread <= 0 ? 1 : std::clamp(noise / spread, 1e-3, 1.0);
}

tl::unexpected<Error> broken() {
  return fail(ErrorKind::Corrupt, "unlike.reference", TR("block", "What was stored about the training pictures cannot be read."),
              TR("block", "Run the block \"Unlike your data\" again."));
}

}  // namespace

Result<Familiarity> Familiarity::fit(learn::MatrixView train, Method method, int k, int threads) {
  PB_CHECK(learn::requireFinite(train));
  if (train.rows() < 2 * (static_cast<std::size_t>(k) + 1))
    return fail(
        ErrorKind::BadInput, "unlike.few",
        TR("block", "{n} training picture(s) are too few to say what is unlike them.").count(static_cast<std::int64_t>(train.rows())),
        TR("block", "Give more pictures, or look at fewer neighbours."), "k");
  Familiarity out;
  out.method_ = method;
  out.k_ = static_cast<std::size_t>(std::max(1, k));
  if (method == Method::Nearest) {
    out.rows_ = unitRows(train);
    return out;
  }
  if (train.cols() > mostColumns)
    return fail(ErrorKind::Unsupported, "unlike.wide", TR("block", "The features are too many for this method."),
                TR("block", "Choose the nearest pictures instead."), "method");
  Eigen::setNbThreads(std::max(1, threads));
  const auto n = static_cast<Eigen::Index>(train.rows()), d = static_cast<Eigen::Index>(train.cols());
  Dense x(n, d);
  for (Eigen::Index r = 0; r < n; ++r)
    for (Eigen::Index c = 0; c < d; ++c) x(r, c) = train(static_cast<std::size_t>(r), static_cast<std::size_t>(c));
  const Eigen::RowVectorXd mean = x.colwise().mean();
  x.rowwise() -= mean;
  Dense covariance = x.transpose() * x / static_cast<double>(n);
  const double share = shrinkage(x, covariance);
  const double mu = std::max(covariance.trace() / static_cast<double>(d), 1e-12);
  covariance *= 1 - share;
  covariance.diagonal().array() += share * mu;
  const Eigen::LLT<Dense> llt{covariance};
  if (llt.info() != Eigen::Success)
    return fail(ErrorKind::BadInput, "unlike.singular", TR("block", "The features of the training pictures do not differ enough."),
                TR("block", "Choose the nearest pictures instead."), "method");
  const Dense inverse = llt.matrixL().solve(Dense::Identity(d, d));
  out.factor_ = learn::Matrix(train.cols(), train.cols());
  for (Eigen::Index r = 0; r < d; ++r)
    for (Eigen::Index c = 0; c < d; ++c)
      out.factor_(static_cast<std::size_t>(r), static_cast<std::size_t>(c)) = static_cast<float>(inverse(r, c));
  for (const double v : mean) out.mean_.push_back(static_cast<float>(v));
  return out;
}

/// Mean distance to the k nearest, of which `skip` are left out (the row itself).
static double nearestScore(std::span<const float> similarity, std::size_t k, std::size_t skip) {
  std::vector<float> best(std::min(k + skip, similarity.size()));
  std::partial_sort_copy(similarity.begin(), similarity.end(), best.begin(), best.end(), std::greater{});
  double sum = 0;
  for (std::size_t i = skip; i < best.size(); ++i) sum += 1 - static_cast<double>(best[i]);
  return best.size() > skip ? std::max(0.0, sum / static_cast<double>(best.size() - skip)) : 0;
}

std::vector<double> Familiarity::scores(learn::MatrixView features, int threads) const {
  std::vector<double> out(features.rows());
  if (method_ == Method::Nearest) {
    const auto unit = unitRows(features);
    learn::parallelFor(threads, (features.rows() + block - 1) / block, [&](std::size_t b) {
      const auto first = b * block, count = std::min(block, features.rows() - first);
      const auto similar = learn::multiplyTransposed(unit.view().rowRange(first, count), rows_);
      for (std::size_t r = 0; r < count; ++r) out[first + r] = nearestScore(similar.row(r), k_, 0);
    });
    return out;
  }
  learn::Matrix centred{features};
  for (std::size_t r = 0; r < centred.rows(); ++r)
    for (std::size_t c = 0; c < centred.cols(); ++c) centred(r, c) -= mean_[c];
  learn::parallelFor(threads, (features.rows() + block - 1) / block, [&](std::size_t b) {
    const auto first = b * block, count = std::min(block, features.rows() - first);
    const auto z = learn::multiplyTransposed(centred.view().rowRange(first, count), factor_);
    for (std::size_t r = 0; r < count; ++r) {
      double sum = 0;
      for (const float v : z.row(r)) sum += static_cast<double>(v) * v;
      out[first + r] = std::sqrt(sum / static_cast<double>(z.cols()));
    }
  });
  return out;
}

std::vector<double> Familiarity::ownScores(int threads) const {
  std::vector<double> out(rows_.rows());
  learn::parallelFor(threads, (rows_.rows() + block - 1) / block, [&](std::size_t b) {
    const auto first = b * block, count = std::min(block, rows_.rows() - first);
    const auto similar = learn::multiplyTransposed(rows_.view().rowRange(first, count), rows_);
    for (std::size_t r = 0; r < count; ++r) out[first + r] = nearestScore(similar.row(r), k_, 1);
  });
  return out;
}

void Familiarity::calibrate(std::vector<double> familiar, double share) {
  std::ranges::sort(familiar);
  const auto at = [&](double q) {
    if (familiar.empty()) return 0.0;
    const double position = q * static_cast<double>(familiar.size() - 1);
    const auto low = static_cast<std::size_t>(position);
    const auto high = std::min(low + 1, familiar.size() - 1);
    return familiar[low] + (position - static_cast<double>(low)) * (familiar[high] - familiar[low]);
  };
  quantiles_.clear();
  for (int percent = 0; percent <= 100; ++percent) quantiles_.push_back(at(percent / 100.0));
  threshold_ = at(share);
}

double Familiarity::percentile(double score) const {
  if (quantiles_.size() < 2) return 0;
  const auto above = std::ranges::upper_bound(quantiles_, score);
  if (above == quantiles_.end()) return 100;
  if (above == quantiles_.begin()) return 0;
  const double low = *(above - 1), high = *above;
  const auto whole = static_cast<double>(above - quantiles_.begin() - 1);
  return whole + (high > low ? (score - low) / (high - low) : 0);
}

Value Familiarity::verdict(double score) const {
  return Value::Map{{"score", score}, {"threshold", threshold_}, {"percentile", percentile(score)}, {"warning", score > threshold_}};
}

Result<std::string> Familiarity::pack() const {
  net::WeightFile file;
  const auto tensor = [](const learn::Matrix& m, net::DType type) {
    return net::Tensor{
        {static_cast<std::int64_t>(m.rows()), static_cast<std::int64_t>(m.cols())}, {m.data(), m.data() + m.rows() * m.cols()}, type};
  };
  if (method_ == Method::Nearest) {
    file.tensors.emplace("rows", tensor(rows_, net::DType::F16));
  } else {
    file.tensors.emplace("mean", net::Tensor{{static_cast<std::int64_t>(mean_.size())}, mean_});
    file.tensors.emplace("factor", tensor(factor_, net::DType::F32));
  }
  return net::writeSafetensors(file);
}

Value Familiarity::facts() const {
  return Value::Map{{"method", method_ == Method::Nearest ? "nearest" : "mahalanobis"},
                    {"k", static_cast<std::int64_t>(k_)},
                    {"threshold", threshold_},
                    {"quantiles", Value::List(quantiles_.begin(), quantiles_.end())}};
}

Result<> Familiarity::addTo(ObjectWriter& writer, PortValue& value) const {
  PB_TRY(const auto bytes, pack());
  PB_TRY(const auto digest, writer.put(bytes));
  value.parts.insert_or_assign("reference", digest);
  value.meta["unlike"] = facts();
  return {};
}

Result<Familiarity> Familiarity::load(ObjectReader& reader, const PortValue& value) {
  const auto& meta = value.meta["unlike"];
  if (!meta.isMap())
    return fail(ErrorKind::BadInput, "unlike.other", TR("block", "This is not a result of the block \"Unlike your data\"."),
                TR("block", "Give its output."), "familiarity");
  PB_TRY(const auto mapped, value.openPart(reader, "reference"));
  return unpack(mapped.text(), meta);
}

Result<Familiarity> Familiarity::unpack(std::string_view bytes, const Value& meta) {
  PB_TRY(const auto file, net::parseSafetensors(bytes));
  Familiarity out;
  out.k_ = static_cast<std::size_t>(std::max<std::int64_t>(1, meta["k"].asInt(1)));
  out.threshold_ = meta["threshold"].asDouble();
  for (const auto& q : meta["quantiles"].asList()) out.quantiles_.push_back(q.asDouble());
  const auto matrix = [&](const char* name) {
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end() || found->second.shape.size() != 2) return learn::Matrix{};
    const auto& shape = found->second.shape;
    const auto values = found->second.values();
    return learn::Matrix(static_cast<std::size_t>(shape[0]), static_cast<std::size_t>(shape[1]),
                         std::vector<float>{values.begin(), values.end()});
  };
  if (meta["method"].asText() == "nearest") {
    out.rows_ = matrix("rows");
    if (out.rows_.empty()) return broken();
    return out;
  }
  out.method_ = Method::Mahalanobis;
  out.factor_ = matrix("factor");
  const auto mean = file.tensors.find("mean");
  if (mean == file.tensors.end() || out.factor_.empty() || out.factor_.rows() != out.factor_.cols() ||
      mean->second.values().size() != out.factor_.cols())
    return broken();
  out.mean_.assign(mean->second.values().begin(), mean->second.values().end());
  return out;
}

}  // namespace patchbay::blocks
