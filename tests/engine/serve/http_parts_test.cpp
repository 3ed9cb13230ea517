// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/http_parts.h"

#include <gmock/gmock.h>

namespace patchbay::serve {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Target, IsTakenApart) {
  const auto target = parseTarget("/v1/models/a%20b+c/predict?heat_map=1&class=x%26y+z&empty");
  ASSERT_TRUE(target);
  EXPECT_THAT(target->path, ElementsAre("v1", "models", "a b+c", "predict"));
  EXPECT_EQ(target->query.at("heat_map"), "1");
  EXPECT_EQ(target->query.at("class"), "x&y z");
  EXPECT_EQ(target->query.at("empty"), "");
  EXPECT_THAT(parseTarget("/")->path, IsEmpty());
  EXPECT_THAT(parseTarget("/%E7%BD%91")->path, ElementsAre("\xE7\xBD\x91"));
  // Decoded once only.
  EXPECT_THAT(parseTarget("/%252e%252e")->path, ElementsAre("%2e%2e"));
}

TEST(Target, TricksAreNoTargets) {
  for (const char* text : {"",       "x",    "*",    "http://a/b", "/..", "/a/../b", "/%2e%2e/a", "/./a",     "//a",      "/a//b", "/%2f",
                           "/a%5cb", "/%00", "/%0a", "/%7f",       "/%",  "/%4",     "/%zz",      "/a?x=%zz", "/a?%00=1", "/\x01"})
    EXPECT_FALSE(parseTarget(text)) << text;
  EXPECT_FALSE(parseTarget("/" + std::string(5000, 'a')));
}

TEST(Base64, GoesThereAndBack) {
  std::string all;
  for (int i = 0; i < 256; ++i) {
    all += static_cast<char>(i);
    EXPECT_EQ(decodeBase64(encodeBase64(all)), all);
  }
  // RFC 4648, section 10.
  EXPECT_EQ(encodeBase64("foob"), "Zm9vYg==");
  EXPECT_EQ(decodeBase64("Zm9vYg"), "foob");
  EXPECT_EQ(decodeBase64("Zm9v\r\nYmE=\n"), "fooba");
  EXPECT_EQ(decodeBase64("data:image/png;base64,Zm8="), "fo");
  EXPECT_EQ(decodeBase64("_-8"), "\xFF\xEF");
  EXPECT_EQ(decodeBase64(""), "");
  for (const char* text : {"Z", "Zm9v=", "Zm9vY=", "Zm8==", "Zm=8", "Z m8=", "====", "data:image/png,Zm8=", "\xFF"})
    EXPECT_FALSE(decodeBase64(text)) << text;
}

TEST(MediaTypes, HaveBoundaries) {
  EXPECT_EQ(parseMediaType("multipart/form-data; boundary=abc").boundary, "abc");
  EXPECT_EQ(parseMediaType("Multipart/Form-Data; charset=x; Boundary=\"a;\\\"b\"").boundary, "a;\"b");
  EXPECT_EQ(parseMediaType(" IMAGE/png ;q=1").type, "image/png");
  for (const char* text : {"", ";", ";;", "a;b", "a;boundary", "a;boundary=", "a;boundary=\"", "a; =x"})
    EXPECT_EQ(parseMediaType(text).boundary, "") << text;
}

TEST(Multipart, PartsAreFound) {
  const auto parts = parseMultipart(
      "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"p\"; filename=\"a b.png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--"
      "c\r\n--b  \r\n\r\n\r\n--b--\r\nepilogue",
      "b", 9);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2u);
  EXPECT_EQ((*parts)[0].name, "p");
  EXPECT_EQ((*parts)[0].fileName, "a b.png");
  EXPECT_EQ((*parts)[0].data, "\x89PNG\r\n--c");
  EXPECT_EQ((*parts)[1].data, "");
  EXPECT_TRUE(parseMultipart("--b--", "b", 0));
}

TEST(Multipart, DamageIsToldApart) {
  for (const char* body : {"", "--b", "--bx", "--b\r\n", "--b\r\n\r\n", "--b\r\n\r\nx", "--b\r\nA: b\r\n\r\nx\r\n--", "x--b--",
                           "--b\r\nno end of the head\r\n--b--"}) {
    const auto parts = parseMultipart(body, "b", 9);
    ASSERT_FALSE(parts) << body;
    EXPECT_EQ(parts.error().kind, ErrorKind::BadInput);
  }
  EXPECT_FALSE(parseMultipart("----", "", 9));
  EXPECT_FALSE(parseMultipart("--b\r\n\r\nx\r\n--b--", "b", 0));
  EXPECT_FALSE(parseMultipart("--b\r\n" + std::string(20'000, 'a') + "\r\n\r\nx\r\n--b--", "b", 9));
}

TEST(Hosts, AreNamesOrAddresses) {
  EXPECT_EQ(hostName("LocalHost:8642"), "localhost");
  EXPECT_EQ(hostName("[::1]:80"), "::1");
  EXPECT_EQ(hostName(" 127.0.0.1 "), "127.0.0.1");
  for (const char* text : {"", ":80", "a:b", "a:123456", "[::1", "[x]", "a b", "a/b", "user@host", "a,b", "\xE7\xBD\x91"})
    EXPECT_FALSE(hostName(text)) << text;
}

TEST(Secrets, AreComparedWhole) {
  EXPECT_TRUE(equalSecrets("abc", "abc"));
  EXPECT_FALSE(equalSecrets("abc", "abd"));
  EXPECT_FALSE(equalSecrets("abc", "ab"));
  EXPECT_FALSE(equalSecrets("", "a"));
  EXPECT_EQ(bearerToken("bEaReR  abc "), "abc");
  EXPECT_EQ(bearerToken("Basic abc"), "");
  EXPECT_EQ(bearerToken("Bearer"), "");
}

}  // namespace
}  // namespace patchbay::serve
