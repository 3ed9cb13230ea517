// SPDX-License-Identifier: Apache-2.0
// formats_bench FILE FORMAT REPEATS: prints the seconds from opening an annotation file to its last item, checked and converted;
// pictures are not looked for in the file's folder beyond its listing.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "engine/formats/import.h"

int main(int argc, char** argv) {
  using namespace patchbay;
  if (argc != 4) return 2;
  for (int i = std::atoi(argv[3]); i > 0; --i) {
    const auto begin = std::chrono::steady_clock::now();
    const auto import = formats::Import::begin(argv[1], {.format = argv[2], .keepMissing = true, .threads = 2});
    if (!import) return std::fprintf(stderr, "%s\n", describe(import.error()).c_str()), 1;
    std::size_t items = 0, annotations = 0;
    for (;;) {
      const auto batch = (*import)->next(512);
      if (!batch) return std::fprintf(stderr, "%s\n", describe(batch.error()).c_str()), 1;
      if (batch->empty()) break;
      items += batch->size();
      for (const auto& one : *batch) annotations += one.item.annotations.size();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf(
        "{\"name\": \"import\", \"value\": %.6f}\n{\"name\": \"items\", \"value\": %zu}\n{\"name\": \"annotations\", \"value\": %zu}\n",
        took.count(), items, annotations);
  }
  return 0;
}
