// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

namespace patchbay {

enum class FrameType : std::uint8_t { Json = 0, Binary = 1 };

/// One message. Descriptors travel with JSON frames over Unix sockets only.
struct Frame {
  FrameType type = FrameType::Json;
  Value value;        ///< Json.
  std::string bytes;  ///< Binary.
  std::vector<UniqueFd> fds;
};

struct ChannelLimits {
  std::size_t json = std::size_t{64} << 20;
  std::size_t binary = std::size_t{1} << 30;
  /// Bytes that may wait to be sent; a peer that does not read gets no more than this.
  std::size_t queued = std::size_t{256} << 20;
  std::size_t fds = 16;  ///< In one frame.
};

/// Framed messages over a Unix stream socket, or over a pair of pipes: u32 length of the payload, little-endian, u8 type,
/// payload. A JSON frame that carries n descriptors says so in its member "$fds".
///
/// Sending is thread-safe, receiving is for one thread at a time; both may go on at once. The descriptors are made
/// non-blocking; waiting is done with poll(2). After any error but a timeout the channel is of no more use. Errors:
/// Unreachable "channel.closed" when the peer went away, Corrupt "channel.malformed" when it does not keep the format.
class Channel {
 public:
  Channel();
  explicit Channel(UniqueFd socket, ChannelLimits limits = {});
  Channel(UniqueFd input, UniqueFd output, ChannelLimits limits = {});
  Channel(Channel&&) noexcept;
  Channel& operator=(Channel&&) noexcept;
  ~Channel();
  explicit operator bool() const { return impl_ != nullptr; }
  /// Two ends joined by a socketpair.
  static Result<std::pair<Channel, Channel>> pair(ChannelLimits limits = {});

  /// Queues one frame and sends what can be sent within the time (milliseconds; -1 waits as long as it takes, 0 not at
  /// all). TimedOut "channel.slow" leaves the rest queued, to be sent by flush(). Duplicates of the descriptors are sent.
  Result<> send(const Value& value, int timeoutMs = -1, std::span<const int> fds = {});
  Result<> sendBinary(std::string_view bytes, int timeoutMs = -1);
  /// Sends the frame only if nothing is queued and the socket takes all of it at once or its beginning; false: dropped.
  Result<bool> offer(const Value& value);
  /// Sends queued bytes without waiting; true when nothing is left. For poll loops: ask for POLLOUT while it is false.
  Result<bool> flush();
  std::size_t queuedBytes() const;

  /// The next frame; nullopt when none is complete in time (milliseconds; -1 waits, 0 only looks).
  Result<std::optional<Frame>> receive(int timeoutMs = -1);
  int inputFd() const;
  int outputFd() const;
  /// Wakes a thread that waits in receive(): both directions are shut down (sockets), or closed at the next look (pipes).
  void shutdown();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct ProtocolRange {
  int min = 1, max = 1;
};
/// Both sides send {"hello": {"min", "max", ...about}} first and agree on the highest version both know. Returns the peer's
/// hello with "version" set; TooNew names both ranges when there is none.
Result<Value> exchangeHello(Channel& channel, ProtocolRange mine, Value about, int timeoutMs);

}  // namespace patchbay
