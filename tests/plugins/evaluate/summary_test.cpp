// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;

struct Summary : ::testing::Test {
  void give(const std::string& label, double accuracy, double loss) {
    Report r;
    r.metrics = Value::Map{{"accuracy", accuracy}, {"accuracy_low", accuracy - .1}, {"log_loss", loss}};
    r.body["label"] = label;
    block.input<Report>("reports", r);
  }
  Report report() { return must(block.output<Report>("report")); }
  BlockHarness block{"patchbay.evaluate.summary"};
};

TEST_F(Summary, GivesMeanSpreadAndInterval) {
  give("a", .80, .5);
  give("b", .90, .4);
  give("c", .85, .3);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto r = report();
  EXPECT_NEAR(r.metrics["accuracy"].asDouble(), .85, 1e-12);
  EXPECT_NEAR(r.metrics["accuracy_sd"].asDouble(), .05, 1e-12);
  EXPECT_EQ(r.metrics["runs"].asInt(), 3);
  EXPECT_FALSE(r.metrics.contains("accuracy_low")) << "bounds of single runs are not averaged";
  // Student's t for two degrees of freedom: 4.3027 * .05 / sqrt(3).
  EXPECT_NEAR(r.body["figures"]["accuracy"]["high"].asDouble(), .85 + .12421, 1e-4);
  EXPECT_EQ(r.body["best"].asInt(), 1);
  EXPECT_EQ(r.body["rows"].asList().at(2)["label"].asText(), "c");
}

TEST_F(Summary, TheSmallestLossIsTheBest) {
  give("a", .80, .5);
  give("b", .90, .4);
  give("c", .85, .3);
  block.set("sort_by", "log_loss");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(report().body["best"].asInt(), 2);
}

TEST_F(Summary, AnUnknownFigureNamesTheNearest) {
  give("a", .80, .5);
  block.set("sort_by", "acuracy");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "summary.sort_by");
  EXPECT_THAT(block.problem(), HasSubstr("\"accuracy\""));
}

}  // namespace
}  // namespace patchbay::testing
