// SPDX-License-Identifier: Apache-2.0
#include "plugins/deploy/support/int8_model.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "engine/learn/linear_head.h"
#include "engine/openvino/runner.h"
#include "plugins/support/labels.h"

namespace patchbay::blocks {
namespace {

constexpr std::size_t mostCalibration = 300, leastCalibration = 16, mostValidation = 1000;
constexpr double outliers = 1e-4;  // Each side: the 99.99th percentile.

/// How often values of a tensor fall where, between the least and the greatest that were seen.
struct Histogram {
  static constexpr std::size_t bins = 8192;
  float low = 0, high = 0;
  std::vector<std::uint64_t> counts = std::vector<std::uint64_t>(bins);
  std::uint64_t total = 0;

  void widen(std::span<const float> values) {
    const auto [least, most] = std::ranges::minmax(values);
    low = std::min(low, least);
    high = std::max(high, most);
  }
  void add(std::span<const float> values) {
    const float scale = high > low ? static_cast<float>(bins) / (high - low) : 0;
    for (const float v : values) ++counts[std::min(bins - 1, static_cast<std::size_t>(std::max(0.F, (v - low) * scale)))];
    total += values.size();
  }
  net::ValueRange range() const {
    const auto tail = static_cast<std::uint64_t>(std::floor(static_cast<double>(total) * outliers));
    const float width = (high - low) / static_cast<float>(bins);
    std::size_t first = 0, last = bins - 1;
    for (std::uint64_t sum = 0; first < last && (sum += counts[first]) <= tail;) ++first;
    for (std::uint64_t sum = 0; last > first && (sum += counts[last]) <= tail;) --last;
    // A tensor that begins at nought (behind a rectifier) begins there in eight bits too.
    return {low == 0 ? 0 : low + static_cast<float>(first) * width, low + static_cast<float>(last + 1) * width};
  }
};

Result<std::map<std::string, net::ValueRange>> rangesOf(const PictureWork& work, const net::Net& net, const std::string& onnx,
                                                        std::span<const ChosenPicture> pictures) {
  PB_TRY(const auto names, net::tensorsToCalibrate(onnx));
  PB_TRY(const auto more, net::withOutputs(onnx, names));
  PB_TRY(auto model, openvino::CpuModel::fromOnnx(more, {.threads = work.threads}));
  std::map<std::string, std::size_t> outputs;
  for (std::size_t i = 0; i < model.outputs().size(); ++i) outputs.emplace(model.outputs()[i].name, i);
  std::map<std::string, Histogram> histograms;
  for (const auto& name : names) {
    if (!outputs.contains(name))
      return fail(ErrorKind::Internal, "int8.outputs", TR("block", "The network's activations cannot be measured."),
                  TR("block", "Export it without int8, and report this."), name);
    histograms[name];
  }
  const auto pass = [&](const Text& phase, auto&& each) {
    return overPictures(work, net, model, pictures, phase, [&](std::size_t, std::span<const net::Tensor> values, std::size_t row) {
      for (auto& [name, histogram] : histograms) each(histogram, rowOf(values[outputs.at(name)], row));
    });
  };
  PB_CHECK(pass(TR("block", "Looking for the ranges of activations"), [](Histogram& h, std::span<const float> v) { h.widen(v); }));
  PB_CHECK(pass(TR("block", "Counting activations"), [](Histogram& h, std::span<const float> v) { h.add(v); }));
  std::map<std::string, net::ValueRange> out;
  for (const auto& [name, histogram] : histograms) out.emplace(name, histogram.range());
  return out;
}

/// The label of each picture as the network gives it.
Result<std::vector<std::string>> answersOf(const PictureWork& work, const net::Net& net, const std::string& onnx,
                                           std::span<const ChosenPicture> pictures, const Text& phase) {
  PB_TRY(auto model, openvino::CpuModel::fromOnnx(onnx, {.threads = work.threads}));
  std::vector<std::string> out(pictures.size());
  PB_CHECK(overPictures(work, net, model, pictures, phase, [&](std::size_t i, std::span<const net::Tensor> values, std::size_t row) {
    const auto logits = rowOf(values[0], row);
    out[i] = net.classes[static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin())];
  }));
  return out;
}

}  // namespace

Result<Int8Result> makeInt8(const PictureWork& work, const net::Net& net, const std::string& onnx, const Dataset& data) {
  PB_TRY(const auto calibration, choosePictures(work, data, Split::Train, mostCalibration));
  if (calibration.size() < leastCalibration)
    return fail(ErrorKind::BadInput, "int8.pictures",
                TR("block", "int8 needs the pictures of the training split, and there are {n}.")
                    .count(static_cast<std::int64_t>(calibration.size())),
                TR("block", "Connect the data behind the Split block, or turn int8 off."), "data");
  PB_TRY(const auto ranges, rangesOf(work, net, onnx, calibration));
  Int8Result out;
  PB_TRY(out.onnx, net::toInt8(onnx, ranges));
  out.calibration = static_cast<std::int64_t>(calibration.size());
  PB_TRY(const auto validation, choosePictures(work, data, Split::Validation, mostValidation, Labelled::Only));
  out.validation = static_cast<std::int64_t>(validation.size());
  if (validation.empty()) return out;
  PB_TRY(const auto before, answersOf(work, net, onnx, validation, TR("block", "Measuring fp32 on validation")));
  PB_TRY(const auto after, answersOf(work, net, out.onnx, validation, TR("block", "Measuring int8 on validation")));
  std::size_t right = 0, rightInt8 = 0, same = 0;
  for (std::size_t i = 0; i < validation.size(); ++i) {
    right += before[i] == validation[i].label;
    rightInt8 += after[i] == validation[i].label;
    same += before[i] == after[i];
  }
  const auto share = [&](std::size_t n) { return static_cast<double>(n) / static_cast<double>(validation.size()); };
  out.accuracyFloat = share(right);
  out.accuracyInt8 = share(rightInt8);
  out.same = share(same);
  return out;
}

std::string int8Unit() {
  std::ifstream info{"/proc/cpuinfo"};
  for (std::string line; std::getline(info, line);) {
    if (!line.starts_with("flags")) continue;
    line += " ";
    for (const auto& [flag, name] : {std::pair{" amx_int8 ", "AMX"}, {" avx512_vnni ", "AVX512-VNNI"}, {" avx_vnni ", "AVX-VNNI"}})
      if (line.find(flag) != std::string::npos) return name;
    return {};
  }
  return {};
}

}  // namespace patchbay::blocks
