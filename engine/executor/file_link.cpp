// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/file_link.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "engine/executor/channel_link.h"

namespace patchbay {
namespace fs = std::filesystem;

FileLink::FileLink(AttemptFiles files, EventLog* log, std::function<bool()> stopped, Channel hints)
    : files_{std::move(files)}, log_{log}, stopped_{std::move(stopped)}, hints_{std::move(hints)} {}

Result<Value> FileLink::ask(Value question) {
  const auto id = ++nextId_;
  question["event"] = "ask";
  question["id"] = id;
  ++waiting_;
  event(log_->add(std::move(question)));
  const auto file = files_.answers() / (std::to_string(id) + ".json");
  std::chrono::milliseconds pause{1};
  Result<Value> answer{Value{}};
  for (;;) {
    if (const auto text = readFile(file, std::size_t{64} << 20)) {
      answer = parseJson(*text);
      break;
    }
    if (stopped_()) {
      answer = fail(ErrorKind::Unreachable, "link.closed", TR("executor", "The job was stopped while it waited for its input."),
                    TR("executor", "Run again; it goes on from its last checkpoint."));
      break;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds{100});
  }
  --waiting_;
  std::error_code ec;
  fs::remove(file, ec);
  if (answer && answer->contains("error")) return fail(errorFromValue((*answer)["error"]));
  return answer;
}

Result<SeenFile> FileLink::locate(const Digest& digest) {
  PB_TRY(const auto answer, ask(Value::Map{{"ask", "locate"}, {"digest", digest.hex()}}));
  return SeenFile::fromValue(answer);
}

Result<std::vector<Digest>> FileLink::itemPacks(const Digest& function) {
  PB_TRY(const auto answer, ask(Value::Map{{"ask", "item_packs"}, {"function", function.hex()}}));
  std::vector<Digest> packs;
  for (const auto& hex : answer["packs"].asList())
    if (const auto digest = Digest::parse(hex.asText())) packs.push_back(*digest);
  // What this job added may not have reached the engine when it answered.
  const std::lock_guard lock{mutex_};
  for (const auto& own : ownPacks_[function])
    if (std::find(packs.begin(), packs.end(), own) == packs.end()) packs.push_back(own);
  return packs;
}

Result<> FileLink::addItemPack(const Digest& function, const Digest& pack, std::int64_t items) {
  {
    const std::lock_guard lock{mutex_};
    ownPacks_[function].push_back(pack);
  }
  event(log_->add(itemPackEvent(function, pack, items)));
  return {};
}

Result<> FileLink::addSource(const Digest& digest, const SeenFile& file) {
  event(log_->add(sourceEvent(digest, file)));
  return {};
}

void FileLink::event(const Value& event) {
  if (hints_) (void)hints_.offer(event);
}

}  // namespace patchbay
