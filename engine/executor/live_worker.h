// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/executor/zygote.h"
#include "engine/run/executor.h"
#include "engine/run/live_answer.h"

namespace patchbay {

struct LiveOptions {
  std::string service;  ///< LiveType::id
  std::filesystem::path objectFolder;
  int threads = 1;
  std::chrono::milliseconds idle{300'000};  ///< A worker that was asked nothing for so long ends, and its memory is free again.
  /// A request whose place a newer one took must end within this time; a worker that is stuck in it is killed.
  std::chrono::milliseconds patience{10'000};
};

/// A long-lived worker that keeps model and features loaded and answers one request after the other. Records nothing. It is
/// started by the first request; when it crashes, the requests under way fail as Crashed and the next one starts it anew.
/// Thread-safe.
class LiveWorker {
 public:
  /// The host answers where objects lie; it and the zygote must outlive this.
  LiveWorker(std::shared_ptr<Zygote> zygote, LiveOptions options, JobHost& host);
  /// Ends the worker.
  ~LiveWorker();
  LiveWorker(const LiveWorker&) = delete;
  LiveWorker& operator=(const LiveWorker&) = delete;

  /// A newer request on the same slot takes an older one's place, which ends as Cancelled, whether it waits or runs. Without a
  /// slot requests do not disturb each other. `done` is called once, from a thread of this object or, when the worker cannot
  /// be reached, from the caller's; it must not wait and may not ask.
  void ask(std::string_view method, Value args, std::string_view slot, LiveCallback done);
  std::future<Result<LiveAnswer>> ask(std::string_view method, Value args, std::string_view slot = {});
  /// Of the worker that runs now.
  std::optional<pid_t> pid() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay
