// SPDX-License-Identifier: Apache-2.0
#pragma once
// Depthwise convolution over NHWC floats, one block of kLanes channels at a time. Included by one file for each
// instruction set, which sets kLanes; everything is in an unnamed namespace, so that no copy of one leaks into the other.
#include "engine/torch/depthwise.h"

namespace patchbay::torch {
namespace {

typedef float Vector __attribute__((vector_size(kLanes * sizeof(float)), aligned(4), may_alias));

inline Vector load(const float* p) { return *reinterpret_cast<const Vector*>(p); }
inline void store(float* p, Vector v) { *reinterpret_cast<Vector*>(p) = v; }

/// The taps [begin, end) of a window that starts at `start` and lie inside [0, size).
struct Taps {
  std::int64_t begin, end;
};
inline Taps inside(std::int64_t start, std::int64_t size, std::int64_t k) {
  return {start < 0 ? -start : 0, start + k > size ? size - start : k};
}

template <int K>
void forwardBlock(const Depthwise& d, const float* x, const float* w, const float* bias, float* y, std::int64_t n, std::int64_t c0) {
  for (std::int64_t oy = 0; oy < d.outHeight; ++oy)
    for (std::int64_t ox = 0; ox < d.outWidth; ++ox) {
      const std::int64_t iy = oy * d.stride - d.top, ix = ox * d.stride - d.left;
      const Taps ty = inside(iy, d.height, K), tx = inside(ix, d.width, K);
      const float* const from = x + ((n * d.height + iy) * d.width + ix) * d.channels + c0;
      Vector sum[K] = {};
      for (std::int64_t ky = ty.begin; ky < ty.end; ++ky) {
        const float* const row = from + ky * d.width * d.channels;
        const float* const weight = w + ky * K * d.channels + c0;
        if (tx.begin == 0 && tx.end == K) {
#pragma GCC unroll 8
          for (int kx = 0; kx < K; ++kx) sum[kx] += load(row + kx * d.channels) * load(weight + kx * d.channels);
        } else {
          for (std::int64_t kx = tx.begin; kx < tx.end; ++kx) sum[0] += load(row + kx * d.channels) * load(weight + kx * d.channels);
        }
      }
      Vector total = load(bias + c0);
#pragma GCC unroll 8
      for (int kx = 0; kx < K; ++kx) total += sum[kx];
      store(y + ((n * d.outHeight + oy) * d.outWidth + ox) * d.channels + c0, total);
    }
}

template <int K, int S>
void backwardDataBlock(const Depthwise& d, const float* g, const float* w, float* dx, std::int64_t n, std::int64_t c0) {
  for (std::int64_t iy = 0; iy < d.height; ++iy)
    for (std::int64_t ix = 0; ix < d.width; ++ix) {
      // Output row (iy + top - ky) / stride used this pixel by tap ky, where that divides and exists.
      const std::int64_t ay = iy + d.top, ax = ix + d.left;
      Vector sum[K] = {};
      for (std::int64_t ky = ay % S; ky < K && ky <= ay; ky += S) {
        const std::int64_t oy = (ay - ky) / S;
        if (oy >= d.outHeight) continue;
        const float* const row = g + (n * d.outHeight + oy) * d.outWidth * d.channels + c0;
        const float* const weight = w + ky * K * d.channels + c0;
        if (S == 1 && ax >= K - 1 && ax < d.outWidth) {
#pragma GCC unroll 8
          for (int kx = 0; kx < K; ++kx) sum[kx] += load(row + (ax - kx) * d.channels) * load(weight + kx * d.channels);
        } else {
          for (std::int64_t kx = ax % S; kx < K && kx <= ax; kx += S) {
            const std::int64_t ox = (ax - kx) / S;
            if (ox < d.outWidth) sum[0] += load(row + ox * d.channels) * load(weight + kx * d.channels);
          }
        }
      }
      Vector total = sum[0];
#pragma GCC unroll 8
      for (int kx = 1; kx < K; ++kx) total += sum[kx];
      store(dx + ((n * d.height + iy) * d.width + ix) * d.channels + c0, total);
    }
}

/// Sums each picture by itself first: fewer roundings than one long sum.
template <int K>
void backwardWeightsBlock(const Depthwise& d, const float* x, const float* g, float* dw, float* dbias, std::int64_t c0) {
  Vector total[K * K] = {}, totalBias = {};
  for (std::int64_t n = 0; n < d.count; ++n) {
    Vector sum[K * K] = {}, bias = {};
    for (std::int64_t oy = 0; oy < d.outHeight; ++oy)
      for (std::int64_t ox = 0; ox < d.outWidth; ++ox) {
        const std::int64_t iy = oy * d.stride - d.top, ix = ox * d.stride - d.left;
        const Taps ty = inside(iy, d.height, K), tx = inside(ix, d.width, K);
        const float* const from = x + ((n * d.height + iy) * d.width + ix) * d.channels + c0;
        const Vector gradient = load(g + ((n * d.outHeight + oy) * d.outWidth + ox) * d.channels + c0);
        bias += gradient;
        if (ty.begin == 0 && ty.end == K && tx.begin == 0 && tx.end == K) {
#pragma GCC unroll 8
          for (int ky = 0; ky < K; ++ky)
#pragma GCC unroll 8
            for (int kx = 0; kx < K; ++kx) sum[ky * K + kx] += gradient * load(from + (ky * d.width + kx) * d.channels);
        } else {
          for (int ky = 0; ky < K; ++ky)
            for (int kx = 0; kx < K; ++kx)
              if (ky >= ty.begin && ky < ty.end && kx >= tx.begin && kx < tx.end)
                sum[ky * K + kx] += gradient * load(from + (ky * d.width + kx) * d.channels);
        }
      }
    for (int i = 0; i < K * K; ++i) total[i] += sum[i];
    totalBias += bias;
  }
  for (int i = 0; i < K * K; ++i) store(dw + i * d.channels + c0, total[i]);
  store(dbias + c0, totalBias);
}

constexpr DepthwiseKernels kernelsOfThisFile() {
  return {kLanes,
          {&forwardBlock<3>, &forwardBlock<5>},
          {{&backwardDataBlock<3, 1>, &backwardDataBlock<3, 2>}, {&backwardDataBlock<5, 1>, &backwardDataBlock<5, 2>}},
          {&backwardWeightsBlock<3>, &backwardWeightsBlock<5>}};
}

}  // namespace
}  // namespace patchbay::torch
