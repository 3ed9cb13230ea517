// SPDX-License-Identifier: Apache-2.0
// patchbay run, plan, check.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>

#include "app/cli/command.h"
#include "app/cli/progress.h"
#include "app/cli/results.h"
#include "engine/remote/machines.h"

namespace patchbay::cli {
namespace {

struct RunOptions {
  std::string pipeline, project, to, on, device = "auto", progress = "auto";
  std::vector<std::string> set;
  std::optional<std::uint64_t> seed;
  int threads = 0;
  bool json = false, explain = false;
};

std::atomic<int> interrupts{0};
extern "C" void onInterrupt(int) { ++interrupts; }

/// Events from the engine's thread, taken by the main thread.
class EventQueue {
 public:
  void push(const Value& event) {
    const std::lock_guard lock{guard_};
    events_.push_back(event);
    ready_.notify_one();
  }
  std::optional<Value> pop(std::chrono::milliseconds patience) {
    std::unique_lock lock{guard_};
    if (!ready_.wait_for(lock, patience, [&] { return !events_.empty(); })) return std::nullopt;
    auto event = std::move(events_.front());
    events_.pop_front();
    return event;
  }

 private:
  std::mutex guard_;
  std::condition_variable ready_;
  std::deque<Value> events_;
};

RunRequest requestOf(const RunOptions& o, const Pipeline& pipeline) {
  return {.document = pipeline.document,
          .set = o.set,
          .to = o.to,
          .seed = o.seed,
          .device = o.device,
          .threads = o.threads,
          .baseFolder = pipeline.baseFolder,
          .on = o.on};
}

Result<std::unique_ptr<Engine>> connectTo(const std::filesystem::path& project) {
  std::error_code ec;
  std::filesystem::create_directories(project, ec);
  if (ec) return fail(systemError(ec.value(), "make the project folder", displayText(project.native())));
  return connectEngine(project);
}

bool isError(const Value& problem) { return problem["severity"].asText() == "error"; }
/// What was typed wrong on this command line, rather than what is wrong in the file.
bool isTyped(const Value& problem) {
  return isError(problem) && (problem["code"].asText().starts_with("set.") || problem["code"].asText() == "plan.to");
}

int exitOfProblems(const Value& problems) {
  const auto& all = problems.asList();
  if (std::ranges::any_of(all, isTyped)) return Exit::usage;
  return std::ranges::any_of(all, isError) ? Exit::invalidPipeline : Exit::done;
}

/// All problems of a pipeline on standard error, and with `json` as last line of standard output; the exit code.
int reportProblems(Engine& engine, const RunRequest& request, bool json = false) {
  const auto checked = engine.check(request);
  if (!checked) return report(checked.error());
  bool open = false;
  for (const auto& p : (*checked)["problems"].asList()) {
    const bool error = isError(p);
    const auto& code = p["code"].asText();
    open |= error && !p["name"].asText().empty() && !p["param"].asText().empty() && !code.starts_with("set.");
    auto where = p["name"].asText();
    for (const auto* other : {"node", "group"})
      if (where.empty()) where = p[other].asText();
    if (const auto& inside = p["param"].asText().empty() ? p["port"] : p["param"]; !inside.asText().empty()) where += "." + inside.asText();
    fmt::print(stderr, "{}: {}{}\n  {}\n", error ? "error" : "warning", where.empty() ? "" : where + ": ",
               render(textFromValue(p["cause"])), render(textFromValue(p["hint"])));
  }
  if (open) fmt::print(stderr, "Set a parameter in the pipeline file, or for one run: --set NAME.PARAM=VALUE\n");
  const int code = exitOfProblems((*checked)["problems"]);
  if (json)
    fmt::print("{}\n", toJson(Value::Map{{"status", code == Exit::usage ? "usage" : "invalid"},
                                         {"problems", (*checked)["problems"]},
                                         {"metrics", Value::Map{}},
                                         {"exports", Value::List{}},
                                         {"blocks", Value::List{}}}));
  return code;
}

/// Follows one run to its end. First Ctrl+C stops politely, the second at once.
Result<Value> follow(Engine& engine, const RunRequest& request, ProgressView& view, RunId& run) {
  EventQueue queue;
  PB_TRY(const auto subscription, engine.subscribe([&](const Value& event) { queue.push(event); }));
  interrupts = 0;
  std::signal(SIGINT, onInterrupt);
  std::signal(SIGTERM, onInterrupt);
  PB_TRY(run, engine.submitRun(request));
  int heard = 0;
  for (;;) {
    if (const int now = interrupts; now > heard) {
      heard = now;
      view.clear();
      std::fputs(now == 1 ? "Stopping; what was computed is kept. Ctrl+C again stops at once.\n" : "Stopping at once.\n", stderr);
      // A run that ended meanwhile is no longer there to be stopped; its last event is on its way.
      const auto stopped = engine.stopRun(run, now == 1 ? StopHow::Cancel : StopHow::Kill);
      if (!stopped && stopped.error().kind != ErrorKind::NotFound) return fail(stopped.error());
    }
    const auto event = queue.pop(std::chrono::milliseconds{100});
    if (!event) {
      view.tick();
      if (const auto alive = engine.info(); !alive) return fail(alive.error());
      continue;
    }
    const auto& kind = (*event)["event"].asText();
    if (kind != "state" && (*event)["run"].asText() != run.text) continue;
    if (kind == "finished") {
      view.clear();
      return *event;
    }
    if (kind != "state") view.show(*event);
  }
}

int exitOf(const Value& finished) {
  const auto& state = finished["state"].asText();
  if (state == "done") return Exit::done;
  if (state == "cancelled" || state == "interrupted") return Exit::cancelled;
  return Exit::blockFailed;
}

/// An error that ends the command: for people, and with `json` also as the last line of standard output.
int refuse(const Error& error, bool json) {
  if (json)
    fmt::print("{}\n", toJson(Value::Map{{"status", "error"},
                                         {"error", toValue(error)},
                                         {"metrics", Value::Map{}},
                                         {"exports", Value::List{}},
                                         {"blocks", Value::List{}}}));
  return report(error);
}

/// Where the heavy part goes when that was chosen earlier and not now: nobody should wonder.
void tellPlace(const RunOptions& o, const Pipeline& pipeline) {
  const auto place = o.on.empty() ? usualPlace(pipeline.project, pipeline.document["id"].asText()) : UsualPlace{};
  if (!place.name.empty())
    fmt::print(stderr, "On: {}, chosen for {}; --on local runs here\n", place.name, place.ofPipeline ? "this pipeline" : "the project");
}

int runPipeline(const RunOptions& o) {
  const auto pipeline = openPipeline(o.pipeline, o.project);
  if (!pipeline) return refuse(pipeline.error(), o.json);
  const auto engine = connectTo(pipeline->project);
  if (!engine) return refuse(engine.error(), o.json);
  const auto request = requestOf(o, *pipeline);
  const auto mode = o.json                  ? ProgressMode::Json
                    : o.progress == "plain" ? ProgressMode::Plain
                    : o.progress == "none"  ? ProgressMode::None
                                            : ProgressMode::Auto;
  ProgressView view{mode};
  RunId run;
  if (mode != ProgressMode::None) {
    fmt::print(stderr, "Project: {}\n", displayText(pipeline->project.native()));
    tellPlace(o, *pipeline);
  }
  const auto finished = follow(**engine, request, view, run);
  if (!finished) {
    if (finished.error().kind == ErrorKind::InvalidPipeline) {
      const int code = reportProblems(**engine, request, o.json);
      return code == Exit::done ? refuse(finished.error(), o.json) : code;
    }
    return refuse(finished.error(), o.json);
  }
  if (o.json) {
    Value last{Value::Map{{"status", (*finished)["state"]},
                          {"run", run.text},
                          {"metrics", (*finished)["metrics"]},
                          {"exports", (*finished)["exports"]},
                          {"blocks", (*finished)["blocks"]},
                          {"seconds", (*finished)["seconds"]}}};
    if (last["metrics"].isNull()) last["metrics"] = Value::Map{};
    // JSON has no NaN: a figure that could not be computed is null.
    for (auto& [name, value] : last["metrics"].map())
      if (!std::isfinite(value.asDouble(NAN))) value = Value{};
    if (last["exports"].isNull()) last["exports"] = Value::List{};
    fmt::print("{}\n", toJson(last));
  } else {
    fmt::print("{}", runResults(**engine, run, *finished));
  }
  std::fflush(stdout);  // What failed follows below, wherever the two streams go.
  for (const auto& block : (*finished)["blocks"].asList())
    if (block["state"].asText() == "failed") {
      auto error = errorFromValue(block["error"]);
      error.where = block["name"].asText();
      report(error);
    }
  return exitOf(*finished);
}

int planPipeline(const RunOptions& o) {
  const auto pipeline = openPipeline(o.pipeline, o.project);
  if (!pipeline) return report(pipeline.error());
  const auto engine = connectTo(pipeline->project);
  if (!engine) return report(engine.error());
  const auto request = requestOf(o, *pipeline);
  const auto plan = (*engine)->plan(request);
  if (!plan) {
    if (plan.error().kind == ErrorKind::InvalidPipeline) {
      const int code = reportProblems(**engine, request);
      return code == Exit::done ? report(plan.error()) : code;
    }
    return report(plan.error());
  }
  if (o.json) {
    fmt::print("{}\n", toJson(*plan));
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows{{"block", "state", o.explain ? "why" : "type"}};
  for (const auto& step : (*plan)["steps"].asList()) {
    const auto& state = step["state"].asText();
    auto why = phrase(step["reasons"]);
    if (why.empty() && state != "cached") why = "first run";
    rows.push_back({step["name"].asText(), state == "unknown" ? "waits" : state, o.explain ? why : step["type"].asText()});
  }
  fmt::print("{}", table(rows));
  return Exit::done;
}

int checkPipeline(const RunOptions& o) {
  const auto pipeline = openPipeline(o.pipeline, o.project);
  if (!pipeline) return report(pipeline.error());
  const auto engine = connectTo(pipeline->project);
  if (!engine) return report(engine.error());
  const auto request = requestOf(o, *pipeline);
  if (o.json) {
    const auto checked = (*engine)->check(request);
    if (!checked) return report(checked.error());
    fmt::print("{}\n", toJson(*checked));
    return exitOfProblems((*checked)["problems"]);
  }
  const int code = reportProblems(**engine, request);
  if (code == Exit::done) fmt::print("The pipeline is valid.\n");
  return code;
}

std::string isDevice(const std::string& word) {
  const bool numbered =
      word.starts_with("cuda:") && word.size() > 5 && word.size() < 8 && word.find_first_not_of("0123456789", 5) == std::string::npos;
  return word == "auto" || word == "cpu" || word == "cuda" || numbered ? std::string{}
                                                                       : "\"" + word + "\" is none of auto, cpu, cuda, cuda:N";
}

/// CLI11 would read "-1" as a very large number.
std::string isSeed(const std::string& word) {
  return word.size() < 20 && !word.empty() && word.find_first_not_of("0123456789") == std::string::npos
             ? std::string{}
             : "\"" + word + "\" is not a whole number from 0";
}

CLI::App* addPipelineCommand(CLI::App& app, const char* name, const char* help, const std::shared_ptr<RunOptions>& o) {
  auto* command = app.add_subcommand(name, help);
  command->add_option("pipeline", o->pipeline, "Pipeline file, or the name of a template")->required()->type_name("PIPELINE|TEMPLATE");
  command->add_option("--project", o->project, "Project folder; made when there is none")->type_name("DIR");
  command->add_option("--set", o->set, "Change a parameter for this run; may be repeated")
      ->type_name("NAME.PARAM=VALUE")
      ->expected(1)
      ->take_all();
  command->add_option("--to", o->to, "Only this block and what it needs")->type_name("BLOCK");
  command->add_option("--seed", o->seed, "Seed of everything random")->type_name("N")->check(CLI::Validator{isSeed, std::string{}});
  command->add_option("--device", o->device, "Where to compute: auto, cpu, cuda or cuda:N")
      ->type_name("DEVICE")
      ->check(CLI::Validator{isDevice, std::string{}});
  command->add_option("--on", o->on, "Machine for the heavy part: a name of `patchbay machines`, or local")->type_name("NAME");
  command->add_option("--threads", o->threads, "Threads of each computation; 0 chooses")
      ->type_name("N")
      ->check(CLI::Validator{CLI::NonNegativeNumber}.description(""));
  command->add_flag("--json", o->json, "JSON lines on standard output");
  return command;
}

}  // namespace

void addRunCommands(CLI::App& app, Action& action) {
  const auto o = std::make_shared<RunOptions>();
  auto* run = addPipelineCommand(app, "run", "Run a pipeline; what is cached is not computed again", o);
  run->add_option("--progress", o->progress, "auto, plain or none")->type_name("MODE")->check(CLI::IsMember({"auto", "plain", "none"}));
  run->callback([&action, o] { action = [o] { return runPipeline(*o); }; });
  auto* plan = addPipelineCommand(app, "plan", "Say what a run would do", o);
  plan->add_flag("--explain", o->explain, "For every block: cached, or why it must run");
  plan->callback([&action, o] { action = [o] { return planPipeline(*o); }; });
  auto* check = addPipelineCommand(app, "check", "List every problem of a pipeline", o);
  check->callback([&action, o] { action = [o] { return checkPipeline(*o); }; });
}

}  // namespace patchbay::cli
