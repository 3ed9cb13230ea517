// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <thread>

#include "engine/base/resources.h"
#include "engine/block/block.h"
#include "engine/learn/linear_head.h"
#include "engine/net/net.h"
#include "engine/net/onnx.h"
#include "engine/openvino/runner.h"
#include "plugins/deploy/support/export_files.h"
#include "plugins/support/export_familiarity.h"
#include "plugins/support/pictures.h"

namespace patchbay::blocks {
namespace predict_live_cpp {

/// An exported model, loaded and kept between requests.
///
/// predict {"model": folder of the export, "pictures": [path or {"digest": sha256}], "threads"?} ->
///   {"classes": [...], "task", "knows_its_pictures": bool, "results": [{"class", "labels"?: [...], "scores": [...], "logits":
///   [...], "unlike"?: {"score", "threshold", "percentile", "warning"}} or {"error": Error}]}
/// Where a picture may have several labels, "labels" holds those at or above their thresholds and scores are sigmoids.
class PredictService final : public LiveService {
 public:
  Result<Value> answer(std::string_view method, const Value& args, ObjectStore& objects, const StopFlag& stop) override {
    if (method != "predict")
      return fail(ErrorKind::Usage, "live.method", TR("block", "The service has no request \"{name}\".").with("name", method),
                  TR("block", "Ask for \"predict\"."));
    PB_CHECK(load(pathFromValue(args["model"]), args["threads"].asInt(0)));
    Value results{Value::List{}};
    for (const auto& picture : args["pictures"].asList()) {
      if (stop.requested())
        return fail(ErrorKind::Cancelled, "live.cancelled", TR("block", "A newer request replaced this one."),
                    TR("block", "Nothing needs to be done."));
      const auto one = predict(picture, objects);
      results.push(one ? *one : Value{Value::Map{{"error", toValue(one.error())}}});
    }
    Value classes{Value::List{}};
    for (const auto& c : net_.classes) classes.push(c);
    return Value{
        Value::Map{{"classes", classes}, {"task", net_.task}, {"knows_its_pictures", familiarity_.has_value()}, {"results", results}}};
  }

 private:
  Result<> load(const std::filesystem::path& folder, std::int64_t threads) {
    const auto file = folder / "model.onnx";
    std::error_code ec;
    const auto changed = std::filesystem::last_write_time(file, ec);
    if (model_ && folder == folder_ && changed == changed_) return {};
    if (ec)
      return fail(ErrorKind::NotFound, "predict.no_model",
                  TR("block", "{path} is not an exported model: it has no model.onnx.").with("path", displayText(folder.native())),
                  TR("block", "Give the folder that the Export block wrote."));
    PB_TRY(const auto info, net::checkOnnxFile(file));
    PB_TRY(const auto onnx, readFile(file));
    PB_TRY(auto net, net::loadNet(folder));
    PB_TRY(const auto preprocess, preprocessOf(net));
    PB_TRY(auto familiarity, familiarityOf(folder, net));
    auto computed = onnx;
    if (familiarity) {
      PB_TRY(computed, withFeatures(onnx));
    }
    const int wanted = threads > 0 ? static_cast<int>(threads) : static_cast<int>(std::thread::hardware_concurrency());
    PB_TRY(auto model, openvino::CpuModel::fromOnnx(computed, {.threads = std::max(1, wanted), .batch = 1, .streams = 1}));
    if (familiarity &&
        (model.outputs().size() < 2 || model.outputs()[1].shape != net::Shape{static_cast<std::int64_t>(familiarity->columns())}))
      return fail(ErrorKind::Corrupt, "predict.mixed", TR("block", "The files of this export do not belong together."),
                  TR("block", "Export the model again."), displayText(folder.native()));
    // All or nothing: a folder that cannot be loaded leaves the model before it in use.
    model_ = std::make_unique<openvino::CpuModel>(std::move(model));
    net_ = std::move(net);
    preprocess_ = preprocess;
    familiarity_ = std::move(familiarity);
    folder_ = folder;
    changed_ = changed;
    return {};
  }

  Result<Value> predict(const Value& picture, ObjectStore& objects) {
    std::vector<float> input(3 * static_cast<std::size_t>(preprocess_.crop) * static_cast<std::size_t>(preprocess_.crop));
    if (picture.isMap()) {
      PB_TRY(const auto digest, Digest::parse(picture["digest"].asText()));
      PB_TRY(const auto file, objects.open(digest));
      PB_CHECK(vision::decodeForNet(file.bytes(), preprocess_, input));
    } else {
      PB_TRY(const auto file, MappedFile::open(pathFromValue(picture)));
      PB_CHECK(vision::decodeForNet(file.bytes(), preprocess_, input));
    }
    PB_TRY(const auto outputs, model_->infer(input, 1));
    const auto logits = outputs[0].values();
    const learn::MatrixView row{logits.data(), 1, logits.size()};
    const bool several = net_.task == net::multiLabelTask;
    const auto scores = several ? learn::sigmoidOf(row) : learn::softmaxRows(row);
    Value out, list{Value::List{}}, raw{Value::List{}};
    for (const float v : scores.row(0)) list.push(static_cast<double>(v));
    for (const float v : logits) raw.push(static_cast<double>(v));
    const auto best = static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
    out["class"] = best < net_.classes.size() ? net_.classes[best] : std::to_string(best);
    if (several) out["labels"] = labelsAt(net_, scores.row(0));
    out["scores"] = std::move(list);
    out["logits"] = std::move(raw);
    if (familiarity_) out["unlike"] = familiarity_->judge(outputs[1].values());
    return out;
  }

  std::filesystem::path folder_;
  std::filesystem::file_time_type changed_;
  net::Net net_;
  vision::Preprocess preprocess_;
  std::optional<Familiarity> familiarity_;
  std::unique_ptr<openvino::CpuModel> model_;
};

}  // namespace predict_live_cpp

PATCHBAY_LIVE(deploy_predict_live, predict_live_cpp::PredictService, "patchbay.live.predict")
}  // namespace patchbay::blocks
