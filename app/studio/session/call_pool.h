// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <memory>

namespace patchbay::studio {

/// A few threads that wait so that the window does not: for answers of the engine, for files.
///
/// Not QThreadPool, whose destructor waits: a request that a hung engine never answers must not keep a window from closing. What
/// has not begun when the pool goes is dropped; what is under way ends by itself and touches nothing of the window.
class CallPool {
 public:
  explicit CallPool(int threads);
  ~CallPool();
  CallPool(const CallPool&) = delete;
  CallPool& operator=(const CallPool&) = delete;

  void post(std::function<void()> work);
  /// Nothing waits and nothing is under way.
  bool idle() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace patchbay::studio
