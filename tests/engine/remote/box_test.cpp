// SPDX-License-Identifier: Apache-2.0
// What is wrong with a machine is said in words, and the worker gets there.
#include <gmock/gmock.h>

#include "tests/engine/remote/far_fixture.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;

class BoxTest : public FarFixture {
 protected:
  Error connecting() {
    auto there = theBox();
    const auto connection = there.connect(instance);
    if (connection) {
      ADD_FAILURE() << "it connected";
      return {};
    }
    return connection.error();
  }
};

TEST_F(BoxTest, TheWorkerIsSentOnceAndOnlyWhatIsMissing) {
  EXPECT_EQ(connecting().code, "remote.no-worker");
  EXPECT_THAT(render(connecting().hint), HasSubstr("patchbay machines install box"));
  auto there = theBox();
  const auto before = there.probe();
  ASSERT_TRUE(before) << describe(before.error());
  EXPECT_GT((*before)["needed_bytes"].asInt(), 1 << 20);
  // An earlier try was cut in the middle of a file: that one is no use, the whole one is.
  const auto bundle = makeBundle(installation.worker(), allowed, "test");
  ASSERT_TRUE(bundle);
  fs::create_directories(box.path() / "incoming");
  ASSERT_TRUE(writeFileAtomically(box.path() / "incoming" / bundle->files[0].digest.hex(), "half of it"));
  fs::copy_file(bundle->files[1].source, box.path() / "incoming" / bundle->files[1].digest.hex());
  const auto installed = there.install();
  ASSERT_TRUE(installed) << describe(installed.error());
  for (const auto& file : bundle->files) EXPECT_EQ(*digestOfFile(box.path() / "bin" / bundle->id / file.path), file.digest) << file.path;
  const auto after = there.probe();
  ASSERT_TRUE(after);
  EXPECT_EQ((*after)["needed_bytes"].asInt(), 0);
  open();
  EXPECT_FALSE(runFar(makeJob("toy.numbers", {{"count", 2}}, {"numbers"})).error);
  const auto facts = far->facts();
  ASSERT_TRUE(facts);
  EXPECT_GE((*facts)["cores"].asInt(), 1);
  EXPECT_GT((*facts)["free_bytes"].asInt(), 0);
}

TEST_F(BoxTest, AHostThatIsNotKnown) {
  auto unknown = farOptions();
  unknown.machine.host = "no-such-host.invalid";
  Box other{unknown.machine, installation.worker(), allowed, "test"};
  EXPECT_EQ(other.connect(instance).error().code, "ssh.host");
}

TEST_F(BoxTest, AKeyThatIsNotKnownOrHasChanged) {
  writeText(server.folder.path() / "known", "");
  EXPECT_EQ(connecting().code, "ssh.key-unknown");
  EXPECT_THAT(render(connecting().hint), HasSubstr("ssh box"));
  server.knowHost("other");
  EXPECT_EQ(connecting().code, "ssh.key-changed");
}

TEST_F(BoxTest, AMachineThatWantsAPassword) {
  server.writeConfig("other");
  EXPECT_EQ(connecting().code, "ssh.denied");
  EXPECT_THAT(render(connecting().hint), HasSubstr("ssh-copy-id box"));
  open();
  const auto result = runFar(makeJob("toy.numbers", {{"count", 2}}, {"numbers"}));
  EXPECT_EQ(result.error->code, "ssh.denied") << "a job does not wait for what only the user can mend";
}

TEST_F(BoxTest, AMachineThatIsOff) {
  server.stop();
  EXPECT_EQ(connecting().code, "ssh.unreachable");
}

TEST_F(BoxTest, AnAccountThatRunsNoCommands) {
  server.daemon = {};
  server.start("ForceCommand /bin/echo This account is currently not available.\n");
  const auto error = connecting();
  EXPECT_EQ(error.code, "ssh.noise");
  EXPECT_THAT(render(error.cause), HasSubstr("not available"));
}

TEST_F(BoxTest, WhatAMachineLacksIsSaidWithTheRemedy) {
  const auto there = theBox();
  const Value good{Value::Map{{"system", "Linux"},
                              {"arch", "x86_64"},
                              {"glibc", "glibc 2.99"},
                              {"writable", "yes"},
                              {"tools_missing", ""},
                              {"needed_bytes", 1 << 20},
                              {"free_bytes", std::int64_t{1} << 40},
                              {"worker", true}}};
  EXPECT_TRUE(there.judge(good));
  const auto with = [&](const char* key, Value value) {
    auto changed = good;
    changed[key] = std::move(value);
    return there.judge(changed).error();
  };
  EXPECT_EQ(with("arch", "aarch64").code, "remote.arch");
  EXPECT_EQ(with("glibc", "glibc 2.17").code, "remote.glibc");
  EXPECT_THAT(render(with("glibc", "glibc 2.17").cause), HasSubstr("2.17"));
  EXPECT_THAT(render(with("glibc", "glibc 2.17").cause), HasSubstr(neededGlibc()));
  EXPECT_EQ(with("tools_missing", "gzip").code, "remote.tools");
  EXPECT_EQ(with("writable", "no").code, "remote.folder");
  EXPECT_EQ(with("free_bytes", 1000).code, "remote.space");
  EXPECT_EQ(with("worker", false).code, "remote.no-worker");
}

TEST_F(BoxTest, NamesThatCouldBeReadAsSomethingElseAreRefused) {
  const auto with = [](const char* key, const char* value) {
    Value v{Value::Map{{"name", "box"}, {"kind", "ssh"}, {"host", "box"}}};
    v[key] = value;
    return machineFromValue(v).has_value();
  };
  EXPECT_TRUE(with("name", "gpu-1.lab"));
  EXPECT_FALSE(with("name", "local"));
  EXPECT_FALSE(with("name", "a:b"));
  EXPECT_FALSE(with("host", "-oProxyCommand=sh"));
  EXPECT_FALSE(with("host", "a b"));
  EXPECT_FALSE(with("host", ""));
  EXPECT_FALSE(with("folder", "relative"));
  EXPECT_FALSE(with("folder", "/tmp/$(id)"));
  EXPECT_FALSE(with("folder", "/tmp/../etc"));
  EXPECT_FALSE(with("partition", "a;b"));
}

}  // namespace
}  // namespace patchbay::testing
