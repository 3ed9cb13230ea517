// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/pictures.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "engine/base/half.h"
#include "engine/base/processor.h"
#include "engine/net/onnx.h"
#include "engine/openvino/runner.h"
#include "engine/vision/loader.h"

namespace patchbay::blocks {
namespace {

/// Hands the views of loaded pictures to the network, one row each, in order.
class RowSource {
 public:
  RowSource(vision::Loader& loader, const vision::Preprocess& preprocess, const PictureRun& run)
      : loader_{loader}, preprocess_{preprocess}, run_{run}, rowSize_{3 * squared(static_cast<std::size_t>(preprocess.crop))} {}

  Result<std::int64_t> fill(std::span<float> inputs, std::int64_t capacity) {
    std::int64_t written = 0;
    while (written < capacity) {
      if (picture_ == batch_.pictures.size()) {
        PB_TRY(const bool more, nextBatch());
        if (!more) break;
      }
      const auto out = inputs.subspan(static_cast<std::size_t>(written) * rowSize_, rowSize_);
      write(batch_.pictures[picture_], out);
      ++written;
      if (++view_ == run_.views) {
        view_ = 0;
        ++picture_;
      }
    }
    return written;
  }

 private:
  static std::size_t squared(std::size_t n) { return n * n; }

  void write(const vision::Image& picture, std::span<float> out) {
    if (run_.views == 1) return vision::normalise(picture, preprocess_, out);
    plain_.resize(rowSize_);
    if (view_ == 0) vision::normalise(picture, preprocess_, plain_);
    run_.makeView(view_, plain_, out);
  }

  Result<bool> nextBatch() {
    batch_ = {};
    picture_ = 0;
    PB_TRY(auto next, loader_.next());
    if (!next) return false;
    if (!next->failed.empty()) return fail(next->failed.front().error);
    batch_ = std::move(*next);
    return true;
  }

  vision::Loader& loader_;
  const vision::Preprocess& preprocess_;
  const PictureRun& run_;
  const std::size_t rowSize_;
  vision::Batch batch_;
  std::size_t picture_ = 0;
  int view_ = 0;
  std::vector<float> plain_;  ///< The picture that views are made of.
};

Result<> computeMissing(RunContext& ctx, std::string_view onnx, const vision::Preprocess& preprocess, std::span<const Digest> pictures,
                        std::span<const std::size_t> missing, const PictureRun& run, const RowEncoder& encode, const ItemEmit& emit) {
  vision::LoaderOptions options{.preprocess = preprocess, .batch = 16, .threads = ctx.threads()};
  const auto bytesOf = [&](std::size_t item) -> Result<vision::PictureBytes> {
    PB_TRY(auto file, ctx.objects().open(pictures[item]));
    auto owner = std::make_shared<MappedFile>(std::move(file));
    return vision::PictureBytes{owner->bytes(), owner};
  };
  vision::Loader loader{{missing.begin(), missing.end()}, bytesOf, options, ctx.stopFlag()};
  PB_TRY(auto model,
         openvino::CpuModel::fromOnnx(
             onnx, {.threads = ctx.threads(), .precision = run.fast ? openvino::Precision::Bfloat16IfFast : openvino::Precision::Float}));
  RowSource source{loader, preprocess, run};
  std::string joined;
  const auto total = static_cast<std::int64_t>(missing.size());
  std::int64_t lastShown = -1;
  const auto sink = [&](std::int64_t first, std::int64_t count, std::span<const std::span<const float>> outputs) -> Result<> {
    if (ctx.stopRequested())
      return fail(ErrorKind::Cancelled, "pictures.cancelled", TR("block", "Stopped."), TR("block", "Run again to go on where it stopped."));
    std::vector<std::span<const float>> row(outputs.size());
    for (std::int64_t r = 0; r < count; ++r) {
      for (std::size_t o = 0; o < outputs.size(); ++o) {
        const auto width = outputs[o].size() / static_cast<std::size_t>(count);
        row[o] = outputs[o].subspan(static_cast<std::size_t>(r) * width, width);
      }
      joined += encode(row);
      if ((first + r + 1) % run.views != 0) continue;
      const auto done = (first + r) / run.views;
      PB_CHECK(emit(missing[static_cast<std::size_t>(done)], joined));
      joined.clear();
      if (done / 16 != lastShown) {
        lastShown = done / 16;
        ctx.progress({run.phase, done + 1, total, "picture"});
      }
    }
    return {};
  };
  PB_CHECK(model.run([&](std::span<float> inputs, std::int64_t capacity) { return source.fill(inputs, capacity); }, sink));
  ctx.progress({run.phase, total, total, "picture"});
  return {};
}

}  // namespace

Result<vision::Preprocess> preprocessOf(const net::Net& net) {
  const auto& p = net.preprocessing;
  if (p.width != p.height)
    return fail(ErrorKind::Unsupported, "pictures.not_square", TR("block", "The network wants pictures that are not square."),
                TR("block", "Choose a network for square pictures."));
  return vision::Preprocess{
      .mode = p.resize == net::Resize::ShortSide ? vision::Preprocess::Mode::ShortSide : vision::Preprocess::Mode::Squash,
      .size = static_cast<int>(p.resizeTo),
      .crop = static_cast<int>(p.height),
      .interpolation = p.interpolation == net::Interpolation::Bicubic ? vision::Interpolation::Bicubic : vision::Interpolation::Bilinear,
      .mean = p.mean,
      .std = p.std,
      .scaledDecode = p.scaledDecode};
}

Result<std::unique_ptr<ItemResults>> runOnPictures(RunContext& ctx, const net::Net& net, std::span<const Digest> pictures,
                                                   const PictureRun& run, const RowEncoder& encode) {
  PB_TRY(const auto preprocess, preprocessOf(net));
  // Batches of another size meet other kernels, whose last bits differ.
  auto key = run.key;
  key["batch"] = openvino::RunnerOptions{}.batch;
  if (precisionOf(run) != "float") key["precision"] = precisionOf(run);
  return ctx.computeItems(run.name, key, pictures, [&](std::span<const std::size_t> missing, const ItemEmit& emit) -> Result<> {
    PB_TRY(const auto onnx, net::toOnnx(net));
    return computeMissing(ctx, onnx, preprocess, pictures, missing, run, encode, emit);
  });
}

std::string_view precisionOf(const PictureRun& run) { return run.fast && bfloat16InHardware() ? "bfloat16" : "float"; }

PictureRun featureRun(const Digest& net, bool fast) {
  return {.name = "features", .key = Value::Map{{"net", net.hex()}}, .phase = TR("block", "Looking at pictures"), .fast = fast};
}

std::string halfBytes(std::span<const float> values) {
  std::string out(values.size() * 2, '\0');
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto h = toHalf(values[i]);
    std::memcpy(out.data() + 2 * i, &h, 2);
  }
  return out;
}

std::string floatBytes(std::span<const float> values) { return {reinterpret_cast<const char*>(values.data()), values.size_bytes()}; }

void readHalves(std::string_view bytes, std::span<float> out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::uint16_t h;
    std::memcpy(&h, bytes.data() + 2 * i, 2);
    out[i] = fromHalf(h);
  }
}

void readFloats(std::string_view bytes, std::span<float> out) { std::memcpy(out.data(), bytes.data(), out.size_bytes()); }

}  // namespace patchbay::blocks
