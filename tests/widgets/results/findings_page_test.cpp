// SPDX-License-Identifier: Apache-2.0
#include "widgets/results/findings_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

#include "tests/widgets/results/made_report.h"
#include "tests/widgets/support/fake_engine.h"
#include "widgets/base/say.h"
#include "widgets/gallery/picture_grid.h"
#include "widgets/results/report_view.h"

namespace patchbay::widgets {
namespace {
using patchbay::testing::drawnCell;
using patchbay::testing::idOf;
using ::testing::ElementsAre;

Value finding(const char* kind, std::vector<std::size_t> items, const char* given, const char* proposed, Text cause) {
  Value f{Value::Map{{"kind", kind}, {"given", given}, {"proposed", proposed}, {"score", .93}, {"count", items.size()}}};
  f["cause"] = toValue(cause);
  for (const char* list : {"items", "pictures", "paths", "labels", "splits"}) f[list] = Value::List{};
  for (const auto i : items) {
    f["items"].push(idOf(i));
    f["pictures"].push(digestOf("picture " + std::to_string(i)).hex());
    f["paths"].push("cells/" + std::to_string(i) + ".png");
    f["labels"].push(i % 2 ? Value{"<b>defective</b>"} : Value{});
    f["splits"].push(i % 2 ? "train" : "test");
  }
  return f;
}

struct Findings : ::testing::Test {
  Findings() {
    engine.pictures = drawnCell;
    Report report;
    report.body["kind"] = "label_quality";
    report.body["classes"] = Value::List{"functional", "defective"};
    report.body["found"] = Value::Map{{"suspect", 14}, {"leak", 1}, {"duplicate", 0}, {"imbalance", 1}};
    report.body["findings"] = Value::List{
        finding("suspect", {1}, "functional", "defective",
                TR("block", "Models that did not see this picture give its label {percent} %.").with("percent", 2.5)),
        finding("suspect", {2}, "defective", "functional",
                TR("block", "Models that did not see this picture give its label {percent} %.").with("percent", 4.0)),
        finding("leak", {3, 4, 5}, "defective", "",
                TR("block", "{n} pictures show the same ({percent} %) and lie in different parts: the test knows what was learned.")
                    .count(3)
                    .with("percent", 99.1)),
        finding("imbalance", {}, "burnt", "", TR("block", "The class has no labelled picture."))};
    report.metrics = Value::Map{{"estimated_errors", 14.2}, {"labels", 600}, {"estimated_error_share", .0237}};
    source.report = Report::save(store, report)->save(store)->hex();
    source.title = QStringLiteral("Find label errors");
  }
  void open() {
    view.resize(1100, 700);
    view.QWidget::show();
    QSignalSpy loaded{&view, &ReportView::loaded};
    view.show(source);
    ASSERT_TRUE(loaded.wait());
    ASSERT_TRUE(loaded[0][0].toBool());
    page = view.findChild<FindingsPage*>();
    ASSERT_TRUE(page->isVisible());
    showButton = page->findChild<QPushButton*>(QStringLiteral("findingShow"));
    rightButton = page->findChild<QPushButton*>(QStringLiteral("findingRight"));
  }
  QString text(const char* name) { return page->findChild<QLabel*>(QString::fromLatin1(name))->text(); }
  patchbay::testing::TemporaryStore store;
  patchbay::testing::FakeEngine engine{&store};
  ReportSource source;
  ReportView view{engine};
  FindingsPage* page = nullptr;
  QPushButton *showButton = nullptr, *rightButton = nullptr;
};

TEST_F(Findings, AreListedByKindWithTheirPicturesLabelsAndCause) {
  open();
  auto* tabs = page->findChild<QTabBar*>();
  ASSERT_EQ(tabs->count(), 4) << "all, and the kinds that were found";
  EXPECT_EQ(tabs->tabText(1), QStringLiteral("Suspect labels (14)")) << "as many as there are, not as are listed";
  EXPECT_EQ(page->list()->count(), 4u);
  EXPECT_EQ(text("findingLabels"), QStringLiteral("Label: functional   Proposed: defective"));
  EXPECT_TRUE(text("findingCause").contains(QStringLiteral("2.5 %")));
  EXPECT_TRUE(text("findingsSummary").contains(QStringLiteral("14 of 600")));
  EXPECT_EQ(page->pictures()->count(), 1u);
  EXPECT_EQ(page->pictures()->item(0).id, idOf(1));
  EXPECT_EQ(page->pictures()->item(0).caption, QStringLiteral("<b>defective</b>")) << "markup in names is text";
  tabs->setCurrentIndex(2);
  EXPECT_EQ(page->list()->count(), 1u);
  EXPECT_EQ(page->pictures()->count(), 3u);
  EXPECT_EQ(page->pictures()->item(1).note, QStringLiteral("Test"));
  tabs->setCurrentIndex(3);
  EXPECT_EQ(page->pictures()->count(), 0u);
  EXPECT_EQ(text("findingLabels"), QStringLiteral("Label: burnt"));
}

TEST_F(Findings, ButtonsAreThereOnlyForWhoAnswersThem) {
  open();
  EXPECT_FALSE(showButton->isVisible());
  EXPECT_FALSE(rightButton->isVisible());
  std::vector<std::string> shown;
  const auto link = QObject::connect(&view, &ReportView::showInDataWanted, [&](const std::vector<std::string>& ids) { shown = ids; });
  EXPECT_TRUE(QTest::qWaitFor([&] { return showButton->isVisible(); }));
  EXPECT_FALSE(rightButton->isVisible());
  page->findChild<QTabBar*>()->setCurrentIndex(2);
  showButton->click();
  EXPECT_THAT(shown, ElementsAre(idOf(3), idOf(4), idOf(5)));
  shown.clear();
  QTest::keyClick(page->list(), Qt::Key_D);
  EXPECT_EQ(shown.size(), 3u);
  QObject::disconnect(link);
  EXPECT_TRUE(QTest::qWaitFor([&] { return !showButton->isVisible(); }));
  shown.clear();
  QTest::keyClick(page->list(), Qt::Key_D);
  EXPECT_TRUE(shown.empty());
}

TEST_F(Findings, ItIsRightSettlesAFindingGoesOnAndCanBeTakenBack) {
  open();
  std::vector<std::tuple<std::string, std::string, bool>> said;
  QObject::connect(&view, &ReportView::verdictGiven, [&](const std::string& kind, const std::vector<std::string>& ids, bool right) {
    said.emplace_back(kind, ids.at(0), right);
  });
  EXPECT_TRUE(QTest::qWaitFor([&] { return rightButton->isVisible(); }));
  QTest::keyClick(page->list(), Qt::Key_R);
  EXPECT_THAT(said, ElementsAre(std::tuple{"suspect", idOf(1), true}));
  EXPECT_EQ(page->list()->current(), 1u) << "on to the next";
  EXPECT_EQ(page->list()->item(0).note, QStringLiteral("Said to be right"));
  EXPECT_EQ(page->list()->item(0).tone, Tone::Good);
  page->list()->setCurrent(0);
  EXPECT_EQ(rightButton->text(), QStringLiteral("Take back"));
  rightButton->click();
  ASSERT_EQ(said.size(), 2u);
  EXPECT_FALSE(std::get<2>(said[1]));
  EXPECT_EQ(page->list()->item(0).tone, Tone::Bad);
  // A class without pictures has nothing to show and nothing to settle.
  page->list()->setCurrent(3);
  EXPECT_FALSE(rightButton->isVisible());
}

TEST_F(Findings, LooksAsItShould) {
  QObject::connect(&view, &ReportView::showInDataWanted, [](const std::vector<std::string>&) {});
  QObject::connect(&view, &ReportView::verdictGiven, [](const std::string&, const std::vector<std::string>&, bool) {});
  open();
  page->list()->setCurrent(2);
  EXPECT_TRUE(QTest::qWaitFor([&] { return page->list()->pendingThumbnails() == 0 && page->pictures()->pendingThumbnails() == 0; }));
  EXPECT_TRUE(showButton->isVisible() && rightButton->isVisible());
  patchbay::testing::shoot(view, QStringLiteral("report-findings"));
}

}  // namespace
}  // namespace patchbay::widgets
