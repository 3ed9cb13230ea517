// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/data/targets.h"
#include "engine/learn/report.h"
#include "plugins/evaluate/support/labels.h"
#include "plugins/evaluate/support/metrics.h"
#include "plugins/evaluate/support/slices.h"

namespace patchbay::blocks {
namespace evaluate_cpp {

/// Task whose classes are steps of a scale.
constexpr std::string_view ordinal = "ordinal";

enum class Part : std::uint8_t { Test, Validation, Train, All };
enum class Rule : std::uint8_t { Half, MaxF1, MaxBalanced, Recall };

/// The rows of one part, truth known.
struct Rows {
  std::vector<std::size_t> index;
  std::vector<std::int32_t> truth;
  learn::Matrix probability;
};

Rows rowsOf(const Predictions& p, const std::function<bool(Split)>& wanted) {
  Rows rows;
  for (std::size_t i = 0; i < p.ids.size(); ++i)
    if (p.truth[i] >= 0 && wanted(p.split[i])) rows.index.push_back(i);
  const auto k = p.classes.size();
  rows.probability = learn::Matrix(rows.index.size(), k);
  for (std::size_t r = 0; r < rows.index.size(); ++r) {
    rows.truth.push_back(p.truth[rows.index[r]]);
    std::copy_n(p.probabilities.begin() + static_cast<std::ptrdiff_t>(rows.index[r] * k), k, rows.probability.row(r).begin());
  }
  return rows;
}

struct Evaluate final : Block {
  In<Predictions> predictions{
      this, {.key = "predictions", .label = TR("block", "Predictions"), .help = TR("block", "Probabilities for the pictures.")}};
  In<Dataset> data{
      this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The same pictures with their true labels and parts.")}};
  Out<Report> report{this,
                     {.key = "report", .label = TR("block", "Report"), .help = TR("block", "All figures, curves and the worst mistakes.")}};

  Param<Part> part{this,
                   {.key = "part",
                    .label = TR("block", "Part"),
                    .help = TR("block", "Which pictures the figures are about."),
                    .def = Part::Test,
                    .choices = {{Part::Test, "test", TR("block", "Test")},
                                {Part::Validation, "validation", TR("block", "Validation")},
                                {Part::Train, "train", TR("block", "Training")},
                                {Part::All, "all", TR("block", "All")}}}};
  Param<std::string> positive{
      this,
      {.key = "positive",
       .label = TR("block", "Positive class"),
       .help = TR("block", "With two classes: the one to be found, whose precision, recall and curves are shown. Empty: the second one."),
       .def = ""}};
  Param<Rule> rule{this,
                   {.key = "threshold",
                    .label = TR("block", "Threshold"),
                    .help = TR("block",
                               "With two classes, and for each of several labels: from which probability on a picture counts as positive. "
                               "Chosen on the validation part, never on the test part."),
                    .def = Rule::Half,
                    .choices = {{Rule::Half, "half", TR("block", "One half")},
                                {Rule::MaxF1, "max_f1", TR("block", "Best F1")},
                                {Rule::MaxBalanced, "max_balanced_accuracy", TR("block", "Best balanced accuracy")},
                                {Rule::Recall, "recall", TR("block", "Wanted recall")}}}};
  Param<double> recall{this,
                       {.key = "recall",
                        .label = TR("block", "Wanted recall"),
                        .help = TR("block", "Share of the positives that must be found."),
                        .def = 95,
                        .min = 1,
                        .max = 100,
                        .unit = Unit::Percent,
                        .visibleIf = {{"threshold", {"recall"}}}}};
  Param<std::int64_t> mistakes{this,
                               {.key = "mistakes",
                                .label = TR("block", "Worst mistakes"),
                                .help = TR("block", "How many of the most confidently wrong pictures are listed."),
                                .def = 24,
                                .min = 0,
                                .max = 1000,
                                .unit = Unit::Picture}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(auto p, predictions.read(ctx));
    PB_TRY(const auto set, data.read(ctx));
    PB_CHECK(requireClasses(set.info()));
    PB_CHECK(requireSameTask(p, set.info()));
    PB_TRY(const auto items, set.items(ctx.objects()));
    PB_CHECK(requireClassesKnown(p, set.info().classes));
    const auto wanted = [part = *part](Split s) {
      return part == Part::All || (part == Part::Test && s == Split::Test) || (part == Part::Validation && s == Split::Validation) ||
             (part == Part::Train && s == Split::Train);
    };
    if (set.info().task == "multi-label") {
      PB_TRY(auto out, evaluateLabels(ctx, p, items, {wanted, thresholdRule(), *recall / 100, static_cast<std::size_t>(*mistakes)}));
      return write(ctx, p, std::move(out));
    }
    takeTruth(p, items);
    PB_CHECK(orderClasses(p));
    const auto rows = rowsOf(p, wanted);
    if (rows.index.empty())
      return fail(ErrorKind::BadInput, "evaluate.empty_part", TR("block", "The chosen part has no labelled picture."),
                  TR("block", "Put a Split block before the training, or choose the part \"All\"."), "part");
    learn::ReportOptions options;
    PB_CHECK(chooseThreshold(p, options));
    const auto groups = bootstrapGroups(items, p, rows.index);
    options.bootstrap.groupOf = groups;
    options.bootstrap.threads = ctx.threads();
    options.bootstrap.seed = 1;
    PB_TRY(const auto figures, learn::evaluateClassification(rows.truth, rows.probability, options));
    auto out = reportOf(p, items, rows, figures);
    std::vector<std::size_t> wrong;
    for (std::size_t r = 0; r < rows.index.size(); ++r)
      if (figures.predicted[r] != rows.truth[r]) wrong.push_back(r);
    PB_TRY(out.body["slices"], slices(ctx, p, items, rows.index, wrong));
    if (set.info().task == ordinal) addSteps(out, p, set.info().classes, rows, figures.predicted, options.bootstrap);
    return write(ctx, p, std::move(out));
  }

 private:
  /// Whether a picture has one class or several labels is a matter of model and data alike.
  static Result<> requireSameTask(const Predictions& p, const DatasetInfo& info) {
    const auto& task = p.meta["task"].asText();
    // Steps of a scale are learned as classes; their order counts here alone.
    if (task.empty() || task == info.task || (task == "classification" && info.task == ordinal)) return {};
    return fail(ErrorKind::BadInput, "evaluate.task",
                TR("block", "The predictions are for the task \"{task}\", the data for \"{other}\".")
                    .with("task", displayText(task))
                    .with("other", displayText(info.task)),
                TR("block", "Evaluate the model on data of the kind it was trained on."));
  }

  /// `rows`: the evaluated pictures among the predictions; `wrong`: which of them, in rising order, are not right.
  static Result<Value> slices(RunContext& ctx, const Predictions& p, const std::vector<Item>& items, const std::vector<std::size_t>& rows,
                              const std::vector<std::size_t>& wrong) {
    std::unordered_map<std::string_view, const Item*> byId;
    for (const auto& item : items) byId.emplace(item.id, &item);
    std::vector<Judged> judged;
    for (std::size_t r = 0; r < rows.size(); ++r)
      if (const auto found = byId.find(p.ids[rows[r]]); found != byId.end())
        judged.push_back({found->second, !std::ranges::binary_search(wrong, r)});
    return slicesOf(ctx, judged);
  }

  /// The model's classes may stand in another order than the data's, which is that of the scale.
  static void addSteps(Report& out, const Predictions& p, const std::vector<std::string>& scale, const Rows& rows,
                       const std::vector<std::int32_t>& predicted, const learn::BootstrapOptions& options) {
    std::vector<std::int32_t> step;
    for (const auto& c : p.classes) step.push_back(static_cast<std::int32_t>(std::ranges::find(scale, c) - scale.begin()));
    std::vector<std::int32_t> truth, said;
    for (std::size_t r = 0; r < rows.index.size(); ++r) {
      truth.push_back(step[static_cast<std::size_t>(rows.truth[r])]);
      said.push_back(step[static_cast<std::size_t>(predicted[r])]);
    }
    const auto figures = learn::orderedFigures(truth, said, options);
    out.body["task"] = ordinal;
    for (const auto& [name, metric] : {std::pair{"within_one", &figures.withinOne}, {"mean_steps", &figures.meanSteps}}) {
      out.body[name] = learn::toValue(*metric);
      putMetric(out, name, *metric);
    }
  }

  static Result<> requireClassesKnown(const Predictions& p, const std::vector<std::string>& classes) {
    for (const auto& c : classes)
      if (std::ranges::find(p.classes, c) == p.classes.end())
        return fail(ErrorKind::BadInput, "evaluate.unknown_class",
                    TR("block", "The model does not know the class \"{label}\".").with("label", displayText(c)),
                    TR("block", "Train it on data that have this class, or evaluate it on data without it."));
    return {};
  }

  /// Labels and parts are those of the data set now, not those of the training: relabelling needs no new prediction.
  static void takeTruth(Predictions& p, const std::vector<Item>& items) {
    std::unordered_map<std::string_view, const Item*> byId;
    for (const auto& item : items) byId.emplace(item.id, &item);
    for (std::size_t i = 0; i < p.ids.size(); ++i) {
      const auto found = byId.find(p.ids[i]);
      p.truth[i] = -1;
      if (found == byId.end()) continue;
      p.split[i] = found->second->split;
      if (const auto* label = found->second->label())
        p.truth[i] = static_cast<int>(std::ranges::find(p.classes, *label) - p.classes.begin());
    }
  }

  std::optional<learn::ThresholdRule> thresholdRule() const {
    if (*rule == Rule::Half) return std::nullopt;
    return *rule == Rule::MaxF1         ? learn::ThresholdRule::MaxF1
           : *rule == Rule::MaxBalanced ? learn::ThresholdRule::MaxBalancedAccuracy
                                        : learn::ThresholdRule::FixedRecall;
  }

  /// Two classes: the positive one goes second, as every binary figure wants it.
  Result<> orderClasses(Predictions& p) const {
    const auto name = *positive;
    if (name.empty() || p.classes.size() != 2) return {};
    const auto at = std::ranges::find(p.classes, name);
    if (at == p.classes.end())
      return fail(ErrorKind::BadInput, "evaluate.positive", TR("block", "There is no class \"{label}\".").with("label", displayText(name)),
                  TR("block", "Choose one of the model's classes."), "positive");
    if (at != p.classes.begin()) return {};
    std::swap(p.classes[0], p.classes[1]);
    for (std::size_t i = 0; i < p.ids.size(); ++i) {
      std::swap(p.probabilities[2 * i], p.probabilities[2 * i + 1]);
      if (p.truth[i] >= 0) p.truth[i] = 1 - p.truth[i];
    }
    return {};
  }

  Result<> chooseThreshold(const Predictions& p, learn::ReportOptions& options) const {
    const auto how = thresholdRule();
    if (!how || p.classes.size() != 2) return {};
    const auto rows = rowsOf(p, [](Split s) { return s == Split::Validation; });
    if (rows.index.empty())
      return fail(ErrorKind::BadInput, "evaluate.no_validation",
                  TR("block", "There is no labelled validation picture to choose the threshold on."),
                  TR("block", "Give the Split block a validation share, or set the threshold to \"One half\"."), "threshold");
    std::vector<std::uint8_t> flags;
    std::vector<float> scores;
    for (std::size_t r = 0; r < rows.index.size(); ++r) {
      flags.push_back(rows.truth[r] == 1);
      scores.push_back(rows.probability(r, 1));
    }
    PB_TRY(const auto chosen, learn::chooseThreshold(flags, scores, *how, *recall / 100));
    options.threshold = chosen.threshold;
    return {};
  }

  Result<> write(RunContext& ctx, const Predictions& p, Report out) const {
    Value classes{Value::List{}};
    for (const auto& c : p.classes) classes.push(c);
    out.body["classes"] = std::move(classes);
    out.body["part"] = params()["part"];
    out.body["label"] = p.meta["label"];
    return report.write(ctx, out);
  }

  Report reportOf(const Predictions& p, const std::vector<Item>& items, const Rows& rows,
                  const learn::ClassificationReport& figures) const {
    Report out;
    out.body = learn::toValue(figures);
    out.body["mistakes"] = mistakeList(p, items, rows, figures.predicted);
    putMetric(out, "accuracy", figures.accuracy);
    putMetric(out, "balanced_accuracy", figures.balancedAccuracy);
    putMetric(out, "macro_f1", figures.macroF1);
    putMetric(out, "auroc", figures.auroc);
    putMetric(out, "ece", figures.ece);
    putMetric(out, "log_loss", figures.logLoss);
    if (figures.f1) putMetric(out, "f1", *figures.f1);
    if (figures.averagePrecision) putMetric(out, "average_precision", *figures.averagePrecision);
    out.metrics["pictures"] = figures.items;
    out.metrics["threshold"] = figures.threshold;
    return out;
  }

  Value mistakeList(const Predictions& p, const std::vector<Item>& items, const Rows& rows,
                    const std::vector<std::int32_t>& predicted) const {
    std::unordered_map<std::string_view, const Item*> byId;
    for (const auto& item : items) byId.emplace(item.id, &item);
    Value list{Value::List{}};
    for (const auto r : learn::worstMistakes(rows.truth, predicted, rows.probability, static_cast<std::size_t>(*mistakes))) {
      const auto i = rows.index[r];
      const auto best = static_cast<std::size_t>(predicted[r]);
      Value entry;
      entry["id"] = p.ids[i];
      entry["truth"] = p.classes[static_cast<std::size_t>(rows.truth[r])];
      entry["predicted"] = p.classes[best];
      entry["probability"] = static_cast<double>(rows.probability(r, best));
      if (const auto found = byId.find(p.ids[i]); found != byId.end()) {
        entry["picture"] = found->second->digest.hex();
        if (!found->second->paths.empty()) entry["path"] = pathToValue(found->second->paths.front());
      }
      list.push(std::move(entry));
    }
    return list;
  }
};

}  // namespace evaluate_cpp

PATCHBAY_BLOCK(evaluate_evaluate, evaluate_cpp::Evaluate,
               {.id = "patchbay.evaluate.evaluate",
                .title = TR("block", "Evaluate"),
                .summary = TR("block",
                              "Says how good a model is: every figure with its interval, curves, confusion matrix and the worst mistakes."),
                .category = Category::Evaluate,
                .needs = {.cores = 0},
                .cacheEpoch = 3})
}  // namespace patchbay::blocks
