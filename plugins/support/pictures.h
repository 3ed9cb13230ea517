// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/block/context.h"
#include "engine/data/dataset.h"
#include "engine/net/net.h"
#include "engine/vision/preprocess.h"

namespace patchbay::blocks {

/// The net's preprocessing record as engine/vision carries it out.
Result<vision::Preprocess> preprocessOf(const net::Net& net);

/// Turns the outputs of one picture (one span for each output of the net) into the bytes kept in the item cache.
using RowEncoder = std::function<std::string(std::span<const std::span<const float>> outputs)>;
/// Makes view `v` of a preprocessed picture (3 x crop x crop floats) out of the plain one.
using ViewMaker = std::function<void(int view, std::span<const float> plain, std::span<float> out)>;

struct PictureRun {
  std::string name;  ///< Of the item function: "features", "probabilities".
  Value key;         ///< Everything the function depends on besides the picture: digest of the network, views.
  int views = 1;     ///< The network runs on that many views of each picture; their rows are joined.
  ViewMaker makeView;
  Text phase;
  bool fast = false;  ///< In bfloat16 where the processor multiplies it (openvino::Precision::Bfloat16IfFast).
};

/// "bfloat16" or "float": what the run computes in on this processor.
std::string_view precisionOf(const PictureRun& run);

/// The features of the network packed under `net`, one row of halves a picture (halfBytes). Equal for all who ask, so that one
/// finds in the item cache what another computed.
PictureRun featureRun(const Digest& net, bool fast);

/// Runs a network over pictures in OpenVINO, each result kept in the item cache: decode and resize on the job's threads,
/// two batches in flight. Equal pictures are computed once. Fails naming the picture that cannot be read any more.
Result<std::unique_ptr<ItemResults>> runOnPictures(RunContext& ctx, const net::Net& net, std::span<const Digest> pictures,
                                                   const PictureRun& run, const RowEncoder& encode);

/// Bytes of float rows, as binary16 or binary32.
std::string halfBytes(std::span<const float> values);
std::string floatBytes(std::span<const float> values);
void readHalves(std::string_view bytes, std::span<float> out);
void readFloats(std::string_view bytes, std::span<float> out);

}  // namespace patchbay::blocks
