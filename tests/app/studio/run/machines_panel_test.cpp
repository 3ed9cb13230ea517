// SPDX-License-Identifier: Apache-2.0
// The panel of other machines with the real programs behind it: a host that is not there, a real sshd, a real cluster of one node.
#include "app/studio/run/machines_panel.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProcess>
#include <QTabWidget>
#include <QTreeWidget>

#include "app/studio/run/machine_load_view.h"
#include "app/studio/run/machine_log.h"
#include "engine/base/file.h"
#include "tests/app/studio/garden.h"
#include "tests/support/shared_catalogue.h"
#include "tests/support/slurm_cluster.h"

namespace patchbay::studio::testing {
namespace {

using patchbay::testing::SlurmCluster;
using patchbay::testing::SshServer;

QString programAt(const char* name) { return QString::fromStdString((fs::path{PATCHBAY_ENGINE}.parent_path() / name).string()); }

/// Configuration and cache of nobody; set back at the end.
class OwnHome {
 public:
  OwnHome() {
    set("XDG_CONFIG_HOME", folder.path() / "config");
    set("XDG_CACHE_HOME", folder.path() / "cache");
    test::shareCatalogue(folder.path() / "cache");
    set("PATCHBAY_SSH_CONFIG", "/dev/null");
  }
  ~OwnHome() {
    for (const auto& [name, value] : before_) value.isNull() ? qunsetenv(name) : qputenv(name, value);
  }
  void set(const char* name, const fs::path& value) {
    if (!before_.contains(name)) before_[name] = qEnvironmentVariableIsSet(name) ? qgetenv(name) : QByteArray{};
    qputenv(name, QByteArray::fromStdString(value.string()));
  }
  test::TempFolder folder;

 private:
  std::map<const char*, QByteArray> before_;
};

int machines(QStringList words) { return QProcess::execute(programAt("patchbay"), QStringList{QStringLiteral("machines")} + words); }

class MachinesPanelTest : public ::testing::Test {
 protected:
  void open(const Value& contents = {}, int perClass = 2) {
    garden = std::make_unique<Garden>(perClass, contents);
    ASSERT_TRUE(garden->ready());
    panel = new MachinesPanel{**garden};
    panel->setProgram(programAt("patchbay"));
    (*garden)->setPanel(QStringLiteral("machines"), panel);
    openMachines(**garden);
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel->idle(); }, 60'000));
    list = find<QTreeWidget>("machines.list");
    ASSERT_NE(list, nullptr);
  }
  template <class T>
  T* find(const char* name) {
    return garden->find<T>(name);
  }
  QString said(const char* name) {
    const auto* label = find<QLabel>(name);
    return label && label->isVisibleTo(panel) ? label->text() : QString{};
  }
  bool waitFor(const std::function<bool()>& holds, int ms = 90'000) { return QTest::qWaitFor(holds, ms); }
  const SeenMachine* seen(const char* name) { return panel->book().find(QLatin1String{name}); }
  bool waitForState(const char* name, MachineState state) {
    return waitFor([&] { return seen(name) && seen(name)->state() == state; });
  }
  void press(const char* name) {
    auto* button = find<QPushButton>(name);
    ASSERT_NE(button, nullptr) << name;
    ASSERT_TRUE(waitFor([&] { return button->isEnabled(); })) << name << ": " << button->toolTip().toStdString();
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
  }
  /// As a person does with the keyboard: the list of the box by its keys.
  void choose(const char* name, const QString& data) {
    auto* box = find<QComboBox>(name);
    ASSERT_NE(box, nullptr);
    const int at = box->findData(data);
    ASSERT_GE(at, 0) << data.toStdString();
    box->setFocus();
    while (box->currentIndex() != at) {
      QTest::keyClick(box, box->currentIndex() < at ? Qt::Key_Down : Qt::Key_Up);
      ASSERT_TRUE(waitFor([&] { return panel->idle(); }));
    }
  }
  std::string places() {
    const auto text = readFile((*garden)->file().place().project / "run_on.json");
    return text ? *text : std::string{};
  }
  void row(const char* name) {
    for (int i = 0; i < list->topLevelItemCount(); ++i)
      if (list->topLevelItem(i)->text(0) == QLatin1String{name}) list->setCurrentItem(list->topLevelItem(i));
  }

  OwnHome home;
  std::unique_ptr<Garden> garden;
  MachinesPanel* panel = nullptr;
  QTreeWidget* list = nullptr;
};

TEST_F(MachinesPanelTest, WithoutAMachineItSaysWhatToTypeAndAddsOne) {
  open();
  EXPECT_EQ(list->topLevelItemCount(), 0);
  EXPECT_FALSE(list->isVisible());
  EXPECT_TRUE(said("machines.why").contains(QStringLiteral("no other machine")));
  press("machines.addFirst");
  QDialog* dialog = nullptr;
  ASSERT_TRUE(waitFor([&] { return (dialog = find<QDialog>("machines.dialog")) && dialog->isVisible(); }));
  auto* ok = find<QPushButton>("machines.dialog.ok");
  EXPECT_FALSE(ok->isEnabled());
  EXPECT_FALSE(ok->toolTip().isEmpty()) << "a control that cannot be used says why";
  QTest::keyClicks(find<QComboBox>("machines.dialog.host")->lineEdit(), QStringLiteral("nowhere.invalid"));
  auto* name = find<QLineEdit>("machines.dialog.name");
  EXPECT_EQ(name->text(), QStringLiteral("nowhere.invalid")) << "the host's, until another is typed";
  name->selectAll();
  QTest::keyClicks(name, QStringLiteral("local"));
  EXPECT_FALSE(ok->isEnabled()) << "that is this machine";
  name->selectAll();
  QTest::keyClicks(name, QStringLiteral("gpu-box"));
  ASSERT_TRUE(ok->isEnabled());
  QTest::keyClick(name, Qt::Key_Return);
  // It is tested at once, and what is wrong is told in words.
  ASSERT_TRUE(waitFor([&] { return panel->idle() && said("machines.said").contains(QStringLiteral("ssh does not know")); }))
      << said("machines.said").toStdString();
  ASSERT_TRUE(waitForState("gpu-box", MachineState::Away));
  EXPECT_TRUE(list->topLevelItem(0)->text(1).contains(QStringLiteral("Not reached")));
  EXPECT_TRUE(waitFor([&] { return said("machines.trouble").contains(QStringLiteral("~/.ssh/config")); }));
  EXPECT_FALSE(find<QPushButton>("machines.clean")->isEnabled());
  EXPECT_FALSE(find<QPushButton>("machines.clean")->toolTip().isEmpty());
}

TEST_F(MachinesPanelTest, ThePlaceOfAPipelineIsChosenSaidAndMissed) {
  ASSERT_EQ(machines({QStringLiteral("add"), QStringLiteral("gpu-box"), QStringLiteral("nowhere.invalid")}), 0);
  open();
  ASSERT_EQ(list->topLevelItemCount(), 1);
  choose("machines.onProject", QStringLiteral("gpu-box"));
  ASSERT_TRUE(waitFor([&] { return said("machines.why").contains(QStringLiteral("because the project")); }))
      << said("machines.why").toStdString();
  EXPECT_NE(find<QComboBox>("machines.on")->itemText(0).indexOf(QStringLiteral("gpu-box")), -1) << "what its project does";
  choose("machines.on", QStringLiteral("local"));
  ASSERT_TRUE(waitFor([&] { return said("machines.why").contains(QStringLiteral("Everything runs here, because this pipeline")); }))
      << said("machines.why").toStdString();
  EXPECT_NE(places().find("GARDEN"), std::string::npos) << places();
  choose("machines.on", QStringLiteral("gpu-box"));
  ASSERT_TRUE(waitFor([&] { return said("machines.why").contains(QStringLiteral("gpu-box, because this pipeline")); }));
  EXPECT_FALSE(find<QPushButton>("machines.here")->isVisible());
  // As on another computer: nobody has named such a machine.
  press("machines.remove");
  QMessageBox* box = nullptr;
  ASSERT_TRUE(waitFor([&] { return (box = find<QMessageBox>("machines.removeDialog")) && box->isVisible(); }));
  press("machines.removeDialog.yes");
  ASSERT_TRUE(waitFor([&] { return panel->idle() && list->topLevelItemCount() == 0; }));
  EXPECT_TRUE(said("machines.why").contains(QStringLiteral("does not know"))) << said("machines.why").toStdString();
  EXPECT_TRUE(find<QPushButton>("machines.here")->isVisible());
  std::optional<Error> refused;
  QObject::connect(&(*garden)->runs(), &RunController::failed, panel, [&](const Error& error) { refused = error; });
  ASSERT_TRUE(waitFor([&] { return (*garden)->runs().whyNot().isEmpty(); }));
  (*garden)->runs().runAll();
  ASSERT_TRUE(waitFor([&] { return refused.has_value(); }));
  EXPECT_EQ(refused->code, "machine.elsewhere") << describe(*refused);
  press("machines.here");
  ASSERT_TRUE(waitFor([&] { return panel->idle() && said("machines.why").contains(QStringLiteral("Everything runs here")); }));
  refused.reset();
  ASSERT_TRUE(waitFor([&] { return (*garden)->runs().idle() && (*garden)->runs().whyNot().isEmpty(); }));
  (*garden)->runs().runAll();
  ASSERT_TRUE(waitFor([&] { return (*garden)->runs().live() || refused; }));
  EXPECT_FALSE(refused) << describe(*refused);
  (*garden)->runs().stop(false);
  EXPECT_TRUE(waitFor([&] { return !(*garden)->runs().live(); }));
}

TEST_F(MachinesPanelTest, BehindARealSshdTheSizeIsAskedAndSilenceIsSaidWithItsAge) {
  SshServer server;
  test::TempFolder there;
  home.set("PATCHBAY_SSH_CONFIG", server.config());
  ASSERT_EQ(machines({QStringLiteral("add"), QStringLiteral("gpu-box"), QStringLiteral("box"), QStringLiteral("--folder"),
                      QString::fromStdString((there.path() / "patchbay").string())}),
            0);
  // What an earlier start has seen.
  const auto kept = home.folder.path() / "cache" / "patchbay" / "machines-seen.json";
  fs::create_directories(kept.parent_path());
  const Value load{Value::Map{{"cores", 64}, {"load", 3.0}, {"memory_mb", 1000}, {"memory_free_mb", 500}, {"gpus", Value::List{}}}};
  ASSERT_TRUE(writeFileAtomically(
      kept, toJson(Value{Value::Map{
                {"gpu-box", Value::Map{{"load", load}, {"jobs", Value::List{}}, {"seen", MachineBook::now() - 3 * 86400 - 3600}}}}})));
  open();
  ASSERT_TRUE(waitForState("gpu-box", MachineState::NoWorker)) << said("machines.trouble").toStdString();
  EXPECT_TRUE(list->topLevelItem(0)->text(1).contains(QStringLiteral("worker"))) << list->topLevelItem(0)->text(1).toStdString();
  ASSERT_TRUE(waitFor([&] { return find<QPushButton>("machines.copyCommand")->isVisible(); }));
  press("machines.copyCommand");
  EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("patchbay machines install gpu-box")) << "the command that mends it";
  press("machines.install");
  QMessageBox* box = nullptr;
  ASSERT_TRUE(waitFor([&] { return (box = find<QMessageBox>("machines.sendDialog")) && box->isVisible(); }))
      << said("machines.said").toStdString();
  EXPECT_TRUE(box->text().contains(QRegularExpression{QStringLiteral("[0-9].* [MG]B")})) << box->text().toStdString();
  press("machines.sendDialog.no");
  ASSERT_TRUE(waitFor([&] { return panel->idle(); }));
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator{there.path()}) files += entry.is_regular_file();
  EXPECT_EQ(files, 0) << "nothing was sent";
  server.stop();
  press("machines.again");
  ASSERT_TRUE(waitForState("gpu-box", MachineState::Away));
  EXPECT_TRUE(waitFor([&] { return list->topLevelItem(0)->text(1).contains(QStringLiteral("3 day")); }))
      << list->topLevelItem(0)->text(1).toStdString();
  EXPECT_TRUE(said("machines.trouble").contains(QStringLiteral("3 day"))) << "how old the figures below are";
  EXPECT_TRUE(find<MachineLoadView>("machines.load")->accessibleDescription().contains(QStringLiteral("64"))) << "the last that is known";
  // Meanwhile the window answers.
  for (int i = 0; i < 20; ++i) {
    QElapsedTimer clock;
    clock.start();
    if (i % 4 == 0) panel->book().askNow(QStringLiteral("gpu-box"));
    QTest::qWait(20);
    EXPECT_LT(clock.elapsed(), 5000);
  }
  // The panel reads and writes files of its own until it is gone.
  garden.reset();
}

/// A pipeline of one step that wants a whole machine, counts and sleeps.
Value patient() {
  return Value::Map{
      {"version", 1},           {"id", "PATIENT"},
      {"title", "Patient"},     {"nodes", Value::List{blockAt("first", "toy.patient", {{"sleep_ms", 50}, {"steps", 6000}}, 0, 0)}},
      {"links", Value::List{}}, {"groups", Value::List{}},
      {"notes", Value::List{}}};
}

class OnACluster : public MachinesPanelTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(cluster.ready) << "the cluster did not come up";
    const auto toy = fs::path{PATCHBAY_ENGINE}.parent_path().parent_path() / "tests" / "packs" / "toy.so";
    const auto bytes = readFile(toy);
    ASSERT_TRUE(bytes);
    const auto packs = home.folder.path() / "packs.json";
    ASSERT_TRUE(
        writeFileAtomically(packs, toJson(Value{Value::List{Value::Map{{"path", toy.string()}, {"digest", digestOf(*bytes).hex()}}}})));
    home.set("PATCHBAY_PACKS", packs);
    home.set("PATCHBAY_SQUEUE_SECONDS", "2");
    ASSERT_EQ(machines({QStringLiteral("add"), QStringLiteral("cluster"), QStringLiteral("--kind"), QStringLiteral("slurm"),
                        QStringLiteral("--folder"), QString::fromStdString(root.path().string()), QStringLiteral("--memory"),
                        QString::number(patchbay::testing::smallJobMb)}),
              0);
  }
  void TearDown() override {
    garden.reset();
    patchbay::testing::killAllIn(root.path());
  }
  QTreeWidgetItem* runningJob() {
    auto* jobs = find<QTreeWidget>("machines.jobs");
    for (int i = 0; jobs && i < jobs->topLevelItemCount(); ++i)
      if (jobs->topLevelItem(i)->text(2) == QStringLiteral("runs")) return jobs->topLevelItem(i);
    return nullptr;
  }

  SlurmCluster cluster;
  test::TempFolder root;
};

TEST_F(OnACluster, AJobIsSeenFollowedSavedAndCancelled) {
  open(patient(), 0);
  ASSERT_TRUE(waitFor([&] { return seen("cluster") && seen("cluster")->seen > 0 && !seen("cluster")->error; }))
      << said("machines.trouble").toStdString();
  EXPECT_TRUE(find<MachineLoadView>("machines.load")->accessibleDescription().contains(QStringLiteral("Queue")));
  EXPECT_FALSE(find<QPushButton>("machines.install")->isEnabled()) << "its login node is this machine";
  choose("machines.on", QStringLiteral("cluster"));
  ASSERT_TRUE(waitFor([&] { return (*garden)->runs().whyNot().isEmpty(); })) << (*garden)->runs().whyNot().toStdString();
  (*garden)->runs().runAll();
  auto* tabs = find<QTabWidget>("machines.tabs");
  tabs->setCurrentIndex(1);
  ASSERT_TRUE(waitFor([&] { return runningJob() != nullptr; }));
  EXPECT_EQ(runningJob()->text(0), QStringLiteral("Patient"));
  EXPECT_EQ(runningJob()->text(1), QStringLiteral("first"));
  EXPECT_FALSE(runningJob()->text(3).isEmpty()) << "since when";
  ASSERT_TRUE(waitFor([&] { return runningJob() && runningJob()->text(4).contains(QStringLiteral("main")); })) << "in which partition";
  EXPECT_TRUE(runningJob()->text(5).contains(QStringLiteral("this")));

  // Its log, as it grows.
  auto* jobs = find<QTreeWidget>("machines.jobs");
  jobs->setCurrentItem(runningJob());
  const auto attempt = runningJob()->data(0, Qt::UserRole).toString();
  const auto file = root.path() / "attempts" / attempt.toStdString() / "log.txt";
  std::ofstream{file, std::ios::app} << "first line\n";
  jobs->setFocus();
  QTest::keyClick(jobs, Qt::Key_Return);
  EXPECT_EQ(tabs->currentIndex(), 2);
  auto* text = find<QPlainTextEdit>("machines.log.text");
  ASSERT_TRUE(waitFor([&] { return text->toPlainText().contains(QStringLiteral("first line")); }));
  std::ofstream{file, std::ios::app} << "a needle\nand \xE9\x92\x88\n";
  ASSERT_TRUE(waitFor([&] { return text->toPlainText().contains(QStringLiteral("needle")); })) << "it goes on by itself";
  EXPECT_EQ(text->toPlainText().count(QStringLiteral("first line")), 1) << "nothing is shown twice";
  QTest::keyClick(text, Qt::Key_F, Qt::ControlModifier);
  auto* search = find<QLineEdit>("machines.log.search");
  EXPECT_EQ(panel->window()->focusWidget(), search);
  QTest::keyClicks(search, QStringLiteral("needle"));
  EXPECT_EQ(said("machines.log.found").section(QLatin1Char(' '), 0, 0), QStringLiteral("1"));
  QTest::keyClick(search, Qt::Key_Return);
  EXPECT_EQ(text->textCursor().selectedText(), QStringLiteral("needle"));
  press("machines.log.copy");
  EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("needle"));
  const auto saved = home.folder.path() / "saved.log";
  auto* log = find<MachineLog>("machines.log");
  log->saveTo(QString::fromStdString(saved.string()));
  ASSERT_TRUE(waitFor([&] { return fs::exists(saved); }));
  EXPECT_EQ(*readFile(saved), *readFile(file));

  // What it means is said first.
  tabs->setCurrentIndex(1);
  press("machines.cancel");
  QMessageBox* box = nullptr;
  ASSERT_TRUE(waitFor([&] { return (box = find<QMessageBox>("machines.cancelDialog")) && box->isVisible(); }));
  EXPECT_TRUE(box->informativeText().contains(QStringLiteral("checkpoint")));
  press("machines.cancelDialog.yes");
  ASSERT_TRUE(waitFor([&] { return !(*garden)->runs().live(); })) << "the run ends with its job";
  ASSERT_NE((*garden)->runs().shown(), nullptr);
  EXPECT_TRUE(waitFor([&] { return runningJob() == nullptr; }));
}

TEST_F(OnACluster, WhatWouldGoIsShownBeforeItGoes) {
  open(patient(), 0);
  ASSERT_TRUE(waitFor([&] { return seen("cluster") && seen("cluster")->seen > 0; })) << said("machines.trouble").toStdString();
  press("machines.clean");
  ASSERT_TRUE(waitFor([&] { return panel->idle() && said("machines.said").contains(QStringLiteral("nothing to remove")); }))
      << said("machines.said").toStdString();
  // An object that nobody has used for two days.
  const std::string bytes(3'000'000, 'x');
  const auto hex = digestOf(bytes).hex();
  const auto object = root.path() / "objects" / hex.substr(0, 2) / hex.substr(2);
  fs::create_directories(object.parent_path());
  ASSERT_TRUE(writeFileAtomically(object, bytes));
  fs::last_write_time(object, fs::file_time_type::clock::now() - std::chrono::hours{48});
  press("machines.clean");
  QMessageBox* box = nullptr;
  ASSERT_TRUE(waitFor([&] { return (box = find<QMessageBox>("machines.cleanDialog")) && box->isVisible(); }));
  EXPECT_TRUE(box->text().contains(QStringLiteral("3.0 MB"))) << box->text().toStdString();
  EXPECT_TRUE(box->informativeText().contains(QStringLiteral("afterwards"))) << "how much it frees";
  press("machines.cleanDialog.no");
  EXPECT_TRUE(fs::exists(object));
  press("machines.clean");
  ASSERT_TRUE(waitFor([&] { return (box = find<QMessageBox>("machines.cleanDialog")) && box->isVisible(); }));
  press("machines.cleanDialog.yes");
  ASSERT_TRUE(waitFor([&] { return panel->idle() && said("machines.said").contains(QStringLiteral("Removed 1")); }))
      << said("machines.said").toStdString();
  EXPECT_FALSE(fs::exists(object));
}

}  // namespace
}  // namespace patchbay::studio::testing
