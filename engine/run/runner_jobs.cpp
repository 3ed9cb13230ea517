// SPDX-License-Identifier: Apache-2.0
// What jobs report, publishing, and what an earlier engine left.
#include <algorithm>

#include "engine/base/file.h"
#include "engine/base/kill_point.h"
#include "engine/run/runner_impl.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

constexpr int mostCrashes = 1, mostChanges = 2;
constexpr std::chrono::seconds standstill{2};

Error filesChanged() {
  return {ErrorKind::BadInput,
          "run.files-changed",
          TR("error", "Files kept changing while the block read them."),
          TR("error", "Wait until the copying or saving is over and run again."),
          {}};
}

}  // namespace

void Runner::Impl::handleEvent(const AttemptId& attempt, const Value& event) {
  const auto found = jobs.find(attempt.text);
  if (ended || found == jobs.end()) return;
  auto& job = found->second;
  job.lastHeard = Clock::now();
  if (!job.greeted && job.record.state == AttemptState::Submitted) {
    job.greeted = true;
    if (project.moveAttempt(job.record, AttemptState::Running)) killPoint(KillPoint::JobRunning);
  }
  if (!job.run) return;
  const auto& what = event["event"].asText();
  auto& step = job.run->steps[job.step];
  Value out;
  out["event"] = what;
  out["run"] = job.run->id.text;
  out["step"] = step.record.id.text;
  out["name"] = step.record.name;
  if (what == "progress") {
    handleProgress(job, event);
  } else if (what == "metric") {
    const auto& name = event.contains("metric") ? event["metric"] : event["name"];
    const auto& index = event.contains("index") ? event["index"] : event["step"];
    project.addMetric({job.run->id, step.record.id, name.asText(), index.asInt(), event["value"].asDouble(), event["t"].asDouble()});
    out["metric"] = name;
    out["index"] = index;
    out["value"] = event["value"];
    out["t"] = event["t"];
    emit(out);
  } else if (what == "log") {
    out["level"] = event["level"];
    out["text"] = event["text"];
    emit(out);
  } else if (what == "preview") {
    out["title"] = event.contains("title") ? event["title"] : event["name"];
    out["png"] = event["png"];
    emit(out);
  }
}

void Runner::Impl::handleProgress(Job& job, const Value& event) {
  auto& step = job.run->steps[job.step];
  const auto phase = event["phase"].isText() ? Text{"worker", event["phase"].asText()} : textFromValue(event["phase"]);
  const auto done = event["done"].asInt(), total = event["total"].asInt();
  const auto now = Clock::now();
  const auto eta = step.eta.update(phase.source, done, total, std::chrono::duration<double>(now.time_since_epoch()).count());
  Value out;
  out["event"] = "progress";
  out["run"] = job.run->id.text;
  out["step"] = step.record.id.text;
  out["name"] = step.record.name;
  out["phase"] = toValue(phase);
  out["done"] = done;
  out["total"] = total;
  out["unit"] = event["unit"];
  if (eta) out["eta"] = *eta;
  step.progress = out;
  // Ten a second are enough for the eye; the end of a phase and a new one are always told.
  if (now - step.lastProgress < std::chrono::milliseconds{100} && phase.source == step.lastPhase && done != total) return;
  step.lastProgress = now;
  step.lastPhase = phase.source;
  emit(out);
}

void Runner::Impl::endJob(const AttemptId& attempt) {
  const auto found = jobs.find(attempt.text);
  if (found == jobs.end()) return;
  takeCores(found->second, -found->second.cores, found->second.on);
  const auto flight = inFlight.find(found->second.record.key);
  if (flight != inFlight.end() && flight->second == attempt) inFlight.erase(flight);
  jobs.erase(found);
}

void Runner::Impl::handleFinished(const AttemptId& attempt, const JobResult& result) {
  const auto found = jobs.find(attempt.text);
  if (ended || found == jobs.end()) return;  // Told twice, or after it was given up.
  auto& job = found->second;
  if (job.unpublished) return;
  killPoint(KillPoint::PublishReceived);
  auto* run = job.run;
  if (run) {
    auto& record = run->steps[job.step].record;
    record.seconds += result.seconds;
    record.itemsComputed = result.itemsComputed;
    record.itemsCached = result.itemsCached;
  }
  conclude(attempt, job, result);
}

/// Publishes what an attempt made, or deals with its failure, and ends the job; a result that finds no room stays, and waits.
void Runner::Impl::conclude(const AttemptId& attempt, Job& job, const JobResult& result) {
  if (result.error) {
    auto error = *result.error;
    if (job.lapsed)
      error = {ErrorKind::TimedOut,
               "run.hung",
               TR("error", "The block said nothing for a long time and was ended."),
               TR("error", "Run again; what was computed so far is used. If it happens again, look at the log of the run."),
               {}};
    attemptFailed(job, error);
  } else if (job.adopted && !job.record.record["watched"].asList().empty()) {
    // Where its files lie it told the engine before, who may have died before it wrote that down: the result alone is not enough.
    attemptFailed(job, {ErrorKind::Unreachable,
                        "run.lost",
                        TR("error", "The engine ended before this job did, and the job is gone."),
                        TR("error", "Run again; it goes on from the last checkpoint."),
                        {}});
  } else if (auto published = publish(job, result); !published) {
    if (pauseFor(published.error(), noRoom)) {
      job.unpublished = result;
      return;
    }
    attemptFailed(job, published.error());
  } else {
    noRoom = 0;
  }
  endJob(attempt);
  (void)executor->cleanup(attempt);
}

Result<> Runner::Impl::publish(Job& job, const JobResult& result) {
  const auto& record = job.record.record;
  for (const auto& port : record["outputs"].asList())
    if (!result.outputs.contains(port.asText()))
      return fail(ErrorKind::Internal, "block.output-missing",
                  TR("error", "The block ended without writing its output {port}.").with("port", std::string_view{port.asText()}),
                  TR("error", "This is a defect of the block: tell its author."));
  PB_CHECK(project.verifyOutputs(result.outputs));
  for (const auto& watched : record["watched"].asList())
    if (listFiles(pathFromValue(watched["path"]), project.folder()).digest.hex() != watched["digest"].asText()) return fail(filesChanged());
  if (!foundFilesNow(project, result.effects, pathFromValue(record["base"])).same) return fail(filesChanged());
  killPoint(KillPoint::PublishVerified);
  ActionRecord action{job.record.key, record["type"].asText(), record["parts"],    result.outputs,         result.effects,
                      result.seconds, result.itemsComputed,    result.itemsCached, result.peakMemoryBytes, job.record.created,
                      nowMs()};
  // Which export a folder holds is told by its mark: see standingResult().
  if (action.effects.contains("exports")) action.effects["attempt"] = job.record.id.text;
  StepRun* step = job.run ? &job.run->steps[job.step] : nullptr;
  StepRecord stepRecord;
  if (step) {
    stepRecord = step->record;
    stepRecord.state = StepState::Ran;
  }
  auto attempt = job.record;
  PB_CHECK(project.transaction([&]() -> Result<> {
    PB_CHECK(project.flush());
    if (step && step->key)
      for (const auto& watched : step->key->watched)
        if (!watched.listing.text.empty()) PB_CHECK(project.addListing(watched.listing.digest, watched.listing.text));
    if (record["keep"].asBool(true)) PB_CHECK(project.addAction(action));
    PB_CHECK(project.setLastParts(record["pipeline"].asText(), job.record.step, job.record.key, record["parts"]));
    PB_TRY(const bool moved, project.moveAttempt(attempt, AttemptState::Succeeded));
    if (!moved)
      return fail(ErrorKind::Internal, "run.fenced", TR("error", "Another engine has taken this job over."), TR("error", "Run again."));
    if (step) PB_CHECK(project.setStep(job.run->id, stepRecord));
    killPoint(KillPoint::PublishBeforeCommit);
    return {};
  }));
  killPoint(KillPoint::PublishCommitted);
  job.record = std::move(attempt);
  if (step) {
    step->record = std::move(stepRecord);
    step->outputs = result.outputs;
    step->effects = result.effects;
    emit(stepEvent(*job.run, *step));
  }
  return {};
}

void Runner::Impl::attemptFailed(Job& job, const Error& error) {
  noteFailed(job.record, error);
  if (!job.run) return;
  auto& run = *job.run;
  auto& step = run.steps[job.step];
  const auto again = [&](const Text& reason) {
    step.record.state = StepState::Waiting;
    step.record.reasons = Value::List{toValue(reason)};
    settle(run, {&step});
  };
  const bool stopping = run.stopping && *run.stopping != RunStop::Keep;
  if (!stopping && pauseFor(error, step.noRoom)) return waitForRoom(run, step);
  // What failed by bad luck gets another try. Out of memory would be out of memory again.
  if (!stopping && error.kind == ErrorKind::Crashed && step.crashes++ < mostCrashes)
    return again(TR("reason", "Its worker crashed; it is tried once more."));
  if (!stopping && job.adopted) return again(TR("reason", "The engine ended while it ran; it goes on from its checkpoint."));
  if (!stopping && error.code == jobContinues)
    return again(TR("reason", "Its time on the cluster was up; it goes on from its checkpoint."));
  if (!stopping && error.code == "run.files-changed" && step.changes++ < mostChanges) {
    step.key.reset();
    step.missed = false;
    return again(TR("reason", "Files changed while they were read."));
  }
  failStep(run, step, error);
}

void Runner::Impl::tick() {
  const auto now = Clock::now();
  // While this process stood still (stopped, swapped out) nobody could be heard: that is no silence of theirs.
  if (const auto stood = now - lastTick; stood > standstill)
    for (auto& [id, job] : jobs) job.lastHeard = std::min(now, job.lastHeard + stood);
  lastTick = now;
  for (auto& [id, job] : jobs) {
    if (job.record.externalId.empty() || job.unpublished) continue;
    const bool hung = !job.adopted && !job.lapsed && now - job.lastHeard > options.lease;
    if (hung) job.lapsed = true;
    if (hung || (job.killAt && now > *job.killAt)) {
      job.killAt.reset();
      (void)executor->signal(job.record.externalId, JobSignal::Kill);
    }
  }
  if (now - lastPoll > std::chrono::milliseconds{250}) {
    lastPoll = now;
    pollAdopted();
    advance();
  }
  if (now - lastFlush > std::chrono::seconds{1} && !project.readOnly()) {
    lastFlush = now;
    if (const auto flushed = project.flush(); !flushed && !runs.empty()) pauseFor(flushed.error(), noRoom);
  }
}

Result<> Runner::Impl::recover() {
  PB_TRY(const auto interrupted, project.markInterrupted());
  PB_TRY(auto left, project.unfinishedAttempts());
  for (auto& attempt : left) PB_CHECK(adopt(std::move(attempt)));
  std::vector<AttemptId> keep;
  for (const auto& [id, job] : jobs) keep.push_back(job.record.id);
  pollAdopted();
  return executor->sweep(keep);
}

Result<> Runner::Impl::adopt(AttemptRecord attempt) {
  const Error lost{ErrorKind::Unreachable,
                   "run.lost",
                   TR("error", "The engine ended before this job did, and the job is gone."),
                   TR("error", "Run again; it goes on from the last checkpoint."),
                   {}};
  if (attempt.externalId.empty()) {
    // The intent was written; whether the job was sent only the executor knows.
    auto external = attempt.state == AttemptState::Queued ? Result<std::optional<std::string>>{std::nullopt} : executor->find(attempt.id);
    if (!external || !*external) {
      PB_CHECK(project.moveAttempt(attempt, AttemptState::Lost, &lost));
      return {};
    }
    attempt.externalId = **external;
  }
  if (attempt.state == AttemptState::Submitting) PB_CHECK(project.moveAttempt(attempt, AttemptState::Submitted));
  Job job;
  job.adopted = true;
  const auto id = attempt.id;
  inFlight.emplace(attempt.key, id);
  takeCores(job, static_cast<int>(attempt.record["cores"].asInt()), attempt.record["on"].asText());
  job.record = std::move(attempt);
  jobs.emplace(id.text, std::move(job));
  return {};
}

void Runner::Impl::pollAdopted() {
  std::vector<AttemptId> adopted;
  for (const auto& [id, job] : jobs)
    if (job.adopted && !job.unpublished) adopted.push_back(job.record.id);
  for (const auto& id : adopted) {
    auto& job = jobs.at(id.text);
    const auto states = executor->poll(std::span{&job.record.externalId, 1});
    const auto kind = states.empty() ? JobState::Kind::Gone : states.front().kind;
    if (kind != JobState::Kind::Exited && kind != JobState::Kind::Gone) continue;
    // An executor that watches tells this by onFinished() as well; whoever comes first is heard.
    if (const auto result = readResult(project.attemptFolder(id), job.record.claim); result && *result) {
      handleFinished(id, **result);
      continue;
    }
    JobResult gone;
    gone.error = Error{ErrorKind::Unreachable,
                       "run.lost",
                       TR("error", "The job ended without a result while no engine was there."),
                       TR("error", "Run again; it goes on from the last checkpoint."),
                       {}};
    handleFinished(id, gone);
  }
}

}  // namespace patchbay
