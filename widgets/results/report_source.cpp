// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/report_source.h"

#include <memory>
#include <vector>

#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {

/// The look-up as a chain of questions: the run, its plan, then the outputs of the block, of what it reads, and of the model behind.
class Finder : public std::enable_shared_from_this<Finder> {
 public:
  using Answer = std::function<void(const Result<ReportSource>&)>;
  Finder(EngineAccess& engine, std::string run, std::string step, QObject* context, Answer answer)
      : engine_{engine}, context_{context}, answer_{std::move(answer)} {
    found_.run = std::move(run);
    found_.step = std::move(step);
  }

  void start() {
    ask("outputs", request(found_.step), [](Finder& f, const Result<Value>& outputs) {
      if (!outputs) return f.answer_(fail(outputs.error()));
      for (const auto& [port, value] : (*outputs)["outputs"].asMap())
        if (value["type"].asText() == "report") f.found_.report = value["digest"].asText();
      if (f.found_.report.empty())
        return f.answer_(fail(ErrorKind::NotFound, "report.none", TR("error", "This block made no report in this run."),
                              TR("error", "Choose a block that makes one, such as Evaluate."), f.found_.step));
      f.askRun();
    });
  }

 private:
  Value request(const std::string& step) const { return Value::Map{{"run", found_.run}, {"step", step}}; }

  void ask(const char* method, Value args, const std::function<void(Finder&, const Result<Value>&)>& then) {
    engine_.ask(method, std::move(args), context_, [self = shared_from_this(), then](const Result<Value>& answer) { then(*self, answer); });
  }

  void askRun() {
    ask("show", Value::Map{{"run", found_.run}}, [](Finder& f, const Result<Value>& run) {
      if (!run) return f.answer_(f.found_);
      f.found_.pipeline = (*run)["title"].asText();
      f.found_.names = BlockNames::ofRun((*run)["document"]);
      for (const auto& one : (*run)["steps"].asList())
        if (one["step"].asText() == f.found_.step) f.found_.stepName = one["name"].asText();
      Value plan;
      plan["document"] = (*run)["document"];
      plan["seed"] = (*run)["seed"];
      plan["device"] = (*run)["device"];
      f.ask("plan", std::move(plan), [](Finder& g, const Result<Value>& planned) {
        // Without a plan, e.g. since a pack is gone, the report by itself is still worth showing.
        if (!planned) return g.answer_(g.found_);
        g.plan_ = (*planned)["plan"];
        g.follow();
      });
    });
  }

  const Value* step(const std::string& id) const {
    for (const auto& one : plan_["steps"].asList())
      if (one["id"].asText() == id || one["name"].asText() == id) return &one;
    return nullptr;
  }

  void follow() {
    const auto* here = step(found_.step);
    if (!here) return answer_(found_);
    found_.node = (*here)["node"].asText();
    for (const auto& input : (*here)["inputs"].asList()) todo_.push_back({input["from"].asText(), input["from_port"].asText(), 0});
    next();
  }

  void next() {
    if (todo_.empty()) return answer_(found_);
    const auto job = todo_.back();
    todo_.pop_back();
    ask("outputs", request(job.step), [job](Finder& f, const Result<Value>& outputs) {
      if (outputs) f.take(job, (*outputs)["outputs"]);
      f.next();
    });
  }

  struct Job {
    std::string step, port;
    int depth;
  };

  void take(const Job& job, const Value& outputs) {
    const auto& value = outputs[job.port];
    const auto& type = value["type"].asText();
    const auto& digest = value["digest"].asText();
    const auto keep = [&](std::string& where) {
      if (where.empty()) where = digest;
    };
    if (type == "dataset" && job.depth == 0) keep(found_.data);
    if (type == "model") keep(found_.model);
    if (type != "predictions" || job.depth > 0) return;
    keep(found_.predictions);
    // The model is beside the predictions or one step before them.
    for (const auto& [port, other] : outputs.asMap())
      if (other["type"].asText() == "model") found_.model = other["digest"].asText();
    if (const auto* here = step(job.step); here && found_.model.empty())
      for (const auto& input : (*here)["inputs"].asList()) todo_.push_back({input["from"].asText(), input["from_port"].asText(), 1});
  }

  EngineAccess& engine_;
  QObject* context_;
  Answer answer_;
  ReportSource found_;
  Value plan_;
  std::vector<Job> todo_;
};

}  // namespace

void findReport(EngineAccess& engine, const std::string& run, const std::string& step, QObject* context,
                std::function<void(const Result<ReportSource>&)> answer) {
  std::make_shared<Finder>(engine, run, step, context, std::move(answer))->start();
}

}  // namespace patchbay::widgets
