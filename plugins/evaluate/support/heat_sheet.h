// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "engine/vision/image.h"
#include "plugins/support/class_evidence.h"

namespace patchbay::blocks {

/// Pictures with their heat laid over them, side by side with captions, as one SVG that needs no other file.
class HeatSheet {
 public:
  static constexpr int side = 224;  ///< Of a tile, pixels.
  Result<> add(const vision::Image& picture, const Grid& heat, const std::string& predicted, const std::string& truth, double probability);
  std::string svg() const;

  /// The heat as a grey picture, white where there is most.
  static vision::Image grey(const Grid& heat);
  /// The picture in the size of the heat, dark red to yellow where the evidence lies.
  static vision::Image overlaid(const vision::Image& picture, const Grid& heat);

 private:
  std::vector<std::string> tiles_;
};

}  // namespace patchbay::blocks
