// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/block/abi.h"
#include "engine/block/block.h"

namespace patchbay {
namespace {

using testing::HasSubstr;

struct TestPort {
  using type = std::string;
  static constexpr PortType port{"text", 2};
  static Result<type> load(ObjectReader&, const PortValue& v) { return v.meta.asText(); }
  static Result<PortValue> save(ObjectWriter&, const type& v) { return PortValue{"text", 2, v, {}}; }
};

enum class Method { Head, Full };

struct Toy final : Block {
  In<TestPort> data{this, {.key = "data", .label = TR("b", "Data"), .help = TR("b", "h")}};
  InList<TestPort> more{this, {.key = "more", .label = TR("b", "More"), .help = TR("b", "h"), .minLinks = 2}};
  Out<TestPort> result{this, {.key = "result", .label = TR("b", "Result"), .help = TR("b", "h")}};
  Param<double> rate{this,
                     {.key = "learning_rate",
                      .label = TR("b", "Learning rate"),
                      .help = TR("b", "h"),
                      .def = .001,
                      .min = 0,
                      .max = 1,
                      .softMax = .1,
                      .scale = Scale::Log}};
  Param<std::int64_t> epochs{this,
                             {.key = "epochs", .label = TR("b", "Epochs"), .help = TR("b", "h"), .def = 10, .min = 1, .unit = Unit::Epoch}};
  Param<Method> method{this,
                       {.key = "method",
                        .label = TR("b", "Method"),
                        .help = TR("b", "h"),
                        .def = Method::Full,
                        .choices = {{Method::Head, "head", TR("b", "Head only")}, {Method::Full, "full", TR("b", "Everything")}}}};
  Param<FolderPath> folder{this, {.key = "folder", .label = TR("b", "Folder"), .help = TR("b", "h"), .required = true}};
  Param<ClassNames> classes{
      this, {.key = "classes", .label = TR("b", "Classes"), .help = TR("b", "h"), .visibleIf = {{"method", {"head"}}}, .required = true}};
  Param<bool> quick{this, {.key = "quick", .label = TR("b", "Quick"), .help = TR("b", "h"), .affectsResult = false}};
  Param<DeviceName> device{this, {.key = "device", .label = TR("b", "Device"), .help = TR("b", "h"), .def = {"auto"}}};
  Result<> run(RunContext&) const override { return {}; }
};

Schema toySchema() {
  const Toy toy;
  return {{.id = "test.toy",
           .version = 3,
           .title = TR("b", "Toy"),
           .summary = TR("b", "s"),
           .category = Category::Train,
           .needs = {.cores = 0, .memoryMb = 12, .gpu = GpuNeed::Optional},
           .effects = Effects::ReadsFiles,
           .determinism = Determinism::Seeded,
           .cacheEpoch = 4,
           .itemWise = true,
           .floating = true},
          toy.paramInfos(),
          toy.portInfos()};
}

TEST(Schema, TravelsAsJsonWithoutLosingAnything) {
  const auto schema = toySchema();
  const auto json = toJson(toValue(schema));
  const auto parsed = parseJson(json);
  ASSERT_TRUE(parsed);
  const auto back = schemaFromValue(*parsed);
  ASSERT_TRUE(back) << describe(back.error());
  EXPECT_EQ(toJson(toValue(*back)), json);
  EXPECT_EQ(back->info.cacheEpoch, 4);
  EXPECT_EQ(back->info.needs.gpu, GpuNeed::Optional);
  ASSERT_TRUE(back->param("learning_rate"));
  EXPECT_EQ(back->param("learning_rate")->scale, Scale::Log);
  EXPECT_EQ(*back->param("learning_rate")->softMax, .1);
  EXPECT_FALSE(back->param("quick")->affectsResult);
  EXPECT_EQ(back->param("classes")->visibleIf.at(0).values.at(0).asText(), "head");
  EXPECT_EQ(back->input("more")->minLinks, 2);
  EXPECT_FALSE(back->input("result"));
  EXPECT_EQ(back->output("result")->typeVersion, 2);
}

TEST(Schema, RefusesAnotherVersionsEnumNames) {
  auto value = toValue(toySchema());
  value["determinism"] = "quantum";
  const auto back = schemaFromValue(value);
  ASSERT_FALSE(back);
  EXPECT_THAT(describe(back.error()), HasSubstr("quantum"));
}

TEST(Params, FillsDefaultsAndConvertsNumbersToTheirKind) {
  std::vector<ParamProblem> problems;
  const auto given = parseJson(R"({"epochs": 2e1, "learning_rate": 1, "folder": "pictures"})");
  const auto out = normaliseParams(toySchema(), *given, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(toJson(out),
            R"({"classes":[],"device":"auto","epochs":20,"folder":"pictures","learning_rate":1.0,"method":"full","quick":false})");
  Toy toy;
  toy.setParams(out);
  EXPECT_EQ(*toy.epochs, 20);
  EXPECT_EQ(*toy.method, Method::Full);
  EXPECT_EQ((*toy.folder).path, "pictures");
}

TEST(Params, ReportsEveryProblemAtOnceWithTheNextAction) {
  std::vector<ParamProblem> problems;
  const auto given =
      parseJson(R"({"lerning_rate": 1, "epochs": 0, "method": "hed", "quick": "yes", "device": "tpu", "learning_rate": 1e-400})");
  normaliseParams(toySchema(), *given, problems);
  std::map<std::string, std::string> said;
  for (const auto& p : problems) said[p.param] = render(p.cause) + " " + render(p.hint);
  EXPECT_EQ(said.size(), 6u);  // 1e-400 reads as zero, which is in range
  EXPECT_THAT(said["lerning_rate"], HasSubstr("Did you mean \"learning_rate\"?"));
  EXPECT_THAT(said["epochs"], HasSubstr("Choose 1 or more."));
  EXPECT_THAT(said["method"], HasSubstr("Did you mean \"head\"?"));
  EXPECT_THAT(said["quick"], HasSubstr("true or false"));
  EXPECT_THAT(said["device"], HasSubstr("cuda:0"));
  EXPECT_THAT(said["folder"], HasSubstr("Folder is not set."));
}

TEST(Params, AsksForWhatIsRequiredOnlyWhileItIsShown) {
  std::vector<ParamProblem> problems;
  const auto schema = toySchema();
  normaliseParams(schema, Value::Map{{"folder", "x"}, {"method", "head"}}, problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].param, "classes");
  EXPECT_FALSE(isVisible(*schema.param("classes"), Value::Map{{"method", "full"}}));
}

TEST(Params, KeepsPathsThatAreNotUtf8AndRefusesNul) {
  std::vector<ParamProblem> problems;
  const auto schema = toySchema();
  const auto path = pathToValue("caf\xe9");
  EXPECT_EQ(normaliseParam(*schema.param("folder"), path, problems), path);
  EXPECT_TRUE(problems.empty());
  normaliseParam(*schema.param("folder"), std::string{"a\0b", 3}, problems);
  EXPECT_EQ(problems.size(), 1u);
}

TEST(Params, ReadsWhatIsTypedOnACommandLine) {
  const auto schema = toySchema();
  const auto parse = [&](const char* key, std::string_view text) { return parseParam(*schema.param(key), text); };
  EXPECT_EQ(parse("learning_rate", "1e-4")->asDouble(), 1e-4);
  EXPECT_EQ(parse("epochs", "7")->asInt(), 7);
  EXPECT_EQ(parse("quick", "on")->asBool(), true);
  EXPECT_EQ(toJson(*parse("classes", "ok,cracked")), R"(["ok","cracked"])");
  EXPECT_EQ(toJson(*parse("classes", R"(["a,b"])")), R"(["a,b"])");
  EXPECT_EQ(parse("folder", "12")->asText(), "12");
  EXPECT_EQ(*parse("folder", "caf\xe9"), pathToValue("caf\xe9"));
  for (const auto& [key, text] : {std::pair{"epochs", "many"},
                                  {"epochs", "1.5"},
                                  {"learning_rate", "2"},
                                  {"learning_rate", ""},
                                  {"epochs", "null"},
                                  {"quick", "maybe"},
                                  {"method", "all"},
                                  {"classes", "a,a"},
                                  {"device", "cuda:x"},
                                  {"learning_rate", "\xff"}}) {
    const auto bad = parse(key, text);
    ASSERT_FALSE(bad) << key << " " << text;
    EXPECT_EQ(bad.error().kind, ErrorKind::Usage);
    EXPECT_FALSE(bad.error().hint.empty());
  }
}

TEST(Nearest, FindsTyposSwapsAndPartsButNothingFarAway) {
  const std::vector<std::string> words{"learning_rate", "epochs", "patchbay.data.picture_folder"};
  EXPECT_EQ(nearest("lerning_rate", words), "learning_rate");
  EXPECT_EQ(nearest("Learning-Rate", words), "learning_rate");
  EXPECT_EQ(nearest("epcohs", words), "epochs");
  EXPECT_EQ(nearest("picture_folder", words), "patchbay.data.picture_folder");
  EXPECT_EQ(nearest("momentum", words), "");
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(nearest("x", {"y"}), "");
  EXPECT_EQ(nearest("fold", {"my_fold_one", "fold_b_long_name"}), "") << "two fit equally well";
}

TEST(PortValueTest, IsCanonicalAndRefusesDamage) {
  PortValue v{"model", 1, Value::Map{{"classes", 2}}, {{"weights", digestOf("w")}, {"net", digestOf("n")}}};
  const auto back = PortValue::parse(v.toJson());
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, v);
  EXPECT_EQ(back->digest(), v.digest());
  v.meta["classes"] = 3;
  EXPECT_NE(back->digest(), v.digest());
  for (const char* bad :
       {"", "[]", "{}", R"({"type":"model"})", R"({"type":"model","version":0})", R"({"type":"m","version":1,"parts":{"a":"zz"}})"})
    EXPECT_EQ(PortValue::parse(bad).error().kind, ErrorKind::Corrupt) << bad;
}

TEST(Abi, IsTheValueAPackCompilesIn) {
  EXPECT_STREQ(patchbayAbi(), PATCHBAY_ABI);
  EXPECT_EQ(std::string_view{patchbayAbi()}.size(), 64u);
}

}  // namespace
}  // namespace patchbay
