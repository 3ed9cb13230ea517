// SPDX-License-Identifier: Apache-2.0
#include "plugins/train/support/sources.h"

#include <algorithm>
#include <cmath>

#include "engine/learn/split.h"
#include "plugins/support/pictures.h"

namespace patchbay::blocks {
namespace {
constexpr std::size_t keptLimit = std::size_t{768} << 20;
}

void TargetRows::write(std::int64_t item, std::span<float> out) const {
  const auto r = row(item);
  const auto k = out.size();
  if (targets_.multiLabel) {
    for (std::size_t c = 0; c < k; ++c) {
      const float there = targets_.probability[r * k + c];
      out[c] = soft_ ? there : std::round(there);
    }
  } else if (soft_) {
    std::copy_n(targets_.probability.begin() + static_cast<std::ptrdiff_t>(r * k), k, out.begin());
  } else {
    std::ranges::fill(out, 0.f);
    out[static_cast<std::size_t>(targets_.label[r])] = 1;
  }
}

CachedSource::CachedSource(const ItemResults& results, TargetRows rows, int views, std::size_t width)
    : results_{results}, rows_{std::move(rows)}, views_{views}, width_{width} {}

Result<> CachedSource::fill(const torch::BatchRequest& request, const torch::BatchView& out) {
  const auto classes = out.targets.size() / request.items.size();
  for (std::size_t i = 0; i < request.items.size(); ++i) {
    const auto item = request.items[i];
    // The view follows from seed and item alone, so that a resumed run sees the same ones.
    const auto draw = learn::stableHash(request.seed, std::to_string(item) + "/" + std::to_string(request.epoch));
    const auto view = static_cast<std::size_t>(draw % static_cast<std::uint64_t>(views_));
    readHalves(results_.bytes(rows_.row(item)).substr(2 * view * width_, 2 * width_), out.inputs.subspan(i * width_, width_));
    rows_.write(item, out.targets.subspan(i * classes, classes));
  }
  return {};
}

void CachedSource::plain(std::size_t row, std::span<float> out) const { readHalves(results_.bytes(row).substr(0, 2 * width_), out); }

PictureSource::PictureSource(ObjectReader& objects, std::span<const Digest> pictures, TargetRows rows, vision::Preprocess preprocess,
                             vision::AugmentRecipe recipe)
    : objects_{objects}, pictures_{pictures}, rows_{std::move(rows)}, preprocess_{preprocess}, recipe_{std::move(recipe)} {}

Result<vision::Image> PictureSource::resized(std::size_t row) {
  {
    const std::lock_guard lock{guard_};
    if (const auto found = kept_.find(row); found != kept_.end()) return found->second;
  }
  PB_TRY(const auto file, objects_.open(pictures_[row]));
  PB_TRY(const auto decoded, vision::decode(file.bytes(), vision::decodeOptionsFor(preprocess_)));
  auto image = vision::resizeForNet(decoded.image, preprocess_);
  const std::lock_guard lock{guard_};
  if (keptBytes_ + image.size() <= keptLimit && kept_.emplace(row, image).second) keptBytes_ += image.size();
  return image;
}

Result<> PictureSource::plain(std::size_t row, std::span<float> out) {
  PB_TRY(const auto image, resized(row));
  vision::normalise(image, preprocess_, out);
  return {};
}

Result<> PictureSource::fill(const torch::BatchRequest& request, const torch::BatchView& out) {
  const auto n = request.items.size();
  const auto width = out.inputs.size() / n, classes = out.targets.size() / n;
  for (std::size_t i = 0; i < n; ++i) {
    const auto item = request.items[i];
    PB_TRY(auto image, resized(rows_.row(item)));
    const vision::RandomKey key{request.seed, static_cast<std::uint64_t>(item), static_cast<std::uint64_t>(request.epoch)};
    image = vision::augment(std::move(image), recipe_, key);
    vision::normalise(image, preprocess_, out.inputs.subspan(i * width, width));
    rows_.write(item, out.targets.subspan(i * classes, classes));
  }
  return {};
}

}  // namespace patchbay::blocks
