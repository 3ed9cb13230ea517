// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/net/builders.h"
#include "engine/net/weights.h"
#include "tests/support/block_harness.h"
#include "tests/support/memory_store.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;

struct WeightsLive : ::testing::Test {
  WeightsLive() {
    for (const auto* type : patchbayPackV1()->lives)
      if (type->id == "patchbay.live.weights") service = type->make();
    folder = store.fileOf({}).parent_path() / "files";
    fs::create_directories(folder);
  }
  Result<Value> convert(const fs::path& in, const fs::path& out, const std::string& architecture = {}) {
    return service->answer("convert", Value::Map{{"in", pathToValue(in)}, {"out", pathToValue(out)}, {"architecture", architecture}}, store,
                           stop);
  }
  TemporaryStore store;
  StopFlag stop;
  fs::path folder;
  std::unique_ptr<LiveService> service;
};

TEST_F(WeightsLive, TurnsACheckpointIntoSafetensorsWithTheSameNumbers) {
  for (const auto* name : {"checkpoint_zip.pth", "checkpoint_legacy.pth"}) {
    const auto in = sourceFolder() / "tests/data/net" / name;
    const auto out = folder / (std::string{name} + ".safetensors");
    const auto answer = convert(in, out);
    ASSERT_TRUE(answer) << describe(answer.error());
    const auto before = must(net::readWeights(in)).tensors, after = must(net::readWeights(out)).tensors;
    EXPECT_EQ((*answer)["tensors"].asInt(), static_cast<std::int64_t>(after.size()));
    ASSERT_EQ(before.size(), after.size());
    for (const auto& [key, tensor] : before) EXPECT_TRUE(net::identical(tensor, after.at(key))) << key;
  }
}

TEST_F(WeightsLive, WritesNothingWhenSomethingIsWrong) {
  const auto in = sourceFolder() / "tests/data/net/checkpoint_zip.pth", out = folder / "out.safetensors";
  writeFile(folder / "there", "kept");
  EXPECT_EQ(convert(in, folder / "there").error().code, "convert.exists");
  EXPECT_EQ(must(readFile(folder / "there")), "kept");
  EXPECT_FALSE(convert(folder / "missing.pth", out));
  EXPECT_FALSE(convert(in, out, "resnet18")) << "these are no ResNet's weights";
  writeFile(folder / "bad.pth", "not weights");
  EXPECT_FALSE(convert(folder / "bad.pth", out));
  EXPECT_FALSE(fs::exists(out));
  EXPECT_EQ(service->answer("explode", Value{}, store, stop).error().code, "live.method");
}

}  // namespace
}  // namespace patchbay::testing
