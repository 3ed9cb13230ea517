// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/far_link.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "engine/store/object_folder.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {
// An answer may wait for a file to be hashed or a cluster's controller to be busy; the connection itself is watched by ssh.
constexpr int answerWithinMs = 300'000, lookMs = 1000;
}  // namespace

Result<Message> FarLink::ask(Value head, std::string_view body) {
  const auto seq = ++seq_;
  head["seq"] = seq;
  const auto broke = [&](Error error) {
    broken_ = true;
    return fail(std::move(error));
  };
  if (const auto sent = sendMessage(connection_.channel, std::move(head), body); !sent) return broke(sent.error());
  for (int waited = 0; waited < answerWithinMs; waited += lookMs) {
    auto message = receiveMessage(connection_.channel, lookMs);
    if (!message) return broke(message.error());
    alive_();
    if (!*message) continue;
    if (!(*message)->head.contains("seq")) {
      told_.push_back(std::move(**message));
      waited = 0;
      continue;
    }
    if ((*message)->head["seq"].asInt() != seq) continue;
    if ((*message)->head.contains("error")) return fail(errorFromValue((*message)->head["error"]));
    return std::move(**message);
  }
  return broke({ErrorKind::TimedOut,
                "remote.slow",
                TR("remote", "The other machine does not answer."),
                TR("remote", "It is connected to again by itself."),
                {}});
}

std::optional<Message> FarLink::next(int timeoutMs) {
  if (!told_.empty()) {
    auto out = std::move(told_.front());
    told_.pop_front();
    return out;
  }
  auto message = receiveMessage(connection_.channel, timeoutMs);
  if (!message) broken_ = true;
  return message ? std::move(*message) : std::nullopt;
}

Result<bool> FarLink::has(const Digest& digest) {
  PB_TRY(const auto answer, ask(Value::Map{{"op", "have"}, {"digests", Value::List{digest.hex()}}}));
  const auto& here = answer.head["here"].asList();
  return !here.empty() && here[0].asBool();
}

Result<> FarLink::send(const Digest& digest, const fs::path& file) {
  PB_TRY(const auto answer, ask(Value::Map{{"op", "have"}, {"digests", Value::List{digest.hex()}}}));
  const auto &here = answer.head["here"].asList(), &begun = answer.head["partial"].asList();
  if (!here.empty() && here[0].asBool()) return {};
  PB_TRY(const auto mapped, MappedFile::open(file));
  const auto bytes = mapped.text();
  if (digestOf(bytes) != digest)
    return fail(ErrorKind::Corrupt, "object.changed",
                TR("executor", "{path} has changed since it was read in.").with("path", displayText(file.native())),
                TR("executor", "Run the pipeline again, so that the change is seen."));
  const auto size = static_cast<std::int64_t>(bytes.size());
  auto offset = begun.empty() ? std::int64_t{0} : std::min(begun[0].asInt(), size);
  offset -= offset % static_cast<std::int64_t>(pieceSize);
  do {
    const auto piece = bytes.substr(static_cast<std::size_t>(offset), pieceSize);
    PB_CHECK(ask(Value::Map{{"op", "put"}, {"digest", digest.hex()}, {"offset", offset}, {"size", size}}, piece));
    offset += static_cast<std::int64_t>(piece.size());
  } while (offset < size);
  return {};
}

/// Of requests that were sent one after the other; what they say does not matter.
Result<> FarLink::awaitAnswers(std::int64_t after, int count) {
  for (int waited = 0; count > 0 && waited < answerWithinMs; waited += lookMs) {
    auto message = receiveMessage(connection_.channel, lookMs);
    if (!message) {
      broken_ = true;
      return fail(message.error());
    }
    alive_();
    if (!*message) continue;
    waited = 0;
    if (!(*message)->head.contains("seq")) told_.push_back(std::move(**message));
    else if ((*message)->head["seq"].asInt() > after) --count;
  }
  return {};
}

Result<> FarLink::sendAll(std::span<const std::pair<Digest, fs::path>> files) {
  Value digests{Value::List{}};
  for (const auto& [digest, path] : files) digests.push(digest.hex());
  PB_TRY(const auto answer, ask(Value::Map{{"op", "have"}, {"digests", std::move(digests)}}));
  const auto& here = answer.head["here"].asList();
  auto after = seq_;
  int open = 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < files.size() && i < here.size(); ++i) {
    if (here[i].asBool()) continue;
    const auto& [digest, path] = files[i];
    const auto mapped = MappedFile::open(path);
    if (!mapped || mapped->text().empty() || mapped->text().size() > pieceSize || digestOf(mapped->text()) != digest) continue;
    const auto size = static_cast<std::int64_t>(mapped->text().size());
    Value head{Value::Map{{"op", "put"}, {"digest", digest.hex()}, {"offset", 0}, {"size", size}, {"seq", ++seq_}}};
    if (const auto sent = sendMessage(connection_.channel, std::move(head), mapped->text()); !sent) {
      broken_ = true;
      return fail(sent.error());
    }
    ++open;
    bytes += mapped->text().size();
    if (bytes < pieceSize) continue;
    PB_CHECK(awaitAnswers(after, std::exchange(open, 0)));
    after = seq_;
    bytes = 0;
  }
  return awaitAnswers(after, open);
}

Result<> FarLink::fetchInto(Value request, const fs::path& file) {
  PB_TRY(const UniqueFd fd, openFile(file, O_WRONLY | O_CREAT));
  struct stat st {};
  if (::fstat(fd.get(), &st) != 0) return fail(systemError(errno, "read", displayText(file.native())));
  auto offset = static_cast<std::int64_t>(st.st_size);
  if (::lseek(fd.get(), offset, SEEK_SET) < 0) return fail(systemError(errno, "write", displayText(file.native())));
  for (;;) {
    request["offset"] = offset;
    PB_TRY(const auto piece, ask(request));
    PB_CHECK(writeAll(fd.get(), piece.body, file));
    offset += static_cast<std::int64_t>(piece.body.size());
    if (piece.body.empty() || offset >= piece.head["size"].asInt()) return {};
  }
}

Result<> FarLink::fetch(const Digest& digest, const fs::path& objects, const fs::path& partial) {
  ObjectFolder store{objects};
  if (store.contains(digest)) return {};
  PB_CHECK(fetchInto(Value::Map{{"op", "get"}, {"digest", digest.hex()}}, partial));
  PB_TRY(const auto put, store.putFile(partial));
  if (put == digest) return {};
  (void)store.remove(put);
  return fail(ErrorKind::Corrupt, "remote.bytes", TR("remote", "A file arrived from the other machine with other bytes than it has there."),
              TR("remote", "Run again; check that machine's disk if it happens again."));
}

Result<> FarLink::fetchFile(const std::string& attempt, const std::string& relative, const fs::path& to) {
  std::error_code ec;
  fs::create_directories(to.parent_path(), ec);
  fs::remove(to, ec);
  return fetchInto(Value::Map{{"op", "get"}, {"attempt", attempt}, {"file", relative}}, to);
}

}  // namespace patchbay
