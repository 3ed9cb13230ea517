// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/data/targets.h"
#include "engine/net/model_port.h"
#include "plugins/support/head.h"
#include "plugins/support/shared_params.h"

namespace patchbay::blocks {
namespace linear_probe_cpp {

struct LinearProbe final : Block {
  In<Embedding> embedding{
      this, {.key = "embedding", .label = TR("block", "Features"), .help = TR("block", "Features of all pictures, from the Embed block.")}};
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The same pictures with labels and parts.")}};
  Out<ModelValue> model{this,
                        {.key = "model", .label = TR("block", "Model"), .help = TR("block", "The backbone with the trained linear head.")}};
  Out<Predictions> predictions{
      this, {.key = "predictions", .label = TR("block", "Predictions"), .help = TR("block", "Probabilities for every picture.")}};

  Param<Strength> strength{this, strengthParam()};
  Param<double> c{this, strengthValueParam()};
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
    PB_CHECK(requireClasses(set.info()));
    PB_TRY(const auto targets, targetsOf(ctx.objects(), set));
    PB_TRY(const auto rows, trainingRows(targets));
    for (const auto& warning : trainingWarnings(targets, rows)) ctx.log(LogLevel::Warning, render(warning));
    PB_TRY(const auto x, alignedRows(features, targets));
    const HeadOptions how{.c = *c, .search = *strength == Strength::Search, .folds = *folds, .balanced = *balanced, .soft = *softLabels};
    PB_TRY(auto head, fitHead(ctx, learn::selectRows(x, rows.train), targets, rows.train, how));
    // Probabilities that mean what they say, when there are validation pictures to learn that from.
    PB_TRY(const auto temperature, temperatureOf(head.scores(learn::selectRows(x, rows.validation)), targets, rows.validation));
    // Folded into the head, so that every runtime gives calibrated probabilities.
    const auto scale = static_cast<float>(1 / temperature);
    for (auto& w : std::span{head.weights.data(), head.outputs() * head.features()}) w *= scale;
    for (auto& b : head.bias) b *= scale;
    PB_CHECK(writePredictions(ctx, head, x, targets, features.meta["backbone"]));
    return writeModel(ctx, features, head, targets, temperature);
  }

 private:
  Result<> writePredictions(RunContext& ctx, const learn::LinearHead& head, const learn::Matrix& x, const Targets& t,
                            const Value& label) const {
    const auto p = probabilitiesOf(head.scores(x), t.multiLabel);
    Predictions out{.classes = t.classes, .ids = t.ids, .truth = t.label, .split = t.split, .probabilities = {}, .meta = {}};
    if (t.multiLabel) out.truth.assign(t.size(), -1);  // No single class is the true one.
    out.probabilities.assign(p.data(), p.data() + p.rows() * p.cols());
    out.meta["task"] = taskOf(t);
    out.meta["label"] = label;
    return predictions.write(ctx, out);
  }

  Result<> writeModel(RunContext& ctx, const Embedding& e, const learn::LinearHead& head, const Targets& t, double temperature) const {
    Value meta{Value::Map{{"kind", "probe"}, {"name", e.meta["backbone"]}, {"temperature", temperature}}};
    meta["origin"] = e.meta["origin"];
    if (e.net.isZero())
      return fail(ErrorKind::Unsupported, "probe.no_network", TR("block", "These features do not say which network made them."),
                  TR("block", "Use features of the Embed block."), "embedding");
    const auto tensors = toTensors(head);
    PB_TRY(auto value, net::saveHeadOn(ctx.objects(), e.net, tensors.weight, tensors.bias, t.classes, std::move(meta), taskOf(t)));
    model.pass(ctx, std::move(value));
    return {};
  }
};

}  // namespace linear_probe_cpp

PATCHBAY_BLOCK(train_linear_probe, linear_probe_cpp::LinearProbe,
               {.id = "patchbay.train.linear_probe",
                .title = TR("block", "Linear probe"),
                .summary = TR("block",
                              "Trains logistic regression on features: seconds, and the best choice with few labels. Pictures with several "
                              "labels get one yes or no for each class."),
                .category = Category::Train,
                .needs = {.cores = 0, .memoryMb = 1000},
                .cacheEpoch = 2,
                .floating = true})
}  // namespace patchbay::blocks
