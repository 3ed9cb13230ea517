// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>
#include <optional>
#include <string>

#include "engine/learn/lbfgs.h"
#include "engine/learn/logistic_problem.h"
#include "engine/learn/metrics.h"
#include "engine/learn/parallel.h"
#include "engine/learn/split.h"

namespace patchbay::learn {
namespace {

Result<std::vector<int>> makeFolds(const LogisticTargets& y, const LogisticSearchOptions& s) {
  std::vector<std::string> names(y.rows());
  std::vector<SplitItem> items(y.rows());
  std::vector<std::int32_t> likely;
  if (y.soft()) likely = argmaxRows(y.probability());
  for (std::size_t i = 0; i < items.size(); ++i) {
    names[i] = std::to_string(i);
    items[i] = {names[i], {}, y.soft() ? likely[i] : y.hard()[i]};
  }
  return stratifiedFolds(items, s.folds, s.seed);
}

// Rows in the order of their folds, so that a fold and what is around it are ranges.
struct Arranged {
  std::vector<std::size_t> order;      // Place -> row.
  std::vector<std::size_t> foldBegin;  // One a fold, and the end.
  Matrix x;
  LogisticRows rows;

  std::vector<RowRange> training(std::size_t fold) const {
    std::vector<RowRange> out;
    if (foldBegin[fold] > 0) out.push_back({0, foldBegin[fold]});
    if (foldBegin[fold + 1] < order.size()) out.push_back({foldBegin[fold + 1], order.size()});
    return out;
  }
};

Arranged arrange(MatrixView x, const LogisticRows& rows, std::span<const int> foldOf, int folds) {
  Arranged a;
  a.order.resize(x.rows());
  std::iota(a.order.begin(), a.order.end(), std::size_t{0});
  std::ranges::stable_sort(a.order, {}, [&](std::size_t i) { return foldOf[i]; });
  a.foldBegin.assign(folds + 1, 0);
  for (const int f : foldOf) ++a.foldBegin[f + 1];
  std::partial_sum(a.foldBegin.begin(), a.foldBegin.end(), a.foldBegin.begin());
  a.x = selectRows(x, a.order);
  a.rows.x = a.x;
  a.rows.classes = rows.classes;
  a.rows.outputs = rows.outputs;
  a.rows.softStride = rows.softStride;
  a.rows.totalMass = rows.totalMass;
  if (rows.softStride) a.rows.soft = AlignedFloats{rows.soft.size()};
  for (std::size_t i = 0; i < a.order.size(); ++i) {
    a.rows.mass.push_back(rows.mass[a.order[i]]);
    if (!rows.labels.empty()) a.rows.labels.push_back(rows.labels[a.order[i]]);
    for (std::size_t c = 0; c < rows.softStride; ++c) a.rows.soft[i * rows.softStride + c] = rows.soft[a.order[i] * rows.softStride + c];
  }
  return a;
}

Result<> checkFolds(const LogisticRows& rows, std::span<const int> foldOf, int folds, const LogisticTargets& y) {
  if (y.soft()) return {};
  std::vector<std::vector<std::size_t>> of(folds, std::vector<std::size_t>(rows.classes));
  std::vector<std::size_t> all(rows.classes);
  for (std::size_t i = 0; i < foldOf.size(); ++i) {
    ++of[foldOf[i]][y.hard()[i]];
    ++all[y.hard()[i]];
  }
  for (int f = 0; f < folds; ++f) {
    for (int c = 0; c < rows.classes; ++c) {
      if (all[c] == 0 || of[f][c] < all[c]) continue;
      return fail(ErrorKind::BadInput, "learn.too_few_items",
                  TR("learn", "All {n} item(s) of class {class} are in one of the {folds} folds, so cross-validation cannot learn it.")
                      .count(static_cast<std::int64_t>(all[c]))
                      .with("class", static_cast<std::int64_t>(c))
                      .with("folds", static_cast<std::int64_t>(folds)),
                  TR("learn", "Label more items of this class, use fewer folds, or set C by hand."));
    }
  }
  return {};
}

class Search {
 public:
  Search(const Arranged& data, std::span<const std::int32_t> truth, const LogisticOptions& fit, const LogisticSearchOptions& search)
      : data_{data}, fit_{fit}, search_{search}, folds_{data.foldBegin.size() - 1} {
    for (const std::size_t row : data.order) truth_.push_back(truth[row]);
    fit_.threads = 1;
    for (std::size_t f = 0; f < folds_; ++f) objectives_.emplace_back(data.rows, data.training(f), 1);
    starts_.resize(folds_);
    if (sketchPays(data.x)) sketch_ = CurvatureSketch::of(data.x, {}, search.threads);
  }

  /// One chain of warm starts a fold; the folds share nothing, so threads do not change the result.
  Result<> tryAll(std::vector<double> grid) {
    std::ranges::sort(grid);
    const std::size_t first = points_.size();
    for (const double c : grid) {
      points_.push_back({c, 0, 0, std::vector<double>(folds_)});
      heldOut_.emplace_back(data_.order.size(), static_cast<std::size_t>(data_.rows.classes));
    }
    std::mutex mutex;
    std::optional<Error> error;
    parallelFor(search_.threads, folds_, [&](std::size_t fold) {
      for (std::size_t p = first; p < points_.size(); ++p) {
        auto done = fitFold(fold, p);
        const std::scoped_lock lock{mutex};
        if (!done) error = std::move(done).error();
        if (error) return;
        if (search_.progress) search_.progress({TR("learn", "Choosing the penalty"), ++done_, total(), "fit"});
      }
    });
    if (error) return fail(*error);
    for (std::size_t p = first; p < points_.size(); ++p) summarise(points_[p]);
    return {};
  }

  std::size_t best() const {
    std::size_t at = 0;  // The strongest penalty among equals.
    for (std::size_t p = 1; p < points_.size(); ++p) {
      const bool better = points_[p].score > points_[at].score;
      if (better || (points_[p].score == points_[at].score && points_[p].c < points_[at].c)) at = p;
    }
    return at;
  }
  const std::vector<LogisticSearchPoint>& points() const { return points_; }

  Matrix heldOut(std::size_t point) const {
    Matrix out{data_.order.size(), static_cast<std::size_t>(data_.rows.classes)};
    for (std::size_t i = 0; i < data_.order.size(); ++i) std::ranges::copy(heldOut_[point].row(i), out.row(data_.order[i]).begin());
    return out;
  }
  /// The mean of the folds' last solutions: where the final fit starts.
  LinearHead start() const {
    std::vector<double> mean(starts_[0].size());
    for (const auto& w : starts_) {
      for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += w[i] / static_cast<double>(folds_);
    }
    return objectives_[0].head(mean);
  }

 private:
  std::int64_t total() const { return static_cast<std::int64_t>(points_.size() * folds_); }

  Result<> fitFold(std::size_t fold, std::size_t point) {
    auto& f = objectives_[fold];
    f.setC(points_[point].c);
    auto& w = starts_[fold];
    if (w.empty()) w.resize(f.parameters());
    PB_TRY(const auto model, fitObjective(f, w, fit_, kSearchGain, sketch_ ? &*sketch_ : nullptr));
    const std::size_t begin = data_.foldBegin[fold], count = data_.foldBegin[fold + 1] - begin;
    const Matrix p = model.head.probabilities(data_.x.view().rowRange(begin, count));
    for (std::size_t i = 0; i < count; ++i) std::ranges::copy(p.row(i), heldOut_[point].row(begin + i).begin());
    points_[point].foldScores[fold] = score(p, Labels{truth_}.subspan(begin, count));
    return {};
  }

  double score(MatrixView p, Labels truth) const {
    switch (search_.score) {
      case SearchScore::LogLoss:
        return -logLoss(truth, p);
      case SearchScore::Auroc:
        return aurocOneVsRest(truth, p);
      case SearchScore::Accuracy:
        return accuracy(confusion(truth, argmaxRows(p), p.cols()));
      case SearchScore::BalancedAccuracy:
        return balancedAccuracy(confusion(truth, argmaxRows(p), p.cols()));
    }
    return 0;
  }

  static void summarise(LogisticSearchPoint& p) {
    double square = 0;
    std::size_t defined = 0;
    for (const double s : p.foldScores) {
      if (std::isnan(s)) continue;  // A fold without both classes has no AUROC.
      p.score += s;
      ++defined;
    }
    if (defined == 0) {
      p.score = -INFINITY;
      return;
    }
    p.score /= static_cast<double>(defined);
    for (const double s : p.foldScores) {
      if (!std::isnan(s)) square += (s - p.score) * (s - p.score);
    }
    p.spread = defined > 1 ? std::sqrt(square / static_cast<double>(defined - 1)) : 0;
  }

  const Arranged& data_;
  LogisticOptions fit_;
  const LogisticSearchOptions& search_;
  std::size_t folds_;
  std::vector<std::int32_t> truth_;
  std::vector<LogisticObjective> objectives_;
  std::optional<CurvatureSketch> sketch_;
  std::vector<std::vector<double>> starts_;
  std::vector<LogisticSearchPoint> points_;
  std::vector<Matrix> heldOut_;
  std::int64_t done_ = 0;
};

// Half steps around the best point so far.
std::vector<double> finer(const std::vector<LogisticSearchPoint>& points, std::size_t best) {
  std::vector<double> grid;
  for (const auto& p : points) grid.push_back(p.c);
  std::ranges::sort(grid);
  const auto at = std::ranges::find(grid, points[best].c);
  std::vector<double> out;
  if (at != grid.begin()) out.push_back(std::sqrt(at[0] * at[-1]));
  if (at + 1 != grid.end()) out.push_back(std::sqrt(at[0] * at[1]));
  return out;
}

Result<> checkSearch(MatrixView x, const LogisticSearchOptions& s, const std::vector<double>& grid) {
  if (std::ranges::any_of(grid, [](double c) { return !(c > 0) || !std::isfinite(c); })) {
    return fail(ErrorKind::Usage, "learn.bad_option", TR("learn", "A value of C to try is not greater than 0."),
                TR("learn", "Values between 0.0001 and 1000 are usual."));
  }
  if (!s.foldOf.empty() && (s.foldOf.size() != x.rows() || std::ranges::min(s.foldOf) < 0)) {
    return fail(ErrorKind::BadInput, "learn.size_mismatch", TR("learn", "The folds do not belong to these items."),
                TR("learn", "Make the folds from the same data set."));
  }
  return {};
}

}  // namespace

Result<LogisticSearch> searchLambda(MatrixView x, const LogisticTargets& y, const LogisticOptions& fit,
                                    const LogisticSearchOptions& search) {
  PB_CHECK(checkOptions(fit));
  PB_TRY(const LogisticRows rows, prepareRows(x, y, fit));
  std::vector<double> grid = search.grid;
  for (int e = -4; search.grid.empty() && e <= 3; ++e) grid.push_back(std::pow(10.0, e));
  PB_CHECK(checkSearch(x, search, grid));

  LogisticSearch out;
  out.foldOf = search.foldOf;
  if (out.foldOf.empty()) {
    PB_TRY(out.foldOf, makeFolds(y, search));
  }
  const int folds = std::ranges::max(out.foldOf) + 1;
  PB_CHECK(checkFolds(rows, out.foldOf, folds, y));
  const Arranged data = arrange(x, rows, out.foldOf, folds);
  const std::vector<std::int32_t> truth =
      y.soft() ? argmaxRows(y.probability()) : std::vector<std::int32_t>(y.hard().begin(), y.hard().end());

  Search chain{data, truth, fit, search};
  PB_CHECK(chain.tryAll(grid));
  for (int step = 0; step < search.refineSteps; ++step) PB_CHECK(chain.tryAll(finer(chain.points(), chain.best())));
  const std::size_t best = chain.best();
  out.bestC = chain.points()[best].c;
  out.heldOut = chain.heldOut(best);
  out.points = chain.points();
  std::ranges::sort(out.points, {}, &LogisticSearchPoint::c);
  if (search.refit) {
    LogisticOptions last = fit;
    const LinearHead start = chain.start();
    last.c = out.bestC;
    if (!last.warmStart) last.warmStart = &start;
    PB_TRY(out.model, fitLogistic(x, y, last));
  }
  return out;
}

}  // namespace patchbay::learn
