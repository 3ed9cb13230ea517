// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/verdict.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/base/file.h"
#include "engine/executor/worker_process.h"

namespace patchbay {
namespace {

/// The control groups of this process, innermost first (version 2), then the place where a container sees its own.
std::vector<std::filesystem::path> controlGroups() {
  std::vector<std::filesystem::path> groups;
  if (const auto text = readFile("/proc/self/cgroup", 100000)) {
    const auto at = text->find("0::/");
    if (at != std::string::npos) {
      const auto name = text->substr(at + 4, text->find('\n', at) - at - 4);
      for (std::filesystem::path p = name; !p.empty(); p = p.parent_path()) groups.push_back("/sys/fs/cgroup" / p);
    }
  }
  groups.emplace_back("/sys/fs/cgroup");
  groups.emplace_back("/sys/fs/cgroup/memory");  // Version 1.
  return groups;
}

std::optional<std::int64_t> numberIn(const std::filesystem::path& file, std::string_view key) {
  const auto text = readFile(file, 100000);
  if (!text) return std::nullopt;
  const auto at = key.empty() ? 0 : text->find(std::string{key} + " ");
  if (at == std::string::npos) return std::nullopt;
  const char* from = text->c_str() + at + (key.empty() ? 0 : key.size() + 1);
  char* end = nullptr;
  const auto number = std::strtoll(from, &end, 10);
  if (end == from) return std::nullopt;  // "max"
  return number;
}

Error memoryError(const Evidence& e) {
  Text cause = TR("executor", "{step} needed more memory than there is and was ended by the system (it had {mb} MB).")
                   .with("step", e.step)
                   .with("mb", e.peakMemoryBytes >> 20);
  return {ErrorKind::OutOfMemory, "worker.memory", std::move(cause),
          TR("executor", "Use a smaller batch or input size, or close other programs."), e.step};
}

Error crash(const Evidence& e, Text cause, Text hint) {
  return {ErrorKind::Crashed, "worker.crashed", std::move(cause), std::move(hint), e.step};
}

}  // namespace

Error judge(const Evidence& e) {
  const Text seeLog =
      TR("executor", "The other blocks are not affected. See the attempt's log, then run again; report it if it happens again.");
  if (e.silentSeconds)
    return {ErrorKind::TimedOut, "worker.hung",
            TR("executor", "{step} gave no sign of life for {seconds} s and was ended.")
                .with("step", e.step)
                .with("seconds", std::round(*e.silentSeconds)),
            TR("executor", "Run again; it goes on from its last checkpoint. Report it if it happens again."), e.step};
  if (e.cancelled)
    return {ErrorKind::Cancelled, "cancelled", TR("executor", "It was cancelled."), TR("executor", "Run again to go on."), e.step};
  if (!e.exit || !e.exit->known)
    return crash(e, TR("executor", "{step} ended while nobody was watching, without leaving a result.").with("step", e.step), seeLog);
  const auto& exit = *e.exit;
  if (exit.signal == SIGKILL && (e.oomKill || (e.memoryBytes > 0 && e.peakMemoryBytes > e.memoryBytes / 2))) return memoryError(e);
  if (exit.signal == SIGKILL)
    return crash(
        e, TR("executor", "{step} was killed from outside (signal 9).").with("step", e.step),
        TR("executor", "Run again; it goes on from its last checkpoint. If nobody killed it, look for the reason in the system's log."));
  if (exit.signal) {
    const char* name = ::sigabbrev_np(exit.signal);
    return crash(e,
                 TR("executor", "{step} crashed in the block {block} (signal {signal}, {name}).")
                     .with("step", e.step)
                     .with("block", e.block)
                     .with("signal", std::int64_t{exit.signal})
                     .with("name", std::string_view{name ? "SIG" + std::string{name} : "unknown"}),
                 seeLog);
  }
  if (exit.code == workerNoSpace)
    return {ErrorKind::NoSpace, "io.no-space",
            TR("executor", "The disk was full when {step} wanted to write its result.").with("step", e.step),
            TR("executor", "Free some disk space, for example with `patchbay gc`, and run again."), e.step};
  if (exit.code == workerFailed)
    return {ErrorKind::Io, "worker.io", TR("executor", "{step} could not write into its attempt folder.").with("step", e.step),
            TR("executor", "Check the permissions of the project's folder and the disk, then run again."), e.step};
  return crash(e,
               TR("executor", "The block {block} ended its worker with exit code {code}.")
                   .with("block", e.block)
                   .with("code", std::int64_t{exit.code}),
               seeLog);
}

std::int64_t usableMemory() {
  std::int64_t bytes = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE);
  for (const auto& group : controlGroups())
    for (const char* file : {"memory.max", "memory.limit_in_bytes"})
      if (const auto limit = numberIn(group / file, {}); limit && *limit > 0) bytes = std::min(bytes, *limit);
  return bytes;
}

std::int64_t oomKills() {
  for (const auto& group : controlGroups())
    for (const char* file : {"memory.events", "memory.oom_control"})
      if (const auto count = numberIn(group / file, "oom_kill")) return *count;
  return -1;
}

}  // namespace patchbay
