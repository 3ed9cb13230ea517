// SPDX-License-Identifier: Apache-2.0
#include "engine/block/block.h"

#include "engine/block/abi.h"

namespace patchbay {

const char* patchbayAbi() { return PATCHBAY_ABI; }

}  // namespace patchbay
