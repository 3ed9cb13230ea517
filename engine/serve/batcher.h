// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/serve/metrics.h"
#include "engine/serve/predictor.h"

namespace patchbay::serve {

/// Pictures of one request on their way to their answers.
struct Order {
  std::string modelName;
  std::shared_ptr<Predictor> model;  ///< The export as it was when the request came: a reload does not change it.
  std::string body;                  ///< What the pictures point into.
  std::vector<std::string> decoded;  ///< Likewise, for pictures that came as base64.
  std::vector<Picture> pictures;
  std::vector<std::optional<Result<Value>>> answers;  ///< As many as pictures.
  std::function<void()> done;                         ///< Called once, from a lane, when all answers are there.
  std::size_t left = 0;                               ///< The batcher's.
};

/// Collects waiting pictures into batches: as many as wait, never waiting for more, shared among the lanes that have nothing to
/// do, so that a lone picture is answered at once, with all processors, and a crowd is computed together. One thread a lane.
class Batcher {
 public:
  Batcher(int lanes, std::size_t mostWaiting, Metrics& metrics);
  ~Batcher();
  /// Takes all pictures of the order, or none when they would not fit the queue.
  bool submit(const std::shared_ptr<Order>& order);
  std::size_t waiting() const;
  std::size_t mostWaiting() const { return mostWaiting_; }

 private:
  struct Waiting {
    std::shared_ptr<Order> order;
    std::size_t index = 0;
  };
  struct Batch {
    std::vector<Waiting> pictures;
    bool alone = false;  ///< One picture, and the other lanes wait: at most one lane has such a batch at a time.
  };
  void work(int lane);
  Batch take();

  const std::size_t lanes_, mostWaiting_;
  Metrics& metrics_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> queue_;
  std::size_t idle_ = 0;  ///< Lanes that wait for pictures.
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace patchbay::serve
