// SPDX-License-Identifier: Apache-2.0
#include "engine/net/builders.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/net/passes.h"
#include "engine/net/problem.h"
#include "engine/net/weights.h"

namespace patchbay::net {
namespace {
constexpr std::int64_t maxSide = 8192;

/// Appends ops; each method returns the name of the value it made.
class Builder {
 public:
  explicit Builder(Net& net) : net_{net} {}

  void stage(std::string name) { net_.stages.push_back(std::move(name)); }
  std::string conv(const std::string& name, const std::string& input, Conv2d kind) { return add(name, kind, {input}); }
  std::string norm(const std::string& name, const std::string& input, std::int64_t channels, double eps, double momentum) {
    return add(name, BatchNorm{channels, eps, momentum}, {input});
  }
  std::string act(const std::string& name, const std::string& input, Function function) { return add(name, Activation{function}, {input}); }
  std::string sum(const std::string& name, const std::string& a, const std::string& b) { return add(name, Add{}, {a, b}); }
  std::string add(const std::string& name, OpKind kind, std::vector<std::string> inputs) {
    net_.ops.push_back({name, std::move(kind), std::move(inputs), static_cast<int>(net_.stages.size()) - 1});
    return name;
  }
  void classifier(const std::string& input, std::int64_t width, std::int64_t classes, double dropout) {
    stage("pool");
    auto value = add("pool", GlobalPool{}, {input});
    stage("classifier");
    if (dropout > 0) value = add("dropout", Dropout{dropout}, {value});
    net_.outputs = {{"logits", add("classifier", Linear{width, classes, true}, {value})}};
  }

 private:
  Net& net_;
};

// --- EfficientNet-Lite --------------------------------------------------------------------------------------------

struct LiteScale {
  double width, depth;
  std::int64_t size;
  double dropout;
};
struct LiteStage {
  std::int64_t kernel, stride, expand, channels;
  int repeats;
};
constexpr std::array<LiteStage, 7> liteStages{
    {{3, 1, 1, 16, 1}, {3, 2, 6, 24, 2}, {5, 2, 6, 40, 2}, {3, 2, 6, 80, 3}, {5, 1, 6, 112, 3}, {5, 2, 6, 192, 4}, {3, 1, 6, 320, 1}}};
constexpr double liteEps = 1e-3, liteMomentum = .01;

/// Channels scaled to a multiple of 8 that is never more than a tenth below the exact product.
std::int64_t scaledChannels(std::int64_t channels, double width) {
  const double exact = static_cast<double>(channels) * width;
  auto rounded = std::max<std::int64_t>(8, static_cast<std::int64_t>(exact + 4) / 8 * 8);
  if (static_cast<double>(rounded) < .9 * exact) rounded += 8;
  return rounded;
}

Conv2d same(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride, std::int64_t groups = 1) {
  Conv2d conv{.in = in, .out = out, .kernel = {kernel, kernel}, .stride = {stride, stride}};
  conv.groups = groups;
  conv.samePadding = true;
  return conv;
}

class LiteBuilder : Builder {
 public:
  using Builder::Builder;

  void build(const LiteScale& scale, std::int64_t classes) {
    stage("stem");
    auto value = unit("stem.conv", "stem.bn", "stem.act", "input", same(3, 32, 3, 2));
    std::int64_t channels = 32;
    int block = 0;
    for (std::size_t s = 0; s < liteStages.size(); ++s) {
      const auto& spec = liteStages[s];
      // The first and the last stage keep their single block in every Lite model.
      const bool fixed = s == 0 || s + 1 == liteStages.size();
      const int repeats = fixed ? spec.repeats : static_cast<int>(std::ceil(spec.repeats * scale.depth));
      const auto out = scaledChannels(spec.channels, scale.width);
      for (int r = 0; r < repeats; ++r, channels = out)
        value = inverted("block" + std::to_string(block++), value, channels, out, spec.kernel, r == 0 ? spec.stride : 1, spec.expand);
    }
    stage("head");
    value = unit("head.conv", "head.bn", "head.act", value, same(channels, 1280, 1, 1));
    classifier(value, 1280, classes, scale.dropout);
  }

 private:
  std::string unit(const std::string& convName, const std::string& normName, const std::string& actName, const std::string& input,
                   const Conv2d& kind) {
    const auto value = norm(normName, conv(convName, input, kind), kind.out, liteEps, liteMomentum);
    return actName.empty() ? value : act(actName, value, Function::Relu6);
  }

  /// Inverted residual: expand 1x1, depthwise, project 1x1; the sum only where nothing changes size.
  std::string inverted(const std::string& name, const std::string& input, std::int64_t in, std::int64_t out, std::int64_t kernel,
                       std::int64_t stride, std::int64_t expand) {
    stage(name);
    const auto wide = in * expand;
    auto value = input;
    if (expand != 1) value = unit(name + ".expand", name + ".expand_bn", name + ".expand_act", value, same(in, wide, 1, 1));
    value = unit(name + ".depthwise", name + ".depthwise_bn", name + ".depthwise_act", value, same(wide, wide, kernel, stride, wide));
    value = unit(name + ".project", name + ".project_bn", "", value, same(wide, out, 1, 1));
    return in == out && stride == 1 ? sum(name + ".add", value, input) : value;
  }
};

// --- ResNet -------------------------------------------------------------------------------------------------------

Conv2d centred(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride) {
  const auto p = kernel / 2;
  return {.in = in, .out = out, .kernel = {kernel, kernel}, .stride = {stride, stride}, .dilation = {1, 1}, .padding = {p, p, p, p}};
}

class ResNetBuilder : Builder {
 public:
  using Builder::Builder;

  void build(std::array<int, 4> blocks, bool bottleneck, std::int64_t classes) {
    stage("stem");
    auto value = act("stem.act", unit("stem.conv", "stem.bn", "input", centred(3, 64, 7, 2)), Function::Relu);
    value = add("stem.pool", Pool{Reduction::Max, {3, 3}, {2, 2}, {1, 1, 1, 1}}, {value});
    std::int64_t in = 64;
    for (int layer = 0; layer < 4; ++layer)
      for (int b = 0; b < blocks[static_cast<std::size_t>(layer)]; ++b) {
        const auto width = std::int64_t{64} << layer, out = bottleneck ? 4 * width : width;
        value = residual("layer" + std::to_string(layer + 1) + "." + std::to_string(b), value, in, width, out, layer > 0 && b == 0 ? 2 : 1,
                         bottleneck);
        in = out;
      }
    classifier(value, in, classes, 0);
  }

 private:
  std::string unit(const std::string& convName, const std::string& normName, const std::string& input, const Conv2d& kind) {
    return norm(normName, conv(convName, input, kind), kind.out, 1e-5, .1);
  }

  std::string residual(const std::string& name, const std::string& input, std::int64_t in, std::int64_t width, std::int64_t out,
                       std::int64_t stride, bool bottleneck) {
    stage(name);
    std::string value;
    if (bottleneck) {
      value = act(name + ".act1", unit(name + ".conv1", name + ".bn1", input, centred(in, width, 1, 1)), Function::Relu);
      value = act(name + ".act2", unit(name + ".conv2", name + ".bn2", value, centred(width, width, 3, stride)), Function::Relu);
      value = unit(name + ".conv3", name + ".bn3", value, centred(width, out, 1, 1));
    } else {
      value = act(name + ".act1", unit(name + ".conv1", name + ".bn1", input, centred(in, out, 3, stride)), Function::Relu);
      value = unit(name + ".conv2", name + ".bn2", value, centred(out, out, 3, 1));
    }
    auto shortcut = input;
    if (stride != 1 || in != out) shortcut = unit(name + ".shortcut", name + ".shortcut_bn", input, centred(in, out, 1, stride));
    return act(name + ".act", sum(name + ".add", value, shortcut), Function::Relu);
  }
};

const std::map<std::string, LiteScale, std::less<>>& liteScales() {
  static const std::map<std::string, LiteScale, std::less<>> scales{
      {"efficientnet_lite0", {1., 1., 224, .2}}, {"efficientnet_lite1", {1., 1.1, 240, .2}}, {"efficientnet_lite2", {1.1, 1.2, 260, .3}}};
  return scales;
}

/// Every parameter at the value that does nothing.
void fillNeutral(Net& net) {
  for (const auto& op : net.ops)
    for (const auto& [name, shape] : parametersOf(op)) {
      const bool scale = (op.as<BatchNorm>() || op.as<LayerNorm>()) && (name.ends_with(".weight") || name.ends_with(".var"));
      net.parameters.insert_or_assign(name, Tensor::full(shape, scale ? 1.f : 0.f));
    }
}
}  // namespace

const std::vector<std::string>& architectures() {
  static const std::vector<std::string> names{"efficientnet_lite0", "efficientnet_lite1", "efficientnet_lite2", "resnet18", "resnet50"};
  return names;
}

Result<Net> build(std::string_view architecture, std::int64_t numClasses, std::int64_t size) {
  Net net;
  net.name = architecture;
  net.metadata = Value::Map{};
  if (numClasses < 1 || size < 0 || size > maxSide) return badNet("it needs at least one class and a size up to 8192");
  if (const auto lite = liteScales().find(architecture); lite != liteScales().end()) {
    const auto side = lite->second.size;
    LiteBuilder{net}.build(lite->second, numClasses);
    net.preprocessing = {.resize = Resize::ShortSide, .resizeTo = side + 32, .height = side, .width = side};
  } else if (architecture == "resnet18" || architecture == "resnet50") {
    const bool deep = architecture == "resnet50";
    ResNetBuilder{net}.build(deep ? std::array{3, 4, 6, 3} : std::array{2, 2, 2, 2}, deep, numClasses);
    net.preprocessing = {.resize = Resize::ShortSide,
                         .resizeTo = 256,
                         .interpolation = Interpolation::Bilinear,
                         .mean = {123.675, 116.28, 103.53},
                         .std = {58.395, 57.12, 57.375}};
  } else {
    return fail(ErrorKind::NotFound, "net.architecture",
                TR("net", "There is no architecture called {name}.").with("name", displayText(architecture)),
                TR("net", "Choose one of efficientnet_lite0, efficientnet_lite1, efficientnet_lite2, resnet18, resnet50."));
  }
  net.input = {"input", {3, net.preprocessing.height, net.preprocessing.width}};
  fillNeutral(net);
  const auto side = size != 0 ? size : net.preprocessing.height;
  return resized(net, side, side);
}

Net initialised(Net net, std::uint64_t seed) {
  // SplitMix64 (Steele, Lea & Flood 2014) and Box-Muller: the same numbers on every machine.
  const auto next = [&seed] {
    std::uint64_t z = seed += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return static_cast<double>((z ^ z >> 31) >> 11) * 0x1p-53;
  };
  const auto draw = [&](const std::string& name, double deviation) {
    Tensor& tensor = net.parameters.at(name);
    std::vector<float> values(static_cast<std::size_t>(tensor.size()));
    for (auto& value : values)
      value = static_cast<float>(deviation * std::sqrt(-2 * std::log(1 - next())) * std::cos(2 * std::numbers::pi * next()));
    tensor = Tensor{tensor.shape, std::move(values)};
  };
  fillNeutral(net);
  for (const auto& op : net.ops) {
    // He et al. 2015, fan-out; the classifier starts near zero so that the first loss is log(classes).
    if (const auto* c = op.as<Conv2d>()) {
      const auto fanOut = c->out / c->groups * c->kernel[0] * c->kernel[1];
      draw(op.name + ".weight", std::sqrt(2. / static_cast<double>(fanOut)));
    }
    if (op.as<Linear>()) draw(op.name + ".weight", .01);
  }
  return net;
}

}  // namespace patchbay::net
