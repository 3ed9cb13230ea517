// SPDX-License-Identifier: Apache-2.0
#include "engine/base/file.h"
#include "engine/block/block.h"
#include "engine/net/builders.h"
#include "engine/net/weights.h"

namespace patchbay::blocks {
namespace weights_live_cpp {

/// Weight files from outside, opened in a worker and nowhere else.
///
/// convert {"in", "out": paths, "architecture"?} -> {"tensors", "numbers"}
class WeightsService final : public LiveService {
 public:
  Result<Value> answer(std::string_view method, const Value& args, ObjectStore&, const StopFlag&) override {
    if (method != "convert")
      return fail(ErrorKind::Usage, "live.method", TR("block", "The service has no request \"{name}\".").with("name", method),
                  TR("block", "Ask for \"convert\"."));
    const auto in = pathFromValue(args["in"]), out = pathFromValue(args["out"]);
    std::error_code ec;
    if (std::filesystem::exists(out, ec))
      return fail(ErrorKind::Usage, "convert.exists",
                  TR("block", "{path} exists already and was not changed.").with("path", displayText(out.native())),
                  TR("block", "Choose another name."));
    PB_TRY(const auto weights, net::readWeights(in));
    if (const auto& architecture = args["architecture"].asText(); !architecture.empty()) PB_CHECK(net::loadBackbone(architecture, in));
    PB_TRY(const auto bytes, net::writeSafetensors({weights.tensors, {}}));
    PB_CHECK(writeFileAtomically(out, bytes));
    std::int64_t numbers = 0;
    for (const auto& [name, tensor] : weights.tensors) numbers += tensor.size();
    return Value{Value::Map{{"tensors", weights.tensors.size()}, {"numbers", numbers}}};
  }
};

}  // namespace weights_live_cpp

PATCHBAY_LIVE(backbone_weights_live, weights_live_cpp::WeightsService, "patchbay.live.weights")
}  // namespace patchbay::blocks
