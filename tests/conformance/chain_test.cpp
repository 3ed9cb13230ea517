// SPDX-License-Identifier: Apache-2.0
// The main job in real workers, block after block, each given only what the ones before it wrote.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "engine/net/builders.h"
#include "engine/net/weights.h"
#include "tests/support/executor_fixture.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {

class Chain : public ExecutorFixture {
 protected:
  Chain() {
    for (int i = 0; i < 40; ++i)
      for (const int kind : {0, 1})
        writeFile(folder.path() / "pictures" / (kind ? "columns" : "rows") / (std::to_string(i) + ".png"),
                  drawPng(kind, static_cast<std::uint64_t>(i)));
    const auto lite = net::initialised(must(net::build("efficientnet_lite0", 4, 64)), 1);
    writeFile(folder.path() / "lite.safetensors", must(net::writeSafetensors({lite.parameters, {}})));
  }
  /// Runs one block; `inputs` are outputs of earlier ones.
  std::map<std::string, Digest> step(const std::string& type, Value::Map params, std::map<std::string, Digest> inputs,
                                     std::vector<std::string> outputs) {
    auto job = makeJob(type, std::move(params), std::move(outputs));
    job.threads = 2;
    for (const auto& [port, digest] : inputs) job.inputs[port] = {digest};
    const auto result = run(job);
    if (result.error) throw std::runtime_error{type + ": " + describe(*result.error)};
    computed = result.itemsComputed;
    return result.outputs;
  }
  template <class P>
  auto open(const Digest& digest) {
    return must(P::load(objects, must(PortValue::load(objects, digest))));
  }
  std::int64_t computed = 0;
};

TEST_F(Chain, PredictionsOfTheModelAreThoseOfTheProbe) {
  const auto pictures =
      step("patchbay.data.picture_folder", {{"folder", "pictures"}, {"class_from", "top"}, {"classes", Value::List{}}}, {}, {"data"});
  const Value::Map splitting{{"method", "exact"}, {"validation", 20.0},  {"test", 20.0}, {"folds", 5},
                             {"fold", 0},         {"group_pattern", ""}, {"seed", 0}};
  const auto split = step("patchbay.data.split", splitting, {{"data", pictures.at("data")}}, {"data"});
  const Value::Map network{
      {"model", "efficientnet_lite0"}, {"weights", "lite.safetensors"}, {"size", 64}, {"resize", "crop"}, {"scaled_decode", true}};
  const auto backbone = step("patchbay.backbone.pretrained", network, {}, {"model"});
  const auto features = step("patchbay.backbone.embed", {{"levels", "head"}, {"precision", "full"}},
                             {{"data", pictures.at("data")}, {"model", backbone.at("model")}}, {"embedding"});
  EXPECT_EQ(computed, 80);
  const Value::Map learning{{"strength", "search"}, {"c", 0.01}, {"folds", 5}, {"balanced", false}, {"soft_labels", false}};
  const auto probe = step("patchbay.train.linear_probe", learning, {{"embedding", features.at("embedding")}, {"data", split.at("data")}},
                          {"model", "predictions"});
  const auto predicted =
      step("patchbay.model.predict", {{"pictures", "all"}}, {{"data", split.at("data")}, {"model", probe.at("model")}}, {"predictions"});

  const auto own = open<Predictions>(probe.at("predictions")), again = open<Predictions>(predicted.at("predictions"));
  ASSERT_EQ(own.ids, again.ids);
  ASSERT_EQ(own.classes, again.classes);
  EXPECT_EQ(own.truth, again.truth);
  EXPECT_EQ(own.split, again.split);
  for (std::size_t i = 0; i < own.probabilities.size(); ++i) EXPECT_NEAR(own.probabilities[i], again.probabilities[i], 1e-3) << i;
  EXPECT_GE(accuracyOf(own, Split::Test), 0.9);

  // A head learnt from features in bfloat16 meets those in float when the whole model predicts.
  const auto quick = step("patchbay.backbone.embed", {{"levels", "head"}, {"precision", "fast"}},
                          {{"data", pictures.at("data")}, {"model", backbone.at("model")}}, {"embedding"});
  const auto quickProbe = step("patchbay.train.linear_probe", learning, {{"embedding", quick.at("embedding")}, {"data", split.at("data")}},
                               {"model", "predictions"});
  const auto mixed = step("patchbay.model.predict", {{"pictures", "all"}}, {{"data", split.at("data")}, {"model", quickProbe.at("model")}},
                          {"predictions"});
  const auto quickOwn = open<Predictions>(quickProbe.at("predictions")), quickAgain = open<Predictions>(mixed.at("predictions"));
  for (std::size_t i = 0; i < quickOwn.probabilities.size(); ++i)
    EXPECT_NEAR(quickOwn.probabilities[i], quickAgain.probabilities[i], 1e-2) << i;
  EXPECT_EQ(accuracyOf(quickOwn, Split::Test), accuracyOf(quickAgain, Split::Test));

  const Value::Map measuring{{"part", "test"}, {"positive", ""}, {"threshold", "half"}, {"recall", 95.0}, {"mistakes", 24}};
  const auto report =
      step("patchbay.evaluate.evaluate", measuring, {{"predictions", predicted.at("predictions")}, {"data", split.at("data")}}, {"report"});
  EXPECT_NEAR(open<Report>(report.at("report")).metrics["accuracy"].asDouble(), accuracyOf(again, Split::Test), 1e-12);
}

}  // namespace
}  // namespace patchbay::testing
