// SPDX-License-Identifier: Apache-2.0
#include "engine/data/dataset.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/data/ports.h"
#include "tests/support/memory_store.h"

namespace patchbay {
namespace {

Item makeItem(int i, std::string label = {}) {
  Item item;
  const auto path = "folder/" + std::to_string(i) + ".png";
  item.digest = digestOf(path);
  item.id = makeItemId(path, item.digest);
  item.paths = {path};
  item.size = 1000 + i;
  item.width = 300;
  item.height = 200;
  if (!label.empty()) item.annotations.push_back({.label = std::move(label), .author = "import"});
  return item;
}

Dataset makeDataset(testing::TemporaryStore& store, int n) {
  DatasetWriter writer{{.classes = {"good", "bad"}}};
  for (int i = 0; i < n; ++i) writer.add(makeItem(i, i % 3 ? "good" : "bad"));
  auto set = writer.finish(store);
  EXPECT_TRUE(set) << describe(set.error());
  return *set;
}

TEST(DatasetTest, ComesBackWithEveryKindOfAnnotationAndOddNames) {
  testing::TemporaryStore store;
  Item item = makeItem(1, "good");
  item.paths.emplace_back("caf\xe9/\n.png");
  item.group = "patient 7";
  item.split = Split::Test;
  item.annotations.push_back({AnnotationKind::Polygon, "crack", .25, {1, 2, 3, 4, 5, 6}, "note", "person:ann"});
  DatasetWriter writer{{.task = "multi-label", .classes = {"good", "crack"}}};
  writer.add(item);
  const auto set = *writer.finish(store);
  const auto again = *Dataset::load(store, *PortValue::parse(set.value().toJson()));
  EXPECT_EQ(again.items(store)->front(), item);
  EXPECT_EQ(again.info().task, "multi-label");
  EXPECT_EQ(again.counts().bySplit[3], 1);
}

TEST(DatasetTest, OneChangedLabelRewritesOneChunk) {
  testing::TemporaryStore store;
  const auto set = makeDataset(store, 20000);
  EXPECT_EQ(set.chunkCount(), 64u);
  store.written = 0;
  const auto changed = *set.with(store, std::vector{makeItem(77, "bad")});
  EXPECT_EQ(store.written, 1);
  EXPECT_EQ(changed.size(), set.size());
  EXPECT_EQ(changed.counts().byClass.at("bad"), set.counts().byClass.at("bad") + 1);
  std::size_t different = 0;
  for (const auto& [name, digest] : changed.value().parts) different += set.value().parts.at(name) != digest;
  EXPECT_EQ(different, 1u);
}

TEST(DatasetTest, EqualSetsHaveEqualManifestsWhateverTheirHistory) {
  testing::TemporaryStore store;
  auto grown = makeDataset(store, 500);
  std::vector<Item> more;
  for (int i = 500; i < 1100; ++i) more.push_back(makeItem(i, i % 3 ? "good" : "bad"));
  grown = *grown.with(store, more);
  EXPECT_EQ(grown.value().digest(), makeDataset(store, 1100).value().digest());
  std::vector<std::string> gone;
  for (const auto& item : more) gone.push_back(item.id);
  EXPECT_EQ(grown.with(store, {}, gone)->value().digest(), makeDataset(store, 500).value().digest());
}

TEST(PortsTest, RefuseNewerFormsOtherTypesAndManifestsThatPromiseTheImpossible) {
  testing::TemporaryStore store;
  auto value = makeDataset(store, 3).value();
  value.version = 2;
  EXPECT_EQ(Dataset::load(store, value).error().kind, ErrorKind::TooNew);
  value.version = 1;
  value.meta["items"] = -1;
  EXPECT_EQ(Dataset::load(store, value).error().kind, ErrorKind::Corrupt);
  value.meta["items"] = std::int64_t{1} << 40;
  EXPECT_EQ(Dataset::load(store, value).error().kind, ErrorKind::Corrupt);
  EXPECT_EQ(TextValue::load(store, value).error().kind, ErrorKind::Corrupt);

  Embedding e;
  e.ids = {std::string(32, 'a')};
  e.columns = 2;
  e.values = {1, 2};
  auto rows = Embedding::save(store, e).value();
  for (const std::int64_t n : {-1, 2, 1 << 30}) {
    rows.meta["rows"] = n;
    EXPECT_EQ(Embedding::load(store, rows).error().kind, ErrorKind::Corrupt) << n;
  }

  Predictions p;
  p.classes = {"a", "b"};
  p.ids = {std::string(32, 'a')};
  p.truth = {2};  // No such class: whoever counts by it would count beside the table.
  p.split = {Split::Test};
  p.probabilities = {.5, .5};
  EXPECT_EQ(Predictions::load(store, Predictions::save(store, p).value()).error().kind, ErrorKind::Corrupt);
  p.truth = {-1};
  EXPECT_TRUE(Predictions::load(store, Predictions::save(store, p).value()));
}

TEST(DatasetTest, RefusesTwinsAndDamagedChunks) {
  testing::TemporaryStore store;
  DatasetWriter writer{{}};
  writer.add(makeItem(1));
  writer.add(makeItem(1));
  EXPECT_FALSE(writer.finish(store));
  const auto set = makeDataset(store, 10);
  auto bytes = *readFile(store.fileOf(set.value().parts.begin()->second));
  for (const std::size_t cut : {0ul, 3ul, 9ul, bytes.size() / 2, bytes.size() - 1}) {
    PortValue value = set.value();
    value.parts.begin()->second = *store.put(bytes.substr(0, cut));
    const auto items = Dataset::load(store, value)->items(store);
    ASSERT_FALSE(items) << cut;
    EXPECT_EQ(items.error().kind, ErrorKind::Corrupt);
  }
}

TEST(EmbeddingTest, RoundTripsInHalfPrecisionInTheDataSetsOrder) {
  testing::TemporaryStore store;
  const auto set = makeDataset(store, 1500);
  const auto items = *set.items(store);
  Embedding e;
  e.columns = 3;
  e.meta["backbone"] = "lite0";
  for (const auto& item : items) {
    e.ids.push_back(item.id);
    for (int c = 0; c < 3; ++c) e.values.push_back(static_cast<float>(item.size) / 16 + static_cast<float>(c));
  }
  const auto back = *Embedding::load(store, *Embedding::save(store, e));
  EXPECT_EQ(back.ids, e.ids);
  EXPECT_NEAR(back.values[100], e.values[100], e.values[100] / 1000);
  EXPECT_EQ(back.meta["backbone"].asText(), "lite0");
}

TEST(PredictionsTest, RoundTripAndRefuseTruncation) {
  testing::TemporaryStore store;
  Predictions p;
  p.classes = {"a", "b"};
  p.ids = {std::string(32, 'a'), std::string(32, 'b')};
  p.truth = {1, -1};
  p.split = {Split::Test, Split::None};
  p.probabilities = {.25f, .75f, 1, 0};
  auto value = *Predictions::save(store, p);
  const auto back = *Predictions::load(store, value);
  EXPECT_EQ(back.probabilities, p.probabilities);
  EXPECT_EQ(back.truth, p.truth);
  const auto bytes = *readFile(store.fileOf(value.parts.at("rows")));
  value.parts["rows"] = *store.put(bytes.substr(0, bytes.size() - 1));
  EXPECT_FALSE(Predictions::load(store, value));
}

}  // namespace
}  // namespace patchbay
