// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/options.h"

#include <algorithm>
#include <cmath>

#include "engine/net/passes.h"

namespace patchbay::torch {
namespace {

Error badOption(std::string_view option, Text cause) {
  return {ErrorKind::Usage, "train.option", std::move(cause), TR("torch", "Change this setting of the training."), std::string{option}};
}

/// Channels of the last convolution or Linear of each stage; 0 where there is none.
std::vector<std::int64_t> widths(const net::Net& net) {
  std::vector<std::int64_t> out(net.stages.size(), 0);
  for (const auto& op : net.ops) {
    if (const auto* conv = op.as<net::Conv2d>()) out[op.stage] = conv->out;
    if (const auto* linear = op.as<net::Linear>()) out[op.stage] = linear->out;
  }
  return out;
}

int headStage(const net::Net& net) {
  for (auto op = net.ops.rbegin(); op != net.ops.rend(); ++op)
    if (op->as<net::Linear>()) return op->stage;
  return static_cast<int>(net.stages.size()) - 1;
}

struct Range {
  const char* name;
  double value, low, high;
};

}  // namespace

Result<std::int64_t> outputWidth(const net::Net& net) {
  PB_TRY(const auto shapes, net::inferShapes(net, 1));
  if (net.outputs.empty()) return fail(badOption("outputs", TR("torch", "The network has no output to train.")));
  const auto& shape = shapes.at(net.outputs.front().value);
  PB_TRY(const auto count, net::elementCount(shape));
  if (shape.size() < 2 || shape[1] != count)
    return fail(badOption("outputs", TR("torch", "The network's first output is not one row of numbers for each picture.")));
  return count;
}

Result<std::vector<double>> checkedRates(const net::Net& net, std::int64_t examples, std::int64_t classes, const TrainOptions& o) {
  if (examples < 1) return fail(badOption("source", TR("torch", "There are no examples to train on.")));
  if (o.batch < 1) return fail(badOption("batch", TR("torch", "The batch must hold at least one picture.")));
  if (o.steps <= 0 && o.epochs < 1) return fail(badOption("epochs", TR("torch", "Training needs at least one epoch or step.")));
  constexpr double kMost = 1e9;
  for (const auto& r : {Range{"weightDecay", o.weightDecay, 0, kMost}, Range{"warmUp", o.warmUp, 0, 1},
                        Range{"finalRate", o.finalRate, 0, 1}, Range{"clipNorm", o.clipNorm, 0, kMost},
                        Range{"labelSmoothing", o.labelSmoothing, 0, .999999}, Range{"dropout", o.dropout, -kMost, .999999},
                        Range{"mixup", o.mixup, 0, kMost}, Range{"cutmix", o.cutmix, 0, kMost}, Range{"ema", o.ema, 0, .9999999}}) {
    if (r.value >= r.low && r.value <= r.high) continue;
    return fail(badOption(r.name, TR("torch", "{value} is outside the range of \"{name}\".").with("value", r.value).with("name", r.name)));
  }
  if (!o.classWeights.empty() && static_cast<std::int64_t>(o.classWeights.size()) != classes)
    return fail(badOption("classWeights", TR("torch", "There must be one class weight for each of the {n} class(es).").count(classes)));
  if (std::any_of(o.classWeights.begin(), o.classWeights.end(), [](double w) { return !(w >= 0) || std::isinf(w); }))
    return fail(badOption("classWeights", TR("torch", "Class weights are numbers from 0 up.")));
  auto rates = o.learningRates;
  if (rates.empty()) rates = {3e-4};
  if (rates.size() == 1) rates.resize(net.stages.size(), rates.front());
  const bool sound = std::all_of(rates.begin(), rates.end(), [](double r) { return r >= 0 && std::isfinite(r); });
  if (rates.size() != net.stages.size() || !sound || std::all_of(rates.begin(), rates.end(), [](double r) { return r == 0; }))
    return fail(badOption("learningRates", TR("torch", "Learning rates are numbers from 0 up, one for each stage, and not all 0.")));
  return rates;
}

Result<std::vector<double>> stageRates(const net::Net& net, double head, double body, double decay, std::string_view firstTrained) {
  const int first = firstTrained.empty() ? 0 : net.findStage(firstTrained);
  if (first < 0) return fail(badOption("firstTrained", TR("torch", "The network has no stage \"{stage}\".").with("stage", firstTrained)));
  const auto width = widths(net);
  const int top = headStage(net);
  std::vector<double> rates(net.stages.size(), head);
  double rate = body;
  std::int64_t above = 0;
  for (int s = top - 1; s >= 0; --s) {
    if (above != 0 && width[s] != 0 && width[s] != above) rate *= decay;
    if (width[s] != 0) above = width[s];
    rates[s] = rate;
  }
  std::fill(rates.begin(), rates.begin() + first, 0.);
  return rates;
}

}  // namespace patchbay::torch
