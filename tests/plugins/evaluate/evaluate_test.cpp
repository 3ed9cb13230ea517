// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// One picture: its true class, its part and the probability of "yes".
struct Row {
  int truth;
  Split split;
  float yes;
  std::string group = {};
};

struct Evaluate : ::testing::Test {
  /// Ids rise with the row, so that the data set's order is the table's.
  static Item item(std::size_t i, const Row& row) {
    Item out;
    char id[33];
    std::snprintf(id, sizeof id, "%032zx", i);
    out.id = id;
    out.digest = digestOf(out.id);
    out.paths = {"picture" + std::to_string(i) + ".png"};
    out.split = row.split;
    out.group = row.group;
    if (row.truth >= 0) out.annotations = {{.label = row.truth ? "yes" : "no", .author = "import"}};
    return out;
  }
  void give(const std::vector<Row>& given, const std::string& task = "classification") {
    DatasetWriter writer{{.task = task, .classes = {"no", "yes"}, .skipped = {}, .summary = {}}};
    Predictions p;
    p.classes = {"no", "yes"};
    for (std::size_t i = 0; i < given.size(); ++i) {
      writer.add(item(i, given[i]));
      p.ids.push_back(item(i, given[i]).id);
      p.truth.push_back(-1);  // Old knowledge; the data set's counts.
      p.split.push_back(Split::None);
      p.probabilities.insert(p.probabilities.end(), {1 - given[i].yes, given[i].yes});
    }
    p.meta["label"] = "toy";
    block.clearInputs().input<Predictions>("predictions", p).input<Dataset>("data", must(writer.finish(block.store())));
  }
  Report report() { return must(block.output<Report>("report")); }
  double metric(const char* name) { return report().metrics[name].asDouble(NAN); }
  BlockHarness block{"patchbay.evaluate.evaluate"};
  const std::vector<Row> rows{// Validation: .25 tells them apart.
                              {0, Split::Validation, .1f},
                              {0, Split::Validation, .2f},
                              {1, Split::Validation, .3f},
                              {1, Split::Validation, .45f},
                              // Test: TP 2 (.9, .8), FN 1 (.4), TN 2 (.1, .2), FP 1 (.7).
                              {1, Split::Test, .9f},
                              {1, Split::Test, .8f},
                              {1, Split::Test, .4f},
                              {0, Split::Test, .1f},
                              {0, Split::Test, .2f},
                              {0, Split::Test, .7f},
                              // Neither counts.
                              {1, Split::Train, .01f},
                              {-1, Split::Test, .99f}};
};

TEST_F(Evaluate, GivesTheFiguresOneCountsByHand) {
  give(rows);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(metric("pictures"), 6);
  EXPECT_NEAR(metric("accuracy"), 4.0 / 6, 1e-12);
  EXPECT_NEAR(metric("balanced_accuracy"), (2.0 / 3 + 2.0 / 3) / 2, 1e-12);
  EXPECT_NEAR(metric("f1"), 2.0 / 3, 1e-12);
  // Of 9 pairs, (.4 < .7) is the only one in the wrong order.
  EXPECT_NEAR(metric("auroc"), 8.0 / 9, 1e-6);
  // Precision at each positive: 1/1, 2/2, 3/4.
  EXPECT_NEAR(metric("average_precision"), (1 + 1 + 0.75) / 3, 1e-6);
  const double loss = -(std::log(.9) + std::log(.8) + std::log(.4) + std::log(.9) + std::log(.8) + std::log(.3)) / 6;
  EXPECT_NEAR(metric("log_loss"), loss, 1e-6);
  // Wilson's interval of 4 out of 6.
  EXPECT_NEAR(metric("accuracy_low"), 0.2999, 1e-3);
  EXPECT_NEAR(metric("accuracy_high"), 0.9032, 1e-3);
  const auto body = report().body;
  EXPECT_EQ(toJson(body["confusion"]), "[[2,1],[1,2]]");
  EXPECT_EQ(toJson(body["classes"]), R"(["no","yes"])");
  EXPECT_EQ(body["label"].asText(), "toy");
}

TEST_F(Evaluate, ListsTheWorstMistakesWithTheirPictures) {
  give(rows);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto mistakes = report().body["mistakes"].asList();
  ASSERT_THAT(mistakes, SizeIs(2));
  EXPECT_EQ(mistakes[0]["path"].asText(), "picture9.png");
  EXPECT_EQ(mistakes[0]["truth"].asText(), "no");
  EXPECT_EQ(mistakes[0]["predicted"].asText(), "yes");
  EXPECT_NEAR(mistakes[0]["probability"].asDouble(), 0.7, 1e-6);
  EXPECT_EQ(mistakes[0]["picture"].asText(), item(9, rows[9]).digest.hex());
  EXPECT_EQ(mistakes[1]["path"].asText(), "picture6.png");
  block.set("mistakes", 1);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(report().body["mistakes"].asList(), SizeIs(1));
}

TEST_F(Evaluate, ChoosesTheThresholdOnValidationPictures) {
  give(rows);
  for (const auto* rule : {"max_f1", "max_balanced_accuracy"}) {
    block.set("threshold", rule);
    ASSERT_TRUE(block.run()) << block.problem();
    EXPECT_NEAR(metric("threshold"), 0.25, 1e-6) << rule;
    // At .25 all three positives are found, and .7 is still wrong.
    EXPECT_NEAR(metric("f1"), 2 * 3.0 / (2 * 3 + 1), 1e-9) << rule;
  }
  // Mistakes are those at that threshold: .4 is none any more.
  ASSERT_THAT(report().body["mistakes"].asList(), SizeIs(1));
  EXPECT_EQ(report().body["mistakes"].asList()[0]["path"].asText(), "picture9.png");
  block.set("threshold", "recall").set("recall", 50);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_GT(metric("threshold"), 0.3);
  auto without = rows;
  without.erase(without.begin(), without.begin() + 4);
  give(without);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "evaluate.no_validation");
}

TEST_F(Evaluate, ThePositiveClassMayBeTheFirst) {
  give(rows);
  block.set("positive", "no");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(toJson(report().body["classes"]), R"(["yes","no"])");
  EXPECT_EQ(toJson(report().body["confusion"]), "[[2,1],[1,2]]");
  EXPECT_NEAR(metric("auroc"), 8.0 / 9, 1e-6);
  // Positives are now .1 .2 .7 (as 1 - p); precision at each: 1/1, 2/2, 3/4.
  EXPECT_NEAR(metric("average_precision"), (1 + 1 + 0.75) / 3, 1e-6);
  EXPECT_EQ(report().body["mistakes"].asList()[0]["predicted"].asText(), "yes");
  block.set("positive", "maybe");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "evaluate.positive");
}

TEST_F(Evaluate, GroupsWidenTheInterval) {
  std::vector<Row> many, grouped;
  for (int i = 0; i < 120; ++i) {
    // Whole groups of 12 are right or wrong together.
    const int group = i / 12, truth = i % 2;
    const bool right = group % 4 != 0;
    many.push_back({truth, Split::Test, truth == right ? .9f : .1f});
    grouped.push_back({truth, Split::Test, truth == right ? .9f : .1f, "part" + std::to_string(group)});
  }
  give(many);
  ASSERT_TRUE(block.run()) << block.problem();
  const double alone = metric("accuracy_high") - metric("accuracy_low");
  const double value = metric("accuracy");
  give(grouped);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(metric("accuracy"), value);
  EXPECT_GT(metric("accuracy_high") - metric("accuracy_low"), 1.5 * alone);
}

TEST_F(Evaluate, LooksAtThePartThatIsAskedFor) {
  give(rows);
  for (const auto& [part, pictures] : {std::pair{"validation", 4}, {"train", 1}, {"all", 11}}) {
    block.set("part", part);
    ASSERT_TRUE(block.run()) << part << block.problem();
    EXPECT_EQ(metric("pictures"), pictures) << part;
  }
  // One class alone: what is not defined is said to be so.
  block.set("part", "train");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_TRUE(std::isnan(metric("auroc")));
}

TEST_F(Evaluate, SaysWhatIsMissing) {
  give({{1, Split::Train, .5f}});
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "evaluate.empty_part");
  give(rows, "multi-label");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::Unsupported);
  give(rows);
  Predictions other;
  other.classes = {"no", "perhaps"};
  block.clearInputs().input<Predictions>("predictions", other);
  DatasetWriter writer{{.classes = {"no", "yes"}, .skipped = {}, .summary = {}}};
  block.input<Dataset>("data", must(writer.finish(block.store())));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "evaluate.unknown_class");
}

TEST_F(Evaluate, TwoRunsAreEqual) {
  give(rows);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto first = block.digest("report");
  block.job().threads = 3;
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.digest("report"), first);
}

}  // namespace
}  // namespace patchbay::testing
