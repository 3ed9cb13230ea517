// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/executor/live_worker.h"

namespace patchbay {

/// One live worker per service, each started by its first request and ended when nobody asked for a while.
class LiveWorkers {
 public:
  void attach(std::shared_ptr<Zygote> zygote, std::filesystem::path objectFolder, JobHost& host);
  void ask(std::string_view service, std::string_view method, const Value& args, std::string_view slot, LiveCallback done);

 private:
  std::mutex mutex_;
  std::shared_ptr<Zygote> zygote_;
  std::filesystem::path objectFolder_;
  JobHost* host_ = nullptr;
  std::map<std::string, std::unique_ptr<LiveWorker>, std::less<>> workers_;
};

}  // namespace patchbay
