// SPDX-License-Identifier: Apache-2.0
// What a block and the list of problems say before anything runs, on a real engine.
#include "app/studio/run/run_controller.h"

#include <gmock/gmock.h>

#include <QListWidget>

#include "tests/app/studio/garden.h"

namespace patchbay::studio::testing {
namespace {

using widgets::BlockState;

class MissingFolder : public ::testing::Test {
 protected:
  void choose(const QString& path) {
    ASSERT_TRUE(garden->editor().apply(TR("t", "Choose"), {edit::SetParam{NodeId{"pictures"}, "folder", Value{path.toStdString()}}}));
  }
  bool wait(const std::function<bool()>& until) { return QTest::qWaitFor(until, 30'000); }
  const widgets::BlockStatus* light() { return garden->runs().status(NodeId{"pictures"}); }
  QString problem() {
    auto* list = garden.find<QListWidget>("problems.list");
    return list && list->count() > 0 ? list->item(0)->text() : QString{};
  }
  Garden garden{3};
};

TEST_F(MissingFolder, IsNamedOnTheBlockAndAmongTheProblemsBeforeARun) {
  ASSERT_TRUE(garden.ready());
  auto* panel = garden->panel(QStringLiteral("problems"));
  panel->setParent(&garden.window);
  ASSERT_TRUE(wait([&] { return garden->runs().whyNot().isEmpty(); }));
  const auto gone = garden.pictures() + QStringLiteral("-gone");
  choose(gone);
  ASSERT_TRUE(wait([&] { return light() && light()->state == BlockState::NotConfigured; }));
  EXPECT_TRUE(light()->reason.contains(gone)) << light()->reason.toStdString();
  EXPECT_TRUE(light()->hint.contains(QStringLiteral("Choose"))) << "what to do: " << light()->hint.toStdString();
  EXPECT_TRUE(problem().startsWith(QStringLiteral("Picture folder, Folder: "))) << problem().toStdString();
  EXPECT_TRUE(garden->runs().whyNot().contains(gone)) << "Run says why it cannot";
  // It comes: the window looks again when the person is back.
  QDir{}.mkpath(gone);
  garden->runs().look();
  ASSERT_TRUE(wait([&] { return light()->reason.contains(QStringLiteral("empty")); })) << light()->reason.toStdString();
  drawFolder(gone, 2);
  garden->runs().look();
  ASSERT_TRUE(wait([&] { return garden->runs().problems().empty(); }));
  EXPECT_TRUE(wait([&] { return light()->state == BlockState::Stale; })) << "ready to run";
  EXPECT_TRUE(garden->runs().whyNot().isEmpty());
}

/// The engine has run on when a window comes back: what it told at its beginning was told before the window could listen.
TEST(ReopenedWindow, ShowsWhatWasTrainedThoughOtherPipelinesRanSince) {
  Garden garden;
  ASSERT_TRUE(garden.ready() && garden.train());
  const auto place = garden->file().place();
  const auto pid = static_cast<pid_t>(garden->session().enginePid());
  Session keeper{place.project, nullptr, PATCHBAY_ENGINE};
  ASSERT_TRUE(QTest::qWaitFor([&] { return keeper.state() == Session::State::Ready; }, 60'000));
  // More runs of another pipeline of the project than are looked through.
  auto other = gardenDocument(garden.pictures());
  other["id"] = "OTHER";
  other["links"] = Value::List{};
  other["nodes"] = Value::List{blockAt("pictures", "patchbay.data.picture_folder", {{"folder", garden.pictures().toStdString()}}, 0, 0)};
  for (int i = 0; i < 8; ++i) {
    RunRequest request;
    request.document = other;
    bool submitted = false;
    keeper.ask("submit", toValue(request), &garden.window, [&](const Result<Value>& answer) {
      EXPECT_TRUE(answer) << describe(answer.error());
      submitted = true;
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return submitted; }, 60'000));
  }
  garden.workspace.reset();
  auto loaded = PipelineFile::load(place, "Garden");
  ASSERT_TRUE(loaded) << describe(loaded.error());
  auto session = std::make_unique<Session>(place.project, nullptr, PATCHBAY_ENGINE);
  // Connected, and told what there is, before anything of the window is there.
  ASSERT_TRUE(QTest::qWaitFor([&] { return session->state() == Session::State::Ready; }, 60'000));
  QTest::qWait(300);
  auto again = std::make_unique<Workspace>(std::move(session), std::move(*loaded), garden.settings, makeHooks(), &garden.window);
  bool built = false;
  again->build([&] { built = true; });
  EXPECT_TRUE(QTest::qWaitFor([&] { return built && again->runs().outputOf({"evaluate"}, "report").has_value(); }, 60'000));
  EXPECT_TRUE(QTest::qWaitFor(
      [&] {
        const auto* light = again->runs().status({"evaluate"});
        return light && light->state == BlockState::Done;
      },
      60'000));
  again.reset();
  // It writes into the folder until it has ended.
  ::kill(pid, SIGTERM);
  for (int i = 0; i < 100 && ::kill(pid, 0) == 0; ++i) QTest::qSleep(50);
}

/// What the command line ran in a project is there when the Studio opens its folder.
TEST(ProjectOfTheCommandLine, OpensWithItsNewestRunsPipeline) {
  QTemporaryDir folder;
  const std::filesystem::path project{folder.path().toStdString() + "/project"};
  drawFolder(folder.path() + QStringLiteral("/pictures"), 2);
  RunRequest request;
  request.document = gardenDocument(folder.path() + QStringLiteral("/pictures"));
  request.document["links"] = Value::List{};
  request.document["nodes"] = Value::List{
      blockAt("pictures", "patchbay.data.picture_folder", {{"folder", (folder.path() + QStringLiteral("/pictures")).toStdString()}}, 0, 0)};
  pid_t pid = 0;
  {
    QObject asker;
    Session line{project, nullptr, PATCHBAY_ENGINE};
    ASSERT_TRUE(QTest::qWaitFor([&] { return line.state() == Session::State::Ready; }, 60'000));
    pid = static_cast<pid_t>(line.enginePid());
    bool submitted = false;
    line.ask("submit", toValue(request), &asker, [&](const Result<Value>& answer) { submitted = answer.has_value(); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return submitted; }, 60'000));
  }
  const auto place = existingPlace(project);
  ASSERT_TRUE(place);
  ASSERT_TRUE(keepNewestRun(*place, PATCHBAY_ENGINE));
  const auto loaded = PipelineFile::load(*place, "Empty");
  ASSERT_TRUE(loaded) << describe(loaded.error());
  EXPECT_TRUE((*loaded)->opened.document.node({"pictures"}));
  // A project with a pipeline keeps its own.
  auto own = (*loaded)->opened.document;
  own.title = "Mine";
  ASSERT_TRUE(own.save(place->file));
  ASSERT_TRUE(keepNewestRun(*place, PATCHBAY_ENGINE));
  EXPECT_EQ(Document::load(place->file)->title, "Mine");
  ::kill(pid, SIGTERM);
  for (int i = 0; i < 100 && ::kill(pid, 0) == 0; ++i) QTest::qSleep(50);
}

}  // namespace
}  // namespace patchbay::studio::testing
