// SPDX-License-Identifier: Apache-2.0
// What other tools write and we do not: read as they mean it.
#include <algorithm>

#include "engine/formats/brush_runs.h"
#include "tests/engine/formats/format_fixture.h"

namespace patchbay::formats::testing {
namespace {

using Codes = std::map<std::string, std::int64_t>;
using Foreign = FormatTest;

/// Pixels of the mask that are set.
std::size_t area(const Item& item, const Annotation& mask) {
  const auto runs = runsOf(runsTextOf(mask), static_cast<std::uint64_t>(item.width) * static_cast<std::uint64_t>(item.height));
  std::size_t sum = 0;
  for (std::size_t i = 1; runs && i < runs->size(); i += 2) sum += (*runs)[i];
  return sum;
}

std::string listOf(const std::vector<std::uint8_t>& bytes) {
  std::string to;
  for (const auto one : bytes) to += (to.empty() ? "" : ",") + std::to_string(one);
  return '[' + to + ']';
}

TEST(BrushRuns, AreTheBytesThatLabelStudioMakes) {
  // encode_rle of label-studio-converter 0.0.59 for 4 x 2 pixels, of which the first and the last three are set.
  Bitmap bitmap{4, 2, {1, 0, 0, 0, 0, 1, 1, 1}};
  const std::vector<std::uint8_t> theirs = {0, 0, 0, 32, 57, 27, 252, 127, 247, 192, 45, 255, 128};
  const auto read = unpackBrush(theirs, 4, 2);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->pixels, bitmap.pixels);
  EXPECT_EQ(packBrush(bitmap), theirs);
}

TEST(BrushRuns, ReturnWhateverWentInAndRefuseTheRest) {
  std::mt19937 random{3};
  for (int round = 0; round < 200; ++round) {
    Bitmap bitmap{static_cast<int>(1 + random() % 300), static_cast<int>(1 + random() % 300), {}};
    bitmap.pixels.resize(static_cast<std::size_t>(bitmap.width * bitmap.height));
    for (std::size_t at = 0; at < bitmap.pixels.size();) {
      const auto length = std::min<std::size_t>(bitmap.pixels.size() - at, 1 + random() % (round % 2 ? 3 : 40'000));
      std::fill_n(bitmap.pixels.begin() + static_cast<std::ptrdiff_t>(at), length, static_cast<std::uint8_t>(random() % 2));
      at += length;
    }
    auto packed = packBrush(bitmap);
    const auto back = unpackBrush(packed, bitmap.width, bitmap.height);
    ASSERT_TRUE(back);
    ASSERT_EQ(back->pixels, bitmap.pixels);
    EXPECT_FALSE(unpackBrush(packed, bitmap.width + 1, bitmap.height));
    packed.resize(packed.size() - 2);
    EXPECT_FALSE(unpackBrush(packed, bitmap.width, bitmap.height));
  }
}

TEST_F(Foreign, LabelStudioBrushesAndEllipses) {
  putPicture("a.png", 20, 10);
  Bitmap bitmap{20, 10, std::vector<std::uint8_t>(200, 0)};
  for (int i = 30; i < 50; ++i) bitmap.pixels[static_cast<std::size_t>(i)] = 1;
  put("tasks.json",
      R"([{"id":1,"data":{"image":"a.png"},"annotations":[{"result":[)"
      R"({"type":"brushlabels","original_width":20,"original_height":10,"value":{"format":"rle","rle":)" +
          listOf(packBrush(bitmap)) +
          R"(,"brushlabels":["scratch"]}},)"
          R"({"type":"brushlabels","value":{"format":"rle","rle":[1,2,3],"brushlabels":["scratch"]}},)"
          R"({"type":"ellipselabels","value":{"x":50,"y":50,"radiusX":20,"radiusY":30,"rotation":0,"ellipselabels":["hole"]}}]}]}])");
  const auto got = read(folder);
  EXPECT_EQ(got.format, "label-studio");
  ASSERT_EQ(got.items.size(), 1u);
  ASSERT_EQ(got.items[0].annotations.size(), 2u);
  const auto& mask = got.items[0].annotations[0];
  EXPECT_EQ(mask.kind, AnnotationKind::Mask);
  EXPECT_EQ(mask.label, "scratch");
  EXPECT_EQ(area(got.items[0], mask), 20u);
  const auto bounds = boundsOf(got.items[0].annotations[1]);
  ASSERT_TRUE(bounds);
  EXPECT_NEAR((*bounds)[0], 6, .01);
  EXPECT_NEAR((*bounds)[1], 2, .01);
  EXPECT_NEAR((*bounds)[2], 8, .01);
  EXPECT_NEAR((*bounds)[3], 6, .01);
  EXPECT_EQ(got.codes, (Codes{{"annotation.mask", 1}, {"annotation.approximated", 1}}));
}

TEST_F(Foreign, LabelStudioMinimal) {
  putPicture("a.png", 20, 10);
  putPicture("b.png", 20, 10, 2);
  const std::string tasks =
      R"([{"image":"/data/upload/1/12345678-a.png","id":1,"choice":"cat","caption":"a cat","quality":4,)"
      R"("label":[{"x":10,"y":20,"width":50,"height":40,"rotation":0,"rectanglelabels":["head"],"original_width":20,"original_height":10}],)"
      R"("annotator":7,"annotation_id":1,"created_at":"2024-01-01","updated_at":"2024-01-01","lead_time":3.5},)"
      R"({"image":"/data/upload/1/12345678-b.png","id":2,"choice":{"choices":["cat","dog"]},"odd":"column",)"
      R"("spots":[{"x":50,"y":50,"width":0.5,"keypointlabels":["eye"]},{"points":[[0,0],[50,0],[50,50]],"polygonlabels":["head"]}],)"
      R"("annotator":7,"annotation_id":2,"created_at":"x","updated_at":"x","lead_time":1}])";
  put("project.json", tasks);
  auto got = read(folder);
  EXPECT_EQ(got.format, "label-studio");
  ASSERT_EQ(got.items.size(), 2u);
  const auto* a = got.named("a.png");
  const auto* b = got.named("b.png");
  ASSERT_TRUE(a && b);
  ASSERT_EQ(a->annotations.size(), 3u);
  EXPECT_EQ(a->annotations[0], (Annotation{.label = "cat", .author = "person:7"}));
  EXPECT_EQ(a->annotations[1].text, "a cat");
  EXPECT_EQ(a->annotations[2].geometry, (std::vector<float>{2, 2, 10, 4}));
  ASSERT_EQ(b->annotations.size(), 4u);
  EXPECT_EQ(b->annotations[1].label, "dog");
  EXPECT_EQ(b->annotations[2].geometry, (std::vector<float>{10, 5, 2}));
  EXPECT_EQ(b->annotations[3].kind, AnnotationKind::Polygon);
  EXPECT_EQ(got.codes, (Codes{{"field.unread", 2}})) << "quality is told apart only by the interface, odd never";
  put("label_config.xml", R"(<View><Image name="image" value="$image"/><Rating name="quality" toName="image"/></View>)");
  got = read(folder);
  a = got.named("a.png");
  ASSERT_EQ(a->annotations.size(), 4u);
  EXPECT_EQ(a->annotations[2].kind, AnnotationKind::Number);
  EXPECT_EQ(a->annotations[2].score, 4);
}

TEST_F(Foreign, CvatVideo) {
  for (int frame = 0; frame < 6; ++frame)
    putPicture("images/frame_00000" + std::to_string(frame) + ".png", 40, 20, static_cast<unsigned>(frame));
  put("annotations.xml", R"(<?xml version="1.0"?><annotations><version>1.1</version><meta><task><size>6</size>
<original_size><width>40</width><height>20</height></original_size><labels><label><name>car</name></label></labels></task></meta>
<track id="3" label="car" source="manual">
<box frame="0" outside="0" occluded="1" keyframe="1" xtl="0" ytl="0" xbr="10" ybr="10" z_order="0"></box>
<box frame="4" outside="0" occluded="0" keyframe="1" xtl="20" ytl="8" xbr="30" ybr="18" z_order="0"><attribute name="colour">red</attribute></box>
<box frame="5" outside="1" occluded="0" keyframe="1" xtl="20" ytl="8" xbr="30" ybr="18" z_order="0"></box></track>
<track id="4" label="lane" source="manual">
<polyline frame="1" outside="0" occluded="0" keyframe="1" points="1,1;5,5;9,2" z_order="0"></polyline>
<ellipse frame="2" outside="0" occluded="0" keyframe="1" cx="20" cy="10" rx="5" ry="4" z_order="0"></ellipse>
<polygon frame="-2" points="1,1"/><polygon frame="9" outside="0" points="1,1;5,5;9,2"/></track></annotations>)");
  const auto got = read(folder);
  EXPECT_EQ(got.format, "cvat");
  ASSERT_EQ(got.items.size(), 6u);
  const auto* between = got.named("frame_000002.png");
  ASSERT_TRUE(between);
  ASSERT_EQ(between->annotations.size(), 2u);
  EXPECT_EQ(between->annotations[0].geometry, (std::vector<float>{10, 4, 10, 10}));
  EXPECT_EQ(attributeOf(between->annotations[0], "track_id"), "3");
  EXPECT_EQ(between->annotations[1].kind, AnnotationKind::Polygon);
  const auto* lane = got.named("frame_000001.png");
  ASSERT_EQ(lane->annotations.size(), 2u);
  EXPECT_TRUE(isPolyline(lane->annotations[1]));
  EXPECT_EQ(attributeOf(got.named("frame_000004.png")->annotations[0], "colour"), "red");
  EXPECT_EQ(got.named("frame_000005.png")->annotations.size(), 1u) << "the car is gone, the ellipse is where it was until frame 9";
  EXPECT_EQ(got.codes.at("picture.missing"), 1);
  EXPECT_EQ(got.codes.at("annotation.shape"), 1);
}

TEST_F(Foreign, DatumaroLinesAndEllipses) {
  putPicture("images/train/a.png", 20, 10);
  put("annotations/train.json",
      R"({"dm_format_version":"1.0","infos":{},"categories":{"label":{"labels":[{"name":"cat","parent":"","attributes":[]}]}},)"
      R"("items":[{"id":"a","annotations":[)"
      R"({"id":0,"type":"polyline","attributes":{},"group":0,"label_id":0,"points":[1,1,5,5,9,2],"z_order":0},)"
      R"({"id":1,"type":"ellipse","attributes":{},"group":0,"label_id":0,"points":[2,2,12,8],"z_order":0},)"
      R"({"id":2,"type":"ellipse","attributes":{},"group":0,"label_id":0,"points":[2,2,2,8],"z_order":0}],)"
      R"("image":{"path":"a.png","size":[10,20]}}]})");
  const auto got = read(folder);
  ASSERT_EQ(got.items.size(), 1u);
  ASSERT_EQ(got.items[0].annotations.size(), 2u);
  EXPECT_TRUE(isPolyline(got.items[0].annotations[0]));
  EXPECT_NEAR((*boundsOf(got.items[0].annotations[1]))[2], 10, .01);
  EXPECT_EQ(got.codes, (Codes{{"annotation.shape", 1}, {"annotation.approximated", 1}}));
}

TEST_F(Foreign, LabelmeLinesAndCircles) {
  putPicture("a.png", 20, 10);
  put("a.json", R"({"version":"5.5.0","flags":{},"imagePath":"a.png","imageData":null,"imageHeight":10,"imageWidth":20,"shapes":[)"
                R"({"label":"edge","points":[[1,1],[5,5]],"group_id":null,"shape_type":"line","flags":{}},)"
                R"({"label":"edge","points":[[1,1],[5,5],[9,2]],"group_id":null,"shape_type":"linestrip","flags":{}},)"
                R"({"label":"hole","points":[[10,5],[13,5]],"group_id":null,"shape_type":"circle","flags":{}},)"
                R"({"label":"hole","points":[[10,5],[10,5]],"group_id":null,"shape_type":"circle","flags":{}}]})");
  const auto got = read(folder);
  ASSERT_EQ(got.items.size(), 1u);
  ASSERT_EQ(got.items[0].annotations.size(), 3u);
  EXPECT_TRUE(isPolyline(got.items[0].annotations[0]));
  EXPECT_TRUE(isPolyline(got.items[0].annotations[1]));
  const auto around = *boundsOf(got.items[0].annotations[2]);
  EXPECT_NEAR(around[0], 7, .01);
  EXPECT_NEAR(around[3], 6, .01);
  EXPECT_EQ(got.codes.at("annotation.shape"), 1);
}

TEST_F(Foreign, CocoPanoptic) {
  putPicture("images/a.jpg.png", 4, 2);
  // Palette indices are numbers too: 1 1 2 2 / 1 0 2 7.
  put("annotations/panoptic_val/a_segments.png", writeIndexPng({4, 2, {1, 1, 2, 2, 1, 0, 2, 7}}));
  const std::string categories = R"("categories":[{"id":1,"name":"cat","isthing":1},{"id":5,"name":"sky","isthing":0}])";
  const std::string images = R"("images":[{"id":9,"file_name":"a.jpg.png","width":4,"height":2}])";
  put("annotations/panoptic_val.json",
      "{" + images + "," + categories +
          R"(,"annotations":[{"image_id":9,"file_name":"a_segments.png","segments_info":[)"
          R"({"id":1,"category_id":1,"area":3,"bbox":[0,0,2,2],"iscrowd":1},{"id":2,"category_id":5,"area":3,"bbox":[2,0,2,2],"iscrowd":0},)"
          R"({"id":3,"category_id":5},{"id":7,"category_id":77}]}]})");
  auto got = read(folder);
  EXPECT_EQ(got.format, "coco");
  ASSERT_EQ(got.items.size(), 1u);
  ASSERT_EQ(got.items[0].annotations.size(), 2u);
  EXPECT_EQ(got.items[0].annotations[0].label, "cat");
  EXPECT_EQ(runsTextOf(got.items[0].annotations[0]), "0 3 5");
  EXPECT_EQ(attributeOf(got.items[0].annotations[0], "iscrowd"), "1");
  EXPECT_EQ(runsTextOf(got.items[0].annotations[1]), "4 3 1");
  EXPECT_EQ(got.items[0].split, Split::Validation);
  EXPECT_EQ(got.codes, (Codes{{"annotation.empty", 1}, {"category.unknown", 1}}));
  // Instances name the things, so that only what is none is taken from here.
  put("annotations/instances_val.json",
      "{" + images + "," + categories +
          R"(,"annotations":[{"id":1,"image_id":9,"category_id":1,"bbox":[0,0,2,2]},)"
          R"({"id":2,"image_id":9,"category_id":5,"segmentation":{"counts":[4,3,1],"size":[2,4]},"bbox":[2,0,2,2]}]})");
  got = read(folder);
  ASSERT_EQ(got.items.size(), 1u);
  ASSERT_EQ(got.items[0].annotations.size(), 2u);
  EXPECT_EQ(got.items[0].annotations[0].kind, AnnotationKind::Box);
  EXPECT_EQ(got.items[0].annotations[1].label, "sky");
}

TEST_F(Foreign, VocListsOfClasses) {
  for (unsigned i = 1; i <= 3; ++i) putPicture("JPEGImages/p" + std::to_string(i) + ".png", 20, 10, i);
  put("ImageSets/Main/train.txt", "p1\np2\n");
  put("ImageSets/Main/val.txt", "p3\n");
  put("ImageSets/Main/cat_train.txt", "p1  1\np2 -1\n");
  put("ImageSets/Main/cat_val.txt", "p3  0\n");
  put("ImageSets/Main/dog_trainval.txt", "p1  1\np2  1\np3 -1\n");
  auto got = read(folder);
  EXPECT_EQ(got.format, "voc");
  ASSERT_EQ(got.items.size(), 3u);
  EXPECT_EQ(got.named("p1.png")->annotations.size(), 2u);
  ASSERT_EQ(got.named("p2.png")->annotations.size(), 1u);
  EXPECT_EQ(got.named("p2.png")->annotations[0].label, "dog");
  ASSERT_EQ(got.named("p3.png")->annotations.size(), 1u);
  EXPECT_EQ(attributeOf(got.named("p3.png")->annotations[0], "difficult"), "1");
  EXPECT_EQ(got.named("p3.png")->split, Split::Validation);
  // An object of the class says more than the list does.
  put("Annotations/p1.xml",
      "<annotation><filename>p1.png</filename><size><width>20</width><height>10</height></size><object><name>cat</name>"
      "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>5</xmax><ymax>5</ymax></bndbox></object></annotation>");
  got = read(folder);
  ASSERT_EQ(got.named("p1.png")->annotations.size(), 2u);
  EXPECT_EQ(got.named("p1.png")->annotations[0].kind, AnnotationKind::Box);
  EXPECT_EQ(got.named("p1.png")->annotations[1].label, "dog");
}

TEST_F(Foreign, MvtecNamesThatWouldMeetInOneFolder) {
  // The same name in two parts, a name like that of a mask, and two classes whose folders would be called alike.
  const std::string bytes = picture(8, 8, 1);
  const auto whole = polygonOf(std::vector<std::vector<float>>{{1, 1, 7, 1, 7, 7, 1, 7}});
  std::vector<Item> items;
  const auto add = [&](const std::string& path, const std::string& label, Split split, bool masked) {
    Item item;
    item.paths = {path};
    item.width = item.height = 8;
    const auto own = picture(8, 8, static_cast<unsigned>(items.size()) + 1);
    item.digest = digestOf(own);
    put("pictures/" + item.digest.hex(), own);
    item.id = makeItemId(path, item.digest);
    item.split = split;
    item.annotations.push_back({.label = label, .author = "import"});
    if (masked) item.annotations.push_back({.kind = AnnotationKind::Polygon, .label = label, .geometry = whole, .author = "import"});
    items.push_back(item);
  };
  add("test/a.png", "a/b", Split::Test, true);
  add("train/a.png", "a/b", Split::Train, true);
  add("test/a_mask.png", "a/b", Split::Test, false);
  add("test/x.png", "a_b", Split::Test, true);
  Report report;
  auto target = Target::create(folder / "out", [&](const Item& item) { return MappedFile::open(folder / "pictures" / item.digest.hex()); });
  ASSERT_TRUE(target);
  auto writer = mvtecFormat().writer(**target, report, {{{"a/b", {}}, {"a_b", {}}}, {Split::Train, Split::Test}});
  ASSERT_TRUE(writer);
  for (const auto& item : items) {
    const auto added = (*writer)->add(item);
    ASSERT_TRUE(added) << describe(added.error());
  }
  ASSERT_TRUE((*writer)->finish());
  ASSERT_TRUE((*target)->finish());
  const auto back = read(folder / "out");
  EXPECT_EQ(back.format, "mvtec");
  ASSERT_EQ(back.items.size(), items.size());
  EXPECT_EQ(back.classes.size(), 2u);
  for (const auto& item : items) {
    const auto at = std::ranges::find(back.items, item.digest, &Item::digest);
    ASSERT_NE(at, back.items.end());
    EXPECT_EQ(at->annotations.size(), item.annotations.size()) << item.paths[0];
    EXPECT_EQ(at->split, item.split);
  }
  EXPECT_EQ(codesOf(report.toValue()).at("lost.label"), 4);
}

}  // namespace
}  // namespace patchbay::formats::testing
