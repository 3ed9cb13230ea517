// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/module.h"

#include <algorithm>
#include <limits>

#include "engine/net/passes.h"
#include "engine/torch/caught.h"
#include "engine/torch/depthwise_op.h"
#include "engine/torch/ranks_impl.h"
#include "engine/torch/runtime.h"

namespace patchbay::torch {
namespace {

/// The arguments of one op while it is computed.
struct Call {
  const std::vector<at::Tensor>& x;
  const std::vector<at::Tensor>& p;
  const Pass& pass;
  int inPlace;
  BatchNormMode batchNorm;
};

bool symmetric(const std::array<std::int64_t, 4>& padding) { return padding[0] == padding[2] && padding[1] == padding[3]; }
bool none(const std::array<std::int64_t, 4>& padding) { return symmetric(padding) && padding[0] == 0 && padding[1] == 0; }
/// ATen counts from the last axis: left, right, top, bottom.
at::Tensor padded(const at::Tensor& x, const std::array<std::int64_t, 4>& p, double value = 0) {
  return at::constant_pad_nd(x, {p[1], p[3], p[0], p[2]}, value);
}

at::Tensor compute(const net::Conv2d& c, const Call& in) {
  const auto bias = c.bias ? std::optional{in.p[1]} : std::nullopt;
  if (suitsDepthwise(c, in.x[0])) return depthwiseConvolution(c, in.x[0], in.p[0], bias.value_or(at::Tensor{}));
  const bool same = symmetric(c.padding);
  const std::array<std::int64_t, 2> padding{same ? c.padding[0] : 0, same ? c.padding[1] : 0};
  const at::Tensor x = same ? in.x[0] : padded(in.x[0], c.padding);
  return at::conv2d(x, in.p[0], bias, at::IntArrayRef{c.stride}, at::IntArrayRef{padding}, at::IntArrayRef{c.dilation}, c.groups);
}

at::Tensor compute(const net::BatchNorm& b, const Call& in) {
  const bool batch = in.pass.training && in.batchNorm == BatchNormMode::Train;
  if (batch && in.pass.ranks) return synchronisedBatchNorm(*in.pass.ranks, in.x[0], in.p[0], in.p[1], in.p[2], in.p[3], b.momentum, b.eps);
  return at::batch_norm(in.x[0], in.p[0], in.p[1], in.p[2], in.p[3], batch, b.momentum, b.eps, true);
}

at::Tensor compute(const net::LayerNorm& l, const Call& in) { return at::layer_norm(in.x[0], {l.channels}, in.p[0], in.p[1], l.eps); }

at::Tensor compute(const net::Linear& l, const Call& in) {
  return at::linear(in.x[0], in.p[0], l.bias ? std::optional{in.p[1]} : std::nullopt);
}

/// ReLU6 in place. LibTorch's own hardtanh_ keeps a copy of what it overwrites, for its gradient; the result tells as much:
/// it is 0 or 6 exactly where the gradient is 0. Saves a pass through memory and the copy.
struct Relu6InPlace : ::torch::autograd::Function<Relu6InPlace> {
  static at::Tensor forward(::torch::autograd::AutogradContext* context, at::Tensor x) {
    at::clamp_(x, 0, 6);
    context->mark_dirty({x});
    context->save_for_backward({x});
    return x;
  }
  static ::torch::autograd::variable_list backward(::torch::autograd::AutogradContext* context,
                                                   ::torch::autograd::variable_list gradients) {
    return {at::hardtanh_backward(gradients[0], context->get_saved_variables()[0], 0, 6)};
  }
};

at::Tensor relu6InPlace(at::Tensor x) {
  if (at::GradMode::is_enabled() && x.requires_grad()) return Relu6InPlace::apply(x);
  return at::clamp_(x, 0, 6);
}

at::Tensor compute(const net::Activation& a, const Call& in) {
  const auto& x = in.x[0];
  at::Tensor y = x;
  switch (a.function) {
    case net::Function::Relu:
      return in.inPlace == 0 ? at::relu_(y) : at::relu(x);
    case net::Function::Relu6:
      return in.inPlace == 0 ? relu6InPlace(y) : at::hardtanh(x, 0, 6);
    case net::Function::HardSigmoid:
      return at::hardsigmoid(x);
    case net::Function::HardSwish:
      return at::hardswish(x);
    case net::Function::Sigmoid:
      return at::sigmoid(x);
    case net::Function::Swish:
      return at::silu(x);
    case net::Function::Gelu:
      return at::gelu(x);
    case net::Function::Tanh:
      return at::tanh(x);
  }
  return x;
}

at::Tensor compute(const net::Softmax& s, const Call& in) { return at::softmax(in.x[0], s.axis); }

at::Tensor compute(const net::Add&, const Call& in) {
  if (in.inPlace < 0) return at::add(in.x[0], in.x[1]);
  at::Tensor y = in.x[in.inPlace];
  return y.add_(in.x[1 - in.inPlace]);
}

at::Tensor compute(const net::Mul&, const Call& in) { return at::mul(in.x[0], in.x[1]); }

at::Tensor compute(const net::MatMul& m, const Call& in) { return at::matmul(in.x[0], m.transposeB ? in.x[1].transpose(-2, -1) : in.x[1]); }

at::Tensor compute(const net::GlobalPool& g, const Call& in) {
  return g.reduction == net::Reduction::Mean ? in.x[0].mean({2, 3}, g.keepDims) : at::amax(in.x[0], {2, 3}, g.keepDims);
}

at::Tensor compute(const net::Pool& p, const Call& in) {
  const auto& x = in.x[0];
  const bool inside = symmetric(p.padding) && p.padding[0] * 2 <= p.kernel[0] && p.padding[1] * 2 <= p.kernel[1];
  if (p.reduction == net::Reduction::Max) {
    if (inside) return at::max_pool2d(x, p.kernel, p.stride, {p.padding[0], p.padding[1]});
    return at::max_pool2d(padded(x, p.padding, -std::numeric_limits<double>::infinity()), p.kernel, p.stride);
  }
  if (none(p.padding)) return at::avg_pool2d(x, p.kernel, p.stride);
  const auto sum = [&](const at::Tensor& t) { return at::avg_pool2d(padded(t, p.padding), p.kernel, p.stride, 0, false, false, 1); };
  return sum(x) / sum(at::ones({1, 1, x.size(2), x.size(3)}, x.options()));
}

at::Tensor compute(const net::Flatten&, const Call& in) { return in.x[0].flatten(1); }

at::Tensor dropped(const at::Tensor& x, double p, const Pass& pass) {
  if (!pass.training || p <= 0) return x;
  // Drawn on the CPU, so that a seed means the same on every device.
  auto sizes = x.sizes().vec();
  if (pass.wholeBatch > 0) sizes[0] = pass.wholeBatch;
  auto mask = at::empty(sizes, at::TensorOptions{at::kFloat}).bernoulli_(1 - p, pass.generator).div_(1 - p);
  if (pass.wholeBatch > 0) mask = mask.narrow(0, pass.row, x.size(0));
  return x * mask.to(x.device(), x.scalar_type());
}

at::Tensor compute(const net::Dropout& d, const Call& in) { return in.pass.dropout >= 0 ? in.x[0] : dropped(in.x[0], d.p, in.pass); }

at::Tensor compute(const net::Reshape& r, const Call& in) {
  std::vector<std::int64_t> shape{in.x[0].size(0)};
  shape.insert(shape.end(), r.shape.begin(), r.shape.end());
  return in.x[0].reshape(shape);
}

at::Tensor compute(const net::Transpose& t, const Call& in) { return in.x[0].permute(t.order); }

at::Tensor compute(const net::Concat& c, const Call& in) { return at::cat(in.x, c.axis); }

/// Autocast is a setting of the thread; here it holds for one pass.
class Autocast {
 public:
  explicit Autocast(bool on, at::DeviceType device) : on_{on}, device_{device} {
    if (!on_) return;
    at::autocast::set_autocast_enabled(device_, true);
    at::autocast::set_autocast_dtype(device_, at::kBFloat16);
    at::autocast::increment_nesting();
  }
  ~Autocast() {
    if (!on_) return;
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(device_, false);
  }
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

 private:
  bool on_;
  at::DeviceType device_;
};

/// Asks for a stop when the gradient of this value is known, half way through the backward pass.
void watch(const at::Tensor& value, const std::function<bool()>& stop) {
  value.register_hook([&stop](const at::Tensor& gradient) {
    if (stop()) throw Stopped{};
    return gradient;
  });
}

}  // namespace

at::Tensor Model::Impl::apply(const net::Op& op, const Step& step, const std::vector<at::Tensor>& values, const Pass& pass) const {
  std::vector<at::Tensor> x, p;
  for (const int i : step.inputs) x.push_back(values[i]);
  for (const auto i : step.parameters) p.push_back(parameters[i].tensor);
  if (step.lastLinear && pass.dropout >= 0) x[0] = dropped(x[0], pass.dropout, pass);
  const Call call{x, p, pass, step.inPlace, options.batchNorm};
  return std::visit([&](const auto& kind) { return compute(kind, call); }, op.kind);
}

std::vector<at::Tensor> Model::Impl::run(at::Tensor input, const Pass& pass) const {
  const Autocast autocast{options.precision == Precision::Bfloat16, device.type()};
  const auto* const asked = pass.stop && *pass.stop ? pass.stop : nullptr;
  std::vector<at::Tensor> values(steps.size() + 1);
  values[0] = std::move(input);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (asked && (*asked)()) throw Stopped{};
    values[i + 1] = apply(net.ops[i], steps[i], values, pass);
    if (asked && steps[i].endsStage && at::GradMode::is_enabled() && values[i + 1].requires_grad()) watch(values[i + 1], *asked);
    for (const int dead : steps[i].lastUse) values[dead].reset();
  }
  std::vector<at::Tensor> out;
  for (const auto& output : net.outputs) {
    const auto op = std::find_if(net.ops.begin(), net.ops.end(), [&](const net::Op& o) { return o.name == output.value; });
    out.push_back(op == net.ops.end() ? values[0] : values[op - net.ops.begin() + 1]);
  }
  return out;
}

void Model::Impl::plan() {
  std::unordered_map<std::string, int> position{{net.input.name, 0}};
  std::vector<int> uses(net.ops.size() + 1), last(net.ops.size() + 1, -1);
  std::size_t linear = net.ops.size();
  for (std::size_t i = 0; i < net.ops.size(); ++i) {
    Step step;
    for (const auto& name : net.ops[i].inputs) {
      step.inputs.push_back(position.at(name));
      ++uses[step.inputs.back()];
      last[step.inputs.back()] = static_cast<int>(i);
    }
    for (const auto& spec : net::parametersOf(net.ops[i])) step.parameters.push_back(index.at(spec.name));
    position[net.ops[i].name] = static_cast<int>(i) + 1;
    if (net.ops[i].as<net::Linear>()) linear = i;
    step.endsStage = i + 1 == net.ops.size() || net.ops[i + 1].stage != net.ops[i].stage;
    steps.push_back(std::move(step));
  }
  if (linear < steps.size()) steps[linear].lastLinear = true;
  // An output lives to the end and is never overwritten.
  for (const auto& output : net.outputs) last[position.at(output.value)] = -1, uses[position.at(output.value)] += 2;
  for (std::size_t v = 0; v < last.size(); ++v)
    if (last[v] >= 0) steps[last[v]].lastUse.push_back(static_cast<int>(v));
  // Overwriting saves a pass through memory. Only values of ops whose own gradient does not need them.
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool adds = net.ops[i].as<net::Add>() && net.ops[i].inputs[0] != net.ops[i].inputs[1];
    if (!adds && !net.ops[i].as<net::Activation>()) continue;
    for (std::size_t k = 0; k < steps[i].inputs.size() && steps[i].inPlace < 0; ++k) {
      const int v = steps[i].inputs[k];
      if (v == 0 || uses[v] != 1) continue;
      const auto& from = net.ops[v - 1];
      if (from.as<net::Conv2d>() || from.as<net::BatchNorm>()) steps[i].inPlace = static_cast<int>(k);
    }
  }
}

at::Tensor Model::Impl::inputFrom(std::span<const float> values, std::int64_t count) const {
  std::vector<std::int64_t> shape{count};
  shape.insert(shape.end(), net.input.shape.begin(), net.input.shape.end());
  // NOLINTNEXTLINE: from_blob takes a mutable pointer; the copy below is what is computed with.
  auto view = at::from_blob(const_cast<float*>(values.data()), shape, at::TensorOptions{at::kFloat});
  const auto format = shape.size() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
  return view.to(at::TensorOptions{at::kFloat}.device(device), false, true, format);
}

void Model::Impl::loadParameters(const net::Net& from) {
  const at::NoGradGuard noGrad;
  for (const auto& op : from.ops) {
    const auto specs = net::parametersOf(op);
    for (std::size_t i = 0; i < specs.size(); ++i) {
      const auto& tensor = from.parameters.at(specs[i].name);
      auto blob = at::from_blob(const_cast<float*>(tensor.data->data()), tensor.shape, at::TensorOptions{at::kFloat});
      const auto format = tensor.shape.size() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
      Parameter p{specs[i].name, blob.to(at::TensorOptions{at::kFloat}.device(device), false, true, format), op.stage};
      p.statistic = op.as<net::BatchNorm>() && i >= 2;
      p.decays = tensor.shape.size() > 1;
      index[p.name] = parameters.size();
      parameters.push_back(std::move(p));
    }
  }
  for (auto op = from.ops.rbegin(); op != from.ops.rend(); ++op) {
    if (!op->as<net::Linear>()) continue;
    for (const auto& spec : net::parametersOf(*op)) parameters[index.at(spec.name)].head = true;
    break;
  }
}

net::Tensor toNetTensor(const at::Tensor& tensor) {
  const auto flat = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
  const float* const begin = flat.const_data_ptr<float>();
  return net::Tensor{{flat.sizes().begin(), flat.sizes().end()}, std::vector<float>(begin, begin + flat.numel())};
}

Model::Model(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;
Model::~Model() = default;

Result<Model> Model::create(const net::Net& net, const ModelOptions& options) {
  PB_CHECK(net::validate(net));
  PB_CHECK(requireDevice(options.device));
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  impl->net = net;
  if (options.batchNorm == BatchNormMode::Folded) {
    PB_TRY(impl->net, net::foldBatchNorm(net));
  }
  PB_CHECK(caught([&] {
    impl->device = at::Device{options.device};
    impl->loadParameters(impl->net);
    impl->plan();
    if (impl->device.is_cpu()) return;
    // Without it everything works, small nets more slowly.
    if (const auto library = gpuLibrary()) impl->repeated = std::make_unique<RepeatedForward>(**library, impl->device.index());
  }));
  return Model{std::move(impl)};
}

Result<std::vector<net::Tensor>> Model::forward(std::span<const float> inputs, std::int64_t count) const {
  PB_TRY(const auto each, net::elementCount(impl_->net.input.shape));
  if (count <= 0 || static_cast<std::int64_t>(inputs.size()) != each * count)
    return fail(ErrorKind::Internal, "torch.batch", TR("torch", "A batch does not have the size the network expects."),
                TR("torch", "Please report this together with the pipeline."));
  return caught([&] {
    const at::NoGradGuard noGrad;
    Pass pass;
    pass.stop = &impl_->stop;
    const auto compute = [&](const at::Tensor& input) { return impl_->run(input, pass); };
    const auto input = impl_->inputFrom(inputs, count);
    std::vector<net::Tensor> out;
    for (const auto& value : impl_->repeated ? impl_->repeated->run(input, compute) : compute(input)) out.push_back(toNetTensor(value));
    return out;
  });
}

Result<std::map<std::string, net::Tensor>> Model::gradients(std::span<const float> inputs, std::int64_t count,
                                                            std::span<const float> weights) const {
  return caught([&] {
    auto input = impl_->inputFrom(inputs, count).requires_grad_(true);
    std::vector<std::string> names{impl_->net.input.name};
    std::vector<at::Tensor> leaves{input};
    std::vector<bool> trained;
    for (auto& p : impl_->parameters) {
      if (p.statistic) continue;
      trained.push_back(p.tensor.requires_grad());
      names.push_back(p.name);
      leaves.push_back(p.tensor.requires_grad_(true));
    }
    Pass pass;
    pass.stop = &impl_->stop;
    const auto output = impl_->run(input, pass).front().to(at::kFloat);
    const auto by = at::from_blob(const_cast<float*>(weights.data()), output.sizes(), at::TensorOptions{at::kFloat}).to(impl_->device);
    const auto found = ::torch::autograd::grad({output}, leaves, {by}, std::nullopt, false, true);
    std::map<std::string, net::Tensor> out;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i > 0) leaves[i].requires_grad_(trained[i - 1]);
      out[names[i]] = toNetTensor(found[i].defined() ? found[i] : at::zeros_like(leaves[i]));
    }
    return out;
  });
}

Result<net::Net> Model::toNet() const {
  return caught([&] {
    net::Net out = impl_->net;
    for (const auto& p : impl_->parameters) out.parameters[p.name] = toNetTensor(p.tensor);
    return out;
  });
}

const net::Net& Model::net() const { return impl_->net; }
void Model::setStop(std::function<bool()> stop) { impl_->stop = std::move(stop); }

}  // namespace patchbay::torch
