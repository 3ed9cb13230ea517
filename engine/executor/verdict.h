// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "engine/executor/zygote.h"

namespace patchbay {

/// Everything known of a worker that ended without a result.
struct Evidence {
  std::string step;   ///< Name of the step, for the sentence.
  std::string block;  ///< Block id.
  std::optional<WorkerExit> exit;
  std::int64_t peakMemoryBytes = 0;
  std::int64_t memoryBytes = 0;         ///< What the machine, the container or the job may use.
  bool oomKill = false;                 ///< The kernel killed something for memory while the job ran.
  bool cancelled = false;               ///< It had been asked to end.
  std::optional<double> silentSeconds;  ///< We killed it because it gave no sign of life for so long.
};

/// Why it ended, as an error on its step: OutOfMemory, Crashed, TimedOut, Cancelled, NoSpace, Io.
Error judge(const Evidence& evidence);

/// Memory this process and its children may use: the machine's, or less in a container.
std::int64_t usableMemory();
/// How often the kernel has killed for memory in this control group; -1 when it does not tell.
std::int64_t oomKills();

}  // namespace patchbay
