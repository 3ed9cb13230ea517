// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Value finding(const char* kind, double score) { return Value::Map{{"kind", kind}, {"items", Value::List{kind}}, {"score", score}}; }

struct Findings : ::testing::Test {
  static Report quality(Value::List list, Value found) {
    Report r;
    r.body = Value::Map{
        {"kind", "label_quality"}, {"findings", std::move(list)}, {"found", std::move(found)}, {"classes", Value::List{"a", "b"}}};
    return r;
  }
  BlockHarness block{"patchbay.quality.findings"};
};

TEST_F(Findings, JoinsReportsByKindAndTakesWarningsAsOutliers) {
  Report unlike;
  unlike.body =
      Value::Map{{"kind", "unlike"},
                 {"least_alike", Value::List{Value::Map{{"id", "x"}, {"picture", "d"}, {"percentile", 99.8}, {"warning", true}},
                                             Value::Map{{"id", "y"}, {"picture", "e"}, {"percentile", 60.}, {"warning", false}}}}};
  auto suspects = quality({finding("suspect", .9), finding("suspect", .8)}, Value::Map{{"suspect", 7}});
  suspects.body["scores"]["suspect"] = Value::List{Value::List{"a", .9}};
  suspects.metrics["estimated_errors"] = 6.5;
  block.input<Report>("reports", quality({finding("duplicate", 1)}, Value::Map{{"duplicate", 1}, {"leak", 0}}))
      .input<Report>("reports", unlike)
      .input<Report>("reports", suspects);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto joined = must(block.output<Report>("report"));
  std::vector<std::string> kinds;
  for (const auto& f : joined.body["findings"].asList()) kinds.push_back(f["kind"].asText());
  EXPECT_THAT(kinds, ElementsAre("suspect", "suspect", "duplicate", "outlier"));
  EXPECT_EQ(joined.body["findings"].asList()[3]["items"].asList()[0].asText(), "x");
  EXPECT_EQ(joined.metrics["suspects"].asInt(), 7) << "as many as were found, not as are listed";
  EXPECT_EQ(joined.metrics["outliers"].asInt(), 1);
  EXPECT_EQ(joined.metrics["leaks"].asInt(-1), 0);
  EXPECT_EQ(joined.metrics["estimated_errors"].asDouble(), 6.5);
  EXPECT_EQ(joined.body["scores"]["suspect"].asList().size(), 1u);
}

TEST_F(Findings, SaysThatAnotherReportIsLeftOut) {
  Report other;
  other.body["confusion"] = Value::List{};
  block.input<Report>("reports", other);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(block.log(), HasSubstr("1 report(s)"));
  EXPECT_TRUE(must(block.output<Report>("report")).body["findings"].asList().empty());
}

}  // namespace
}  // namespace patchbay::testing
