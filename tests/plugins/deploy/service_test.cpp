// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/process.h"
#include "engine/net/onnx.h"
#include "plugins/support/export_familiarity.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

struct ServiceBlock : ::testing::Test {
  ServiceBlock() { set = toyDataset(block.store(), {.perClass = 20}); }
  PortValue model(const char* label) {
    return must(net::saveModel(block.store(), tinyNet(set.info().classes), Value::Map{{"kind", "fine-tuned"}, {"label", label}}));
  }
  fs::path folder() { return pathFromValue(block.effects()["exports"].asList().at(0)); }
  std::string bytes(const fs::path& file) { return must(readFile(folder() / file)); }
  BlockHarness block{"patchbay.deploy.service"};
  Dataset set;
};

TEST_F(ServiceBlock, PreparesAFolderThatCanBeServed) {
  block.input("models", model("day shift")).input("models", model("day shift")).input<Dataset>("data", set).set("port", 9000);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(folder(), block.folder() / "exports/service");
  for (const char* name : {"day-shift", "day-shift-2"}) {
    const auto one = folder() / "models" / name;
    EXPECT_TRUE(net::checkOnnxFile(one / "model.onnx"));
    const auto net = must(net::loadNet(one));
    EXPECT_EQ(net.classes, set.info().classes);
    EXPECT_TRUE(must(blocks::familiarityOf(one, net))) << "the data were given";
  }
  const auto unit = bytes("service/patchbay-service.service");
  EXPECT_THAT(unit, HasSubstr("\"day-shift=" + (folder() / "models/day-shift").native() + "\" \"day-shift-2="));
  EXPECT_THAT(unit, Not(HasSubstr("token")));
  const auto container = bytes("service/Containerfile");
  EXPECT_THAT(container, HasSubstr("\"day-shift-2=/model/models/day-shift-2\""));
  EXPECT_THAT(container, HasSubstr("EXPOSE 9000"));
  EXPECT_EQ(bytes("README.md"), must(block.output<TextValue>("summary")).text);
  // The script starts what it finds beside itself, from wherever it is called.
  const auto said = must(runProgram({"env", "PATCHBAY=echo", (folder() / "start").native(), "--once"}, {}, std::chrono::seconds{60}));
  EXPECT_EQ(said.out, "serve " + (folder() / "models/day-shift").native() + " " + (folder() / "models/day-shift-2").native() +
                          " --port 9000 --once\n");
}

TEST_F(ServiceBlock, OtherComputersNeedAToken) {
  block.input("models", model("m")).set("reach", "network").set("names", Value::List{"cells"});
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(bytes("service/patchbay-service.service"), HasSubstr("LoadCredential=token:"));
  EXPECT_THAT(bytes("service/patchbay-service.service"), HasSubstr("--host 0.0.0.0 --token-file"));
  const auto start = (folder() / "start").native();
  EXPECT_NE(must(runProgram({"env", "-u", "TOKEN_FILE", "PATCHBAY=echo", start}, {}, std::chrono::seconds{60})).code, 0)
      << "no token, no start";
  const auto said = must(runProgram({"env", "TOKEN_FILE=/t o k", "PATCHBAY=echo", start}, {}, std::chrono::seconds{60}));
  EXPECT_THAT(said.out, HasSubstr("cells --port 8642 --host 0.0.0.0 --token-file /t o k"));
  EXPECT_FALSE(must(net::loadNet(folder() / "models/cells")).metadata.contains("unlike")) << "no data, nothing known of them";
}

TEST_F(ServiceBlock, RefusesNamesThatCannotBe) {
  block.input("models", model("m"));
  for (const auto& [names, code] : {std::pair{Value{Value::List{"a/b"}}, "service.name"},
                                    {Value{Value::List{"a=b"}}, "service.name"},
                                    {Value{Value::List{".."}}, "service.name"},
                                    {Value{Value::List{"a", "b"}}, "service.names"}}) {
    block.set("names", names);
    EXPECT_FALSE(block.run());
    EXPECT_EQ(block.error()->code, code);
  }
  block.clearInputs().set("names", Value::List{}).input("models", must(net::saveModel(block.store(), must(net::withoutHead(tinyNet())))));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "export.no_classes");
}

}  // namespace
}  // namespace patchbay::testing
