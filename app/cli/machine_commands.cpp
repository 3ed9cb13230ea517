// SPDX-License-Identifier: Apache-2.0
// patchbay doctor, version, completion, manual.
#include <fmt/format.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <limits>
#include <set>

#include "app/cli/command.h"
#include "app/cli/words.h"
#include "engine/base/process.h"
#include "engine/base/processor.h"
#include "engine/base/resources.h"
#include "engine/run/full_disk.h"
#include "engine/service/graphics_card.h"

namespace patchbay::cli {
namespace {
namespace fs = std::filesystem;

struct Finding {
  std::string what, value, advice;
  bool problem = false;
};

Finding processor() {
  std::ifstream info{"/proc/cpuinfo"};
  std::set<std::string> flags;
  for (std::string line; flags.empty() && std::getline(info, line);) {
    if (!line.starts_with("flags")) continue;
    std::istringstream words{line.substr(line.find(':') + 1)};
    for (std::string word; words >> word;) flags.insert(word);
  }
  std::string features;
  for (const auto& [flag, shown] : {std::pair{"avx2", "AVX2"},
                                    {"avx512f", "AVX-512"},
                                    {"avx512_vnni", "VNNI"},
                                    {"avx_vnni", "AVX-VNNI"},
                                    {"avx512_bf16", "BF16"},
                                    {"amx_tile", "AMX"}})
    if (flags.contains(flag)) features += (features.empty() ? "" : ", ") + std::string{shown};
  const bool slow = !flags.contains("avx2");
  return {"processor",
          fmt::format("{}, {} cores, {}", processorName(), ::sysconf(_SC_NPROCESSORS_ONLN),
                      features.empty() ? "no vector units used" : features),
          slow ? "Without AVX2 everything is several times slower; use a newer machine for training." : "", slow};
}

Finding memory() {
  struct sysinfo info {};
  ::sysinfo(&info);
  const auto total = static_cast<std::int64_t>(info.totalram) * info.mem_unit;
  auto available = static_cast<std::int64_t>(info.freeram + info.bufferram) * info.mem_unit;
  // Memory that caches files counts as free: the kernel says how much of it.
  std::ifstream meminfo{"/proc/meminfo"};
  for (std::string line; std::getline(meminfo, line);)
    if (line.starts_with("MemAvailable:")) available = std::strtoll(line.c_str() + 13, nullptr, 10) * 1024;
  const bool little = total < (std::int64_t{4} << 30);
  return {"memory", bytes(total) + " in all, " + bytes(available) + " free",
          little ? "Fine-tuning wants 4 GB: choose \"Head only\", or another machine." : "", little};
}

Finding disk(const char* what, const fs::path& where) {
  const auto available = freeBytesAt(where);
  if (available == std::numeric_limits<std::int64_t>::max())
    return {what, displayText(where.native()) + " cannot be read", "Check its permissions.", true};
  const bool little = available < (std::int64_t{2} << 30);
  return {what, bytes(available) + " free at " + displayText(where.native()),
          little ? "Free some space, for example with `patchbay gc`." : "", little};
}

Finding gpu() {
  const auto card = graphicsCard();
  const auto trouble = gpuTrouble(card);
  const auto name = card ? card->name : std::string{"none that answers"};
  if (!trouble.cause.empty()) return {"GPU", name + "; " + trouble.cause, trouble.hint, true};
  if (!card) return {"GPU", name, "Not needed. With an NVIDIA card: install its driver, then run app/setup/install --gpu.", false};
  return {"GPU", name, "", false};
}

Finding worker() {
  const auto program = programFolder() / "patchbay-worker";
  const auto run = runProgram({program.native(), "catalogue"}, {}, std::chrono::seconds{60});
  if (!run || run->code != 0)
    return {"libraries", "the worker does not start: " + displayText(run ? run->err.substr(0, 200) : std::string{"not found"}),
            "Run app/setup/install and build again.", true};
  const auto catalogue = parseJson(run->out);
  if (!catalogue) return {"libraries", "the worker's answer cannot be read", "Build again.", true};
  // What the worker says of them are build ids; people know the versions, which the build pins.
  std::string names;
  const auto& loaded = (*catalogue)["numerics"]["libraries"];
  for (const auto& [library, shown] : {std::pair{"libtorch_cpu", "LibTorch " PATCHBAY_TORCH_VERSION},
                                       {"libopenvino", "OpenVINO " PATCHBAY_OPENVINO_VERSION},
                                       {"libopencv_core", "OpenCV " PATCHBAY_OPENCV_VERSION}})
    if (loaded.contains(library)) names += (names.empty() ? "" : ", ") + std::string{shown};
  const auto blocks = (*catalogue)["blocks"].asList().size();
  std::string refused;
  for (const auto& problem : (*catalogue)["problems"].asList())
    refused += (refused.empty() ? "" : " ") + render(textFromValue(problem["cause"]));
  if (!refused.empty() || blocks == 0)
    return {"blocks", refused.empty() ? "none is installed" : refused, "Build again, or run app/setup/install.", true};
  return {"blocks", fmt::format("{}, computing with {}", blocks, names.empty() ? "no library" : names), "", false};
}

/// The speed that can be expected, and what holds it back.
Finding speed() {
  std::ifstream info{"/proc/cpuinfo"}, load{"/proc/loadavg"};
  std::string line, flags;
  while (flags.empty() && std::getline(info, line))
    if (line.starts_with("flags")) flags = line + " ";
  double busy = 0;
  load >> busy;
  const auto cores = ::sysconf(_SC_NPROCESSORS_ONLN);
  std::vector<std::string> slow;
  if (flags.find(" avx512f ") == std::string::npos)
    slow.emplace_back(flags.find(" avx2 ") == std::string::npos ? "no AVX2: several times slower"
                                                                : "no AVX-512: up to twice as slow as a processor that has it");
  if (cores < 4)
    slow.push_back(fmt::format(
        "only {} cores: training the whole network takes hours from some thousand pictures on; \"Last stages\" takes minutes", cores));
  if (busy > static_cast<double>(cores))
    slow.push_back(fmt::format("other programs use the processor now (load {:.1f}), so everything takes about {:.0f} times as long", busy,
                               busy / static_cast<double>(cores) + 1));
  std::string text;
  for (const auto& s : slow) text += (text.empty() ? "" : "; ") + s;
  return {"speed", text.empty() ? "nothing holds it back" : text, "", false};
}

Finding samples() {
  const auto folder = sampleFolder("solar-cells");
  return {"sample data", folder ? displayText(folder->native()) : "not installed", folder ? "" : render(folder.error().hint), false};
}

int doctor(const std::string& project, bool json) {
  std::vector<Finding> findings{{"patchbay", PATCHBAY_VERSION, "", false},
                                processor(),
                                memory(),
                                disk("disk", fs::current_path()),
                                disk("cache", cacheFolder()),
                                gpu(),
                                worker(),
                                speed(),
                                samples()};
  Value engineSays;
  if (!project.empty()) {
    const auto engine = connectEngine(fs::absolute(project), {.create = false});
    const auto answer = engine ? (*engine)->doctor() : fail(engine.error());
    if (answer) {
      engineSays = *answer;
      const bool ok = (*answer)["store"]["quick_check"].asText() == "ok";
      findings.push_back({"project",
                          fmt::format("{} objects, {}, database {}", (*answer)["store"]["objects"].asInt(),
                                      bytes((*answer)["store"]["bytes"].asInt()), ok ? "sound" : "damaged"),
                          ok ? "" : "Restore project.db from the newest backup beside it.", !ok});
    } else {
      findings.push_back({"project", render(answer.error().cause), render(answer.error().hint), true});
    }
  }
  bool problems = false;
  Value list{Value::List{}};
  for (const auto& f : findings) {
    problems |= f.problem;
    list.push(Value::Map{{"what", f.what}, {"value", f.value}, {"advice", f.advice}, {"problem", f.problem}});
    if (json) continue;
    fmt::print("{:<12} {}{}\n", f.what, f.problem ? "PROBLEM: " : "", f.value);
    if (!f.advice.empty()) fmt::print("{:<12}   {}\n", "", f.advice);
  }
  if (json) fmt::print("{}\n", toJson(Value::Map{{"findings", list}, {"engine", engineSays}}));
  return problems ? Exit::blockFailed : Exit::done;
}

}  // namespace

void addMachineCommands(CLI::App& app, Action& action) {
  struct Options {
    std::string project, shell = "bash";
    bool json = false;
  };
  const auto o = std::make_shared<Options>();
  auto* check = app.add_subcommand("doctor", "Say what this machine has, what is missing, what is slow and why");
  check->add_option("--project", o->project, "Also check this project")->type_name("DIR");
  check->add_flag("--json", o->json, "As JSON");
  check->callback([&action, o] { action = [o] { return doctor(o->project, o->json); }; });
  auto* version = app.add_subcommand("version", "Print the version");
  version->callback([&action] {
    action = [] {
      fmt::print("patchbay {}\n", PATCHBAY_VERSION);
      return static_cast<int>(Exit::done);
    };
  });
  auto* completion = app.add_subcommand("completion", "Print a completion script: source <(patchbay completion bash)");
  completion->add_option("shell", o->shell, "bash or zsh")->check(CLI::IsMember({"bash", "zsh"}));
  completion->callback([&action, &app, o] {
    action = [&app, o] {
      fmt::print("{}", completionScript(app, o->shell));
      return static_cast<int>(Exit::done);
    };
  });
  auto* manual = app.add_subcommand("manual", "Print the man page: patchbay manual | man -l -");
  manual->callback([&action, &app] {
    action = [&app] {
      fmt::print("{}", manualPage(app));
      return static_cast<int>(Exit::done);
    };
  });
}

}  // namespace patchbay::cli
