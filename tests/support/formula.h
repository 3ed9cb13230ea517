// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/net/tensor.h"

// Weights and inputs by formula, the same as in tests/data/net/make_golden.py.
namespace patchbay::test {

/// Numbers in [-1, 1) that depend on the name alone.
inline std::vector<float> uniform(std::string_view name, std::size_t count) {
  std::uint64_t key = 0xCBF29CE484222325;
  for (const char byte : name) key = (key ^ static_cast<std::uint8_t>(byte)) * 0x100000001B3;
  std::vector<float> out(count);
  for (auto& value : out) {
    std::uint64_t z = key += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    value = static_cast<float>(static_cast<double>((z ^ z >> 31) >> 40) * 0x1p-23 - 1);
  }
  return out;
}

inline net::Tensor uniformTensor(std::string_view name, net::Shape shape) {
  const auto count = static_cast<std::size_t>(*net::elementCount(shape));
  return {std::move(shape), uniform(name, count)};
}

/// Plausible weights: He-uniform matrices and kernels, scales and variances near 1, the rest near 0. `name` is PyTorch's.
inline net::Tensor formulaWeight(std::string_view name, const net::Shape& shape) {
  auto values = uniform(name, static_cast<std::size_t>(*net::elementCount(shape)));
  double fanIn = 1;
  for (std::size_t i = 1; i < shape.size(); ++i) fanIn *= static_cast<double>(shape[i]);
  const auto scale = static_cast<float>(std::sqrt(6 / fanIn));
  for (auto& value : values) {
    if (shape.size() >= 2) value *= scale;
    else if (name.ends_with("running_var") || name.ends_with("weight")) value = 1 + value * .25f;
    else value *= .125f;
  }
  return {shape, std::move(values)};
}

}  // namespace patchbay::test
