// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "engine/base/channel.h"
#include "engine/executor/attempt.h"
#include "engine/executor/job_link.h"

namespace patchbay {

/// The link of a job whose engine is on another machine: a question is a line of events.jsonl, {"event": "ask", "id": n, "ask":
/// "locate" | "item_packs", ...}, its answer the file answers/<n>.json, {"path", "stamp"?} | {"packs"} | {"error"}. Whoever carries the two
/// may go and come back, and a shared file system between them is enough; the job waits for as long as it takes. An attempt
/// whose folder has answers/ when its worker starts is linked so. Thread-safe.
class FileLink final : public JobLink {
 public:
  /// Waiting ends when `stopped` says so. `hints`, where there is one, hears of new lines as ChannelLink's peer does.
  FileLink(AttemptFiles files, EventLog* log, std::function<bool()> stopped, Channel hints = {});
  Result<SeenFile> locate(const Digest& digest) override;
  Result<std::vector<Digest>> itemPacks(const Digest& function) override;
  Result<> addItemPack(const Digest& function, const Digest& pack, std::int64_t items) override;
  Result<> addSource(const Digest& digest, const SeenFile& file) override;
  void event(const Value& event) override;
  bool waiting() const override { return waiting_ > 0; }

 private:
  Result<Value> ask(Value question);

  AttemptFiles files_;
  EventLog* log_;
  std::function<bool()> stopped_;
  Channel hints_;
  std::atomic<int> waiting_{0};
  std::atomic<std::int64_t> nextId_{0};
  std::mutex mutex_;
  std::map<Digest, std::vector<Digest>> ownPacks_;
};

}  // namespace patchbay
