// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/vision/image.h"
#include "engine/vision/random.h"

namespace patchbay::vision {

struct Range {
  double from = 0;
  double to = 0;
  bool operator==(const Range&) const = default;
};

struct AugmentParameter {
  std::string name;
  Text label;
  std::string unit;  ///< "degree", "px", "%" or empty.
  Range allowed;
  Range usual;  ///< Drawn uniformly from here unless a step says otherwise.
};

/// One entry of the catalogue, for a GUI to list.
struct AugmentationInfo {
  std::string name;  ///< Stable identifier such as "rotate".
  Text label;
  Text help;                 ///< What it does and where it hurts.
  bool movesPixels = false;  ///< Moves things about: boxes and masks would have to follow.
  std::vector<AugmentParameter> parameters;
};

/// All augmentations, in the order a list shows them.
const std::vector<AugmentationInfo>& augmentationCatalogue();
/// Null when there is none of that name.
const AugmentationInfo* findAugmentation(std::string_view name);

struct AugmentStep {
  std::string name;
  double probability = 1;                            ///< 0..1
  std::map<std::string, Range, std::less<>> ranges;  ///< By parameter; absent ones use the catalogue's usual range.
  bool operator==(const AugmentStep&) const = default;
};
/// Steps applied in order, each by its own chance.
using AugmentRecipe = std::vector<AugmentStep>;

/// TrivialAugmentWide and erasing with probability .25: what fine-tuning starts from.
AugmentRecipe standardRecipe();

/// [{"name", "probability", "ranges": {parameter: [from, to]}}]
Value toValue(const AugmentRecipe& recipe);
/// The inverse, checked against the catalogue. BadInput "augment.name", "augment.probability", "augment.range".
Result<AugmentRecipe> augmentRecipeFromValue(const Value& value);

/// The picture after the recipe; same size and channels. Depends on the arguments alone, whatever the thread.
/// Uncovered corners become mid-grey (128). Requires a recipe that augmentRecipeFromValue would accept.
Image augment(Image image, const AugmentRecipe& recipe, const RandomKey& key);

/// What became of one sample of a mixed batch: x = weight * x + (1 - weight) * x[partner]; targets are to be mixed alike.
struct Mixed {
  std::size_t partner = 0;
  float weight = 1;
};

struct MixOptions {
  double mixupAlpha = 0;   ///< Beta(a, a) of mixup (arXiv 1710.09412); 0 = off. Usual .2
  double cutmixAlpha = 0;  ///< Beta(a, a) of CutMix (arXiv 1905.04899); 0 = off. Usual 1.0
  double probability = 1;  ///< Chance that a batch is mixed; with both on, each has half of it.
};

/// Mixes `count` pictures of `channels` planes of height x width floats in place, by one weight a batch and a random pairing.
std::vector<Mixed> mixBatch(std::span<float> pixels, std::size_t count, int channels, int height, int width, const MixOptions& options,
                            const RandomKey& key);

}  // namespace patchbay::vision
