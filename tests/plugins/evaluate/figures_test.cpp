// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/learn/label_report.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

std::size_t countOf(const std::string& text, std::string_view what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

struct Figures : ::testing::Test {
  /// Of 12 pictures, most of them right.
  void give(std::size_t k, Value classes) {
    std::vector<std::int32_t> truth;
    learn::Matrix p(12, k, .1f);
    for (std::size_t i = 0; i < 12; ++i) {
      truth.push_back(static_cast<std::int32_t>(i % k));
      p(i, i < 2 ? (i + 1) % k : i % k) = 1.f - .1f * static_cast<float>(k - 1);
    }
    Report r;
    r.body = learn::toValue(must(learn::evaluateClassification(truth, p)));
    r.body["classes"] = std::move(classes);
    block.clearInputs().input<Report>("report", r);
  }
  std::string draw(const char* which) {
    block.set("which", which);
    if (!block.run()) return "";
    const auto figure = must(block.output<Figure>("figure"));
    EXPECT_EQ(figure.format, "svg");
    EXPECT_FALSE(figure.title.empty());
    return figure.bytes;
  }
  BlockHarness block{"patchbay.evaluate.figures"};
};

TEST_F(Figures, EveryKindOfTwoClasses) {
  give(2, Value::List{"good", "bad"});
  const auto matrix = draw("confusion");
  EXPECT_EQ(countOf(matrix, "good"), 2u) << "a row and a column";
  EXPECT_EQ(countOf(matrix, ">5</text>"), 2u) << "five of each right";
  EXPECT_EQ(countOf(matrix, ">1</text>"), 2u);
  for (const auto* which : {"roc", "precision_recall"}) EXPECT_EQ(countOf(draw(which), "<polyline"), 1u) << which;
  EXPECT_THAT(draw("calibration"), HasSubstr("confidence"));
  // Readable on light and dark paper.
  for (const auto* part : {"class=\"paper\"", "prefers-color-scheme:dark"}) EXPECT_THAT(matrix, HasSubstr(part));
}

TEST_F(Figures, OneLineForEachOfMoreClasses) {
  give(3, Value::List{"a", "b", "c"});
  EXPECT_EQ(countOf(draw("roc"), "<polyline"), 3u);
  EXPECT_EQ(countOf(draw("precision_recall"), "<polyline"), 3u);
}

TEST_F(Figures, SeveralLabelsAPicture) {
  Report r;
  const std::vector<std::uint8_t> truth{1, 0, 1, 1, 0, 0};
  r.body = learn::toValue(must(learn::evaluateLabels(truth, learn::Matrix(3, 2, {.9f, .2f, .4f, .8f, .1f, .3f}))));
  r.body["classes"] = Value::List{"crack", "dark"};
  block.input<Report>("report", r);
  const auto table = draw("confusion");
  for (const auto* part : {"crack", "dark", "missed", "false alarm"}) EXPECT_THAT(table, HasSubstr(part));
  EXPECT_EQ(countOf(draw("roc"), "<polyline"), 2u);
}

TEST_F(Figures, NamesAreTextAndNeverMarkup) {
  give(2, Value::List{"<script>alert(1)</script>", "a & \"b\" with a name much longer than any picture has room for"});
  for (const auto* which : {"confusion", "roc"}) {
    const auto svg = draw(which);
    EXPECT_THAT(svg, Not(HasSubstr("<script")));
    EXPECT_THAT(svg, Not(HasSubstr("a & ")));
    EXPECT_THAT(svg, Not(HasSubstr("has room for")));
  }
}

TEST_F(Figures, SaysWhenThereIsNothingToDraw) {
  Report r;
  r.body["kind"] = "summary";
  block.input<Report>("report", r);
  EXPECT_EQ(draw("roc"), "");
  EXPECT_EQ(block.error()->code, "figures.none");
}

}  // namespace
}  // namespace patchbay::testing
