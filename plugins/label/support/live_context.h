// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "engine/block/item_cache.h"

namespace patchbay::blocks {

/// What library code that computes for blocks sees when a live service calls it. Item results are shared with the jobs of the block
/// `function` ({"type", "epoch", "numerics"}) where the objects have the project's cache; elsewhere everything is computed.
class LiveContext final : public RunContext {
 public:
  LiveContext(ObjectStore& objects, const StopFlag& stop, Value function = {})
      : objects_{objects}, stop_{stop}, function_{std::move(function)} {}
  std::function<void(const Progress&)> onProgress;

  ObjectStore& objects() override { return objects_; }
  std::span<const PortValue> inputs(std::string_view) const override { return {}; }
  void setOutput(std::string_view, PortValue) override {}
  int threads() const override { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }
  Stop stop() const override { return stop_.requested() ? Stop::Cancel : Stop::No; }
  const StopFlag* stopFlag() const override { return &stop_; }
  void progress(const Progress& now) override {
    if (onProgress) onProgress(now);
  }
  std::filesystem::path scratch() const override { return {}; }

  Result<std::unique_ptr<ItemResults>> computeItems(std::string_view name, const Value& key, std::span<const Digest> items,
                                                    const ItemCompute& compute) override {
    auto* cache = dynamic_cast<ItemCacheAccess*>(&objects_);
    if (cache && function_.isMap()) {
      auto function = function_;
      function["name"] = name;
      function["key"] = key;
      return cache->computeItems(function, items, compute);
    }
    auto out = std::make_unique<Kept>();
    out->all.resize(items.size());
    std::vector<std::size_t> missing(items.size());
    for (std::size_t i = 0; i < missing.size(); ++i) missing[i] = i;
    PB_CHECK(compute(missing, [&](std::size_t index, std::string_view bytes) -> Result<> {
      out->all[index] = bytes;
      return {};
    }));
    return std::unique_ptr<ItemResults>{std::move(out)};
  }

 private:
  struct Kept final : ItemResults {
    std::vector<std::string> all;
    std::size_t size() const override { return all.size(); }
    std::string_view bytes(std::size_t index) const override { return all[index]; }
    std::size_t computed() const override { return all.size(); }
  };
  ObjectStore& objects_;
  const StopFlag& stop_;
  Value function_;
};

}  // namespace patchbay::blocks
