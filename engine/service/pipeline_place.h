// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>

namespace patchbay {

/// Where a pipeline file belongs; the same for every client.
struct PipelinePlace {
  std::filesystem::path file;  ///< Absolute.
  std::filesystem::path project;
  std::filesystem::path base;  ///< Relative paths of the document start here.
};
/// The project is the nearest folder above the file that is one, the folder above a `pipelines/` without a project, otherwise
/// "<name>.project" beside the file. Files in a project's pipelines/ have paths relative to the project, others to their own folder.
PipelinePlace placeOf(const std::filesystem::path& file);

/// This folder or the nearest one above it that is a project.
std::optional<std::filesystem::path> projectAbove(std::filesystem::path folder);

}  // namespace patchbay
