// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <list>
#include <optional>
#include <thread>

#include "engine/block/block.h"
#include "engine/learn/linear_head.h"
#include "engine/net/model_port.h"
#include "engine/vision/decode.h"
#include "engine/vision/image.h"
#include "plugins/deploy/support/export_files.h"
#include "plugins/support/class_evidence.h"
#include "plugins/support/export_familiarity.h"

namespace patchbay::blocks {
namespace try_live_cpp {

using Clock = std::chrono::steady_clock;
constexpr std::size_t modelsKept = 2;

double millisecondsSince(Clock::time_point begin) { return std::chrono::duration<double, std::milli>(Clock::now() - begin).count(); }

int threads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

/// A picture as the net sees it, and the size it has upright.
struct Prepared {
  std::vector<float> input;
  int width = 0, height = 0;
};

Result<Prepared> prepared(const Value& picture, ObjectStore& objects, const vision::Preprocess& preprocess) {
  Prepared out;
  out.input.resize(3 * static_cast<std::size_t>(preprocess.crop) * static_cast<std::size_t>(preprocess.crop));
  const auto fromFile = [&](std::span<const std::uint8_t> bytes) -> Result<Prepared> {
    PB_TRY(const auto info, vision::decodeForNet(bytes, preprocess, out.input));
    const bool turned = info.orientation >= 5;
    out.width = turned ? info.height : info.width;
    out.height = turned ? info.width : info.height;
    return std::move(out);
  };
  if (picture["rgb"].isBytes()) {
    const auto width = picture["width"].asInt(), height = picture["height"].asInt();
    const auto& rgb = picture["rgb"].asBytes();
    if (width < 1 || height < 1 || width > 65'500 || height > 65'500 || rgb.size() != static_cast<std::size_t>(3 * width * height))
      return fail(ErrorKind::BadInput, "try.pixels", TR("block", "The picture's size and its pixels do not fit each other."),
                  TR("block", "Give width * height * 3 bytes."), "picture");
    vision::Image image{static_cast<int>(width), static_cast<int>(height), 3};
    std::ranges::copy(rgb, image.data());
    vision::normalise(vision::resizeForNet(image, preprocess), preprocess, out.input);
    out.width = image.width();
    out.height = image.height();
    return out;
  }
  if (picture["bytes"].isBytes()) return fromFile(picture["bytes"].asBytes());
  if (!picture["digest"].asText().empty()) {
    PB_TRY(const auto digest, Digest::parse(picture["digest"].asText()));
    PB_TRY(const auto file, objects.open(digest));
    return fromFile(file.bytes());
  }
  PB_TRY(const auto file, MappedFile::open(pathFromValue(picture.isMap() ? picture["path"] : picture)));
  return fromFile(file.bytes());
}

/// Any model of the project, or an exported one, tried on single pictures.
///
/// try {"model": digest of a model on a port | "export": folder, "picture": {"path"} | {"digest"} | {"bytes": encoded file} |
///   {"width", "height", "rgb"}, "heat_map"?: bool, "class"?: name the heat map is about, "familiarity"?: digest of an
///   "Unlike your data" report; an export brings its own} ->
///   {"class", "classes": [...], "scores": [...], "task", "labels"?: [...] where a picture may have several,
///   "heat_map"?: {"width", "height", "values": float32 0..1, "class", "method": "activation_map" | "occlusion", "milliseconds"},
///   "unlike"?: {"score", "threshold", "percentile", "warning"}, "milliseconds": decoding and the net, "width", "height"}
/// warm {"model" | "export", "familiarity"?} -> {"classes", "task"}: loads it, so that the first picture is quick.
class TryService final : public LiveService {
 public:
  Result<Value> answer(std::string_view method, const Value& args, ObjectStore& objects, const StopFlag& stop) override {
    if (method != "try" && method != "warm")
      return fail(ErrorKind::Usage, "live.method", TR("block", "The service has no request \"{name}\".").with("name", method),
                  TR("block", "Ask for \"try\" or \"warm\"."));
    PB_TRY(auto* model, modelOf(args, objects));
    Judge* judge = nullptr;
    if (!args["familiarity"].asText().empty()) {
      PB_TRY(judge, judgeOf(args["familiarity"].asText(), objects));
    }
    Value classes{Value::List{}};
    for (const auto& c : model->evidence.net().classes) classes.push(c);
    Value out{Value::Map{{"classes", std::move(classes)}, {"task", model->evidence.net().task}}};
    if (method == "warm") return out;
    PB_CHECK(goOn(stop));
    PB_CHECK(tryOn(out, *model, judge, args, objects, stop));
    return out;
  }

 private:
  struct Model {
    std::string key;
    std::filesystem::file_time_type changed;
    Digest features;  ///< The packed net below a head; zero for others.
    ClassEvidence evidence;
    std::optional<Familiarity> familiarity;  ///< That an export brings along.
  };
  struct Judge {
    std::string key;
    Familiarity familiarity;
    Digest features;
    std::optional<ClassEvidence> net;  ///< Where the model at hand does not compute its features.
  };

  static Result<> goOn(const StopFlag& stop) {
    if (!stop.requested()) return {};
    return fail(ErrorKind::Cancelled, "live.cancelled", TR("block", "A newer request replaced this one."),
                TR("block", "Nothing needs to be done."));
  }

  /// The newest first; a few stay, so that two models can be compared picture by picture.
  Result<Model*> modelOf(const Value& args, ObjectStore& objects) {
    const bool stored = !args["model"].asText().empty();
    const auto folder = pathFromValue(args["export"]);
    const auto key = stored ? args["model"].asText() : folder.native();
    std::error_code ec;
    const auto changed = stored ? std::filesystem::file_time_type{} : std::filesystem::last_write_time(folder / "net.json", ec);
    for (auto it = models_.begin(); it != models_.end(); ++it)
      if (it->key == key && it->changed == changed) {
        models_.splice(models_.begin(), models_, it);
        return &models_.front();
      }
    Digest features;
    net::Net net;
    if (stored) {
      PB_TRY(const auto digest, Digest::parse(key));
      PB_TRY(const auto value, PortValue::load(objects, digest));
      PB_TRY(net, net::loadModel(objects, value));
      if (value.parts.contains("head")) features = value.parts.find("net")->second;
    } else {
      if (ec)
        return fail(ErrorKind::NotFound, "try.no_model",
                    TR("block", "{path} is not an exported model: it has no net.json.").with("path", displayText(folder.native())),
                    TR("block", "Choose a trained model, or the folder that the Export block wrote."));
      PB_TRY(net, net::loadNet(folder));
    }
    std::optional<Familiarity> familiarity;
    if (!stored) {
      PB_TRY(familiarity, familiarityOf(folder, net));
    }
    PB_TRY(auto evidence, ClassEvidence::open(net, threads()));
    models_.push_front({key, changed, features, std::move(evidence), std::move(familiarity)});
    if (models_.size() > modelsKept) models_.pop_back();
    return &models_.front();
  }

  Result<Judge*> judgeOf(const std::string& key, ObjectStore& objects) {
    if (judge_ && judge_->key == key) return &*judge_;
    PB_TRY(const auto digest, Digest::parse(key));
    PB_TRY(const auto value, PortValue::load(objects, digest));
    PB_TRY(auto familiarity, Familiarity::load(objects, value));
    const auto net = value.parts.find("net");
    if (net == value.parts.end())
      return fail(ErrorKind::Unsupported, "try.no_features", TR("block", "It is not known which network computed these features."),
                  TR("block", "Compute them with an Embed block."), "familiarity");
    judge_.emplace(Judge{key, std::move(familiarity), net->second, std::nullopt});
    return &*judge_;
  }

  Result<> tryOn(Value& out, Model& model, Judge* judge, const Value& args, ObjectStore& objects, const StopFlag& stop) {
    const auto begin = Clock::now();
    PB_TRY(auto picture, prepared(args["picture"], objects, model.evidence.preprocess()));
    PB_TRY(const auto seen, model.evidence.look(std::move(picture.input)));
    out["milliseconds"] = millisecondsSince(begin);
    out["width"] = picture.width;
    out["height"] = picture.height;
    const auto& net = model.evidence.net();
    const learn::MatrixView row{seen.logits.data(), 1, seen.logits.size()};
    const bool several = net.task == net::multiLabelTask;
    const auto scores = several ? learn::sigmoidOf(row) : learn::softmaxRows(row);
    auto about = static_cast<std::size_t>(std::ranges::max_element(seen.logits) - seen.logits.begin());
    out["class"] = about < net.classes.size() ? net.classes[about] : std::to_string(about);
    out["scores"] = Value::List{};
    for (const float v : scores.row(0)) out["scores"].push(static_cast<double>(v));
    if (several) out["labels"] = labelsAt(net, scores.row(0));
    if (judge) PB_CHECK(judgeIt(out, model, *judge, seen, args, objects));
    else if (model.familiarity && model.familiarity->columns() == seen.features.size())
      out["unlike"] = model.familiarity->judge(seen.features);
    if (!args["heat_map"].asBool()) return {};
    PB_CHECK(goOn(stop));
    if (const auto& wanted = args["class"].asText(); !wanted.empty()) {
      const auto found = std::ranges::find(net.classes, wanted);
      if (found == net.classes.end())
        return fail(ErrorKind::BadInput, "try.class",
                    TR("block", "The model does not know the class \"{label}\".").with("label", displayText(wanted)),
                    TR("block", "Choose one of its classes."), "class");
      about = static_cast<std::size_t>(found - net.classes.begin());
    }
    return addHeatMap(out, model, seen, about, picture, stop);
  }

  static Result<> addHeatMap(Value& out, Model& model, const ClassEvidence::Seen& seen, std::size_t about, const Prepared& picture,
                             const StopFlag& stop) {
    const auto begin = Clock::now();
    PB_TRY(const auto evidence, model.evidence.evidence(seen, about, &stop));
    const auto map = overPicture(evidence, model.evidence.preprocess(), picture.width, picture.height);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(map.values.data());
    const auto& classes = model.evidence.net().classes;
    out["heat_map"] = Value::Map{{"width", map.width},
                                 {"height", map.height},
                                 {"values", Value::Bytes(bytes, bytes + map.values.size() * sizeof(float))},
                                 {"class", about < classes.size() ? classes[about] : std::to_string(about)},
                                 {"method", model.evidence.method() == ClassEvidence::Method::Occlusion ? "occlusion" : "activation_map"},
                                 {"milliseconds", millisecondsSince(begin)}};
    return {};
  }

  static Result<> judgeIt(Value& out, const Model& model, Judge& judge, const ClassEvidence::Seen& seen, const Value& args,
                          ObjectStore& objects) {
    std::vector<float> features = seen.features;
    // The very net that the reference was made with, head on top: its features are there already.
    if (model.features != judge.features || features.size() != judge.familiarity.columns()) {
      if (!judge.net) {
        PB_TRY(const auto file, objects.open(judge.features));
        PB_TRY(auto net, net::unpackNet(file.text()));
        net.classes = {"features"};  // It tells none apart; what it computes is wanted.
        PB_TRY(auto opened, ClassEvidence::open(net, threads()));
        judge.net.emplace(std::move(opened));
      }
      PB_TRY(auto picture, prepared(args["picture"], objects, judge.net->preprocess()));
      PB_TRY(auto other, judge.net->look(std::move(picture.input)));
      features = std::move(other.logits);
    }
    if (features.size() != judge.familiarity.columns())
      return fail(ErrorKind::BadInput, "try.features", TR("block", "The features do not fit what was stored about the training pictures."),
                  TR("block", "Run the block \"Unlike your data\" again."), "familiarity");
    out["unlike"] = judge.familiarity.judge(features);
    return {};
  }

  std::list<Model> models_;
  std::optional<Judge> judge_;
};

}  // namespace try_live_cpp

PATCHBAY_LIVE(deploy_try_live, try_live_cpp::TryService, "patchbay.live.try")
}  // namespace patchbay::blocks
