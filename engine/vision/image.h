// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace patchbay::vision {

/// An 8-bit picture, rows top to bottom, channels interleaved (HWC), no padding: 1 channel is grey, 3 are RGB.
/// Copies are deep. Fresh pictures are not cleared: whoever makes one fills it.
class Image {
 public:
  Image() = default;
  /// Requires width, height >= 1 and channels 1 or 3.
  Image(int width, int height, int channels);
  Image(const Image& other);
  Image& operator=(const Image& other);
  Image(Image&& other) noexcept;
  Image& operator=(Image&& other) noexcept;

  int width() const { return width_; }
  int height() const { return height_; }
  int channels() const { return channels_; }
  bool empty() const { return width_ == 0; }
  /// Bytes from one row to the next.
  std::size_t stride() const { return static_cast<std::size_t>(width_) * static_cast<std::size_t>(channels_); }
  std::size_t size() const { return stride() * static_cast<std::size_t>(height_); }
  std::uint8_t* data() { return data_.get(); }
  const std::uint8_t* data() const { return data_.get(); }
  std::uint8_t* row(int y) { return data_.get() + stride() * static_cast<std::size_t>(y); }
  const std::uint8_t* row(int y) const { return data_.get() + stride() * static_cast<std::size_t>(y); }
  std::span<const std::uint8_t> bytes() const { return {data_.get(), size()}; }
  bool operator==(const Image& other) const;

 private:
  int width_ = 0;
  int height_ = 0;
  int channels_ = 0;
  std::unique_ptr<std::uint8_t[]> data_;
};

/// The picture as RGB: grey is copied into the three channels, RGB is returned as it is.
Image toRgb(Image image);

/// The picture turned and mirrored the way EXIF orientation 1..8 asks (TIFF 6.0, tag 274). Other values change nothing.
Image applyOrientation(Image image, int orientation);

/// The part of a picture at (x, y). Requires that it lies inside.
Image crop(const Image& image, int x, int y, int width, int height);

}  // namespace patchbay::vision
