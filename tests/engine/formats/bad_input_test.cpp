// SPDX-License-Identifier: Apache-2.0
// What bad input gets: a clear outcome each, and the rest is taken.
#include <unistd.h>

#include <cmath>
#include <limits>

#include "engine/formats/archive.h"
#include "tests/engine/formats/format_fixture.h"

namespace patchbay::formats::testing {
namespace {

using Codes = std::map<std::string, std::int64_t>;
using BadInput = FormatTest;

std::string coco(const std::string& annotations, const std::string& images = R"({"id":1,"file_name":"a.png","width":20,"height":10})",
                 const std::string& categories = R"({"id":1,"name":"cat"})") {
  return R"({"images":[)" + images + R"(],"categories":[)" + categories + R"(],"annotations":[)" + annotations + "]}";
}

TEST_F(BadInput, OneBadAnnotationIsNamedAndTheOthersAreTaken) {
  putPicture("a.png", 20, 10);
  const std::string good = R"({"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]})";
  const std::vector<std::pair<std::string, std::string>> bad{
      {R"({"id":2,"image_id":1,"category_id":1,"bbox":[1,2,3,NaN]})", "annotation.number"},
      {R"({"id":2,"image_id":1,"category_id":1,"bbox":[1,2,3,-Infinity]})", "annotation.number"},
      {R"({"id":2,"image_id":1,"category_id":1,"bbox":[1,2,3,"4"]})", "annotation.number"},
      {R"({"id":2,"image_id":1,"category_id":1,"bbox":[1,2,3]})", "annotation.number"},
      {R"({"id":2,"image_id":1,"category_id":1,"bbox":[1,2,1e300,4]})", "annotation.number"},
      {R"({"id":2,"image_id":1,"category_id":1,"bbox":[1,2,0,4]})", "annotation.empty"},
      {R"({"id":2,"image_id":1,"category_id":1,"bbox":[1,2,-3,4]})", "annotation.empty"},
      {R"({"id":2,"image_id":1,"category_id":1,"bbox":[30,2,3,4]})", "annotation.outside"},
      {R"({"id":2,"image_id":1,"category_id":9,"bbox":[1,2,3,4]})", "category.unknown"},
      {R"({"id":2,"image_id":7,"category_id":1,"bbox":[1,2,3,4]})", "annotation.picture"},
      {R"({"id":2,"image_id":1,"category_id":1,"segmentation":[[1,2,3]],"bbox":[]})", "annotation.shape"},
      {R"({"id":2,"image_id":1,"category_id":1,"segmentation":{"counts":"garbage\u0000","size":[10,20]}})", "annotation.shape"},
      {R"({"id":2,"image_id":1,"category_id":1,"segmentation":{"counts":[200],"size":[20,10]}})", "annotation.shape"},
      {R"({"id":2,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"score":7})", "annotation.number"},
      {R"(5)", "annotation.picture"},
  };
  for (const auto& [annotation, code] : bad) {
    put("annotations.json", coco(good + "," + annotation));
    const auto got = read(folder);
    ASSERT_FALSE(got.error) << annotation;
    ASSERT_EQ(got.items.size(), 1u) << annotation;
    EXPECT_EQ(got.items[0].annotations.size(), 1u) << annotation;
    EXPECT_EQ(got.codes, (Codes{{code, 1}})) << annotation;
  }
}

TEST_F(BadInput, NumbersGivenTwice) {
  putPicture("a.png", 20, 10);
  putPicture("b.png", 20, 10, 2);
  const std::string box = R"({"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]})";
  put("annotations.json", coco(box + "," + box, R"({"id":1,"file_name":"a.png"},{"id":1,"file_name":"b.png"})"));
  const auto got = read(folder);
  ASSERT_EQ(got.items.size(), 1u) << "whose the annotations of the second one are is not known";
  EXPECT_EQ(got.items[0].paths[0], "a.png");
  EXPECT_EQ(got.items[0].annotations.size(), 2u);
  EXPECT_EQ(got.codes, (Codes{{"annotation.twice", 1}, {"id.twice", 1}}));
}

TEST_F(BadInput, FilesThatRepeatInstancesAddOnlyTheirPoints) {
  putPicture("a.png", 20, 10);
  const std::string box = R"({"id":4,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"segmentation":[]})";
  put("instances_train.json", coco(box));
  put("stuff_train.json", coco(box + R"(,{"id":5,"image_id":1,"category_id":1,"bbox":[2,2,5,5]})"));
  put("person_keypoints_train.json", coco(R"({"id":4,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"keypoints":[2,3,2,0,0,0]})"));
  const auto got = read(folder);
  ASSERT_EQ(got.items.size(), 1u);
  ASSERT_EQ(got.items[0].annotations.size(), 3u);
  EXPECT_EQ(got.items[0].annotations[1].kind, AnnotationKind::Points);
  EXPECT_EQ(got.items[0].annotations[2].geometry, (std::vector<float>{2, 2, 5, 5}));
  EXPECT_EQ(got.codes, Codes{});
}

TEST_F(BadInput, BoxesOverTheEdgeStayAndAreNoted) {
  putPicture("a.png", 20, 10);
  put("annotations.json", coco(R"({"id":1,"image_id":1,"category_id":1,"bbox":[15,2,30,4]})"));
  const auto got = read(folder);
  ASSERT_EQ(got.items.size(), 1u);
  EXPECT_EQ(got.items[0].annotations.at(0).geometry, (std::vector<float>{15, 2, 30, 4}));
  EXPECT_EQ(got.codes, (Codes{{"annotation.partly_outside", 1}}));
}

TEST_F(BadInput, WholeFilesThatCannotBeRead) {
  const auto whole = coco(R"({"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]})");
  putPicture("a.png", 20, 10);
  put("good.json", whole);
  const std::vector<std::pair<std::string, std::string>> bad{{whole.substr(0, whole.size() - 9), "file.syntax"},
                                                             {"{\"images\": 5, \"annotations\": [], \"categories\": []}", "file.fields"},
                                                             {coco("", "",
                                                                   R"({"id":1,"name":"caf)"
                                                                   "\xE9"
                                                                   R"("})"),
                                                              "file.encoding"}};
  for (const auto& [text, code] : bad) {
    put("instances_bad.json", text);
    const auto got = read(folder, "coco");
    ASSERT_FALSE(got.error) << code;
    EXPECT_EQ(got.items.size(), 1u) << code;
    EXPECT_EQ(got.codes, (Codes{{code, 1}}));
  }
  fs::remove(folder / "good.json");
  const auto none = read(folder, "coco");
  ASSERT_TRUE(none.error);
  EXPECT_EQ(none.error->kind, ErrorKind::BadInput);
}

TEST_F(BadInput, ClassesThatAreEachOthersParents) {
  putPicture("a.png", 20, 10);
  put("a.json",
      coco("", R"({"id":1,"file_name":"a.png","width":20,"height":10})",
           R"({"id":1,"name":"a","supercategory":"b"},{"id":2,"name":"b","supercategory":"a"},{"id":3,"name":"c","supercategory":"c"},)"
           R"({"id":4,"name":"d","supercategory":"a"},{"id":4,"name":"e"})"));
  const auto got = read(folder);
  ASSERT_EQ(got.classes.size(), 4u);
  EXPECT_FALSE(got.classes[0].attributes.contains("supercategory"));
  EXPECT_FALSE(got.classes[1].attributes.contains("supercategory"));
  EXPECT_EQ(got.classes[2].attributes["supercategory"].asText(), "c");
  EXPECT_EQ(got.codes.at("category.twice"), 1);
  EXPECT_GE(got.codes.at("category.cycle"), 2);
}

TEST_F(BadInput, MarkupStaysPlainText) {
  putPicture("a.png", 20, 10);
  put("a.json", coco(R"({"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]})", R"({"id":1,"file_name":"a.png","width":20,"height":10})",
                     R"({"id":1,"name":"<img src=x onerror=alert(1)>"})"));
  const auto got = read(folder);
  EXPECT_EQ(got.items.at(0).annotations.at(0).label, "<img src=x onerror=alert(1)>");
}

TEST_F(BadInput, PathsNeverLeadOutOfTheFolder) {
  const auto secret = putPicture("secret.png", 8, 8, 77);
  putPicture("set/a.png", 20, 10);
  for (const std::string& path : {secret.native(), std::string{"../secret.png"}, std::string{"x/../../secret.png"},
                                  std::string{"..\\\\secret.png"}, std::string{"%2e%2e/secret.png"}, std::string{"C:\\\\secret.png"}}) {
    put("set/a.json", coco("", R"({"id":1,"file_name":")" + path + R"("},{"id":2,"file_name":"a.png"})"));
    const auto got = read(folder / "set");
    ASSERT_EQ(got.items.size(), 1u) << path;
    EXPECT_EQ(got.items[0].paths[0], "a.png");
    EXPECT_EQ(got.codes.at("picture.missing"), 1) << path;
  }
  // One that is inside after all is found by its name.
  put("set/a.json", coco("", R"({"id":1,"file_name":"/data/somebody/pictures/a.png"})"));
  const auto got = read(folder / "set");
  ASSERT_EQ(got.items.size(), 1u);
  EXPECT_EQ(got.items[0].paths[0], "a.png");
  EXPECT_EQ(got.codes, (Codes{{"picture.path", 1}}));
}

TEST_F(BadInput, LinksOutOfTheFolderAreNotFollowed) {
  putPicture("outside/secret.png", 8, 8, 77);
  putPicture("set/cat/a.png", 20, 10);
  ASSERT_EQ(::symlink("../../outside/secret.png", (folder / "set/cat/b.png").c_str()), 0);
  ASSERT_EQ(::symlink("../outside", (folder / "set/dog").c_str()), 0);
  ASSERT_EQ(::symlink("..", (folder / "set/cat/round").c_str()), 0);
  const auto got = read(folder / "set");
  ASSERT_EQ(got.items.size(), 1u);
  EXPECT_EQ(got.codes.at("link.outside"), 2);
}

TEST_F(BadInput, PicturesThatAreNoneOrNotThereAreLeftOut) {
  putPicture("a.png", 20, 10);
  put("b.png", "no picture");
  put("x.json", coco("", R"({"id":1,"file_name":"a.png"},{"id":2,"file_name":"b.png"},{"id":3,"file_name":"c.png"})"));
  const auto got = read(folder);
  ASSERT_EQ(got.items.size(), 1u);
  EXPECT_EQ(got.codes, (Codes{{"picture.missing", 1}, {"picture.unreadable", 1}}));
  EXPECT_EQ(read(folder, "coco", true).items.size(), 2u);
}

TEST_F(BadInput, LinesOfYolo) {
  putPicture("images/train/a.png", 20, 10);
  put("data.yaml", "train: images/train\nnames: [cat, 'dog, big']\n");
  put("labels/train/a.txt",
      "0 .5 .5 .2 .2\n1 0.5 0.5 nan 0.1\n7 .5 .5 .2 .2\n-1 .5 .5 .2 .2\n0 .5\nhello\n1.5 .5 .5 .2 .2\n0 9 9 .1 .1\n1 .1 .1 .9 .1 .5 .9\n");
  put("labels/train/gone.txt", "0 .5 .5 .1 .1\n");
  const auto got = read(folder);
  EXPECT_EQ(got.format, "yolo");
  ASSERT_EQ(got.items.size(), 1u);
  ASSERT_EQ(got.items[0].annotations.size(), 2u);
  EXPECT_EQ(got.items[0].annotations[0].geometry, (std::vector<float>{8, 4, 4, 2}));
  EXPECT_EQ(got.items[0].annotations[1].label, "dog, big");
  EXPECT_EQ(
      got.codes,
      (Codes{{"annotation.number", 2}, {"category.unknown", 3}, {"line.damaged", 1}, {"annotation.outside", 1}, {"picture.missing", 1}}));
}

TEST_F(BadInput, XmlWithEntitiesOfItsOwnStaysSmall) {
  putPicture("JPEGImages/a.png", 20, 10);
  std::string entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c <= 'j'; ++c) {
    std::string ten;
    for (int i = 0; i < 10; ++i) ten += std::string{"&"} + static_cast<char>(c - 1) + ";";
    entities += std::string{"<!ENTITY "} + c + " \"" + ten + "\">";
  }
  entities += "<!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
  put("Annotations/a.xml",
      entities +
          "<annotation><filename>a.png</filename><size><width>20</width><height>10</height></size>"
          "<object><name>&j;&f;</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>5</xmax><ymax>5</ymax></bndbox></object></annotation>");
  const auto got = read(folder);
  ASSERT_EQ(got.items.size(), 1u);
  ASSERT_EQ(got.items[0].annotations.size(), 1u);
  EXPECT_EQ(got.items[0].annotations[0].label, "&j;&f;");
}

TEST_F(BadInput, AMillionPolygonsAreAMillionPolygons) {
  putPicture("a.png", 20, 10);
  std::string annotations;
  constexpr int count = 1'000'000;
  for (int i = 1; i <= count; ++i)
    annotations += (i > 1 ? "," : "") + std::string{R"({"id":)"} + std::to_string(i) +
                   R"(,"image_id":1,"category_id":1,"segmentation":[[1,1,5,1,5,5]],"bbox":[1,1,4,4]})";
  put("a.json", coco(annotations));
  const auto got = read(folder);
  ASSERT_EQ(got.items.size(), 1u);
  EXPECT_EQ(got.items[0].annotations.size(), static_cast<std::size_t>(count));
}

TEST_F(BadInput, DeepNestingIsNoCrash) {
  putPicture("a.png", 20, 10);
  put("instances_a.json", "{\"images\":" + std::string(200'000, '[') + std::string(200'000, ']') + ",\"annotations\":[]}");
  const auto got = read(folder, "coco");
  EXPECT_TRUE(got.error);
  std::string xml = "<annotation>";
  for (int i = 0; i < 200'000; ++i) xml += "<a>";
  put("b.xml", xml);
  const auto voc = read(folder, "voc");
  EXPECT_EQ(voc.codes.at("file.syntax"), 1);
}

/// A tar file made by hand, so that it may hold what no tar program writes.
std::string tarEntry(const std::string& name, const std::string& bytes, char type = '0', const std::string& link = {}) {
  std::string header(512, '\0');
  name.copy(header.data(), 100);
  std::snprintf(header.data() + 100, 8, "%07o", 0644);
  std::snprintf(header.data() + 124, 12, "%011zo", bytes.size());
  std::snprintf(header.data() + 136, 12, "%011o", 0);
  header[156] = type;
  link.copy(header.data() + 157, 100);
  std::string{"ustar\00000", 8}.copy(header.data() + 257, 8);
  std::fill_n(header.begin() + 148, 8, ' ');
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  std::snprintf(header.data() + 148, 8, "%06o", sum);
  return header + bytes + std::string((512 - bytes.size() % 512) % 512, '\0');
}

TEST_F(BadInput, ArchivesStayInTheirFolder) {
  const auto bytes = picture(20, 10, 3);
  put("set.tar", tarEntry("cat/a.png", bytes) + tarEntry("../up.png", bytes) + tarEntry("/tmp/pb-abs.png", bytes) +
                     tarEntry("x/../../y.png", bytes) + tarEntry("..\\back.png", bytes) + tarEntry("link.png", "", '2', "/etc/passwd") +
                     tarEntry("hard.png", "", '1', "cat/a.png") + tarEntry("dev", "", '3') + tarEntry("cat/a.png", picture(9, 9, 4)) +
                     tarEntry("dir", "", '2', "/tmp") + tarEntry("dir/z.png", bytes) + std::string(1024, '\0'));
  const auto got = read(folder / "set.tar");
  ASSERT_FALSE(got.error) << describe(*got.error);
  EXPECT_EQ(got.codes.at("entry.path"), 4);
  EXPECT_EQ(got.codes.at("entry.link"), 4);
  EXPECT_EQ(got.codes.at("entry.twice"), 1);
  ASSERT_NE(got.named("cat/a.png"), nullptr);
  EXPECT_EQ(got.named("cat/a.png")->width, 20);
  EXPECT_EQ(got.items.size(), 2u);  // And dir/z.png, in a folder of its own.
  EXPECT_FALSE(fs::exists(folder / "up.png"));
  EXPECT_FALSE(fs::exists("/tmp/pb-abs.png"));
}

TEST_F(BadInput, BombsAreGivenUp) {
  Report report;
  // 3 GB of zeros in a few megabytes, and many entries.
  auto writer = ArchiveWriter::create(folder / "bomb.zip", "bomb.zip");
  ASSERT_TRUE(writer);
  const std::string zeros(64 << 20, '\0');
  for (int i = 0; i < 6; ++i) ASSERT_TRUE((*writer)->add("zeros" + std::to_string(i), zeros));
  ASSERT_TRUE((*writer)->finish());
  const auto done = unpack(folder / "bomb.zip", folder / "out", report, {});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "archive.bomb");
  EXPECT_FALSE(fs::exists(folder / "out"));

  std::string tar;
  for (int i = 0; i < 40; ++i) tar += tarEntry("f" + std::to_string(i), "x");
  put("many.tar", tar + std::string(1024, '\0'));
  const auto many = unpack(folder / "many.tar", folder / "out2", report, {.mostEntries = 20});
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, "archive.bomb");
}

TEST_F(BadInput, ACutArchiveGivesWhatCameBefore) {
  auto tar = tarEntry("cat/a.png", picture(20, 10, 3)) + tarEntry("cat/b.png", std::string(5000, 'x'));
  tar.resize(tar.size() - 3000);
  put("cut.tar", tar);
  const auto got = read(folder / "cut.tar");
  ASSERT_EQ(got.items.size(), 1u);
  EXPECT_GE(got.codes.at("archive.cut"), 1);
  put("none.zip", "PK no archive");
  const auto none = read(folder / "none.zip");
  ASSERT_TRUE(none.error);
  EXPECT_EQ(none.error->code, "archive.unreadable");
}

TEST_F(BadInput, PreviewTakesNothing) {
  putPicture("train/cat/a.png", 20, 10, 1);
  putPicture("train/dog/b.png", 20, 10, 2);
  putPicture("test/dog/c.png", 20, 10, 3);
  const auto got = preview(folder, {});
  ASSERT_TRUE(got);
  EXPECT_EQ((*got)["format"].asText(), "folder");
  EXPECT_EQ((*got)["items"].asInt(), 3);
  EXPECT_EQ((*got)["splits"], (Value{Value::Map{{"train", 2}, {"test", 1}}}));
  EXPECT_EQ((*got)["classes"], (Value{Value::List{Value::Map{{"name", "cat"}, {"count", 1}}, Value::Map{{"name", "dog"}, {"count", 2}}}}));
  EXPECT_TRUE((*got)["complete"].asBool());
  EXPECT_EQ((*got)["sample"].asList().size(), 3u);
  const auto none = preview(folder / "nowhere", {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::NotFound);
}

/// A picture that is gone is named in the report; one that nobody can be asked for must not look like that.
TEST_F(BadInput, AnExportWhoseEngineWentAwayIsNoExportWithoutPictures) {
  const auto answering = [&](ErrorKind kind) {
    Report report;
    auto target = Target::create(folder / std::string{toString(kind)}, [kind](const Item&) -> Result<MappedFile> {
      return fail(kind, "test", TR("formats", "Stopped."), TR("formats", "Try again."));
    });
    EXPECT_TRUE(target);
    auto writer = (*formatNamed("coco"))->writer(**target, report, {.classes = {{"cat", {}}}, .splits = {Split::None}});
    EXPECT_TRUE(writer);
    Item item;
    item.id = "1";
    item.digest = digestOf("picture");
    item.paths = {"a.png"};
    const auto added = (*writer)->add(item);
    return added ? std::string{"left out"} : added.error().code;
  };
  EXPECT_EQ(answering(ErrorKind::NotFound), "left out");
  EXPECT_EQ(answering(ErrorKind::Unreachable), "test");
}

}  // namespace
}  // namespace patchbay::formats::testing
