// SPDX-License-Identifier: Apache-2.0
#include "engine/net/weights.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstring>

#include "engine/base/file.h"
#include "engine/base/value.h"

namespace patchbay::net {
namespace {
const std::string data = PATCHBAY_NET_DATA;

std::string safetensors(std::string_view header, std::size_t dataBytes, std::uint64_t announced = 0) {
  const std::uint64_t size = announced != 0 ? announced : header.size();
  std::string out(8, '\0');
  std::memcpy(out.data(), &size, 8);
  return out + std::string{header} + std::string(dataBytes, '\0');
}

RC_GTEST_PROP(Safetensors, GivesBackWhatWasWritten, ()) {
  WeightFile file;
  const auto names = *rc::gen::container<std::set<std::string>>(rc::gen::container<std::string>(rc::gen::inRange('a', 'z')));
  for (const auto& name : names) {
    const auto shape = *rc::gen::container<Shape>(*rc::gen::inRange(0, 4), rc::gen::inRange<std::int64_t>(0, 4));
    const auto dtype = *rc::gen::element(DType::F32, DType::F16, DType::BF16, DType::F64, DType::I8, DType::I16, DType::I32, DType::I64);
    // Small integers are exact in every type.
    const auto values =
        *rc::gen::container<std::vector<float>>(static_cast<std::size_t>(*elementCount(shape)),
                                                rc::gen::map(rc::gen::inRange(-100, 100), [](int v) { return static_cast<float>(v); }));
    file.tensors.emplace(name, Tensor{shape, values, dtype});
  }
  file.metadata = *rc::gen::container<std::map<std::string, std::string>>(rc::gen::container<std::string>(rc::gen::inRange('a', 'z')),
                                                                          rc::gen::container<std::string>(rc::gen::inRange('!', '~')));
  const auto bytes = writeSafetensors(file);
  RC_ASSERT(bytes.has_value());
  const auto read = parseSafetensors(*bytes);
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->metadata == file.metadata);
  RC_ASSERT(read->tensors.size() == file.tensors.size());
  for (const auto& [name, tensor] : file.tensors) RC_ASSERT(identical(read->tensors.at(name), tensor));
  RC_ASSERT(*writeSafetensors(*read) == *bytes);
}

RC_GTEST_PROP(Safetensors, FloatsComeBackBitForBit, (const std::vector<float>& values)) {
  const Tensor tensor{{static_cast<std::int64_t>(values.size())}, values};
  const auto read = parseSafetensors(*writeSafetensors({{{"x", tensor}}, {}}));
  RC_ASSERT(read.has_value());
  RC_ASSERT(identical(read->tensors.at("x"), tensor));
}

TEST(Safetensors, NarrowTypesRoundToTheNearest) {
  const std::vector<float> values{1.00390625f, -65504.f, 1e30f, NAN};
  const auto read =
      *parseSafetensors(*writeSafetensors({{{"b", Tensor{{4}, values, DType::BF16}}, {"i", Tensor{{4}, values, DType::I8}}}, {}}));
  const auto b = read.tensors.at("b").values(), i = read.tensors.at("i").values();
  EXPECT_EQ(b[0], 1.f);  // Half way between 1 and 1.0078125; to even.
  EXPECT_NEAR(b[2], 1e30f, 1e30f / 256);
  EXPECT_TRUE(std::isnan(b[3]));
  EXPECT_EQ(i[0], 1);
  EXPECT_EQ(i[1], -128);
  EXPECT_EQ(i[2], 127);
}

TEST(Safetensors, RefusesWhateverIsNotExactlyTheFormat) {
  const std::string one = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
  ASSERT_TRUE(parseSafetensors(safetensors(one, 8)));
  struct Case {
    const char* what;
    std::string bytes;
  };
  const Case cases[] = {
      {"empty", ""},
      {"header length beyond the file", safetensors(one, 8, 1000)},
      {"header length overflowing", safetensors(one, 8, ~std::uint64_t{0})},
      {"truncated data", safetensors(one, 7)},
      {"bytes after the last tensor", safetensors(one, 9)},
      {"overlap",
       safetensors(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}})", 6)},
      {"same bytes twice",
       safetensors(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})", 4)},
      {"gap",
       safetensors(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[5,9]}})", 9)},
      {"duplicate key",
       safetensors(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})", 2)},
      {"shape that overflows to fit", safetensors(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})", 0)},
      {"negative extent", safetensors(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", 8)},
      {"shape and bytes disagree", safetensors(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8)},
      {"offsets backwards", safetensors(R"({"a":{"dtype":"F32","shape":[0],"data_offsets":[8,0]}})", 8)},
      {"unknown type", safetensors(R"({"a":{"dtype":"F4","shape":[2],"data_offsets":[0,8]}})", 8)},
      {"fields that are not known", safetensors(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}})", 8)},
      {"fractional offset", safetensors(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8.0]}})", 8)},
      {"header that is a list", safetensors("[]      ", 0)},
      {"metadata that is no text", safetensors(R"({"__metadata__":{"a":1}})", 0)},
  };
  for (const auto& [what, bytes] : cases) {
    const auto read = parseSafetensors(bytes);
    ASSERT_FALSE(read) << what;
    EXPECT_NE(read.error().kind, ErrorKind::Internal) << what;
    EXPECT_FALSE(read.error().hint.empty()) << what;
  }
}

class Checkpoint : public ::testing::TestWithParam<const char*> {};

TEST_P(Checkpoint, ReadsWhatTorchSaved) {
  const auto file = readWeights(data + "/" + GetParam());
  ASSERT_TRUE(file) << describe(file.error());
  ASSERT_EQ(file->tensors.size(), 5u);
  const auto& view = file->tensors.at("a.weight");
  EXPECT_EQ(view.shape, (Shape{4, 3}));
  for (int row = 0; row < 4; ++row)
    for (int column = 0; column < 3; ++column)
      EXPECT_EQ(view.values()[static_cast<std::size_t>(row * 3 + column)], static_cast<float>(column * 4 + row));
  EXPECT_EQ(file->tensors.at("a.bias").dtype, DType::F16);
  EXPECT_EQ(file->tensors.at("a.bias").values()[1], -2.f);
  EXPECT_EQ(file->tensors.at("n").shape, Shape{});
  EXPECT_EQ(file->tensors.at("n").values()[0], 7.f);
  EXPECT_EQ(file->tensors.at("b").values()[2], 3.f);
}

TEST_P(Checkpoint, EveryTruncationIsAnError) {
  const auto bytes = *readFile(data + "/" + GetParam());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto file = parsePth(std::string_view{bytes}.substr(0, size));
    ASSERT_FALSE(file) << size;
  }
}

TEST_P(Checkpoint, NoFlippedByteCrashes) {
  const auto bytes = *readFile(data + "/" + GetParam());
  for (std::size_t i = 0; i < bytes.size(); ++i)
    for (const int flip : {0x01, 0x80, 0xFF}) {
      auto changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ flip);
      const auto file = parsePth(changed);
      if (!file) {
        EXPECT_FALSE(file.error().hint.empty());
      }
    }
}
INSTANTIATE_TEST_SUITE_P(BothKinds, Checkpoint, ::testing::Values("checkpoint_zip.pth", "checkpoint_legacy.pth"),
                         [](const auto& param) { return std::string{param.index == 0 ? "Zip" : "Legacy"}; });

TEST(Pickle, NamesTheCodeAFileWantsToRun) {
  // What pickle.dumps makes of an object whose __reduce__ returns (os.system, ("id",)).
  const std::string hostile = std::string{"\x80\x02"} + "cposix\nsystem\nX\x02" + std::string(3, '\0') + "id\x85R.";
  const auto file = parsePth(hostile);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, "pth.global");
  EXPECT_NE(describe(file.error()).find("posix.system"), std::string::npos);
  EXPECT_NE(describe(file.error()).find("runs nothing"), std::string::npos);
}

TEST(Pickle, NamesItInsideACheckpointAndByStackGlobalToo) {
  auto bytes = *readFile(data + "/checkpoint_legacy.pth");
  const auto at = bytes.find("collections\nOrderedDict");
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 23, "builtins\neval");
  ASSERT_FALSE(parsePth(bytes));
  EXPECT_NE(describe(parsePth(bytes).error()).find("builtins.eval"), std::string::npos);
  const auto byStack = parsePth("\x80\x04\x8C\x02os\x8C\x06system\x93.");
  ASSERT_FALSE(byStack);
  EXPECT_NE(describe(byStack.error()).find("os.system"), std::string::npos);
}

TEST(Pickle, SurvivesItselfInsideItself) {
  // d = {}; d["a"] = d, with no tensor anywhere.
  const std::string magic{"\x80\x02\x8A\x0A\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19\x2E", 15};
  const std::string front = magic + std::string{"\x80\x02M\xE9\x03.", 6} + "\x80\x02}.";
  const std::string loop = std::string{"\x80\x02}q\0X\x01\0\0\0ah\0s.", 15};
  const auto file = parsePth(front + loop + "\x80\x02].");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, "pth.damaged");
}
}  // namespace
}  // namespace patchbay::net
