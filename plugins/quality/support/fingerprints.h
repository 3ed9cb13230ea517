// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/block/context.h"
#include "engine/learn/near_duplicates.h"
#include "engine/vision/fingerprint.h"

namespace patchbay::blocks {

/// Fingerprints of pictures, kept in the item cache, so that only added pictures are decoded.
class Fingerprints {
 public:
  /// Fails naming the picture that is not there any more; one that cannot be decoded has none.
  static Result<Fingerprints> of(RunContext& ctx, std::span<const Digest> pictures);
  std::size_t size() const { return rows_->size(); }
  std::optional<vision::Fingerprint> at(std::size_t picture) const;

 private:
  explicit Fingerprints(std::unique_ptr<ItemResults> rows) : rows_{std::move(rows)} {}
  std::unique_ptr<ItemResults> rows_;
};

/// A 64-bit perceptual hash of each picture and of each of its usual crops: bit i says whether the picture's i-th frequency is
/// above the median that it has in all these pictures, so that every bit divides them in half whatever they have in common (above 0 where
/// there are fewer than 200).
struct PerceptualCodes {
  std::vector<std::uint64_t> whole;  ///< One a picture.
  std::vector<std::uint64_t> crops;  ///< usualCrops().size() a picture, the first the whole picture's.
};
/// Cancelled once `stop` was requested.
Result<PerceptualCodes> perceptualCodes(const Fingerprints& prints, int threads, const StopFlag* stop);

}  // namespace patchbay::blocks
