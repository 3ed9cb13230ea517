// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/net/net.h"

namespace patchbay::torch {

/// How numbers are multiplied. Weights, losses and optimiser state are always float.
enum class Precision : std::uint8_t {
  Float,
  Bfloat16,  ///< Autocast: convolutions and matrix products in bfloat16.
};

/// What becomes of BatchNorm while training.
enum class BatchNormMode : std::uint8_t {
  Train,   ///< Normalises by the batch and updates the running statistics. For large batches and much data.
  Frozen,  ///< Uses the running statistics; scale and shift are trained.
  Folded,  ///< Folded into the convolutions, whose weights are trained: 1.3 times as fast, and the net that is exported.
};

struct ModelOptions {
  std::string device = "cpu";  ///< "cpu" or "cuda:N".
  Precision precision = Precision::Float;
  BatchNormMode batchNorm = BatchNormMode::Folded;
};

/// A Net in LibTorch: what Trainer trains. Movable; not for use from two threads at once.
class Model {
 public:
  /// Validates the net and copies its parameters. Folded needs every BatchNorm to follow a convolution; those that do not
  /// stay as Frozen. Fails for a device that does not answer.
  static Result<Model> create(const net::Net& net, const ModelOptions& options = {});
  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;
  ~Model();

  /// Evaluation: no dropout, running statistics, no gradients. `inputs` is NCHW, `count` pictures. One tensor per
  /// Net::outputs, in their order, [count, ...]. The value of one picture does not depend on its neighbours beyond
  /// rounding. Ends with a Cancelled error when `stop` (see setStop) says so.
  Result<std::vector<net::Tensor>> forward(std::span<const float> inputs, std::int64_t count) const;

  /// Derivatives of the sum of `weights` [count, ...] times the first output, in evaluation mode: by parameter name, and by
  /// the name of Net::input. For explanations, and to check the ops.
  Result<std::map<std::string, net::Tensor>> gradients(std::span<const float> inputs, std::int64_t count,
                                                       std::span<const float> weights) const;

  /// The net with the present parameters; with Folded, the folded net.
  Result<net::Net> toNet() const;
  /// The structure that is trained (folded or not), with the parameters it began with.
  const net::Net& net() const;

  /// Asked between the ops of a forward pass; returning true ends it.
  void setStop(std::function<bool()> stop);

  struct Impl;
  Impl& impl() const { return *impl_; }

 private:
  explicit Model(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::torch
