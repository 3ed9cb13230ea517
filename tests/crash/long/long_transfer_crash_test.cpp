// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/transfer_crash.h"

namespace patchbay {

TEST(LongTransferKills, TwoHundredWhileImportingAndExportingLeaveNothingHalf) { test::Transfers{2}.run(200); }

}  // namespace patchbay
