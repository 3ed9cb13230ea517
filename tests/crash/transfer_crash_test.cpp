// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/transfer_crash.h"

namespace patchbay {

TEST(TransferKills, TwentyWhileImportingAndExportingLeaveNothingHalf) { test::Transfers{1}.run(20); }

}  // namespace patchbay
