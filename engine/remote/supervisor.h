// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "engine/executor/zygote.h"

namespace patchbay {

// The far side: what runs on a GPU box or on a cluster's login node. Below its root lie bin/<version>-<digest>/ (worker and
// libraries), objects/, attempts/<ulid>/, checkpoints/, exports/<ulid>/ and run/ (sockets, locks, logs).

struct SupervisorOptions {
  std::filesystem::path root;
  std::string instance;  ///< ULID of the engine's project: its attempts alone are looked after and swept.
  bool slurm = false;    ///< Jobs go to the cluster's queue instead of this machine.
  ZygoteOptions zygote;  ///< Its program starts the worker with its libraries; on a cluster it runs jobs on the nodes.
  int idleSeconds = 60;  ///< Ends after so long without an engine and without jobs.
};

/// Detached from every terminal and connection: watches the jobs of one instance, answers the engine that is connected and keeps
/// what it could not tell, in files, for one that comes back. Its own death stops no job. Returns the exit code.
int runSupervisor(const SupervisorOptions& options);

/// Carries bytes between its standard input and output and the supervisor, which it starts when there is none. Ends with the
/// connection. `output` is where the bytes go.
int runAgent(const SupervisorOptions& options, int output);

/// {"cores": of a cluster: of its nodes, "memory_mb", "free_bytes", "gpus": [{"name", "memory_mb"}], "gpus_usable"?: how many can be
/// computed on (of a cluster: how many a job asks for), "gpu_error"?: why none can, "isa", "arch", "system", "glibc", "own_glibc"?: the C
/// library that came with the worker, "time", "load", "slurm"?: slurmFacts()}
Value machineFacts(const std::filesystem::path& root, bool slurm, const Value& wishes);
/// How busy it is: {"cores", "load": of one minute, "memory_mb", "memory_free_mb", "free_bytes", "gpus": [{"name", "memory_mb",
/// "used_mb", "busy": percent}], "time", "queue"?: slurmQueue()}
Value machineLoad(const std::filesystem::path& root, bool slurm);

}  // namespace patchbay
