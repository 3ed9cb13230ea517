// SPDX-License-Identifier: Apache-2.0
// Decoding and resampling of 2 MP JPEGs to 224 x 224, for google-benchmark. PATCHBAY_BENCH_PICTURES names the folder that
// `vision_peer.py --make FOLDER` drew, so that both sides read the same files; "items_per_second" is pictures.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <numeric>

#include "engine/base/file.h"
#include "engine/vision/loader.h"

namespace {
using namespace patchbay;
using namespace patchbay::vision;

const std::vector<std::string>& pictures() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> files;
    const char* folder = std::getenv("PATCHBAY_BENCH_PICTURES");
    for (int i = 0; i < 8 && folder; ++i) {
      if (auto bytes = readFile(std::string{folder} + "/" + std::to_string(i) + ".jpg")) files.push_back(std::move(*bytes));
    }
    if (files.size() != 8) {
      std::fputs("Set PATCHBAY_BENCH_PICTURES to the folder that tests/bench/vision_peer.py --make FOLDER wrote.\n", stderr);
      std::exit(2);
    }
    return files;
  }();
  return all;
}

std::span<const std::uint8_t> bytesOf(const std::string& s) { return {reinterpret_cast<const std::uint8_t*>(s.data()), s.size()}; }

/// Argument: the shortest side a scaled decode may give, 0 for full size.
void decodeJpeg(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) {
    auto decoded = decode(bytesOf(pictures()[i++ % 8]), {.minSide = static_cast<int>(state.range(0))});
    benchmark::DoNotOptimize(decoded->image.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decodeJpeg)->Arg(0)->Arg(512)->Unit(benchmark::kMillisecond);

void resizeAndCrop(benchmark::State& state) {
  const Image image = decode(bytesOf(pictures()[0])).value().image;
  for (auto _ : state) {
    Image out = resizeForNet(image, {});
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(resizeAndCrop)->Unit(benchmark::kMillisecond);

void trivialAugmentWide(benchmark::State& state) {
  const Image image = resizeForNet(decode(bytesOf(pictures()[0])).value().image, {});
  std::uint64_t item = 0;
  for (auto _ : state) {
    Image out = augment(image, standardRecipe(), {1, item++, 0});
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(trivialAugmentWide)->Unit(benchmark::kMillisecond);

/// Arguments: threads, scaled decode. 64 pictures from file bytes to a network's input.
void loadBatches(benchmark::State& state) {
  std::vector<std::size_t> items(64);
  std::iota(items.begin(), items.end(), std::size_t{0});
  pictures();
  for (auto _ : state) {
    LoaderOptions options{.threads = static_cast<int>(state.range(0))};
    options.preprocess.scaledDecode = state.range(1) != 0;
    Loader loader{items, [](std::size_t i) -> Result<PictureBytes> { return PictureBytes{bytesOf(pictures()[i % 8]), nullptr}; }, options};
    std::vector<float> input(std::size_t{3} * 224 * 224);
    while (const auto batch = loader.next().value())
      for (const auto& picture : batch->pictures) normalise(picture, options.preprocess, input);
  }
  state.SetItemsProcessed(state.iterations() * 64);
}
BENCHMARK(loadBatches)
    ->ArgNames({"threads", "scaled"})
    ->Args({1, 0})
    ->Args({2, 0})
    ->Args({2, 1})
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
