// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "engine/net/weights.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  // No tensor may be larger than the file it came from allows.
  if (const auto file = patchbay::net::parsePth(bytes)) {
    std::size_t floats = 0;
    for (const auto& [name, tensor] : file->tensors) floats += tensor.values().size();
    if (floats > size + 1024) std::abort();
  }
  return 0;
}
