// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/preprocess.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace patchbay::vision {

namespace {

constexpr int kMaxSide = 4096;

tl::unexpected<Error> badKey(std::string_view key, Text hint) {
  return fail(ErrorKind::BadInput, "preprocess." + std::string{key},
              TR("vision", "The preprocessing record's \"{key}\" cannot be used.").with("key", key), std::move(hint));
}

Result<> readSide(const Value& value, std::string_view key, int& out) {
  const Value* v = value.find(key);
  if (!v) return {};
  if (!v->isInt() || v->asInt() < 1 || v->asInt() > kMaxSide) return badKey(key, TR("vision", "Give a whole number from 1 to 4096."));
  out = static_cast<int>(v->asInt());
  return {};
}

Result<> readTriple(const Value& value, std::string_view key, bool positive, std::array<double, 3>& out) {
  const Value* v = value.find(key);
  if (!v) return {};
  const Text hint = positive ? TR("vision", "Give three numbers above 0, on the 0 to 255 scale.")
                             : TR("vision", "Give three numbers, on the 0 to 255 scale.");
  if (v->asList().size() != 3) return badKey(key, hint);
  for (std::size_t i = 0; i < 3; ++i) {
    const double x = v->asList()[i].asDouble(std::numeric_limits<double>::quiet_NaN());
    if (!std::isfinite(x) || (positive && !(x >= 1e-6))) return badKey(key, hint);
    out[i] = x;
  }
  return {};
}

}  // namespace

Value toValue(const Preprocess& p) {
  Value v{Value::Map{}};
  v["resize"] = p.mode == Preprocess::Mode::Squash ? "squash" : "short-side";
  v["size"] = p.size;
  v["crop"] = p.crop;
  v["interpolation"] = toString(p.interpolation);
  v["mean"] = Value::List{p.mean[0], p.mean[1], p.mean[2]};
  v["std"] = Value::List{p.std[0], p.std[1], p.std[2]};
  v["scaled_decode"] = p.scaledDecode;
  return v;
}

Result<Preprocess> preprocessFromValue(const Value& value) {
  Preprocess p;
  if (!value.isMap())
    return badKey("record", TR("vision", "Give a map with resize, size, crop, interpolation, mean, std and scaled_decode."));
  if (const Value* v = value.find("resize")) {
    if (v->asText() != "short-side" && v->asText() != "squash") return badKey("resize", TR("vision", "Give \"short-side\" or \"squash\"."));
    p.mode = v->asText() == "squash" ? Preprocess::Mode::Squash : Preprocess::Mode::ShortSide;
  }
  if (const Value* v = value.find("interpolation")) {
    if (v->asText() != "bicubic" && v->asText() != "bilinear")
      return badKey("interpolation", TR("vision", "Give \"bicubic\" or \"bilinear\"."));
    p.interpolation = v->asText() == "bilinear" ? Interpolation::Bilinear : Interpolation::Bicubic;
  }
  if (const Value* v = value.find("scaled_decode")) {
    if (!v->isBool()) return badKey("scaled_decode", TR("vision", "Give true or false."));
    p.scaledDecode = v->asBool();
  }
  PB_CHECK(readSide(value, "size", p.size));
  PB_CHECK(readSide(value, "crop", p.crop));
  PB_CHECK(readTriple(value, "mean", false, p.mean));
  PB_CHECK(readTriple(value, "std", true, p.std));
  if (p.mode == Preprocess::Mode::ShortSide && p.size < p.crop) {
    return badKey("size", TR("vision", "The short side must be at least as long as the crop: raise size or lower crop."));
  }
  return p;
}

DecodeOptions decodeOptionsFor(const Preprocess& p, DecodeOptions limits) {
  limits.minSide = p.scaledDecode ? 2 * (p.mode == Preprocess::Mode::Squash ? p.crop : p.size) : 0;
  return limits;
}

Image resizeForNet(const Image& image, const Preprocess& p) {
  if (p.mode == Preprocess::Mode::Squash) return resize(image, p.crop, p.crop, p.interpolation);
  assert(p.size >= p.crop);
  const std::int64_t w = image.width();
  const std::int64_t h = image.height();
  const std::int64_t width = w <= h ? p.size : p.size * w / h;
  const std::int64_t height = h <= w ? p.size : p.size * h / w;
  // Halves round to even, as in Python, where torchvision places its crop with round().
  const auto start = [&](std::int64_t side) { return static_cast<std::int64_t>(std::nearbyint(static_cast<double>(side - p.crop) / 2)); };
  return resizePart(image, width, height, p.interpolation, Part{start(width), start(height), p.crop, p.crop});
}

void normalise(const Image& image, const Preprocess& p, std::span<float> out) {
  const std::size_t plane = static_cast<std::size_t>(image.width()) * static_cast<std::size_t>(image.height());
  assert(out.size() == 3 * plane);
  const auto channels = static_cast<std::size_t>(image.channels());
  for (std::size_t c = 0; c < 3; ++c) {
    float table[256];
    for (int v = 0; v < 256; ++v) table[v] = static_cast<float>((v - p.mean[c]) / p.std[c]);
    const std::uint8_t* in = image.data() + (channels == 3 ? c : 0);
    float* to = out.data() + c * plane;
    for (std::size_t i = 0; i < plane; ++i, in += channels) to[i] = table[*in];
  }
}

Result<DecodeInfo> decodeForNet(std::span<const std::uint8_t> bytes, const Preprocess& p, std::span<float> out,
                                const DecodeOptions& limits) {
  PB_TRY(const Decoded decoded, decode(bytes, decodeOptionsFor(p, limits)));
  normalise(resizeForNet(decoded.image, p), p, out);
  return decoded.info;
}

}  // namespace patchbay::vision
