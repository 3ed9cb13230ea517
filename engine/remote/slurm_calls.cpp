// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/slurm_calls.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>

#include "engine/base/file.h"
#include "engine/base/process.h"

namespace patchbay {
namespace {

std::string field(const std::string& text, const std::string& key) {
  const auto at = text.find(key + "=");
  if (at == std::string::npos) return {};
  const auto from = at + key.size() + 1;
  return text.substr(from, text.find_first_of(" \n", from) - from);
}

}  // namespace

Result<ProgramRun> runSlurm(const std::vector<std::string>& argv) { return runProgram(argv, {}, std::chrono::seconds{60}); }

bool slurmUnanswered(const std::string& err) {
  for (const auto* sign : {"Unable to contact slurm controller", "Connection refused", "Socket timed out", "Zero Bytes were transmitted",
                           "Communication connection failure", "Unexpected message received", "Slurm backup controller"})
    if (err.find(sign) != std::string::npos) return true;
  return false;
}

tl::unexpected<Error> slurmRefusal(const Result<ProgramRun>& run) {
  if (!run) return fail(run.error());
  auto said = run->err;
  while (!said.empty() && said.back() == '\n') said.pop_back();
  if (slurmUnanswered(said))
    return fail(ErrorKind::Unreachable, "slurm.down",
                TR("remote", "The cluster's controller does not answer: {said}").with("said", displayText(said)),
                TR("remote", "It is tried again by itself; ask the cluster's administrators when this lasts."));
  return fail(ErrorKind::Usage, "slurm.refused", TR("remote", "The cluster refused the job: {said}").with("said", displayText(said)),
              TR("remote", "Check partition, account, time and resources of the machine: `patchbay machines test NAME`."));
}

bool slurmOver(const std::string& state) {
  static const std::set<std::string, std::less<>> going{"PENDING",   "RUNNING",      "CONFIGURING",  "COMPLETING", "SUSPENDED",
                                                        "REQUEUED",  "REQUEUE_FED",  "REQUEUE_HOLD", "RESIZING",   "SIGNALING",
                                                        "STAGE_OUT", "SPECIAL_EXIT", "STOPPED"};
  return !going.contains(state);
}

std::optional<std::map<std::string, SlurmLine>> squeueOfMine() {
  const auto said = runSlurm({"squeue", "-h", "-a", "-r", "-t", "all", "--me", "-o", "%i|%T|%r|%k|%j"});
  if (!said || said->code != 0) return std::nullopt;
  std::map<std::string, SlurmLine> out;
  std::istringstream lines{said->out};
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> f;
    std::istringstream words{line};
    for (std::string word; std::getline(words, word, '|');) f.push_back(word);
    if (f.size() >= 5) out[f[0]] = {f[1], f[2], f[3], f[4]};
  }
  return out;
}

std::filesystem::path slurmRecord(const AttemptFiles& files) { return files.folder / "slurm.json"; }

bool startedFrom(const std::filesystem::path& attemptsFolder, const std::string& comment) {
  constexpr std::string_view mark = "patchbay:";
  if (!comment.starts_with(mark)) return false;
  const auto instance = comment.substr(mark.size());
  std::error_code ec;
  return isUlid(instance) && std::filesystem::exists(attemptsFolder.parent_path() / "run" / (instance + ".slurm.lock"), ec);
}

void dropWanted(std::map<std::string, std::string>& jobs, const std::filesystem::path& attemptsFolder) {
  if (jobs.empty()) return;
  std::set<std::string> names;
  std::error_code ec;
  for (const auto& entry : std::filesystem::directory_iterator{attemptsFolder, ec}) {
    const AttemptFiles files{entry.path()};
    if (std::error_code none; std::filesystem::exists(files.result(), none)) continue;
    // Its number may not be noted yet; its name is known before it is submitted.
    names.insert(entry.path().filename().native());
    const auto text = readFile(slurmRecord(files), 10'000);
    const auto noted = text ? parseJson(*text) : Result<Value>{Value{}};
    if (!noted || !noted->isMap()) continue;
    jobs.erase((*noted)["job"].asText());
    if ((*noted)["job"].asText().empty()) names.insert((*noted)["array"].asText());
  }
  std::erase_if(jobs, [&](const auto& one) { return names.contains(one.second); });
}

void lookUp(SlurmEvidence& evidence, const std::string& slurmId, const std::filesystem::path& output) {
  if (const auto shown = runSlurm({"scontrol", "show", "job", "-o", slurmId}); shown && shown->code == 0) {
    evidence.state = field(shown->out, "JobState");
    evidence.reason = field(shown->out, "Reason");
    const auto exit = field(shown->out, "ExitCode");
    std::from_chars(exit.data(), exit.data() + exit.size(), evidence.exitCode);
    if (const auto colon = exit.find(':'); colon != std::string::npos)
      std::from_chars(exit.data() + colon + 1, exit.data() + exit.size(), evidence.signal);
    // A script that ends by a signal of its program is told as 128 + signal.
    if (evidence.signal == 0 && evidence.exitCode > 128) evidence.signal = evidence.exitCode - 128;
  }
  // What the step daemon wrote when it killed the job; newer versions say the first, cgroups the second.
  if (const auto said = readFile(output, std::size_t{16} << 20))
    if (said->find("exceeded memory limit") != std::string::npos || said->find("oom_kill event") != std::string::npos ||
        said->find("oom-kill event") != std::string::npos)
      evidence.reason = "OutOfMemory";
}

std::vector<std::string> sbatchCommand(const SlurmBatch& batch) {
  std::vector<std::string> out{"sbatch",
                               "--parsable",
                               "--no-requeue",
                               "--job-name=" + batch.name,
                               "--comment=patchbay:" + batch.instance,
                               "--signal=B:USR1@30",
                               "--open-mode=append",
                               "--output=" + batch.output.string(),
                               "--chdir=" + batch.attemptsFolder.string(),
                               "--cpus-per-task=" + std::to_string(std::max(1, batch.threads / batch.ranks))};
  if (batch.ranks > 1) out.push_back("--ntasks=" + std::to_string(batch.ranks));
  if (batch.elements.size() > 1) out.push_back("--array=0-" + std::to_string(batch.elements.size() - 1));
  for (const auto* wish : {"partition", "account", "time", "gres", "constraint"})
    if (const auto& value = batch.wishes[wish].asText(); !value.empty()) out.push_back("--" + std::string{wish} + "=" + value);
  if (const auto mb = batch.wishes["memory_mb"].asInt(); mb > 0) out.push_back("--mem=" + std::to_string(mb) + "M");
  out.insert(out.end(),
             {batch.script.string(), batch.attemptsFolder.string(), batch.chainsFolder.string(), std::to_string(batch.lingerSeconds * 5)});
  for (const auto& [attempt, chain] : batch.elements) out.push_back(attempt + ":" + chain);
  out.emplace_back("--");
  out.insert(out.end(), batch.program.begin(), batch.program.end());
  return out;
}

std::string_view slurmScript() {
  return R"sh(#!/bin/sh
# job.sh ATTEMPTS CHAINS FIFTHS ATTEMPT:CHAIN... -- PROGRAM...
attempts=$1 chains=$2 linger=$3
shift 3
turn=${SLURM_ARRAY_TASK_ID:-0} at=0 id= chain=
while [ "$1" != -- ]; do
  [ "$at" != "$turn" ] || { id=${1%%:*}; chain=${1#*:}; }
  at=$((at + 1))
  shift
done
shift
cd "$attempts/$id" || exit 1
[ -n "$chain" ] || exec "$@"

child= asked=
told() {
  asked=$1
  [ -z "$child" ] || kill -s "$1" "$child" 2>/dev/null
}
trap 'told TERM' TERM
trap 'told USR1' USR1
trap 'told USR2' USR2
run() {
  cd "$attempts/$1" || return 1
  shift
  asked=
  "$@" &
  child=$!
  [ -z "$asked" ] || kill -s "$asked" "$child" 2>/dev/null
  # A signal ends the waiting, not the child.
  while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2>/dev/null || break
  done
  child=
  return "$code"
}

me=$SLURM_JOB_ID
[ -z "$SLURM_ARRAY_JOB_ID" ] || me=${SLURM_ARRAY_JOB_ID}_$turn
open=$chains/$chain
mkdir -p "$open/next" && echo "$me" > "$open/.job" && mv -f "$open/.job" "$open/job"
run "$id" "$@"
code=$?
waited=0
while [ "$code" = 0 ] && [ "$asked" != TERM ] && [ "$asked" != USR1 ]; do
  next=
  for file in "$open"/next/*; do
    [ ! -f "$file" ] || { next=$file; break; }
  done
  if [ -n "$next" ]; then
    [ "$(cat "$next")" = more ] || linger=0
    rm -f "$next"
    waited=0
    run "${next##*/}" "$@"
    code=$?
  elif [ "$open" != "$chains/$chain" ] || [ ! -d "$open" ]; then
    break
  elif [ "$waited" -ge "$linger" ]; then
    # Closed by its name; what came in the last moment is still run.
    mv "$open" "$open.$me" || break
    open=$open.$me
  else
    waited=$((waited + 1))
    sleep .2
  fi
done
rm -rf "$open"
exit "$code"
)sh";
}

}  // namespace patchbay
