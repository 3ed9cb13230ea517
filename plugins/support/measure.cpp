// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/measure.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/net/onnx.h"
#include "engine/openvino/runner.h"

namespace patchbay::blocks {
namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Whole batches through the network for some seconds, at least ten of them, after a few that warm it up.
Result<Value> latency(const std::string& onnx, int threads, std::int64_t batch, const MeasurePlan& plan) {
  PB_TRY(auto model, openvino::CpuModel::fromOnnx(onnx, {.threads = threads, .batch = batch, .streams = 1, .requests = 1}));
  const auto room = model.room();
  const auto each = room.size() / static_cast<std::size_t>(batch);
  std::ranges::fill(room, 0.5F);
  const auto once = [&]() -> Result<> {
    if (plan.goOn) PB_CHECK(plan.goOn());
    for (std::size_t at = 0; plan.prepare && at < room.size(); at += each) PB_CHECK(plan.prepare(room.subspan(at, each)));
    PB_CHECK(model.compute(batch));
    return {};
  };
  for (int i = 0; i < 3; ++i) PB_CHECK(once());
  std::vector<double> ms;
  for (const auto begin = Clock::now(); ms.size() < 10 || Clock::now() - begin < std::chrono::duration<double>{plan.seconds};) {
    const auto before = Clock::now();
    PB_CHECK(once());
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

}  // namespace

std::vector<int> usualThreads(int all) { return all > 1 ? std::vector{1, all} : std::vector{1}; }

Result<> measureNetwork(Value& model, const std::string& onnx, const MeasurePlan& plan) {
  model["latency"] = Value::List{};
  for (const auto threads : plan.threads)
    for (const auto batch : plan.batches) {
      PB_TRY(auto row, latency(onnx, threads, batch, plan));
      if (batch == 1 && (!model.contains("ms") || row["p50_ms"].asDouble() < model["ms"].asDouble())) {
        model["ms"] = row["p50_ms"];
        model["p95_ms"] = row["p95_ms"];
      }
      model["latency"].push(std::move(row));
    }
  return {};
}

Result<std::vector<ExportedNetwork>> networksOf(const fs::path& folder) {
  std::vector<ExportedNetwork> out;
  for (const auto& [file, precision] : {std::pair{"model.onnx", "fp32"}, {"model_int8.onnx", "int8"}}) {
    std::error_code ec;
    if (!fs::exists(folder / file, ec)) {
      if (std::string_view{precision} == "int8") continue;
      return fail(ErrorKind::NotFound, "predict.no_model",
                  TR("block", "{path} is not an exported model: it has no model.onnx.").with("path", displayText(folder.native())),
                  TR("block", "Give the folder that the Export block wrote."));
    }
    PB_CHECK(net::checkOnnxFile(folder / file));
    PB_TRY(auto onnx, readFile(folder / file));
    Value facts{
        Value::Map{{"export", pathToValue(folder)}, {"precision", precision}, {"bytes", onnx.size()}, {"digest", digestOf(onnx).hex()}}};
    if (auto accuracy = accuracyOf(folder, file); accuracy.isNumber()) facts["accuracy"] = std::move(accuracy);
    out.push_back({std::move(onnx), std::move(facts)});
  }
  return out;
}

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

double machineLoad() {
  std::ifstream file{"/proc/loadavg"};
  double out = 0;
  file >> out;
  return out;
}

}  // namespace patchbay::blocks
