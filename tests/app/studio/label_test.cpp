// SPDX-License-Identifier: Apache-2.0
// Labelling in the Studio: what is kept while the engine is away, in which order pictures come, when training can begin; and all of it on a
// real engine.
#include <gtest/gtest.h>

#include <QBuffer>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <QTreeWidget>
#include <fstream>

#include "app/studio/data/data_import.h"
#include "app/studio/label/assist.h"
#include "app/studio/label/bring_added.h"
#include "app/studio/label/label_effort.h"
#include "app/studio/label/label_keys.h"
#include "app/studio/label/label_order.h"
#include "app/studio/label/label_panel.h"
#include "app/studio/label/label_writer.h"
#include "app/studio/label/train_on.h"
#include "app/studio/label/training_gate.h"
#include "engine/base/file.h"
#include "engine/data/revision_store.h"
#include "engine/edit/operations.h"
#include "tests/app/studio/garden.h"
#include "tests/widgets/gallery/made_data.h"
#include "tests/widgets/support/fake_engine.h"
#include "widgets/annotator/annotator_view.h"
#include "widgets/gallery/picture_grid.h"

namespace patchbay::studio::testing {
namespace {

using patchbay::testing::FakeEngine;
using patchbay::testing::MadeData;

tl::unexpected<Error> away() { return fail(ErrorKind::Unreachable, "engine.none", TR("test", "Away."), TR("test", "Wait.")); }

TEST(TrainingGate, SaysWhatIsMissing) {
  using Why = TrainingGate::Why;
  EXPECT_EQ(trainingGate(0, {}).why, Why::NoPictures);
  EXPECT_EQ(trainingGate(9, {{"leaf", 9}}).why, Why::OneClass);
  const auto few = trainingGate(20, {{"leaf", 6}, {"stone", 1}});
  EXPECT_EQ(few.why, Why::TooFew);
  EXPECT_EQ(few.scarcest.name, "stone");
  EXPECT_EQ(few.missing, 2);
  EXPECT_EQ(trainingGate(20, {{"leaf", 0}, {"stone", 0}}).missing, 6);
  const auto ready = trainingGate(20, {{"leaf", 6}, {"stone", 3}, {"unused", 0}});
  EXPECT_EQ(ready.why, Why::Ready);
  EXPECT_EQ(ready.scarcest.count, 3);
}

struct Writing : ::testing::Test {
  FakeEngine engine;
  MadeData data{40};
  bool there = true, loseAnswers = false;
  LabelWriter writer{engine};

  void SetUp() override {
    engine.asks["data"] = [this](const Value& request) -> Result<Value> {
      if (!there) return away();
      auto answer = data.answer(request);
      if (loseAnswers) return away();
      return answer;
    };
  }
  void label(std::size_t item, const char* name) {
    writer.write(MadeData::idOf(item), data.items[item].version, Value{Value::Map{{"label", name}}}, TR("test", "Labelled"));
  }
  void settle() {
    ASSERT_TRUE(QTest::qWaitFor([&] { return writer.pending() == 0; }, 20'000));
  }
};

TEST_F(Writing, LabelsWaitForTheEngineAndKeepTheirOrder) {
  there = false;
  label(0, "stone");
  label(4, "leaf");
  label(0, "flower");
  QTest::qWait(50);
  EXPECT_EQ(writer.pending(), 3U);
  there = true;
  writer.resume();
  settle();
  EXPECT_EQ(data.labelOf(0), "flower");
  EXPECT_EQ(data.labelOf(4), "leaf");
}

TEST_F(Writing, AnAnswerThatWasLostIsAskedForAgain) {
  QSignalSpy failed{&writer, &LabelWriter::failed}, conflicted{&writer, &LabelWriter::conflicted};
  loseAnswers = true;
  label(0, "stone");
  QTest::qWait(50);
  EXPECT_EQ(writer.pending(), 1U) << "nobody said that it is on disk";
  loseAnswers = false;
  writer.resume();
  settle();
  EXPECT_EQ(data.labelOf(0), "stone");
  EXPECT_EQ(failed.count(), 0);
}

TEST_F(Writing, WhatSomebodyElseSaidIsNotOverwritten) {
  QSignalSpy conflicted{&writer, &LabelWriter::conflicted};
  const auto version = data.items[0].version;
  data.otherLabels(0, 1);
  writer.write(MadeData::idOf(0), version, Value{Value::Map{{"label", "leaf"}}}, TR("test", "Labelled"));
  settle();
  ASSERT_EQ(conflicted.count(), 1);
  EXPECT_EQ(data.labelOf(0), "stone");
  writer.repeat();
  settle();
  EXPECT_EQ(data.labelOf(0), "leaf");
}

TEST(LabelOrder, GoesThroughWhatHasNoLabelAndTakesBetterOnesFirst) {
  FakeEngine engine;
  MadeData data{40};
  engine.asks["data"] = [&](const Value& request) { return data.answer(request); };
  LabelOrder order{engine};
  order.begin(LabelOrder::Kind::Best);
  ASSERT_TRUE(QTest::qWaitFor([&] { return order.next(); }, 20'000));
  EXPECT_EQ(order.current()->id, MadeData::idOf(0));
  order.offer({{MadeData::idOf(12), TR("test", "Odd")}, {MadeData::idOf(0), {}}, {MadeData::idOf(8), {}}});
  EXPECT_EQ(order.ahead(3), (std::vector{MadeData::idOf(12), MadeData::idOf(8)})) << "what was seen does not come again";
  ASSERT_TRUE(order.next());
  EXPECT_EQ(order.current()->reason.source, "Odd");
  ASSERT_TRUE(order.previous());
  EXPECT_EQ(order.current()->id, MadeData::idOf(0));
  EXPECT_FALSE(order.previous());
  // After the offered ones the list goes on, without what came already.
  int seen = 1;
  while (QTest::qWaitFor([&] { return order.next(); }, order.atEnd() ? 1 : 5000)) ++seen;
  EXPECT_EQ(seen, 10);
  EXPECT_TRUE(order.atEnd());
  order.begin(LabelOrder::Kind::Chosen, {"b", "a"});
  ASSERT_TRUE(order.next());
  EXPECT_EQ(order.current()->id, "b");
  EXPECT_EQ(order.count(), 2);
}

/// The garden's pictures without a label, in the project before the engine opens it.
int fillUnlabelled(Garden& garden) {
  auto store = RevisionStore::open(garden->file().place().project / "data.db", {});
  if (!store) return 0;
  ImportOptions options;
  options.what = TR("test", "Imported garden");
  auto import = (*store)->beginImport(std::move(options));
  int n = 0;
  for (const auto* kind : {"flower", "leaf"})
    for (int i = 0; import && i < 14; ++i) {
      const auto file = fs::path{garden.pictures().toStdString()} / kind / (std::to_string(i) + ".png");
      const auto bytes = readFile(file, 1 << 20);
      if (!bytes) return 0;
      Item item;
      item.id = digestOf(file.native()).hex().substr(0, 32);
      item.digest = digestOf(*bytes);
      item.paths = {file.native()};
      item.width = 160;
      item.height = 130;
      if (!(*import)->add(item)) return 0;
      ++n;
    }
  Item lost;
  lost.id = std::string(32, 'f');
  lost.digest = digestOf("a picture that nobody has any more");
  lost.paths = {"lost.png"};
  lost.width = lost.height = 100;
  if (!import || !(*import)->add(lost)) return 0;
  return (*import)->finish() ? n : 0;
}

struct Labelling : ::testing::Test {
  static Garden& garden() { return gardenOf<Labelling>(); }
  LabelPanel* panel = nullptr;
  static inline int pictures = 0;

  void SetUp() override {
    ASSERT_TRUE(garden().ready());
    if (pictures == 0) {
      pictures = fillUnlabelled(garden());
      // The files are known to the project once a pipeline has read them.
      ASSERT_TRUE(garden().train());
    }
    ASSERT_EQ(pictures, 28);
    garden()->showLabelling();
    panel = garden().find<LabelPanel>("label");
    ASSERT_TRUE(panel);
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel->view().hasPicture(); }, 60'000));
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&panel->view(), key, modifiers); }
  Value data(const char* what, Value more = Value{Value::Map{}}) {
    more["do"] = what;
    std::optional<Value> out;
    garden()->session().ask("data", std::move(more), &garden().window,
                            [&](const Result<Value>& answer) { out = answer ? *answer : Value{}; });
    EXPECT_TRUE(QTest::qWaitFor([&] { return out.has_value(); }, 30'000));
    return out.value_or(Value{});
  }
  std::int64_t count(const char* name) {
    const auto state = data("state");
    for (const auto& c : state["classes"].asList())
      if (c["name"].asText() == name) return c["count"].asInt();
    return -1;
  }
  bool saved() {
    return QTest::qWaitFor([&] { return panel->idle(); }, 30'000);
  }
  void name(const char* what) {
    auto* field = garden().find<QLineEdit>("label.new-class");
    field->setFocus();
    QTest::keyClicks(field, QLatin1String{what});
    QTest::keyClick(field, Qt::Key_Return);
    panel->view().setFocus();
  }
  /// Each test may be the first, or come after others on the same data set.
  void nameClasses() {
    for (const auto* one : {"flower", "leaf"})
      if (count(one) < 0) name(one);
    ASSERT_TRUE(QTest::qWaitFor([&] { return count("flower") >= 0 && count("leaf") >= 0; }, 20'000));
  }
};

TEST_F(Labelling, ClassesAreNamedAndKeysLabel) {
  EXPECT_FALSE(garden().find<QPushButton>("label.train")->isEnabled());
  name("flower");
  name("leaf");
  ASSERT_TRUE(saved());
  EXPECT_EQ(count("leaf"), 0);
  const auto first = panel->current();
  // Faster than pictures can come: none is lost.
  for (int i = 0; i < 6; ++i) press(i % 2 ? Qt::Key_2 : Qt::Key_1);
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle() && count("flower") == 3 && count("leaf") == 3; }, 60'000));
  EXPECT_NE(panel->current(), first);
  ASSERT_TRUE(QTest::qWaitFor([&] { return garden().find<QPushButton>("label.train")->isEnabled(); }, 20'000));
  EXPECT_TRUE(garden().find<QLabel>("label.gate")->text().contains(QStringLiteral("3 of 10 images, 3 minimum")))
      << garden().find<QLabel>("label.gate")->text().toStdString();
  EXPECT_TRUE(garden().find<QLabel>("label.effort")->text().contains(QStringLiteral("6 labels")));
  const auto file = effortFile(garden()->file().place().project);
  EXPECT_TRUE(QTest::qWaitFor(
      [&] {
        std::ifstream in{file};
        return std::count(std::istreambuf_iterator<char>{in}, {}, '\n') == 7;
      },
      20'000))
      << "a heading and six labels";
}

TEST_F(Labelling, UndoGoesBackToThePictureItChanged) {
  nameClasses();
  const auto before = panel->current();
  const auto labels = count("flower");
  press(Qt::Key_1);
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle() && panel->current() != before; }, 30'000));
  EXPECT_EQ(count("flower"), labels + 1);
  press(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel->current() == before; }, 30'000));
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel->idle() && count("flower") == labels; }, 30'000));
  EXPECT_EQ(garden().find<QLabel>("label.label")->text(), QStringLiteral("No label yet"));
}

TEST_F(Labelling, ShapesAreSavedAndTakenBack) {
  nameClasses();
  const auto id = panel->current();
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle() && panel->view().hasPicture(); }, 30'000));
  press(Qt::Key_R);
  auto& view = panel->view();
  const auto on = [&](double x, double y) { return view.toView({x, y}).toPoint(); };
  QTest::mousePress(&view, Qt::LeftButton, {}, on(20, 20));
  QTest::mouseMove(&view, on(60, 60));
  QTest::mouseRelease(&view, Qt::LeftButton, {}, on(80, 90));
  ASSERT_TRUE(saved());
  const auto item = data("item", Value{Value::Map{{"id", id}}});
  ASSERT_EQ(item["annotations"].asList().size(), 1U) << toJson(item);
  EXPECT_EQ(item["annotations"].asList()[0]["kind"].asText(), "box");
  EXPECT_TRUE(item["annotations"].asList()[0]["author"].asText().starts_with("person:"));
  EXPECT_EQ(garden().find<QTreeWidget>("label.shapes")->topLevelItemCount(), 1);
  press(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(QTest::qWaitFor([&] { return view.annotations().empty(); }, 30'000));
}

TEST_F(Labelling, APictureThatVanishedSaysSoAndTheNextOneComes) {
  const auto found = data("query", Value{Value::Map{{"filter", Value::Map{}}, {"sort", Value::Map{{"by", "added"}}}}});
  const auto page = data("page", Value{Value::Map{{"query", found["query"]}, {"first", 20}, {"count", 1}}});
  ASSERT_EQ(page.asList().size(), 1U);
  const std::vector<std::string> ids{std::string(32, 'f'), page.asList()[0]["id"].asText()};
  garden()->showLabelling(ids, [] { return QStringLiteral("Two"); });
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->current() == ids[0] && panel->idle(); }, 30'000));
  EXPECT_FALSE(panel->view().hasPicture());
  press(Qt::Key_D);
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->current() == ids[1] && panel->view().hasPicture(); }, 30'000));
  press(Qt::Key_A);
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel->current() == ids[0]; }, 30'000));
  press(Qt::Key_D);
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel->current() == ids[1] && panel->view().hasPicture(); }, 30'000));
}

TEST_F(Labelling, TrainsByItselfAndEffortGoesWithAnExport) {
  nameClasses();
  garden()->showLabelling({}, {});
  ASSERT_TRUE(QTest::qWaitFor([&] { return garden()->runs().whyNot().isEmpty() && !garden()->runs().live(); }, 60'000));
  QTest::mouseClick(garden().find<QCheckBox>("label.by-itself"), Qt::LeftButton, {}, QPoint{8, 8});
  garden().find<QSpinBox>("label.every")->setValue(5);
  const auto runs = garden()->runs().book().log().size();
  panel->view().setFocus();
  for (int i = 0; i < 40 && !garden()->runs().live(); ++i) {
    press(i % 2 ? Qt::Key_2 : Qt::Key_1);
    ASSERT_TRUE(saved());
  }
  EXPECT_TRUE(QTest::qWaitFor([&] { return garden()->runs().live() || garden()->runs().book().log().size() > runs; }, 60'000));
  garden().find<QCheckBox>("label.by-itself")->setChecked(false);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !garden()->runs().live(); }, 120'000));
  const auto& nodes = garden()->file().document().nodes();
  EXPECT_TRUE(std::ranges::any_of(nodes, [](const Node& node) { return node.type == "patchbay.data.revision"; }));
  const auto target = garden().base() / "exported";
  fs::create_directories(target);
  exportEffort(garden()->file().place().project, target);
  EXPECT_TRUE(fs::exists(target / "labelling-effort.csv"));
}

/// The gate counts what a training would learn from: a picture that only carries a box is none of its class as a whole.
TEST_F(Labelling, BoxesAloneAreNoLabelsToTrainOn) {
  nameClasses();
  name("shape");
  ASSERT_TRUE(QTest::qWaitFor([&] { return count("shape") == 0; }, 20'000));
  const auto found = data("query", Value{Value::Map{{"filter", Value::Map{}}, {"sort", Value::Map{{"by", "added"}}}}});
  const auto page = data("page", Value{Value::Map{{"query", found["query"]}, {"first", 10}, {"count", 2}}});
  for (const auto& one : page.asList()) {
    const Value box{Value::Map{{"kind", "box"}, {"label", "shape"}, {"geometry", Value::List{10, 10, 40, 40}}, {"author", "person:test"}}};
    const auto kept = data("item", Value{Value::Map{{"id", one["id"]}}})["annotations"];
    auto annotations = kept.asList();
    annotations.push_back(box);
    const auto done =
        data("edit", Value{Value::Map{{"changes", Value::List{Value::Map{{"id", one["id"]}, {"annotations", annotations}}}}}});
    ASSERT_EQ(done["changed"].asInt(), 1) << toJson(done);
  }
  std::int64_t whole = -1;
  const auto state = data("state");
  for (const auto& c : state["classes"].asList())
    if (c["name"].asText() == "shape") whole = c["whole"].asInt(-1);
  EXPECT_EQ(count("shape"), 2);
  EXPECT_EQ(whole, 0);
  // Taken back, for the tests after this one.
  for (int i = 0; i < 2; ++i) (void)data("undo");
  EXPECT_EQ(count("shape"), 0);
}

TEST_F(Labelling, SeveralLabelsAPictureAreAddedAndTakenAway) {
  nameClasses();
  const auto found = data("query", Value{Value::Map{{"filter", Value::Map{}}, {"sort", Value::Map{{"by", "added"}}}}});
  const auto page = data("page", Value{Value::Map{{"query", found["query"]}, {"first", 14}, {"count", 2}}});
  ASSERT_EQ(page.asList().size(), 2U);
  const auto id = page.asList()[0]["id"].asText(), other = page.asList()[1]["id"].asText();
  garden()->showLabelling({id, other}, [] { return QStringLiteral("Two"); });
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->current() == id && panel->idle() && panel->view().hasPicture(); }, 30'000));
  auto* several = garden().find<QCheckBox>("label.several");
  const auto task = [&] { return data("state")["task"].asText(); };
  QTest::mouseClick(several, Qt::LeftButton, {}, QPoint{8, 8});
  panel->view().setFocus();
  press(Qt::Key_0);
  press(Qt::Key_1);
  press(Qt::Key_2);
  const auto labels = [&] {
    QStringList out;
    const auto item = data("item", Value{Value::Map{{"id", id}}});
    for (const auto& a : item["annotations"].asList())
      if (a["kind"].asText() == "class" && a["score"].asDouble(1) >= .5) out << QString::fromStdString(a["label"].asText());
    out.sort();
    return out.join(QLatin1Char('+'));
  };
  ASSERT_TRUE(saved());
  EXPECT_EQ(task(), "multi-label");
  EXPECT_EQ(panel->current(), id) << "a number does not go on while there may be more";
  EXPECT_EQ(labels(), QStringLiteral("flower+leaf"));
  EXPECT_TRUE(garden().text("label.label").contains(QStringLiteral("leaf"))) << garden().text("label.label").toStdString();
  press(Qt::Key_1);
  ASSERT_TRUE(saved());
  EXPECT_EQ(labels(), QStringLiteral("leaf"));
  press(Qt::Key_D);
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel->current() == other; }, 30'000));
  press(Qt::Key_A);
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->current() == id && panel->idle(); }, 30'000));
  EXPECT_EQ(garden().text("label.label"), QStringLiteral("Label: leaf"));
  press(Qt::Key_0);
  ASSERT_TRUE(saved());
  EXPECT_EQ(labels(), QString{});
  QTest::mouseClick(several, Qt::LeftButton, {}, QPoint{8, 8});
  EXPECT_TRUE(QTest::qWaitFor([&] { return task() == "classification"; }, 30'000));
}

TEST_F(Labelling, ClassesCanHaveAnOrder) {
  nameClasses();
  auto* ordered = garden().find<QCheckBox>("label.ordered");
  const auto order = [&] {
    QStringList out;
    const auto state = data("state");
    for (const auto& c : state["classes"].asList()) out << QString::fromStdString(c["name"].asText());
    return out;
  };
  EXPECT_FALSE(garden().find<QToolButton>("label.class-up")->isVisibleTo(panel));
  QTest::mouseClick(ordered, Qt::LeftButton, {}, QPoint{8, 8});
  ASSERT_TRUE(QTest::qWaitFor([&] { return data("state")["task"].asText() == "ordinal"; }, 30'000));
  ASSERT_TRUE(QTest::qWaitFor([&] { return garden().find<QToolButton>("label.class-up")->isVisibleTo(panel); }, 30'000));
  const auto before = order();
  ASSERT_GE(before.size(), 2);
  panel->view().setActiveClass(before[1].toStdString());
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle(); }, 30'000));
  garden().find<QToolButton>("label.class-up")->setEnabled(true);
  QTest::mouseClick(garden().find<QToolButton>("label.class-up"), Qt::LeftButton);
  auto after = before;
  after.swapItemsAt(0, 1);
  EXPECT_TRUE(QTest::qWaitFor([&] { return order() == after; }, 30'000)) << order().join(QLatin1Char(' ')).toStdString();
  // As fast as one likes: each goes on from what the one before made, though what is read meanwhile was asked for earlier.
  QTest::mouseClick(garden().find<QToolButton>("label.class-down"), Qt::LeftButton);
  for (int ms = 36; ms < 50; ++ms) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle(); }, 30'000));
    Q_EMIT garden()->session().eventArrived(Value{Value::Map{{"event", "data"}}});
    QTest::qWait(ms);  // It asks after forty.
    garden().find<QToolButton>("label.class-up")->click();
    QTest::qWait(6);
    QTest::mouseClick(garden().find<QToolButton>("label.class-down"), Qt::LeftButton);
  }
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle(); }, 30'000));
  EXPECT_EQ(order(), before) << order().join(QLatin1Char(' ')).toStdString();
  QTest::mouseClick(ordered, Qt::LeftButton, {}, QPoint{8, 8});
  EXPECT_TRUE(QTest::qWaitFor([&] { return data("state")["task"].asText() == "classification"; }, 30'000));
}

TEST_F(Labelling, OwnKeysStayWithTheProject) {
  nameClasses();
  const auto keyOf = [&](int row) { return garden().find<QTreeWidget>("label.classes")->topLevelItem(row)->text(0); };
  const auto second = garden().find<QTreeWidget>("label.classes")->topLevelItem(1)->data(0, Qt::UserRole).toString().toStdString();
  panel->view().setActiveClass(second);
  press(Qt::Key_7, Qt::ControlModifier);
  EXPECT_EQ(keyOf(1), QStringLiteral("7"));
  const auto read = [&] {
    std::optional<ClassKeys> out;
    readKeys(garden()->session(), &garden().window, [&](ClassKeys keys) { out = std::move(keys); });
    EXPECT_TRUE(QTest::qWaitFor([&] { return out.has_value(); }, 20'000));
    return out.value_or(ClassKeys{});
  };
  EXPECT_TRUE(QTest::qWaitFor([&] { return read() == ClassKeys{{7, second}}; }, 20'000));
  // Another session has them as well.
  LabelPanel again{*garden()};
  auto* list = again.findChild<QTreeWidget*>(QStringLiteral("label.classes"));
  again.show();
  EXPECT_TRUE(
      QTest::qWaitFor([&] { return list->topLevelItemCount() > 1 && list->topLevelItem(1)->text(0) == QStringLiteral("7"); }, 30'000));
  // A file that somebody damaged is no file.
  ASSERT_TRUE(writeFileAtomically(keysFile(garden()->file().place().project), "{\"keys\": [7"));
  EXPECT_EQ(read(), ClassKeys{});
}

TEST_F(Labelling, WhatTheModelGotWrongComesIntoTheDataAndIsOpen) {
  nameClasses();
  // Only where no block of the pipeline takes added pictures.
  int steps = 0;
  if (garden()->file().document().node({"pictures"})) {
    ASSERT_TRUE(garden()->editor().apply(TR("test", "Removed"),
                                         edit::remove(garden()->file().document(), garden()->session().catalogue(), {"pictures"}, false)));
    ++steps;
  }
  const auto items = data("state")["items"].asInt();
  Value added;
  const auto bytes = [] {
    QByteArray png;
    QBuffer buffer{&png};
    buffer.open(QIODevice::WriteOnly);
    drawn(1, 4711).save(&buffer, "PNG");
    return png;
  }();
  bool answered = false;
  garden()->session().ask(
      "add_picture", Value{Value::Map{{"label", "flower"}, {"bytes", Value::Bytes(bytes.begin(), bytes.end())}, {"name", "wrong.png"}}},
      &garden().window, [&](const Result<Value>& answer) {
        answered = true;
        if (answer) added = *answer;
        else ADD_FAILURE() << answer.error().code;
      });
  ASSERT_TRUE(QTest::qWaitFor([&] { return answered; }, 30'000));
  std::optional<bool> in;
  bringAdded(*garden(), added, &garden().window, [&](const Result<bool>& done) { in = done && *done; });
  ASSERT_TRUE(QTest::qWaitFor([&] { return in.has_value(); }, 60'000));
  EXPECT_TRUE(*in);
  EXPECT_EQ(data("state")["items"].asInt(), items + 1);
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle() && panel->view().hasPicture(); }, 60'000));
  const auto item = data("item", Value{Value::Map{{"id", panel->current()}}});
  ASSERT_EQ(item["annotations"].asList().size(), 1U) << toJson(item);
  EXPECT_EQ(item["annotations"].asList()[0]["label"].asText(), "flower");
  // Once more is not twice.
  in.reset();
  bringAdded(*garden(), added, &garden().window, [&](const Result<bool>& done) { in = done && *done; });
  ASSERT_TRUE(QTest::qWaitFor([&] { return in.has_value(); }, 60'000));
  EXPECT_EQ(data("state")["items"].asInt(), items + 1);
  for (; steps > 0; --steps) ASSERT_TRUE(garden()->editor().undo());
}

TEST_F(Labelling, TrainOnThisFillsAnEmptyCanvas) {
  nameClasses();
  auto& editor = garden()->editor();
  const auto before = garden()->file().document();
  std::vector<std::string> all;
  for (const auto& node : before.nodes()) all.push_back(node.id.text);
  ASSERT_TRUE(editor.apply(TR("test", "Emptied"), edit::remove(before, garden()->session().catalogue(), all, false)));
  ASSERT_TRUE(garden()->file().document().nodes().empty());
  std::optional<bool> in;
  trainOnRevision(*garden(), "newest", {"flower", "leaf"}, &garden().window, [&](bool done) { in = done; });
  ASSERT_TRUE(QTest::qWaitFor([&] { return in.has_value(); }, 30'000));
  EXPECT_TRUE(*in);
  const auto& now = garden()->file().document();
  const auto revision = std::ranges::find(now.nodes(), std::string{"patchbay.data.revision"}, &Node::type);
  ASSERT_NE(revision, now.nodes().end());
  EXPECT_GE(now.nodes().size(), 4U) << "a pipeline that trains comes with it";
  EXPECT_TRUE(std::ranges::none_of(now.nodes(), [](const Node& node) { return node.type == "patchbay.data.picture_folder"; }));
  EXPECT_TRUE(std::ranges::any_of(now.links(), [&](const Link& link) { return link.from.node == revision->id; }));
  // It can be run as it is, and it is one step.
  EXPECT_TRUE(QTest::qWaitFor([&] { return garden()->runs().whyNot().isEmpty(); }, 60'000)) << garden()->runs().whyNot().toStdString();
  ASSERT_TRUE(editor.undo());
  EXPECT_TRUE(garden()->file().document().nodes().empty());
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(garden()->file().document().nodes().size(), before.nodes().size());
}

/// A project without pictures: what to do is offered, as no mistake of anybody.
TEST(LabelEmpty, OffersToChooseAFolder) {
  Garden fresh{2};
  ASSERT_TRUE(fresh.ready());
  fresh->showLabelling();
  // Other windows of this program have parts of the same names.
  auto* panel = fresh.window.findChild<LabelPanel*>(QStringLiteral("label"));
  ASSERT_TRUE(panel);
  auto* page = panel->findChild<QWidget*>(QStringLiteral("label.empty"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return page->isVisible(); }, 60'000));
  EXPECT_FALSE(panel->view().isVisible());
  EXPECT_TRUE(panel->findChild<QPushButton*>(QStringLiteral("label.choose-folder"))->isEnabled());
  QTest::mouseClick(panel->findChild<QPushButton*>(QStringLiteral("label.import")), Qt::LeftButton);
  auto* dialog = fresh.window.findChild<DataImportDialog*>(QStringLiteral("dataImport"));
  ASSERT_TRUE(dialog);
  dialog->setPath(fresh.pictures());
  ASSERT_TRUE(QTest::qWaitFor([&] { return dialog->findChild<QPushButton*>(QStringLiteral("dataImport.ok"))->isEnabled(); }, 60'000));
  EXPECT_EQ(dialog->findChild<widgets::PictureGrid*>(QStringLiteral("dataImport.sample"))->count(), 6U);
  QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("dataImport.ok")), Qt::LeftButton);
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel->view().isVisible(); }, 60'000));
  EXPECT_FALSE(page->isVisible());
}

/// How long the next picture of 12 megapixels takes when the reader paused for a second; the aim is 30 ms.
TEST_F(Labelling, TheNextLargePictureIsThereWhenItIsWanted) {
  const auto folder = garden().base() / "large";
  fs::create_directories(folder);
  for (int i = 0; i < 5; ++i) {
    auto image = drawn(i % 3, static_cast<quint32>(100 + i)).scaled(4000, 3000);
    ASSERT_TRUE(image.save(QString::fromStdString((folder / (std::to_string(i) + ".jpg")).string()), "JPEG", 85));
  }
  const auto brought = data("import", Value{Value::Map{{"path", pathToValue(folder)}, {"copy", false}}});
  ASSERT_EQ(brought["added"].asInt(), 5) << toJson(brought);
  const auto found =
      data("query", Value{Value::Map{{"filter", Value::Map{}}, {"sort", Value::Map{{"by", "added"}, {"descending", true}}}}});
  const auto page = data("page", Value{Value::Map{{"query", found["query"]}, {"first", 0}, {"count", 5}}});
  std::vector<std::string> ids;
  for (const auto& one : page.asList()) ids.push_back(one["id"].asText());
  ASSERT_EQ(ids.size(), 5U);
  garden()->showLabelling(ids, [] { return QStringLiteral("Large ones"); });
  std::vector<qint64> times;
  for (std::size_t i = 1; i < ids.size(); ++i) {
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return panel->idle() && panel->view().hasPicture() && panel->view().pictureSize() == QSize(4000, 3000); }, 60'000));
    QTest::qWait(1000);
    QElapsedTimer clock;
    clock.start();
    press(Qt::Key_D);
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel->current() == ids[i] && panel->view().hasPicture(); }, 60'000));
    panel->view().repaint();
    times.push_back(clock.elapsed());
  }
  std::ranges::sort(times);
  RecordProperty("median_ms", static_cast<int>(times[times.size() / 2]));
  std::printf("next picture of 12 megapixels: %lld ms at most, %lld ms mostly (aim: 30)\n", static_cast<long long>(times.back()),
              static_cast<long long>(times[times.size() / 2]));
  EXPECT_LT(times[times.size() / 2], 300) << "it was not there in advance";
}

}  // namespace
}  // namespace patchbay::studio::testing
