// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <thread>

#include "engine/vision/encode.h"
#include "tests/engine/vision/golden.h"

namespace patchbay::vision {
namespace {

const Preprocess kSmall{.mode = Preprocess::Mode::Squash, .crop = 8, .mean = {0, 0, 0}, .std = {1, 1, 1}};

/// Item i is a flat picture of grey i; item 13 is no picture and item 21 is missing.
Result<PictureBytes> source(std::size_t item) {
  if (item == 13) return pictureBytes("this is text");
  if (item == 21) return fail(ErrorKind::NotFound, "gone", TR("test", "The file is gone."), TR("test", "Bring it back."));
  Image image{16, 16, item % 2 ? 1 : 3};
  std::fill_n(image.data(), image.size(), static_cast<std::uint8_t>(item));
  return pictureBytes(encodePng(image).value());
}

std::vector<std::size_t> count(std::size_t n) {
  std::vector<std::size_t> items(n);
  std::iota(items.begin(), items.end(), std::size_t{0});
  return items;
}

std::vector<Batch> readAll(LoaderOptions options, std::size_t n) {
  Loader loader{count(n), source, std::move(options)};
  std::vector<Batch> batches;
  while (true) {
    auto batch = loader.next();
    EXPECT_TRUE(batch);
    if (!batch || !*batch) return batches;
    batches.push_back(std::move(**batch));
  }
}

TEST(Loader, BatchesComeInOrderAndTheLastOneIsShorter) {
  for (const int threads : {1, 3, 8}) {
    const auto batches = readAll({.preprocess = kSmall, .batch = 7, .threads = threads}, 40);
    ASSERT_EQ(batches.size(), 6u);
    EXPECT_EQ(batches.back().pictures.size(), 5u);
    for (const Batch& b : batches) {
      for (std::size_t i = 0; i < b.pictures.size(); ++i) {
        const std::size_t item = b.first + i;
        if (item == 13 || item == 21) continue;
        ASSERT_EQ(b.pictures[i].size(), item % 2 ? 64u : 192u);
        EXPECT_THAT(b.pictures[i].bytes(), testing::Each(static_cast<std::uint8_t>(item)));
      }
    }
  }
}

TEST(Loader, AnUnreadablePictureIsReportedAndTheOthersGoOn) {
  const auto batches = readAll({.preprocess = kSmall, .batch = 40, .threads = 4}, 40);
  ASSERT_EQ(batches.size(), 1u);
  ASSERT_EQ(batches[0].failed.size(), 2u);
  EXPECT_EQ(batches[0].failed[0].position, 13u);
  EXPECT_EQ(batches[0].failed[0].error.code, "picture.format");
  EXPECT_EQ(batches[0].failed[1].error.code, "gone");
  EXPECT_TRUE(batches[0].pictures[13].empty());
  EXPECT_EQ(batches[0].pictures[14].size(), 192u);
}

TEST(Loader, ASourceThatThrowsCostsOnePicture) {
  Loader loader{count(3),
                [](std::size_t i) -> Result<PictureBytes> { return i == 1 ? throw std::runtime_error{"socket closed"} : source(i); },
                {.preprocess = kSmall}};
  const Batch batch = loader.next().value().value();
  ASSERT_EQ(batch.failed.size(), 1u);
  EXPECT_THAT(describe(batch.failed[0].error), testing::HasSubstr("socket closed"));
}

TEST(Loader, AugmentedBatchesDoNotDependOnThreadsOrBatchSize) {
  const auto pixels = [](int threads, std::size_t batch, std::uint64_t epoch) {
    std::vector<Image> all;
    LoaderOptions options{.preprocess = kSmall,
                          .batch = batch,
                          .threads = threads,
                          .recipe = {{.name = "noise"}, {.name = "erase"}},
                          .seed = 3,
                          .epoch = epoch};
    for (const Batch& b : readAll(options, 30)) all.insert(all.end(), b.pictures.begin(), b.pictures.end());
    return all;
  };
  const auto reference = pixels(1, 30, 0);
  EXPECT_EQ(pixels(5, 4, 0), reference);
  EXPECT_NE(pixels(5, 4, 1), reference);
}

TEST(Loader, StopsWhenAskedAndNeverRunsFarAhead) {
  std::atomic<std::size_t> asked{0};
  const auto counting = [&](std::size_t i) {
    ++asked;
    return source(i % 10);
  };
  StopFlag stop;
  Loader loader{count(10'000), counting, {.preprocess = kSmall, .batch = 4, .threads = 3, .batchesAhead = 2}, &stop};
  ASSERT_TRUE(loader.next().value());
  std::this_thread::sleep_for(std::chrono::milliseconds{100});
  EXPECT_LE(asked, 4u * 4u) << "one batch taken, three may be in the making";
  stop.request();
  const auto end = loader.next();
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().kind, ErrorKind::Cancelled);
}

TEST(Loader, NothingToLoadEndsAtOnce) {
  Loader loader{{}, source, {.preprocess = kSmall}};
  EXPECT_FALSE(loader.next().value());
  EXPECT_FALSE(loader.next().value());
}

}  // namespace
}  // namespace patchbay::vision
