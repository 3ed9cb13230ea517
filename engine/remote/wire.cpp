// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/wire.h"

#include <zstd.h>

namespace patchbay {
namespace {

constexpr std::size_t mostBody = std::size_t{64} << 20;
constexpr int bodyWithinMs = 120'000;

tl::unexpected<Error> malformed() {
  return fail(ErrorKind::Corrupt, "remote.malformed", TR("remote", "The other machine sent what cannot be read."),
              TR("remote", "Check that it runs this version: `patchbay machines test NAME`."));
}

}  // namespace

Result<> sendMessage(Channel& channel, Value head, std::string_view body, bool queue) {
  const int patience = queue ? 0 : -1;
  const auto queued = [&](Result<> sent) -> Result<> {
    if (!sent && queue && sent.error().code == "channel.slow") return {};
    return sent;
  };
  if (body.empty()) return queued(channel.send(head, patience));
  std::string packed;
  if (body.size() >= 512) {
    packed.resize(ZSTD_compressBound(body.size()));
    const auto n = ZSTD_compress(packed.data(), packed.size(), body.data(), body.size(), 1);
    if (!ZSTD_isError(n) && n < body.size() - body.size() / 10) {
      packed.resize(n);
      head["zstd"] = static_cast<std::int64_t>(body.size());
      body = packed;
    }
  }
  head["body"] = static_cast<std::int64_t>(body.size());
  PB_CHECK(queued(channel.send(head, patience)));
  return queued(channel.sendBinary(body, patience));
}

Result<std::optional<Message>> receiveMessage(Channel& channel, int timeoutMs) {
  PB_TRY(auto frame, channel.receive(timeoutMs));
  if (!frame) return std::nullopt;
  if (frame->type != FrameType::Json) return malformed();
  Message out{std::move(frame->value), {}};
  if (!out.head.contains("body")) return out;
  PB_TRY(auto bytes, channel.receive(bodyWithinMs));
  if (!bytes || bytes->type != FrameType::Binary) return malformed();
  const auto whole = out.head["zstd"].asInt(-1);
  if (whole < 0) {
    out.body = std::move(bytes->bytes);
    return out;
  }
  if (static_cast<std::size_t>(whole) > mostBody) return malformed();
  out.body.resize(static_cast<std::size_t>(whole));
  const auto n = ZSTD_decompress(out.body.data(), out.body.size(), bytes->bytes.data(), bytes->bytes.size());
  if (ZSTD_isError(n) || n != out.body.size()) return malformed();
  return out;
}

}  // namespace patchbay
