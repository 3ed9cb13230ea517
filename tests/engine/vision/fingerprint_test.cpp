// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/fingerprint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/vision/decode.h"
#include "engine/vision/encode.h"
#include "engine/vision/random.h"
#include "engine/vision/resize.h"

namespace patchbay::vision {
namespace {

/// Soft blobs of a seed; no two seeds are alike.
Image scene(std::uint64_t seed, int width = 200, int height = 150) {
  Random random{{.seed = seed}};
  Image image{width, height, 3};
  double blobs[24][4];
  for (auto& b : blobs) {
    b[0] = random.uniform(0, width);
    b[1] = random.uniform(0, height);
    b[2] = random.uniform(6, 30);
    b[3] = random.uniform(-90, 90);
  }
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      double v = 128;
      for (const auto& b : blobs) v += b[3] * std::exp(-((x - b[0]) * (x - b[0]) + (y - b[1]) * (y - b[1])) / (b[2] * b[2]));
      for (int c = 0; c < 3; ++c) image.row(y)[3 * x + c] = static_cast<std::uint8_t>(std::clamp(v - 10 * c, 0.0, 255.0));
    }
  return image;
}

struct Kept {
  explicit Kept(const Image& image) : bytes{fingerprintOf(image)} {}
  operator Fingerprint() const { return Fingerprint{reinterpret_cast<const std::uint8_t*>(bytes.data()), fingerprintBytes}; }
  std::string bytes;
};

double distance(const Frequencies& a, const Frequencies& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

Image reencoded(const Image& image, int quality) {
  const auto file = encodeJpeg(image, quality);
  return decode({reinterpret_cast<const std::uint8_t*>(file->data()), file->size()})->image;
}

TEST(FingerprintTest, FrequenciesAreBlindToBrightnessContrastEncodingAndSize) {
  const auto image = scene(1);
  const auto own = frequenciesOf(Kept{image});
  double length = 0;
  for (const float f : own) length += f * f;
  EXPECT_NEAR(length, 1, 1e-5);
  auto pale = image;
  for (std::size_t i = 0; i < pale.size(); ++i) pale.data()[i] = static_cast<std::uint8_t>(60 + pale.data()[i] / 2);
  EXPECT_LT(distance(own, frequenciesOf(Kept{pale})), .03);
  EXPECT_LT(distance(own, frequenciesOf(Kept{reencoded(image, 30)})), .05);
  EXPECT_LT(distance(own, frequenciesOf(Kept{resize(image, 90, 60, Interpolation::Bicubic)})), .05);
  for (std::uint64_t other = 2; other < 12; ++other) EXPECT_GT(distance(own, frequenciesOf(Kept{scene(other)})), .5);
}

TEST(FingerprintTest, AnAreasFrequenciesAreThoseOfThePictureCroppedToIt) {
  const auto image = scene(3);
  const auto cropped = crop(image, 10, 0, 190, 143);
  const auto own = frequenciesOf(Kept{image}, {.05, 0, .95, .953});
  EXPECT_LT(distance(own, frequenciesOf(Kept{cropped})), .05);
  EXPECT_GT(distance(frequenciesOf(Kept{image}), frequenciesOf(Kept{cropped})), .1) << "so that the test can fail";
  EXPECT_EQ(usualCrops()[0].width, 1);
}

TEST(FingerprintTest, AFlatPictureHasNoFrequencies) {
  Image flat{30, 30, 1};
  std::fill_n(flat.data(), flat.size(), std::uint8_t{77});
  EXPECT_EQ(frequenciesOf(Kept{flat}), Frequencies{});
  EXPECT_EQ(align(Kept{flat}, Kept{flat}).detail, 1);
  EXPECT_LT(align(Kept{flat}, Kept{scene(1)}).whole, .5);
}

TEST(AlignTest, FindsCropsAndTheirPlaceWithinAPixelOfThePicture) {
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    const auto image = scene(seed);
    Random random{{.seed = seed, .item = 5}};
    const int width = static_cast<int>(random.uniform(180, 200)), height = static_cast<int>(random.uniform(136, 150));
    const int x = static_cast<int>(random.uniform(0, 201 - width)), y = static_cast<int>(random.uniform(0, 151 - height));
    const auto part = reencoded(crop(image, x, y, width, height), 60);
    const auto found = align(Kept{part}, Kept{image});
    EXPECT_GT(found.whole, .99) << seed;
    EXPECT_GT(found.detail, .9) << seed;
    // The left edge of the part, in the picture's coordinates.
    EXPECT_NEAR(((found.map[1] - found.map[0]) + 1) / 2 * 200, x, 1.5) << seed;
    EXPECT_NEAR(found.map[2] * 150, height, 2) << seed;
  }
}

TEST(AlignTest, OtherScenesDoNotAgreeHoweverTheyAreLaid) {
  int alike = 0;
  for (std::uint64_t a = 1; a < 25; ++a)
    for (std::uint64_t b = a + 1; b < 25; ++b) {
      const auto found = align(Kept{scene(a)}, Kept{scene(b)});
      alike += std::min(found.whole, found.detail) > .8;
    }
  EXPECT_EQ(alike, 0);
}

}  // namespace
}  // namespace patchbay::vision
