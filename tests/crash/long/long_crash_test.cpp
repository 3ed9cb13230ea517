// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/crash_harness.h"

namespace patchbay {
namespace {

class ManyKills : public ::testing::TestWithParam<int> {};
TEST_P(ManyKills, LoseNothing) { test::killAtRandom(20, 100u + static_cast<unsigned>(GetParam())); }
INSTANTIATE_TEST_SUITE_P(TwoHundred, ManyKills, ::testing::Range(0, 10));

}  // namespace
}  // namespace patchbay
