// SPDX-License-Identifier: Apache-2.0
#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/net/model_port.h"
#include "plugins/support/backbone.h"

namespace patchbay::blocks {
namespace pretrained_cpp {

enum class Resize : std::uint8_t { Crop, Stretch };

struct Pretrained final : Block {
  Out<ModelValue> model{this,
                        {.key = "model", .label = TR("block", "Model"), .help = TR("block", "The network with its pretrained weights.")}};

  enum class Architecture : std::uint8_t { Lite0, Lite1, Lite2, ResNet18, ResNet50 };
  Param<Architecture> architecture{
      this,
      {.key = "model",
       .label = TR("block", "Network"),
       .help = TR("block", "Larger networks see more and take longer."),
       .def = Architecture::Lite0,
       .choices = {
           {Architecture::Lite0, "efficientnet_lite0", TR("block", "EfficientNet-Lite0"),
            TR("block", "4.7 million parameters, 224 px: the quick start.")},
           {Architecture::Lite1, "efficientnet_lite1", TR("block", "EfficientNet-Lite1"), TR("block", "5.4 million parameters, 240 px.")},
           {Architecture::Lite2, "efficientnet_lite2", TR("block", "EfficientNet-Lite2"), TR("block", "6.1 million parameters, 260 px.")},
           {Architecture::ResNet18, "resnet18", TR("block", "ResNet-18"), TR("block", "11.7 million parameters; needs a weight file.")},
           {Architecture::ResNet50, "resnet50", TR("block", "ResNet-50"), TR("block", "25.6 million parameters; needs a weight file.")}}}};
  Param<FilePath> weights{
      this,
      {.key = "weights",
       .label = TR("block", "Own weights"),
       .help =
           TR("block", "A .safetensors or .pth file. Nothing in it is executed. Empty: the ImageNet weights that come with Patchbay.")}};
  Param<std::int64_t> size{
      this,
      {.key = "size",
       .label = TR("block", "Picture size"),
       .help = TR("block", "Side of the square the network sees; 0 = the network's own. Larger shows small details and takes longer."),
       .def = 0,
       .min = 0,
       .max = 1024,
       .unit = Unit::Pixel}};
  Param<Resize> resize{this,
                       {.key = "resize",
                        .label = TR("block", "Fit"),
                        .help = TR("block", "How a picture becomes a square."),
                        .def = Resize::Crop,
                        .choices = {{Resize::Crop, "crop", TR("block", "Keep the shape, cut the edges")},
                                    {Resize::Stretch, "stretch", TR("block", "Stretch the whole picture")}}}};
  Param<bool> scaledDecode{this,
                           {.key = "scaled_decode",
                            .label = TR("block", "Fast reading of large photos"),
                            .help = TR("block", "Large JPEGs are read at a fraction of their size. Part of the exported model's record."),
                            .def = true}};

  Result<> run(RunContext& ctx) const override {
    std::filesystem::path file = (*weights).path;
    if (!file.empty() && file.is_relative()) file = ctx.baseFolder() / file;
    const BackboneOptions options{*size, *resize == Resize::Stretch, *scaledDecode};
    PB_TRY(const auto net, backboneWith(params()["model"].asText(), file, options));
    Value meta{Value::Map{{"kind", "backbone"}, {"origin", net.metadata["origin"]}, {"size", net.preprocessing.height}}};
    PB_TRY(auto value, net::saveModel(ctx.objects(), net, std::move(meta)));
    model.pass(ctx, std::move(value));
    return {};
  }
};

}  // namespace pretrained_cpp

PATCHBAY_BLOCK(backbone_pretrained, pretrained_cpp::Pretrained,
               {.id = "patchbay.backbone.pretrained",
                .title = TR("block", "Pretrained backbone"),
                .summary = TR("block", "A network that already knows pictures; what you train stands on it."),
                .category = Category::Backbone,
                .effects = Effects::ReadsFiles})
}  // namespace patchbay::blocks
