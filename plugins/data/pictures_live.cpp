// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <thread>

#include "engine/block/block.h"
#include "engine/vision/augment.h"
#include "engine/vision/decode.h"
#include "engine/vision/encode.h"
#include "plugins/data/support/folder_summary.h"
#include "plugins/data/support/import.h"

namespace patchbay::blocks {
namespace pictures_live_cpp {

constexpr int largestSide = 8192;
constexpr std::size_t mostPictures = 4096;
constexpr std::int64_t mostAugmented = 256;

tl::unexpected<Error> replaced() {
  return fail(ErrorKind::Cancelled, "live.cancelled", TR("block", "A newer request replaced this one."),
              TR("block", "Nothing needs to be done."));
}

/// {"width", "height", "rgb"}
Value imageValue(vision::Image image) {
  image = vision::toRgb(std::move(image));
  const auto bytes = image.bytes();
  return Value{Value::Map{{"width", image.width()}, {"height", image.height()}, {"rgb", Value::Bytes(bytes.begin(), bytes.end())}}};
}

/// The picture scaled to fit side x side, large JPEGs decoded at a fraction of their size; as it is with side 0.
Result<vision::Image> decoded(std::span<const std::uint8_t> bytes, int side) {
  vision::DecodeOptions options;
  if (side > 0) {
    PB_TRY(const auto info, vision::probe(bytes));
    // Twice what the shorter side becomes, so that the resampling still halves at least.
    const auto longest = std::max({info.width, info.height, 1}), shortest = std::max(1, std::min(info.width, info.height));
    options.minSide = std::max<int>(1, static_cast<int>(2LL * side * shortest / longest));
  }
  PB_TRY(auto picture, vision::decode(bytes, options));
  if (side == 0) return std::move(picture.image);
  return vision::thumbnail(picture.image, side);
}

Result<vision::Image> pictureOf(const Value& picture, ObjectStore& objects, int side) {
  if (picture["bytes"].isBytes()) return decoded(picture["bytes"].asBytes(), side);
  if (picture.contains("digest") && !picture["digest"].asText().empty()) {
    PB_TRY(const auto digest, Digest::parse(picture["digest"].asText()));
    PB_TRY(const auto file, objects.open(digest));
    return decoded(file.bytes(), side);
  }
  PB_TRY(const auto file, MappedFile::open(pathFromValue(picture.isMap() ? picture["path"] : picture)));
  return decoded(file.bytes(), side);
}

/// Pictures for people to look at. Any number of requests at once; keeps nothing.
///
/// A picture is {"path"}, {"digest"} or {"bytes": encoded file}; an image {"width", "height", "rgb": rows of bytes, upright}.
///
/// thumbnails {"pictures": [picture], "side"} -> {"images": [image that fits side x side, or {"error": Error}]}
/// decode {"picture", "side"?} -> image
/// augment {"picture", "augmentations": recipe, "count", "side", "seed"?, "size"?: side of the pictures the network gets, 224}
///   -> {"original": image, "images": [image]}
/// augmentations {} -> {"augmentations": [{"name", "label", "help", "moves_pixels", "parameters": [{"name", "label", "unit",
///   "min", "max", "usual": [from, to]}]}], "standard": recipe}
/// summary {"path", "limit_seconds"?} -> see support/folder_summary.h
class PicturesService final : public LiveService {
 public:
  Result<Value> answer(std::string_view method, const Value& args, ObjectStore& objects, const StopFlag& stop) override {
    if (method == "about") return Value{Value::Map{{"parallel", 4}}};
    if (method == "thumbnails") return thumbnails(args, objects, stop);
    if (method == "decode") {
      PB_TRY(const int side, sideOf(args, 0));
      PB_TRY(auto image, pictureOf(args["picture"], objects, side));
      return imageValue(std::move(image));
    }
    if (method == "augment") return augmented(args, objects, stop);
    if (method == "augmentations") return catalogue();
    if (method == "summary") {
      SummaryOptions options{.threads = threads(), .stop = &stop};
      if (const auto limit = args["limit_seconds"].asDouble(0); limit > 0)
        options.limit = std::chrono::milliseconds{static_cast<std::int64_t>(1000 * std::min(limit, 3600.0))};
      return summarise(pathFromValue(args["path"]), options);
    }
    return fail(ErrorKind::Usage, "live.method", TR("block", "The service has no request \"{name}\".").with("name", method),
                TR("block", "Ask for thumbnails, decode, augment, augmentations or summary."));
  }

 private:
  static int threads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

  static Result<int> sideOf(const Value& args, int usual) {
    const auto side = args["side"].asInt(usual);
    if (side >= 0 && side <= largestSide) return static_cast<int>(side);
    return fail(ErrorKind::BadInput, "pictures.side", TR("block", "Pictures of side {side} are not made here.").with("side", side),
                TR("block", "Ask for 1 to 8192 pixels."), "side");
  }

  static Result<Value> thumbnails(const Value& args, ObjectStore& objects, const StopFlag& stop) {
    PB_TRY(const int side, sideOf(args, 160));
    const auto& pictures = args["pictures"].asList();
    if (pictures.size() > mostPictures)
      return fail(ErrorKind::BadInput, "pictures.many",
                  TR("block", "{n} pictures are too many for one request.").count(static_cast<std::int64_t>(pictures.size())),
                  TR("block", "Ask for at most 4096 at once."), "pictures");
    Value::List images(pictures.size());
    parallelFor(
        pictures.size(), threads(), [&] { return !stop.requested(); },
        [&](std::size_t i) {
          auto image = pictureOf(pictures[i], objects, side);
          images[i] = image ? imageValue(std::move(*image)) : Value{Value::Map{{"error", toValue(image.error())}}};
        });
    if (stop.requested()) return replaced();
    return Value{Value::Map{{"images", std::move(images)}}};
  }

  static Result<Value> augmented(const Value& args, ObjectStore& objects, const StopFlag& stop) {
    PB_TRY(const int side, sideOf(args, 160));
    PB_TRY(const auto recipe, vision::augmentRecipeFromValue(args["augmentations"]));
    const auto size = static_cast<int>(std::clamp<std::int64_t>(args["size"].asInt(224), 16, 1024));
    const auto count = static_cast<std::size_t>(std::clamp<std::int64_t>(args["count"].asInt(8), 0, mostAugmented));
    const auto seed = static_cast<std::uint64_t>(args["seed"].asInt(0));
    // Made at the size the network sees, as in training, and only then scaled to be looked at.
    PB_TRY(const auto picture, pictureOf(args["picture"], objects, size));
    Value::List images(count);
    parallelFor(
        count, threads(), [&] { return !stop.requested(); },
        [&](std::size_t i) {
          auto one = vision::augment(picture, recipe, {.seed = seed, .item = 0, .epoch = i});
          images[i] = imageValue(side > 0 ? vision::thumbnail(one, side) : std::move(one));
        });
    if (stop.requested()) return replaced();
    return Value{
        Value::Map{{"original", imageValue(side > 0 ? vision::thumbnail(picture, side) : picture)}, {"images", std::move(images)}}};
  }

  static Value catalogue() {
    Value list{Value::List{}};
    for (const auto& one : vision::augmentationCatalogue()) {
      Value parameters{Value::List{}};
      for (const auto& p : one.parameters)
        parameters.push(Value::Map{{"name", p.name},
                                   {"label", toValue(p.label)},
                                   {"unit", p.unit},
                                   {"min", p.allowed.from},
                                   {"max", p.allowed.to},
                                   {"usual", Value::List{p.usual.from, p.usual.to}}});
      list.push(Value::Map{{"name", one.name},
                           {"label", toValue(one.label)},
                           {"help", toValue(one.help)},
                           {"moves_pixels", one.movesPixels},
                           {"parameters", std::move(parameters)}});
    }
    return Value{Value::Map{{"augmentations", std::move(list)}, {"standard", vision::toValue(vision::standardRecipe())}}};
  }
};

}  // namespace pictures_live_cpp

PATCHBAY_LIVE(data_pictures_live, pictures_live_cpp::PicturesService, "patchbay.live.pictures")
}  // namespace patchbay::blocks
