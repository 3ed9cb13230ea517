// SPDX-License-Identifier: Apache-2.0
#include "engine/run/runner.h"

#include <algorithm>

#include "engine/run/runner_impl.h"

namespace patchbay {
namespace fs = std::filesystem;

void Runner::Impl::post(std::function<void()> task) {
  {
    const std::scoped_lock lock{mutex};
    inbox.push_back(std::move(task));
  }
  wake.notify_one();
}

void Runner::Impl::emit(const Value& event) {
  for (const auto& [id, callback] : subscribers) callback(event);
}

void Runner::Impl::loop() {
  for (;;) {
    std::deque<std::function<void()>> tasks;
    {
      std::unique_lock lock{mutex};
      // While jobs run there are leases and adopted jobs to look after, and a full disk to look at; otherwise nothing happens unasked.
      const auto ready = [&] { return quit || !inbox.empty(); };
      if (jobs.empty() && !full) wake.wait(lock, ready);
      else wake.wait_for(lock, std::chrono::milliseconds{250}, ready);
      tasks.swap(inbox);
      if (quit && tasks.empty()) return;
    }
    for (auto& task : tasks) task();
    if (ended) continue;
    lookForRoom();
    advance();
    tick();
  }
}

Runner::Runner(Project& project, RunnerOptions options) : impl_{std::make_unique<Impl>(project, std::move(options))} {}

Runner::~Runner() { end(); }

void Runner::end(bool leaveJobs) {
  auto& i = *impl_;
  if (!i.thread.joinable()) return;
  i.ask([&] {
    i.ended = true;
    for (auto& [id, job] : i.jobs)
      if (!leaveJobs && !job.record.externalId.empty()) (void)i.executor->signal(job.record.externalId, JobSignal::Kill);
    i.subscribers.clear();
  });
  {
    const std::scoped_lock lock{i.mutex};
    i.quit = true;
  }
  i.wake.notify_one();
  i.thread.join();
}

Result<> Runner::start(Executor& executor) {
  impl_->executor = &executor;
  const auto gpus = executor.capabilities()["gpus"];
  impl_->options.machine.gpus = gpus.isList() ? static_cast<int>(gpus.asList().size()) : static_cast<int>(gpus.asInt());
  if (!impl_->project.readOnly()) PB_CHECK(impl_->recover());
  impl_->thread = std::thread{[this] { impl_->loop(); }};
  return {};
}

void Runner::setVersions(Value versions) {
  impl_->ask([&] { impl_->options.machine.versions = std::move(versions); });
}

void Runner::setPlace(const std::string& name, Machine machine, bool queue) {
  impl_->ask([&] {
    if (queue) {
      impl_->freeAway.erase(name);
    } else {
      int used = 0;
      for (const auto& [id, job] : impl_->jobs)
        if (job.on == name) used += job.cores;
      impl_->freeAway[name] = machine.cores - used;
    }
    impl_->options.machine.places.insert_or_assign(name, std::move(machine));
  });
}

Result<RunId> Runner::submit(const Plan& plan, const fs::path& baseFolder) {
  return impl_->ask([&] { return impl_->begin(plan, baseFolder); });
}

Result<> Runner::stop(const RunId& run, RunStop how) {
  return impl_->ask([&]() -> Result<> {
    for (auto& one : impl_->runs)
      if (one->id == run) return impl_->stopRun(*one, how);
    return fail(ErrorKind::NotFound, "run.not-running", TR("error", "This run is not in progress."),
                TR("error", "`patchbay runs` lists all runs and their states."), run.text);
  });
}

Result<std::vector<Forecast>> Runner::explain(const Plan& plan, const fs::path& baseFolder) {
  const auto base = baseFolder.empty() ? impl_->project.folder() : baseFolder;
  return impl_->ask(
      [&] { return forecast(impl_->project, plan, impl_->options.schemas, impl_->options.machine, base, impl_->options.words); });
}

std::uint64_t Runner::subscribe(std::function<void(const Value&)> callback) {
  return impl_->ask([&] {
    Value state;
    state["event"] = "state";
    state["runs"] = Value::List{};
    for (const auto& run : impl_->runs) state["runs"].push(impl_->snapshotOf(*run));
    callback(state);
    const auto id = impl_->nextSubscriber++;
    impl_->subscribers.emplace(id, std::move(callback));
    return id;
  });
}

void Runner::unsubscribe(std::uint64_t id) {
  impl_->ask([&] { return impl_->subscribers.erase(id); });
}

void Runner::tell(const Value& event) {
  impl_->post([this, event] { impl_->emit(event); });
}

Value Runner::snapshot(const RunId& run) {
  return impl_->ask([&] {
    for (const auto& one : impl_->runs)
      if (one->id == run) return impl_->snapshotOf(*one);
    return Value{};
  });
}

bool Runner::idle() {
  // A result that waits for room, and for nobody here, the next engine publishes as well.
  return impl_->ask([&] {
    return impl_->runs.empty() && std::ranges::all_of(impl_->jobs, [](const auto& job) { return job.second.unpublished.has_value(); });
  });
}
bool Runner::hasJobs() {
  return impl_->ask([&] { return !impl_->jobs.empty(); });
}

// Questions of jobs go straight to the project: they must not wait for the thread, which may wait for an executor.
Result<SeenFile> Runner::locate(const Digest& digest) { return impl_->project.locate(digest); }
Result<std::vector<Digest>> Runner::itemPacks(const Digest& function) { return impl_->project.itemPacks(function); }
Result<> Runner::addItemPack(const Digest& function, const Digest& pack, std::int64_t items) {
  return impl_->project.addItemPack(function, pack, items);
}
Result<> Runner::addSource(const Digest& digest, const SeenFile& file) { return impl_->project.addSource(digest, file); }

void Runner::onEvent(const AttemptId& attempt, const Value& event) {
  impl_->post([this, attempt, event] { impl_->handleEvent(attempt, event); });
}
void Runner::onFinished(const AttemptId& attempt, const JobResult& result) {
  impl_->post([this, attempt, result] { impl_->handleFinished(attempt, result); });
}

}  // namespace patchbay
