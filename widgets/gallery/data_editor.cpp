// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/data_editor.h"

#include <algorithm>
#include <utility>

#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {

constexpr std::size_t mostVersions = 100'000;

Value editRequest(const Text& what) { return Value{Value::Map{{"do", "edit"}, {"what", toValue(what)}, {"author", thisPerson()}}}; }

/// The number of a revision in an answer; 0: it has none.
std::int64_t numberOf(const Value& answer) {
  const auto& revision = answer["revision"];
  return revision.isMap() ? revision["number"].asInt() : answer["number"].asInt();
}

}  // namespace

DataEditor::DataEditor(EngineAccess& engine, QObject* parent) : QObject{parent}, engine_{engine} {}
DataEditor::~DataEditor() = default;

void DataEditor::change(const Text& what, const std::vector<DataItem>& items, const Value& set) {
  auto request = editRequest(what);
  Value changes{Value::List{}};
  for (const auto& item : items) {
    if (item.removed || item.id.empty()) continue;
    Value one = set;
    one["id"] = item.id;
    one["expect"] = item.version;
    changes.push(std::move(one));
  }
  if (changes.asList().empty()) return;
  request["changes"] = std::move(changes);
  add({std::move(request), say(what)});
}

void DataEditor::changeAll(const Text& what, std::int64_t query, const Value& set) {
  auto request = editRequest(what);
  request["query"] = query;
  request["set"] = set;
  add({std::move(request), say(what)});
}

void DataEditor::undo() { add({Value{Value::Map{{"do", "undo"}, {"author", thisPerson()}}}, tr("Undone")}); }
void DataEditor::redo() { add({Value{Value::Map{{"do", "redo"}, {"author", thisPerson()}}}, tr("Done again")}); }

void DataEditor::restore(const std::string& revision) {
  add({Value{Value::Map{{"do", "restore"}, {"revision", revision}, {"author", thisPerson()}}}, tr("The data are as they were then")});
}

void DataEditor::rename(const std::string& revision, const QString& name) {
  add({Value{Value::Map{{"do", "name"}, {"revision", revision}, {"name", toUtf8(name)}}}, tr("Named")});
}

void DataEditor::add(Step step) {
  const bool was = busy();
  waiting_.push_back(std::move(step));
  if (!was) Q_EMIT busyChanged(true);
  next();
}

void DataEditor::next() {
  if (underWay_ || waiting_.empty()) return;
  underWay_ = true;
  auto step = std::move(waiting_.front());
  waiting_.pop_front();
  // Own changes that were acknowledged since the page was read are no conflict.
  if (auto* changes = step.request.find("changes"))
    for (auto& one : changes->list())
      if (const auto known = versions_.find(one["id"].asText()); known != versions_.end() && one.contains("expect"))
        one["expect"] = std::max(known->second, one["expect"].asInt());
  auto request = step.request;
  engine_.ask("data", std::move(request), this, [this, step = std::move(step)](const Result<Value>& answer) {
    underWay_ = false;
    answered(step, answer);
    if (!busy()) Q_EMIT busyChanged(false);
    next();
  });
}

void DataEditor::answered(const Step& step, const Result<Value>& answer) {
  if (!answer) {
    if (answer.error().code != "data.conflict") return Q_EMIT failed(answer.error());
    refused_ = step;
    return Q_EMIT conflicted(answer.error());
  }
  if (const auto number = numberOf(*answer); number > 0 && step.request["changes"].isList()) {
    if (versions_.size() > mostVersions) versions_.clear();
    for (const auto& one : step.request["changes"].asList()) versions_[one["id"].asText()] = number;
  }
  const auto& changed = (*answer)["changed"];
  Q_EMIT done(step.said, changed.isInt() ? changed.asInt() : (*answer)["revision"]["changed"].asInt());
}

void DataEditor::repeat() {
  if (!refused_) return;
  auto step = *std::exchange(refused_, std::nullopt);
  Value changes{Value::List{}};
  for (const auto& one : std::as_const(step.request)["changes"].asList()) {
    Value again{Value::Map{}};
    for (const auto& [key, value] : one.asMap())
      if (key != "expect") again[key] = value;
    changes.push(std::move(again));
  }
  step.request["changes"] = std::move(changes);
  add(std::move(step));
}

void DataEditor::letGo() { refused_.reset(); }

}  // namespace patchbay::widgets
