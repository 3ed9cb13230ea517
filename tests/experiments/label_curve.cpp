// SPDX-License-Identifier: Apache-2.0
// How accuracy on test rows grows as a set is labelled, by how the next rows are chosen, with the engine's own assistant.
// `label_curve X Y ROWS COLUMNS POOL CLASSES STRATEGY SEED STEP MOST`: X holds ROWS x COLUMNS float32, Y int32 labels; the first POOL rows
// can be labelled, the others test. STRATEGY: random, margin or dropquery (both begin with typiclust), typiclust, or full. Prints
// "labels accuracy" after every STEP labels up to MOST.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "engine/learn/assistant.h"

namespace {
using namespace patchbay;

template <class T>
std::vector<T> readAll(const char* path, std::size_t count) {
  std::vector<T> out(count);
  std::ifstream in{path, std::ios::binary};
  in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(count * sizeof(T)));
  if (!in) {
    std::fprintf(stderr, "%s is missing or short.\n", path);
    std::exit(2);
  }
  return out;
}

template <class T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", describe(result.error()).c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 11) {
    std::fprintf(stderr, "usage: label_curve X Y ROWS COLUMNS POOL CLASSES STRATEGY SEED STEP MOST\n");
    return 2;
  }
  const auto number = [&](int i) { return static_cast<std::size_t>(std::strtoull(argv[i], nullptr, 10)); };
  const auto rows = number(3), columns = number(4), pool = number(5), classes = number(6), step = number(9);
  const std::string strategy = argv[7];
  const auto most = std::min(number(10), pool);
  const auto x = readAll<float>(argv[1], rows * columns);
  const auto y = readAll<std::int32_t>(argv[2], rows);
  learn::Assistant assistant{columns, {.seed = number(8), .threads = 2}};
  assistant.setClasses(classes, false);
  // Test rows are there as any other picture, but never chosen.
  std::vector<std::uint8_t> test(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    need(assistant.addRow(std::span{x}.subspan(i * columns, columns)));
    test[i] = i >= pool;
  }
  const auto tell = [&] {
    need(assistant.learn());
    need(assistant.calibrate());
    std::size_t right = 0;
    if (assistant.learned())
      for (std::size_t i = pool; i < rows; ++i) {
        const auto p = assistant.chances().row(i);
        right += std::ranges::max_element(p) - p.begin() == y[i];
      }
    std::printf("%zu %.6f\n", assistant.labelled(), static_cast<double>(right) / static_cast<double>(rows - pool));
    std::fflush(stdout);
  };
  const auto label = [&](std::size_t row) { assistant.setLabels(row, std::array{static_cast<int>(y[row])}); };
  if (strategy == "full") {
    for (std::size_t i = 0; i < pool; ++i) label(i);
    tell();
    return 0;
  }
  const auto wanted = learn::strategyFrom(strategy);
  while (assistant.labelled() < most) {
    // As the service does: typical ones until each class has a few labels on average.
    const bool cold = !assistant.learned() || assistant.labelled() < 4 * classes;
    const auto how = cold && wanted != learn::Strategy::Random ? learn::Strategy::TypiClust : wanted.value_or(learn::Strategy::Margin);
    const auto picks = need(assistant.next(how, std::min(step, most - assistant.labelled()), test));
    if (picks.empty()) break;
    for (const auto& pick : picks) label(pick.row);
    tell();
  }
}
