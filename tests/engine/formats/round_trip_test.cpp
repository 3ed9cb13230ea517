// SPDX-License-Identifier: Apache-2.0
// Generated data sets with every kind of annotation through each format and back: what returns, and what the report of the
// export names, is what went in.
#include <algorithm>
#include <cmath>

#include "tests/engine/formats/format_fixture.h"

namespace patchbay::formats::testing {
namespace {

struct Made {
  std::vector<Item> items;
  Facts facts;
  std::map<Digest, std::string> pictures;
};

class Maker {
 public:
  explicit Maker(unsigned seed) : random_{seed} {}

  Made make() {
    Made made;
    static const std::vector<std::string> names{"cat",       "<script>alert(1)</script>",
                                                "\u732b",    "a/b",
                                                "two words", "=1+1",
                                                "quote\"d",  "semi;co,lon:",
                                                "unlabeled", "train",
                                                "good",      "%41",
                                                "new\nline"};
    for (const auto& name : names)
      if (chance(.5)) made.facts.classes.push_back({name, {}});
    if (made.facts.classes.empty()) made.facts.classes.push_back({"cat", {}});
    const bool parts = chance(.6);
    const auto count = 1 + random_() % 8;
    for (unsigned i = 0; i < count; ++i) {
      Item item;
      item.width = static_cast<int>(16 + random_() % 40);
      item.height = static_cast<int>(16 + random_() % 40);
      const auto bytes = picture(item.width, item.height);
      item.digest = digestOf(bytes);
      item.size = static_cast<std::int64_t>(bytes.size());
      made.pictures[item.digest] = bytes;
      static const std::vector<std::string> folders{"", "deep/er/", "images/", "train/", "\u00e9t\u00e9/"};
      item.paths = {folders[random_() % folders.size()] + "p " + std::to_string(i) + (chance(.2) ? "<b>&.png" : ".png")};
      item.id = makeItemId(item.paths[0], item.digest);
      if (parts) item.split = static_cast<Split>(random_() % 4);
      if (chance(.3)) item.group = "part " + std::to_string(random_() % 3);
      for (auto n = random_() % 7; n > 0; --n) item.annotations.push_back(annotation(item, made.facts.classes));
      made.facts.splits.insert(item.split);
      made.items.push_back(std::move(item));
    }
    return made;
  }

 private:
  bool chance(double p) { return std::uniform_real_distribution{}(random_) < p; }
  float eighth(float from, float to) { return std::round(std::uniform_real_distribution<float>{from, to}(random_)*8) / 8; }
  std::string picture(int width, int height) {
    Bitmap bitmap{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height))};
    for (auto& pixel : bitmap.pixels) pixel = static_cast<std::uint8_t>(random_() % 2);
    return writeMaskPng(bitmap);
  }

  std::vector<float> ring(const Item& item, std::size_t corners) {
    std::vector<float> to;
    for (std::size_t i = 0; i < corners; ++i)
      to.insert(to.end(), {eighth(0, static_cast<float>(item.width)), eighth(0, static_cast<float>(item.height))});
    return to;
  }

  Annotation annotation(const Item& item, const std::vector<ClassInfo>& classes) {
    Annotation a;
    a.kind = static_cast<AnnotationKind>(random_() % 8);
    a.label = classes[random_() % classes.size()].name;
    a.author = chance(.3) ? "person:ann" : "import";
    if (chance(.3)) a.score = a.kind == AnnotationKind::Class && chance(.3) ? 0 : .25 + .125 * static_cast<double>(random_() % 6);
    const auto w = static_cast<float>(item.width), h = static_cast<float>(item.height);
    const float bw = eighth(2, w / 2), bh = eighth(2, h / 2);
    switch (a.kind) {
      case AnnotationKind::Box:
        a.geometry = {eighth(0, w - bw), eighth(0, h - bh), bw, bh};
        break;
      case AnnotationKind::RotatedBox:
        a.geometry = {eighth(w / 4, w * 3 / 4), eighth(h / 4, h * 3 / 4), bw, bh, chance(.1) ? 0 : eighth(-170, 170)};
        break;
      case AnnotationKind::Polygon: {
        std::vector<std::vector<float>> rings{ring(item, 3 + random_() % 6)};
        if (chance(.3)) rings = {{1, 1, 14, 1, 14, 14, 1, 14}, {4, 4, 9, 4, 9, 9}};
        a.geometry = polygonOf(rings);
        break;
      }
      case AnnotationKind::Mask: {
        Bitmap bitmap{item.width, item.height, std::vector<std::uint8_t>(static_cast<std::size_t>(item.width * item.height))};
        fillPolygon(bitmap, polygonOf(std::vector<std::vector<float>>{{2, 2, 12, 3, 10, 13}}), 1);
        for (int i = 0; i < 20; ++i) bitmap.pixels[random_() % bitmap.pixels.size()] ^= 1;
        a.text = textOfRuns(runsOf(bitmap, 1));
        break;
      }
      case AnnotationKind::Points:
        for (std::size_t n = chance(.5) ? 1 : 4; n > 0; --n) {
          const float seen = chance(.5) ? 2 : static_cast<float>(random_() % 3);
          a.geometry.insert(a.geometry.end(), {seen == 0 ? 0 : eighth(0, w - 1), seen == 0 ? 0 : eighth(0, h - 1), seen});
        }
        break;
      case AnnotationKind::Text:
        a.text = "a <i>caption</i>, \"so\" to\nsay";
        if (chance(.7)) a.label.clear();
        break;
      case AnnotationKind::Number:
        a.label = "weight";
        a.score = 12.5 * static_cast<double>(random_() % 9);
        break;
      default:
        break;
    }
    Attributes attributes;
    if (chance(.2)) putAttribute(attributes, "occluded", "1");
    if (chance(.2)) putAttribute(attributes, "iscrowd", "1");
    if (chance(.2)) putAttribute(attributes, "colour", "red & <blue>");
    if (chance(.1)) putAttribute(attributes, "note", "1st line\n2nd=%0A line");
    if (chance(.2)) putAttribute(attributes, "count", std::to_string(random_() % 9));
    if (chance(.4)) putAttribute(attributes, "group", std::to_string(1 + random_() % 2));
    if (a.kind == AnnotationKind::Points && chance(.3)) attributes = polylineAttributes(std::move(attributes));
    if (a.kind != AnnotationKind::Number) setAttributes(a, attributes);
    return a;
  }

  std::mt19937 random_;
};

/// Compared as far as the report says that it was kept.
struct Kept {
  std::map<std::string, std::int64_t> codes;
  bool lost(const std::string& what) const { return codes.contains("lost." + what); }

  Annotation of(Annotation a) const {
    if (lost("score") && a.kind != AnnotationKind::Number) a.score = 1;
    if (lost("author")) a.author = "import";
    if (lost("attribute")) setAttributes(a, {});
    if (lost("label")) a.label.clear();
    return a;
  }
  bool same(const Annotation& left, const Annotation& right) const {
    const auto a = of(left), b = of(right);
    if (a.kind != b.kind || a.label != b.label || a.author != b.author || a.text != b.text || std::abs(a.score - b.score) > 1e-9)
      return false;
    if (a.geometry.size() != b.geometry.size()) return false;
    for (std::size_t i = 0; i < a.geometry.size(); ++i) {
      auto gap = std::abs(a.geometry[i] - b.geometry[i]);
      if (a.kind == AnnotationKind::RotatedBox && i == 4) gap = std::min(gap, std::abs(gap - 360));
      if (gap > 2e-3F) return false;
    }
    return true;
  }
};

std::string shown(const Annotation& a) {
  std::string to = std::string{kindName(a.kind)} + " \"" + a.label + "\" " + std::to_string(a.score) + " " + a.author + " [";
  for (const float v : a.geometry) to += std::to_string(v) + " ";
  return to + "] " + a.text.substr(0, 200);
}

class RoundTrip : public FormatTest, public ::testing::WithParamInterface<const Format*> {
 protected:
  void check(unsigned seed, const std::string& targetName) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto made = Maker{seed}.make();
    Report report;
    auto target = Target::create(folder / targetName, [&](const Item& item) {
      fs::path path = put("pictures/" + item.digest.hex(), made.pictures.at(item.digest));
      return MappedFile::open(path);
    });
    ASSERT_TRUE(target) << describe(target.error());
    auto writer = GetParam()->writer(**target, report, made.facts);
    ASSERT_TRUE(writer);
    for (const auto& item : made.items) {
      const auto written = (*writer)->add(item);
      ASSERT_TRUE(written) << describe(written.error());
    }
    ASSERT_TRUE((*writer)->finish());
    ASSERT_TRUE((*target)->finish());
    const auto back = read(folder / targetName, std::string{GetParam()->info().id});
    ASSERT_FALSE(back.error) << describe(*back.error);
    compare(made, back, {codesOf(report.toValue())});
  }

  void compare(const Made& made, const Read& back, const Kept& kept) {
    std::map<Digest, const Item*> returned;
    for (const auto& item : back.items) returned[item.digest] = &item;
    ASSERT_EQ(returned.size(), made.items.size());
    std::map<std::string, std::int64_t> lost, added;
    for (const auto& item : made.items) {
      ASSERT_TRUE(returned.contains(item.digest)) << item.paths[0];
      const auto& other = *returned[item.digest];
      EXPECT_EQ(other.width, item.width);
      EXPECT_EQ(other.height, item.height);
      EXPECT_TRUE(kept.lost("path") || other.paths == item.paths) << other.paths[0] << " was " << item.paths[0];
      EXPECT_TRUE(kept.lost("group") || other.group == item.group) << other.group << " was " << item.group;
      EXPECT_TRUE(kept.lost("split") || kept.codes.contains("added.split") || other.split == item.split) << item.paths[0];
      std::vector<const Annotation*> rest;
      for (const auto& a : other.annotations) rest.push_back(&a);
      for (const auto& a : item.annotations) {
        const auto at = std::ranges::find_if(rest, [&](const auto* b) { return kept.same(a, *b); });
        if (at != rest.end()) {
          rest.erase(at);
          continue;
        }
        ++lost["lost.annotation:" + std::string{kindName(a.kind)}];
        missing_ += "\n  gone: " + shown(a);
      }
      for (const auto* b : rest) {
        ++added["added.annotation:" + std::string{kindName(b->kind)}];
        missing_ += "\n  new:  " + shown(*b);
      }
    }
    const auto told = [&](const std::string& code) {
      const auto at = kept.codes.find(code);
      return at == kept.codes.end() ? 0 : at->second;
    };
    for (int k = 0; k < 8; ++k) {
      const std::string kind{kindName(static_cast<AnnotationKind>(k))};
      const auto gone = lost["lost.annotation:" + kind], fresh = added["added.annotation:" + kind];
      // What was lost and what was added instead may look alike, where names were lost too.
      EXPECT_EQ(gone - fresh, told("lost.annotation:" + kind) - told("added.annotation:" + kind)) << kind << missing_;
      EXPECT_LE(gone, told("lost.annotation:" + kind)) << kind << missing_;
    }
    if (!kept.lost("classes") && !kept.lost("order") && !kept.lost("label")) {
      std::vector<std::string> before, after;
      for (const auto& one : made.facts.classes) before.push_back(one.name);
      for (const auto& one : back.classes) after.push_back(one.name);
      EXPECT_EQ(after, before);
    }
    for (const auto& [code, n] : back.codes) EXPECT_FALSE(issueOf(code).leftOut) << code << " " << n << " after our own export";
  }
  std::string missing_;
};

TEST_P(RoundTrip, GivesBackWhatTheReportDoesNotName) {
  for (unsigned seed = 1; seed <= 60 && !HasFailure(); ++seed) check(seed, "out" + std::to_string(seed));
}

TEST_P(RoundTrip, ThroughAnArchive) {
  check(1001, "out.zip");
  check(1002, "out.tar.gz");
}

TEST_P(RoundTrip, TellsItsOwnFilesFromAllOthers) {
  check(7, "own");
  Report report;
  const auto source = Source::open(folder / "own", report, {});
  ASSERT_TRUE(source);
  const auto found = detectFormats(*source);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().first->info().id, GetParam()->info().id);
}

/// Cut anywhere, the files give an error or a report, never a crash, and what is before the cut is no reason to lose the rest.
TEST_P(RoundTrip, CutAnywhereIsToldAndNothingElse) {
  check(11, "whole");
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator{folder / "whole"})
    if (entry.is_regular_file() && !isPictureName(entry.path().native())) files.push_back(entry.path());
  for (const auto& file : files) {
    const auto whole = *readFile(file);
    for (const auto share : {.0, .1, .37, .5, .8, .99}) {
      std::ofstream{file, std::ios::binary | std::ios::trunc}.write(
          whole.data(), static_cast<std::streamsize>(share * static_cast<double>(whole.size())));
      const auto back = read(folder / "whole", std::string{GetParam()->info().id});
      EXPECT_TRUE(!back.error || back.error->kind != ErrorKind::Internal) << describe(*back.error);
    }
    std::ofstream{file, std::ios::binary | std::ios::trunc} << whole;
  }
}

INSTANTIATE_TEST_SUITE_P(All, RoundTrip, ::testing::ValuesIn(allFormats().begin(), allFormats().end()), [](const auto& one) {
  std::string name{one.param->info().id};
  std::erase(name, '-');
  return name;
});

}  // namespace
}  // namespace patchbay::formats::testing
