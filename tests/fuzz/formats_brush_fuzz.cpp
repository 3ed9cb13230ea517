// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "engine/formats/brush_runs.h"

/// Width, height, then any bytes as a brush: what is read is written and read again alike.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace patchbay::formats;
  if (size < 2) return 0;
  const auto bitmap = unpackBrush({data + 2, size - 2}, data[0], data[1]);
  if (!bitmap) return 0;
  const auto packed = packBrush(*bitmap);
  const auto again = unpackBrush(packed, data[0], data[1]);
  if (!again || again->pixels != bitmap->pixels) std::abort();
  return 0;
}
