// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/block/context.h"
#include "engine/data/dataset.h"
#include "engine/net/net.h"
#include "engine/openvino/runner.h"

namespace patchbay::blocks {

/// What going over pictures needs of the world: a run's, or that of somebody who asks before there is a run.
struct PictureWork {
  ObjectReader& objects;
  int threads = 1;
  std::function<Result<>()> goOn;  ///< Cancelled when it is to end.
  std::function<void(const Progress&)> progress;
};
/// Of a run, which it must not outlive.
PictureWork workOf(RunContext& ctx);

struct ChosenPicture {
  Digest digest;
  std::string label;  ///< Empty without one.
  std::string order;
};

enum class Labelled : std::uint8_t { Either, Only };

/// Pictures of a part, at most so many and the same ones every time: those whose digests, hashed once more, come first.
Result<std::vector<ChosenPicture>> choosePictures(const PictureWork& work, const Dataset& data, Split part, std::size_t most,
                                                  Labelled labelled = Labelled::Either);

/// Decodes the pictures, four at a time, and hands the outputs of each to `take`: `row` of every tensor is that picture's.
/// Cancelled when the job is to stop.
Result<> overPictures(const PictureWork& work, const net::Net& net, openvino::CpuModel& model, std::span<const ChosenPicture> pictures,
                      const Text& phase,
                      const std::function<void(std::size_t index, std::span<const net::Tensor> outputs, std::size_t row)>& take);

/// The numbers of one row of a tensor [rows, ...].
std::span<const float> rowOf(const net::Tensor& tensor, std::size_t row);

}  // namespace patchbay::blocks
