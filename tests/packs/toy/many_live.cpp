// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <chrono>
#include <thread>

#include "engine/block/block.h"

namespace patchbay::blocks {
namespace {

/// Takes three requests at once. meet {"n"}: waits until n requests are in it together, at most two seconds; how many there were.
struct Many final : LiveService {
  Result<Value> answer(std::string_view method, const Value& args, ObjectStore&, const StopFlag&) override {
    if (method == "about") return Value{Value::Map{{"parallel", 3}}};
    const int mine = ++inside_;
    int most = mine;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{2};
    while (most < args["n"].asInt() && std::chrono::steady_clock::now() < end) {
      most = std::max(most, inside_.load());
      std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    --inside_;
    return Value{most};
  }

 private:
  std::atomic<int> inside_{0};
};

}  // namespace

PATCHBAY_LIVE(toy_many_live, Many, "toy.live.many")
}  // namespace patchbay::blocks
