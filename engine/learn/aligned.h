// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

#include "engine/learn/kernels.h"

namespace patchbay::learn {

/// Zeroed float32 storage on a cache-line boundary: the kernels read weights by whole lines, split lines halve their speed.
class AlignedFloats {
 public:
  AlignedFloats() = default;
  explicit AlignedFloats(std::size_t size) : size_{size} {
    if (size == 0) return;
    data_.reset(static_cast<float*>(::operator new (size * sizeof(float), std::align_val_t{64})));
    clear();
  }
  float* data() { return data_.get(); }
  const float* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  float& operator[](std::size_t i) { return data_[i]; }
  float operator[](std::size_t i) const { return data_[i]; }
  void clear() {
    for (std::size_t i = 0; i < size_; ++i) data_[i] = 0;
  }

 private:
  struct Free {
    void operator()(float* p) const { ::operator delete (p, std::align_val_t{64}); }
  };
  std::unique_ptr<float[], Free> data_;
  std::size_t size_ = 0;
};

}  // namespace patchbay::learn
