// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <set>

#include "engine/remote/bundle.h"
#include "engine/remote/remote_executor.h"
#include "tests/support/daemons.h"
#include "tests/support/executor_fixture.h"

namespace patchbay::testing {

/// An installation of the worker and nothing that it does not need to run the toy pack, so that little has to be sent.
class SmallInstallation {
 public:
  SmallInstallation() {
    namespace fs = std::filesystem;
    fs::create_directories(folder.path() / "bin");
    fs::create_directories(folder.path() / "lib" / "patchbay" / "packs");
    fs::copy_file(workerProgram(), worker());
    const auto libraries = buildFolder() / "lib" / "patchbay";
    for (const auto* name : {"base", "block", "graph", "plan", "run", "store", "executor", "remote", "data"})
      fs::copy_file(libraries / ("libpatchbay_" + std::string{name} + ".so"),
                    folder.path() / "lib/patchbay" / ("libpatchbay_" + std::string{name} + ".so"));
    // Digests of a test's files are nobody else's to keep.
    ::setenv("XDG_CACHE_HOME", (folder.path() / "cache").c_str(), 1);
  }
  std::filesystem::path worker() const { return folder.path() / "bin" / "patchbay-worker"; }
  TempFolder folder;
};

/// The worker's files are over there already, as after an earlier version; only `install` has to name them.
inline Result<> installQuickly(const RemoteOptions& options) {
  PB_TRY(const auto bundle, makeBundle(options.worker, options.allowedPacks, options.version));
  const auto pool = std::filesystem::path{options.machine.folder} / "pool";
  std::error_code ec;
  std::filesystem::create_directories(pool, ec);
  for (const auto& file : bundle.files) {
    std::filesystem::copy_file(file.source, pool / file.digest.hex(), ec);
    ::chmod((pool / file.digest.hex()).c_str(), 0755);
  }
  Box there{options.machine, options.worker, options.allowedPacks, options.version};
  return there.install();
}

/// Jobs on another machine: here, behind a real sshd. `box` is the folder over there.
class FarFixture : public ExecutorFixture {
 protected:
  FarFixture() { executor.reset(); }
  ~FarFixture() override {
    far.reset();
    killAllIn(box.path());
  }
  RemoteOptions farOptions() {
    RemoteOptions o;
    o.machine.name = "box";
    o.machine.host = "box";
    o.machine.folder = box.path().string();
    o.worker = installation.worker();
    o.allowedPacks = allowed;
    o.version = "test";
    o.instance = instance;
    o.attemptsFolder = options.attemptsFolder;
    o.backoff = std::chrono::milliseconds{100};
    o.longestBackoff = std::chrono::milliseconds{500};
    return o;
  }
  Box theBox() { return Box{farOptions().machine, installation.worker(), allowed, "test"}; }
  void install() {
    const auto installed = installQuickly(farOptions());
    ASSERT_TRUE(installed) << describe(installed.error());
  }
  void open() { far = std::make_unique<RemoteExecutor>(farOptions(), host); }
  void tellOfObjects() {
    ASSERT_TRUE(objects.forEach([&](const ObjectFolder::Entry& entry) -> Result<> {
      host.sources[entry.digest] = {objects.pathOf(entry.digest)};
      return {};
    }));
  }
  std::filesystem::path farAttempt(const JobSpec& job) const { return box.path() / "attempts" / job.attempt.text; }
  JobResult runFar(const JobSpec& job) {
    const auto id = far->submit(job);
    if (!id) {
      ADD_FAILURE() << describe(id.error());
      return {};
    }
    return host.waitFor(job.attempt, std::chrono::seconds{60});
  }

  TempFolder box;
  SmallInstallation installation;
  SshServer server;
  std::string instance = newUlid();
  std::unique_ptr<RemoteExecutor> far;
};

}  // namespace patchbay::testing
