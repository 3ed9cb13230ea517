// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/data_crash.h"

namespace patchbay {

TEST(LongDataKills, TwoHundredWhileEditingLoseNothing) { test::killWhileEditing(200, 2); }
TEST(LongDataKills, TwoHundredWhileImportingLeaveNothingHalf) { test::killWhileImporting(200, 2); }

}  // namespace patchbay
