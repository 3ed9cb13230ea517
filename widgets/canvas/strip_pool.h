// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace patchbay::widgets {

/// One more thread for the drawing of a frame. Whoever calls works too and never waits for a helper that has not begun: on a machine
/// that is busy the frame is drawn as fast as by one thread.
class StripPool {
 public:
  StripPool() : thread_{[this] { loop(); }} {}
  ~StripPool() {
    {
      const std::lock_guard lock{mutex_};
      ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  StripPool(const StripPool&) = delete;
  StripPool& operator=(const StripPool&) = delete;

  /// Calls work(0) ... work(count - 1), each once, from this thread and the helper; returns when all are done. Must not throw.
  void run(int count, const std::function<void(int)>& work) {
    std::unique_lock lock{mutex_};
    work_ = &work;
    count_ = count;
    next_ = done_ = 0;
    wake_.notify_one();
    take(lock);
    finished_.wait(lock, [this] { return done_ == count_; });
    work_ = nullptr;
  }

 private:
  void take(std::unique_lock<std::mutex>& lock) {
    while (next_ < count_) {
      const int i = next_++;
      lock.unlock();
      (*work_)(i);
      lock.lock();
      if (++done_ == count_) finished_.notify_one();
    }
  }
  void loop() {
    std::unique_lock lock{mutex_};
    for (;;) {
      wake_.wait(lock, [this] { return ending_ || next_ < count_; });
      if (ending_) return;
      take(lock);
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_, finished_;
  const std::function<void(int)>* work_ = nullptr;
  int count_ = 0, next_ = 0, done_ = 0;
  bool ending_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace patchbay::widgets
