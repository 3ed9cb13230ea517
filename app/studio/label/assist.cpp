// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/assist.h"

#include <utility>

#include "widgets/base/say.h"
#include "widgets/gallery/data_item.h"

namespace patchbay::studio {

namespace {
constexpr int estimateAfterMs = 1500;
constexpr std::int64_t picksAhead = 6;
constexpr std::size_t mostSuggestions = 20'000;

std::vector<std::string> texts(const Value& list) {
  std::vector<std::string> out;
  for (const auto& one : list.asList()) out.push_back(one.asText());
  return out;
}
Value::List idList(const std::vector<std::string>& ids) { return {ids.begin(), ids.end()}; }
}  // namespace

Assist::Assist(widgets::EngineAccess& engine, QObject* parent) : QObject{parent}, engine_{engine} {
  estimateTimer_.setSingleShot(true);
  estimateTimer_.setInterval(estimateAfterMs);
  connect(&estimateTimer_, &QTimer::timeout, this, [this] {
    if (!on()) return;
    estimating_ = std::make_unique<QObject>();
    ask("assist_estimate", Value{Value::Map{{"more", 20}, {"slot", "estimate"}}}, estimating_.get(), [this](const Result<Value>& answer) {
      if (!answer) return;
      estimate_ = *answer;
      Q_EMIT estimated();
    });
  });
}
Assist::~Assist() = default;

void Assist::ask(const char* what, Value request, QObject* context, std::function<void(const Result<Value>&)> answer) {
  request["do"] = what;
  engine_.ask("data", std::move(request), context, std::move(answer));
}

void Assist::open() {
  if (std::exchange(opened_, true)) return;
  ask("assist_open", Value{Value::Map{}}, this, [this](const Result<Value>& answer) {
    if (answer) {
      state_ = *answer;
      problem_.reset();
    } else {
      problem_ = answer.error();
      opened_ = false;
    }
    Q_EMIT stateChanged();
  });
}

void Assist::handle(const Value& event) {
  const auto& what = event["event"].asText();
  // Another engine knows nothing of it.
  if (what == "state" && opened_) {
    opened_ = false;
    open();
  }
  if (what != "assist") return;
  const bool before = learned();
  state_ = event.contains("assist") ? event["assist"] : event;
  problem_.reset();
  if (state_["state"].asText() == "failed" && state_.contains("error")) problem_ = errorFromValue(state_["error"]);
  if (learned() && !before) suggestions_.clear();
  Q_EMIT stateChanged();
}

void Assist::suggest(const std::vector<std::string>& ids) {
  if (!on() || ids.empty()) return;
  suggesting_ = std::make_unique<QObject>();
  ask("assist_suggest", Value{Value::Map{{"ids", idList(ids)}, {"why", true}, {"slot", "suggest"}}}, suggesting_.get(),
      [this, ids](const Result<Value>& answer) {
        if (!answer) return;
        if (suggestions_.size() > mostSuggestions) suggestions_.clear();
        const auto& all = (*answer)["suggestions"].asList();
        for (std::size_t i = 0; i < ids.size() && i < all.size(); ++i) {
          if (all[i].isNull()) suggestions_.erase(ids[i]);
          else
            suggestions_[ids[i]] = {all[i]["label"].asText(), texts(all[i]["labels"]), all[i]["probability"].asDouble(),
                                    textFromValue(all[i]["reason"])};
        }
        Q_EMIT suggested();
      });
}

void Assist::offer(const std::string& id, Suggestion said) {
  if (offered_.size() > mostSuggestions) offered_.clear();
  offered_.insert_or_assign(id, std::move(said));
}

const Assist::Suggestion* Assist::find(const std::string& id) const {
  if (const auto found = suggestions_.find(id); found != suggestions_.end()) return &found->second;
  const auto offered = offered_.find(id);
  return offered == offered_.end() ? nullptr : &offered->second;
}

void Assist::nextBest(const std::vector<std::string>& skip, std::function<void(std::vector<LabelOrder::Pick>)> answer) {
  if (!on()) return;
  picking_ = std::make_unique<QObject>();
  ask("assist_next", Value{Value::Map{{"count", picksAhead}, {"skip", idList(skip)}, {"slot", "next"}}}, picking_.get(),
      [answer = std::move(answer)](const Result<Value>& picked) {
        if (!picked) return;
        std::vector<LabelOrder::Pick> out;
        for (const auto& one : (*picked)["items"].asList())
          out.push_back({.id = one["id"].asText(),
                         .reason = textFromValue(one["reason"]),
                         .byModel = one["scores"].contains("first"),
                         .label = one["label"].asText(),
                         .probability = one["scores"]["first"].asDouble()});
        answer(std::move(out));
      });
}

void Assist::estimateSoon() { estimateTimer_.start(); }

void Assist::queue(double above, std::function<void(const Result<Queue>&)> answer) {
  queuing_ = std::make_unique<QObject>();
  ask("assist_queue", Value{Value::Map{{"above", above}, {"count", 200}, {"slot", "queue"}}}, queuing_.get(),
      [above, answer = std::move(answer)](const Result<Value>& told) {
        if (!told) return answer(fail(told.error()));
        Queue out;
        for (const auto& one : (*told)["items"].asList())
          out.hard.push_back(
              {one["id"].asText(), one["digest"].asText(), one["label"].asText(), texts(one["labels"]), one["probability"].asDouble()});
        const auto& sure = (*told)["above"];
        out.below = (*told)["below"].asInt();
        out.above = sure["probability"].asDouble(above);
        out.count = sure["count"].asInt();
        out.expected = sure["expected_errors"].asDouble();
        out.low = sure["low"].asDouble();
        out.high = sure["high"].asDouble();
        answer(out);
      });
}

void Assist::accept(const Value& which, std::function<void(const Result<Value>&)> answer) {
  auto request = which;
  request["author"] = widgets::thisPerson();
  ask("assist_accept", std::move(request), this, std::move(answer));
}

}  // namespace patchbay::studio
