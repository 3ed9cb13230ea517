// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>

#include "engine/base/channel.h"
#include "engine/executor/packs.h"
#include "engine/run/job.h"

// The inside of patchbay-worker, below its command line.
namespace patchbay {

/// Exit codes of a worker that runs a job. Done: result.json is there, whatever it says.
inline constexpr int workerDone = 0, workerFailed = 70, workerNoSpace = 74, workerLostClaim = 75, workerCheckpointed = 85;

/// Keeps fd 1 for what the program itself prints and points it at stderr for everything else, before any library is loaded.
/// Returns the descriptor for the program's own output.
UniqueFd guardOutput();

/// What starts this program again: `start` of the bundle it was sent in, which knows where its libraries are and whether the C
/// library of the machine will do; otherwise the program itself.
std::filesystem::path workerStarter();

/// Gives LD_LIBRARY_PATH back to what it was before `start`: the loader has read it, and programs of this machine that are called
/// from here (sbatch, nvidia-smi) must not load the bundle's libraries.
void forgetOwnLibraries();

/// Runs one job in this process to its result.json and returns the exit code. With a channel the job asks and tells the
/// engine at its other end; without one it has what lies in its folders.
int runJob(const JobSpec& job, Packs& packs, Channel channel);

/// Answers live requests until the channel closes. `request` is {"service", "objects": folder, "threads"}.
int runLive(const Value& request, Packs& packs, Channel channel);

/// The zygote: forks one process per request on the channel and tells of their ends, until the channel closes. Starts no
/// thread and initialises nothing, so that what it forks is as good as freshly loaded.
///
/// in  {"op": "job", "seq", "job": path of job.json, "block": its type} + fd, {"op": "live", "seq", "request", "log": path} + fd
/// out {"started": seq, "pid", "start"} | {"failed": seq, "error"}, {"exited": pid, "code" | "signal", "peak"}
int runZygote(Packs& packs, Channel channel);

}  // namespace patchbay
