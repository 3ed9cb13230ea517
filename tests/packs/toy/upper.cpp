// SPDX-License-Identifier: Apache-2.0
#include "engine/block/block.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {
namespace {

/// ASCII letters of a text in capitals, with something in front.
struct Upper final : Block {
  In<TextValue> in{this, {.key = "text", .label = TR("toy", "Text"), .help = TR("toy", "What to change.")}};
  Out<TextValue> out{this, {.key = "upper", .label = TR("toy", "Capitals"), .help = TR("toy", "The text in capitals.")}};
  Param<std::string> prefix{this, {.key = "prefix", .label = TR("toy", "Prefix"), .help = TR("toy", "Put before the text."), .def = ""}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(auto text, in.read(ctx));
    for (char& c : text.text)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    text.text = *prefix + text.text;
    return out.write(ctx, text);
  }
  /// Version 1 called it "before".
  Result<Value> migrate(int from, Value params) const override {
    if (from < 2)
      if (const auto* old = params.find("before")) {
        params["prefix"] = Value{*old};
        params.map().erase("before");
      }
    return params;
  }
};

}  // namespace

PATCHBAY_BLOCK(toy_upper, Upper,
               {.id = "toy.upper", .version = 2, .title = TR("toy", "Capitals"), .summary = TR("toy", "Turns a text into capitals.")})
}  // namespace patchbay::blocks
