// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/block/context.h"
#include "engine/data/ports.h"
#include "engine/net/net.h"
#include "plugins/deploy/support/int8_model.h"
#include "plugins/support/labels.h"

namespace patchbay::blocks {

/// Cancelled when the job is to stop: asked between the steps of an export, each of which takes a second or so.
Result<> goOn(RunContext& ctx);

/// A picture drawn by the program for test vectors: no user's picture leaves the machine unless asked.
struct DrawnPicture {
  std::string name;  ///< "2_tall.jpg"
  std::string bytes;
};
/// Eleven pictures of other shapes, formats and sizes, the same every time: grey, 16 bits a channel, turned by EXIF, and
/// large enough for scaled decoding.
Result<std::vector<DrawnPicture>> drawnPictures();

struct Latency {
  std::int64_t batch = 1;
  double p50 = 0, p95 = 0;  ///< Milliseconds for the whole batch.
};
/// Times the exported bytes in OpenVINO on this machine.
Result<std::vector<Latency>> measureLatency(RunContext& ctx, const std::string& onnx);

/// How far two runtimes are apart on the same inputs.
struct Parity {
  double maxDifference = 0;  ///< Of max |a - b| / (1 + max |b|) over the outputs of one input: the largest.
  double cosine = 1;         ///< The smallest one.
  double sameTop1 = 1;       ///< Share of inputs.
  std::size_t inputs = 0;
  bool ok() const { return maxDifference <= 1e-4 && cosine >= 0.99999 && sameTop1 == 1; }
};
Parity compareLogits(std::span<const float> a, std::span<const float> b, std::size_t classes);
/// The exported bytes in OpenVINO against the network in LibTorch, on 32 random inputs and the given ones.
Result<Parity> checkParity(RunContext& ctx, const net::Net& net, const std::string& onnx, std::span<const float> inputs, std::size_t count);

struct CardFacts {
  std::string name;
  const net::Net* net = nullptr;
  Value meta;  ///< Of the model value.
  std::optional<Report> report;
  std::vector<std::string> figures;  ///< Files beside the card that draw the report.
  Value data;                        ///< {"digest", "pictures", "classes": {...}, "splits": {...}}; null when not given.
  Value pipeline;
  std::vector<Latency> latencies;
  Parity parity;
  std::string demos;                   ///< What was checked of the demos.
  std::optional<Int8Result> int8;      ///< When it was asked for; its bytes are not needed.
  std::vector<Latency> int8Latencies;  ///< Empty when it was not saved.
  std::int64_t onnxBytes = 0, parameters = 0, macs = 0;
  int threads = 1;
};
/// The figures of an export for programs, measurements.json: {"processor", "threads", "load", "int8_unit", "models":
/// [{"file", "precision", "bytes", "latency": [{"batch", "p50_ms", "p95_ms", "pictures_per_second"}], "accuracy"?}], "parity",
/// "int8"?: {"saved", "calibration_pictures", "validation_pictures", "accuracy_fp32", "accuracy_int8", "drop_points", "same"}}.
Value measurementsOf(const CardFacts& facts);
/// The model card as Markdown (Mitchell et al., arXiv 1810.03993): what it is, how good, on which data, how fast, limits.
std::string modelCard(const CardFacts& facts);
/// "AMD EPYC, 2 cores"
std::string measuredOn();

/// Constants for the C++ demo.
std::string demoHeader(const net::Net& net);

}  // namespace patchbay::blocks
