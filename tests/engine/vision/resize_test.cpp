// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/resize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/vision/preprocess.h"
#include "tests/engine/vision/golden.h"

namespace patchbay::vision {
namespace {

Image picture(const std::string& name) { return decode(asBytes(fileBytes(name))).value().image; }

TEST(Resize, EqualsPillowExactly) {
  const auto all = goldens("resize");
  ASSERT_GE(all.size(), 20u);
  for (const Golden& g : all) {
    const auto filter = g.args[1] == "bicubic" ? Interpolation::Bicubic : Interpolation::Bilinear;
    EXPECT_EQ(worstDifference(resize(picture(g.args[0]), g.width, g.height, filter), g), 0)
        << g.args[0] << " " << g.args[1] << " " << g.width << " x " << g.height;
  }
}

TEST(Resize, APartEqualsThatPartOfTheWhole) {
  const Image scene = picture("scene.png");
  for (const auto& [w, h] : {std::pair{40, 30}, std::pair{61, 30}, std::pair{40, 47}, std::pair{200, 150}}) {
    const Image whole = resize(scene, w, h, Interpolation::Bicubic);
    EXPECT_EQ(resizePart(scene, w, h, Interpolation::Bicubic, {7, 5, 19, 11}), crop(whole, 7, 5, 19, 11));
  }
}

TEST(Resize, AFlatPictureStaysFlat) {
  Image flat{333, 77, 3};
  std::fill_n(flat.data(), flat.size(), std::uint8_t{201});
  const Image small = resize(flat, 50, 19, Interpolation::Bicubic);
  for (const std::uint8_t v : small.bytes()) ASSERT_EQ(v, 201);
}

TEST(Preprocess, ResizeAndCropEqualPillow) {
  const auto all = goldens("net");
  ASSERT_GE(all.size(), 10u);
  for (const Golden& g : all) {
    Preprocess p;
    p.mode = g.args[1] == "squash" ? Preprocess::Mode::Squash : Preprocess::Mode::ShortSide;
    p.size = std::stoi(g.args[2]);
    p.crop = std::stoi(g.args[3]);
    p.interpolation = g.args[4] == "bicubic" ? Interpolation::Bicubic : Interpolation::Bilinear;
    EXPECT_EQ(worstDifference(resizeForNet(picture(g.args[0]), p), g), 0) << g.args[0] << " " << g.args[1] << " " << g.args[4];
  }
}

TEST(Preprocess, NormalisesIntoPlanes) {
  Preprocess p{.mode = Preprocess::Mode::Squash, .crop = 2, .mean = {10, 20, 30}, .std = {1, 2, 4}};
  Image image{2, 2, 3};
  for (std::size_t i = 0; i < 12; ++i) image.data()[i] = static_cast<std::uint8_t>(10 * i);
  std::vector<float> out(12);
  normalise(image, p, out);
  EXPECT_THAT(out, testing::ElementsAre(-10, 20, 50, 80, -5, 10, 25, 40, -2.5, 5, 12.5, 20));
}

TEST(Preprocess, GreyGivesTheSameAsGreyStoredAsRgb) {
  const Image grey = picture("scene_grey.png");
  const Preprocess p{.size = 30, .crop = 24};
  std::vector<float> a(3 * 24 * 24);
  std::vector<float> b(a.size());
  normalise(resizeForNet(grey, p), p, a);
  normalise(resizeForNet(toRgb(grey), p), p, b);
  EXPECT_EQ(a, b);
}

TEST(Preprocess, FromFileBytesIsTheThreeStepsInOne) {
  const Preprocess p{.size = 40, .crop = 32, .scaledDecode = true};
  const std::string bytes = fileBytes("photo.jpg");  // 150 x 101: short side 101 / 80 allows no reduction
  std::vector<float> out(3 * 32 * 32);
  EXPECT_EQ(decodeForNet(asBytes(bytes), p, out)->scaleDenominator, 1);
  const Preprocess half{.size = 24, .crop = 24, .scaledDecode = true};
  out.resize(3 * 24 * 24);
  EXPECT_EQ(decodeForNet(asBytes(bytes), half, out)->scaleDenominator, 2);
  std::vector<float> expected(out.size());
  normalise(resizeForNet(decode(asBytes(bytes), {.minSide = 48})->image, half), half, expected);
  EXPECT_EQ(out, expected);
}

TEST(Preprocess, ExtremeShapesStayBounded) {
  Image line{1, 20000, 3};
  std::fill_n(line.data(), line.size(), std::uint8_t{90});
  const Image out = resizeForNet(line, Preprocess{});  // The whole would be 256 x 5,120,000 pixels.
  EXPECT_EQ(out.width(), 224);
  for (const std::uint8_t v : out.bytes()) ASSERT_EQ(v, 90);
}

TEST(Preprocess, RecordSurvivesJsonAndRejectsNonsense) {
  const Preprocess p{.mode = Preprocess::Mode::Squash,
                     .size = 300,
                     .crop = 288,
                     .interpolation = Interpolation::Bilinear,
                     .mean = {123.675, 116.28, 103.53},
                     .std = {58.395, 57.12, 57.375},
                     .scaledDecode = true};
  EXPECT_EQ(preprocessFromValue(parseJson(toJson(toValue(p))).value()).value(), p);
  EXPECT_EQ(preprocessFromValue(Value{Value::Map{}}).value(), Preprocess{});
  for (const char* json : {R"({"crop":0})", R"({"crop":5000})", R"({"size":100})", R"({"std":[1,0,1]})", R"({"mean":[1,2]})",
                           R"({"resize":"fit"})", R"({"interpolation":"nearest"})", R"({"scaled_decode":1})", R"({"crop":2.5})", R"([])"}) {
    const auto read = preprocessFromValue(parseJson(json).value());
    EXPECT_FALSE(read) << json;
  }
}

}  // namespace
}  // namespace patchbay::vision
