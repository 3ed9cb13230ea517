// SPDX-License-Identifier: Apache-2.0
#include "engine/block/block.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {
namespace {

/// Texts one after the other, in link order.
struct Join final : Block {
  InList<TextValue> in{this, {.key = "texts", .label = TR("toy", "Texts"), .help = TR("toy", "What to join."), .minLinks = 2}};
  Out<TextValue> out{this, {.key = "joined", .label = TR("toy", "Joined"), .help = TR("toy", "All texts in one.")}};
  Param<std::string> separator{
      this, {.key = "separator", .label = TR("toy", "Separator"), .help = TR("toy", "Put between two texts."), .def = "|"}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto texts, in.read(ctx));
    TextValue joined;
    joined.format = "plain";
    for (std::size_t i = 0; i < texts.size(); ++i) joined.text += (i ? *separator : "") + texts[i].text;
    return out.write(ctx, joined);
  }
};

}  // namespace

PATCHBAY_BLOCK(toy_join, Join, {.id = "toy.join", .title = TR("toy", "Join"), .summary = TR("toy", "Joins two texts or more.")})
}  // namespace patchbay::blocks
