// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/vision/augment.h"
#include "engine/vision/decode.h"
#include "tests/support/block_harness.h"
#include "tests/support/memory_store.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

struct PicturesLive : ::testing::Test {
  PicturesLive() {
    for (const auto* type : patchbayPackV1()->lives)
      if (type->id == "patchbay.live.pictures") service = type->make();
    root = store.fileOf({}).parent_path() / "files";
    fs::create_directories(root);
  }
  Result<Value> ask(std::string_view method, Value args) { return service->answer(method, args, store, stop); }
  Value file(const std::string& name) const { return Value::Map{{"path", pathToValue(root / name)}}; }
  static vision::Image imageOf(const Value& v) {
    vision::Image out{static_cast<int>(v["width"].asInt()), static_cast<int>(v["height"].asInt()), 3};
    EXPECT_EQ(v["rgb"].asBytes().size(), out.size());
    std::ranges::copy(v["rgb"].asBytes(), out.data());
    return out;
  }
  TemporaryStore store;
  StopFlag stop;
  fs::path root;
  std::unique_ptr<LiveService> service;
};

TEST_F(PicturesLive, ThumbnailsFitUprightAndBadOnesSayWhy) {
  writeFile(root / "wide.png", drawPng(0, 1, 300, 200));
  writeFile(root / "turned.jpg", withExifRotation(drawJpeg(1, 1, 300, 200), 6));
  writeFile(root / "small.png", drawPng(0, 1, 20, 10, 1));
  writeFile(root / "bad.png", "no picture");
  const auto stored = must(store.put(drawPng(1, 2, 100, 100)));
  const auto answer = must(
      ask("thumbnails", Value::Map{{"side", 80},
                                   {"pictures", Value::List{file("wide.png"), file("turned.jpg"), file("small.png"),
                                                            Value::Map{{"digest", stored.hex()}}, file("bad.png"), file("gone.png")}}}));
  const auto& images = answer["images"].asList();
  ASSERT_EQ(images.size(), 6u);
  const auto size = [&](std::size_t i) { return std::pair{images[i]["width"].asInt(), images[i]["height"].asInt()}; };
  EXPECT_EQ(size(0), std::pair(80L, 53L));
  EXPECT_EQ(size(1), std::pair(53L, 80L)) << "upright";
  EXPECT_EQ(size(2), std::pair(20L, 10L)) << "never larger than the picture";
  EXPECT_EQ(size(3), std::pair(80L, 80L));
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(images[i]["rgb"].asBytes().size(), static_cast<std::size_t>(3 * size(i).first * size(i).second));
  EXPECT_EQ(images[4]["error"]["code"].asText(), "picture.format");
  EXPECT_EQ(errorFromValue(images[5]["error"]).kind, ErrorKind::NotFound);
}

TEST_F(PicturesLive, DecodesWholeFromFileOrBytes) {
  const auto png = drawPng(0, 3, 90, 60);
  writeFile(root / "a.png", png);
  const auto whole = imageOf(must(ask("decode", Value::Map{{"picture", file("a.png")}})));
  EXPECT_EQ(whole, drawPattern(0, 3, 90, 60));
  EXPECT_EQ(imageOf(must(ask("decode", Value::Map{{"picture", Value::Map{{"bytes", Value::Bytes{png.begin(), png.end()}}}}}))), whole);
  EXPECT_EQ(must(ask("decode", Value::Map{{"picture", file("a.png")}, {"side", 45}}))["width"].asInt(), 45);
  EXPECT_EQ(ask("decode", Value::Map{{"picture", file("a.png")}, {"side", 100'000}}).error().code, "pictures.side");
}

TEST_F(PicturesLive, AugmentsAsTrainingDoes) {
  writeFile(root / "a.png", drawPng(0, 3, 300, 300));
  const vision::AugmentRecipe recipe{{.name = "rotate", .probability = 1, .ranges = {{"degrees", {20, 20}}}}};
  const auto request = [&](std::int64_t seed) {
    return must(ask("augment", Value::Map{{"picture", file("a.png")},
                                          {"augmentations", vision::toValue(vision::standardRecipe())},
                                          {"count", 6},
                                          {"side", 64},
                                          {"seed", seed}}));
  };
  const auto one = request(1);
  ASSERT_EQ(one["images"].asList().size(), 6u);
  for (const auto& image : one["images"].asList()) EXPECT_EQ(std::max(image["width"].asInt(), image["height"].asInt()), 64);
  EXPECT_EQ(one, request(1)) << "the same seed draws the same";
  EXPECT_NE(one["images"], request(2)["images"]);
  EXPECT_NE(one["images"].asList()[0], one["images"].asList()[1]);
  const auto none =
      must(ask("augment", Value::Map{{"picture", file("a.png")}, {"augmentations", Value::List{}}, {"count", 1}, {"side", 64}}));
  EXPECT_EQ(none["images"].asList()[0], none["original"]);
  EXPECT_FALSE(ask("augment", Value::Map{{"picture", file("a.png")}, {"augmentations", Value::List{Value::Map{{"name", "nonsense"}}}}}));
}

TEST_F(PicturesLive, ListsAugmentationsWithTheirRanges) {
  const auto answer = must(ask("augmentations", {}));
  const auto& list = answer["augmentations"].asList();
  ASSERT_EQ(list.size(), vision::augmentationCatalogue().size());
  for (const auto& one : list) {
    EXPECT_FALSE(render(textFromValue(one["label"])).empty());
    for (const auto& p : one["parameters"].asList()) {
      EXPECT_LE(p["min"].asDouble(), p["usual"].asList().at(0).asDouble());
      EXPECT_GE(p["max"].asDouble(), p["usual"].asList().at(1).asDouble());
    }
  }
  EXPECT_EQ(must(vision::augmentRecipeFromValue(answer["standard"])), vision::standardRecipe());
}

TEST_F(PicturesLive, SummarisesAFolderBeforeItIsImported) {
  for (int i = 0; i < 12; ++i)
    writeFile(root / "set/cat" / (std::to_string(i) + ".png"), drawPng(0, static_cast<std::uint64_t>(i), 64, 48));
  for (int i = 0; i < 5; ++i)
    writeFile(root / "set/dog" / (std::to_string(i) + ".jpg"), drawJpeg(1, static_cast<std::uint64_t>(i), 64, 48, 1));
  writeFile(root / "set/dog/turned.jpg", withExifRotation(drawJpeg(1, 77, 64, 48), 8));
  writeFile(root / "set/unlabeled/x.png", drawPng(0, 99));
  writeFile(root / "set/cat/copy.png", drawPng(0, 3, 64, 48));
  writeFile(root / "set/cat/notes.txt", "no picture");
  const auto s = must(ask("summary", Value::Map{{"path", pathToValue(root / "set")}}));
  EXPECT_EQ(s["kind"].asText(), "folder");
  EXPECT_EQ(s["pictures"].asInt(), 20);
  EXPECT_EQ(toJson(s["classes"]), R"([{"count":13,"name":"cat"},{"count":6,"name":"dog"}])");
  EXPECT_EQ(s["unlabelled"].asInt(), 1);
  ASSERT_EQ(s["unreadable"].asList().size(), 1u);
  EXPECT_EQ(pathFromValue(s["unreadable"].asList()[0]["path"]), root / "set/cat/notes.txt");
  EXPECT_FALSE(render(textFromValue(s["unreadable"].asList()[0]["cause"])).empty());
  ASSERT_EQ(s["duplicates"].asList().size(), 1u);
  EXPECT_THAT(s["duplicates"].asList()[0].asList(),
              ::testing::UnorderedElementsAre(pathToValue(root / "set/cat/3.png"), pathToValue(root / "set/cat/copy.png")));
  EXPECT_EQ(toJson(s["converted"]), R"({"cmyk":0,"grey":5,"rgba":0,"rotated":1,"sixteen_bit":0})");
  EXPECT_EQ(toJson(s["formats"]), R"({"jpeg":6,"png":14})");
  EXPECT_EQ(s["sample"].asList().size(), 20u);
  EXPECT_TRUE(s["complete"].asBool());
  std::string warnings;
  for (const auto& w : s["warnings"].asList()) warnings += render(textFromValue(w)) + "\n";
  EXPECT_THAT(warnings, ::testing::HasSubstr("dog has only 6"));
  EXPECT_THAT(warnings, ::testing::HasSubstr("1 file"));
}

TEST_F(PicturesLive, ASummaryTakesNoLongerThanItMay) {
  for (int i = 0; i < 400; ++i)
    writeFile(root / "set" / (i % 2 ? "a" : "b") / (std::to_string(i) + ".png"), drawPng(0, static_cast<std::uint64_t>(i), 160, 160));
  const auto s = must(ask("summary", Value::Map{{"path", pathToValue(root / "set")}, {"limit_seconds", 0.02}}));
  EXPECT_EQ(s["pictures"].asInt(), 400) << "counted by name";
  EXPECT_LT(s["checked"].asInt(), 400);
  EXPECT_FALSE(s["complete"].asBool());
  stop.request();
  EXPECT_EQ(ask("summary", Value::Map{{"path", pathToValue(root / "set")}}).error().kind, ErrorKind::Cancelled);
}

TEST_F(PicturesLive, TellsWhatWasDropped) {
  writeFile(root / "pictures/a.png", drawPng(0, 1));
  writeFile(root / "pictures/b.png", drawPng(1, 1));
  writeFile(root / "pictures/c.png", drawPng(1, 2));
  writeFile(root / "table.csv", "file,kind\npictures/a.png,good\npictures/b.png,bad\npictures/c.png,bad\npictures/gone.png,good\n");
  writeFile(root / "plan.patchbay", R"({"id": "x", "title": "My plan", "version": 1, "nodes": [{}, {}]})");
  writeFile(root / "text.txt", "hello there");
  writeFile(root / "model/net.json", R"({"name": "tiny", "classes": ["a", "b"], "task": "classification"})");
  writeFile(root / "model/model.safetensors", "x");
  fs::create_directories(root / "empty");
  const auto of = [&](const char* name) { return must(ask("summary", Value::Map{{"path", pathToValue(root / name)}})); };
  const auto table = of("table.csv");
  EXPECT_EQ(table["kind"].asText(), "table");
  EXPECT_EQ(table["path_column"].asText(), "file");
  EXPECT_EQ(table["label_column"].asText(), "kind");
  EXPECT_EQ(table["missing"].asInt(), 1);
  EXPECT_EQ(toJson(table["classes"]), R"([{"count":2,"name":"bad"},{"count":1,"name":"good"}])");
  EXPECT_EQ(of("plan.patchbay")["kind"].asText(), "pipeline");
  EXPECT_EQ(of("plan.patchbay")["blocks"].asInt(), 2);
  EXPECT_EQ(of("text.txt")["kind"].asText(), "unknown");
  EXPECT_EQ(of("model")["kind"].asText(), "exported_model");
  EXPECT_EQ(of("pictures/a.png")["kind"].asText(), "picture");
  EXPECT_EQ(of("empty")["kind"].asText(), "unknown");
  EXPECT_EQ(ask("summary", Value::Map{{"path", "/nowhere/at/all"}}).error().kind, ErrorKind::NotFound);
}

TEST_F(PicturesLive, ANewerRequestEndsIt) {
  writeFile(root / "a.png", drawPng(0, 1));
  stop.request();
  EXPECT_EQ(ask("thumbnails", Value::Map{{"pictures", Value::List{file("a.png")}}, {"side", 20}}).error().kind, ErrorKind::Cancelled);
  stop.clear();
  EXPECT_EQ(ask("explode", {}).error().code, "live.method");
}

}  // namespace
}  // namespace patchbay::testing
