// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "engine/net/net.h"
#include "engine/net/passes.h"

// Runs a Net as its documentation reads, with plain loops. The oracle that the fast ways of running a Net are compared to.
namespace patchbay::test {
using net::Shape;
using net::Tensor;

class NetInterpreter {
 public:
  explicit NetInterpreter(const net::Net& n) : net_{n} {}

  /// Outputs by public name. `input` is [batch, ...]; the net must be valid.
  std::map<std::string, Tensor> run(const Tensor& input) {
    const auto shapes = net::inferShapes(net_, input.shape.at(0));
    assert(shapes);
    values_[net_.input.name] = input;
    for (const auto& op : net_.ops) {
      op_ = &op;
      shape_ = shapes->at(op.name);
      out_.assign(static_cast<std::size_t>(*net::elementCount(shape_)), 0);
      std::visit([&](const auto& kind) { compute(kind); }, op.kind);
      values_[op.name] = Tensor{shape_, std::move(out_)};
    }
    std::map<std::string, Tensor> outputs;
    for (const auto& output : net_.outputs) outputs[output.name] = values_.at(output.value);
    return outputs;
  }

 private:
  const Tensor& in(std::size_t i = 0) const { return values_.at(op_->inputs.at(i)); }
  const float* parameter(const char* suffix) const { return net_.parameters.at(op_->name + suffix).values().data(); }
  template <class F>
  void elementwise(F f) {
    for (std::size_t i = 0; i < out_.size(); ++i) out_[i] = f(in().values()[i]);
  }
  /// Product of the extents after `axis`.
  static std::int64_t inner(const Shape& s, std::size_t axis) {
    std::int64_t n = 1;
    for (std::size_t i = axis + 1; i < s.size(); ++i) n *= s[i];
    return n;
  }

  void compute(const net::Conv2d& k) {
    const auto& x = in();
    const auto h = x.shape[2], w = x.shape[3], oh = shape_[2], ow = shape_[3];
    const auto perIn = k.in / k.groups, perOut = k.out / k.groups;
    const float *weight = parameter(".weight"), *bias = k.bias ? parameter(".bias") : nullptr;
    for (std::int64_t n = 0; n < shape_[0]; ++n)
      for (std::int64_t o = 0; o < k.out; ++o) {
        float* y = out_.data() + (n * k.out + o) * oh * ow;
        if (bias) std::fill_n(y, oh * ow, bias[o]);
        for (std::int64_t c = 0; c < perIn; ++c)
          for (std::int64_t ky = 0; ky < k.kernel[0]; ++ky)
            for (std::int64_t kx = 0; kx < k.kernel[1]; ++kx) {
              const float v = weight[((o * perIn + c) * k.kernel[0] + ky) * k.kernel[1] + kx];
              const float* plane = x.values().data() + (n * k.in + o / perOut * perIn + c) * h * w;
              const auto dx = kx * k.dilation[1] - k.padding[1];
              for (std::int64_t oy = 0; oy < oh; ++oy) {
                const auto iy = oy * k.stride[0] + ky * k.dilation[0] - k.padding[0];
                if (iy < 0 || iy >= h) continue;
                const auto first = dx >= 0 ? 0 : (-dx + k.stride[1] - 1) / k.stride[1];
                const auto last = std::min(ow, dx >= w ? std::int64_t{0} : (w - 1 - dx) / k.stride[1] + 1);
                if (k.stride[1] == 1)
                  for (auto ox = first; ox < last; ++ox) y[oy * ow + ox] += v * plane[iy * w + ox + dx];
                else
                  for (auto ox = first; ox < last; ++ox) y[oy * ow + ox] += v * plane[iy * w + ox * k.stride[1] + dx];
              }
            }
      }
  }
  void compute(const net::BatchNorm& k) {
    const float *g = parameter(".weight"), *b = parameter(".bias"), *m = parameter(".mean"), *v = parameter(".var");
    const auto area = inner(shape_, 1);
    for (std::size_t i = 0; i < out_.size(); ++i) {
      const auto c = static_cast<std::int64_t>(i) / area % k.channels;
      out_[i] = static_cast<float>((in().values()[i] - static_cast<double>(m[c])) / std::sqrt(v[c] + k.eps) * g[c] + b[c]);
    }
  }
  void compute(const net::LayerNorm& k) {
    const float *g = parameter(".weight"), *b = parameter(".bias");
    for (std::size_t row = 0; row < out_.size(); row += static_cast<std::size_t>(k.channels)) {
      const auto x = in().values().subspan(row, static_cast<std::size_t>(k.channels));
      double mean = 0, var = 0;
      for (const float v : x) mean += v;
      mean /= static_cast<double>(k.channels);
      for (const float v : x) var += (v - mean) * (v - mean);
      var /= static_cast<double>(k.channels);
      for (std::size_t i = 0; i < x.size(); ++i) out_[row + i] = static_cast<float>((x[i] - mean) / std::sqrt(var + k.eps) * g[i] + b[i]);
    }
  }
  void compute(const net::Linear& k) {
    const float *w = parameter(".weight"), *b = k.bias ? parameter(".bias") : nullptr;
    const auto rows = static_cast<std::int64_t>(out_.size()) / k.out;
    for (std::int64_t r = 0; r < rows; ++r)
      for (std::int64_t o = 0; o < k.out; ++o) {
        double sum = b ? b[o] : 0;
        for (std::int64_t i = 0; i < k.in; ++i)
          sum += static_cast<double>(in().values()[static_cast<std::size_t>(r * k.in + i)]) * w[o * k.in + i];
        out_[static_cast<std::size_t>(r * k.out + o)] = static_cast<float>(sum);
      }
  }
  void compute(const net::Activation& k) {
    using enum net::Function;
    const auto hard = [](float x) { return std::clamp(x / 6 + .5f, 0.f, 1.f); };
    const auto sigmoid = [](float x) { return 1 / (1 + std::exp(-x)); };
    switch (k.function) {
      case Relu:
        return elementwise([](float x) { return std::max(x, 0.f); });
      case Relu6:
        return elementwise([](float x) { return std::clamp(x, 0.f, 6.f); });
      case HardSigmoid:
        return elementwise(hard);
      case HardSwish:
        return elementwise([&](float x) { return x * hard(x); });
      case Sigmoid:
        return elementwise(sigmoid);
      case Swish:
        return elementwise([&](float x) { return x * sigmoid(x); });
      case Gelu:
        return elementwise([](float x) { return static_cast<float>(.5 * x * (1 + std::erf(x / std::sqrt(2.)))); });
      case Tanh:
        return elementwise([](float x) { return std::tanh(x); });
    }
  }
  void compute(const net::Softmax& k) {
    const auto axis = static_cast<std::size_t>(k.axis < 0 ? k.axis + static_cast<std::int64_t>(shape_.size()) : k.axis);
    const auto step = static_cast<std::size_t>(inner(shape_, axis)), count = static_cast<std::size_t>(shape_[axis]);
    for (std::size_t start = 0; start < out_.size(); ++start) {
      if (start / step % count != 0) continue;
      float top = -std::numeric_limits<float>::infinity();
      double sum = 0;
      for (std::size_t i = 0; i < count; ++i) top = std::max(top, in().values()[start + i * step]);
      for (std::size_t i = 0; i < count; ++i) sum += std::exp(in().values()[start + i * step] - top);
      for (std::size_t i = 0; i < count; ++i)
        out_[start + i * step] = static_cast<float>(std::exp(in().values()[start + i * step] - top) / sum);
    }
  }
  template <class F>
  void binary(F f) {
    const auto at = [&](const Tensor& t, std::size_t flat) {
      std::int64_t index = 0, step = 1, rest = static_cast<std::int64_t>(flat);
      for (std::size_t a = shape_.size(); a-- > 0; rest /= shape_[a]) {
        if (t.shape[a] != 1) index += rest % shape_[a] * step;
        step *= t.shape[a];
      }
      return t.values()[static_cast<std::size_t>(index)];
    };
    for (std::size_t i = 0; i < out_.size(); ++i) out_[i] = f(at(in(0), i), at(in(1), i));
  }
  void compute(const net::Add&) {
    binary([](float a, float b) { return a + b; });
  }
  void compute(const net::Mul&) {
    binary([](float a, float b) { return a * b; });
  }
  void compute(const net::MatMul& k) {
    const auto rank = shape_.size();
    const auto m = shape_[rank - 2], n = shape_[rank - 1], d = in().shape[rank - 1];
    const auto stacks = static_cast<std::int64_t>(out_.size()) / (m * n);
    const auto a = in(0).values(), b = in(1).values();
    for (std::int64_t s = 0; s < stacks; ++s)
      for (std::int64_t i = 0; i < m; ++i)
        for (std::int64_t j = 0; j < n; ++j) {
          double sum = 0;
          for (std::int64_t q = 0; q < d; ++q)
            sum += static_cast<double>(a[static_cast<std::size_t>((s * m + i) * d + q)]) *
                   b[static_cast<std::size_t>(k.transposeB ? (s * n + j) * d + q : (s * d + q) * n + j)];
          out_[static_cast<std::size_t>((s * m + i) * n + j)] = static_cast<float>(sum);
        }
  }
  void compute(const net::GlobalPool& k) {
    const auto area = static_cast<std::size_t>(inner(in().shape, 1));
    for (std::size_t c = 0; c < out_.size(); ++c) {
      const auto plane = in().values().subspan(c * area, area);
      double sum = 0;
      for (const float v : plane) sum += v;
      out_[c] = k.reduction == net::Reduction::Max ? *std::max_element(plane.begin(), plane.end())
                                                   : static_cast<float>(sum / static_cast<double>(area));
    }
  }
  void compute(const net::Pool& k) {
    const auto h = in().shape[2], w = in().shape[3], oh = shape_[2], ow = shape_[3];
    for (std::size_t i = 0; i < out_.size(); ++i) {
      const auto flat = static_cast<std::int64_t>(i), plane = flat / (oh * ow), oy = flat / ow % oh, ox = flat % ow;
      double sum = 0, count = 0, top = -std::numeric_limits<double>::infinity();
      for (auto y = oy * k.stride[0] - k.padding[0]; y < oy * k.stride[0] - k.padding[0] + k.kernel[0]; ++y)
        for (auto x = ox * k.stride[1] - k.padding[1]; x < ox * k.stride[1] - k.padding[1] + k.kernel[1]; ++x) {
          if (y < 0 || y >= h || x < 0 || x >= w) continue;
          const double v = in().values()[static_cast<std::size_t>((plane * h + y) * w + x)];
          sum += v, count += 1, top = std::max(top, v);
        }
      out_[i] = static_cast<float>(k.reduction == net::Reduction::Max ? top : sum / count);
    }
  }
  void copyInput() { std::copy(in().values().begin(), in().values().end(), out_.begin()); }
  void compute(const net::Flatten&) { copyInput(); }
  void compute(const net::Dropout&) { copyInput(); }
  void compute(const net::Reshape&) { copyInput(); }
  void compute(const net::Transpose& k) {
    const auto& from = in().shape;
    for (std::size_t i = 0; i < out_.size(); ++i) {
      auto rest = static_cast<std::int64_t>(i);
      std::int64_t source = 0;
      for (std::size_t a = shape_.size(); a-- > 0; rest /= shape_[a])
        source += rest % shape_[a] * inner(from, static_cast<std::size_t>(k.order[a]));
      out_[i] = in().values()[static_cast<std::size_t>(source)];
    }
  }
  void compute(const net::Concat& k) {
    const auto axis = static_cast<std::size_t>(k.axis);
    const auto row = static_cast<std::size_t>(shape_[axis] * inner(shape_, axis));
    std::size_t offset = 0;
    for (std::size_t part = 0; part < op_->inputs.size(); ++part) {
      const auto width = static_cast<std::size_t>(in(part).shape[axis] * inner(in(part).shape, axis));
      for (std::size_t r = 0; r * row < out_.size(); ++r)
        std::copy_n(in(part).values().begin() + static_cast<std::ptrdiff_t>(r * width), width,
                    out_.begin() + static_cast<std::ptrdiff_t>(r * row + offset));
      offset += width;
    }
  }

  const net::Net& net_;
  std::map<std::string, Tensor> values_;
  const net::Op* op_ = nullptr;
  Shape shape_;
  std::vector<float> out_;
};

/// max |a - b| / (1 + max |b|), the measure of the parity rule; infinity when the shapes differ or a number is not finite.
inline double parityDistance(const Tensor& a, const Tensor& b) {
  if (a.shape != b.shape) return std::numeric_limits<double>::infinity();
  double distance = 0, top = 0;
  for (std::size_t i = 0; i < a.values().size(); ++i) {
    const double d = std::abs(static_cast<double>(a.values()[i]) - b.values()[i]);
    if (!std::isfinite(d)) return std::numeric_limits<double>::infinity();
    distance = std::max(distance, d);
    top = std::max(top, std::abs(static_cast<double>(b.values()[i])));
  }
  return distance / (1 + top);
}

}  // namespace patchbay::test
