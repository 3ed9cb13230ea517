// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace patchbay {

/// An NVIDIA GPU as its driver tells of it.
struct GraphicsCard {
  std::string name;                 ///< "NVIDIA H100, 81559 MiB, 550.54".
  bool librariesInstalled = false;  ///< What computes on it is there: fetched by app/setup/install --gpu, or installed with us.
};
/// The first one; nullopt when none answers. Waits for the driver, up to ten seconds.
std::optional<GraphicsCard> graphicsCard();

/// Names of the libraries that LibTorch needs on a GPU and that are neither fetched nor installed ("cuDNN", "NCCL", ...).
std::vector<std::string> missingGpuLibraries();

/// What keeps the GPU from computing, in words, with what mends it; empty cause: nothing. `card` is graphicsCard()'s answer.
struct GpuTrouble {
  std::string cause, hint;
};
GpuTrouble gpuTrouble(const std::optional<GraphicsCard>& card);

}  // namespace patchbay
