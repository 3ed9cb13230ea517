// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/block/context.h"
#include "engine/data/targets.h"
#include "engine/torch/trainer.h"
#include "engine/vision/augment.h"
#include "engine/vision/preprocess.h"

namespace patchbay::blocks {

/// Copies the targets of some rows: the given probabilities, or 1 for the most probable class.
class TargetRows {
 public:
  TargetRows(const Targets& targets, std::vector<std::size_t> rows, bool soft) : targets_{targets}, rows_{std::move(rows)}, soft_{soft} {}
  std::size_t size() const { return rows_.size(); }
  std::size_t row(std::int64_t item) const { return rows_[static_cast<std::size_t>(item)]; }
  void write(std::int64_t item, std::span<float> out) const;

 private:
  const Targets& targets_;
  std::vector<std::size_t> rows_;
  bool soft_;
};

/// Activations cached at the freeze boundary, binary16, `views` of them for each picture; a random view each time.
class CachedSource final : public torch::BatchSource {
 public:
  CachedSource(const ItemResults& results, TargetRows rows, int views, std::size_t width);
  std::int64_t size() const override { return static_cast<std::int64_t>(rows_.size()); }
  Result<> fill(const torch::BatchRequest& request, const torch::BatchView& out) override;
  /// The plain view of a row of the targets.
  void plain(std::size_t row, std::span<float> out) const;

 private:
  const ItemResults& results_;
  TargetRows rows_;
  int views_;
  std::size_t width_;
};

/// Pictures, decoded, resized and augmented anew for every epoch. Resized pictures stay in memory up to a limit.
class PictureSource final : public torch::BatchSource {
 public:
  PictureSource(ObjectReader& objects, std::span<const Digest> pictures, TargetRows rows, vision::Preprocess preprocess,
                vision::AugmentRecipe recipe);
  std::int64_t size() const override { return static_cast<std::int64_t>(rows_.size()); }
  Result<> fill(const torch::BatchRequest& request, const torch::BatchView& out) override;
  /// The picture of a row of the targets without augmentation.
  Result<> plain(std::size_t row, std::span<float> out);

 private:
  Result<vision::Image> resized(std::size_t row);

  ObjectReader& objects_;
  std::span<const Digest> pictures_;
  TargetRows rows_;
  vision::Preprocess preprocess_;
  vision::AugmentRecipe recipe_;
  std::mutex guard_;  // fill() runs on the trainer's thread, plain() on the block's.
  std::unordered_map<std::size_t, vision::Image> kept_;
  std::size_t keptBytes_ = 0;
};

}  // namespace patchbay::blocks
