// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace patchbay::deploy {

/// How models are to be served for good.
struct ServicePlan {
  std::filesystem::path folder;   ///< Holds the models: an export, or a folder of several. The container takes all of it.
  std::filesystem::path program;  ///< `patchbay` of this installation.
  std::uint16_t port = 8642;
  bool open = false;  ///< To other machines, with a token.
  std::string precision = "fp32";
  /// What each model is called, and where it lies below `folder` ("": there itself).
  struct Model {
    std::string name;
    std::filesystem::path below;
  };
  std::vector<Model> models{{"model", {}}};
};

/// File name and bytes of what is written beside a model on request: "patchbay-NAME.service" for systemd and "Containerfile".
struct ServiceFile {
  std::string name;
  std::string bytes;
};
std::vector<ServiceFile> serviceFiles(const ServicePlan& plan);

/// The same in `plan.folder`/service, which is returned. NotFound when a model of the plan is none.
Result<std::filesystem::path> writeServiceFiles(const ServicePlan& plan);

/// The Debian 12 packages without which the endpoint does not start there; see tests/install.
const std::vector<std::string>& containerPackages();

}  // namespace patchbay::deploy
