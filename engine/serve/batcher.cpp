// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/batcher.h"

#include <algorithm>

namespace patchbay::serve {

Batcher::Batcher(int lanes, std::size_t mostWaiting, Metrics& metrics) : mostWaiting_{mostWaiting}, metrics_{metrics} {
  for (int lane = 0; lane < lanes; ++lane) threads_.emplace_back([this, lane] { work(lane); });
}

Batcher::~Batcher() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool Batcher::submit(const std::shared_ptr<Order>& order) {
  const auto count = order->pictures.size();
  order->answers.resize(count);
  order->left = count;
  {
    const std::lock_guard lock{mutex_};
    if (queue_.size() + count > mostWaiting_) return false;
    for (std::size_t i = 0; i < count; ++i) queue_.push_back({order, i});
  }
  if (count == 1) wake_.notify_one();
  else wake_.notify_all();
  return true;
}

std::size_t Batcher::waiting() const {
  const std::lock_guard lock{mutex_};
  return queue_.size();
}

/// The oldest pictures that go through the same network, a fair share for each idle lane. Empty at the end.
std::vector<Batcher::Waiting> Batcher::take() {
  std::unique_lock lock{mutex_};
  ++idle_;
  wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  const auto idle = idle_--;
  std::vector<Waiting> batch;
  if (queue_.empty()) return batch;
  const auto* model = queue_.front().order->model.get();
  const auto share = (queue_.size() + idle - 1) / idle;
  const auto most = std::min(share, model->mostTogether());
  for (auto it = queue_.begin(); it != queue_.end() && batch.size() < most;) {
    if (it->order->model.get() != model) {
      ++it;
      continue;
    }
    batch.push_back(std::move(*it));
    it = queue_.erase(it);
  }
  return batch;
}

void Batcher::work(int lane) {
  for (;;) {
    const auto batch = take();
    if (batch.empty()) return;
    std::vector<Picture> pictures;
    for (const auto& one : batch) pictures.push_back(one.order->pictures[one.index]);
    auto answers = batch.front().order->model->predict(pictures, lane);
    metrics_.batch(batch.size());
    std::vector<std::shared_ptr<Order>> complete;
    {
      const std::lock_guard lock{mutex_};
      for (std::size_t i = 0; i < batch.size(); ++i) {
        auto& order = *batch[i].order;
        order.answers[batch[i].index].emplace(std::move(answers[i]));
        if (--order.left == 0) complete.push_back(batch[i].order);
      }
    }
    for (const auto& order : complete) {
      metrics_.predicted(order->modelName, order->pictures.size());
      order->done();
    }
  }
}

}  // namespace patchbay::serve
