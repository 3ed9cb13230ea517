// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/labels.h"

namespace patchbay::blocks {

std::vector<double> labelThresholds(const net::Net& net) {
  std::vector<double> out(net.classes.size(), 0.5);
  const auto& chosen = net.metadata["thresholds"].asList();
  for (std::size_t c = 0; c < out.size() && c < chosen.size(); ++c) out[c] = chosen[c].asDouble(0.5);
  return out;
}

Value labelsAt(const net::Net& net, std::span<const float> scores) {
  const auto thresholds = labelThresholds(net);
  Value out{Value::List{}};
  for (std::size_t c = 0; c < scores.size() && c < thresholds.size(); ++c)
    if (scores[c] >= thresholds[c]) out.push(net.classes[c]);
  return out;
}

}  // namespace patchbay::blocks
