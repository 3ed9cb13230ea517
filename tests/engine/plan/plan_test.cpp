// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>

#include "engine/plan/make_plan.h"
#include "tests/support/test_blocks.h"

namespace patchbay {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Catalogue& blocks() {
  static const auto catalogue = test::catalogue();
  return catalogue;
}

Plan planned(const Document& d, const PlanOptions& options = {}) {
  auto out = makePlan(d, blocks(), options);
  EXPECT_TRUE(out.plan) << describe(toError(out.problems));
  return out.plan ? std::move(*out.plan) : Plan{};
}

std::vector<std::string> names(const Plan& plan) {
  std::vector<std::string> out;
  for (const auto& s : plan.steps) out.push_back(s.name);
  return out;
}

std::vector<std::string> inputsOf(const Plan& plan, const std::string& step) {
  std::vector<std::string> out;
  for (const auto& i : plan.find({step})->inputs) out.push_back(i.port + "<-" + i.from.text + "." + i.fromPort);
  return out;
}

TEST(Plan, OrdersStepsByNeedAndThenByTheDocument) {
  auto d = Document::create("");
  test::add(d, "late", "test.split");
  test::add(d, "folder", "test.folder", Value::Map{{"folder", "p"}});
  test::add(d, "early", "test.split");
  test::link(d, "early.split", "late.data");
  test::link(d, "folder.data", "early.data");
  EXPECT_THAT(names(planned(d)), ElementsAre("folder", "early", "late"));
}

TEST(Plan, TravelsAsJson) {
  const auto value = toValue(planned(test::loops(), {.seed = 5, .device = "cpu", .threads = 2}));
  const auto back = planFromValue(*parseJson(toJson(value)));
  ASSERT_TRUE(back);
  EXPECT_EQ(toValue(*back), value);
  EXPECT_EQ(back->threads, 2);
  EXPECT_FALSE(planFromValue(Value::Map{}));
}

TEST(Plan, ExpandsLoopsWithTheFirstAxisSlowestAndReducesInOrder) {
  const auto plan = planned(test::loops());
  EXPECT_THAT(names(plan), ElementsAre("folder", "split[seed=7,fold=0]", "split[seed=7,fold=1]", "split[seed=7,fold=2]",
                                       "split[seed=8,fold=0]", "split[seed=8,fold=1]", "split[seed=8,fold=2]", "embed[seed=7,fold=0]",
                                       "embed[seed=7,fold=1]", "embed[seed=7,fold=2]", "embed[seed=8,fold=0]", "embed[seed=8,fold=1]",
                                       "embed[seed=8,fold=2]", "probe[seed=7,fold=0]", "probe[seed=7,fold=1]", "probe[seed=7,fold=2]",
                                       "probe[seed=8,fold=0]", "probe[seed=8,fold=1]", "probe[seed=8,fold=2]", "compare"));
  const auto* split = plan.find({"split[seed=8,fold=1]"});
  ASSERT_TRUE(split);
  EXPECT_EQ(toJson(split->params), R"({"fold":1,"seed":8})");
  EXPECT_EQ(split->loop.at("fold").asInt(), 1);
  EXPECT_THAT(inputsOf(plan, "split[seed=8,fold=1]"), ElementsAre("data<-folder.data"));
  EXPECT_THAT(inputsOf(plan, "probe[seed=7,fold=2]"), ElementsAre("embedding<-embed[seed=7,fold=2].embedding"));
  EXPECT_THAT(inputsOf(plan, "compare"), ElementsAre("reports<-probe[seed=7,fold=0].report", "reports<-probe[seed=7,fold=1].report",
                                                     "reports<-probe[seed=7,fold=2].report", "reports<-probe[seed=8,fold=0].report",
                                                     "reports<-probe[seed=8,fold=1].report", "reports<-probe[seed=8,fold=2].report"));
}

TEST(Plan, NestsLoops) {
  auto d = test::loops();
  test::add(d, "best", "test.compare");  // one per seed, over the models inside
  test::link(d, "probe.report", "best.reports");
  auto folds = d.groups()[0];
  folds.nodes = {"split", "models", "best"};
  folds.axes.pop_back();
  (void)d.setGroup(folds);
  Group models{"models", "", GroupKind::ForEach, {"embed", "probe"}, {}, {}};
  models.axes.push_back({"model", {"lite0", "lite1"}, {}, {"embed.model"}, {}});
  (void)d.setGroup(models);
  const auto plan = planned(d);
  EXPECT_THAT(inputsOf(plan, "embed[seed=8,model=lite1]"), ElementsAre("data<-split[seed=8].split"));
  EXPECT_EQ(plan.find({"embed[seed=8,model=lite1]"})->params["model"].asText(), "lite1");
  EXPECT_THAT(inputsOf(plan, "best[seed=8]"),
              ElementsAre("reports<-probe[seed=8,model=lite0].report", "reports<-probe[seed=8,model=lite1].report"));
  EXPECT_EQ(inputsOf(plan, "compare").size(), 4u);
}

TEST(Plan, AnAxisMayVarySeveralParametersTogether) {
  auto d = test::loops();
  auto folds = d.groups()[0];
  folds.axes = {{"run", {Value::List{7, "lite0"}, Value::List{8, "lite1"}}, {}, {"split.seed", "embed.model"}, {}, true},
                {"fold", {}, 2, {"split.fold"}, {}}};
  (void)d.setGroup(folds);
  const auto plan = planned(d);
  const auto* split = plan.find({"split[run=8+lite1,fold=1]"});
  const auto* embed = plan.find({"embed[run=8+lite1,fold=1]"});
  ASSERT_TRUE(split && embed);
  EXPECT_EQ(split->params["seed"].asInt(), 8);
  EXPECT_EQ(split->params["fold"].asInt(), 1);
  EXPECT_EQ(embed->params["model"].asText(), "lite1");
  EXPECT_EQ(plan.find({"embed[run=7+lite0,fold=0]"})->params["model"].asText(), "lite0");
  EXPECT_EQ(inputsOf(plan, "compare").size(), 4u);
}

TEST(Plan, TakesOnlyWhatIsAskedFor) {
  auto d = test::chain();
  test::add(d, "broken", "test.unknown");
  test::add(d, "loose", "test.probe", Value::Map{}, 2);
  EXPECT_FALSE(makePlan(d, blocks()).plan);
  EXPECT_THAT(names(planned(d, {.to = "embed"})), ElementsAre("folder", "split", "embed"));
  const auto missing = makePlan(d, blocks(), {.to = "embd"});
  ASSERT_FALSE(missing.plan);
  EXPECT_THAT(describe(missing.problems.front()), HasSubstr("Did you mean \"embed\"?"));
  const auto nothing = makePlan(d, blocks(), {.to = "zzz"});
  EXPECT_THAT(describe(nothing.problems.front()), HasSubstr("The blocks are: folder, split, embed, probe"));
}

TEST(Plan, AnIdThatStandsTwiceHidesNoProblemOfTheBlockAskedFor) {
  const auto d = Document::parse(R"({"version": 1, "nodes": [{"id": "a", "name": "first", "type": "test.split"},
                                                            {"id": "a", "name": "n", "type": "alien.block"}]})");
  ASSERT_TRUE(d);
  const auto out = makePlan(*d, blocks(), {.to = "n"});
  EXPECT_FALSE(out.plan);
  EXPECT_THAT(describe(toError(out.problems)), HasSubstr("have the id a"));
}

TEST(Plan, AppliesSetsToWhatRunsAndToTheDocumentItKeeps) {
  const auto plan = planned(test::chain(), {.sets = {"probe.rate=0.5"}});
  EXPECT_EQ(plan.find({"probe"})->params["rate"].asDouble(), .5);
  EXPECT_EQ(Document::fromValue(plan.document)->node({"probe"})->params["rate"].asDouble(), .5);
  EXPECT_FALSE(makePlan(test::chain(), blocks(), {.sets = {"probe.rate=5"}}).plan);
}

TEST(Plan, BypassHandsTheFirstInputOnAndMuteLeavesOut) {
  auto d = test::chain();
  test::add(d, "augment", "test.augment");
  test::add(d, "again", "test.augment");
  (void)d.removeLink({{"split"}, "split"}, {{"embed"}, "data"});
  test::link(d, "split.split", "augment.data");
  test::link(d, "augment.out", "again.data");
  test::link(d, "again.out", "embed.data");
  (void)d.setMode({"augment"}, NodeMode::Bypass);
  (void)d.setMode({"again"}, NodeMode::Bypass);
  const auto plan = planned(d);
  EXPECT_THAT(names(plan), ElementsAre("folder", "split", "embed", "probe"));
  EXPECT_THAT(inputsOf(plan, "embed"), ElementsAre("data<-split.split"));

  (void)d.setMode({"embed"}, NodeMode::Mute);
  const auto muted = planned(d);
  EXPECT_THAT(names(muted), ElementsAre("folder", "split"));
  ASSERT_EQ(muted.skipped.size(), 2u);
  EXPECT_TRUE(muted.skipped[0].muted);
  EXPECT_EQ(muted.skipped[1].name, "probe");
  EXPECT_FALSE(muted.skipped[1].muted);
  EXPECT_FALSE(makePlan(d, blocks(), {.to = "probe"}).plan);
}

TEST(Plan, MigratesOlderBlocksOrSaysThatItCannot) {
  auto d = test::chain();
  (void)d.setParams({"probe"}, Value::Map{{"lr", .25}}, 1);
  EXPECT_FALSE(makePlan(d, blocks()).plan);
  const auto plan = planned(d, {.migrator = [](const std::string& type, int from, const Value& params) -> Result<Value> {
                              EXPECT_EQ(type, "test.probe");
                              EXPECT_EQ(from, 1);
                              return Value::Map{{"rate", params["lr"]}};
                            }});
  EXPECT_EQ(plan.find({"probe"})->params["rate"].asDouble(), .25);
}

TEST(Seeds, AreStableDifferPerBlockAndPairTheArmsOfAComparison) {
  const auto plan = planned(test::loops()), other = planned(test::loops(), {.seed = 1});
  const auto seed = [](const Plan& p, const char* step) { return p.find({step})->seed; };
  EXPECT_EQ(seed(plan, "split[seed=8,fold=1]"), 8u) << "its own parameter";
  EXPECT_NE(seed(other, "split[seed=8,fold=1]"), 8u) << "--seed makes a replicate of everything";
  EXPECT_EQ(seed(plan, "probe[seed=7,fold=0]"), seed(plan, "probe[seed=7,fold=2]"));
  EXPECT_NE(seed(plan, "probe[seed=7,fold=0]"), seed(plan, "probe[seed=8,fold=0]"));
  EXPECT_NE(seed(plan, "probe[seed=7,fold=0]"), seed(other, "probe[seed=7,fold=0]"));
  EXPECT_EQ(seed(plan, "embed[seed=7,fold=0]"), 0u) << "not seeded";
  // Part of stored keys: another value would re-run every training.
  EXPECT_EQ(stepSeed(0, {"probe"}, Value::Map{}, {}), 1680744587130580u);
}

Value partsOf(const Plan& plan, const char* step, std::string_view data = "d") {
  return actionKeyParts(*plan.find({step}), {{"embedding", {digestOf(data)}}}, Value::Map{{"torch", "2.11"}}, Value::Map{{"a.png", "1"}});
}

TEST(Key, HoldsWhatDecidesTheResultAndNothingElse) {
  const auto plan = planned(test::chain());
  const auto parts = partsOf(plan, "probe");
  EXPECT_EQ(toJson(parts["params"]), R"({"epochs":10,"rate":0.001})") << "not show_curve";
  EXPECT_TRUE(parts.contains("seed"));
  EXPECT_FALSE(parts.contains("numerics"));
  EXPECT_TRUE(partsOf(plan, "embed").contains("numerics"));
  EXPECT_TRUE(partsOf(plan, "folder").contains("files"));

  auto d = test::chain();
  (void)d.setTitle({"probe"}, "Another title");
  (void)d.setPosition({"probe"}, 5, 6);
  (void)d.rename({"probe"}, "renamed");
  (void)d.setParam({"probe"}, "show_curve", false);
  (void)d.setParam({"probe"}, "epochs", Value::Literal{"1e1"});
  (void)d.addNode({.name = "sibling", .type = "test.embed", .mode = NodeMode::Mute});
  EXPECT_EQ(actionKey(partsOf(planned(d), "probe")), actionKey(parts));
  (void)d.setParam({"probe"}, "epochs", 11);
  EXPECT_NE(actionKey(partsOf(planned(d), "probe")), actionKey(parts));
}

std::vector<std::string> told(const std::vector<Text>& texts) {
  std::vector<std::string> out;
  for (const auto& t : texts) out.push_back(render(t));
  return out;
}

TEST(Explain, NamesTheParameterTheInputTheFile) {
  auto d = test::chain();
  const auto before = planned(d);
  (void)d.setParam({"probe"}, "rate", 1e-4);
  (void)d.setParam({"embed"}, "model", "lite1");
  const auto now = planned(d);
  const auto explain = [&](const char* step, const Value& was, const Value& is) {
    const auto* s = now.find({step});
    return told(explainChange(*blocks().find(s->type), was, is, inputSources(now, *s)));
  };
  EXPECT_THAT(explain("probe", partsOf(before, "probe"), partsOf(now, "probe", "e")),
              ElementsAre("Learning rate changed from 0.001 to 0.0001.", "The input Embedding changed (it comes from embed)."));
  EXPECT_THAT(explain("embed", partsOf(before, "embed"), partsOf(now, "embed")), ElementsAre("Model changed from Lite 0 to Lite 1."));
  EXPECT_THAT(explain("probe", Value{}, partsOf(now, "probe")), ElementsAre("It has not run yet."));
  EXPECT_THAT(explain("probe", partsOf(now, "probe"), partsOf(now, "probe")), IsEmpty());

  const auto files = [&](Value f) { return actionKeyParts(*now.find({"folder"}), {}, {}, f); };
  const auto was = files(Value::Map{{"a/b.png", "1"}, {"gone.png", "1"}});
  Value many{Value::Map{{"a/b.png", "2"}}};
  for (int i = 0; i < 12; ++i) many["new" + std::to_string(i)] = "1";
  EXPECT_THAT(explain("folder", was, files(many)),
              ElementsAre("The file a/b.png changed.", "12 files were added.", "The file gone.png was removed."));

  auto numerics = partsOf(now, "embed");
  numerics["numerics"]["torch"] = "2.12";
  numerics["epoch"] = 2;
  EXPECT_THAT(explain("embed", partsOf(now, "embed"), numerics),
              ElementsAre(HasSubstr("This version of the block"), "What it is computed with changed: torch was 2.11 and is 2.12."));
}

TEST(Scale, PlansAThousandBlocks) {
  auto value = Document::create("").toValue();
  const auto node = [&](int i, const char* type, Value params, int version) {
    const auto id = "n" + std::to_string(i);
    value["nodes"].push(Value::Map{{"id", id}, {"name", id}, {"type", type}, {"type_version", version}, {"params", std::move(params)}});
  };
  const auto wire = [&](int from, const char* out, int to, const char* in) {
    value["links"].push(
        Value::Map{{"from", Value::List{"n" + std::to_string(from), out}}, {"to", Value::List{"n" + std::to_string(to), in}}});
  };
  node(0, "test.folder", Value::Map{{"folder", "p"}}, 1);
  for (int i = 1; i < 1000; i += 3) {
    node(i, "test.split", Value::Map{{"fold", 1}}, 1);
    node(i + 1, "test.embed", Value::Map{{"model", "lite1"}}, 1);
    node(i + 2, "test.probe", Value::Map{{"rate", .01}, {"epochs", 3}}, 2);
    wire(i == 1 ? 0 : i - 3, i == 1 ? "data" : "split", i, "data");
    wire(i, "split", i + 1, "data");
    wire(i + 1, "embedding", i + 2, "embedding");
  }
  const auto document = Document::fromValue(value);
  ASSERT_TRUE(document);
  const auto start = std::chrono::steady_clock::now();
  const auto out = makePlan(*document, blocks());
  const auto ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  RecordProperty("milliseconds", std::to_string(ms));
  std::printf("validate and plan %zu blocks: %.1f ms\n", document->nodes().size(), ms);
  ASSERT_TRUE(out.plan);
  EXPECT_EQ(out.plan->steps.size(), 1000u);
}

TEST(Scale, RefusesLoopsThatWouldFillTheDisk) {
  auto d = test::loops();
  auto g = d.groups()[0];
  g.axes[0].values.clear();
  g.axes[0].count = 5000;
  g.axes[1].count = 5000;
  (void)d.setGroup(g);
  const auto out = makePlan(d, blocks());
  ASSERT_FALSE(out.plan);
  EXPECT_THAT(describe(toError(out.problems)), HasSubstr("10000 passes are the most"));
}

}  // namespace
}  // namespace patchbay
