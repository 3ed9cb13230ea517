// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <cstring>
#include <thread>

#include "engine/block/block.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {
namespace {

/// A cheap function of each picture's bytes, through the item cache: their sum times a factor.
struct Items final : Block {
  In<Dataset> in{this, {.key = "data", .label = TR("toy", "Pictures"), .help = TR("toy", "Whose bytes are summed.")}};
  Out<Embedding> out{this, {.key = "sums", .label = TR("toy", "Sums"), .help = TR("toy", "One row of two numbers per picture.")}};
  Param<std::int64_t> factor{
      this, {.key = "factor", .label = TR("toy", "Factor"), .help = TR("toy", "Multiplies the sums."), .def = 1, .min = 1, .max = 100}};
  Param<std::int64_t> sleepMs{this,
                              {.key = "sleep_ms",
                               .label = TR("toy", "Pause"),
                               .help = TR("toy", "Milliseconds to sleep per picture that is computed."),
                               .def = 0,
                               .min = 0,
                               .max = 60000,
                               .affectsResult = false}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto data, in.read(ctx));
    PB_TRY(const auto items, data.items(ctx.objects()));
    std::vector<Digest> digests;
    for (const auto& item : items) digests.push_back(item.digest);
    const Value key{Value::Map{{"factor", *factor}}};
    PB_TRY(const auto results, ctx.computeItems("sum", key, digests, [&](std::span<const std::size_t> missing, const ItemEmit& emit) {
      return compute(ctx, digests, missing, emit);
    }));
    Embedding sums;
    sums.columns = 2;
    for (std::size_t i = 0; i < items.size(); ++i) {
      float row[2];
      std::memcpy(row, results->bytes(i).data(), sizeof row);
      sums.ids.push_back(items[i].id);
      sums.values.insert(sums.values.end(), row, row + 2);
    }
    return out.write(ctx, sums);
  }

  Result<> compute(RunContext& ctx, std::span<const Digest> digests, std::span<const std::size_t> missing, const ItemEmit& emit) const {
    for (std::size_t n = 0; n < missing.size(); ++n) {
      if (ctx.stopRequested()) return fail(ErrorKind::Cancelled, "cancelled", TR("toy", "Cancelled."), TR("toy", "Run again to go on."));
      PB_TRY(const auto file, ctx.objects().open(digests[missing[n]]));
      float row[2] = {0, static_cast<float>(file.bytes().size() % 1000)};
      for (const auto byte : file.bytes()) row[0] += static_cast<float>(byte % 7);
      row[0] *= static_cast<float>(*factor);
      std::this_thread::sleep_for(std::chrono::milliseconds{*sleepMs});
      PB_CHECK(emit(missing[n], {reinterpret_cast<const char*>(row), sizeof row}));
      ctx.progress({TR("toy", "Summing"), static_cast<std::int64_t>(n + 1), static_cast<std::int64_t>(missing.size()), "picture"});
    }
    return {};
  }
};

}  // namespace

PATCHBAY_BLOCK(
    toy_items, Items,
    {.id = "toy.items", .title = TR("toy", "Sum pictures"), .summary = TR("toy", "Sums the bytes of each picture."), .itemWise = true})
}  // namespace patchbay::blocks
