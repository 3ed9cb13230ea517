// SPDX-License-Identifier: Apache-2.0
#include "engine/base/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbay {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

TEST(RunProgram, GivesWhatItSaidAndHowItEnded) {
  const auto run = runProgram({"sh", "-c", "pwd; echo no >&2; exit 3"}, "/", std::chrono::seconds{10});
  ASSERT_TRUE(run) << describe(run.error());
  EXPECT_EQ(run->code, 3);
  EXPECT_EQ(run->out, "/\n");
  EXPECT_EQ(run->err, "no\n");
}

TEST(RunProgram, ReadsItsInputHoweverLongItIs) {
  const std::string input(300'000, 'x');
  const auto run = runProgram({"cat"}, {}, std::chrono::seconds{10}, input);
  ASSERT_TRUE(run) << describe(run.error());
  EXPECT_EQ(run->out, input);
  EXPECT_EQ(runProgram({"cat"}, {}, std::chrono::seconds{10})->out, "");
}

TEST(RunProgram, AMissingFolderIsNotTakenForAMissingProgram) {
  const auto folder = runProgram({"sh", "-c", "true"}, "/nowhere/at/all", std::chrono::seconds{10});
  ASSERT_FALSE(folder);
  EXPECT_THAT(describe(folder.error()), HasSubstr("/nowhere/at/all"));
  EXPECT_THAT(describe(folder.error()), Not(HasSubstr("PATH")));
  const auto program = runProgram({"no-such-program-at-all"}, {}, std::chrono::seconds{10});
  ASSERT_FALSE(program);
  EXPECT_THAT(describe(program.error()), HasSubstr("no-such-program-at-all"));
}

TEST(RunProgram, EndsWhatTakesTooLong) {
  const auto run = runProgram({"sleep", "60"}, {}, std::chrono::seconds{1});
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().kind, ErrorKind::TimedOut);
}

}  // namespace
}  // namespace patchbay
