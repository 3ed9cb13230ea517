// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace patchbay::net {

/// Extents, outermost first. Empty means a scalar.
using Shape = std::vector<std::int64_t>;

/// Product of the extents (1 for a scalar); fails on a negative extent or on overflow.
Result<std::int64_t> elementCount(const Shape& shape);

/// How a tensor is stored in files. In memory all values are float; integers beyond 2^24 lose their last digits, which
/// only concerns counters that no pass reads.
enum class DType : std::uint8_t { F32, F16, BF16, F64, I8, I16, I32, I64, U8, Bool };

std::size_t byteSize(DType dtype);
/// "F32", "BF16", ...: the names of the safetensors format.
std::string_view toString(DType dtype);
Result<DType> dtypeFrom(std::string_view name);

/// Values with a shape, row-major. Copies share the data; a pass that changes values makes new data.
struct Tensor {
  Shape shape;
  DType dtype = DType::F32;  ///< Storage type when written; computing is always in float.
  std::shared_ptr<const std::vector<float>> data;

  Tensor() = default;
  /// Requires values.size() == product of `s`.
  Tensor(Shape s, std::vector<float> values, DType type = DType::F32);
  static Tensor full(Shape s, float value);

  std::int64_t size() const { return data ? static_cast<std::int64_t>(data->size()) : 0; }
  std::span<const float> values() const { return data ? std::span<const float>{*data} : std::span<const float>{}; }
};

/// Same shape, storage type and bits of every value.
bool identical(const Tensor& a, const Tensor& b);

}  // namespace patchbay::net
