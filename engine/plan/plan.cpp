// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/plan.h"

#include <algorithm>

namespace patchbay {
namespace {

Value texts(const std::vector<std::string>& v) { return Value::List(v.begin(), v.end()); }

std::vector<std::string> textsFrom(const Value& v) {
  std::vector<std::string> out;
  for (const auto& x : v.asList()) out.push_back(x.asText());
  return out;
}

Value toValue(const Step& s) {
  Value inputs{Value::List{}};
  for (const auto& i : s.inputs) inputs.push(Value::Map{{"port", i.port}, {"from", i.from.text}, {"from_port", i.fromPort}});
  Value out{Value::Map{{"id", s.id.text},
                       {"node", s.node.text},
                       {"name", s.name},
                       {"title", s.title},
                       {"type", s.type},
                       {"params", s.params},
                       {"inputs", std::move(inputs)},
                       {"info", patchbay::toValue(s.info)},
                       {"outputs", texts(s.outputs)},
                       {"seed", static_cast<std::int64_t>(s.seed)},
                       {"not_in_key", texts(s.notInKey)}}};
  for (const auto& [axis, value] : s.loop) out["loop"][axis] = value;
  return out;
}

Result<Step> stepFrom(const Value& v) {
  Step s;
  s.id.text = v["id"].asText();
  s.node.text = v["node"].asText();
  s.name = v["name"].asText();
  s.title = v["title"].asText();
  s.type = v["type"].asText();
  s.params = v["params"];
  for (const auto& i : v["inputs"].asList()) s.inputs.push_back({i["port"].asText(), {i["from"].asText()}, i["from_port"].asText()});
  for (const auto& [axis, value] : v["loop"].asMap()) s.loop.emplace(axis, value);
  PB_TRY(s.info, blockInfoFromValue(v["info"]));
  s.outputs = textsFrom(v["outputs"]);
  s.seed = static_cast<std::uint64_t>(v["seed"].asInt());
  s.notInKey = textsFrom(v["not_in_key"]);
  return s;
}

}  // namespace

const Step* Plan::find(const StepId& id) const {
  const auto it = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.id == id; });
  return it == steps.end() ? nullptr : &*it;
}

Value toValue(const Plan& plan) {
  Value steps{Value::List{}}, skipped{Value::List{}};
  for (const auto& s : plan.steps) steps.push(toValue(s));
  for (const auto& s : plan.skipped) skipped.push(Value::Map{{"node", s.node.text}, {"name", s.name}, {"muted", s.muted}});
  return Value::Map{{"pipeline", plan.pipelineId},   {"title", plan.title},       {"steps", std::move(steps)},
                    {"skipped", std::move(skipped)}, {"document", plan.document}, {"seed", static_cast<std::int64_t>(plan.seed)},
                    {"device", plan.device},         {"threads", plan.threads},   {"on", plan.on}};
}

Result<Plan> planFromValue(const Value& value) {
  if (!value["steps"].isList()) {
    return fail(ErrorKind::Corrupt, "plan.invalid", TR("plan", "A stored plan cannot be read."),
                TR("plan", "Run the pipeline again; it is then planned anew."));
  }
  Plan plan;
  plan.pipelineId = value["pipeline"].asText();
  plan.title = value["title"].asText();
  for (const auto& s : value["steps"].asList()) {
    PB_TRY(auto step, stepFrom(s));
    plan.steps.push_back(std::move(step));
  }
  for (const auto& s : value["skipped"].asList()) plan.skipped.push_back({{s["node"].asText()}, s["name"].asText(), s["muted"].asBool()});
  plan.document = value["document"];
  plan.seed = static_cast<std::uint64_t>(value["seed"].asInt());
  plan.device = value["device"].asText();
  plan.threads = static_cast<int>(value["threads"].asInt());
  plan.on = value["on"].asText();
  return plan;
}

}  // namespace patchbay
