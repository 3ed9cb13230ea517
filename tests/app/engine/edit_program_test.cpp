// SPDX-License-Identifier: Apache-2.0
// What the Studio asks while somebody works: plans after each edit, and pictures added to the data.
#include <gmock/gmock.h>

#include "tests/app/engine/engine_program.h"

namespace patchbay::testing {
namespace {
using Clock = std::chrono::steady_clock;
using ::testing::HasSubstr;

struct EditProgram : EngineProgram {
  EditProgram() {
    for (int i = 0; i < 4; ++i) {
      writeFile(folder.path() / "project/pictures/rows" / (std::to_string(i) + ".png"), drawPng(0, static_cast<std::uint64_t>(i)));
      writeFile(folder.path() / "project/pictures/columns" / (std::to_string(i) + ".png"), drawPng(1, static_cast<std::uint64_t>(i)));
    }
  }
  std::int64_t pictures(const Value& run) {
    const auto outputs = must(engine->outputs(RunId{run["run"].asText()}, StepId{"data"}));
    return outputs["outputs"]["data"]["meta"]["items"].asInt(-1);
  }
};

TEST_F(EditProgram, PlansOfFiftyBlocksComeFastEnoughForEveryEdit) {
  Value::List nodes{node("data", "patchbay.data.picture_folder", {{"folder", "pictures"}})}, links;
  for (int i = 1; i < 50; ++i) {
    const auto id = "split" + std::to_string(i);
    nodes.push_back(node(id, "patchbay.data.split", {}));
    links.push_back(link(i == 1 ? "data" : "split" + std::to_string(i - 1), "data", id, "data"));
  }
  const auto asked = request(std::move(nodes), std::move(links));
  ASSERT_EQ(toJson(must(engine->check(asked))["problems"]), "[]");
  const auto measured = [&](const auto& ask) {
    std::vector<double> ms;
    for (int i = 0; i < 30; ++i) {
      const auto begin = Clock::now();
      ask();
      ms.push_back(since(begin));
    }
    std::ranges::sort(ms);
    return ms;
  };
  const auto check = measured([&] { must(engine->check(asked)); });
  const auto fresh = measured([&] { must(engine->plan(asked)); });
  ASSERT_EQ(finished(asked)["state"].asText(), "done");
  const auto cached = measured([&] { must(engine->plan(asked)); });
  std::printf(
      "50 blocks over the socket, median and 95 %%: check %.1f, %.1f ms; plan %.1f, %.1f ms; plan of what is cached %.1f, %.1f ms\n",
      check[15], check[28], fresh[15], fresh[28], cached[15], cached[28]);
  RecordProperty("plan_cached_ms", std::to_string(cached[15]));
  EXPECT_LT(std::min({check[0], fresh[0], cached[0]}), 150) << "30 ms are wanted on a quiet machine";
}

TEST_F(EditProgram, AnAddedPictureIsInTheNextRunAndOnlyThen) {
  const auto asked = request({node("data", "patchbay.data.picture_folder", {{"folder", "pictures"}, {"extra", "added"}})}, {});
  const auto without = request({node("data", "patchbay.data.picture_folder", {{"folder", "pictures"}})}, {});
  const auto first = finished(asked);
  ASSERT_EQ(first["state"].asText(), "done");
  EXPECT_EQ(pictures(first), 8);
  EXPECT_EQ(must(engine->plan(asked))["steps"].asList()[0]["state"].asText(), "cached");
  const auto png = drawPng(2, 5);
  const auto added = must(
      engine->addPicture(Value::Map{{"bytes", Value::Bytes{png.begin(), png.end()}}, {"name", "from the webcam"}, {"label", "plain"}}));
  const auto plan = must(engine->plan(asked));
  const auto& step = plan["steps"].asList()[0];
  EXPECT_EQ(step["state"].asText(), "runs");
  EXPECT_THAT(toJson(step["reasons"]), HasSubstr("from the webcam")) << "the reason names the file";
  const auto second = finished(asked);
  ASSERT_EQ(second["state"].asText(), "done");
  EXPECT_EQ(pictures(second), 9);
  EXPECT_EQ(pictures(finished(without)), 8) << "a block that was not told of the folder does not take it";
}

}  // namespace
}  // namespace patchbay::testing
