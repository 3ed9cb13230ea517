// SPDX-License-Identifier: Apache-2.0
// From waiting to cached, running, skipped or over.
#include <algorithm>
#include <cassert>
#include <charconv>

#include "engine/base/kill_point.h"
#include "engine/run/runner_impl.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {
void setReasons(StepRun& step, const std::vector<Text>& reasons) {
  Value::List list;
  for (const auto& reason : reasons) list.push_back(toValue(reason));
  step.record.reasons = std::move(list);
}

std::string plainReason(const StepRecord& record) {
  if (record.error) return describe(*record.error);
  std::string out;
  for (const auto& reason : record.reasons.asList()) out += (out.empty() ? "" : " ") + render(textFromValue(reason));
  return out;
}
}  // namespace

Value stepValue(const StepRecord& r) {
  Value v;
  v["step"] = r.id.text;
  v["name"] = r.name;
  v["type"] = r.type;
  v["state"] = toString(r.state);
  v["reasons"] = r.reasons;
  if (r.seconds > 0) v["seconds"] = r.seconds;
  if (r.itemsComputed + r.itemsCached > 0) {
    v["items_computed"] = r.itemsComputed;
    v["items_cached"] = r.itemsCached;
  }
  if (r.error) v["error"] = toValue(*r.error);
  return v;
}

Value Runner::Impl::stepEvent(const RunInProgress& run, const StepRun& step) const {
  Value v = stepValue(step.record);
  v["event"] = "step";
  v["run"] = run.id.text;
  return v;
}

Value Runner::Impl::snapshotOf(const RunInProgress& run) const {
  Value v;
  v["run"] = run.id.text;
  v["pipeline"] = run.plan.pipelineId;
  v["title"] = run.plan.title;
  v["state"] = "running";
  v["started"] = run.created / 1000;
  v["seed"] = static_cast<std::int64_t>(run.plan.seed);
  v["device"] = run.plan.device;
  v["document"] = run.plan.document;
  v["steps"] = Value::List{};
  for (const auto& step : run.steps) {
    v["steps"].push(stepValue(step.record));
    if (step.record.state == StepState::Running && !step.progress.isNull()) v["progress"][step.record.id.text] = step.progress;
  }
  if (full) v["paused"] = pauseValue();
  return v;
}

/// A card that is not there is told before anything is computed, not when the first block wants it.
Result<> Runner::Impl::requireCard(const Plan& plan) const {
  if (!plan.device.starts_with("cuda")) return {};
  const auto wanted = std::find_if(plan.steps.begin(), plan.steps.end(), [](const Step& s) { return s.info.needs.gpu != GpuNeed::None; });
  int index = 0;
  if (const auto colon = plan.device.find(':'); colon != std::string::npos)
    std::from_chars(plan.device.data() + colon + 1, plan.device.data() + plan.device.size(), index);
  if (wanted == plan.steps.end()) return {};
  const int gpus = machineFor(plan, *wanted, options.machine).gpus;
  if (index < gpus) return {};
  return fail(
      ErrorKind::Usage, "device.missing",
      gpus == 0
          ? TR("error", "The device {device} was asked for, and this machine has no NVIDIA GPU that answers.").with("device", plan.device)
          : TR("error", "The device {device} was asked for, and this machine has {n} GPU(s), counted from 0.")
                .with("device", plan.device)
                .count(gpus),
      TR("error", "Use --device cpu or auto; `patchbay doctor` says what is there and what its driver lacks."));
}

Result<RunId> Runner::Impl::begin(const Plan& plan, const fs::path& baseFolder) {
  if (project.readOnly())
    return fail(ErrorKind::Permission, "project.read-only", TR("error", "The project folder is read-only, so nothing can be run in it."),
                TR("error", "Copy the project to a folder of your own, or ask for write permission."),
                displayText(project.folder().native()));
  PB_CHECK(requireCard(plan));
  PB_CHECK(requireRoom(project.folder()));
  auto run = std::make_unique<RunInProgress>();
  run->id.text = newUlid();
  run->plan = plan;
  run->baseFolder = baseFolder.empty() ? project.folder() : baseFolder;
  run->created = nowMs();
  run->steps.resize(run->plan.steps.size());
  run->batches = batchesOf(run->plan);
  std::vector<StepRecord> records;
  for (std::size_t i = 0; i < run->steps.size(); ++i) {
    const auto& step = run->plan.steps[i];
    run->steps[i].step = &step;
    run->steps[i].record.id = step.id;
    run->steps[i].record.name = step.name;
    run->steps[i].record.type = step.type;
    run->index.emplace(step.id.text, i);
    records.push_back(run->steps[i].record);
  }
  RunRecord record{run->id, plan.pipelineId, plan.title, RunState::Running, run->created, {}, false, toValue(plan), {}};
  PB_CHECK(project.addRun(record, records));
  killPoint(KillPoint::RunRecorded);
  Value event = snapshotOf(*run);
  event["event"] = "run";
  const auto id = run->id;
  runs.push_back(std::move(run));
  emit(event);
  return id;
}

bool Runner::Impl::inputsOf(RunInProgress& run, const StepRun& step, std::map<std::string, std::vector<Digest>>& inputs,
                            const StepRun*& broken) const {
  for (const auto& input : step.step->inputs) {
    const auto& from = run.steps[run.index.at(input.from.text)];
    if (!from.over()) return false;
    const auto output = from.outputs.find(input.fromPort);
    if (output == from.outputs.end()) {
      broken = &from;
      return true;
    }
    inputs[input.port].push_back(output->second);
  }
  return true;
}

/// Moves a waiting step on as far as it goes without a worker; true when its inputs are there but it must run.
bool Runner::Impl::decide(RunInProgress& run, StepRun& step, std::vector<StepRun*>& changed) {
  const auto end = [&](StepState state, const std::vector<Text>& reasons) {
    step.record.state = state;
    setReasons(step, reasons);
    changed.push_back(&step);
    return false;
  };
  if (run.stopping && *run.stopping != RunStop::Keep) return end(StepState::Skipped, {TR("reason", "The run was cancelled.")});
  std::map<std::string, std::vector<Digest>> inputs;
  const StepRun* broken = nullptr;
  if (!inputsOf(run, step, inputs, broken)) return false;
  if (broken)
    return end(StepState::Skipped, {(broken->record.state == StepState::Failed ? TR("reason", "It needs {block}, which failed.")
                                                                               : TR("reason", "It needs {block}, which did not run."))
                                        .with("block", std::string_view{broken->record.name})});
  const auto* schema = options.schemas ? options.schemas(step.step->type) : nullptr;
  if (!step.key) {
    step.key = makeKey(run.plan, *step.step, schema, inputs, options.machine, run.baseFolder, project.folder());
    step.record.key = step.key->key;
  }
  if (const auto flight = inFlight.find(step.key->key); flight != inFlight.end()) {
    step.missed = false;  // Equal work is going on; look again when it ends.
    // What an earlier engine left belongs to the first run that wants it, which then can also stop it.
    if (auto& job = jobs.at(flight->second.text); job.adopted && !job.run) {
      job.run = &run;
      job.step = static_cast<std::size_t>(&step - run.steps.data());
      step.attempt = job.record.id;
      return end(StepState::Running, {TR("reason", "It still runs since the engine ended; its result is waited for.")});
    }
    return false;
  }
  const auto refuse = [&](const Error& error) {
    if (pauseFor(error, noRoom)) return false;
    step.record.error = error;
    return end(StepState::Failed, {});
  };
  if (!alwaysRuns(*step.step) && !step.missed) {
    auto action = standingResult(project, step.key->key, run.baseFolder);
    if (!action) return refuse(action.error());
    if (*action) {
      step.outputs = (*action)->outputs;
      step.effects = (*action)->effects;
      step.record.seconds = 0;
      step.record.itemsCached = (*action)->itemsCached + (*action)->itemsComputed;
      run.used.push_back(step.key->key);
      return end(StepState::Cached, {});
    }
    step.missed = true;
  }
  if (step.record.reasons.asList().empty()) {
    auto why = whyItRuns(project, run.plan, *step.step, schema, *step.key, run.baseFolder, options.words);
    if (!why) return refuse(why.error());
    setReasons(step, *why);
  }
  return true;
}

/// Writes what was decided in one transaction, then tells.
void Runner::Impl::settle(RunInProgress& run, const std::vector<StepRun*>& changed) {
  if (changed.empty()) return;
  struct Note {
    StepRecord record;
    Value parts;  ///< Of a step that was cached.
  };
  std::vector<Note> notes;
  for (const auto* step : changed) notes.push_back({step->record, step->record.state == StepState::Cached ? step->key->parts : Value{}});
  // A result that was there stays valid when only this note could not be written; the run's summary says the same.
  (void)note([this, id = run.id, pipeline = run.plan.pipelineId, notes = std::move(notes)] {
    return project.transaction([&]() -> Result<> {
      for (const auto& [record, parts] : notes) {
        PB_CHECK(project.setStep(id, record));
        if (!parts.isNull()) PB_CHECK(project.setLastParts(pipeline, record.id, *record.key, parts));
      }
      return {};
    });
  });
  for (auto* step : changed) emit(stepEvent(run, *step));
}

void Runner::Impl::advance() {
  // Starting a job may fail at once and so decide others: go on until nothing moves.
  for (bool moved = true; moved;) {
    moved = false;
    for (auto& run : runs) moved = startReady(*run) || moved;
  }
  for (auto& run : runs) finishIfOver(*run);
  std::erase_if(runs, [](const auto& run) { return run->id.empty(); });
}

bool Runner::Impl::startReady(RunInProgress& run) {
  const bool cancelled = run.stopping && *run.stopping != RunStop::Keep;
  if (full && !cancelled) return false;
  std::vector<StepRun*> changed, ready;
  for (auto& step : run.steps)
    if (step.record.state == StepState::Waiting && decide(run, step, changed)) ready.push_back(&step);
  settle(run, changed);
  bool moved = false;
  for (auto* step : ready) {
    const auto place = placeOf(run.plan, *step->step);
    const auto& machine = machineFor(run.plan, *step->step, options.machine);
    const int cores = std::min(threadsFor(run.plan, *step->step, options.machine), machine.cores);
    if (place.empty() && cores > freeCores) stopUnwanted();
    if (!hasRoom(place, cores) || inFlight.contains(step->key->key)) continue;
    auto launched = launch(run, *step);
    if (launched) continue;
    if (pauseFor(launched.error(), noRoom)) {
      waitForRoom(run, *step);
      return false;
    }
    failStep(run, *step, launched.error());
    moved = true;
  }
  return moved;
}

bool Runner::Impl::hasRoom(const std::string& place, int cores) const {
  if (place.empty()) return cores <= freeCores;
  const auto away = freeAway.find(place);
  return away == freeAway.end() || cores <= away->second;
}

void Runner::Impl::takeCores(Job& job, int cores, const std::string& place) {
  job.cores = cores;
  job.on = place;
  if (place.empty()) freeCores -= cores;
  else if (const auto away = freeAway.find(place); away != freeAway.end()) away->second -= cores;
}

/// Work of an earlier engine that no run has asked for makes room, politely: it goes on from its checkpoint when wanted again.
void Runner::Impl::stopUnwanted() {
  for (auto& [id, job] : jobs) {
    if (!job.adopted || job.run || job.killAt || job.record.externalId.empty()) continue;
    job.killAt = Clock::now() + options.grace;
    (void)executor->signal(job.record.externalId, JobSignal::Cancel);
  }
}

JobSpec Runner::Impl::specOf(const RunInProgress& run, const StepRun& step, const AttemptRecord& attempt, int threads) const {
  JobSpec spec;
  spec.attempt = attempt.id;
  spec.key = attempt.key;
  spec.type = step.step->type;
  spec.name = step.step->name;
  spec.params = step.step->params;
  for (const auto& input : step.step->inputs) {
    const auto& from = run.steps[run.index.at(input.from.text)];
    spec.inputs[input.port].push_back(from.outputs.at(input.fromPort));
  }
  spec.outputs = step.step->outputs;
  spec.seed = step.step->seed;
  spec.threads = threads;
  spec.device = deviceFor(run.plan, *step.step, options.machine);
  spec.numerics = step.key->numerics;
  spec.cacheEpoch = step.step->info.cacheEpoch;
  spec.pipeline["id"] = run.plan.pipelineId;
  spec.pipeline["title"] = run.plan.title;
  spec.pipeline["document"] = run.plan.document;
  spec.attemptFolder = project.attemptFolder(attempt.id);
  spec.objectFolder = project.objects().root();
  spec.checkpointFolder = project.checkpointFolder(attempt.key);
  spec.baseFolder = run.baseFolder;
  spec.exportsFolder = project.exportsFolder();
  spec.on = placeOf(run.plan, *step.step);
  if (const auto batch = run.batches.find(step.record.id.text); batch != run.batches.end()) {
    // The first step of a chain has begun before any other: its key is known.
    const auto first = run.index.find(batch->second.chain);
    const auto key = first == run.index.end() ? std::nullopt : run.steps[first->second].record.key;
    spec.queue = toValue(batch->second, run.id.text, key ? key->hex() : std::string{});
  }
  spec.claim = attempt.claim;
  return spec;
}

Result<> Runner::Impl::launch(RunInProgress& run, StepRun& step) {
  const int threads = threadsFor(run.plan, *step.step, options.machine);
  Job job;
  job.run = &run;
  job.step = static_cast<std::size_t>(&step - run.steps.data());
  const auto place = placeOf(run.plan, *step.step);
  const int cores = std::min(threads, machineFor(run.plan, *step.step, options.machine).cores);
  auto& a = job.record;
  a.id.text = newUlid();
  a.run = run.id;
  a.step = step.record.id;
  a.key = step.key->key;
  a.claim = newUlid();
  a.created = nowMs();
  a.record["pipeline"] = run.plan.pipelineId;
  a.record["type"] = step.step->type;
  a.record["parts"] = step.key->parts;
  a.record["cores"] = cores;
  if (!place.empty()) a.record["on"] = place;
  a.record["base"] = pathToValue(run.baseFolder);
  a.record["keep"] = !alwaysRuns(*step.step);
  for (const auto& port : step.step->outputs) a.record["outputs"].push(port);
  for (const auto& watched : step.key->watched) {
    Value w;
    w["path"] = pathToValue(watched.path);
    w["digest"] = watched.listing.digest.hex();
    a.record["watched"].push(std::move(w));
  }
  step.record.state = StepState::Running;
  step.record.error.reset();
  step.attempt = a.id;
  PB_CHECK(project.transaction([&]() -> Result<> {
    PB_CHECK(project.addAttempt(a));
    return project.setStep(run.id, step.record);
  }));
  killPoint(KillPoint::SubmitQueued);
  if (const auto intent = project.moveAttempt(a, AttemptState::Submitting); !intent) {
    noteFailed(a, intent.error());
    return fail(intent.error());
  }
  killPoint(KillPoint::SubmitIntent);
  const auto spec = specOf(run, step, a, threads);
  const auto id = a.id;
  const auto key = a.key;
  // Known before it is sent: the executor may report from another thread before submit() returns.
  auto& placed = jobs.emplace(id.text, std::move(job)).first->second;
  inFlight.emplace(key, id);
  takeCores(placed, cores, place);
  emit(stepEvent(run, step));
  auto external = executor->submit(spec);
  if (!external) {
    const auto& error = external.error();
    noteFailed(placed.record, error);
    endJob(id);
    return fail(error);
  }
  killPoint(KillPoint::SubmitSent);
  placed.record.externalId = *external;
  if (auto noted = project.moveAttempt(placed.record, AttemptState::Submitted); !noted) {
    (void)executor->signal(*external, JobSignal::Kill);
    noteFailed(placed.record, noted.error());
    endJob(id);
    return fail(noted.error());
  }
  killPoint(KillPoint::SubmitRecorded);
  return {};
}

void Runner::Impl::failStep(RunInProgress& run, StepRun& step, Error error) {
  if (error.where.empty()) error.where = step.record.name;
  const bool cancelled = run.stopping && (error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NoSpace);
  step.record.state = cancelled ? StepState::Skipped : StepState::Failed;
  if (cancelled) setReasons(step, {TR("reason", "The run was cancelled.")});
  else step.record.error = std::move(error);
  settle(run, {&step});
}

Result<> Runner::Impl::stopRun(RunInProgress& run, RunStop how) {
  // Twice is at once.
  if (run.stopping && *run.stopping == RunStop::Cancel && how == RunStop::Cancel) how = RunStop::Kill;
  run.stopping = how;
  if (how != RunStop::Keep) letGo(run);
  for (auto& [id, job] : jobs) {
    if (job.run != &run || job.record.externalId.empty()) continue;
    const auto what = how == RunStop::Keep ? JobSignal::Keep : how == RunStop::Cancel ? JobSignal::Cancel : JobSignal::Kill;
    if (how == RunStop::Cancel) job.killAt = Clock::now() + options.grace;
    (void)executor->signal(job.record.externalId, what);
  }
  return {};
}

Value Runner::Impl::summaryOf(const RunInProgress& run, RunState state) const {
  Value v;
  v["event"] = "finished";
  v["run"] = run.id.text;
  v["state"] = toString(state);
  v["seconds"] = std::chrono::duration<double>(Clock::now() - run.began).count();
  v["metrics"] = Value::Map{};
  v["exports"] = Value::List{};
  v["blocks"] = Value::List{};
  for (const auto& step : run.steps) {
    Value b;
    b["id"] = step.record.id.text;
    b["name"] = step.record.name;
    b["state"] = toString(step.record.state);
    b["seconds"] = step.record.seconds;
    b["reason"] = plainReason(step.record);
    if (step.record.error) {
      b["error"] = toValue(*step.record.error);
      if (!v.contains("error")) v["error"] = b["error"];
    }
    v["blocks"].push(std::move(b));
    for (const auto& [port, digest] : step.outputs) {
      const auto manifest = PortValue::load(project.objects(), digest);
      if (!manifest || manifest->type != reportPort.name) continue;
      for (const auto& [name, value] : manifest->meta["metrics"].asMap())
        if (value.isNumber()) v["metrics"][step.record.name + "." + name] = value;
    }
    for (const auto& path : step.effects["exports"].asList()) v["exports"].push(path);
  }
  return v;
}

void Runner::Impl::finishIfOver(RunInProgress& run) {
  if (!std::all_of(run.steps.begin(), run.steps.end(), [](const auto& s) { return s.over(); })) return;
  const bool failed = std::any_of(run.steps.begin(), run.steps.end(), [](const auto& s) { return s.record.state == StepState::Failed; });
  const bool cancelled = run.stopping && *run.stopping != RunStop::Keep;
  const auto state = cancelled ? RunState::Cancelled : failed ? RunState::Failed : RunState::Done;
  if (full && !cancelled) return;  // What is announced is on disk.
  auto summary = summaryOf(run, state);
  killPoint(KillPoint::RunBeforeFinish);
  const auto finish = [this, id = run.id, used = run.used, state, summary] {
    return project.transaction([&]() -> Result<> {
      if (!used.empty()) PB_CHECK(project.touchActions(used));
      PB_CHECK(project.finishRun(id, state, summary));
      return {};
    });
  };
  // Who cancels is not kept waiting for room; the note is written when there is some.
  const auto written = cancelled ? note(finish) : finish();
  if (!written && !cancelled && pauseFor(written.error(), noRoom)) return;
  if (!written && !summary.contains("error")) summary["error"] = toValue(written.error());
  (void)project.flush();
  killPoint(KillPoint::RunFinished);
  run.id.text.clear();  // advance() takes it away.
  emit(summary);
}

}  // namespace patchbay
