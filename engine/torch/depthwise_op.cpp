// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/depthwise_op.h"

#include "engine/torch/depthwise.h"

namespace patchbay::torch {
namespace {

const DepthwiseKernels* kernels() {
  if (__builtin_cpu_supports("avx512f")) return &depthwiseAvx512();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &depthwiseAvx2();
  return nullptr;
}

/// [C, 1, K, K] -> [K, K, C], and back.
at::Tensor tapsFirst(const at::Tensor& weight) { return weight.detach().reshape({weight.size(0), -1}).t().contiguous(); }
at::Tensor channelsFirst(const at::Tensor& taps, at::IntArrayRef shape) { return taps.t().contiguous().reshape(shape); }

at::Tensor emptyNhwc(at::IntArrayRef shape) {
  return at::empty(shape, at::TensorOptions{at::kFloat}.memory_format(at::MemoryFormat::ChannelsLast));
}
at::Tensor nhwc(const at::Tensor& t) { return t.detach().contiguous(at::MemoryFormat::ChannelsLast); }

Depthwise extents(const net::Conv2d& c, const at::Tensor& x) {
  Depthwise d{.count = x.size(0), .channels = x.size(1), .height = x.size(2), .width = x.size(3)};
  d.kernel = c.kernel[0];
  d.stride = c.stride[0];
  d.top = c.padding[0];
  d.left = c.padding[1];
  d.outHeight = (d.height + c.padding[0] + c.padding[2] - d.kernel) / d.stride + 1;
  d.outWidth = (d.width + c.padding[1] + c.padding[3] - d.kernel) / d.stride + 1;
  return d;
}

/// f(picture, first channel) for every picture and block of channels, on all threads.
template <class F>
void forEachBlock(const Depthwise& d, int lanes, const F& f) {
  const std::int64_t blocks = d.channels / lanes;
  at::parallel_for(0, d.count * blocks, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) f(i / blocks, i % blocks * lanes);
  });
}

at::Tensor computeForward(const Depthwise& d, const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  const auto& k = *kernels();
  const auto x = nhwc(input), w = tapsFirst(weight);
  const auto b = bias.detach().contiguous();
  auto y = emptyNhwc({d.count, d.channels, d.outHeight, d.outWidth});
  const float *const px = x.const_data_ptr<float>(), *const pw = w.const_data_ptr<float>(), *const pb = b.const_data_ptr<float>();
  float* const py = y.mutable_data_ptr<float>();
  forEachBlock(d, k.lanes, [&](std::int64_t n, std::int64_t c) { k.forward[d.kernel == 5](d, px, pw, pb, py, n, c); });
  return y;
}

struct DepthwiseFunction : ::torch::autograd::Function<DepthwiseFunction> {
  static at::Tensor forward(::torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                            const at::Tensor& bias, const net::Conv2d* conv) {
    context->save_for_backward({x, weight});
    context->saved_data["conv"] = reinterpret_cast<std::int64_t>(conv);
    return computeForward(extents(*conv, x), x, weight, bias);
  }

  static ::torch::autograd::variable_list backward(::torch::autograd::AutogradContext* context,
                                                   ::torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto& k = *kernels();
    const auto& conv = *reinterpret_cast<const net::Conv2d*>(context->saved_data["conv"].toInt());
    const auto d = extents(conv, saved[0]);
    const int which = d.kernel == 5;
    const auto x = nhwc(saved[0]), g = nhwc(gradients[0]), w = tapsFirst(saved[1]);
    const float *const px = x.const_data_ptr<float>(), *const pg = g.const_data_ptr<float>(), *const pw = w.const_data_ptr<float>();
    at::Tensor dx, dw, db;
    if (context->needs_input_grad(0)) {
      dx = emptyNhwc(x.sizes());
      float* const out = dx.mutable_data_ptr<float>();
      forEachBlock(d, k.lanes, [&](std::int64_t n, std::int64_t c) { k.backwardData[which][d.stride == 2](d, pg, pw, out, n, c); });
    }
    if (context->needs_input_grad(1)) {
      auto taps = at::empty_like(w);
      db = at::empty({d.channels}, w.options());
      float *const outWeights = taps.mutable_data_ptr<float>(), *const outBias = db.mutable_data_ptr<float>();
      at::parallel_for(0, d.channels / k.lanes, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) k.backwardWeights[which](d, px, pg, outWeights, outBias, i * k.lanes);
      });
      dw = channelsFirst(taps, saved[1].sizes());
    }
    return {dx, dw, db, at::Tensor{}};
  }
};

}  // namespace

bool suitsDepthwise(const net::Conv2d& c, const at::Tensor& x) {
  const auto* const k = kernels();
  const bool square = c.kernel[0] == c.kernel[1] && c.stride[0] == c.stride[1] && c.dilation[0] == 1 && c.dilation[1] == 1;
  return k && square && (c.kernel[0] == 3 || c.kernel[0] == 5) && (c.stride[0] == 1 || c.stride[0] == 2) && c.groups == c.in &&
         c.in == c.out && c.in % k->lanes == 0 && x.device().is_cpu() && x.scalar_type() == at::kFloat &&
         !at::autocast::is_autocast_enabled(at::kCPU);
}

at::Tensor depthwiseConvolution(const net::Conv2d& conv, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  const auto shift = bias.defined() ? bias : at::zeros({conv.out}, at::TensorOptions{at::kFloat});
  if (!at::GradMode::is_enabled()) return computeForward(extents(conv, x), x, weight, shift);
  return DepthwiseFunction::apply(x, weight, shift, &conv);
}

}  // namespace patchbay::torch
