// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/executor/zygote.h"
#include "engine/run/executor.h"

namespace patchbay {

/// An answer of a live worker. Byte values of 64 KB and more come as sealed memory files: {"$memfd": index, "size": n}
/// stands in their place, and `files[index]` can be mapped or passed on.
struct LiveReply {
  Value value;
  std::vector<UniqueFd> files;
};

struct LiveOptions {
  std::string service;  ///< LiveType::id
  std::filesystem::path objectFolder;
  int threads = 1;
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
  /// slot requests do not disturb each other.
  std::future<Result<LiveReply>> ask(std::string_view method, Value args, std::string_view slot = {});
  /// Of the worker that runs now.
  std::optional<pid_t> pid() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay
