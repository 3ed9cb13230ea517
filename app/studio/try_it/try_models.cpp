// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/try_it/try_models.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <deque>
#include <set>

#include "app/studio/workspace.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {

constexpr int runsAsked = 60, runsRead = 12;

/// Steps of a run that have results, by name.
std::set<std::string> finishedSteps(const Value& shown) {
  std::set<std::string> out;
  for (const auto& step : shown["steps"].asList())
    if (const auto& state = step["state"].asText(); state == "ran" || state == "cached") out.insert(step["name"].asText());
  return out;
}

/// The step of a block that belongs to the same turn of a loop, or the one outside of it.
std::string stepOf(const std::set<std::string>& steps, const std::string& block, const std::string& turn) {
  for (const auto& name : {block + turn, block})
    if (steps.contains(name)) return name;
  return {};
}

/// All blocks that get something from this one, in the order they are reached.
std::vector<NodeId> downstream(const Document& document, const NodeId& from) {
  std::vector<NodeId> out{from};
  for (std::size_t i = 0; i < out.size(); ++i)
    for (const auto& link : document.links())
      if (link.from.node == out[i] && std::ranges::find(out, link.to.node) == out.end()) out.push_back(link.to.node);
  out.erase(out.begin());
  return out;
}

const Link* linkInto(const Document& document, const NodeId& node, std::string_view port) {
  for (const auto& link : document.links())
    if (link.to.node == node && link.to.port == port) return &link;
  return nullptr;
}

}  // namespace

struct ModelList::Gather {
  struct Run {
    std::string id;
    std::deque<TrainedModel> models;
  };
  std::deque<Run> runs;  ///< Newest first; deque: answers keep references.
  int open = 1;          ///< Answers under way, and the one that hands them out.
};

ModelList::ModelList(Workspace& workspace, QObject* parent) : QObject{parent}, workspace_{workspace} {
  connect(&workspace_.runs(), &RunController::runEnded, this, &ModelList::refresh);
  connect(&workspace_.session(), &Session::stateChanged, this, [this] {
    if (workspace_.session().state() == Session::State::Ready) refresh();
  });
  connect(&workspace_.session(), &Session::catalogueChanged, this, &ModelList::refresh);
  refresh();
}

const TrainedModel* ModelList::find(const std::string& digest) const {
  const auto found = std::ranges::find(models_, digest, &TrainedModel::digest);
  return found == models_.end() ? nullptr : &*found;
}

QString ModelList::describe(const TrainedModel& model) const {
  const auto when = QLocale{}.toString(QDateTime::fromSecsSinceEpoch(static_cast<qint64>(model.when)), QLocale::ShortFormat);
  return tr("%1, %2").arg(workspace_.runs().names().say(model.step, workspace_.session().catalogue()), when);
}

void ModelList::refresh() {
  if (workspace_.session().catalogue().blocks().empty()) return;  // Told when it comes.
  if (busy_) {
    again_ = true;
    return;
  }
  busy_ = true;
  const auto gather = std::make_shared<Gather>();
  auto& session = workspace_.session();
  session.ask("runs", Value::Map{{"limit", runsAsked}}, this, [this, gather, &session](const Result<Value>& runs) {
    const auto& ours = workspace_.file().document().id;
    if (runs)
      for (const auto& one : runs->asList()) {
        if (one["pipeline"].asText() != ours || gather->runs.size() >= runsRead) continue;
        gather->runs.push_back({one["run"].asText(), {}});
      }
    for (const auto& run : gather->runs) {
      ++gather->open;
      session.ask("show", Value::Map{{"run", run.id}}, this, [this, gather](const Result<Value>& shown) {
        if (shown) readRun(gather, *shown);
        finish(gather);
      });
    }
    finish(gather);
  });
}

/// Every step that made a model, and beside it the steps that say how good it is and what it knows.
void ModelList::readRun(const std::shared_ptr<Gather>& gather, const Value& shown) {
  const auto document = Document::fromValue(shown["document"]);
  if (!document) return;
  auto& session = workspace_.session();
  auto& run = *std::ranges::find(gather->runs, shown["run"].asText(), &Gather::Run::id);
  const auto steps = finishedSteps(shown);
  std::map<std::string, std::string> idOf;
  for (const auto& step : shown["steps"].asList()) idOf[step["name"].asText()] = step["step"].asText();
  const auto want = [&](const std::string& step, std::function<void(const Value&)> then) {
    if (step.empty()) return;
    ++gather->open;
    session.ask("outputs", Value::Map{{"run", run.id}, {"step", idOf[step]}}, this,
                [this, gather, then = std::move(then)](const Result<Value>& answer) {
                  if (answer) then((*answer)["outputs"]);
                  finish(gather);
                });
  };
  for (const auto& entry : shown["steps"].asList()) {
    const auto& name = entry["name"].asText();
    if (!steps.contains(name)) continue;
    const auto at = name.find('[');
    const auto* node = document->nodeByName(name.substr(0, at));
    const auto* schema = node ? session.catalogue().find(node->type) : nullptr;
    const auto turn = at == std::string::npos ? std::string{} : name.substr(at);
    const auto* port = schema ? schema->output("model") : nullptr;
    if (!port || port->type != "model" || schema->info.category == Category::Backbone) continue;
    auto& model = run.models.emplace_back();
    model.run = run.id;
    model.step = name;
    model.node = node->id;
    model.when = shown["finished"].asDouble(shown["started"].asDouble());
    want(name, [&model](const Value& outputs) {
      const auto& value = outputs["model"];
      for (const auto& c : value["meta"]["classes"].asList()) model.classes.push_back(c.asText());
      model.task = value["meta"]["task"].asText();
      model.digest = value["digest"].asText();
    });
    const Link* data = linkInto(*document, node->id, "data");
    for (const auto& id : downstream(*document, node->id)) {
      const auto* other = document->node(id);
      if (!other || other->type != "patchbay.evaluate.evaluate") continue;
      want(stepOf(steps, other->name, turn), [&model](const Value& outputs) { model.report = outputs["report"]["digest"].asText(); });
      if (const auto* link = linkInto(*document, id, "data")) data = link;
      break;
    }
    if (const auto* source = data ? document->node(data->from.node) : nullptr)
      want(stepOf(steps, source->name, turn),
           [&model, key = data->from.port](const Value& outputs) { model.data = outputs[key]["digest"].asText(); });
    for (const auto& other : document->nodes())
      if (other.type == "patchbay.evaluate.unlike") {
        want(stepOf(steps, other.name, turn), [&model](const Value& outputs) { model.unlike = outputs["report"]["digest"].asText(); });
        break;
      }
  }
}

void ModelList::finish(const std::shared_ptr<Gather>& gather) {
  if (--gather->open > 0) return;
  std::vector<TrainedModel> found;
  for (auto& run : gather->runs) {
    // Of one run the last block first: what was trained on top of another.
    for (auto it = run.models.rbegin(); it != run.models.rend(); ++it) {
      if (it->digest.empty() || it->classes.empty()) continue;
      const auto known = std::ranges::find(found, it->digest, &TrainedModel::digest);
      if (known == found.end()) {
        found.push_back(std::move(*it));
        continue;
      }
      // The newer run took it from the store; this one made it, and may know more of it.
      known->when = it->when;
      for (auto member : {&TrainedModel::report, &TrainedModel::data, &TrainedModel::unlike})
        if (((*known).*member).empty()) (*known).*member = (*it).*member;
    }
  }
  models_ = std::move(found);
  ready_ = true;
  busy_ = false;
  Q_EMIT changed();
  if (std::exchange(again_, false)) refresh();
}

}  // namespace patchbay::studio
