// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/vision/decode.h"

namespace patchbay::vision {

/// One line of tests/data/vision/golden.txt with the RGB pixels Pillow made.
struct Golden {
  std::string kind;
  std::vector<std::string> args;  ///< The file's name first.
  int width = 0;
  int height = 0;
  std::string pixels;
};

inline std::string dataPath(const std::string& name) { return std::string{PATCHBAY_VISION_DATA} + "/" + name; }
inline std::string fileBytes(const std::string& name) { return readFile(dataPath("files/" + name)).value(); }
inline std::span<const std::uint8_t> asBytes(const std::string& s) { return {reinterpret_cast<const std::uint8_t*>(s.data()), s.size()}; }

inline std::vector<Golden> goldens(const std::string& kind) {
  const std::string pixels = readFile(dataPath("golden.bin")).value();
  std::istringstream in{readFile(dataPath("golden.txt")).value()};
  std::vector<Golden> all;
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields{line};
    std::vector<std::string> words;
    for (std::string word; fields >> word;) words.push_back(word);
    if (words.front() != kind) continue;
    Golden g;
    g.kind = kind;
    const std::size_t n = words.size();
    g.args.assign(words.begin() + 1, words.end() - 3);
    g.width = std::stoi(words[n - 3]);
    g.height = std::stoi(words[n - 2]);
    g.pixels = pixels.substr(std::stoul(words[n - 1]), static_cast<std::size_t>(g.width) * static_cast<std::size_t>(g.height) * 3);
    all.push_back(g);
  }
  return all;
}

/// The largest difference of a channel; 256 when the sizes differ.
inline int worstDifference(const Image& image, const Golden& golden) {
  if (image.width() != golden.width || image.height() != golden.height) return 256;
  const Image rgb = toRgb(image);
  int worst = 0;
  for (std::size_t i = 0; i < rgb.size(); ++i)
    worst = std::max(worst, std::abs(rgb.data()[i] - static_cast<std::uint8_t>(golden.pixels[i])));
  return worst;
}

}  // namespace patchbay::vision
