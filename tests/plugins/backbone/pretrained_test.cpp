// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "engine/net/builders.h"
#include "engine/net/weights.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;

struct Pretrained : ::testing::Test {
  Pretrained() { block.set("weights", "own.safetensors").set("size", 64); }
  /// Weights of our own naming for an EfficientNet-Lite0 with `classes` outputs.
  static std::string weights(std::int64_t classes, const std::function<void(net::WeightFile&)>& change = {}) {
    net::WeightFile file;
    file.tensors = net::initialised(must(net::build("efficientnet_lite0", classes)), 5).parameters;
    if (change) change(file);
    return must(net::writeSafetensors(file));
  }
  void own(std::string_view bytes) { writeFile(block.folder() / "own.safetensors", bytes); }
  BlockHarness block{"patchbay.backbone.pretrained"};
};

TEST_F(Pretrained, TakesAnOwnWeightFile) {
  const auto bytes = weights(7);
  own(bytes);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto value = block.value("model");
  EXPECT_EQ(value.meta["origin"]["sha256"].asText(), digestOf(bytes).hex());
  EXPECT_EQ(value.meta["origin"]["source"].asText(), "own.safetensors");
  EXPECT_EQ(value.meta["origin"]["licence"].asText(), "not stated");
  const auto net = must(net::loadModel(block.store(), value));
  EXPECT_EQ(net.input.shape, (net::Shape{3, 64, 64}));
  EXPECT_EQ(net.preprocessing.resizeTo, 73);
  EXPECT_TRUE(net.preprocessing.scaledDecode);
  EXPECT_TRUE(net::identical(net.parameters.at("stem.conv.weight"), must(net::parseSafetensors(bytes)).tensors.at("stem.conv.weight")));
  const auto digest = block.digest("model");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.digest("model"), digest);
}

TEST_F(Pretrained, KeepsTheWholePictureWhenAsked) {
  own(weights(3));
  block.set("resize", "stretch").set("scaled_decode", false);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto net = must(net::loadModel(block.store(), block.value("model")));
  EXPECT_EQ(net.preprocessing.resize, net::Resize::Stretch);
  EXPECT_FALSE(net.preprocessing.scaledDecode);
}

TEST_F(Pretrained, RefusesWeightsOfTheWrongShape) {
  own(weights(7, [](net::WeightFile& file) { file.tensors["stem.conv.weight"] = net::Tensor::full({32, 3, 5, 5}, 0); }));
  EXPECT_FALSE(block.run());
  EXPECT_THAT(block.problem(), HasSubstr("stem.conv.weight"));
  own(weights(7, [](net::WeightFile& file) { file.tensors.erase("classifier.weight"); }));
  EXPECT_FALSE(block.run());
  EXPECT_THAT(block.problem(), HasSubstr("classifier"));
  EXPECT_FALSE(block.error()->hint.empty());
}

TEST_F(Pretrained, RefusesAPickleThatWantsToRunCode) {
  // What pickle.dumps makes of an object whose __reduce__ says os.system("touch pwned"), protocol 2, in the old format.
  const auto evil = block.folder() / "pwned";
  own("\x80\x02"
      "cposix\nsystem\nX" +
      std::string{static_cast<char>(6 + evil.string().size()), 0, 0, 0} + "touch " + evil.string() + "\x85R.");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind == ErrorKind::Internal, false);
  EXPECT_FALSE(std::filesystem::exists(evil));
  for (const auto* rubbish : {"", "x", "PK\x03\x04", "\x80\x02."}) {
    own(rubbish);
    EXPECT_FALSE(block.run()) << rubbish;
    EXPECT_FALSE(block.error()->hint.empty());
  }
}

TEST_F(Pretrained, SaysWhichWeightsAreMissing) {
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::NotFound);
  EXPECT_THAT(block.problem(), HasSubstr("own.safetensors"));
  ::setenv("PATCHBAY_RESOURCES", block.folder().c_str(), 1);
  block.set("weights", "").set("model", "resnet50");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "backbone.no_weights");
  EXPECT_THAT(block.problem(), HasSubstr("resnet50"));
  // What is installed is found by its folder.
  writeFile(block.folder() / "weights/efficientnet_lite0/package/weights.safetensors", weights(4));
  block.set("model", "efficientnet_lite0");
  EXPECT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.value("model").meta["origin"]["licence"].asText(), "Apache-2.0");
  ::unsetenv("PATCHBAY_RESOURCES");
}

TEST_F(Pretrained, RefusesPicturesTooSmallForTheNetwork) {
  own(weights(3));
  for (const int size : {1, 7, 31}) {
    block.set("size", size);
    // Either it works, or it says what is wrong; it never crashes.
    if (!block.run()) {
      EXPECT_FALSE(block.error()->hint.empty()) << size;
    }
  }
}

}  // namespace
}  // namespace patchbay::testing
