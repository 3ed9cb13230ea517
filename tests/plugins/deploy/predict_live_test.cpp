// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/net/onnx.h"
#include "engine/vision/preprocess.h"
#include "plugins/support/pictures.h"
#include "tests/support/block_harness.h"
#include "tests/support/memory_store.h"
#include "tests/support/net_interpreter.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

struct PredictLive : ::testing::Test {
  PredictLive() {
    for (const auto* type : patchbayPackV1()->lives)
      if (type->id == "patchbay.live.predict") service = type->make();
    root = store.fileOf({}).parent_path() / "files";
    put("model", tinyNet({"rows", "columns"}));
  }
  void put(const std::string& name, const net::Net& net) {
    fs::create_directories(root / name);
    must(net::saveNet(net, root / name));
    writeFile(root / name / "model.onnx", must(net::toOnnx(must(net::foldBatchNorm(net)))));
  }
  Result<Value> predict(const std::string& model, Value::List pictures) {
    return service->answer("predict", Value::Map{{"model", pathToValue(root / model)}, {"pictures", std::move(pictures)}, {"threads", 1}},
                           store, stop);
  }
  TemporaryStore store;
  StopFlag stop;
  fs::path root;
  std::unique_ptr<LiveService> service;
};

TEST_F(PredictLive, AnswersForFilesAndForStoredPictures) {
  const auto bytes = drawPng(1, 4, 70, 50);
  writeFile(root / "a.png", bytes);
  const auto digest = must(store.put(bytes));
  const auto answer = must(predict("model", {pathToValue(root / "a.png"), Value::Map{{"digest", digest.hex()}}}));
  ASSERT_EQ(answer["results"].asList().size(), 2u);
  EXPECT_EQ(answer["results"].asList()[0], answer["results"].asList()[1]);
  const auto& one = answer["results"].asList()[0];
  const auto net = tinyNet({"rows", "columns"});
  std::vector<float> input(3 * 32 * 32);
  must(vision::decodeForNet(std::span{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, must(blocks::preprocessOf(net)),
                            input));
  const auto logits = test::NetInterpreter{net}.run(net::Tensor{{1, 3, 32, 32}, input}).at("logits");
  for (std::size_t k = 0; k < 2; ++k) EXPECT_NEAR(one["logits"].asList()[k].asDouble(), logits.values()[k], 1e-4);
  EXPECT_EQ(one["class"].asText(), logits.values()[0] > logits.values()[1] ? "rows" : "columns");
  EXPECT_NEAR(one["scores"].asList()[0].asDouble() + one["scores"].asList()[1].asDouble(), 1, 1e-6);
}

TEST_F(PredictLive, SeveralLabelsAreThoseAboveTheirThresholds) {
  writeFile(root / "a.png", drawPng(1, 4, 70, 50));
  auto net = tinyNet({"rows", "columns"});
  net.task = "multi-label";
  put("labels", net);
  const auto before = must(predict("labels", {pathToValue(root / "a.png")}));
  EXPECT_EQ(before["task"].asText(), "multi-label");
  const auto scores = before["results"].asList()[0]["scores"].asList();
  const auto logits = before["results"].asList()[0]["logits"].asList();
  for (std::size_t k = 0; k < 2; ++k) EXPECT_NEAR(scores[k].asDouble(), 1 / (1 + std::exp(-logits[k].asDouble())), 1e-6);
  // One threshold just above its score, one just below.
  net.metadata["thresholds"] = Value::List{scores[0].asDouble() + 1e-4, scores[1].asDouble() - 1e-4};
  put("chosen", net);
  const auto after = must(predict("chosen", {pathToValue(root / "a.png")}));
  EXPECT_EQ(after["results"].asList()[0]["labels"], (Value{Value::List{"columns"}}));
}

TEST_F(PredictLive, APictureThatCannotBeReadIsItsOwnError) {
  writeFile(root / "good.png", drawPng(0, 1));
  writeFile(root / "bad.png", "no picture");
  const auto answer =
      must(predict("model", {pathToValue(root / "bad.png"), pathToValue(root / "missing.png"), pathToValue(root / "good.png")}));
  EXPECT_TRUE(answer["results"].asList()[0].contains("error"));
  EXPECT_TRUE(answer["results"].asList()[1].contains("error"));
  EXPECT_TRUE(answer["results"].asList()[2].contains("class"));
}

TEST_F(PredictLive, AFolderThatCannotBeLoadedLeavesTheOtherInUse) {
  writeFile(root / "a.png", drawPng(0, 1));
  const auto before = must(predict("model", {pathToValue(root / "a.png")}));
  EXPECT_EQ(predict("nowhere", {}).error().code, "predict.no_model");
  put("broken", tinyNet({"x", "y", "z"}));
  writeFile(root / "broken/model.onnx", "not a model");
  EXPECT_FALSE(predict("broken", {pathToValue(root / "a.png")}));
  EXPECT_EQ(must(predict("model", {pathToValue(root / "a.png")})), before);
  // A model that was exported anew is read anew.
  put("model", tinyNet({"left", "right"}));
  fs::last_write_time(root / "model/model.onnx", fs::file_time_type::clock::now() + std::chrono::seconds{2});
  EXPECT_EQ(toJson(must(predict("model", {}))["classes"]), R"(["left","right"])");
}

TEST_F(PredictLive, ANewerRequestEndsIt) {
  writeFile(root / "a.png", drawPng(0, 1));
  stop.request();
  EXPECT_EQ(predict("model", {pathToValue(root / "a.png")}).error().kind, ErrorKind::Cancelled);
  stop.clear();
  EXPECT_TRUE(predict("model", {pathToValue(root / "a.png")}));
  EXPECT_EQ(service->answer("explode", Value{}, store, stop).error().code, "live.method");
}

}  // namespace
}  // namespace patchbay::testing
