// SPDX-License-Identifier: Apache-2.0
// What is already on the screen when the language is changed.
#include <gtest/gtest.h>

#include <QLabel>
#include <QPushButton>
#include <QTranslator>

#include "app/studio/window/late_words.h"
#include "app/studio/window/message_bar.h"
#include "tests/app/studio/garden.h"

namespace patchbay::studio::testing {
namespace {

/// A language in which every text ends with a sign.
class Signed final : public QTranslator {
 public:
  QString translate(const char*, const char* source, const char*, int) const override {
    return QString::fromUtf8(source) + QStringLiteral("¤");
  }
  bool isEmpty() const override { return false; }
};

TEST(LanguageSwitch, AMessageIsSaidAgainWithItsButtons) {
  MessageBar bar;
  bar.show(QStringLiteral("a"), widgets::Tone::Good, [] { return MessageBar::tr("Written to %1").arg(QStringLiteral("/here")); },
           {{[] { return MessageBar::tr("Open folder"); }, [] {}}});
  bar.showError(QStringLiteral("b"),
                Error{ErrorKind::Io, "t", TR("t", "The disk {disk} is full.").with("disk", "D"), TR("t", "Empty it."), {}});
  const auto text = [&](const char* name) { return bar.findChild<QLabel*>(QLatin1String{name})->text(); };
  const auto choice = [&] { return bar.findChild<QPushButton*>(QStringLiteral("message.a.0"))->text(); };
  EXPECT_EQ(text("message-text.a"), QStringLiteral("Written to /here"));
  EXPECT_EQ(choice(), QStringLiteral("Open folder"));
  Signed language;
  QCoreApplication::installTranslator(&language);
  QCoreApplication::sendPostedEvents();
  EXPECT_EQ(text("message-text.a"), QStringLiteral("Written to /here¤"));
  EXPECT_EQ(choice(), QStringLiteral("Open folder¤"));
  EXPECT_EQ(text("message-text.b"), QStringLiteral("The disk D is full.¤ Empty it.¤"));
  QCoreApplication::removeTranslator(&language);
  QCoreApplication::sendPostedEvents();
  EXPECT_EQ(text("message-text.a"), QStringLiteral("Written to /here"));
}

/// Counts how often it heard of another language.
class Piece final : public QWidget {
 public:
  using QWidget::QWidget;
  int told = 0;

 protected:
  void changeEvent(QEvent* event) override {
    told += event->type() == QEvent::LanguageChange;
    QWidget::changeEvent(event);
  }
};

TEST(LanguageSwitch, ComesPieceByPieceFirstToWhatIsSeenAndAtOnceToWhatIsShown) {
  QWidget window;
  window.resize(300, 200);
  Piece hidden{&window}, seen{&window}, shown{&window}, outside{&window}, inside{&hidden};
  seen.resize(100, 100);
  shown.setGeometry(100, 0, 100, 100);
  outside.setGeometry(-500, 0, 100, 100);  // As a tab behind others lies.
  hidden.hide();
  shown.hide();
  window.show();
  LateWords words;
  for (auto* piece : {&hidden, &shown, &outside, &seen}) words.watch(piece);
  words.watch(&hidden);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !seen.visibleRegion().isEmpty(); }));
  Signed language;
  QCoreApplication::installTranslator(&language);
  QCoreApplication::sendPostedEvents();
  EXPECT_EQ(hidden.told + seen.told + shown.told + outside.told, 0);
  EXPECT_TRUE(words.waiting());
  shown.show();
  EXPECT_EQ(shown.told, 1) << "before it is painted";
  words.seen(&outside);
  EXPECT_EQ(outside.told, 1);
  while (seen.told + hidden.told == 0) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
  EXPECT_EQ(seen.told, 1) << "before what is hidden";
  EXPECT_TRUE(QTest::qWaitFor([&] { return !words.waiting(); }));
  EXPECT_EQ(hidden.told, 1);
  EXPECT_EQ(inside.told, 1) << "with everything in it";
  EXPECT_EQ(seen.told + shown.told + outside.told, 3) << "once each";
  {
    Piece gone{&window};
    gone.hide();
    words.watch(&gone);
    QCoreApplication::removeTranslator(&language);
    QCoreApplication::sendPostedEvents();
  }
  EXPECT_TRUE(QTest::qWaitFor([&] { return !words.waiting(); })) << "one that went does not hold up the others";
  EXPECT_EQ(hidden.told, 2);
}

TEST(LanguageSwitch, TheFiguresOnTheBlocksAreSaidAgain) {
  auto& garden = trainedGarden();
  const auto figure = [&](const char* id) {
    const auto* light = garden->runs().status(NodeId{id});
    return light ? light->figure : QString{};
  };
  ASSERT_TRUE(QTest::qWaitFor([&] { return figure("split").startsWith(QStringLiteral("42 picture")); }, 30'000));
  const auto picture = garden->runs().status(NodeId{"split"})->thumbnail;
  Signed language;
  QCoreApplication::installTranslator(&language);
  garden->retranslate();
  EXPECT_TRUE(QTest::qWaitFor(
      [&] { return figure("split").contains(QStringLiteral("¤")) && figure("evaluate").contains(QStringLiteral("¤")); }, 5000))
      << figure("split").toStdString() << " / " << figure("evaluate").toStdString();
  EXPECT_EQ(garden->runs().status(NodeId{"split"})->thumbnail, picture) << "the pictures stay";
  QCoreApplication::removeTranslator(&language);
  garden->retranslate();
  EXPECT_TRUE(QTest::qWaitFor([&] { return !figure("split").contains(QStringLiteral("¤")); }, 5000));
}

}  // namespace
}  // namespace patchbay::studio::testing
