// SPDX-License-Identifier: Apache-2.0
#include "engine/graph/problem.h"

#include <algorithm>

namespace patchbay {

std::string_view toString(Severity severity) {
  constexpr std::string_view names[] = {"error", "warning", "info"};
  return names[static_cast<std::size_t>(severity)];
}

Value toValue(const Problem& p) {
  Value out{Value::Map{{"severity", toString(p.severity)}, {"code", p.code}, {"cause", toValue(p.cause)}, {"hint", toValue(p.hint)}}};
  const auto text = [&](const char* key, const std::string& v) {
    if (!v.empty()) out[key] = v;
  };
  text("node", p.node.text);
  text("name", p.name);
  text("param", p.param);
  text("port", p.port);
  text("group", p.group);
  return out;
}

Problem problemFromValue(const Value& v) {
  Problem p;
  const auto& severity = v["severity"].asText();
  p.severity = severity == "info" ? Severity::Info : severity == "warning" ? Severity::Warning : Severity::Error;
  p.code = v["code"].asText();
  p.node.text = v["node"].asText();
  p.name = v["name"].asText();
  p.param = v["param"].asText();
  p.port = v["port"].asText();
  p.group = v["group"].asText();
  p.cause = textFromValue(v["cause"]);
  p.hint = textFromValue(v["hint"]);
  return p;
}

std::string describe(const Problem& p) {
  auto where = displayText(p.name.empty() ? p.group : p.name);
  if (!p.param.empty()) where += (where.empty() ? "" : ".") + displayText(p.param);
  if (p.param.empty() && !p.port.empty()) where += (where.empty() ? "" : ".") + displayText(p.port);
  return (where.empty() ? "" : where + ": ") + render(p.cause) + (p.hint.empty() ? "" : " " + render(p.hint));
}

bool hasErrors(const std::vector<Problem>& problems) {
  return std::any_of(problems.begin(), problems.end(), [](const Problem& p) { return p.severity == Severity::Error; });
}

Error toError(const std::vector<Problem>& problems) {
  const Problem* first = nullptr;
  std::int64_t errors = 0;
  for (const auto& p : problems) {
    if (p.severity != Severity::Error) continue;
    if (!first) first = &p;
    ++errors;
  }
  Error out{ErrorKind::InvalidPipeline, "graph.invalid", {}, {}, {}};
  if (!first) return out;
  out.code = first->code;
  out.where = first->name + (first->param.empty() ? "" : "." + first->param);
  out.cause = first->cause;
  out.hint =
      errors == 1
          ? first->hint
          : TR("graph", "{hint} {n} more problem(s): `patchbay check` lists all.").with("hint", render(first->hint)).count(errors - 1);
  return out;
}

}  // namespace patchbay
