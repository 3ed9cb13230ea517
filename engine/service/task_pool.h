// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
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
      tasks_.clear();
    }
    changed_.notify_all();
    threads_.clear();
  }
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  /// Tasks with the same `sequence`, if it is not empty, are done one at a time and in the order they came. False when too many
  /// wait already.
  bool add(std::function<void()> task, std::string sequence = {}) {
    const std::lock_guard lock{mutex_};
    if (tasks_.size() >= mostWaiting_) return false;
    tasks_.push_back({std::move(task), std::move(sequence)});
    if (idle_ < tasks_.size() && threads_.size() < most_) threads_.emplace_back([this] { work(); });
    changed_.notify_one();
    return true;
  }

 private:
  struct Task {
    std::function<void()> run;
    std::string sequence;
  };

  auto firstReady() {
    return std::ranges::find_if(tasks_, [this](const Task& task) { return !underWay_.contains(task.sequence); });
  }

  void work() {
    std::unique_lock lock{mutex_};
    for (;;) {
      ++idle_;
      changed_.wait(lock, [this] { return ending_ || firstReady() != tasks_.end(); });
      --idle_;
      if (ending_) return;
      const auto first = firstReady();
      const auto task = std::move(*first);
      tasks_.erase(first);
      if (!task.sequence.empty()) underWay_.insert(task.sequence);
      lock.unlock();
      task.run();
      lock.lock();
      underWay_.erase(task.sequence);  // Whoever did it goes on with the next of the sequence: nobody need be woken.
    }
  }

  const std::size_t most_, mostWaiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  std::set<std::string> underWay_;  ///< Sequences of which a task is being done.
  std::size_t idle_ = 0;
  bool ending_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace patchbay
