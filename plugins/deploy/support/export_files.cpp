// SPDX-License-Identifier: Apache-2.0
#include "plugins/deploy/support/export_files.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <random>
#include <thread>

#include "engine/base/processor.h"
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
    discs.push_back({random.uniform(0, width),
                     random.uniform(0, height),
                     random.uniform(0.05, 0.3) * std::min(width, height),
                     {random.uniform(0, 255), random.uniform(0, 255), random.uniform(0, 255)}});
  vision::Image image{width, height, channels};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      std::array<double, 3> v{255.0 * x / width, 255.0 * y / height, 128 + 80 * std::sin(0.07 * (x + 2 * y))};
      for (const auto& d : discs)
        if ((x - d.x) * (x - d.x) + (y - d.y) * (y - d.y) < d.r * d.r) v = d.colour;
      for (int c = 0; c < channels; ++c)
        image.row(y)[x * channels + c] =
            static_cast<std::uint8_t>(std::clamp(v[static_cast<std::size_t>(c)] + random.uniform(-12, 12), 0.0, 255.0));
    }
  return image;
}

/// A JPEG with an EXIF block that only gives its orientation, 1 to 8 (TIFF 6.0, tag 274).
std::string turnedByExif(const std::string& jpeg, char orientation) {
  constexpr std::string_view head{
      "\xFF\xE1\0\x22"
      "Exif\0\0"
      "MM\0\x2A\0\0\0\x08"
      "\0\x01"
      "\x01\x12\0\x03\0\0\0\x01\0",
      29};
  constexpr std::string_view tail{"\0\0\0\0\0\0", 6};
  return jpeg.substr(0, 2) + std::string{head} + orientation + std::string{tail} + jpeg.substr(2);
}

std::string bigEndian(std::uint32_t v) {
  return {static_cast<char>(v >> 24), static_cast<char>(v >> 16), static_cast<char>(v >> 8), static_cast<char>(v)};
}

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = ~0u;
  for (const char ch : bytes) {
    crc ^= static_cast<std::uint8_t>(ch);
    for (int k = 0; k < 8; ++k) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
  }
  return ~crc;
}

/// A PNG of 16 bits a channel (PNG 1.2), the low bytes different from the high ones; stored without compression.
std::string deepPng(const vision::Image& image) {
  std::string rows;
  for (int y = 0; y < image.height(); ++y) {
    rows += '\0';
    for (std::size_t i = 0; i < image.stride(); ++i) {
      rows += static_cast<char>(image.row(y)[i]);
      rows += static_cast<char>(image.row(y)[i] * 31 + 7);
    }
  }
  std::string zlib = "\x78\x01";
  std::uint32_t a = 1, b = 0;  // Adler-32 (RFC 1950).
  for (const char ch : rows) {
    a = (a + static_cast<std::uint8_t>(ch)) % 65521;
    b = (b + a) % 65521;
  }
  constexpr std::size_t block = 65535;  // Stored blocks of RFC 1951.
  for (std::size_t at = 0; at < rows.size(); at += block) {
    const auto n = static_cast<std::uint16_t>(std::min(block, rows.size() - at));
    zlib += at + block >= rows.size() ? '\1' : '\0';
    for (const std::uint16_t v : {n, static_cast<std::uint16_t>(~n)}) (zlib += static_cast<char>(v & 255)) += static_cast<char>(v >> 8);
    zlib.append(rows, at, n);
  }
  zlib += bigEndian(b << 16 | a);
  std::string out{"\x89PNG\r\n\x1a\n"};
  const auto chunk = [&](const std::string& kind, const std::string& data) {
    out += bigEndian(static_cast<std::uint32_t>(data.size())) + kind + data + bigEndian(crc32(kind + data));
  };
  chunk("IHDR", bigEndian(static_cast<std::uint32_t>(image.width())) + bigEndian(static_cast<std::uint32_t>(image.height())) + '\x10' +
                    (image.channels() == 1 ? '\0' : '\2') + std::string(3, '\0'));
  chunk("IDAT", zlib);
  chunk("IEND", "");
  return out;
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
  PB_TRY(const auto lying, vision::encodeJpeg(drawScene(480, 300, 3, 8), 92));
  out.push_back({"9_turned.jpg", turnedByExif(lying, 6)});
  out.push_back({"10_deep_grey.png", deepPng(drawScene(320, 260, 1, 9))});
  out.push_back({"11_deep.png", deepPng(drawScene(260, 320, 3, 10))});
  return out;
}

Result<> goOn(RunContext& ctx) {
  if (ctx.stop() != Stop::Cancel) return {};
  return fail(ErrorKind::Cancelled, "export.cancelled", TR("block", "The export was stopped."), TR("block", "Run again."));
}

Result<std::vector<Latency>> measureLatency(RunContext& ctx, const std::string& onnx) {
  constexpr int warmUp = 5;
  std::vector<Latency> out;
  for (const std::int64_t batch : {1, 8}) {
    PB_TRY(auto model, openvino::CpuModel::fromOnnx(onnx, {.threads = ctx.threads(), .batch = batch, .streams = 1}));
    std::size_t size = static_cast<std::size_t>(batch);
    for (const auto extent : model.input().shape) size *= static_cast<std::size_t>(extent);
    const std::vector<float> input(size, 0.5f);
    std::vector<double> ms;
    // Half a second shows the median to a few hundredths; two dozen runs are the fewest that have a 95th percentile. `patchbay
    // measure` takes longer for more. On a machine so busy that three seconds pass before, one measurement at least.
    double spent = 0;
    const auto enough = [&] { return ms.size() >= 200 || (spent >= 600 && ms.size() >= 24) || (spent >= 3000 && !ms.empty()); };
    for (int i = 0; !enough(); ++i) {
      const auto begin = std::chrono::steady_clock::now();
      PB_TRY(const auto result, model.infer(input, batch));
      const double took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
      spent += took;
      if (i >= warmUp || spent >= 3000) ms.push_back(took);
      PB_CHECK(goOn(ctx));
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
    double dot = 0, xx = 0, yy = 0, apart = 0, largest = 0;
    for (std::size_t k = 0; k < classes; ++k) {
      apart = std::max(apart, std::abs(static_cast<double>(x[k]) - y[k]));
      largest = std::max(largest, std::abs(static_cast<double>(y[k])));
      dot += static_cast<double>(x[k]) * y[k];
      xx += static_cast<double>(x[k]) * x[k];
      yy += static_cast<double>(y[k]) * y[k];
    }
    p.maxDifference = std::max(p.maxDifference, apart / (1 + largest));
    if (xx > 0 && yy > 0) p.cosine = std::min(p.cosine, dot / std::sqrt(xx * yy));
    const auto bestX = std::ranges::max_element(x) - x.begin(), bestY = std::ranges::max_element(y) - y.begin();
    // Two scores closer than rounding may swap places.
    same += bestX == bestY || std::abs(y[static_cast<std::size_t>(bestX)] - y[static_cast<std::size_t>(bestY)]) < 2e-4f;
  }
  p.sameTop1 = p.inputs ? static_cast<double>(same) / static_cast<double>(p.inputs) : 1;
  return p;
}

Result<Parity> checkParity(RunContext& ctx, const net::Net& net, const std::string& onnx, std::span<const float> inputs,
                           std::size_t count) {
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
    PB_CHECK(goOn(ctx));
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

std::string measuredOn() { return processorName() + ", " + std::to_string(std::thread::hardware_concurrency()) + " cores"; }

std::string demoHeader(const net::Net& net) {
  const auto& p = net.preprocessing;
  std::string out =
      "// SPDX-License-Identifier: 0BSD\n// Written at export: what the network was trained with.\n#pragma once\nnamespace model {\n";
  const auto flag = [&](const char* name, bool v) {
    out += std::string{"constexpr bool "} + name + " = " + (v ? "true" : "false") + ";\n";
  };
  const auto whole = [&](const char* name, std::int64_t v) {
    out += std::string{"constexpr int "} + name + " = " + std::to_string(v) + ";\n";
  };
  const auto three = [&](const char* name, const std::array<double, 3>& v) {
    out += std::string{"constexpr double "} + name + "[3] = {" + number(v[0]) + ", " + number(v[1]) + ", " + number(v[2]) + "};\n";
  };
  flag("multiLabel", net.task == net::multiLabelTask);
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
  out += "};\nconstexpr double thresholds[] = {";
  const auto thresholds = labelThresholds(net);
  for (std::size_t i = 0; i < thresholds.size(); ++i) out += (i ? ", " : "") + number(thresholds[i]);
  return out + "};  // of several labels a picture\n}  // namespace model\n";
}

}  // namespace patchbay::blocks
