// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/learn/metrics.h"
#include "plugins/support/familiarity.h"
#include "plugins/support/shared_params.h"

namespace patchbay::blocks {
namespace unlike_cpp {

/// Enough neighbours to choose from; more cost time for every picture that is tried, and hardly change a score.
constexpr std::size_t mostReference = 20'000;
constexpr std::size_t mostShown = 48;

struct Rows {
  std::vector<std::size_t> train, held, other;
};

struct Unlike final : Block {
  In<Embedding> embedding{this, {.key = "embedding", .label = TR("block", "Features"), .help = TR("block", "Of your pictures.")}};
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The same pictures with their parts.")}};
  In<Embedding> strangers{
      this,
      {.key = "strangers",
       .label = TR("block", "Strangers"),
       .help = TR("block", "Features of pictures that are known to be unlike yours, to measure how well they are told apart."),
       .optional = true}};
  Out<Report> report{this,
                     {.key = "report",
                      .label = TR("block", "Unlike your data"),
                      .help = TR("block", "The least alike of your pictures, and what is needed to judge others.")}};

  Param<Familiarity::Method> method{
      this,
      {.key = "method",
       .label = TR("block", "Method"),
       .help = TR("block", "How a picture is compared with the training pictures."),
       .def = Familiarity::Method::Nearest,
       .choices = {{Familiarity::Method::Nearest, "nearest", TR("block", "Nearest pictures"),
                    TR("block", "Distance to the training pictures that are most alike.")},
                   {Familiarity::Method::Mahalanobis, "mahalanobis", TR("block", "Spread of all pictures"),
                    TR("block", "Distance from the mean, measured by how much the training pictures vary in each direction.")}}}};
  Param<std::int64_t> neighbours{this,
                                 {.key = "k",
                                  .label = TR("block", "Neighbours"),
                                  .help = TR("block", "How many of the nearest training pictures count."),
                                  .def = 3,
                                  .min = 1,
                                  .max = 200,
                                  .visibleIf = {{"method", {"nearest"}}}}};
  Param<double> share{this, familiarParam()};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto features, embedding.read(ctx));
    PB_TRY(const auto set, data.read(ctx));
    std::unordered_map<std::string, Item> items;
    PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
      items.emplace(item.id, item);
      return {};
    }));
    const auto rows = partsOf(features, items);
    const auto view = learn::MatrixView{features.values.data(), features.ids.size(), features.columns};
    const int k = static_cast<int>(*neighbours);
    PB_TRY(auto model, Familiarity::fit(learn::selectRows(view, thinned(rows.train)), *method, k, ctx.threads()));
    PB_CHECK(stopped(ctx));
    PB_TRY(auto held, heldOutScores(ctx, model, view, rows));
    model.calibrate(held, *share / 100);
    PB_CHECK(stopped(ctx));

    Report out;
    out.body["kind"] = "unlike";
    out.metrics["threshold"] = model.threshold();
    out.metrics["training_pictures"] = static_cast<std::int64_t>(rows.train.size());
    out.metrics["held_out_pictures"] = static_cast<std::int64_t>(held.size());
    addOwn(out, model, view, features, items, rows, ctx.threads());
    if (strangers.linked(ctx)) PB_CHECK(addStrangers(ctx, out, model, held));
    PB_TRY(auto value, Report::save(ctx.objects(), out));
    PB_CHECK(model.addTo(ctx.objects(), value));
    if (features.net != Digest{}) value.parts.insert_or_assign("net", features.net);
    report.pass(ctx, std::move(value));
    return {};
  }

 private:
  static Result<> stopped(const RunContext& ctx) {
    if (!ctx.stopRequested()) return {};
    return fail(ErrorKind::Cancelled, "unlike.cancelled", TR("block", "Stopped."), TR("block", "Run again to go on."));
  }

  /// Without a Split block in front, every picture is for training.
  static Rows partsOf(const Embedding& features, const std::unordered_map<std::string, Item>& items) {
    Rows rows;
    for (std::size_t i = 0; i < features.ids.size(); ++i) {
      const auto found = items.find(features.ids[i]);
      const auto part = found == items.end() ? Split::None : found->second.split;
      (part == Split::Validation || part == Split::Test ? rows.held : rows.train).push_back(i);
    }
    return rows;
  }

  static std::vector<std::size_t> thinned(const std::vector<std::size_t>& rows) {
    if (rows.size() <= mostReference) return rows;
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < mostReference; ++i) out.push_back(rows[i * rows.size() / mostReference]);
    return out;
  }

  /// Of pictures that were not fitted on: those held out, or else folds of the training pictures in turn.
  Result<std::vector<double>> heldOutScores(RunContext& ctx, const Familiarity& model, learn::MatrixView view, const Rows& rows) const {
    if (!rows.held.empty()) return model.scores(learn::selectRows(view, rows.held), ctx.threads());
    const auto train = thinned(rows.train);
    if (*method == Familiarity::Method::Nearest) return model.ownScores(ctx.threads());
    constexpr std::size_t folds = 3;
    std::vector<double> out;
    for (std::size_t fold = 0; fold < folds; ++fold) {
      PB_CHECK(stopped(ctx));
      std::vector<std::size_t> in, left;
      for (std::size_t i = 0; i < train.size(); ++i) (i % folds == fold ? left : in).push_back(train[i]);
      PB_TRY(const auto part, Familiarity::fit(learn::selectRows(view, in), *method, 1, ctx.threads()));
      std::ranges::copy(part.scores(learn::selectRows(view, left), ctx.threads()), std::back_inserter(out));
    }
    return out;
  }

  /// The least alike of the pictures held out, or of all when none are.
  void addOwn(Report& out, const Familiarity& model, learn::MatrixView view, const Embedding& features,
              const std::unordered_map<std::string, Item>& items, const Rows& rows, int threads) const {
    const bool own = rows.held.empty() && *method == Familiarity::Method::Nearest && rows.train.size() <= mostReference;
    const auto& shown = rows.held.empty() ? rows.train : rows.held;
    const auto scores = own ? model.ownScores(threads) : model.scores(learn::selectRows(view, shown), threads);
    std::vector<std::size_t> order(shown.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return scores[i]; });
    out.body["least_alike"] = Value::List{};
    for (std::size_t i = 0; i < std::min(order.size(), mostShown); ++i) {
      const auto& id = features.ids[shown[order[i]]];
      Value entry{Value::Map{{"id", id},
                             {"score", scores[order[i]]},
                             {"percentile", model.percentile(scores[order[i]])},
                             {"warning", scores[order[i]] > model.threshold()}}};
      if (const auto found = items.find(id); found != items.end()) {
        entry["picture"] = found->second.digest.hex();
        if (!found->second.paths.empty()) entry["path"] = pathToValue(found->second.paths.front());
        if (const auto* label = found->second.label()) entry["truth"] = *label;
      }
      out.body["least_alike"].push(std::move(entry));
    }
    Value quantiles{Value::List{}};
    for (const double q : model.quantiles()) quantiles.push(q);
    out.body["quantiles"] = std::move(quantiles);
    out.body["threshold"] = model.threshold();
  }

  Result<> addStrangers(RunContext& ctx, Report& out, const Familiarity& model, const std::vector<double>& held) const {
    PB_TRY(const auto others, strangers.read(ctx));
    if (others.columns != model.columns())
      return fail(ErrorKind::BadInput, "unlike.columns", TR("block", "The strangers' features were computed by another network."),
                  TR("block", "Use an Embed block with the same backbone and levels for both."), "strangers");
    const auto scores = model.scores({others.values.data(), others.ids.size(), others.columns}, ctx.threads());
    std::vector<std::uint8_t> flags;
    std::vector<float> all;
    std::int64_t warned = 0;
    for (const double s : held) {
      flags.push_back(0);
      all.push_back(static_cast<float>(s));
    }
    for (const double s : scores) {
      flags.push_back(1);
      all.push_back(static_cast<float>(s));
      warned += s > model.threshold();
    }
    out.metrics["strangers"] = static_cast<std::int64_t>(scores.size());
    if (scores.empty() || held.empty()) return {};
    out.metrics["strangers_auroc"] = learn::auroc(flags, all);
    out.metrics["strangers_warned"] = static_cast<double>(warned) / static_cast<double>(scores.size());
    return {};
  }
};

}  // namespace unlike_cpp

PATCHBAY_BLOCK(evaluate_unlike, unlike_cpp::Unlike,
               {.id = "patchbay.evaluate.unlike",
                .title = TR("block", "Unlike your data"),
                .summary = TR("block", "Learns what your pictures look like, so that a picture of something else raises a warning."),
                .category = Category::Evaluate,
                .needs = {.cores = 0},
                .floating = true})
}  // namespace patchbay::blocks
