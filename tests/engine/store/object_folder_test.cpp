// SPDX-License-Identifier: Apache-2.0
#include "engine/store/object_folder.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>

#include "tests/support/temporary_folder.h"

namespace patchbay {
namespace {
namespace fs = std::filesystem;

struct ObjectFolderTest : ::testing::Test {
  ObjectFolderTest() { objects.emplace(folder / "objects"); }
  void overwrite(const Digest& digest, std::string_view bytes) {
    ::chmod(objects->pathOf(digest).c_str(), 0644);
    const auto fd = openFile(objects->pathOf(digest), O_WRONLY | O_TRUNC);
    ASSERT_TRUE(writeAll(fd->get(), bytes, {}));
  }
  test::TempFolder folder;
  std::optional<ObjectFolder> objects;
};

TEST_F(ObjectFolderTest, GivesBackWhatWasPut) {
  const auto digest = objects->put("some bytes");
  ASSERT_TRUE(digest);
  EXPECT_EQ(*digest, digestOf("some bytes"));
  EXPECT_TRUE(objects->contains(*digest));
  EXPECT_EQ(objects->open(*digest)->text(), "some bytes");
  EXPECT_EQ(objects->open(*objects->put(""))->text(), "");
  struct stat st {};
  ASSERT_EQ(::stat(objects->pathOf(*digest).c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0222, 0u) << "objects are read-only";
}

TEST_F(ObjectFolderTest, TheSameBytesAreStoredOnceAndLookYoungAgain) {
  const auto digest = *objects->put("bytes");
  const timespec old[2] = {{1000, 0}, {1000, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, objects->pathOf(digest).c_str(), old, 0), 0);
  struct stat before {
  }, after{};
  ::stat(objects->pathOf(digest).c_str(), &before);
  ASSERT_TRUE(objects->put("bytes"));
  ::stat(objects->pathOf(digest).c_str(), &after);
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_GT(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
}

TEST_F(ObjectFolderTest, MissingAndDamagedAreDifferentErrors) {
  EXPECT_EQ(objects->open(digestOf("never put")).error().kind, ErrorKind::NotFound);
  const auto digest = *objects->put("bytes");
  ASSERT_TRUE(objects->open(digest));
  overwrite(digest, "byteX");
  EXPECT_EQ(objects->open(digest).error().kind, ErrorKind::Corrupt) << "also when it had been checked before";
  EXPECT_FALSE(objects->contains(digest)) << "a damaged object is out of the way";
  ASSERT_TRUE(objects->put("bytes"));
  EXPECT_TRUE(objects->open(digest));
}

TEST_F(ObjectFolderTest, AnObjectThatWasCutShortIsWrittenAnew) {
  const auto digest = *objects->put("many bytes");
  overwrite(digest, "many");
  ASSERT_TRUE(objects->put("many bytes"));
  EXPECT_EQ(objects->open(digest)->text(), "many bytes");
}

TEST_F(ObjectFolderTest, TakesFilesOverOrCopiesThem) {
  ASSERT_TRUE(writeFileAtomically(folder / "mine", "content"));
  const auto copied = objects->copyFile(folder / "mine");
  ASSERT_TRUE(copied);
  EXPECT_TRUE(fs::exists(folder / "mine"));
  ASSERT_TRUE(objects->remove(*copied));
  const auto moved = objects->putFile(folder / "mine");
  ASSERT_TRUE(moved);
  EXPECT_EQ(*moved, *copied);
  EXPECT_FALSE(fs::exists(folder / "mine"));
  EXPECT_EQ(objects->open(*moved)->text(), "content");
}

TEST_F(ObjectFolderTest, ListsObjectsAndNothingElse) {
  const std::set<Digest> put{*objects->put("a"), *objects->put("b"), *objects->put("c")};
  ASSERT_TRUE(writeFileAtomically(folder / "objects" / "tmp" / "left over", "x"));
  ASSERT_TRUE(writeFileAtomically(objects->pathOf(*put.begin()).parent_path() / "no digest", "x"));
  std::set<Digest> listed;
  ASSERT_TRUE(objects->forEach([&](const ObjectFolder::Entry& entry) -> Result<> {
    EXPECT_EQ(entry.bytes, 1);
    listed.insert(entry.digest);
    return {};
  }));
  EXPECT_EQ(listed, put);
  EXPECT_TRUE(ObjectFolder{folder / "not there"}.forEach([](const auto&) { return Result<>{}; }));
}

TEST_F(ObjectFolderTest, AFileThatCannotBeTakenOverStaysWhereItWas) {
  const auto file = folder / "mine";
  ASSERT_TRUE(writeFileAtomically(file, "precious"));
  fs::create_directories(objects->root());
  // A file stands where the object's folder belongs.
  ASSERT_TRUE(writeFileAtomically(objects->root() / digestOf("precious").hex().substr(0, 2), ""));
  EXPECT_FALSE(objects->putFile(file));
  EXPECT_EQ(readFile(file).value_or("lost"), "precious");
}

TEST_F(ObjectFolderTest, NothingIsLeftBehindWhenWritingFails) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write anywhere";
  ASSERT_TRUE(objects->put("first"));
  fs::permissions(folder / "objects" / "tmp", fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(objects->put("second").error().kind, ErrorKind::Permission);
  fs::permissions(folder / "objects" / "tmp", fs::perms::owner_all);
  EXPECT_FALSE(objects->contains(digestOf("second")));
}

}  // namespace
}  // namespace patchbay
