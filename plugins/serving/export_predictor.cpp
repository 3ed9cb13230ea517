// SPDX-License-Identifier: Apache-2.0
#include "plugins/serving/export_predictor.h"

#include <algorithm>
#include <cassert>
#include <mutex>
#include <optional>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/learn/linear_head.h"
#include "engine/net/onnx.h"
#include "engine/openvino/runner.h"
#include "engine/serve/http_parts.h"
#include "plugins/support/class_evidence.h"
#include "plugins/support/export_familiarity.h"
#include "plugins/support/labels.h"
#include "plugins/support/pictures.h"

namespace patchbay::serving {
namespace {
namespace fs = std::filesystem;
// Pairs keep their activations in the core's cache: see openvino::RunnerOptions::batch.
constexpr std::size_t together = 2;

struct Lane {
  openvino::CpuModel one, two;
};

Error apart(const fs::path& folder) {
  return {ErrorKind::Corrupt, "predict.mixed", TR("block", "The files of this export do not belong together."),
          TR("block", "Export the model again."), displayText(folder.native())};
}

class ExportPredictor final : public serve::Predictor {
 public:
  ExportPredictor(net::Net net, vision::Preprocess preprocess, std::optional<blocks::Familiarity> familiarity, std::vector<Lane> lanes,
                  std::optional<openvino::CpuModel> alone, Value about, const PredictorOptions& options)
      : net_{std::move(net)},
        preprocess_{preprocess},
        familiarity_{std::move(familiarity)},
        lanes_{std::move(lanes)},
        alone_{std::move(alone)},
        about_{std::move(about)},
        options_{options} {}

  const Value& about() const override { return about_; }
  std::size_t mostTogether() const override { return together; }
  std::vector<Result<Value>> predict(std::span<const serve::Picture> pictures, int lane, bool alone) override;

 private:
  /// A picture that could be read, in the network's input.
  struct Decoded {
    std::size_t index;
    vision::DecodeInfo info;
    std::vector<float> input;  ///< A copy, where a heat map is wanted.
  };
  std::vector<Decoded> decodeInto(std::span<float> room, std::span<const serve::Picture> pictures,
                                  std::vector<Result<Value>>& answers) const;
  Result<> compute(openvino::CpuModel& model, std::span<const serve::Picture> pictures, std::vector<Result<Value>>& answers);
  Value answerFor(std::span<const float> logits) const;
  Result<> addHeatMap(Value& answer, const serve::Picture& picture, const Decoded& decoded);
  std::size_t inputSize() const { return 3 * static_cast<std::size_t>(preprocess_.crop) * static_cast<std::size_t>(preprocess_.crop); }

  net::Net net_;
  vision::Preprocess preprocess_;
  std::optional<blocks::Familiarity> familiarity_;
  std::vector<Lane> lanes_;
  std::optional<openvino::CpuModel> alone_;  ///< A picture at a time on the processors of all lanes, where there are several.
  Value about_;
  PredictorOptions options_;
  std::mutex evidenceMutex_;
  std::optional<blocks::ClassEvidence> evidence_;
};

std::vector<ExportPredictor::Decoded> ExportPredictor::decodeInto(std::span<float> room, std::span<const serve::Picture> pictures,
                                                                  std::vector<Result<Value>>& answers) const {
  std::vector<Decoded> good;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const auto to = room.subspan(good.size() * inputSize(), inputSize());
    const auto info = vision::decodeForNet(pictures[i].bytes, preprocess_, to, {.maxPixels = options_.mostPixels});
    if (!info) answers[i] = fail(info.error());
    else good.push_back({i, *info, pictures[i].heatMap ? std::vector<float>{to.begin(), to.end()} : std::vector<float>{}});
  }
  return good;
}

Value ExportPredictor::answerFor(std::span<const float> logits) const {
  const learn::MatrixView row{logits.data(), 1, logits.size()};
  const bool several = net_.task == net::multiLabelTask;
  const auto scores = several ? learn::sigmoidOf(row) : learn::softmaxRows(row);
  const auto best = static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
  Value answer{Value::Map{{"class", net_.classes[best]}, {"probability", static_cast<double>(scores.row(0)[best])}}};
  Value named{Value::Map{}}, raw{Value::List{}};
  for (std::size_t k = 0; k < logits.size(); ++k) {
    named[net_.classes[k]] = static_cast<double>(scores.row(0)[k]);
    raw.push(static_cast<double>(logits[k]));
  }
  answer["scores"] = std::move(named);
  answer["logits"] = std::move(raw);
  if (several) answer["labels"] = blocks::labelsAt(net_, scores.row(0));
  return answer;
}

Result<> ExportPredictor::addHeatMap(Value& answer, const serve::Picture& picture, const Decoded& decoded) {
  const auto& about = picture.about.empty() ? answer["class"].asText() : picture.about;
  const auto found = std::ranges::find(net_.classes, about);
  if (found == net_.classes.end())
    return fail(ErrorKind::BadInput, "try.class",
                TR("block", "The model does not know the class \"{label}\".").with("label", displayText(about)),
                TR("block", "Choose one of its classes."), "class");
  const std::lock_guard lock{evidenceMutex_};
  if (!evidence_) {
    PB_TRY(auto opened, blocks::ClassEvidence::open(net_, 1));
    evidence_.emplace(std::move(opened));
  }
  PB_TRY(const auto seen, evidence_->look(decoded.input));
  PB_TRY(const auto grid, evidence_->evidence(seen, static_cast<std::size_t>(found - net_.classes.begin())));
  const auto& info = decoded.info;
  const bool turned = info.orientation >= 5;
  const auto map = blocks::overPicture(grid, preprocess_, turned ? info.height : info.width, turned ? info.width : info.height, 112);
  std::string bytes;
  for (const float v : map.values) bytes += static_cast<char>(static_cast<std::uint8_t>(std::clamp(v, 0.F, 1.F) * 255 + .5F));
  answer["heat_map"] =
      Value::Map{{"width", map.width},
                 {"height", map.height},
                 {"class", about},
                 {"method", evidence_->method() == blocks::ClassEvidence::Method::Occlusion ? "occlusion" : "activation_map"},
                 {"values", serve::encodeBase64(bytes)}};
  return {};
}

Result<> ExportPredictor::compute(openvino::CpuModel& model, std::span<const serve::Picture> pictures,
                                  std::vector<Result<Value>>& answers) {
  const auto good = decodeInto(model.room(), pictures, answers);
  if (good.empty()) return {};
  PB_TRY(const auto outputs, model.compute(static_cast<std::int64_t>(good.size())));
  // All at once: what is known of the training pictures is read from memory once for the crowd.
  std::vector<double> unlike;
  if (familiarity_) unlike = familiarity_->scores({outputs[1].data(), good.size(), familiarity_->columns()}, 1);
  for (std::size_t g = 0; g < good.size(); ++g) {
    auto answer = answerFor(outputs[0].subspan(g * net_.classes.size(), net_.classes.size()));
    if (familiarity_) answer["unlike"] = familiarity_->verdict(unlike[g]);
    const auto index = good[g].index;
    const auto added = pictures[index].heatMap ? addHeatMap(answer, pictures[index], good[g]) : Result<>{};
    if (added) answers[index] = std::move(answer);
    else answers[index] = fail(added.error());
  }
  return {};
}

std::vector<Result<Value>> ExportPredictor::predict(std::span<const serve::Picture> pictures, int lane, bool alone) {
  assert(pictures.size() <= together);
  std::vector<Result<Value>> answers(pictures.size(), Value{});
  auto& mine = lanes_[static_cast<std::size_t>(lane)];
  auto& model = pictures.size() > 1 ? mine.two : alone && alone_ ? *alone_ : mine.one;
  if (const auto done = compute(model, pictures, answers); !done)
    for (auto& answer : answers)
      if (answer) answer = fail(done.error());
  return answers;
}

}  // namespace

Result<std::shared_ptr<serve::Predictor>> openExport(const fs::path& folder, int lanes, const PredictorOptions& options) {
  const bool int8 = options.precision == "int8";
  const auto file = folder / (int8 ? "model_int8.onnx" : "model.onnx");
  std::error_code ec;
  if (!fs::exists(file, ec) && int8)
    return fail(ErrorKind::NotFound, "predict.no_int8", TR("block", "{path} has no int8 model.").with("path", displayText(folder.native())),
                TR("block", "Turn on int8 in the Export block and run it again, or leave --precision out."));
  if (!fs::exists(file, ec))
    return fail(ErrorKind::NotFound, "predict.no_model",
                TR("block", "{path} is not an exported model: it has no model.onnx.").with("path", displayText(folder.native())),
                TR("block", "Give the folder that the Export block wrote."));
  PB_TRY(const auto info, net::checkOnnxFile(file));
  PB_TRY(const auto onnx, readFile(file));
  PB_TRY(auto net, net::loadNet(folder));
  PB_TRY(auto familiarity, blocks::familiarityOf(folder, net, options.precision));
  auto computed = onnx;
  if (familiarity) {
    PB_TRY(computed, blocks::withFeatures(onnx));
  }
  PB_TRY(const auto preprocess, blocks::preprocessOf(net));
  const auto said = info.metadata.find("classes");
  const bool same = said != info.metadata.end() && said->second == toJson(Value::List(net.classes.begin(), net.classes.end()));
  if (net.classes.empty() || !same) return fail(apart(folder));
  std::vector<Lane> all;
  for (int i = 0; i < lanes; ++i) {
    PB_TRY(auto one, openvino::CpuModel::fromOnnx(computed, {.threads = 1, .batch = 1, .streams = 1, .requests = 1}));
    PB_TRY(auto two, openvino::CpuModel::fromOnnx(computed, {.threads = 1, .batch = together, .streams = 1, .requests = 1}));
    const auto& out = one.outputs();
    if (out.size() != (familiarity ? 2 : 1) || out[0].shape != net::Shape{static_cast<std::int64_t>(net.classes.size())} ||
        one.input().shape != net::Shape{3, preprocess.crop, preprocess.crop} ||
        (familiarity && out[1].shape != net::Shape{static_cast<std::int64_t>(familiarity->columns())}))
      return fail(apart(folder));
    all.push_back({std::move(one), std::move(two)});
  }
  std::optional<openvino::CpuModel> alone;
  if (lanes > 1) {
    PB_TRY(alone, openvino::CpuModel::fromOnnx(computed, {.threads = lanes, .batch = 1, .streams = 1, .requests = 1}));
  }
  Value classes{Value::List(net.classes.begin(), net.classes.end())};
  Value about{Value::Map{{"classes", std::move(classes)},
                         {"task", net.task},
                         {"network", net.name},
                         {"input", Value::Map{{"width", preprocess.crop}, {"height", preprocess.crop}}},
                         {"precision", int8 ? "int8" : "fp32"},
                         {"digest", digestOf(onnx).hex()},
                         {"knows_its_pictures", familiarity.has_value()}}};
  return std::make_shared<ExportPredictor>(std::move(net), preprocess, std::move(familiarity), std::move(all), std::move(alone),
                                           std::move(about), options);
}

}  // namespace patchbay::serving
