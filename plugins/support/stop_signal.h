// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/block/context.h"

namespace patchbay::blocks {

/// The context's request to stop as a flag that library code can look at, asked for ten times a second as long as it lives.
class StopSignal {
 public:
  explicit StopSignal(const RunContext& ctx) : thread_{[this, &ctx](const std::stop_token& end) { watch(ctx, end); }} {}
  const StopFlag* flag() const { return &flag_; }

 private:
  void watch(const RunContext& ctx, const std::stop_token& end) {
    std::unique_lock lock{mutex_};
    while (!end.stop_requested()) {
      if (ctx.stopRequested()) flag_.request();
      ended_.wait_for(lock, end, std::chrono::milliseconds{100}, [] { return false; });
    }
  }

  StopFlag flag_;
  std::mutex mutex_;
  std::condition_variable_any ended_;
  std::jthread thread_;  // Last: it uses the others.
};

}  // namespace patchbay::blocks
