// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/resize_dots.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#define PB_DOTS __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))
#endif

namespace patchbay::vision {

namespace {

constexpr std::size_t rowsAtOnce = 16;
constexpr std::size_t quadBytes = 3 * 4 * rowsAtOnce;  // Three channels of four pixels.
constexpr std::size_t pixelsBytes = 12;                // Of four pixels in a row.

/// weight = low + 256 middle + 65536 high, each a signed byte.
struct Digits {
  std::int8_t low;
  std::int8_t middle;
  std::int8_t high;
};

Digits digitsOf(std::int32_t weight) {
  const auto low = static_cast<std::int8_t>(weight & 0xFF);
  const std::int32_t rest = (weight - low) / 256;
  const auto middle = static_cast<std::int8_t>(rest & 0xFF);
  const std::int32_t high = (rest - middle) / 256;
  assert(high >= -128 && high <= 127);  // A weight is below 1.2 x 2^22.
  return {low, middle, static_cast<std::int8_t>(high)};
}

}  // namespace

DotFilter::DotFilter(const Kernel& kernel, int width)
    : rowBytes_{static_cast<std::size_t>(width) * 3}, firstQuad_{static_cast<std::size_t>(kernel.begin()) / 4} {
  const std::size_t positions = kernel.first.size();
  const std::size_t room = (kernel.taps + 3) / 4 + 1;  // One more, for a run that begins within four pixels.
  quads_.resize(((static_cast<std::size_t>(kernel.end()) + 3) / 4 - firstQuad_) * quadBytes);
  weightsOfOne_ = room * 3;
  weights_.resize(positions * weightsOfOne_);
  std::vector<std::int8_t> digits(weightsOfOne_ * 4);
  for (std::size_t i = 0; i < positions; ++i) {
    const auto first = static_cast<std::size_t>(kernel.first[i]);
    const auto count = static_cast<std::size_t>(kernel.count[i]);
    const std::size_t quad = first / 4;
    from_.push_back(static_cast<std::uint32_t>(quad - firstQuad_));
    count_.push_back(static_cast<std::uint32_t>((first + count + 3) / 4 - quad));
    std::ranges::fill(digits, std::int8_t{0});
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t pixel = first + k - quad * 4;
      const auto [low, middle, high] = digitsOf(kernel.weights[i * kernel.taps + k]);
      std::int8_t* at = digits.data() + pixel / 4 * 12 + pixel % 4;
      at[0] = low;
      at[4] = middle;
      at[8] = high;
    }
    std::memcpy(weights_.data() + i * weightsOfOne_, digits.data(), digits.size());
  }
}

void DotFilter::run(const std::uint8_t* const* rows, std::uint8_t* out) {
  gather(rows);
  filter(out);
}

#if defined(__x86_64__)

namespace {

[[gnu::always_inline]] PB_DOTS inline __m128i load16(const std::uint8_t* from) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

/// Of four rows: their bytes of the first channel, of the second, of the third, and nothing; four pixels of each.
[[gnu::always_inline]] PB_DOTS inline __m512i fourRows(const std::uint8_t* const* rows, std::size_t at) {
  const __m512i split = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11, -1, -1, -1, -1));
  __m512i all = _mm512_castsi128_si512(load16(rows[0] + at));
  all = _mm512_inserti32x4(all, load16(rows[1] + at), 1);
  all = _mm512_inserti32x4(all, load16(rows[2] + at), 2);
  all = _mm512_inserti32x4(all, load16(rows[3] + at), 3);
  return _mm512_shuffle_epi8(all, split);
}

/// Four pixels of 16 rows to `out`, quadBytes. Reads 16 bytes of each row.
[[gnu::always_inline]] PB_DOTS inline void gatherQuad(const std::uint8_t* const* rows, std::size_t at, std::uint8_t* out) {
  const __m512i firstTwo = _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
  const __m512i third = _mm512_setr_epi32(2, 6, 10, 14, 18, 22, 26, 30, 2, 6, 10, 14, 18, 22, 26, 30);
  const __m512i a = fourRows(rows, at);
  const __m512i b = fourRows(rows + 4, at);
  const __m512i c = fourRows(rows + 8, at);
  const __m512i d = fourRows(rows + 12, at);
  const __m512i upper = _mm512_permutex2var_epi32(a, firstTwo, b);
  const __m512i lower = _mm512_permutex2var_epi32(c, firstTwo, d);
  _mm512_storeu_si512(out, _mm512_shuffle_i64x2(upper, lower, 0x44));
  _mm512_storeu_si512(out + 64, _mm512_shuffle_i64x2(upper, lower, 0xEE));
  _mm512_storeu_si512(out + 128,
                      _mm512_shuffle_i64x2(_mm512_permutex2var_epi32(a, third, b), _mm512_permutex2var_epi32(c, third, d), 0x44));
}

}  // namespace

bool DotFilter::available() {
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
}

PB_DOTS void DotFilter::gather(const std::uint8_t* const* rows) {
  std::size_t at = firstQuad_ * pixelsBytes;
  std::uint8_t* out = quads_.data();
  std::uint8_t* const end = out + quads_.size();
  for (; out != end && at + 16 <= rowBytes_; at += pixelsBytes, out += quadBytes) gatherQuad(rows, at, out);
  for (; out != end; at += pixelsBytes, out += quadBytes) {  // The last of a row, which 16 bytes would go beyond.
    std::uint8_t last[rowsAtOnce][16] = {};
    const std::uint8_t* lastRows[rowsAtOnce];
    for (std::size_t r = 0; r < rowsAtOnce; ++r) {
      std::memcpy(last[r], rows[r] + at, std::min(pixelsBytes, rowBytes_ - at));
      lastRows[r] = last[r];
    }
    gatherQuad(lastRows, 0, out);
  }
}

PB_DOTS void DotFilter::filter(std::uint8_t* out) const {
  const __m512i half = _mm512_set1_epi32(1 << (Kernel::precision - 1));
  const __m512i zero = _mm512_setzero_si512();
  for (std::size_t i = 0; i < from_.size(); ++i) {
    const std::uint8_t* from = quads_.data() + from_[i] * quadBytes;
    const std::int32_t* weights = weights_.data() + i * weightsOfOne_;
    __m512i sums[3][3] = {{half, zero, zero}, {half, zero, zero}, {half, zero, zero}};
    for (std::uint32_t q = 0; q < count_[i]; ++q, from += quadBytes, weights += 3) {
      for (std::size_t digit = 0; digit < 3; ++digit) {
        const __m512i weight = _mm512_set1_epi32(weights[digit]);
        for (std::size_t channel = 0; channel < 3; ++channel)
          sums[channel][digit] = _mm512_dpbusd_epi32(sums[channel][digit], _mm512_loadu_si512(from + 64 * channel), weight);
      }
    }
    for (std::size_t channel = 0; channel < 3; ++channel, out += rowsAtOnce) {
      const __m512i* s = sums[channel];
      const __m512i sum = _mm512_add_epi32(s[0], _mm512_add_epi32(_mm512_slli_epi32(s[1], 8), _mm512_slli_epi32(s[2], 16)));
      const __m512i value = _mm512_max_epi32(_mm512_srai_epi32(sum, Kernel::precision), zero);
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm512_cvtusepi32_epi8(value));
    }
  }
}

#else

bool DotFilter::available() { return false; }
void DotFilter::gather(const std::uint8_t* const*) { assert(false); }
void DotFilter::filter(std::uint8_t*) const { assert(false); }

#endif

}  // namespace patchbay::vision
