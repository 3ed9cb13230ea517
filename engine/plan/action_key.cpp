// SPDX-License-Identifier: Apache-2.0
// What decides whether a step's stored result can be used, and how a difference is told.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "engine/plan/plan.h"

namespace patchbay {
namespace {

/// A number as people write it: 0.0001, not 1e-04.
std::string plainNumber(double v) {
  char buffer[32];
  const bool fixed = v == 0 || (std::abs(v) >= 1e-6 && std::abs(v) < 1e9);
  const auto done =
      fixed ? std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::fixed) : std::to_chars(buffer, buffer + sizeof buffer, v);
  return {buffer, done.ptr};
}

/// A value in a sentence, short.
std::string shown(const Value& v) {
  if (v.isDouble()) return plainNumber(v.asDouble());
  auto text = v.isText()    ? displayText(v.asText())
              : v.isBytes() ? displayText(std::string{v.asBytes().begin(), v.asBytes().end()})
                            : toJson(v);
  if (text.empty()) return "empty";
  constexpr std::size_t limit = 80;
  if (text.size() <= limit) return text;
  std::size_t cut = limit;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;  // never within a character
  return text.substr(0, cut) + "...";
}

std::string shownParam(const ParamInfo* info, const Value& v) {
  if (info)
    for (const auto& c : info->choices)
      if (v.asText() == c.key && !c.label.empty()) return render(c.label);
  return shown(v);
}

/// Keys of either map, each once, in order.
std::set<std::string> keysOf(const Value& a, const Value& b) {
  std::set<std::string> out;
  for (const auto* v : {&a, &b})
    for (const auto& [key, value] : v->asMap()) out.insert(key);
  return out;
}

void explainParams(const Schema& schema, const Value& before, const Value& now, const ParamWords& words, std::vector<Text>& out) {
  for (const auto& key : keysOf(before, now)) {
    const auto *was = before.find(key), *is = now.find(key);
    if (was && is && *was == *is) continue;
    const auto* info = schema.param(key);
    const auto label = info && !info->label.empty() ? render(info->label) : key;
    if (auto own = was && is && info && words ? words(schema, *info, *was, *is) : Text{}; !own.empty()) out.push_back(std::move(own));
    else if (was && is)
      out.push_back(TR("plan", "{param} changed from {before} to {now}.")
                        .with("param", label)
                        .with("before", shownParam(info, *was))
                        .with("now", shownParam(info, *is)));
    else if (is)
      out.push_back(
          TR("plan", "{param} is new in this version of the block; it is {now}.").with("param", label).with("now", shownParam(info, *is)));
    else out.push_back(TR("plan", "{param} is gone; it was {before}.").with("param", label).with("before", shownParam(info, *was)));
  }
}

void explainInputs(const Schema& schema, const Value& before, const Value& now,
                   const std::map<std::string, std::vector<std::string>>& sources, std::vector<Text>& out) {
  for (const auto& key : keysOf(before, now)) {
    const auto &was = before[key].asList(), &is = now[key].asList();
    if (was == is) continue;
    const auto* port = schema.input(key);
    const auto label = port && !port->label.empty() ? render(port->label) : key;
    if (was.empty() || is.empty()) {
      out.push_back((was.empty() ? TR("plan", "The input {input} is now linked.") : TR("plan", "The input {input} is no longer linked."))
                        .with("input", label));
    } else if (was.size() != is.size()) {
      out.push_back(TR("plan", "The input {input} has {n} link(s) instead of {before}.")
                        .with("input", label)
                        .with("before", static_cast<std::int64_t>(was.size()))
                        .count(static_cast<std::int64_t>(is.size())));
    } else {
      // Only those that differ are to blame.
      std::string from;
      const auto it = sources.find(key);
      std::size_t named = 0, differing = 0;
      for (std::size_t i = 0; i < is.size(); ++i) {
        if (was[i] == is[i]) continue;
        ++differing;
        if (it == sources.end() || i >= it->second.size() || named == 3) continue;
        from += (named++ ? ", " : "") + displayText(it->second[i]);
      }
      if (named == 0) out.push_back(TR("plan", "The input {input} changed.").with("input", label));
      else if (named < differing)
        out.push_back(TR("plan", "The input {input} changed (it comes from {from} and {n} other block(s)).")
                          .with("input", label)
                          .with("from", from)
                          .count(static_cast<std::int64_t>(differing - named)));
      else out.push_back(TR("plan", "The input {input} changed (it comes from {from}).").with("input", label).with("from", from));
    }
  }
}

/// One file is named, several are counted.
void explainFiles(const Value& before, const Value& now, std::vector<Text>& out) {
  if (!before.isMap() || !now.isMap()) {
    if (before != now) out.push_back(TR("plan", "The files it reads changed."));
    return;
  }
  std::vector<std::string> added, removed, changed;
  for (const auto& [path, digest] : now.asMap()) {
    const auto* was = before.find(path);
    if (!was) added.push_back(path);
    else if (*was != digest) changed.push_back(path);
  }
  for (const auto& [path, digest] : before.asMap())
    if (!now.contains(path)) removed.push_back(path);
  const auto tell = [&](const std::vector<std::string>& paths, Text one, Text many) {
    if (paths.size() == 1) out.push_back(std::move(one).with("file", displayText(paths[0])));
    else if (!paths.empty()) out.push_back(std::move(many).count(static_cast<std::int64_t>(paths.size())));
  };
  tell(changed, TR("plan", "The file {file} changed."), TR("plan", "{n} files changed."));
  tell(added, TR("plan", "The file {file} was added."), TR("plan", "{n} files were added."));
  tell(removed, TR("plan", "The file {file} was removed."), TR("plan", "{n} files were removed."));
}

void explainNumerics(const Value& before, const Value& now, std::vector<Text>& out) {
  if (!before.isMap() || !now.isMap()) {
    if (before != now) out.push_back(TR("plan", "What it is computed with changed."));
    return;
  }
  for (const auto& key : keysOf(before, now))
    if (before[key] != now[key])
      out.push_back(TR("plan", "What it is computed with changed: {what} was {before} and is {now}.")
                        .with("what", key)
                        .with("before", shown(before[key]))
                        .with("now", shown(now[key])));
}

}  // namespace

Value actionKeyParts(const Step& step, const std::map<std::string, std::vector<Digest>>& inputs, const Value& numerics,
                     const Value& files) {
  auto params = step.params;
  for (const auto& key : step.notInKey) params.map().erase(key);
  Value ports{Value::Map{}};
  for (const auto& [port, digests] : inputs) {
    Value list{Value::List{}};
    for (const auto& d : digests) list.push(d.hex());
    ports[port] = std::move(list);
  }
  Value out{Value::Map{{"type", step.type}, {"epoch", step.info.cacheEpoch}, {"params", std::move(params)}, {"inputs", std::move(ports)}}};
  if (step.info.determinism == Determinism::Seeded) out["seed"] = static_cast<std::int64_t>(step.seed);
  if (step.info.floating) out["numerics"] = numerics;
  if (step.info.effects == Effects::ReadsFiles) out["files"] = files;
  return out;
}

Digest actionKey(const Value& parts) { return digestOf(toJson(parts)); }

std::map<std::string, std::vector<std::string>> inputSources(const Plan& plan, const Step& step) {
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& input : step.inputs) {
    const auto* from = plan.find(input.from);
    out[input.port].push_back(from ? from->name : input.from.text);
  }
  return out;
}

std::vector<Text> explainChange(const Schema& schema, const Value& before, const Value& now,
                                const std::map<std::string, std::vector<std::string>>& sources, const ParamWords& words) {
  std::vector<Text> out;
  if (before == now) return out;
  if (!before.isMap()) {
    out.push_back(TR("plan", "It has not run yet."));
    return out;
  }
  if (before["type"] != now["type"]) {
    out.push_back(TR("plan", "It was another block ({before}).").with("before", shown(before["type"])));
    return out;
  }
  if (before["epoch"] != now["epoch"]) out.push_back(TR("plan", "This version of the block computes something else than the one before."));
  explainParams(schema, before["params"], now["params"], words, out);
  explainInputs(schema, before["inputs"], now["inputs"], sources, out);
  explainFiles(before["files"], now["files"], out);
  if (before["seed"] != now["seed"])
    out.push_back(
        TR("plan", "The seed changed from {before} to {now}.").with("before", shown(before["seed"])).with("now", shown(now["seed"])));
  explainNumerics(before["numerics"], now["numerics"], out);
  return out;
}

}  // namespace patchbay
