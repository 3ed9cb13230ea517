// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <random>

#include "engine/vision/encode.h"
#include "tests/engine/vision/golden.h"

namespace patchbay::vision {
namespace {

TEST(Decode, EveryFormatEqualsPillowWithinOneLevel) {
  const auto all = goldens("decode");
  ASSERT_GE(all.size(), 60u);
  for (const Golden& g : all) {
    const auto decoded = decode(asBytes(fileBytes(g.args[0])));
    if (!decoded) {
      ADD_FAILURE() << g.args[0] << ": " << describe(decoded.error());
      continue;
    }
    EXPECT_LE(worstDifference(decoded->image, g), 1) << g.args[0];
  }
}

TEST(Decode, ScaledJpegEqualsPillowsDraft) {
  for (const Golden& g : goldens("draft")) {
    const auto decoded = decode(asBytes(fileBytes(g.args[0])), {.minSide = std::stoi(g.args[1])});
    ASSERT_TRUE(decoded);
    EXPECT_LE(worstDifference(decoded->image, g), 1) << g.args[0] << " " << g.args[1];
    EXPECT_EQ(decoded->info.width, 150);
    EXPECT_EQ((150 + decoded->info.scaleDenominator - 1) / decoded->info.scaleDenominator, g.width);
  }
}

TEST(Decode, SaysWhatThePictureWas) {
  const auto infoOf = [](const char* name) { return decode(asBytes(fileBytes(name))).value().info; };
  EXPECT_EQ(infoOf("cmyk.jpg").source, PixelSource::Cmyk);
  EXPECT_EQ(infoOf("palette_4.png").source, PixelSource::Palette);
  EXPECT_EQ(infoOf("rgba.png").source, PixelSource::Rgba);
  EXPECT_EQ(infoOf("grey_16.tif").bits, 16);
  EXPECT_EQ(infoOf("bilevel.bmp").source, PixelSource::Bilevel);
  EXPECT_EQ(infoOf("exif_6.jpg").orientation, 6);
  EXPECT_EQ(infoOf("exif_6.jpg").width, 23);
  EXPECT_EQ(decode(asBytes(fileBytes("exif_6.jpg")))->image.width(), 17);
  EXPECT_EQ(decode(asBytes(fileBytes("grey.jpg")))->image.channels(), 1);
}

TEST(Decode, ProbeAgreesWithDecodeForEveryFile) {
  for (const Golden& g : goldens("decode")) {
    const std::string bytes = fileBytes(g.args[0]);
    const auto probed = probe(asBytes(bytes));
    const auto decoded = decode(asBytes(bytes));
    ASSERT_TRUE(probed && decoded) << g.args[0];
    EXPECT_EQ(probed->format, decoded->info.format) << g.args[0];
    EXPECT_EQ(probed->width, decoded->info.width) << g.args[0];
    EXPECT_EQ(probed->height, decoded->info.height) << g.args[0];
    EXPECT_EQ(probed->orientation, decoded->info.orientation) << g.args[0];
  }
}

TEST(Decode, AFileThatEndsEarlyIsAnErrorNotAHalfPicture) {
  for (const char* name : {"photo.jpg", "progressive.jpg", "cmyk.jpg", "rgb.png", "interlaced.png", "rgb.bmp", "rle8.bmp", "lossy.webp",
                           "lossless.webp", "rgb_raw.tif", "rgb_tiff_lzw.tif"}) {
    const std::string whole = fileBytes(name);
    for (const double part : {0.1, 0.3, 0.5, 0.7, 0.9}) {
      const std::string cut = whole.substr(0, static_cast<std::size_t>(static_cast<double>(whole.size()) * part));
      const auto decoded = decode(asBytes(cut));
      EXPECT_FALSE(decoded) << name << " cut to " << part;
      if (!decoded) {
        EXPECT_FALSE(render(decoded.error().hint).empty());
      }
    }
  }
  const std::string photo = fileBytes("photo.jpg");
  const auto half = decode(asBytes(photo.substr(0, photo.size() / 2)));
  EXPECT_EQ(half.error().code, "picture.truncated");
  EXPECT_EQ(half.error().kind, ErrorKind::BadInput);
}

std::string png60k() {
  std::string png = fileBytes("rgb.png");
  const std::string size("\x00\x00\xEA\x60\x00\x00\xEA\x60", 8);
  return png.replace(16, 8, size);
}

TEST(Decode, AHugeHeaderIsRefusedBeforeAnythingIsAllocated) {
  std::string bmp = fileBytes("rgb.bmp");
  bmp.replace(18, 8, std::string("\x60\xEA\x00\x00\x60\xEA\x00\x00", 8));
  std::string jpeg = fileBytes("photo.jpg");
  const std::size_t frame = jpeg.find("\xFF\xC0");
  jpeg.replace(frame + 5, 4, "\xEA\x60\xEA\x60");
  std::string tiff = fileBytes("planar.tif");  // Width and height are the first two entries of its directory.
  const std::size_t directory = static_cast<std::uint8_t>(tiff[4]) | static_cast<std::size_t>(static_cast<std::uint8_t>(tiff[5])) << 8;
  for (const std::size_t entry : {0u, 1u}) tiff.replace(directory + 2 + 12 * entry + 8, 4, std::string("\x60\xEA\x00\x00", 4));
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  for (const std::string& file : {png60k(), bmp, jpeg, tiff}) {
    const auto decoded = decode(asBytes(file));
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, "picture.too-large") << describe(decoded.error());
    EXPECT_THAT(describe(decoded.error()), testing::HasSubstr("60000 x 60000"));
  }
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 * 1024) << "KiB of memory for pictures that were refused";
}

TEST(Decode, LimitsAreTheCallers) {
  const std::string png = fileBytes("rgb.png");
  EXPECT_EQ(decode(asBytes(png), {.maxPixels = 23 * 17 - 1}).error().code, "picture.too-large");
  EXPECT_TRUE(decode(asBytes(png), {.maxPixels = 23 * 17}));
  EXPECT_EQ(decode(asBytes(png), {.maxSide = 22}).error().code, "picture.too-large");
}

TEST(Decode, APngBombEndsInAnError) {
  // A small header in front of the data of a 4,000 x 4,000 picture: the data beyond the header's size must not be unpacked.
  Image big{4000, 4000, 1};
  std::fill_n(big.data(), big.size(), std::uint8_t{0});
  std::string bomb = encodePng(big).value();
  ASSERT_LT(bomb.size(), 200'000u);
  const auto refused = decode(asBytes(bomb), {.maxPixels = 1'000'000});
  EXPECT_EQ(refused.error().code, "picture.too-large");
  bomb.replace(16, 8, std::string("\x00\x00\x00\x10\x00\x00\x00\x10", 8));
  EXPECT_FALSE(decode(asBytes(bomb)));
}

/// A PNG whose rows carry the filters 0 to 4 in turn, in `parts` pieces and not compressed; written as the specification says.
std::string filteredPng(const Image& image, std::size_t parts) {
  const auto step = static_cast<std::size_t>(image.channels()), n = image.stride();
  std::string raw;
  for (int y = 0; y < image.height(); ++y) {
    const int filter = y % 5;
    raw += static_cast<char>(filter);
    for (std::size_t i = 0; i < n; ++i) {
      const int left = i < step ? 0 : image.row(y)[i - step], up = y == 0 ? 0 : image.row(y - 1)[i];
      const int corner = i < step || y == 0 ? 0 : image.row(y - 1)[i - step], guess = left + up - corner;
      const int a = std::abs(guess - left), b = std::abs(guess - up), c = std::abs(guess - corner);
      const int paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      raw += static_cast<char>(image.row(y)[i] - std::array{0, left, up, (left + up) / 2, paeth}[static_cast<std::size_t>(filter)]);
    }
  }
  const auto big = [](std::uint32_t v) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(v >> shift);
    return out;
  };
  std::uint32_t low = 1, high = 0;
  std::string packed = "\x78\x01";
  for (std::size_t at = 0; at < raw.size(); at += 60'000) {
    const auto part = raw.substr(at, 60'000);
    packed += static_cast<char>(at + 60'000 >= raw.size());
    for (const std::size_t length : {part.size(), ~part.size()}) (packed += static_cast<char>(length)) += static_cast<char>(length >> 8);
    packed += part;
  }
  for (const char c : raw) high = (high + (low = (low + static_cast<std::uint8_t>(c)) % 65521)) % 65521;
  packed += big(high << 16 | low);
  const auto chunk = [&](const std::string& body) {
    std::uint32_t crc = ~0u;
    for (const char c : body) {
      crc ^= static_cast<std::uint8_t>(c);
      for (int k = 0; k < 8; ++k) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    }
    return big(static_cast<std::uint32_t>(body.size() - 4)) + body + big(~crc);
  };
  auto out = "\x89PNG\r\n\x1A\n" +
             chunk("IHDR" + big(static_cast<std::uint32_t>(image.width())) + big(static_cast<std::uint32_t>(image.height())) + '\x8' +
                   (step == 1 ? '\0' : '\2') + std::string(3, '\0'));
  const auto each = packed.size() / parts + 1;
  for (std::size_t at = 0; at < packed.size(); at += each) out += chunk("IDAT" + packed.substr(at, each));
  return out + chunk("IEND");
}

TEST(Decode, EveryFilterOfPngIsTakenBack) {
  std::mt19937 random{5};
  for (const int channels : {1, 3})
    for (const int width : {1, 2, 17, 300}) {
      Image image{width, 211, channels};
      // Steps as well as noise: neighbours that are alike, and ties between them.
      for (std::size_t i = 0; i < image.size(); ++i)
        image.data()[i] = static_cast<std::uint8_t>(i % 7 == 0 || i == 0 ? random() : image.data()[i - 1] + random() % 3 - 1);
      for (const std::size_t parts : {1, 3}) {
        const auto png = filteredPng(image, parts);
        const auto decoded = decode(asBytes(png));
        ASSERT_TRUE(decoded) << describe(decoded.error());
        EXPECT_EQ(decoded->image, image) << channels << " " << width << " " << parts;
      }
    }
}

TEST(Decode, DamagedPixelsOfAPngAreNotTaken) {
  Image image{40, 30, 1};
  std::fill_n(image.data(), image.size(), std::uint8_t{77});
  const auto png = filteredPng(image, 1);
  ASSERT_TRUE(decode(asBytes(png)));
  for (const std::size_t at : {png.size() / 2, png.size() - 18}) {  // Among the pixels, and in their checksum.
    auto other = png;
    other[at] = static_cast<char>(other[at] ^ 1);
    EXPECT_FALSE(decode(asBytes(other))) << at;
  }
  EXPECT_FALSE(decode(asBytes(png.substr(0, png.size() / 2))));
}

TEST(Decode, NothingAndNoiseAreClearErrors) {
  EXPECT_EQ(decode({}).error().code, "picture.empty");
  EXPECT_EQ(decode(asBytes("hello, this is text")).error().code, "picture.format");
  std::mt19937 random{7};
  for (const std::string& magic : {std::string{}, std::string{"\xFF\xD8\xFF\xE0"}, std::string{"\x89PNG\r\n\x1A\n"}, std::string{"BM"},
                                   std::string{"RIFF\x40\x00\x00\x00WEBPVP8 ", 16}, std::string{"II*\0\x08\0\0\0", 8}}) {
    for (int i = 0; i < 200; ++i) {
      std::string bytes = magic;
      for (unsigned n = random() % 300; n > 0; --n) bytes.push_back(static_cast<char>(random()));
      const auto decoded = decode(asBytes(bytes));
      if (!decoded) {
        EXPECT_FALSE(render(decoded.error().cause).empty());
      }
    }
  }
}

TEST(Decode, FlippedBytesNeverCrash) {
  std::mt19937 random{11};
  for (const Golden& g : goldens("decode")) {
    const std::string whole = fileBytes(g.args[0]);
    for (int i = 0; i < 60; ++i) {
      std::string bytes = whole;
      for (int k = 0; k < 3; ++k) bytes[random() % bytes.size()] = static_cast<char>(random());
      const auto decoded = decode(asBytes(bytes), {.maxPixels = 1'000'000});
      if (decoded) {
        EXPECT_FALSE(decoded->image.empty());
      }
    }
  }
}

TEST(Encode, PngComesBackEqualAndJpegClose) {
  const Image image = decode(asBytes(fileBytes("scene.png")))->image;
  EXPECT_EQ(decode(asBytes(encodePng(image).value()))->image, image);
  const Image back = decode(asBytes(encodeJpeg(image, 95).value()))->image;
  double sum = 0;
  for (std::size_t i = 0; i < image.size(); ++i) sum += std::abs(image.data()[i] - back.data()[i]);
  EXPECT_LT(sum / static_cast<double>(image.size()), 6);
  const Image grey = decode(asBytes(fileBytes("scene_grey.png")))->image;
  EXPECT_EQ(decode(asBytes(encodePng(grey).value()))->image, grey);
  EXPECT_EQ(decode(asBytes(encodeJpeg(grey).value()))->image.channels(), 1);
}

TEST(Encode, ThumbnailKeepsTheShapeAndNeverGrows) {
  const Image image = decode(asBytes(fileBytes("scene.png")))->image;  // 61 x 47
  EXPECT_EQ(thumbnail(image, 30).width(), 30);
  EXPECT_EQ(thumbnail(image, 30).height(), 23);
  EXPECT_EQ(thumbnail(image, 100), image);
  EXPECT_EQ(thumbnail(decode(asBytes(fileBytes("row.png")))->image, 8).height(), 1);
}

}  // namespace
}  // namespace patchbay::vision
