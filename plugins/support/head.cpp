// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/head.h"

#include <algorithm>
#include <unordered_map>

#include "engine/learn/logistic.h"
#include "engine/learn/metrics.h"
#include "engine/learn/split.h"
#include "plugins/support/stop_signal.h"

namespace patchbay::blocks {
namespace {

constexpr std::size_t leastForTemperature = 20;

/// One logistic regression: what each row is, by class number and as probabilities.
struct Problem {
  std::vector<std::int32_t> label;
  learn::Matrix probability;
  int classes = 2;
};

Problem classProblem(const Targets& t, std::span<const std::size_t> rows) {
  const auto k = t.classes.size();
  Problem p{{}, learn::Matrix(rows.size(), k), static_cast<int>(k)};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    p.label.push_back(t.label[rows[i]]);
    std::copy_n(t.probability.begin() + static_cast<std::ptrdiff_t>(rows[i] * k), k, p.probability.row(i).begin());
  }
  return p;
}

/// "Has it or not" for one class of several.
Problem labelProblem(const Targets& t, std::span<const std::size_t> rows, std::size_t c) {
  Problem p{{}, learn::Matrix(rows.size(), 2), 2};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float there = t.probability[rows[i] * t.classes.size() + c];
    p.label.push_back(hasClass(t, rows[i], c));
    p.probability(i, 0) = 1 - there;
    p.probability(i, 1) = there;
  }
  return p;
}

/// Fold of each row: stratified, groups together, keyed by item, so that nothing but the items decides. Fewer folds when a
/// class is small; empty when even two would leave one of them without a class.
std::vector<int> innerFolds(const Targets& t, std::span<const std::size_t> rows, const Problem& p, std::int64_t most) {
  std::vector<learn::SplitItem> items;
  std::vector<std::size_t> count(static_cast<std::size_t>(p.classes));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    items.push_back({t.ids[rows[i]], t.groups[rows[i]], p.label[i]});
    ++count[static_cast<std::size_t>(p.label[i])];
  }
  std::int64_t smallest = most;
  for (const auto n : count)
    if (n > 0) smallest = std::min(smallest, static_cast<std::int64_t>(n));
  for (auto n = std::min(most, smallest); n >= 2; --n) {
    const auto folded = learn::stratifiedFolds(items, static_cast<int>(n));
    if (!folded) continue;
    std::vector<int> parts(folded->begin(), folded->end());
    const auto by = learn::countByClass(items, parts, static_cast<int>(n));
    const auto whole = [&](const std::vector<std::size_t>& part) {
      for (std::size_t c = 0; c < count.size(); ++c)
        if (count[c] > 0 && part[c + 1] == count[c]) return true;
      return false;
    };
    if (std::ranges::none_of(by, whole)) return parts;
  }
  return {};
}

/// `x` is standardised. The chosen c goes to `chosen` when there was a search.
Result<learn::LinearHead> fit(RunContext& ctx, const learn::Matrix& x, const Targets& t, std::span<const std::size_t> rows,
                              const Problem& p, const HeadOptions& o, std::int64_t metricStep, bool tell) {
  const auto y =
      o.soft && t.soft ? learn::LogisticTargets::probabilities(p.probability) : learn::LogisticTargets::labels(p.label, p.classes);
  StopSignal stop{ctx};
  const learn::LogisticOptions options{.c = o.c, .balanced = o.balanced, .threads = ctx.threads(), .stop = stop.flag()};
  const auto foldOf = o.search ? innerFolds(t, rows, p, o.folds) : std::vector<int>{};
  if (o.search && foldOf.empty())
    ctx.log(LogLevel::Warning, "A class has too few pictures (or groups) for cross-validation; C stays at " + toJson(Value{o.c}) + ".");
  if (foldOf.empty()) {
    PB_TRY(auto fitted, learn::fitLogistic(x, y, options));
    return std::move(fitted.head);
  }
  learn::LogisticSearchOptions search{.foldOf = foldOf, .threads = ctx.threads()};
  if (tell) search.progress = [&](const Progress& now) { ctx.progress(now); };
  PB_TRY(auto found, learn::searchLambda(x, y, options, search));
  ctx.metric("c", found.bestC, metricStep);
  return std::move(found.model.head);
}

/// One row of log-odds for each class.
Result<learn::LinearHead> fitLabels(RunContext& ctx, const learn::Matrix& x, const Targets& t, std::span<const std::size_t> rows,
                                    const HeadOptions& o) {
  const auto k = t.classes.size();
  learn::LinearHead all{learn::Matrix(k, x.cols()), std::vector<float>(k)};
  for (std::size_t c = 0; c < k; ++c) {
    ctx.progress({TR("block", "Fitting the classes"), static_cast<std::int64_t>(c), static_cast<std::int64_t>(k), "class"});
    PB_TRY(const auto one, fit(ctx, x, t, rows, labelProblem(t, rows, c), o, static_cast<std::int64_t>(c), false));
    std::ranges::copy(one.weights.row(0), all.weights.row(c).begin());
    all.bias[c] = one.bias[0];
  }
  return all;
}

}  // namespace

Result<learn::LinearHead> fitHead(RunContext& ctx, learn::Matrix x, const Targets& t, std::span<const std::size_t> rows,
                                  const HeadOptions& options) {
  PB_TRY(const auto standardiser, learn::fitStandardiser(x));
  standardiser.apply(x.view());
  if (t.multiLabel) {
    PB_TRY(const auto head, fitLabels(ctx, x, t, rows, options));
    return head.folded(standardiser);
  }
  PB_TRY(const auto head, fit(ctx, x, t, rows, classProblem(t, rows), options, -1, true));
  return head.folded(standardiser).softmaxForm();
}

Result<learn::Matrix> alignedRows(const Embedding& embedding, const Targets& targets) {
  std::unordered_map<std::string_view, std::size_t> row;
  for (std::size_t i = 0; i < embedding.ids.size(); ++i) row.emplace(embedding.ids[i], i);
  learn::Matrix out(targets.size(), embedding.columns);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto found = row.find(targets.ids[i]);
    if (found == row.end())
      return fail(ErrorKind::BadInput, "probe.missing_features", TR("block", "The features do not belong to these pictures."),
                  TR("block", "Connect the data set that the Embed block was given, split or labelled as you like."), "embedding");
    std::copy_n(embedding.values.begin() + static_cast<std::ptrdiff_t>(found->second * embedding.columns), embedding.columns,
                out.row(i).begin());
  }
  return out;
}

Result<HeldOut> heldOutProbabilities(RunContext& ctx, learn::Matrix x, const Targets& t, std::span<const std::size_t> rows,
                                     const HeadOptions& o, std::span<const float> weights) {
  PB_TRY(const auto standardiser, learn::fitStandardiser(x));
  standardiser.apply(x.view());
  StopSignal stop{ctx};
  HeldOut out{learn::Matrix(rows.size(), t.classes.size()), 0, o.c};
  for (std::size_t c = 0; c < (t.multiLabel ? t.classes.size() : 1); ++c) {
    const auto p = t.multiLabel ? labelProblem(t, rows, c) : classProblem(t, rows);
    const auto folds = innerFolds(t, rows, p, o.folds);
    if (folds.empty())
      return fail(ErrorKind::BadInput, "head.few",
                  TR("block", "A class has too few pictures, or all of them in one group, so that no model can be trained without them."),
                  TR("block", "Label more pictures of each class, or leave the class out."), "data");
    learn::LogisticSearchOptions search{.foldOf = folds, .threads = ctx.threads(), .refit = false};
    search.progress = [&](const Progress& now) { ctx.progress(now); };
    // Labels that may be wrong want a strong penalty: weaker ones learn them by heart, and take the longest.
    search.grid = {1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1};
    if (!o.search) search.grid = {o.c};
    PB_TRY(const auto found,
           learn::searchLambda(x, learn::LogisticTargets::labels(p.label, p.classes),
                               {.c = o.c, .balanced = o.balanced, .sampleWeights = weights, .threads = ctx.threads(), .stop = stop.flag()},
                               search));
    out.c = found.bestC;
    out.folds = std::ranges::max(folds) + 1;
    if (!t.multiLabel) {
      out.probabilities = found.heldOut;
      break;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) out.probabilities(i, c) = found.heldOut(i, 1);
  }
  return out;
}

Result<double> temperatureOf(const learn::Matrix& scores, const Targets& t, std::span<const std::size_t> rows) {
  if (rows.size() < leastForTemperature) return 1.0;
  std::vector<std::int32_t> truth;
  if (!t.multiLabel) {
    for (const auto r : rows) truth.push_back(t.label[r]);
    return learn::fitTemperature(truth, scores);
  }
  for (const auto r : rows)
    for (std::size_t c = 0; c < t.classes.size(); ++c) truth.push_back(hasClass(t, r, c));
  return learn::fitTemperature(truth, learn::MatrixView{scores.data(), truth.size(), 1});
}

learn::Matrix probabilitiesOf(const learn::Matrix& scores, bool multiLabel) {
  return multiLabel ? learn::sigmoidOf(scores) : learn::softmaxRows(scores);
}

bool hasClass(const Targets& t, std::size_t row, std::size_t c) {
  return t.multiLabel ? t.probability[row * t.classes.size() + c] >= 0.5f : t.label[row] == static_cast<int>(c);
}

std::string_view taskOf(const Targets& t) { return t.multiLabel ? net::multiLabelTask : net::classificationTask; }

HeadTensors toTensors(const learn::LinearHead& head) {
  const auto outputs = static_cast<std::int64_t>(head.outputs()), features = static_cast<std::int64_t>(head.features());
  std::vector<float> weight(head.weights.data(), head.weights.data() + head.outputs() * head.features());
  return {net::Tensor{{outputs, features}, std::move(weight)}, net::Tensor{{outputs}, head.bias}};
}

Result<net::Net> withTemperature(net::Net net, double temperature) {
  for (auto op = net.ops.rbegin(); op != net.ops.rend(); ++op) {
    if (!op->as<net::Linear>()) continue;
    for (const auto& spec : net::parametersOf(*op)) {
      auto& tensor = net.parameters[spec.name];
      std::vector<float> values(tensor.values().begin(), tensor.values().end());
      for (auto& v : values) v = static_cast<float>(v / temperature);
      tensor = net::Tensor{tensor.shape, std::move(values)};
    }
    return net;
  }
  return fail(ErrorKind::Internal, "head.missing", TR("block", "The network has no last layer."), TR("block", "Report this as a defect."));
}

}  // namespace patchbay::blocks
