// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "engine/base/result.h"

namespace patchbay::torch {

/// Where a process sits among those that train one model together.
struct Seat {
  int rank = 0;  ///< From 0. The first one validates, writes checkpoints and publishes.
  int size = 1;
  /// How they find each other: "file:<path>", a file that is not there yet in a folder that all reach, or "tcp://host:port",
  /// a port that the first one opens.
  std::string store;
  /// Name or address under which the others reach this process; empty: this machine's own name.
  std::string host;
  /// Longest wait for the others in one operation. Validation of the first one is such a wait; a process that dies is
  /// noticed at once, whatever this says.
  std::chrono::seconds timeout{12 * 3600};
};

/// Processes that train one model together: each computes its part of every batch, gradients are added up. Collective: every
/// process calls the same members in the same order. Not for use from two threads at once.
class Ranks {
 public:
  /// Waits until all have come. Errors: Usage for a seat that makes no sense, Unreachable when the others do not come.
  static Result<std::shared_ptr<Ranks>> join(const Seat& seat);
  /// Of PATCHBAY_RANK, PATCHBAY_WORLD, PATCHBAY_STORE, PATCHBAY_HOST and PATCHBAY_RANKS_TIMEOUT (seconds), which whoever
  /// started this process has set; null where they are not set: it trains alone.
  static Result<std::shared_ptr<Ranks>> fromEnvironment();
  ~Ranks();

  int rank() const;
  int size() const;
  bool first() const { return rank() == 0; }

  /// Returns when all have called it.
  Result<> wait();
  /// The largest of what the processes give.
  Result<std::int64_t> largest(std::int64_t mine);
  /// What the first one gives; the others' argument is not looked at.
  Result<std::string> fromFirst(std::string bytes);

  struct Impl;
  Impl& impl() const { return *impl_; }

 private:
  explicit Ranks(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::torch
