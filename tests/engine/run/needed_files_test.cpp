// SPDX-License-Identifier: Apache-2.0
#include "engine/run/needed_files.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/fake_executor.h"

namespace patchbay {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr, ::testing::IsEmpty, ::testing::SizeIs;

class NeededFiles : public ::testing::Test {
 protected:
  std::string codeOf(const fs::path& path, bool wantsFolder = true) const {
    const auto found = lookForFiles({{NodeId{"a"}, "pictures", "folder", wantsFolder, path}}, folder.path());
    if (found.empty()) return "";
    EXPECT_THAT(found, SizeIs(1));
    EXPECT_EQ(found.front().severity, Severity::Error);
    EXPECT_EQ(found.front().node.text, "a");
    EXPECT_EQ(found.front().param, "folder");
    EXPECT_FALSE(found.front().hint.empty()) << "what to do";
    EXPECT_THAT(describe(found.front()), HasSubstr((folder.path() / path).string())) << "the whole path, not how it was written";
    return found.front().code;
  }
  void write(const fs::path& name, const std::string& bytes) const {
    fs::create_directories((folder.path() / name).parent_path());
    std::ofstream{folder.path() / name} << bytes;
  }
  test::TempFolder folder;
};

TEST_F(NeededFiles, AFolderHasToBeThereAndHoldAFile) {
  EXPECT_EQ(codeOf("pictures"), "path.missing");
  fs::create_directories(folder / "pictures/cat");
  fs::create_directories(folder / "pictures/dog/deep");
  EXPECT_EQ(codeOf("pictures"), "path.empty") << "folders in folders are no files";
  EXPECT_EQ(codeOf(folder / "pictures"), "path.empty") << "written in full";
  write("pictures/dog/deep/a.png", "x");
  EXPECT_EQ(codeOf("pictures"), "");
  EXPECT_EQ(codeOf("pictures/dog/deep/a.png"), "path.kind");
}

TEST_F(NeededFiles, AFileHasToBeThereAndHoldSomething) {
  EXPECT_EQ(codeOf("labels.csv", false), "path.missing");
  write("labels.csv", "");
  EXPECT_EQ(codeOf("labels.csv", false), "path.empty");
  write("labels.csv", "a.png,cat");
  EXPECT_EQ(codeOf("labels.csv", false), "");
  fs::create_directories(folder / "tables");
  EXPECT_EQ(codeOf("tables", false), "path.kind");
}

TEST_F(NeededFiles, LinksAreFollowedAndOnesThatLeadNowhereAreMissing) {
  write("elsewhere/a.png", "x");
  fs::create_directory_symlink(folder / "elsewhere", folder / "link");
  EXPECT_EQ(codeOf("link"), "");
  fs::create_directories(folder / "outer");
  fs::create_directory_symlink(folder / "elsewhere", folder / "outer/inner");
  EXPECT_EQ(codeOf("outer"), "");
  fs::remove_all(folder / "elsewhere");
  EXPECT_EQ(codeOf("link"), "path.missing");
}

TEST_F(NeededFiles, WhatMayNotBeReadIsToldAsThat) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  write("closed/a.png", "x");
  fs::permissions(folder / "closed", fs::perms::none);
  EXPECT_EQ(codeOf("closed"), "path.unreadable");
  EXPECT_EQ(codeOf("closed/a.png", false), "path.unreadable");
  fs::permissions(folder / "closed", fs::perms::owner_all);
}

}  // namespace
}  // namespace patchbay
