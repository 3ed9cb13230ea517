// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/net/tensor.h"

namespace patchbay::openvino {

enum class Precision : std::uint8_t {
  Float,
  /// Where the processor multiplies bfloat16 (AVX512-BF16 or AMX): bfloat16 behind the maps of an eighth of the picture's side,
  /// float before. Features have a cosine of .999 and more to float's, in three quarters of the time. Elsewhere float.
  Bfloat16IfFast,
};

struct RunnerOptions {
  int threads = 1;  ///< Of the whole model, set once; part of the numerics class.
  Precision precision = Precision::Float;
  /// Pictures computed together. Fixed: smaller batches are filled up with zeros, so that every picture meets the same
  /// kernels and its result does not depend on how many came with it, nor on which. 1 for lowest latency. Two pictures of
  /// EfficientNet-Lite0 keep most activations in a core's second-level cache of 1 MB: 9.6 ms of processor time each, 11.4
  /// in batches of eight.
  std::int64_t batch = 2;
  /// Requests computed at the same time, sharing the threads; 0 = one for each thread, best for images/s. 1 is best for the
  /// latency of a single picture.
  int streams = 0;
  int requests = 0;  ///< In flight in run(); 0 = as many as keep all threads busy.
};

/// One value that goes in or comes out, without the batch.
struct Port {
  std::string name;
  net::Shape shape;
};

/// A frozen network on the CPU, from the ONNX bytes that are also exported. Starts threads when it is created: never before
/// a fork. Movable; infer and run from one thread at a time.
class CpuModel {
 public:
  /// Takes an ONNX model with one float input whose batch is free or equals options.batch, and whose other extents are
  /// fixed, and float outputs with the batch in front. Check files from outside with net::checkOnnx first.
  static Result<CpuModel> fromOnnx(std::string_view onnx, const RunnerOptions& options = {});
  CpuModel(CpuModel&&) noexcept;
  CpuModel& operator=(CpuModel&&) noexcept;
  ~CpuModel();

  const Port& input() const;
  const std::vector<Port>& outputs() const;
  const RunnerOptions& options() const;
  /// "f32" or "bf16": what is computed in.
  std::string precision() const;

  /// One tensor [count, ...] for each output. `inputs` is row-major [count, input().shape...], any count > 0.
  Result<std::vector<net::Tensor>> infer(std::span<const float> inputs, std::int64_t count);

  /// The network's own input, row-major [options().batch, input().shape...]: what is written there is computed by compute()
  /// without a copy. Stays where it is.
  std::span<float> room();
  /// Computes the first `count` pictures of room(), 1 to options().batch of them, in the calling thread where one thread computes.
  /// One span [count, ...] for each output, good until the next call.
  Result<std::vector<std::span<const float>>> compute(std::int64_t count);

  /// Writes up to `capacity` pictures into `inputs` and returns how many; 0 ends. Called from the thread that called run.
  using Source = std::function<Result<std::int64_t>(std::span<float> inputs, std::int64_t capacity)>;
  /// Receives the rows of pictures first .. first + count - 1, one span [count, ...] for each output, in source order.
  using Sink = std::function<Result<>(std::int64_t first, std::int64_t count, std::span<const std::span<const float>> outputs)>;
  /// Keeps several requests in flight while `source` fills the next and `sink` takes the last. Returns the number of
  /// pictures. An error of source or sink ends it, after the requests in flight are done (less than a second).
  Result<std::int64_t> run(const Source& source, const Sink& sink);

 private:
  struct Impl;
  explicit CpuModel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// "2026.4.1-...", part of the numerics class.
std::string openvinoVersion();

}  // namespace patchbay::openvino
