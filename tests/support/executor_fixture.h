// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fcntl.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/data/ports.h"
#include "engine/executor/local_executor.h"
#include "engine/store/object_folder.h"
#include "tests/support/toy_pack.h"

namespace patchbay::testing {

inline bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds within = std::chrono::seconds{10}) {
  const auto end = std::chrono::steady_clock::now() + within;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

/// The engine as an executor sees it, in memory.
class FakeHost final : public JobHost {
 public:
  Result<SeenFile> locate(const Digest& digest) override {
    const std::lock_guard lock{mutex_};
    if (const auto it = sources.find(digest); it != sources.end()) return it->second;
    return fail(ErrorKind::NotFound, "object.missing", TR("test", "Not here."), TR("test", "Look elsewhere."));
  }
  Result<std::vector<Digest>> itemPacks(const Digest& function) override {
    const std::lock_guard lock{mutex_};
    const auto it = packs.find(function);
    return it == packs.end() ? std::vector<Digest>{} : it->second;
  }
  Result<> addItemPack(const Digest& function, const Digest& pack, std::int64_t) override {
    const std::lock_guard lock{mutex_};
    packs[function].push_back(pack);
    return {};
  }
  Result<> addSource(const Digest& digest, const SeenFile& file) override {
    const std::lock_guard lock{mutex_};
    sources[digest] = file;
    return {};
  }
  void onEvent(const AttemptId& attempt, const Value& event) override {
    const std::lock_guard lock{mutex_};
    if (event["event"].asText() == "heartbeat") ++heartbeats_[attempt];
    else events_[attempt].push_back(event);
    changed_.notify_all();
  }
  void onFinished(const AttemptId& attempt, const JobResult& result) override {
    const std::lock_guard lock{mutex_};
    results_[attempt].push_back(result);
    changed_.notify_all();
  }

  JobResult waitFor(const AttemptId& attempt, std::chrono::seconds within = std::chrono::seconds{30}) {
    std::unique_lock lock{mutex_};
    if (!changed_.wait_for(lock, within, [&] { return !results_[attempt].empty(); })) {
      ADD_FAILURE() << "the job did not end in time";
      JobResult none;
      none.error = Error{ErrorKind::Unreachable, "test.no-end", {}, {}, {}};
      return none;
    }
    return results_[attempt].front();
  }
  bool waitForEvent(const AttemptId& attempt, std::string_view kind, int times = 1) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, std::chrono::seconds{20}, [&] { return count(attempt, kind) >= times || !results_[attempt].empty(); }) &&
           count(attempt, kind) >= times;
  }
  std::vector<Value> eventsOf(const AttemptId& attempt) {
    const std::lock_guard lock{mutex_};
    return events_[attempt];
  }
  int countOf(const AttemptId& attempt, std::string_view kind) {
    const std::lock_guard lock{mutex_};
    return count(attempt, kind);
  }
  int finishes(const AttemptId& attempt) {
    const std::lock_guard lock{mutex_};
    return static_cast<int>(results_[attempt].size());
  }
  void forget(const AttemptId& attempt) {
    const std::lock_guard lock{mutex_};
    events_.erase(attempt);
  }

  std::map<Digest, SeenFile> sources;
  std::map<Digest, std::vector<Digest>> packs;

 private:
  int count(const AttemptId& attempt, std::string_view kind) {
    int n = 0;
    for (const auto& event : events_[attempt]) n += event["event"].asText() == kind;
    return n;
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<AttemptId, std::vector<Value>> events_;
  std::map<AttemptId, std::vector<JobResult>> results_;
  std::map<AttemptId, int> heartbeats_;
};

/// A local executor on the real worker program with the toy pack, in a temporary folder.
class ExecutorFixture : public ::testing::Test {
 protected:
  ExecutorFixture() {
    options.zygote.program = workerProgram();
    options.zygote.allowedPacks = allowed;
    options.zygote.log = folder.path() / "zygote.log";
    options.attemptsFolder = folder.path() / "attempts";
    std::filesystem::create_directories(options.attemptsFolder);
    start();
  }
  ~ExecutorFixture() override { executor.reset(); }
  virtual void start() { executor = std::make_unique<LocalExecutor>(options, host); }
  void restart() {
    executor.reset();
    start();
  }

  JobSpec makeJob(std::string type, Value::Map params, std::vector<std::string> outputs) {
    JobSpec job;
    job.attempt.text = newUlid();
    job.key = digestOf(job.attempt.text);
    job.type = std::move(type);
    job.name = "step";
    job.params = Value{std::move(params)};
    job.outputs = std::move(outputs);
    job.attemptFolder = options.attemptsFolder / job.attempt.text;
    job.objectFolder = objects.root();
    job.checkpointFolder = folder.path() / "checkpoints";
    job.baseFolder = folder.path();
    job.exportsFolder = folder.path() / "exports";
    job.claim = newUlid();
    return job;
  }
  JobResult run(const JobSpec& job) {
    const auto id = executor->submit(job);
    if (!id) {
      JobResult refused;
      refused.error = id.error();
      return refused;
    }
    return host.waitFor(job.attempt);
  }
  /// A data set of pictures with these bytes; the bytes themselves are not stored.
  Digest putDataset(const std::vector<std::string>& contents) {
    DatasetWriter writer{DatasetInfo{}};
    for (std::size_t i = 0; i < contents.size(); ++i) {
      Item item;
      item.digest = digestOf(contents[i]);
      item.paths = {"picture " + std::to_string(i)};
      item.id = makeItemId(item.paths[0], item.digest);
      item.size = static_cast<std::int64_t>(contents[i].size());
      writer.add(std::move(item));
    }
    return *writer.finish(objects)->value().save(objects);
  }
  std::string textOf(const Digest& manifest) { return TextValue::load(objects, *PortValue::load(objects, manifest))->text; }

  TempFolder folder;
  std::filesystem::path allowed = allowToyPack(folder.path());
  ObjectFolder objects{folder.path() / "objects"};
  FakeHost host;
  LocalExecutorOptions options;
  std::unique_ptr<LocalExecutor> executor;
};

}  // namespace patchbay::testing
