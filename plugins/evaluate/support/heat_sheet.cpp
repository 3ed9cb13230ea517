// SPDX-License-Identifier: Apache-2.0
#include "plugins/evaluate/support/heat_sheet.h"

#include <algorithm>
#include <cmath>

#include "engine/base/value.h"
#include "engine/vision/encode.h"
#include "engine/vision/resize.h"

namespace patchbay::blocks {
namespace {

constexpr int caption = 44, gap = 8;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : displayText(text)) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else out += c;
  }
  return out;
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    for (std::size_t j = 0; j < 3; ++j) word = word << 8 | (i + j < bytes.size() ? static_cast<std::uint8_t>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j) out += i + j <= bytes.size() ? letters[word >> (18 - 6 * j) & 63] : '=';
  }
  return out;
}

}  // namespace

vision::Image HeatSheet::grey(const Grid& heat) {
  vision::Image out{heat.width, heat.height, 1};
  for (std::size_t i = 0; i < heat.values.size(); ++i) out.data()[i] = static_cast<std::uint8_t>(std::lround(heat.values[i] * 255));
  return out;
}

vision::Image HeatSheet::overlaid(const vision::Image& picture, const Grid& heat) {
  auto out = vision::toRgb(vision::resize(picture, heat.width, heat.height, vision::Interpolation::Bilinear));
  for (std::size_t i = 0; i < heat.values.size(); ++i) {
    const float v = heat.values[i], cover = 0.65F * v;
    const float colour[3] = {128 + 127 * std::min(1.F, 2 * v), 255 * std::max(0.F, 2 * v - 1), 0};
    for (std::size_t c = 0; c < 3; ++c) {
      auto& pixel = out.data()[3 * i + c];
      pixel = static_cast<std::uint8_t>(std::lround(static_cast<float>(pixel) * (1 - cover) + colour[c] * cover));
    }
  }
  return out;
}

Result<> HeatSheet::add(const vision::Image& picture, const Grid& heat, const std::string& predicted, const std::string& truth,
                        double probability) {
  const auto image = overlaid(picture, heat);
  PB_TRY(const auto jpeg, vision::encodeJpeg(image, 88));
  const int left = (side - image.width()) / 2, top = (side - image.height()) / 2;
  const auto percent = std::to_string(std::lround(100 * probability)) + " %";
  std::string tile = "<image x=\"" + std::to_string(left) + "\" y=\"" + std::to_string(top) + "\" width=\"" +
                     std::to_string(image.width()) + "\" height=\"" + std::to_string(image.height()) + "\" href=\"data:image/jpeg;base64," +
                     base64(jpeg) + "\"/>";
  tile += "<text x=\"0\" y=\"" + std::to_string(side + 17) + "\">" + escaped(predicted) + " " + percent + "</text>";
  if (!truth.empty() && truth != predicted)
    tile += "<text x=\"0\" y=\"" + std::to_string(side + 35) + "\" fill=\"#a33\">\xE2\x89\xA0 " + escaped(truth) + "</text>";
  tiles_.push_back(std::move(tile));
  return {};
}

std::string HeatSheet::svg() const {
  const int columns = std::max(1, std::min<int>(4, static_cast<int>(tiles_.size())));
  const int rows = std::max(1, (static_cast<int>(tiles_.size()) + columns - 1) / columns);
  const int width = columns * (side + gap) + gap, height = rows * (side + caption + gap) + gap;
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + std::to_string(width) + "\" height=\"" + std::to_string(height) +
                    "\" viewBox=\"0 0 " + std::to_string(width) + " " + std::to_string(height) +
                    "\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><g font-family=\"sans-serif\" font-size=\"14\" fill=\"#222\">";
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    const int x = gap + static_cast<int>(i) % columns * (side + gap), y = gap + static_cast<int>(i) / columns * (side + caption + gap);
    out += "<g transform=\"translate(" + std::to_string(x) + "," + std::to_string(y) + ")\">" + tiles_[i] + "</g>";
  }
  return out + "</g></svg>\n";
}

}  // namespace patchbay::blocks
