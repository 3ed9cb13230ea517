// SPDX-License-Identifier: Apache-2.0
#include "engine/net/tensor.h"

#include <array>
#include <cassert>
#include <cstring>
#include <limits>
#include <utility>

namespace patchbay::net {
namespace {
struct Storage {
  DType dtype;
  std::string_view name;
  std::size_t bytes;
};
constexpr std::array<Storage, 10> storages{{{DType::F32, "F32", 4},
                                            {DType::F16, "F16", 2},
                                            {DType::BF16, "BF16", 2},
                                            {DType::F64, "F64", 8},
                                            {DType::I8, "I8", 1},
                                            {DType::I16, "I16", 2},
                                            {DType::I32, "I32", 4},
                                            {DType::I64, "I64", 8},
                                            {DType::U8, "U8", 1},
                                            {DType::Bool, "BOOL", 1}}};
const Storage& storageOf(DType dtype) {
  for (const auto& storage : storages)
    if (storage.dtype == dtype) return storage;
  assert(false);
  return storages.front();
}
}  // namespace

Result<std::int64_t> elementCount(const Shape& shape) {
  std::int64_t count = 1;
  for (const auto extent : shape) {
    if (extent < 0)
      return fail(ErrorKind::BadInput, "tensor.negative-extent", TR("net", "A tensor has a negative extent."),
                  TR("net", "The file is damaged; fetch it again."));
    // Limiting the product to 2^47 keeps every later multiplication by an element's size inside 64 bits.
    if (extent != 0 && count > (std::int64_t{1} << 47) / extent)
      return fail(ErrorKind::BadInput, "tensor.too-large", TR("net", "A tensor's extents multiply to more than any memory holds."),
                  TR("net", "The file is damaged; fetch it again."));
    count *= extent;
  }
  return count;
}

std::size_t byteSize(DType dtype) { return storageOf(dtype).bytes; }

std::string_view toString(DType dtype) { return storageOf(dtype).name; }

Result<DType> dtypeFrom(std::string_view name) {
  for (const auto& storage : storages)
    if (storage.name == name) return storage.dtype;
  return fail(ErrorKind::Unsupported, "tensor.dtype", TR("net", "Tensors of type {type} are not understood.").with("type", name),
              TR("net", "Convert the weights to F32, F16 or BF16 first."));
}

Tensor::Tensor(Shape s, std::vector<float> values, DType type)
    : shape{std::move(s)}, dtype{type}, data{std::make_shared<const std::vector<float>>(std::move(values))} {
  assert(elementCount(shape).value_or(-1) == size());
}

Tensor Tensor::full(Shape s, float value) {
  const auto count = elementCount(s);
  assert(count);
  return {std::move(s), std::vector<float>(static_cast<std::size_t>(*count), value)};
}

bool identical(const Tensor& a, const Tensor& b) {
  return a.shape == b.shape && a.dtype == b.dtype && a.size() == b.size() &&
         (a.size() == 0 || std::memcmp(a.data->data(), b.data->data(), a.data->size() * sizeof(float)) == 0);
}

}  // namespace patchbay::net
