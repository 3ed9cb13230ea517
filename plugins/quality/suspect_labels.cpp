// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/data/targets.h"
#include "engine/learn/confident_learning.h"
#include "plugins/quality/support/findings.h"
#include "plugins/support/head.h"
#include "plugins/support/shared_params.h"

namespace patchbay::blocks {
namespace suspect_labels_cpp {

/// A label that is taken to be wrong.
struct Suspect {
  std::size_t row = 0;  ///< Of the targets.
  double score = 0;     ///< 1 - probability of the given label.
  double given = 0;     ///< Probability of the given label.
  std::string proposed;
};

struct SuspectLabels final : Block {
  In<Embedding> embedding{
      this, {.key = "embedding", .label = TR("block", "Features"), .help = TR("block", "Features of all pictures, from the Embed block.")}};
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The same pictures with their labels.")}};
  Out<Report> report{this,
                     {.key = "report",
                      .label = TR("block", "Suspect labels"),
                      .help = TR("block", "The labels that are most likely wrong, each with the class that the pictures speak for.")}};
  Out<Predictions> predictions{this,
                               {.key = "predictions",
                                .label = TR("block", "Predictions"),
                                .help = TR("block", "Probabilities of each labelled picture by a model that did not learn from it.")}};

  Param<std::int64_t> folds{this,
                            {.key = "folds",
                             .label = TR("block", "Folds"),
                             .help = TR("block", "So many models are trained, each without the pictures it judges."),
                             .def = 5,
                             .min = 2,
                             .max = 20}};
  Param<std::int64_t> rounds{
      this,
      {.key = "rounds",
       .label = TR("block", "Rounds"),
       .help = TR("block", "In each further round the models learn without what was suspected before, so that wrong labels teach nothing."),
       .def = 2,
       .min = 1,
       .max = 5}};
  Param<Strength> strength{this, strengthParam()};
  Param<double> c{this, strengthValueParam()};
  Param<std::int64_t> most{this,
                           {.key = "most",
                            .label = TR("block", "Most listed"),
                            .help = TR("block", "So many suspect labels are listed, the surest first."),
                            .def = 500,
                            .min = 1,
                            .max = 100'000,
                            .unit = Unit::Picture}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto features, embedding.read(ctx));
    PB_TRY(const auto set, data.read(ctx));
    PB_CHECK(requireClasses(set.info()));
    PB_TRY(const auto targets, targetsOf(ctx.objects(), set));
    PB_TRY(const auto rows, rowsToJudge(ctx, targets));
    PB_TRY(const auto x, alignedRows(features, targets));
    PB_TRY(const auto judged, judge(ctx, learn::selectRows(x, rows), targets, rows));
    PB_TRY(const auto items, itemsById(ctx, set));
    auto out = findingReport(findings(judged, targets, items), std::array{Finding::Kind::Suspect}, items, set.info(),
                             static_cast<std::size_t>(*most));
    std::vector<std::pair<std::string, double>> scores;
    for (std::size_t i = 0; i < rows.size(); ++i) scores.emplace_back(targets.ids[rows[i]], judged.score[i]);
    addScores(out, "suspect", std::move(scores));
    out.metrics["labels"] = static_cast<std::int64_t>(rows.size());
    out.metrics["estimated_errors"] = judged.errors;
    out.metrics["estimated_error_share"] = judged.errors / static_cast<double>(rows.size());
    out.metrics["folds"] = judged.heldOut.folds;
    out.metrics["c"] = judged.heldOut.c;
    out.body["joint"] = judged.joint;
    PB_CHECK(report.write(ctx, out));
    return writePredictions(ctx, targets, rows, judged.heldOut.probabilities);
  }

 private:
  struct Judged {
    HeldOut heldOut;
    std::vector<double> score;  ///< One a row: 1 - probability of the given label.
    std::vector<Suspect> suspects;
    double errors = 0;
    Value joint;  ///< Given x true shares; with several labels a picture one for each class.
  };

  /// Labelled rows of classes that two folds can share: a class of one picture, or of one group, cannot be judged.
  static Result<std::vector<std::size_t>> rowsToJudge(RunContext& ctx, const Targets& t) {
    std::map<int, std::set<std::string>> groups;
    for (std::size_t i = 0; i < t.size(); ++i)
      if (t.label[i] >= 0) groups[t.multiLabel ? 0 : t.label[i]].insert(t.groups[i].empty() ? "item " + t.ids[i] : "group " + t.groups[i]);
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < t.size(); ++i)
      if (t.label[i] >= 0 && groups[t.multiLabel ? 0 : t.label[i]].size() >= 2) rows.push_back(i);
    std::size_t judged = 0;
    for (const auto& [label, members] : groups) {
      judged += members.size() >= 2;
      if (members.size() < 2)
        ctx.log(LogLevel::Warning, "The class \"" + displayText(t.classes[static_cast<std::size_t>(label)]) +
                                       "\" has a single picture or group; its label cannot be judged.");
    }
    if (rows.empty() || (!t.multiLabel && judged < 2))
      return fail(ErrorKind::BadInput, "suspect.few", TR("block", "There are too few labelled pictures to judge labels by each other."),
                  TR("block", "Label at least two pictures of two classes."), "data");
    return rows;
  }

  Result<Judged> judge(RunContext& ctx, const learn::Matrix& x, const Targets& t, const std::vector<std::size_t>& rows) const {
    HeadOptions how{.c = *c, .search = *strength == Strength::Search, .folds = *folds};
    std::vector<float> weights;
    Judged out;
    for (std::int64_t round = 0; round < *rounds; ++round) {
      PB_TRY(out.heldOut, heldOutProbabilities(ctx, x, t, rows, how, weights));
      PB_CHECK(t.multiLabel ? judgeLabels(t, rows, out) : judgeClasses(t, rows, out));
      how.c = out.heldOut.c;
      how.search = how.search && t.multiLabel;  // Each class has its own C there.
      weights.assign(rows.size(), 1);
      std::map<std::size_t, std::size_t> place;
      for (std::size_t i = 0; i < rows.size(); ++i) place.emplace(rows[i], i);
      for (const auto& s : out.suspects) weights[place.at(s.row)] = 0;
      if (!keepsEveryClass(t, rows, weights)) break;
    }
    return out;
  }

  /// Leaving suspects out must leave each class something to learn from.
  static bool keepsEveryClass(const Targets& t, const std::vector<std::size_t>& rows, const std::vector<float>& weights) {
    std::vector<std::size_t> all(t.classes.size()), kept(t.classes.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t c = 0; c < t.classes.size(); ++c) {
        if (!hasClass(t, rows[i], c)) continue;
        ++all[c];
        kept[c] += weights[i] > 0;
      }
    for (std::size_t c = 0; c < all.size(); ++c)
      if (2 * kept[c] < all[c]) return false;
    return true;
  }

  static Result<> judgeClasses(const Targets& t, const std::vector<std::size_t>& rows, Judged& out) {
    std::vector<std::int32_t> given;
    for (const auto r : rows) given.push_back(t.label[r]);
    PB_TRY(const auto noise, learn::findLabelErrors(given, out.heldOut.probabilities));
    out.score.clear();
    out.suspects.clear();
    for (std::size_t i = 0; i < rows.size(); ++i)
      out.score.push_back(1 - static_cast<double>(out.heldOut.probabilities(i, static_cast<std::size_t>(given[i]))));
    for (const auto i : noise.suspects)
      out.suspects.push_back({rows[i], out.score[i], out.heldOut.probabilities(i, static_cast<std::size_t>(given[i])),
                              t.classes[static_cast<std::size_t>(noise.proposed[i])]});
    out.errors = noise.errors;
    out.joint = tableOf(noise);
    return {};
  }

  /// Each label is there or not by itself; a picture's score is that of its worst label.
  static Result<> judgeLabels(const Targets& t, const std::vector<std::size_t>& rows, Judged& out) {
    out.score.assign(rows.size(), 0);
    out.errors = 0;
    out.joint = Value::List{};
    std::map<std::size_t, std::vector<std::pair<double, std::size_t>>> wrong;  // Row of the matrix -> score, class.
    for (std::size_t c = 0; c < t.classes.size(); ++c) {
      std::vector<std::int32_t> given;
      learn::Matrix p{rows.size(), 2};
      for (std::size_t i = 0; i < rows.size(); ++i) {
        given.push_back(hasClass(t, rows[i], c));
        p(i, 1) = out.heldOut.probabilities(i, c);
        p(i, 0) = 1 - p(i, 1);
      }
      PB_TRY(const auto noise, learn::findLabelErrors(given, p));
      for (std::size_t i = 0; i < rows.size(); ++i) out.score[i] = std::max(out.score[i], (1 - static_cast<double>(noise.margin[i])) / 2);
      for (const auto i : noise.suspects) wrong[i].emplace_back((1 - static_cast<double>(noise.margin[i])) / 2, c);
      out.errors += noise.errors;
      out.joint.push(tableOf(noise));
    }
    out.suspects.clear();
    for (const auto& [i, classes] : wrong) {
      std::string proposed;
      for (std::size_t c = 0; c < t.classes.size(); ++c) {
        const bool turned = std::ranges::find(classes, c, &std::pair<double, std::size_t>::second) != classes.end();
        if (hasClass(t, rows[i], c) != turned) proposed += (proposed.empty() ? "" : ", ") + t.classes[c];
      }
      const double worst = std::ranges::max(classes).first;
      out.suspects.push_back({rows[i], worst, 1 - worst, proposed});
    }
    return {};
  }

  static Value tableOf(const learn::LabelNoise& noise) {
    Value out{Value::List{}};
    for (std::size_t i = 0; i < noise.thresholds.size(); ++i) {
      Value row{Value::List{}};
      for (std::size_t j = 0; j < noise.thresholds.size(); ++j) row.push(noise.share(i, j));
      out.push(std::move(row));
    }
    return out;
  }

  static std::vector<Finding> findings(const Judged& judged, const Targets& t, const ItemsById& items) {
    std::vector<Finding> out;
    for (const auto& s : judged.suspects) {
      const auto& id = t.ids[s.row];
      const auto found = items.find(id);
      out.push_back({.kind = Finding::Kind::Suspect,
                     .items = {id},
                     .score = s.score,
                     .given = found == items.end() ? "" : labelsOf(found->second, t.multiLabel),
                     .proposed = s.proposed,
                     .cause = TR("block", "Models that did not see this picture give its label {percent} %.")
                                  .with("percent", std::round(s.given * 1000) / 10)});
    }
    return out;
  }

  Result<> writePredictions(RunContext& ctx, const Targets& t, const std::vector<std::size_t>& rows, const learn::Matrix& p) const {
    Predictions out;
    out.classes = t.classes;
    for (const auto r : rows) {
      out.ids.push_back(t.ids[r]);
      out.truth.push_back(t.multiLabel ? -1 : t.label[r]);
      out.split.push_back(t.split[r]);
    }
    out.probabilities.assign(p.data(), p.data() + p.rows() * p.cols());
    out.meta["task"] = taskOf(t);
    return predictions.write(ctx, out);
  }
};

}  // namespace suspect_labels_cpp

PATCHBAY_BLOCK(quality_suspect_labels, suspect_labels_cpp::SuspectLabels,
               {.id = "patchbay.quality.suspect_labels",
                .title = TR("block", "Suspect labels"),
                .summary = TR("block", "Finds labels that are likely wrong: models that did not see a picture contradict its label."),
                .category = Category::Evaluate,
                .needs = {.cores = 0, .memoryMb = 1000},
                .floating = true})
}  // namespace patchbay::blocks
