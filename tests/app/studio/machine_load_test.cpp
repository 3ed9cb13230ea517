// SPDX-License-Identifier: Apache-2.0
#include "app/studio/run/machine_load.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <vector>

namespace patchbay::studio {
namespace {

TEST(GpuLoad, ReadsEveryGpuOfTheAnswer) {
  const auto one = gpuLoadFrom("37, 1024, 81559\n");
  ASSERT_TRUE(one);
  EXPECT_DOUBLE_EQ(one->share, 0.37);
  EXPECT_DOUBLE_EQ(one->memoryBytes, 1024.0 * 1024 * 1024);
  const auto two = gpuLoadFrom("100, 10, 20\n0, 0, 20\n");
  ASSERT_TRUE(two);
  EXPECT_DOUBLE_EQ(two->share, 0.5);
  EXPECT_DOUBLE_EQ(two->memoryTotal, 40.0 * 1024 * 1024);
  const auto silent = gpuLoadFrom("[N/A], 512, 4096\n");
  ASSERT_TRUE(silent) << "MIG slices do not tell their load";
  EXPECT_DOUBLE_EQ(silent->share, 0);
}

TEST(GpuLoad, IsNothingForWhatIsNoAnswer) {
  for (const char* words :
       {"", "\n", "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n", "1, 2\n", "a, b, c\n"})
    EXPECT_FALSE(gpuLoadFrom(words)) << words;
}

struct Load : ::testing::Test {
  QTemporaryDir folder;
  MachineLoad load;
  std::vector<widgets::LoadSample> samples;
  void watch(const char* script) {
    const auto path = folder.path() + QStringLiteral("/smi");
    QFile file{path};
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(script);
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    file.close();
    load.setGpuProgram(path);
    QObject::connect(&load, &MachineLoad::sampled, &load, [this](const auto& sample) { samples.push_back(sample); });
    load.setActive(true);
  }
};

TEST_F(Load, HasAGpuRowWhereThereIsOne) {
  watch("#!/bin/sh\ncase \"$*\" in *utilization.gpu,memory.used,memory.total*nounits*) echo '80, 2048, 8192';; *) exit 2;; esac\n");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !samples.empty() && samples.back().gpu; }, 10'000));
  EXPECT_DOUBLE_EQ(*samples.back().gpu, 0.8);
  EXPECT_DOUBLE_EQ(samples.back().gpuMemoryTotal, 8192.0 * 1024 * 1024);
}

TEST_F(Load, HasNoneWhereTheDriverDoesNotAnswer) {
  watch("#!/bin/sh\necho 'No devices were found'\nexit 6\n");
  ASSERT_TRUE(QTest::qWaitFor([&] { return samples.size() >= 2; }, 10'000));
  for (const auto& sample : samples) EXPECT_FALSE(sample.gpu);
}

}  // namespace
}  // namespace patchbay::studio
