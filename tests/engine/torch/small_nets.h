// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <random>
#include <string>
#include <vector>

#include "engine/net/net.h"

namespace patchbay::torch::testing {

inline std::vector<float> randomValues(std::int64_t n, unsigned seed, float scale = 1) {
  std::mt19937 random{seed};
  std::normal_distribution<float> normal{0, scale};
  std::vector<float> out(static_cast<std::size_t>(n));
  for (auto& v : out) v = normal(random);
  return out;
}

/// Random parameters for every op, variances positive.
inline void fillParameters(net::Net& net, unsigned seed, float scale = .5f) {
  for (const auto& op : net.ops)
    for (const auto& spec : net::parametersOf(op)) {
      auto values = randomValues(*net::elementCount(spec.shape), ++seed, scale);
      if (spec.name.ends_with(".var"))
        for (auto& v : values) v = .5f + v * v;
      net.parameters[spec.name] = net::Tensor{spec.shape, std::move(values)};
    }
}

/// A chain of ops over `input`; the last one is the output.
inline net::Net chain(net::Shape input, std::vector<net::OpKind> kinds, unsigned seed = 1) {
  net::Net net;
  net.name = "test";
  net.input.shape = std::move(input);
  net.stages = {"all"};
  std::string last = net.input.name;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    net.ops.push_back({"op" + std::to_string(i), std::move(kinds[i]), {last}, 0});
    last = net.ops.back().name;
  }
  net.outputs = {{"out", last}};
  fillParameters(net, seed);
  return net;
}

inline net::Conv2d conv(std::int64_t in, std::int64_t out, std::int64_t k, std::int64_t stride = 1,
                        std::array<std::int64_t, 4> padding = {}, std::int64_t groups = 1, bool bias = true) {
  return {.in = in, .out = out, .kernel = {k, k}, .stride = {stride, stride}, .padding = padding, .groups = groups, .bias = bias};
}

/// A little residual network for pictures 3 x size x size: stem, an inverted residual block, head, classifier.
inline net::Net tinyNet(std::int64_t classes, std::int64_t size = 16, unsigned seed = 1, bool batchNorm = true) {
  net::Net net;
  net.name = "tiny";
  net.input.shape = {3, size, size};
  net.stages = {"stem", "block0", "head", "classifier"};
  std::string last = net.input.name;
  const auto add = [&](std::string name, net::OpKind kind, int stage) {
    net.ops.push_back({name, std::move(kind), {last}, stage});
    last = name;
  };
  const auto unit = [&](const std::string& name, const net::Conv2d& c, bool act, int stage) {
    add(name, c, stage);
    if (batchNorm) add(name + "_bn", net::BatchNorm{c.out, 1e-3, .1}, stage);
    if (act) add(name + "_act", net::Activation{net::Function::Relu6}, stage);
  };
  unit("stem.conv", conv(3, 8, 3, 2, {0, 0, 1, 1}, 1, !batchNorm), true, 0);
  const std::string skip = last;
  unit("block0.expand", conv(8, 24, 1, 1, {}, 1, !batchNorm), true, 1);
  unit("block0.depth", conv(24, 24, 3, 1, {1, 1, 1, 1}, 24, !batchNorm), true, 1);
  unit("block0.project", conv(24, 8, 1, 1, {}, 1, !batchNorm), false, 1);
  net.ops.push_back({"block0.add", net::Add{}, {skip, last}, 1});
  last = "block0.add";
  unit("head.conv", conv(8, 16, 1, 1, {}, 1, !batchNorm), true, 2);
  add("head.pool", net::GlobalPool{}, 2);
  add("classifier.dropout", net::Dropout{.2}, 3);
  add("classifier.linear", net::Linear{16, classes}, 3);
  net.outputs = {{"logits", last}};
  fillParameters(net, seed, .3f);
  return net;
}

}  // namespace patchbay::torch::testing
