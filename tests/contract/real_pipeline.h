// SPDX-License-Identifier: Apache-2.0
#pragma once
// Real pipelines on the real packs: drawn pictures in, a trained and exported network out.
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/executor/local_executor.h"
#include "engine/service/catalogue_source.h"
#include "engine/service/local_engine.h"
#include "tests/support/pack_fixtures.h"
#include "tests/support/toy_pack.h"

namespace patchbay::testing {

/// `perClass` pictures with stripes in "rows", as many in "columns".
inline std::filesystem::path drawPictures(const std::filesystem::path& folder, int perClass) {
  for (int i = 0; i < perClass; ++i) {
    writeFile(folder / "rows" / (std::to_string(i) + ".png"), drawPng(0, static_cast<std::uint64_t>(i), 64, 64));
    writeFile(folder / "columns" / (std::to_string(i) + ".png"), drawPng(1, static_cast<std::uint64_t>(i), 64, 64));
  }
  return folder;
}

/// The template "classify-folder" on a folder of pictures, as small as it can be.
inline RunRequest classifyFolder(const std::filesystem::path& pictures, std::vector<std::string> sets = {}) {
  RunRequest request;
  request.document = must(parseJson(must(readFile(sourceFolder() / "resources" / "templates" / "classify-folder.json"))));
  request.set = {"pictures.folder=" + pictures.string(), "backbone.size=96", "fine_tune.epochs=1", "fine_tune.patience=0"};
  request.set.insert(request.set.end(), sets.begin(), sets.end());
  request.baseFolder = pictures;
  return request;
}

/// Keeps what an engine tells.
class Events {
 public:
  void add(const Value& event) {
    const std::lock_guard lock{mutex_};
    events_.push_back(event);
    changed_.notify_all();
  }
  /// The first event that is wanted; null when none comes in time.
  Value waitFor(const std::function<bool(const Value&)>& wanted, std::chrono::seconds within = std::chrono::seconds{150}) {
    const auto end = std::chrono::steady_clock::now() + within;
    std::unique_lock lock{mutex_};
    for (std::size_t seen = 0;;) {
      for (; seen < events_.size(); ++seen)
        if (wanted(events_[seen])) return events_[seen];
      if (changed_.wait_until(lock, end) == std::cv_status::timeout) return {};
    }
  }
  std::vector<Value> all() {
    const std::lock_guard lock{mutex_};
    return events_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Value> events_;
};

/// A project with its engine in this process; what runs the jobs is the test's choice.
class RealProject {
 public:
  using MakeExecutor = std::function<std::unique_ptr<Executor>(JobHost&, Project&)>;
  explicit RealProject(MakeExecutor make) {
    EngineParts parts;
    parts.executor = [this, make = std::move(make)](JobHost& host, Project& project) -> Result<std::unique_ptr<Executor>> {
      auto executor = make(host, project);
      jobs_ = executor.get();
      return executor;
    };
    const CatalogueSource source{{workerProgram().string(), "catalogue"}, installedFiles(workerProgram()), {}};
    parts.catalogue = [source] { return source.read(); };
    engine_ = must(LocalEngine::open(folder(), std::move(parts)));
    subscription_ = must(engine_->subscribe([this](const Value& e) { events.add(e); }));
  }
  /// With the local executor.
  static MakeExecutor local(LocalExecutorOptions options = {}) {
    return [options](JobHost& host, Project& project) {
      auto mine = options;
      mine.zygote.program = workerProgram();
      mine.zygote.log = project.folder() / "zygote.log";
      mine.attemptsFolder = project.folder() / "attempts";
      return std::make_unique<LocalExecutor>(std::move(mine), host);
    };
  }
  std::filesystem::path folder() const { return base_.path() / "project"; }
  LocalEngine& engine() { return *engine_; }
  Executor& executor() { return *jobs_; }

  RunId start(const RunRequest& request) { return must(engine_->submitRun(request)); }
  /// The event that ends a run.
  Value end(const RunId& run) {
    const auto done = events.waitFor([&](const Value& e) { return e["event"].asText() == "finished" && e["run"].asText() == run.text; });
    EXPECT_FALSE(done.isNull()) << "the run did not end";
    return done;
  }
  /// Digest of every output, by "block.port".
  std::map<std::string, std::string> outputs(const RunId& run, const Value& finished) {
    std::map<std::string, std::string> out;
    for (const auto& block : finished["blocks"].asList()) {
      const auto found = engine_->outputs(run, {block["id"].asText()});
      if (!found) continue;
      for (const auto& [port, value] : (*found)["outputs"].asMap()) out[block["name"].asText() + "." + port] = value["digest"].asText();
    }
    return out;
  }
  static std::map<std::string, std::string> states(const Value& finished) {
    std::map<std::string, std::string> out;
    for (const auto& block : finished["blocks"].asList()) out[block["name"].asText()] = block["state"].asText();
    return out;
  }
  static Error errorOf(const Value& finished, std::string_view block) {
    for (const auto& one : finished["blocks"].asList())
      if (one["name"].asText() == block && one.contains("error")) return errorFromValue(one["error"]);
    return {};
  }
  /// Attempts of a step, oldest first.
  std::vector<std::filesystem::path> attempts(std::string_view step) const {
    std::vector<std::filesystem::path> out;
    std::error_code ec;
    for (const auto& entry : std::filesystem::directory_iterator{folder() / "attempts", ec}) {
      const auto text = readFile(entry.path() / "job.json");
      const auto job = text ? parseJson(*text) : Result<Value>{Value{}};
      if (job && (*job)["name"].asText() == step) out.push_back(entry.path());
    }
    std::ranges::sort(out);
    return out;
  }
  /// The process of the n-th attempt (from 1) of a step, once it has told how far it is: the block is at work.
  ProcessIdentity working(std::string_view step, std::size_t nth) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (std::chrono::steady_clock::now() < end) {
      const auto all = attempts(step);
      if (all.size() >= nth && readFile(all[nth - 1] / "events.jsonl").value_or("").find("\"progress\"") != std::string::npos)
        if (const auto claim = readClaim({all[nth - 1]})) return claim->process;
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    ADD_FAILURE() << step << " did not begin to work";
    return {};
  }

  Events events;

 private:
  TempFolder base_;
  Executor* jobs_ = nullptr;
  std::unique_ptr<LocalEngine> engine_;
  std::unique_ptr<Subscription> subscription_;
};

}  // namespace patchbay::testing
