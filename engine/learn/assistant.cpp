// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/assistant.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "engine/learn/figure_text.h"
#include "engine/learn/logistic.h"
#include "engine/learn/metrics.h"
#include "engine/learn/parallel.h"
#include "engine/learn/split.h"

namespace patchbay::learn {
namespace {

constexpr std::size_t leastForTemperature = 20, leastForPenalty = 60, leastForAccuracy = 10, mostFolds = 5;
constexpr double unseenScore = -5;  ///< Below the others: of a class that a fold has nothing to learn of.
constexpr double priorWeight = 20;
constexpr int errorDraws = 2000;

double gammaDraw(double shape, std::mt19937_64& random) { return std::gamma_distribution<double>{std::max(shape, 1e-6), 1}(random); }

std::string percent(double share, int decimals = 0) { return figureText(100 * share, decimals) + " %"; }

}  // namespace

ExpectedErrors expectedErrors(std::span<const double> chance, std::size_t wrong, std::size_t seen) {
  ExpectedErrors out{chance.size(), 0, 0, 0};
  if (chance.empty()) return out;
  const auto n = static_cast<double>(chance.size());
  const double mean = std::clamp(std::accumulate(chance.begin(), chance.end(), 0.0) / n, 1e-9, 1 - 1e-9);
  const double a = priorWeight * mean + static_cast<double>(wrong), b = priorWeight * (1 - mean) + static_cast<double>(seen - wrong);
  out.value = n * a / (a + b);
  std::mt19937_64 random{1};
  std::vector<double> draws;
  for (int i = 0; i < errorDraws; ++i) {
    const double x = gammaDraw(a, random), y = gammaDraw(b, random);
    std::binomial_distribution<std::int64_t> errors{static_cast<std::int64_t>(chance.size()), x + y > 0 ? x / (x + y) : 0};
    draws.push_back(static_cast<double>(errors(random)));
  }
  std::ranges::sort(draws);
  out.low = draws[errorDraws * 25 / 1000];
  out.high = draws[errorDraws * 975 / 1000];
  return out;
}

Assistant::Assistant(std::size_t columns, const Options& options) : columns_{columns}, options_{options}, c_{options.c} {}

Result<std::size_t> Assistant::addRow(std::span<const float> features, std::string group) {
  if (features.size() != columns_)
    return fail(ErrorKind::BadInput, "learn.size_mismatch", TR("learn", "The features of a picture are of another network."),
                TR("learn", "Compute them again."));
  PB_CHECK(requireFinite(MatrixView{features.data(), 1, columns_}));
  features_.insert(features_.end(), features.begin(), features.end());
  normaliseRows(MutableMatrixView{features_.data() + features_.size() - columns_, 1, columns_});
  known_.push_back(0);
  dropped_.push_back(0);
  labels_.emplace_back();
  groups_.push_back(std::move(group));
  return known_.size() - 1;
}

void Assistant::setClasses(std::size_t classes, bool multiLabel) {
  if (classes == classes_ && multiLabel == multiLabel_) return;
  // Another class is another model; what is called by a number that is gone, or was one of several, is not known any more.
  for (std::size_t i = 0; i < rows(); ++i)
    if (known_[i] &&
        (multiLabel != multiLabel_ || std::ranges::any_of(labels_[i], [&](int c) { return static_cast<std::size_t>(c) >= classes; })))
      clearLabels(i);
  classes_ = classes;
  multiLabel_ = multiLabel;
  inner_ = head_ = {};
  chances_ = {};
  calibrated_ = false;
  temperature_ = 1;
  calibratedLabels_ = penaltyLabels_ = 0;
  doubts_.clear();
  heldOutSeen_.clear();
}

bool Assistant::setLabels(std::size_t row, std::span<const int> classes) {
  std::vector<int> wanted(classes.begin(), classes.end());
  std::ranges::sort(wanted);
  if (known_[row] && labels_[row] == wanted) return false;
  known_[row] = 1;
  labels_[row] = std::move(wanted);
  return true;
}

bool Assistant::clearLabels(std::size_t row) {
  if (!known_[row]) return false;
  known_[row] = 0;
  labels_[row].clear();
  return true;
}

void Assistant::drop(std::size_t row) {
  clearLabels(row);
  dropped_[row] = 1;
}

std::size_t Assistant::labelled() const { return static_cast<std::size_t>(std::ranges::count(known_, std::uint8_t{1})); }

std::vector<std::size_t> Assistant::knownRows() const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < rows(); ++i)
    if (known_[i]) out.push_back(i);
  return out;
}

void Assistant::standardise() {
  // Of all pictures, labelled or not: few labels say little of how features spread.
  if (standardisedRows_ > 0 && rows() < standardisedRows_ + standardisedRows_ / 2) return;
  if (auto fitted = fitStandardiser(features())) standardiser_ = std::move(*fitted);
  standardisedRows_ = rows();
  inner_ = {};
}

Matrix Assistant::standardised(std::span<const std::size_t> rows) const {
  auto x = selectRows(features(), rows);
  standardiser_.apply(x.view());
  return x;
}

Result<LinearHead> Assistant::fitOne(MatrixView x, std::span<const std::size_t> rows, double c, int threads, const LinearHead* warm,
                                     const StopFlag* stop) const {
  std::vector<std::size_t> here;  // Of present_: a fold may lack one.
  for (std::size_t k = 0; k < present_.size(); ++k)
    if (std::ranges::any_of(rows, [&](auto row) { return labels_[row].front() == static_cast<int>(present_[k]); })) here.push_back(k);
  std::vector<std::int32_t> y;
  for (const auto row : rows) {
    const auto k = std::ranges::find(present_, static_cast<std::size_t>(labels_[row].front())) - present_.begin();
    y.push_back(static_cast<std::int32_t>(std::ranges::find(here, static_cast<std::size_t>(k)) - here.begin()));
  }
  LinearHead out{Matrix{present_.size(), columns_}, std::vector<float>(present_.size(), static_cast<float>(unseenScore))};
  if (here.size() < 2) {
    if (!here.empty()) out.bias[here.front()] = 0;
    return out;
  }
  const bool fits = warm && here.size() == present_.size() && warm->outputs() == here.size();
  PB_TRY(const auto model,
         fitLogistic(x, LogisticTargets::labels(y, static_cast<int>(here.size())),
                     {.c = c, .oneColumnForTwoClasses = false, .threads = threads, .warmStart = fits ? warm : nullptr, .stop = stop}));
  float low = 0;
  for (std::size_t k = 0; k < here.size(); ++k) {
    std::ranges::copy(model.head.weights.row(k), out.weights.row(here[k]).begin());
    out.bias[here[k]] = model.head.bias[k];
    low = std::min(low, model.head.bias[k]);
  }
  if (here.size() < present_.size())
    for (std::size_t k = 0; k < present_.size(); ++k)
      if (std::ranges::find(here, k) == here.end()) out.bias[k] = low + static_cast<float>(unseenScore);
  return out;
}

Result<LinearHead> Assistant::fitSeveral(MatrixView x, std::span<const std::size_t> rows, double c, int threads, const LinearHead* warm,
                                         const StopFlag* stop) const {
  LinearHead out{Matrix{classes_, columns_}, std::vector<float>(classes_)};
  for (std::size_t k = 0; k < classes_; ++k) {
    std::vector<std::int32_t> y;
    for (const auto row : rows) y.push_back(std::ranges::binary_search(labels_[row], static_cast<int>(k)));
    const auto there = std::ranges::count(y, 1), not_ = static_cast<std::ptrdiff_t>(y.size()) - there;
    if (there == 0 || not_ == 0) {  // Nothing to tell apart yet: as often as it was seen, with one more of each.
      out.bias[k] = static_cast<float>(std::log(static_cast<double>(there + 1) / static_cast<double>(not_ + 1)));
      continue;
    }
    LinearHead start;
    if (warm && warm->outputs() == classes_) start = {Matrix{warm->weights.view().rowRange(k, 1)}, {warm->bias[k]}};
    PB_TRY(const auto model,
           fitLogistic(x, LogisticTargets::labels(y, 2),
                       {.c = c, .threads = threads, .warmStart = start.weights.empty() ? nullptr : &start, .stop = stop}));
    std::ranges::copy(model.head.weights.row(0), out.weights.row(k).begin());
    out.bias[k] = model.head.bias[0];
  }
  return out;
}

Result<LinearHead> Assistant::fit(MatrixView x, std::span<const std::size_t> rows, double c, int threads, const LinearHead* warm,
                                  const StopFlag* stop) const {
  return multiLabel_ ? fitSeveral(x, rows, c, threads, warm, stop) : fitOne(x, rows, c, threads, warm, stop);
}

Matrix Assistant::chancesOf(const Matrix& scores) const {
  Matrix scaled = scores;
  if (multiLabel_) {
    for (std::size_t i = 0; i < scaled.rows() * scaled.cols(); ++i) scaled.data()[i] /= static_cast<float>(temperature_);
    return sigmoidOf(scaled);
  }
  const auto p = softmaxRows(scaled, temperature_);
  if (present_.size() == classes_) return p;
  Matrix out{p.rows(), classes_};
  for (std::size_t i = 0; i < p.rows(); ++i)
    for (std::size_t k = 0; k < present_.size(); ++k) out(i, present_[k]) = p(i, k);
  return out;
}

Result<bool> Assistant::learn(const StopFlag* stop) {
  const auto rows = knownRows();
  std::set<std::size_t> seen;
  for (const auto row : rows)
    for (const int c : labels_[row]) seen.insert(static_cast<std::size_t>(c));
  bool enough = seen.size() >= 2;
  if (multiLabel_) {  // One class that is there on some and not on others is a task as well.
    enough = false;
    for (const auto c : seen) {
      const auto n = static_cast<std::size_t>(
          std::ranges::count_if(rows, [&](auto row) { return std::ranges::binary_search(labels_[row], static_cast<int>(c)); }));
      enough = enough || n < rows.size();
    }
    seen.clear();
    for (std::size_t c = 0; c < classes_; ++c) seen.insert(c);
  }
  if (!enough) {
    inner_ = head_ = {};
    chances_ = {};
    calibrated_ = false;
    doubts_.clear();
    heldOutSeen_.clear();
    return false;
  }
  standardise();
  std::vector<std::size_t> present(seen.begin(), seen.end());
  if (present != present_) inner_ = {};
  present_ = std::move(present);
  PB_TRY(inner_, fit(standardised(rows), rows, c_, options_.threads, inner_.weights.empty() ? nullptr : &inner_, stop));
  head_ = inner_.folded(standardiser_);
  chances_ = {};
  scoreNewRows();
  return true;
}

void Assistant::scoreNewRows() {
  if (head_.weights.empty() || chances_.rows() == rows()) return;
  Matrix all{rows(), classes_};
  const auto done = chances_.rows();
  std::copy_n(chances_.data(), done * classes_, all.data());
  constexpr std::size_t block = 512;
  parallelFor(options_.threads, (rows() - done + block - 1) / block, [&](std::size_t b) {
    const auto first = done + b * block, count = std::min(block, rows() - first);
    const auto p = chancesOf(head_.scores(features().rowRange(first, count)));
    std::copy_n(p.data(), count * classes_, all.row(first).data());
  });
  chances_ = std::move(all);
}

std::vector<Assistant::Fold> Assistant::folds(std::span<const std::size_t> rows) const {
  std::vector<SplitItem> items;
  std::vector<std::string> names;
  names.reserve(rows.size());
  std::map<int, std::size_t> count;
  for (const auto row : rows) {
    const int label = labels_[row].empty() ? -1 : labels_[row].front();
    // By number, so that the same labels are cut the same way whatever else there is.
    names.push_back(std::to_string(row));
    items.push_back({names.back(), groups_[row], label});
    ++count[label];
  }
  for (auto n = std::min(mostFolds, rows.size()); n >= 2; --n) {
    const auto of = stratifiedFolds(items, static_cast<int>(n), options_.seed);
    if (!of) continue;
    std::vector<Fold> out(n);
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t f = 0; f < n; ++f) (static_cast<std::size_t>((*of)[i]) == f ? out[f].test : out[f].train).push_back(i);
    return out;
  }
  return {};
}

/// Scores of rows by heads that did not learn from them; empty when there are no two folds.
Result<Matrix> Assistant::heldOut(std::span<const std::size_t> rows, double c, const StopFlag* stop) const {
  const auto parts = folds(rows);
  if (parts.empty()) return Matrix{};
  const auto x = standardised(rows);
  Matrix out{rows.size(), present_.size()};
  std::vector<std::optional<Error>> errors(parts.size());
  parallelFor(options_.threads, parts.size(), [&](std::size_t f) {
    std::vector<std::size_t> train;
    for (const auto i : parts[f].train) train.push_back(rows[i]);
    const auto head = fit(selectRows(x, parts[f].train), train, c, 1, nullptr, stop);
    if (!head) {
      errors[f] = head.error();
      return;
    }
    const auto scores = head->scores(selectRows(x, parts[f].test));
    for (std::size_t i = 0; i < parts[f].test.size(); ++i) std::ranges::copy(scores.row(i), out.row(parts[f].test[i]).begin());
  });
  for (const auto& error : errors)
    if (error) return fail(*error);
  return out;
}

Result<double> Assistant::temperatureFor(std::span<const std::size_t> rows, const Matrix& scores) const {
  std::vector<std::int32_t> truth;
  if (multiLabel_) {
    for (const auto row : rows)
      for (std::size_t c = 0; c < classes_; ++c) truth.push_back(std::ranges::binary_search(labels_[row], static_cast<int>(c)));
    return fitTemperature(truth, MatrixView{scores.data(), truth.size(), 1});
  }
  for (const auto row : rows)
    truth.push_back(
        static_cast<std::int32_t>(std::ranges::find(present_, static_cast<std::size_t>(labels_[row].front())) - present_.begin()));
  return fitTemperature(truth, scores);
}

/// Log loss at the best temperature: a penalty is chosen for what calibration makes of it.
double Assistant::lossOf(std::span<const std::size_t> rows, const Matrix& scores) const {
  const auto t = temperatureFor(rows, scores).value_or(1.0);
  const auto p = multiLabel_ ? Matrix{} : softmaxRows(scores, t);
  double sum = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!multiLabel_) {
      const auto k = std::ranges::find(present_, static_cast<std::size_t>(labels_[rows[i]].front())) - present_.begin();
      sum -= std::log(std::max(1e-12f, p(i, static_cast<std::size_t>(k))));
      continue;
    }
    for (std::size_t c = 0; c < classes_; ++c) {
      const double z = scores(i, c) / t * (std::ranges::binary_search(labels_[rows[i]], static_cast<int>(c)) ? -1 : 1);
      sum += std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z)));
    }
  }
  return sum;
}

Result<double> Assistant::choosePenalty(std::span<const std::size_t> rows, const StopFlag* stop) const {
  double best = c_, least = INFINITY;
  for (const double c : {1e-4, 1e-3, 1e-2, 1e-1}) {
    PB_TRY(const auto scores, heldOut(rows, c, stop));
    if (scores.empty()) return best;
    if (const double loss = lossOf(rows, scores); loss < least) {
      least = loss;
      best = c;
    }
  }
  return best;
}

double Assistant::confidenceOf(std::span<const float> p) const {
  if (!multiLabel_) return p.empty() ? 0 : *std::ranges::max_element(p);
  double all = 1;
  for (const float v : p) all *= std::max(v, 1 - v);
  return all;
}

bool Assistant::right(std::size_t row, std::span<const float> p) const {
  if (!multiLabel_) return std::ranges::max_element(p) - p.begin() == labels_[row].front();
  for (std::size_t c = 0; c < classes_; ++c)
    if ((p[c] >= 0.5f) != std::ranges::binary_search(labels_[row], static_cast<int>(c))) return false;
  return true;
}

Result<> Assistant::calibrate(const StopFlag* stop, bool always) {
  if (!learned()) return {};
  const auto rows = knownRows();
  if (rows.size() < leastForTemperature) {
    calibrated_ = false;
    return {};
  }
  const bool grown = static_cast<double>(rows.size()) >= 1.1 * static_cast<double>(calibratedLabels_) || rows.size() < calibratedLabels_;
  if (calibrated_ && !grown && !always) return {};
  if (rows.size() >= leastForPenalty && (rows.size() >= 2 * penaltyLabels_ || penaltyLabels_ == 0)) {
    PB_TRY(const double c, choosePenalty(rows, stop));
    penaltyLabels_ = rows.size();
    if (c != c_) {
      c_ = c;
      PB_TRY(inner_, fit(standardised(rows), rows, c_, options_.threads, &inner_, stop));
      head_ = inner_.folded(standardiser_);
    }
  }
  PB_TRY(const auto scores, heldOut(rows, c_, stop));
  if (scores.empty()) return {};
  PB_TRY(temperature_, temperatureFor(rows, scores));
  calibrated_ = true;
  calibratedLabels_ = rows.size();
  const auto p = chancesOf(scores);
  doubts_.clear();
  heldOutSeen_.clear();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double doubt = 0;
    if (!multiLabel_) doubt = 1 - p(i, static_cast<std::size_t>(labels_[rows[i]].front()));
    else
      for (std::size_t c = 0; c < classes_; ++c)
        doubt = std::max<double>(doubt, std::ranges::binary_search(labels_[rows[i]], static_cast<int>(c)) ? 1 - p(i, c) : p(i, c));
    doubts_.push_back({rows[i], doubt});
    heldOutSeen_.emplace_back(confidenceOf(p.row(i)), right(rows[i], p.row(i)));
  }
  chances_ = {};
  scoreNewRows();
  return {};
}

Result<std::vector<Pick>> Assistant::next(std::optional<Strategy> strategy, std::size_t count, std::span<const std::uint8_t> skip,
                                          const StopFlag* stop) const {
  const auto seen = rows();
  std::vector<std::uint8_t> out(dropped_);
  for (std::size_t i = 0; i < std::min(skip.size(), out.size()); ++i) out[i] |= skip[i];
  if (!strategy) {
    const bool warm = learned() && static_cast<double>(labelled()) >= options_.coldPerClass * static_cast<double>(classes_);
    strategy = warm ? Strategy::DropQuery : Strategy::TypiClust;
  }
  if (!learned() && (*strategy == Strategy::Margin || *strategy == Strategy::DropQuery)) strategy = Strategy::TypiClust;
  const NextOptions o{.count = count,
                      .seed = options_.seed + labelled(),
                      .multiLabel = multiLabel_,
                      .mostGroups = options_.mostGroups,
                      .threads = options_.threads,
                      .stop = stop};
  // Margins need probabilities: what was added since has to wait.
  const auto scored = learned() ? scoredRows() : seen;
  const Pool pool{features().rowRange(0, scored), std::span{known_}.first(scored), std::span<const std::uint8_t>{out}.first(scored)};
  if (scored == 0) return std::vector<Pick>{};
  switch (*strategy) {
    case Strategy::TypiClust:
      return nextByTypicality(pool, o);
    case Strategy::Margin:
      return nextByMargin(pool, chances_, o);
    case Strategy::DropQuery: {
      // The head in use on the features as they are, one row a class it knows.
      return nextByDropout(pool, pool.features, head_, chances_, o);
    }
    case Strategy::Random:
      break;
  }
  return nextAtRandom(pool, o);
}

Pick Assistant::explain(std::size_t row) const {
  const auto scored = scoredRows();
  const Pool pool{features().rowRange(0, scored), std::span{known_}.first(scored), std::span<const std::uint8_t>{dropped_}.first(scored)};
  return explained(pool, chances_, row, {.multiLabel = multiLabel_});
}

ExpectedErrors Assistant::errorsAbove(double probability, std::span<const std::uint8_t> skip) const {
  std::vector<double> chance;
  for (std::size_t i = 0; i < scoredRows(); ++i) {
    if (known_[i] || dropped_[i] || (i < skip.size() && skip[i])) continue;
    const double sure = confidence(i);
    if (sure >= probability) chance.push_back(1 - sure);
  }
  std::size_t seen = 0, wrong = 0;
  for (const auto& [sure, right] : heldOutSeen_)
    if (sure >= probability) {
      ++seen;
      wrong += !right;
    }
  return expectedErrors(chance, wrong, seen);
}

Assistant Assistant::labelledOnly() const {
  Assistant out{columns_, options_};
  out.setClasses(classes_, multiLabel_);
  for (const auto row : knownRows()) {
    out.features_.insert(out.features_.end(), features().row(row).begin(), features().row(row).end());
    out.known_.push_back(1);
    out.dropped_.push_back(0);
    out.labels_.push_back(labels_[row]);
    out.groups_.push_back(groups_[row]);
  }
  out.standardiser_ = standardiser_;
  out.standardisedRows_ = out.rows();
  out.present_ = present_;
  out.inner_ = inner_;
  out.head_ = head_;
  out.c_ = c_;
  out.temperature_ = temperature_;
  return out;
}

Result<Assistant::Estimate> Assistant::estimate(double more, const StopFlag* stop) {
  Estimate out;
  out.labelled = labelled();
  out.more = more;
  const auto rows = knownRows();
  if (learned() && rows.size() >= leastForAccuracy) {
    PB_TRY(const auto scores, heldOut(rows, c_, stop));
    if (!scores.empty()) {
      const auto p = chancesOf(scores);
      std::uint64_t good = 0, all = 0;
      std::vector<std::uint32_t> group;
      std::map<std::string, std::uint32_t, std::less<>> groups;
      std::vector<double> share;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        std::uint64_t here = 0;
        if (!multiLabel_) here = right(rows[i], p.row(i));
        else
          for (std::size_t c = 0; c < classes_; ++c)
            here += (p(i, c) >= 0.5f) == std::ranges::binary_search(labels_[rows[i]], static_cast<int>(c));
        good += here;
        all += multiLabel_ ? classes_ : 1;
        share.push_back(static_cast<double>(here) / static_cast<double>(multiLabel_ ? classes_ : 1));
        const auto& name = groups_[rows[i]];
        group.push_back(
            groups.emplace(name.empty() ? "\n" + std::to_string(i) : name, static_cast<std::uint32_t>(groups.size())).first->second);
      }
      out.accuracy = wilson(good, all);
      // Answers of one picture, and pictures of one group, stand or fall together.
      if (multiLabel_ || groups.size() < rows.size()) {
        const auto mean = [&](std::span<const std::uint32_t> counts) {
          double sum = 0, n = 0;
          for (std::size_t i = 0; i < share.size(); ++i) {
            sum += counts[i] * share[i];
            n += counts[i];
          }
          return n > 0 ? sum / n : NAN;
        };
        auto resampled = bootstrap(rows.size(), mean, {.groupOf = group, .threads = options_.threads});
        if (std::isfinite(resampled.low)) out.accuracy = resampled;
      }
      out.accuracy->method =
          TR("learn", "cross-validation on the labelled pictures; hard ones are asked for first, so all together may be easier");
    }
  }
  if (learned() && !multiLabel_ && present_.size() >= 2) {
    std::vector<std::int32_t> y;
    std::vector<std::string_view> groups;
    bool grouped = false;
    for (const auto row : rows) {
      y.push_back(
          static_cast<std::int32_t>(std::ranges::find(present_, static_cast<std::size_t>(labels_[row].front())) - present_.begin()));
      groups.emplace_back(groups_[row]);
      grouped = grouped || !groups_[row].empty();
    }
    if (!grouped) groups.clear();
    PB_TRY(const auto samples, measureCurve(standardised(rows), y, static_cast<int>(present_.size()), groups,
                                            {.c = c_, .seed = options_.seed, .threads = options_.threads, .stop = stop}));
    out.ahead = forecast(samples, static_cast<double>(rows.size()), more);
  }
  out.text = describe(out);
  return out;
}

Text Assistant::describe(const Estimate& e) const {
  const auto n = static_cast<std::int64_t>(e.labelled);
  if (!e.accuracy)
    return TR("learn", "With {n} label(s) it is too early to say how good the model is; {least} at least, of two classes, are needed.")
        .count(n)
        .with("least", static_cast<std::int64_t>(leastForAccuracy));
  const auto& a = *e.accuracy;
  auto text = multiLabel_ ? TR("learn", "Of {n} labelled pictures, {value} of all yes-or-no answers are right ({low} - {high}).")
                          : TR("learn",
                               "Of {n} labelled pictures {value} are recognised ({low} - {high}); more labels are needed to say what "
                               "further ones would bring.");
  if (e.ahead)
    text = TR(
        "learn",
        "Of {n} labelled pictures {value} are recognised ({low} - {high}). {more} more labels: {gain} points ({gain_low} to {gain_high}).");
  Text said = std::move(text).count(n).with("value", percent(a.value)).with("low", percent(a.low)).with("high", percent(a.high));
  if (!e.ahead) return said;
  const auto& gain = e.ahead->gain;
  return std::move(said)
      .with("more", static_cast<std::int64_t>(std::lround(e.more)))
      .with("gain", signedFigureText(100 * gain.value, 1))
      .with("gain_low", signedFigureText(100 * gain.low, 1))
      .with("gain_high", signedFigureText(100 * gain.high, 1));
}

}  // namespace patchbay::learn
