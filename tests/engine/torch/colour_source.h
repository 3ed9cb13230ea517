// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "engine/torch/sampler.h"
#include "tests/engine/torch/small_nets.h"

namespace patchbay::torch::testing {

inline constexpr std::int64_t kEach = 3 * 16 * 16;

/// Three classes: noise with one of the colour channels brighter. The noise follows from request seed and item.
class ColourSource : public BatchSource {
 public:
  explicit ColourSource(std::int64_t size = 48) : size_{size} {}
  std::int64_t size() const override { return size_; }
  Result<> fill(const BatchRequest& request, const BatchView& out) override {
    std::fill(out.targets.begin(), out.targets.end(), 0.f);
    for (std::size_t i = 0; i < request.items.size(); ++i) {
      const auto item = request.items[i];
      seen.push_back(item);
      auto picture = randomValues(kEach, static_cast<unsigned>(mixSeed(request.seed, static_cast<std::uint64_t>(item))), .5f);
      for (int k = 0; k < 256; ++k) picture[item % 3 * 256 + k] += 1;
      std::copy(picture.begin(), picture.end(), out.inputs.begin() + static_cast<std::int64_t>(i) * kEach);
      out.targets[i * 3 + item % 3] = 1;
    }
    if (slow.count() > 0) std::this_thread::sleep_for(slow);
    return failing ? Result<>{fail(ErrorKind::BadInput, "picture", TR("t", "A picture is broken."), TR("t", "Remove it."))} : Result<>{};
  }
  std::vector<std::int64_t> seen;
  std::chrono::milliseconds slow{0};
  bool failing = false;

 private:
  std::int64_t size_;
};

}  // namespace patchbay::torch::testing
