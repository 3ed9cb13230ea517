// SPDX-License-Identifier: Apache-2.0
#include "app/studio/pipeline_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/file.h"

namespace patchbay::studio {
namespace {
namespace fs = std::filesystem;

struct Fixture {
  QTemporaryDir folder;
  fs::path root{folder.path().toStdString()};
  fs::path file{root / "project" / "pipelines" / "p.json"};
  std::unique_ptr<PipelineFile> open(const fs::path& where) {
    auto loaded = PipelineFile::load(placeOf(where), "Test");
    EXPECT_TRUE(loaded) << (loaded ? "" : describe(loaded.error()));
    return loaded ? std::make_unique<PipelineFile>(*loaded) : nullptr;
  }
};

std::vector<edit::Change> addNamed(const char* name) {
  Node node;
  node.id = NodeId{name};
  node.name = name;
  node.type = "patchbay.data.picture_folder";
  return {edit::AddNode{node}};
}

TEST(PipelineFile, PathsOfAProjectsPipelinesStartAtTheProject) {
  const auto inside = placeOf("/data/cells/pipelines/a.json");
  EXPECT_EQ(inside.project, "/data/cells");
  EXPECT_EQ(inside.base, "/data/cells");
  const auto alone = placeOf("/data/a.json");
  EXPECT_EQ(alone.project, "/data/a.project");
  EXPECT_EQ(alone.base, "/data");
}

TEST(PipelineFile, WhatWasNotSavedIsThereAfterACrash) {
  Fixture f;
  auto open = f.open(f.file);
  ASSERT_TRUE(open);
  EXPECT_FALSE(open->modified());
  ASSERT_TRUE(open->editor().apply(TR("t", "Add"), addNamed("first")));
  ASSERT_TRUE(open->editor().apply(TR("t", "Add"), addNamed("second")));
  EXPECT_TRUE(open->modified());
  // A copy of the folder as it lies on disk is what a killed process leaves.
  const auto left = f.root / "left";
  ASSERT_TRUE(QTest::qWaitFor(
      [&] {
        fs::remove_all(left);
        fs::copy(f.root / "project", left, fs::copy_options::recursive);
        auto loaded = PipelineFile::load(placeOf(left / "pipelines" / "p.json"), "Test");
        return loaded && (*loaded)->opened.document.nodes().size() == 2;
      },
      10'000))
      << "the gestures are not on disk";
  auto again = f.open(left / "pipelines" / "p.json");
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->recovered());
  EXPECT_TRUE(again->modified()) << "recovered changes are not saved yet";
}

TEST(PipelineFile, ForgetsTheJournalWhenSaved) {
  Fixture f;
  {
    auto open = f.open(f.file);
    ASSERT_TRUE(open->editor().apply(TR("t", "Add"), addNamed("first")));
    const auto saving = open->startSaving();
    const auto digest = writeDocument(saving.document, open->place().file);
    ASSERT_TRUE(digest);
    ASSERT_TRUE(open->saved(saving, *digest));
    EXPECT_FALSE(open->modified());
  }
  auto again = f.open(f.file);
  EXPECT_FALSE(again->recovered());
  EXPECT_EQ(again->document().nodes().size(), 1U);
}

TEST(PipelineFile, NoticesThatAnotherProgramWroteTheFile) {
  Fixture f;
  auto open = f.open(f.file);
  QSignalSpy changed{open.get(), &PipelineFile::fileChanged};
  auto other = open->document();
  other.title = "By somebody else";
  ASSERT_TRUE(other.save(f.file));
  ASSERT_TRUE(QTest::qWaitFor([&] { return changed.count() > 0; }, 10'000));
  EXPECT_NE(open->document().title, "By somebody else") << "nothing is taken before the person chose";
  open->keepMine();
  EXPECT_TRUE(open->modified());
}

}  // namespace
}  // namespace patchbay::studio
