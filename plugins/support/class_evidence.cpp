// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/class_evidence.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "engine/openvino/runner.h"
#include "plugins/support/pictures.h"

namespace patchbay::blocks {
namespace {

/// A pooled map whose channels are columns first .. first + channels - 1 of the classifier's weight.
struct Term {
  std::string map;
  net::Reduction reduction = net::Reduction::Mean;
  std::size_t first = 0, channels = 0;
  std::size_t height = 0, width = 0;
  std::size_t output = 0;  ///< Of the model.
};

const net::Op* behind(const net::Net& net, std::string value) {
  for (;;) {
    const auto* op = net.findOp(value);
    if (!op || !(op->as<net::Dropout>() || op->as<net::Flatten>() || op->as<net::Reshape>())) return op;
    value = op->inputs[0];
  }
}

/// The maps whose pooled channels make up `value`, in order; false when it is made of anything else.
bool collect(const net::Net& net, const std::map<std::string, net::Shape>& shapes, const std::string& value, std::size_t& column,
             std::vector<Term>& terms) {
  const auto* op = behind(net, value);
  if (!op) return false;
  if (const auto* pool = op->as<net::GlobalPool>()) {
    const auto& shape = shapes.at(op->inputs[0]);
    if (shape.size() != 4) return false;
    const auto at = [&](std::size_t i) { return static_cast<std::size_t>(shape[i]); };
    terms.push_back({op->inputs[0], pool->reduction, column, at(1), at(2), at(3), 0});
    column += at(1);
    return true;
  }
  const auto* concat = op->as<net::Concat>();
  if (!concat || concat->axis != 1) return false;
  return std::ranges::all_of(op->inputs, [&](const std::string& one) { return collect(net, shapes, one, column, terms); });
}

/// Where a map is `from` numbers wide, and is looked at as `to` numbers: the two neighbours and the share of the second.
struct Sample {
  std::size_t low = 0, high = 0;
  float share = 0;
};
Sample sampleAt(double position, std::size_t count) {
  const double clamped = std::clamp(position, 0.0, static_cast<double>(count - 1));
  const auto low = static_cast<std::size_t>(clamped);
  return {low, std::min(low + 1, count - 1), static_cast<float>(clamped - static_cast<double>(low))};
}

float bilinear(std::span<const float> grid, std::size_t width, const Sample& y, const Sample& x) {
  const auto at = [&](std::size_t r, std::size_t c) { return grid[r * width + c]; };
  const float top = at(y.low, x.low) * (1 - x.share) + at(y.low, x.high) * x.share;
  const float bottom = at(y.high, x.low) * (1 - x.share) + at(y.high, x.high) * x.share;
  return top * (1 - y.share) + bottom * y.share;
}

constexpr int occlusionSteps = 8;
constexpr int readableWidth = 14;

/// Fine grids are blurred for the eye to what a 14 wide one shows: the few places where maxima lie would be specks else.
Grid readable(const Grid& grid) {
  if (grid.width <= readableWidth) return grid;
  const double sigma = static_cast<double>(grid.width) / readableWidth;
  const int reach = static_cast<int>(std::ceil(2.5 * sigma));
  std::vector<float> kernel;
  for (int i = -reach; i <= reach; ++i) kernel.push_back(static_cast<float>(std::exp(-i * i / (2 * sigma * sigma))));
  const float total = std::accumulate(kernel.begin(), kernel.end(), 0.F);
  auto out = grid;
  const auto pass = [&](int dx, int dy) {
    const auto from = out.values;
    for (int y = 0; y < grid.height; ++y)
      for (int x = 0; x < grid.width; ++x) {
        float sum = 0;
        for (int i = -reach; i <= reach; ++i) {
          const int px = x + i * dx, py = y + i * dy;
          if (px < 0 || py < 0 || px >= grid.width || py >= grid.height) continue;
          sum += kernel[static_cast<std::size_t>(i + reach)] * from[static_cast<std::size_t>(py * grid.width + px)];
        }
        // Not by what lies inside alone: a speck in a corner would outshine everything.
        out.values[static_cast<std::size_t>(y * grid.width + x)] = sum / total;
      }
  };
  pass(1, 0);
  pass(0, 1);
  return out;
}

}  // namespace

struct ClassEvidence::Impl {
  net::Net net;
  vision::Preprocess preprocess;
  std::vector<Term> terms;
  std::span<const float> weight;  ///< [classes, columns], of the net's parameters.
  std::size_t columns = 0;
  std::optional<std::size_t> featuresOutput;
  std::optional<openvino::CpuModel> model;

  std::vector<float> ofTerm(const Term& term, std::span<const float> map, std::size_t classIndex) const {
    const auto pixels = term.height * term.width;
    std::vector<float> out(pixels, 0.F);
    for (std::size_t c = 0; c < term.channels; ++c) {
      const float w = weight[classIndex * columns + term.first + c];
      const auto channel = map.subspan(c * pixels, pixels);
      if (term.reduction == net::Reduction::Mean) {
        for (std::size_t i = 0; i < pixels; ++i) out[i] += w * channel[i];
      } else {
        // The mean of the grid is what counts: the one place that decides carries all of it.
        const auto best = static_cast<std::size_t>(std::ranges::max_element(channel) - channel.begin());
        out[best] += w * channel[best] * static_cast<float>(pixels);
      }
    }
    return out;
  }

  Grid activationMap(const Seen& seen, std::size_t classIndex) const {
    Grid out;
    for (const auto& term : terms) {
      out.height = std::max(out.height, static_cast<int>(term.height));
      out.width = std::max(out.width, static_cast<int>(term.width));
    }
    const auto width = static_cast<std::size_t>(out.width), height = static_cast<std::size_t>(out.height);
    out.values.assign(width * height, 0.F);
    for (std::size_t t = 0; t < terms.size(); ++t) {
      const auto& term = terms[t];
      const auto part = ofTerm(term, seen.maps[t], classIndex);
      // Coarser maps count for all the places they stand for. Repeating keeps the mean where sizes divide, as they do in
      // every backbone here.
      for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x)
          out.values[y * width + x] += part[(y * term.height / height) * term.width + x * term.width / width];
    }
    return out;
  }

  Result<Grid> occlusion(const Seen& seen, std::size_t classIndex, const StopFlag* stop) {
    const int side = preprocess.crop;
    const int step = std::max(1, side / occlusionSteps), window = std::max(2, 2 * step);
    Grid out{occlusionSteps, occlusionSteps, std::vector<float>(occlusionSteps * occlusionSteps)};
    for (int row = 0; row < occlusionSteps; ++row)
      for (int column = 0; column < occlusionSteps; ++column) {
        if (stop && stop->requested())
          return fail(ErrorKind::Cancelled, "evidence.cancelled", TR("block", "A newer request replaced this one."),
                      TR("block", "Nothing needs to be done."));
        auto covered = seen.input;
        const int top = row * step - window / 4, left = column * step - window / 4;
        for (int c = 0; c < 3; ++c)
          for (int y = std::max(0, top); y < std::min(side, top + window); ++y)
            for (int x = std::max(0, left); x < std::min(side, left + window); ++x)
              covered[static_cast<std::size_t>((c * side + y) * side + x)] = 0;  // The mean of all pictures.
        PB_TRY(const auto outputs, model->infer(covered, 1));
        out.values[static_cast<std::size_t>(row * occlusionSteps + column)] = seen.logits[classIndex] - outputs[0].values()[classIndex];
      }
    return out;
  }
};

ClassEvidence::ClassEvidence(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
ClassEvidence::ClassEvidence(ClassEvidence&&) noexcept = default;
ClassEvidence& ClassEvidence::operator=(ClassEvidence&&) noexcept = default;
ClassEvidence::~ClassEvidence() = default;

ClassEvidence::Method ClassEvidence::method() const { return impl_->terms.empty() ? Method::Occlusion : Method::ActivationMap; }
const net::Net& ClassEvidence::net() const { return impl_->net; }
const vision::Preprocess& ClassEvidence::preprocess() const { return impl_->preprocess; }

Result<ClassEvidence> ClassEvidence::open(const net::Net& net, int threads) {
  if (net.classes.empty() || net.outputs.empty())
    return fail(ErrorKind::Unsupported, "evidence.no_classes", TR("block", "This network was not trained to tell classes apart."),
                TR("block", "Choose the model of a Linear probe or Fine-tune block."));
  auto impl = std::make_unique<Impl>();
  PB_TRY(impl->net, net::foldBatchNorm(net));
  PB_TRY(impl->preprocess, preprocessOf(impl->net));
  auto tapped = impl->net;
  tapped.outputs.resize(1);
  const auto* head = behind(impl->net, tapped.outputs[0].value);
  if (const auto* linear = head ? head->as<net::Linear>() : nullptr) {
    PB_TRY(const auto shapes, net::inferShapes(impl->net));
    std::size_t column = 0;
    if (!collect(impl->net, shapes, head->inputs[0], column, impl->terms) || column != static_cast<std::size_t>(linear->in))
      impl->terms.clear();
    impl->columns = static_cast<std::size_t>(linear->in);
    impl->weight = impl->net.parameters.at(head->name + ".weight").values();
    const auto* below = impl->net.findOp(head->inputs[0]);
    while (below && below->as<net::Dropout>()) below = impl->net.findOp(below->inputs[0]);
    if (below) {
      impl->featuresOutput = tapped.outputs.size();
      tapped.outputs.push_back({"features", below->name});
    }
    for (auto& term : impl->terms) {
      const auto same = std::ranges::find(tapped.outputs, term.map, &net::Output::value);
      term.output = static_cast<std::size_t>(same - tapped.outputs.begin());
      if (same == tapped.outputs.end()) tapped.outputs.push_back({"map" + std::to_string(term.output), term.map});
    }
  }
  PB_TRY(const auto onnx, net::toOnnx(tapped));
  PB_TRY(auto model, openvino::CpuModel::fromOnnx(onnx, {.threads = std::max(1, threads), .batch = 1, .streams = 1}));
  impl->model.emplace(std::move(model));
  return ClassEvidence{std::move(impl)};
}

Result<ClassEvidence::Seen> ClassEvidence::look(std::vector<float> input) {
  Seen out;
  PB_TRY(const auto outputs, impl_->model->infer(input, 1));
  const auto copy = [](const net::Tensor& t) { return std::vector<float>{t.values().begin(), t.values().end()}; };
  out.logits = copy(outputs[0]);
  if (impl_->featuresOutput) out.features = copy(outputs[*impl_->featuresOutput]);
  for (const auto& term : impl_->terms) out.maps.push_back(copy(outputs[term.output]));
  out.input = std::move(input);
  return out;
}

Result<Grid> ClassEvidence::evidence(const Seen& seen, std::size_t classIndex, const StopFlag* stop) {
  if (classIndex >= seen.logits.size())
    return fail(ErrorKind::BadInput, "evidence.class", TR("block", "The model has no such class."),
                TR("block", "Choose one of its classes."));
  if (method() == Method::Occlusion) return impl_->occlusion(seen, classIndex, stop);
  return impl_->activationMap(seen, classIndex);
}

Grid overPicture(const Grid& given, const vision::Preprocess& preprocess, int width, int height, int side) {
  const auto evidence = readable(given);
  const int longest = std::max({width, height, 1});
  const auto scaled = [&](int n) { return std::max(1, static_cast<int>(std::lround(static_cast<double>(n) * side / longest))); };
  Grid out{scaled(width), scaled(height), {}};
  out.values.assign(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height), 0.F);
  const float peak = evidence.values.empty() ? 0.F : *std::ranges::max_element(evidence.values);
  if (peak <= 0) return out;
  // Where the crop lies, as shares of the upright picture.
  double fromX = 0, fromY = 0, spanX = 1, spanY = 1;
  if (preprocess.mode == vision::Preprocess::Mode::ShortSide) {
    const double shortest = std::max(1, std::min(width, height)), crop = preprocess.crop / static_cast<double>(preprocess.size) * shortest;
    spanX = crop / std::max(1, width);
    spanY = crop / std::max(1, height);
    fromX = (1 - spanX) / 2;
    fromY = (1 - spanY) / 2;
  }
  const auto gridWidth = static_cast<std::size_t>(evidence.width), gridHeight = static_cast<std::size_t>(evidence.height);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) {
      const double u = ((x + 0.5) / out.width - fromX) / spanX, v = ((y + 0.5) / out.height - fromY) / spanY;
      if (u < 0 || u > 1 || v < 0 || v > 1) continue;
      const auto value = bilinear(evidence.values, gridWidth, sampleAt(v * evidence.height - 0.5, gridHeight),
                                  sampleAt(u * evidence.width - 0.5, gridWidth));
      out.values[static_cast<std::size_t>(y * out.width + x)] = std::clamp(value / peak, 0.F, 1.F);
    }
  return out;
}

}  // namespace patchbay::blocks
