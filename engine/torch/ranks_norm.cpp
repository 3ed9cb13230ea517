// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/ranks_impl.h"

namespace patchbay::torch {
namespace {

std::vector<std::int64_t> allButChannels(const at::Tensor& x) {
  std::vector<std::int64_t> axes{0};
  for (std::int64_t axis = 2; axis < x.dim(); ++axis) axes.push_back(axis);
  return axes;
}

/// A value of each channel, shaped to be combined with x.
at::Tensor perChannel(const at::Tensor& value, const at::Tensor& x) {
  std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
  shape[1] = x.size(1);
  return value.view(shape);
}

struct Normalise : ::torch::autograd::Function<Normalise> {
  /// `mean` and `scale` (1 / standard deviation) are of the whole batch, `count` its values in each channel.
  static at::Tensor forward(::torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                            const at::Tensor& bias, const at::Tensor& mean, const at::Tensor& scale, std::int64_t ranks, double count) {
    context->save_for_backward({x, weight, mean, scale});
    context->saved_data["ranks"] = ranks;
    context->saved_data["count"] = count;
    return (x - perChannel(mean, x)) * perChannel(scale * weight, x) + perChannel(bias, x);
  }

  static ::torch::autograd::variable_list backward(::torch::autograd::AutogradContext* context,
                                                   ::torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], &weight = saved[1], &mean = saved[2], &scale = saved[3];
    const auto& dy = gradients[0];
    const double count = context->saved_data["count"].toDouble();
    const auto normal = (x - perChannel(mean, x)) * perChannel(scale, x);
    const auto ofBias = dy.sum(allButChannels(x));
    const auto ofWeight = (dy * normal).sum(allButChannels(x));
    // Gradients of scale and shift stay this process' own: they are added up with all others after the pass.
    auto both = at::stack({ofBias, ofWeight});
    reinterpret_cast<Ranks::Impl*>(context->saved_data["ranks"].toInt())->sum({both});
    both.div_(count);
    const auto dx = (dy - perChannel(both[0], x) - normal * perChannel(both[1], x)) * perChannel(scale * weight, x);
    return {dx, ofWeight, ofBias, {}, {}, {}, {}};
  }
};

}  // namespace

at::Tensor synchronisedBatchNorm(Ranks::Impl& ranks, const at::Tensor& given, const at::Tensor& weight, const at::Tensor& bias,
                                 const at::Tensor& mean, const at::Tensor& variance, double momentum, double eps) {
  const auto x = given.to(at::kFloat);
  at::Tensor batchMean, batchVariance;
  double count = 0;
  {
    const at::NoGradGuard noGrad;
    const auto axes = allButChannels(x);
    auto sums = at::cat({x.sum(axes), at::full({1}, x.numel() / x.size(1), x.options().requires_grad(false))});
    ranks.sum({sums});
    count = sums[-1].item<double>();
    batchMean = sums.narrow(0, 0, x.size(1)) / count;
    // From the mean, not as a difference of large sums: small variances keep their digits.
    batchVariance = (x - perChannel(batchMean, x)).square().sum(axes);
    ranks.sum({batchVariance});
    batchVariance.div_(count);
    mean.lerp_(batchMean, momentum);
    variance.lerp_(batchVariance * (count / std::max(1., count - 1)), momentum);
  }
  const auto scale = at::rsqrt(batchVariance + eps);
  return Normalise::apply(x, weight, bias, batchMean, scale, reinterpret_cast<std::int64_t>(&ranks), count);
}

}  // namespace patchbay::torch
