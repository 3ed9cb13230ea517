// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/resize.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include "engine/vision/resize_dots.h"
#include "engine/vision/resize_kernel.h"

// The two inner loops are compiled for several instruction sets; the loader picks one when the library is loaded.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define PB_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define PB_CLONES
#endif

namespace patchbay::vision {

std::string_view toString(Interpolation interpolation) { return interpolation == Interpolation::Bilinear ? "bilinear" : "bicubic"; }

namespace {

constexpr int kLanes = 16;          // Rows worked on together in the horizontal pass.
constexpr std::size_t kChunk = 64;  // Bytes worked on together in the vertical pass.

using Bytes16 = std::uint8_t __attribute__((vector_size(kLanes)));
using Buffer = std::unique_ptr<std::uint8_t[]>;

double weightAt(Interpolation interpolation, double x) {
  x = std::abs(x);
  if (interpolation == Interpolation::Bilinear) return x < 1 ? 1 - x : 0;
  constexpr double a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

Kernel makeKernel(int in, std::int64_t out, std::int64_t from, int n, Interpolation interpolation) {
  const double scale = static_cast<double>(in) / static_cast<double>(out);
  const double widening = std::max(scale, 1.0);
  const double support = (interpolation == Interpolation::Bilinear ? 1.0 : 2.0) * widening;
  Kernel kernel;
  kernel.taps = std::min<std::size_t>(static_cast<std::size_t>(std::ceil(support)) * 2 + 1, static_cast<std::size_t>(in));
  kernel.first.resize(static_cast<std::size_t>(n));
  kernel.count.resize(static_cast<std::size_t>(n));
  kernel.weights.assign(static_cast<std::size_t>(n) * kernel.taps, 0);
  std::vector<double> w(kernel.taps);
  for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
    const double center = (static_cast<double>(from) + static_cast<double>(i) + 0.5) * scale;
    const int lo = std::max(0, static_cast<int>(center - support + 0.5));
    const int hi = std::min(in, static_cast<int>(center + support + 0.5));
    const std::size_t count = std::min(static_cast<std::size_t>(std::max(0, hi - lo)), kernel.taps);
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k) sum += w[k] = weightAt(interpolation, (lo + static_cast<double>(k) - center + 0.5) / widening);
    for (std::size_t k = 0; k < count; ++k) {
      const double scaled = (sum != 0 ? w[k] / sum : w[k]) * (1 << Kernel::precision);
      kernel.weights[i * kernel.taps + k] = static_cast<std::int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    kernel.first[i] = lo;
    kernel.count[i] = static_cast<int>(count);
  }
  return kernel;
}

/// sum[i] += in[i] * w. Plain loops on arrays: GCC 12 makes one widening load of this, of its own vector types it does not.
template <std::size_t n>
[[gnu::always_inline]] inline void accumulate(std::int32_t* __restrict sum, const std::uint8_t* __restrict in, std::int32_t w) {
  for (std::size_t i = 0; i < n; ++i) sum[i] += in[i] * w;
}

template <std::size_t n>
[[gnu::always_inline]] inline void store(const std::int32_t* __restrict sum, std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<std::uint8_t>(std::clamp(sum[i] >> Kernel::precision, 0, 255));
}

template <std::size_t n>
[[gnu::always_inline]] inline void filter(const std::uint8_t* in, std::size_t step, const std::int32_t* w, int count, std::uint8_t* out) {
  alignas(64) std::int32_t sum[n];
  for (std::size_t i = 0; i < n; ++i) sum[i] = 1 << (Kernel::precision - 1);
  for (int k = 0; k < count; ++k, in += step) accumulate<n>(sum, in, w[k]);
  store<n>(sum, out);
}

/// 16 x 16 bytes mirrored at the diagonal, by four rounds of interleaving.
[[gnu::always_inline]] inline void transposeBlock(const std::uint8_t* const* rows, std::size_t offset, std::uint8_t* out,
                                                  std::size_t outStride) {
  Bytes16 a[16];
  Bytes16 b[16];
  for (int i = 0; i < 16; ++i) std::memcpy(&a[i], rows[i] + offset, 16);
  for (int round = 0; round < 4; ++round) {
    for (int i = 0; i < 8; ++i) {
      b[2 * i] = __builtin_shufflevector(a[i], a[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      b[2 * i + 1] = __builtin_shufflevector(a[i], a[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    for (int i = 0; i < 16; ++i) a[i] = b[i];
  }
  for (int i = 0; i < 16; ++i) std::memcpy(out + static_cast<std::size_t>(i) * outStride, &a[i], 16);
}

/// Bytes [begin, end) of 16 rows, column by column: 16 bytes a column.
PB_CLONES void toColumns(const std::uint8_t* const* rows, std::size_t begin, std::size_t end, std::uint8_t* out) {
  std::size_t x = begin;
  for (; x + 16 <= end; x += 16) transposeBlock(rows, x, out + (x - begin) * kLanes, kLanes);
  for (; x < end; ++x) {
    for (std::size_t r = 0; r < kLanes; ++r) out[(x - begin) * kLanes + r] = rows[r][x];
  }
}

/// The reverse of toColumns for a number of columns that is a multiple of 16 (the buffers are padded to it).
PB_CLONES void toRows(const std::uint8_t* columns, std::size_t n, std::uint8_t* out, std::size_t stride, int rowCount) {
  std::uint8_t block[16 * 16];
  for (std::size_t x = 0; x < n; x += 16) {
    const std::uint8_t* in[16];
    for (std::size_t i = 0; i < 16; ++i) in[i] = columns + (x + i) * kLanes;
    transposeBlock(in, 0, block, 16);
    for (std::size_t r = 0; r < static_cast<std::size_t>(rowCount); ++r) std::memcpy(out + r * stride + x, block + r * 16, 16);
  }
}

/// The horizontal pass over 16 rows in column form. Each weight serves 16 rows with one multiplication.
PB_CLONES void filterColumns(const std::uint8_t* in, const Kernel& kernel, int inBegin, std::size_t channels, std::uint8_t* out) {
  for (std::size_t i = 0; i < kernel.first.size(); ++i) {
    const std::uint8_t* from = in + static_cast<std::size_t>(kernel.first[i] - inBegin) * channels * kLanes;
    const std::int32_t* w = kernel.weights.data() + i * kernel.taps;
    const int count = kernel.count[i];
    if (channels == 3) {
      filter<3 * kLanes>(from, 3 * kLanes, w, count, out);
    } else {
      filter<kLanes>(from, kLanes, w, count, out);
    }
    out += channels * kLanes;
  }
}

/// One row of the vertical pass: `n` bytes (a multiple of kChunk) from `count` rows.
PB_CLONES void filterRows(const std::uint8_t* in, std::size_t stride, const std::int32_t* w, int count, std::size_t n, std::uint8_t* out) {
  for (std::size_t x = 0; x < n; x += kChunk) filter<kChunk>(in + x, stride, w, count, out + x);
}

/// Carries out the horizontal pass over 16 rows, in the way that suits picture and processor.
class RowFilter {
 public:
  RowFilter(const Kernel& kernel, int width, std::size_t channels)
      : kernel_{kernel}, channels_{channels}, begin_{kernel.begin()}, end_{kernel.end()} {
    if (channels == 3 && DotFilter::available()) {
      dots_.emplace(kernel, width);
    } else {
      columns_ = std::make_unique_for_overwrite<std::uint8_t[]>(static_cast<std::size_t>(end_ - begin_) * channels * kLanes);
    }
  }

  /// `out`: 16 bytes, one of each row, for each channel of each output position.
  void run(const std::uint8_t* const* rows, std::uint8_t* out) {
    if (dots_) return dots_->run(rows, out);
    toColumns(rows, static_cast<std::size_t>(begin_) * channels_, static_cast<std::size_t>(end_) * channels_, columns_.get());
    filterColumns(columns_.get(), kernel_, begin_, channels_, out);
  }

 private:
  const Kernel& kernel_;
  std::size_t channels_;
  int begin_, end_;  ///< The inputs that are needed, in pixels.
  std::optional<DotFilter> dots_;
  Buffer columns_;
};

/// Rows [rowBegin, rowEnd) of the picture, resampled horizontally to the kernel's columns.
Buffer horizontal(const Image& image, const Kernel& kernel, int rowBegin, int rowEnd, std::size_t stride) {
  const auto channels = static_cast<std::size_t>(image.channels());
  RowFilter filter{kernel, image.width(), channels};
  const std::size_t outColumns = (kernel.first.size() * channels + 15) / 16 * 16;
  const Buffer filtered = std::make_unique<std::uint8_t[]>(outColumns * kLanes);
  Buffer out = std::make_unique_for_overwrite<std::uint8_t[]>(stride * static_cast<std::size_t>(rowEnd - rowBegin));
  for (int y = rowBegin; y < rowEnd; y += kLanes) {
    const int n = std::min(kLanes, rowEnd - y);
    const std::uint8_t* rows[kLanes];
    for (int r = 0; r < kLanes; ++r) rows[r] = image.row(y + std::min(r, n - 1));
    filter.run(rows, filtered.get());
    toRows(filtered.get(), outColumns, out.get() + static_cast<std::size_t>(y - rowBegin) * stride, stride, n);
  }
  return out;
}

}  // namespace

Image resizePart(const Image& image, std::int64_t width, std::int64_t height, Interpolation interpolation, const Part& part) {
  assert(!image.empty() && width >= 1 && height >= 1 && part.width >= 1 && part.height >= 1);
  assert(part.x >= 0 && part.y >= 0 && part.x + part.width <= width && part.y + part.height <= height);
  const auto channels = static_cast<std::size_t>(image.channels());
  const std::size_t rowBytes = static_cast<std::size_t>(part.width) * channels;
  const std::size_t stride = (rowBytes + kChunk - 1) / kChunk * kChunk;
  const bool sameHeight = height == image.height();
  const Kernel down = sameHeight ? Kernel{} : makeKernel(image.height(), height, part.y, part.height, interpolation);
  const int rowBegin = sameHeight ? static_cast<int>(part.y) : down.begin();
  const int rowEnd = sameHeight ? rowBegin + part.height : down.end();
  Buffer middle;
  if (width == image.width()) {
    middle = std::make_unique_for_overwrite<std::uint8_t[]>(stride * static_cast<std::size_t>(rowEnd - rowBegin));
    const std::size_t offset = static_cast<std::size_t>(part.x) * channels;
    for (int y = rowBegin; y < rowEnd; ++y) {
      std::memcpy(middle.get() + stride * static_cast<std::size_t>(y - rowBegin), image.row(y) + offset, rowBytes);
    }
  } else {
    middle = horizontal(image, makeKernel(image.width(), width, part.x, part.width, interpolation), rowBegin, rowEnd, stride);
  }
  Image out{part.width, part.height, image.channels()};
  const Buffer line = std::make_unique_for_overwrite<std::uint8_t[]>(stride);
  for (int y = 0; y < part.height; ++y) {
    const auto i = static_cast<std::size_t>(y);
    if (sameHeight) {
      std::memcpy(out.row(y), middle.get() + stride * i, rowBytes);
      continue;
    }
    const std::uint8_t* from = middle.get() + stride * static_cast<std::size_t>(down.first[i] - rowBegin);
    filterRows(from, stride, down.weights.data() + i * down.taps, down.count[i], stride, line.get());
    std::memcpy(out.row(y), line.get(), rowBytes);
  }
  return out;
}

Image resize(const Image& image, int width, int height, Interpolation interpolation) {
  return resizePart(image, width, height, interpolation, Part{0, 0, width, height});
}

}  // namespace patchbay::vision
