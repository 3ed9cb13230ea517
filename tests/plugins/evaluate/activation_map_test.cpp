// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/vision/decode.h"
#include "plugins/evaluate/support/heat_sheet.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct ActivationMap : ::testing::Test {
  ActivationMap() {
    set = toyDataset(block.store(), {.perClass = 10, .classes = {"rows <1>", "columns"}, .width = 60, .height = 40});
    Predictions p;
    p.classes = set.info().classes;
    for (const auto& item : must(set.items(block.store()))) {
      p.ids.push_back(item.id);
      p.truth.push_back(-1);
      p.split.push_back(Split::None);
      // Everything is called "columns", each with another certainty.
      const float sure = 0.55F + 0.02F * static_cast<float>(p.ids.size());
      p.probabilities.insert(p.probabilities.end(), {1 - sure, sure});
    }
    predictions = p;
    block.input<Dataset>("data", set)
        .input("model", must(net::saveModel(block.store(), tinyNet(p.classes), {})))
        .input<Predictions>("predictions", p);
  }
  Report report() { return must(block.output<Report>("report")); }
  BlockHarness block{"patchbay.evaluate.activation_map"};
  Dataset set;
  Predictions predictions;
};

TEST_F(ActivationMap, ShowsTheWorstMistakesWithAMapEach) {
  ASSERT_TRUE(block.run()) << block.problem();
  const auto shown = report().body["pictures"].asList();
  ASSERT_THAT(shown, SizeIs(2)) << "the wrong ones of the test part";
  EXPECT_EQ(report().body["method"].asText(), "activation_map");
  EXPECT_GT(shown[0]["probability"].asDouble(), shown[1]["probability"].asDouble());
  for (const auto& one : shown) {
    EXPECT_EQ(one["truth"].asText(), "rows <1>");
    EXPECT_EQ(one["predicted"].asText(), "columns");
    EXPECT_EQ(one["class"].asText(), "columns");
    const auto png = must(block.value("report").openPart(block.store(), one["map"].asText()));
    const auto map = must(vision::decode(png.bytes()));
    EXPECT_EQ(map.image.width(), 224);
    EXPECT_EQ(map.image.height(), 149) << "in the shape of the picture";
    EXPECT_GT(*std::ranges::max_element(map.image.bytes()), 230);
  }
  const auto figure = must(block.output<Figure>("figure"));
  EXPECT_THAT(figure.bytes, HasSubstr("rows &lt;1&gt;"));
  EXPECT_THAT(figure.bytes, HasSubstr("data:image/jpeg;base64,"));
}

TEST_F(ActivationMap, OtherPicturesAndTheTrueClass) {
  block.set("which", "unsure").set("part", "all").set("count", 5).set("about", "truth");
  ASSERT_TRUE(block.run()) << block.problem();
  const auto shown = report().body["pictures"].asList();
  ASSERT_THAT(shown, SizeIs(5));
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(shown[i]["id"].asText(), predictions.ids[i]) << "the least certain first";
  EXPECT_EQ(shown[0]["class"], shown[0]["truth"]);
  block.set("which", "sure");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(report().body["pictures"].asList()[0]["id"].asText(), predictions.ids.back());
}

TEST_F(ActivationMap, PredictionsOfAnotherModelAreRefused) {
  predictions.classes = {"rows <1>", "spots"};
  block.clearInputs()
      .input<Dataset>("data", set)
      .input("model", must(net::saveModel(block.store(), tinyNet(set.info().classes), {})))
      .input<Predictions>("predictions", predictions);
  block.set("which", "sure");
  ASSERT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "maps.class");
}

TEST(HeatSheet, HeatIsSeenWhereItIsAndNowhereElse) {
  vision::Image flat{40, 20, 1};
  std::fill_n(flat.data(), flat.size(), 100);
  blocks::Grid heat{40, 20, std::vector<float>(800, 0.F)};
  heat.values[0] = 1;
  const auto out = blocks::HeatSheet::overlaid(flat, heat);
  EXPECT_GT(out.row(0)[0], 180);
  EXPECT_EQ(out.row(0)[2], 35);
  EXPECT_EQ(out.row(10)[60], 100);
}

}  // namespace
}  // namespace patchbay::testing
