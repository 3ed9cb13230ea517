// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>

#include "engine/graph/document.h"
#include "tests/widgets/support/fake_engine.h"
#include "tests/widgets/support/longer_texts.h"
#include "widgets/results/report_source.h"
#include "widgets/results/run_comparison.h"
#include "widgets/results/runs_model.h"
#include "widgets/results/runs_table.h"

namespace patchbay::widgets {
namespace {

Value run(const char* id, const char* title, const char* state, double started) {
  Value v{Value::Map{{"run", id}, {"pipeline", "p"}, {"title", title}, {"state", state}, {"started", started}, {"pinned", false}}};
  if (std::string_view{state} != "running") v["finished"] = started + 75.0;
  return v;
}

Schema probe() {
  Schema s;
  s.info.id = "patchbay.train.linear_probe";
  s.info.title = TR("block", "Linear probe");
  s.params = {{.key = "epochs", .label = TR("block", "Epochs"), .kind = ParamKind::Integer, .def = 8},
              {.key = "method",
               .label = TR("block", "Method"),
               .kind = ParamKind::Choice,
               .def = "quick",
               .choices = {{"quick", TR("block", "Quick"), {}}, {"thorough", TR("block", "Thorough"), {}}}}};
  return s;
}

Value pipeline(Value probeParams, bool extra = false) {
  auto document = Document::create("Cells");
  const auto a = document.addNode({.id = {"n1"}, .name = "data", .type = "patchbay.data.picture_folder"});
  const auto b = document.addNode({.id = {"n2"}, .name = "probe", .type = "patchbay.train.linear_probe", .params = std::move(probeParams)});
  EXPECT_TRUE(document.addLink({.from = {*a, "data"}, .to = {*b, "data"}}));
  if (extra) {
    EXPECT_TRUE(document.addNode({.id = {"n3"}, .name = "export", .type = "patchbay.deploy.export"}));
  }
  return document.toValue();
}

struct Runs : ::testing::Test {
  patchbay::testing::FakeEngine engine;
  void SetUp() override {
    engine.blocks.add(probe());
    engine.asks["runs"] = [](const Value&) -> Result<Value> {
      return Value{Value::List{run("R3", "Solar cells", "running", 3000), run("R2", "Solar cells", "done", 2000),
                               run("R1", "Leaves", "done", 1000), run("R0", "Leaves", "failed", 500)}};
    };
    engine.asks["show"] = [this](const Value& a) -> Result<Value> { return shown(a["run"].asText()); };
    engine.asks["pin"] = [](const Value&) -> Result<Value> { return Value{}; };
  }
  Value shown(const std::string& id) const {
    auto v = run(id.c_str(), "Solar cells", "done", id == "R2" ? 2000 : 1000);
    const double accuracy = id == "R2" ? 0.875 : 0.85;
    if (id != "R0")
      v["finished_event"]["metrics"] = Value::Map{{"evaluate.accuracy", accuracy},
                                                  {"evaluate.accuracy_low", accuracy - 0.02},
                                                  {"evaluate.accuracy_high", accuracy + 0.02},
                                                  {"evaluate.log_loss", id == "R2" ? 0.5 : 0.4},
                                                  {"evaluate.pictures", 529}};
    v["seed"] = id == "R2" ? 1 : 0;
    v["device"] = "cpu";
    v["document"] = id == "R2" ? pipeline(Value::Map{{"epochs", 12}, {"method", "quick"}}, true) : pipeline(Value::Map{});
    return v;
  }
};

TEST_F(Runs, ShowsAllOfThemWithTheirFiguresAndFilters) {
  RunsTable table{engine};
  table.resize(1000, 500);
  table.show();
  table.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return table.findChild<QComboBox*>(QStringLiteral("runsMetric"))->count() == 3; }));
  QTest::qWait(50);
  EXPECT_EQ(table.rowCount(), 4);
  auto* view = table.findChild<QTableView*>(QStringLiteral("runsView"));
  EXPECT_EQ(view->model()->index(0, RunsModel::State).data().toString(), QStringLiteral("Running")) << "newest first";
  EXPECT_EQ(view->model()->index(1, RunsModel::Metric).data().toString(), QStringLiteral("0.8750")) << "accuracy is what is shown first";
  EXPECT_EQ(view->model()->index(1, RunsModel::Took).data().toString(), QStringLiteral("1 min 15 s"));
  table.findChild<QLineEdit*>()->setText(QStringLiteral("leaves"));
  EXPECT_EQ(table.rowCount(), 2);
  auto* state = table.findChild<QComboBox*>(QStringLiteral("runsState"));
  state->setCurrentIndex(3);
  Q_EMIT state->activated(3);
  EXPECT_EQ(table.rowCount(), 1);
  table.findChild<QLineEdit*>()->setText(QStringLiteral("nothing of the kind"));
  EXPECT_EQ(table.rowCount(), 0);
}

TEST_F(Runs, ABaselineIsPinnedAndTheOthersShowTheirDifference) {
  RunsTable table{engine};
  table.resize(1000, 500);
  table.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return table.findChild<QComboBox*>(QStringLiteral("runsMetric"))->count() == 3; }));
  QTest::qWait(50);
  QSignalSpy changed{&table, &RunsTable::baselineChanged};
  table.select({"R1"});
  table.findChild<QPushButton*>(QStringLiteral("runsBaseline"))->click();
  EXPECT_EQ(table.baseline(), "R1");
  EXPECT_EQ(changed.size(), 1);
  EXPECT_EQ(engine.asked.back().first, "pin");
  EXPECT_TRUE(engine.asked.back().second["pinned"].asBool());
  auto* view = table.findChild<QTableView*>(QStringLiteral("runsView"));
  EXPECT_EQ(view->model()->index(1, RunsModel::Difference).data().toString(), QStringLiteral("+0.0250"));
  EXPECT_EQ(view->model()->index(2, RunsModel::Difference).data().toString(), QString{}) << "none to itself";
  patchbay::testing::shoot(table, QStringLiteral("runs"), {1000, 420});
}

TEST_F(Runs, TwoChosenOnesCanBeComparedOneCannotAndSaysWhy) {
  RunsTable table{engine};
  table.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return table.rowCount() == 4; }));
  auto* compare = table.findChild<QPushButton*>(QStringLiteral("runsCompare"));
  QSignalSpy wanted{&table, &RunsTable::compareRequested};
  table.select({"R2"});
  EXPECT_FALSE(compare->isEnabled());
  EXPECT_FALSE(compare->toolTip().isEmpty());
  table.select({"R2", "R1"});
  compare->click();
  ASSERT_EQ(wanted.size(), 1);
  EXPECT_EQ(wanted[0][0].value<std::vector<std::string>>().size(), 2U);
}

TEST_F(Runs, EventsKeepTheTableUpToDate) {
  RunsTable table{engine};
  table.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return table.rowCount() == 4; }));
  QTest::qWait(80);
  table.handle(Value::Map{{"event", "run"}, {"run", "R4"}, {"state", "running"}, {"title", "New one"}});
  EXPECT_EQ(table.rowCount(), 5);
  table.handle(Value::Map{
      {"event", "finished"}, {"run", "R4"}, {"state", "done"}, {"seconds", 3.5}, {"metrics", Value::Map{{"evaluate.accuracy", 0.99}}}});
  auto* view = table.findChild<QTableView*>(QStringLiteral("runsView"));
  EXPECT_EQ(view->model()->index(0, RunsModel::Title).data().toString(), QStringLiteral("New one"));
  EXPECT_EQ(view->model()->index(0, RunsModel::Metric).data().toString(), QStringLiteral("0.9900"));
  EXPECT_EQ(view->model()->index(0, RunsModel::Took).data().toString(), QStringLiteral("3.5 s"));
}

TEST_F(Runs, LongerTextsFitInTheTableAndInTheComparison) {
  patchbay::testing::Longer longer;
  QCoreApplication::installTranslator(&longer);
  RunsTable table{engine};
  RunComparison comparison{engine};
  table.resize(860, 420);
  comparison.resize(620, 420);
  table.reload();
  comparison.setRuns({"R1", "R2"});
  table.show();
  comparison.show();
  EXPECT_TRUE(QTest::qWaitFor([&] { return table.rowCount() == 4 && !comparison.toCsv().isEmpty(); }));
  table.select({"R1", "R2"});
  for (auto* view : std::initializer_list<QWidget*>{&table, &comparison}) {
    QStringList cut;
    (void)QTest::qWaitFor([&] { return (cut = patchbay::testing::cutTexts(*view)).isEmpty(); }, 3000);
    EXPECT_TRUE(cut.isEmpty()) << cut.join(QStringLiteral("\n")).toStdString();
    patchbay::testing::shoot(*view, view == &table ? QStringLiteral("longer-runs") : QStringLiteral("longer-run-comparison"));
  }
  QCoreApplication::removeTranslator(&longer);
}

TEST_F(Runs, DifferencesAreThoseOfTheDocumentsAndDefaultsAreNone) {
  const auto all = differencesOf(engine.blocks, {shown("R1"), shown("R2")});
  std::vector<RunDifference> wanted{
      {{}, QStringLiteral("Seed"), {QStringLiteral("0"), QStringLiteral("1")}},
      {QStringLiteral("Linear probe"), QStringLiteral("Epochs"), {QStringLiteral("8"), QStringLiteral("12")}},
      {QStringLiteral("export"), QStringLiteral("Block"), {QString{}, QStringLiteral("patchbay.deploy.export")}},
      {QStringLiteral("export"), QStringLiteral("State of the block"), {QString{}, QStringLiteral("in use")}}};
  ASSERT_EQ(all.size(), wanted.size());
  for (const auto& w : wanted) EXPECT_NE(std::ranges::find(all, w), all.end()) << w.block.toStdString() << ' ' << w.what.toStdString();
  EXPECT_TRUE(differencesOf(engine.blocks, {shown("R1"), shown("R1")}).empty());
}

TEST_F(Runs, SideBySideShowsFiguresAndTheirDifferences) {
  RunComparison view{engine};
  view.resize(1000, 600);
  view.setRuns({"R1", "R2"});
  auto* metrics = view.findChild<QTableWidget*>(QStringLiteral("comparisonMetrics"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return metrics->rowCount() == 3; }));
  EXPECT_EQ(metrics->item(0, 1)->text(), QStringLiteral("0.8500 (0.8300 to 0.8700)"));
  EXPECT_TRUE(metrics->item(0, 2)->text().endsWith(QStringLiteral("+0.0250"))) << metrics->item(0, 2)->text().toStdString();
  EXPECT_EQ(metrics->item(0, 2)->foreground().color(), toneColour(Tone::Good, view.palette()));
  EXPECT_EQ(metrics->item(1, 2)->foreground().color(), toneColour(Tone::Bad, view.palette())) << "a greater loss is worse";
  EXPECT_TRUE(view.toCsv().contains(QStringLiteral("evaluate.accuracy,0.85,0.875")));
  patchbay::testing::shoot(view, QStringLiteral("comparison"), {1000, 600});
}

TEST(ReportFinder, FollowsThePlanToPredictionsDataAndModel) {
  patchbay::testing::FakeEngine engine;
  const auto port = [](const char* type, const char* digest) { return Value{Value::Map{{"type", type}, {"digest", digest}}}; };
  engine.asks["outputs"] = [&](const Value& a) -> Result<Value> {
    const auto& step = a["step"].asText();
    Value out;
    if (step == "evaluate[seed=1]") out["outputs"]["report"] = port("report", "d-report");
    if (step == "predict[seed=1]") out["outputs"]["predictions"] = port("predictions", "d-predictions");
    if (step == "tune[seed=1]") out["outputs"]["model"] = port("model", "d-model");
    if (step == "split") out["outputs"]["data"] = port("dataset", "d-data");
    return out;
  };
  engine.asks["show"] = [](const Value&) -> Result<Value> { return Value{Value::Map{{"title", "Cells"}, {"document", Value::Map{}}}}; };
  const auto input = [](const char* in, const char* from, const char* out) {
    return Value{Value::Map{{"port", in}, {"from", from}, {"from_port", out}}};
  };
  engine.asks["plan"] = [&](const Value&) -> Result<Value> {
    Value steps{Value::List{
        Value::Map{{"id", "split"}, {"node", "split"}, {"inputs", Value::List{}}},
        Value::Map{{"id", "tune[seed=1]"}, {"node", "tune"}, {"inputs", Value::List{input("data", "split", "data")}}},
        Value::Map{{"id", "predict[seed=1]"},
                   {"node", "predict"},
                   {"inputs", Value::List{input("data", "split", "data"), input("model", "tune[seed=1]", "model")}}},
        Value::Map{{"id", "evaluate[seed=1]"},
                   {"node", "evaluate"},
                   {"inputs", Value::List{input("data", "split", "data"), input("predictions", "predict[seed=1]", "predictions")}}}}};
    Value out;
    out["plan"]["steps"] = steps;
    return out;
  };
  QObject context;
  std::optional<Result<ReportSource>> found;
  findReport(engine, "R", "evaluate[seed=1]", &context, [&](const Result<ReportSource>& answer) { found = answer; });
  ASSERT_TRUE(QTest::qWaitFor([&] { return found.has_value(); }));
  ASSERT_TRUE(*found);
  EXPECT_EQ((*found)->report, "d-report");
  EXPECT_EQ((*found)->predictions, "d-predictions");
  EXPECT_EQ((*found)->data, "d-data");
  EXPECT_EQ((*found)->model, "d-model");
  EXPECT_EQ((*found)->node, "evaluate");
}

}  // namespace
}  // namespace patchbay::widgets
