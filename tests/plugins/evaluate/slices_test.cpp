// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {

/// Pictures of one grey each; the model is wrong about dark ones, whatever else they are.
struct Slices : ::testing::Test {
  void give(const std::string& task, bool there = true) {
    DatasetWriter writer{{.task = task, .classes = {"no", "yes"}, .skipped = {}, .summary = {}}};
    Predictions p;
    p.classes = {"no", "yes"};
    p.meta["task"] = task;
    for (int i = 0; i < 60; ++i) {
      const bool dark = i % 3 == 0, wide = i % 2 == 0, yes = i % 4 < 2;
      vision::Image image{wide ? 40 : 30, wide ? 30 : 40, 3};
      std::fill_n(image.data(), image.size(), static_cast<std::uint8_t>(dark ? 10 + i / 3 : 120 + i));
      const auto bytes = must(vision::encodePng(image));
      Item item;
      item.digest = there ? must(block.store().put(bytes)) : digestOf(bytes);
      item.paths = {(i < 45 ? "night shift/" : "day shift/") + std::to_string(i) + ".png"};
      item.id = makeItemId(item.paths[0], item.digest);
      item.width = image.width();
      item.height = image.height();
      item.split = Split::Test;
      item.annotations = {{.label = yes ? "yes" : "no", .author = "import"}};
      p.ids.push_back(item.id);
      p.truth.push_back(-1);
      p.split.push_back(Split::None);
      const float sure = yes != dark ? .9F : .1F;
      p.probabilities.insert(p.probabilities.end(), {1 - sure, sure});
      writer.add(std::move(item));
    }
    block.clearInputs().input<Predictions>("predictions", p).input<Dataset>("data", must(writer.finish(block.store())));
  }
  /// Pictures and those that are right, by "by: name".
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> slices() {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> out;
    const auto report = must(block.output<Report>("report"));
    for (const auto& s : report.body["slices"].asList()) {
      out[s["by"].asText() + ": " + s["name"].asText()] = {s["pictures"].asInt(), s["right"].asInt()};
      EXPECT_NEAR(s["accuracy"]["value"].asDouble(), s["right"].asDouble() / s["pictures"].asDouble(), 1e-12);
      EXPECT_LT(s["accuracy"]["low"].asDouble(), s["accuracy"]["high"].asDouble());
    }
    return out;
  }
  using Counts = std::pair<std::int64_t, std::int64_t>;
  BlockHarness block{"patchbay.evaluate.evaluate"};
};

TEST_F(Slices, AWeakSpotShowsWhereItIs) {
  for (const char* task : {"classification", "multi-label"}) {
    give(task);
    ASSERT_TRUE(block.run()) << block.problem();
    const auto all = slices();
    ASSERT_TRUE(all.contains("brightness: dark, 10 to 29")) << task;
    EXPECT_EQ(all.at("brightness: dark, 10 to 29"), (Counts{20, 0}));
    std::int64_t bright = 0;
    for (const auto& [name, counts] : all)
      if (name.starts_with("brightness: middle") || name.starts_with("brightness: bright")) {
        EXPECT_EQ(counts.first, counts.second) << name;
        bright += counts.first;
      }
    EXPECT_EQ(bright, 40);
    EXPECT_EQ(all.at("size: 40 x 30"), (Counts{30, 20}));
    EXPECT_EQ(all.at("shape: tall"), (Counts{30, 20}));
    EXPECT_EQ(all.at("folder: night shift"), (Counts{45, 30}));
    EXPECT_EQ(all.at("folder: day shift"), (Counts{15, 10}));
    EXPECT_EQ(block.itemsComputed(), task == std::string_view{"classification"} ? 60 : 0) << "brightness is known the second time";
  }
}

TEST_F(Slices, WhatIsNotThereIsLeftOut) {
  give("classification", false);
  ASSERT_TRUE(block.run()) << block.problem();
  for (const auto& [name, counts] : slices()) EXPECT_FALSE(name.starts_with("brightness")) << "no picture could be read";
}

TEST_F(Slices, StopsWhenItIsToldTo) {
  give("classification");
  block.stopAt(1, Stop::Cancel);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::Cancelled);
}

}  // namespace
}  // namespace patchbay::testing
