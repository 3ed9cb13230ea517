// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/net/tensor.h"

namespace patchbay::net {

// The typed ops. Each names its own parameters: an op called "block3.expand" of kind Conv2d owns the tensors
// "block3.expand.weight" and, with `bias`, "block3.expand.bias" in Net::parameters. Activations are NCHW.

/// 2-D convolution, cross-correlation as in PyTorch. weight [out, in / groups, kh, kw], bias [out].
struct Conv2d {
  std::int64_t in = 0, out = 0;
  std::array<std::int64_t, 2> kernel{1, 1};  ///< Height, width.
  std::array<std::int64_t, 2> stride{1, 1};
  std::array<std::int64_t, 2> dilation{1, 1};
  std::array<std::int64_t, 4> padding{0, 0, 0, 0};  ///< Top, left, bottom, right (ONNX order); zeros.
  /// The padding follows TensorFlow's SAME rule for the current input size; resized() computes it again.
  bool samePadding = false;
  std::int64_t groups = 1;
  bool bias = false;
  bool operator==(const Conv2d&) const = default;
};

/// Per-channel normalisation over axis 1. weight, bias, mean, var: [channels]. momentum is PyTorch's (.1 = slow).
struct BatchNorm {
  std::int64_t channels = 0;
  double eps = 1e-5;
  double momentum = .1;
  bool operator==(const BatchNorm&) const = default;
};

/// Normalisation over the last axis. weight, bias: [channels].
struct LayerNorm {
  std::int64_t channels = 0;
  double eps = 1e-5;
  bool operator==(const LayerNorm&) const = default;
};

/// y = x W^T + b over the last axis. weight [out, in], bias [out].
struct Linear {
  std::int64_t in = 0, out = 0;
  bool bias = true;
  bool operator==(const Linear&) const = default;
};

enum class Function : std::uint8_t {
  Relu,
  Relu6,
  HardSigmoid,  ///< clamp(x / 6 + 1/2, 0, 1)
  HardSwish,    ///< x * HardSigmoid(x)
  Sigmoid,
  Swish,  ///< x * Sigmoid(x), also called SiLU
  Gelu,   ///< exact, with erf
  Tanh,
};
/// An elementwise function; no parameters.
struct Activation {
  Function function = Function::Relu;
  bool operator==(const Activation&) const = default;
};

/// Over one axis; negative counts from the end.
struct Softmax {
  std::int64_t axis = -1;
  bool operator==(const Softmax&) const = default;
};

/// Two inputs, broadcast as in NumPy.
struct Add {
  bool operator==(const Add&) const = default;
};
struct Mul {
  bool operator==(const Mul&) const = default;
};
/// Batched product of two inputs over the last two axes.
struct MatMul {
  bool transposeB = false;
  bool operator==(const MatMul&) const = default;
};

enum class Reduction : std::uint8_t { Mean, Max };
/// NCHW -> [N, C], or [N, C, 1, 1] with keepDims.
struct GlobalPool {
  Reduction reduction = Reduction::Mean;
  bool keepDims = false;
  bool operator==(const GlobalPool&) const = default;
};
/// Windowed pooling. Mean divides by the number of real pixels, padding not counted; Max pads with -infinity.
struct Pool {
  Reduction reduction = Reduction::Max;
  std::array<std::int64_t, 2> kernel{2, 2};
  std::array<std::int64_t, 2> stride{2, 2};
  std::array<std::int64_t, 4> padding{0, 0, 0, 0};  ///< Top, left, bottom, right.
  bool operator==(const Pool&) const = default;
};

/// [N, ...] -> [N, product of the rest].
struct Flatten {
  bool operator==(const Flatten&) const = default;
};
/// The identity unless training.
struct Dropout {
  double p = 0;
  bool operator==(const Dropout&) const = default;
};
/// New extents after the batch axis; at most one may be -1.
struct Reshape {
  Shape shape;
  bool operator==(const Reshape&) const = default;
};
/// Order of all axes; order[0] == 0, the batch stays in front.
struct Transpose {
  std::vector<std::int64_t> order;
  bool operator==(const Transpose&) const = default;
};
/// Joins any number of inputs along an axis > 0.
struct Concat {
  std::int64_t axis = 1;
  bool operator==(const Concat&) const = default;
};

using OpKind = std::variant<Conv2d, BatchNorm, LayerNorm, Linear, Activation, Softmax, Add, Mul, MatMul, GlobalPool, Pool, Flatten, Dropout,
                            Reshape, Transpose, Concat>;

/// One step of the network. It produces exactly one value, which carries the op's name.
struct Op {
  std::string name;
  OpKind kind;
  std::vector<std::string> inputs;  ///< Names of earlier ops, or of Net::input.
  int stage = 0;                    ///< Index into Net::stages.

  template <class Kind>
  const Kind* as() const {
    return std::get_if<Kind>(&kind);
  }
  template <class Kind>
  Kind* as() {
    return std::get_if<Kind>(&kind);
  }
  bool operator==(const Op&) const = default;
};

/// What goes in: [batch, shape...]; the batch is free. Pictures are {3, height, width}.
struct Input {
  std::string name = "input";
  Shape shape;
  bool operator==(const Input&) const = default;
};
/// What comes out, under a public name.
struct Output {
  std::string name;   ///< "logits", "features", "block4.mean"
  std::string value;  ///< The op it is the value of.
  bool operator==(const Output&) const = default;
};

enum class Resize : std::uint8_t {
  ShortSide,  ///< The shorter side becomes `resizeTo`, the aspect is kept, then a centre crop of height x width.
  Stretch,    ///< Directly to height x width.
};
enum class Interpolation : std::uint8_t { Bilinear, Bicubic };  ///< Both antialiased, as Pillow does it.

/// From picture bytes to the input tensor: EXIF rotation, RGB, resize, centre crop, (pixel - mean) / std, NCHW.
struct Preprocessing {
  Resize resize = Resize::ShortSide;
  std::int64_t resizeTo = 256;  ///< Pixels; unused by Stretch.
  std::int64_t height = 224, width = 224;
  Interpolation interpolation = Interpolation::Bicubic;
  std::array<double, 3> mean{127, 127, 127};  ///< RGB, in 0..255.
  std::array<double, 3> std{128, 128, 128};   ///< RGB, in 0..255.
  bool scaledDecode = false;                  ///< JPEG may be decoded at 1/2, 1/4 or 1/8 when that stays above the target.
  bool operator==(const Preprocessing&) const = default;
};

/// Tasks a network may have: one class a picture (softmax), or any number of labels (a sigmoid each).
inline constexpr std::string_view classificationTask = "classification", multiLabelTask = "multi-label";

/// A network as data: ops in the order of computation, parameters by name, and what is needed to use it.
///
/// Training, running, ONNX, folding, taps and counts are passes over this structure. Invariants are those of validate().
struct Net {
  std::string name;                     ///< "efficientnet_lite0"
  std::string task = "classification";  ///< Or "multi-label"; "features" when there is no head.
  Input input;
  std::vector<Op> ops;  ///< Topological: an op uses earlier values only.
  std::vector<Output> outputs;
  std::vector<std::string> stages;  ///< In order of depth: "stem", "block0", ..., "head", "classifier".
  std::map<std::string, Tensor> parameters;
  Preprocessing preprocessing;
  std::vector<std::string> classes;  ///< In the order of the logits; may be empty.
  Value metadata;                    ///< A map of free facts: weights' origin, licence, seeds, data digest.

  const Op* findOp(std::string_view name) const;
  /// Index into `stages`, -1 when absent.
  int findStage(std::string_view stage) const;
};

/// What an op expects of its own parameters: full names and shapes, in a fixed order (weight, bias, mean, var).
struct ParameterSpec {
  std::string name;
  Shape shape;
};
std::vector<ParameterSpec> parametersOf(const Op& op);

/// Checks names (unique, never empty), order, arity, stage order, outputs, parameters (all present, right shape, none left
/// over) and that the shapes fit together. Everything read from files goes through it.
Result<> validate(const Net& net);

/// The structure without the parameters' values, as map {"format": "patchbay-net", "version": 1, ...}.
Value toValue(const Net& net);
/// Inverse of toValue; `parameters` stays empty. Unknown keys and kinds are refused, newer versions are TooNew.
Result<Net> structureFromValue(const Value& value);

/// Writes `net.json` and `model.safetensors` into an existing folder.
Result<> saveNet(const Net& net, const std::filesystem::path& folder);
/// Reads both and validates.
Result<Net> loadNet(const std::filesystem::path& folder);
/// One safetensors file carrying the structure in its metadata under "patchbay.net": what the store keeps.
Result<std::string> packNet(const Net& net);
Result<Net> unpackNet(std::string_view bytes);

}  // namespace patchbay::net
