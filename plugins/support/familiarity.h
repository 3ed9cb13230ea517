// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <vector>

#include "engine/block/object.h"
#include "engine/learn/matrix.h"

namespace patchbay::blocks {

/// How unlike the training pictures a picture is, told from its features.
///
/// Nearest: mean cosine distance to the k nearest of the training pictures (Sun et al. 2022, arXiv 2204.06507, with the mean).
/// Mahalanobis: distance from the mean of all training pictures, the covariance shrunk towards the identity by the rule of
/// Ledoit and Wolf 2004 (Lee et al. 2018, arXiv 1807.03888, without classes). Larger is less alike.
///
/// On disk it is a "report" value with two parts more: "reference", safetensors ("rows" [n, d] binary16 of length 1, or "mean" [d]
/// and "factor" [d, d], the inverse of the covariance's Cholesky factor), and "net", what computes the features; meta.unlike
/// holds {"method", "k", "threshold", "quantiles": scores of pictures held out at 0, 1, ..., 100 %}.
class Familiarity {
 public:
  enum class Method : std::uint8_t { Nearest, Mahalanobis };
  /// Rows are pictures. Unsupported for more than 4,096 columns with Mahalanobis; BadInput with fewer rows than 2 (k + 1).
  static Result<Familiarity> fit(learn::MatrixView train, Method method, int k, int threads);
  static Result<Familiarity> load(ObjectReader& reader, const PortValue& value);

  std::vector<double> scores(learn::MatrixView features, int threads) const;
  /// Scores of the rows it was fitted on, each without itself (Nearest), so that they can be compared with others'.
  std::vector<double> ownScores(int threads) const;
  /// Sets quantiles and threshold from scores of familiar pictures that were not fitted on; `share` of them are below it.
  void calibrate(std::vector<double> familiar, double share);
  double threshold() const { return threshold_; }
  /// Share of familiar pictures with a lower score, in percent.
  double percentile(double score) const;
  const std::vector<double>& quantiles() const { return quantiles_; }

  /// {"score", "threshold", "percentile", "warning"} of a score, and of one picture's features; requires columns() of them.
  Value verdict(double score) const;
  Value judge(std::span<const float> features) const { return verdict(scores({features.data(), 1, features.size()}, 1).front()); }

  /// Its numbers as a safetensors file, and what is needed beside them: {"method", "k", "threshold", "quantiles"}.
  Result<std::string> pack() const;
  Value facts() const;
  /// Corrupt when they are not such, or do not fit each other.
  static Result<Familiarity> unpack(std::string_view bytes, const Value& facts);
  /// Adds meta.unlike and the part "reference" to a value.
  Result<> addTo(ObjectWriter& writer, PortValue& value) const;
  std::size_t columns() const { return method_ == Method::Nearest ? rows_.cols() : mean_.size(); }

 private:
  Method method_ = Method::Nearest;
  std::size_t k_ = 1;
  double threshold_ = 0;
  std::vector<double> quantiles_;
  learn::Matrix rows_;  ///< Nearest: of length 1.
  std::vector<float> mean_;
  learn::Matrix factor_;  ///< Mahalanobis: z = factor (x - mean) has unit covariance.
};

}  // namespace patchbay::blocks
