// SPDX-License-Identifier: Apache-2.0
#include "widgets/base/block_names.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QTranslator>

#include "widgets/base/say.h"

namespace patchbay::widgets {
namespace {

/// Says a mark before every text, as a translation would change it.
class Marked final : public QTranslator {
 public:
  QString translate(const char* context, const char* text, const char*, int) const override {
    return QLatin1String{context} == QLatin1String{"template"} && QLatin1String{text} == QLatin1String{"Solar cells"}
               ? QStringLiteral("太阳能电池")
               : QString{};
  }
  bool isEmpty() const override { return false; }
};

Catalogue blocks() {
  Catalogue out;
  for (const auto& [id, title] : {std::pair{"t.tune", "Fine-tune"}, {"t.evaluate", "Evaluate"}, {"t.table", "Picture table"}}) {
    Schema s;
    s.info.id = id;
    s.info.title = Text{"block", title};
    out.add(std::move(s));
  }
  return out;
}

struct Names : ::testing::Test {
  Names() {
    add("fine_tune", "t.tune");
    add("pictures", "t.table", "Solar cells");
    add("evaluate_a", "t.evaluate");
    add("evaluate_b", "t.evaluate");
    add("fine_tune_2", "t.tune");
  }
  void add(const char* name, const char* type, const char* title = "") {
    EXPECT_TRUE(document.addNode({.id = {name}, .name = name, .title = title, .type = type}));
  }
  std::string say(std::string_view name) const { return BlockNames{document}.say(name, catalogue).toStdString(); }
  Document document = Document::create("");
  Catalogue catalogue = blocks();
};

TEST_F(Names, ABlockIsCalledByItsTitleAndAPassInWords) {
  EXPECT_EQ(say("fine_tune"), "Fine-tune");
  EXPECT_EQ(say("fine_tune_2"), "Fine-tune 2");
  EXPECT_EQ(say("pictures"), "Solar cells");
  EXPECT_EQ(say("fine_tune[seed=0,fold=2]"), "Fine-tune, seed 0, fold 2");
  EXPECT_EQ(say("fine_tune[network=a,b=c,fold=1]"), "Fine-tune, network a, b c, fold 1");
  EXPECT_EQ(say("fine_tune[rate=0.5, or so]"), "Fine-tune, rate 0.5, or so") << "a comma in a value";
  EXPECT_EQ(say("who"), "who") << "of another pipeline";
}

TEST_F(Names, BlocksThatWouldBeCalledAlikeAreToldApart) {
  EXPECT_EQ(say("evaluate_a"), "Evaluate (evaluate_a)");
  EXPECT_EQ(say("evaluate_b[seed=1]"), "Evaluate (evaluate_b), seed 1");
}

TEST_F(Names, FiguresKnowTheirBlock) {
  EXPECT_EQ(BlockNames::splitMetric("evaluate[rate=0.5].macro_f1"),
            (std::pair<std::string, std::string>{"evaluate[rate=0.5]", "macro_f1"}));
  EXPECT_EQ(BlockNames::splitMetric("loss"), (std::pair<std::string, std::string>{"", "loss"}));
}

TEST_F(Names, SentencesCarryTitles) {
  const BlockNames names{document};
  EXPECT_EQ(names.say(TR("t", "It needs {from}.").with("from", "fine_tune"), catalogue), QStringLiteral("It needs Fine-tune."));
  EXPECT_EQ(names.say(TR("t", "Wait: {blocks}.").with("blocks", "fine_tune -> pictures -> fine_tune"), catalogue),
            QStringLiteral("Wait: Fine-tune → Solar cells → Fine-tune."));
  EXPECT_EQ(names.say(TR("t", "Called {name}.").with("name", "fine_tune"), catalogue), QStringLiteral("Called fine_tune."))
      << "where the name itself is meant";
}

TEST_F(Names, ATemplatesTextIsTranslatedUntilSomebodyChangesIt) {
  Marked marked;
  QCoreApplication::installTranslator(&marked);
  EXPECT_EQ(say("pictures"), "太阳能电池");
  EXPECT_EQ(sayWritten("Solar cells, mine"), QStringLiteral("Solar cells, mine"));
  QCoreApplication::removeTranslator(&marked);
  EXPECT_EQ(say("pictures"), "Solar cells");
}

}  // namespace
}  // namespace patchbay::widgets
