// SPDX-License-Identifier: Apache-2.0
#include <gnu/libc-version.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <sstream>

#include "engine/base/process.h"
#include "engine/base/resources.h"
#include "engine/executor/verdict.h"
#include "engine/executor/worker_process.h"
#include "engine/remote/slurm_executor.h"
#include "engine/remote/supervisor.h"
#include "engine/run/keys.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

/// As the driver's program tells them, with what is in use when `busy`.
Value graphicsCards(bool busy) {
  Value cards{Value::List{}};
  const auto listed =
      runProgram({"nvidia-smi", busy ? "--query-gpu=name,memory.total,memory.used,utilization.gpu" : "--query-gpu=name,memory.total",
                  "--format=csv,noheader,nounits"},
                 {}, std::chrono::seconds{20});
  if (!listed || listed->code != 0) return cards;
  std::istringstream lines{listed->out};
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> words;
    std::istringstream parts{line};
    for (std::string word; std::getline(parts, word, ',');) words.push_back(word);
    if (words.size() < (busy ? 4u : 2u)) continue;
    const auto number = [&](std::size_t at) {
      std::int64_t out = 0;
      const auto& text = words[words.size() - (busy ? 4 : 2) + at];
      const auto from = text.find_first_not_of(' ');
      if (from != std::string::npos) std::from_chars(text.data() + from, text.data() + text.size(), out);
      return out;
    };
    Value card{Value::Map{{"name", words[0]}, {"memory_mb", number(1)}}};
    if (busy) {
      card["used_mb"] = number(2);
      card["busy"] = number(3);
    }
    cards.push(std::move(card));
  }
  return cards;
}

/// How many of them can be computed on, and else why not. The worker is asked in a process that ends at once: looking
/// initialises CUDA.
void addUsable(Value& out, const Value* wishes) {
  if (wishes) {
    // A job has what it asks for, "gpu:a100:2"; the login node's own cards are nobody's.
    const auto& gres = (*wishes)["gres"].asText();
    const auto at = gres.starts_with("gpu") ? 0 : gres.find(",gpu");
    if (at == std::string::npos) return;
    const auto word = gres.substr(at, gres.find(',', at + 1) - at);
    const auto number = std::atoll(word.c_str() + word.rfind(':') + 1);
    out["gpus_usable"] = std::max<std::int64_t>(1, word.find(':') == std::string::npos ? 1 : number);
    return;
  }
  if (out["gpus"].asList().empty()) return;
  const auto run = runProgram({workerStarter().string(), "gpu"}, {}, std::chrono::seconds{60});
  const auto said = parseJson(run ? run->out : "");
  std::int64_t usable = 0;
  if (said)
    for (const auto& gpu : (*said)["gpus"].asList()) usable += gpu["works"].asBool();
  out["gpus_usable"] = usable;
  if (said && said->contains("error")) out["gpu_error"] = (*said)["error"];
}

std::int64_t freeMemoryMb() {
  const auto text = readFile("/proc/meminfo", 100'000);
  const auto at = text ? text->find("MemAvailable:") : std::string::npos;
  return at == std::string::npos ? 0 : std::atoll(text->c_str() + at + 13) >> 10;
}

void addNow(Value& out, const fs::path& root) {
  out["time"] = static_cast<std::int64_t>(std::time(nullptr));
  std::error_code ec;
  if (const auto space = fs::space(root, ec); !ec) out["free_bytes"] = static_cast<std::int64_t>(space.available);
  double load[1] = {0};
  if (::getloadavg(load, 1) == 1) out["load"] = load[0];
}

/// The machine's own C library; the one that is loaded may have come with the worker.
std::string systemGlibc() {
  const auto run = runProgram({"getconf", "GNU_LIBC_VERSION"}, {}, std::chrono::seconds{10});
  const auto text = run && run->code == 0 ? run->out : std::string{};
  constexpr std::string_view name = "glibc ";
  if (!text.starts_with(name)) return {};
  return text.substr(name.size(), text.find_first_of(" \n", name.size()) - name.size());
}

std::string systemName() {
  const auto text = readFile("/etc/os-release", 100000);
  if (!text) return "Linux";
  const auto at = text->find("PRETTY_NAME=\"");
  if (at == std::string::npos) return "Linux";
  const auto from = at + 13;
  return text->substr(from, text->find('"', from) - from);
}

}  // namespace

Value machineFacts(const fs::path& root, bool slurm, const Value& wishes) {
  const auto machine = thisMachine();
  Value out;
  out["cores"] = machine.cores;
  out["isa"] = machine.isa;
  out["memory_mb"] = usableMemory() >> 20;
  out["gpus"] = graphicsCards(false);
  addUsable(out, slurm ? &wishes : nullptr);
  utsname names{};
  ::uname(&names);
  out["arch"] = std::string{names.machine};
  out["host"] = std::string{names.nodename};
  out["system"] = systemName();
  out["glibc"] = systemGlibc();
  if (const std::string loaded = ::gnu_get_libc_version(); out["glibc"].asText() != loaded) out["own_glibc"] = loaded;
  addNow(out, root);
  if (!slurm) return out;
  out["slurm"] = slurmFacts(wishes);
  // Jobs run on a node: one that asked for as many cores as the login node has could be refused, or leave most of a node idle.
  if (const auto cores = out["slurm"]["cores"].asInt(); cores > 0) out["cores"] = cores;
  return out;
}

Value machineLoad(const fs::path& root, bool slurm) {
  Value out;
  out["cores"] = thisMachine().cores;
  out["memory_mb"] = usableMemory() >> 20;
  out["memory_free_mb"] = freeMemoryMb();
  out["gpus"] = graphicsCards(true);
  addNow(out, root);
  if (slurm) out["queue"] = slurmQueue();
  return out;
}

}  // namespace patchbay
