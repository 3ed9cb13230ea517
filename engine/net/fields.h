// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string_view>
#include <type_traits>

#include "engine/net/net.h"

// The fields of every op kind, named once: writing and reading net.json, and whatever shows a network, walk over them.
namespace patchbay::net {

/// In the order of OpKind.
inline constexpr std::array<std::string_view, std::variant_size_v<OpKind>> kindNames{
    "conv2d", "batch_norm",  "layer_norm", "linear",  "activation", "softmax", "add",       "mul",
    "matmul", "global_pool", "pool",       "flatten", "dropout",    "reshape", "transpose", "concat"};
inline constexpr std::array<std::string_view, 8> functionNames{"relu",    "relu6", "hard_sigmoid", "hard_swish",
                                                               "sigmoid", "swish", "gelu",         "tanh"};
inline constexpr std::array<std::string_view, 2> reductionNames{"mean", "max"};
inline constexpr std::array<std::string_view, 2> resizeNames{"short_side", "stretch"};
inline constexpr std::array<std::string_view, 2> interpolationNames{"bilinear", "bicubic"};

template <class Enum>
constexpr const auto& namesOf() {
  if constexpr (std::is_same_v<Enum, Function>) return functionNames;
  else if constexpr (std::is_same_v<Enum, Reduction>) return reductionNames;
  else if constexpr (std::is_same_v<Enum, Resize>) return resizeNames;
  else return interpolationNames;
}

/// Calls visit(name, member) for each field; Kind may be const.
template <class Kind, class Visit>
void forEachField(Kind& k, Visit&& visit) {
  using K = std::remove_const_t<Kind>;
  if constexpr (std::is_same_v<K, Conv2d>) {
    visit("in", k.in), visit("out", k.out), visit("kernel", k.kernel), visit("stride", k.stride), visit("dilation", k.dilation);
    visit("padding", k.padding), visit("same_padding", k.samePadding), visit("groups", k.groups), visit("bias", k.bias);
  } else if constexpr (std::is_same_v<K, BatchNorm>) {
    visit("channels", k.channels), visit("eps", k.eps), visit("momentum", k.momentum);
  } else if constexpr (std::is_same_v<K, LayerNorm>) {
    visit("channels", k.channels), visit("eps", k.eps);
  } else if constexpr (std::is_same_v<K, Linear>) {
    visit("in", k.in), visit("out", k.out), visit("bias", k.bias);
  } else if constexpr (std::is_same_v<K, Activation>) {
    visit("function", k.function);
  } else if constexpr (std::is_same_v<K, Softmax> || std::is_same_v<K, Concat>) {
    visit("axis", k.axis);
  } else if constexpr (std::is_same_v<K, MatMul>) {
    visit("transpose_b", k.transposeB);
  } else if constexpr (std::is_same_v<K, GlobalPool>) {
    visit("reduction", k.reduction), visit("keep_dims", k.keepDims);
  } else if constexpr (std::is_same_v<K, Pool>) {
    visit("reduction", k.reduction), visit("kernel", k.kernel), visit("stride", k.stride), visit("padding", k.padding);
  } else if constexpr (std::is_same_v<K, Dropout>) {
    visit("p", k.p);
  } else if constexpr (std::is_same_v<K, Reshape>) {
    visit("shape", k.shape);
  } else if constexpr (std::is_same_v<K, Transpose>) {
    visit("order", k.order);
  } else if constexpr (std::is_same_v<K, Preprocessing>) {
    visit("resize", k.resize), visit("resize_to", k.resizeTo), visit("height", k.height), visit("width", k.width);
    visit("interpolation", k.interpolation), visit("mean", k.mean), visit("std", k.std), visit("scaled_decode", k.scaledDecode);
  } else {
    static_assert(std::is_empty_v<K>);
  }
}

/// The preprocessing record as it stands in net.json and in the ONNX metadata.
Value toValue(const Preprocessing& preprocessing);
Result<Preprocessing> preprocessingFromValue(const Value& value);

}  // namespace patchbay::net
