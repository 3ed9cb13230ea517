// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;

struct SuspectLabels : ::testing::Test {
  void give(const Embedding& e, const Dataset& set) { block.clearInputs().input<Embedding>("embedding", e).input<Dataset>("data", set); }
  Report report() { return must(block.output<Report>("report")); }
  std::vector<std::string> suspects() {
    std::vector<std::string> out;
    const auto all = report();
    for (const auto& f : all.body["findings"].asList()) out.push_back(f["items"].asList().at(0).asText());
    return out;
  }
  /// Every eighth picture gets the label of the next class; returns their ids.
  std::set<std::string> flip(Dataset& set, std::vector<std::string> classes) {
    std::set<std::string> ids;
    int n = 0;
    set = changed(block.store(), set, [&](Item& item) {
      if (n++ % 8 != 0) return;
      auto& label = item.annotations[0].label;
      label = classes[static_cast<std::size_t>(std::ranges::find(classes, label) - classes.begin() + 1) % classes.size()];
      ids.insert(item.id);
    });
    return ids;
  }
  BlockHarness block{"patchbay.quality.suspect_labels"};
};

TEST_F(SuspectLabels, FindsTheTurnedLabelsAndProposesTheTrueOnes) {
  const std::vector<std::string> classes{"a", "b", "c"};
  const auto right = toyDataset(block.store(), {.perClass = 64, .classes = classes, .pictures = false});
  auto set = right;
  const auto flipped = flip(set, classes);
  give(toyEmbedding(block.store(), right, 1.5), set);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto found = suspects();
  EXPECT_EQ(std::set<std::string>(found.begin(), found.end()), flipped);
  EXPECT_EQ(report().metrics["suspects"].asInt(), static_cast<std::int64_t>(flipped.size()));
  EXPECT_NEAR(report().metrics["estimated_errors"].asDouble(), static_cast<double>(flipped.size()), 3);
  std::map<std::string, std::string> truth;
  for (const auto& item : must(right.items(block.store()))) truth[item.id] = *item.label();
  double last = 1;
  const auto all = report();
  for (const auto& f : all.body["findings"].asList()) {
    EXPECT_EQ(f["kind"].asText(), "suspect");
    EXPECT_EQ(f["proposed"].asText(), truth.at(f["items"].asList()[0].asText()));
    EXPECT_EQ(f["given"], f["labels"].asList()[0]);
    EXPECT_THAT(f["pictures"].asList()[0].asText(), ::testing::SizeIs(64));
    EXPECT_FALSE(render(textFromValue(f["cause"])).empty());
    EXPECT_LE(f["score"].asDouble(), last);
    last = f["score"].asDouble();
  }
}

TEST_F(SuspectLabels, ScoresEveryLabelledPictureAndGivesProbabilitiesOfModelsThatDidNotSeeIt) {
  const auto right = toyDataset(block.store(), {.perClass = 40, .pictures = false});
  auto set = changed(block.store(), right, [](Item& item) {
    if (item.paths[0].ends_with("/7.png")) item.annotations.clear();
  });
  const auto flipped = flip(set, {"rows", "columns"});
  give(toyEmbedding(block.store(), right, 3), set);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto scores = report().body["scores"]["suspect"].asList();
  EXPECT_EQ(scores.size(), 78u) << "two pictures have no label";
  for (const auto& s : scores) EXPECT_EQ(s.asList()[1].asDouble() > 0.5, flipped.contains(s.asList()[0].asText()));
  const auto p = must(block.output<Predictions>("predictions"));
  ASSERT_EQ(p.ids.size(), 78u);
  // Had a model learned the wrong label, it would be sure of it.
  for (std::size_t i = 0; i < p.ids.size(); ++i) {
    const float given = p.probabilities[i * 2 + static_cast<std::size_t>(p.truth[i])];
    EXPECT_EQ(given < 0.5F, flipped.contains(p.ids[i]));
  }
}

TEST_F(SuspectLabels, AGroupIsNeverJudgedByItsOwnPictures) {
  // Pictures of one group have features of their own that tell the wrong label which all of them carry. Only a model that saw
  // some of the group could believe it.
  auto set = toyDataset(block.store(), {.perClass = 40, .pictures = false});
  auto e = toyEmbedding(block.store(), set, 3);
  std::set<std::string> wrong;
  set = changed(block.store(), set, [&](Item& item) {
    const auto n = std::stoi(item.paths[0].substr(item.paths[0].find('/') + 1));
    item.group = item.annotations[0].label + std::to_string(n / 10);
    if (item.group != "rows0") return;
    item.annotations[0].label = "columns";
    wrong.insert(item.id);
  });
  for (std::size_t i = 0; i < e.ids.size(); ++i)
    if (wrong.contains(e.ids[i])) e.values[i * e.columns + e.columns - 1] += 40;
  give(e, set);
  block.set("rounds", 1);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto p = must(block.output<Predictions>("predictions"));
  std::size_t doubted = 0;
  for (std::size_t i = 0; i < p.ids.size(); ++i)
    if (wrong.contains(p.ids[i])) doubted += p.probabilities[i * 2 + static_cast<std::size_t>(p.truth[i])] < 0.5F;
  EXPECT_EQ(doubted, wrong.size());
  // Without groups the same labels are believed, so the test can fail.
  give(e, changed(block.store(), set, [](Item& item) { item.group.clear(); }));
  ASSERT_TRUE(block.run()) << block.problem();
  const auto free = must(block.output<Predictions>("predictions"));
  doubted = 0;
  for (std::size_t i = 0; i < free.ids.size(); ++i)
    if (wrong.contains(free.ids[i])) doubted += free.probabilities[i * 2 + static_cast<std::size_t>(free.truth[i])] < 0.5F;
  EXPECT_LT(doubted, wrong.size() / 2);
}

TEST_F(SuspectLabels, WithSeveralLabelsEachIsJudgedByItself) {
  const auto kinds = toyDataset(block.store(), {.perClass = 40, .classes = stripeKinds, .pictures = false});
  const auto e = toyEmbedding(block.store(), kinds, 3);
  const auto right = withStripeLabels(block.store(), kinds);
  std::string wrong;
  const auto set = changed(block.store(), right, [&](Item& item) {
    if (item.paths[0] != "columns/3.png") return;
    item.annotations = {{.label = "rows", .author = "import"}, {.label = "striped", .author = "import"}};
    wrong = item.id;
  });
  give(e, set);
  ASSERT_TRUE(block.run()) << block.problem();
  ASSERT_EQ(suspects(), std::vector{wrong});
  const auto all = report();
  const auto& f = all.body["findings"].asList()[0];
  EXPECT_EQ(f["given"].asText(), "rows, striped");
  EXPECT_EQ(f["proposed"].asText(), "striped");
}

TEST_F(SuspectLabels, AClassOfOnePictureIsLeftOutAndSaysSo) {
  auto set = toyDataset(block.store(), {.perClass = 20, .classes = {"a", "b", "c"}, .pictures = false});
  const auto e = toyEmbedding(block.store(), set, 3);
  set = changed(block.store(), set, [](Item& item) {
    if (*item.label() == "c" && item.paths[0] != "c/0.png") item.annotations.clear();
  });
  give(e, set);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(report().metrics["labels"].asInt(), 40);
  EXPECT_THAT(block.log(), HasSubstr("\"c\""));
}

TEST_F(SuspectLabels, SaysWhatIsMissing) {
  const auto set = toyDataset(block.store(), {.perClass = 20, .pictures = false});
  const auto e = toyEmbedding(block.store(), set, 3);
  give(e, changed(block.store(), set, [](Item& item) { item.annotations.clear(); }));
  ASSERT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "suspect.few");
  give(toyEmbedding(block.store(), toyDataset(block.store(), {.perClass = 3, .pictures = false}), 3), set);
  ASSERT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "probe.missing_features");
}

}  // namespace
}  // namespace patchbay::testing
