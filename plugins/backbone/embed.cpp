// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/net/model_port.h"
#include "engine/net/passes.h"
#include "plugins/support/backbone.h"
#include "plugins/support/pictures.h"

namespace patchbay::blocks {
namespace embed_cpp {

enum class Levels : std::uint8_t { Head, Several };
enum class Precision : std::uint8_t { Fast, Full };

constexpr std::size_t mapLevels = 3;

/// The stages that end the last resolutions before the head: block4, block10 and block15 of EfficientNet-Lite0, layer2 to
/// layer4 of a ResNet.
Result<std::vector<std::string>> lastMaps(const net::Net& net) {
  PB_TRY(const auto shapes, net::inferShapes(net));
  std::map<int, net::Shape> last;
  for (const auto& op : net.ops) last[op.stage] = shapes.at(op.name);
  std::vector<std::pair<std::string, std::int64_t>> maps;  // Stage, height.
  for (const auto& [stage, shape] : last) {
    const auto& name = net.stages[static_cast<std::size_t>(stage)];
    if (shape.size() != 4 || shape[2] * shape[3] <= 1 || name == "head") continue;
    if (!maps.empty() && maps.back().second == shape[2]) maps.pop_back();
    maps.emplace_back(name, shape[2]);
  }
  if (maps.empty())
    return fail(ErrorKind::Unsupported, "embed.no_levels", TR("block", "This network has no maps of several resolutions."),
                TR("block", "Set the levels to \"Last level\"."), "levels");
  std::vector<std::string> out;
  for (std::size_t i = maps.size() - std::min(maps.size(), mapLevels); i < maps.size(); ++i) out.push_back(maps[i].first);
  return out;
}

/// The network that computes the features, BatchNorm folded.
Result<net::Net> featureNet(const net::Net& backbone, Levels levels) {
  if (levels == Levels::Head) return headFeatures(backbone);
  PB_TRY(const auto folded, net::foldBatchNorm(backbone));
  // Fine detail from the end of each resolution, meaning from the head: mean and strongest answer of each map.
  PB_TRY(const auto stages, lastMaps(folded));
  std::vector<net::Tap> taps;
  for (const auto& stage : stages) taps.push_back({stage, net::TapPool::MeanMax});
  if (folded.findStage("head") >= 0) taps.push_back({"head", net::TapPool::Mean});
  return net::tap(folded, taps, true);
}

struct Embed final : Block {
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The pictures.")}};
  In<ModelValue> model{this, {.key = "model", .label = TR("block", "Backbone"), .help = TR("block", "The network that looks at them.")}};
  Out<Embedding> embedding{
      this, {.key = "embedding", .label = TR("block", "Features"), .help = TR("block", "One row of numbers for each picture.")}};

  Param<Levels> levels{this,
                       {.key = "levels",
                        .label = TR("block", "Levels"),
                        .help = TR("block", "From which depths of the network the features come."),
                        .def = Levels::Head,
                        .choices = {{Levels::Head, "head", TR("block", "Last level"), TR("block", "What the whole picture means.")},
                                    {Levels::Several, "several", TR("block", "Several levels"),
                                     TR("block", "Fine detail as well: better for textures, defects and microscopy.")}}}};

  Param<Precision> precision{
      this,
      {.key = "precision",
       .label = TR("block", "Precision"),
       .help = TR("block", "How exactly the network computes."),
       .def = Precision::Fast,
       .choices = {{Precision::Fast, "fast", TR("block", "Fast"),
                    TR("block",
                       "Coarse maps in bfloat16 where this processor multiplies it (AVX512-BF16, AMX): a third faster, with "
                       "features that are the same to three digits.")},
                   {Precision::Full, "full", TR("block", "Full"), TR("block", "All in 32-bit floating point.")}}}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto set, data.read(ctx));
    PB_TRY(const auto backbone, net::loadModel(ctx.objects(), model.value(ctx)));
    PB_TRY(auto net, featureNet(backbone, *levels));
    PB_TRY(const auto packed, net::packNet(net));
    Embedding out;
    PB_TRY(out.net, ctx.objects().put(packed));
    std::vector<Digest> pictures;
    PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
      out.ids.push_back(item.id);
      pictures.push_back(item.digest);
      return {};
    }));
    const auto run = featureRun(out.net, *precision == Precision::Fast);
    PB_TRY(const auto rows, runOnPictures(ctx, net, pictures, run, [](auto outputs) { return halfBytes(outputs[0]); }));
    out.columns = rows->size() ? rows->bytes(0).size() / 2 : 1;
    out.values.resize(out.ids.size() * out.columns);
    for (std::size_t i = 0; i < out.ids.size(); ++i)
      readHalves(rows->bytes(i), std::span{out.values}.subspan(i * out.columns, out.columns));
    out.meta["backbone"] = backbone.name;
    out.meta["levels"] = params()["levels"];
    out.meta["precision"] = precisionOf(run);
    out.meta["origin"] = model.value(ctx).meta["origin"];
    return embedding.write(ctx, out);
  }
};

}  // namespace embed_cpp

PATCHBAY_BLOCK(backbone_embed, embed_cpp::Embed,
               {.id = "patchbay.backbone.embed",
                .title = TR("block", "Embed"),
                .summary = TR("block", "Turns each picture into features; added pictures are the only ones that are computed again."),
                .category = Category::Backbone,
                .needs = {.cores = 0, .memoryMb = 1500},
                .itemWise = true,
                .floating = true})
}  // namespace patchbay::blocks
