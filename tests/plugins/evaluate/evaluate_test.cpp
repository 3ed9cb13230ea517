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

/// Classes that are steps of a scale: how far beside the truth counts.
TEST_F(Evaluate, OfAScaleTellsHowManyAreWithinOneStep) {
  const std::vector<std::string> scale{"none", "slight", "strong", "severe"};
  // The model knows them in another order.
  const std::vector<std::string> known{"severe", "none", "strong", "slight"};
  const std::vector<std::pair<std::string, std::string>> said{{"none", "none"},     {"none", "slight"}, {"slight", "severe"},
                                                              {"strong", "strong"}, {"severe", "none"}, {"severe", "strong"}};
  DatasetWriter writer{{.task = "ordinal", .classes = scale, .skipped = {}, .summary = {}}};
  Predictions p;
  p.classes = known;
  p.meta["task"] = "classification";
  for (std::size_t i = 0; i < said.size(); ++i) {
    auto one = item(i, {0, Split::Test, 0});
    one.annotations = {{.label = said[i].first, .author = "import"}};
    writer.add(one);
    p.ids.push_back(one.id);
    p.truth.push_back(-1);
    p.split.push_back(Split::Test);
    for (const auto& name : known) p.probabilities.push_back(name == said[i].second ? 0.7f : 0.1f);
  }
  block.clearInputs().input<Predictions>("predictions", p).input<Dataset>("data", must(writer.finish(block.store())));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_NEAR(metric("accuracy"), 2.0 / 6, 1e-12);
  EXPECT_NEAR(metric("within_one"), 4.0 / 6, 1e-12);
  EXPECT_NEAR(metric("mean_steps"), (0 + 1 + 2 + 0 + 3 + 1) / 6.0, 1e-12);
  // Wilson's interval of 4 out of 6.
  EXPECT_NEAR(metric("within_one_low"), 0.2999, 1e-3);
  EXPECT_EQ(report().body["task"].asText(), "ordinal");
  // Of classes without an order nothing of the kind is said.
  give(rows);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_TRUE(report().body["within_one"].isNull());
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
  give(rows, "detection");
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

/// Pictures with any of "crack" and "dark", and the probabilities of both.
struct LabelRow {
  Split split;
  bool crack, dark;
  float pCrack, pDark;
  std::string group = {};
};

struct EvaluateLabels : ::testing::Test {
  void give(const std::vector<LabelRow>& given, const std::string& task = "multi-label") {
    DatasetWriter writer{{.task = "multi-label", .classes = {"crack", "dark"}, .skipped = {}, .summary = {}}};
    Predictions p;
    p.classes = {"crack", "dark"};
    for (std::size_t i = 0; i < given.size(); ++i) {
      auto item = Evaluate::item(i, {-1, given[i].split, 0, given[i].group});
      if (given[i].crack) item.annotations.push_back({.label = "crack", .author = "import"});
      if (given[i].dark) item.annotations.push_back({.label = "dark", .author = "import"});
      if (item.annotations.empty()) item.annotations = {{.label = "crack", .score = 0, .author = "import"}};
      writer.add(item);
      p.ids.push_back(item.id);
      p.truth.push_back(-1);
      p.split.push_back(Split::None);
      p.probabilities.insert(p.probabilities.end(), {given[i].pCrack, given[i].pDark});
    }
    p.meta["task"] = task;
    block.clearInputs().input<Predictions>("predictions", p).input<Dataset>("data", must(writer.finish(block.store())));
  }
  Report report() { return must(block.output<Report>("report")); }
  double metric(const char* name) { return report().metrics[name].asDouble(NAN); }
  BlockHarness block{"patchbay.evaluate.evaluate"};
  const std::vector<LabelRow> rows{{Split::Validation, true, false, .3f, .1f},
                                   {Split::Validation, false, true, .1f, .9f},
                                   {Split::Validation, true, true, .4f, .8f},
                                   {Split::Validation, false, false, .2f, .2f},
                                   // Test: crack .9 (right), .3 (missed at one half), .2 (right); dark .6 (false alarm), .7, .1.
                                   {Split::Test, true, false, .9f, .6f},
                                   {Split::Test, true, true, .3f, .7f},
                                   {Split::Test, false, false, .2f, .1f}};
};

TEST_F(EvaluateLabels, FiguresOfEachAndAllLabels) {
  give(rows);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(metric("pictures"), 3);
  EXPECT_NEAR(metric("subset_accuracy"), 1.0 / 3, 1e-12);
  EXPECT_NEAR(metric("hamming_loss"), 2.0 / 6, 1e-12);
  EXPECT_NEAR(metric("mean_average_precision"), 1, 1e-12) << "the order is right for both";
  EXPECT_NEAR(metric("auroc"), 1, 1e-12);
  EXPECT_NEAR(metric("micro_f1"), 2.0 * 2 / (2 * 2 + 1 + 1), 1e-12);
  EXPECT_NEAR(metric("macro_f1"), 2.0 / 3, 1e-12);
  const auto body = report().body;
  EXPECT_EQ(body["task"].asText(), "multi-label");
  const auto& crack = body["per_class"].asList()[0];
  EXPECT_EQ(crack["support"].asInt(), 2);
  EXPECT_NEAR(crack["recall"]["value"].asDouble(), 0.5, 1e-12);
  EXPECT_NEAR(crack["precision"]["value"].asDouble(), 1, 1e-12);
  EXPECT_EQ(crack["confusion"], (Value{Value::List{Value::List{1, 0}, Value::List{1, 1}}}));
  ASSERT_THAT(body["mistakes"].asList(), SizeIs(2));
  const auto& worst = body["mistakes"].asList()[0];
  EXPECT_EQ(worst["class"].asText(), "crack");
  EXPECT_EQ(worst["truth"].asText(), "crack, dark");
  EXPECT_EQ(worst["predicted"].asText(), "dark");
}

TEST_F(EvaluateLabels, EachThresholdIsChosenOnTheValidationPart) {
  give(rows);
  block.set("threshold", "max_f1");
  ASSERT_TRUE(block.run()) << block.problem();
  const auto body = report().body;
  const auto& perClass = body["per_class"].asList();
  EXPECT_NEAR(perClass[0]["threshold"].asDouble(), .25, 1e-6);
  EXPECT_GT(perClass[1]["threshold"].asDouble(), .2);
  EXPECT_LT(perClass[1]["threshold"].asDouble(), .8);
  EXPECT_NEAR(perClass[0]["recall"]["value"].asDouble(), 1, 1e-12);
  // Test labels have no say in it.
  auto other = rows;
  for (auto& r : other)
    if (r.split == Split::Test) r.crack = !r.crack;
  give(other);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto again = report().body;
  EXPECT_NEAR(again["per_class"].asList()[0]["threshold"].asDouble(), .25, 1e-6);
}

TEST_F(EvaluateLabels, AClassThatValidationLacksKeepsOneHalfAndSaysSo) {
  auto some = rows;
  for (auto& r : some)
    if (r.split == Split::Validation) r.dark = false;
  give(some);
  block.set("threshold", "max_f1");
  ASSERT_TRUE(block.run()) << block.problem();
  const auto body = report().body;
  EXPECT_EQ(body["per_class"].asList()[1]["threshold"].asDouble(), .5);
  EXPECT_THAT(block.log(), HasSubstr("dark"));
}

TEST_F(EvaluateLabels, GroupsWidenTheInterval) {
  std::vector<LabelRow> alone, grouped;
  for (int i = 0; i < 60; ++i) {
    const bool crack = i % 2 == 0, wrong = i % 20 < 4;
    alone.push_back({Split::Test, crack, !crack, crack != wrong ? .9f : .1f, .2f});
    grouped.push_back(alone.back());
    grouped.back().group = "part " + std::to_string(i / 20 * 20 + (wrong ? 0 : 1));
  }
  give(alone);
  ASSERT_TRUE(block.run()) << block.problem();
  const double narrow = metric("micro_f1_high") - metric("micro_f1_low");
  give(grouped);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_GT(metric("micro_f1_high") - metric("micro_f1_low"), narrow);
}

TEST_F(EvaluateLabels, AModelOfOneClassAPictureIsNotEvaluatedOnSeveralLabels) {
  give(rows, "classification");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "evaluate.task");
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
