// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "engine/net/weights.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  // What is accepted must survive being written and read again.
  if (const auto file = patchbay::net::parseSafetensors(bytes)) {
    const auto written = patchbay::net::writeSafetensors(*file);
    const auto again = written ? patchbay::net::parseSafetensors(*written) : patchbay::net::parseSafetensors("");
    if (!again || again->tensors.size() != file->tensors.size() || again->metadata != file->metadata) std::abort();
  }
  return 0;
}
