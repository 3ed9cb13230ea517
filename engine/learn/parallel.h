// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace patchbay::learn {

/// Runs work(0) .. work(tasks - 1), each once, on at most `threads` threads, this one included. `work` must not throw.
template <class Work>
void parallelFor(int threads, std::size_t tasks, const Work& work) {
  std::atomic<std::size_t> next{0};
  auto loop = [&] {
    for (std::size_t i = next++; i < tasks; i = next++) work(i);
  };
  const std::size_t helpers = std::min<std::size_t>(std::max(threads, 1), tasks);
  std::vector<std::jthread> pool;
  for (std::size_t i = 1; i < helpers; ++i) pool.emplace_back(loop);
  loop();
}

}  // namespace patchbay::learn
