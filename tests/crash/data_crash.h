// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/wait.h>

#include <map>
#include <random>
#include <thread>

#include "engine/data/revision_store.h"
#include "tests/crash/crash_harness.h"
#include "tests/support/made_items.h"

namespace patchbay::test {

inline constexpr int crashItems = 400;

/// A project with some pictures, as an import left it.
inline void importSome(const std::filesystem::path& file) {
  std::filesystem::create_directories(file.parent_path());
  const auto store = RevisionStore::open(file, {});
  ASSERT_TRUE(store) << describe(store.error());
  if ((*store)->head().items > 0) return;
  auto begun = (*store)->beginImport({.what = Text{"t", "Imported"}});
  for (int i = 0; i < crashItems; ++i) ASSERT_TRUE((*begun)->add(testing::madeItem(i, "good")));
  ASSERT_TRUE((*begun)->finish());
}

/// Labels pictures through the engine and kills that at a random moment, `times` times. What was acknowledged is there, what
/// was not is there as a whole or not at all.
inline void killWhileEditing(int times, unsigned seed) {
  std::mt19937 random{seed};
  Crashing crashing;
  ASSERT_NO_FATAL_FAILURE(importSome(crashing.project() / "data.db"));
  std::map<int, std::string> acknowledged;
  std::int64_t number = 1, edits = 0;
  for (int round = 0; round < times; ++round) {
    const auto engine = crashing.connect();
    ASSERT_TRUE(engine) << describe(engine.error());
    std::thread killer{[pid = crashing.pid(), wait = random() % 251] {
      std::this_thread::sleep_for(std::chrono::milliseconds{wait});
      ::kill(pid, SIGKILL);
    }};
    int open = -1;
    std::string wanted;
    for (;;) {
      open = static_cast<int>(random() % crashItems);
      wanted = "label " + std::to_string(random() % 7);
      Value one{Value::Map{{"id", testing::madeItem(open).id}, {"label", wanted}}};
      const auto made = (*engine)->data(Value::Map{{"do", "edit"}, {"changes", Value::List{one}}, {"author", "person:test"}});
      if (!made) {
        EXPECT_EQ(made.error().kind, ErrorKind::Unreachable) << describe(made.error());
        break;
      }
      acknowledged[open] = wanted;
      number = (*made)["revision"]["number"].asInt();
      ++edits;
    }
    killer.join();
    crashing.disconnect();
    ASSERT_TRUE(crashing.waitUntilGone());
    const auto store = RevisionStore::open(crashing.project() / "data.db", {});
    ASSERT_TRUE(store) << describe(store.error());
    const auto sound = (*store)->check();
    ASSERT_TRUE(sound) << describe(sound.error());
    const auto head = (*store)->head().number;
    ASSERT_TRUE(head == number || head == number + 1) << head << " after " << number;
    // The one that nobody was told of may be there.
    if (head > number) acknowledged[open] = wanted;
    number = head;
    for (const auto& [i, label] : acknowledged) {
      const auto item = (*store)->item(testing::madeItem(i).id).value();
      ASSERT_TRUE(item && item->item.label());
      ASSERT_EQ(*item->item.label(), label) << "picture " << i << " in round " << round;
    }
  }
  EXPECT_GT(edits, times) << "the kills came before anything was edited";
}

/// Imports in a process that is killed at a random moment: all of an import is there or nothing.
inline void killWhileImporting(int times, unsigned seed) {
  std::mt19937 random{seed};
  TempFolder folder;
  const auto file = folder / "data.db";
  int whole = 0;
  for (int round = 0; round < times; ++round) {
    const auto wait = random() % 251;
    const pid_t child = ::fork();
    if (child == 0) {
      auto store = RevisionStore::open(file, {});
      for (int first = 0; store; first += 500) {
        auto begun = (*store)->beginImport({.what = Text{"t", "Imported"}});
        for (int i = 0; begun && i < 500; ++i) (void)(*begun)->add(testing::madeItem(round * 100'000 + first + i, "good"));
        if (begun) (void)(*begun)->finish();
      }
      ::_exit(1);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{wait});
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    const auto store = RevisionStore::open(file, {});
    ASSERT_TRUE(store) << describe(store.error());
    const auto sound = (*store)->check();
    ASSERT_TRUE(sound) << describe(sound.error());
    EXPECT_EQ((*store)->head().items, 500 * (*store)->head().number);
    whole = static_cast<int>((*store)->head().number);
  }
  EXPECT_GT(whole, 0) << "no import came to its end";
}

}  // namespace patchbay::test
