// SPDX-License-Identifier: Apache-2.0
// The panel of other machines, with the real program `patchbay` behind it.
#include "app/studio/run/machines_panel.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QProcess>
#include <QTreeWidget>

#include "engine/base/file.h"
#include "tests/app/studio/garden.h"

namespace patchbay::studio::testing {
namespace {

TEST(MachineLines, SayWhatIsThere) {
  const Value facts{Value::Map{
      {"system", "Debian"},
      {"glibc", "2.36"},
      {"cores", 16},
      {"load", 1.5},
      {"memory_mb", 64 * 1024},
      {"free_bytes", std::int64_t{100} << 30},
      {"gpus", Value::List{Value::Map{{"name", "H100"}, {"memory_mb", 80 * 1024}}}},
      {"slurm",
       Value::Map{{"partitions", Value::List{Value::Map{
                                     {"name", "main"}, {"state", "up"}, {"nodes", "4"}, {"time", "1-00:00:00"}, {"gres", "gpu:1"}}}}}}}};
  const auto lines = machineLines(facts).join(QLatin1Char{'\n'});
  for (const auto* words : {"Debian", "2.36", "16", "64.0", "100.0", "H100", "80.0", "main", "gpu:1"})
    EXPECT_TRUE(lines.contains(QLatin1String{words})) << words;
}

TEST(MachinesPanelTest, ListsChoosesAndSaysWhatIsWrong) {
  OwnSettings config;
  qputenv("XDG_CONFIG_HOME", config.path().toUtf8());
  qputenv("PATCHBAY_SSH_CONFIG", "/dev/null");
  const auto program = QString::fromStdString((fs::path{PATCHBAY_ENGINE}.parent_path() / "patchbay").string());
  ASSERT_EQ(QProcess::execute(
                program, {QStringLiteral("machines"), QStringLiteral("add"), QStringLiteral("gpu-box"), QStringLiteral("nowhere.invalid")}),
            0);
  Garden garden{2};
  ASSERT_TRUE(garden.ready());
  auto* panel = new MachinesPanel{*garden};
  panel->setProgram(program);
  garden->setPanel(QStringLiteral("machines"), panel);
  openMachines(*garden);
  auto* list = garden.find<QTreeWidget>("machines.list");
  auto* on = garden.find<QComboBox>("machines.on");
  auto* said = garden.find<QPlainTextEdit>("machines.said");
  ASSERT_TRUE(list && on && said);
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle() && list->topLevelItemCount() == 1 && on->count() == 2; }, 60'000));
  on->setCurrentIndex(1);
  const auto file = garden->file().place().project / "run_on.json";
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle() && fs::exists(file); }, 60'000)) << said->toPlainText().toStdString();
  EXPECT_NE(readFile(file)->find("gpu-box"), std::string::npos);
  EXPECT_TRUE(said->toPlainText().contains(QStringLiteral("gpu-box")));
  QTest::mouseClick(garden.find<QPushButton>("machines.test"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle() && said->toPlainText().contains(QStringLiteral("ssh does not know")); }, 90'000))
      << said->toPlainText().toStdString();
  QTest::mouseClick(garden.find<QPushButton>("machines.remove"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle() && list->topLevelItemCount() == 0; }, 60'000));
  EXPECT_FALSE(garden.find<QPushButton>("machines.test")->isEnabled());
  EXPECT_FALSE(garden.find<QPushButton>("machines.test")->toolTip().isEmpty()) << "a control that cannot be used says why";
}

}  // namespace
}  // namespace patchbay::studio::testing
