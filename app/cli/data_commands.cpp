// SPDX-License-Identifier: Apache-2.0
// patchbay data: state, log, diff, name, restore, undo, redo, merge.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ctime>

#include "app/cli/command.h"

namespace patchbay::cli {
namespace {

struct Options {
  std::string project, revision, other, name;
  int limit = 20;
  bool json = false;
};

std::string clock(std::int64_t ms) {
  const auto when = static_cast<std::time_t>(ms / 1000);
  std::tm local{};
  ::localtime_r(&when, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &local);
  return text;
}

Result<Value> ask(const Options& o, const Value& request) {
  PB_TRY(const auto folder, chosenProject(o.project));
  PB_TRY(const auto engine, connectEngine(folder, {.create = false}));
  return engine->data(request);
}

std::string what(const Value& revision) { return displayText(render(textFromValue(revision["what"]))); }
std::string shortId(const Value& revision) { return revision["revision"].asText().substr(0, 12); }

/// Asks, and shows the answer as JSON or as people read it.
int answer(const Options& o, const Value& request, const std::function<void(const Value&)>& show) {
  const auto got = ask(o, request);
  if (!got) return report(got.error());
  if (o.json) fmt::print("{}\n", toJson(*got));
  else show(*got);
  return Exit::done;
}

void showRevision(const Value& r) {
  fmt::print("Revision {} ({}): {}, {} picture(s), {} changed.\n", r["number"].asInt(), shortId(r), what(r), r["items"].asInt(),
             r["changed"].asInt());
}

void showState(const Value& s) {
  const auto& head = s["head"];
  if (head["number"].asInt() == 0) {
    fmt::print("There are no pictures yet. `patchbay import PATH` brings some in.\n");
    return;
  }
  fmt::print("Revision {} ({}) of {}{}\n", head["number"].asInt(), shortId(head), clock(head["at"].asInt()),
             head["name"].asText().empty() ? "" : ", \"" + displayText(head["name"].asText()) + "\"");
  fmt::print("{} pictures ({}), {} unlabelled", s["items"].asInt(), s["task"].asText(), s["unlabelled"].asInt());
  for (const auto* flag : {"suggested", "disagreement", "missing"})
    if (s[flag].asInt()) fmt::print(", {} {}", s[flag].asInt(), flag);
  fmt::print("\n");
  std::string parts;
  for (const auto& [name, n] : s["by_split"].asMap())
    if (name != "none") parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", name, n.asInt());
  if (!parts.empty()) fmt::print("{}\n", parts);
  if (s["groups"].asInt()) fmt::print("{} groups\n", s["groups"].asInt());
  std::vector<std::vector<std::string>> rows{{"class", "pictures"}};
  for (const auto& c : s["classes"].asList()) rows.push_back({displayText(c["name"].asText()), std::to_string(c["count"].asInt())});
  if (rows.size() > 1) fmt::print("\n{}", table(rows, {false, true}));
}

void showLog(const Value& all) {
  std::vector<std::vector<std::string>> rows{{"no.", "id", "when", "by", "pictures", "changed", "what"}};
  for (const auto& r : all.asList()) {
    const auto& name = r["name"].asText();
    rows.push_back({std::to_string(r["number"].asInt()), shortId(r), clock(r["at"].asInt()), displayText(r["author"].asText()),
                    std::to_string(r["items"].asInt()), std::to_string(r["changed"].asInt()),
                    what(r) + (name.empty() ? "" : " [" + displayText(name) + "]")});
  }
  fmt::print("{}", table(rows, {true, false, false, false, true, true, false}));
}

std::string labelsOf(const Value& item) {
  std::string out;
  for (const auto& a : item["annotations"].asList())
    if (a["kind"].asText() == "class" && a["score"].asDouble() > 0) out += (out.empty() ? "" : ", ") + displayText(a["label"].asText());
  return out.empty() ? "no label" : out;
}

void showDiff(const Value& d) {
  fmt::print("Revision {} -> {}: {} added, {} removed, {} changed, {} in another part.\n", d["from"]["number"].asInt(),
             d["to"]["number"].asInt(), d["added"].asInt(), d["removed"].asInt(), d["changed"].asInt(), d["splits"].asInt());
  for (const auto& l : d["labels"].asList()) {
    const auto shown = [](const std::string& label) { return label.empty() ? std::string{"no label"} : displayText(label); };
    fmt::print("  {} -> {}: {}\n", shown(l["from"].asText()), shown(l["to"].asText()), l["count"].asInt());
  }
  for (const auto& item : d["items"].asList()) {
    const auto& kind = item["kind"].asText();
    const auto path = displayText(pathFromValue(item["path"]).native());
    if (kind != "changed") {
      fmt::print("{} {}  {}\n", kind == "added" ? "+" : "-", path, labelsOf(item[kind == "added" ? "after" : "before"]));
      continue;
    }
    const auto before = labelsOf(item["before"]), after = labelsOf(item["after"]);
    fmt::print("~ {}  {}\n", path, before == after ? after + " (something else changed)" : before + " -> " + after);
  }
}

void showMerge(const Value& m) {
  showRevision(m["revision"]);
  fmt::print("{} picture(s) taken over, {} conflict(s).\n", m["changed"].asInt(), m["conflict_count"].asInt());
  for (const auto& c : m["conflicts"].asList()) {
    const auto side = [&](const char* key) { return c.contains(key) ? labelsOf(c[key]) : std::string{"removed"}; };
    fmt::print("! {}  {}: here {}, there {}; what was here stays\n", displayText(pathFromValue(c["path"]).native()), c["field"].asText(),
               side("ours"), side("theirs"));
  }
}

CLI::App* addOne(CLI::App& data, const char* name, const char* help, const std::shared_ptr<Options>& o) {
  auto* command = data.add_subcommand(name, help);
  command->add_option("--project", o->project, "Project folder; the one you stand in when not given")->type_name("DIR");
  command->add_flag("--json", o->json, "As JSON");
  return command;
}

}  // namespace

void addDataCommands(CLI::App& app, Action& action) {
  const auto o = std::make_shared<Options>();
  auto* data = app.add_subcommand("data", "The project's data set: its state, its history, back and forth in it");
  data->require_subcommand(1);
  const auto run = [&action, o](CLI::App* command, const std::function<Value()>& request, void (*show)(const Value&)) {
    command->callback([&action, o, request, show] { action = [o, request, show] { return answer(*o, request(), show); }; });
  };
  run(
      addOne(*data, "state", "Pictures, classes and parts as they are now", o),
      [] {
        return Value::Map{{"do", "state"}};
      },
      showState);
  auto* log = addOne(*data, "log", "All revisions, newest first", o);
  log->add_option("--limit", o->limit, "How many, newest first")
      ->check(CLI::Validator{CLI::PositiveNumber}.description(""))
      ->type_name("N");
  run(
      log,
      [o] {
        return Value::Map{{"do", "history"}, {"limit", o->limit}};
      },
      showLog);
  auto* name = addOne(*data, "name", "Give a revision a name, or with an empty one take it away", o);
  name->add_option("revision", o->revision, "Number, name or id, or newest")->required()->type_name("REVISION");
  name->add_option("name", o->name, "Its name")->required()->type_name("NAME");
  run(
      name,
      [o] {
        return Value::Map{{"do", "name"}, {"revision", o->revision}, {"name", o->name}};
      },
      showRevision);
  auto* diff = addOne(*data, "diff", "What changed between two revisions; of one: what it changed", o);
  diff->add_option("revision", o->revision, "The later one; the newest when not given")->type_name("REVISION");
  diff->add_option("--from", o->other, "The earlier one; the one before when not given")->type_name("REVISION");
  diff->add_option("--limit", o->limit, "Pictures that are listed")
      ->check(CLI::Validator{CLI::NonNegativeNumber}.description(""))
      ->type_name("N");
  run(
      diff,
      [o] {
        Value request{Value::Map{{"do", "diff"}, {"to", o->revision}, {"limit", o->limit}}};
        if (!o->other.empty()) request["from"] = o->other;
        return request;
      },
      showDiff);
  auto* restore = addOne(*data, "restore", "Go back to a revision, by a new one that is as it was", o);
  restore->add_option("revision", o->revision, "Number, name or id")->required()->type_name("REVISION");
  run(
      restore,
      [o] {
        return Value::Map{{"do", "restore"}, {"revision", o->revision}};
      },
      showRevision);
  run(
      addOne(*data, "undo", "Undo the last change", o),
      [] {
        return Value::Map{{"do", "undo"}};
      },
      showRevision);
  run(
      addOne(*data, "redo", "Do again what was just undone", o),
      [] {
        return Value::Map{{"do", "redo"}};
      },
      showRevision);
  auto* merge = addOne(*data, "merge", "Take over what a copy of this project changed", o);
  merge->add_option("folder", o->other, "The other copy's project folder")->required()->type_name("DIR");
  run(
      merge,
      [o] {
        return Value::Map{{"do", "merge"}, {"from", pathToValue(std::filesystem::absolute(o->other))}};
      },
      showMerge);
}

}  // namespace patchbay::cli
