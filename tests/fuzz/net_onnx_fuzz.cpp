// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "engine/net/onnx.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  static_cast<void>(patchbay::net::checkOnnx(bytes));
  static_cast<void>(patchbay::net::checkOnnx(bytes, "."));
  return 0;
}
