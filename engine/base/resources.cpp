// SPDX-License-Identifier: Apache-2.0
#include "engine/base/resources.h"

#include <cstdlib>
#include <sstream>

#include "engine/base/file.h"

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

namespace {

/// A table of several labels a picture over the solar cells' own, whose lines are "path  probability of a defect  kind":
/// defective (from one half on), polycrystalline, and doubtful where the experts were not sure (neither 0 nor 1).
Result<fs::path> solarCellLabels(const fs::path& cells) {
  PB_TRY(const auto text, readFile(cells / "labels.csv"));
  std::string out = "picture,defective,polycrystalline,doubtful\n";
  std::istringstream lines{text};
  std::string path, kind;
  for (double defect = 0; lines >> path >> defect >> kind;) {
    const auto flag = [](bool yes) { return yes ? ",1" : ",0"; };
    out += path + flag(defect >= 0.5) + flag(kind == "poly") + flag(defect > 0.01 && defect < 0.99) + "\n";
  }
  const auto folder = cacheFolder() / "samples" / "solar-cells-labels";
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (ec) return fail(systemError(ec.value(), "create", displayText(folder.native())));
  // Written once: its time stands in the keys of what was computed from it.
  if (const auto known = readFile(folder / "labels.csv"); !known || *known != out)
    PB_CHECK(writeFileAtomically(folder / "labels.csv", out));
  return folder;
}

}  // namespace

Result<fs::path> sampleFolder(std::string_view name) {
  std::error_code ec;
  if (name == "solar-cells-labels") {
    PB_TRY(const auto cells, sampleFolder("solar-cells"));
    return solarCellLabels(cells);
  }
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
