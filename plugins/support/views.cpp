// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/views.h"

namespace patchbay::blocks {

void dihedralView(int view, std::size_t side, std::span<const float> plain, std::span<float> out) {
  const bool mirror = view & 1, turn180 = view & 2, transpose = view & 4;
  const auto planes = plain.size() / (side * side);
  for (std::size_t c = 0; c < planes; ++c)
    for (std::size_t y = 0; y < side; ++y)
      for (std::size_t x = 0; x < side; ++x) {
        std::size_t sx = transpose ? y : x, sy = transpose ? x : y;
        if (mirror) sx = side - 1 - sx;
        if (turn180) {
          sx = side - 1 - sx;
          sy = side - 1 - sy;
        }
        out[(c * side + y) * side + x] = plain[(c * side + sy) * side + sx];
      }
}

void useViews(PictureRun& run, Views views, std::size_t side) {
  run.views = static_cast<int>(views);
  run.makeView = [side](int view, std::span<const float> plain, std::span<float> out) { dihedralView(view, side, plain, out); };
}

}  // namespace patchbay::blocks
