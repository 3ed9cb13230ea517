// SPDX-License-Identifier: Apache-2.0
#include "app/engine/live_workers.h"

#include <algorithm>
#include <cerrno>
#include <thread>

namespace patchbay {

namespace {

/// Puts the bytes of memory files where {"$memfd", "size"} stands for them.
Result<> inlineFiles(Value& value, const std::vector<UniqueFd>& files) {
  if (value.isMap() && value.contains("$memfd")) {
    const auto index = static_cast<std::size_t>(value["$memfd"].asInt());
    Value::Bytes bytes(static_cast<std::size_t>(std::max<std::int64_t>(0, value["size"].asInt())));
    std::size_t got = 0;
    while (index < files.size() && got < bytes.size()) {
      const auto n = ::pread(files[index].get(), bytes.data() + got, bytes.size() - got, static_cast<off_t>(got));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      got += static_cast<std::size_t>(n);
    }
    if (got != bytes.size())
      return fail(ErrorKind::Corrupt, "live.file", TR("error", "A live worker's answer is incomplete."), TR("error", "Ask again."));
    value = std::move(bytes);
    return {};
  }
  if (value.isMap())
    for (auto& [key, member] : value.map()) PB_CHECK(inlineFiles(member, files));
  if (value.isList())
    for (auto& member : value.list()) PB_CHECK(inlineFiles(member, files));
  return {};
}

}  // namespace

void LiveWorkers::attach(std::shared_ptr<Zygote> zygote, std::filesystem::path objectFolder, JobHost& host) {
  zygote_ = std::move(zygote);
  objectFolder_ = std::move(objectFolder);
  host_ = &host;
}

Result<Value> LiveWorkers::ask(std::string_view service, std::string_view method, const Value& args, std::string_view slot) {
  std::future<Result<LiveReply>> answer;
  {
    const std::scoped_lock lock{mutex_};
    auto& worker = workers_[std::string{service}];
    if (!worker) {
      LiveOptions options;
      options.service = service;
      options.objectFolder = objectFolder_;
      options.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
      worker = std::make_unique<LiveWorker>(zygote_, std::move(options), *host_);
    }
    answer = worker->ask(method, args, slot);
  }
  PB_TRY(auto reply, answer.get());
  PB_CHECK(inlineFiles(reply.value, reply.files));
  return std::move(reply.value);
}

}  // namespace patchbay
