// SPDX-License-Identifier: Apache-2.0
#include "engine/base/file.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace patchbay {
namespace {
namespace fs = std::filesystem;

class FileTest : public ::testing::Test {
 protected:
  test::TempFolder folder_;
  const fs::path& root_ = folder_.path();
};

TEST_F(FileTest, PublishesWholeFilesUnderTheLongestName) {
  const auto path = root_ / std::string(255, 'x');
  ASSERT_TRUE(writeFileAtomically(path, "one"));
  ASSERT_TRUE(writeFileAtomically(path, "two"));
  EXPECT_EQ(*readFile(path), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator{root_}, {}), 1);
}

TEST_F(FileTest, RefusesEveryWayOut) {
  fs::create_directory_symlink("/etc", root_ / "link");
  fs::create_directory(root_ / "in");
  for (const char* bad : {"../x", "in/../../x", "/etc/passwd", "link/passwd", ""}) EXPECT_FALSE(resolveInside(root_, bad)) << bad;
  EXPECT_FALSE(resolveInside(root_, std::string_view{"a\0b", 3}));
  EXPECT_TRUE(resolveInside(root_, "in/new.png"));
}

TEST_F(FileTest, SaysWhatIsMissing) {
  const auto missing = readFile(root_ / "nothing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::NotFound);
  EXPECT_NE(describe(missing.error()).find("nothing"), std::string::npos);
}

}  // namespace
}  // namespace patchbay
