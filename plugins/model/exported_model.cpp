// SPDX-License-Identifier: Apache-2.0
#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/net/model_port.h"

namespace patchbay::blocks {
namespace exported_model_cpp {

struct ExportedModel final : Block {
  Out<ModelValue> model{this, {.key = "model", .label = TR("block", "Model"), .help = TR("block", "The exported classifier.")}};

  Param<FolderPath> folder{this,
                           {.key = "folder",
                            .label = TR("block", "Folder"),
                            .help = TR("block", "What an Export block wrote: it holds net.json and model.safetensors."),
                            .required = true}};

  Result<> run(RunContext& ctx) const override {
    auto path = (*folder).path;
    if (path.is_relative()) path = ctx.baseFolder() / path;
    std::error_code ec;
    if (!std::filesystem::exists(path / "net.json", ec))
      return fail(ErrorKind::NotFound, "exported.missing",
                  TR("block", "{path} is not an exported model: it has no net.json.").with("path", displayText(path.native())),
                  TR("block", "Choose the folder that the Export block wrote."), "folder");
    PB_TRY(const auto net, net::loadNet(path));
    Value meta{Value::Map{{"kind", "exported"}, {"origin", net.metadata["origin"]}, {"training", net.metadata["training"]}}};
    PB_TRY(auto value, net::saveModel(ctx.objects(), net, std::move(meta)));
    model.pass(ctx, std::move(value));
    return {};
  }
};

}  // namespace exported_model_cpp

PATCHBAY_BLOCK(model_exported_model, exported_model_cpp::ExportedModel,
               {.id = "patchbay.model.exported_model",
                .title = TR("block", "Exported model"),
                .summary = TR("block", "Opens a model that was exported before."),
                .category = Category::Model,
                .effects = Effects::ReadsFiles})
}  // namespace patchbay::blocks
