// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct CheckLabels : ::testing::Test {
  std::vector<Value> run(const Dataset& set) {
    block.clearInputs().input<Dataset>("data", set);
    EXPECT_TRUE(block.run()) << block.problem();
    report = must(block.output<Report>("report"));
    return report.body["findings"].asList();
  }
  Report report;
  BlockHarness block{"patchbay.quality.check_labels"};
};

TEST_F(CheckLabels, NamesRareAndMissingClasses) {
  auto set = toyDataset(block.store(), {.perClass = 60, .classes = {"common", "few", "none"}, .split = false, .pictures = false});
  set = changed(block.store(), set, [](Item& item) {
    const auto n = std::stoi(item.paths[0].substr(item.paths[0].find('/') + 1));
    if (*item.label() == "none" || (*item.label() == "few" && n >= 4)) item.annotations.clear();
  });
  const auto found = run(set);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0]["given"].asText(), "none") << "the worst first";
  EXPECT_EQ(found[1]["given"].asText(), "few");
  EXPECT_EQ(found[1]["items"].asList().size(), 4u);
  EXPECT_THAT(render(textFromValue(found[1]["cause"])), HasSubstr("4 pictures, the largest has 60"));
  EXPECT_EQ(report.metrics["imbalances"].asInt(), 2);
  block.set("rare", 0).set("least", 4);
  EXPECT_EQ(run(set).size(), 1u) << "only the empty class is left";
}

TEST_F(CheckLabels, AClassThatAPartLacksIsNamed) {
  const auto set = changed(block.store(), toyDataset(block.store(), {.perClass = 30, .pictures = false}), [](Item& item) {
    if (*item.label() == "rows" && item.split == Split::Test) item.split = Split::Train;
  });
  const auto found = run(set);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]["given"].asText(), "rows");
  EXPECT_THAT(render(textFromValue(found[0]["cause"])), HasSubstr("test"));
}

TEST_F(CheckLabels, PeopleWhoDisagreeAreAConflictThatTheReliableOneDecides) {
  // Ann is always right, Bob in three of four cases, Cem in two of three; now and then both are wrong.
  int n = 0;
  std::string disputed;
  const auto set = changed(block.store(), toyDataset(block.store(), {.perClass = 40, .split = false, .pictures = false}), [&](Item& item) {
    const auto truth = item.annotations[0].label;
    const std::string wrong = truth == "rows" ? "columns" : "rows";
    item.annotations = {{.label = truth, .author = "person:ann"},
                        {.label = n % 4 == 0 ? wrong : truth, .author = "person:bob"},
                        {.label = n % 3 == 0 ? wrong : truth, .author = "person:cem"},
                        {.label = wrong, .score = .9, .author = "model:abc"}};
    if (n % 2 == 1) item.annotations[3].label = truth;
    if (n == 12) disputed = item.id;
    ++n;
  });
  const auto found = run(set);
  EXPECT_EQ(found.size(), 40u) << "where Bob or Cem is wrong; the model's suggestions are no labels";
  const auto one = std::ranges::find_if(found, [&](const Value& f) { return f["items"].asList()[0].asText() == disputed; });
  ASSERT_NE(one, found.end());
  const auto items = must(set.items(block.store()));
  const auto truth = std::ranges::find(items, disputed, &Item::id)->annotations[0].label;
  EXPECT_EQ((*one)["proposed"].asText(), truth) << "two of three say otherwise, but Ann is the one to believe";
  EXPECT_EQ(report.metrics["pictures_labelled_twice"].asInt(), 80);
  std::vector<double> reliability;
  for (const auto& a : report.body["annotators"].asList()) reliability.push_back(a["reliability"].asDouble());
  ASSERT_EQ(reliability.size(), 3u);
  EXPECT_GT(reliability[0], reliability[1]);
  EXPECT_GT(reliability[1], reliability[2]);
  EXPECT_THAT(render(textFromValue(found[0]["cause"])), HasSubstr("ann says"));
}

TEST_F(CheckLabels, GoodLabelsGiveNoFinding) {
  EXPECT_THAT(run(toyDataset(block.store(), {.perClass = 30, .pictures = false})), ElementsAre());
  EXPECT_EQ(report.metrics["conflicts"].asInt(-1), 0);
}

}  // namespace
}  // namespace patchbay::testing
