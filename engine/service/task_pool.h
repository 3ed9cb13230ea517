// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
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
      ready_.clear();
      behind_.clear();
    }
    changed_.notify_all();
    threads_.clear();
  }
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  /// Tasks with the same `sequence`, if it is not empty, are done one at a time and in the order they came. False when too many
  /// wait already.
  bool add(std::function<void()> task, const std::string& sequence = {}) {
    const std::lock_guard lock{mutex_};
    if (waiting_ >= mostWaiting_) return false;
    ++waiting_;
    if (!sequence.empty()) {
      const auto [queue, first] = behind_.try_emplace(sequence);
      if (!first) {
        queue->second.push_back(std::move(task));
        return true;
      }
    }
    ready_.push_back({std::move(task), sequence});
    if (idle_ < ready_.size() && threads_.size() < most_) threads_.emplace_back([this] { work(); });
    changed_.notify_one();
    return true;
  }

 private:
  struct Task {
    std::function<void()> run;
    std::string sequence;
  };

  void work() {
    std::unique_lock lock{mutex_};
    for (;;) {
      ++idle_;
      changed_.wait(lock, [this] { return ending_ || !ready_.empty(); });
      --idle_;
      if (ending_) return;
      const auto task = std::move(ready_.front());
      ready_.pop_front();
      --waiting_;
      lock.unlock();
      task.run();
      lock.lock();
      letNextIn(task.sequence);
    }
  }

  /// The next of a sequence whose task is done may be done: by the thread that asks, which needs no waking.
  void letNextIn(const std::string& sequence) {
    const auto queue = behind_.find(sequence);
    if (queue == behind_.end()) return;
    if (queue->second.empty()) {
      behind_.erase(queue);
      return;
    }
    ready_.push_back({std::move(queue->second.front()), sequence});
    queue->second.pop_front();
  }

  const std::size_t most_, mostWaiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> ready_;
  std::map<std::string, std::deque<std::function<void()>>>
      behind_;               ///< What waits behind the one task of its sequence that is in ready_ or being done.
  std::size_t waiting_ = 0;  ///< In ready_ and behind_.
  std::size_t idle_ = 0;
  bool ending_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace patchbay
