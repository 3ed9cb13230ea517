// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/worker_context.h"

#include <gmock/gmock.h>

#include <fstream>
#include <thread>

#include "engine/data/ports.h"
#include "engine/executor/attempt.h"
#include "tests/support/toy_pack.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

class WorkerContextTest : public ::testing::Test {
 protected:
  WorkerContextTest() {
    job.attempt.text = newUlid();
    job.key = digestOf("key");
    job.type = "toy";
    job.attemptFolder = folder.path() / "attempt";
    job.objectFolder = folder.path() / "objects";
    job.checkpointFolder = folder.path() / "checkpoints";
    job.baseFolder = folder.path() / "project";
    job.exportsFolder = folder.path() / "project" / "exports";
    fs::create_directories(job.attemptFolder);
    fs::create_directories(job.baseFolder);
    renew();
  }
  void renew() {
    events.clear();
    context.emplace(job, info, link, objects, WorkerContext::Hooks{{}, [this](const Value& e) { events.push_back(e); }, {}});
  }
  std::vector<fs::path> namesIn(const fs::path& where) const {
    std::vector<fs::path> names;
    for (const auto& entry : fs::directory_iterator{where}) names.push_back(entry.path().filename());
    return names;
  }
  /// Exports one file of this content; empty on failure.
  std::string exportFile(const std::string& content, const fs::path& wanted = {}) {
    const auto made = context->exportFolder("model", wanted);
    if (!made) return made.error().code;
    EXPECT_TRUE(writeFileAtomically(*made / "file", content));
    const auto published = context->publishEffects();
    return published ? "" : published.error().code;
  }
  TempFolder folder;
  JobSpec job;
  BlockInfo info;
  MemoryLink link;
  ResolvingStore objects{folder.path() / "objects", link};
  std::vector<Value> events;
  std::optional<WorkerContext> context;
};

TEST_F(WorkerContextTest, AFileIsReadForItsDigestOnceWhileItLooksTheSame) {
  const auto picture = folder.path() / "picture";
  const auto write = [&](const char* bytes) { std::ofstream{picture} << bytes; };
  write("one");
  const auto later = std::chrono::system_clock::now() + std::chrono::hours{1};
  // What bears the stamp it had when its bytes were read is believed to be what it was: here it never was.
  const auto two = digestOf("two");
  ASSERT_TRUE(link.addSource(two, {picture, settledStampOf(picture, later)}));
  EXPECT_TRUE(objects.open(two));
  // Changed in place, with the same size and its old time: found out, and neither forgotten nor believed afterwards.
  const auto time = fs::last_write_time(picture);
  std::this_thread::sleep_for(std::chrono::milliseconds{20});  // More than a tick of the file system's clock.
  write("six");
  fs::last_write_time(picture, time);
  for (int i = 0; i < 2; ++i) {
    const auto changed = objects.open(two);
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().kind, ErrorKind::Corrupt);
  }
  write("two");
  EXPECT_TRUE(objects.open(two)) << "its bytes are right";
}

TEST_F(WorkerContextTest, AFileThatWasOnlySeenIsRead) {
  ASSERT_TRUE(writeFileAtomically(folder.path() / "picture", "one"));
  ASSERT_TRUE(link.addSource(digestOf("two"), {folder.path() / "picture"}));
  EXPECT_EQ(objects.open(digestOf("two")).error().kind, ErrorKind::Corrupt);
}

TEST_F(WorkerContextTest, AnExportAppearsOnlyWhenItIsPublished) {
  const auto made = context->exportFolder("model", {});
  ASSERT_TRUE(made);
  ASSERT_TRUE(writeFileAtomically(*made / "file", "content"));
  EXPECT_FALSE(fs::exists(job.exportsFolder / "model"));
  const auto effects = context->publishEffects();
  ASSERT_TRUE(effects);
  EXPECT_EQ(pathFromValue((*effects)["exports"].asList()[0]), job.exportsFolder / "model");
  EXPECT_EQ(*readFile(job.exportsFolder / "model" / "file"), "content");
  EXPECT_THAT(namesIn(job.exportsFolder), ::testing::ElementsAre("model"));
}

TEST_F(WorkerContextTest, WatchedFilesAreListedAsTheyWereBeforeTheyWereRead) {
  fs::create_directories(job.baseFolder / "pictures");
  ASSERT_TRUE(writeFileAtomically(job.baseFolder / "pictures/a.png", "a"));
  context->watch("pictures/a.png");
  context->watch(job.baseFolder / "pictures/a.png");  // The same one.
  context->watch(folder.path() / "outside.png");
  ASSERT_TRUE(writeFileAtomically(job.baseFolder / "pictures/a.png", "other bytes"));
  const auto effects = *context->publishEffects();
  EXPECT_EQ(effects["found"]["files"].asInt(), 2);
  const auto digest = *Digest::parse(effects["found"]["listing"].asText());
  const std::string listing{objects.open(digest)->text()};
  EXPECT_THAT(listing, ::testing::HasSubstr(std::string{"pictures/a.png\0001 ", 17}));
  EXPECT_THAT(listing, ::testing::HasSubstr((folder.path() / "outside.png").string() + std::string{"\0missing", 8}));
  EXPECT_NE(FoundFiles::again(listing, job.baseFolder), listing);
}

TEST_F(WorkerContextTest, AnExportThatFailsLeavesNothing) {
  ASSERT_TRUE(context->exportFolder("model", {}));
  context.reset();
  EXPECT_TRUE(namesIn(job.exportsFolder).empty());
}

TEST_F(WorkerContextTest, AnExportReplacesAnEarlierOneAndNothingElse) {
  EXPECT_EQ(exportFile("first"), "");
  EXPECT_EQ(exportFile("second"), "");
  EXPECT_EQ(*readFile(job.exportsFolder / "model" / "file"), "second");
  EXPECT_THAT(namesIn(job.exportsFolder), ::testing::ElementsAre("model"));

  fs::create_directories(job.baseFolder / "photos");
  ASSERT_TRUE(writeFileAtomically(job.baseFolder / "photos" / "mine", "precious"));
  EXPECT_EQ(exportFile("third", "photos"), "export.occupied");
  EXPECT_EQ(*readFile(job.baseFolder / "photos" / "mine"), "precious");
  EXPECT_EQ(exportFile("third", "chosen/place"), "");
  EXPECT_EQ(*readFile(job.baseFolder / "chosen" / "place" / "file"), "third");
}

TEST_F(WorkerContextTest, AnExportTouchesNoLinkThatLeadsNowhere) {
  fs::create_directories(job.baseFolder);
  fs::create_symlink("circle", job.baseFolder / "circle");
  fs::create_symlink("nothing", job.baseFolder / "dangling");
  EXPECT_EQ(exportFile("x", "circle"), "export.occupied");
  EXPECT_EQ(exportFile("x", "dangling"), "export.occupied");
  EXPECT_TRUE(fs::is_symlink(fs::symlink_status(job.baseFolder / "circle")));
}

TEST_F(WorkerContextTest, ALinkThatAppearsDuringTheExportIsAnErrorAndNotACrash) {
  const auto made = context->exportFolder("model", "late");
  ASSERT_TRUE(made);
  fs::create_symlink("late", job.baseFolder / "late");
  const auto published = context->publishEffects();
  ASSERT_TRUE(published) << describe(published.error());
  EXPECT_TRUE(fs::is_directory(fs::symlink_status(job.baseFolder / "late")));
}

TEST_F(WorkerContextTest, AnExportCannotLeaveItsFolderByItsName) {
  EXPECT_EQ(context->exportFolder("../outside", {}).error().code, "path.outside");
}

TEST_F(WorkerContextTest, TheLastGoodCheckpointIsFoundByTheNextAttempt) {
  EXPECT_EQ(*context->loadCheckpoint(), std::nullopt);
  ASSERT_TRUE(context->saveCheckpoint("one"));
  ASSERT_TRUE(context->saveCheckpoint("two"));
  job.attempt.text = newUlid();
  renew();
  EXPECT_EQ(*context->loadCheckpoint(), "two");
  job.key = digestOf("another key");
  renew();
  EXPECT_EQ(*context->loadCheckpoint(), std::nullopt) << "another step has another checkpoint";
}

TEST_F(WorkerContextTest, ADamagedCheckpointIsNotBelieved) {
  ASSERT_TRUE(context->saveCheckpoint("a state that matters"));
  const auto file = job.checkpointFolder / job.key.hex() / "checkpoint";
  auto bytes = *readFile(file);
  bytes.back() ^= 1;
  ASSERT_TRUE(writeFileAtomically(file, bytes));
  const auto loaded = context->loadCheckpoint();
  ASSERT_TRUE(loaded);
  EXPECT_EQ(*loaded, std::nullopt);
  EXPECT_EQ(events.back()["level"].asText(), "warning");
}

TEST_F(WorkerContextTest, ALoopOverPicturesDoesNotFloodTheEvents) {
  for (int i = 1; i <= 10'000; ++i) context->progress({TR("test", "Looking"), i, 10'000, "picture"});
  EXPECT_LT(events.size(), 100u);
  EXPECT_EQ(events.back()["done"].asInt(), 10'000) << "the end is always told";
  context->progress({TR("test", "Writing"), 0, 5, "file"});
  EXPECT_EQ(events.back()["phase"]["source"].asText(), "Writing") << "and a new phase";
}

TEST_F(WorkerContextTest, AMissingOutputIsADefectOfTheBlock) {
  job.outputs = {"text"};
  renew();
  EXPECT_EQ(context->saveOutputs().error().code, "block.no-output");
}

TEST_F(WorkerContextTest, FloatingBlocksKeepTheirItemsApartByNumerics) {
  const std::vector<Digest> items{digestOf("item")};
  int computed = 0;
  const ItemCompute compute = [&](std::span<const std::size_t> missing, const ItemEmit& emit) {
    ++computed;
    return emit(missing[0], "x");
  };
  const auto run = [&](bool floating, int threads) {
    info.floating = floating;
    job.numerics = Value{Value::Map{{"threads", threads}}};
    renew();
    ASSERT_TRUE(context->computeItems("f", Value{}, items, compute));
  };
  run(false, 1);
  run(false, 2);
  EXPECT_EQ(computed, 1) << "exact results do not depend on the machine";
  run(true, 1);
  run(true, 2);
  run(true, 2);
  EXPECT_EQ(computed, 3);
}

}  // namespace
}  // namespace patchbay::testing
