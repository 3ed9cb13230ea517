// SPDX-License-Identifier: Apache-2.0
#include <gnu/libc-version.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <charconv>
#include <ctime>
#include <sstream>

#include "engine/base/process.h"
#include "engine/executor/verdict.h"
#include "engine/remote/slurm_executor.h"
#include "engine/remote/supervisor.h"
#include "engine/run/keys.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

Value graphicsCards() {
  Value cards{Value::List{}};
  const auto listed =
      runProgram({"nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"}, {}, std::chrono::seconds{20});
  if (!listed || listed->code != 0) return cards;
  std::istringstream lines{listed->out};
  for (std::string line; std::getline(lines, line);) {
    const auto comma = line.rfind(',');
    if (comma == std::string::npos) continue;
    std::int64_t mb = 0;
    const auto from = line.find_first_not_of(' ', comma + 1);
    if (from != std::string::npos) std::from_chars(line.data() + from, line.data() + line.size(), mb);
    cards.push(Value::Map{{"name", line.substr(0, comma)}, {"memory_mb", mb}});
  }
  return cards;
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

Value machineFacts(const fs::path& root, bool slurm) {
  const auto machine = thisMachine();
  Value out;
  out["cores"] = machine.cores;
  out["isa"] = machine.isa;
  out["memory_mb"] = usableMemory() >> 20;
  out["gpus"] = graphicsCards();
  utsname names{};
  ::uname(&names);
  out["arch"] = std::string{names.machine};
  out["host"] = std::string{names.nodename};
  out["system"] = systemName();
  out["glibc"] = std::string{::gnu_get_libc_version()};
  out["time"] = static_cast<std::int64_t>(std::time(nullptr));
  std::error_code ec;
  if (const auto space = fs::space(root, ec); !ec) out["free_bytes"] = static_cast<std::int64_t>(space.available);
  double load[1] = {0};
  if (::getloadavg(load, 1) == 1) out["load"] = load[0];
  if (slurm) out["slurm"] = slurmFacts();
  return out;
}

}  // namespace patchbay
