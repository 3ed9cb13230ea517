// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct PictureTable : ::testing::Test {
  PictureTable() {
    block.set("file", "table.csv");
    for (int i = 1; i <= 4; ++i)
      writeFile(block.folder() / ("images/cell" + std::to_string(i) + ".png"), drawPng(i % 2, static_cast<std::uint64_t>(i), 16, 16));
  }
  void table(std::string_view text) { writeFile(block.folder() / "table.csv", text); }
  Dataset data() { return must(block.output<Dataset>("data")); }
  std::map<std::string, Item> items() { return itemsByPath(block.store(), data()); }
  std::string labelOf(const std::string& path) {
    const auto item = items().at(path);
    return item.label() ? *item.label() : "";
  }
  BlockHarness block{"patchbay.data.picture_table"};
};

TEST_F(PictureTable, ReadsCommasWithAndWithoutAHeader) {
  table("file,kind\nimages/cell1.png,good\nimages/cell2.png,bad\n");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(data().info().classes, ElementsAre("bad", "good"));
  EXPECT_EQ(data().size(), 2u);
  const auto withHeader = block.digest("data");
  table("images/cell1.png,good\nimages/cell2.png,bad\n");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.digest("data"), withHeader);
}

TEST_F(PictureTable, ReadsBlanksBetweenCellsLikeTheSolarCells) {
  table(
      "images/cell1.png  1.0   mono\nimages/cell2.png  0.0   poly\r\nimages/cell3.png  0.3333333333333333   mono\nimages/cell4.png  "
      "0.6666666666666666   poly\n");
  block.set("labels", "probability").set("classes", Value::List{"functional", "defective"}).set("group_column", "3");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(data().size(), 4u);
  EXPECT_EQ(labelOf("images/cell1.png"), "defective");
  EXPECT_EQ(labelOf("images/cell2.png"), "functional");
  EXPECT_EQ(labelOf("images/cell3.png"), "functional");
  EXPECT_EQ(labelOf("images/cell4.png"), "defective");
  EXPECT_EQ(items().at("images/cell4.png").group, "poly");
  const auto soft = items().at("images/cell3.png").annotations;
  ASSERT_THAT(soft, SizeIs(2));
  EXPECT_NEAR(soft[0].score, 1.0 / 3, 1e-12);
  EXPECT_EQ(soft[0].label, "defective");
}

TEST_F(PictureTable, TheNamedPicturesAreWatchedThereOrNot) {
  table("images/cell1.png,good\nimages/cell2.png,bad\nimages/nowhere.png,bad\n");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.effects()["found"]["files"].asInt(), 3);
  EXPECT_EQ(data().size(), 2u);
}

TEST_F(PictureTable, OneHalfIsTheSecondClass) {
  table("images/cell1.png,0.5\nimages/cell2.png,0.49\n");
  block.set("labels", "probability").set("classes", Value::List{"no", "yes"});
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(labelOf("images/cell1.png"), "yes");
  EXPECT_EQ(labelOf("images/cell2.png"), "no");
}

TEST_F(PictureTable, ReadsSemicolonsQuotesAndAByteOrderMark) {
  writeFile(block.folder() / "images/a; \"odd\" name.png", drawPng(0, 9, 16, 16));
  table("\xEF\xBB\xBFpath;label\r\n\"images/a; \"\"odd\"\" name.png\";\"x, y\"\r\nimages/cell1.png;z\r\n");
  block.set("path_column", "path").set("label_columns", Value::List{"label"});
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(labelOf("images/a; \"odd\" name.png"), "x, y");
  EXPECT_THAT(data().info().classes, ElementsAre("x, y", "z"));
}

TEST_F(PictureTable, FlagsGiveSeveralLabels) {
  table("path,crack,dark,other\nimages/cell1.png,1,0,x\nimages/cell2.png,1,0.7,x\nimages/cell3.png,0,0,x\n");
  block.set("labels", "flags").set("label_columns", Value::List{"crack", "dark"});
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(data().info().task, "multi-label");
  EXPECT_THAT(data().info().classes, ElementsAre("crack", "dark"));
  EXPECT_THAT(items().at("images/cell1.png").annotations, SizeIs(1));
  EXPECT_THAT(items().at("images/cell2.png").annotations, SizeIs(2));
  // None of them is something else than not knowing.
  EXPECT_TRUE(items().at("images/cell3.png").labelled());
  EXPECT_EQ(items().at("images/cell3.png").label(), nullptr);
  EXPECT_EQ(data().counts().byClass.at("crack"), 2);
  EXPECT_EQ(data().counts().byClass.at("dark"), 1);
  EXPECT_EQ(data().counts().unlabelled, 0);
  block.set("threshold", 0.8);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(items().at("images/cell2.png").annotations, SizeIs(1));
}

TEST_F(PictureTable, ColumnsMayHaveThresholdsOfTheirOwn) {
  table("path,crack,dark\nimages/cell1.png,0.3,0.3\nimages/cell2.png,0.1,\nimages/cell3.png,,\n");
  block.set("labels", "flags").set("label_columns", Value::List{"crack", "dark"}).set("thresholds", Value::List{"0.2", "0.4"});
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(labelOf("images/cell1.png"), "crack");
  EXPECT_EQ(items().at("images/cell1.png").annotations.size(), 1u);
  EXPECT_TRUE(items().at("images/cell2.png").labelled());
  EXPECT_FALSE(items().at("images/cell3.png").labelled()) << "empty cells say nothing";
  EXPECT_EQ(data().counts().unlabelled, 1);
  block.set("thresholds", Value::List{"0.2"});
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->where, "thresholds");
  EXPECT_THAT(block.problem(), HasSubstr("one for each label column"));
  block.set("thresholds", Value::List{"0.2", "half"});
  EXPECT_FALSE(block.run());
  EXPECT_THAT(block.problem(), HasSubstr("half"));
}

TEST_F(PictureTable, LinesOfOnePictureAddTheirLabels) {
  table("path,crack,dark\nimages/cell1.png,0,0\nimages/cell1.png,0,1\nimages/cell2.png,1,0\nimages/cell2.png,0,0\n");
  block.set("labels", "flags").set("label_columns", Value::List{"crack", "dark"});
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(labelOf("images/cell1.png"), "dark");
  EXPECT_EQ(labelOf("images/cell2.png"), "crack");
  for (const auto* name : {"images/cell1.png", "images/cell2.png"}) EXPECT_EQ(items().at(name).annotations.size(), 1u);
}

TEST_F(PictureTable, ReadsPartsAndRefusesUnknownOnes) {
  table("path,label,part\nimages/cell1.png,a,Train\nimages/cell2.png,b,val\nimages/cell3.png,b,test\nimages/cell4.png,b,\n");
  block.set("split_column", "part");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(items().at("images/cell1.png").split, Split::Train);
  EXPECT_EQ(items().at("images/cell2.png").split, Split::Validation);
  EXPECT_EQ(items().at("images/cell3.png").split, Split::Test);
  EXPECT_EQ(items().at("images/cell4.png").split, Split::None);
  table("path,label,part\nimages/cell1.png,a,holdout\n");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "table.part");
  EXPECT_THAT(block.problem(), HasSubstr("holdout"));
}

TEST_F(PictureTable, AnUnknownColumnNamesTheNearest) {
  table("path,label,patient\nimages/cell1.png,a,7\n");
  block.set("group_column", "pateint");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "table.column");
  EXPECT_THAT(block.problem(), HasSubstr("Did you mean \"patient\""));
  block.set("group_column", "9");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "table.column");
}

TEST_F(PictureTable, AMissingPictureIsListed) {
  table("images/cell1.png,a\nimages/gone.png,b\n");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(data().size(), 1u);
  const auto info = data().info();
  ASSERT_THAT(info.skipped.asList(), SizeIs(1));
  EXPECT_EQ(info.skipped.asList()[0]["path"].asText(), "images/gone.png");
  EXPECT_THAT(render(textFromValue(info.skipped.asList()[0]["cause"])), ::testing::Not(HasSubstr(block.folder().string())));
}

TEST_F(PictureTable, AFolderThatHasNoneOfTheNamedPicturesIsSaid) {
  table("file,class\nelsewhere/1.png,ok\nelsewhere/2.png,bad\n");
  ASSERT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::NotFound);
  EXPECT_EQ(block.error()->code, "folder.none_found");
  EXPECT_THAT(block.problem(), HasSubstr("elsewhere/1.png"));
}

TEST_F(PictureTable, RefusesNumbersThatAreNone) {
  for (const auto* bad : {"maybe", "1.5", "-0.1", "nan", "inf", "0.5x"}) {
    table(std::string{"images/cell1.png,"} + bad + "\n");
    block.set("labels", "probability").set("classes", Value::List{"no", "yes"}).set("header", "no");
    EXPECT_FALSE(block.run()) << bad;
    EXPECT_EQ(block.error()->code, "table.number") << bad;
  }
  table("images/cell1.png,0.2\n");
  block.set("classes", Value::List{"only one"});
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "table.two_classes");
}

TEST_F(PictureTable, APictureThatStandsThereTwice) {
  table("images/cell1.png,a\n./images/cell1.png,a\nimages/cell2.png,b\n");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(data().size(), 2u);
  table("images/cell1.png,a\nimages/cell1.png,b\n");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "table.twice");
}

TEST_F(PictureTable, SaysWhatIsWrongWithTheTable) {
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::NotFound);
  table("");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "table.empty");
  table("images/cell1.png,\"a\nimages/cell2.png,b\n");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "csv.quote");
  EXPECT_THAT(block.problem(), HasSubstr("line 1"));
  table("images/cell1.png,a\n");
  block.set("classes", Value::List{"b", "c"});
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "table.class");
}

TEST_F(PictureTable, PicturesAddedLaterComeAlongAndCorrectLabels) {
  table("images/cell1.png,good\nimages/cell2.png,bad\n");
  block.set("extra", "added");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(data().size(), 2u);
  writeFile(block.folder() / "added/odd/new.png", drawPng(2, 70, 16, 16));
  writeFile(block.folder() / "added/good/known.png", drawPng(0, 2, 16, 16));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(data().info().classes, ElementsAre("bad", "good", "odd"));
  EXPECT_EQ(data().size(), 3u);
  EXPECT_EQ(labelOf("images/cell2.png"), "good");
  EXPECT_EQ(labelOf("added/odd/new.png"), "odd");
}

}  // namespace
}  // namespace patchbay::testing
