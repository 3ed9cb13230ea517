// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/process.h"
#include "engine/base/value.h"
#include "engine/executor/attempt.h"
#include "engine/remote/slurm_executor.h"

namespace patchbay {

/// One call of sbatch, squeue, scancel or scontrol.
Result<ProgramRun> runSlurm(const std::vector<std::string>& argv);
/// Whether the call failed because the controller is away.
bool slurmUnanswered(const std::string& err);
/// The error of a call that failed.
tl::unexpected<Error> slurmRefusal(const Result<ProgramRun>& run);
/// Whether a job in this state of squeue has ended.
bool slurmOver(const std::string& state);
struct SlurmLine {
  std::string state, reason, comment, name;
};
/// This user's jobs by number, elements of arrays each for itself, also those that are over and still known; nullopt: no answer.
std::optional<std::map<std::string, SlurmLine>> squeueOfMine();
/// File of an attempt that says which job of the cluster has it: {"job", "handed"?, "array"?, "place"?}.
std::filesystem::path slurmRecord(const AttemptFiles& files);
/// Whether a job with this comment was started by a supervisor whose attempts lie in this folder.
bool startedFrom(const std::filesystem::path& attemptsFolder, const std::string& comment);
/// Leaves of jobs (number -> name) those that no attempt without a result has.
void dropWanted(std::map<std::string, std::string>& jobs, const std::filesystem::path& attemptsFolder);
/// Adds to the evidence what scontrol and the job's output say.
void lookUp(SlurmEvidence& evidence, const std::string& slurmId, const std::filesystem::path& output);

/// One job of the cluster, or an array of them, as sbatch is told of it.
struct SlurmBatch {
  std::filesystem::path script, attemptsFolder, chainsFolder, output;
  std::string name, instance;
  std::vector<std::pair<std::string, std::string>> elements;  ///< Attempt and its chain ("": none), in the array's order.
  int threads = 1, lingerSeconds = 20;
  int ranks = 1;  ///< Processes of the job, a task each: see executor/ranks.h. The threads are those of all together.
  Value wishes;
  std::vector<std::string> program;  ///< What runs job.json of the folder it is started in.
};
/// Every word is an argument of its own: nothing is quoted.
std::vector<std::string> sbatchCommand(const SlurmBatch& batch);
/// What sbatch is given. An element of an array runs the attempt of its number. An attempt with a chain is followed, in the same job,
/// by those that are handed over: a file CHAINS/<chain>/next/<attempt>, "more" in it when yet another will come. Renaming the
/// chain's folder closes it, so that nothing is handed over to a job that has left.
std::string_view slurmScript();

}  // namespace patchbay
