// SPDX-License-Identifier: Apache-2.0
#pragma once
// A network small enough to train in a test, and values that stand on it.
#include "engine/net/model_port.h"
#include "engine/net/passes.h"
#include "tests/support/pack_fixtures.h"
#include "tests/support/small_net.h"

namespace patchbay::testing {

constexpr std::size_t tinyWidth = 16;

/// Stages stem (16 x 16), block0 (8 x 8), block1 (8 x 8), head and classifier on pictures of 32 x 32; random filters tell
/// stripes apart.
inline net::Net tinyNet(std::vector<std::string> classes = {"one", "two", "three"}) {
  using namespace net;
  Net n;
  n.name = "tiny";
  n.metadata = Value::Map{};
  n.input = {"input", {3, 32, 32}};
  n.preprocessing.height = n.preprocessing.width = 32;
  n.preprocessing.resizeTo = 36;
  n.preprocessing.scaledDecode = true;
  n.stages = {"stem", "block0", "block1", "head", "classifier"};
  const auto conv = [](std::int64_t in, std::int64_t out, std::int64_t stride) {
    return Conv2d{.in = in, .out = out, .kernel = {3, 3}, .stride = {stride, stride}, .padding = {1, 1, 1, 1}};
  };
  const auto outputs = static_cast<std::int64_t>(classes.size());
  n.ops = {{"stem.conv", conv(3, 8, 2), {"input"}, 0},
           {"stem.bn", BatchNorm{8}, {"stem.conv"}, 0},
           {"stem.act", Activation{Function::Relu6}, {"stem.bn"}, 0},
           {"block0.conv", conv(8, 16, 2), {"stem.act"}, 1},
           {"block0.bn", BatchNorm{16}, {"block0.conv"}, 1},
           {"block0.act", Activation{Function::Relu6}, {"block0.bn"}, 1},
           {"block1.conv", conv(16, 16, 1), {"block0.act"}, 2},
           {"block1.bn", BatchNorm{16}, {"block1.conv"}, 2},
           {"block1.act", Activation{Function::Relu6}, {"block1.bn"}, 2},
           {"pool", GlobalPool{}, {"block1.act"}, 3},
           {"dropout", Dropout{.2}, {"pool"}, 4},
           {"classifier", Linear{16, outputs, true}, {"dropout"}, 4}};
  n.outputs = {{"logits", "classifier"}};
  n.classes = std::move(classes);
  return test::withFormulaWeights(std::move(n));
}

/// On a "model" port, as the Pretrained block gives it.
inline PortValue tinyBackbone(ObjectStore& store) {
  Value meta{Value::Map{{"kind", "backbone"}, {"origin", Value::Map{{"source", "a formula"}, {"licence", "0BSD"}}}}};
  return must(net::saveModel(store, tinyNet(), std::move(meta)));
}

/// Features of width 16 for every item of a data set: noise around one centre a class, `apart` wide.
inline Embedding toyEmbedding(ObjectStore& store, const Dataset& set, double apart = 3) {
  Embedding e;
  e.columns = tinyWidth;
  const auto& classes = set.info().classes;
  must(set.forEach(store, [&](const Item& item) -> Result<> {
    vision::Random random{{.seed = digestOf(item.id).bytes[0], .item = digestOf(item.id).bytes[1]}};
    const auto* label = item.label();
    const auto at = label ? std::ranges::find(classes, *label) - classes.begin() : 0;
    for (std::size_t c = 0; c < tinyWidth; ++c)
      e.values.push_back(static_cast<float>(random.uniform(-1, 1) + (static_cast<std::ptrdiff_t>(c % classes.size()) == at ? apart : 0)));
    e.ids.push_back(item.id);
    return {};
  }));
  e.net = must(store.put(must(net::packNet(must(net::withoutHead(must(net::foldBatchNorm(tinyNet()))))))));
  e.meta["backbone"] = "tiny";
  e.meta["origin"] = Value::Map{{"source", "a formula"}, {"licence", "0BSD"}};
  return e;
}

/// The set with every item changed.
inline Dataset changed(ObjectStore& store, const Dataset& set, const std::function<void(Item&)>& change) {
  return must(set.mapped(store, set.info(), [&](Item& item) -> Result<> {
    change(item);
    return {};
  }));
}

/// Share of the rows of one part whose most probable class is the true one.
inline double accuracyOf(const Predictions& p, Split part) {
  int right = 0, n = 0;
  const auto k = p.classes.size();
  for (std::size_t i = 0; i < p.ids.size(); ++i) {
    if (p.split[i] != part || p.truth[i] < 0) continue;
    const auto row = std::span{p.probabilities}.subspan(i * k, k);
    right += std::ranges::max_element(row) - row.begin() == p.truth[i];
    ++n;
  }
  return n ? static_cast<double>(right) / n : NAN;
}

}  // namespace patchbay::testing
