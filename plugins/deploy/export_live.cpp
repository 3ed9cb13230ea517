// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "engine/net/model_port.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "engine/openvino/runner.h"
#include "engine/torch/model.h"
#include "engine/torch/runtime.h"
#include "plugins/deploy/support/export_files.h"
#include "plugins/deploy/support/int8_model.h"
#include "plugins/support/pictures.h"

namespace patchbay::blocks {
namespace export_live_cpp {

using Clock = std::chrono::steady_clock;

int threads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

Result<> goOn(const StopFlag& stop) {
  if (!stop.requested()) return {};
  return fail(ErrorKind::Cancelled, "live.cancelled", TR("block", "A newer request replaced this one."),
              TR("block", "Nothing needs to be done."));
}

/// Adds median and 95th percentile of one picture at a time, over at most `seconds`.
Result<> measure(Value& out, double seconds, const StopFlag& stop, const std::function<Result<>()>& once) {
  std::vector<double> ms;
  const auto end = Clock::now() + std::chrono::duration<double>{seconds};
  // The first passes warm caches and choose kernels.
  for (int i = 0; i < 3 || (i < 100 && Clock::now() < end); ++i) {
    PB_CHECK(goOn(stop));
    const auto begin = Clock::now();
    PB_CHECK(once());
    if (i >= 2) ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  std::ranges::sort(ms);
  out["milliseconds"] = ms[ms.size() / 2];
  out["milliseconds_p95"] = ms[ms.size() * 95 / 100];
  return {};
}

/// What an Export block would write, before it is written.
///
/// export_preview {"model": digest of a model on a port | "export": folder, "data"?: digest of a data set, "pictures"?: at most that
///   many of it are tried (200), "seconds"?: time for each measurement (1), "int8"?: digest of a data set with its parts} ->
///   {"formats": [{"format": "onnx" | "onnx_batch1" | "safetensors" | "onnx_int8", "files": [...], "bytes", "runtime": "OpenVINO" |
///   "LibTorch", "milliseconds", "milliseconds_p95": of one picture with the network alone}], "bytes": of all, "parameters", "macs",
///   "classes", "task", "input": [3, height, width], "processor", "threads", "accuracy"?: {"value", "correct", "pictures", "part"},
///   "int8"?: {"unit", "calibration_pictures", "validation_pictures", "accuracy_fp32", "accuracy_int8", "drop_points", "same"} or
///   {"unit", "error"}: what eight bits would cost}
/// Accuracy is that of the ONNX bytes on labelled pictures of the test part, or the validation part when there is no test part;
/// absent for several labels a picture, and when no such picture is there.
class ExportService final : public LiveService {
 public:
  Result<Value> answer(std::string_view method, const Value& args, ObjectStore& objects, const StopFlag& stop) override {
    if (method != "export_preview")
      return fail(ErrorKind::Usage, "live.method", TR("block", "The service has no request \"{name}\".").with("name", method),
                  TR("block", "Ask for \"export_preview\"."));
    PB_TRY(const auto loaded, netOf(args, objects));
    if (loaded.classes.empty())
      return fail(ErrorKind::BadInput, "export.no_classes", TR("block", "This network was not trained to tell classes apart."),
                  TR("block", "Choose the model of a Linear probe or Fine-tune block."), "model");
    PB_TRY(const auto net, net::foldBatchNorm(loaded));
    const double seconds = std::clamp(args["seconds"].asDouble(1), 0.01, 30.0);
    PB_TRY(const auto onnx, net::toOnnx(net));
    PB_TRY(auto model, openvino::CpuModel::fromOnnx(onnx, {.threads = threads(), .batch = 1, .streams = 1}));
    const auto inputs = [&] {
      std::size_t size = 1;
      for (const auto extent : net.input.shape) size *= static_cast<std::size_t>(extent);
      return std::vector<float>(size, 0.5F);
    }();
    Value out{Value::Map{{"formats", Value::List{}}}};
    PB_CHECK(addOnnx(out, net, onnx, model, inputs, seconds, stop));
    PB_CHECK(addSafetensors(out, net, inputs, seconds, stop));
    PB_CHECK(describe(out, net));
    if (!args["data"].asText().empty() && net.task != net::multiLabelTask) PB_CHECK(addAccuracy(out, net, model, args, objects, stop));
    if (!args["int8"].asText().empty()) PB_CHECK(addInt8(out, net, onnx, inputs, seconds, args["int8"].asText(), objects, stop));
    return out;
  }

 private:
  static Result<net::Net> netOf(const Value& args, ObjectStore& objects) {
    if (args["model"].asText().empty()) return net::loadNet(pathFromValue(args["export"]));
    PB_TRY(const auto digest, Digest::parse(args["model"].asText()));
    PB_TRY(const auto value, PortValue::load(objects, digest));
    return net::loadModel(objects, value);
  }

  static Result<> addOnnx(Value& out, const net::Net& net, const std::string& onnx, openvino::CpuModel& model,
                          const std::vector<float>& input, double seconds, const StopFlag& stop) {
    Value one{Value::Map{{"format", "onnx"}, {"files", Value::List{"model.onnx"}}, {"bytes", onnx.size()}, {"runtime", "OpenVINO"}}};
    PB_CHECK(measure(one, seconds, stop, [&]() -> Result<> {
      PB_CHECK(model.infer(input, 1));
      return {};
    }));
    // The same network with the batch fixed, for readers that want it so: as fast in the same runtime.
    PB_TRY(const auto fixed, net::toOnnx(net, {.batch = 1, .metadata = {}}));
    Value other = one;
    other["format"] = "onnx_batch1";
    other["files"] = Value::List{"demo/model_batch1.onnx"};
    other["bytes"] = fixed.size();
    out["formats"].push(std::move(one));
    out["formats"].push(std::move(other));
    return {};
  }

  static Result<> addSafetensors(Value& out, const net::Net& net, const std::vector<float>& input, double seconds, const StopFlag& stop) {
    PB_TRY(const auto packed, net::packNet(net));
    Value one{Value::Map{{"format", "safetensors"},
                         {"files", Value::List{"net.json", "model.safetensors"}},
                         {"bytes", packed.size()},
                         {"runtime", "LibTorch"}}};
    torch::initTorch(threads());
    PB_TRY(const auto reference, torch::Model::create(net, {.batchNorm = torch::BatchNormMode::Frozen}));
    PB_CHECK(measure(one, seconds, stop, [&]() -> Result<> {
      PB_CHECK(reference.forward(input, 1));
      return {};
    }));
    out["formats"].push(std::move(one));
    return {};
  }

  /// What cannot be made in eight bits is said, and the rest of the answer stands.
  static Result<> addInt8(Value& out, const net::Net& net, const std::string& onnx, const std::vector<float>& input, double seconds,
                          const std::string& data, ObjectStore& objects, const StopFlag& stop) {
    PB_TRY(const auto digest, Digest::parse(data));
    PB_TRY(const auto value, PortValue::load(objects, digest));
    PB_TRY(const auto set, Dataset::load(objects, value));
    const auto made = makeInt8({objects, threads(), [&stop] { return goOn(stop); }, [](const Progress&) {}}, net, onnx, set);
    out["int8"]["unit"] = int8Unit();
    if (!made) {
      if (made.error().kind == ErrorKind::Cancelled) return fail(made.error());
      out["int8"]["error"] = toValue(made.error());
      return {};
    }
    PB_TRY(auto model, openvino::CpuModel::fromOnnx(made->onnx, {.threads = threads(), .batch = 1, .streams = 1}));
    Value one{Value::Map{
        {"format", "onnx_int8"}, {"files", Value::List{"model_int8.onnx"}}, {"bytes", made->onnx.size()}, {"runtime", "OpenVINO"}}};
    PB_CHECK(measure(one, seconds, stop, [&]() -> Result<> {
      PB_CHECK(model.infer(input, 1));
      return {};
    }));
    auto& formats = out["formats"].list();
    formats.insert(formats.begin() + 1, std::move(one));
    auto& said = out["int8"];
    said["calibration_pictures"] = made->calibration;
    said["validation_pictures"] = made->validation;
    if (made->validation == 0) return {};
    said["accuracy_fp32"] = made->accuracyFloat;
    said["accuracy_int8"] = made->accuracyInt8;
    said["drop_points"] = made->drop();
    said["same"] = made->same;
    return {};
  }

  static Result<> describe(Value& out, const net::Net& net) {
    PB_TRY(const auto cost, net::cost(net));
    std::int64_t bytes = 0;
    for (const auto& format : out["formats"].asList()) bytes += format["bytes"].asInt();
    out["bytes"] = bytes;
    out["parameters"] = cost.total.parameters;
    out["macs"] = cost.total.macs;
    out["classes"] = Value::List{};
    for (const auto& c : net.classes) out["classes"].push(c);
    out["task"] = net.task;
    out["input"] = Value::List{};
    for (const auto extent : net.input.shape) out["input"].push(extent);
    out["processor"] = measuredOn();
    out["threads"] = threads();
    return {};
  }

  static Result<> addAccuracy(Value& out, const net::Net& net, openvino::CpuModel& model, const Value& args, ObjectStore& objects,
                              const StopFlag& stop) {
    PB_TRY(const auto digest, Digest::parse(args["data"].asText()));
    PB_TRY(const auto value, PortValue::load(objects, digest));
    PB_TRY(const auto set, Dataset::load(objects, value));
    std::map<Split, std::vector<std::pair<Digest, std::size_t>>> held;
    PB_CHECK(set.forEach(objects, [&](const Item& item) -> Result<> {
      const auto* label = item.label();
      const auto at = label ? std::ranges::find(net.classes, *label) : net.classes.end();
      if (at != net.classes.end()) held[item.split].emplace_back(item.digest, static_cast<std::size_t>(at - net.classes.begin()));
      return {};
    }));
    const auto part = held.contains(Split::Test) ? Split::Test : Split::Validation;
    const auto& pictures = held[part];
    if (pictures.empty()) return {};
    PB_TRY(const auto preprocess, preprocessOf(net));
    std::vector<float> input(3 * static_cast<std::size_t>(preprocess.crop * preprocess.crop));
    const auto wanted =
        std::min(pictures.size(), static_cast<std::size_t>(std::clamp<std::int64_t>(args["pictures"].asInt(200), 1, 100'000)));
    std::int64_t correct = 0;
    for (std::size_t i = 0; i < wanted; ++i) {
      PB_CHECK(goOn(stop));
      const auto& [picture, truth] = pictures[i * pictures.size() / wanted];
      PB_TRY(const auto file, objects.open(picture));
      PB_CHECK(vision::decodeForNet(file.bytes(), preprocess, input));
      PB_TRY(const auto outputs, model.infer(input, 1));
      const auto logits = outputs[0].values();
      correct += static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin()) == truth;
    }
    out["accuracy"] = Value::Map{{"value", static_cast<double>(correct) / static_cast<double>(wanted)},
                                 {"correct", correct},
                                 {"pictures", wanted},
                                 {"part", toString(part)}};
    return {};
  }
};

}  // namespace export_live_cpp

PATCHBAY_LIVE(deploy_export_live, export_live_cpp::ExportService, "patchbay.live.export")
}  // namespace patchbay::blocks
