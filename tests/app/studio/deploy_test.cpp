// SPDX-License-Identifier: Apache-2.0
// The panel Deploy: what is worked out of what programs say, and all of it on an export that a real engine made.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QCheckBox>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTcpServer>
#include <QTreeWidget>
#include <fstream>

#include "app/studio/data/dropped_files.h"
#include "app/studio/deploy/deploy_panel.h"
#include "app/studio/deploy/export_changes.h"
#include "app/studio/deploy/export_preview.h"
#include "app/studio/deploy/measure_view.h"
#include "app/studio/deploy/onnx_metadata.h"
#include "app/studio/deploy/open_exported.h"
#include "app/studio/deploy/proof_facts.h"
#include "app/studio/deploy/prove_view.h"
#include "app/studio/deploy/serve_view.h"
#include "app/studio/deploy/trade_plot.h"
#include "app/studio/deploy/watch_view.h"
#include "app/studio/window/main_window.h"
#include "engine/base/file.h"
#include "engine/edit/editor.h"
#include "engine/learn/report.h"
#include "tests/app/studio/garden.h"

namespace patchbay::studio::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string words(const QString& text) { return text.toStdString(); }

TEST(OnnxMetadata, IsReadWithoutTheRest) {
  const auto field = [](int number, const std::string& bytes) {
    return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(bytes.size())} + bytes;
  };
  const auto pair = [&](const std::string& key, const std::string& value) { return field(14, field(1, key) + field(2, value)); };
  const std::string model = std::string{"\x08\x08", 2} + field(7, "a graph") + pair("patchbay", "{}") + pair("name", "x");
  EXPECT_EQ(onnxMetadata(model), (std::map<std::string, std::string>{{"patchbay", "{}"}, {"name", "x"}}));
  for (std::size_t cut = 0; cut < model.size(); ++cut) EXPECT_LE(onnxMetadata(model.substr(0, cut)).size(), 2u);
  EXPECT_TRUE(onnxMetadata("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff").empty());
}

TEST(ServedCounts, AreReadFromPrometheusText) {
  const auto c = countsIn(
      "# HELP patchbay_requests_total x\npatchbay_requests_total{model=\"a b\",code=\"200\"} 7\n"
      "patchbay_requests_total{model=\"a b\",code=\"429\"} 2\npatchbay_requests_total{model=\"a b\",code=\"503\"} 1\n"
      "patchbay_requests_total{model=\"\",code=\"200\"} 99\npatchbay_pictures_total{model=\"a b\"} 12\npatchbay_waiting_pictures 3\n"
      "patchbay_request_seconds_sum{model=\"a b\"} 0.5\npatchbay_request_seconds_count{model=\"a b\"} 10\npatchbay_connections 4\n");
  EXPECT_EQ(c.answered, 10);
  EXPECT_EQ(c.refused, 2);
  EXPECT_EQ(c.failed, 1);
  EXPECT_EQ(c.pictures, 12);
  EXPECT_EQ(c.waiting, 3);
  EXPECT_EQ(c.connections, 4);
  EXPECT_EQ(c.timed, 10);
  EXPECT_DOUBLE_EQ(c.seconds, 0.5);
  EXPECT_EQ(countsIn("nonsense\n{}} x").answered, 0);
}

Value measured(const char* folder, const char* precision, int bytes, int threads, double ms) {
  const auto row = [&](int batch) {
    return Value{Value::Map{
        {"threads", threads}, {"batch", batch}, {"p50_ms", ms * batch}, {"p95_ms", ms * batch * 1.5}, {"pictures_per_second", 1000 / ms}}};
  };
  return Value::Map{
      {"processor", "P"},
      {"models",
       Value::List{Value::Map{{"export", folder}, {"precision", precision}, {"bytes", bytes}, {"latency", Value::List{row(1), row(8)}}}}}};
}

TEST(MeasureTable, KnowsWhomNoOtherBeatsAndWhatALimitPicks) {
  const auto facts = [](const char* folder, double accuracy) {
    ExportFacts out{.folder = folder, .name = folder + 1};
    out.models.push_back(
        {.precision = "fp32", .accuracy = learn::wilson(static_cast<std::uint64_t>(accuracy * 100), 100), .pictures = 100});
    return out;
  };
  const std::vector exports{facts("/small", .9), facts("/large", .95), facts("/beaten", .85)};
  MeasureTable table;
  table.add(measured("/small", "fp32", 4'000'000, 1, 4));
  table.add(measured("/large", "fp32", 20'000'000, 1, 20));
  table.add(measured("/large", "fp32", 20'000'000, 2, 12));
  table.add(measured("/beaten", "fp32", 5'000'000, 1, 6));
  table.add(measured("/beaten", "fp32", 5'000'000, 1, 5));
  EXPECT_EQ(table.rows().size(), 4u) << "measured again it takes the place of what was there";
  const auto all = table.contenders(exports, MeasureTable::Axis::Time);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[1].threads, 2) << "its best time counts";
  EXPECT_TRUE(all[0].front && all[1].front);
  EXPECT_FALSE(all[2].front);
  EXPECT_EQ(bestWithin(all, 100), 1u);
  EXPECT_EQ(bestWithin(all, 10), 0u);
  EXPECT_FALSE(bestWithin(all, 1));
  EXPECT_THAT(words(sayPick(all, 10)), HasSubstr("small"));
  EXPECT_THAT(words(sayPick(all, 1)), HasSubstr("None"));
  const auto csv = words(table.csv(exports));
  EXPECT_EQ(std::ranges::count(csv, '\n'), 1 + 8) << csv;
  EXPECT_THAT(csv, HasSubstr("/large,fp32,20000000,0.95,"));
  EXPECT_TRUE(sayAccuracy({}) == QStringLiteral("–"));
}

TEST(ReproducedWords, SayWhatDiffersAndWhy) {
  const auto same = sayReproduced(
      Value::Map{{"same_data", true}, {"same_weights", true}, {"same_bytes", true}, {"figures_known", true}, {"figures", Value::List{}}});
  EXPECT_THAT(words(same.join(QLatin1Char('\n'))), HasSubstr("Model: the same bytes."));
  const auto other = sayReproduced(Value::Map{{"same_data", false},
                                              {"same_weights", false},
                                              {"same_bytes", false},
                                              {"figures_known", true},
                                              {"figures", Value::List{"a.accuracy: 0.9 then, 0.8 now"}},
                                              {"reasons", Value::List{"Not the same: the data.", "data.digest: x then, y now"}}});
  const auto text = words(other.join(QLatin1Char('\n')));
  for (const auto* one : {"other pictures", "a.accuracy: 0.9 then", "Not the same: the data.", "    data.digest: x"})
    EXPECT_THAT(text, HasSubstr(one));
}

TEST(Int8Words, SayTheCostAndTheRefusalBeforeItIsSaved) {
  Value cost{Value::Map{
      {"unit", "AVX512-VNNI"}, {"validation_pictures", 200}, {"accuracy_fp32", .95}, {"accuracy_int8", .925}, {"drop_points", 2.5}}};
  EXPECT_TRUE(sayInt8({}, true, 1).text.isEmpty()) << "it is being measured";
  EXPECT_THAT(words(sayInt8({}, false, 1).text), HasSubstr("needs the data set"));
  const auto refused = sayInt8(cost, true, 1);
  EXPECT_EQ(refused.tone, widgets::Tone::Warning);
  EXPECT_THAT(words(refused.text), HasSubstr("will not be saved: it loses 2.5 points, and 1.0 are allowed"));
  const auto taken = sayInt8(cost, true, 3);
  EXPECT_EQ(taken.tone, widgets::Tone::Good);
  EXPECT_THAT(words(taken.text), Not(HasSubstr("VNNI")));
  cost["unit"] = "";
  EXPECT_THAT(words(sayInt8(cost, true, 3).text), HasSubstr("no VNNI"));
  cost["validation_pictures"] = 0;
  EXPECT_THAT(words(sayInt8(cost, true, 3).text), HasSubstr("not known"));
  const Value broken{
      Value::Map{{"error", toValue(Error{ErrorKind::BadInput, "x", TR("t", "There are too few."), TR("t", "Bring more."), {}})}}};
  EXPECT_THAT(words(sayInt8(broken, true, 1).text), HasSubstr("too few"));
}

TEST(ProofFacts, SayWhereTheModelIsGoodAndWhatItKnows) {
  ExportFacts facts{.folder = "/solar", .name = "solar"};
  ProofFacts view;
  view.retranslate();
  EXPECT_TRUE(view.isHidden());
  view.setExport(&facts);
  auto* parts = view.findChild<QTreeWidget*>(QStringLiteral("deploy.prove.parts"));
  EXPECT_TRUE(parts->isHidden());
  EXPECT_THAT(words(sayFamiliar(facts)), HasSubstr("are not marked"));
  facts.unlike = Value::Map{{"reference_pictures", 256}, {"held_out_pictures", 420}, {"held_out", "validation"}, {"share", 0.99}};
  EXPECT_THAT(words(sayFamiliar(facts)),
              HasSubstr("compared with 256 of them. Of 420 pictures held out (validation), 99.0 % raised no warning"));
  const auto slice = [](const char* by, const char* name, std::uint64_t right) {
    return Value{Value::Map{
        {"by", by}, {"name", name}, {"pictures", 100}, {"right", right}, {"accuracy", learn::toValue(learn::wilson(right, 100))}}};
  };
  facts.part = "test";
  facts.items = 300;
  facts.overall = learn::wilson(270, 300);
  facts.slices = Value::List{slice("brightness", "dark, 12 to 40", 70), slice("shape", "wide", 91), slice("folder", "wide", 100)};
  view.setExport(&facts);
  ASSERT_EQ(parts->topLevelItemCount(), 3);
  EXPECT_EQ(words(parts->topLevelItem(0)->text(1)), "dark, 12 to 40");
  EXPECT_EQ(words(parts->topLevelItem(0)->text(5)), "worse than all of them");
  EXPECT_EQ(words(parts->topLevelItem(1)->text(5)), "");
  EXPECT_EQ(words(parts->topLevelItem(2)->text(5)), "better than all of them");
  EXPECT_EQ(words(parts->topLevelItem(2)->text(0)), "folder");
}

/// An export of the garden, made once: fp32 and int8, whatever that costs with so few pictures.
struct Deploy : ::testing::Test {
  Garden& garden = trainedGarden();
  void SetUp() override { ASSERT_TRUE(fs::exists(exported() / "model.onnx")) << "the garden was not exported"; }
  fs::path exported() {
    static const fs::path made = [this]() -> fs::path {
      ExportWish wish{.model = {"probe"}, .name = "garden", .folder = {}, .int8 = true, .int8Drop = 100, .base = garden.base()};
      NodeId block;
      auto changes = exportChanges(garden->file().document(), garden->session().catalogue(), wish, &block);
      if (!changes || !garden->editor().apply(TR("t", "Export"), std::move(*changes))) return {};
      QSignalSpy ended{&garden->runs(), &RunController::runEnded};
      garden->runs().runTo({block});
      const bool good = QTest::qWaitFor([&] { return !ended.isEmpty(); }, 240'000);
      const auto* run = good ? garden->runs().book().find(ended.front().front().toString().toStdString()) : nullptr;
      if (!run || run->state != "done") ADD_FAILURE() << (run ? run->state + (run->error ? describe(*run->error) : "") : "no run");
      const auto place = exportPlace(*garden->file().document().node(block), garden->file().place());
      while (garden->editor().canUndo()) (void)garden->editor().undo();
      return good ? place : fs::path{};
    }();
    return made;
  }
  DeployPanel& panel() {
    auto* one = qobject_cast<DeployPanel*>(garden->panel(QStringLiteral("deploy")));
    if (!one) {
      garden->deploy(QString::fromStdString(exported()));
      one = qobject_cast<DeployPanel*>(garden->panel(QStringLiteral("deploy")));
    }
    EXPECT_TRUE(QTest::qWaitFor([&] { return one->idle() && !one->chosen().isEmpty(); }, 30'000));
    return *one;
  }
  void measures();
  void serves();
  void saysThatAPortIsTaken();
  void watches();
  void proves();
  void opensAsItsPipeline();
  void page(int index) { garden.find<QTabWidget>("deploy.pages")->setCurrentIndex(index); }
  void press(const char* name) {
    auto* button = garden.find<QPushButton>(name);
    ASSERT_TRUE(button) << name;
    ASSERT_TRUE(button->isEnabled()) << name << ": " << words(button->toolTip());
    button->click();
  }
};

void Deploy::measures() {
  ASSERT_TRUE(fs::exists(exported() / "model_int8.onnx")) << exported();
  auto& deploy = panel();
  EXPECT_EQ(deploy.chosen().toStdString(), exported().native());
  auto& view = deploy.measure();
  view.setSeconds(0.05);
  press("deploy.measure.go");
  ASSERT_TRUE(view.busy());
  ASSERT_TRUE(QTest::qWaitFor([&] { return !view.busy(); }, 120'000));
  auto* list = garden.find<QTreeWidget>("deploy.measure.table");
  ASSERT_GE(list->topLevelItemCount(), 2) << words(garden.text("deploy.measure.problem.text"));
  EXPECT_TRUE(view.table().hasInt8());
  EXPECT_TRUE(list->topLevelItem(0)->text(3).contains(QLatin1Char('%'))) << "accuracy with its interval";
  garden.find<QDoubleSpinBox>("deploy.measure.limit")->setValue(100'000);
  EXPECT_THAT(words(garden.text("deploy.measure.pick.text")), HasSubstr("garden"));
  press("deploy.measure.copy");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("int8")));
  const auto png = garden.folder.path() + QStringLiteral("/plot.png");
  EXPECT_TRUE(garden.find<TradePlot>("deploy.measure.plot")->savePng(png));
  EXPECT_FALSE(QImage{png}.isNull());
  view.setSeconds(600);
  press("deploy.measure.go");
  ASSERT_TRUE(view.busy());
  press("deploy.measure.stop");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !view.busy(); }, 60'000)) << "it ends at once";
  EXPECT_GE(list->topLevelItemCount(), 2) << "what was there stays";
  view.setSeconds(0.05);
}

/// Status of an answer and its body.
std::pair<int, QByteArray> ask(QNetworkAccessManager& network, const QString& url, const QByteArray& body, const QString& token = {}) {
  QNetworkRequest request{QUrl{url}};
  request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("image/png"));
  if (!token.isEmpty()) request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
  auto* reply = network.post(request, body);
  QSignalSpy finished{reply, &QNetworkReply::finished};
  if (!finished.wait(60'000)) return {};
  reply->deleteLater();
  return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
}

/// A port that the system gives to nobody by itself: between a server's end and its new beginning it stays free, however many
/// connections other tests open meanwhile.
int quietPort() {
  int first = 32'768;
  std::ifstream{"/proc/sys/net/ipv4/ip_local_port_range"} >> first;
  QTcpServer trial;
  for (int tries = 0; tries < 100; ++tries) {
    const auto port = static_cast<quint16>(QRandomGenerator::global()->bounded(10'000, std::max(10'001, first)));
    if (trial.listen(QHostAddress::AnyIPv4, port)) return port;
  }
  return 0;
}

/// Counts, a token off loopback, and handed over when that is wanted.
void Deploy::serves() {
  auto& deploy = panel();
  page(1);
  auto& server = deploy.serve().server();
  using State = ExportServer::State;
  const auto becomes = [](ExportServer& one, State state) { return QTest::qWaitFor([&] { return one.state() == state; }, 90'000); };
  garden.find<QSpinBox>("deploy.serve.port")->setValue(0);
  press("deploy.serve.start");
  ASSERT_TRUE(becomes(server, State::On)) << words(server.problem());
  ASSERT_TRUE(QTest::qWaitFor([&] { return !server.model().isEmpty(); }, 30'000));
  QNetworkAccessManager network;
  const auto picture = *readFile(garden.base() / "pictures" / "leaf" / "0.png");
  const auto url = server.url() + QStringLiteral("/v1/models/") + server.model() + QStringLiteral("/predict");
  EXPECT_THAT(words(server.curlLine()), HasSubstr(words(url)));
  const auto [status, body] = ask(network, url, QByteArray::fromStdString(picture));
  EXPECT_EQ(status, 200) << body.toStdString();
  EXPECT_TRUE(body.contains("leaf"));
  EXPECT_EQ(ask(network, url, "no picture").first / 100, 4);
  ASSERT_TRUE(QTest::qWaitFor([&] { return server.counts().answered >= 2; }, 30'000));
  EXPECT_GE(server.counts().refused, 1);
  EXPECT_TRUE(garden.text("deploy.serve.counts").contains(QStringLiteral("refused")));
  EXPECT_EQ(endingServer(*garden), &server);
  press("deploy.serve.stop");
  ASSERT_TRUE(becomes(server, State::Off));
  EXPECT_TRUE(server.problem().isEmpty());
  EXPECT_FALSE(endingServer(*garden));

  garden.find<QCheckBox>("deploy.serve.open")->setChecked(true);
  garden.find<QSpinBox>("deploy.serve.port")->setValue(quietPort());
  press("deploy.serve.start");
  ASSERT_TRUE(becomes(server, State::On)) << words(server.problem());
  EXPECT_GE(server.token().size(), 32);
  EXPECT_FALSE(QFile::permissions(server.tokenFile()) & (QFile::ReadGroup | QFile::ReadOther));
  EXPECT_EQ(garden.find<QLineEdit>("deploy.serve.token")->echoMode(), QLineEdit::Password);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !server.model().isEmpty(); }, 30'000));
  const auto guarded = server.url() + QStringLiteral("/v1/models/") + server.model() + QStringLiteral("/predict");
  EXPECT_EQ(ask(network, guarded, QByteArray::fromStdString(picture)).first, 401);
  EXPECT_EQ(ask(network, guarded, QByteArray::fromStdString(picture), server.token()).first, 200);

  // Handed over it answers at the same address, is no child any more, and another window finds it.
  const auto address = server.url();
  const auto before = server.pid();
  bool handedOver = false;
  server.keep([&] { handedOver = true; });
  ASSERT_TRUE(QTest::qWaitFor([&] { return handedOver; }, 90'000));
  ASSERT_EQ(server.state(), State::On) << words(server.problem());
  EXPECT_TRUE(server.kept());
  EXPECT_EQ(server.url(), address);
  EXPECT_NE(server.pid(), before);
  EXPECT_FALSE(endingServer(*garden));
  ExportServer other;
  ASSERT_TRUE(other.takeUp(QString::fromStdString(exported())));
  EXPECT_EQ(other.url(), address);
  other.stop();
  ASSERT_TRUE(becomes(other, State::Off));
  ASSERT_TRUE(becomes(server, State::Off)) << "both see that it is gone";
  EXPECT_FALSE(other.takeUp(QString::fromStdString(exported())));
  garden.find<QCheckBox>("deploy.serve.open")->setChecked(false);
}

void Deploy::saysThatAPortIsTaken() {
  auto& deploy = panel();
  page(1);
  auto& server = deploy.serve().server();
  ExportServer first;
  first.start({QString::fromStdString(exported()), QStringLiteral("fp32"), 0, false});
  ASSERT_TRUE(QTest::qWaitFor([&] { return first.state() == ExportServer::State::On; }, 90'000)) << words(first.problem());
  server.start({QString::fromStdString(exported()), QStringLiteral("fp32"), QUrl{first.url()}.port(), false});
  ASSERT_TRUE(QTest::qWaitFor([&] { return server.state() == ExportServer::State::Off; }, 90'000));
  EXPECT_FALSE(server.problem().isEmpty());
  EXPECT_EQ(garden.text("deploy.serve.remark.text"), server.problem());
  first.stop();
  ASSERT_TRUE(QTest::qWaitFor([&] { return first.state() == ExportServer::State::Off; }, 90'000));
}

/// A folder, and what the model is unsure about into the data.
void Deploy::watches() {
  auto& deploy = panel();
  page(2);
  const auto incoming = garden.folder.path() + QStringLiteral("/incoming");
  QDir{}.mkpath(incoming);
  for (int kind = 0; kind < 3; ++kind) drawn(kind, 500).save(incoming + QStringLiteral("/new%1.png").arg(kind));
  std::ofstream{(incoming + QStringLiteral("/broken.png")).toStdString()} << "no picture";
  garden.find<QLineEdit>("deploy.watch.folder")->setText(incoming);
  garden.find<QDoubleSpinBox>("deploy.watch.unsure")->setValue(100);
  EXPECT_FALSE(garden.find<QPushButton>("deploy.watch.bring")->isEnabled());
  press("deploy.watch.start");
  auto& view = deploy.watch();
  ASSERT_TRUE(QTest::qWaitFor([&] { return view.counts().predicted == 3 && view.counts().failed == 1; }, 120'000))
      << view.counts().predicted << " " << view.counts().failed;
  const auto suggestions = incoming.toStdString() + ".results/look-at-me/suggestions.json";
  ASSERT_TRUE(QTest::qWaitFor([&] { return fs::exists(suggestions); }, 60'000));
  press("deploy.watch.stop");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !view.running(); }, 60'000));
  press("deploy.watch.bring");
  ASSERT_TRUE(QTest::qWaitFor([&] { return view.idle() && !garden.text("deploy.watch.remark.text").isEmpty(); }, 90'000));
  EXPECT_THAT(words(garden.text("deploy.watch.remark.text")), HasSubstr("3 pictures"));
  EXPECT_TRUE(garden->panel(QStringLiteral("label"))) << "they are looked at one after the other";
  Value items;
  garden->session().ask("data", Value::Map{{"do", "query"}, {"filter", Value::Map{{"suggested", true}}}}, garden->middle(),
                        [&](const Result<Value>& answer) {
                          items = answer ? *answer : Value{Value::Map{{"count", -1}}};
                        });
  ASSERT_TRUE(QTest::qWaitFor([&] { return items.isMap(); }, 30'000));
  EXPECT_EQ(items["count"].asInt(), 3) << "what the model thought came as suggestions";
}

/// The report, and whether the same comes out again.
void Deploy::proves() {
  auto& deploy = panel();
  page(3);
  auto& view = deploy.prove();
  press("deploy.prove.html");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !view.busy(); }, 120'000));
  EXPECT_TRUE(fs::exists(exported() / "report.html")) << words(garden.text("deploy.prove.written.text"));
  EXPECT_TRUE(garden.find<QPushButton>("deploy.prove.open")->isEnabled());
  EXPECT_FALSE(garden.text("deploy.prove.familiar").isEmpty());
  // All of it trains and exports once more; `patchbay reproduce` by itself is always tried.
  if (!std::getenv("PATCHBAY_LONG_TESTS")) return;
  press("deploy.prove.run");
  ASSERT_TRUE(view.busy());
  ASSERT_TRUE(QTest::qWaitFor([&] { return !view.busy(); }, 300'000));
  EXPECT_THAT(words(view.found()), HasSubstr("Data: the same pictures and labels.")) << words(garden.text("deploy.prove.verdict.text"));
  EXPECT_THAT(words(view.found()), HasSubstr("Figures: all the same."));
}

void Deploy::opensAsItsPipeline() {
  const auto name = QString::fromStdString(exported().native());
  EXPECT_EQ(classify(name), DroppedKind::ExportedPipeline);
  EXPECT_EQ(classify(name + QStringLiteral("/model.onnx")), DroppedKind::ExportedPipeline);
  EXPECT_EQ(classify(name + QStringLiteral("/pipeline.json")), DroppedKind::ExportedPipeline);
  QSignalSpy opened{&*garden, &Workspace::openRequested};
  garden->drop({QUrl::fromLocalFile(name)}, {});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !opened.isEmpty(); }, 30'000));
  const fs::path file{opened.front().front().toString().toStdString()};
  EXPECT_EQ(file.parent_path().filename(), "pipelines");
  const auto document = Document::load(file);
  ASSERT_TRUE(document) << describe(document.error());
  EXPECT_EQ(document->nodes().size(), garden->file().document().nodes().size() + 1);
  EXPECT_NE(document->id, garden->file().document().id);
  EXPECT_EQ(*copyPipeline(exported(), garden->file().place().project), file) << "the same copy again";
  // Changed, it is somebody's work.
  auto changed = *document;
  changed.title = "Mine";
  ASSERT_TRUE(changed.save(file));
  EXPECT_NE(*copyPipeline(exported(), garden->file().place().project), file);
  // The ONNX file alone carries it as well.
  const auto alone = garden.base() / "alone";
  fs::create_directories(alone);
  fs::copy_file(exported() / "model.onnx", alone / "renamed.onnx");
  EXPECT_EQ(classify(QString::fromStdString((alone / "renamed.onnx").native())), DroppedKind::ExportedPipeline);
  EXPECT_TRUE(copyPipeline(alone / "renamed.onnx", garden->file().place().project));
  std::ofstream{alone / "foreign.onnx"} << "x";
  EXPECT_EQ(classify(QString::fromStdString((alone / "foreign.onnx").native())), DroppedKind::Unknown);
}

/// One after the other: training and exporting the garden takes longer than all of them.
TEST_F(Deploy, PutsAnExportToWork) {
  for (const auto& [name, part] : {std::pair{"measures", &Deploy::measures},
                                   {"serves", &Deploy::serves},
                                   {"saysThatAPortIsTaken", &Deploy::saysThatAPortIsTaken},
                                   {"watches", &Deploy::watches},
                                   {"proves", &Deploy::proves},
                                   {"opensAsItsPipeline", &Deploy::opensAsItsPipeline}}) {
    SCOPED_TRACE(name);
    (this->*part)();
  }
}

TEST(DeployStartPage, AnExportThatIsDroppedOpensInAProjectOfItsOwn) {
  const OwnSettings folder;
  Settings settings;
  settings.setProjectsFolder(folder.path() + QStringLiteral("/Projects"));
  Language language;
  const auto exported = fs::path{folder.path().toStdString()} / "solar";
  fs::create_directories(exported);
  std::ofstream{exported / "model.onnx"} << "x";
  ASSERT_TRUE(Document::create("Solar").save(exported / "pipeline.json"));
  const auto proof = *readFile(exported / "pipeline.json");
  auto window = std::make_unique<MainWindow>(settings, language, makeHooks());
  window->show();
  QMimeData mime;
  mime.setUrls({QUrl::fromLocalFile(QString::fromStdString(exported.native()))});
  QDragEnterEvent enter{{10, 10}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier};
  QApplication::sendEvent(window.get(), &enter);
  QDropEvent drop{{10, 10}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier};
  QApplication::sendEvent(window.get(), &drop);
  ASSERT_TRUE(QTest::qWaitFor([&] { return window->workspace() != nullptr; }, 60'000));
  EXPECT_EQ(window->workspace()->file().document().title, "Solar");
  EXPECT_EQ(window->workspace()->file().place().project, fs::path{folder.path().toStdString()} / "Projects" / "solar");
  EXPECT_EQ(*readFile(exported / "pipeline.json"), proof) << "the export stays as it is";
  const auto engine = window->workspace()->session().enginePid();
  window.reset();
  if (engine > 0) ::kill(static_cast<pid_t>(engine), SIGTERM);
}

}  // namespace
}  // namespace patchbay::studio::testing
