// SPDX-License-Identifier: Apache-2.0
#include "plugins/train/support/head.h"

#include "engine/learn/logistic.h"
#include "plugins/support/stop_signal.h"

namespace patchbay::blocks {

Result<learn::LinearHead> probeHead(RunContext& ctx, const learn::Matrix& features, const Targets& targets,
                                    std::span<const std::size_t> rows, double c, bool soft) {
  auto x = features;
  PB_TRY(const auto standardiser, learn::fitStandardiser(x));
  standardiser.apply(x.view());
  const auto k = targets.classes.size();
  std::vector<std::int32_t> labels;
  learn::Matrix probability(rows.size(), k);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    labels.push_back(targets.label[rows[i]]);
    std::copy_n(targets.probability.begin() + static_cast<std::ptrdiff_t>(rows[i] * k), k, probability.row(i).begin());
  }
  const auto y = soft ? learn::LogisticTargets::probabilities(probability) : learn::LogisticTargets::labels(labels, static_cast<int>(k));
  StopSignal stop{ctx};
  PB_TRY(const auto fitted, learn::fitLogistic(x, y, {.c = c, .threads = ctx.threads(), .stop = stop.flag()}));
  return fitted.head.folded(standardiser).softmaxForm();
}

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
