// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "engine/formats/format.h"
#include "engine/formats/index_png.h"

namespace patchbay::formats::fuzz {
namespace fs = std::filesystem;

/// One folder for the whole run, with a picture where each format looks for it; only the annotation file changes.
inline const fs::path& folder() {
  static const fs::path made = [] {
    std::string name = (fs::temp_directory_path() / "pb-fuzz-XXXXXX").native();
    if (!::mkdtemp(name.data())) std::abort();
    Bitmap bitmap{20, 10, std::vector<std::uint8_t>(200, 1)};
    const auto png = writeMaskPng(bitmap);
    for (const char* at : {"a.png", "images/a.png", "JPEGImages/a.png", "images/train/a.png", "images/frame_000001.png"}) {
      fs::create_directories((fs::path{name} / at).parent_path());
      std::ofstream{fs::path{name} / at, std::ios::binary} << png;
    }
    return fs::path{name};
  }();
  return made;
}

/// Whatever is handed on must be sound, since nothing behind it looks again.
struct Checking final : Sink {
  using Sink::Sink;
  bool take(Record record) override {
    for (const auto& a : record.annotations) {
      if (!isUtf8(a.label) || !isUtf8(a.text)) std::abort();
      for (const float v : a.geometry)
        if (!(v > -1e7F && v < 1e7F)) std::abort();
      if (a.kind == AnnotationKind::Mask &&
          !runsOf(runsTextOf(a), static_cast<std::uint64_t>(record.width) * static_cast<std::uint64_t>(record.height)))
        std::abort();
    }
    if (fs::path{record.file}.is_absolute() || record.file.find("..") != std::string::npos) std::abort();
    return true;
  }
};

/// These bytes as the one annotation file, where its format looks for it.
inline int readAs(const Format& format, const char* name, const std::uint8_t* data, std::size_t size) {
  const auto path = folder() / name;
  fs::create_directories(path.parent_path());
  std::ofstream{path, std::ios::binary | std::ios::trunc}.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  Report report;
  if (const auto source = Source::open(folder(), report, {})) {
    Checking sink{report};
    const auto read = format.read(*source, sink);
    if (!read && (render(read.error().cause).empty() || render(read.error().hint).empty())) std::abort();
    static_cast<void>(report.toValue());
  }
  fs::remove(path);
  return 0;
}

}  // namespace patchbay::formats::fuzz
