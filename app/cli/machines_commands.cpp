// SPDX-License-Identifier: Apache-2.0
// patchbay machines: other machines that pipelines run on.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "app/cli/command.h"
#include "engine/base/id.h"
#include "engine/base/resources.h"
#include "engine/remote/box.h"
#include "engine/remote/far_link.h"

namespace patchbay::cli {
namespace {

struct MachineOptions {
  std::string name, host, kind = "ssh", folder, partition, account, time, gres, constraint, project, pipeline;
  int memoryMb = 0;
  bool json = false, yes = false, forget = false;
};

int refuse(const Error& error, bool json) {
  if (json) fmt::print("{}\n", toJson(Value{Value::Map{{"error", toValue(error)}}}));
  return report(error);
}

/// The packs the user has allowed, as the engine finds them.
std::filesystem::path allowedPacks() {
  if (const char* given = std::getenv("PATCHBAY_PACKS")) return given;
  std::error_code ec;
  const auto file = machinesFile().parent_path() / "packs.json";
  return std::filesystem::exists(file, ec) ? file : std::filesystem::path{};
}

Box boxOf(const MachineEntry& machine) { return Box{machine, programFolder() / "patchbay-worker", allowedPacks(), PATCHBAY_VERSION}; }

int listMachines(const MachineOptions& o) {
  const auto machines = readMachines();
  if (!machines) return refuse(machines.error(), o.json);
  if (o.json) {
    Value list{Value::List{}};
    for (const auto& m : *machines) list.push(toValue(m));
    Value out{Value::Map{{"machines", std::move(list)}, {"default", ""}}};
    if (!o.project.empty()) {
      const auto project = std::filesystem::absolute(o.project);
      out["default"] = usualPlace(project).name;
      // What the pipeline has chosen for itself; nothing when it does as its project.
      if (const auto own = usualPlace(project, o.pipeline); own.ofPipeline) out["own"] = own.name;
    }
    fmt::print("{}\n", toJson(out));
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows{{"name", "kind", "host", "options"}, {"local", "", "", "this machine"}};
  for (const auto& m : *machines) {
    std::string more;
    for (const auto& [what, value] : {std::pair{"folder", m.folder},
                                      {"partition", m.partition},
                                      {"account", m.account},
                                      {"time", m.time},
                                      {"gres", m.gres},
                                      {"constraint", m.constraint}})
      if (!value.empty()) more += (more.empty() ? "" : ", ") + std::string{what} + " " + value;
    if (m.memoryMb) more += (more.empty() ? "" : ", ") + fmt::format("memory {} MB", m.memoryMb);
    rows.push_back({m.name, m.slurm ? "slurm" : "ssh", m.host.empty() ? "this machine" : m.host, more});
  }
  fmt::print("{}", table(rows));
  return Exit::done;
}

int addMachine(const MachineOptions& o) {
  const auto machine = machineFromValue(Value::Map{{"name", o.name},
                                                   {"kind", o.kind},
                                                   {"host", o.host},
                                                   {"folder", o.folder},
                                                   {"partition", o.partition},
                                                   {"account", o.account},
                                                   {"time", o.time},
                                                   {"gres", o.gres},
                                                   {"constraint", o.constraint},
                                                   {"memory_mb", o.memoryMb}});
  if (!machine) return refuse(machine.error(), o.json);
  auto machines = readMachines();
  if (!machines) return refuse(machines.error(), o.json);
  std::erase_if(*machines, [&](const auto& m) { return m.name == machine->name; });
  machines->push_back(*machine);
  if (const auto written = writeMachines(*machines); !written) return refuse(written.error(), o.json);
  if (o.json) fmt::print("{}\n", toJson(toValue(*machine)));
  else fmt::print("Added {}. `patchbay machines test {}` says what is there.\n", o.name, o.name);
  return Exit::done;
}

int removeMachine(const MachineOptions& o) {
  const auto known = machineNamed(o.name);
  if (!known) return refuse(known.error(), o.json);
  auto machines = readMachines();
  if (!machines) return refuse(machines.error(), o.json);
  std::erase_if(*machines, [&](const auto& m) { return m.name == o.name; });
  if (const auto written = writeMachines(*machines); !written) return refuse(written.error(), o.json);
  if (o.json) fmt::print("{{}}\n");
  return Exit::done;
}

/// Asks the supervisor on a machine; for questions that concern no project.
Result<Value> askMachine(Box& box, Value request) {
  PB_TRY(auto connection, box.connect(newUlid()));
  FarLink link{std::move(connection), [] {}};
  PB_CHECK(link.ask(Value::Map{{"op", "hello"}}));
  auto answer = link.ask(std::move(request));
  // Nobody will come back to this one.
  (void)link.ask(Value::Map{{"op", "end"}, {"forget", true}});
  if (!answer) return fail(answer.error());
  return std::move(answer->head);
}

void tell(const MachineEntry& machine, const Value& facts) {
  fmt::print("{:<12} {} ({}), answers\n", "machine", machine.name, facts["host"].asText());
  const auto& libc = facts["glibc"].asText();
  fmt::print("{:<12} {}, {}\n", "system", facts["system"].asText(), libc.empty() ? "another C library than glibc" : "glibc " + libc);
  if (facts.contains("own_glibc")) fmt::print("{:<12} too old; the worker has brought glibc {}\n", "", facts["own_glibc"].asText());
  fmt::print("{:<12} {} cores, {}, load {:.1f}\n", "processor", facts["cores"].asInt(), facts["isa"].asText(), facts["load"].asDouble());
  fmt::print("{:<12} {}\n", "memory", bytes(facts["memory_mb"].asInt() << 20));
  fmt::print("{:<12} {} free\n", "disk", bytes(facts["free_bytes"].asInt()));
  if (facts["gpus"].asList().empty()) fmt::print("{:<12} none\n", "GPUs");
  for (const auto& gpu : facts["gpus"].asList())
    fmt::print("{:<12} {}, {}\n", "GPU", gpu["name"].asText(), bytes(gpu["memory_mb"].asInt() << 20));
  if (facts.contains("gpu_error")) {
    const auto why = errorFromValue(facts["gpu_error"]);
    fmt::print("{:<12} cannot be computed on: {}\n{:<12} run app/setup/install --gpu there\n", "", render(why.cause), "");
  }
  if (const auto ahead = facts["time"].asInt() - static_cast<std::int64_t>(std::time(nullptr)); std::abs(ahead) > 60)
    fmt::print("{:<12} {} minutes {} this one; nothing depends on it\n", "clock", std::abs(ahead) / 60, ahead > 0 ? "ahead of" : "behind");
  if (!machine.slurm) return;
  const auto& slurm = facts["slurm"];
  fmt::print("{:<12} {}\n", "Slurm", slurm["version"].asText());
  for (const auto& p : slurm["partitions"].asList())
    fmt::print("{:<12} {} ({}): {} node(s) of {} cores and {} MB, time {}, {}{}\n", "partition", p["name"].asText(), p["state"].asText(),
               p["nodes"].asText(), p["cpus"].asText(), p["memory_mb"].asText(), p["time"].asText(), p["gres"].asText(),
               p["features"].asText().empty() ? std::string{} : ", features " + p["features"].asText());
  std::string accounts;
  for (const auto& account : slurm["accounts"].asList()) accounts += (accounts.empty() ? "" : ", ") + account.asText();
  if (!accounts.empty()) fmt::print("{:<12} {}\n", "accounts", accounts);
}

int testMachine(const MachineOptions& o) {
  const auto machine = machineNamed(o.name);
  if (!machine) return refuse(machine.error(), o.json);
  auto box = boxOf(*machine);
  const auto facts = askMachine(box, Value::Map{{"op", "facts"}, {"slurm", toValue(*machine)}});
  if (!facts) return refuse(facts.error(), o.json);
  const auto& slurm = (*facts)["slurm"];
  std::optional<Error> problem;
  if (machine->slurm && slurm.contains("error"))
    problem =
        Error{ErrorKind::Unreachable, "slurm.down", TR("cli", "The cluster does not answer: {said}").with("said", slurm["error"].asText()),
              TR("cli", "Try `sinfo` there, and ask the cluster's administrators."), machine->name};
  const auto& offered = slurm["partitions"].asList();
  if (machine->slurm && !problem && !machine->partition.empty() &&
      std::none_of(offered.begin(), offered.end(), [&](const Value& p) { return p["name"].asText() == machine->partition; }))
    problem = Error{ErrorKind::Usage, "slurm.partition", TR("cli", "The cluster has no partition {name}.").with("name", machine->partition),
                    TR("cli", "Choose one of those listed: `patchbay machines add ... --partition NAME`."), machine->name};
  else if (machine->slurm && !problem && slurm.contains("refused"))
    problem = Error{
        ErrorKind::Usage, "slurm.refused", TR("cli", "The cluster would refuse its jobs: {said}").with("said", slurm["refused"].asText()),
        TR("cli", "Add the machine again with what the cluster offers: --partition, --account, --time, --gres, --constraint, --memory."),
        machine->name};
  if (o.json) {
    auto out = *facts;
    if (problem) out["error"] = toValue(*problem);
    fmt::print("{}\n", toJson(out));
  } else {
    tell(*machine, *facts);
  }
  std::fflush(stdout);
  if (problem) return report(*problem);
  if (!o.json) fmt::print("Ready: patchbay run PIPELINE --on {}\n", machine->name);
  return Exit::done;
}

bool agreed(const MachineEntry& machine, const std::string& what) {
  fmt::print("Send {} to {} (kept in {})? [y/N] ", what, machine.name,
             machine.folder.empty() ? std::string{"~/.patchbay-worker"} : machine.folder);
  std::fflush(stdout);
  std::string line;
  return std::getline(std::cin, line) && (line == "y" || line == "Y" || line == "yes");
}

int installOn(const MachineOptions& o) {
  const auto machine = machineNamed(o.name);
  if (!machine) return refuse(machine.error(), o.json);
  auto box = boxOf(*machine);
  const auto nothingToDo = [&](const char* why) {
    if (o.json) fmt::print("{{\"needed_bytes\":0,\"sent_bytes\":0}}\n");
    else fmt::print("{}\n", why);
    return Exit::done;
  };
  if (!box.away()) return nothingToDo("Jobs start from this machine: nothing has to be sent.");
  const auto probed = box.probe();
  if (!probed) return refuse(probed.error(), o.json);
  if (const auto fine = box.judge(*probed); !fine && fine.error().code != "remote.no-worker") return refuse(fine.error(), o.json);
  if ((*probed)["worker"].asBool()) return nothingToDo("The worker is there already.");
  const auto size = (*probed)["needed_bytes"].asInt();
  if (!o.yes && o.json) {
    // Only the size, for who asks a person.
    fmt::print("{}\n", toJson(Value{Value::Map{{"needed_bytes", size}, {"free_bytes", (*probed)["free_bytes"]}}}));
    return Exit::done;
  }
  const auto what = bytes(size) + ((*probed)["own_glibc"].asBool() ? ", a C library for its older system included," : "");
  if (!o.yes && !::isatty(0)) {
    fmt::print(stderr, "{} would be sent to {}. Say so with --yes.\n", what, machine->name);
    return Exit::usage;
  }
  if (!o.yes && !agreed(*machine, what)) return Exit::cancelled;
  if (const auto done = box.install(); !done) return refuse(done.error(), o.json);
  if (o.json) fmt::print("{{\"sent_bytes\":{}}}\n", size);
  else fmt::print("The worker is on {}. `patchbay machines test {}` says what is there.\n", machine->name, machine->name);
  return Exit::done;
}

int listJobs(const MachineOptions& o) {
  const auto machine = machineNamed(o.name);
  if (!machine) return refuse(machine.error(), o.json);
  auto box = boxOf(*machine);
  const auto answer = askMachine(box, Value::Map{{"op", "jobs"}});
  if (!answer) return refuse(answer.error(), o.json);
  if (o.json) {
    fmt::print("{}\n", toJson(*answer));
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows{{"attempt", "step", "pipeline", "state"}};
  for (const auto& job : (*answer)["jobs"].asList())
    rows.push_back({job["attempt"].asText(), job["name"].asText(), job["pipeline"].asText(), job["state"].asText()});
  fmt::print("{}", table(rows));
  return Exit::done;
}

int cleanMachine(const MachineOptions& o) {
  const auto machine = machineNamed(o.name);
  if (!machine) return refuse(machine.error(), o.json);
  auto box = boxOf(*machine);
  const auto answer = askMachine(box, Value::Map{{"op", "clean"}, {"dry_run", !o.yes}});
  if (!answer) return refuse(answer.error(), o.json);
  if (o.json) fmt::print("{}\n", toJson(*answer));
  else
    fmt::print("{} {} of {} on {}.\n", o.yes ? "Removed" : "Would remove, with --yes,", bytes((*answer)["bytes"].asInt()),
               fmt::format("{} object(s) that were not used for a day and {} worker(s) of other versions", (*answer)["objects"].asInt(),
                           (*answer)["versions"].asInt()),
               machine->name);
  return Exit::done;
}

/// A pipeline is named by its file or its id.
Result<std::pair<std::filesystem::path, std::string>> projectAndPipeline(const MachineOptions& o) {
  std::error_code ec;
  if (o.pipeline.ends_with(".json") || o.pipeline.find('/') != std::string::npos || std::filesystem::is_regular_file(o.pipeline, ec)) {
    PB_TRY(const auto pipeline, openPipeline(o.pipeline, o.project));
    const auto& id = pipeline.document["id"].asText();
    if (id.empty())
      return fail(ErrorKind::InvalidPipeline, "pipeline.no-id", TR("cli", "The pipeline has no id by which its place could be remembered."),
                  TR("cli", "Open and save it once in the Studio, or give it an \"id\"."), displayText(o.pipeline));
    std::filesystem::create_directories(pipeline.project, ec);
    return std::pair{pipeline.project, id};
  }
  PB_TRY(const auto project, chosenProject(o.project));
  return std::pair{project, o.pipeline};
}

/// Which is in force, and who chose it.
int tellDefault(const std::filesystem::path& project, const std::string& pipeline, bool json) {
  const auto place = usualPlace(project, pipeline);
  const bool known = place.name.empty() || machineNamed(place.name).has_value();
  if (json) {
    fmt::print("{}\n", toJson(Value{Value::Map{{"name", place.name.empty() ? "local" : place.name},
                                               {"of", place.ofPipeline  ? "pipeline"
                                                      : place.ofProject ? "project"
                                                                        : "nobody"},
                                               {"known", known}}}));
    return Exit::done;
  }
  fmt::print("{}{}\n", place.name.empty() ? "local" : place.name,
             place.ofPipeline  ? ", chosen for this pipeline"
             : place.ofProject ? ", chosen for the project"
                               : ", as nothing was chosen");
  if (!known) fmt::print("This computer knows no machine of that name: run with --on local, or add it with `patchbay machines add`.\n");
  return Exit::done;
}

int chooseDefault(const MachineOptions& o) {
  const auto what = projectAndPipeline(o);
  if (!what) return refuse(what.error(), o.json);
  const auto& [project, pipeline] = *what;
  if (o.name.empty() && !o.forget) return tellDefault(project, pipeline, o.json);
  if (!o.name.empty() && o.name != "local")
    if (const auto known = machineNamed(o.name); !known) return refuse(known.error(), o.json);
  const auto name = o.forget ? std::nullopt : std::optional{o.name == "local" ? std::string{} : o.name};
  if (const auto written = setDefaultMachine(project, pipeline, name); !written) return refuse(written.error(), o.json);
  if (o.json) fmt::print("{{}}\n");
  return Exit::done;
}

}  // namespace

void addMachineListCommands(CLI::App& app, Action& action) {
  const auto o = std::make_shared<MachineOptions>();
  auto* machines = app.add_subcommand("machines", "Other machines that pipelines run on: GPU boxes over SSH, Slurm clusters");
  machines->require_subcommand(1);
  const auto command = [&](const char* name, const char* help, int (*run)(const MachineOptions&), bool named = true) {
    auto* made = machines->add_subcommand(name, help);
    if (named) made->add_option("name", o->name, "What the machine is called here")->required()->type_name("NAME");
    made->add_flag("--json", o->json, "As JSON");
    made->callback([&action, o, run] { action = [o, run] { return run(*o); }; });
    return made;
  };
  auto* list = command("list", "List them", listMachines, false);
  list->add_option("--project", o->project, "Also tell this project's default")->type_name("DIR");
  list->add_option("--pipeline", o->pipeline, "And what this pipeline has chosen, by its id")->type_name("ID");
  auto* add = command("add", "Add one, or change it", addMachine);
  add->add_option("host", o->host, "Host of your SSH configuration; a cluster's login node")->type_name("SSH-HOST");
  add->add_option("--kind", o->kind, "ssh or slurm")->check(CLI::IsMember({"ssh", "slurm"}));
  add->add_option("--folder", o->folder, "Folder there; ~/.patchbay-worker when left out")->type_name("DIR");
  add->add_option("--partition", o->partition, "Of the cluster")->type_name("NAME");
  add->add_option("--account", o->account, "Of the cluster")->type_name("NAME");
  add->add_option("--time", o->time, "Time limit of a job, as sbatch takes it")->type_name("TIME");
  add->add_option("--gres", o->gres, "Resources of a job, such as gpu:1")->type_name("LIST");
  add->add_option("--constraint", o->constraint, "Features of a node")->type_name("LIST");
  add->add_option("--memory", o->memoryMb, "Memory of a job")
      ->type_name("MB")
      ->check(CLI::Validator{CLI::NonNegativeNumber}.description(""));
  command("test", "Say what is there and what is wrong", testMachine);
  command("install", "Send the worker there, after asking", installOn)->add_flag("--yes", o->yes, "Do not ask");
  command("jobs", "List the jobs that are there", listJobs);
  command("clean", "Remove what was not used for a day; says only what it would do", cleanMachine)->add_flag("--yes", o->yes, "Do it");
  command("remove", "Take one off the list", removeMachine);
  auto* usual = command("default", "Choose where pipelines run that are not told, local: here; without NAME say it", chooseDefault, false);
  usual->add_option("name", o->name, "A machine of the list, or local")->type_name("NAME");
  usual->add_option("--project", o->project, "Project folder")->type_name("DIR");
  usual->add_option("--pipeline", o->pipeline, "Only this pipeline, by its file or id")->type_name("FILE|ID");
  usual->add_flag("--forget", o->forget, "As if nothing had been chosen; a pipeline then runs where its project does");
}

}  // namespace patchbay::cli
