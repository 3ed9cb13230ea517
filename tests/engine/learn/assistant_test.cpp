// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/assistant.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>

namespace patchbay::learn {
namespace {
using ::testing::HasSubstr;

/// Three classes of rows around centres that overlap somewhat.
struct Made {
  Assistant assistant{24};
  std::vector<int> truth;
  explicit Made(std::size_t rows = 300, double spread = 1.0, int classes = 3) {
    std::mt19937_64 random{11};
    std::normal_distribution<float> noise{0, static_cast<float>(spread)};
    for (std::size_t i = 0; i < rows; ++i) {
      const int c = static_cast<int>(i % static_cast<std::size_t>(classes));
      std::vector<float> row(24);
      for (auto& v : row) v = noise(random);
      for (std::size_t j = 0; j < 4; ++j) row[static_cast<std::size_t>(c) * 4 + j] += 2;
      EXPECT_TRUE(assistant.addRow(row));
      truth.push_back(c);
    }
    assistant.setClasses(static_cast<std::size_t>(classes), false);
  }
  void label(std::size_t from, std::size_t to) {
    for (auto i = from; i < to; ++i) assistant.setLabels(i, std::array{truth[i]});
  }
  double accuracy(std::size_t from) const {
    std::size_t right = 0;
    for (auto i = from; i < truth.size(); ++i) {
      const auto p = assistant.chances().row(i);
      right += std::ranges::max_element(p) - p.begin() == truth[i];
    }
    return static_cast<double>(right) / static_cast<double>(truth.size() - from);
  }
};

TEST(Assistant, LearnsFromTwoClassesOnAndGetsBetter) {
  Made made;
  EXPECT_FALSE(made.assistant.learn().value());
  made.label(0, 1);
  EXPECT_FALSE(made.assistant.learn().value()) << "one class";
  made.label(0, 2);
  ASSERT_TRUE(made.assistant.learn().value());
  // A class without a label has no chance, and rows sum to one.
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(made.assistant.chances()(i, 2), 0);
    EXPECT_NEAR(made.assistant.chances()(i, 0) + made.assistant.chances()(i, 1), 1, 1e-5);
  }
  made.label(0, 9);
  made.assistant.learn().value();
  const double few = made.accuracy(150);
  made.label(0, 150);
  made.assistant.learn().value();
  EXPECT_GT(made.accuracy(150), std::max(few, 0.9));
}

TEST(Assistant, AWarmStartEndsWhereAFreshOneDoes) {
  Made warm, fresh;
  warm.label(0, 100);
  warm.assistant.learn().value();
  warm.label(100, 120);
  warm.assistant.learn().value();
  fresh.label(0, 120);
  fresh.assistant.learn().value();
  for (std::size_t i = 0; i < 300; ++i)
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(warm.assistant.chances()(i, c), fresh.assistant.chances()(i, c), 0.01);
}

TEST(Assistant, SuggestionsAreAsSureAsTheyAreRight) {
  Made made{2000, 2.2};
  made.label(0, 300);
  made.assistant.learn().value();
  ASSERT_TRUE(made.assistant.calibrate());
  ASSERT_TRUE(made.assistant.calibrated());
  double sure = 0;
  for (std::size_t i = 300; i < 2000; ++i) sure += made.assistant.confidence(i);
  EXPECT_NEAR(sure / 1700, made.accuracy(300), 0.05);
  // What is promised of a batch holds.
  const auto errors = made.assistant.errorsAbove(0.8);
  std::size_t wrong = 0, count = 0;
  for (std::size_t i = 300; i < 2000; ++i) {
    if (made.assistant.confidence(i) < 0.8) continue;
    const auto p = made.assistant.chances().row(i);
    wrong += std::ranges::max_element(p) - p.begin() != made.truth[i];
    ++count;
  }
  EXPECT_EQ(errors.count, count);
  EXPECT_LE(errors.low, static_cast<double>(wrong));
  EXPECT_GE(errors.high, static_cast<double>(wrong));
}

TEST(Assistant, DoubtsLabelsThatAreWrong) {
  Made made;
  made.label(0, 200);
  made.assistant.setLabels(7, std::array{(made.truth[7] + 1) % 3});
  made.assistant.learn().value();
  ASSERT_TRUE(made.assistant.calibrate());
  double own = 0;
  std::size_t above = 0;
  for (const auto& doubt : made.assistant.doubts())
    if (doubt.row == 7) own = doubt.chance;
  for (const auto& doubt : made.assistant.doubts()) above += doubt.chance > own;
  EXPECT_GT(own, 0.5);
  EXPECT_LT(above, 10u);
}

TEST(Assistant, AnEstimateHoldsForRowsItNeverSaw) {
  Made made{1500, 2.2};
  made.label(0, 200);
  made.assistant.learn().value();
  ASSERT_TRUE(made.assistant.calibrate());
  auto copy = made.assistant.labelledOnly();
  const auto estimate = copy.estimate(20);
  ASSERT_TRUE(estimate);
  ASSERT_TRUE(estimate->accuracy);
  EXPECT_LT(estimate->accuracy->low, made.accuracy(200));
  EXPECT_GT(estimate->accuracy->high, made.accuracy(200) - 0.03);
  ASSERT_TRUE(estimate->ahead);
  EXPECT_LE(estimate->ahead->gain.low, estimate->ahead->gain.high);
  EXPECT_LT(std::abs(estimate->ahead->gain.value), 0.1);
  EXPECT_THAT(render(estimate->text), HasSubstr("20 more labels: "));
}

TEST(Assistant, ChoosesTypicalOnesFirstAndThenUnsureOnes) {
  Made made;
  auto picks = made.assistant.next(std::nullopt, 3, {}).value();
  EXPECT_EQ(picks.front().strategy, Strategy::TypiClust);
  made.label(0, 60);
  made.assistant.learn().value();
  picks = made.assistant.next(std::nullopt, 5, {}).value();
  EXPECT_EQ(picks.front().strategy, Strategy::DropQuery);
  for (const auto& pick : picks) EXPECT_GE(pick.row, 60u);
  made.assistant.drop(picks[0].row);
  const auto after = made.assistant.next(std::nullopt, 5, {}).value();
  for (const auto& pick : after) EXPECT_NE(pick.row, picks[0].row);
  EXPECT_EQ(made.assistant.next(Strategy::Margin, 4, {}).value().size(), 4u);
}

TEST(Assistant, ForgetsWhatOtherClassesMeant) {
  Made made;
  made.label(0, 60);
  made.assistant.learn().value();
  made.assistant.setClasses(2, false);
  EXPECT_FALSE(made.assistant.learned());
  EXPECT_EQ(made.assistant.labelled(), 40u) << "those of the third class are not known any more";
  made.assistant.setClasses(3, true);
  EXPECT_EQ(made.assistant.labelled(), 0u);
}

TEST(Assistant, RefusesWhatAreNoNumbers) {
  Assistant assistant{3};
  EXPECT_FALSE(assistant.addRow(std::array{1.0f, NAN, 0.0f}));
  EXPECT_FALSE(assistant.addRow(std::array{1.0f, 0.0f}));
  EXPECT_TRUE(assistant.addRow(std::array{0.0f, 0.0f, 0.0f}));
}

TEST(ExpectedErrors, FollowCalibrationAndWhatWasSeen) {
  const std::vector<double> chance(200, 0.01);
  const auto plain = expectedErrors(chance, 0, 0);
  EXPECT_NEAR(plain.value, 2, 1e-6);
  EXPECT_LT(plain.low, plain.value);
  EXPECT_GT(plain.high, plain.value);
  EXPECT_LT(expectedErrors(chance, 0, 200).value, plain.value);
  EXPECT_GT(expectedErrors(chance, 10, 200).value, 5);
  EXPECT_LT(expectedErrors(chance, 0, 1000).high, plain.high);
  EXPECT_EQ(expectedErrors({}, 0, 0).count, 0u);
}

}  // namespace
}  // namespace patchbay::learn
