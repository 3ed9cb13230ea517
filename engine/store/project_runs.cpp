// SPDX-License-Identifier: Apache-2.0
// Runs, their steps and attempts.
#include <algorithm>
#include <cassert>

#include "engine/store/project.h"

namespace patchbay {
namespace {

Result<RunRecord> runOf(const Row& row, bool whole) {
  RunRecord run;
  run.id.text = row.text(0);
  run.pipeline = row.text(1);
  run.title = row.text(2);
  run.state = runStateFrom(row.bytes(3));
  run.created = row.integer(4);
  if (!row.isNull(5)) run.finished = row.integer(5);
  run.pinned = row.integer(6) != 0;
  if (whole) {
    PB_TRY(run.plan, parseJson(row.bytes(7)));
    if (!row.isNull(8)) {
      PB_TRY(run.summary, parseJson(row.bytes(8)));
    }
  }
  return run;
}

std::string errorJson(const Error* error) { return error ? toJson(toValue(*error)) : std::string{}; }

}  // namespace

Result<> Project::addRun(const RunRecord& run, std::span<const StepRecord> steps) {
  return transaction([&]() -> Result<> {
    const auto plan = toJson(run.plan);
    PB_CHECK(db_->run("INSERT INTO runs (id, pipeline, title, state, created, plan) VALUES (?, ?, ?, ?, ?, ?)",
                      {run.id.text, run.pipeline, run.title, toString(run.state), run.created, plan}));
    std::int64_t position = 0;
    for (const auto& step : steps)
      PB_CHECK(db_->run("INSERT INTO steps (run, step, position, name, type, state) VALUES (?, ?, ?, ?, ?, ?)",
                        {run.id.text, step.id.text, position++, step.name, step.type, toString(step.state)}));
    return {};
  });
}

Result<> Project::setStep(const RunId& run, const StepRecord& step) {
  const auto reasons = toJson(step.reasons);
  const auto error = errorJson(step.error ? &*step.error : nullptr);
  PB_TRY(const auto changed,
         db_->run("UPDATE steps SET state = ?, key = ?, reasons = ?, seconds = ?, items_computed = ?, items_cached = ?, error = ? "
                  "WHERE run = ? AND step = ?",
                  {toString(step.state), step.key ? SqlArg{blobOf(*step.key)} : SqlArg{nullptr}, reasons, step.seconds, step.itemsComputed,
                   step.itemsCached, step.error ? SqlArg{std::string_view{error}} : SqlArg{nullptr}, run.text, step.id.text}));
  assert(changed == 1);
  (void)changed;
  return {};
}

Result<bool> Project::finishRun(const RunId& run, RunState state, const Value& summary) {
  const auto json = toJson(summary);
  PB_TRY(const auto changed, db_->run("UPDATE runs SET state = ?, finished = ?, summary = ? WHERE id = ? AND state = 'running'",
                                      {toString(state), nowMs(), json, run.text}));
  return changed == 1;
}

Result<std::vector<RunRecord>> Project::runs(int limit) {
  std::vector<RunRecord> out;
  PB_CHECK(db_->query("SELECT id, pipeline, title, state, created, finished, pinned FROM runs ORDER BY id DESC LIMIT ?",
                      {std::int64_t{limit}}, [&](const Row& row) -> Result<> {
                        PB_TRY(auto run, runOf(row, false));
                        out.push_back(std::move(run));
                        return {};
                      }));
  return out;
}

Result<std::optional<RunRecord>> Project::run(const RunId& id) {
  std::optional<RunRecord> out;
  PB_CHECK(
      db_->query("SELECT id, pipeline, title, state, created, finished, pinned, plan, summary FROM runs "
                 "WHERE id = ?1 OR ?1 = '' ORDER BY id DESC LIMIT 1",
                 {id.text}, [&](const Row& row) -> Result<> {
                   PB_TRY(out, runOf(row, true));
                   return {};
                 }));
  return out;
}

Result<std::vector<StepRecord>> Project::steps(const RunId& run) {
  std::vector<StepRecord> out;
  PB_CHECK(
      db_->query("SELECT step, name, type, state, key, reasons, seconds, items_computed, items_cached, error FROM steps "
                 "WHERE run = ? ORDER BY position",
                 {run.text}, [&](const Row& row) -> Result<> {
                   StepRecord s;
                   s.id.text = row.text(0);
                   s.name = row.text(1);
                   s.type = row.text(2);
                   s.state = stepStateFrom(row.bytes(3));
                   if (!row.isNull(4)) s.key = row.digest(4);
                   PB_TRY(s.reasons, parseJson(row.bytes(5)));
                   s.seconds = row.real(6);
                   s.itemsComputed = row.integer(7);
                   s.itemsCached = row.integer(8);
                   if (!row.isNull(9)) {
                     PB_TRY(const auto error, parseJson(row.bytes(9)));
                     s.error = errorFromValue(error);
                   }
                   out.push_back(std::move(s));
                   return {};
                 }));
  return out;
}

Result<bool> Project::pinRun(const RunId& run, bool pinned) {
  PB_TRY(const auto changed, db_->run("UPDATE runs SET pinned = ? WHERE id = ?", {std::int64_t{pinned}, run.text}));
  return changed == 1;
}

Result<std::vector<RunId>> Project::markInterrupted() {
  std::vector<RunId> out;
  PB_CHECK(transaction([&]() -> Result<> {
    out.clear();
    PB_CHECK(db_->query("SELECT id FROM runs WHERE state = 'running' ORDER BY id", {}, [&](const Row& row) -> Result<> {
      out.push_back({row.text(0)});
      return {};
    }));
    PB_CHECK(
        db_->run("UPDATE steps SET state = 'waiting' WHERE state = 'running' AND run IN (SELECT id FROM runs WHERE state = 'running')"));
    PB_CHECK(db_->run("UPDATE runs SET state = 'interrupted', finished = ? WHERE state = 'running'", {nowMs()}));
    return {};
  }));
  return out;
}

Result<> Project::addAttempt(const AttemptRecord& a) {
  const auto record = toJson(a.record);
  PB_CHECK(db_->run(
      "INSERT INTO attempts (id, run, step, key, state, epoch, claim, record, created, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {a.id.text, a.run.text, a.step.text, blobOf(a.key), toString(a.state), a.epoch, a.claim, record, a.created, a.created}));
  return {};
}

Result<bool> Project::moveAttempt(AttemptRecord& a, AttemptState next, const Error* error) {
  const auto json = errorJson(error);
  PB_TRY(
      const auto changed,
      db_->run("UPDATE attempts SET state = ?, epoch = ?, external_id = ?, error = ?, changed = ? WHERE id = ? AND state = ? AND epoch = ?",
               {toString(next), a.epoch + 1, a.externalId.empty() ? SqlArg{nullptr} : SqlArg{std::string_view{a.externalId}},
                error ? SqlArg{std::string_view{json}} : SqlArg{nullptr}, nowMs(), a.id.text, toString(a.state), a.epoch}));
  if (changed != 1) return false;
  a.state = next;
  ++a.epoch;
  if (error) a.error = *error;
  return true;
}

Result<std::vector<AttemptRecord>> Project::unfinishedAttempts() {
  std::vector<AttemptRecord> out;
  PB_CHECK(
      db_->query("SELECT id, run, step, key, state, epoch, claim, external_id, record, created FROM attempts "
                 "WHERE state IN ('queued', 'submitting', 'submitted', 'running') ORDER BY id",
                 {}, [&](const Row& row) -> Result<> {
                   AttemptRecord a;
                   a.id.text = row.text(0);
                   a.run.text = row.text(1);
                   a.step.text = row.text(2);
                   a.key = row.digest(3);
                   a.state = attemptStateFrom(row.bytes(4));
                   a.epoch = row.integer(5);
                   a.claim = row.text(6);
                   a.externalId = row.text(7);
                   PB_TRY(a.record, parseJson(row.bytes(8)));
                   a.created = row.integer(9);
                   out.push_back(std::move(a));
                   return {};
                 }));
  return out;
}

Result<std::vector<AttemptId>> Project::finishedAttempts() {
  std::vector<AttemptId> out;
  PB_CHECK(db_->query("SELECT id FROM attempts WHERE state NOT IN ('queued', 'submitting', 'submitted', 'running')", {},
                      [&](const Row& row) -> Result<> {
                        out.push_back({row.text(0)});
                        return {};
                      }));
  return out;
}

}  // namespace patchbay
