// SPDX-License-Identifier: Apache-2.0
#include "engine/store/project.h"

#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>

#include "engine/store/gc.h"
#include "engine/store/migrations/migrations.h"
#include "tests/support/fake_executor.h"
#include "tests/support/small_disk.h"

namespace patchbay {
namespace {
using test::TempFolder;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

void write(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream{path, std::ios::binary} << bytes;
}

ActionRecord actionOf(Project& project, const std::string& text) {
  TextValue value;
  value.text = text;
  ActionRecord a;
  a.key = digestOf("key " + text);
  a.type = "t.text";
  a.parts["type"] = "t.text";
  a.outputs["out"] = TextValue::save(project.objects(), value).value().save(project.objects()).value();
  a.started = a.created = nowMs();
  return a;
}

TEST(Project, MakesItsFolderAndOpensAgain) {
  TempFolder base;
  const auto folder = base / "a/b/工程";
  {
    const auto project = Project::open(folder);
    ASSERT_TRUE(project) << describe(project.error());
    ASSERT_TRUE((*project)->addAction(actionOf(**project, "kept")));
  }
  for (const char* name : {"project.db", "pipelines", "objects", "exports", "attempts", "checkpoints"})
    EXPECT_TRUE(fs::exists(folder / name)) << name;
  const auto again = Project::open(folder);
  ASSERT_TRUE(again);
  EXPECT_TRUE((*again)->usableAction(digestOf("key kept")).value());
}

TEST(Project, SecondOwnerIsRefusedByName) {
  TempFolder base;
  const auto one = Project::open(base / "p");
  ASSERT_TRUE(one);
  const auto two = Project::open(base / "p");
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().kind, ErrorKind::Busy);
  EXPECT_THAT(describe(two.error()), HasSubstr(std::to_string(::getpid())));
  Project::Options looking;
  looking.access = Project::Access::ReadOnly;
  EXPECT_TRUE(Project::open(base / "p", looking)) << "looking is allowed beside an owner";
}

TEST(Project, NewerProjectIsRefusedAndUntouched) {
  TempFolder base;
  ASSERT_TRUE(Project::open(base / "p"));
  {
    auto db = Database::open(base / "p/project.db", Database::Mode::ReadWrite);
    ASSERT_TRUE((*db)->script("PRAGMA user_version=99"));
  }
  const auto before = digestOfFile(base / "p/project.db").value();
  const auto opened = Project::open(base / "p");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::TooNew);
  EXPECT_THAT(describe(opened.error()), HasSubstr("99"));
  EXPECT_EQ(digestOfFile(base / "p/project.db").value(), before);
}

TEST(Project, OlderProjectIsBackedUpAndMigrated) {
  TempFolder base;
  fs::create_directories(base / "p");
  {
    auto db = Database::open(base / "p/project.db", Database::Mode::ReadWrite);
    ASSERT_TRUE(migrate(**db, {migration001}, projectApplicationId, base / "p/backups"));
    ASSERT_TRUE((*db)->run("INSERT INTO runs (id, pipeline, title, state, created, plan) VALUES ('R', 'P', 'Old', 'done', 1, '{}')"));
  }
  const auto project = Project::open(base / "p");
  ASSERT_TRUE(project) << describe(project.error());
  EXPECT_EQ((*project)->runs(5).value().at(0).title, "Old");
  const auto backup = Database::open(base / "p/backups/project-format-1.db", Database::Mode::ReadOnly);
  ASSERT_TRUE(backup);
  EXPECT_EQ((*backup)->integer("PRAGMA user_version").value(), 1);
  EXPECT_EQ((*backup)->integer("SELECT count(*) FROM runs").value(), 1);
}

TEST(Project, ForeignAndDamagedDatabasesAreRefused) {
  TempFolder base;
  write(base / "noise/project.db", std::string(8192, 'x'));
  const auto noise = Project::open(base / "noise");
  ASSERT_FALSE(noise);
  EXPECT_EQ(noise.error().kind, ErrorKind::Corrupt);
  fs::create_directories(base / "other");
  {
    auto db = Database::open(base / "other/project.db", Database::Mode::ReadWrite);
    ASSERT_TRUE((*db)->script("CREATE TABLE t (x); PRAGMA application_id=77"));
  }
  EXPECT_EQ(Project::open(base / "other").error().code, "store.foreign");
}

TEST(Project, ReadOnlyProjectCanBeLookedAt) {
  PB_NEEDS_OWN_MOUNTS("a read-only project");
  TempFolder base;
  {
    const auto project = std::move(*Project::open(base / "p"));
    ASSERT_TRUE(project->addAction(actionOf(*project, "kept")));
  }
  const auto p = (base / "p").native();
  ASSERT_EQ(::mount(p.c_str(), p.c_str(), nullptr, MS_BIND, nullptr), 0);
  ASSERT_EQ(::mount(nullptr, p.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr), 0);
  const auto owning = Project::open(base / "p");
  ASSERT_FALSE(owning);
  EXPECT_EQ(owning.error().kind, ErrorKind::Permission);
  EXPECT_THAT(describe(owning.error()), HasSubstr("read-only"));
  Project::Options looking;
  looking.access = Project::Access::ReadOnly;
  {
    const auto project = Project::open(base / "p", looking);
    ASSERT_TRUE(project) << describe(project.error());
    EXPECT_TRUE((*project)->usableAction(digestOf("key kept")).value());
    EXPECT_FALSE((*project)->addAction(actionOf(**project, "kept")));
  }
  ::umount2(p.c_str(), MNT_DETACH);
}

TEST(Project, FullDiskIsSaidAndLosesNothing) {
  PB_NEEDS_OWN_MOUNTS("a full disk under a project");
  TempFolder base;
  const test::SmallDisk disk{base / "small"};
  ASSERT_TRUE(disk.mounted());
  {
    const auto project = std::move(*Project::open(base / "small/p"));
    ASSERT_TRUE(project->addAction(actionOf(*project, "kept")));
    disk.fill();
    const auto refused = project->objects().put(std::string(100'000, 'y'));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::NoSpace);
    Result<> noted;
    for (int i = 0; i < 10'000 && noted; ++i) {
      ActionRecord a;
      a.key = digestOf(std::to_string(i));
      a.type = std::string(4000, 't');
      noted = project->addAction(a);
    }
    ASSERT_FALSE(noted);
    EXPECT_EQ(noted.error().kind, ErrorKind::NoSpace) << describe(noted.error());
    // Curves stay in memory until there is room for them.
    for (int i = 0; i < 40'000; ++i) project->addMetric({{"R"}, {"step"}, "loss", i, .5, 1});
    ASSERT_FALSE(project->flush());
    disk.empty();
    EXPECT_EQ(project->metrics({"R"}).value().size(), 40'000u);
    EXPECT_TRUE(project->usableAction(digestOf("key kept")).value());
    ASSERT_TRUE(project->addAction(actionOf(*project, "after")));
    EXPECT_TRUE(project->database().quickCheck());
  }
}

TEST(Project, NetworkFileSystemsAreKnown) {
  EXPECT_TRUE(isNetworkFileSystem(0x6969, "nfs4"));
  EXPECT_TRUE(isNetworkFileSystem(static_cast<std::int32_t>(0xFF534D42), ""));
  EXPECT_TRUE(isNetworkFileSystem(0x65735546, "fuse.sshfs"));
  EXPECT_FALSE(isNetworkFileSystem(0xEF53, "ext4"));
  EXPECT_FALSE(isNetworkFileSystem(0x01021994, "tmpfs"));
}

TEST(Project, AttemptsMoveOnlyFromTheStateThatWasSeen) {
  TempFolder base;
  const auto project = Project::open(base / "p").value().release();
  const std::unique_ptr<Project> owner{project};
  AttemptRecord a;
  a.id.text = newUlid();
  a.key = digestOf("k");
  ASSERT_TRUE(project->addAttempt(a));
  auto stale = a;
  EXPECT_TRUE(project->moveAttempt(a, AttemptState::Submitting).value());
  EXPECT_FALSE(project->moveAttempt(stale, AttemptState::Submitted).value()) << "the state is another";
  auto sameStateOldEpoch = a;
  sameStateOldEpoch.epoch = 0;
  EXPECT_FALSE(project->moveAttempt(sameStateOldEpoch, AttemptState::Submitted).value());
  EXPECT_EQ(project->unfinishedAttempts().value().size(), 1u);
  EXPECT_TRUE(project->moveAttempt(a, AttemptState::Lost).value());
  EXPECT_TRUE(project->unfinishedAttempts().value().empty());
}

TEST(Project, TransactionsAreAllOrNothing) {
  TempFolder base;
  const auto project = std::move(*Project::open(base / "p"));
  const auto failed = project->transaction([&]() -> Result<> {
    PB_CHECK(project->addAction(actionOf(*project, "half")));
    return fail(ErrorKind::Io, "test", Text{"t", "no"}, Text{"t", "no"});
  });
  EXPECT_FALSE(failed);
  EXPECT_FALSE(project->action(digestOf("key half")).value());
  ASSERT_TRUE(project->addAction(actionOf(*project, "half"))) << "the connection works on";
}

TEST(Project, MovedPictureIsFoundByItsBytes) {
  TempFolder base;
  const auto project = std::move(*Project::open(base / "p"));
  const auto digest = digestOf("picture one");
  write(base / "data/cats/1.png", "picture one");
  write(base / "data/cats/2.png", "picture two");
  ASSERT_TRUE(project->addSource(digest, {base / "data/cats/1.png"}));
  EXPECT_EQ(project->locate(digest).value().path, base / "data/cats/1.png");
  ASSERT_TRUE(project->flush());
  EXPECT_EQ(project->locate(digest).value().path, base / "data/cats/1.png") << "also from the database";
  // Moved, with another picture of the same length in its place.
  fs::create_directories(base / "data/tigers");
  fs::rename(base / "data/cats/1.png", base / "data/tigers/moved.png");
  write(base / "data/cats/1.png", "picture 1!!");
  EXPECT_EQ(project->locate(digest).value().path, base / "data/tigers/moved.png");
  // Touched only: the same bytes.
  fs::last_write_time(base / "data/tigers/moved.png", fs::file_time_type::clock::now() + std::chrono::hours{1});
  EXPECT_EQ(project->locate(digest).value().path, base / "data/tigers/moved.png");
  fs::remove(base / "data/tigers/moved.png");
  const auto gone = project->locate(digest);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().kind, ErrorKind::NotFound);
}

TEST(Project, AFileThatWasReadIsToldFromOneThatWasOnlySeen) {
  TempFolder base;
  const auto project = std::move(*Project::open(base / "p"));
  const auto digest = digestOf("picture one");
  write(base / "1.png", "picture one");
  ASSERT_TRUE(project->addSource(digest, {base / "1.png"}));
  EXPECT_FALSE(project->locate(digest).value().stamp) << "only seen";
  ASSERT_TRUE(project->flush());
  EXPECT_FALSE(project->locate(digest).value().stamp);

  const auto stamp = settledStampOf(base / "1.png", std::chrono::system_clock::now() + std::chrono::hours{1});
  ASSERT_TRUE(stamp);
  ASSERT_TRUE(project->addSource(digest, {base / "1.png", stamp}));
  EXPECT_EQ(project->locate(digest).value().stamp, stamp);
  ASSERT_TRUE(project->flush());
  EXPECT_EQ(project->locate(digest).value().stamp, stamp) << "also from the database";

  // Another file with its size and time in its place: somebody has to read it.
  const auto time = fs::last_write_time(base / "1.png");
  write(base / "other", "picture 2!!");
  fs::rename(base / "other", base / "1.png");
  fs::last_write_time(base / "1.png", time);
  EXPECT_FALSE(project->locate(digest).value().stamp);
}

TEST(Project, PicturesInsideMoveWithTheProject) {
  TempFolder base;
  const auto digest = digestOf("inside");
  write(base / "p/photos/\xff.png", "inside");
  {
    const auto project = std::move(*Project::open(base / "p"));
    ASSERT_TRUE(project->addSource(digest, {base / "p/photos/\xff.png"}));
  }
  fs::rename(base / "p", base / "q");
  const auto moved = std::move(*Project::open(base / "q"));
  EXPECT_EQ(moved->locate(digest).value().path, base / "q/photos/\xff.png");
}

TEST(Project, ResultWithoutItsPartIsNotUsable) {
  TempFolder base;
  const auto project = std::move(*Project::open(base / "p"));
  const auto action = actionOf(*project, "text");
  ASSERT_TRUE(project->addAction(action));
  EXPECT_TRUE(project->usableAction(action.key).value());
  ASSERT_TRUE(project->objects().remove(digestOf("text")));
  EXPECT_FALSE(project->usableAction(action.key).value());
}

TEST(Project, ExportThatWasDeletedIsMadeAgain) {
  TempFolder base;
  const auto project = std::move(*Project::open(base / "p"));
  auto action = actionOf(*project, "text");
  write(base / "export/model.onnx", "x");
  action.effects["exports"].push(pathToValue(base / "export"));
  ASSERT_TRUE(project->addAction(action));
  EXPECT_TRUE(project->usableAction(action.key).value());
  fs::remove_all(base / "export");
  EXPECT_FALSE(project->usableAction(action.key).value());
}

TEST(Project, TenThousandStepsAndSources) {
  TempFolder base;
  const auto project = std::move(*Project::open(base / "p"));
  RunRecord run;
  run.id.text = newUlid();
  run.created = nowMs();
  run.plan = Value::Map{};
  std::vector<StepRecord> steps(10'000);
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i].id.text = "step" + std::to_string(i);
  ASSERT_TRUE(project->addRun(run, steps));
  EXPECT_EQ(project->steps(run.id).value().size(), steps.size());
  for (int i = 0; i < 10'000; ++i) {
    write(base / "data/x", std::to_string(i));
    ASSERT_TRUE(project->addSource(digestOf(std::to_string(i)), {base / "data/x"}));
  }
  ASSERT_TRUE(project->flush());
  EXPECT_EQ(project->database().integer("SELECT count(*) FROM sources").value(), 10'000);
  EXPECT_TRUE(project->database().quickCheck());
}

TEST(Gc, KeepsPinnedRunsExportsAndWhatIsYoung) {
  TempFolder base;
  const auto project = std::move(*Project::open(base / "p"));
  std::vector<RunId> runs;
  for (const char* text : {"old", "pinned", "new"}) {
    const auto action = actionOf(*project, text);
    ASSERT_TRUE(project->addAction(action));
    RunRecord run;
    run.id.text = newUlid();
    run.pipeline = "P";
    run.plan = Value::Map{};
    StepRecord step;
    step.id.text = "s";
    ASSERT_TRUE(project->addRun(run, {&step, 1}));
    step.key = action.key;
    ASSERT_TRUE(project->setStep(run.id, step));
    ASSERT_TRUE(project->finishRun(run.id, RunState::Done, Value::Map{}));
    runs.push_back(run.id);
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  ASSERT_TRUE(project->pinRun(runs[1], true).value());
  ASSERT_TRUE(project->objects().put("an orphan"));
  GcOptions options;
  options.dryRun = false;
  options.keepRuns = 1;
  EXPECT_EQ(collectGarbage(*project, options).value().removedObjects, 0) << "all of it is young";
  options.graceMs = -10'000;
  const auto report = collectGarbage(*project, options).value();
  EXPECT_EQ(report.removedResults, 1);
  EXPECT_EQ(report.removedObjects, 3) << "manifest, part, orphan";
  EXPECT_FALSE(project->usableAction(digestOf("key old")).value());
  EXPECT_TRUE(project->usableAction(digestOf("key pinned")).value());
  EXPECT_TRUE(project->usableAction(digestOf("key new")).value());
}

}  // namespace
}  // namespace patchbay
