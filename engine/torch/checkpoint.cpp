// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/checkpoint.h"

#include "engine/base/digest.h"
#include "engine/base/value.h"
#include "engine/net/weights.h"
#include "engine/torch/caught.h"

namespace patchbay::torch {
namespace {

Value::List listOf(const std::vector<double>& numbers) { return {numbers.begin(), numbers.end()}; }

Value toValue(const TrainReport::Validation& v) {
  return Value::Map{{"epoch", v.epoch}, {"step", v.step}, {"trainLoss", v.trainLoss}, {"metric", v.metric}};
}

Error foreign() {
  return {ErrorKind::BadInput,
          "checkpoint.foreign",
          TR("torch", "The checkpoint was made with another network, other settings or other data."),
          TR("torch", "Train again from the start."),
          {}};
}

Value stateValue(const TrainState& state) {
  Value::List validations;
  for (const auto& v : state.validations) validations.push_back(toValue(v));
  return Value::Map{{"step", state.step},         {"validatedStep", state.validatedStep},
                    {"lossSum", state.lossSum},   {"lossCount", state.lossCount},
                    {"validations", validations}, {"best", state.best ? Value{*state.best} : Value{}},
                    {"pieces", state.pieces}};
}

void readState(const Value& value, TrainState& state) {
  state.step = value["step"].asInt();
  state.validatedStep = value["validatedStep"].asInt();
  state.lossSum = value["lossSum"].asDouble();
  state.lossCount = value["lossCount"].asInt();
  state.pieces = std::max<std::int64_t>(1, value["pieces"].asInt(1));
  state.validations.clear();
  for (const auto& v : value["validations"].asList())
    state.validations.push_back({v["epoch"].asInt(), v["step"].asInt(), v["trainLoss"].asDouble(), v["metric"].asDouble()});
  state.best.reset();
  if (const auto best = value["best"].asInt(-1); best >= 0 && best < static_cast<std::int64_t>(state.validations.size())) state.best = best;
}

std::map<std::string, at::Tensor> everything(TrainState& state, const StepRule& rule, bool withBest) {
  auto out = state.tensors(withBest);
  out.merge(rule.state());
  return out;
}

}  // namespace

std::string fingerprint(const Model::Impl& model, const TrainOptions& o, std::int64_t examples, int ranks) {
  Value value = Value::Map{{"net", net::toValue(model.net)},
                           {"device", model.options.device},
                           {"precision", static_cast<int>(model.options.precision)},
                           {"batchNorm", static_cast<int>(model.options.batchNorm)},
                           {"optimiser", static_cast<int>(o.optimiser)},
                           {"learningRates", listOf(o.learningRates)},
                           {"schedule", listOf({o.weightDecay, o.warmUp, o.finalRate, o.clipNorm})},
                           {"loss", static_cast<int>(o.loss)},
                           {"regularisation", listOf({o.labelSmoothing, o.dropout, o.mixup, o.cutmix, o.ema})},
                           {"classWeights", listOf(o.classWeights)},
                           {"counts", Value::List{o.batch, o.epochs, o.steps, o.validateSteps, o.patience, examples}},
                           {"seed", std::to_string(o.seed)},
                           {"threads", at::get_num_threads()}};
  if (ranks > 1) value["ranks"] = ranks;
  return digestOf(toJson(value)).hex();
}

Result<std::string> writeCheckpoint(TrainState& state, const StepRule& rule, const std::string& fingerprint) {
  net::WeightFile file;
  PB_CHECK(caught([&] {
    for (const auto& [name, tensor] : everything(state, rule, state.best.has_value())) file.tensors[name] = toNetTensor(tensor);
  }));
  file.metadata = {{"patchbay.checkpoint", "1"}, {"fingerprint", fingerprint}, {"state", toJson(stateValue(state))}};
  return net::writeSafetensors(file);
}

Result<> readCheckpoint(std::string_view bytes, const std::string& fingerprint, TrainState& state, StepRule& rule) {
  PB_TRY(const auto file, net::parseSafetensors(bytes));
  const auto text = [&](const std::string& key) {
    const auto found = file.metadata.find(key);
    return found == file.metadata.end() ? std::string{} : found->second;
  };
  if (text("fingerprint") != fingerprint) return fail(foreign());
  PB_TRY(const auto saved, parseJson(text("state")));
  return caught([&]() -> Result<> {
           const at::NoGradGuard noGrad;
           const bool withBest = saved["best"].isInt();
           const auto targets = everything(state, rule, withBest);
           for (const auto& [name, tensor] : targets) {
             const auto found = file.tensors.find(name);
             if (found == file.tensors.end() || found->second.size() != tensor.numel()) return fail(foreign());
           }
           for (const auto& [name, tensor] : targets) {
             auto* const data = const_cast<float*>(file.tensors.at(name).data->data());
             tensor.copy_(at::from_blob(data, tensor.sizes(), at::TensorOptions{at::kFloat}));
           }
           readState(saved, state);
           return {};
         })
      .and_then([](Result<> inner) { return inner; });
}

}  // namespace patchbay::torch
