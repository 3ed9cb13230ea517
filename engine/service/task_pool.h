// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace patchbay {

/// A few threads, started when first needed, that do one task after the other.
class TaskPool {
 public:
  TaskPool(std::size_t threads, std::size_t mostWaiting) : most_{threads}, mostWaiting_{mostWaiting} {}
  /// Tasks under way end, those that wait are dropped.
  ~TaskPool() {
    {
      const std::lock_guard lock{mutex_};
      ending_ = true;
      tasks_.clear();
    }
    changed_.notify_all();
    threads_.clear();
  }
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  /// False when too many wait already.
  bool add(std::function<void()> task) {
    const std::lock_guard lock{mutex_};
    if (tasks_.size() >= mostWaiting_) return false;
    tasks_.push_back(std::move(task));
    if (idle_ < tasks_.size() && threads_.size() < most_) threads_.emplace_back([this] { work(); });
    changed_.notify_one();
    return true;
  }

 private:
  void work() {
    std::unique_lock lock{mutex_};
    for (;;) {
      ++idle_;
      changed_.wait(lock, [&] { return ending_ || !tasks_.empty(); });
      --idle_;
      if (ending_) return;
      const auto task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
      lock.lock();
    }
  }

  const std::size_t most_, mostWaiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::size_t idle_ = 0;
  bool ending_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace patchbay
