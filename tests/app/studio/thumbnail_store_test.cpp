// SPDX-License-Identifier: Apache-2.0
#include "app/studio/data/thumbnail_store.h"

#include <gtest/gtest.h>

#include <QColor>
#include <filesystem>

#include "engine/base/digest.h"
#include "tests/support/temporary_folder.h"

namespace patchbay::studio {
namespace {
namespace fs = std::filesystem;

QImage picture(int hue) {
  QImage image{192, 144, QImage::Format_RGB888};
  // Something JPEG cannot make small: each a few kilobytes.
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      image.setPixelColor(x, y, QColor::fromHsv((hue + x * y * 37) % 360, 200, (x * 31 + y * 17) % 256));
  return image;
}

TEST(Thumbnails, AreThereAgainAfterTheProgramEnded) {
  const test::TempFolder folder;
  const auto digest = digestOf("a picture").hex();
  ThumbnailStore{folder.path() / "kept"}.put(digest, 192, picture(10));
  const ThumbnailStore again{folder.path() / "kept"};
  const auto found = again.find(digest, 192);
  ASSERT_FALSE(found.isNull());
  EXPECT_EQ(found.size(), QSize(192, 144));
  EXPECT_TRUE(again.find(digest, 96).isNull()) << "another size is another thumbnail";
  EXPECT_TRUE(again.find(digestOf("another").hex(), 192).isNull());
  EXPECT_EQ(fs::status(folder.path() / "kept").permissions() & fs::perms::others_all, fs::perms::none);
}

TEST(Thumbnails, StayWithinTheirRoomAndTheOldestGoFirst) {
  const test::TempFolder folder;
  ThumbnailStore probe{folder.path() / "probe"};
  probe.put(digestOf("x").hex(), 192, picture(1));
  const auto one = probe.bytes();
  ASSERT_GT(one, 1000);
  ThumbnailStore store{folder.path() / "kept", one * 10};
  for (int i = 0; i < 40; ++i) {
    const auto digest = digestOf("picture " + std::to_string(i)).hex();
    store.put(digest, 192, picture(i));
    // As if a day lay between two of them.
    for (const auto& entry : fs::recursive_directory_iterator{folder.path() / "kept"})
      if (entry.is_regular_file() && entry.path().filename().string().starts_with(digest.substr(2)))
        fs::last_write_time(entry.path(), fs::file_time_type::clock::now() - std::chrono::hours{24 * (60 - i)});
  }
  EXPECT_LE(store.bytes(), one * 12);
  EXPECT_FALSE(store.find(digestOf("picture 39").hex(), 192).isNull());
  EXPECT_TRUE(store.find(digestOf("picture 0").hex(), 192).isNull());
}

TEST(Thumbnails, NothingButADigestBecomesAPath) {
  const test::TempFolder folder;
  ThumbnailStore store{folder.path() / "kept"};
  store.put("../../../../etc/passwd", 192, picture(1));
  store.put("", 192, picture(1));
  store.put(digestOf("x").hex(), 2048, picture(1));
  EXPECT_FALSE(fs::exists(folder.path() / "kept")) << "nothing was written";
}

TEST(Thumbnails, ADamagedFileIsNoPicture) {
  const test::TempFolder folder;
  ThumbnailStore store{folder.path() / "kept"};
  const auto digest = digestOf("x").hex();
  store.put(digest, 192, picture(1));
  for (const auto& entry : fs::recursive_directory_iterator{folder.path() / "kept"})
    if (entry.is_regular_file()) fs::resize_file(entry.path(), 3);
  EXPECT_TRUE(store.find(digest, 192).isNull());
}

}  // namespace
}  // namespace patchbay::studio
