// SPDX-License-Identifier: Apache-2.0
#include "engine/service/pipeline_place.h"

namespace patchbay {
namespace fs = std::filesystem;

std::optional<fs::path> projectAbove(fs::path folder) {
  std::error_code ec;
  for (; !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / "project.db", ec)) return folder;
    if (folder == folder.parent_path()) break;
  }
  return std::nullopt;
}

PipelinePlace placeOf(const fs::path& given) {
  std::error_code ec;
  const auto file = fs::absolute(given, ec).lexically_normal();
  const auto folder = file.parent_path();
  if (const auto above = projectAbove(folder)) return {file, *above, folder == *above / "pipelines" ? *above : folder};
  // A new project has no database yet; the folder says it.
  if (folder.filename() == "pipelines") return {file, folder.parent_path(), folder.parent_path()};
  return {file, folder / (file.stem().native() + ".project"), folder};
}

}  // namespace patchbay
