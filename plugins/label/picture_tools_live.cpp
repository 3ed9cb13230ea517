// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <list>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <thread>

#include "engine/block/block.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "engine/openvino/runner.h"
#include "engine/vision/decode.h"
#include "engine/vision/preprocess.h"
#include "engine/vision/region.h"
#include "engine/vision/resize.h"
#include "plugins/support/backbone.h"
#include "plugins/support/pictures.h"

namespace patchbay::blocks {
namespace picture_tools_live_cpp {

using Clock = std::chrono::steady_clock;
constexpr std::size_t picturesKept = 4;
constexpr int netSide = 448, workSide = 768, refinedSide = 720, refinedRounds = 3, atOnce = 2;
/// Stages of EfficientNet-Lite0 at an eighth and a sixteenth of the resolution: what it is made of, and what it is.
constexpr std::array<std::string_view, 2> stages{"block4", "block10"};
constexpr double colourWeight = 0.8;

double millisecondsSince(Clock::time_point begin) { return std::chrono::duration<double, std::milli>(Clock::now() - begin).count(); }

/// Numbers of length 1 at each place of a grid over the whole picture.
struct Features {
  int columns = 0, rows = 0;
  std::size_t width = 0;
  std::vector<float> values;  ///< rows x columns x width.
};

/// A picture that somebody works on.
struct Prepared {
  std::string key;
  vision::Image full;  ///< Upright RGB.
  vision::Image work;  ///< The same, the longer side workSide at most.
  std::mutex mutex;    ///< Guards what follows.
  std::optional<Features> features;
  std::optional<vision::Region> cut;  ///< The last GrabCut, and of which box and strokes it was.
  Value cutOf;
};
using PreparedPtr = std::shared_ptr<Prepared>;

/// Maps of several stages, each normalised at each place, brought to the finest grid and joined.
Features joined(const std::vector<net::Tensor>& maps) {
  Features out;
  out.rows = static_cast<int>(maps[0].shape[2]);
  out.columns = static_cast<int>(maps[0].shape[3]);
  const auto places = static_cast<std::size_t>(out.rows) * static_cast<std::size_t>(out.columns);
  for (const auto& map : maps) out.width += static_cast<std::size_t>(map.shape[1]);
  out.values.resize(places * out.width);
  std::size_t first = 0;
  for (const auto& map : maps) {
    const auto channels = static_cast<std::size_t>(map.shape[1]);
    const int rows = static_cast<int>(map.shape[2]), columns = static_cast<int>(map.shape[3]);
    const auto size = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    for (std::size_t c = 0; c < channels; ++c) {
      const auto plane = std::span{map.values()}.subspan(c * size, size);
      // Without the mean over the picture, which says nothing of places.
      const float mean = std::accumulate(plane.begin(), plane.end(), 0.0f) / static_cast<float>(size);
      const auto fine = vision::enlarged(plane, columns, rows, out.columns, out.rows);
      for (std::size_t i = 0; i < places; ++i) out.values[i * out.width + first + c] = fine[i] - mean;
    }
    for (std::size_t i = 0; i < places; ++i) {
      const auto part = std::span{out.values}.subspan(i * out.width + first, channels);
      const float length = std::sqrt(std::inner_product(part.begin(), part.end(), part.begin(), 1e-12f));
      for (auto& v : part) v /= length * std::sqrt(static_cast<float>(maps.size()));
    }
    first += channels;
  }
  return out;
}

/// Cosine of each place to the most alike of the given ones.
std::vector<float> likeness(const Features& f, std::span<const std::size_t> places) {
  std::vector<float> out(f.values.size() / f.width, -1);
  for (std::size_t i = 0; i < out.size(); ++i)
    for (const auto place : places)
      out[i] = std::max(out[i], std::inner_product(f.values.begin() + static_cast<std::ptrdiff_t>(i * f.width),
                                                   f.values.begin() + static_cast<std::ptrdiff_t>((i + 1) * f.width),
                                                   f.values.begin() + static_cast<std::ptrdiff_t>(place * f.width), 0.0f));
  return out;
}

/// Tools of the annotator that look at the picture; plugins/README.md lists the requests.
class PictureTools final : public LiveService {
 public:
  Result<Value> answer(std::string_view method, const Value& args, ObjectStore& objects, const StopFlag& stop) override {
    if (method == "about") return Value{Value::Map{{"parallel", atOnce}}};
    const auto begin = Clock::now();
    PB_TRY(auto out, tool(method, args, objects, stop));
    out["milliseconds"] = millisecondsSince(begin);
    return out;
  }

 private:
  Result<Value> tool(std::string_view method, const Value& args, ObjectStore& objects, const StopFlag& stop) {
    if (method != "prepare" && method != "wand" && method != "grabcut")
      return fail(ErrorKind::Usage, "live.method", TR("block", "The service has no request \"{name}\".").with("name", method),
                  TR("block", "Ask for \"prepare\", \"wand\" or \"grabcut\"."));
    PB_TRY(const auto picture, prepared(args["picture"], objects));
    if (method == "prepare") {
      PB_CHECK(requireFeatures(*picture));
      return Value{Value::Map{{"width", picture->full.width()}, {"height", picture->full.height()}}};
    }
    if (method == "wand") return wand(*picture, args);
    return grabCut(*picture, args, stop);
  }

  static vision::Point pointOf(const Value& v) {
    if (v.asList().size() < 2) return {-1, -1};
    return {v.asList()[0].asDouble(-1), v.asList()[1].asDouble(-1)};
  }

  /// The newest first. A file that changed is another picture.
  Result<PreparedPtr> prepared(const Value& asked, ObjectStore& objects) {
    std::string key;
    std::optional<MappedFile> file;
    std::span<const std::uint8_t> bytes;
    const auto digestText = asked["digest"].asText();
    if (asked["bytes"].isBytes()) {
      bytes = asked["bytes"].asBytes();
      key = digestOf({reinterpret_cast<const char*>(bytes.data()), bytes.size()}).hex();
    } else if (!digestText.empty()) {
      key = digestText;
    } else {
      const auto path = pathFromValue(asked.isMap() ? asked["path"] : asked);
      std::error_code ec;
      const auto changed = std::filesystem::last_write_time(path, ec).time_since_epoch().count();
      key = path.native() + '\n' + std::to_string(ec ? 0 : changed);
    }
    {
      const std::lock_guard lock{mutex_};
      const auto found = std::ranges::find(pictures_, key, [](const PreparedPtr& p) -> const std::string& { return p->key; });
      if (found != pictures_.end()) {
        pictures_.splice(pictures_.begin(), pictures_, found);
        return pictures_.front();
      }
    }
    if (!asked["bytes"].isBytes()) {
      if (!digestText.empty()) {
        PB_TRY(const auto digest, Digest::parse(digestText));
        PB_TRY(file, objects.open(digest));
      } else {
        PB_TRY(file, MappedFile::open(pathFromValue(asked.isMap() ? asked["path"] : asked)));
      }
      bytes = file->bytes();
    }
    PB_TRY(auto decoded, vision::decode(bytes));
    auto made = std::make_shared<Prepared>();
    made->key = key;
    made->full = vision::toRgb(std::move(decoded.image));
    const int longer = std::max(made->full.width(), made->full.height());
    if (longer <= workSide) made->work = made->full;
    else
      made->work = vision::resize(made->full, std::max(1, made->full.width() * workSide / longer),
                                  std::max(1, made->full.height() * workSide / longer), vision::Interpolation::Bilinear);
    const std::lock_guard lock{mutex_};
    pictures_.push_front(made);
    if (pictures_.size() > picturesKept) pictures_.pop_back();
    return made;
  }

  Result<> requireFeatures(Prepared& picture) {
    const std::lock_guard lock{picture.mutex};
    if (picture.features) return {};
    const std::lock_guard computing{netMutex_};
    if (!model_) {
      auto loaded = backboneWith("efficientnet_lite0", {});
      if (!loaded && loaded.error().kind == ErrorKind::NotFound) {
        // Without installed weights colours have to do.
        picture.features.emplace();
        return {};
      }
      PB_TRY(const auto backbone, std::move(loaded));
      PB_TRY(const auto folded, net::foldBatchNorm(backbone));
      PB_TRY(const auto large, net::resized(folded, netSide, netSide));
      std::vector<net::Tap> taps;
      for (const auto stage : stages) taps.push_back({std::string{stage}, net::TapPool::None});
      PB_TRY(auto maps, net::tap(large, taps));
      PB_TRY(preprocess_, preprocessOf(backbone));
      preprocess_.mode = vision::Preprocess::Mode::Squash;
      preprocess_.crop = netSide;
      PB_TRY(const auto onnx, net::toOnnx(maps));
      const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
      PB_TRY(auto model, openvino::CpuModel::fromOnnx(onnx, {.threads = threads, .batch = 1, .streams = 1}));
      model_.emplace(std::move(model));
    }
    std::vector<float> input(std::size_t{3} * netSide * netSide);
    vision::normalise(vision::resizeForNet(picture.work, preprocess_), preprocess_, input);
    PB_TRY(const auto maps, model_->infer(input, 1));
    picture.features = joined(maps);
    return {};
  }

  /// What was clicked, by what the network makes of the places and by colour.
  Result<Value> wand(Prepared& picture, const Value& args) {
    const auto &full = picture.full, &work = picture.work;
    const double sx = static_cast<double>(work.width()) / full.width(), sy = static_cast<double>(work.height()) / full.height();
    std::vector<vision::Point> inside, outside;
    for (const auto& one : args["points"].asList()) {
      const auto p = pointOf(one);
      if (p.x < 0 || p.y < 0 || p.x >= full.width() || p.y >= full.height() || one.asList().size() < 2) continue;
      const bool is = one.asList().size() < 3 || one.asList()[2].asDouble(one.asList()[2].asBool() ? 1 : 0) > 0;
      (is ? inside : outside).push_back({p.x * sx, p.y * sy});
    }
    if (inside.empty())
      return fail(ErrorKind::BadInput, "wand.points", TR("block", "No point inside the picture says what is meant."),
                  TR("block", "Click on the object."), "points");
    PB_CHECK(requireFeatures(picture));
    const auto& f = *picture.features;
    const auto places = [&](const std::vector<vision::Point>& points) {
      std::vector<std::size_t> out;
      for (const auto& p : points)
        out.push_back(static_cast<std::size_t>(std::min(f.rows - 1.0, p.y / work.height() * f.rows)) * static_cast<std::size_t>(f.columns) +
                      static_cast<std::size_t>(std::min(f.columns - 1.0, p.x / work.width() * f.columns)));
      return out;
    };
    // How like the nearest of some points each pixel is.
    const auto likeThose = [&](const std::vector<vision::Point>& points) {
      auto out = vision::colourLikeness(work, points);
      for (auto& v : out) v *= static_cast<float>(colourWeight);
      if (f.width == 0) return out;
      const auto seen = vision::enlarged(likeness(f, places(points)), f.columns, f.rows, work.width(), work.height());
      for (std::size_t i = 0; i < out.size(); ++i) out[i] += seen[i];
      return out;
    };
    auto like = likeThose(inside);
    if (!outside.empty()) {
      const auto unlike = likeThose(outside);
      for (std::size_t i = 0; i < like.size(); ++i) like[i] -= unlike[i];
    }
    const vision::Region region{vision::regionAround(work, like, inside, outside, args["tolerance"].asDouble(0.5)),
                                {0, 0, static_cast<double>(full.width()), static_cast<double>(full.height())}};
    return regionValue(region, full, false);
  }

  Result<Value> grabCut(Prepared& picture, const Value& args, const StopFlag& stop) {
    const auto& box = args["box"].asList();
    const vision::Box wanted =
        box.size() == 4 ? vision::Box{box[0].asDouble(), box[1].asDouble(), box[2].asDouble(), box[3].asDouble()} : vision::Box{};
    std::vector<vision::Stroke> strokes;
    for (const auto& one : args["strokes"].asList()) {
      vision::Stroke stroke{{}, one["radius"].asDouble(1), one["inside"].asBool(true)};
      for (const auto& p : one["points"].asList()) stroke.points.push_back(pointOf(p));
      strokes.push_back(std::move(stroke));
    }
    const Value of{Value::Map{{"box", args["box"]}, {"strokes", args["strokes"]}}};
    const bool refine = args["refine"].asBool();
    std::optional<vision::Region> start;
    {
      const std::lock_guard lock{picture.mutex};
      if (picture.cut && picture.cutOf == of) start = *picture.cut;
    }
    if (!start || !refine) {
      PB_TRY(start, vision::grabCut(picture.full, wanted, strokes, {}, nullptr, &stop));
      const std::lock_guard lock{picture.mutex};
      picture.cut = *start;
      picture.cutOf = of;
    }
    if (!refine) return regionValue(*start, picture.full, true);
    PB_TRY(const auto fine,
           vision::grabCut(picture.full, wanted, strokes, {.side = refinedSide, .iterations = refinedRounds}, &*start, &stop));
    return regionValue(fine, picture.full, false);
  }

  static Value regionValue(const vision::Region& region, const vision::Image& full, bool preview) {
    const auto pixels = vision::pixelsOf(region, full.width(), full.height());
    const auto polygons = vision::polygonsOf(region);
    Value all{Value::List{}};
    for (const auto& polygon : polygons) {
      Value one{Value::List{}};
      for (const float v : polygon) one.push(static_cast<double>(v));
      all.push(std::move(one));
    }
    const auto& b = pixels.box;
    return Value::Map{{"area", pixels.area},
                      {"box", Value::List{b.x, b.y, b.width, b.height}},
                      {"polygon", polygons.empty() ? Value{Value::List{}} : all.asList().front()},
                      {"polygons", all},
                      {"runs", pixels.runs},
                      {"preview", preview}};
  }

  std::mutex mutex_;  ///< Guards pictures_.
  std::list<PreparedPtr> pictures_;
  std::mutex netMutex_;  ///< Guards what follows.
  std::optional<openvino::CpuModel> model_;
  vision::Preprocess preprocess_;
};

}  // namespace picture_tools_live_cpp

PATCHBAY_LIVE(label_picture_tools_live, picture_tools_live_cpp::PictureTools, "patchbay.live.picture_tools")
}  // namespace patchbay::blocks
