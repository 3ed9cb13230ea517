// SPDX-License-Identifier: Apache-2.0
// Times the jobs of torch_peer.py with the engine's own runtimes: JSON lines {"name", "value", "unit"}, images/s.
// torch_bench [--threads N] [--batch N] [--steps N] [--only TEXT] [--onnx FILE] [--device cpu|cuda:N]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/processor.h"
#include "engine/base/value.h"
#include "engine/net/builders.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "engine/openvino/runner.h"
#include "engine/torch/runtime.h"
#include "engine/torch/trainer.h"

namespace patchbay {
namespace {
using Clock = std::chrono::steady_clock;

struct Settings {
  int threads = 2;
  std::int64_t batch = 32, steps = 8;
  std::string only, onnx, device = "cpu";
};

template <class T>
T orDie(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", describe(result.error()).c_str());
  std::exit(1);
}

void print(const std::string& name, double value, const char* unit) {
  std::printf("%s\n", toJson(Value::Map{{"name", name}, {"value", value}, {"unit", unit}}).c_str());
  std::fflush(stdout);
}

/// Random pictures or activations, made once: the peer does not load anything either.
class RandomSource : public torch::BatchSource {
 public:
  RandomSource(std::int64_t batch, std::int64_t each) : batch_{batch}, inputs_(static_cast<std::size_t>(batch * each)) {
    std::mt19937 random{1};
    std::normal_distribution<float> normal;
    for (auto& v : inputs_) v = normal(random);
  }
  std::int64_t size() const override { return batch_ * 1000; }
  Result<> fill(const torch::BatchRequest& request, const torch::BatchView& out) override {
    std::copy_n(inputs_.begin(), out.inputs.size(), out.inputs.begin());
    for (std::size_t i = 0; i < request.items.size(); ++i) {
      out.targets[2 * i] = request.items[i] % 2 == 0 ? .9f : .1f;
      out.targets[2 * i + 1] = 1 - out.targets[2 * i];
    }
    return {};
  }

 private:
  std::int64_t batch_;
  std::vector<float> inputs_;
};

double medianRate(const Settings& s, const net::Net& net, torch::ModelOptions options) {
  options.device = s.device;
  auto model = orDie(torch::Model::create(net, options));
  RandomSource source{s.batch, orDie(net::elementCount(net.input.shape))};
  torch::TrainOptions train;
  train.batch = s.batch;
  train.steps = s.steps + 2;
  train.dropout = .2;
  auto trainer = orDie(torch::Trainer::create(model, source, train));
  std::vector<double> rates;
  torch::TrainHooks hooks;
  hooks.progress = [&](const torch::StepReport& r) { rates.push_back(r.imagesPerSecond); };
  orDie(trainer.run(hooks));
  rates.erase(rates.begin(), rates.begin() + 2);
  std::nth_element(rates.begin(), rates.begin() + rates.size() / 2, rates.end());
  return rates[rates.size() / 2];
}

double forwardRate(const Settings& s, const net::Net& net) {
  const auto model = orDie(torch::Model::create(net, {.device = s.device}));
  const std::vector<float> inputs(static_cast<std::size_t>(s.batch * orDie(net::elementCount(net.input.shape))), .5f);
  std::vector<double> seconds;
  for (std::int64_t i = 0; i < s.steps + 2; ++i) {
    const auto begin = Clock::now();
    orDie(model.forward(inputs, s.batch));
    if (i >= 2) seconds.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
  }
  std::nth_element(seconds.begin(), seconds.begin() + seconds.size() / 2, seconds.end());
  return static_cast<double>(s.batch) / seconds[seconds.size() / 2];
}

double runnerRate(const std::string& onnx, const openvino::RunnerOptions& options, std::int64_t pictures) {
  auto model = orDie(openvino::CpuModel::fromOnnx(onnx, options));
  const auto pass = [&](std::int64_t wanted) {
    std::int64_t given = 0;
    const auto begin = Clock::now();
    orDie(model.run(
        [&](std::span<float> inputs, std::int64_t capacity) -> Result<std::int64_t> {
          if (given == 0) std::fill(inputs.begin(), inputs.end(), .5f);
          const auto n = std::min(capacity, wanted - given);
          given += n;
          return n;
        },
        [](std::int64_t, std::int64_t, std::span<const std::span<const float>>) -> Result<> { return {}; }));
    return static_cast<double>(wanted) / std::chrono::duration<double>(Clock::now() - begin).count();
  };
  pass(32);
  std::vector<double> rates{pass(pictures), pass(pictures), pass(pictures)};
  std::sort(rates.begin(), rates.end());
  return rates[1];
}

void run(const Settings& s) {
  const auto wanted = [&](const std::string& name) { return name.find(s.only) != name.npos; };
  const auto net = orDie(net::replaceHead(net::initialised(orDie(net::build("efficientnet_lite0")), 1), {"good", "defective"}));
  const auto folded = orDie(net::foldBatchNorm(net));
  torch::initTorch(s.threads);
  using torch::BatchNormMode;
  using torch::Precision;
  const auto train = [&](const std::string& name, const net::Net& what, const torch::ModelOptions& options) {
    if (wanted(name)) print(name, medianRate(s, what, options), "images/s");
  };
  const bool half = s.device != "cpu" || bfloat16InHardware();
  train("full, BatchNorm folded", net, {});
  train("full, BatchNorm trained", net, {.batchNorm = BatchNormMode::Train});
  if (half) train("full, bfloat16", net, {.precision = Precision::Bfloat16});
  const auto halves = orDie(net::splitAt(folded, "block11"));
  train("last-stages", halves.upper, {});
  if (half) train("last-stages, bfloat16", halves.upper, {.precision = Precision::Bfloat16});
  if (wanted("forward torch")) print("forward torch", forwardRate(s, net), "images/s");
  if (s.device != "cpu") {
    const auto deep = orDie(net::replaceHead(net::initialised(orDie(net::build("resnet50")), 1), {"good", "defective"}));
    train("ResNet-50, full, BatchNorm trained", deep, {.batchNorm = BatchNormMode::Train});
    train("ResNet-50, full, BatchNorm trained, bfloat16", deep, {.precision = Precision::Bfloat16, .batchNorm = BatchNormMode::Train});
    print("peak memory of the GPU", static_cast<double>(torch::peakGpuMemory(s.device)) / 1e6, "MB");
    return;
  }
  const auto onnx = s.onnx.empty() ? orDie(net::toOnnx(folded)) : orDie(readFile(s.onnx));
  for (const std::int64_t batch : {8, 1})
    for (const auto precision : {openvino::Precision::Float, openvino::Precision::Bfloat16IfFast})
      for (const int streams : {2, 1}) {
        const auto name = "forward OpenVINO, batch " + std::to_string(batch) + ", streams " + std::to_string(streams) +
                          (precision == openvino::Precision::Float ? "" : ", bfloat16");
        if (wanted(name))
          print(name, runnerRate(onnx, {.threads = s.threads, .precision = precision, .batch = batch, .streams = streams}, 256),
                "images/s");
      }
  print("peak memory", static_cast<double>(torch::peakMemory()) / 1e6, "MB");
}

}  // namespace
}  // namespace patchbay

int main(int argc, char** argv) {
  patchbay::Settings s;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string key = argv[i], value = argv[i + 1];
    if (key == "--threads") s.threads = std::atoi(value.c_str());
    else if (key == "--batch") s.batch = std::atoi(value.c_str());
    else if (key == "--steps") s.steps = std::atoi(value.c_str());
    else if (key == "--only") s.only = value;
    else if (key == "--onnx") s.onnx = value;
    else if (key == "--device") s.device = value;
    else return std::fprintf(stderr, "unknown option %s\n", key.c_str()), 2;
  }
  patchbay::run(s);
}
