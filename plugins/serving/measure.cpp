// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/measure.h"

#include <algorithm>
#include <thread>

#include "engine/base/file.h"
#include "engine/base/processor.h"
#include "plugins/serving/entry.h"
#include "plugins/support/pictures.h"

namespace patchbay::serving {
namespace {

/// Decodes a picture as the export in the folder wants it, over and over.
Result<std::function<Result<>(std::span<float>)>> preparing(const std::filesystem::path& folder, std::span<const std::uint8_t> picture) {
  PB_TRY(const auto net, net::loadNet(folder));
  PB_TRY(const auto preprocess, blocks::preprocessOf(net));
  return [preprocess, picture](std::span<float> input) -> Result<> {
    PB_CHECK(vision::decodeForNet(picture, preprocess, input));
    return {};
  };
}

}  // namespace

Result<Value> measureExports(const Value& settings) {
  const int all = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  blocks::MeasurePlan plan{.threads = blocks::usualThreads(all), .seconds = settings["seconds"].asDouble(1), .goOn = {}, .prepare = {}};
  std::string picture;
  const bool decoding = settings.contains("picture");
  if (decoding) {
    PB_TRY(picture, readFile(pathFromValue(settings["picture"]), std::size_t{1} << 30));
  }
  if (const auto& threads = settings["threads"].asList(); !threads.empty()) {
    plan.threads.clear();
    for (const auto& one : threads) plan.threads.push_back(static_cast<int>(one.asInt()));
  }
  if (const auto& batches = settings["batches"].asList(); !batches.empty()) {
    plan.batches.clear();
    for (const auto& one : batches) plan.batches.push_back(one.asInt());
    if (std::ranges::find(plan.batches, 1) == plan.batches.end()) plan.batches.insert(plan.batches.begin(), 1);
  }
  Value models{Value::List{}};
  const double before = blocks::machineLoad();
  for (const auto& one : settings["exports"].asList()) {
    PB_TRY(auto networks, blocks::networksOf(pathFromValue(one)));
    if (decoding) {
      PB_TRY(plan.prepare, preparing(pathFromValue(one), {reinterpret_cast<const std::uint8_t*>(picture.data()), picture.size()}));
    }
    for (auto& network : networks) {
      PB_CHECK(blocks::measureNetwork(network.facts, network.onnx, plan));
      models.push(std::move(network.facts));
    }
  }
  blocks::markFront(models);
  Value out{Value::Map{{"processor", processorName()}, {"cores", all}, {"load_before", before}, {"decoding", decoding}}};
  if (settings["limit_ms"].asDouble() > 0) {
    out["limit_ms"] = settings["limit_ms"];
    if (const auto best = blocks::bestWithin(models, settings["limit_ms"].asDouble())) out["pick"] = *best;
  }
  out["models"] = std::move(models);
  return out;
}

}  // namespace patchbay::serving
