// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace patchbay::blocks {

/// What is measured of each network; every pair of threads and batch is a row.
struct MeasurePlan {
  std::vector<int> threads;                    ///< At least one.
  std::vector<std::int64_t> batches{1, 2, 8};  ///< 1 among them: models are compared by what a single picture takes.
  double seconds = 1;                          ///< For each row, and ten runs at least.
  std::function<Result<>()> goOn;              ///< Asked between runs; Cancelled ends the measurement. May be empty.
  /// Makes the input of a picture before it is computed, and is measured with it. Empty: the network alone is measured.
  std::function<Result<>(std::span<float> input)> prepare;
};
/// One thread and `all` of them.
std::vector<int> usualThreads(int all);

/// Adds to a model's facts how fast its network (ONNX bytes, checked) is in OpenVINO on this machine, which is the network alone,
/// without decoding unless the plan prepares pictures: "latency": [{"threads", "batch", "p50_ms", "p95_ms": of the whole batch, "runs",
/// "pictures_per_second"}], and "ms" and "p95_ms" of a single picture with the number of threads that is best for it.
Result<> measureNetwork(Value& model, const std::string& onnx, const MeasurePlan& plan);

/// A network of an export: what measureNetwork and people need to know of it.
struct ExportedNetwork {
  std::string onnx;
  Value facts;  ///< {"export": folder, "precision", "bytes", "digest", "accuracy"?: what the export says it is worth}
};
/// model.onnx and, where it is there, model_int8.onnx of an export. NotFound when it is none.
Result<std::vector<ExportedNetwork>> networksOf(const std::filesystem::path& folder);

/// Sets "front" of each model: no other is at least as good in size, time and accuracy and better in one.
void markFront(Value& models);
/// The most accurate one whose 95th percentile for a single picture is within the limit, the quicker of two that are alike.
std::optional<std::size_t> bestWithin(const Value& models, double milliseconds);

/// The 1-minute load of the machine: figures taken while others compute are theirs too.
double machineLoad();

}  // namespace patchbay::blocks
