// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/resize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

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

/// One channel of a picture, as a grey one.
Image planeOf(const Image& image, std::size_t channel) {
  Image plane{image.width(), image.height(), 1};
  const auto bytes = image.bytes();
  for (std::size_t i = 0; i < plane.size(); ++i) plane.data()[i] = bytes[3 * i + channel];
  return plane;
}

// Pictures of three channels and grey ones go different ways where the processor has dot products of bytes.
TEST(Resize, ColoursEqualTheirChannelsAtAnySize) {
  std::mt19937 random{7};
  const auto between = [&random](int low, int high) { return std::uniform_int_distribution{low, high}(random); };
  for (int round = 0; round < 300; ++round) {
    Image image{between(1, 90), between(1, 40), 3};
    for (std::size_t i = 0; i < image.size(); ++i)
      image.data()[i] =
          between(0, 2) ? static_cast<std::uint8_t>(random()) : std::uint8_t{random() % 2 ? std::uint8_t{255} : std::uint8_t{0}};
    const int width = between(1, 120);
    const int height = between(1, 60);
    const int x = between(0, width - 1);
    const int y = between(0, height - 1);
    const Part part{x, y, between(1, width - x), between(1, height - y)};
    const auto filter = between(0, 1) ? Interpolation::Bicubic : Interpolation::Bilinear;
    const Image out = resizePart(image, width, height, filter, part);
    for (std::size_t channel = 0; channel < 3; ++channel)
      ASSERT_EQ(planeOf(out, channel), resizePart(planeOf(image, channel), width, height, filter, part))
          << image.width() << " x " << image.height() << " to " << width << " x " << height << ", channel " << channel;
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
