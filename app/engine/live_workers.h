// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/executor/live_worker.h"

namespace patchbay {

/// One live worker per service, each started by its first request.
class LiveWorkers {
 public:
  void attach(std::shared_ptr<Zygote> zygote, std::filesystem::path objectFolder, JobHost& host);
  /// Large byte values come inline.
  Result<Value> ask(std::string_view service, std::string_view method, const Value& args, std::string_view slot);

 private:
  std::mutex mutex_;
  std::shared_ptr<Zygote> zygote_;
  std::filesystem::path objectFolder_;
  JobHost* host_ = nullptr;
  std::map<std::string, std::unique_ptr<LiveWorker>, std::less<>> workers_;
};

}  // namespace patchbay
