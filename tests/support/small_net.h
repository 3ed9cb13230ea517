// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/net/net.h"
#include "tests/support/formula.h"

namespace patchbay::test {

/// Fills every parameter by formula; variances stay positive.
inline net::Net withFormulaWeights(net::Net n) {
  for (const auto& op : n.ops)
    for (const auto& [name, shape] : net::parametersOf(op))
      n.parameters.insert_or_assign(name, formulaWeight(name.ends_with(".var") ? name + ".running_var" : name, shape));
  return n;
}

/// Stages a, b, pool, classifier on 3 x 9 x 9: asymmetric padding, stride, groups, a sum, BatchNorm and Dropout; output "logits" [N, 2].
inline net::Net smallNet() {
  using namespace net;
  Net n;
  n.name = "small";
  n.metadata = Value::Map{};
  n.input = {"input", {3, 9, 9}};
  n.preprocessing.height = n.preprocessing.width = 9;
  n.stages = {"a", "b", "pool", "classifier"};
  n.ops = {{"a.conv", Conv2d{.in = 3, .out = 8, .kernel = {3, 3}, .stride = {2, 2}, .padding = {0, 0, 1, 1}}, {"input"}, 0},
           {"a.bn", BatchNorm{8, 1e-3, .01}, {"a.conv"}, 0},
           {"a.act", Activation{Function::Relu6}, {"a.bn"}, 0},
           {"b.conv",
            Conv2d{.in = 8, .out = 8, .kernel = {5, 3}, .dilation = {1, 2}, .padding = {2, 2, 2, 2}, .groups = 4, .bias = true},
            {"a.act"},
            1},
           {"b.bn", BatchNorm{8, 1e-5, .1}, {"b.conv"}, 1},
           {"b.add", Add{}, {"b.bn", "a.act"}, 1},
           {"pool", GlobalPool{}, {"b.add"}, 2},
           {"dropout", Dropout{.2}, {"pool"}, 3},
           {"classifier", Linear{8, 2, true}, {"dropout"}, 3}};
  n.outputs = {{"logits", "classifier"}};
  return withFormulaWeights(std::move(n));
}

/// Every op kind and function once: a squeeze-excite block, pools, and an attention block; input 4 x 6 x 6, outputs "logits" and "map".
inline net::Net everyOpNet() {
  using namespace net;
  Net n;
  n.name = "every_op";
  n.metadata = Value::Map{};
  n.input = {"input", {4, 6, 6}};
  n.stages = {"body", "attention", "head"};
  const auto act = [](Function f) { return Activation{f}; };
  n.ops = {{"conv", Conv2d{.in = 4, .out = 8, .kernel = {3, 3}, .padding = {1, 1, 1, 1}}, {"input"}, 0},
           {"bn", BatchNorm{8}, {"conv"}, 0},
           {"swish", act(Function::Swish), {"bn"}, 0},
           {"squeeze", GlobalPool{Reduction::Mean, true}, {"swish"}, 0},
           {"excite", Conv2d{.in = 8, .out = 8, .bias = true}, {"squeeze"}, 0},
           {"gate", act(Function::HardSigmoid), {"excite"}, 0},
           {"scaled", Mul{}, {"swish", "gate"}, 0},
           {"hard", act(Function::HardSwish), {"scaled"}, 0},
           {"max", Pool{Reduction::Max, {3, 3}, {2, 2}, {1, 1, 0, 0}}, {"hard"}, 0},
           {"mean", Pool{Reduction::Mean, {3, 3}, {2, 2}, {1, 1, 0, 0}}, {"hard"}, 0},
           {"both", Concat{1}, {"max", "mean"}, 0},
           {"relu", act(Function::Relu), {"both"}, 0},
           {"rows", Reshape{{16, -1}}, {"relu"}, 1},
           {"tokens", Transpose{{0, 2, 1}}, {"rows"}, 1},
           {"norm", LayerNorm{16, 1e-6}, {"tokens"}, 1},
           {"q", Linear{16, 16, true}, {"norm"}, 1},
           {"k", Linear{16, 16, false}, {"norm"}, 1},
           {"scores", MatMul{true}, {"q", "k"}, 1},
           {"weights", Softmax{-1}, {"scores"}, 1},
           {"mixed", MatMul{false}, {"weights", "norm"}, 1},
           {"residual", Add{}, {"mixed", "tokens"}, 1},
           {"gelu", act(Function::Gelu), {"residual"}, 1},
           {"flat", Flatten{}, {"gelu"}, 2},
           {"dropout", Dropout{.1}, {"flat"}, 2},
           {"tanh", act(Function::Tanh), {"dropout"}, 2},
           {"sigmoid", act(Function::Sigmoid), {"tanh"}, 2},
           {"head", Linear{144, 3, true}, {"sigmoid"}, 2}};
  n.outputs = {{"logits", "head"}, {"map", "relu"}};
  return withFormulaWeights(std::move(n));
}

}  // namespace patchbay::test
