// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/vision/augment.h"
#include "engine/vision/preprocess.h"

namespace patchbay::vision {

/// The bytes of one picture file; `owner` keeps them alive.
struct PictureBytes {
  std::span<const std::uint8_t> bytes;
  std::shared_ptr<const void> owner;
};
/// Takes ownership of the bytes.
PictureBytes pictureBytes(std::string bytes);
/// Gives the bytes of an item; called from several threads at once.
using ByteSource = std::function<Result<PictureBytes>(std::size_t item)>;

struct LoaderOptions {
  Preprocess preprocess;
  DecodeOptions limits;
  std::size_t batch = 32;
  int threads = 2;
  std::size_t batchesAhead = 2;  ///< Beyond the one being used; bounds the memory.
  AugmentRecipe recipe;          ///< Applied after resizing and cropping. Empty = none.
  std::uint64_t seed = 0;
  std::uint64_t epoch = 0;
};

struct ItemError {
  std::size_t position = 0;  ///< In the list of items given to the loader.
  Error error;
};

/// A batch in the order asked for.
struct Batch {
  std::size_t first = 0;  ///< Position of the first picture.
  /// crop x crop, grey or RGB; empty where a picture could not be read, which is then listed. As bytes and not as the network's
  /// floats, which are four to twelve times as many: written ahead they have left the processor's cache when the network wants them.
  std::vector<Image> pictures;
  std::vector<ItemError> failed;
};

/// Reads, decodes, resizes and augments pictures in a pool of threads and hands out batches in order; `normalise` makes a network's
/// input of them. At most batchesAhead + 1 batches exist beside those the caller keeps. Results do not depend on the number of
/// threads.
class Loader {
 public:
  /// `items` are the numbers the source is asked for, in this order; augmentation is keyed by them, not by position.
  /// `stop`, when given, must outlive the loader.
  Loader(std::vector<std::size_t> items, ByteSource source, LoaderOptions options, const StopFlag* stop = nullptr);
  /// Ends the threads; pictures being decoded are finished first.
  ~Loader();
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  /// The next batch; nothing after the last. Waits. Error Cancelled once `stop` was requested.
  Result<std::optional<Batch>> next();

 private:
  class Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace patchbay::vision
