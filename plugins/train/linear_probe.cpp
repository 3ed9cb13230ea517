// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/data/targets.h"
#include "engine/learn/logistic.h"
#include "engine/learn/metrics.h"
#include "engine/learn/split.h"
#include "engine/net/model_port.h"
#include "plugins/support/stop_signal.h"

namespace patchbay::blocks {
namespace linear_probe_cpp {

enum class Strength : std::uint8_t { Search, Fixed };

/// The rows of an embedding in the order of the targets.
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

struct LinearProbe final : Block {
  In<Embedding> embedding{
      this, {.key = "embedding", .label = TR("block", "Features"), .help = TR("block", "Features of all pictures, from the Embed block.")}};
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The same pictures with labels and parts.")}};
  Out<ModelValue> model{this,
                        {.key = "model", .label = TR("block", "Model"), .help = TR("block", "The backbone with the trained linear head.")}};
  Out<Predictions> predictions{
      this, {.key = "predictions", .label = TR("block", "Predictions"), .help = TR("block", "Probabilities for every picture.")}};

  Param<Strength> strength{
      this,
      {.key = "strength",
       .label = TR("block", "Regularisation"),
       .help = TR("block", "How the strength is chosen."),
       .def = Strength::Search,
       .choices = {{Strength::Search, "search", TR("block", "By cross-validation")}, {Strength::Fixed, "fixed", TR("block", "Fixed")}}}};
  Param<double> c{this,
                  {.key = "c",
                   .label = TR("block", "C"),
                   .help = TR("block", "Weight of the data against the penalty; smaller is more regularised."),
                   .def = 0.01,
                   .min = 1e-8,
                   .max = 1e6,
                   .scale = Scale::Log,
                   .visibleIf = {{"strength", {"fixed"}}}}};
  Param<std::int64_t> folds{this,
                            {.key = "folds",
                             .label = TR("block", "Folds"),
                             .help = TR("block", "Parts of the inner cross-validation."),
                             .def = 5,
                             .min = 2,
                             .max = 20,
                             .visibleIf = {{"strength", {"search"}}}}};
  Param<bool> balanced{this,
                       {.key = "balanced",
                        .label = TR("block", "Balance classes"),
                        .help = TR("block", "Rare classes count as much as common ones."),
                        .def = false}};
  Param<bool> softLabels{this,
                         {.key = "soft_labels",
                          .label = TR("block", "Use given probabilities"),
                          .help = TR("block", "Learn from the probability of each label instead of the most probable class."),
                          .def = false}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto features, embedding.read(ctx));
    PB_TRY(const auto set, data.read(ctx));
    PB_CHECK(requireOneClassEach(set.info()));
    PB_TRY(const auto targets, targetsOf(ctx.objects(), set));
    PB_TRY(const auto rows, trainingRows(targets));
    PB_TRY(auto x, alignedRows(features, targets));
    PB_TRY(const auto head, fit(ctx, x, targets, rows.train));
    PB_TRY(const auto temperature, calibrate(head, x, targets, rows.validation));
    PB_CHECK(writePredictions(ctx, head, x, targets, temperature, set, features.meta["backbone"]));
    return writeModel(ctx, features, head, targets.classes, temperature);
  }

 private:
  /// A head on the features as they are (the standardisation folded in), one row a class.
  Result<learn::LinearHead> fit(RunContext& ctx, const learn::Matrix& x, const Targets& t, const std::vector<std::size_t>& rows) const {
    auto train = learn::selectRows(x, rows);
    PB_TRY(const auto standardiser, learn::fitStandardiser(train));
    standardiser.apply(train.view());
    std::vector<std::int32_t> labels;
    learn::Matrix soft(rows.size(), t.classes.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      labels.push_back(t.label[rows[i]]);
      for (std::size_t k = 0; k < t.classes.size(); ++k) soft(i, k) = t.probability[rows[i] * t.classes.size() + k];
    }
    const auto classes = static_cast<int>(t.classes.size());
    const auto y = *softLabels && t.soft ? learn::LogisticTargets::probabilities(soft) : learn::LogisticTargets::labels(labels, classes);
    StopSignal stop{ctx};
    learn::LogisticOptions options{.c = *c, .balanced = *balanced, .threads = ctx.threads(), .stop = stop.flag()};
    learn::LogisticModel fitted;
    const auto foldOf = *strength == Strength::Search ? innerFolds(t, rows) : std::vector<int>{};
    if (*strength == Strength::Search && foldOf.empty())
      ctx.log(LogLevel::Warning, "A class has too few pictures (or groups) for cross-validation; C stays at " + toJson(Value{*c}) + ".");
    if (!foldOf.empty()) {
      learn::LogisticSearchOptions search{.foldOf = foldOf, .threads = ctx.threads()};
      search.progress = [&](const Progress& p) { ctx.progress(p); };
      PB_TRY(auto found, learn::searchLambda(train, y, options, search));
      ctx.metric("c", found.bestC, -1);
      fitted = std::move(found.model);
    } else {
      PB_TRY(fitted, learn::fitLogistic(train, y, options));
    }
    return fitted.head.folded(standardiser).softmaxForm();
  }

  /// Fold of each training row: stratified, groups together, keyed by item, so that nothing but the items decides. Fewer
  /// folds when a class is small; empty when even two would leave one of them without a class.
  std::vector<int> innerFolds(const Targets& t, const std::vector<std::size_t>& rows) const {
    std::vector<learn::SplitItem> items;
    std::vector<std::size_t> count(t.classes.size());
    for (const auto r : rows) {
      items.push_back({t.ids[r], t.groups[r], t.label[r]});
      ++count[static_cast<std::size_t>(t.label[r])];
    }
    const auto smallest = static_cast<std::int64_t>(*std::ranges::min_element(count));
    for (auto n = std::min(*folds, smallest); n >= 2; --n) {
      const auto folded = learn::stratifiedFolds(items, static_cast<int>(n));
      if (!folded) continue;
      std::vector<int> parts(folded->begin(), folded->end());
      const auto by = learn::countByClass(items, parts, static_cast<int>(n));
      const auto whole = [&](const std::vector<std::size_t>& part) {
        for (std::size_t c = 0; c < count.size(); ++c)
          if (part[c + 1] == count[c]) return true;
        return false;
      };
      if (std::ranges::none_of(by, whole)) return parts;
    }
    return {};
  }

  /// Probabilities that mean what they say, when there are validation pictures to learn that from.
  static Result<double> calibrate(const learn::LinearHead& head, const learn::Matrix& x, const Targets& t,
                                  const std::vector<std::size_t>& rows) {
    if (rows.size() < 20) return 1.0;
    std::vector<std::int32_t> labels;
    for (const auto r : rows) labels.push_back(t.label[r]);
    return learn::fitTemperature(labels, head.scores(learn::selectRows(x, rows)));
  }

  Result<> writePredictions(RunContext& ctx, const learn::LinearHead& head, const learn::Matrix& x, const Targets& t, double temperature,
                            const Dataset& set, const Value& label) const {
    const auto p = head.probabilities(x, temperature);
    Predictions out{.classes = t.classes, .ids = t.ids, .truth = t.label, .split = t.split, .probabilities = {}, .meta = {}};
    out.probabilities.assign(p.data(), p.data() + p.rows() * p.cols());
    out.meta["task"] = set.info().task;
    out.meta["label"] = label;
    return predictions.write(ctx, out);
  }

  /// The temperature is folded into the exported head, so that every runtime gives calibrated probabilities.
  Result<> writeModel(RunContext& ctx, const Embedding& e, learn::LinearHead head, const std::vector<std::string>& classes,
                      double temperature) const {
    const auto scale = static_cast<float>(1 / temperature);
    std::vector<float> weight(head.weights.data(), head.weights.data() + head.outputs() * head.features());
    for (auto& w : weight) w *= scale;
    for (auto& b : head.bias) b *= scale;
    Value meta{Value::Map{{"kind", "probe"}, {"name", e.meta["backbone"]}, {"temperature", temperature}}};
    meta["origin"] = e.meta["origin"];
    const net::Tensor w{{static_cast<std::int64_t>(head.outputs()), static_cast<std::int64_t>(head.features())}, std::move(weight)};
    const net::Tensor b{{static_cast<std::int64_t>(head.outputs())}, head.bias};
    if (e.net.isZero())
      return fail(ErrorKind::Unsupported, "probe.no_network", TR("block", "These features do not say which network made them."),
                  TR("block", "Use features of the Embed block."), "embedding");
    PB_TRY(auto value, net::saveHeadOn(ctx.objects(), e.net, w, b, classes, std::move(meta)));
    model.pass(ctx, std::move(value));
    return {};
  }
};

}  // namespace linear_probe_cpp

PATCHBAY_BLOCK(train_linear_probe, linear_probe_cpp::LinearProbe,
               {.id = "patchbay.train.linear_probe",
                .title = TR("block", "Linear probe"),
                .summary = TR("block", "Trains logistic regression on features: seconds, and the best choice with few labels."),
                .category = Category::Train,
                .needs = {.cores = 0, .memoryMb = 1000},
                .floating = true})
}  // namespace patchbay::blocks
