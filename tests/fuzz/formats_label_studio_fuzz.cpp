// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/formats_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return patchbay::formats::fuzz::readAs(patchbay::formats::labelStudioFormat(), "x.json", data, size);
}
