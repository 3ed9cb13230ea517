// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/formats/geometry.h"
#include "engine/vision/decode.h"
#include "engine/vision/encode.h"

namespace patchbay::blocks {
namespace regions_cpp {

enum class Around : std::uint8_t { Keep, Grey };

bool hasRegion(const Annotation& a) {
  switch (a.kind) {
    case AnnotationKind::Box:
    case AnnotationKind::RotatedBox:
    case AnnotationKind::Polygon:
    case AnnotationKind::Mask:
      return a.score > 0 && !a.label.empty() && !a.author.starts_with("model:");
    default:
      return false;
  }
}

/// Pixels of the picture, x y width height.
using Rect = std::array<int, 4>;

/// The bounds of an annotation with a margin, within the picture; nothing when it is smaller than `least` or outside.
std::optional<Rect> cropOf(const Annotation& a, int width, int height, double margin, std::int64_t least) {
  std::optional<std::array<float, 4>> bounds = formats::boundsOf(a);
  if (a.kind == AnnotationKind::Mask) {
    const auto runs = formats::runsOf(formats::runsTextOf(a), static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height));
    bounds = runs ? formats::boundsOfRuns(*runs, height) : std::nullopt;
  }
  if (!bounds) return std::nullopt;
  const auto [x, y, w, h] = *bounds;
  if (std::min(w, h) < static_cast<float>(least)) return std::nullopt;
  const double m = margin / 100 * std::max(w, h);
  const int left = std::clamp(static_cast<int>(std::floor(x - m)), 0, width),
            top = std::clamp(static_cast<int>(std::floor(y - m)), 0, height),
            right = std::clamp(static_cast<int>(std::ceil(x + w + m)), 0, width),
            bottom = std::clamp(static_cast<int>(std::ceil(y + h + m)), 0, height);
  if (right <= left || bottom <= top) return std::nullopt;
  return Rect{left, top, right - left, bottom - top};
}

/// What lies outside an outline or a mask becomes grey.
void blank(vision::Image& crop, const Annotation& a, const Rect& at, int width, int height) {
  formats::Bitmap inside;
  if (a.kind == AnnotationKind::Mask) {
    const auto runs = formats::runsOf(formats::runsTextOf(a), static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height));
    if (!runs) return;
    inside = formats::bitmapOf(*runs, width, height);
  } else if (a.kind == AnnotationKind::Polygon) {
    inside = {width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
    formats::fillPolygon(inside, a.geometry, 1);
  } else {
    return;
  }
  constexpr std::uint8_t grey = 127;
  for (int y = 0; y < crop.height(); ++y)
    for (int x = 0; x < crop.width(); ++x) {
      const auto i = static_cast<std::size_t>(at[1] + y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(at[0] + x);
      if (inside.pixels[i] == 0) std::fill_n(crop.row(y) + x * crop.channels(), crop.channels(), grey);
    }
}

struct Regions final : Block {
  In<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "Pictures with boxes, outlines or masks.")}};
  Out<Dataset> regions{this,
                       {.key = "regions",
                        .label = TR("block", "Regions"),
                        .help = TR("block", "One picture for each region, labelled as it is; those of one picture stay in one part.")}};

  Param<double> margin{this,
                       {.key = "margin",
                        .label = TR("block", "Margin"),
                        .help = TR("block", "How much of the surroundings is cut out as well, as a share of the region's longer side."),
                        .def = 10,
                        .min = 0,
                        .max = 200,
                        .unit = Unit::Percent}};
  Param<std::int64_t> least{this,
                            {.key = "least",
                             .label = TR("block", "Smallest side"),
                             .help = TR("block", "Regions with a shorter side are left out."),
                             .def = 4,
                             .min = 1,
                             .max = 10'000,
                             .unit = Unit::Pixel}};
  Param<Around> around{this,
                       {.key = "around",
                        .label = TR("block", "Around an outline"),
                        .help = TR("block", "What becomes of the pixels outside an outline or a mask."),
                        .def = Around::Keep,
                        .choices = {{Around::Keep, "keep", TR("block", "Keep")}, {Around::Grey, "grey", TR("block", "Make grey")}}}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto set, data.read(ctx));
    std::vector<Item> pictures;
    std::vector<Digest> digests;
    PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
      if (std::ranges::any_of(item.annotations, hasRegion)) pictures.push_back(item);
      return {};
    }));
    auto info = set.info();
    info.task = "classification";
    info.skipped = Value::List{};
    std::vector<std::string> used;
    DatasetWriter writer{info};
    std::map<std::string, Digest> crops;
    std::int64_t done = 0, small = 0;
    for (const auto& item : pictures) {
      if (ctx.stopRequested())
        return fail(ErrorKind::Cancelled, "regions.cancelled", TR("block", "Stopped."),
                    TR("block", "Run again to have all regions cut out."));
      auto cut = cutOut(ctx, item, small);
      if (!cut) {
        if (cut.error().kind == ErrorKind::NoSpace || cut.error().kind == ErrorKind::Cancelled) return fail(cut.error());
        info.skipped.push(
            Value::Map{{"path", item.paths.empty() ? Value{item.id} : pathToValue(item.paths[0])}, {"cause", toValue(cut.error().cause)}});
        ctx.log(LogLevel::Warning, (item.paths.empty() ? item.id : displayText(item.paths[0])) + ": " + render(cut.error().cause));
      } else {
        for (auto& one : *cut) {
          used.push_back(*one.label());
          crops.emplace("picture/" + one.digest.hex(), one.digest);
          writer.add(std::move(one));
        }
      }
      ctx.progress({TR("block", "Cutting out regions"), ++done, static_cast<std::int64_t>(pictures.size()), "picture"});
    }
    // Classes without a region would be classes without a picture.
    std::erase_if(info.classes, [&](const std::string& name) { return std::ranges::find(used, name) == used.end(); });
    for (const auto& name : used)
      if (std::ranges::find(info.classes, name) == info.classes.end()) info.classes.push_back(name);
    writer.setInfo(info);
    if (used.empty()) ctx.log(LogLevel::Warning, "There is no box, outline or mask in these pictures; draw some first.");
    if (small > 0) ctx.log(LogLevel::Info, std::to_string(small) + " regions are too small or outside their picture.");
    PB_TRY(const auto made, writer.finish(ctx.objects()));
    auto value = made.value();
    // The pictures are the value's own: they stay as long as it does.
    value.parts.insert(crops.begin(), crops.end());
    regions.pass(ctx, std::move(value));
    ctx.metric("regions", static_cast<double>(used.size()), -1);
    return {};
  }

 private:
  Result<std::vector<Item>> cutOut(RunContext& ctx, const Item& item, std::int64_t& small) const {
    PB_TRY(const auto file, ctx.objects().open(item.digest));
    PB_TRY(const auto decoded, vision::decode(file.bytes()));
    const auto& picture = decoded.image;
    std::vector<Item> out;
    int number = 0;
    for (const auto& a : item.annotations) {
      if (!hasRegion(a)) continue;
      ++number;
      const auto at = cropOf(a, picture.width(), picture.height(), *margin, *least);
      if (!at) {
        ++small;
        continue;
      }
      auto crop = vision::crop(picture, (*at)[0], (*at)[1], (*at)[2], (*at)[3]);
      if (*around == Around::Grey) blank(crop, a, *at, picture.width(), picture.height());
      PB_TRY(const auto png, vision::encodePng(crop));
      Item region;
      PB_TRY(region.digest, ctx.objects().put(png));
      const auto path = (item.paths.empty() ? item.id : item.paths[0]) + "#" + std::to_string(number) + ".png";
      region.paths = {path};
      // Of the picture's item, so that two pictures of one name do not meet.
      region.id = makeItemId(item.id + "/" + path, region.digest);
      region.size = static_cast<std::int64_t>(png.size());
      region.width = crop.width();
      region.height = crop.height();
      region.group = item.group.empty() ? item.id : item.group;
      region.split = item.split;
      region.annotations = {{.kind = AnnotationKind::Class, .label = a.label, .score = 1, .author = a.author}};
      out.push_back(std::move(region));
    }
    return out;
  }
};

}  // namespace regions_cpp

PATCHBAY_BLOCK(label_regions, regions_cpp::Regions,
               {.id = "patchbay.label.regions",
                .title = TR("block", "Regions"),
                .summary = TR("block", "Cuts out boxes, outlines and masks, so that their labels train a classifier."),
                .category = Category::Data})
}  // namespace patchbay::blocks
