// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "engine/base/result.h"

namespace patchbay::cli {

/// How an export is to be served for good.
struct ServicePlan {
  std::filesystem::path folder;   ///< The export.
  std::filesystem::path program;  ///< `patchbay` of this installation.
  int port = 8642;
  bool open = false;  ///< To other machines, with a token.
  std::string precision = "fp32";
};

/// service/patchbay-NAME.service for systemd and service/Containerfile, in the export. Returns the folder.
Result<std::filesystem::path> writeServiceFiles(const ServicePlan& plan);

}  // namespace patchbay::cli
