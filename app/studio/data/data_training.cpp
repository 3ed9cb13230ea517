// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/data_training.h"

#include <algorithm>

#include "app/studio/data/import_changes.h"

namespace patchbay::studio {

namespace {
constexpr std::int64_t runsLookedAt = 20, historyLookedAt = 1000, mostItems = 2000;
}

struct TrainingLook::Question {
  std::string head;
  std::vector<std::pair<std::string, double>> runs;  ///< Id and start, newest first.
  std::size_t next = 0;
};

std::optional<std::string> trainedRevision(const Value& document) {
  std::optional<std::string> which;
  bool trains = false;
  for (const auto& node : document["nodes"].asList()) {
    const auto& type = node["type"].asText();
    trains = trains || type.find(".train.") != std::string::npos;
    if (type != revisionType) continue;
    const auto& named = node["params"]["revision"].asText();
    which = named.empty() ? "newest" : named;
  }
  return trains ? which : std::nullopt;
}

TrainingLook::TrainingLook(widgets::EngineAccess& engine, QObject* parent) : QObject{parent}, engine_{engine} {}
TrainingLook::~TrainingLook() = default;

void TrainingLook::look(const std::string& head) {
  asking_ = std::make_unique<QObject>();
  auto question = std::make_shared<Question>();
  question->head = head;
  engine_.ask("runs", Value::Map{{"limit", runsLookedAt}}, asking_.get(), [this, question](const Result<Value>& runs) {
    if (!runs) return;
    for (const auto& one : runs->asList())
      if (one["state"].asText() == "done") question->runs.emplace_back(one["run"].asText(), one["started"].asDouble());
    nextRun(question);
  });
}

void TrainingLook::nextRun(const std::shared_ptr<Question>& question) {
  if (question->next == question->runs.size()) return finish(std::nullopt);
  const auto [run, started] = question->runs[question->next++];
  engine_.ask("show", Value::Map{{"run", run}}, asking_.get(), [this, question, started = started](const Result<Value>& shown) {
    const auto which = shown ? trainedRevision((*shown)["document"]) : std::nullopt;
    if (which) findRevision(question, *which, started);
    else nextRun(question);
  });
}

/// "newest" was whatever was newest when the run began.
void TrainingLook::findRevision(const std::shared_ptr<Question>& question, const std::string& which, double started) {
  engine_.ask("data", Value::Map{{"do", "history"}, {"limit", historyLookedAt}}, asking_.get(),
              [this, question, which, started](const Result<Value>& history) {
                if (!history) return finish(std::nullopt);
                for (const auto& one : history->asList()) {
                  auto revision = widgets::revisionFromValue(one);
                  const bool was = which == "newest" ? static_cast<double>(revision.atMs) <= started * 1000
                                                     : revision.id.starts_with(which) || revision.name == which;
                  if (was) return compare(question, {std::move(revision), started, {}, {}});
                }
                finish(std::nullopt);
              });
}

void TrainingLook::compare(const std::shared_ptr<Question>& question, SinceTraining found) {
  if (found.revision.id == question->head) return finish(std::move(found));
  Value request = Value::Map{{"do", "diff"}, {"from", found.revision.id}, {"to", question->head}, {"limit", mostItems}};
  engine_.ask("data", std::move(request), asking_.get(), [this, found](const Result<Value>& diff) {
    if (!diff) return finish(std::nullopt);
    auto with = found;
    with.diff = *diff;
    for (const auto& item : (*diff)["items"].asList())
      if (item["kind"].asText() != "removed") with.changed.push_back(item["id"].asText());
    finish(std::move(with));
  });
}

void TrainingLook::finish(std::optional<SinceTraining> found) {
  found_ = std::move(found);
  Q_EMIT changed();
}

}  // namespace patchbay::studio
