// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/batcher.h"

#include <algorithm>

namespace patchbay::serve {

Batcher::Batcher(int lanes, std::size_t mostWaiting, Metrics& metrics)
    : lanes_{static_cast<std::size_t>(lanes)}, mostWaiting_{mostWaiting}, metrics_{metrics} {
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
Batcher::Batch Batcher::take() {
  std::unique_lock lock{mutex_};
  ++idle_;
  wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  const auto idle = idle_--;
  Batch batch;
  if (queue_.empty()) return batch;
  const auto* model = queue_.front().order->model.get();
  const auto share = (queue_.size() + idle - 1) / idle;
  const auto most = std::min(share, model->mostTogether());
  for (auto it = queue_.begin(); it != queue_.end() && batch.pictures.size() < most;) {
    if (it->order->model.get() != model) {
      ++it;
      continue;
    }
    batch.pictures.push_back(std::move(*it));
    it = queue_.erase(it);
  }
  batch.alone = idle == lanes_ && queue_.empty() && batch.pictures.size() == 1;
  return batch;
}

void Batcher::work(int lane) {
  for (;;) {
    const auto batch = take();
    if (batch.pictures.empty()) return;
    std::vector<Picture> pictures;
    for (const auto& one : batch.pictures) pictures.push_back(one.order->pictures[one.index]);
    auto answers = batch.pictures.front().order->model->predict(pictures, lane, batch.alone);
    metrics_.batch(batch.pictures.size());
    std::vector<std::shared_ptr<Order>> complete;
    {
      const std::lock_guard lock{mutex_};
      for (std::size_t i = 0; i < batch.pictures.size(); ++i) {
        const auto& [order, index] = batch.pictures[i];
        order->answers[index].emplace(std::move(answers[i]));
        if (--order->left == 0) complete.push_back(order);
      }
    }
    for (const auto& order : complete) {
      metrics_.predicted(order->modelName, order->pictures.size());
      order->done();
    }
  }
}

}  // namespace patchbay::serve
