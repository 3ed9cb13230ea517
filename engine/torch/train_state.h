// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/torch/module.h"
#include "engine/torch/trainer.h"

namespace patchbay::torch {

/// What training changes besides the optimiser: position, weights, their moving average, the best ones.
class TrainState {
 public:
  TrainState(Model::Impl& model, const TrainOptions& options);

  std::int64_t step = 0;
  std::int64_t validatedStep = 0;
  double lossSum = 0;  ///< Since the last validation.
  std::int64_t lossCount = 0;
  std::vector<TrainReport::Validation> validations;
  std::optional<std::size_t> best;
  std::int64_t pieces = 1;  ///< In which every batch is computed, as memory allows.

  /// A dropped step may have moved the running statistics; these bring them back.
  void beforeStep();
  void undoStep();
  /// Takes the weights after `step` steps into the average.
  void average();
  void keepBest();
  /// Puts the weights to be kept into the model: the best, else the average, else what it has.
  void takeResult();

  /// While it lives, the model holds the average.
  class Swap {
   public:
    explicit Swap(TrainState& state);
    ~Swap();
    Swap(const Swap&) = delete;
    Swap& operator=(const Swap&) = delete;

   private:
    TrainState& state_;
    std::vector<at::Tensor> own_;
  };
  Swap withAverage() { return Swap{*this}; }

  /// "weight/<name>", "average/<name>", "best/<name>": the tensors themselves. `withBest` makes room for the best ones.
  std::map<std::string, at::Tensor> tensors(bool withBest);

 private:
  double decay_;
  std::vector<std::string> names_;
  std::vector<at::Tensor> weights_, average_, best_;
  std::vector<at::Tensor> statistics_, statisticsBefore_;
};

}  // namespace patchbay::torch
