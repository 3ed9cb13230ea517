// SPDX-License-Identifier: Apache-2.0
#include "checkpointed.h"  // As a pack outside this tree would.

namespace patchbay::blocks {

PATCHBAY_BLOCK(toy_checkpointed, Checkpointed,
               {.id = "toy.checkpointed",
                .title = TR("toy", "Count with checkpoints"),
                .summary = TR("toy", "Counts, and goes on where it was interrupted."),
                .determinism = Determinism::Seeded})
}  // namespace patchbay::blocks
