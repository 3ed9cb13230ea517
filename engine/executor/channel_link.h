// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/base/channel.h"
#include "engine/executor/attempt.h"
#include "engine/executor/job_link.h"

namespace patchbay {

/// The worker's link over a channel: {"ask": "locate" | "item_packs" | "add_item_pack" | "add_source", "id": n, ...}, answered by
/// {"id": n, ...} or {"id": n, "error": ...}. When the engine goes away the job goes on: what it would have been told is
/// kept in events.jsonl as {"event": "artifact", "kind": "item_pack" | "source", ...} for the engine that comes back.
class ChannelLink final : public JobLink {
 public:
  /// `frame` gets what is not an answer (stop requests), `gone` is told when the other side has gone; on the reading thread.
  ChannelLink(Channel channel, EventLog* log, std::function<void(const Frame&)> frame, std::function<void()> gone = {});
  ~ChannelLink() override;

  Result<SeenFile> locate(const Digest& digest) override;
  Result<std::vector<Digest>> itemPacks(const Digest& function) override;
  Result<> addItemPack(const Digest& function, const Digest& pack, std::int64_t items) override;
  Result<> addSource(const Digest& digest, const SeenFile& file) override;
  void event(const Value& event) override;
  Result<> send(const Value& value, std::span<const int> fds) { return channel_.send(value, -1, fds); }

 private:
  Result<Value> ask(Value question);
  void readLoop();

  Channel channel_;
  EventLog* log_;
  std::function<void(const Frame&)> frame_;
  std::function<void()> whenGone_;
  std::mutex mutex_;
  std::condition_variable answered_;
  std::map<std::int64_t, std::optional<Value>> questions_;
  std::map<Digest, std::vector<Digest>> ownPacks_;
  std::int64_t nextId_ = 0;
  std::atomic<bool> gone_{false};
  std::thread reader_;
};

/// The link of a job that has nobody to ask (`patchbay-worker job`): inputs lie in its object folder, item packs are listed in
/// `item_packs.json` of the attempt folder ({function: [pack...]}), what it would tell goes to events.jsonl.
class FolderLink final : public JobLink {
 public:
  FolderLink(const AttemptFiles& files, EventLog* log);
  Result<SeenFile> locate(const Digest& digest) override;
  Result<std::vector<Digest>> itemPacks(const Digest& function) override;
  Result<> addItemPack(const Digest& function, const Digest& pack, std::int64_t items) override;
  Result<> addSource(const Digest& digest, const SeenFile& file) override;

 private:
  EventLog* log_;
  std::mutex mutex_;
  std::map<Digest, std::vector<Digest>> packs_;
  std::map<Digest, SeenFile> sources_;
};

/// The events that stand for what could not be told.
Value itemPackEvent(const Digest& function, const Digest& pack, std::int64_t items);
Value sourceEvent(const Digest& digest, const SeenFile& file);

}  // namespace patchbay
