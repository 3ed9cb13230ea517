// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <dirent.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "engine/base/kill_point.h"
#include "engine/service/connect.h"
#include "engine/store/migrations/migrations.h"
#include "engine/store/project.h"
#include "tests/support/fake_executor.h"
#include "tests/support/shared_catalogue.h"
#include "tests/support/toy_pack.h"

namespace patchbay::test {

/// numbers -> upper -> join(numbers, upper), and a count with checkpoints beside it. About 150 ms of work. With other `numbers`
/// nothing of it is there from a run before, with another `prefix` the last two are computed anew.
inline Value toyDocument(const std::string& prefix, int pause = 3, int numbers = 10) {
  const auto node = [](const std::string& name, const std::string& type, int version, Value::Map params) {
    return Value{Value::Map{{"id", name},
                            {"name", name},
                            {"type", type},
                            {"type_version", version},
                            {"title", ""},
                            {"pos", Value::List{0, 0}},
                            {"params", Value{std::move(params)}}}};
  };
  const auto link = [](const char* from, const char* port, const char* to, const char* in) {
    return Value{Value::Map{{"from", Value::List{from, port}}, {"to", Value::List{to, in}}}};
  };
  Value d;
  d["version"] = 1;
  d["id"] = "TOY";
  d["title"] = "Toy";
  d["nodes"] = Value::List{node("numbers", "toy.numbers", 1, {{"count", numbers}, {"sleep_ms", pause}}),
                           node("upper", "toy.upper", 2, {{"prefix", prefix}}), node("join", "toy.join", 1, {{"separator", prefix}}),
                           node("count", "toy.checkpointed", 1, {{"steps", numbers}, {"sleep_ms", pause}})};
  d["links"] = Value::List{link("numbers", "numbers", "upper", "text"), link("numbers", "numbers", "join", "texts"),
                           link("upper", "upper", "join", "texts")};
  return d;
}

/// One project with real programs.
class Crashing {
 public:
  /// `project`: where it lies when not in a folder of this test.
  explicit Crashing(std::filesystem::path project = {}) : project_{project.empty() ? base_ / "project" : std::move(project)} {
    ::setenv("XDG_RUNTIME_DIR", base_.path().c_str(), 1);
    ::setenv("XDG_CACHE_HOME", (base_ / "cache").c_str(), 1);
    shareCatalogue(base_ / "cache");
    ::setenv("PATCHBAY_PACKS", testing::allowToyPack(base_.path()).c_str(), 1);
    ::unsetenv("PATCHBAY_KILL_POINT");
  }
  ~Crashing() {
    if (engine_) (void)engine_->shutdown(true);
    disconnect();
  }
  std::filesystem::path project() const { return project_; }

  Result<Engine*> connect(int patienceMs = 10'000) {
    if (engine_) return engine_.get();
    ConnectOptions options;
    options.engineProgram = testing::buildFolder() / "bin" / "patchbay-engine";
    options.patience = std::chrono::milliseconds{patienceMs};
    PB_TRY(engine_, connectEngine(project(), options));
    box_ = std::make_unique<EventBox>();
    PB_TRY(subscription_, engine_->subscribe([b = box_.get()](const Value& e) { b->add(e); }));
    PB_TRY(const auto info, engine_->info());
    pid_ = static_cast<pid_t>(info["pid"].asInt());
    return engine_.get();
  }
  void disconnect() {
    for (const auto& e : box_ ? box_->all() : std::vector<Value>{})
      if (e["event"].asText() == "step" && e["state"].asText() == "ran" && documents_.contains(e["run"].asText()))
        ++acknowledged_[documents_.at(e["run"].asText()) + "/" + e["name"].asText()];
    subscription_.reset();
    engine_.reset();
    box_.reset();
  }
  /// Begins a run; errors are what a killed engine gives.
  Result<RunId> submit(const std::string& prefix, int pause = 3, int numbers = 10) {
    PB_TRY(auto* engine, connect());
    RunRequest request;
    request.document = toyDocument(prefix, pause, numbers);
    PB_TRY(const auto run, engine->submitRun(request));
    documents_[run.text] = prefix;
    return run;
  }
  /// The finished event, or "disconnected".
  Value end(const RunId& run, int seconds = 60) {
    return box_->waitFor(
        [&](const Value& e) {
          return (e["event"].asText() == "finished" && e["run"].asText() == run.text) || e["event"].asText() == "disconnected";
        },
        seconds);
  }
  Value wait(const std::string& event, const RunId& run) { return box_->wait(event, run.text); }
  int heard(const std::string& event, const RunId& run) {
    const auto all = box_->all();
    return static_cast<int>(
        std::ranges::count_if(all, [&](const Value& e) { return e["event"].asText() == event && e["run"].asText() == run.text; }));
  }
  /// Runs to the end and returns the digests of all outputs, by step and port.
  std::map<std::string, std::string> complete(const std::string& prefix, int pause = 3, int numbers = 10) {
    std::map<std::string, std::string> out;
    const auto run = submit(prefix, pause, numbers);
    EXPECT_TRUE(run) << describe(run.error());
    if (!run) return out;
    const auto done = end(*run);
    EXPECT_EQ(done["state"].asText(), "done") << toJson(done);
    for (const auto& block : done["blocks"].asList()) {
      // What was told to be there is there: only what nobody was told may have to be done again.
      const bool promised = acknowledged_.contains(prefix + "/" + block["name"].asText());
      EXPECT_TRUE(!promised || block["state"].asText() == "cached") << block["name"].asText() << " " << block["state"].asText();
      const auto outputs = engine_->outputs(*run, {block["id"].asText()});
      EXPECT_TRUE(outputs) << describe(outputs.error());
      if (outputs)
        for (const auto& [port, value] : (*outputs)["outputs"].asMap()) out[block["name"].asText() + "." + port] = value["digest"].asText();
    }
    return out;
  }
  /// The database is sound, and every result it names is there.
  void inspect() {
    const auto doctor = engine_->doctor();
    ASSERT_TRUE(doctor);
    EXPECT_EQ((*doctor)["store"]["quick_check"].asText(), "ok");
    Project::Options looking;
    looking.access = Project::Access::ReadOnly;
    const auto opened = Project::open(project(), looking);
    ASSERT_TRUE(opened) << describe(opened.error());
    std::vector<Digest> keys;
    ASSERT_TRUE((*opened)->database().query("SELECT key FROM actions", {}, [&](const Row& row) -> Result<> {
      keys.push_back(row.digest(0));
      return {};
    }));
    for (const auto& key : keys) {
      const auto action = (*opened)->action(key).value().value();
      const auto whole = (*opened)->verifyOutputs(action.outputs);
      EXPECT_TRUE(whole) << describe(whole.error());
    }
    EXPECT_TRUE((*opened)->unfinishedAttempts().value().empty());
  }
  /// The engine and what it started.
  std::vector<pid_t> processes() const {
    std::map<pid_t, pid_t> parents;
    if (DIR* proc = ::opendir("/proc")) {
      while (const dirent* e = ::readdir(proc)) {
        const pid_t pid = std::atoi(e->d_name);
        std::ifstream stat{std::string{"/proc/"} + e->d_name + "/stat"};
        std::string line;
        if (pid <= 0 || !std::getline(stat, line) || line.rfind(") ") == std::string::npos) continue;
        pid_t parent = 0;
        if (std::sscanf(line.c_str() + line.rfind(") ") + 2, "%*c %d", &parent) == 1) parents[pid] = parent;
      }
      ::closedir(proc);
    }
    std::vector<pid_t> out{pid_};
    for (std::size_t i = 0; i < out.size(); ++i)
      for (const auto& [pid, parent] : parents)
        if (parent == out[i]) out.push_back(pid);
    return out;
  }
  pid_t pid() const { return pid_; }
  Engine* engine() { return engine_.get(); }
  bool waitUntilGone() const {
    for (int i = 0; i < 500; ++i) {
      std::ifstream stat{"/proc/" + std::to_string(pid_) + "/stat"};
      std::string line;
      if (pid_ == 0 || !std::getline(stat, line) || line.find(") Z") != std::string::npos) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return false;
  }

 private:
  TempFolder base_;
  std::filesystem::path project_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<EventBox> box_;
  std::unique_ptr<Subscription> subscription_;
  std::map<std::string, std::string> documents_;  ///< Prefix by run; a run may go on after its client went.
  std::map<std::string, int> acknowledged_;
  pid_t pid_ = 0;
};

/// Kills engine or worker `times` times at a random moment, then lets every run come to its end.
inline void killAtRandom(int times, unsigned seed) {
  std::mt19937 random{seed};
  Crashing crashing;
  for (int i = 0; i < times; ++i) {
    const auto run = crashing.submit("p" + std::to_string(i % 10));
    std::this_thread::sleep_for(std::chrono::milliseconds{random() % 251});
    if (run) {
      const auto all = crashing.processes();
      // Half of the kills hit the engine, the others zygote or worker.
      const auto victim = random() % 2 ? all.front() : all[random() % all.size()];
      ASSERT_GT(victim, 1);
      ::kill(victim, SIGKILL);
      const bool gone = victim != crashing.pid() || crashing.waitUntilGone();
      ASSERT_TRUE(gone);
    }
    crashing.disconnect();
  }
  std::map<std::string, std::map<std::string, std::string>> after;
  for (int i = 0; i < 10; ++i) after["p" + std::to_string(i)] = crashing.complete("p" + std::to_string(i));
  crashing.inspect();
  Crashing undisturbed;
  for (const auto& [prefix, outputs] : after) {
    EXPECT_EQ(outputs.size(), 4u);
    EXPECT_EQ(outputs, undisturbed.complete(prefix)) << prefix;
  }
}

}  // namespace patchbay::test
