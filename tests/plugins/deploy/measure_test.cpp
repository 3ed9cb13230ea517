// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/measure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/net/onnx.h"
#include "plugins/support/figures.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

Value contender(const char* name, double bytes, double ms, double accuracy) {
  return Value::Map{{"name", name}, {"precision", "fp32"}, {"bytes", bytes}, {"ms", ms}, {"p95_ms", 1.1 * ms}, {"accuracy", accuracy}};
}

TEST(MeasuredModels, TheFrontAndTheLimit) {
  Value models{Value::List{contender("large", 9e6, 30, .95), contender("small", 3e6, 10, .9), contender("worse", 4e6, 12, .85),
                           contender("tiny", 1e6, 4, .7)}};
  blocks::markFront(models);
  std::vector<bool> front;
  for (const auto& m : models.asList()) front.push_back(m["front"].asBool());
  EXPECT_THAT(front, ::testing::ElementsAre(true, true, false, true));
  EXPECT_EQ(blocks::bestWithin(models, 1000), 0u);
  EXPECT_EQ(blocks::bestWithin(models, 20), 1u) << "the percentile counts, not the median";
  EXPECT_EQ(blocks::bestWithin(models, 10.5), 3u);
  EXPECT_FALSE(blocks::bestWithin(models, 1));
  for (const auto price : {blocks::Price::Time, blocks::Price::Size}) {
    const auto svg = blocks::tradeOffSvg(models, price);
    for (const auto* part : {"large, fp32", "worse, fp32", "accuracy in %", "<polyline"}) EXPECT_THAT(svg, HasSubstr(part));
  }
  models.list()[0]["name"] = "<script>";
  EXPECT_THAT(blocks::tradeOffSvg(models, blocks::Price::Time), Not(HasSubstr("<script>")));
  EXPECT_EQ(blocks::tradeOffSvg(Value::List{}, blocks::Price::Time), "");
  EXPECT_NE(blocks::tradeOffSvg(Value::List{contender("one", 1e6, 4, .7)}, blocks::Price::Time), "");
}

struct MeasureBlock : ::testing::Test {
  MeasureBlock() {
    set = toyDataset(block.store(), {.perClass = 20});
    block.set("seconds", .01).set("batches", "2").set("threads", "1, 2");
  }
  PortValue model(const char* name) {
    return must(net::saveModel(block.store(), tinyNet(set.info().classes), Value::Map{{"kind", "fine-tuned"}, {"label", name}}));
  }
  fs::path exported(const char* name, bool int8) {
    const auto folder = block.folder() / "exports" / name;
    fs::create_directories(folder);
    const auto net = must(net::foldBatchNorm(tinyNet(set.info().classes)));
    must(net::saveNet(net, folder));
    must(writeFileAtomically(folder / "model.onnx", must(net::toOnnx(net))));
    if (int8) must(writeFileAtomically(folder / "model_int8.onnx", must(net::toOnnx(net))));
    must(writeFileAtomically(folder / "measurements.json",
                             R"({"models": [{"file": "model.onnx", "accuracy": 0.75}, {"file": "model_int8.onnx", "accuracy": 0.875}]})"));
    return folder;
  }
  Report report() { return must(block.output<Report>("report")); }
  BlockHarness block{"patchbay.deploy.measure"};
  Dataset set;
};

TEST_F(MeasureBlock, SaysOfEachModelHowFastAndHowGoodItIs) {
  block.input("models", model("first")).input("models", model("second")).input<Dataset>("data", set);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto body = report().body;
  ASSERT_EQ(body["models"].asList().size(), 2u);
  for (const auto& m : body["models"].asList()) {
    EXPECT_EQ(m["latency"].asList().size(), 4u) << "two numbers of threads, and a single picture beside the batch of two";
    for (const auto& row : m["latency"].asList()) {
      EXPECT_LE(row["p50_ms"].asDouble(), row["p95_ms"].asDouble());
      EXPECT_GE(row["runs"].asInt(), 10);
      EXPECT_NEAR(row["pictures_per_second"].asDouble(), 1000 * row["batch"].asDouble() / row["p50_ms"].asDouble(), 1e-6);
    }
    EXPECT_EQ(m["accuracy_pictures"].asInt(), 8);
    EXPECT_GT(m["ms"].asDouble(), 0);
  }
  EXPECT_EQ(body["models"].asList()[0]["accuracy"], body["models"].asList()[1]["accuracy"]) << "the same network";
  EXPECT_THAT(must(block.output<Figure>("figure")).bytes, HasSubstr("first, fp32"));
  EXPECT_THAT(must(block.output<TextValue>("table")).text, HasSubstr("| second | fp32 |"));
  const auto taken = body["models"].asList()[static_cast<std::size_t>(body["pick"].asInt())]["name"].asText();
  EXPECT_EQ(block.value("model").meta["label"].asText(), taken) << "the model as it came in";
}

TEST_F(MeasureBlock, ExportsCompeteWithTheirPrecisions) {
  exported("b", true);
  block.set("folder", pathToValue(exported("a", false).parent_path()));
  ASSERT_TRUE(block.run()) << block.problem();
  const auto body = report().body;
  std::vector<std::string> names;
  for (const auto& m : body["models"].asList()) names.push_back(m["name"].asText() + " " + m["precision"].asText());
  EXPECT_THAT(names, ::testing::ElementsAre("a fp32", "b fp32", "b int8"));
  EXPECT_EQ(body["pick"].asInt(), 2) << "of what the exports say, the most accurate";
  EXPECT_EQ(report().metrics["accuracy"].asDouble(), .875);
  EXPECT_EQ(must(net::loadModel(block.store(), block.value("model"))).classes, set.info().classes);
}

TEST_F(MeasureBlock, RefusesWhatCannotBe) {
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "measure.none");
  block.set("folder", pathToValue(block.folder()));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "measure.exports");
  block.set("folder", "").input("models", model("only")).set("limit", 1e-6);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "measure.limit");
  block.set("limit", 0).set("batches", "1, many");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "measure.numbers");
}

}  // namespace
}  // namespace patchbay::testing
