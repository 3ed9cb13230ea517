// SPDX-License-Identifier: Apache-2.0
#include "engine/base/value.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/base/digest.h"
#include "engine/base/half.h"
#include "engine/base/id.h"

namespace patchbay {
namespace {

TEST(Json, KeepsNumberLiteralsThatADoubleWouldChange) {
  const std::string text = R"({"a":1.0e5,"b":123456789012345678901234567890,"c":18446744073709551615,"d":0.1,"e":1.50,"f":7})";
  const auto value = parseJson(text);
  ASSERT_TRUE(value) << describe(value.error());
  EXPECT_EQ(toJson(*value), text);
  EXPECT_DOUBLE_EQ((*value)["a"].asDouble(), 1e5);
}

TEST(Json, SortsKeysAndKeepsEveryKind) {
  Value v;
  v["z"] = Value::Bytes{0, 255, 1};
  v["a"]["nested"].push(true);
  v["n"] = std::numeric_limits<double>::quiet_NaN();
  const auto text = toJson(v);
  EXPECT_EQ(text, R"({"a":{"nested":[true]},"n":{"$number":"nan"},"z":{"$bytes":"AP8B"}})");
  const auto back = parseJson(text);
  ASSERT_TRUE(back);
  EXPECT_EQ((*back)["z"], v["z"]);
  EXPECT_TRUE(std::isnan((*back)["n"].asDouble()));
}

TEST(Json, RefusesDuplicateKeysTrailingTextDeepNestingAndBadUtf8) {
  EXPECT_FALSE(parseJson(R"({"a":1,"a":2})"));
  EXPECT_FALSE(parseJson("{} x"));
  EXPECT_FALSE(parseJson(std::string(300, '[') + std::string(300, ']')));
  EXPECT_FALSE(parseJson("\"\xff\""));
  EXPECT_FALSE(parseJson(""));
}

TEST(Utf8, KnowsOverlongSurrogatesAndTruncation) {
  EXPECT_TRUE(isUtf8("太阳能 ü"));
  EXPECT_TRUE(isUtf8(""));
  EXPECT_FALSE(isUtf8("\xc0\x80"));
  EXPECT_FALSE(isUtf8("\xed\xa0\x80"));
  EXPECT_FALSE(isUtf8("\xe5\xa4"));
  EXPECT_EQ(pathFromValue(pathToValue("caf\xe9.png")).native(), "caf\xe9.png");
  EXPECT_EQ(displayText("caf\xe9"), "caf\\xe9");
}

TEST(TextTemplate, FillsArgumentsAndPlurals) {
  EXPECT_EQ(render(TR("t", "{n} picture(s) in {where}").count(1).with("where", "a{n}")), "1 picture in a{n}");
  EXPECT_EQ(render(TR("t", "{n} picture(s)").count(3)), "3 pictures");
  const Text t = TR("t", "{x} of {y}").with("x", "1");
  EXPECT_EQ(textFromValue(toValue(t)), t);
}

TEST(DigestTest, MatchesTheStandardVectorAndParsesStrictly) {
  EXPECT_EQ(digestOf("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(*Digest::parse(digestOf("abc").hex()), digestOf("abc"));
  EXPECT_FALSE(Digest::parse("BA78"));
}

TEST(Half, RoundTripsEveryHalfAndRoundsToNearestEven) {
  for (std::uint32_t h = 0; h < 0x10000; ++h) {
    const float f = fromHalf(static_cast<std::uint16_t>(h));
    if (std::isnan(f)) continue;
    ASSERT_EQ(toHalf(f), h) << h;
  }
  EXPECT_EQ(toHalf(2049.0f), toHalf(2048.0f));
  EXPECT_EQ(toHalf(65520.0f), 0x7C00);
}

TEST(Ulid, IsSortableAndWellFormed) {
  const auto a = newUlid();
  EXPECT_TRUE(isUlid(a));
  EXPECT_NE(a, newUlid());
  EXPECT_FALSE(isUlid("../etc"));
}

}  // namespace
}  // namespace patchbay
