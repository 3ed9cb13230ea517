// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/routing_executor.h"

#include <sys/stat.h>

#include <cctype>

namespace patchbay {
namespace fs = std::filesystem;

RoutingExecutor::RoutingExecutor(std::unique_ptr<LocalExecutor> local, fs::path attemptsFolder, MakeRemote make, Described described)
    : local_{std::move(local)}, attemptsFolder_{std::move(attemptsFolder)}, make_{std::move(make)}, described_{std::move(described)} {}

Result<std::shared_ptr<RemoteExecutor>> RoutingExecutor::remote(const std::string& name) {
  const std::lock_guard lock{mutex_};
  if (const auto it = remotes_.find(name); it != remotes_.end()) return it->second;
  auto words = described_ ? described_(name) : std::string{};
  PB_TRY(auto made, make_(name));
  descriptions_[name] = std::move(words);
  return remotes_.emplace(name, std::move(made)).first->second;
}

/// The person changed the machine, or took it off the list. Its jobs are taken up by whoever is asked for them next.
void RoutingExecutor::dropIfChanged(const std::string& name) {
  if (!described_) return;
  const auto words = described_(name);
  std::shared_ptr<RemoteExecutor> old;  // Ends after the lock: it may say something last.
  const std::lock_guard lock{mutex_};
  const auto it = remotes_.find(name);
  if (it == remotes_.end() || descriptions_[name] == words) return;
  old = std::move(it->second);
  remotes_.erase(it);
}

std::string RoutingExecutor::placeOfAttempt(const AttemptId& attempt) const {
  if (!isUlid(attempt.text)) return {};
  const auto text = readFile(attemptsFolder_ / attempt.text / remoteFile, std::size_t{64} << 20);
  if (!text) return {};
  const auto value = parseJson(*text);
  return value ? (*value)["on"].asText() : std::string{};
}

Executor* RoutingExecutor::of(const std::string& externalId, std::shared_ptr<RemoteExecutor>& keep) {
  const auto colon = externalId.find(':');
  if (colon == std::string::npos) return local_.get();
  auto found = remote(externalId.substr(0, colon));
  if (!found) return nullptr;
  keep = std::move(*found);
  return keep.get();
}

Result<std::string> RoutingExecutor::submit(const JobSpec& job) {
  if (job.on.empty()) return local_->submit(job);
  dropIfChanged(job.on);
  PB_TRY(const auto there, remote(job.on));
  return there->submit(job);
}

Result<std::optional<std::string>> RoutingExecutor::find(const AttemptId& attempt) {
  const auto place = placeOfAttempt(attempt);
  if (place.empty()) return local_->find(attempt);
  PB_TRY(const auto there, remote(place));
  return there->find(attempt);
}

std::vector<JobState> RoutingExecutor::poll(std::span<const std::string> externalIds) {
  std::vector<JobState> out;
  for (const auto& id : externalIds) {
    std::shared_ptr<RemoteExecutor> keep;
    auto* executor = of(id, keep);
    // A machine that was taken off the list: nobody can ask it any more.
    if (!executor) out.push_back({.kind = JobState::Kind::Gone, .reason = "the machine is not on the list any more"});
    else out.push_back(executor->poll(std::span{&id, 1}).front());
  }
  return out;
}

Result<> RoutingExecutor::signal(const std::string& externalId, JobSignal what) {
  std::shared_ptr<RemoteExecutor> keep;
  auto* executor = of(externalId, keep);
  return executor ? executor->signal(externalId, what) : Result<>{};
}

Result<std::string> RoutingExecutor::fetchEvents(const AttemptId& attempt, std::int64_t offset) {
  return local_->fetchEvents(attempt, offset);  // They are kept in the attempt's folder here, wherever it runs.
}

Result<> RoutingExecutor::cleanup(const AttemptId& attempt) {
  const auto place = placeOfAttempt(attempt);
  if (place.empty()) return local_->cleanup(attempt);
  PB_TRY(const auto there, remote(place));
  return there->cleanup(attempt);
}

Result<> RoutingExecutor::sweep(std::span<const AttemptId> keep) {
  for (const auto& id : keep)
    if (const auto place = placeOfAttempt(id); !place.empty())
      if (const auto there = remote(place)) PB_CHECK((*there)->sweep(std::span{&id, 1}));
  return local_->sweep(keep);
}

Result<std::pair<Machine, bool>> RoutingExecutor::place(const std::string& name) {
  dropIfChanged(name);
  PB_TRY(const auto there, remote(name));
  PB_TRY(const auto facts, there->facts());
  Machine machine;
  machine.cores = std::max(1, static_cast<int>(facts["cores"].asInt(1)));
  machine.gpus = static_cast<int>(facts["gpus_usable"].asInt());
  machine.isa = facts["isa"].asText();
  const bool queue = there->capabilities()["kind"].asText() == "slurm";
  return std::pair{machine, queue};
}

Result<Value> RoutingExecutor::request(const Value& request) {
  const auto& what = request["do"].asText();
  dropIfChanged(request["name"].asText());
  PB_TRY(const auto there, remote(request["name"].asText()));
  if (what == "machine_facts") return there->facts();
  if (what == "machine_jobs") return there->ask(Value::Map{{"op", "jobs"}});
  if (what == "machine_load") return there->ask(Value::Map{{"op", "load"}});
  if (what == "machine_clean") return there->ask(Value::Map{{"op", "clean"}, {"dry_run", request["dry_run"].asBool(true)}});
  if (what == "machine_log")
    return there->ask(Value::Map{{"op", "log"}, {"attempt", request["attempt"]}, {"offset", request["offset"].asInt()}});
  if (what == "machine_cancel")
    return there->ask(
        Value::Map{{"op", "signal"}, {"attempt", request["attempt"]}, {"what", static_cast<std::int64_t>(JobSignal::Cancel)}});
  return fail(ErrorKind::Unsupported, "request.unknown",
              TR("error", "This engine does not know the request {method}.").with("method", std::string_view{what}),
              TR("error", "Update Patchbay; the program that asked is newer than the engine."));
}

namespace {

Result<std::string> projectId(const fs::path& project) {
  struct stat st {};
  if (::stat(project.c_str(), &st) != 0) return fail(systemError(errno, "read", displayText(project.native())));
  const auto place = std::to_string(st.st_dev) + "-" + std::to_string(st.st_ino);
  const auto file = project / "instance.json";
  if (const auto text = readFile(file, 10'000))
    if (const auto value = parseJson(*text); value && (*value)["place"].asText() == place && isUlid((*value)["id"].asText()))
      return (*value)["id"].asText();
  const auto id = newUlid();
  PB_CHECK(writeFileAtomically(file, toJson(Value{Value::Map{{"id", id}, {"place", place}}}) + "\n"));
  return id;
}

}  // namespace

Result<std::string> instanceOf(const fs::path& project, const std::string& machine) {
  PB_TRY(const auto id, projectId(project));
  auto out = digestOf(id + " " + machine).hex().substr(0, 26);
  for (auto& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace patchbay
