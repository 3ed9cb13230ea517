// SPDX-License-Identifier: Apache-2.0
// An engine that is stopped for longer than its patience with jobs, and goes on.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/run/runner.h"
#include "tests/support/fake_executor.h"

namespace patchbay {
namespace {
using test::EventBox, test::FakeExecutor, test::PlanBuilder, test::TempFolder;

TEST(Standstill, WhatNobodyCouldHearIsNoSilence) {
  const TempFolder folder;
  auto project = Project::open(folder / "project");
  ASSERT_TRUE(project);
  EventBox box;
  RunnerOptions options;
  options.machine.cores = 2;
  options.schemas = test::fakeSchema;
  options.lease = std::chrono::seconds{8};
  Runner runner{**project, options};
  FakeExecutor executor{runner, **project};
  ASSERT_TRUE(runner.start(executor));
  runner.subscribe([&](const Value& event) { box.add(event); });
  PlanBuilder b;
  b.add("slow", "t.slow");
  const auto id = runner.submit(b.plan, folder.path());
  ASSERT_TRUE(id);
  const auto running = [&] {
    const auto shown = runner.snapshot(*id);
    return shown["steps"].asList()[0]["state"].asText() == "running";
  };
  for (int i = 0; i < 600 && !running(); ++i) ::usleep(50'000);
  ASSERT_TRUE(running());
  const pid_t parent = ::getpid(), waker = ::fork();
  if (waker == 0) {
    ::sleep(11);
    ::kill(parent, SIGCONT);
    ::_exit(0);
  }
  ::raise(SIGSTOP);
  ::waitpid(waker, nullptr, 0);
  ::sleep(1);
  EXPECT_TRUE(executor.signals.empty()) << "the job is not blamed for the engine's sleep";
  EXPECT_TRUE(running());
  ASSERT_TRUE(runner.stop(*id, RunStop::Kill));
  (void)box.wait("finished", id->text);
  runner.end();
}

}  // namespace
}  // namespace patchbay
