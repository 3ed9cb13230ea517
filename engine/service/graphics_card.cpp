// SPDX-License-Identifier: Apache-2.0
#include "engine/service/graphics_card.h"

#include "engine/base/process.h"
#include "engine/base/resources.h"
#include "engine/base/value.h"

namespace patchbay {
namespace fs = std::filesystem;

std::optional<GraphicsCard> graphicsCard() {
  const auto run =
      runProgram({"nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"}, {}, std::chrono::seconds{10});
  if (!run || run->code != 0) return std::nullopt;
  std::error_code ec;
  return GraphicsCard{displayText(run->out.substr(0, run->out.find('\n'))),
                      fs::exists(cacheFolder() / "deps" / "torch-2.11.0" / "nvidia" / "cudnn", ec) ||
                          fs::exists(programFolder().parent_path() / "lib" / "patchbay" / "libtorch_cuda.so", ec)};
}

}  // namespace patchbay
