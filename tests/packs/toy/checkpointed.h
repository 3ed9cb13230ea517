// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <thread>

#include "engine/block/block.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {

/// Counts to N with a checkpoint after each step. The text is a chain of digests, so that a step left out or done twice
/// would show; how many steps this attempt did is logged, not written.
struct Checkpointed : Block {
  In<TextValue> before{this,
                       {.key = "before", .label = TR("toy", "Before"), .help = TR("toy", "What the chain begins with."), .optional = true}};
  Out<TextValue> out{this, {.key = "chain", .label = TR("toy", "Chain"), .help = TR("toy", "The digest after the last step.")}};
  Param<std::int64_t> steps{
      this, {.key = "steps", .label = TR("toy", "Steps"), .help = TR("toy", "How far to count."), .def = 20, .min = 1, .max = 100000}};
  Param<std::int64_t> sleepMs{this,
                              {.key = "sleep_ms",
                               .label = TR("toy", "Pause"),
                               .help = TR("toy", "Milliseconds to sleep per step."),
                               .def = 0,
                               .min = 0,
                               .max = 60000,
                               .affectsResult = false}};

  Result<> run(RunContext& ctx) const override {
    std::int64_t done = 0;
    std::string chain = std::to_string(ctx.seed());
    if (before.linked(ctx)) {
      PB_TRY(const auto text, before.read(ctx));
      chain += text.text;
    }
    PB_TRY(const auto saved, ctx.loadCheckpoint());
    if (saved) {
      PB_TRY(const auto state, parseJson(*saved));
      done = state["done"].asInt();
      chain = state["chain"].asText();
      ctx.log(LogLevel::Info, "resumed at " + std::to_string(done));
    }
    for (; done < *steps; ++done) {
      if (ctx.stopRequested()) return fail(ErrorKind::Cancelled, "cancelled", TR("toy", "Cancelled."), TR("toy", "Run again to go on."));
      std::this_thread::sleep_for(std::chrono::milliseconds{*sleepMs});
      chain = digestOf(chain + std::to_string(done)).hex();
      PB_CHECK(ctx.saveCheckpoint(toJson(Value{Value::Map{{"done", done + 1}, {"chain", chain}}})));
      ctx.progress({TR("toy", "Counting"), done + 1, *steps, "step"});
    }
    TextValue text;
    text.format = "plain";
    text.text = chain;
    return out.write(ctx, text);
  }
};

}  // namespace patchbay::blocks
