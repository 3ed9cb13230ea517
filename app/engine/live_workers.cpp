// SPDX-License-Identifier: Apache-2.0
#include "app/engine/live_workers.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <thread>

namespace patchbay {
namespace {

/// How long a worker may idle, in seconds; tests do not want to wait five minutes.
std::chrono::milliseconds idleTime(std::chrono::milliseconds usual) {
  const char* given = std::getenv("PATCHBAY_LIVE_IDLE");
  const std::string_view text = given ? given : "";
  int seconds = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), seconds).ec != std::errc{} || seconds <= 0) return usual;
  return std::chrono::seconds{seconds};
}

}  // namespace

void LiveWorkers::attach(std::shared_ptr<Zygote> zygote, std::filesystem::path objectFolder, JobHost& host) {
  zygote_ = std::move(zygote);
  objectFolder_ = std::move(objectFolder);
  host_ = &host;
}

void LiveWorkers::ask(std::string_view service, std::string_view method, const Value& args, std::string_view slot, LiveCallback done) {
  LiveWorker* worker = nullptr;
  {
    const std::scoped_lock lock{mutex_};
    auto& one = workers_[std::string{service}];
    if (!one) {
      LiveOptions options;
      options.service = service;
      options.objectFolder = objectFolder_;
      options.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
      options.idle = idleTime(options.idle);
      one = std::make_unique<LiveWorker>(zygote_, std::move(options), *host_);
    }
    worker = one.get();
  }
  worker->ask(method, args, slot, std::move(done));
}

}  // namespace patchbay
