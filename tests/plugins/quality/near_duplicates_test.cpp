// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/vision/resize.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

/// A scene of soft blobs that no other seed has.
vision::Image drawScene(std::uint64_t seed, int side = 160) {
  vision::Random random{{.seed = seed}};
  vision::Image image{side, side, 3};
  struct Blob {
    double x, y, r, v;
  };
  std::vector<Blob> blobs;
  for (int i = 0; i < 30; ++i)
    blobs.push_back({random.uniform(0, side), random.uniform(0, side), random.uniform(6, 24), random.uniform(-90, 90)});
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      double v = 128;
      for (const auto& b : blobs) v += b.v * std::exp(-((x - b.x) * (x - b.x) + (y - b.y) * (y - b.y)) / (b.r * b.r));
      for (int c = 0; c < 3; ++c) image.row(y)[x * 3 + c] = static_cast<std::uint8_t>(std::clamp(v + 8 * c, 0.0, 255.0));
    }
  return image;
}

struct NearDuplicates : ::testing::Test {
  struct Picture {
    std::string name, bytes, label = "one";
    Split split = Split::None;
    std::string group;
  };
  void add(Picture picture) {
    Item item;
    item.paths = {picture.name};
    item.digest = must(block.store().put(picture.bytes));
    item.id = makeItemId(picture.name, item.digest);
    item.split = picture.split;
    item.group = picture.group;
    if (!picture.label.empty()) item.annotations = {{.label = picture.label, .author = "import"}};
    names[item.id] = picture.name;
    items.push_back(std::move(item));
  }
  void addScenes(int n) {
    for (int i = 0; i < n; ++i) add({"scene" + std::to_string(i), must(vision::encodePng(drawScene(static_cast<std::uint64_t>(i) + 100)))});
  }
  void give() {
    DatasetWriter writer{{.classes = {"one", "two"}, .skipped = {}, .summary = {}}};
    for (const auto& item : items) writer.add(item);
    block.clearInputs().input<Dataset>("data", must(writer.finish(block.store())));
  }
  Report report() { return must(block.output<Report>("report")); }
  /// Names of the pictures of each finding.
  std::vector<std::set<std::string>> found() {
    std::vector<std::set<std::string>> out;
    const auto all = report();
    for (const auto& f : all.body["findings"].asList()) {
      auto& group = out.emplace_back();
      for (const auto& id : f["items"].asList()) group.insert(names.at(id.asText()));
    }
    return out;
  }
  std::vector<Item> items;
  std::map<std::string, std::string> names;
  BlockHarness block{"patchbay.quality.near_duplicates"};
};

TEST_F(NearDuplicates, ArePicturesReencodedResizedOrCroppedAndNothingElse) {
  addScenes(60);
  const auto scene = drawScene(101), other = drawScene(102), third = drawScene(103);
  add({"reencoded", must(vision::encodeJpeg(scene, 40))});
  add({"small", must(vision::encodePng(vision::resize(other, 70, 70, vision::Interpolation::Bicubic)))});
  add({"cropped", must(vision::encodeJpeg(vision::crop(third, 8, 0, 152, 152), 80))});
  add({"flat", must(vision::encodePng([] {
         vision::Image grey{40, 40, 1};
         std::fill_n(grey.data(), grey.size(), std::uint8_t{90});
         return grey;
       }()))});
  give();
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(found(), UnorderedElementsAre(std::set<std::string>{"scene1", "reencoded"}, std::set<std::string>{"scene2", "small"},
                                            std::set<std::string>{"scene3", "cropped"}));
  EXPECT_EQ(report().metrics["duplicates"].asInt(), 3);
  EXPECT_EQ(report().metrics["doubles"].asInt(), 3);
}

TEST_F(NearDuplicates, AreKnownAgainFromTheItemCache) {
  addScenes(5);
  give();
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 5);
  const auto first = block.digest("report");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 0);
  EXPECT_EQ(block.digest("report"), first);
  addScenes(6);
  items.erase(items.begin(), items.begin() + 5);
  give();
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 1);
}

TEST_F(NearDuplicates, ConflictsAndLeaksComeBeforeTheRest) {
  addScenes(10);
  const auto jpeg = [](std::uint64_t scene) { return must(vision::encodeJpeg(drawScene(100 + scene), 70)); };
  items[1].split = Split::Train;
  add({"test", jpeg(1), "one", Split::Test});
  add({"other class", jpeg(2), "two"});
  add({"same class", jpeg(3), "one"});
  add({"same bytes", must(vision::encodePng(drawScene(104))), ""});
  give();
  ASSERT_TRUE(block.run()) << block.problem();
  std::vector<std::string> kinds;
  const auto all = report();
  for (const auto& f : all.body["findings"].asList()) kinds.push_back(f["kind"].asText());
  EXPECT_THAT(kinds, ElementsAre("conflict", "leak", "duplicate", "duplicate"));
  const auto& conflict = all.body["findings"].asList().at(0);
  EXPECT_EQ(conflict["given"].asText(), "one / two");
  EXPECT_EQ(conflict["proposed"].asText(), "") << "one against one";
  EXPECT_EQ(report().metrics["leaks"].asInt(), 1);
  EXPECT_THAT(render(textFromValue(all.body["findings"].asList().at(2)["cause"])), HasSubstr("byte for byte"));
}

TEST_F(NearDuplicates, TheMajorityOfADoubledPictureIsProposed) {
  addScenes(5);
  for (const int quality : {90, 60}) add({"q" + std::to_string(quality), must(vision::encodeJpeg(drawScene(101), quality)), "two"});
  give();
  ASSERT_TRUE(block.run()) << block.problem();
  const auto findings = report().body["findings"].asList();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0]["count"].asInt(), 3);
  EXPECT_EQ(findings[0]["proposed"].asText(), "two");
}

TEST_F(NearDuplicates, GetOneGroupTogetherWithTheGroupsTheyBelongTo) {
  addScenes(6);
  items[0].group = "patient 7";
  items[1].group = "patient 7";
  add({"double", must(vision::encodeJpeg(drawScene(101), 70))});
  add({"lone double", must(vision::encodeJpeg(drawScene(103), 70))});
  give();
  ASSERT_TRUE(block.run()) << block.problem();
  const auto byPath = itemsByPath(block.store(), must(block.output<Dataset>("data")));
  EXPECT_EQ(byPath.at("double").group, "patient 7");
  EXPECT_EQ(byPath.at("scene0").group, "patient 7");
  EXPECT_EQ(byPath.at("lone double").group, byPath.at("scene3").group);
  EXPECT_THAT(byPath.at("scene3").group, HasSubstr("alike-"));
  EXPECT_EQ(byPath.at("scene2").group, "");
}

TEST_F(NearDuplicates, FeaturesMustBeOfTheSamePictures) {
  addScenes(3);
  give();
  block.input<Embedding>("embedding", toyEmbedding(block.store(), toyDataset(block.store(), {.perClass = 2, .pictures = false})));
  ASSERT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "duplicates.missing_features");
}

}  // namespace
}  // namespace patchbay::testing
