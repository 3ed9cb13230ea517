// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/data_crash.h"

namespace patchbay {

TEST(DataKills, TwentyWhileEditingLoseNothing) { test::killWhileEditing(20, 1); }
TEST(DataKills, TwentyWhileImportingLeaveNothingHalf) { test::killWhileImporting(20, 1); }

}  // namespace patchbay
