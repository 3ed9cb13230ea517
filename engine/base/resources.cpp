// SPDX-License-Identifier: Apache-2.0
#include "engine/base/resources.h"

#include <cstdlib>

namespace patchbay {
namespace fs = std::filesystem;

fs::path programFolder() {
  std::error_code ec;
  return fs::read_symlink("/proc/self/exe", ec).parent_path();
}

fs::path resourceFolder() {
  if (const char* chosen = std::getenv("PATCHBAY_RESOURCES"); chosen && *chosen) return chosen;
  return programFolder().parent_path() / "share" / "patchbay";
}

fs::path cacheFolder() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && *cache == '/') return fs::path{cache} / "patchbay";
  const char* home = std::getenv("HOME");
  return fs::path{home ? home : "/"} / ".cache" / "patchbay";
}

Result<fs::path> sampleFolder(std::string_view name) {
  std::error_code ec;
  if (name == "solar-cells") {
    const auto folder = cacheFolder() / "deps" / "elpv" / "elpv_dataset" / "data";
    if (fs::exists(folder / "labels.csv", ec)) return folder;
  }
  if (name == "fashion-mnist") {
    const fs::path folder = "/usr/share/datasets/fashion-mnist";
    if (fs::exists(folder, ec)) return folder;
  }
  return fail(ErrorKind::NotFound, "sample.missing",
              TR("error", "The sample pictures \"{name}\" are not on this machine.").with("name", name),
              TR("error", "Run app/setup/install once; it fetches them."));
}

}  // namespace patchbay
