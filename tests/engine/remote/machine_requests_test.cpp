// SPDX-License-Identifier: Apache-2.0
// What clients may ask of a machine while jobs run there: how busy it is, what they say, what goes on.
#include <gmock/gmock.h>

#include "engine/remote/routing_executor.h"
#include "tests/engine/remote/far_fixture.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;

class MachineRequests : public FarFixture {
 protected:
  void SetUp() override {
    install();
    routing = std::make_unique<RoutingExecutor>(std::make_unique<LocalExecutor>(options, host), options.attemptsFolder,
                                                [this](const std::string& name) -> Result<std::unique_ptr<RemoteExecutor>> {
                                                  if (name == "box") return std::make_unique<RemoteExecutor>(farOptions(), host);
                                                  return fail(ErrorKind::NotFound, "machine.unknown",
                                                              TR("test", "There is no such machine."), TR("test", "Add it."));
                                                });
  }
  void TearDown() override { routing.reset(); }
  Value asked(const std::string& what, Value::Map more = {}) {
    Value request{std::move(more)};
    request["do"] = what;
    request["name"] = "box";
    const auto answer = routing->request(request);
    EXPECT_TRUE(answer) << what << ": " << describe(answer.error());
    return answer.value_or(Value{});
  }
  std::unique_ptr<RoutingExecutor> routing;
};

TEST_F(MachineRequests, TellWhatItIsHowBusyItIsAndWhatRunsThere) {
  auto job = makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 20}}, {"chain"});
  job.on = "box";
  ASSERT_TRUE(routing->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint"));
  EXPECT_GE(asked("machine_facts")["cores"].asInt(), 1);
  EXPECT_FALSE(asked("machine_facts").contains("slurm"));
  const auto load = asked("machine_load");
  EXPECT_GE(load["cores"].asInt(), 1);
  EXPECT_GE(load["load"].asDouble(-1), 0);
  EXPECT_GT(load["memory_free_mb"].asInt(), 0);
  EXPECT_LE(load["memory_free_mb"].asInt(), load["memory_mb"].asInt());
  EXPECT_GT(load["free_bytes"].asInt(), 0);
  EXPECT_TRUE(load["gpus"].isList());
  EXPECT_FALSE(load.contains("queue")) << "that is a cluster's";
  const auto jobs = asked("machine_jobs")["jobs"].asList();
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_EQ(jobs[0]["attempt"].asText(), job.attempt.text);
  EXPECT_EQ(jobs[0]["state"].asText(), "running");
  EXPECT_TRUE(jobs[0]["mine"].asBool());
  EXPECT_TRUE(asked("machine_clean", {{"dry_run", true}})["dry_run"].asBool());
  (void)asked("machine_cancel", {{"attempt", job.attempt.text}});
  EXPECT_EQ(host.waitFor(job.attempt).error->kind, ErrorKind::Cancelled);
}

TEST_F(MachineRequests, ALogIsFollowedAsItGrows) {
  auto job = makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 20}}, {"chain"});
  job.on = "box";
  ASSERT_TRUE(routing->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint"));
  const auto log = [&](std::int64_t offset) { return asked("machine_log", {{"attempt", job.attempt.text}, {"offset", offset}}); };
  const auto file = farAttempt(job) / "log.txt";
  const auto before = log(0)["size"].asInt();
  std::ofstream{file, std::ios::app} << "one\ntwo\n";
  const auto first = log(before);
  EXPECT_EQ(first["text"].asText(), "one\ntwo\n");
  EXPECT_EQ(first["offset"].asInt(), before);
  const auto next = first["offset"].asInt() + 8;
  EXPECT_EQ(log(next)["text"].asText(), "");
  std::ofstream{file, std::ios::app} << "three\n";
  EXPECT_EQ(log(next)["text"].asText(), "three\n");
  const auto tail = log(-10);
  EXPECT_EQ(tail["text"].asText(), "two\nthree\n");
  EXPECT_EQ(tail["offset"].asInt(), before + 4);
  EXPECT_EQ(tail["size"].asInt(), before + 14);
  EXPECT_EQ(log(-1'000'000)["offset"].asInt(), 0);
  ASSERT_TRUE(routing->signal("box:" + job.attempt.text, JobSignal::Kill));
  host.waitFor(job.attempt);
}

TEST_F(MachineRequests, WhatMakesNoSenseIsSaid) {
  EXPECT_FALSE(routing->request(Value::Map{{"do", "machine_load"}, {"name", "nobody"}}));
  EXPECT_EQ(routing->request(Value::Map{{"do", "machine_dance"}, {"name", "box"}}).error().code, "request.unknown");
  EXPECT_FALSE(routing->request(Value::Map{{"do", "machine_log"}, {"name", "box"}, {"attempt", "../../etc"}, {"offset", 0}}));
  server.stop();
  EXPECT_TRUE(eventually([&] {
    const auto answer = routing->request(Value::Map{{"do", "machine_load"}, {"name", "box"}});
    return !answer && answer.error().code == "ssh.unreachable";
  })) << "who asks hears at once why there is no answer";
}

TEST_F(MachineRequests, AMachineThatIsChangedIsConnectedToAnew) {
  std::string words = "one";
  int made = 0;
  routing = std::make_unique<RoutingExecutor>(
      std::make_unique<LocalExecutor>(options, host), options.attemptsFolder,
      [&](const std::string&) -> Result<std::unique_ptr<RemoteExecutor>> {
        if (words.empty()) return fail(ErrorKind::NotFound, "machine.unknown", TR("test", "None."), TR("test", "Add it."));
        ++made;
        return std::make_unique<RemoteExecutor>(farOptions(), host);
      },
      [&](const std::string&) { return words; });
  (void)asked("machine_load");
  (void)asked("machine_load");
  EXPECT_EQ(made, 1);
  words = "another";
  (void)asked("machine_load");
  EXPECT_EQ(made, 2);
  words.clear();
  EXPECT_EQ(routing->request(Value::Map{{"do", "machine_load"}, {"name", "box"}}).error().code, "machine.unknown")
      << "it was taken off the list";
}

}  // namespace
}  // namespace patchbay::testing
