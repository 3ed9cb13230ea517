// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <cstdint>

#include "engine/base/text.h"

namespace patchbay {

/// How far something is: "Embedding 120 of 2,624 pictures". `total` 0 means not known.
struct Progress {
  Text phase;
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::string unit;  ///< "picture", "epoch", "step"; singular, English, translated by the GUI.
};

/// Asks long work to end. Safe to set from another thread or a signal handler.
class StopFlag {
 public:
  void request() { flag_.store(true, std::memory_order_relaxed); }
  bool requested() const { return flag_.load(std::memory_order_relaxed); }
  void clear() { flag_.store(false, std::memory_order_relaxed); }

 private:
  std::atomic<bool> flag_{false};
};

}  // namespace patchbay
