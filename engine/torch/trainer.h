// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/torch/model.h"
#include "engine/torch/ranks.h"

namespace patchbay::torch {

/// Which examples are wanted. Everything random must follow from `seed` and the item, so that a resumed run sees the same.
struct BatchRequest {
  std::span<const std::int64_t> items;  ///< Indices in [0, BatchSource::size()).
  std::uint64_t seed = 0;               ///< Of this run and epoch; mix with the item for its augmentation.
  std::int64_t epoch = 0;
  std::int64_t step = 0;
};

/// Where the numbers go, rows in the order of BatchRequest::items.
struct BatchView {
  std::span<float> inputs;   ///< [items, Net::input.shape...], row-major.
  std::span<float> targets;  ///< [items, classes]: probabilities, rows summing to 1 (independent ones for BinaryCrossEntropy).
};

/// Training examples: decoded pictures, or activations cached at the freeze boundary.
class BatchSource {
 public:
  virtual ~BatchSource() = default;
  virtual std::int64_t size() const = 0;
  /// Called from one thread of the trainer's own, one batch ahead of the step that uses it.
  virtual Result<> fill(const BatchRequest& request, const BatchView& out) = 0;
};

enum class Loss : std::uint8_t {
  CrossEntropy,        ///< One class per picture, or a probability row. -sum w t log softmax(y) / sum w.
  BinaryCrossEntropy,  ///< Independent labels.
};
enum class Optimiser : std::uint8_t {
  AdamW,  ///< Loshchilov & Hutter, arXiv 1711.05101; betas .9 and .999.
  Sgd,    ///< Nesterov momentum .9.
};

struct TrainOptions {
  Optimiser optimiser = Optimiser::AdamW;
  /// Learning rate of each of Net::stages at the top of the schedule; 0 freezes the stage. One entry, or empty = .0003,
  /// stands for all. See stageRates.
  std::vector<double> learningRates;
  double weightDecay = .02;  ///< On weights of more than one axis only.
  double warmUp = .1;        ///< Part of the steps with a linearly rising rate; then cosine to `finalRate` times the top.
  double finalRate = 0;
  double clipNorm = 0;  ///< Largest norm of all gradients together; 0 = no limit.

  Loss loss = Loss::CrossEntropy;
  double labelSmoothing = 0;         ///< In [0, 1).
  std::vector<double> classWeights;  ///< One per class, or empty.
  double dropout = -1;               ///< In front of the last Linear, replacing the net's own; negative = as the net says.
  /// Mixup (arXiv 1710.09412) and CutMix (arXiv 1905.04899): parameter of the Beta distribution, 0 = off. With both on,
  /// each batch draws one of them. CutMix needs pictures (three axes).
  double mixup = 0, cutmix = 0;

  std::int64_t batch = 32;
  std::int64_t epochs = 8;
  std::int64_t steps = 0;  ///< Instead of epochs, when > 0.
  std::uint64_t seed = 0;
  /// Decay of the moving average of the weights, 0 = off; it starts quickly, min(decay, (1 + t) / (10 + t)). The average is
  /// what is validated and what the model holds at the end.
  double ema = 0;
  std::int64_t validateSteps = 0;  ///< Steps between validations; 0 = after each epoch.
  std::int64_t patience = 0;       ///< Validations without a new best before training ends; 0 = never early.
};

struct StepReport {
  std::int64_t epoch = 0;  ///< From 0.
  std::int64_t step = 0;   ///< Steps done.
  std::int64_t totalSteps = 0;
  double loss = 0;          ///< Of this step's batch.
  double learningRate = 0;  ///< The highest of the groups.
  double imagesPerSecond = 0;
};

enum class StopRequest : std::uint8_t {
  No,
  Keep,    ///< End now, with the best weights so far.
  Cancel,  ///< End now; a checkpoint is handed out first.
};

/// All optional; called on the thread that called run. Processes that train together give the same hooks; `validate` and
/// `checkpoint` are called in the first of them alone.
struct TrainHooks {
  std::function<void(const StepReport&)> progress;
  /// The figure to be maximised, of the model as it would be kept now. The best weights are kept.
  std::function<Result<double>(const Model&, std::int64_t epoch)> validate;
  /// Takes a checkpoint (weights, optimiser, position of the sampler and of every random sequence, average and best weights,
  /// as safetensors) every `checkpointSeconds`, and when cancelled.
  std::function<Result<>(std::string_view bytes)> checkpoint;
  double checkpointSeconds = 20;
  /// There was not enough memory for a step: from now on every batch is computed in `pieces` one after the other, with the
  /// gradients added up.
  std::function<void(std::int64_t pieces)> divided;
  /// Asked between ops, forward and backward: a step under way is dropped, and a resumed run does it again.
  std::function<StopRequest()> stop;
};

enum class TrainEnd : std::uint8_t { Finished, EarlyStop, Kept, Cancelled };

struct TrainReport {
  struct Validation {
    std::int64_t epoch = 0, step = 0;
    double trainLoss = 0;  ///< Mean over the steps since the validation before.
    double metric = 0;     ///< NaN without a validate hook.
  };
  TrainEnd end = TrainEnd::Finished;
  std::int64_t steps = 0;
  std::vector<Validation> validations;
  std::optional<std::size_t> best;  ///< Index into validations: whose weights the model holds.
  double imagesPerSecond = 0;       ///< Of the steps alone, this run.
  std::int64_t peakMemory = 0;      ///< Bytes resident in this process at the highest.
  std::int64_t peakGpuMemory = 0;   ///< Bytes of tensors on the GPU at the highest; 0 on the CPU.
  std::int64_t pieces = 1;          ///< In which a batch was computed at the end; see TrainHooks::divided.
};

/// Learning rates for TrainOptions: `head` for the stage of the last Linear; `body` for the stage below it, times `decay` for
/// each step further down at which the number of channels changes; 0 below `firstTrained` (empty = train all).
/// Fails when there is no such stage.
Result<std::vector<double>> stageRates(const net::Net& net, double head, double body, double decay = 1, std::string_view firstTrained = {});

/// Trains a model on the first of its outputs (logits, [N, classes]). On the CPU, the same net, source, options and number of
/// threads give the same bits, whether the run was interrupted or not.
class Trainer {
 public:
  /// `model` and `source` must outlive the trainer. Fails on options that make no sense, naming the option.
  /// With `ranks` every process of the group makes the same call with an equal net, source and options: each computes its
  /// part of every batch, and all end with the same weights, bit for bit. The batch of TrainOptions is that of all together.
  static Result<Trainer> create(Model& model, BatchSource& source, const TrainOptions& options, std::shared_ptr<Ranks> ranks = {});
  Trainer(Trainer&&) noexcept;
  Trainer& operator=(Trainer&&) noexcept;
  ~Trainer();

  /// Trains to the end or until stopped; leaves the weights to be kept in the model: the best validated ones, else the
  /// moving average, else the last. After Cancelled the model holds the last weights. Call once.
  Result<TrainReport> run(const TrainHooks& hooks = {});

  /// Goes on from a checkpoint of the same net, options, number of examples and of processes; refused otherwise. Call before
  /// run, in the first process: the others get its state.
  Result<> restore(std::string_view bytes);

  struct Impl;

 private:
  explicit Trainer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::torch
