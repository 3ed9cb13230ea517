// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/session/call_pool.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace patchbay::studio {

struct CallPool::State {
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<std::function<void()>> waiting;
  int most = 1, threads = 0, resting = 0, busy = 0;
  bool closed = false;

  void work() {
    std::unique_lock lock{mutex};
    for (;;) {
      ++resting;
      wake.wait(lock, [this] { return closed || !waiting.empty(); });
      --resting;
      if (closed) return;
      auto one = std::move(waiting.front());
      waiting.pop_front();
      ++busy;
      lock.unlock();
      one();
      one = nullptr;  // What it holds goes outside the lock.
      lock.lock();
      --busy;
    }
  }
};

CallPool::CallPool(int threads) : state_{std::make_shared<State>()} { state_->most = threads; }

CallPool::~CallPool() {
  std::deque<std::function<void()>> dropped;
  {
    const std::scoped_lock lock{state_->mutex};
    state_->closed = true;
    dropped.swap(state_->waiting);
  }
  state_->wake.notify_all();
}

void CallPool::post(std::function<void()> work) {
  const std::scoped_lock lock{state_->mutex};
  state_->waiting.push_back(std::move(work));
  if (state_->resting > 0) {
    state_->wake.notify_one();
  } else if (state_->threads < state_->most) {
    ++state_->threads;
    std::thread{[state = state_] { state->work(); }}.detach();
  }
}

bool CallPool::idle() const {
  const std::scoped_lock lock{state_->mutex};
  return state_->waiting.empty() && state_->busy == 0;
}

}  // namespace patchbay::studio
