// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/label_writer.h"

#include <algorithm>
#include <utility>

#include "widgets/gallery/data_item.h"

namespace patchbay::studio {

namespace {
constexpr int retryMs = 1000;
constexpr std::size_t mostVersions = 100'000;

bool engineIsAway(const Error& error) { return error.kind == ErrorKind::Unreachable; }
}  // namespace

LabelWriter::LabelWriter(widgets::EngineAccess& engine, QObject* parent) : QObject{parent}, engine_{engine} {
  retry_.setSingleShot(true);
  retry_.setInterval(retryMs);
  connect(&retry_, &QTimer::timeout, this, &LabelWriter::next);
}
LabelWriter::~LabelWriter() = default;

void LabelWriter::write(const std::string& id, std::int64_t version, Value change, const Text& what) {
  change["id"] = id;
  change["expect"] = version;
  add({id,
       Value{Value::Map{
           {"do", "edit"}, {"what", toValue(what)}, {"author", widgets::thisPerson()}, {"changes", Value::List{std::move(change)}}}},
       {},
       true});
}

void LabelWriter::request(Value request, std::function<void(const Result<Value>&)> answer) {
  add({{}, std::move(request), std::move(answer), false});
}
void LabelWriter::undo() { request(Value{Value::Map{{"do", "undo"}, {"author", widgets::thisPerson()}}}); }
void LabelWriter::redo() { request(Value{Value::Map{{"do", "redo"}, {"author", widgets::thisPerson()}}}); }

void LabelWriter::resume() {
  retry_.stop();
  next();
}

bool LabelWriter::pending(const std::string& id) const {
  return std::ranges::any_of(waiting_, [&](const Step& step) { return step.id == id; });
}

void LabelWriter::add(Step step) {
  forAll_ += step.id.empty() ? 1 : 0;
  waiting_.push_back(std::move(step));
  Q_EMIT pendingChanged();
  if (!retry_.isActive()) next();
}

void LabelWriter::next() {
  if (underWay_ || waiting_.empty()) return;
  underWay_ = true;
  auto& step = waiting_.front();
  // Own changes that were acknowledged since the item was read are no conflict.
  if (auto* changes = step.request.find("changes"))
    for (auto& one : changes->list())
      if (const auto known = versions_.find(one["id"].asText()); known != versions_.end() && one.contains("expect"))
        one["expect"] = std::max(known->second, one["expect"].asInt());
  engine_.ask("data", step.request, this, [this](const Result<Value>& answer) { answered(answer); });
}

void LabelWriter::answered(const Result<Value>& answer) {
  underWay_ = false;
  if (!answer && engineIsAway(answer.error()) && waiting_.front().again) return retry_.start();
  auto step = std::move(waiting_.front());
  waiting_.pop_front();
  if (!answer) {
    if (answer.error().code == "data.conflict") {
      refused_ = std::make_unique<Step>(step);
      Q_EMIT conflicted(step.id, answer.error());
    } else {
      Q_EMIT failed(step.id, answer.error());
    }
  } else if (!step.id.empty()) {
    // Nothing changed: it had arrived before, or was so already. The number is then that of another revision.
    const bool changed = (*answer)["changed"].asInt((*answer)["revision"]["changed"].asInt()) > 0;
    const auto number = changed ? (*answer)["revision"]["number"].asInt(-1) : -1;
    if (versions_.size() > mostVersions) versions_.clear();
    if (number > 0) versions_[step.id] = number;
    else versions_.erase(step.id);
    Q_EMIT saved(step.id, number);
  }
  if (step.answer) step.answer(answer);
  Q_EMIT pendingChanged();
  next();
}

void LabelWriter::repeat() {
  if (!refused_) return;
  auto step = std::move(*std::exchange(refused_, nullptr));
  for (auto& one : step.request["changes"].list()) {
    Value again{Value::Map{}};
    for (const auto& [key, value] : one.asMap())
      if (key != "expect") again[key] = value;
    one = std::move(again);
  }
  add(std::move(step));
}

}  // namespace patchbay::studio
