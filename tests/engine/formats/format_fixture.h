// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "engine/formats/import.h"
#include "engine/formats/index_png.h"

namespace patchbay::formats::testing {
namespace fs = std::filesystem;

/// A folder that goes with the test.
class FormatTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "pb-formats-XXXXXX").native();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }

  fs::path put(const std::string& name, std::string_view bytes) {
    const auto path = folder / name;
    fs::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary}.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path;
  }
  /// A picture of noise, so that no two are alike.
  static std::string picture(int width, int height, unsigned seed) {
    std::mt19937 random{seed};
    Bitmap bitmap{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height))};
    for (auto& pixel : bitmap.pixels) pixel = static_cast<std::uint8_t>(random() % 2);
    return writeMaskPng(bitmap);
  }
  fs::path putPicture(const std::string& name, int width, int height, unsigned seed = 1) { return put(name, picture(width, height, seed)); }

  struct Read {
    std::vector<Item> items;
    std::vector<ClassInfo> classes;
    std::string format, task;
    std::map<std::string, std::int64_t> codes;  ///< Of the report, with how often.
    std::optional<Error> error;

    const Item* named(const std::string& path) const {
      for (const auto& item : items)
        if (item.paths.front() == path) return &item;
      return nullptr;
    }
  };
  Read read(const fs::path& path, const std::string& format = {}, bool keepMissing = false) {
    Read to;
    auto import = Import::begin(
        path, {.format = format, .scratch = folder / ("scratch" + std::to_string(++scratches)), .keepMissing = keepMissing, .threads = 2});
    if (!import) {
      to.error = import.error();
      return to;
    }
    for (;;) {
      auto batch = (*import)->next(7);
      if (!batch) {
        to.error = batch.error();
        break;
      }
      if (batch->empty()) break;
      for (auto& one : *batch) to.items.push_back(std::move(one.item));
    }
    to.classes = (*import)->classes();
    to.format = (*import)->format().info().id;
    to.task = (*import)->task();
    to.codes = codesOf((*import)->report().toValue());
    return to;
  }
  static std::map<std::string, std::int64_t> codesOf(const Value& report) {
    std::map<std::string, std::int64_t> to;
    for (const auto& one : report.asList()) to[one["code"].asText()] = one["count"].asInt();
    return to;
  }

  fs::path folder;
  int scratches = 0;
};

}  // namespace patchbay::formats::testing
