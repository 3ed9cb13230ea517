// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include "engine/executor/worker_process.h"
#include "engine/remote/slurm_executor.h"

namespace patchbay {
namespace {

Error error(ErrorKind kind, std::string code, Text cause, Text hint, const SlurmEvidence& e) {
  return {kind, std::move(code), std::move(cause), std::move(hint), e.step};
}

}  // namespace

Error judgeSlurm(const SlurmEvidence& e) {
  if (e.cancelled)
    return error(ErrorKind::Cancelled, "cancelled", TR("remote", "It was cancelled."), TR("remote", "Run again to go on."), e);
  // Without cgroups Slurm says FAILED of a job that it killed for its memory: what was seen of the job counts as well.
  const bool starved = e.signal == SIGKILL && e.memoryBytes > 0 && e.peakMemoryBytes > e.memoryBytes / 10 * 8;
  if (e.state == "OUT_OF_MEMORY" || e.reason == "OutOfMemory" || starved)
    return error(ErrorKind::OutOfMemory, "slurm.memory",
                 TR("remote", "{step} needed more memory than the {mb} MB it had asked the cluster for.")
                     .with("step", e.step)
                     .with("mb", e.memoryBytes >> 20),
                 TR("remote", "Give the machine more memory (`patchbay machines add ... --memory MB`), or use a smaller batch."), e);
  if (e.state == "TIMEOUT" || e.state == "DEADLINE")
    return error(ErrorKind::TimedOut, "slurm.time", TR("remote", "{step} ran into the time limit of the cluster.").with("step", e.step),
                 TR("remote", "Ask for more time (`patchbay machines add ... --time`), or choose a partition with a longer limit."), e);
  if (e.state == "NODE_FAIL" || e.state == "BOOT_FAIL")
    return error(ErrorKind::Crashed, "slurm.node", TR("remote", "The node that ran {step} failed.").with("step", e.step),
                 TR("remote", "Run again; it goes on from its last checkpoint."), e);
  if (e.state == "PREEMPTED")
    return error(ErrorKind::TimedOut, std::string{jobContinues},
                 TR("remote", "{step} had to make room for a more important job.").with("step", e.step),
                 TR("remote", "It goes on from its last checkpoint in a new job."), e);
  // Of two that the cluster started the one leaves that finds the attempt claimed; it is judged by that only when the other is silent.
  if (e.state == "FAILED" && e.exitCode == workerLostClaim)
    return error(ErrorKind::TimedOut, std::string{jobContinues},
                 TR("remote", "The cluster started {step} twice, and the one that worked was stopped.").with("step", e.step),
                 TR("remote", "It goes on from its last checkpoint in a new job."), e);
  // Who is silent we end ourselves; the cluster then says that it was cancelled.
  if (e.silent)
    return error(ErrorKind::Crashed, "slurm.lost", TR("remote", "{step} gave no sign of life on the cluster.").with("step", e.step),
                 TR("remote", "Run again; it goes on from its last checkpoint."), e);
  if (e.state == "CANCELLED")
    return error(ErrorKind::Cancelled, "slurm.cancelled", TR("remote", "Somebody cancelled {step} on the cluster.").with("step", e.step),
                 TR("remote", "Ask the cluster's administrators if it was not you, then run again."), e);
  return error(ErrorKind::Crashed, "slurm.crashed",
               TR("remote", "{step} ended on the cluster without a result ({state}, exit code {code}, signal {signal}).")
                   .with("step", e.step)
                   .with("state", e.state.empty() ? std::string_view{"unknown"} : std::string_view{e.state})
                   .with("code", std::int64_t{e.exitCode})
                   .with("signal", std::int64_t{e.signal}),
               TR("remote", "See the attempt's log, then run again; it goes on from its last checkpoint."), e);
}

}  // namespace patchbay
