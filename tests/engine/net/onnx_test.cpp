// SPDX-License-Identifier: Apache-2.0
#include "engine/net/onnx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/file.h"
#include "engine/net/builders.h"
#include "engine/net/passes.h"
#include "tests/support/small_net.h"
#include "tests/support/temporary_folder.h"

namespace patchbay::net {
namespace {
namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class Onnx : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directory(root_ / "model"); }
  test::TempFolder folder_;
  const fs::path& root_ = folder_.path();
};

TEST_F(Onnx, SaysWhatTheDesignFixes) {
  auto net = test::smallNet();
  net.classes = {"good", "caf\xC3\xA9"};
  const auto bytes = toOnnx(*foldBatchNorm(net), {.metadata = {{"seed", "7"}}});
  ASSERT_TRUE(bytes) << describe(bytes.error());
  const auto info = checkOnnx(*bytes);
  ASSERT_TRUE(info) << describe(info.error());
  EXPECT_EQ(info->opset, 17);
  EXPECT_EQ(info->irVersion, 8);
  EXPECT_EQ(info->inputs, (std::vector<Input>{{"input", {-1, 3, 9, 9}}}));
  EXPECT_EQ(info->outputs, (std::vector<Input>{{"logits", {-1, 2}}}));
  EXPECT_THAT(info->ops, Contains("Clip"));
  EXPECT_THAT(info->ops, Not(Contains("BatchNormalization")));
  EXPECT_THAT(info->ops, Not(Contains("Dropout")));
  EXPECT_EQ(info->metadata.at("task"), "classification");
  EXPECT_EQ(info->metadata.at("seed"), "7");
  EXPECT_EQ(parseJson(info->metadata.at("classes"))->asList()[1].asText(), net.classes[1]);
  EXPECT_EQ((*parseJson(info->metadata.at("preprocessing")))["height"].asInt(), 9);
  EXPECT_EQ(*toOnnx(*foldBatchNorm(net), {.metadata = {{"seed", "7"}}}), *bytes);
}

TEST_F(Onnx, FixesTheBatchWhenAsked) {
  const auto info = checkOnnx(*toOnnx(test::smallNet(), {.batch = 4}));
  ASSERT_TRUE(info);
  EXPECT_EQ(info->inputs[0].shape, (Shape{4, 3, 9, 9}));
  EXPECT_EQ(info->outputs[0].shape, (Shape{4, 2}));
}

TEST_F(Onnx, EveryOpAndEveryBackboneIsWritten) {
  const auto every = checkOnnx(*toOnnx(test::everyOpNet()));
  ASSERT_TRUE(every) << describe(every.error());
  for (const char* op : {"Conv", "BatchNormalization", "LayerNormalization", "Gemm", "MatMul", "Softmax", "HardSwish", "Erf", "MaxPool",
                         "AveragePool", "Concat", "Reshape", "Transpose"})
    EXPECT_THAT(every->ops, Contains(op));
  for (const auto& name : architectures()) EXPECT_TRUE(checkOnnx(*toOnnx(*build(name, 2, 64)))) << name;
}

TEST_F(Onnx, NamesThatCollideAreKeptApart) {
  auto net = test::smallNet();
  net.ops[2].name = "logits";  // A step called like the output, and two outputs of one value.
  for (auto& op : net.ops) std::replace(op.inputs.begin(), op.inputs.end(), std::string{"a.act"}, std::string{"logits"});
  net.outputs.push_back({"again", "classifier"});
  const auto info = checkOnnx(*toOnnx(net));
  ASSERT_TRUE(info) << describe(info.error());
  ASSERT_EQ(info->outputs.size(), 2u);
  EXPECT_EQ(info->outputs[0].shape, (Shape{-1, 2}));
}

TEST_F(Onnx, RefusesDamageWithoutCrashing) {
  const auto bytes = *toOnnx(test::smallNet());
  EXPECT_FALSE(checkOnnx(""));
  EXPECT_FALSE(checkOnnx("not a model"));
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    static_cast<void>(checkOnnx(std::string_view{bytes}.substr(0, i)));
    auto flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x55);
    static_cast<void>(checkOnnx(flipped));
  }
  auto unknown = bytes;
  const auto at = unknown.find("input");
  unknown[at] = 'I';  // Now a step uses a value that nobody makes.
  EXPECT_FALSE(checkOnnx(unknown));
}

/// A length-delimited protobuf field.
std::string field(int number, const std::string& content) {
  std::string out{static_cast<char>(number << 3 | 2)};
  for (auto size = content.size();; size >>= 7) {
    out += static_cast<char>(size < 128 ? size : (size & 127) | 128);
    if (size < 128) return out + content;
  }
}

/// A model whose one weight "w" (4 floats) lies in `location`.
std::string withExternal(const std::string& location, const std::string& offset = "0", const std::string& domain = {}) {
  const auto entry = [](const std::string& key, const std::string& value) { return field(13, field(1, key) + field(2, value)); };
  const std::string tensor = std::string{"\x08\x04\x10\x01", 4} + field(8, "w") + entry("location", location) + entry("offset", offset) +
                             std::string{"\x70\x01", 2};
  const std::string node = field(1, "w") + field(2, "y") + field(4, "Identity") + (domain.empty() ? "" : field(7, domain));
  return std::string{"\x08\x08", 2} + field(7, field(1, node) + field(2, "g") + field(5, tensor) + field(12, field(1, "y"))) +
         field(8, std::string{"\x10\x11", 2});
}

TEST_F(Onnx, ExternalDataStaysInItsFolder) {
  const auto folder = root_ / "model";
  const auto check = [&](const std::string& location, const std::string& offset = "0") {
    return checkOnnx(withExternal(location, offset), folder);
  };
  ASSERT_TRUE(writeFileAtomically(folder / "w.bin", std::string(20, 'x')));
  ASSERT_TRUE(writeFileAtomically(root_ / "secret", std::string(20, 'x')));
  fs::create_symlink(root_ / "secret", folder / "out");
  fs::create_symlink("w.bin", folder / "in");
  const auto good = check("w.bin", "4");
  ASSERT_TRUE(good) << describe(good.error());
  ASSERT_EQ(good->externalFiles.size(), 1u);
  for (const std::string bad : {"../secret", "out", "in", "", "missing.bin", "."}) EXPECT_FALSE(check(bad)) << bad;
  EXPECT_FALSE(check((root_ / "secret").string()));
  EXPECT_THAT(describe(check("../secret").error()), HasSubstr("outside its folder"));
  for (const char* offset : {"5", "18446744073709551615", "-4", "4x"}) EXPECT_FALSE(check("w.bin", offset)) << offset;
  EXPECT_FALSE(checkOnnx(withExternal("w.bin")));  // Without a folder there is no outside data at all.
  ASSERT_TRUE(writeFileAtomically(folder / "m.onnx", withExternal("w.bin")));
  EXPECT_TRUE(checkOnnxFile(folder / "m.onnx"));
}

TEST_F(Onnx, OperatorsOfOthersAreRefusedByName) {
  ASSERT_TRUE(writeFileAtomically(root_ / "model" / "w.bin", std::string(16, 'x')));
  const auto refused = checkOnnx(withExternal("w.bin", "0", "com.evil"), root_ / "model");
  ASSERT_FALSE(refused);
  EXPECT_THAT(describe(refused.error()), HasSubstr("com.evil"));
}
}  // namespace
}  // namespace patchbay::net
