// SPDX-License-Identifier: Apache-2.0
// What is said of an NVIDIA GPU, with a driver's tool that says what the test wants.
#include "engine/service/graphics_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "engine/base/file.h"
#include "tests/support/temporary_folder.h"

namespace patchbay {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;

class GraphicsCardTest : public ::testing::Test {
 protected:
  GraphicsCardTest() {
    ::setenv("PATH", (folder.path().string() + ":" + path_).c_str(), 1);
    ::setenv("XDG_CACHE_HOME", (folder.path() / "cache").c_str(), 1);
  }
  ~GraphicsCardTest() override {
    ::setenv("PATH", path_.c_str(), 1);
    if (cache_.empty()) ::unsetenv("XDG_CACHE_HOME");
    else ::setenv("XDG_CACHE_HOME", cache_.c_str(), 1);
  }
  void tool(const std::string& script) {
    const auto file = folder.path() / "nvidia-smi";
    ASSERT_TRUE(writeFileAtomically(file, "#!/bin/sh\n" + script + "\n"));
    fs::permissions(file, fs::perms::owner_all);
  }
  void library(const char* package, const char* name) {
    const auto file = folder.path() / "cache" / "patchbay" / "deps" / "torch-2.11.0" / "nvidia" / package / "lib" / name;
    fs::create_directories(file.parent_path());
    ASSERT_TRUE(writeFileAtomically(file, ""));
  }
  test::TempFolder folder;

 private:
  std::string path_ = std::getenv("PATH");
  std::string cache_ = std::getenv("XDG_CACHE_HOME") ? std::getenv("XDG_CACHE_HOME") : "";
};

TEST_F(GraphicsCardTest, WithoutAnAnswerThereIsNone) {
  tool("exit 9");
  EXPECT_FALSE(graphicsCard());
  const bool card = fs::exists("/dev/nvidiactl") || fs::exists("/dev/dxg");
  EXPECT_EQ(gpuTrouble(std::nullopt).cause.empty(), !card);
}

TEST_F(GraphicsCardTest, AnOldDriverIsNamed) {
  tool("echo 'NVIDIA H100, 81559 MiB, 550.54'");
  const auto card = graphicsCard();
  ASSERT_TRUE(card);
  const auto trouble = gpuTrouble(card);
  EXPECT_THAT(trouble.cause, HasSubstr("550"));
  EXPECT_THAT(trouble.hint, HasSubstr("580"));
}

TEST_F(GraphicsCardTest, WhatIsNotInstalledIsNamed) {
  tool("echo 'NVIDIA H100, 81559 MiB, 580.65'");
  auto card = graphicsCard();
  ASSERT_TRUE(card);
  EXPECT_FALSE(card->librariesInstalled);
  EXPECT_THAT(gpuTrouble(card).cause, ::testing::AllOf(HasSubstr("cuDNN"), HasSubstr("NCCL"), HasSubstr("cuBLAS")));
  EXPECT_THAT(gpuTrouble(card).hint, HasSubstr("install --gpu"));

  library("cudnn", "libcudnn.so.9");
  EXPECT_THAT(gpuTrouble(card).cause, ::testing::Not(HasSubstr("cuDNN")));
  library("cusparselt", "libcusparseLt.so.0");
  library("nccl", "libnccl.so.2");
  library("nvshmem", "libnvshmem_host.so.3");
  for (const auto* name : {"libcublas.so.13", "libnvrtc.so.13", "libcufft.so.12", "libcufile.so.0", "libcurand.so.10", "libcusolver.so.12",
                           "libcusparse.so.12", "libnvJitLink.so.13"})
    library("cu13", name);
  EXPECT_TRUE(missingGpuLibraries().empty());
  card = graphicsCard();
  EXPECT_TRUE(card->librariesInstalled);
  // Then the card itself is asked, which these files do not make work.
  EXPECT_NE(gpuTrouble(card).cause, "");
}

}  // namespace
}  // namespace patchbay
