// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "plugins/evaluate/support/neighbour_map.h"

namespace patchbay::blocks {
namespace embedding_map_cpp {

struct EmbeddingMap final : Block {
  In<Embedding> embedding{this, {.key = "embedding", .label = TR("block", "Features"), .help = TR("block", "One row for each picture.")}};
  In<Dataset> data{
      this,
      {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The same pictures with labels and parts."), .optional = true}};
  Out<Report> report{
      this, {.key = "report", .label = TR("block", "Map"), .help = TR("block", "A point for each picture, like pictures side by side.")}};

  Param<std::int64_t> neighbours{
      this,
      {.key = "neighbours",
       .label = TR("block", "Neighbours"),
       .help = TR("block", "How many of the most alike pictures are kept together: few show detail, many the whole."),
       .def = 15,
       .min = 2,
       .max = 200}};
  Param<std::int64_t> most{this,
                           {.key = "most",
                            .label = TR("block", "Most pictures"),
                            .help = TR("block", "Of more pictures than this, so many are drawn, spread over all."),
                            .def = 10'000,
                            .min = 4,
                            .max = 50'000,
                            .unit = Unit::Picture}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto features, embedding.read(ctx));
    const auto rows = chosen(features.ids.size());
    const auto x = learn::selectRows({features.values.data(), features.ids.size(), features.columns}, rows);
    const auto goOn = [&](double share) {
      ctx.progress({TR("block", "Drawing the map"), std::llround(share * 100), 100, "percent"});
      return !ctx.stopRequested();
    };
    PB_TRY(const auto points,
           neighbourMap(x, {.neighbours = static_cast<int>(*neighbours), .seed = ctx.seed(), .threads = ctx.threads(), .goOn = goOn}));
    const auto quality = mapQuality(x, points, static_cast<int>(*neighbours), ctx.threads());
    Report out;
    out.metrics["pictures"] = static_cast<std::int64_t>(points.size());
    out.metrics["trustworthiness"] = quality.trustworthiness;
    out.metrics["neighbours_kept"] = quality.neighboursKept;
    PB_CHECK(describe(ctx, out, features, rows, points));
    return report.write(ctx, out);
  }

 private:
  std::vector<std::size_t> chosen(std::size_t n) const {
    const auto count = std::min(n, static_cast<std::size_t>(*most));
    std::vector<std::size_t> rows(count);
    for (std::size_t i = 0; i < count; ++i) rows[i] = i * n / count;
    return rows;
  }

  Result<> describe(RunContext& ctx, Report& out, const Embedding& features, const std::vector<std::size_t>& rows,
                    const std::vector<std::array<float, 2>>& points) const {
    std::unordered_map<std::string, Item> items;
    if (data.linked(ctx)) {
      PB_TRY(const auto set, data.read(ctx));
      PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
        items.emplace(item.id, item);
        return {};
      }));
      for (const auto& c : set.info().classes) out.body["classes"].push(c);
    }
    auto& body = out.body;
    body["kind"] = "embedding_map";
    for (const char* list : {"points", "ids", "labels", "splits", "pictures", "paths"}) body[list] = Value::List{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& id = features.ids[rows[i]];
      // Four digits are more than a screen shows.
      const auto rounded = [](float v) { return std::round(static_cast<double>(v) * 1e4) / 1e4; };
      body["points"].push(Value::List{rounded(points[i][0]), rounded(points[i][1])});
      body["ids"].push(id);
      const auto found = items.find(id);
      const bool known = found != items.end();
      const auto* label = known ? found->second.label() : nullptr;
      body["labels"].push(label ? Value{*label} : Value{});
      body["splits"].push(toString(known ? found->second.split : Split::None));
      body["pictures"].push(known ? Value{found->second.digest.hex()} : Value{});
      body["paths"].push(known && !found->second.paths.empty() ? pathToValue(found->second.paths.front()) : Value{});
    }
    return {};
  }
};

}  // namespace embedding_map_cpp

PATCHBAY_BLOCK(evaluate_embedding_map, embedding_map_cpp::EmbeddingMap,
               {.id = "patchbay.evaluate.embedding_map",
                .title = TR("block", "Map of pictures"),
                .summary = TR("block", "Draws every picture as a point, like ones side by side: shows groups, outliers and wrong labels."),
                .category = Category::Evaluate,
                .needs = {.cores = 0},
                .determinism = Determinism::Seeded,
                .floating = true})
}  // namespace patchbay::blocks
