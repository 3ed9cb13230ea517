// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/train_state.h"

#include <algorithm>

namespace patchbay::torch {
namespace {

std::vector<at::Tensor> copies(const std::vector<at::Tensor>& tensors) {
  std::vector<at::Tensor> out;
  for (const auto& t : tensors) out.push_back(t.detach().clone());
  return out;
}

void assign(const std::vector<at::Tensor>& to, const std::vector<at::Tensor>& from) {
  const at::NoGradGuard noGrad;
  for (std::size_t i = 0; i < to.size(); ++i) to[i].copy_(from[i]);
}

}  // namespace

TrainState::TrainState(Model::Impl& model, const TrainOptions& options) : decay_{options.ema} {
  const bool moves = model.options.batchNorm == BatchNormMode::Train;
  for (const auto& p : model.parameters) {
    if (!p.tensor.requires_grad() && !(moves && p.statistic)) continue;
    names_.push_back(p.name);
    weights_.push_back(p.tensor);
    if (p.statistic) statistics_.push_back(p.tensor);
  }
  if (decay_ > 0) average_ = copies(weights_);
}

void TrainState::beforeStep() { statisticsBefore_ = copies(statistics_); }
void TrainState::undoStep() { assign(statistics_, statisticsBefore_); }

void TrainState::average() {
  if (average_.empty()) return;
  const at::NoGradGuard noGrad;
  const auto t = static_cast<double>(step);
  const double decay = std::min(decay_, (1 + t) / (10 + t));
  std::vector<at::Tensor> now;
  for (const auto& w : weights_) now.push_back(w.detach());
  at::_foreach_lerp_(average_, now, 1 - decay);
}

void TrainState::keepBest() { best_ = copies(average_.empty() ? weights_ : average_); }

void TrainState::takeResult() {
  if (!best_.empty()) assign(weights_, best_);
  else if (!average_.empty()) assign(weights_, average_);
}

TrainState::Swap::Swap(TrainState& state) : state_{state} {
  if (state_.average_.empty()) return;
  own_ = copies(state_.weights_);
  assign(state_.weights_, state_.average_);
}
TrainState::Swap::~Swap() {
  if (!own_.empty()) assign(state_.weights_, own_);
}

std::map<std::string, at::Tensor> TrainState::tensors(bool withBest) {
  if (withBest && best_.empty()) best_ = copies(weights_);
  std::map<std::string, at::Tensor> out;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    out["weight/" + names_[i]] = weights_[i];
    if (!average_.empty()) out["average/" + names_[i]] = average_[i];
    if (withBest) out["best/" + names_[i]] = best_[i];
  }
  return out;
}

}  // namespace patchbay::torch
