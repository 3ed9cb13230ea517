// SPDX-License-Identifier: Apache-2.0
#include "checkpointed.h"  // As a pack outside this tree would.

namespace patchbay::blocks {
namespace {

/// The same, wanting a whole machine as training does, so that plans send it to another one.
struct Patient final : Checkpointed {};

}  // namespace

PATCHBAY_BLOCK(toy_patient, Patient,
               {.id = "toy.patient",
                .title = TR("toy", "Count on a whole machine"),
                .summary = TR("toy", "Counts with checkpoints, and asks for all cores."),
                .needs = {.cores = 0},
                .determinism = Determinism::Seeded})
}  // namespace patchbay::blocks
