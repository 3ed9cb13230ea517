// SPDX-License-Identifier: Apache-2.0
// What is said of machines and of jobs on them, from answers as the engine gives them.
#include "app/studio/run/machine_words.h"

#include <gtest/gtest.h>

#include "app/studio/run/machine_dialogs.h"
#include "app/studio/run/machine_jobs.h"
#include "app/studio/run/machine_load_view.h"

namespace patchbay::studio {
namespace {

Value gigabytes(std::int64_t n) { return n * 1024; }

TEST(MachineWords, SayWhatATestFound) {
  const Value facts{Value::Map{
      {"system", "Debian"},
      {"glibc", "2.36"},
      {"cores", 16},
      {"load", 1.5},
      {"memory_mb", gigabytes(64)},
      {"free_bytes", std::int64_t{100} << 30},
      {"gpus", Value::List{Value::Map{{"name", "H100"}, {"memory_mb", gigabytes(80)}}}},
      {"slurm",
       Value::Map{{"accounts", Value::List{"vision"}},
                  {"partitions", Value::List{Value::Map{
                                     {"name", "main"}, {"state", "up"}, {"nodes", "4"}, {"time", "1-00:00:00"}, {"gres", "gpu:1"}}}}}}}};
  const auto lines = machineLines(facts).join(QLatin1Char{'\n'});
  for (const auto* words : {"Debian", "2.36", "16", "64.0", "100.0", "H100", "80.0", "main", "gpu:1", "vision"})
    EXPECT_TRUE(lines.contains(QLatin1String{words})) << words;
}

TEST(MachineWords, SayHowOldWhatIsKnownIs) {
  EXPECT_EQ(sayAge(3), QStringLiteral("just now"));
  EXPECT_TRUE(sayAge(70).contains(QStringLiteral("70 ")));
  EXPECT_TRUE(sayAge(600).contains(QStringLiteral("10 minute")));
  EXPECT_TRUE(sayAge(3 * 3600).contains(QStringLiteral("3 hour")));
  EXPECT_TRUE(sayAge(5 * 86400).contains(QStringLiteral("5 day")));
}

TEST(MachineWords, AMachineThatIsAwayIsSaidWithItsAge) {
  SeenMachine machine;
  machine.name = QStringLiteral("box");
  EXPECT_EQ(machine.state(), MachineState::NotAsked);
  machine.asked = true;
  machine.load = Value::Map{{"cores", 4}, {"load", 0.5}};
  EXPECT_EQ(machine.state(), MachineState::Ready);
  machine.load["load"] = 4.0;
  EXPECT_EQ(machine.state(), MachineState::Busy);
  machine.slurm = true;
  EXPECT_EQ(machine.state(), MachineState::Ready) << "a login node's load says nothing of the cluster";
  machine.slurm = false;
  machine.jobs = Value::List{Value::Map{{"state", "running"}}, Value::Map{{"state", "ended"}}};
  EXPECT_TRUE(sayMachine(machine, 0).contains(QLatin1Char('1'))) << "one goes on: " << sayMachine(machine, 0).toStdString();
  machine.error = Error{ErrorKind::Unreachable, "ssh.unreachable", TR("test", "Away."), TR("test", "Wait."), {}};
  EXPECT_EQ(machine.state(), MachineState::Away);
  EXPECT_FALSE(sayMachine(machine, 1000).contains(QStringLiteral("last seen"))) << "it never was";
  machine.seen = 1000;
  EXPECT_TRUE(sayMachine(machine, 1000 + 300).contains(QStringLiteral("5 minute")));
  machine.error->code = "remote.no-worker";
  EXPECT_EQ(machine.state(), MachineState::NoWorker);
  machine.error = Error{ErrorKind::Permission, "ssh.denied", TR("test", "No."), TR("test", "Run `ssh-copy-id box` once."), {}};
  EXPECT_EQ(machine.state(), MachineState::Wrong);
}

TEST(MachineWords, EveryStateHasAShapeOfItsOwn) {
  QList<QImage> seen;
  QPalette palette;
  for (const auto state : {MachineState::NotAsked, MachineState::Ready, MachineState::Busy, MachineState::NoWorker, MachineState::Away}) {
    // Without colour: what is drawn, not how it looks.
    auto shape = machineIcon(state, palette).pixmap(16, 16).toImage().convertToFormat(QImage::Format_Alpha8);
    for (const auto& other : seen) EXPECT_NE(shape, other);
    seen << shape;
  }
}

TEST(MachineWords, CommandsAreFoundInHints) {
  EXPECT_EQ(commandIn(QStringLiteral("Run `ssh-copy-id box` once; then `ssh-add`.")), QStringLiteral("ssh-copy-id box"));
  EXPECT_TRUE(commandIn(QStringLiteral("Nothing to type.")).isEmpty());
  EXPECT_TRUE(commandIn(QStringLiteral("`Host box` in ~/.ssh/config says where it is.")).isEmpty()) << "a line of a file";
  EXPECT_TRUE(commandIn(QStringLiteral("Choose another: `patchbay machines add ... --folder DIR`.")).isEmpty()) << "it cannot be typed so";
}

TEST(MachineWords, HostsOfAConfigurationAreProposed) {
  EXPECT_EQ(hostsIn("# mine\nHost box login\n  HostName 10.0.0.1\nhost=gpu\nHost *.example.org !bad\nMatch host x\nHost box\n"),
            (QStringList{QStringLiteral("box"), QStringLiteral("login"), QStringLiteral("gpu")}));
  EXPECT_TRUE(hostsIn("").isEmpty());
}

TEST(MachineWords, LoadIsToldInSharesAndFigures) {
  const Value load{Value::Map{
      {"cores", 16},
      {"load", 4.0},
      {"memory_mb", gigabytes(64)},
      {"memory_free_mb", gigabytes(16)},
      {"free_bytes", std::int64_t{5} << 30},
      {"gpus", Value::List{Value::Map{{"name", "H100"}, {"memory_mb", gigabytes(80)}, {"used_mb", gigabytes(20)}, {"busy", 60}}}}}};
  const auto bars = loadBars(load, false);
  ASSERT_EQ(bars.size(), 4u);
  EXPECT_DOUBLE_EQ(bars[0].share, 0.25);
  EXPECT_TRUE(bars[0].figures.contains(QStringLiteral("16")));
  EXPECT_DOUBLE_EQ(bars[1].share, 0.75);
  EXPECT_TRUE(bars[2].what.contains(QStringLiteral("H100")));
  EXPECT_DOUBLE_EQ(bars[2].share, 0.6) << "what is nearer to its end";
  EXPECT_FALSE(bars[3].bar) << "of the disk only what is free is known";
  EXPECT_TRUE(loadBars(Value{}, false).empty());
  auto cluster = load;
  cluster["gpus"] = Value::List{};
  cluster["queue"] = Value::Map{
      {"running", 12}, {"pending", 30}, {"jobs", Value::List{Value::Map{{"state", "RUNNING"}}, Value::Map{{"state", "PENDING"}}}}};
  const auto queue = loadBars(cluster, true);
  EXPECT_TRUE(queue[0].figures.contains(QStringLiteral("12")) && queue[0].figures.contains(QStringLiteral("30")));
  EXPECT_TRUE(queue[1].figures.contains(QStringLiteral("1 run"))) << queue[1].figures.toStdString();
}

TEST(MachineWords, WhatCancellingMeansDependsOnTheJob) {
  const auto of = [](const char* state, bool mine) { return cancelMeans(Value::Map{{"state", state}, {"mine", mine}}); };
  EXPECT_TRUE(of("running", true).contains(QStringLiteral("checkpoint")));
  EXPECT_TRUE(of("pending", true).contains(QStringLiteral("queue")));
  EXPECT_TRUE(of("running", false).contains(QStringLiteral("another project")));
  EXPECT_NE(of("running", true), of("running", false));
}

}  // namespace
}  // namespace patchbay::studio
