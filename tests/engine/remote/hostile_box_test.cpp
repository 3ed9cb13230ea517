// SPDX-License-Identifier: Apache-2.0
// Machines that are not as one would wish: what they are is acted by real programs before the real ones, behind a real sshd.
#include <gmock/gmock.h>

#include "tests/engine/remote/far_fixture.h"
#include "tests/support/small_disk.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;

class HostileBox : public FarFixture {
 protected:
  /// Every command of ours goes through this script; `$SSH_ORIGINAL_COMMAND` is what was asked for.
  void behave(const std::string& script) {
    server.daemon = {};
    server.cutConnections();
    writeText(server.folder.path() / "login", "#!/bin/sh\n" + script + "\n", 0755);
    server.start("ForceCommand " + (server.folder.path() / "login").string() + "\n");
  }
  /// A program over there that says something else than it should.
  void fake(const std::string& program, const std::string& script) {
    const auto fakes = server.folder.path() / "fake";
    fs::create_directories(fakes);
    writeText(fakes / program, "#!/bin/sh\n" + script + "\n", 0755);
    behave("PATH=" + fakes.string() + ":$PATH; export PATH\nexec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"");
  }
  Error connecting() {
    auto there = theBox();
    const auto connection = there.connect(instance);
    if (!connection) return connection.error();
    ADD_FAILURE() << "it connected";
    return {};
  }
  /// Whether the supervisor has a library of the bundle's loaded.
  bool loadsIts(const std::string& library) {
    for (const auto pid : processesIn(box.path())) {
      const auto maps = readFile("/proc/" + std::to_string(pid) + "/maps", std::size_t{64} << 20);
      for (const auto& part : {"/lib/libc/", "/lib/patchbay/"})
        if (maps && maps->find(part + library) != std::string::npos) return true;
    }
    return false;
  }
  void runsAJob() {
    open();
    const auto result = runFar(makeJob("toy.numbers", {{"count", 3}}, {"numbers"}));
    EXPECT_FALSE(result.error) << describe(*result.error);
    far.reset();
  }
};

TEST_F(HostileBox, AnotherArchitecture) {
  fake("uname", "[ \"$1\" = -m ] && { echo aarch64; exit; }\nexec /usr/bin/uname \"$@\"");
  const auto error = connecting();
  EXPECT_EQ(error.code, "remote.arch");
  EXPECT_THAT(render(error.cause), HasSubstr("aarch64"));
  EXPECT_THAT(render(error.hint), HasSubstr("Intel or AMD"));
}

TEST_F(HostileBox, AnOlderCLibraryOrAnotherKind) {
  for (const auto* says : {"echo glibc 2.31", "echo 'getconf: unknown variable' >&2; exit 1"}) {
    fake("getconf", says);
    auto there = theBox();
    const auto probed = there.probe();
    ASSERT_TRUE(probed);
    EXPECT_TRUE((*probed)["own_glibc"].asBool()) << "the worker brings its own one, which is said before it is sent";
    const auto installed = there.install();
    ASSERT_TRUE(installed) << describe(installed.error());
    runsAJob();
    EXPECT_TRUE(loadsIts("libc.so.6"));
    killAllIn(box.path());
    fs::remove_all(box.path() / "bin");
  }
}

TEST_F(HostileBox, ACLibraryThatIsNewEnoughIsUsed) {
  install();
  runsAJob();
  EXPECT_FALSE(loadsIts("libc.so.6"));
  EXPECT_TRUE(loadsIts("libpatchbay_base.so"));
}

TEST_F(HostileBox, AnOlderCLibraryThatIsNotBrought) {
  // On a machine whose own C library could not be found; what is needed is said with its version.
  const Value probed{Value::Map{{"system", "Linux"}, {"arch", "x86_64"}, {"glibc", "glibc 2.31"}, {"own_glibc", false}}};
  const auto error = theBox().judge(probed).error();
  EXPECT_EQ(error.code, "remote.glibc");
  EXPECT_THAT(render(error.cause), HasSubstr("2.31"));
  EXPECT_THAT(render(error.cause), HasSubstr(neededGlibc())) << "the version that is needed";
  EXPECT_THAT(render(error.hint), HasSubstr("Debian 12"));
}

TEST_F(HostileBox, ProgramsOfTheMachineDoNotLoadTheWorkersLibraries) {
  install();
  const auto told = server.folder.path() / "told";
  for (const std::string libc : {"2.99", "2.31"})
    for (const std::string before : {"", "/opt/somewhere"}) {
      fake("nvidia-smi", "echo \"[$LD_LIBRARY_PATH]\" > " + told.string() + "; exit 1");
      writeText(server.folder.path() / "fake" / "getconf", "#!/bin/sh\necho glibc " + libc + "\n", 0755);
      if (!before.empty())
        behave("LD_LIBRARY_PATH=" + before + "; export LD_LIBRARY_PATH\nPATH=" + (server.folder.path() / "fake").string() +
               ":$PATH; export PATH\nexec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"");
      open();
      ASSERT_TRUE(far->facts());
      EXPECT_EQ(*readFile(told), "[" + before + "]\n") << libc;
      far.reset();
      killAllIn(box.path());
    }
}

TEST_F(HostileBox, NoRoomForTheWorker) {
  PB_NEEDS_OWN_MOUNTS("a full disk on the other machine");
  server.daemon = {};
  const test::SmallDisk disk{box.path()};
  ASSERT_TRUE(disk.mounted());
  disk.fill(100'000);
  server.start();
  const auto error = connecting();
  EXPECT_EQ(error.code, "remote.space");
  EXPECT_THAT(render(error.hint), HasSubstr("--folder"));
  // A quota is not what `df` tells: the copying itself finds out.
  fake("df", "echo Filesystem Blocks Used Available Capacity Mounted; echo disk 99999999 0 99999999 0% /");
  auto there = theBox();
  const auto probed = there.probe();
  ASSERT_TRUE(probed);
  EXPECT_EQ(there.judge(*probed).error().code, "remote.no-worker");
  const auto installed = there.install();
  ASSERT_FALSE(installed);
  EXPECT_EQ(installed.error().code, "remote.space") << describe(installed.error());
  server.daemon = {};
  killAllIn(box.path());
}

TEST_F(HostileBox, AFolderThatCannotBeWritten) {
  writeText(box.path() / "file", "in the way");
  auto blocked = farOptions();
  blocked.machine.folder = (box.path() / "file" / "below").string();
  Box there{blocked.machine, blocked.worker, blocked.allowedPacks, blocked.version};
  EXPECT_EQ(there.connect(instance).error().code, "remote.folder");
}

TEST_F(HostileBox, AProgramThatIsNotThere) {
  // A box without gzip: everything else is found.
  const auto programs = server.folder.path() / "programs";
  fs::create_directories(programs);
  for (const auto* name : {"sh", "uname", "getconf", "date", "mkdir", "df", "awk", "tar", "sha256sum", "cat"})
    for (const auto* from : {"/usr/bin", "/bin"})
      if (std::error_code ec; fs::exists(fs::path{from} / name, ec)) fs::create_symlink(fs::path{from} / name, programs / name, ec);
  behave("PATH=" + programs.string() + "; export PATH\nexec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"");
  const auto error = connecting();
  EXPECT_EQ(error.code, "remote.tools");
  EXPECT_THAT(render(error.cause), HasSubstr("gzip"));
}

TEST_F(HostileBox, AClockAnHourOff) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "NOT TESTED: another time over there; faketime is loaded before the sanitizers, who refuse to start then";
#endif
  if (!succeeds({"faketime", "--version"})) GTEST_SKIP() << "NOT TESTED: another time over there; faketime is not installed";
  install();
  for (const auto* off : {"+1h", "-1h"}) {
    behave("DONT_FAKE_MONOTONIC=1; export DONT_FAKE_MONOTONIC\nexec faketime -f " + std::string{off} +
           " /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"");
    open();
    const auto facts = far->facts();
    ASSERT_TRUE(facts);
    const auto ahead = (*facts)["time"].asInt() - static_cast<std::int64_t>(std::time(nullptr));
    EXPECT_NEAR(std::abs(static_cast<double>(ahead)), 3600, 120);
    const auto job = makeJob("toy.checkpointed", {{"steps", 40}, {"sleep_ms", 50}}, {"chain"});
    ASSERT_TRUE(far->submit(job));
    ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
    server.cutConnections();
    const auto result = host.waitFor(job.attempt, std::chrono::seconds{60});
    EXPECT_FALSE(result.error) << describe(*result.error);
    EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
    const auto endless = makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 20}}, {"chain"});
    const auto id = far->submit(endless);
    ASSERT_TRUE(host.waitForEvent(endless.attempt, "progress"));
    ASSERT_TRUE(far->signal(*id, JobSignal::Cancel));
    EXPECT_EQ(host.waitFor(endless.attempt).error->kind, ErrorKind::Cancelled);
    far.reset();
    killAllIn(box.path());
  }
}

TEST_F(HostileBox, TheWorkerIsSentPastALoginThatTalks) {
  behave(
      "echo 'Welcome! Your quota is 80 % used.'; echo 'Maintenance on Sunday' >&2\n"
      "i=0; while [ $i -lt 500 ]; do echo \"Notice $i: do not compute on the login node.\"; i=$((i+1)); done\n"
      "exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"");
  EXPECT_EQ(connecting().code, "remote.no-worker");
  auto there = theBox();
  const auto installed = there.install();
  ASSERT_TRUE(installed) << describe(installed.error());
  runsAJob();
}

class LoginShell : public HostileBox, public ::testing::WithParamInterface<const char*> {};

TEST_P(LoginShell, WorksWhicheverItIs) {
  if (!succeeds({GetParam(), "-c", "exit 0"})) GTEST_SKIP() << "NOT TESTED: the login shell " << GetParam() << "; it is not installed";
  behave("exec " + std::string{GetParam()} + " -c \"$SSH_ORIGINAL_COMMAND\"");
  auto there = theBox();
  const auto installed = there.install();
  ASSERT_TRUE(installed) << describe(installed.error());
  runsAJob();
}

INSTANTIATE_TEST_SUITE_P(Of, LoginShell, ::testing::Values("dash", "bash", "zsh", "fish", "tcsh"),
                         [](const auto& shell) { return std::string{shell.param}; });

TEST_F(HostileBox, TheHostKeyChangesWhileAJobRuns) {
  install();
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 60}, {"sleep_ms", 50}}, {"chain"});
  const auto id = far->submit(job);
  ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
  server.knowHost("other");
  server.cutConnections();
  ASSERT_TRUE(eventually(
      [&] {
        const auto state = far->poll(std::vector{*id})[0];
        return state.kind == JobState::Kind::Unknown && state.reason.find("host key") != std::string::npos;
      },
      std::chrono::seconds{60}));
  EXPECT_EQ(host.finishes(job.attempt), 0) << "the job goes on over there, and nobody says that it failed";
  server.knowHost("host");
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{60});
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
}

}  // namespace
}  // namespace patchbay::testing
