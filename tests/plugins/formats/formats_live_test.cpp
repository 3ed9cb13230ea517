// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/data/detail/item_codec.h"
#include "tests/support/block_harness.h"
#include "tests/support/memory_store.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

struct FormatsLive : ::testing::Test {
  FormatsLive() {
    for (const auto* type : patchbayPackV1()->lives)
      if (type->id == "patchbay.live.formats") service = type->make();
    root = store.fileOf({}).parent_path() / "files";
    fs::create_directories(root);
  }
  Result<Value> ask(std::string_view method, Value args) { return service->answer(method, args, store, stop); }
  Value begin(const fs::path& path, bool copy = false) {
    return must(ask("import_begin", Value::Map{{"path", pathToValue(path)}, {"copy", copy}, {"scratch", pathToValue(root / "scratch")}}));
  }
  static std::vector<Item> itemsOf(const Value& batch) {
    const auto& bytes = batch["items"].asBytes();
    ByteReader reader{{reinterpret_cast<const char*>(bytes.data()), bytes.size()}};
    std::vector<Item> items(reader.countOf(64));
    for (auto& item : items) item = detail::readItem(reader);
    EXPECT_TRUE(reader.done());
    return items;
  }
  TemporaryStore store;
  StopFlag stop;
  fs::path root;
  std::unique_ptr<LiveService> service;
};

TEST_F(FormatsLive, FoldersComeInBatchesWithClassesFirst) {
  for (int i = 0; i < 5; ++i) {
    fs::create_directories(root / "set" / (i % 2 ? "dog" : "cat"));
    writeFile(root / "set" / (i % 2 ? "dog" : "cat") / (std::to_string(i) + ".png"), drawPng(i % 2, i, 20, 10));
  }
  const auto session = begin(root / "set")["session"];
  std::size_t items = 0;
  for (bool first = true;; first = false) {
    const auto batch = must(ask("import_next", Value::Map{{"session", session}, {"most", 2}}));
    const auto got = itemsOf(batch);
    EXPECT_EQ(batch["done"].asBool(), got.empty());
    EXPECT_EQ(batch.contains("classes"), first || got.empty());
    EXPECT_EQ(batch["files"].asList().size(), got.size());
    EXPECT_EQ(batch["classes"].asList().size(), first || got.empty() ? 2u : 0u);
    for (const auto& item : got) EXPECT_EQ(item.width, 20);
    items += got.size();
    if (got.empty()) break;
  }
  EXPECT_EQ(items, 5u);
  EXPECT_FALSE(ask("import_next", Value::Map{{"session", session}})) << "over";
}

TEST_F(FormatsLive, WhatIsExportedComesBackWithItsPictures) {
  fs::create_directories(root / "set" / "cat");
  writeFile(root / "set" / "cat" / "a.png", drawPng(0, 1, 20, 10));
  const auto imported = begin(root / "set", true)["session"];
  auto items = itemsOf(must(ask("import_next", Value::Map{{"session", imported}})));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_TRUE(store.open(items[0].digest)) << "copied";
  items[0].annotations.push_back({.kind = AnnotationKind::Box, .label = "cat", .geometry = {1, 2, 3, 4}, .author = "import"});

  const auto session = must(ask("export_begin", Value::Map{{"path", pathToValue(root / "out.zip")},
                                                           {"format", "coco"},
                                                           {"classes", Value::List{Value::Map{{"name", "cat"}}}},
                                                           {"splits", Value::List{"none"}}}))["session"];
  ByteWriter bytes;
  bytes.count(1);
  detail::writeItem(bytes, items[0]);
  must(ask("export_items", Value::Map{{"session", session}, {"items", Value::Bytes(bytes.out.begin(), bytes.out.end())}}));
  EXPECT_FALSE(fs::exists(root / "out.zip")) << "there only when it is whole";
  const auto done = must(ask("export_end", Value::Map{{"session", session}}));
  EXPECT_EQ(done["report"].asList().size(), 0u) << toJson(done["report"]);

  const auto back = begin(root / "out.zip")["session"];
  const auto again = itemsOf(must(ask("import_next", Value::Map{{"session", back}})));
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].id, items[0].id) << "the same picture under the same name";
  EXPECT_EQ(again[0].annotations.size(), 2u);
}

TEST_F(FormatsLive, AnExportThatIsClosedLeavesNothing) {
  const auto session = must(
      ask("export_begin",
          Value::Map{
              {"path", pathToValue(root / "gone")}, {"format", "yolo"}, {"classes", Value::List{}}, {"splits", Value::List{}}}))["session"];
  must(ask("close", Value::Map{{"session", session}}));
  EXPECT_TRUE(fs::is_empty(root));
  const auto damaged = must(ask("export_begin", Value::Map{{"path", pathToValue(root / "other")}, {"format", "yolo"}}))["session"];
  EXPECT_FALSE(ask("export_items", Value::Map{{"session", damaged}, {"items", Value::Bytes{3, 1, 2}}}));
  const auto taken = ask("export_begin", Value::Map{{"path", pathToValue(fs::temp_directory_path())}, {"format", "yolo"}});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "export.exists") << "nothing is overwritten";
}

TEST_F(FormatsLive, KnowsItsFormatsAndConverts) {
  EXPECT_GE(must(ask("formats", Value::Map{}))["formats"].asList().size(), 11u);
  fs::create_directories(root / "set" / "cat");
  writeFile(root / "set" / "cat" / "a.png", drawPng(0, 1, 20, 10));
  const auto done =
      must(ask("convert", Value::Map{{"from", pathToValue(root / "set")}, {"to", pathToValue(root / "csv")}, {"format", "csv"}}));
  EXPECT_EQ(done["items"].asInt(), 1);
  EXPECT_TRUE(fs::exists(root / "csv" / "labels.csv"));
  const auto unknown = ask("convert", Value::Map{{"from", pathToValue(root / "set")}, {"to", pathToValue(root / "x")}, {"format", "docx"}});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "format.unknown");
}

}  // namespace
}  // namespace patchbay::testing
