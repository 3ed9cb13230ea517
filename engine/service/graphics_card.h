// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

namespace patchbay {

/// An NVIDIA GPU as its driver tells of it.
struct GraphicsCard {
  std::string name;                 ///< "NVIDIA H100, 81559 MiB, 550.54".
  bool librariesInstalled = false;  ///< What computes on it is there: fetched by app/setup/install --gpu, or installed with us.
};
/// The first one; nullopt when none answers. Waits for the driver, up to ten seconds.
std::optional<GraphicsCard> graphicsCard();

}  // namespace patchbay
