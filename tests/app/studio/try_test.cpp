// SPDX-License-Identifier: Apache-2.0
// Trying a model that a real engine trained, on pictures that come in every way.
#include <gtest/gtest.h>

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QListWidget>

#include "app/studio/try_it/try_panel.h"
#include "app/studio/try_it/try_parts.h"
#include "tests/app/studio/garden.h"

namespace patchbay::studio::testing {
namespace {

bool waitAnswer(TryPanel& panel) {
  return QTest::qWaitFor([&] { return !panel.answer().isNull() && !panel.busy(); }, 120'000);
}

class Try : public ::testing::Test {
 protected:
  Try() : garden{trainedGarden()} {
    openTry(*garden, {});
    panel = garden.find<TryPanel>("try");
  }
  ~Try() override { delete panel->parentWidget(); }
  QUrl saved(const QImage& image, const char* name) {
    const auto path = garden.folder.path() + QLatin1Char('/') + QLatin1String{name};
    image.save(path);
    return QUrl::fromLocalFile(path);
  }
  Garden& garden;
  TryPanel* panel;
};

TEST_F(Try, SaysClassScoresWhereItLookedAndThatAStrangerIsUnlike) {
  panel->addPictures({saved(drawn(1, 500), "new flower.png"), saved(drawn(2, 501), "new stone.png"), saved(drawn(3, 1), "noise.png")});
  ASSERT_TRUE(waitAnswer(*panel)) << garden.text("try.problem.text").toStdString();
  EXPECT_EQ(panel->answer()["class"].asText(), "flower");
  EXPECT_EQ(garden.text("try.class"), QStringLiteral("flower"));
  const auto* bars = garden.find<ScoreBars>("try.scores");
  ASSERT_EQ(bars->scores().size(), 3u);
  EXPECT_EQ(bars->scores().front().name, QStringLiteral("flower"));
  EXPECT_TRUE(panel->answer().contains("heat_map"));
  EXPECT_FALSE(panel->answer()["unlike"]["warning"].asBool());
  // The strip keeps all of them; the last is nothing like the garden.
  EXPECT_EQ(panel->count(), 3);
  auto* strip = garden.find<QListWidget>("try.strip");
  ASSERT_EQ(strip->count(), 3);
  EXPECT_EQ(strip->item(1)->text(), QStringLiteral("stone"));
  strip->setCurrentRow(2);
  EXPECT_TRUE(panel->answer()["unlike"]["warning"].asBool());
  EXPECT_TRUE(garden.text("try.unlike.text").contains(QStringLiteral("Unlike your data")));
}

TEST_F(Try, AWrongAnswerBecomesATrainingPicture) {
  QGuiApplication::clipboard()->setImage(drawn(0, 700));
  panel->paste();
  ASSERT_TRUE(waitAnswer(*panel));
  auto& document = garden->file().document();
  ASSERT_FALSE(document.node({"pictures"})->params.contains("extra"));
  panel->addToData(QStringLiteral("stone"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !garden.text("try.added.text").isEmpty(); }, 30'000));
  const auto folder = garden->file().place().project / "added" / "stone";
  ASSERT_TRUE(fs::exists(folder)) << garden.text("try.added.text").toStdString();
  EXPECT_EQ(std::distance(fs::directory_iterator{folder}, {}), 1);
  // The block that brings the pictures in knows of it, as one step that can be taken back.
  const auto extra = pathFromValue(document.node({"pictures"})->params["extra"]);
  EXPECT_EQ((extra.is_absolute() ? extra : garden->file().place().base / extra).lexically_normal(),
            (garden->file().place().project / "added").lexically_normal());
  ASSERT_TRUE(garden->editor().undo());
  EXPECT_FALSE(document.node({"pictures"})->params.contains("extra"));
}

TEST_F(Try, APictureStandsInForTheCamera) {
  const auto still = saved(drawn(2, 900), "still.png").toLocalFile();
  qputenv("PATCHBAY_CAMERA", still.toUtf8());
  panel->setCamera(true);
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->answer()["class"].asText() == "stone"; }, 60'000));
  QTest::mouseClick(garden.find<QPushButton>("try.take"), Qt::LeftButton);
  EXPECT_EQ(panel->count(), 1);
  EXPECT_FALSE(garden.find<QPushButton>("try.camera")->isChecked());
  qunsetenv("PATCHBAY_CAMERA");
}

TEST_F(Try, WithoutACameraItSaysWhatToDo) {
  qputenv("PATCHBAY_CAMERA", "/there/is/no/such/video.mp4");
  panel->setCamera(true);
  EXPECT_TRUE(QTest::qWaitFor([&] { return !garden.find<QPushButton>("try.camera")->isChecked(); }, 30'000));
  EXPECT_TRUE(garden.text("try.problem.text").contains(QStringLiteral("picture"))) << garden.text("try.problem.text").toStdString();
  qunsetenv("PATCHBAY_CAMERA");
}

TEST_F(Try, AFileThatIsNoPictureSaysSo) {
  const auto path = garden.folder.path() + QStringLiteral("/broken.jpg");
  QFile file{path};
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("no picture");
  file.close();
  panel->addPictures({QUrl::fromLocalFile(path)});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !panel->busy() && garden.find<QLabel>("try.problem.text")->isVisible(); }, 60'000));
  EXPECT_TRUE(panel->answer().isNull());
  EXPECT_FALSE(garden.text("try.problem.text").isEmpty());
}

TEST(TryUntrained, SaysThatNoModelIsThereAndOffersToRun) {
  Garden fresh{2};
  ASSERT_TRUE(fresh.ready());
  openTry(*fresh, {});
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return fresh.text("try.noModel.text").contains(QStringLiteral("No model has been trained")); }, 60'000));
  ASSERT_TRUE(QTest::qWaitFor([&] { return fresh.find<QPushButton>("try.noModel.action")->isVisible(); }, 60'000));
  EXPECT_FALSE(fresh.find<QComboBox>("try.model")->isVisible());
}

}  // namespace
}  // namespace patchbay::studio::testing
