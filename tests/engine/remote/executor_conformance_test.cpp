// SPDX-License-Identifier: Apache-2.0
// The contract of executors, the same for each of them: here, apart, behind a real sshd, on a real cluster, on a cluster behind sshd.
#include <gmock/gmock.h>
#include <signal.h>

#include "engine/executor/isolated_executor.h"
#include "tests/engine/remote/far_fixture.h"
#include "tests/support/slurm_cluster.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

/// Servers that take long to start serve all tests of the program.
class Shared : public ::testing::Environment {
 public:
  SlurmCluster& cluster() {
    if (!cluster_) cluster_ = std::make_unique<SlurmCluster>();
    return *cluster_;
  }
  SshServer& server() {
    if (!server_) server_ = std::make_unique<SshServer>();
    return *server_;
  }
  SmallInstallation& installation() {
    if (!installation_) installation_ = std::make_unique<SmallInstallation>();
    return *installation_;
  }
  void TearDown() override {
    installation_.reset();
    server_.reset();
    cluster_.reset();
  }

 private:
  std::unique_ptr<SlurmCluster> cluster_;
  std::unique_ptr<SshServer> server_;
  std::unique_ptr<SmallInstallation> installation_;
};
Shared* const shared = dynamic_cast<Shared*>(::testing::AddGlobalTestEnvironment(new Shared));

/// Where jobs run. `open` makes an executor as a new engine would, on what the one before left.
class Place {
 public:
  virtual ~Place() = default;
  virtual std::unique_ptr<Executor> open(JobHost& host) = 0;
  /// The folder in which the worker of an attempt works.
  virtual fs::path attempt(const JobSpec& job) const = 0;
  /// The store of objects over there; empty: the engine's own.
  virtual fs::path objects() const { return {}; }
  std::chrono::seconds patience{60};
};

class Here final : public Place {
 public:
  explicit Here(LocalExecutorOptions options) : options_{std::move(options)} {}
  std::unique_ptr<Executor> open(JobHost& host) override { return std::make_unique<LocalExecutor>(options_, host); }
  fs::path attempt(const JobSpec& job) const override { return job.attemptFolder; }

 private:
  LocalExecutorOptions options_;
};

class Apart final : public Place {
 public:
  Apart(ZygoteOptions zygote, const fs::path& project) {
    fs::create_directories(away_.path() / "allowed");
    options_.zygote = std::move(zygote);
    options_.zygote.allowedPacks = allowToyPack(away_.path() / "allowed");
    options_.zygote.log = away_.path() / "zygote.log";
    options_.root = away_.path() / "root";
    options_.hidden = {project};
  }
  std::unique_ptr<Executor> open(JobHost& host) override { return std::make_unique<IsolatedExecutor>(options_, host); }
  fs::path attempt(const JobSpec& job) const override { return options_.root / "attempts" / job.attempt.text; }
  fs::path objects() const override { return options_.root / "objects"; }

 private:
  TempFolder away_;
  IsolatedOptions options_;
};

class Far final : public Place {
 public:
  Far(bool ssh, bool slurm, const fs::path& allowed, const fs::path& attempts) {
    if (slurm) {
      ::setenv("PATCHBAY_SQUEUE_SECONDS", "2", 1);
      EXPECT_TRUE(shared->cluster().ready) << "the cluster did not come up";
      patience = std::chrono::seconds{180};
    }
    options_.machine.name = "place";
    options_.machine.slurm = slurm;
    options_.machine.folder = root_.path().string();
    if (slurm) options_.machine.memoryMb = smallJobMb;
    options_.worker = workerProgram();
    options_.allowedPacks = allowed;
    options_.version = "test";
    options_.instance = newUlid();
    options_.attemptsFolder = attempts;
    options_.backoff = std::chrono::milliseconds{100};
    options_.longestBackoff = std::chrono::milliseconds{500};
    if (!ssh) return;
    options_.machine.host = "box";
    options_.worker = shared->installation().worker();
    auto& server = shared->server();
    server.daemon = {};
    // What a login node's profile sets.
    server.start({}, slurm ? "SLURM_CONF=" + std::string{::getenv("SLURM_CONF")} + " PATCHBAY_SQUEUE_SECONDS=2" : "");
    const auto installed = installQuickly(options_);
    EXPECT_TRUE(installed) << describe(installed.error());
  }
  ~Far() override { killAllIn(root_.path()); }
  std::unique_ptr<Executor> open(JobHost& host) override { return std::make_unique<RemoteExecutor>(options_, host); }
  fs::path attempt(const JobSpec& job) const override { return root_.path() / "attempts" / job.attempt.text; }
  fs::path objects() const override { return root_.path() / "objects"; }

 private:
  TempFolder root_;
  RemoteOptions options_;
};

class ExecutorContract : public ExecutorFixture, public ::testing::WithParamInterface<const char*> {
 protected:
  ExecutorContract() { executor.reset(); }
  void SetUp() override {
    const std::string name = GetParam();
    if (name == "local") place = std::make_unique<Here>(options);
    else if (name == "isolated") place = std::make_unique<Apart>(options.zygote, folder.path());
    else place = std::make_unique<Far>(name != "slurm", name != "ssh", allowed, options.attemptsFolder);
    tried = place->open(host);
  }
  void TearDown() override {
    tried.reset();
    for (const auto& job : started)
      if (const auto claim = readClaim({place->attempt(job)})) claim->process.killGroup();
    place.reset();
  }
  void reopen() {
    tried.reset();
    tried = place->open(host);
  }
  /// External id of a job that must be taken.
  std::string submit(const JobSpec& job) {
    started.push_back(job);
    const auto id = tried->submit(job);
    if (id) return *id;
    ADD_FAILURE() << describe(id.error());
    return {};
  }
  JobResult finish(const JobSpec& job) { return host.waitFor(job.attempt, place->patience); }
  JobResult runThere(const JobSpec& job) {
    submit(job);
    return finish(job);
  }
  /// "progress" is also told of a job that waits in a queue.
  bool says(const JobSpec& job, std::string_view event, int times = 1) {
    return eventually([&] { return host.countOf(job.attempt, event) >= times || host.finishes(job.attempt) > 0; }, place->patience) &&
           host.countOf(job.attempt, event) >= times;
  }
  /// Stored objects are known to the engine.
  void tellOfObjects() {
    ASSERT_TRUE(objects.forEach([&](const ObjectFolder::Entry& entry) -> Result<> {
      host.sources[entry.digest] = {objects.pathOf(entry.digest)};
      return {};
    }));
  }
  JobSpec endless() { return makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 20}}, {"chain"}); }

  std::unique_ptr<Place> place;
  std::unique_ptr<Executor> tried;
  std::vector<JobSpec> started;
};

TEST_P(ExecutorContract, GivesTheBytesOfTheLocalOneAndTakesOnlyWhatIsAskedFor) {
  std::vector<std::string> contents;
  for (int i = 0; i < 20; ++i) contents.push_back("picture " + std::to_string(i));
  for (const auto& bytes : contents) {
    const auto picture = folder.path() / ("p" + digestOf(bytes).hex().substr(0, 8));
    ASSERT_TRUE(writeFileAtomically(picture, bytes));
    host.sources[digestOf(bytes)] = {picture};
  }
  start();
  auto here = makeJob("toy.items", {}, {"sums"});
  here.inputs["data"] = {putDataset(contents)};
  const auto expected = run(here);
  ASSERT_FALSE(expected.error) << describe(*expected.error);
  executor.reset();
  host.packs.clear();
  ASSERT_TRUE(objects.put("nobody asks for this"));
  tellOfObjects();
  // An engine whose store has the input alone: what comes back is seen.
  ObjectFolder mine{folder.path() / "objects of the engine"};
  auto there = makeJob("toy.items", {}, {"sums"});
  there.inputs = here.inputs;
  if (place->objects().empty()) fs::copy(objects.root(), mine.root(), fs::copy_options::recursive);
  there.objectFolder = mine.root();
  const auto result = runThere(there);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(result.outputs, expected.outputs);
  EXPECT_EQ(result.itemsComputed, 20);
  const auto manifest = PortValue::load(mine, result.outputs.at("sums"));
  ASSERT_TRUE(manifest) << "outputs are back in the engine's store";
  for (const auto& [name, part] : manifest->parts) EXPECT_TRUE(mine.contains(part)) << name;
  ASSERT_EQ(host.packs.size(), 1u);
  for (const auto& pack : host.packs.begin()->second) EXPECT_TRUE(mine.contains(pack)) << "so are item packs";
  EXPECT_TRUE(fs::exists(there.attemptFolder / "result.json"));
  if (place->objects().empty()) return;
  const ObjectFolder beyond{place->objects()};
  EXPECT_TRUE(beyond.contains(digestOf(contents[3])));
  EXPECT_FALSE(beyond.contains(digestOf("nobody asks for this")));
}

TEST_P(ExecutorContract, SubmittedTwiceItIsOneJob) {
  const auto job = makeJob("toy.numbers", {{"count", 5}, {"sleep_ms", 50}}, {"numbers"});
  const auto first = submit(job), second = submit(job);
  EXPECT_EQ(first, second);
  const auto result = finish(job);
  EXPECT_FALSE(result.error) << describe(*result.error);
  const auto third = tried->submit(job);
  EXPECT_TRUE(third) << "nor does it hurt when it is over";
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
  EXPECT_EQ(host.countOf(job.attempt, "metric"), 5);
  EXPECT_EQ(host.finishes(job.attempt), 1);
}

TEST_P(ExecutorContract, EndingsAreClassified) {
  const auto failing = makeJob("toy.crash", {{"mode", "fail"}}, {"text"}),
             crashing = makeJob("toy.crash", {{"mode", "segfault"}}, {"text"});
  auto missing = makeJob("toy.upper", {}, {"upper"});
  missing.inputs["text"] = {digestOf("nowhere")};
  for (const auto& job : {failing, crashing, missing}) submit(job);
  const auto failed = finish(failing), crashed = finish(crashing), unknown = finish(missing);
  ASSERT_TRUE(failed.error && crashed.error && unknown.error);
  EXPECT_EQ(failed.error->kind, ErrorKind::BadInput) << describe(*failed.error);
  EXPECT_EQ(crashed.error->kind, ErrorKind::Crashed) << describe(*crashed.error);
  EXPECT_EQ(unknown.error->kind, ErrorKind::NotFound) << describe(*unknown.error);
  for (const auto* error : {&*failed.error, &*crashed.error, &*unknown.error}) EXPECT_FALSE(error->hint.empty());
  // Whoever looks later is told the same.
  const auto stored = readResult(crashing.attemptFolder, crashing.claim);
  ASSERT_TRUE(stored && *stored && (*stored)->error);
  EXPECT_EQ((*stored)->error->kind, ErrorKind::Crashed);
}

TEST_P(ExecutorContract, CancelledBeforeDuringAndAfter) {
  const auto early = endless(), running = endless();
  const auto first = submit(early);
  ASSERT_TRUE(tried->signal(first, JobSignal::Cancel));
  EXPECT_EQ(finish(early).error->kind, ErrorKind::Cancelled);
  const auto id = submit(running);
  ASSERT_TRUE(says(running, "checkpoint"));
  const auto claim = readClaim({place->attempt(running)});
  ASSERT_TRUE(claim);
  ASSERT_TRUE(tried->signal(id, JobSignal::Cancel));
  EXPECT_EQ(finish(running).error->kind, ErrorKind::Cancelled);
  EXPECT_TRUE(eventually([&] { return !claim->process.alive(); }, place->patience));
  EXPECT_TRUE(tried->signal(id, JobSignal::Cancel)) << "nothing to do is no error";
  EXPECT_EQ(host.finishes(running.attempt), 1);
}

TEST_P(ExecutorContract, KeepPublishesWhatThereIs) {
  const auto job = makeJob("toy.numbers", {{"count", 3000}, {"sleep_ms", 20}}, {"numbers"});
  const auto id = submit(job);
  ASSERT_TRUE(says(job, "metric"));
  ASSERT_TRUE(tried->signal(id, JobSignal::Keep));
  const auto result = finish(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(result.effects["stopped"].asText(), "keep");
}

TEST_P(ExecutorContract, AnotherWorkerOfTheAttemptIsFencedOff) {
  const auto job = makeJob("toy.checkpointed", {{"steps", 60}, {"sleep_ms", 50}}, {"chain"});
  submit(job);
  ASSERT_TRUE(says(job, "checkpoint"));
  const auto again = runProgram({workerProgram().string(), "job", (place->attempt(job) / "job.json").string(), "--packs", allowed.string()},
                                {}, std::chrono::seconds{60});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->code, 75);
  const auto result = finish(job);
  EXPECT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
}

TEST_P(ExecutorContract, TheNextExecutorTakesUpWhatRuns) {
  const auto job = makeJob("toy.checkpointed", {{"steps", 60}, {"sleep_ms", 50}}, {"chain"});
  const auto external = submit(job);
  ASSERT_TRUE(says(job, "checkpoint"));
  tried.reset();
  EXPECT_EQ(host.finishes(job.attempt), 0) << "letting go ends nothing";
  tried = place->open(host);
  const auto found = tried->find(job.attempt);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ(**found, external);
  const auto nobody = tried->find({newUlid()});
  EXPECT_TRUE(nobody && !*nobody);
  const auto result = finish(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_TRUE(objects.contains(result.outputs.at("chain")));
  const auto events = readFile(AttemptFiles{job.attemptFolder}.events());
  ASSERT_TRUE(events);
  std::size_t hellos = 0;
  for (auto at = events->find("\"hello\""); at != std::string::npos; at = events->find("\"hello\"", at + 1)) ++hellos;
  EXPECT_EQ(hellos, 1u) << "one worker had it";
}

TEST_P(ExecutorContract, WhatEndedMeanwhileIsStillTold) {
  const auto job = makeJob("toy.checkpointed", {{"steps", 20}, {"sleep_ms", 30}}, {"chain"});
  submit(job);
  ASSERT_TRUE(says(job, "checkpoint"));
  tried.reset();
  ASSERT_TRUE(eventually([&] { return fs::exists(place->attempt(job) / "result.json"); }, place->patience));
  tried = place->open(host);
  submit(job);  // Submitting takes it up as well.
  const auto result = finish(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_TRUE(objects.contains(result.outputs.at("chain")));
}

TEST_P(ExecutorContract, EventsCanBeReadFromAnyOffset) {
  const auto job = makeJob("toy.numbers", {{"count", 3}}, {"numbers"});
  ASSERT_FALSE(runThere(job).error);
  const auto all = tried->fetchEvents(job.attempt, 0);
  ASSERT_TRUE(all);
  ASSERT_GT(all->size(), 50u);
  EXPECT_EQ(*tried->fetchEvents(job.attempt, 40), all->substr(40));
  EXPECT_EQ(*tried->fetchEvents(job.attempt, static_cast<std::int64_t>(all->size())), "");
}

TEST_P(ExecutorContract, PollTellsHowAJobIs) {
  const auto job = endless();
  const std::vector ids{submit(job), newUlid()};
  EXPECT_EQ(tried->poll(ids)[1].kind, JobState::Kind::Gone);
  ASSERT_TRUE(says(job, "checkpoint"));
  EXPECT_EQ(tried->poll(ids)[0].kind, JobState::Kind::Running);
  ASSERT_TRUE(tried->signal(ids[0], JobSignal::Kill));
  EXPECT_EQ(finish(job).error->kind, ErrorKind::Cancelled);
  EXPECT_TRUE(eventually([&] { return tried->poll(ids)[0].kind == JobState::Kind::Exited; }));
}

TEST_P(ExecutorContract, SweepEndsWhatNobodyWantsAndSparesTheRest) {
  const auto wanted = makeJob("toy.checkpointed", {{"steps", 100}, {"sleep_ms", 50}}, {"chain"}), unwanted = endless();
  submit(wanted);
  submit(unwanted);
  ASSERT_TRUE(says(wanted, "checkpoint") && says(unwanted, "checkpoint"));
  const auto process = readClaim({place->attempt(unwanted)})->process;
  reopen();
  ASSERT_TRUE(tried->find(wanted.attempt));
  const std::vector keep{wanted.attempt};
  ASSERT_TRUE(tried->sweep(keep));
  EXPECT_TRUE(eventually([&] { return !process.alive(); }, place->patience));
  const auto result = finish(wanted);
  EXPECT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.finishes(unwanted.attempt), 0);
}

TEST_P(ExecutorContract, CleaningUpWaitsForTheEnd) {
  const auto job = endless();
  const auto id = submit(job);
  ASSERT_TRUE(says(job, "checkpoint"));
  const auto early = tried->cleanup(job.attempt);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().kind, ErrorKind::Busy);
  ASSERT_TRUE(tried->signal(id, JobSignal::Kill));
  finish(job);
  EXPECT_TRUE(tried->cleanup(job.attempt));
  EXPECT_TRUE(eventually([&] { return !fs::exists(AttemptFiles{place->attempt(job)}.scratch()); }, place->patience));
  if (!place->objects().empty()) {
    EXPECT_TRUE(eventually([&] { return !fs::exists(place->attempt(job)); }, place->patience)) << "nothing of it stays over there";
  }
  EXPECT_TRUE(fs::exists(job.attemptFolder / "events.jsonl")) << "and its story stays here";
}

TEST_P(ExecutorContract, AWorkerThatIsKilledGoesOnFromItsCheckpoint) {
  const auto calm = makeJob("toy.checkpointed", {{"steps", 40}}, {"chain"});
  submit(calm);
  auto job = makeJob("toy.checkpointed", {{"steps", 40}, {"sleep_ms", 50}}, {"chain"});
  submit(job);
  ASSERT_TRUE(says(job, "checkpoint", 3));
  ASSERT_TRUE(readClaim({place->attempt(job)})->process.signal(SIGKILL));
  const auto killed = finish(job);
  ASSERT_TRUE(killed.error);
  EXPECT_EQ(killed.error->kind, ErrorKind::Crashed) << describe(*killed.error);
  auto next = makeJob("toy.checkpointed", {{"steps", 40}, {"sleep_ms", 50}}, {"chain"});
  next.key = job.key;
  const auto result = runThere(next);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_LT(host.countOf(next.attempt, "checkpoint"), 40) << "it went on, not from the beginning";
  EXPECT_EQ(result.outputs, finish(calm).outputs);
}

TEST_P(ExecutorContract, ManySmallJobsAreNeitherLostNorDoubled) {
  std::vector<JobSpec> all;
  for (int i = 0; i < 12; ++i) all.push_back(makeJob("toy.numbers", {{"count", 1}}, {"numbers"}));
  for (const auto& job : all) submit(job);
  for (const auto& job : all) {
    const auto result = finish(job);
    EXPECT_FALSE(result.error) << describe(*result.error);
    EXPECT_EQ(host.finishes(job.attempt), 1);
    EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
  }
}

const auto name = [](const auto& info) { return std::string{info.param}; };
INSTANTIATE_TEST_SUITE_P(Local, ExecutorContract, ::testing::Values("local", "isolated"), name);
INSTANTIATE_TEST_SUITE_P(Ssh, ExecutorContract, ::testing::Values("ssh"), name);
INSTANTIATE_TEST_SUITE_P(Slurm, ExecutorContract, ::testing::Values("slurm", "slurm_behind_ssh"), name);

}  // namespace
}  // namespace patchbay::testing
