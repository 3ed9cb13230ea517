// SPDX-License-Identifier: Apache-2.0
// Every format with annotation files against every kind of bad input: one table, so that no cell is forgotten.
#include <algorithm>
#include <cmath>
#include <functional>

#include "tests/engine/formats/format_fixture.h"

namespace patchbay::formats::testing {
namespace {

/// What goes into an annotation file: one box or outline, `times` times over, of one picture of 40 x 20.
struct Cell {
  std::string label = "cat", path = "a.png", width = "8";
  double x = 4;
  bool outline = false;
  int times = 1;
  bool pictureTwice = false;  ///< The picture, with all that is said of it, stands there a second time.
};

struct Way {
  std::string format, file, picture;
  bool outlines = false;  ///< Holds outlines at all.
  bool paths = true;      ///< Names its pictures.
  std::function<std::string(const Cell&)> text;
};

std::string repeated(const std::string& one, const std::string& between, int times) {
  std::string to;
  to.reserve(static_cast<std::size_t>(times) * (one.size() + between.size()));
  for (int i = 0; i < times; ++i) (to += i ? between : std::string{}) += one;
  return to;
}
std::string xOf(const Cell& c) { return std::to_string(static_cast<int>(c.x)); }
std::string xmlEscaped(const std::string& text) {
  std::string to;
  for (const char c : text) c == '<' ? to += "&lt;" : c == '&' ? to += "&amp;" : to += c;
  return to;
}

std::string cocoText(const Cell& c) {
  std::string annotations;
  for (int i = 0; i < c.times; ++i)
    annotations += (i ? "," : "") + std::string{R"({"id":)"} + std::to_string(i + 1) + R"(,"image_id":1,"category_id":1,)" +
                   (c.outline ? R"("segmentation":[[1,1,5,1,5,5]])" : R"("bbox":[)" + xOf(c) + ",2," + c.width + ",4]") + "}";
  const std::string image = R"({"id":1,"file_name":")" + c.path + R"(","width":40,"height":20})";
  return R"({"images":[)" + image + (c.pictureTwice ? "," + image : "") + R"(],"categories":[{"id":1,"name":")" + c.label +
         R"("}],"annotations":[)" + annotations + "]}";
}

std::string datumaroText(const Cell& c) {
  const auto shape = c.outline ? std::string{R"("type":"polygon","points":[1,1,5,1,5,5])"}
                               : R"("type":"bbox","bbox":[)" + xOf(c) + ",2," + c.width + ",4]";
  const std::string item = R"({"id":"a","annotations":[)" +
                           repeated(R"({"id":0,"attributes":{},"group":0,"label_id":0,"z_order":0,)" + shape + "}", ",", c.times) +
                           R"(],"image":{"path":")" + c.path + R"(","size":[20,40]}})";
  return R"({"dm_format_version":"1.0","infos":{},"categories":{"label":{"labels":[{"name":")" + c.label +
         R"(","parent":""}],"label_groups":[]}},"items":[)" + item + (c.pictureTwice ? "," + item : "") + "]}";
}

std::string labelStudioText(const Cell& c) {
  const auto percent = std::to_string(c.x * 2.5);
  const std::string result =
      c.outline ? R"({"type":"polygonlabels","value":{"points":[[1,1],[9,1],[9,9]],"polygonlabels":[")" + c.label + R"("]}})"
                : R"({"type":"rectanglelabels","value":{"x":)" + percent + R"(,"y":10,"width":)" + c.width +
                      R"(,"height":20,"rotation":0,"rectanglelabels":[")" + c.label + R"("]}})";
  const std::string task =
      R"({"id":1,"data":{"image":")" + c.path + R"("},"annotations":[{"result":[)" + repeated(result, ",", c.times) + "]}]}";
  return "[" + task + (c.pictureTwice ? "," + task : "") + "]";
}

std::string labelmeText(const Cell& c) {
  const std::string shape = R"({"label":")" + c.label + R"(","group_id":null,"flags":{},"shape_type":")" +
                            (c.outline ? R"(polygon","points":[[1,1],[5,1],[5,5]]})"
                                       : R"(rectangle","points":[[)" + xOf(c) + ",2],[" +
                                             (c.width == "8" ? std::to_string(static_cast<int>(c.x) + 8) : c.width) + ",6]]}");
  return R"({"version":"5.5.0","flags":{},"imagePath":")" + c.path + R"(","imageData":null,"imageHeight":20,"imageWidth":40,"shapes":[)" +
         repeated(shape, ",", c.times) + "]}";
}

std::string vocText(const Cell& c) {
  const auto right = c.width == "8" ? std::to_string(static_cast<int>(c.x) + 8) : c.width;
  return "<annotation><filename>" + c.path + "</filename><size><width>40</width><height>20</height></size>" +
         repeated("<object><name>" + xmlEscaped(c.label) + "</name><bndbox><xmin>" + xOf(c) + "</xmin><ymin>2</ymin><xmax>" + right +
                      "</xmax><ymax>6</ymax></bndbox></object>",
                  "", c.times) +
         "</annotation>";
}

std::string cvatText(const Cell& c) {
  const auto right = c.width == "8" ? std::to_string(static_cast<int>(c.x) + 8) : c.width;
  const std::string shape =
      c.outline ? "<polygon label=\"" + xmlEscaped(c.label) + "\" points=\"1,1;5,1;5,5\"></polygon>"
                : "<box label=\"" + xmlEscaped(c.label) + "\" xtl=\"" + xOf(c) + "\" ytl=\"2\" xbr=\"" + right + "\" ybr=\"6\"></box>";
  const std::string image =
      "<image id=\"0\" name=\"" + c.path + "\" width=\"40\" height=\"20\">" + repeated(shape, "", c.times) + "</image>";
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?><annotations><version>1.1</version>" + image + (c.pictureTwice ? image : "") +
         "</annotations>";
}

std::string csvText(const Cell& c) {
  const auto right = c.width == "8" ? std::to_string(static_cast<int>(c.x) + 8) : c.width;
  const auto line = c.path + "," + xOf(c) + ",2," + right + ",6,\"" + c.label + "\"\n";
  return "filename,xmin,ymin,xmax,ymax,class\n" + repeated(line, "", c.times) + (c.pictureTwice ? line : "");
}

std::string yoloText(const Cell& c) {
  // The classes are in data.yaml; see put() below.
  return repeated(c.outline ? "0 .1 .1 .3 .1 .3 .3" : "0 " + std::to_string(c.x / 40) + " .3 " + (c.width == "8" ? ".1" : c.width) + " .2",
                  "\n", c.times) +
         "\n";
}

const std::vector<Way>& ways() {
  static const std::vector<Way> all{{"coco", "instances_default.json", "a.png", true, true, cocoText},
                                    {"datumaro", "annotations/default.json", "images/default/a.png", true, true, datumaroText},
                                    {"label-studio", "tasks.json", "a.png", true, true, labelStudioText},
                                    {"labelme", "a.json", "a.png", true, true, labelmeText},
                                    {"voc", "Annotations/a.xml", "JPEGImages/a.png", false, true, vocText},
                                    {"cvat", "annotations.xml", "images/a.png", true, true, cvatText},
                                    {"csv", "labels.csv", "a.png", false, true, csvText},
                                    {"yolo", "labels/train/a.txt", "images/train/a.png", true, false, yoloText}};
  return all;
}

class Matrix : public FormatTest, public ::testing::WithParamInterface<Way> {
 protected:
  void SetUp() override {
    FormatTest::SetUp();
    putPicture("set/" + GetParam().picture, 40, 20);
    put("secret.png", picture(12, 12, 77));
  }
  Read readCell(const Cell& cell) { return readText(GetParam().text(cell), cell); }
  Read readText(const std::string& text, const Cell& cell = {}) {
    put("set/" + GetParam().file, text);
    if (GetParam().format == "yolo") put("set/data.yaml", "train: images/train\nnames: [\"" + cell.label + "\"]\n");
    auto got = read(folder / "set", GetParam().format);
    EXPECT_FALSE(got.error && got.error->kind == ErrorKind::Internal) << describe(*got.error);
    return got;
  }
  static std::size_t shapes(const Read& got) {
    std::size_t n = 0;
    for (const auto& item : got.items) n += item.annotations.size();
    return n;
  }
  static std::string told(const Read& got) {
    std::string to;
    for (const auto& [code, n] : got.codes) to += code + " " + std::to_string(n) + "; ";
    return to;
  }
};

TEST_P(Matrix, AGoodFileIsTakenWhole) {
  const auto got = readCell({.times = 3});
  ASSERT_FALSE(got.error) << describe(*got.error);
  EXPECT_EQ(got.items.size(), 1u);
  EXPECT_EQ(shapes(got), 3u);
  for (const auto& [code, n] : got.codes) EXPECT_FALSE(issueOf(code).leftOut && code != "annotation.twice") << code;
}

TEST_P(Matrix, CutOffIsToldAndNeverHalfANumber) {
  const auto whole = GetParam().text({.times = 40});
  const auto all = readText(whole);
  ASSERT_EQ(shapes(all), 40u);
  for (const auto share : {.3, .6, .9, .97}) {
    const auto got = readText(whole.substr(0, static_cast<std::size_t>(share * static_cast<double>(whole.size()))));
    EXPECT_TRUE(got.error || !got.codes.empty() || shapes(got) < 40) << share;
    EXPECT_LE(shapes(got), 40u);
  }
}

TEST_P(Matrix, AnotherEncodingIsTold) {
  const auto got = readCell({.label = "caf\xE9"});
  for (const auto& item : got.items)
    for (const auto& a : item.annotations) EXPECT_TRUE(isUtf8(a.label));
  EXPECT_TRUE(got.codes.contains("file.encoding") || got.codes.contains("label.encoding") || got.codes.contains("file.syntax"))
      << told(got);
}

TEST_P(Matrix, WhatStandsThereTwiceIsOnePicture) {
  const auto got = readCell({.times = 2, .pictureTwice = true});
  ASSERT_FALSE(got.error);
  std::vector<std::string> paths;
  for (const auto& item : got.items) paths.push_back(item.paths[0]);
  std::ranges::sort(paths);
  EXPECT_EQ(std::ranges::adjacent_find(paths), paths.end()) << "the same picture twice";
  EXPECT_GE(shapes(got), 2u);
}

TEST_P(Matrix, ABoxOutsideIsLeftOutAndOneOverTheEdgeStays) {
  auto got = readCell({.x = 60});
  EXPECT_EQ(shapes(got), 0u);
  EXPECT_EQ(got.codes["annotation.outside"], 1) << told(got);
  got = readCell({.x = 36});
  EXPECT_EQ(shapes(got), 1u);
}

TEST_P(Matrix, NumbersThatAreNoneLeaveOutTheirShape) {
  for (const std::string width : {"NaN", "nan", "Infinity", "-Infinity", "1e400", "", "eight", "0x10"}) {
    const auto got = readCell({.width = width});
    EXPECT_EQ(shapes(got), 0u) << width;
    EXPECT_TRUE(got.error || std::ranges::any_of(got.codes, [](const auto& one) { return issueOf(one.first).leftOut; }))
        << width << ": " << told(got);
  }
}

TEST_P(Matrix, MarkupIsText) {
  const std::string label = "<img src=x onerror=alert(1)>&";
  const auto got = readCell({.label = label});
  ASSERT_EQ(shapes(got), 1u) << told(got);
  EXPECT_EQ(got.items[0].annotations[0].label, label);
}

TEST_P(Matrix, PathsLeadNowhereElse) {
  if (!GetParam().paths) return;
  const auto secret = digestOf(picture(12, 12, 77));
  for (const std::string& path : {(folder / "secret.png").native(), std::string{"../secret.png"}, std::string{"x/../../secret.png"},
                                  std::string{"../../set/../secret.png"}, std::string{"file:///etc/passwd"}, std::string{"/etc/passwd"}}) {
    const auto got = readCell({.path = path});
    for (const auto& item : got.items) {
      EXPECT_NE(item.digest, secret) << path;
      EXPECT_EQ(item.paths[0].find(".."), std::string::npos) << path;
      EXPECT_FALSE(fs::path{item.paths[0]}.is_absolute()) << path;
    }
  }
}

TEST_P(Matrix, AMillionOutlinesAreAMillion) {
  constexpr int count = 1'000'000;
  const auto got = readCell({.outline = GetParam().outlines, .times = count});
  ASSERT_FALSE(got.error) << describe(*got.error);
  EXPECT_EQ(got.items.size(), 1u);
  EXPECT_EQ(shapes(got), static_cast<std::size_t>(count)) << told(got);
}

TEST_P(Matrix, BytesOfChanceAreToldNotTaken) {
  std::mt19937 random{5};
  const auto whole = GetParam().text({.times = 20});
  for (int round = 0; round < 60; ++round) {
    auto text = whole;
    for (int i = 0; i < 1 + round / 4; ++i) text[random() % text.size()] = static_cast<char>(random());
    for (const auto& item : readText(text).items)
      for (const auto& a : item.annotations) {
        EXPECT_TRUE(isUtf8(a.label));
        for (const float v : a.geometry) EXPECT_TRUE(std::isfinite(v));
      }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Matrix, ::testing::ValuesIn(ways()), [](const auto& one) {
  auto name = one.param.format;
  std::erase(name, '-');
  return name;
});

/// Only these have classes with parents.
TEST_F(FormatTest, CirclesOfClassesAreOpened) {
  putPicture("d/images/default/a.png", 40, 20);
  put("d/annotations/default.json",
      R"({"dm_format_version":"1.0","infos":{},"categories":{"label":{"labels":[{"name":"a","parent":"b"},{"name":"b","parent":"c"},)"
      R"({"name":"c","parent":"a"},{"name":"d","parent":"a"}]}},"items":[{"id":"a","annotations":[],"image":{"path":"a.png"}}]})");
  auto got = read(folder / "d", "datumaro");
  EXPECT_EQ(got.classes.size(), 4u);
  EXPECT_GE(got.codes["category.cycle"], 1);
  std::map<std::string, std::string> parents;
  for (const auto& one : got.classes) parents[one.name] = one.attributes["supercategory"].asText();
  std::string at = "a";
  for (int i = 0; i < 10 && !at.empty(); ++i) at = parents[at];
  EXPECT_TRUE(at.empty());
}

}  // namespace
}  // namespace patchbay::formats::testing
