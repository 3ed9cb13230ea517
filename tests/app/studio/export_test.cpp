// SPDX-License-Identifier: Apache-2.0
// Exporting a model that a real engine trained: what is said before, what is written, and that the snippets work.
#include <gtest/gtest.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTreeWidget>

#include "app/studio/deploy/export_changes.h"
#include "app/studio/deploy/export_dialog.h"
#include "app/studio/deploy/export_snippets.h"
#include "engine/base/file.h"
#include "engine/base/resources.h"
#include "engine/edit/editor.h"
#include "tests/app/studio/garden.h"

namespace patchbay::studio::testing {
namespace {

/// The system's Python, by itself or with the wheels that `app/setup/install --tests` unpacked; empty where neither has what
/// the snippet asks for.
QStringList pythonWithRuntime() {
  const auto wheels = QStringLiteral("PYTHONPATH=") + QString::fromStdString((cacheFolder() / "deps/demo-python").native());
  for (const auto& python :
       {QStringList{QStringLiteral("python3")},
        QStringList{QStringLiteral("env"), QStringLiteral("PYTHONDONTWRITEBYTECODE=1"), wheels, QStringLiteral("python3")}})
    if (QProcess::execute(python[0], python.mid(1) << QStringLiteral("-c") << QStringLiteral("import onnxruntime, numpy, PIL")) == 0)
      return python;
  return {};
}

TEST(Export, SaysSizeSpeedAndAccuracyAndThenWrites) {
  auto& garden = trainedGarden();
  auto* dialog = new ExportDialog{*garden, NodeId{"probe"}, garden->middle()};
  dialog->show();
  auto* formats = garden.find<QTreeWidget>("export.formats");
  ASSERT_TRUE(QTest::qWaitFor([&] { return formats->topLevelItemCount() > 0 && dialog->idle(); }, 120'000));
  QStringList titles;
  for (int i = 0; i < formats->topLevelItemCount(); ++i) {
    titles << formats->topLevelItem(i)->text(0);
    EXPECT_TRUE(formats->topLevelItem(i)->text(1).contains(QStringLiteral("MB"))) << formats->topLevelItem(i)->text(1).toStdString();
    EXPECT_TRUE(formats->topLevelItem(i)->text(2).contains(QStringLiteral("ms")));
  }
  EXPECT_TRUE(titles.contains(QStringLiteral("ONNX")) && titles.contains(QStringLiteral("safetensors")));
  ASSERT_TRUE(QTest::qWaitFor([&] { return garden.text("export.quality.text").contains(QStringLiteral("interval")); }, 30'000))
      << garden.text("export.quality.text").toStdString();

  ASSERT_FALSE(exportBlockOf(garden->file().document(), {"probe"}));
  QTest::mouseClick(garden.find<QPushButton>("export.ok"), Qt::LeftButton);
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return !dialog->exported().empty() || garden.find<QLabel>("export.problem.text")->isVisible(); }, 240'000));
  ASSERT_FALSE(dialog->exported().empty()) << garden.text("export.problem.text").toStdString();
  const auto place = dialog->exported();
  for (const auto* file : {"model.onnx", "model.safetensors", "net.json", "model_card.md", "demo/predict.py"})
    EXPECT_TRUE(fs::exists(place / file)) << file;
  // The block was added, linked to model, report and data.
  const auto block = exportBlockOf(garden->file().document(), {"probe"});
  ASSERT_TRUE(block);
  EXPECT_EQ(std::ranges::count_if(garden->file().document().links(), [&](const Link& l) { return l.to.node == *block; }), 3);

  const auto program = pythonSnippet(place);
  ASSERT_TRUE(program) << describe(program.error());
  QTest::mouseClick(garden.find<QPushButton>("export.copy-python"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return QGuiApplication::clipboard()->text().toStdString() == *program; }, 10'000));
  const auto snippet = QGuiApplication::clipboard()->text();
  const auto cpp = cppSnippet(place);
  ASSERT_TRUE(cpp);
  EXPECT_NE(cpp->find("model_batch1.onnx\""), std::string::npos);
  EXPECT_EQ(cpp->find("#include \"model.h\""), std::string::npos) << "it is one file";
  dialog->close();
  while (garden->editor().canUndo()) ASSERT_TRUE(garden->editor().undo());

  const auto python = pythonWithRuntime();
  if (python.isEmpty()) GTEST_SKIP() << "not installed here: onnxruntime";
  const auto script = garden.folder.path() + QStringLiteral("/snippet.py");
  QFile file{script};
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(snippet.toUtf8());
  file.close();
  const auto expected = parseJson(*readFile(place / "test_vectors" / "expected.json", 1 << 24));
  ASSERT_TRUE(expected);
  QStringList arguments{
      QStringLiteral("-c"),
      QStringLiteral("import sys, runpy; p = runpy.run_path(sys.argv[1])['predict']; [print(next(iter(p(f)))) for f in sys.argv[2:]]"),
      script};
  QStringList classes;
  for (const auto& one : (*expected)["vectors"].asList()) {
    arguments << QString::fromStdString((place / "test_vectors" / one["file"].asText()).native());
    classes << QString::fromStdString(one["class"].asText());
  }
  QProcess process;
  process.start(python[0], python.mid(1) + arguments);
  ASSERT_TRUE(process.waitForFinished(120'000));
  EXPECT_EQ(QString::fromUtf8(process.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts), classes)
      << process.readAllStandardError().toStdString();
}

TEST(ExportChanges, SetsTheBlockThatIsThereAndNothingWhenItFits) {
  auto& garden = trainedGarden();
  const auto& catalogue = garden->session().catalogue();
  ExportWish wish{.model = {"probe"}, .name = "first", .folder = {}, .includePictures = false, .base = garden.base()};
  NodeId block;
  auto changes = exportChanges(garden->file().document(), catalogue, wish, &block);
  ASSERT_TRUE(changes) << describe(changes.error());
  auto with = edit::applied(garden->file().document(), *changes);
  ASSERT_TRUE(with);
  const auto again = exportChanges(*with, catalogue, wish, &block);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->empty());
  wish.folder = garden.base() / "elsewhere";
  NodeId same;
  const auto moved = exportChanges(*with, catalogue, wish, &same);
  ASSERT_TRUE(moved);
  EXPECT_EQ(same, block);
  const auto then = edit::applied(*with, *moved);
  ASSERT_TRUE(then);
  EXPECT_EQ(then->node(block)->params["folder"].asText(), "elsewhere") << "inside the pipeline's folder it is relative";
}

TEST(ExportSnippets, QuoteWhatAPathMayHold) {
  const QTemporaryDir home;
  const auto exported = fs::path{home.path().toStdString()} / "a \"b\"" / "c";
  fs::create_directories(exported / "demo");
  fs::copy_file(resourceFolder() / "demo" / "predict.py", exported / "demo" / "predict.py");
  const auto python = pythonSnippet(exported);
  ASSERT_TRUE(python) << describe(python.error());
  EXPECT_NE(python->find(R"(a \"b\"/c/model.onnx", providers)"), std::string::npos);
  EXPECT_EQ(predictLine("/plain/path"), "patchbay predict /plain/path picture.jpg");
  EXPECT_EQ(predictLine("/it's mine"), "patchbay predict '/it'\\''s mine' picture.jpg");
  EXPECT_FALSE(pythonSnippet("/there/is/none"));
  EXPECT_FALSE(cppSnippet("/there/is/none"));
}

}  // namespace
}  // namespace patchbay::studio::testing
