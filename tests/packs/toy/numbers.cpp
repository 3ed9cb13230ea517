// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <random>
#include <thread>

#include "engine/block/block.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {
namespace {

/// Seeded numbers, one a line, at a pace of one's choosing.
struct Numbers final : Block {
  Out<TextValue> out{this, {.key = "numbers", .label = TR("toy", "Numbers"), .help = TR("toy", "One number a line.")}};
  Param<std::int64_t> count{
      this, {.key = "count", .label = TR("toy", "Count"), .help = TR("toy", "How many numbers."), .def = 10, .min = 0, .max = 1000000}};
  Param<std::int64_t> sleepMs{this,
                              {.key = "sleep_ms",
                               .label = TR("toy", "Pause"),
                               .help = TR("toy", "Milliseconds to sleep after each number."),
                               .def = 0,
                               .min = 0,
                               .max = 60000,
                               .affectsResult = false}};

  Result<> run(RunContext& ctx) const override {
    std::mt19937_64 random{ctx.seed()};
    TextValue text;
    text.format = "plain";
    for (std::int64_t i = 0; i < *count; ++i) {
      if (ctx.stop() == Stop::Cancel)
        return fail(ErrorKind::Cancelled, "cancelled", TR("toy", "Cancelled."), TR("toy", "Run again to go on."));
      if (ctx.stop() == Stop::Keep) break;
      text.text += std::to_string(random() % 1000) + "\n";
      ctx.metric("number", static_cast<double>(i), i);
      ctx.progress({TR("toy", "Counting"), i + 1, *count, "number"});
      std::this_thread::sleep_for(std::chrono::milliseconds{*sleepMs});
    }
    return out.write(ctx, text);
  }
};

}  // namespace

PATCHBAY_BLOCK(toy_numbers, Numbers,
               {.id = "toy.numbers",
                .title = TR("toy", "Numbers"),
                .summary = TR("toy", "Writes seeded numbers."),
                .determinism = Determinism::Seeded})
}  // namespace patchbay::blocks
