// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/support/familiarity.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using blocks::Familiarity;
using ::testing::SizeIs;

struct Unlike : ::testing::Test {
  /// Features around a few directions; strangers lie in others.
  Embedding around(const std::vector<std::string>& ids, std::uint64_t seed, std::size_t firstDirection) {
    Embedding e;
    e.columns = 32;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      vision::Random random{{.seed = seed, .item = i}};
      for (std::size_t c = 0; c < e.columns; ++c)
        e.values.push_back(static_cast<float>(random.normal() * .3 + (c == firstDirection + i % 3 ? 3 : 0)));
      e.ids.push_back(ids[i]);
    }
    e.net = digestOf("a net");
    return e;
  }
  void give(int perClass, bool split = true) {
    set = toyDataset(block.store(), {.perClass = perClass, .split = split, .pictures = false});
    std::vector<std::string> ids;
    for (const auto& item : must(set.items(block.store()))) ids.push_back(item.id);
    own = around(ids, 1, 0);
    block.clearInputs().input<Dataset>("data", set).input<Embedding>("embedding", own);
  }
  Report report() { return must(block.output<Report>("report")); }
  double metric(const char* name) { return report().metrics[name].asDouble(NAN); }
  BlockHarness block{"patchbay.evaluate.unlike"};
  Dataset set;
  Embedding own;
};

TEST_F(Unlike, TellsStrangersFromOwnPicturesWithBothMethods) {
  std::vector<std::string> names;
  for (int i = 0; i < 100; ++i) names.push_back(digestOf(std::to_string(i)).hex().substr(0, 32));
  for (const char* method : {"nearest", "mahalanobis"}) {
    give(200);
    block.input<Embedding>("strangers", around(names, 2, 10)).set("method", method).set("familiar", 95);
    ASSERT_TRUE(block.run()) << block.problem();
    EXPECT_EQ(metric("training_pictures"), 240);
    EXPECT_EQ(metric("held_out_pictures"), 160);
    EXPECT_GT(metric("strangers_auroc"), 0.999) << method;
    EXPECT_GT(metric("strangers_warned"), 0.99) << method;
    // What is stored judges alike, and own pictures that were not seen are mostly familiar.
    const auto judge = must(Familiarity::load(block.store(), block.value("report")));
    EXPECT_EQ(block.value("report").parts.find("net")->second, own.net);
    const auto fresh = around(names, 3, 0);
    int warned = 0;
    for (const double s : judge.scores({fresh.values.data(), fresh.ids.size(), fresh.columns}, 1)) warned += s > judge.threshold();
    EXPECT_LE(warned, 12) << method << ": of 100, 5 are expected";
  }
}

TEST_F(Unlike, ListsTheLeastAlikeOfTheHeldOutPictures) {
  give(100);
  // One held out picture is of something else.
  std::size_t odd = 0;
  const auto items = must(set.items(block.store()));
  while (items[odd].split != Split::Test) ++odd;
  for (std::size_t c = 0; c < own.columns; ++c) own.values[odd * own.columns + c] = c == 20 ? 4.F : 0.F;
  block.clearInputs().input<Dataset>("data", set).input<Embedding>("embedding", own);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto listed = report().body["least_alike"].asList();
  ASSERT_FALSE(listed.empty());
  EXPECT_EQ(listed[0]["id"].asText(), items[odd].id);
  EXPECT_TRUE(listed[0]["warning"].asBool());
  EXPECT_EQ(listed[0]["path"].asText(), items[odd].paths[0]);
  for (std::size_t i = 1; i < listed.size(); ++i) EXPECT_LE(listed[i]["score"].asDouble(), listed[i - 1]["score"].asDouble());
}

TEST_F(Unlike, WithoutPartsEveryPictureIsJudgedByTheOthers) {
  for (const char* method : {"nearest", "mahalanobis"}) {
    give(60, false);
    block.set("method", method).set("familiar", 90);
    ASSERT_TRUE(block.run()) << block.problem();
    EXPECT_EQ(metric("held_out_pictures"), 120) << method;
    const auto judge = must(Familiarity::load(block.store(), block.value("report")));
    EXPECT_NEAR(judge.percentile(judge.threshold()), 90, 1) << method;
    EXPECT_EQ(judge.percentile(1e9), 100);
  }
}

TEST_F(Unlike, SaysWhenItCannotJudge) {
  give(4);
  block.set("k", 50);
  ASSERT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "unlike.few");
  give(50);
  block.set("k", 5);
  auto narrow = around({"00000000000000000000000000000001"}, 1, 0);
  narrow.columns = 16;
  narrow.values.resize(16);
  block.input<Embedding>("strangers", narrow);
  ASSERT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "unlike.columns");
}

}  // namespace
}  // namespace patchbay::testing
