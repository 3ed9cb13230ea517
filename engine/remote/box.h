// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/channel.h"
#include "engine/remote/bundle.h"
#include "engine/remote/machines.h"

namespace patchbay {

/// A connection to the supervisor on a machine, and the `ssh` process that carries it; ends both when destroyed.
struct BoxConnection {
  Channel channel;
  pid_t carrier = 0;
  UniqueFd errors;  ///< What the carrier says on standard error.

  BoxConnection() = default;
  BoxConnection(BoxConnection&&) noexcept;
  BoxConnection& operator=(BoxConnection&&) noexcept;
  ~BoxConnection();
  void close();
};

/// How a machine is reached: with the system's ssh and the user's own configuration, by host alias alone. $PATCHBAY_SSH_CONFIG
/// names another configuration file, for tests. Calls block, at most half a minute each.
class Box {
 public:
  Box(MachineEntry machine, std::filesystem::path worker, std::filesystem::path allowedPacks, std::string version);

  /// Connects to the supervisor of an instance, which is started when there is none. The error says in the user's words what is
  /// wrong: host unknown, key changed, password wanted, worker not there yet, ...
  Result<BoxConnection> connect(const std::string& instance);
  /// What the machine is, asked with nothing but a shell: {"arch", "system", "glibc", "free_bytes", "worker": is this version there,
  /// "needed_bytes", "tools_missing": [..], "slurm", "clock_off_seconds", "own_glibc": is its C library too old, so that the worker
  /// brings its own}.
  Result<Value> probe();
  /// Sends what is missing there of the worker, resumable by file, and puts it in place.
  Result<> install(const std::function<void(std::int64_t done, std::int64_t total)>& progress = {});
  /// An error of what probe() found that would keep jobs from running; success when there is none.
  Result<> judge(const Value& probed) const;
  /// The bundle that jobs are run with there.
  Result<std::string> bundleId();
  /// Connecting ends soon when this becomes true.
  void stopWhen(const std::atomic<bool>* stop) { stop_ = stop; }
  const MachineEntry& machine() const { return machine_; }
  /// True when jobs run through ssh; a cluster without a host is reached directly.
  bool away() const { return !machine_.host.empty(); }

 private:
  Result<const Bundle*> bundle();
  Result<> send(const std::vector<const BundleFile*>& files);
  std::vector<std::string> ssh(std::string command) const;
  std::string folder() const;
  Result<Value> probeScript(std::string_view script, const std::vector<std::string>& words, std::vector<std::string>* pool);
  MachineEntry machine_;
  std::filesystem::path worker_, allowed_;
  std::string version_;
  std::optional<Bundle> bundle_;
  const std::atomic<bool>* stop_ = nullptr;
};

/// The error for what ssh said.
Error sshError(const MachineEntry& machine, std::string_view said, int exitCode);

}  // namespace patchbay
