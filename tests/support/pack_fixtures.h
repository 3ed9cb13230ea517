// SPDX-License-Identifier: Apache-2.0
#pragma once
// Small generated values for tests of blocks: pictures drawn here, data sets, networks and features.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/base/resources.h"
#include "engine/data/ports.h"
#include "engine/vision/encode.h"
#include "engine/vision/random.h"

namespace patchbay::testing {

/// The value of a Result that must not be an error.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error{describe(result.error())};
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// The tree these tests were compiled from.
inline std::filesystem::path sourceFolder() {
  // Not from __FILE__: ccache may have shortened it.
  std::error_code ec;
  for (auto folder = programFolder(); folder != folder.parent_path(); folder = folder.parent_path()) {
    if (!std::filesystem::exists(folder / "CMakeCache.txt", ec)) continue;
    std::ifstream cache{folder / "CMakeCache.txt"};
    constexpr std::string_view key = "CMAKE_HOME_DIRECTORY:INTERNAL=";
    for (std::string line; std::getline(cache, line);)
      if (line.starts_with(key)) return line.substr(key.size());
  }
  return std::filesystem::current_path();
}

/// A scene with a pattern that tells its class: 0 has stripes from left to right, 1 from top to bottom, 2 none; noise and
/// the phase differ with `seed`.
inline vision::Image drawPattern(int kind, std::uint64_t seed, int width = 48, int height = 48, int channels = 3) {
  vision::Random random{{.seed = seed * 3 + static_cast<std::uint64_t>(kind)}};
  const double phase = random.uniform(0, 6.28), wave = random.uniform(5, 7);
  vision::Image image{width, height, channels};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double along = kind == 0 ? y : x;
      const double v = kind == 2 ? 128 : 128 + 90 * std::sin(phase + 2 * std::numbers::pi * along / wave);
      for (int c = 0; c < channels; ++c) {
        const double noisy = v + random.uniform(-15, 15) + 12 * c;
        image.row(y)[x * channels + c] = static_cast<std::uint8_t>(std::clamp(noisy, 0.0, 255.0));
      }
    }
  return image;
}
inline std::string drawPng(int kind, std::uint64_t seed, int width = 48, int height = 48, int channels = 3) {
  return must(vision::encodePng(drawPattern(kind, seed, width, height, channels)));
}
inline std::string drawJpeg(int kind, std::uint64_t seed, int width = 48, int height = 48, int channels = 3) {
  return must(vision::encodeJpeg(drawPattern(kind, seed, width, height, channels), 92));
}

/// The same JPEG with an EXIF block that asks for a rotation (1..8).
inline std::string withExifRotation(const std::string& jpeg, char orientation) {
  const std::string tiff{"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19};
  const std::string body = std::string{"Exif\0\0", 6} + tiff + orientation + std::string{"\0\0\0\0\0\0", 6};
  const auto size = body.size() + 2;
  return jpeg.substr(0, 2) + "\xFF\xE1" + static_cast<char>(size >> 8) + static_cast<char>(size & 255) + body + jpeg.substr(2);
}

inline void writeFile(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream out{path, std::ios::binary};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out) throw std::runtime_error{"cannot write " + path.string()};
}

struct ToyData {
  int perClass = 20;
  std::vector<std::string> classes{"rows", "columns"};
  int width = 48, height = 48;
  bool split = true;  ///< Of ten, six are for training, two for validation, two for the test.
  std::string task = "classification";
  bool pictures = true;  ///< False: items alone, for blocks that open no picture.
};

/// A data set of drawn pictures whose bytes lie in the store.
inline Dataset toyDataset(ObjectStore& store, const ToyData& toy = {}) {
  DatasetInfo info{.task = toy.task, .classes = toy.classes, .skipped = {}, .summary = {}};
  DatasetWriter writer{info};
  for (std::size_t c = 0; c < toy.classes.size(); ++c)
    for (int i = 0; i < toy.perClass; ++i) {
      Item item;
      item.paths = {toy.classes[c] + "/" + std::to_string(i) + ".png"};
      const auto bytes = toy.pictures ? drawPng(static_cast<int>(c), static_cast<std::uint64_t>(i), toy.width, toy.height) : item.paths[0];
      item.digest = toy.pictures ? must(store.put(bytes)) : digestOf(bytes);
      item.id = makeItemId(item.paths[0], item.digest);
      item.size = static_cast<std::int64_t>(bytes.size());
      item.width = toy.width;
      item.height = toy.height;
      if (toy.split) item.split = i % 10 < 6 ? Split::Train : i % 10 < 8 ? Split::Validation : Split::Test;
      item.annotations = {{.label = toy.classes[c], .author = "import"}};
      writer.add(std::move(item));
    }
  return must(writer.finish(store));
}

/// A set of rows, columns and plain (see ToyData) with several labels a picture: rows are "rows" and "striped", columns
/// "striped", plain ones neither.
inline const std::vector<std::string> stripeKinds{"rows", "columns", "plain"};
inline Dataset withStripeLabels(ObjectStore& store, const Dataset& set) {
  auto info = set.info();
  info.task = "multi-label";
  info.classes = {"rows", "striped"};
  return must(set.mapped(store, info, [](Item& item) -> Result<> {
    const auto kind = *item.label();
    item.annotations.clear();
    if (kind == "rows") item.annotations.push_back({.label = "rows", .author = "import"});
    item.annotations.push_back({.label = "striped", .score = kind == "plain" ? 0. : 1., .author = "import"});
    return {};
  }));
}

/// Copies a value and the objects it names from one store to another.
inline PortValue carry(ObjectStore& from, ObjectStore& to, const PortValue& value) {
  for (const auto& [name, digest] : value.parts) must(to.put(must(from.open(digest)).text()));
  if (value.type == "dataset") {
    const auto set = must(Dataset::load(from, value));
    must(set.forEach(from, [&](const Item& item) -> Result<> {
      if (auto file = from.open(item.digest)) must(to.put(file->text()));
      return {};
    }));
  }
  return value;
}

/// Items by their first path.
inline std::map<std::string, Item> itemsByPath(ObjectReader& reader, const Dataset& set) {
  std::map<std::string, Item> out;
  for (auto& item : must(set.items(reader))) out.emplace(item.paths.at(0), item);
  return out;
}

}  // namespace patchbay::testing
