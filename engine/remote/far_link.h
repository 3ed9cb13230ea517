// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <filesystem>
#include <functional>
#include <span>
#include <utility>

#include "engine/block/object.h"
#include "engine/remote/box.h"
#include "engine/remote/wire.h"

namespace patchbay {

/// The engine's end of an open connection; for one thread.
class FarLink {
 public:
  /// `alive` is called now and then while something takes long.
  FarLink(BoxConnection connection, std::function<void()> alive) : connection_{std::move(connection)}, alive_{std::move(alive)} {}

  /// Asks and waits for the answer; what is told meanwhile is kept for next(). After a failure of the connection broken() is true,
  /// otherwise the error is what the other side says.
  Result<Message> ask(Value head, std::string_view body = {});
  bool broken() const { return broken_; }
  /// What the other side told; nullopt when nothing came in time (milliseconds).
  std::optional<Message> next(int timeoutMs);
  int inputFd() const { return connection_.channel.inputFd(); }

  /// Sends a file's bytes unless they are there; from where an earlier try ended.
  Result<> send(const Digest& digest, const std::filesystem::path& file);
  /// The same for several at once, in as few exchanges as they take; one that cannot be read is left out.
  Result<> sendAll(std::span<const std::pair<Digest, std::filesystem::path>> files);
  Result<bool> has(const Digest& digest);
  /// Fetches an object into a folder of objects; `partial` keeps what came of it until it is whole.
  Result<> fetch(const Digest& digest, const std::filesystem::path& objects, const std::filesystem::path& partial);
  /// Fetches a file that an attempt exported.
  Result<> fetchFile(const std::string& attempt, const std::string& relative, const std::filesystem::path& to);

 private:
  Result<> awaitAnswers(std::int64_t upTo, int count);
  Result<> fetchInto(Value request, const std::filesystem::path& file);
  BoxConnection connection_;
  std::function<void()> alive_;
  std::deque<Message> told_;
  std::int64_t seq_ = 0;
  bool broken_ = false;
};

}  // namespace patchbay
