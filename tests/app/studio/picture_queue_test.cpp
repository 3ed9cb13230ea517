// SPDX-License-Identifier: Apache-2.0
#include "app/studio/data/picture_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QObject>

namespace patchbay::studio {
namespace {

widgets::PictureRef named(const char* path) { return {path, {}}; }
QImage grey(int side) {
  QImage image{side, side, QImage::Format_RGB888};
  image.fill(Qt::gray);
  return image;
}

TEST(PictureQueue, AsksForThePictureOnceAndAnswersEveryone) {
  PictureQueue queue;
  QObject view;
  int answers = 0;
  for (int i = 0; i < 3; ++i) queue.add(named("/a.png"), 64, &view, [&](const QImage& image) { answers += !image.isNull(); });
  EXPECT_EQ(queue.take(24).pictures.size(), 1U);
  EXPECT_TRUE(queue.take(24).pictures.empty()) << "it is under way";
  queue.finish(named("/a.png"), 64, grey(64), true);
  EXPECT_EQ(answers, 3);
  ASSERT_TRUE(queue.find(named("/a.png"), 64));
  EXPECT_EQ(queue.find(named("/a.png"), 128), nullptr);
}

TEST(PictureQueue, TheNewestWishGoesFirstAndNobodysIsDropped) {
  PictureQueue queue;
  QObject view;
  {
    QObject scrolledAway;
    queue.add(named("/gone.png"), 64, &scrolledAway, [](const QImage&) {});
  }
  queue.add(named("/old.png"), 64, &view, [](const QImage&) {});
  queue.add(named("/new.png"), 64, &view, [](const QImage&) {});
  EXPECT_THAT(queue.take(24).pictures, testing::ElementsAre(named("/new.png"), named("/old.png")));
}

TEST(PictureQueue, ForgetsWhatWasLongNotUsedButNotAFailure) {
  PictureQueue queue{40};  // kilobytes: three pictures of 12 KB
  QObject view;
  for (const auto* name : {"/1", "/2", "/3", "/4", "/5"}) {
    queue.add(named(name), 64, &view, [](const QImage&) {});
    (void)queue.take(1);
    queue.finish(named(name), 64, grey(64), true);
  }
  EXPECT_EQ(queue.find(named("/1"), 64), nullptr);
  EXPECT_TRUE(queue.find(named("/5"), 64));
  queue.add(named("/lost"), 64, &view, [](const QImage&) {});
  (void)queue.take(1);
  queue.finish(named("/lost"), 64, {}, false);
  EXPECT_EQ(queue.find(named("/lost"), 64), nullptr) << "a request that failed says nothing about the picture";
}

}  // namespace
}  // namespace patchbay::studio
