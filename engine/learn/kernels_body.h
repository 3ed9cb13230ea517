// SPDX-License-Identifier: Apache-2.0
// No #pragma once: the body of each kernels_<width>.cpp. The includer defines PB_WIDTH (floats a vector), PB_CLASSES
// (classes a tile; tile rows x classes must fit the register file) and PB_NAME.
//
// Vectors lie along the features, so classes need no padding: 10 classes cost 10 multiply-adds a vector, not 16. A tile
// holds PB_CLASSES classes times a few rows (forward) or a few vectors of features (backward) in registers.
#include "engine/learn/kernels.h"

namespace patchbay::learn {
namespace {

using std::size_t;
constexpr size_t W = PB_WIDTH;
typedef float V __attribute__((vector_size(PB_WIDTH * 4), aligned(4), may_alias));
typedef int VI __attribute__((vector_size(PB_WIDTH * 4), aligned(4), may_alias));

// Without it the compiler reads the same weights from memory once a row, and loads, not products, set the pace.
#if defined(__AVX512F__)
#define PB_IN_REGISTER(v) asm("" : "+v"(v))
#elif defined(__x86_64__)
#define PB_IN_REGISTER(v) asm("" : "+x"(v))
#else
#define PB_IN_REGISTER(v)
#endif

inline __attribute__((always_inline)) V load(const float* p) { return *reinterpret_cast<const V*>(p); }
inline __attribute__((always_inline)) void store(float* p, V v) { *reinterpret_cast<V*>(p) = v; }
inline __attribute__((always_inline)) V splat(float f) { return V{} + f; }
inline __attribute__((always_inline)) V loadPart(const float* p, size_t n) {
  V v{};
  for (size_t i = 0; i < n; ++i) v[i] = p[i];
  return v;
}
#ifdef __clang__
#define PB_PERMUTE(v, mask) permuted(v, mask)
inline V permuted(V v, VI mask) {
  V out;
  for (size_t i = 0; i < W; ++i) out[i] = v[mask[i]];
  return out;
}
#else
#define PB_PERMUTE(v, mask) __builtin_shuffle(v, mask)
#endif
// Every lane meets every other in log2(W) steps.
template <int Half, class Merge>
inline __attribute__((always_inline)) V butterfly(V v, Merge merge) {
  VI partner;
#pragma GCC unroll 16
  for (int l = 0; l < static_cast<int>(W); ++l) partner[l] = l ^ Half;
  v = merge(v, PB_PERMUTE(v, partner));
  if constexpr (Half > 1) return butterfly<Half / 2>(v, merge);
  else return v;
}
inline __attribute__((always_inline)) float total(V v) {
  return butterfly<W / 2>(
      v, [](V a, V b) __attribute__((always_inline)) { return a + b; })[0];
}
inline __attribute__((always_inline)) float greatest(V v) {
  return butterfly<W / 2>(
      v, [](V a, V b) __attribute__((always_inline)) { return a > b ? a : b; })[0];
}

#ifdef __clang__
template <int K>
inline void totals(const V* v, float* out) {
  for (int c = 0; c < K; ++c) out[c] = total(v[c]);
}
#else
// Lane l of the result: where bit `bit` of l is 0, a[l] + a[l ^ 2^bit], otherwise the same of b.
template <int Bit>
inline __attribute__((always_inline)) V foldPair(V a, V b) {
  VI straight, crossed;
#pragma GCC unroll 16
  for (int l = 0; l < static_cast<int>(W); ++l) {
    const int from = (l >> Bit & 1) ? static_cast<int>(W) : 0;
    straight[l] = from + l;
    crossed[l] = from + (l ^ (1 << Bit));
  }
  return __builtin_shuffle(a, b, straight) + __builtin_shuffle(a, b, crossed);
}

template <int Bit, int Count>
inline __attribute__((always_inline)) void foldLevel(V* v) {
#pragma GCC unroll 16
  for (int i = 0; i < Count; i += 2 << Bit) v[i] = foldPair<Bit>(v[i], i + (1 << Bit) < Count ? v[i + (1 << Bit)] : V{});
}

// out[c] = sum of the lanes of v[c]; up to W sums together in log2(W) levels of shuffles, instead of each by itself
// (which cost as much as the products).
template <int K>
inline __attribute__((always_inline)) void totals(const V* sums, float* out) {
#pragma GCC unroll 4
  for (int first = 0; first < K; first += W) {
    V v[W];
#pragma GCC unroll 16
    for (int i = 0; i < static_cast<int>(W); ++i) v[i] = first + i < K ? sums[first + i] : V{};
    constexpr int count = K < static_cast<int>(W) ? K : static_cast<int>(W);
    foldLevel<0, count>(v);
    foldLevel<1, count>(v);
    if constexpr (W > 4) foldLevel<2, count>(v);
    if constexpr (W > 8) foldLevel<3, count>(v);
#pragma GCC unroll 16
    for (int i = 0; i < static_cast<int>(W); ++i) {
      if (first + i < K) out[first + i] = v[0][i];
    }
  }
}
#endif

// Adds columns [0, cols) to the sums of R rows and K classes. The first call starts them at 0, the last one writes z;
// in between they wait in `kept`.
template <int K, int R>
inline __attribute__((always_inline)) void forwardTile(const float* x, size_t sx, size_t cols, const float* w, size_t sw, float* kept,
                                                       bool first, bool last, float* z, size_t sz) {
  V sum[R][K] = {};
  if (!first) {
#pragma GCC unroll 32
    for (int i = 0; i < R * K; ++i) sum[i / K][i % K] = load(kept + i * W);
  }
  const size_t whole = cols / W * W;
  for (size_t j = 0; j < whole; j += W) {
    V xv[R];
#pragma GCC unroll 16
    for (int r = 0; r < R; ++r) xv[r] = load(x + r * sx + j);
#pragma GCC unroll 16
    for (int c = 0; c < K; ++c) {
      V wv = load(w + c * sw + j);
      PB_IN_REGISTER(wv);
#pragma GCC unroll 16
      for (int r = 0; r < R; ++r) sum[r][c] += xv[r] * wv;
    }
  }
  if (whole < cols) {
#pragma GCC unroll 16
    for (int r = 0; r < R; ++r) {
      const V xv = loadPart(x + r * sx + whole, cols - whole);
#pragma GCC unroll 16
      for (int c = 0; c < K; ++c) sum[r][c] += xv * load(w + c * sw + whole);
    }
  }
  if (!last) {
#pragma GCC unroll 32
    for (int i = 0; i < R * K; ++i) store(kept + i * W, sum[i / K][i % K]);
    return;
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; ++r) totals<K>(sum[r], z + r * sz);
}

// Columns in chunks whose weights fit the first-level cache together with some rows; otherwise the loop waits for the
// second level, at half the speed.
template <int K>
void forwardClasses(const float* x, size_t sx, size_t rows, size_t cols, const float* w, size_t sw, float* z, size_t sz) {
  constexpr int R = K > PB_CLASSES / 2 ? 2 : K > PB_CLASSES / 4 ? 4 : 8;
  constexpr size_t kRows = 32, kChunkFloats = 4096;
  float kept[kRows * K * W];
  const size_t chunks = (cols * K + kChunkFloats - 1) / kChunkFloats;
  const size_t chunk = ((cols + chunks - 1) / chunks + W - 1) / W * W;
  for (size_t from = 0; from < rows; from += kRows, x += kRows * sx, z += kRows * sz) {
    const size_t here = rows - from < kRows ? rows - from : kRows;
    for (size_t j = 0; j < cols; j += chunk) {
      const size_t width = cols - j < chunk ? cols - j : chunk;
      const bool last = j + width == cols;
      size_t r = 0;
      for (; r + R <= here; r += R) forwardTile<K, R>(x + r * sx + j, sx, width, w + j, sw, kept + r * K * W, j == 0, last, z + r * sz, sz);
      for (; r < here; ++r) forwardTile<K, 1>(x + r * sx + j, sx, width, w + j, sw, kept + r * K * W, j == 0, last, z + r * sz, sz);
    }
  }
}

template <int K, int J>
inline __attribute__((always_inline)) void backwardTile(const float* x, size_t sx, size_t rows, const float* p, size_t sp, float* g,
                                                        size_t sg) {
  V sum[K][J];
#pragma GCC unroll 16
  for (int c = 0; c < K; ++c) {
#pragma GCC unroll 16
    for (int j = 0; j < J; ++j) sum[c][j] = load(g + c * sg + j * W);
  }
  for (size_t r = 0; r < rows; ++r) {
    V xv[J];
#pragma GCC unroll 16
    for (int j = 0; j < J; ++j) {
      xv[j] = load(x + r * sx + j * W);
      // The rows after this block, on their way from memory while these multiply; else forward waits for each line.
      __builtin_prefetch(x + (rows + r) * sx + j * W, 0, 2);
    }
#pragma GCC unroll 16
    for (int c = 0; c < K; ++c) {
      const V pv = splat(p[r * sp + c]);
#pragma GCC unroll 16
      for (int j = 0; j < J; ++j) sum[c][j] += pv * xv[j];
    }
  }
#pragma GCC unroll 16
  for (int c = 0; c < K; ++c) {
#pragma GCC unroll 16
    for (int j = 0; j < J; ++j) store(g + c * sg + j * W, sum[c][j]);
  }
}

template <int K>
void backwardClasses(const float* x, size_t sx, size_t rows, size_t cols, const float* p, size_t sp, float* g, size_t sg) {
  constexpr int J = K > PB_CLASSES / 2 ? 2 : K > PB_CLASSES / 4 ? 4 : 8;
  size_t j = 0;
  for (; j + J * W <= cols; j += J * W) backwardTile<K, J>(x + j, sx, rows, p, sp, g + j, sg);
  for (; j + W <= cols; j += W) backwardTile<K, 1>(x + j, sx, rows, p, sp, g + j, sg);
  for (; j < cols; ++j) {
    for (int c = 0; c < K; ++c) {
      float s = g[c * sg + j];
      for (size_t r = 0; r < rows; ++r) s += p[r * sp + c] * x[r * sx + j];
      g[c * sg + j] = s;
    }
  }
}

// Classes in tiles as equal as can be: 11 are 6 + 5, not 10 + 1.
template <class Tile>
inline void eachTile(size_t k, Tile tile) {
  const size_t tiles = (k + PB_CLASSES - 1) / PB_CLASSES;
  for (size_t t = 0; t < tiles; ++t) tile(k * t / tiles, k * (t + 1) / tiles - k * t / tiles);
}

#define PB_EACH_COUNT(CALL) \
  case 1:                   \
    CALL(1);                \
    break;                  \
  case 2:                   \
    CALL(2);                \
    break;                  \
  case 3:                   \
    CALL(3);                \
    break;                  \
  case 4:                   \
    CALL(4);                \
    break;                  \
  case 5:                   \
    CALL(5);                \
    break;                  \
  case 6:                   \
    CALL(6);                \
    break;                  \
  case 7:                   \
    CALL(7);                \
    break;                  \
  case 8:                   \
    CALL(8);                \
    break;                  \
  case 9:                   \
    CALL(9);                \
    break;                  \
  case 10:                  \
    CALL(10);               \
    break;

void forward(const float* x, size_t sx, size_t rows, size_t cols, const float* w, size_t sw, size_t k, float* z, size_t sz) {
  eachTile(k, [&](size_t first, size_t count) {
    switch (count) {
#define PB_CALL(n) \
  if constexpr (n <= PB_CLASSES) forwardClasses<n>(x, sx, rows, cols, w + first * sw, sw, z + first, sz)
      PB_EACH_COUNT(PB_CALL)
#undef PB_CALL
    }
  });
}

void backward(const float* x, size_t sx, size_t rows, size_t cols, const float* p, size_t sp, size_t k, float* g, size_t sg) {
  eachTile(k, [&](size_t first, size_t count) {
    switch (count) {
#define PB_CALL(n) \
  if constexpr (n <= PB_CLASSES) backwardClasses<n>(x, sx, rows, cols, p + first, sp, g + first * sg, sg)
      PB_EACH_COUNT(PB_CALL)
#undef PB_CALL
    }
  });
}

// e^x for x <= 0: x = n ln 2 + r, degree-6 Taylor polynomial of r in [-.35, .35] (relative error < 2e-7), 2^n by the exponent bits.
inline __attribute__((always_inline)) V expNonPositive(V x) {
  const V floor = splat(-87.0f);
  x = x > floor ? x : floor;
  const V magic = splat(12582912.0f);  // 1.5 * 2^23: adding it rounds to an integer.
  const V n = (x * splat(1.44269504f) + magic) - magic;
  const V r = (x - n * splat(0.693359375f)) - n * splat(-2.12194440e-4f);
  V y = splat(1.0f / 720);
  y = y * r + splat(1.0f / 120);
  y = y * r + splat(1.0f / 24);
  y = y * r + splat(1.0f / 6);
  y = y * r + splat(0.5f);
  y = y * r + splat(1.0f);
  y = y * r + splat(1.0f);
  const VI bits = (__builtin_convertvector(n, VI) + 127) << 23;
  return y * (V)bits;
}

// Rows are padded to 16 floats, so whole vectors are read and written; lanes beyond k count as -infinity.
void expRows(float* z, size_t sz, size_t rows, size_t k, float* peak, float* sum) {
  const size_t vectors = (k + W - 1) / W;
  VI lane;
  for (int i = 0; i < static_cast<int>(W); ++i) lane[i] = i;
  const VI inside = lane < static_cast<int>(k - (vectors - 1) * W);
  const V lowest = splat(-3e38f);
  for (size_t r = 0; r < rows; ++r, z += sz) {
    float* last = z + (vectors - 1) * W;
    const V lastValue = inside ? load(last) : lowest;
    V top = lastValue;
    for (size_t c = 0; c + 1 < vectors; ++c) {
      const V v = load(z + c * W);
      top = v > top ? v : top;
    }
    const float m = greatest(top);
    V s = expNonPositive(lastValue - m);
    s = inside ? s : V{};
    store(last, s);
    for (size_t c = 0; c + 1 < vectors; ++c) {
      const V e = expNonPositive(load(z + c * W) - m);
      store(z + c * W, e);
      s += e;
    }
    peak[r] = m;
    sum[r] = total(s);
  }
}

}  // namespace

extern const Kernels PB_NAME;
const Kernels PB_NAME{PB_LABEL, forward, backward, expRows};

}  // namespace patchbay::learn
