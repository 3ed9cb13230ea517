// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "engine/net/passes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto value = patchbay::parseJson(bytes);
  if (!value) return 0;
  auto net = patchbay::net::structureFromValue(*value);
  if (!net) return 0;
  // What is accepted is written the same way again, and the passes cope with it.
  const auto text = toJson(toValue(*net));
  const auto again = patchbay::net::structureFromValue(*patchbay::parseJson(text));
  if (!again || toJson(toValue(*again)) != text) std::abort();
  static_cast<void>(validate(*net));
  static_cast<void>(cost(*net));
  return 0;
}
