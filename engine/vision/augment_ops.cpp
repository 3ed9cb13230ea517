// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/augment_ops.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "engine/vision/decode.h"
#include "engine/vision/encode.h"
#include "engine/vision/resize.h"

namespace patchbay::vision::ops {

namespace {

using Table = std::array<std::uint8_t, 256>;

/// A view; OpenCV never outlives or resizes it.
cv::Mat view(const Image& image) {
  return {image.height(), image.width(), image.channels() == 3 ? CV_8UC3 : CV_8UC1, const_cast<std::uint8_t*>(image.data()),
          image.stride()};
}

Image like(const Image& image) { return {image.width(), image.height(), image.channels()}; }

std::uint8_t clip(double v) { return static_cast<std::uint8_t>(std::clamp(std::lround(v), 0l, 255l)); }

template <class F>
Table tableOf(F&& f) {
  Table table;
  for (int v = 0; v < 256; ++v) table[static_cast<std::size_t>(v)] = clip(f(v));
  return table;
}

/// One table for all channels, or one each.
Image lookUp(const Image& image, std::span<const Table> tables) {
  Image out = like(image);
  const auto channels = static_cast<std::size_t>(image.channels());
  for (std::size_t i = 0; i < image.size(); ++i) out.data()[i] = tables[tables.size() == 1 ? 0 : i % channels][image.data()[i]];
  return out;
}
Image lookUp(const Image& image, const Table& table) { return lookUp(image, {&table, 1}); }

double greyOf(const std::uint8_t* p) { return 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]; }

/// a + (b - a) * factor: extrapolates for factors above 1.
Image blend(const Image& a, const Image& b, double factor) {
  Image out = like(a);
  for (std::size_t i = 0; i < a.size(); ++i) out.data()[i] = clip(a.data()[i] + (b.data()[i] - a.data()[i]) * factor);
  return out;
}

std::vector<std::array<std::size_t, 256>> histograms(const Image& image) {
  const auto channels = static_cast<std::size_t>(image.channels());
  std::vector<std::array<std::size_t, 256>> all(channels);
  for (auto& h : all) h.fill(0);
  for (std::size_t i = 0; i < image.size(); ++i) ++all[i % channels][image.data()[i]];
  return all;
}

}  // namespace

Image flipHorizontal(const Image& image) { return applyOrientation(image, 2); }
Image flipVertical(const Image& image) { return applyOrientation(image, 4); }

Image quarterTurns(const Image& image, int turns) {
  if (image.width() != image.height()) return turns == 2 ? applyOrientation(image, 3) : image;
  constexpr int orientation[] = {1, 6, 3, 8};
  return applyOrientation(image, orientation[turns & 3]);
}

Image affine(const Image& image, const double (&m)[6]) {
  const double cx = (image.width() - 1) / 2.0;
  const double cy = (image.height() - 1) / 2.0;
  const cv::Mat matrix =
      (cv::Mat_<double>(2, 3) << m[0], m[1], m[2] + cx - m[0] * cx - m[1] * cy, m[3], m[4], m[5] + cy - m[3] * cx - m[4] * cy);
  Image out = like(image);
  cv::Mat to = view(out);
  cv::warpAffine(view(image), to, matrix, to.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar::all(128));
  return out;
}

Image rotate(const Image& image, double degrees) {
  const double a = degrees * std::numbers::pi / 180;
  return affine(image, {std::cos(a), -std::sin(a), 0, std::sin(a), std::cos(a), 0});
}

Image shear(const Image& image, double x, double y) { return affine(image, {1, x, 0, y, 1, 0}); }
Image translate(const Image& image, double x, double y) { return affine(image, {1, 0, -x, 0, 1, -y}); }

Image cropResize(const Image& image, double area, double ratio, Random& random) {
  const double side = std::sqrt(area);
  const double stretch = std::sqrt(ratio);
  const int w = std::clamp(static_cast<int>(std::lround(image.width() * side * stretch)), 1, image.width());
  const int h = std::clamp(static_cast<int>(std::lround(image.height() * side / stretch)), 1, image.height());
  const int x = static_cast<int>(random.below(static_cast<std::uint64_t>(image.width() - w) + 1));
  const int y = static_cast<int>(random.below(static_cast<std::uint64_t>(image.height() - h) + 1));
  return resize(crop(image, x, y, w, h), image.width(), image.height(), Interpolation::Bicubic);
}

Image brightness(const Image& image, double factor) {
  return lookUp(image, tableOf([&](int v) { return v * factor; }));
}

Image contrast(const Image& image, double factor) {
  double sum = 0;
  if (image.channels() == 1) {
    for (const std::uint8_t v : image.bytes()) sum += v;
  } else {
    for (std::size_t i = 0; i < image.size(); i += 3) sum += greyOf(image.data() + i);
  }
  const double mean = sum / (static_cast<double>(image.width()) * image.height());
  return lookUp(image, tableOf([&](int v) { return mean + (v - mean) * factor; }));
}

Image saturation(const Image& image, double factor) {
  if (image.channels() == 1) return image;
  return blend(toGrey(image), image, factor);
}

Image hue(const Image& image, double degrees) {
  if (image.channels() == 1) return image;
  cv::Mat hsv;
  cv::cvtColor(view(image), hsv, cv::COLOR_RGB2HSV_FULL);
  const int shift = static_cast<int>(std::lround(degrees / 360 * 256));
  for (int y = 0; y < hsv.rows; ++y) {
    std::uint8_t* row = hsv.ptr(y);
    for (int x = 0; x < hsv.cols; ++x) row[3 * x] = static_cast<std::uint8_t>(row[3 * x] + shift);
  }
  Image out = like(image);
  cv::Mat to = view(out);
  cv::cvtColor(hsv, to, cv::COLOR_HSV2RGB_FULL);
  return out;
}

Image sharpness(const Image& image, double factor) {
  const cv::Mat kernel = (cv::Mat_<float>(3, 3) << 1, 1, 1, 1, 5, 1, 1, 1, 1) / 13;
  Image smooth = like(image);
  cv::Mat to = view(smooth);
  cv::filter2D(view(image), to, -1, kernel, {-1, -1}, 0, cv::BORDER_REPLICATE);
  return blend(smooth, image, factor);
}

Image blur(const Image& image, double sigma) {
  if (sigma < 0.05) return image;
  Image out = like(image);
  cv::Mat to = view(out);
  cv::GaussianBlur(view(image), to, {}, sigma, sigma, cv::BORDER_REPLICATE);
  return out;
}

Image noise(const Image& image, double sigma, Random& random) {
  Image out = like(image);
  for (std::size_t i = 0; i < image.size(); ++i) out.data()[i] = clip(image.data()[i] + sigma * random.normal());
  return out;
}

Image posterize(const Image& image, int bits) {
  const int mask = 0xFF & (0xFF << (8 - std::clamp(bits, 1, 8)));
  return lookUp(image, tableOf([&](int v) { return v & mask; }));
}

Image solarize(const Image& image, double threshold) {
  return lookUp(image, tableOf([&](int v) { return v >= threshold ? 255 - v : v; }));
}

Image equalize(const Image& image) {
  std::vector<Table> tables;
  for (const auto& histogram : histograms(image)) {
    std::size_t before = 0;
    std::size_t lowest = 0;
    const std::size_t total = static_cast<std::size_t>(image.width()) * static_cast<std::size_t>(image.height());
    while (histogram[lowest] == 0) ++lowest;
    const std::size_t spread = total - histogram[lowest];
    Table table;
    for (std::size_t v = 0; v < 256; ++v) {
      before += histogram[v];
      const double share = v <= lowest || spread == 0 ? 0 : static_cast<double>(before - histogram[lowest]) / static_cast<double>(spread);
      table[v] = spread == 0 ? static_cast<std::uint8_t>(v) : clip(255 * share);
    }
    tables.push_back(table);
  }
  return lookUp(image, tables);
}

Image autocontrast(const Image& image) {
  std::vector<Table> tables;
  for (const auto& histogram : histograms(image)) {
    int lo = 0;
    int hi = 255;
    while (histogram[static_cast<std::size_t>(lo)] == 0) ++lo;
    while (histogram[static_cast<std::size_t>(hi)] == 0) --hi;
    tables.push_back(tableOf([&](int v) { return hi == lo ? v : 255.0 * (v - lo) / (hi - lo); }));
  }
  return lookUp(image, tables);
}

Image invert(const Image& image) {
  return lookUp(image, tableOf([](int v) { return 255 - v; }));
}

Image toGrey(const Image& image) {
  if (image.channels() == 1) return image;
  Image out = like(image);
  for (std::size_t i = 0; i < image.size(); i += 3) out.data()[i] = out.data()[i + 1] = out.data()[i + 2] = clip(greyOf(image.data() + i));
  return out;
}

Image jpegArtefacts(const Image& image, double quality) {
  const auto file = encodeJpeg(image, static_cast<int>(std::lround(quality)));
  if (!file) return image;  // Only for sides JPEG cannot hold; a network's input never has them.
  auto back = decode({reinterpret_cast<const std::uint8_t*>(file->data()), file->size()});
  return back ? back->image : image;
}

Image erase(Image image, double area, double ratio, Random& random) {
  const double pixels = area * image.width() * image.height();
  const int w = std::clamp(static_cast<int>(std::lround(std::sqrt(pixels * ratio))), 1, image.width());
  const int h = std::clamp(static_cast<int>(std::lround(std::sqrt(pixels / ratio))), 1, image.height());
  const int x = static_cast<int>(random.below(static_cast<std::uint64_t>(image.width() - w) + 1));
  const int y = static_cast<int>(random.below(static_cast<std::uint64_t>(image.height() - h) + 1));
  const int channels = image.channels();
  for (int r = y; r < y + h; ++r) {
    std::uint8_t* row = image.row(r);
    for (int c = x * channels; c < (x + w) * channels; ++c) row[c] = static_cast<std::uint8_t>(random.next() >> 56);
  }
  return image;
}

}  // namespace patchbay::vision::ops
