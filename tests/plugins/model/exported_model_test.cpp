// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ExportedModel, OpensWhatWasExported) {
  BlockHarness block{"patchbay.model.exported_model"};
  auto net = tinyNet({"good", "bad"});
  net.metadata["origin"] = Value::Map{{"licence", "0BSD"}};
  std::filesystem::create_directories(block.folder() / "export");
  must(net::saveNet(net, block.folder() / "export"));
  block.set("folder", "export");
  ASSERT_TRUE(block.run()) << block.problem();
  const auto read = must(net::loadModel(block.store(), block.value("model")));
  EXPECT_THAT(read.classes, ElementsAre("good", "bad"));
  EXPECT_EQ(read.preprocessing, net.preprocessing);
  EXPECT_TRUE(net::identical(read.parameters.at("classifier.weight"), net.parameters.at("classifier.weight")));
  EXPECT_EQ(block.value("model").meta["origin"]["licence"].asText(), "0BSD");
}

TEST(ExportedModel, RefusesAFolderThatIsNoneOrIsDamaged) {
  BlockHarness block{"patchbay.model.exported_model"};
  block.set("folder", "export");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "exported.missing");
  EXPECT_THAT(block.problem(), HasSubstr("export"));
  std::filesystem::create_directories(block.folder() / "export");
  must(net::saveNet(tinyNet(), block.folder() / "export"));
  writeFile(block.folder() / "export/model.safetensors", "cut");
  EXPECT_FALSE(block.run());
  EXPECT_FALSE(block.error()->hint.empty());
}

}  // namespace
}  // namespace patchbay::testing
