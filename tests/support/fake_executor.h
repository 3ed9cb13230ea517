// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "engine/data/ports.h"
#include "engine/plan/plan.h"
#include "engine/run/executor.h"
#include "engine/run/listing.h"
#include "engine/store/project.h"
#include "tests/support/temporary_folder.h"

namespace patchbay::test {

/// Runs "jobs" on threads of the test. What a step does follows from its type:
///   t.text   output "out" = params.text
///   t.join   output "out" = params.text + all texts at "in"
///   t.files  output "out" = the names of the files below params.folder and what is in them
///   t.first  output "out" = the first letter of "in": often the same for other inputs
///   t.report a report with metric "letters"
///   t.fail   fails; t.crash crashes params.times times, then works
///   t.slow   waits until it is told to end; Keep makes it succeed
class FakeExecutor final : public Executor {
 public:
  FakeExecutor(JobHost& host, Project& project) : host_{host}, project_{project} {}
  ~FakeExecutor() override {
    {
      const std::scoped_lock lock{mutex_};
      for (auto& [id, job] : jobs_) job.signal = JobSignal::Kill;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
  }
  Value capabilities() override { return Value{Value::Map{{"name", "fake"}, {"cores", 2}}}; }

  Result<std::string> submit(const JobSpec& spec) override {
    const std::scoped_lock lock{mutex_};
    const auto id = spec.attempt.text;
    if (jobs_.contains(id)) return id;
    jobs_[id];
    ran.push_back(spec.name);
    specs.push_back(spec);
    most = std::max(most, ++running_);
    threads_.emplace_back([this, spec] { work(spec); });
    return id;
  }
  Result<std::optional<std::string>> find(const AttemptId& attempt) override {
    const std::scoped_lock lock{mutex_};
    return jobs_.contains(attempt.text) ? std::optional{attempt.text} : std::nullopt;
  }
  std::vector<JobState> poll(std::span<const std::string> ids) override {
    const std::scoped_lock lock{mutex_};
    std::vector<JobState> out;
    for (const auto& id : ids) {
      const auto job = jobs_.find(id);
      out.push_back({.kind = job == jobs_.end() ? JobState::Kind::Gone
                             : job->second.over ? JobState::Kind::Exited
                                                : JobState::Kind::Running});
    }
    return out;
  }
  Result<> signal(const std::string& id, JobSignal what) override {
    const std::scoped_lock lock{mutex_};
    jobs_[id].signal = what;
    signals.push_back(what);
    changed_.notify_all();
    return {};
  }
  Result<std::string> fetchEvents(const AttemptId&, std::int64_t) override { return std::string{}; }
  Result<> cleanup(const AttemptId&) override { return {}; }
  Result<> sweep(std::span<const AttemptId> keep) override {
    const std::scoped_lock lock{mutex_};
    swept.assign(keep.begin(), keep.end());
    return {};
  }
  std::size_t count() {
    const std::scoped_lock lock{mutex_};
    return ran.size();
  }

  std::vector<std::string> ran;  ///< Names of the steps, in order of submission.
  std::vector<JobSpec> specs;
  std::vector<JobSignal> signals;
  std::vector<AttemptId> swept;
  int most = 0;                                ///< Jobs at once.
  std::function<void(const JobSpec&)> before;  ///< Called on the job's thread before it works.
  std::function<void(const JobSpec&)> after;   ///< And when its work is done, before that is told.

 private:
  struct Job {
    std::optional<JobSignal> signal;
    bool over = false;
  };

  std::string textAt(const JobSpec& spec) {
    std::string out;
    const auto found = spec.inputs.find("in");
    if (found == spec.inputs.end()) return out;
    for (const auto& digest : found->second) {
      const auto value = PortValue::load(project_.objects(), digest).value();
      out += value.type == "text" ? TextValue::load(project_.objects(), value).value().text : std::string{"?"};
    }
    return out;
  }

  void work(const JobSpec& spec) {
    if (before) before(spec);
    const auto event = [&](Value::Map fields) { host_.onEvent(spec.attempt, Value{std::move(fields)}); };
    event({{"event", "hello"}});
    event({{"event", "progress"}, {"phase", toValue(Text{"t", "Working"})}, {"done", 1}, {"total", 2}, {"unit", "step"}});
    event({{"event", "metric"}, {"name", "loss"}, {"value", .5}, {"step", 1}, {"t", .1}});
    JobResult result;
    result.seconds = .01;
    const auto broken = [&](ErrorKind kind, const char* code) {
      result.error = Error{kind, code, Text{"t", "It broke."}, Text{"t", "Mend it."}, {}};
    };
    TextValue out;
    out.format = "plain";
    out.text = spec.params["text"].asText() + textAt(spec);
    if (spec.type == "t.files") {
      std::map<std::string, std::string> files;
      for (const auto& e : std::filesystem::recursive_directory_iterator{spec.baseFolder / spec.params["folder"].asText()})
        if (e.is_regular_file()) {
          files[e.path().filename()] = readFile(e.path()).value();
          (void)host_.addSource(digestOf(files[e.path().filename()]), {e.path()});
        }
      for (const auto& [name, bytes] : files) out.text += name + "=" + bytes + ";";
    } else if (spec.type == "t.table") {
      // A file with one name a line: what the names stand for is read as well.
      FoundFiles found{spec.baseFolder};
      std::istringstream names{readFile(spec.baseFolder / spec.params["file"].asText()).value()};
      for (std::string name; std::getline(names, name);) {
        found.add(name);
        out.text += readFile(spec.baseFolder / name).value_or("-") + ";";
      }
      result.effects["found"]["listing"] = project_.objects().put(found.text()).value().hex();
    } else if (spec.type == "t.first") {
      out.text = out.text.substr(0, 1);
    } else if (spec.type == "t.fail") {
      broken(ErrorKind::BadInput, "t.fail");
    } else if (spec.type == "t.crash") {
      const std::scoped_lock lock{mutex_};
      if (crashes_++ < spec.params["times"].asInt()) broken(ErrorKind::Crashed, "t.crash");
    } else if (spec.type == "t.slow") {
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [&] { return jobs_[spec.attempt.text].signal.has_value(); });
      if (*jobs_[spec.attempt.text].signal != JobSignal::Keep) broken(ErrorKind::Cancelled, "cancelled");
    }
    if (!result.error) {
      for (const auto& port : spec.outputs) {
        Result<PortValue> value = TextValue::save(project_.objects(), out);
        if (spec.type == "t.report") {
          Report report;
          report.metrics["letters"] = out.text.size();
          value = Report::save(project_.objects(), report);
        }
        auto saved = value.and_then([&](const PortValue& v) { return v.save(project_.objects()); });
        if (!saved) {
          result.error = saved.error();
          break;
        }
        result.outputs[port] = *saved;
      }
    }
    {
      const std::scoped_lock lock{mutex_};
      --running_;
      jobs_[spec.attempt.text].over = true;
    }
    if (after) after(spec);
    host_.onFinished(spec.attempt, result);
  }

  JobHost& host_;
  Project& project_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Job> jobs_;
  std::vector<std::thread> threads_;
  int running_ = 0, crashes_ = 0;
};

/// Builds plans step by step.
struct PlanBuilder {
  Plan plan;
  PlanBuilder() {
    plan.pipelineId = "PIPELINE";
    plan.title = "Test";
  }
  Step& add(const std::string& name, const std::string& type, Value::Map params = {}, const std::vector<std::string>& from = {}) {
    Step step;
    step.id.text = name;
    step.node.text = name;
    step.name = name;
    step.type = type;
    step.params = Value{std::move(params)};
    step.info.id = type;
    step.info.needs.cores = 1;
    if (type == "t.files") step.info.effects = Effects::ReadsFiles;
    for (const auto& one : from) step.inputs.push_back({"in", {one}, "out"});
    step.outputs = {"out"};
    plan.steps.push_back(std::move(step));
    return plan.steps.back();
  }
};

/// Schemas of the types above.
inline const Schema* fakeSchema(std::string_view type) {
  static const std::map<std::string, Schema, std::less<>> all = [] {
    std::map<std::string, Schema, std::less<>> out;
    for (const char* id : {"t.text", "t.join", "t.files", "t.table", "t.first", "t.report", "t.fail", "t.crash", "t.slow"}) {
      Schema s;
      s.info.id = id;
      s.info.title = s.info.summary = Text{"t", id};
      if (s.info.id == "t.files" || s.info.id == "t.table") s.info.effects = Effects::ReadsFiles;
      if (s.info.id == "t.table")
        s.params.push_back({.key = "file", .label = Text{"t", "File"}, .help = Text{"t", "File."}, .kind = ParamKind::File, .def = ""});
      s.params.push_back({.key = "text", .label = Text{"t", "Text"}, .help = Text{"t", "Text."}, .kind = ParamKind::Text, .def = ""});
      if (s.info.id == "t.files")
        s.params.push_back(
            {.key = "folder", .label = Text{"t", "Folder"}, .help = Text{"t", "Folder."}, .kind = ParamKind::Folder, .def = ""});
      if (s.info.id == "t.crash")
        s.params.push_back(
            {.key = "times", .label = Text{"t", "Times"}, .help = Text{"t", "Times."}, .kind = ParamKind::Integer, .def = 0});
      if (s.info.id != "t.text" && s.info.id != "t.files" && s.info.id != "t.table")
        s.ports.push_back({.key = "in",
                           .label = Text{"t", "In"},
                           .help = Text{"t", "In."},
                           .type = "text",
                           .input = true,
                           .variadic = true,
                           .optional = true,
                           .minLinks = 0});
      s.ports.push_back({.key = "out",
                         .label = Text{"t", "Out"},
                         .help = Text{"t", "Out."},
                         .type = s.info.id == "t.report" ? "report" : "text",
                         .input = false});
      out.emplace(s.info.id, std::move(s));
    }
    return out;
  }();
  const auto found = all.find(type);
  return found == all.end() ? nullptr : &found->second;
}

/// Collects events and waits for them.
class EventBox {
 public:
  void add(const Value& event) {
    {
      const std::scoped_lock lock{mutex_};
      events_.push_back(event);
    }
    changed_.notify_all();
  }
  /// The first event of that kind (of that run), or null after ten seconds.
  Value wait(const std::string& kind, const std::string& run = {}) {
    return waitFor([&](const Value& e) { return e["event"].asText() == kind && (run.empty() || e["run"].asText() == run); });
  }
  Value waitFor(const std::function<bool(const Value&)>& wanted, int seconds = 10) {
    std::unique_lock lock{mutex_};
    Value out;
    changed_.wait_for(lock, std::chrono::seconds{seconds}, [&] {
      for (const auto& e : events_)
        if (wanted(e)) {
          out = e;
          return true;
        }
      return false;
    });
    return out;
  }
  std::vector<Value> all() {
    const std::scoped_lock lock{mutex_};
    return events_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Value> events_;
};

}  // namespace patchbay::test
