// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "engine/formats/format.h"
#include "engine/formats/index_png.h"

namespace {
namespace fs = std::filesystem;
using namespace patchbay;
using namespace patchbay::formats;

/// One folder for the whole run, with a picture where each format looks for it; only the annotation file changes.
const fs::path& folder() {
  static const fs::path made = [] {
    std::string name = (fs::temp_directory_path() / "pb-fuzz-XXXXXX").native();
    if (!::mkdtemp(name.data())) std::abort();
    Bitmap bitmap{20, 10, std::vector<std::uint8_t>(200, 1)};
    const auto png = writeMaskPng(bitmap);
    for (const char* at : {"a.png", "images/a.png", "JPEGImages/a.png", "images/train/a.png"}) {
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

}  // namespace

/// The first byte chooses the format, the rest is its annotation file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const std::vector<std::pair<const Format*, std::string>> files{{&cocoFormat(), "instances_x.json"},
                                                                        {&datumaroFormat(), "x.json"},
                                                                        {&labelStudioFormat(), "x.json"},
                                                                        {&labelmeFormat(), "a.json"},
                                                                        {&vocFormat(), "Annotations/a.xml"},
                                                                        {&cvatFormat(), "annotations.xml"},
                                                                        {&yoloFormat(), "data.yaml"},
                                                                        {&yoloFormat(), "labels/a.txt"},
                                                                        {&csvFormat(), "labels.csv"},
                                                                        {&indexMasksFormat(), "masks/a.png"},
                                                                        {&mvtecFormat(), "ground_truth/good/a_mask.png"}};
  const auto& [format, name] = files[data[0] % files.size()];
  const auto path = folder() / name;
  fs::create_directories(path.parent_path());
  std::ofstream{path, std::ios::binary | std::ios::trunc}.write(reinterpret_cast<const char*>(data + 1),
                                                                static_cast<std::streamsize>(size - 1));
  Report report;
  if (const auto source = Source::open(folder(), report, {})) {
    Checking sink{report};
    const auto read = format->read(*source, sink);
    if (!read && (render(read.error().cause).empty() || render(read.error().hint).empty())) std::abort();
    static_cast<void>(report.toValue());
  }
  fs::remove(path);
  return 0;
}
