// SPDX-License-Identifier: Apache-2.0
#include "plugins/evaluate/support/slices.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>

#include "engine/block/if_there.h"
#include "engine/learn/intervals.h"
#include "engine/learn/parallel.h"
#include "engine/learn/report.h"
#include "engine/vision/decode.h"
#include "plugins/support/pictures.h"

namespace patchbay::blocks {
namespace {

constexpr std::size_t leastPictures = 5, mostNames = 12, mostSizes = 4;

struct Count {
  std::uint64_t pictures = 0, right = 0;
};

void addSlice(Value& out, const char* by, const std::string& name, const Count& count) {
  if (count.pictures < leastPictures) return;
  out.push(Value::Map{{"by", by},
                      {"name", name},
                      {"pictures", count.pictures},
                      {"right", count.right},
                      {"accuracy", learn::toValue(learn::wilson(count.right, count.pictures))}});
}

/// Parts by a name, the largest first; nothing when all pictures have the same one.
void addNamed(Value& out, const char* by, const std::map<std::string, Count>& counts) {
  if (counts.size() < 2) return;
  std::vector<std::pair<std::string, Count>> all{counts.begin(), counts.end()};
  std::ranges::stable_sort(all, std::greater{}, [](const auto& one) { return one.second.pictures; });
  for (std::size_t i = 0; i < std::min(all.size(), mostNames); ++i) addSlice(out, by, all[i].first, all[i].second);
}

struct Measured {
  double value = 0;
  bool right = false;
};

/// Three parts of as many pictures each, equal values together; `name` is told which third it is, and its ends.
void addThirds(Value& out, const char* by, std::vector<Measured> all,
               const std::function<std::string(int third, double low, double high)>& name) {
  std::ranges::sort(all, {}, &Measured::value);
  if (all.size() < 3 * leastPictures || all.front().value == all.back().value) return;
  const double first = all[all.size() / 3].value, second = all[2 * all.size() / 3].value;
  std::array<Count, 3> counts{};
  std::array<std::pair<double, double>, 3> ends{};
  for (const auto& one : all) {
    const std::size_t third = one.value < first ? 0 : one.value < second ? 1 : 2;
    if (counts[third].pictures == 0) ends[third].first = one.value;
    ends[third].second = one.value;
    ++counts[third].pictures;
    counts[third].right += one.right;
  }
  for (std::size_t i = 0; i < 3; ++i)
    if (counts[i].pictures < all.size()) addSlice(out, by, name(static_cast<int>(i), ends[i].first, ends[i].second), counts[i]);
}

std::string whole(double v) { return std::to_string(std::llround(v)); }

void addSizes(Value& out, std::span<const Judged> pictures) {
  std::map<std::string, Count> exact;
  std::vector<Measured> sides;
  for (const auto& one : pictures) {
    if (one.item->width < 1 || one.item->height < 1) continue;
    auto& count = exact[std::to_string(one.item->width) + " x " + std::to_string(one.item->height)];
    ++count.pictures;
    count.right += one.right;
    sides.push_back({static_cast<double>(std::min(one.item->width, one.item->height)), one.right});
  }
  if (exact.size() <= mostSizes) return addNamed(out, "size", exact);
  addThirds(out, "size", std::move(sides), [](int, double low, double high) {
    return "shorter side " + (low == high ? whole(low) : whole(low) + " to " + whole(high)) + " pixels";
  });
}

void addShapes(Value& out, std::span<const Judged> pictures) {
  std::map<std::string, Count> shapes;
  for (const auto& one : pictures) {
    if (one.item->width < 1 || one.item->height < 1) continue;
    const double ratio = static_cast<double>(one.item->width) / one.item->height;
    auto& count = shapes[ratio > 1.1 ? "wide" : ratio < 1 / 1.1 ? "tall" : "square"];
    ++count.pictures;
    count.right += one.right;
  }
  addNamed(out, "shape", shapes);
}

void addFolders(Value& out, std::span<const Judged> pictures) {
  std::map<std::string, Count> folders, groups;
  std::size_t asLabel = 0;
  for (const auto& one : pictures) {
    const auto& item = *one.item;
    if (!item.paths.empty()) {
      const auto parent = std::filesystem::path{item.paths.front()}.parent_path();
      auto& count = folders[displayText(parent.native())];
      ++count.pictures;
      count.right += one.right;
      const auto* label = item.label();
      asLabel += label && parent.filename().native() == *label;
    }
    if (item.group.empty()) continue;
    auto& count = groups[displayText(item.group)];
    ++count.pictures;
    count.right += one.right;
  }
  if (asLabel * 10 < pictures.size() * 9) addNamed(out, "folder", folders);
  addNamed(out, "group", groups);
}

double meanLight(const vision::Image& image) {
  double sum = 0;
  for (const auto v : image.bytes()) sum += v;
  return image.empty() ? 0 : sum / static_cast<double>(image.size());
}

/// Only of pictures that are there: what is missing today may be found tomorrow, and is not remembered as unreadable.
Result<> addBrightness(RunContext& ctx, Value& out, std::span<const Judged> pictures) {
  std::vector<Digest> digests;
  std::vector<bool> right;
  for (const auto& one : pictures) {
    PB_TRY(const auto file, ifThere(ctx.objects().open(one.item->digest)));
    if (!file) continue;
    digests.push_back(one.item->digest);
    right.push_back(one.right);
  }
  if (digests.size() < 3 * leastPictures) return {};
  PB_TRY(const auto known,
         ctx.computeItems("brightness", Value::Map{}, digests, [&](std::span<const std::size_t> missing, const ItemEmit& emit) -> Result<> {
           constexpr std::size_t step = 32;
           for (std::size_t begin = 0; begin < missing.size(); begin += step) {
             if (ctx.stopRequested())
               return fail(ErrorKind::Cancelled, "evaluate.cancelled", TR("block", "Stopped."), TR("block", "Run again to go on."));
             const auto some = missing.subspan(begin, std::min(step, missing.size() - begin));
             std::vector<float> light(some.size(), -1);
             std::vector<MappedFile> files;
             for (const auto item : some) {
               PB_TRY(auto file, ctx.objects().open(digests[item]));
               files.push_back(std::move(file));
             }
             learn::parallelFor(ctx.threads(), some.size(), [&](std::size_t i) {
               if (const auto decoded = vision::decode(files[i].bytes(), {.minSide = 64}))
                 light[i] = static_cast<float>(meanLight(decoded->image));
             });
             for (std::size_t i = 0; i < some.size(); ++i) PB_CHECK(emit(some[i], floatBytes({&light[i], 1})));
             ctx.progress({TR("block", "Looking at brightness"), static_cast<std::int64_t>(begin + some.size()),
                           static_cast<std::int64_t>(missing.size()), "picture"});
           }
           return {};
         }));
  std::vector<Measured> all;
  for (std::size_t i = 0; i < digests.size(); ++i) {
    float light = -1;
    readFloats(known->bytes(i), {&light, 1});
    if (light >= 0) all.push_back({light, right[i]});
  }
  addThirds(out, "brightness", std::move(all), [](int third, double low, double high) {
    constexpr std::array names{"dark", "middle", "bright"};
    return std::string{names[static_cast<std::size_t>(third)]} + ", " + whole(low) + " to " + whole(high);
  });
  return {};
}

}  // namespace

Result<Value> slicesOf(RunContext& ctx, std::span<const Judged> pictures) {
  Value out{Value::List{}};
  addSizes(out, pictures);
  addShapes(out, pictures);
  PB_CHECK(addBrightness(ctx, out, pictures));
  addFolders(out, pictures);
  return out;
}

}  // namespace patchbay::blocks
