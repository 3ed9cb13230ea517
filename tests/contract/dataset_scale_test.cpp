// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/large_dataset.h"

namespace patchbay::testing {

TEST(DatasetScaleTest, OneLabelAmongTwentyThousandRewritesOneChunkWithMemoryFlat) { changeOneLabelOf(20'000, 32); }

}  // namespace patchbay::testing
