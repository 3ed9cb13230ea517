// SPDX-License-Identifier: Apache-2.0
#include "plugins/deploy/support/export_files.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <random>

#include "engine/openvino/runner.h"
#include "engine/torch/model.h"
#include "engine/torch/runtime.h"
#include "engine/vision/encode.h"
#include "engine/vision/random.h"

namespace patchbay::blocks {
namespace {

/// A scene of a gradient, discs and noise: it has both smooth parts and fine texture.
vision::Image drawScene(int width, int height, int channels, std::uint64_t seed) {
  vision::Random random{{.seed = seed}};
  struct Disc {
    double x, y, r;
    std::array<double, 3> colour;
  };
  std::vector<Disc> discs;
  for (int i = 0; i < 12; ++i)
    discs.push_back({random.uniform(0, width), random.uniform(0, height), random.uniform(0.05, 0.3) * std::min(width, height),
                     {random.uniform(0, 255), random.uniform(0, 255), random.uniform(0, 255)}});
  vision::Image image{width, height, channels};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      std::array<double, 3> v{255.0 * x / width, 255.0 * y / height, 128 + 80 * std::sin(0.07 * (x + 2 * y))};
      for (const auto& d : discs)
        if (std::hypot(x - d.x, y - d.y) < d.r) v = d.colour;
      for (int c = 0; c < channels; ++c)
        image.row(y)[x * channels + c] = static_cast<std::uint8_t>(std::clamp(v[static_cast<std::size_t>(c)] + random.uniform(-12, 12), 0.0, 255.0));
    }
  return image;
}

/// A C++ string literal; every byte outside printable ASCII is written in octal.
std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char ch : text) {
    const auto c = static_cast<unsigned char>(ch);
    if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\' || c == '?') {
      char octal[8];
      std::snprintf(octal, sizeof octal, "\\%03o", c);
      out += octal;
    } else {
      out += ch;
    }
  }
  return out + "\"";
}

std::string number(double v) { return toJson(Value{v}); }

}  // namespace

Result<std::vector<DrawnPicture>> drawnPictures() {
  std::vector<DrawnPicture> out;
  const auto png = [&](const char* name, int w, int h, int channels) -> Result<> {
    PB_TRY(auto bytes, vision::encodePng(drawScene(w, h, channels, out.size())));
    out.push_back({name, std::move(bytes)});
    return {};
  };
  const auto jpeg = [&](const char* name, int w, int h, int channels) -> Result<> {
    PB_TRY(auto bytes, vision::encodeJpeg(drawScene(w, h, channels, out.size()), 92));
    out.push_back({name, std::move(bytes)});
    return {};
  };
  PB_CHECK(png("1_square.png", 300, 300, 3));
  PB_CHECK(png("2_grey.png", 300, 300, 1));
  PB_CHECK(png("3_tall.png", 201, 517, 3));
  PB_CHECK(png("4_small.png", 61, 47, 3));
  PB_CHECK(jpeg("5_wide.jpg", 640, 427, 3));
  PB_CHECK(jpeg("6_grey.jpg", 512, 384, 1));
  PB_CHECK(jpeg("7_odd.jpg", 799, 601, 3));
  PB_CHECK(jpeg("8_large.jpg", 1632, 1224, 3));
  return out;
}

Result<std::vector<Latency>> measureLatency(RunContext& ctx, const std::string& onnx) {
  std::vector<Latency> out;
  for (const std::int64_t batch : {1, 8}) {
    PB_TRY(auto model, openvino::CpuModel::fromOnnx(onnx, {.threads = ctx.threads(), .batch = batch, .streams = 1}));
    std::size_t size = static_cast<std::size_t>(batch);
    for (const auto extent : model.input().shape) size *= static_cast<std::size_t>(extent);
    const std::vector<float> input(size, 0.5f);
    std::vector<double> ms;
    // Enough for a stable 95th percentile, and never more than about three seconds.
    double spent = 0;
    for (int i = 0; i < 210 && spent < 3000; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      PB_TRY(const auto result, model.infer(input, batch));
      const double took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
      spent += took;
      if (i >= 10) ms.push_back(took);
      if (ctx.stop() == Stop::Cancel) return fail(ErrorKind::Cancelled, "export.cancelled", TR("block", "The export was stopped."), TR("block", "Run again."));
    }
    std::ranges::sort(ms);
    out.push_back({batch, ms[ms.size() / 2], ms[ms.size() * 95 / 100]});
  }
  return out;
}

Parity compareLogits(std::span<const float> a, std::span<const float> b, std::size_t classes) {
  Parity p;
  p.inputs = a.size() / classes;
  std::size_t same = 0;
  for (std::size_t r = 0; r < p.inputs; ++r) {
    const auto x = a.subspan(r * classes, classes), y = b.subspan(r * classes, classes);
    double dot = 0, xx = 0, yy = 0;
    for (std::size_t k = 0; k < classes; ++k) {
      p.maxDifference = std::max(p.maxDifference, std::abs(static_cast<double>(x[k]) - y[k]) / (1 + std::abs(static_cast<double>(y[k]))));
      dot += static_cast<double>(x[k]) * y[k];
      xx += static_cast<double>(x[k]) * x[k];
      yy += static_cast<double>(y[k]) * y[k];
    }
    if (xx > 0 && yy > 0) p.cosine = std::min(p.cosine, dot / std::sqrt(xx * yy));
    const auto bestX = std::ranges::max_element(x) - x.begin(), bestY = std::ranges::max_element(y) - y.begin();
    // Two scores closer than rounding may swap places.
    same += bestX == bestY || std::abs(y[static_cast<std::size_t>(bestX)] - y[static_cast<std::size_t>(bestY)]) < 2e-4f;
  }
  p.sameTop1 = p.inputs ? static_cast<double>(same) / static_cast<double>(p.inputs) : 1;
  return p;
}

Result<Parity> checkParity(RunContext& ctx, const net::Net& net, const std::string& onnx, std::span<const float> inputs, std::size_t count) {
  constexpr std::size_t randomInputs = 32;
  std::size_t size = 1;
  for (const auto extent : net.input.shape) size *= static_cast<std::size_t>(extent);
  std::vector<float> all(randomInputs * size);
  vision::Random random{{.seed = 7}};
  for (auto& v : all) v = static_cast<float>(random.uniform(-1, 1));
  all.insert(all.end(), inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(count * size));
  torch::initTorch(ctx.threads());
  PB_TRY(auto frozen, openvino::CpuModel::fromOnnx(onnx, {.threads = ctx.threads()}));
  PB_TRY(const auto reference, torch::Model::create(net, {.batchNorm = torch::BatchNormMode::Frozen}));
  Parity worst;
  const auto n = randomInputs + count;
  for (std::size_t begin = 0; begin < n; begin += 16) {
    const auto m = std::min<std::size_t>(16, n - begin);
    const auto part = std::span{all}.subspan(begin * size, m * size);
    PB_TRY(const auto a, frozen.infer(part, static_cast<std::int64_t>(m)));
    PB_TRY(const auto b, reference.forward(part, static_cast<std::int64_t>(m)));
    const auto p = compareLogits(a[0].values(), b[0].values(), net.classes.size());
    worst.maxDifference = std::max(worst.maxDifference, p.maxDifference);
    worst.cosine = std::min(worst.cosine, p.cosine);
    worst.sameTop1 = std::min(worst.sameTop1, p.sameTop1);
    worst.inputs += p.inputs;
  }
  return worst;
}

std::string processorName() {
  std::ifstream info{"/proc/cpuinfo"};
  std::string line, name = "unknown processor";
  int cores = 0;
  while (std::getline(info, line)) {
    if (line.starts_with("processor")) ++cores;
    if (line.starts_with("model name")) name = line.substr(line.find(':') + 2);
  }
  return name + ", " + std::to_string(cores) + " cores";
}

std::string demoHeader(const net::Net& net) {
  const auto& p = net.preprocessing;
  std::string out = "// SPDX-License-Identifier: 0BSD\n// Written at export: what the network was trained with.\n#pragma once\nnamespace model {\n";
  const auto flag = [&](const char* name, bool v) { out += std::string{"constexpr bool "} + name + " = " + (v ? "true" : "false") + ";\n"; };
  const auto whole = [&](const char* name, std::int64_t v) { out += std::string{"constexpr int "} + name + " = " + std::to_string(v) + ";\n"; };
  const auto three = [&](const char* name, const std::array<double, 3>& v) {
    out += std::string{"constexpr double "} + name + "[3] = {" + number(v[0]) + ", " + number(v[1]) + ", " + number(v[2]) + "};\n";
  };
  flag("stretch", p.resize == net::Resize::Stretch);
  flag("bicubic", p.interpolation == net::Interpolation::Bicubic);
  flag("scaledDecode", p.scaledDecode);
  whole("resizeTo", p.resizeTo);
  whole("width", p.width);
  whole("height", p.height);
  three("mean", p.mean);
  three("std", p.std);
  out += "constexpr const char* classes[] = {";
  for (std::size_t i = 0; i < net.classes.size(); ++i) out += (i ? ", " : "") + literal(net.classes[i]);
  return out + "};\n}  // namespace model\n";
}

}  // namespace patchbay::blocks
