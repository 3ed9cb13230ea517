// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/vision/decode.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

struct PictureFolder : ::testing::Test {
  PictureFolder() { block.set("folder", "pictures"); }
  void put(const std::string& name, std::string_view bytes) { writeFile(block.folder() / "pictures" / name, bytes); }
  void putClass(const std::string& folder, int kind, int count, int first = 0) {
    for (int i = first; i < first + count; ++i)
      put(folder + "/" + std::to_string(i) + ".png", drawPng(kind, static_cast<std::uint64_t>(i), 24, 16));
  }
  Dataset data() { return must(block.output<Dataset>("data")); }
  std::map<std::string, Item> items() { return itemsByPath(block.store(), data()); }
  std::map<std::string, std::string> skipped() {
    std::map<std::string, std::string> out;
    const auto info = data().info();
    for (const auto& one : info.skipped.asList()) out[one["path"].asText()] = render(textFromValue(one["cause"]));
    return out;
  }
  BlockHarness block{"patchbay.data.picture_folder"};
};

TEST_F(PictureFolder, NamesClassesAfterFoldersAndLeavesUnlabeledOpen) {
  putClass("rows", 0, 3);
  putClass("columns", 1, 2);
  putClass("columns/close", 1, 1, 7);
  putClass("unlabeled", 2, 2);
  putClass("rows/Unlabelled", 0, 1, 9);
  put("loose.png", drawPng(2, 50));
  ASSERT_TRUE(block.run()) << block.problem();
  const auto set = data();
  EXPECT_EQ(set.size(), 10u);
  EXPECT_THAT(set.info().classes, ElementsAre("columns", "rows"));
  EXPECT_EQ(set.counts().byClass.at("columns"), 3);
  EXPECT_EQ(set.counts().byClass.at("rows"), 3);
  EXPECT_EQ(set.counts().unlabelled, 4);
  const auto item = items().at("rows/0.png");
  EXPECT_EQ(item.width, 24);
  EXPECT_EQ(item.height, 16);
  EXPECT_EQ(item.size, static_cast<std::int64_t>(fs::file_size(block.folder() / "pictures/rows/0.png")));
  EXPECT_EQ(item.annotations.at(0).author, "import");
  EXPECT_EQ(item.split, Split::None);
}

TEST_F(PictureFolder, TakesTheInnermostFolderOrNoneWhenAsked) {
  putClass("site/rows", 0, 2);
  putClass("site/columns", 1, 2);
  block.set("class_from", "innermost");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(data().info().classes, ElementsAre("columns", "rows"));
  block.set("class_from", "none");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(data().info().classes, IsEmpty());
  EXPECT_EQ(data().counts().unlabelled, 4);
}

TEST_F(PictureFolder, ReadsPartsFromTrainValAndTestFolders) {
  putClass("train/rows", 0, 2);
  putClass("train/columns", 1, 2);
  putClass("val/rows", 0, 1, 5);
  putClass("test/columns", 1, 1, 6);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(data().info().classes, ElementsAre("columns", "rows"));
  EXPECT_EQ(items().at("train/rows/0.png").split, Split::Train);
  EXPECT_EQ(items().at("val/rows/5.png").split, Split::Validation);
  EXPECT_EQ(items().at("test/columns/6.png").split, Split::Test);
  // A folder that is no part makes them all classes.
  putClass("other", 2, 1);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(data().info().classes, ElementsAre("other", "test", "train", "val"));
}

TEST_F(PictureFolder, KeepsTheWantedClassesInTheirOrder) {
  putClass("a", 0, 1);
  putClass("b", 1, 1);
  putClass("c", 2, 1);
  block.set("classes", Value::List{"c", "a"});
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(data().info().classes, ElementsAre("c", "a"));
  EXPECT_EQ(data().size(), 2u);
}

TEST_F(PictureFolder, KeepsNamesWithEveryOddByte) {
  const std::string odd[] = {"caf\xE9.png", "two\nlines.png", "quote\" and, comma.png", "\xE7\x8C\xAB.png", " space .png", "tab\t.png"};
  for (std::uint64_t i = 0; i < std::size(odd); ++i) put("cl\xE4ss/" + odd[i], drawPng(0, i));
  ASSERT_TRUE(block.run()) << block.problem();
  const auto found = items();
  EXPECT_THAT(found, SizeIs(std::size(odd)));
  for (const auto& name : odd) EXPECT_TRUE(found.contains("cl\xE4ss/" + name)) << displayText(name);
  EXPECT_THAT(data().info().classes, ElementsAre("cl\\xe4ss"));
}

TEST_F(PictureFolder, ReadsEveryFormat) {
  const fs::path files = sourceFolder() / "tests/data/vision/files";
  const std::pair<const char*, const char*> formats[] = {
      {"photo.jpg", "jpeg"}, {"rgb_16.png", "png"}, {"palette.bmp", "bmp"}, {"alpha.webp", "webp"}, {"cmyk.tif", "tiff"}};
  for (const auto& [name, format] : formats) {
    fs::create_directories(block.folder() / "pictures/a");
    fs::copy_file(files / name, block.folder() / "pictures/a" / name);
  }
  fs::copy_file(files / "exif_6.jpg", block.folder() / "pictures/a/exif_6.jpg");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(data().size(), 6u);
  const auto summary = data().info().summary;
  EXPECT_EQ(summary["formats"]["jpeg"].asInt(), 2);
  for (const auto* format : {"png", "bmp", "webp", "tiff"}) EXPECT_EQ(summary["formats"][format].asInt(), 1) << format;
  EXPECT_EQ(summary["pixels"]["rgb 16 bit"].asInt(), 1);
  EXPECT_EQ(summary["pixels"]["cmyk"].asInt(), 1);
  // Sizes are those of the upright picture.
  const auto turned = items().at("a/exif_6.jpg");
  const auto plain = must(vision::probe(must(MappedFile::open(files / "exif_6.jpg")).bytes()));
  EXPECT_EQ(turned.width, plain.height);
  EXPECT_EQ(turned.height, plain.width);
}

/// A PNG header of any size, nothing behind it.
std::string pngHeader(unsigned width, unsigned height) {
  std::string ihdr{"IHDR\0\0\0\0\0\0\0\0\x08\x02\0\0\0", 17};
  for (int i = 0; i < 4; ++i) {
    ihdr[static_cast<std::size_t>(4 + i)] = static_cast<char>(width >> (24 - 8 * i));
    ihdr[static_cast<std::size_t>(8 + i)] = static_cast<char>(height >> (24 - 8 * i));
  }
  unsigned crc = ~0u;
  for (const char ch : ihdr) {
    crc ^= static_cast<unsigned char>(ch);
    for (int k = 0; k < 8; ++k) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
  }
  crc = ~crc;
  std::string out{"\x89PNG\r\n\x1a\n\0\0\0\x0d", 12};
  out += ihdr;
  for (int i = 3; i >= 0; --i) out += static_cast<char>(crc >> (8 * i));
  return out;
}

TEST_F(PictureFolder, ListsWhatCannotBeReadAndGoesOn) {
  putClass("rows", 0, 3);
  const auto jpeg = drawJpeg(0, 1, 200, 200);
  put("rows/truncated.jpg", std::string_view{jpeg}.substr(0, jpeg.size() / 2));
  put("rows/bomb.png", pngHeader(60'000, 60'000));
  put("rows/empty.jpg", "");
  put("rows/notes.txt", "no picture");
  put("rows/.hidden.png", drawPng(0, 3));
  put("rows/Thumbs.db", "litter");
  fs::create_symlink("nowhere.png", block.folder() / "pictures/rows/dangling.png");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(data().size(), 3u);
  const auto causes = skipped();
  EXPECT_THAT(causes, SizeIs(4));
  for (const auto* name : {"rows/truncated.jpg", "rows/bomb.png", "rows/empty.jpg", "rows/notes.txt"}) {
    ASSERT_TRUE(causes.contains(name)) << name;
    EXPECT_FALSE(causes.at(name).empty());
    EXPECT_THAT(block.log(), HasSubstr(name));
  }
  EXPECT_THAT(causes.at("rows/bomb.png"), HasSubstr("60000"));
}

TEST_F(PictureFolder, EntersASymlinkLoopOnce) {
  putClass("rows", 0, 2);
  fs::create_directory_symlink("..", block.folder() / "pictures/rows/up");
  fs::create_symlink("self", block.folder() / "pictures/rows/self");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(data().size(), 2u);
}

TEST_F(PictureFolder, SaysWhatToDoAboutAFolderThatIsMissingOrEmpty) {
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "folder.missing");
  EXPECT_THAT(block.problem(), HasSubstr("pictures"));
  fs::create_directories(block.folder() / "pictures/rows");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "folder.empty");
  put("rows/a.txt", "no picture");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "folder.no_pictures");
  block.set("folder", "pictures/rows/a.txt");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "folder.not_a_folder");
  for (const auto& hint : {block.error()->hint}) EXPECT_FALSE(hint.empty());
}

TEST_F(PictureFolder, ChecksOnlyTheAddedPictures) {
  putClass("rows", 0, 30);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 30);
  const auto before = block.digest("data");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 0);
  EXPECT_EQ(block.digest("data"), before);
  putClass("rows", 0, 10, 30);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 10);
  EXPECT_EQ(data().size(), 40u);
}

TEST_F(PictureFolder, AMovedFolderIsTheSameDataSet) {
  putClass("rows", 0, 4);
  putClass("columns", 1, 4);
  put("rows/broken.png", "no picture");
  put("rows/empty.png", "");
  ASSERT_TRUE(block.run()) << block.problem();
  const auto before = block.digest("data");
  fs::rename(block.folder() / "pictures", block.folder() / "moved");
  block.set("folder", pathToValue(block.folder() / "moved"));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.digest("data"), before);
  // Later steps open the pictures by digest, where they lie now.
  EXPECT_TRUE(block.store().open(items().at("rows/0.png").digest).has_value());
}

TEST_F(PictureFolder, ThreadsChangeNothingAndAStopEndsIt) {
  putClass("rows", 0, 40);
  ASSERT_TRUE(block.run()) << block.problem();
  BlockHarness other{"patchbay.data.picture_folder"};
  other.set("folder", pathToValue(block.folder() / "pictures")).job().threads = 4;
  ASSERT_TRUE(other.run()) << other.problem();
  EXPECT_EQ(other.digest("data"), block.digest("data"));
  BlockHarness stopped{"patchbay.data.picture_folder"};
  stopped.set("folder", pathToValue(block.folder() / "pictures")).stopAt(5, Stop::Cancel);
  EXPECT_FALSE(stopped.run());
  EXPECT_EQ(stopped.error()->kind, ErrorKind::Cancelled);
}

TEST_F(PictureFolder, PicturesAddedLaterComeAlongAndCorrectLabels) {
  putClass("rows", 0, 3);
  putClass("columns", 1, 2);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto before = block.digest("data");
  block.set("extra", "added");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.digest("data"), before) << "nothing was added yet";
  // One picture is new, of a new class; one is in the folder already, under a label that is wrong.
  writeFile(block.folder() / "added/spots/new.png", drawPng(2, 70, 24, 16));
  writeFile(block.folder() / "added/columns/known.png", drawPng(0, 1, 24, 16));
  writeFile(block.folder() / "added/loose.png", drawPng(2, 71, 24, 16));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(data().info().classes, ElementsAre("columns", "rows", "spots"));
  EXPECT_EQ(data().size(), 6u) << "the known one is not there twice";
  EXPECT_EQ(*items().at("rows/1.png").label(), "columns");
  EXPECT_EQ(*items().at("rows/0.png").label(), "rows");
  EXPECT_EQ(*items().at("added/spots/new.png").label(), "spots");
  // The name of the folder is of no matter, only what lies in it.
  const auto with = block.digest("data");
  fs::rename(block.folder() / "added", block.folder() / "others");
  block.set("extra", pathToValue(block.folder() / "others"));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.digest("data"), with);
  // A list of classes holds for them too.
  block.set("classes", Value::List{"rows", "columns"});
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(data().size(), 5u);
}

TEST_F(PictureFolder, AddedPicturesMayLieInTheFolderItselfAndAreForTraining) {
  for (const char* part : {"train", "test"}) putClass(std::string{part} + "/rows", 0, 2, part[1] == 'r' ? 0 : 10);
  writeFile(block.folder() / "pictures/added/rows/new.png", drawPng(0, 70, 24, 16));
  block.set("extra", "pictures/added");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(data().size(), 5u);
  EXPECT_EQ(*items().at("added/rows/new.png").label(), "rows");
}

}  // namespace
}  // namespace patchbay::testing
