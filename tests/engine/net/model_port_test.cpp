// SPDX-License-Identifier: Apache-2.0
#include "engine/net/model_port.h"

#include <gtest/gtest.h>

#include "engine/net/builders.h"
#include "engine/net/passes.h"
#include "tests/support/memory_store.h"

namespace patchbay::net {
namespace {

/// A head of two classes on these features, stored and opened again.
Result<Net> headOn(const Net& features, std::int64_t width) {
  testing::TemporaryStore store;
  PB_TRY(const auto packed, packNet(features));
  PB_TRY(const auto digest, store.put(packed));
  PB_TRY(const auto value, saveHeadOn(store, digest, Tensor::full({2, width}, .5f), Tensor::full({2}, 0), {"a", "b"}));
  return loadModel(store, value);
}

TEST(ModelPort, AHeadStandsOnFeaturesOfTheLastLevelAndOfSeveral) {
  const auto backbone = foldBatchNorm(initialised(*build("efficientnet_lite0", 1000, 64), 1));
  ASSERT_TRUE(backbone);
  const auto last = headOn(*withoutHead(*backbone), 1280);
  ASSERT_TRUE(last) << describe(last.error());
  EXPECT_EQ(last->classes, (std::vector<std::string>{"a", "b"}));
  const auto levels = tap(*backbone, {{"block4", TapPool::MeanMax}, {"head", TapPool::Mean}}, true);
  ASSERT_TRUE(levels) << describe(levels.error());
  const auto several = headOn(*levels, 2 * 40 + 1280);
  ASSERT_TRUE(several) << describe(several.error());
  EXPECT_TRUE(validate(*several));
}

}  // namespace
}  // namespace patchbay::net
