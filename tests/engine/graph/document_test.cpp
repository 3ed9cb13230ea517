// SPDX-License-Identifier: Apache-2.0
#include "engine/graph/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/file.h"
#include "tests/support/test_blocks.h"

namespace patchbay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Document, SavesAGoldenFileAsItWas) {
  const auto text = readFile(PATCHBAY_TEST_DATA "/graph/pipeline_v1.json");
  ASSERT_TRUE(text);
  const auto document = Document::parse(*text);
  ASSERT_TRUE(document) << describe(document.error());
  EXPECT_EQ(document->toJson(), *text);
  EXPECT_EQ(document->title, "Golden");
  EXPECT_EQ(document->nodeByName("quantum")->mode, NodeMode::Mute);
  EXPECT_EQ(document->nodeByName("quantum")->extra["shape"].asText(), "star");
  EXPECT_EQ(document->nodeByName("split")->x, 220.5);
  EXPECT_EQ(document->groups().at(0).axes.at(1).count, 5);
  EXPECT_EQ(pathFromValue(document->nodeByName("folder")->params["folder"]).native(), "caf\xe9");
}

TEST(Document, CompletesFilesWrittenByHandTheSameWayEveryTime) {
  const auto document = Document::parse(
      R"({"version":1,"nodes":[{"id":"a","type":"patchbay.train.probe"},{"id":"b","type":"patchbay.train.probe"}],"x":1e2})");
  ASSERT_TRUE(document) << describe(document.error());
  EXPECT_EQ(document->nodes()[0].name, "probe");
  EXPECT_EQ(document->nodes()[1].name, "probe_2");
  const auto once = document->toJson();
  EXPECT_THAT(once, HasSubstr("\"x\": 1e2"));
  EXPECT_EQ(Document::parse(once)->toJson(), once);
}

TEST(Document, RefusesANewerFormatAndOtherFilesPolitely) {
  EXPECT_EQ(Document::parse(R"({"version":2,"nodes":"changed"})").error().kind, ErrorKind::TooNew);
  for (const char* text : {"[]", "{}", "3", R"({"version":"1"})", R"({"version":0})"})
    EXPECT_EQ(Document::parse(text).error().kind, ErrorKind::BadInput) << text;
}

TEST(Document, NamesEveryPlaceThatCannotBeRead) {
  const auto bad = Document::parse(
      R"({"version":1,"nodes":[7,{"id":"a","pos":[1],"mode":"fast"},{"params":[]}],"links":[{"from":["a"],"to":["b","c"]}],"groups":[{"id":"g","axes":[{"count":"x"}]}]})");
  ASSERT_FALSE(bad);
  const auto said = describe(bad.error());
  for (const char* place :
       {"nodes[0]", "nodes[1].pos", "nodes[1].mode", "nodes[2].id", "nodes[2].params", "links[0].from", "groups[0].axes[0].count"})
    EXPECT_THAT(said, HasSubstr(place));
}

TEST(Document, ChangesByIdAndRefusesWhatWouldBreakIt) {
  auto d = test::chain();
  const auto second = d.addNode({.type = "test.probe"});
  ASSERT_TRUE(second);
  EXPECT_EQ(d.node(*second)->name, "probe_2");
  const auto before = d.toJson();
  EXPECT_FALSE(d.addNode({.id = {"probe"}, .name = "other"}));
  EXPECT_FALSE(d.rename({"probe"}, "embed"));
  EXPECT_FALSE(d.rename({"probe"}, "has space"));
  EXPECT_FALSE(d.addLink({"", {{"folder"}, "data"}, {{"split"}, "data"}, {}}));
  EXPECT_FALSE(d.addLink({"", {{"nobody"}, "data"}, {{"split"}, "data"}, {}}));
  EXPECT_EQ(d.setMode({"nobody"}, NodeMode::Mute).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(d.toJson(), before);
}

TEST(Document, RenamingAndRemovingTakeLoopBindingsAlong) {
  auto d = test::loops();
  ASSERT_TRUE(d.rename({"split"}, "parts"));
  EXPECT_THAT(d.groups()[0].axes[0].bind, ElementsAre("parts.seed"));
  ASSERT_TRUE(d.removeNode({"split"}));
  EXPECT_TRUE(d.groups()[0].axes[0].bind.empty());
  EXPECT_THAT(d.groups()[0].nodes, ElementsAre("embed", "probe"));
  EXPECT_EQ(d.links().size(), 2u);
  EXPECT_FALSE(d.node({"split"}));
  EXPECT_TRUE(d.node({"probe"}));
}

TEST(Document, ParametersThatVaryTogetherKeepTheirValues) {
  auto d = test::loops();
  auto folds = d.groups()[0];
  folds.axes = {
      {"run", {Value::List{7, "lite0", 1}, Value::List{8, "lite1", 2}}, {}, {"split.seed", "embed.model", "split.fold"}, {}, true}};
  (void)d.setGroup(folds);
  const auto again = *Document::parse(d.toJson());
  EXPECT_EQ(again.groups(), d.groups());
  EXPECT_EQ(again.toJson(), d.toJson());
  // What a removed block took goes, what the others take stays theirs.
  ASSERT_TRUE(d.removeNode({"embed"}));
  EXPECT_THAT(d.groups()[0].axes[0].bind, ElementsAre("split.seed", "split.fold"));
  EXPECT_EQ(d.groups()[0].axes[0].values, (Value::List{Value::List{7, 1}, Value::List{8, 2}}));
}

TEST(Document, UndoPutsThingsBackWhereTheyWere) {
  auto d = test::chain();
  const auto before = d.toJson();
  const auto node = *d.node({"split"});
  const auto links = d.links();
  ASSERT_TRUE(d.removeNode(node.id));
  ASSERT_TRUE(d.addNode(node, 1));
  ASSERT_TRUE(d.addLink(links[0], 0));
  ASSERT_TRUE(d.addLink(links[1], 1));
  EXPECT_EQ(d.toJson(), before);
}

}  // namespace
}  // namespace patchbay
