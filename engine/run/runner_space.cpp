// SPDX-License-Identifier: Apache-2.0
// A full disk: everything waits until there is room, and nothing that was acknowledged is lost.
#include <utility>

#include "engine/run/runner_impl.h"

namespace patchbay {

namespace {

AttemptState endStateOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Cancelled:
      return AttemptState::Cancelled;
    case ErrorKind::TimedOut:
      return AttemptState::TimedOut;
    case ErrorKind::OutOfMemory:
      return AttemptState::OutOfMemory;
    case ErrorKind::Unreachable:
      return AttemptState::Lost;
    default:
      return AttemptState::Failed;
  }
}

}  // namespace

Value Runner::Impl::pauseValue() const {
  Value v;
  v["cause"] = toValue(full->cause());
  v["hint"] = toValue(full->hint());
  v["folder"] = displayText(full->folder().native());
  v["free_bytes"] = full->free();
  v["wanted_bytes"] = full->wanted();
  return v;
}

void Runner::Impl::tellPause() {
  for (const auto& run : runs) {
    auto event = full ? pauseValue() : Value{Value::Map{}};
    event["event"] = full ? "paused" : "resumed";
    event["run"] = run->id.text;
    emit(event);
  }
}

/// True when the error is a full disk: from now on nothing is started, and the disk is looked at every few seconds.
bool Runner::Impl::pauseFor(const Error& error, int& times) {
  if (error.kind != ErrorKind::NoSpace) return false;
  if (full) return true;
  const auto now = Clock::now();
  full.emplace(error, project.folder(), ++times, now);
  nextLook = now + options.lookEvery;
  tellPause();
  return true;
}

/// Writes something down, after what could not be written before it. What finds no room is owed and counts as written.
Result<> Runner::Impl::note(std::function<Result<>()> write) {
  if (owed.empty()) {
    auto written = write();
    if (written || !pauseFor(written.error(), noRoom)) return written;
  }
  owed.push_back(std::move(write));
  return {};
}

/// The end of an attempt that failed, also when there is no room for it just now.
void Runner::Impl::noteFailed(const AttemptRecord& attempt, const Error& error) {
  (void)note([this, record = AttemptRecord{attempt}, error]() mutable -> Result<> {
    PB_CHECK(project.moveAttempt(record, endStateOf(error.kind), &error));
    return {};
  });
}

Result<> Runner::Impl::payWhatIsOwed() {
  for (; !owed.empty(); owed.pop_front())
    if (const auto paid = owed.front()(); !paid && paid.error().kind == ErrorKind::NoSpace) return paid;
  return {};
}

void Runner::Impl::waitForRoom(RunInProgress& run, StepRun& step) {
  step.waitsForRoom = true;
  step.record.state = StepState::Waiting;
  step.record.reasons = Value::List{toValue(full->reason())};
  settle(run, {&step});
}

void Runner::Impl::lookForRoom() {
  const auto now = Clock::now();
  if (!full || now < nextLook) return;
  nextLook = now + options.lookEvery;
  const auto before = full->free();
  if (!full->hasRoom(now)) {
    if (full->free() != before) tellPause();
    return;
  }
  full.reset();
  if (const auto paid = payWhatIsOwed(); !paid) {
    pauseFor(paid.error(), noRoom);
    return;
  }
  std::vector<AttemptId> waiting;
  for (const auto& [id, job] : jobs)
    if (job.unpublished) waiting.push_back(job.record.id);
  for (const auto& id : waiting) {
    auto& job = jobs.at(id.text);
    const auto result = *std::exchange(job.unpublished, std::nullopt);
    conclude(id, job, result);
    if (full) return;
  }
  for (auto& run : runs)
    for (auto& step : run->steps)
      if (std::exchange(step.waitsForRoom, false) && step.record.state == StepState::Waiting)
        step.record.reasons = Value::List{toValue(TR("reason", "The disk was full; it goes on from its last checkpoint."))};
  tellPause();
}

/// A run that is cancelled waits for nothing. Its results that found no room are nobody's now, and are published when there is
/// some: by this engine, or by the next one, which finds them in their attempt folders.
void Runner::Impl::letGo(RunInProgress& run) {
  for (auto& [id, job] : jobs) {
    if (job.run != &run || !job.unpublished) continue;
    job.run = nullptr;
    job.adopted = true;
    auto& step = run.steps[job.step];
    step.record.state = StepState::Waiting;  // decide() leaves it out.
  }
}

}  // namespace patchbay
