// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

// Plain C-like interface, included by files compiled for several processors: nothing inline belongs here.
namespace patchbay::learn {

/// The three loops everything heavy is made of, for one width of vectors. All matrices are row-major float32; the
/// leading dimension of w, z and g is a multiple of 16 and the tail of each row of w is zero.
struct Kernels {
  const char* name;
  /// z[r][c] = sum_j x[r][j] * w[c][j] for c < k.
  void (*forward)(const float* x, std::size_t strideX, std::size_t rows, std::size_t cols, const float* w, std::size_t strideW,
                  std::size_t k, float* z, std::size_t strideZ);
  /// g[c][j] += sum_r p[r][c] * x[r][j] for c < k. Adds to nothing beyond column cols rounded up to 16.
  void (*backward)(const float* x, std::size_t strideX, std::size_t rows, std::size_t cols, const float* p, std::size_t strideP,
                   std::size_t k, float* g, std::size_t strideG);
  /// Each row z[0..k) becomes exp(z - max); `peak` and `sum` receive the row's max and the sum of the results.
  void (*expRows)(float* z, std::size_t strideZ, std::size_t rows, std::size_t k, float* peak, float* sum);
};

/// The widest set this processor runs; PATCHBAY_VECTORS=base|avx2|avx512 narrows the choice (tests, comparing machines).
const Kernels& kernels();
const Kernels* kernelsNamed(const char* name);  ///< Null when the processor or the build lacks it.

constexpr std::size_t kLanes = 16;
constexpr std::size_t paddedTo16(std::size_t n) { return (n + kLanes - 1) / kLanes * kLanes; }

}  // namespace patchbay::learn
