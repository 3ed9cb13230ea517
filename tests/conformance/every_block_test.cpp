// SPDX-License-Identifier: Apache-2.0
// Over every block the worker knows, built-in ones and the toys: what its declaration must keep.
#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "engine/block/schema.h"
#include "tests/support/run_program.h"
#include "tests/support/toy_pack.h"

namespace patchbay::testing {
namespace {

/// The catalogue as a client gets it.
class EveryBlock : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto worker = runProgram({workerProgram(), "catalogue", "--packs", allowToyPack(folder().path())});
    ASSERT_EQ(worker.code, 0) << worker.err;
    const auto value = parseJson(worker.out);
    ASSERT_TRUE(value) << "nothing but the catalogue may be on stdout";
    catalogue() = *value;
    for (const auto& one : (*value)["blocks"].asList()) {
      auto schema = schemaFromValue(one);
      ASSERT_TRUE(schema) << describe(schema.error()) << toJson(one);
      schemas().push_back(std::move(*schema));
    }
  }
  static TempFolder& folder() {
    static TempFolder folder;
    return folder;
  }
  static Value& catalogue() {
    static Value value;
    return value;
  }
  static std::vector<Schema>& schemas() {
    static std::vector<Schema> all;
    return all;
  }
};

/// A sentence as people read it: begins with a capital or a digit, has no space at its ends.
void expectReadable(const Text& text, std::string_view what) {
  EXPECT_FALSE(text.empty()) << what << " is missing";
  EXPECT_FALSE(text.context.empty()) << what << " cannot be translated";
  if (text.empty()) return;
  EXPECT_FALSE(text.source.front() == ' ' || text.source.back() == ' ') << what;
}

TEST_F(EveryBlock, IsLoadedWithoutAProblem) {
  EXPECT_TRUE(catalogue()["problems"].asList().empty()) << toJson(catalogue()["problems"]);
  EXPECT_GE(schemas().size(), 6u);
  std::set<std::string> ids;
  for (const auto& schema : schemas()) EXPECT_TRUE(ids.insert(schema.info.id).second) << schema.info.id << " is there twice";
  EXPECT_EQ(catalogue()["abi"].asText().size(), 64u);
  for (const auto& pack : catalogue()["packs"].asList()) EXPECT_EQ(pack["digest"].asText().size(), 64u);
}

TEST_F(EveryBlock, DocumentsItselfItsParametersAndItsPorts) {
  for (const auto& schema : schemas()) {
    SCOPED_TRACE(schema.info.id);
    expectReadable(schema.info.title, "title");
    expectReadable(schema.info.summary, "summary");
    for (const auto& p : schema.params) {
      expectReadable(p.label, "label of " + p.key);
      expectReadable(p.help, "help of " + p.key);
      for (const auto& choice : p.choices) expectReadable(choice.label, "label of " + p.key + "=" + choice.key);
    }
    for (const auto& port : schema.ports) {
      expectReadable(port.label, "label of " + port.key);
      expectReadable(port.help, "help of " + port.key);
    }
  }
}

TEST_F(EveryBlock, HasUniqueKeysOfOneForm) {
  const auto wellFormed = [](const std::string& key) {
    return !key.empty() && key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos && !std::isdigit(key[0]);
  };
  for (const auto& schema : schemas()) {
    SCOPED_TRACE(schema.info.id);
    EXPECT_NE(schema.info.id.find('.'), std::string::npos);
    std::set<std::string> keys;
    for (const auto& p : schema.params) {
      EXPECT_TRUE(wellFormed(p.key)) << p.key;
      EXPECT_TRUE(keys.insert(p.key).second) << p.key;
    }
    std::set<std::pair<bool, std::string>> ports;
    for (const auto& port : schema.ports) {
      EXPECT_TRUE(wellFormed(port.key)) << port.key;
      EXPECT_TRUE(ports.insert({port.input, port.key}).second) << port.key;
    }
  }
}

TEST_F(EveryBlock, HasDefaultsThatAreInRange) {
  for (const auto& schema : schemas()) {
    SCOPED_TRACE(schema.info.id);
    for (const auto& p : schema.params) {
      SCOPED_TRACE(p.key);
      // "Must not be empty" has no default that would do; everything else holds for it too.
      auto info = p;
      info.required = false;
      std::vector<ParamProblem> problems;
      EXPECT_EQ(normaliseParam(info, p.def, problems), p.def) << "the default is not in its normal form";
      EXPECT_TRUE(problems.empty()) << render(problems[0].cause);
      if (p.min && p.max) {
        EXPECT_LE(*p.min, *p.max);
      }
      if (p.softMin && p.min) {
        EXPECT_GE(*p.softMin, *p.min);
      }
      if (p.softMax && p.max) {
        EXPECT_LE(*p.softMax, *p.max);
      }
      EXPECT_EQ(p.kind == ParamKind::Choice, !p.choices.empty());
    }
  }
}

TEST_F(EveryBlock, SpeaksOfParametersThatExistInItsConditions) {
  for (const auto& schema : schemas())
    for (const auto& p : schema.params)
      for (const auto* conditions : {&p.visibleIf, &p.enabledIf})
        for (const auto& condition : *conditions) {
          const auto* other = schema.param(condition.param);
          ASSERT_NE(other, nullptr) << schema.info.id << "." << p.key << " depends on " << condition.param;
          EXPECT_FALSE(condition.values.empty());
          for (const auto& value : condition.values) {
            std::vector<ParamProblem> problems;
            normaliseParam(*other, value, problems);
            EXPECT_TRUE(problems.empty()) << schema.info.id << "." << p.key << ": " << condition.param << " can never be " << toJson(value);
          }
        }
}

TEST_F(EveryBlock, SurvivesTheRoundTripThroughJson) {
  for (const auto& schema : schemas()) {
    const auto once = toJson(toValue(schema));
    const auto back = schemaFromValue(*parseJson(once));
    ASSERT_TRUE(back) << schema.info.id;
    EXPECT_EQ(toJson(toValue(*back)), once) << schema.info.id;
  }
}

TEST_F(EveryBlock, NormalisesItsDefaultsAndRefusesAnUnknownKey) {
  for (const auto& schema : schemas()) {
    SCOPED_TRACE(schema.info.id);
    std::vector<ParamProblem> problems;
    const auto defaults = normaliseParams(schema, Value{Value::Map{}}, problems);
    EXPECT_EQ(defaults.asMap().size(), schema.params.size());
    for (const auto& problem : problems) {
      const auto* p = schema.param(problem.param);
      EXPECT_TRUE(p && p->required) << render(problem.cause);
      EXPECT_FALSE(problem.hint.empty());
    }
    std::vector<ParamProblem> again;
    EXPECT_EQ(normaliseParams(schema, defaults, again), defaults) << "normal form is a fixed point";
    std::vector<ParamProblem> unknown;
    normaliseParams(schema, Value{Value::Map{{"no_such_key", 1}}}, unknown);
    const bool told = std::ranges::any_of(unknown, [](const auto& p) { return p.param == "no_such_key"; });
    EXPECT_TRUE(told);
  }
}

TEST_F(EveryBlock, MigratesFromEveryOlderVersion) {
  Value requests{Value::List{}};
  for (const auto& schema : schemas())
    for (int from = 1; from <= schema.info.version; ++from)
      requests.push(Value::Map{{"type", schema.info.id}, {"from", from}, {"params", Value::Map{}}});
  const auto worker = runProgram({workerProgram(), "migrate", "--packs", allowToyPack(folder().path())}, toJson(requests));
  ASSERT_EQ(worker.code, 0) << worker.err;
  const auto answers = parseJson(worker.out);
  ASSERT_TRUE(answers);
  ASSERT_EQ(answers->asList().size(), requests.asList().size());
  for (std::size_t i = 0; i < requests.asList().size(); ++i) {
    const auto& request = requests.asList()[i];
    const auto& answer = answers->asList()[i];
    SCOPED_TRACE(toJson(request));
    ASSERT_TRUE(answer["params"].isMap()) << toJson(answer);
    const auto schema = std::ranges::find_if(schemas(), [&](const auto& s) { return s.info.id == request["type"].asText(); });
    std::vector<ParamProblem> problems;
    normaliseParams(*schema, answer["params"], problems);
    for (const auto& problem : problems)
      EXPECT_TRUE(schema->param(problem.param) && schema->param(problem.param)->required) << problem.param;
  }
}

}  // namespace
}  // namespace patchbay::testing
