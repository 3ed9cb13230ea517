// SPDX-License-Identifier: Apache-2.0
// patchbay runs, show, gc.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ctime>

#include "app/cli/command.h"
#include "app/cli/results.h"

namespace patchbay::cli {
namespace {

struct Options {
  std::string project, run, budget;
  int limit = 20;
  bool json = false, dryRun = false;
  int keepRuns = 3;
};

Result<std::unique_ptr<Engine>> projectEngine(const std::string& project) {
  PB_TRY(const auto folder, chosenProject(project));
  return connectEngine(folder, {.create = false});
}

std::string clock(double seconds) {
  const auto when = static_cast<std::time_t>(seconds);
  std::tm local{};
  ::localtime_r(&when, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &local);
  return text;
}

int listRuns(const Options& o) {
  const auto engine = projectEngine(o.project);
  if (!engine) return report(engine.error());
  const auto runs = (*engine)->runs(o.limit);
  if (!runs) return report(runs.error());
  if (o.json) {
    fmt::print("{}\n", toJson(*runs));
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows{{"run", "started", "state", "time", "pipeline"}};
  for (const auto& run : runs->asList())
    rows.push_back({run["run"].asText(), clock(run["started"].asDouble()), run["state"].asText(),
                    run.contains("seconds") ? duration(run["seconds"].asDouble()) : "-", displayText(run["title"].asText())});
  fmt::print("{}", table(rows, {false, false, false, true, false}));
  return Exit::done;
}

int showRun(const Options& o) {
  const auto engine = projectEngine(o.project);
  if (!engine) return report(engine.error());
  const auto run = (*engine)->showRun(RunId{o.run});
  if (!run) return report(run.error());
  if (o.json) {
    fmt::print("{}\n", toJson(*run));
    return Exit::done;
  }
  fmt::print("{}  {}\n{}, started {}\n", (*run)["run"].asText(), displayText((*run)["title"].asText()), (*run)["state"].asText(),
             clock((*run)["started"].asDouble()));
  for (const auto& step : (*run)["steps"].asList()) {
    const auto why = phrase(step["reasons"]);
    fmt::print("  {}: {}{}\n", step["name"].asText(), step["state"].asText(), why.empty() ? "" : " (" + why + ")");
    if (step.contains("error")) fmt::print("      {}\n", describe(errorFromValue(step["error"])));
  }
  if (run->contains("finished_event")) fmt::print("{}", runResults(**engine, RunId{(*run)["run"].asText()}, (*run)["finished_event"]));
  return Exit::done;
}

int collect(const Options& o) {
  const auto engine = projectEngine(o.project);
  if (!engine) return report(engine.error());
  GcRequest request{.dryRun = o.dryRun, .keepRuns = o.keepRuns};
  if (!o.budget.empty()) {
    request.budgetBytes = std::stoll(o.budget);
  }
  const auto gone = (*engine)->gc(request);
  if (!gone) return report(gone.error());
  if (o.json) {
    fmt::print("{}\n", toJson(*gone));
    return Exit::done;
  }
  fmt::print("{} {} objects, {}; {} objects stay, {}.\n", o.dryRun ? "Would remove" : "Removed", (*gone)["removed_objects"].asInt(),
             bytes((*gone)["removed_bytes"].asInt()), (*gone)["kept_objects"].asInt(), bytes((*gone)["kept_bytes"].asInt()));
  return Exit::done;
}

}  // namespace

void addProjectCommands(CLI::App& app, Action& action) {
  const auto o = std::make_shared<Options>();
  auto* runs = app.add_subcommand("runs", "List the runs of a project");
  runs->add_option("--project", o->project, "Project folder; the one you stand in when not given")->type_name("DIR");
  runs->add_option("--limit", o->limit, "How many, newest first")
      ->check(CLI::Validator{CLI::PositiveNumber}.description(""))
      ->type_name("N");
  runs->add_flag("--json", o->json, "As JSON");
  runs->callback([&action, o] { action = [o] { return listRuns(*o); }; });
  auto* show = app.add_subcommand("show", "Show one run: its blocks, figures and exports");
  show->add_option("run", o->run, "Id of the run; the newest when not given")->type_name("RUN");
  show->add_option("--project", o->project, "Project folder; the one you stand in when not given")->type_name("DIR");
  show->add_flag("--json", o->json, "As JSON");
  show->callback([&action, o] { action = [o] { return showRun(*o); }; });
  auto* gc = app.add_subcommand("gc", "Remove results that no kept run needs; pictures are never touched");
  gc->add_option("--project", o->project, "Project folder; the one you stand in when not given")->type_name("DIR");
  gc->add_flag("--dry-run", o->dryRun, "Only say what would be removed");
  gc->add_option("--keep-runs", o->keepRuns, "Newest runs of each pipeline that stay")
      ->check(CLI::Validator{CLI::PositiveNumber}.description(""))
      ->type_name("N");
  gc->add_option("--budget", o->budget, "Wanted size of the project's results, for example 5GB")
      ->type_name("SIZE")
      ->transform(CLI::Validator{CLI::AsSizeValue{true}}.description(""));
  gc->add_flag("--json", o->json, "As JSON");
  gc->callback([&action, o] { action = [o] { return collect(*o); }; });
}

}  // namespace patchbay::cli
