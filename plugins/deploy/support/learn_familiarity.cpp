// SPDX-License-Identifier: Apache-2.0
#include "plugins/deploy/support/learn_familiarity.h"

#include <algorithm>
#include <limits>
#include <map>

#include "engine/net/int8.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "plugins/deploy/support/picture_pass.h"
#include "plugins/support/pictures.h"

namespace patchbay::blocks {
namespace {

constexpr int neighbours = 3;
// More would cost every answer a tenth of what the network takes: rows are read from memory, not from a cache.
constexpr std::size_t mostReference = 256, mostHeldOut = 1000, leastHeldOut = 20, leastReference = 2 * (neighbours + 1);

/// As many of each class as there are, so that a rare class stays familiar.
std::vector<ChosenPicture> spread(std::vector<ChosenPicture> all) {
  std::map<std::string, std::size_t> seen;
  std::vector<std::pair<std::size_t, std::size_t>> turns;  // The how manieth of its class, and which.
  for (std::size_t i = 0; i < all.size(); ++i) turns.emplace_back(seen[all[i].label]++, i);
  std::ranges::sort(turns);
  std::vector<ChosenPicture> out;
  for (std::size_t i = 0; i < std::min(turns.size(), mostReference); ++i) out.push_back(std::move(all[turns[i].second]));
  return out;
}

/// Kept in the item cache: another export of the same network computes only what is new.
Result<learn::Matrix> featuresOf(RunContext& ctx, const net::Net& features, std::span<const ChosenPicture> pictures) {
  PB_TRY(const auto packed, net::packNet(features));
  std::vector<Digest> digests;
  for (const auto& one : pictures) digests.push_back(one.digest);
  const PictureRun run{.name = "features",
                       .key = Value::Map{{"net", digestOf(packed).hex()}},
                       .phase = TR("block", "Learning what your pictures look like")};
  PB_TRY(const auto rows, runOnPictures(ctx, features, digests, run, [](auto outputs) { return halfBytes(outputs[0]); }));
  learn::Matrix out(digests.size(), rows->bytes(0).size() / 2);
  for (std::size_t i = 0; i < digests.size(); ++i) readHalves(rows->bytes(i), out.row(i));
  return out;
}

/// What the network in eight bits makes of them.
Result<learn::Matrix> int8FeaturesOf(RunContext& ctx, const net::Net& net, const std::string& int8,
                                     std::span<const ChosenPicture> pictures) {
  PB_TRY(const auto tapped, withFeatures(int8));
  PB_TRY(auto model, openvino::CpuModel::fromOnnx(tapped, {.threads = ctx.threads()}));
  learn::Matrix out(pictures.size(), static_cast<std::size_t>(model.outputs()[1].shape[0]));
  PB_CHECK(overPictures(workOf(ctx), net, model, pictures, TR("block", "Learning what your pictures look like"),
                        [&](std::size_t i, std::span<const net::Tensor> outputs, std::size_t row) {
                          std::ranges::copy(rowOf(outputs[1], row), out.row(i).begin());
                        }));
  return out;
}

}  // namespace

Result<std::optional<ExportedFamiliarity>> learnFamiliarity(RunContext& ctx, const net::Net& net, const std::string& int8,
                                                            const Dataset& data, double share) {
  const auto work = workOf(ctx);
  constexpr auto all = std::numeric_limits<std::size_t>::max();
  const auto below = net::withoutHead(net);
  if (!below || below->outputs.size() != 1) return std::nullopt;
  PB_TRY(const auto tensor, net::toOnnx(net).and_then([](const std::string& onnx) { return net::classifierInput(onnx); }));
  if (tensor.empty()) return std::nullopt;
  PB_TRY(auto training, choosePictures(work, data, Split::Train, all));
  if (training.empty()) {
    PB_TRY(training, choosePictures(work, data, Split::None, all));  // Without a Split block every picture is for training.
  }
  const auto reference = spread(std::move(training));
  if (reference.size() < leastReference) return std::nullopt;
  PB_TRY(const auto rows, featuresOf(ctx, *below, reference));
  PB_TRY(auto familiarity, Familiarity::fit(rows, Familiarity::Method::Nearest, neighbours, ctx.threads()));
  PB_TRY(const auto heldOut, choosePictures(work, data, Split::Validation, mostHeldOut));
  const bool enough = heldOut.size() >= leastHeldOut;
  ExportedFamiliarity out;
  if (enough) {
    PB_TRY(const auto others, featuresOf(ctx, *below, heldOut));
    familiarity.calibrate(familiarity.scores(others, ctx.threads()), share);
  } else {
    familiarity.calibrate(familiarity.ownScores(ctx.threads()), share);
  }
  Value precisions{Value::Map{{"fp32", familiarity.facts()}}};
  if (!int8.empty() && enough) {
    PB_TRY(const auto others, int8FeaturesOf(ctx, net, int8, heldOut));
    auto eight = familiarity;
    eight.calibrate(eight.scores(others, ctx.threads()), share);
    precisions["int8"] = eight.facts();
  }
  PB_TRY(out.file, familiarity.pack());
  out.facts = Value::Map{{"file", "familiarity.safetensors"},
                         {"digest", digestOf(out.file).hex()},
                         {"reference_pictures", reference.size()},
                         {"held_out_pictures", enough ? heldOut.size() : reference.size()},
                         {"held_out", enough ? "validation" : "training"},
                         {"share", share},
                         {"precisions", std::move(precisions)}};
  return out;
}

}  // namespace patchbay::blocks
