// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <signal.h>

#include "engine/remote/remote_executor.h"
#include "tests/support/executor_fixture.h"
#include "tests/support/slurm_cluster.h"

namespace patchbay::testing {

/// The cluster's login node is this machine; the jobs' files lie in `root`.
class SlurmExecutorTest : public ExecutorFixture {
 protected:
  SlurmExecutorTest() {
    executor.reset();
    ::setenv("PATCHBAY_SQUEUE_SECONDS", "2", 1);
  }
  ~SlurmExecutorTest() override {
    far.reset();
    killAllIn(root.path());
  }
  void SetUp() override { ASSERT_TRUE(cluster.ready) << "the cluster did not come up"; }
  void open() {
    RemoteOptions o;
    o.machine.name = "cluster";
    o.machine.slurm = true;
    o.machine.folder = root.path().string();
    o.machine.memoryMb = memoryMb;
    o.machine.time = time;
    o.machine.constraint = constraint;
    o.worker = workerProgram();
    o.allowedPacks = allowed;
    o.version = "test";
    o.instance = instance;
    o.attemptsFolder = options.attemptsFolder;
    far = std::make_unique<RemoteExecutor>(std::move(o), host);
  }
  JobResult runFar(const JobSpec& job) {
    const auto id = far->submit(job);
    if (!id) {
      ADD_FAILURE() << describe(id.error());
      return {};
    }
    return host.waitFor(job.attempt, std::chrono::seconds{120});
  }
  /// It is gone when this returns: one that is about to die still takes connections.
  void killSupervisor() {
    for (const auto pid : supervisors()) {
      ::kill(pid, SIGKILL);
      EXPECT_TRUE(SlurmCluster::waitFor([&] { return std::ranges::count(supervisors(), pid) == 0; }));
    }
  }
  std::vector<pid_t> supervisors() const {
    auto all = processesIn(root.path());
    std::erase_if(all, [](pid_t pid) {
      const auto line = readFile("/proc/" + std::to_string(pid) + "/cmdline");
      return !line || line->find("supervise") == std::string::npos;
    });
    return all;
  }
  std::filesystem::path farAttempt(const JobSpec& job) const { return root.path() / "attempts" / job.attempt.text; }
  std::string slurmId(const JobSpec& job) const {
    const auto text = readFile(farAttempt(job) / "slurm.json");
    return text ? (*parseJson(*text))["job"].asText() : std::string{};
  }
  /// Of this test's cluster and nobody else's: its node daemon was started with this configuration.
  bool processBelongs(const std::filesystem::path& process) const {
    const auto variables = readFile(process / "environ", 1 << 20);
    return variables && variables->find(cluster.folder.path().string()) != std::string::npos;
  }
  static std::string told(const std::vector<std::string>& argv) {
    const auto run = runProgram(argv, {}, std::chrono::seconds{60});
    return run ? run->out : std::string{};
  }

  SlurmCluster cluster;
  TempFolder root;
  std::string instance = newUlid(), time, constraint;
  int memoryMb = smallJobMb;
  std::unique_ptr<RemoteExecutor> far;
};

}  // namespace patchbay::testing
