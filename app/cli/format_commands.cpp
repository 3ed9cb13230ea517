// SPDX-License-Identifier: Apache-2.0
// patchbay import, export, formats, convert-dataset, pack.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/cli/command.h"
#include "engine/base/id.h"

namespace patchbay::cli {
namespace {
namespace fs = std::filesystem;

struct Options {
  std::string project, path, target, format, from, onConflict = "add", revision = "newest";
  bool copy = false, json = false, preview = false, noPictures = false;
};

std::string textOf(const Value& text) { return displayText(render(textFromValue(text))); }

/// What was left out, lost or doubtful, a line each with the first places.
void printReport(const Value& report, const char* heading) {
  if (report.asList().empty()) return;
  fmt::print("{}\n", heading);
  for (const auto& one : report.asList()) {
    fmt::print("  {:>7}  {}", one["count"].asInt(), textOf(one["cause"]));
    const auto& examples = one["examples"].asList();
    std::string shown;
    for (std::size_t i = 0; i < examples.size() && i < 3; ++i) shown += (i ? ", " : "") + examples[i].asText();
    if (!shown.empty()) fmt::print(" ({}{})", shown, examples.size() > 3 ? ", ..." : "");
    fmt::print("\n");
  }
}

std::string listed(const Value& counts) {
  std::string to;
  for (const auto& [name, n] : counts.asMap()) to += fmt::format("{}{} {}", to.empty() ? "" : ", ", n.asInt(), name);
  return to;
}

void printPreview(const Value& p) {
  fmt::print("{}: {} pictures, {}{}\n", textOf(p["title"]), p["items"].asInt(), p["task"].asText(),
             p["complete"].asBool() ? "" : " (not all of it was looked at)");
  if (const auto kinds = listed(p["annotations"]); !kinds.empty()) fmt::print("  annotations: {}\n", kinds);
  if (const auto splits = listed(p["splits"]); !splits.empty()) fmt::print("  parts: {}\n", splits);
  if (p["unlabelled"].asInt() > 0) fmt::print("  unlabelled: {}\n", p["unlabelled"].asInt());
  std::vector<std::vector<std::string>> rows{{"class", "pictures"}};
  for (const auto& one : p["classes"].asList()) rows.push_back({displayText(one["name"].asText()), std::to_string(one["count"].asInt())});
  if (rows.size() > 1) fmt::print("{}", table(rows, {false, true}));
  printReport(p["problems"], "Problems:");
}

int show(const Options& o, const Result<Value>& answer, const std::function<void(const Value&)>& print) {
  if (!answer) return report(answer.error());
  if (o.json) fmt::print("{}\n", toJson(*answer));
  else print(*answer);
  return Exit::done;
}

int import(const Options& o) {
  const auto folder = o.preview && o.project.empty() ? Result<fs::path>{fs::path{}} : chosenProject(o.project);
  // A project that is named and not there yet is made, as by `patchbay run`.
  const auto project = folder ? *folder : fs::absolute(o.project.empty() ? "." : o.project);
  const auto engine = project.empty() ? scratchEngine() : connectEngine(project);
  if (!engine) return report(engine.error());
  Value request{Value::Map{{"do", o.preview ? "preview" : "import"},
                           {"path", pathToValue(fs::absolute(o.path))},
                           {"format", o.format},
                           {"copy", o.copy},
                           {"on_conflict", o.onConflict}}};
  if (o.preview) return show(o, (*engine)->data(request), printPreview);
  return show(o, (*engine)->data(request), [](const Value& done) {
    fmt::print("Revision {}: {} pictures added, {} changed, {} as they were; read as {}.\n", done["revision"]["number"].asInt(),
               done["added"].asInt(), done["changed"].asInt(), done["kept"].asInt(), done["format"].asText());
    printReport(done["report"], "Problems:");
  });
}

void printWritten(const Value& done) {
  fmt::print("{} pictures, {} files, {}.\n", done["items"].asInt(), done["files"].asInt(), bytes(done["bytes"].asInt()));
  printReport(done["read"], "Problems while reading:");
  printReport(done["report"], "What the format does not hold:");
}

int write(const Options& o) {
  const auto project = chosenProject(o.project);
  if (!project) return report(project.error());
  const auto engine = connectEngine(*project, {.create = false});
  if (!engine) return report(engine.error());
  return show(o,
              (*engine)->data(Value::Map{{"do", "export"},
                                         {"folder", pathToValue(fs::absolute(o.target))},
                                         {"format", o.format},
                                         {"revision", o.revision},
                                         {"pictures", !o.noPictures}}),
              printWritten);
}

int formats(const Options& o) {
  const auto engine = scratchEngine();
  if (!engine) return report(engine.error());
  return show(o, (*engine)->live("patchbay.live.formats", "formats", Value::Map{}, ""), [](const Value& answer) {
    std::vector<std::vector<std::string>> rows{{"format", "name", "files"}};
    for (const auto& one : answer["formats"].asList()) rows.push_back({one["id"].asText(), textOf(one["title"]), textOf(one["summary"])});
    fmt::print("{}", table(rows));
  });
}

int convert(const Options& o) {
  const auto engine = scratchEngine();
  if (!engine) return report(engine.error());
  return show(o,
              (*engine)->live("patchbay.live.formats", "convert",
                              Value::Map{{"from", pathToValue(fs::absolute(o.path))},
                                         {"to", pathToValue(fs::absolute(o.target))},
                                         {"format", o.format},
                                         {"from_format", o.from},
                                         {"pictures", !o.noPictures},
                                         {"scratch", pathToValue(scratchProject() / ".imports" / newUlid())}},
                              ""),
              printWritten);
}

int pack(Options o) {
  if (!fs::path{o.target}.has_extension()) o.target += ".zip";
  o.format = "datumaro";  // It keeps everything, and other tools open it.
  return write(o);
}

}  // namespace

void addFormatCommands(CLI::App& app, Action& action) {
  const auto o = std::make_shared<Options>();
  const auto common = [&](CLI::App* command, auto run) {
    command->add_flag("--json", o->json, "As JSON");
    command->callback([&action, o, run] { action = [o, run] { return run(*o); }; });
  };
  auto* in =
      app.add_subcommand("import", "Bring pictures and what is said of them into a project: a folder, an archive, another tool's export");
  in->add_option("path", o->path, "Folder, annotation file, or zip or tar file")->required()->type_name("PATH");
  in->add_option("--project", o->project, "The project; made when it is not there")->type_name("DIR");
  in->add_option("--format", o->format, "As `patchbay formats` names it; left out: the one that fits")->type_name("NAME");
  in->add_flag("--copy", o->copy, "Keep copies of the pictures in the project");
  in->add_flag("--preview", o->preview, "Only say what is in it");
  in->add_option("--on-conflict", o->onConflict, "What happens to pictures that are there already")
      ->check(CLI::IsMember({"add", "keep", "replace"}));
  common(in, import);

  auto* out = app.add_subcommand("export", "Write the project's data set in another tool's format");
  out->add_option("folder", o->target, "Folder, or a name that ends with .zip or .tar.gz; must not be there yet")
      ->required()
      ->type_name("PATH");
  out->add_option("--project", o->project, "The project")->type_name("DIR");
  out->add_option("--format", o->format, "As `patchbay formats` names it")->required()->type_name("NAME");
  out->add_option("--revision", o->revision, "A revision's number, name or id; left out: the newest")->type_name("REVISION");
  out->add_flag("--no-pictures", o->noPictures, "Only what is said of the pictures");
  common(out, write);

  common(app.add_subcommand("formats", "List the formats of data sets"), formats);

  auto* turn = app.add_subcommand("convert-dataset", "Turn a data set from one format into another, without a project");
  turn->add_option("from", o->path, "Folder, annotation file or archive")->required()->type_name("FROM");
  turn->add_option("to", o->target, "Folder or archive; must not be there yet")->required()->type_name("TO");
  turn->add_option("--format", o->format, "The format it gets")->required()->type_name("NAME");
  turn->add_option("--from-format", o->from, "The format it has; left out: the one that fits")->type_name("NAME");
  turn->add_flag("--no-pictures", o->noPictures, "Only what is said of the pictures");
  common(turn, convert);

  auto* whole = app.add_subcommand("pack", "Put the data set with its pictures into one file for a colleague");
  whole->add_option("file", o->target, "Ends with .zip or .tar.gz")->required()->type_name("FILE");
  whole->add_option("--project", o->project, "The project")->type_name("DIR");
  whole->add_option("--revision", o->revision, "A revision's number, name or id; left out: the newest")->type_name("REVISION");
  common(whole, pack);
}

}  // namespace patchbay::cli
