// SPDX-License-Identifier: Apache-2.0
#include "engine/edit/journal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>
#include <thread>

#include "engine/base/file.h"
#include "tests/support/small_disk.h"
#include "tests/support/test_blocks.h"

namespace patchbay::edit {
namespace {
namespace fs = std::filesystem;
using namespace std::chrono_literals;

class JournalTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("journal-" + newUlid());
    fs::create_directories(folder_);
    ASSERT_TRUE(test::chain().save(file()));
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path file() const { return folder_ / "my pipeline.json"; }
  fs::path log() const { return folder_ / ".my pipeline.json.journal" / "journal.jsonl"; }

  /// The i-th gesture of a person who adds block after block, and now and then looks at what undo does.
  static void gesture(Editor& editor, int i) {
    Node node;
    node.id.text = node.name = "s" + std::to_string(i);
    node.type = "test.split";
    node.x = i;
    ASSERT_TRUE(editor.apply(TR("test", "Add"), {AddNode{std::move(node)}}));
    if (i % 5 != 0) return;
    ASSERT_TRUE(editor.undo() && editor.redo());
  }
  /// Number of gestures in a document that came back; fails unless it is exactly what so many gestures make.
  static int gesturesIn(const Document& document) {
    const auto count = static_cast<int>(document.nodes().size() - test::chain().nodes().size());
    Editor wanted{test::chain()};
    for (int i = 0; i < count; ++i) gesture(wanted, i);
    EXPECT_EQ(document.toJson(), wanted.document().toJson());
    return count;
  }
  /// Opens, makes gestures up to `until`, and closes without saving.
  void work(int until) {
    auto opened = Journal::open(file());
    ASSERT_TRUE(opened.has_value()) << describe(opened.error());
    Editor editor{opened->document};
    editor.setRecorder([&](const Value& r) { opened->journal->record(r); });
    for (int i = gesturesIn(opened->document); i < until; ++i) gesture(editor, i);
  }

  fs::path folder_;
};

TEST_F(JournalTest, WhatWasNotSavedIsThereAgain) {
  work(7);
  auto opened = Journal::open(file());
  ASSERT_TRUE(opened.has_value());
  EXPECT_TRUE(opened->recovered);
  EXPECT_FALSE(opened->fileChanged);
  EXPECT_EQ(gesturesIn(opened->document), 7);
  opened->journal.reset();
  work(12);
  EXPECT_EQ(gesturesIn(Journal::open(file())->document), 12);
}

TEST_F(JournalTest, SavedOrDiscardedChangesAreNotBroughtBackAndLeaveNoJournal) {
  {
    auto opened = Journal::open(file());
    Editor editor{opened->document};
    editor.setRecorder([&](const Value& r) { opened->journal->record(r); });
    for (int i = 0; i < 3; ++i) gesture(editor, i);
    ASSERT_TRUE(editor.document().save(file()));
    ASSERT_TRUE(opened->journal->saved(editor.document()));
    EXPECT_FALSE(opened->journal->fileChanged());
  }
  EXPECT_FALSE(fs::exists(log().parent_path()));
  {
    auto opened = Journal::open(file());
    EXPECT_FALSE(opened->recovered);
    EXPECT_EQ(gesturesIn(opened->document), 3);
    Editor editor{opened->document};
    editor.setRecorder([&](const Value& r) { opened->journal->record(r); });
    gesture(editor, 3);
    ASSERT_TRUE(opened->journal->discard());
  }
  EXPECT_FALSE(fs::exists(log().parent_path()));
  EXPECT_EQ(gesturesIn(Journal::open(file())->document), 3);
}

TEST_F(JournalTest, UndoPastTheMomentOfSavingIsKept) {
  std::string wanted;
  {
    auto opened = Journal::open(file());
    Editor editor{opened->document};
    editor.setRecorder([&](const Value& r) { opened->journal->record(r); });
    for (int i = 1; i < 4; ++i) ASSERT_TRUE(editor.apply(TR("test", "Move"), {Move{{"probe"}, 1.0 * i, 0}}, "drag"));
    ASSERT_TRUE(editor.apply(TR("test", "Delete"), {RemoveNode{{"embed"}}}));
    ASSERT_TRUE(editor.document().save(file()));
    ASSERT_TRUE(opened->journal->saved(editor.document()));
    ASSERT_TRUE(editor.undo() && editor.undo() && editor.redo());
    ASSERT_TRUE(editor.apply(TR("test", "Title"), {SetTitle{{"split"}, "after"}}));
    wanted = editor.document().toJson();
  }
  auto opened = Journal::open(file());
  EXPECT_TRUE(opened->recovered);
  EXPECT_EQ(opened->document.toJson(), wanted);
}

TEST_F(JournalTest, ACrashBetweenSavingAndSayingSoIsNoConflict) {
  work(4);
  auto opened = Journal::open(file());
  ASSERT_TRUE(opened->document.save(file()));
  opened->journal.reset();
  opened = Journal::open(file());
  EXPECT_FALSE(opened->recovered);
  EXPECT_FALSE(opened->fileChanged);
  EXPECT_EQ(gesturesIn(opened->document), 4);
}

TEST_F(JournalTest, AFileThatSomeoneElseChangedIsAConflict) {
  work(4);
  auto other = test::chain();
  other.title = "changed elsewhere";
  ASSERT_TRUE(other.save(file()));
  auto opened = Journal::open(file());
  EXPECT_TRUE(opened->recovered && opened->fileChanged);
  EXPECT_EQ(gesturesIn(opened->document), 4);
  // The user keeps the file.
  ASSERT_TRUE(opened->journal->saved(other));
  opened->journal.reset();
  opened = Journal::open(file());
  EXPECT_FALSE(opened->recovered);
  EXPECT_EQ(opened->document.title, "changed elsewhere");
  EXPECT_FALSE(opened->journal->fileChanged());
  other.title = "changed once more";
  ASSERT_TRUE(other.save(file()));
  EXPECT_TRUE(opened->journal->fileChanged());
}

TEST_F(JournalTest, ASecondWindowIsRefusedWhileTheFirstLives) {
  auto first = Journal::open(file());
  ASSERT_TRUE(first.has_value());
  const auto second = Journal::open(file());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, ErrorKind::Busy);
  first->journal.reset();
  EXPECT_TRUE(Journal::open(file()).has_value());
}

TEST_F(JournalTest, HalfALineIsDroppedAndDamageInTheMiddleKeepsACopy) {
  work(6);
  fs::resize_file(log(), fs::file_size(log()) - 5);  // ends in the redo record of no gesture: 5 is s5, undone and done again
  EXPECT_EQ(Journal::open(file())->document.nodes().size(), test::chain().nodes().size() + 5);
  work(9);
  auto text = *readFile(log());
  text[text.find("\"s7\"")] = '\x01';
  ASSERT_TRUE(writeFileAtomically(log(), text));
  EXPECT_EQ(gesturesIn(Journal::open(file())->document), 7);
  int copies = 0;
  for (const auto& entry : fs::directory_iterator{log().parent_path()})
    copies += entry.path().filename().string().starts_with("unreadable-");
  EXPECT_EQ(copies, 1);
  ASSERT_TRUE(writeFileAtomically(log(), "no journal at all"));
  const auto opened = Journal::open(file());
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(gesturesIn(opened->document), 0);
}

TEST_F(JournalTest, EveryFinishedGestureSurvivesKill9) {
  std::mt19937 random{7};
  int total = 0;
  for (int round = 0; round < 12; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(pipe[0]);
      auto opened = Journal::open(file());
      if (!opened) ::_exit(1);
      Editor editor{opened->document};
      editor.setRecorder([&](const Value& r) { opened->journal->record(r); });
      for (int i = static_cast<int>(editor.document().nodes().size() - 4);; ++i) {
        gesture(editor, i);
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        const std::int64_t told[2] = {i + 1, now};
        if (::write(pipe[1], told, sizeof told) != sizeof told) ::_exit(2);
        std::this_thread::sleep_for(std::chrono::microseconds{random() % 3000});
      }
    }
    ::close(pipe[1]);
    const auto patience = std::chrono::milliseconds{100 + random() % 300};
    std::this_thread::sleep_for(patience);
    const auto killed = std::chrono::steady_clock::now();
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    int told = 0, safe = total;
    std::int64_t news[2];
    while (::read(pipe[0], news, sizeof news) == sizeof news) {
      told = static_cast<int>(news[0]);
      if (std::chrono::nanoseconds{killed.time_since_epoch().count() - news[1]} > 100ms) safe = told;
    }
    ::close(pipe[0]);
    auto opened = Journal::open(file());
    ASSERT_TRUE(opened.has_value()) << describe(opened.error());
    const auto back = gesturesIn(opened->document);
    EXPECT_GE(back, safe);
    EXPECT_LE(back, std::max(told + 1, total));
    EXPECT_EQ(opened->recovered, back > 0);
    total = back;
  }
  EXPECT_GT(total, 50) << "the child did too little for this test to mean anything";
}

TEST_F(JournalTest, AFullDiskIsToldOnceAndLosesNothing) {
  PB_NEEDS_OWN_MOUNTS("a journal on a full disk");
  const test::SmallDisk disk{folder_ / "small"};
  ASSERT_TRUE(disk.mounted());
  const auto pipeline = disk.folder() / "p.json";
  ASSERT_TRUE(test::chain().save(pipeline));
  std::string wanted;
  {
    auto opened = Journal::open(pipeline);
    ASSERT_TRUE(opened.has_value());
    Editor editor{opened->document};
    editor.setRecorder([&](const Value& r) { opened->journal->record(r); });
    gesture(editor, 0);
    ASSERT_TRUE(opened->journal->flush(5s));
    disk.fill();
    for (int i = 1; i < 200; ++i) gesture(editor, i);
    ASSERT_TRUE(editor.apply(TR("test", "Title"), {SetTitle{{"probe"}, std::string(20000, 't')}}));
    EXPECT_FALSE(opened->journal->flush(300ms));
    const auto error = opened->journal->takeError();
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->kind, ErrorKind::NoSpace) << describe(*error);
    EXPECT_FALSE(opened->journal->takeError().has_value());
    EXPECT_EQ(editor.document().nodes().size(), 204u);
    const auto refused = opened->journal->saved(editor.document());
    EXPECT_FALSE(refused.has_value()) << "the old journal must stay when there is no room for a new one";
    disk.empty();
    EXPECT_TRUE(opened->journal->flush(5s));
    wanted = editor.document().toJson();
  }
  const auto again = Journal::open(pipeline);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->recovered);
  EXPECT_EQ(again->document.toJson(), wanted);
}

TEST_F(JournalTest, AFolderThatCannotBeWrittenOpensAndSaysSo) {
  if (::geteuid() == 0) {
    // Root may write anywhere; a file in the place of the journal's folder stops it as well.
    std::ofstream{log().parent_path()} << "in the way";
  } else {
    ASSERT_EQ(::chmod(folder_.c_str(), 0555), 0);
  }
  auto opened = Journal::open(file());
  ASSERT_TRUE(opened.has_value()) << describe(opened.error());
  EXPECT_TRUE(opened->journal->takeError().has_value());
  Editor editor{opened->document};
  editor.setRecorder([&](const Value& r) { opened->journal->record(r); });
  gesture(editor, 0);
  opened->journal.reset();
  ::chmod(folder_.c_str(), 0755);
  EXPECT_FALSE(Journal::open(folder_ / "missing.json").has_value());
}

}  // namespace
}  // namespace patchbay::edit
