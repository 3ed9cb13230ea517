// SPDX-License-Identifier: Apache-2.0
#include "engine/base/file.h"

#include <gtest/gtest.h>

#include <thread>

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

TEST_F(FileTest, AStampTellsFilesApartThatPretendToBeTheSame) {
  const auto path = root_ / "a", other = root_ / "b";
  ASSERT_TRUE(writeFileAtomically(path, "one"));
  ASSERT_TRUE(writeFileAtomically(other, "two"));
  const auto before = stampOf(path).value();
  EXPECT_EQ(stampOf(path).value(), before);
  EXPECT_EQ(FileStamp::fromValue(before.toValue()), before);
  const auto time = fs::last_write_time(path);
  std::this_thread::sleep_for(std::chrono::milliseconds{20});  // More than a tick of the file system's clock.
  fs::rename(other, path);
  fs::last_write_time(path, time);
  EXPECT_EQ(stampOf(path)->mtimeNs, before.mtimeNs);
  EXPECT_EQ(stampOf(path)->size, before.size);
  EXPECT_NE(stampOf(path).value(), before);
  EXPECT_FALSE(stampOf(root_)) << "a folder is no file";
  EXPECT_FALSE(FileStamp::fromValue(Value::List{1, 2, 3}));
}

TEST_F(FileTest, AStampIsSettledOnlyAWhileAfterAChange) {
  ASSERT_TRUE(writeFileAtomically(root_ / "a", "one"));
  EXPECT_FALSE(settledStampOf(root_ / "a")) << "what changes it now may bear the same time";
  EXPECT_EQ(settledStampOf(root_ / "a", std::chrono::system_clock::now() + std::chrono::seconds{10}), stampOf(root_ / "a").value());
  fs::last_write_time(root_ / "a", fs::file_time_type::clock::now() - std::chrono::hours{1});
  EXPECT_FALSE(settledStampOf(root_ / "a")) << "its time was set back just now";
  EXPECT_FALSE(settledStampOf(root_ / "nothing"));
}

TEST_F(FileTest, SaysWhatIsMissing) {
  const auto missing = readFile(root_ / "nothing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::NotFound);
  EXPECT_NE(describe(missing.error()).find("nothing"), std::string::npos);
}

}  // namespace
}  // namespace patchbay
