// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/net/onnx.h"
#include "tests/support/block_harness.h"
#include "tests/support/memory_store.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {

struct ExportLive : ::testing::Test {
  ExportLive() {
    for (const auto* type : patchbayPackV1()->lives)
      if (type->id == "patchbay.live.export") service = type->make();
    set = toyDataset(store, {.perClass = 20});
    data = must(set.value().save(store)).hex();
    model = must(must(net::saveModel(store, net, {})).save(store)).hex();
  }
  Result<Value> ask(Value::Map args) {
    args["seconds"] = 0.05;
    return service->answer("export_preview", Value{std::move(args)}, store, stop);
  }
  TemporaryStore store;
  StopFlag stop;
  std::unique_ptr<LiveService> service;
  net::Net net = tinyNet({"rows", "columns"});
  Dataset set;
  std::string model, data;
};

TEST_F(ExportLive, TellsSizeTimeAndAccuracyOfWhatWouldBeWritten) {
  const int before = store.written;
  const auto answer = must(ask({{"model", model}, {"data", data}}));
  EXPECT_EQ(store.written, before) << "nothing is written";
  const auto folded = must(net::foldBatchNorm(net));
  ASSERT_EQ(answer["formats"].asList().size(), 3u);
  std::map<std::string, Value> formats;
  std::int64_t bytes = 0;
  for (const auto& one : answer["formats"].asList()) {
    formats[one["format"].asText()] = one;
    bytes += one["bytes"].asInt();
    EXPECT_GT(one["milliseconds"].asDouble(), 0);
    EXPECT_GE(one["milliseconds_p95"].asDouble(), one["milliseconds"].asDouble());
  }
  EXPECT_EQ(answer["bytes"].asInt(), bytes);
  EXPECT_EQ(formats["onnx"]["bytes"].asInt(), static_cast<std::int64_t>(must(net::toOnnx(folded)).size()));
  EXPECT_EQ(formats["safetensors"]["runtime"].asText(), "LibTorch");
  EXPECT_EQ(toJson(answer["input"]), "[3,32,32]");
  EXPECT_EQ(answer["parameters"].asInt(), must(net::cost(folded)).total.parameters);
  EXPECT_EQ(answer["accuracy"]["part"].asText(), "test");
  EXPECT_EQ(answer["accuracy"]["pictures"].asInt(), 8);
  EXPECT_NEAR(answer["accuracy"]["value"].asDouble(), answer["accuracy"]["correct"].asDouble() / 8, 1e-12);
  EXPECT_EQ(must(ask({{"model", model}, {"data", data}, {"pictures", 3}}))["accuracy"]["pictures"].asInt(), 3);
  EXPECT_FALSE(must(ask({{"model", model}})).contains("accuracy"));
}

TEST_F(ExportLive, TellsWhatEightBitsWouldCostAndWhyTheyCannotBeHad) {
  const int before = store.written;
  const auto answer = must(ask({{"model", model}, {"int8", data}}));
  EXPECT_EQ(store.written, before) << "nothing is written";
  const auto& formats = answer["formats"].asList();
  ASSERT_EQ(formats.size(), 4u);
  EXPECT_EQ(formats[1]["format"].asText(), "onnx_int8");
  EXPECT_GT(formats[1]["milliseconds"].asDouble(), 0);
  const auto& int8 = answer["int8"];
  EXPECT_GE(int8["calibration_pictures"].asInt(), 16);
  EXPECT_GT(int8["validation_pictures"].asInt(), 0);
  EXPECT_NEAR(int8["drop_points"].asDouble(), 100 * (int8["accuracy_fp32"].asDouble() - int8["accuracy_int8"].asDouble()), 1e-9);
  EXPECT_TRUE(int8.contains("unit"));
  const auto few = must(toyDataset(store, {.perClass = 4}).value().save(store)).hex();
  const auto refused = must(ask({{"model", model}, {"int8", few}}));
  EXPECT_EQ(refused["formats"].asList().size(), 3u) << "the rest of the answer stands";
  EXPECT_EQ(errorFromValue(refused["int8"]["error"]).code, "int8.pictures");
}

TEST_F(ExportLive, ABackboneIsNoModelToExportAndANewerRequestEndsIt) {
  const auto features = must(must(net::saveModel(store, must(net::withoutHead(net)), {})).save(store)).hex();
  EXPECT_EQ(ask({{"model", features}}).error().code, "export.no_classes");
  stop.request();
  EXPECT_EQ(ask({{"model", model}}).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(service->answer("explode", {}, store, stop).error().code, "live.method");
}

}  // namespace
}  // namespace patchbay::testing
