// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/large_dataset.h"

namespace patchbay::testing {

// The same bound as for twenty thousand: memory does not grow with the number of items.
TEST(DatasetMillionTest, OneLabelAmongAMillionRewritesOneChunkWithMemoryFlat) { changeOneLabelOf(1'000'000, 32); }

}  // namespace patchbay::testing
