// SPDX-License-Identifier: Apache-2.0
// Times the map of pictures and prints one JSON line {name, value, unit} for each number of rows: `map_bench ROWS...`, rows of 1,280
// features in twelve overlapping groups, two threads.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "engine/vision/random.h"
#include "plugins/evaluate/support/neighbour_map.h"

namespace {
using namespace patchbay;

learn::Matrix groups(std::size_t rows) {
  constexpr std::size_t columns = 1280, count = 12;
  vision::Random centres{{.seed = 1}};
  learn::Matrix middle(count, columns), out(rows, columns);
  for (std::size_t i = 0; i < count * columns; ++i) middle.data()[i] = static_cast<float>(centres.normal() * 0.25);
  for (std::size_t r = 0; r < rows; ++r) {
    vision::Random random{{.seed = 1, .item = r + 1}};
    for (std::size_t c = 0; c < columns; ++c) out(r, c) = middle(r % count, c) + static_cast<float>(random.normal());
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const auto rows = std::strtoul(argv[i], nullptr, 10);
    const auto x = groups(rows);
    const auto begin = std::chrono::steady_clock::now();
    const auto points = blocks::neighbourMap(x, {.threads = 2});
    if (!points) {
      std::fprintf(stderr, "%s\n", describe(points.error()).c_str());
      return 1;
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    std::printf("{\"name\": \"%lu\", \"value\": %.4g, \"unit\": \"s\"}\n", rows, taken.count());
    std::fflush(stdout);
  }
}
