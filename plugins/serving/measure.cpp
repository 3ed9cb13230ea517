// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/processor.h"
#include "engine/net/onnx.h"
#include "engine/openvino/runner.h"
#include "plugins/serving/entry.h"

namespace patchbay::serving {
namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Whole batches through the network for some seconds, at least ten of them, after a few that warm it up.
Result<Value> latency(const std::string& onnx, int threads, std::int64_t batch, double seconds) {
  PB_TRY(auto model, openvino::CpuModel::fromOnnx(onnx, {.threads = threads, .batch = batch, .streams = 1, .requests = 1}));
  std::size_t size = static_cast<std::size_t>(batch);
  for (const auto extent : model.input().shape) size *= static_cast<std::size_t>(extent);
  const std::vector<float> input(size, 0.5F);
  for (int i = 0; i < 3; ++i) PB_CHECK(model.infer(input, batch));
  std::vector<double> ms;
  for (const auto begin = Clock::now(); ms.size() < 10 || Clock::now() - begin < std::chrono::duration<double>{seconds};) {
    const auto before = Clock::now();
    PB_CHECK(model.infer(input, batch));
    ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - before).count());
  }
  std::ranges::sort(ms);
  const double p50 = ms[ms.size() / 2];
  return Value{Value::Map{{"threads", threads},
                          {"batch", batch},
                          {"p50_ms", p50},
                          {"p95_ms", ms[ms.size() * 95 / 100]},
                          {"runs", ms.size()},
                          {"pictures_per_second", 1000 * static_cast<double>(batch) / p50}}};
}

/// What the export says it was measured to be worth: of this file, or the report's accuracy for the fp32 one.
Value accuracyOf(const fs::path& folder, std::string_view file) {
  const auto text = readFile(folder / "measurements.json", std::size_t{16} << 20);
  const auto said = text ? parseJson(*text) : Result<Value>{Value{}};
  if (!said) return {};
  for (const auto& model : (*said)["models"].asList())
    if (model["file"].asText() == file && model["accuracy"].isNumber()) return model["accuracy"];
  return file == "model.onnx" ? (*said)["metrics"]["accuracy"] : Value{};
}

/// One in each of size, time and accuracy at least as good, and in one better. What is not known is worst.
bool dominates(const Value& a, const Value& b) {
  const auto worth = [](const Value& m) { return std::array{-m["bytes"].asDouble(), -m["ms"].asDouble(), m["accuracy"].asDouble(-1)}; };
  const auto x = worth(a), y = worth(b);
  bool better = false;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (x[i] < y[i]) return false;
    better |= x[i] > y[i];
  }
  return better;
}

double load() {
  std::ifstream file{"/proc/loadavg"};
  double out = 0;
  file >> out;
  return out;
}

}  // namespace

void markFront(Value& models) {
  auto& list = models.list();
  for (auto& one : list) one["front"] = std::ranges::none_of(list, [&](const Value& other) { return dominates(other, one); });
}

std::optional<std::size_t> bestWithin(const Value& models, double limit) {
  const auto& list = models.asList();
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i]["p95_ms"].asDouble() > limit) continue;
    const auto worth = [&](std::size_t k) { return std::pair{list[k]["accuracy"].asDouble(-1), -list[k]["ms"].asDouble()}; };
    if (!best || worth(i) > worth(*best)) best = i;
  }
  return best;
}

Result<Value> measureExports(const Value& settings) {
  const int all = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  auto threads = settings["threads"].asList(), batches = settings["batches"].asList();
  if (threads.empty()) threads = all > 1 ? Value::List{1, all} : Value::List{1};
  if (batches.empty()) batches = {1, 2, 8};
  if (std::ranges::find(batches, Value{1}) == batches.end()) batches.insert(batches.begin(), 1);
  Value models{Value::List{}};
  const double before = load();
  for (const auto& one : settings["exports"].asList()) {
    const auto folder = pathFromValue(one);
    for (const auto& [file, precision] : {std::pair{"model.onnx", "fp32"}, {"model_int8.onnx", "int8"}}) {
      std::error_code ec;
      if (!fs::exists(folder / file, ec)) {
        if (std::string_view{precision} == "int8") continue;
        return fail(ErrorKind::NotFound, "predict.no_model",
                    TR("block", "{path} is not an exported model: it has no model.onnx.").with("path", displayText(folder.native())),
                    TR("block", "Give the folder that the Export block wrote."));
      }
      PB_CHECK(net::checkOnnxFile(folder / file));
      PB_TRY(const auto onnx, readFile(folder / file));
      Value model{
          Value::Map{{"export", pathToValue(folder)}, {"precision", precision}, {"bytes", onnx.size()}, {"digest", digestOf(onnx).hex()}}};
      if (auto accuracy = accuracyOf(folder, file); accuracy.isNumber()) model["accuracy"] = std::move(accuracy);
      model["latency"] = Value::List{};
      for (const auto& t : threads)
        for (const auto& b : batches) {
          PB_TRY(auto row, latency(onnx, static_cast<int>(t.asInt()), b.asInt(), settings["seconds"].asDouble(1)));
          // What a single picture takes at best is what models are compared by.
          if (row["batch"].asInt() == 1 && (!model.contains("ms") || row["p50_ms"].asDouble() < model["ms"].asDouble())) {
            model["ms"] = row["p50_ms"];
            model["p95_ms"] = row["p95_ms"];
          }
          model["latency"].push(std::move(row));
        }
      models.push(std::move(model));
    }
  }
  markFront(models);
  Value out{Value::Map{{"processor", processorName()}, {"cores", all}, {"load_before", before}}};
  if (settings["limit_ms"].asDouble() > 0) {
    out["limit_ms"] = settings["limit_ms"];
    if (const auto best = bestWithin(models, settings["limit_ms"].asDouble())) out["pick"] = *best;
  }
  out["models"] = std::move(models);
  return out;
}

}  // namespace patchbay::serving
