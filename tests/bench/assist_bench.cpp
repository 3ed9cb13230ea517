// SPDX-License-Identifier: Apache-2.0
// Times what a person who labels waits for and prints one JSON line {name, value, unit} a figure. `assist_bench labels FOLDER` reads
// FOLDER/hard.x and hard.y, which learn_peer.py --make writes: twenty labels come to some that are there, of 5,000 pictures.
// `assist_bench tools` draws a picture of 12 megapixels and clicks on it. PATCHBAY_BENCH_THREADS (default 2) sets the threads of the first.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "engine/block/block.h"
#include "engine/learn/assistant.h"
#include "engine/vision/encode.h"
#include "tests/bench/probe_sets.h"

extern "C" const patchbay::Pack* patchbayPackV1();

namespace {
using namespace patchbay;

template <class T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", describe(result.error()).c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

template <class Work>
double seconds(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// From `before` labels to 20 more: the refit alone, with new calibrated scores of all pictures, and with what to label next.
void labels(const std::vector<float>& x, const std::vector<std::int32_t>& y, std::size_t before, int threads) {
  learn::Assistant assistant{kFeatures, {.threads = threads}};
  for (std::size_t i = 0; i < kRows; ++i) need(assistant.addRow(std::span{x}.subspan(i * kFeatures, kFeatures)));
  assistant.setClasses(kClasses, false);
  const auto label = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) assistant.setLabels(i, std::array{static_cast<int>(y[i])});
  };
  label(0, before);
  need(assistant.learn());
  need(assistant.calibrate());
  label(before, before + 20);
  const std::string at = "assist." + std::to_string(before) + ".";
  const double fit = seconds([&] { need(assistant.learn()); });
  const double scores = seconds([&] { need(assistant.calibrate(nullptr, true)); });
  const double next = seconds([&] { need(assistant.next(learn::Strategy::Margin, 10, {})); });
  const double typical = seconds([&] { need(assistant.next(learn::Strategy::TypiClust, 10, {})); });
  print(at + "refit", fit, "s");
  print(at + "scores_and_next", fit + scores + std::max(next, typical), "s");
}

/// A bright thing on a textured ground.
std::string photo() {
  vision::Image image{4000, 3000, 3};
  std::uint32_t state = 1;
  for (int y = 0; y < 3000; ++y)
    for (int x = 0; x < 4000; ++x) {
      state = state * 1664525 + 1013904223;
      const bool inside = std::hypot(x - 2100.0, y - 1400.0) < 620 + 90 * std::sin(std::atan2(y - 1400.0, x - 2100.0) * 5);
      const int noise = static_cast<int>(state >> 24) % 30;
      for (int c = 0; c < 3; ++c)
        image.row(y)[3 * x + c] =
            static_cast<std::uint8_t>((inside ? 150 - 40 * c : 60 + 40 * c) + noise + static_cast<int>(20 * std::sin(x / 90.0)));
    }
  return need(vision::encodeJpeg(image, 90));
}

struct NoObjects final : ObjectStore {
  Result<MappedFile> open(const Digest&) override { return fail(ErrorKind::NotFound, "none", {}, {}); }
  Result<Digest> put(std::string_view) override { return fail(ErrorKind::NotFound, "none", {}, {}); }
  Result<Digest> putFile(const std::filesystem::path&) override { return fail(ErrorKind::NotFound, "none", {}, {}); }
};

void tools(const std::filesystem::path& folder) {
  std::unique_ptr<LiveService> service;
  for (const auto* type : patchbayPackV1()->lives)
    if (type->id == "patchbay.live.picture_tools") service = type->make();
  need(writeFileAtomically(folder / "photo.jpg", photo()));
  const Value picture{Value::Map{{"path", pathToValue(folder / "photo.jpg")}}};
  NoObjects objects;
  StopFlag stop;
  const auto ask = [&](std::string_view method, Value::Map args) {
    args.emplace("picture", picture);
    return seconds([&] { need(service->answer(method, args, objects, stop)); }) * 1000;
  };
  print("tools.prepare", ask("prepare", {}), "ms");
  std::vector<double> wand, cut;
  for (int i = 0; i < 5; ++i) {
    const double at = 1900 + 60 * i;
    wand.push_back(ask("wand", {{"points", Value::List{Value::List{at, 1400, 1}, Value::List{300, 300, 0}}}}));
    cut.push_back(ask("grabcut", {{"box", Value::List{1300 - i, 600, 1600, 1600}}}));
  }
  const auto median = [](std::vector<double>& times) {
    std::ranges::sort(times);
    return times[times.size() / 2];
  };
  print("tools.wand", median(wand), "ms");
  print("tools.grabcut", median(cut), "ms");
  print("tools.refine", ask("grabcut", {{"box", Value::List{1300, 600, 1600, 1600}}, {"refine", true}}), "ms");
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc == 3 ? argv[1] : "";
  if (what == "tools") {
    tools(argv[2]);
    return 0;
  }
  if (what != "labels") {
    std::fprintf(stderr, "usage: assist_bench labels|tools FOLDER\n");
    return 2;
  }
  const std::string folder = argv[2];
  const char* threads = std::getenv("PATCHBAY_BENCH_THREADS");
  const auto x = readAll<float>(folder + "/hard.x", kRows * kFeatures);
  const auto y = readAll<std::int32_t>(folder + "/hard.y", kRows);
  for (const std::size_t before : {std::size_t{100}, std::size_t{1000}, kRows - 20}) labels(x, y, before, threads ? std::atoi(threads) : 2);
}
