// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct WritePredictions : ::testing::Test {
  void add(const std::string& path, float second) {
    Item item;
    item.paths = {path};
    item.digest = digestOf(path);
    item.id = makeItemId(path, item.digest);
    p.ids.push_back(item.id);
    p.truth.push_back(-1);
    p.split.push_back(Split::None);
    p.probabilities.insert(p.probabilities.end(), {1 - second, second});
    writer.add(item);
  }
  std::string write() {
    p.classes = {"=cmd|' /C calc'!A0", "good, really"};
    block.input<Predictions>("predictions", p).input<Dataset>("data", must(writer.finish(block.store())));
    if (!block.run()) throw std::runtime_error{block.problem()};
    const auto& exports = block.effects()["exports"].asList();
    return must(readFile(pathFromValue(exports.at(0)) / (json ? "predictions.json" : "predictions.csv")));
  }
  BlockHarness block{"patchbay.deploy.write_predictions"};
  Predictions p;
  DatasetWriter writer{{.skipped = {}, .summary = {}}};
  bool json = false;
};

TEST_F(WritePredictions, WritesATableInTheOrderOfThePaths) {
  add("b.png", .75f);
  add("a.png", .125f);
  const auto text = write();
  EXPECT_EQ(text,
            "picture,class,probability,'=cmd|' /C calc'!A0,\"good, really\"\r\n"
            "a.png,'=cmd|' /C calc'!A0,0.875000,0.875000,0.125000\r\n"
            "b.png,\"good, really\",0.750000,0.250000,0.750000\r\n");
  EXPECT_EQ(pathFromValue(block.effects()["exports"].asList()[0]), block.folder() / "exports/predictions");
  const auto summary = must(block.output<TextValue>("summary"));
  EXPECT_THAT(summary.text, HasSubstr("| good, really | 1 |"));
}

TEST_F(WritePredictions, NoNameBecomesAFormulaOrBreaksTheTable) {
  for (const auto* name :
       {"=1+1.png", "+1.png", "-1.png", "@sum.png", "\t=1.png", "a\r\nb.png", "quote\".png", "caf\xE9.png", "\xE7\x8C\xAB.png"})
    add(name, .5f);
  const auto text = write();
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size();) {
    EXPECT_EQ(std::string_view{"=+-@\t\r"}.find(text[at]), std::string_view::npos) << text.substr(at, 20);
    at = text.find("\r\n", at) + 2;
    ++lines;
  }
  EXPECT_EQ(lines, 10u);
  EXPECT_TRUE(isUtf8(text));
  EXPECT_THAT(text, HasSubstr("\xE7\x8C\xAB.png,"));
  EXPECT_THAT(text, HasSubstr("\"quote\"\".png\","));
}

TEST_F(WritePredictions, SeveralLabelsAreListedTogether) {
  for (const auto* name : {"a.png", "b.png"}) add(name, .75f);
  p.meta["task"] = "multi-label";
  p.meta["thresholds"] = Value::List{.2, .8};
  p.probabilities = {.25f, .9f, .1f, .75f};
  const auto text = write();
  EXPECT_EQ(text,
            "picture,labels,'=cmd|' /C calc'!A0,\"good, really\"\r\n"
            "a.png,\"'=cmd|' /C calc'!A0; good, really\",0.250000,0.900000\r\n"
            "b.png,,0.100000,0.750000\r\n");
}

TEST_F(WritePredictions, JsonKeepsEveryName) {
  json = true;
  block.set("format", "json");
  add("caf\xE9.png", .75f);
  add("=1.png", .25f);
  const auto list = must(parseJson(write()));
  ASSERT_EQ(list["predictions"].asList().size(), 2u);
  EXPECT_EQ(list["predictions"].asList()[1]["class"].asText(), "good, really");
  EXPECT_EQ(pathFromValue(list["predictions"].asList()[1]["picture"]).native(), "caf\xE9.png");
  EXPECT_EQ(list["predictions"].asList()[0]["picture"].asText(), "=1.png");
  EXPECT_NEAR(list["predictions"].asList()[1]["scores"]["good, really"].asDouble(), .75, 1e-6);
}

TEST_F(WritePredictions, NamesTheFolderItMakes) {
  add("a.png", .5f);
  block.set("folder", "out").set("name", "first");
  write();
  EXPECT_TRUE(std::filesystem::exists(block.folder() / "out/first/predictions.csv"));
  for (const auto* bad : {"../up", "a/b", "..", "."}) {
    block.set("name", bad);
    EXPECT_FALSE(block.run()) << bad;
    EXPECT_EQ(block.error()->code, "export.name");
  }
  // What somebody else put there stays.
  writeFile(block.folder() / "out/mine/thesis.txt", "do not lose");
  block.set("name", "mine");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(must(readFile(block.folder() / "out/mine/thesis.txt")), "do not lose");
}

}  // namespace
}  // namespace patchbay::testing
