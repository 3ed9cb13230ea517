// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/torch/aten.h"
#include "engine/torch/model.h"
#include "engine/torch/ranks.h"
#include "engine/torch/repeated.h"

namespace patchbay::torch {

/// How one pass through the net is computed.
struct Pass {
  bool training = false;
  double dropout = -1;                          ///< >= 0: in front of the last Linear, in place of the net's own Dropout.
  std::optional<at::Generator> generator;       ///< For dropout; needed when training.
  const std::function<bool()>* stop = nullptr;  ///< May be empty.
  Ranks::Impl* ranks = nullptr;                 ///< Batch statistics are those of all processes.
  /// The rows given are part of a larger batch, from `row` on; 0: they are the batch. What is drawn at random is drawn for
  /// the whole, so that how it is divided changes nothing.
  std::int64_t row = 0, wholeBatch = 0;
};

/// A parameter as it is trained.
struct Parameter {
  std::string name;
  at::Tensor tensor;
  int stage = 0;
  bool head = false;       ///< Belongs to the last Linear.
  bool decays = false;     ///< A weight of more than one axis: weight decay applies.
  bool statistic = false;  ///< Running mean or variance: never has a gradient.
};

struct Model::Impl {
  net::Net net;
  ModelOptions options;
  at::Device device{at::kCPU};
  std::vector<Parameter> parameters;
  std::function<bool()> stop;
  mutable std::unique_ptr<RepeatedForward> repeated;  ///< On a GPU.

  /// Throws what LibTorch throws, and Stopped.
  std::vector<at::Tensor> run(at::Tensor input, const Pass& pass) const;
  const at::Tensor& parameter(const std::string& name) const { return parameters[index.at(name)].tensor; }
  /// Batch of `count` from row-major NCHW floats, in the layout and on the device that convolutions like best.
  at::Tensor inputFrom(std::span<const float> values, std::int64_t count) const;
  void loadParameters(const net::Net& from);

  std::unordered_map<std::string, std::size_t> index;

  /// What each op needs to know besides its kind; worked out once.
  struct Step {
    std::vector<int> inputs;   ///< Positions of the values used; 0 is the net's input, i + 1 the value of op i.
    std::vector<int> lastUse;  ///< Values that nobody needs after this op.
    std::vector<std::size_t> parameters;
    int inPlace = -1;  ///< Position among the inputs of one that may be overwritten.
    bool lastLinear = false;
    bool endsStage = false;
  };
  std::vector<Step> steps;
  void plan();

 private:
  at::Tensor apply(const net::Op& op, const Step& step, const std::vector<at::Tensor>& values, const Pass& pass) const;
};

/// From LibTorch to a tensor of the engine, row-major.
net::Tensor toNetTensor(const at::Tensor& tensor);

}  // namespace patchbay::torch
