// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/torch/module.h"
#include "engine/torch/trainer.h"

namespace patchbay::torch {

/// Part of the top rate at `step` (from 0) of `total`: linear warm-up, then cosine.
double scheduleFactor(const TrainOptions& options, std::int64_t step, std::int64_t total);

/// AdamW or SGD over the parameters with a rate, one fused call per group of equal rate and decay.
class StepRule {
 public:
  /// `rates` has one entry per stage. Turns requires_grad on for what is trained and off for the rest.
  StepRule(std::vector<Parameter>& parameters, const TrainOptions& options, const std::vector<double>& rates);
  /// Applies the gradients at `factor` of the top rates, clipped to options.clipNorm together, and clears them.
  void apply(double factor);
  void clearGradients();
  /// Of everything that is trained, in an order of its own; zeros where a pass left none.
  std::vector<at::Tensor> gradients();
  double topRate() const { return topRate_; }
  /// State by name ("moment1/<parameter>", ...), the tensors themselves: what a checkpoint writes and restores into.
  std::map<std::string, at::Tensor> state() const;

 private:
  struct Group {
    double rate = 0, decay = 0;
    std::vector<std::string> names;
    std::vector<at::Tensor> parameters, moments1, moments2, counts;
  };
  void clip();
  TrainOptions options_;
  std::vector<Group> groups_;
  double topRate_ = 0;
};

}  // namespace patchbay::torch
