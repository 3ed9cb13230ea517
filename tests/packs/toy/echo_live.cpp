// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "engine/block/block.h"

namespace patchbay::blocks {
namespace {

/// echo, sleep {"ms"}, object {"digest"}, pixels {"bytes"}, count, crash, stuck.
struct Echo final : LiveService {
  Result<Value> answer(std::string_view method, const Value& args, ObjectStore& objects, const StopFlag& stop) override {
    // Asked of every service when it starts; a count of its own.
    if (method == "about") return fail(ErrorKind::Usage, "live.method", TR("toy", "Unknown method."), TR("toy", "Use echo."));
    ++answered_;
    if (method == "echo") return args;
    if (method == "count") return Value{answered_};
    if (method == "pid") return Value{static_cast<std::int64_t>(::getpid())};
    if (method == "crash") std::abort();
    if (method == "stuck")
      for (;;) ::pause();
    if (method == "object") {
      PB_TRY(const auto digest, Digest::parse(args["digest"].asText()));
      PB_TRY(const auto file, objects.open(digest));
      return Value{file.text()};
    }
    if (method == "pixels")
      return Value{Value::Map{{"width", 2}, {"pixels", Value::Bytes(static_cast<std::size_t>(args["bytes"].asInt()), 7)}}};
    if (method == "sleep") {
      for (std::int64_t ms = 0; ms < args["ms"].asInt(); ms += 5) {
        if (stop.requested()) return fail(ErrorKind::Cancelled, "cancelled", TR("toy", "Cancelled."), TR("toy", "Ask again."));
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
      }
      return Value{"slept"};
    }
    return fail(ErrorKind::Usage, "live.method", TR("toy", "Unknown method."), TR("toy", "Use echo."));
  }

 private:
  std::int64_t answered_ = 0;
};

}  // namespace

PATCHBAY_LIVE(toy_echo_live, Echo, "toy.live.echo")
}  // namespace patchbay::blocks
