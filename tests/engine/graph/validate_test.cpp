// SPDX-License-Identifier: Apache-2.0
#include "engine/graph/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_blocks.h"

namespace patchbay {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> said(const std::vector<Problem>& problems) {
  std::vector<std::string> out;
  for (const auto& p : problems) out.push_back(std::string{toString(p.severity)} + " " + p.code + " " + describe(p));
  return out;
}
std::vector<std::string> check(const Document& d) { return said(validate(d, test::catalogue())); }

TEST(Validate, FindsNothingWrongWithGoodPipelines) {
  EXPECT_THAT(check(test::chain()), IsEmpty());
  EXPECT_THAT(check(test::loops()), IsEmpty());
}

TEST(Validate, ReportsEveryProblemAtOnce) {
  auto d = test::chain();
  test::add(d, "odd", "test.prob");
  test::add(d, "late", "test.split", Value::Map{}, 9);
  test::add(d, "old", "test.probe", Value::Map{{"gone", 1}}, 1);
  (void)d.setParam({"probe"}, "rate", 5);
  (void)d.setParam({"probe"}, "epoch", 5);
  (void)d.clearParam({"folder"}, "folder");
  test::link(d, "folder.data", "probe.embedding");
  test::link(d, "split.spilt", "old.embedding");
  const auto all = check(d);
  EXPECT_THAT(all, Contains(HasSubstr("error param.value folder.folder: Folder is not set.")));
  EXPECT_THAT(
      all, Contains(HasSubstr("error param.value probe.rate: Learning rate is 5.0, which is out of range. Choose a value from 0 to 1.")));
  EXPECT_THAT(all, Contains(HasSubstr("Did you mean \"epochs\"?")));
  EXPECT_THAT(all, Contains(HasSubstr("error link.type probe.embedding: Embedding takes embedding, but \"folder\" delivers dataset.")));
  EXPECT_THAT(all, Contains(HasSubstr("error input.several probe.embedding")));
  EXPECT_THAT(all,
              Contains(HasSubstr("error block.unknown odd: The block type \"test.prob\" is not installed. Did you mean \"test.probe\"?")));
  EXPECT_THAT(all, Contains(HasSubstr("error block.newer late")));
  EXPECT_THAT(all, Contains(HasSubstr("error input.missing late.data: The input Data is not linked.")));
  EXPECT_THAT(all, Contains(HasSubstr("info block.older old")));
  EXPECT_THAT(all, Contains(HasSubstr("error link.port split.spilt: Split has no output \"spilt\". Did you mean \"split\"?")));
}

TEST(Validate, NamesTheBlocksOfEachCycle) {
  auto d = Document::create("");
  for (const char* name : {"a", "b", "c", "x", "y", "after"}) test::add(d, name, "test.augment");
  for (const auto& [from, to] : {std::pair{"a", "b"}, {"b", "c"}, {"c", "a"}, {"x", "y"}, {"y", "x"}, {"c", "after"}})
    test::link(d, std::string{from} + ".out", std::string{to} + ".data");
  std::vector<std::string> cycles;
  for (const auto& p : validate(d, test::catalogue()))
    if (p.code == "graph.cycle") cycles.push_back(render(p.cause));
  EXPECT_THAT(cycles, ElementsAre(HasSubstr("a -> b -> c -> a"), HasSubstr("x -> y -> x")));
}

TEST(Validate, FindsEqualIdsAndNamesInFilesFromElsewhere) {
  const auto d = Document::parse(
      R"({"version":1,"nodes":[{"id":"a","name":"n","type":"test.compare"},{"id":"a","name":"n","type":"test.compare"},{"id":"b","name":"b d","type":"t"}]})");
  ASSERT_TRUE(d);
  const auto all = check(*d);
  EXPECT_THAT(all, Contains(HasSubstr("graph.id")));
  EXPECT_THAT(all, Contains(HasSubstr("Two blocks are called \"n\".")));
  EXPECT_THAT(all, Contains(HasSubstr("\"b d\" cannot be a name")));
}

TEST(Validate, CountsVariadicInputsAndLoopResults) {
  auto d = test::chain();
  test::add(d, "compare", "test.compare");
  test::link(d, "probe.report", "compare.reports");
  EXPECT_THAT(check(d), ElementsAre(HasSubstr("error input.few compare.reports: The input Reports needs 2 or more and has 1.")));
}

TEST(Validate, ExplainsLoopsThatCannotBe) {
  auto d = test::loops();
  auto g = d.groups()[0];
  g.axes[0].bind = {"spilt.seed", "folder.folder", "split.sed"};
  g.axes[1].values = {1};
  g.axes.push_back({"fold", {"a", "a"}, {}, {"split.fold"}, {}});
  (void)d.setGroup(g);
  (void)d.setGroup({"other", "Other", GroupKind::ForEach, {"probe", "compare"}, {}, {}});
  const auto all = check(d);
  EXPECT_THAT(all, Contains(HasSubstr("Did you mean the block \"split\"?")));
  EXPECT_THAT(all, Contains(HasSubstr("\"folder.folder\", but that block is outside the loop")));
  EXPECT_THAT(all, Contains(HasSubstr("Did you mean \"seed\"?")));
  EXPECT_THAT(all, Contains(HasSubstr("both values and a count")));
  EXPECT_THAT(all, Contains(HasSubstr("has the value a twice")));
  EXPECT_THAT(all, Contains(HasSubstr("\"split.fold\" is bound twice")));
  EXPECT_THAT(all, Contains(HasSubstr("Two axes around the same blocks are called \"fold\"")));
  EXPECT_THAT(all, Contains(HasSubstr("share some of their blocks")));
  EXPECT_THAT(all, Contains(HasSubstr("nothing to go through")));

  auto single = test::loops();
  test::add(single, "after", "test.probe", Value::Map{}, 2);
  test::link(single, "embed.embedding", "after.embedding");
  EXPECT_THAT(check(single), ElementsAre(HasSubstr("error loop.reduce after.embedding: \"embed\" is inside the loop \"Folds\"")));
}

TEST(Validate, LetsMutedBlocksBeWrong) {
  auto d = test::chain();
  (void)d.setMode({"split"}, NodeMode::Mute);
  (void)d.setParam({"split"}, "fold", -1);
  (void)d.setParam({"probe"}, "rate", "fast");
  const auto problems = validate(d, test::catalogue());
  EXPECT_FALSE(hasErrors(problems)) << describe(toError(problems));
  EXPECT_THAT(said(problems), Contains(HasSubstr("warning graph.muted embed: It does not run, because \"split\" is muted.")));
  EXPECT_THAT(said(problems), Contains(HasSubstr("warning param.value probe.rate")));
}

TEST(Validate, SaysWhatABypassedBlockDoesNotHandOn) {
  auto d = test::chain();
  (void)d.setMode({"embed"}, NodeMode::Bypass);
  EXPECT_THAT(
      check(d),
      ElementsAre(HasSubstr("error input.bypassed probe.embedding: The input Embedding gets nothing, because \"embed\" is bypassed.")));
}

TEST(Sets, SetParametersAndLoops) {
  auto d = test::loops();
  EXPECT_THAT(said(applySets(d, test::catalogue(), {"probe.rate=1e-2", "folder.folder=a=b", "folds.fold=2", "folds.seed=[1,2,3]"})),
              IsEmpty());
  EXPECT_EQ(d.node({"probe"})->params["rate"].asDouble(), .01);
  EXPECT_EQ(d.node({"folder"})->params["folder"].asText(), "a=b");
  EXPECT_EQ(d.groups()[0].axes[0].values.size(), 3u);
  EXPECT_EQ(d.groups()[0].axes[1].count, 2);
}

TEST(Sets, SayWhatWasMeant) {
  auto d = test::loops();
  const auto before = d.toJson();
  const auto all = said(applySets(
      d, test::catalogue(), {"prob.rate=1", "probe.rat=1", "probe.rate=2", "split.seed=1", "nonsense", "folds.fald=1", "folds.fold=x"}));
  EXPECT_THAT(
      all, ElementsAre(HasSubstr("Did you mean \"probe\"?"), HasSubstr("Did you mean \"rate\"?"), HasSubstr("Choose a value from 0 to 1"),
                       HasSubstr("--set folds.seed=[...]"), HasSubstr("--set name.param=value"), HasSubstr("Did you mean \"fold\"?"),
                       HasSubstr("neither a list nor a count")));
  EXPECT_EQ(d.toJson(), before);
}

TEST(Sets, TakeAnAxisAsAPlainList) {
  auto d = test::loops();
  EXPECT_THAT(said(applySets(d, test::catalogue(), {"folds.seed=3,5", "folds.fold=2,0"})), IsEmpty());
  EXPECT_EQ(d.groups()[0].axes[0].values, (Value::List{3, 5}));
  EXPECT_EQ(d.groups()[0].axes[1].values, (Value::List{2, 0}));
  EXPECT_FALSE(d.groups()[0].axes[1].count);
  auto models = d.groups()[0];
  models.axes.push_back({"model", {"lite0"}, {}, {"embed.model"}, {}});
  (void)d.setGroup(models);
  EXPECT_THAT(said(applySets(d, test::catalogue(), {"folds.model=lite0,lite1"})), IsEmpty());
  EXPECT_EQ(d.groups()[0].axes[2].values, (Value::List{"lite0", "lite1"}));
  EXPECT_THAT(said(applySets(d, test::catalogue(), {"folds.model=lite1"})), IsEmpty());
  EXPECT_EQ(d.groups()[0].axes[2].values, (Value::List{"lite1"}));
  const auto before = d.toJson();
  EXPECT_THAT(said(applySets(d, test::catalogue(), {"folds.seed=[3,5", "folds.seed=3,,5", "folds.seed=3,x"})),
              Each(HasSubstr("--set folds.seed=0,1,2")));
  EXPECT_EQ(d.toJson(), before);
}

TEST(Loops, ParametersThatVaryTogetherNeedAnEntryEach) {
  auto d = test::loops();
  auto folds = d.groups()[0];
  folds.axes = {{"pair", {Value::List{7, 0}, Value::List{8}, 9}, {}, {"split.seed", "split.fold"}, {}, true}};
  (void)d.setGroup(folds);
  auto problems = said(validate(d, test::catalogue()));
  EXPECT_THAT(problems, ElementsAre(AllOf(HasSubstr("Value 2"), HasSubstr("[8]"), HasSubstr("one entry for each bound parameter"))));
  // A value of the wrong kind is told at its parameter.
  folds.axes[0].values = {Value::List{7, 0}, Value::List{8, "x"}};
  (void)d.setGroup(folds);
  const auto found = validate(d, test::catalogue());
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].name, "split");
  EXPECT_EQ(found[0].param, "fold");
  folds.axes[0].values.clear();
  folds.axes[0].count = 3;
  (void)d.setGroup(folds);
  EXPECT_THAT(said(validate(d, test::catalogue())), Contains(HasSubstr("a count says nothing")));
  EXPECT_THAT(said(applySets(d, test::catalogue(), {"folds.pair=7,8"})), ElementsAre(HasSubstr("--set folds.pair=[[a,1],[b,2]]")));
}

TEST(Problems, TravelAsJson) {
  auto d = test::chain();
  (void)d.setParam({"probe"}, "rate", 5);
  const auto p = validate(d, test::catalogue()).at(0);
  EXPECT_EQ(toValue(problemFromValue(toValue(p))), toValue(p));
  EXPECT_EQ(toError({p}).kind, ErrorKind::InvalidPipeline);
}

TEST(CatalogueTest, TravelsAsJson) {
  const auto value = test::catalogue().toValue();
  const auto back = Catalogue::fromValue(value);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->toValue(), value);
  EXPECT_FALSE(Catalogue::fromValue(Value::List{}));
}

}  // namespace
}  // namespace patchbay
