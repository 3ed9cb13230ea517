// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/channel_link.h"

#include <chrono>

namespace patchbay {
namespace fs = std::filesystem;

namespace {

// A moved picture may be searched for on the other side; longer than this is no search any more.
constexpr std::chrono::seconds answerWithin{120};

tl::unexpected<Error> nobody() {
  return fail(ErrorKind::Unreachable, "link.closed", TR("executor", "The engine has gone; the job goes on with what it has."),
              TR("executor", "Run again when the engine is back."));
}
tl::unexpected<Error> missing(const Digest& digest) {
  return fail(ErrorKind::NotFound, "object.missing",
              TR("executor", "No file with the bytes {digest} can be found.").with("digest", digest.hex()),
              TR("executor", "Put the picture back where it was, or import the folder again."));
}

}  // namespace

Value itemPackEvent(const Digest& function, const Digest& pack, std::int64_t items) {
  return Value::Map{{"event", "artifact"}, {"kind", "item_pack"}, {"function", function.hex()}, {"pack", pack.hex()}, {"items", items}};
}
Value sourceEvent(const Digest& digest, const SeenFile& file) {
  auto event = file.toValue();
  event["event"] = "artifact";
  event["kind"] = "source";
  event["digest"] = digest.hex();
  return event;
}

ChannelLink::ChannelLink(Channel channel, EventLog* log, std::function<void(const Frame&)> frame, std::function<void()> gone)
    : channel_{std::move(channel)}, log_{log}, frame_{std::move(frame)}, whenGone_{std::move(gone)}, reader_{[this] { readLoop(); }} {}

ChannelLink::~ChannelLink() {
  channel_.shutdown();
  reader_.join();
}

void ChannelLink::readLoop() {
  for (;;) {
    auto frame = channel_.receive();
    if (!frame) break;
    if (!*frame || (*frame)->type != FrameType::Json) continue;
    if (!(*frame)->value.contains("id")) {
      frame_(**frame);
      continue;
    }
    const std::lock_guard lock{mutex_};
    if (const auto it = questions_.find((*frame)->value["id"].asInt()); it != questions_.end()) it->second = std::move((*frame)->value);
    answered_.notify_all();
  }
  {
    const std::lock_guard lock{mutex_};
    gone_ = true;
    answered_.notify_all();
  }
  if (whenGone_) whenGone_();
}

Result<Value> ChannelLink::ask(Value question) {
  std::unique_lock lock{mutex_};
  if (gone_) return nobody();
  const auto id = ++nextId_;
  questions_.emplace(id, std::nullopt);
  lock.unlock();
  question["id"] = id;
  const auto sent = channel_.send(question, 10'000);
  lock.lock();
  const bool come = sent && answered_.wait_for(lock, answerWithin, [&] { return gone_ || questions_[id]; }) && questions_[id];
  const auto answer = std::move(questions_[id]);
  questions_.erase(id);
  if (!come) return nobody();
  if (const auto* error = std::as_const(*answer).find("error")) return fail(errorFromValue(*error));
  return *answer;
}

Result<SeenFile> ChannelLink::locate(const Digest& digest) {
  PB_TRY(const auto answer, ask(Value::Map{{"ask", "locate"}, {"digest", digest.hex()}}));
  return SeenFile::fromValue(answer);
}

Result<std::vector<Digest>> ChannelLink::itemPacks(const Digest& function) {
  std::vector<Digest> packs;
  // Without an engine only what this job made itself is known; the rest is computed again.
  if (const auto answer = ask(Value::Map{{"ask", "item_packs"}, {"function", function.hex()}})) {
    for (const auto& hex : (*answer)["packs"].asList())
      if (const auto digest = Digest::parse(hex.asText())) packs.push_back(*digest);
    return packs;
  } else if (answer.error().kind != ErrorKind::Unreachable) {
    return fail(answer.error());
  }
  const std::lock_guard lock{mutex_};
  return ownPacks_[function];
}

Result<> ChannelLink::addItemPack(const Digest& function, const Digest& pack, std::int64_t items) {
  {
    const std::lock_guard lock{mutex_};
    ownPacks_[function].push_back(pack);
  }
  const auto told = ask(Value::Map{{"ask", "add_item_pack"}, {"function", function.hex()}, {"pack", pack.hex()}, {"items", items}});
  if (told) return {};
  if (told.error().kind != ErrorKind::Unreachable || !log_) return fail(told.error());
  log_->add(itemPackEvent(function, pack, items));
  return {};
}

Result<> ChannelLink::addSource(const Digest& digest, const SeenFile& file) {
  auto question = file.toValue();
  question["ask"] = "add_source";
  question["digest"] = digest.hex();
  const auto told = ask(std::move(question));
  if (told) return {};
  if (told.error().kind != ErrorKind::Unreachable || !log_) return fail(told.error());
  log_->add(sourceEvent(digest, file));
  return {};
}

void ChannelLink::event(const Value& event) {
  if (!gone_) (void)channel_.offer(event);
}

FolderLink::FolderLink(const AttemptFiles& files, EventLog* log) : log_{log} {
  const auto text = readFile(files.folder / "item_packs.json", std::size_t{64} << 20);
  const auto listed = text ? parseJson(*text) : Result<Value>{fail(text.error())};
  if (!listed) return;
  for (const auto& [function, packs] : listed->asMap())
    for (const auto& pack : packs.asList())
      if (const auto f = Digest::parse(function), p = Digest::parse(pack.asText()); f && p) packs_[*f].push_back(*p);
}

Result<SeenFile> FolderLink::locate(const Digest& digest) {
  const std::lock_guard lock{mutex_};
  if (const auto it = sources_.find(digest); it != sources_.end()) return it->second;
  return missing(digest);
}

Result<std::vector<Digest>> FolderLink::itemPacks(const Digest& function) {
  const std::lock_guard lock{mutex_};
  return packs_[function];
}

Result<> FolderLink::addItemPack(const Digest& function, const Digest& pack, std::int64_t items) {
  const std::lock_guard lock{mutex_};
  packs_[function].push_back(pack);
  log_->add(itemPackEvent(function, pack, items));
  return {};
}

Result<> FolderLink::addSource(const Digest& digest, const SeenFile& file) {
  const std::lock_guard lock{mutex_};
  sources_[digest] = file;
  log_->add(sourceEvent(digest, file));
  return {};
}

}  // namespace patchbay
