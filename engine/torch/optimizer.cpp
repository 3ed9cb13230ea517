// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/optimizer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace patchbay::torch {

double scheduleFactor(const TrainOptions& options, std::int64_t step, std::int64_t total) {
  const double warm = options.warmUp * static_cast<double>(total);
  const auto at = static_cast<double>(step);
  if (at < warm) return (at + 1) / (warm + 1);
  const double part = (at - warm) / std::max(1., static_cast<double>(total) - warm);
  return options.finalRate + (1 - options.finalRate) * (1 + std::cos(std::numbers::pi * part)) / 2;
}

StepRule::StepRule(std::vector<Parameter>& parameters, const TrainOptions& options, const std::vector<double>& rates) : options_{options} {
  for (auto& p : parameters) {
    const double rate = p.statistic ? 0 : rates[p.stage];
    p.tensor.requires_grad_(rate > 0);
    if (rate <= 0) continue;
    topRate_ = std::max(topRate_, rate);
    const double decay = p.decays ? options.weightDecay : 0;
    auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Group& g) { return g.rate == rate && g.decay == decay; });
    if (group == groups_.end()) group = groups_.insert(groups_.end(), Group{.rate = rate, .decay = decay});
    group->names.push_back(p.name);
    group->parameters.push_back(p.tensor);
    // Laid out in memory like the parameter, as the fused kernels walk over all of them in step.
    group->moments1.push_back(at::zeros_like(p.tensor.detach()));
    group->counts.push_back(at::zeros({}, p.tensor.options().requires_grad(false)));
    if (options.optimiser == Optimiser::AdamW) group->moments2.push_back(at::zeros_like(p.tensor.detach()));
  }
}

void StepRule::clip() {
  std::vector<at::Tensor> all;
  for (auto& group : groups_)
    for (auto& p : group.parameters)
      if (p.grad().defined()) all.push_back(p.grad());
  double square = 0;
  for (const auto& norm : at::_foreach_norm(all, 2)) square += std::pow(norm.item<double>(), 2);
  const double norm = std::sqrt(square);
  if (norm > options_.clipNorm) at::_foreach_mul_(all, options_.clipNorm / (norm + 1e-6));
}

void StepRule::apply(double factor) {
  const at::NoGradGuard noGrad;
  if (options_.clipNorm > 0) clip();
  for (auto& group : groups_) {
    std::vector<at::Tensor> gradients;
    for (auto& p : group.parameters) {
      auto gradient = p.grad().defined() ? p.grad() : at::zeros_like(p);
      // The fused kernels read memory in order; equal strides make that the same elements.
      if (gradient.strides() != p.strides()) gradient = at::empty_like(p).copy_(gradient);
      gradients.push_back(gradient);
    }
    const double rate = group.rate * factor;
    if (options_.optimiser == Optimiser::AdamW) {
      at::_foreach_add_(group.counts, 1);
      at::_fused_adamw_(group.parameters, gradients, group.moments1, group.moments2, {}, group.counts, rate, .9, .999, group.decay, 1e-8,
                        false, false);
    } else {
      // The moment starts at zero and the first step is not damped, so that the kernel's own first-step rule is not needed.
      at::_fused_sgd_(group.parameters, gradients, group.moments1, group.decay, .9, rate, 0, true, false, false);
    }
  }
  clearGradients();
}

void StepRule::clearGradients() {
  for (auto& group : groups_)
    for (auto& p : group.parameters) p.mutable_grad().reset();
}

std::vector<at::Tensor> StepRule::gradients() {
  std::vector<at::Tensor> out;
  for (auto& group : groups_)
    for (auto& p : group.parameters) {
      if (!p.grad().defined()) p.mutable_grad() = at::zeros_like(p.detach());
      out.push_back(p.grad());
    }
  return out;
}

std::map<std::string, at::Tensor> StepRule::state() const {
  std::map<std::string, at::Tensor> out;
  for (const auto& group : groups_)
    for (std::size_t i = 0; i < group.names.size(); ++i) {
      out["moment1/" + group.names[i]] = group.moments1[i];
      if (!group.moments2.empty()) out["moment2/" + group.names[i]] = group.moments2[i];
      out["count/" + group.names[i]] = group.counts[i];
    }
  return out;
}

}  // namespace patchbay::torch
