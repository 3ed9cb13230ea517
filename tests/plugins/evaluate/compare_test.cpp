// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/block_harness.h"
#include "tests/support/made_items.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {

/// Predictions for `n` test pictures (and three times as many for training); every `wrong`-th is wrong.
Predictions predictions(int n, int wrong, int fold = 0) {
  Predictions p;
  p.classes = {"a", "b"};
  for (int i = 0; i < 4 * n; ++i) {
    char id[33];
    std::snprintf(id, sizeof id, "%024x%08x", fold, i);
    p.ids.emplace_back(id);
    p.truth.push_back(i % 2);
    p.split.push_back(i < n ? Split::Test : Split::Train);
    const bool right = (i + fold) % wrong != 0;
    const float second = (i % 2 == 1) == right ? .8f : .2f;
    p.probabilities.insert(p.probabilities.end(), {1 - second, second});
  }
  return p;
}

struct Compare : ::testing::Test {
  double metric(const char* name) { return must(block.output<Report>("report")).metrics[name].asDouble(NAN); }
  BlockHarness block{"patchbay.evaluate.compare"};
};

TEST_F(Compare, OneRunEachIsComparedPictureByPicture) {
  block.input<Predictions>("baseline", predictions(100, 4)).input<Predictions>("candidate", predictions(100, 10));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_NEAR(metric("baseline_accuracy"), 0.75, 1e-9);
  EXPECT_NEAR(metric("candidate_accuracy"), 0.90, 1e-9);
  EXPECT_NEAR(metric("difference_accuracy"), 0.15, 1e-9);
  EXPECT_GT(metric("difference_accuracy_low"), 0.02);
  EXPECT_LT(metric("difference_accuracy_high"), 0.30);
  const auto report = must(block.output<Report>("report"));
  EXPECT_FALSE(report.body["figures"]["accuracy"]["difference"]["method"].isNull());
}

TEST_F(Compare, SeveralFoldsGiveOneCorrectedInterval) {
  const int baseline[] = {4, 5, 4, 5, 4}, candidate[] = {10, 10, 20, 10, 20};
  for (int f = 0; f < 5; ++f) block.input<Predictions>("baseline", predictions(100, baseline[f], f));
  for (int f = 0; f < 5; ++f) block.input<Predictions>("candidate", predictions(100, candidate[f], f));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(metric("runs"), 5);
  EXPECT_NEAR(metric("difference_accuracy"), metric("candidate_accuracy") - metric("baseline_accuracy"), 1e-9);
  EXPECT_GT(metric("difference_accuracy_low"), 0);
  // The t interval of five differences of about .14, wider than the plain one by sqrt((1/5 + 1/3) / (1/5)).
  const auto low = metric("difference_accuracy_low"), high = metric("difference_accuracy_high");
  EXPECT_NEAR((low + high) / 2, metric("difference_accuracy"), 1e-9);
}

TEST_F(Compare, NothingIsBetterThanItself) {
  block.input<Predictions>("baseline", predictions(60, 5)).input<Predictions>("candidate", predictions(60, 5));
  ASSERT_TRUE(block.run()) << block.problem();
  for (const auto* name : {"difference_accuracy", "difference_auroc"}) EXPECT_EQ(metric(name), 0) << name;
  EXPECT_TRUE(std::isnan(metric("difference_accuracy_low"))) << "resamples that are all alike give no interval";
}

/// 40 test pictures with any of three labels, in another order than the predictions; every `wrong`-th has one label wrong.
struct Labelled {
  Dataset data;
  Predictions good, bad;
};
Labelled labelled(ObjectStore& store) {
  Labelled out;
  DatasetWriter writer{{.task = "multi-label", .classes = {"crack", "dark", "dirt"}, .skipped = {}, .summary = {}}};
  for (auto* p : {&out.good, &out.bad}) {
    p->classes = {"crack", "dark", "dirt"};
    p->meta["task"] = "multi-label";
  }
  for (int i = 79; i >= 0; --i) {
    auto item = madeItem(i);
    for (int c = 0; c < 3; ++c)
      if ((i >> c) % 2) item.annotations.push_back({.label = out.good.classes[static_cast<std::size_t>(c)], .author = "import"});
    if (item.annotations.empty()) item.annotations = {{.label = "crack", .score = 0, .author = "import"}};
    writer.add(item);
    for (auto* p : {&out.good, &out.bad}) {
      const int wrong = p == &out.good ? 10 : 3;
      p->ids.push_back(item.id);
      p->truth.push_back(-1);
      p->split.push_back(i < 40 ? Split::Test : Split::Train);
      for (int c = 0; c < 3; ++c) {
        const bool has = (i >> c) % 2, right = c != i % 3 || i % wrong != 0;
        p->probabilities.push_back(has == right ? .8f : .2f);
      }
    }
  }
  out.data = must(writer.finish(store));
  return out;
}

TEST_F(Compare, SeveralLabelsAreComparedWithTheLabelsOfTheData) {
  const auto given = labelled(block.store());
  block.input<Predictions>("baseline", given.bad).input<Predictions>("candidate", given.good);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "compare.labels");
  EXPECT_THAT(block.problem(), ::testing::HasSubstr("Connect the data set"));
  block.input<Dataset>("data", given.data);
  ASSERT_TRUE(block.run()) << block.problem();
  // Of 40 pictures 14 and 4 have a wrong label.
  EXPECT_NEAR(metric("baseline_subset_accuracy"), 26.0 / 40, 1e-9);
  EXPECT_NEAR(metric("candidate_subset_accuracy"), 36.0 / 40, 1e-9);
  EXPECT_NEAR(metric("difference_subset_accuracy"), .25, 1e-9);
  EXPECT_GT(metric("difference_subset_accuracy_low"), .05);
  EXPECT_LT(metric("difference_subset_accuracy_high"), .45);
  for (const auto* name : {"mean_average_precision", "micro_f1", "macro_f1", "auroc"})
    EXPECT_GT(metric((std::string{"difference_"} + name).c_str()), 0) << name;
}

TEST_F(Compare, RefusesWhatCannotBePaired) {
  block.input<Predictions>("baseline", predictions(60, 5))
      .input<Predictions>("baseline", predictions(60, 5, 1))
      .input<Predictions>("candidate", predictions(60, 5));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "compare.unpaired");
  block.clearInputs().input<Predictions>("baseline", predictions(60, 5)).input<Predictions>("candidate", predictions(60, 5, 1));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "compare.different_pictures");
  auto untested = predictions(60, 5);
  std::ranges::fill(untested.split, Split::Train);
  block.clearInputs().input<Predictions>("baseline", untested).input<Predictions>("candidate", untested);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "compare.no_test");
}

}  // namespace
}  // namespace patchbay::testing
