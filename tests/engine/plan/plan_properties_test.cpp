// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "engine/plan/make_plan.h"
#include "tests/support/random_document.h"

namespace patchbay {
namespace {

const Catalogue& blocks() {
  static const auto catalogue = test::catalogue();
  return catalogue;
}

/// Step -> action key, with the key of an input standing for its content, so that a change reaches what follows.
std::map<std::string, Digest> keysOf(const Plan& plan) {
  std::map<std::string, Digest> out;
  for (const auto& step : plan.steps) {
    std::map<std::string, std::vector<Digest>> inputs;
    for (const auto& i : step.inputs) {
      RC_ASSERT(out.contains(i.from.text));  // every input comes before its use
      inputs[i.port].push_back(out.at(i.from.text));
    }
    out[step.id.text] = actionKey(actionKeyParts(step, inputs, Value{"numerics"}, Value{"files"}));
  }
  return out;
}

Plan planned(const Document& d) {
  auto out = makePlan(d, blocks());
  RC_ASSERT(out.plan.has_value());
  return std::move(*out.plan);
}

RC_GTEST_PROP(PlanProperty, IsDeterministicAndOrdersInputsFirst, ()) {
  const auto d = test::validDocument();
  const auto plan = planned(d);
  RC_ASSERT(toJson(toValue(plan)) == toJson(toValue(planned(*Document::parse(d.toJson())))));
  std::set<std::string> ids;
  for (const auto& s : plan.steps) RC_ASSERT(ids.insert(s.id.text).second);
  keysOf(plan);
}

RC_GTEST_PROP(PlanProperty, KeysIgnoreHowItLooks, ()) {
  auto d = test::validDocument();
  const auto before = keysOf(planned(d));
  for (const auto& n : std::vector<Node>(d.nodes())) {
    (void)d.setTitle(n.id, *rc::gen::element<std::string>("", "Title", "标题"));
    (void)d.setPosition(n.id, *rc::gen::inRange(-99, 99), 0);
    (void)d.rename(n.id, n.name + "_renamed");
  }
  d.title = "another";
  RC_ASSERT(keysOf(planned(d)) == before);
}

RC_GTEST_PROP(PlanProperty, AChangedParameterReachesExactlyWhatFollows, ()) {
  auto d = test::validDocument();
  const auto before = keysOf(planned(d));
  const auto changed = *rc::gen::elementOf(d.nodes());
  RC_PRE(changed.mode == NodeMode::Normal);
  const char* param = changed.type == "test.folder" ? "folder" : changed.type == "test.split" ? "fold" : "amount";
  (void)d.setParam(changed.id, param,
                   changed.type == "test.folder"  ? Value{"elsewhere"}
                   : changed.type == "test.split" ? Value{77}
                                                  : Value{77.5});
  std::set<std::string> reached{changed.id.text};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& l : d.links())
      if (reached.contains(l.from.node.text)) grew |= reached.insert(l.to.node.text).second;
  }
  const auto plan = planned(d);
  const auto now = keysOf(plan);
  RC_ASSERT(now.size() == before.size());
  for (const auto& s : plan.steps) RC_ASSERT((now.at(s.id.text) != before.at(s.id.text)) == reached.contains(s.node.text));
}

RC_GTEST_PROP(PlanProperty, EachParameterOfTheResultIsInTheKey, ()) {
  for (const auto& [id, schema] : blocks().blocks()) {
    Step step;
    step.type = id;
    step.info = schema.info;
    std::vector<ParamProblem> problems;
    step.params = normaliseParams(schema, {}, problems);
    for (const auto& p : schema.params)
      if (!p.affectsResult) step.notInKey.push_back(p.key);
    const auto key = actionKey(actionKeyParts(step, {}, {}, {}));
    for (const auto& p : schema.params) {
      auto other = step;
      other.params[p.key] = *rc::gen::suchThat(rc::gen::map(rc::gen::inRange(-1000, 1000), [](int v) { return Value{v + .25}; }),
                                               [&](const Value& v) { return v != step.params[p.key]; });
      RC_ASSERT((actionKey(actionKeyParts(other, {}, {}, {})) != key) == p.affectsResult);
    }
  }
}

RC_GTEST_PROP(PlanProperty, PlanningAnyFileEnds, ()) {
  const auto document = Document::fromValue(test::foreignFile());
  RC_ASSERT(document.has_value());
  const auto out = makePlan(*document, blocks(), {.to = *rc::gen::element<std::string>("", "n", "probe")});
  RC_ASSERT(out.plan.has_value() != hasErrors(out.problems));
}

}  // namespace
}  // namespace patchbay
