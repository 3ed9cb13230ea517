// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/image.h"

#include <cstring>
#include <utility>

namespace patchbay::vision {

Image::Image(int width, int height, int channels) : width_{width}, height_{height}, channels_{channels} {
  assert(width >= 1 && height >= 1 && (channels == 1 || channels == 3));
  data_ = std::make_unique_for_overwrite<std::uint8_t[]>(size());
}

Image::Image(const Image& other) : width_{other.width_}, height_{other.height_}, channels_{other.channels_} {
  if (other.empty()) return;
  data_ = std::make_unique_for_overwrite<std::uint8_t[]>(size());
  std::memcpy(data_.get(), other.data_.get(), size());
}

Image& Image::operator=(const Image& other) {
  if (this != &other) *this = Image{other};
  return *this;
}

Image::Image(Image&& other) noexcept
    : width_{std::exchange(other.width_, 0)},
      height_{std::exchange(other.height_, 0)},
      channels_{std::exchange(other.channels_, 0)},
      data_{std::move(other.data_)} {}

Image& Image::operator=(Image&& other) noexcept {
  if (this == &other) return *this;
  width_ = std::exchange(other.width_, 0);
  height_ = std::exchange(other.height_, 0);
  channels_ = std::exchange(other.channels_, 0);
  data_ = std::move(other.data_);
  return *this;
}

bool Image::operator==(const Image& other) const {
  return width_ == other.width_ && height_ == other.height_ && channels_ == other.channels_ &&
         (empty() || std::memcmp(data(), other.data(), size()) == 0);
}

Image toRgb(Image image) {
  if (image.empty() || image.channels() == 3) return image;
  Image rgb{image.width(), image.height(), 3};
  const std::uint8_t* in = image.data();
  std::uint8_t* out = rgb.data();
  for (std::size_t i = 0; i < image.size(); ++i, out += 3) out[0] = out[1] = out[2] = in[i];
  return rgb;
}

Image applyOrientation(Image image, int orientation) {
  if (image.empty() || orientation < 2 || orientation > 8) return image;
  const int w = image.width();
  const int h = image.height();
  const int c = image.channels();
  const bool swapsSides = orientation >= 5;
  // Where output pixel (0, 0) comes from, and the steps in the input for one step right and one step down.
  const bool fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const std::ptrdiff_t alongX = fromRight ? -c : c;
  const std::ptrdiff_t alongY = static_cast<std::ptrdiff_t>(image.stride()) * (fromBottom ? -1 : 1);
  const std::ptrdiff_t right = swapsSides ? alongY : alongX;
  const std::ptrdiff_t down = swapsSides ? alongX : alongY;
  const std::uint8_t* start = image.row(fromBottom ? h - 1 : 0) + (fromRight ? static_cast<std::ptrdiff_t>(w - 1) * c : 0);
  Image out = swapsSides ? Image{h, w, c} : Image{w, h, c};
  for (int y = 0; y < out.height(); ++y) {
    const std::uint8_t* in = start + down * y;
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out.width(); ++x, in += right, to += c) {
      for (int k = 0; k < c; ++k) to[k] = in[k];
    }
  }
  return out;
}

Image crop(const Image& image, int x, int y, int width, int height) {
  assert(x >= 0 && y >= 0 && x + width <= image.width() && y + height <= image.height());
  Image out{width, height, image.channels()};
  const std::size_t offset = static_cast<std::size_t>(x) * static_cast<std::size_t>(image.channels());
  for (int r = 0; r < height; ++r) std::memcpy(out.row(r), image.row(y + r) + offset, out.stride());
  return out;
}

}  // namespace patchbay::vision
