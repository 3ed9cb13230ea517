// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace patchbay {

/// "AMD EPYC 7R13 Processor"; "unknown processor" where the system does not say.
std::string processorName();
/// True where bfloat16 products are done by the processor (AVX512-BF16 or AMX). Elsewhere they are emulated, 5 times slower.
bool bfloat16InHardware();

}  // namespace patchbay
