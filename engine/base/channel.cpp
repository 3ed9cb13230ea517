// SPDX-License-Identifier: Apache-2.0
#include "engine/base/channel.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <deque>
#include <mutex>

namespace patchbay {
namespace {

constexpr std::size_t headerSize = 5;

tl::unexpected<Error> closed() {
  return fail(ErrorKind::Unreachable, "channel.closed", TR("channel", "The other process has gone."), TR("channel", "Run again."));
}
tl::unexpected<Error> malformed(std::string_view what) {
  return fail(ErrorKind::Corrupt, "channel.malformed",
              TR("channel", "The other process sent what cannot be read ({what}).").with("what", what),
              TR("channel", "Check that all programs of Patchbay are of one version, then run again."));
}
tl::unexpected<Error> tooLarge(std::size_t bytes) {
  return fail(ErrorKind::Unsupported, "channel.too-large",
              TR("channel", "A message of {bytes} bytes is too large to send.").with("bytes", static_cast<std::int64_t>(bytes)),
              TR("channel", "Ask for less at once."));
}

class Deadline {
 public:
  explicit Deadline(int ms) : forever_{ms < 0}, end_{std::chrono::steady_clock::now() + std::chrono::milliseconds{std::max(ms, 0)}} {}
  int left() const {
    if (forever_) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end_ - std::chrono::steady_clock::now()).count();
    return static_cast<int>(std::max<decltype(left)>(left, 0));
  }

 private:
  bool forever_;
  std::chrono::steady_clock::time_point end_;
};

/// 1 ready, 0 timeout.
Result<bool> waitFor(int fd, short events, const Deadline& deadline) {
  for (;;) {
    pollfd p{fd, events, 0};
    const int left = deadline.left();
    const int n = ::poll(&p, 1, left);
    if (n > 0) return true;
    if (n == 0) return false;
    if (errno != EINTR) return fail(systemError(errno, "wait for", "a channel"));
  }
}

std::string rangeText(std::int64_t min, std::int64_t max) { return std::to_string(min) + " to " + std::to_string(max); }

std::string header(std::size_t size, FrameType type) {
  std::string out(headerSize, '\0');
  const auto length = static_cast<std::uint32_t>(size);
  for (std::size_t i = 0; i < 4; ++i) out[i] = static_cast<char>(length >> (8 * i));
  out[4] = static_cast<char>(type);
  return out;
}

}  // namespace

struct Channel::Impl {
  /// Bytes of one frame with the descriptors that go with its first byte.
  struct Piece {
    std::string bytes;
    std::size_t sent = 0;
    std::vector<UniqueFd> fds;
  };

  UniqueFd in, out;
  bool socket = false;
  ChannelLimits limits;
  std::atomic<bool> down{false};

  mutable std::mutex sendMutex;
  std::deque<Piece> queue;
  std::size_t queued = 0;

  std::string buffer;
  std::size_t at = 0;
  std::deque<UniqueFd> received;

  int outFd() const { return out ? out.get() : in.get(); }

  void prepare() {
    struct stat st {};
    socket = ::fstat(in.get(), &st) == 0 && S_ISSOCK(st.st_mode) && !out;
    for (const int fd : {in.get(), outFd()}) {
      ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
      ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
  }

  /// Bytes written, 0 when the peer takes no more now.
  Result<std::size_t> write(Piece& piece) {
    for (;;) {
      const auto rest = std::string_view{piece.bytes}.substr(piece.sent);
      ssize_t n;
      if (socket) {
        iovec io{const_cast<char*>(rest.data()), rest.size()};
        msghdr message{};
        message.msg_iov = &io;
        message.msg_iovlen = 1;
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * 64)];
        if (piece.sent == 0 && !piece.fds.empty()) {
          const std::size_t size = sizeof(int) * piece.fds.size();
          message.msg_control = control;
          message.msg_controllen = CMSG_SPACE(size);
          auto* head = CMSG_FIRSTHDR(&message);
          head->cmsg_level = SOL_SOCKET;
          head->cmsg_type = SCM_RIGHTS;
          head->cmsg_len = CMSG_LEN(size);
          for (std::size_t i = 0; i < piece.fds.size(); ++i) {
            const int fd = piece.fds[i].get();
            std::memcpy(CMSG_DATA(head) + i * sizeof fd, &fd, sizeof fd);
          }
        }
        n = ::sendmsg(outFd(), &message, MSG_NOSIGNAL);
      } else {
        n = ::write(outFd(), rest.data(), rest.size());
      }
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) return std::size_t{0};
      if (errno == EPIPE || errno == ECONNRESET) return closed();
      return fail(systemError(errno, "write to", "a channel"));
    }
  }

  Result<bool> flushLocked() {
    while (!queue.empty()) {
      if (down) return closed();
      PB_TRY(const auto n, write(queue.front()));
      if (n == 0) return false;
      queue.front().sent += n;
      queue.front().fds.clear();
      queued -= n;
      if (queue.front().sent == queue.front().bytes.size()) queue.pop_front();
    }
    return true;
  }

  Result<> enqueue(std::string_view payload, FrameType type, std::vector<UniqueFd> fds) {
    const std::size_t limit = type == FrameType::Json ? limits.json : limits.binary;
    if (payload.size() > limit || payload.size() > 0xFFFFFFFFu) return tooLarge(payload.size());
    if (queued && queued + payload.size() > limits.queued)
      return fail(ErrorKind::TimedOut, "channel.full", TR("channel", "The other process does not read its messages."),
                  TR("channel", "Close it and start it again."));
    Piece piece;
    piece.bytes.reserve(headerSize + payload.size());
    piece.bytes = header(payload.size(), type);
    piece.bytes += payload;
    piece.fds = std::move(fds);
    queued += piece.bytes.size();
    queue.push_back(std::move(piece));
    return {};
  }

  Result<> sendAll(std::string_view payload, FrameType type, std::vector<UniqueFd> fds, int timeoutMs) {
    const Deadline deadline{timeoutMs};
    std::unique_lock lock{sendMutex};
    PB_CHECK(enqueue(payload, type, std::move(fds)));
    for (;;) {
      PB_TRY(const bool done, flushLocked());
      if (done) return {};
      // Others may add frames meanwhile; whoever gets the lock sends the oldest first.
      lock.unlock();
      PB_TRY(const bool ready, waitFor(outFd(), POLLOUT, deadline));
      if (!ready)
        return fail(ErrorKind::TimedOut, "channel.slow", TR("channel", "The other process does not read its messages."),
                    TR("channel", "Wait, or close it and start it again."));
      lock.lock();
    }
  }

  /// Reads what is there; false when nothing is.
  Result<bool> fill() {
    char bytes[64 * 1024];
    for (;;) {
      ssize_t n;
      if (socket) {
        iovec io{bytes, sizeof bytes};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * 64)];
        msghdr message{};
        message.msg_iov = &io;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        n = ::recvmsg(in.get(), &message, MSG_CMSG_CLOEXEC);
        if (n >= 0) PB_CHECK(takeFds(message));
      } else {
        n = ::read(in.get(), bytes, sizeof bytes);
      }
      if (n > 0) {
        buffer.append(bytes, static_cast<std::size_t>(n));
        return true;
      }
      if (n == 0 || errno == ECONNRESET)
        return buffer.size() > at ? Result<bool>{malformed("it stops in the middle of a message")} : closed();
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) return false;
      return fail(systemError(errno, "read from", "a channel"));
    }
  }

  Result<> takeFds(msghdr& message) {
    for (auto* head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
      if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
      const std::size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
      for (std::size_t i = 0; i < count; ++i) {
        int fd;
        std::memcpy(&fd, CMSG_DATA(head) + i * sizeof fd, sizeof fd);
        received.emplace_back(fd);
      }
    }
    if (message.msg_flags & MSG_CTRUNC || received.size() > 4 * limits.fds) return malformed("too many descriptors");
    return {};
  }

  /// A whole frame from the buffer, when there is one.
  Result<std::optional<Frame>> parse() {
    const auto rest = std::string_view{buffer}.substr(at);
    if (rest.size() < headerSize) return std::nullopt;
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length |= static_cast<std::size_t>(static_cast<std::uint8_t>(rest[i])) << (8 * i);
    const auto type = static_cast<std::uint8_t>(rest[4]);
    if (type > 1) return malformed("unknown type of message");
    if (length > (type == 0 ? limits.json : limits.binary)) return malformed("the message is too long");
    if (rest.size() < headerSize + length) {
      if (at) {
        buffer.erase(0, at);
        at = 0;
      }
      return std::nullopt;
    }
    const auto payload = rest.substr(headerSize, length);
    Frame frame;
    frame.type = static_cast<FrameType>(type);
    if (frame.type == FrameType::Binary) {
      frame.bytes = payload;
    } else {
      auto value = parseJson(payload);
      if (!value) return malformed(render(value.error().cause));
      frame.value = std::move(*value);
    }
    at += headerSize + length;
    if (at == buffer.size()) {
      buffer.clear();
      at = 0;
    }
    if (const auto* count = std::as_const(frame.value).find("$fds")) {
      const auto n = count->asInt(-1);
      if (n < 0 || static_cast<std::size_t>(n) > limits.fds || static_cast<std::size_t>(n) > received.size())
        return malformed("descriptors are missing");
      for (std::int64_t i = 0; i < n; ++i) {
        frame.fds.push_back(std::move(received.front()));
        received.pop_front();
      }
      frame.value.map().erase("$fds");
    }
    return frame;
  }
};

Channel::Channel() = default;
Channel::Channel(UniqueFd socket, ChannelLimits limits) : impl_{std::make_unique<Impl>()} {
  impl_->in = std::move(socket);
  impl_->limits = limits;
  impl_->prepare();
}
Channel::Channel(UniqueFd input, UniqueFd output, ChannelLimits limits) : impl_{std::make_unique<Impl>()} {
  impl_->in = std::move(input);
  impl_->out = std::move(output);
  impl_->limits = limits;
  impl_->prepare();
}
Channel::Channel(Channel&&) noexcept = default;
Channel& Channel::operator=(Channel&&) noexcept = default;
Channel::~Channel() = default;

Result<std::pair<Channel, Channel>> Channel::pair(ChannelLimits limits) {
  int fds[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) return fail(systemError(errno, "make", "a channel"));
  return std::pair{Channel{UniqueFd{fds[0]}, limits}, Channel{UniqueFd{fds[1]}, limits}};
}

Result<> Channel::send(const Value& value, int timeoutMs, std::span<const int> fds) {
  if (fds.empty()) return impl_->sendAll(toJson(value), FrameType::Json, {}, timeoutMs);
  if (!impl_->socket || fds.size() > impl_->limits.fds) return tooLarge(fds.size());
  Value counted = value;
  counted["$fds"] = fds.size();
  std::vector<UniqueFd> copies;
  for (const int fd : fds) {
    copies.emplace_back(::fcntl(fd, F_DUPFD_CLOEXEC, 3));
    if (!copies.back()) return fail(systemError(errno, "send", "a descriptor"));
  }
  return impl_->sendAll(toJson(counted), FrameType::Json, std::move(copies), timeoutMs);
}

Result<> Channel::sendBinary(std::string_view bytes, int timeoutMs) { return impl_->sendAll(bytes, FrameType::Binary, {}, timeoutMs); }

Result<bool> Channel::offer(const Value& value) {
  const std::lock_guard lock{impl_->sendMutex};
  PB_TRY(const bool empty, impl_->flushLocked());
  if (!empty) return false;
  PB_CHECK(impl_->enqueue(toJson(value), FrameType::Json, {}));
  PB_CHECK(impl_->flushLocked());
  if (impl_->queue.empty() || impl_->queue.front().sent) return true;
  impl_->queued -= impl_->queue.front().bytes.size();
  impl_->queue.pop_front();
  return false;
}

Result<bool> Channel::flush() {
  const std::lock_guard lock{impl_->sendMutex};
  return impl_->flushLocked();
}

std::size_t Channel::queuedBytes() const {
  const std::lock_guard lock{impl_->sendMutex};
  return impl_->queued;
}

Result<std::optional<Frame>> Channel::receive(int timeoutMs) {
  const Deadline deadline{timeoutMs};
  for (;;) {
    PB_TRY(auto frame, impl_->parse());
    if (frame) return frame;
    if (impl_->down) return closed();
    PB_TRY(const bool read, impl_->fill());
    if (read) continue;
    PB_TRY(const bool ready, waitFor(impl_->in.get(), POLLIN, deadline));
    if (!ready) return std::nullopt;
  }
}

int Channel::inputFd() const { return impl_->in.get(); }
int Channel::outputFd() const { return impl_->outFd(); }

void Channel::shutdown() {
  impl_->down = true;
  if (impl_->socket) ::shutdown(impl_->in.get(), SHUT_RDWR);
}

Result<Value> exchangeHello(Channel& channel, ProtocolRange mine, Value about, int timeoutMs) {
  Value hello = about.isMap() ? std::move(about) : Value{Value::Map{}};
  hello["min"] = mine.min;
  hello["max"] = mine.max;
  PB_CHECK(channel.send(Value{Value::Map{{"hello", std::move(hello)}}}, timeoutMs));
  PB_TRY(auto frame, channel.receive(timeoutMs));
  if (!frame)
    return fail(ErrorKind::TimedOut, "channel.silent", TR("channel", "The other process does not answer."), TR("channel", "Run again."));
  auto* theirs = frame->value.find("hello");
  if (frame->type != FrameType::Json || !theirs || !(*theirs)["min"].isInt() || !(*theirs)["max"].isInt())
    return malformed("it does not begin with a greeting");
  const auto min = (*theirs)["min"].asInt(), max = (*theirs)["max"].asInt();
  const auto version = std::min<std::int64_t>(mine.max, max);
  if (version < mine.min || version < min)
    return fail(ErrorKind::TooNew, "channel.version",
                TR("channel", "The two programs do not understand each other (protocol {mine} here, {theirs} there).")
                    .with("mine", rangeText(mine.min, mine.max))
                    .with("theirs", rangeText(min, max)),
                TR("channel", "Close all programs of Patchbay and start them again, so that all are of one version."));
  (*theirs)["version"] = version;
  return std::move(*theirs);
}

}  // namespace patchbay
