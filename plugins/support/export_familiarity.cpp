// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/export_familiarity.h"

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/net/int8.h"

namespace patchbay::blocks {
namespace {

tl::unexpected<Error> apart(const std::filesystem::path& folder) {
  return fail(ErrorKind::Corrupt, "predict.mixed", TR("block", "The files of this export do not belong together."),
              TR("block", "Export the model again."), displayText(folder.native()));
}

}  // namespace

Result<std::optional<Familiarity>> familiarityOf(const std::filesystem::path& folder, const net::Net& net, std::string_view precision) {
  const auto& said = net.metadata["unlike"];
  if (!said.isMap()) return std::optional<Familiarity>{};
  // It lies in the export itself, whatever net.json says.
  const std::filesystem::path name = said["file"].asText();
  if (name.empty() || name != name.filename()) return apart(folder);
  std::error_code ec;
  if (!std::filesystem::exists(folder / name, ec)) return apart(folder);
  PB_TRY(const auto bytes, readFile(folder / name, std::size_t{1} << 30));
  if (digestOf(bytes).hex() != said["digest"].asText()) return apart(folder);
  const auto& all = said["precisions"];
  PB_TRY(auto familiarity, Familiarity::unpack(bytes, all.contains(precision) ? all[precision] : all["fp32"]));
  return std::optional{std::move(familiarity)};
}

Result<std::string> withFeatures(const std::string& onnx) {
  PB_TRY(const auto tensor, net::classifierInput(onnx));
  if (tensor.empty())
    return fail(ErrorKind::Unsupported, "unlike.no_features", TR("block", "The network has no features of its own below its answer."),
                TR("block", "Export it without \"Mark unlike pictures\"."));
  return net::withOutputs(onnx, {tensor});
}

Text knowsNoPictures() {
  return TR("block", "This export knows nothing of the pictures it was trained on: pictures that are unlike them are not marked.");
}

}  // namespace patchbay::blocks
