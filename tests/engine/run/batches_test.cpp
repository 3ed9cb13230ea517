// SPDX-License-Identifier: Apache-2.0
#include "engine/run/batches.h"

#include <gtest/gtest.h>

#include "engine/run/keys.h"

namespace patchbay {
namespace {

/// A plan that sends its heavy steps to a cluster.
struct Made {
  Plan plan;
  Made() { plan.on = "cluster"; }
  void add(const std::string& name, const std::vector<std::string>& from, int memoryMb = 1000, int cores = 0, GpuNeed gpu = GpuNeed::None,
           int pass = -1) {
    Step step;
    step.node.text = name;
    step.id.text = pass < 0 ? name : name + std::to_string(pass);
    step.name = step.id.text;
    step.info.needs = {.cores = cores, .memoryMb = memoryMb, .gpu = gpu};
    if (pass >= 0) step.loop["seed"] = pass;
    for (const auto& one : from) step.inputs.push_back({"in", {one}, "out"});
    plan.steps.push_back(std::move(step));
  }
};

TEST(Batches, SmallStepsFollowInTheJobOfTheStepTheyTakeFrom) {
  Made m;
  m.add("pictures", {}, 500, 1);
  m.add("train", {"pictures"}, 3000, 0, GpuNeed::Optional);
  m.add("predict", {"train", "pictures"});
  m.add("evaluate", {"predict", "pictures"});
  const auto batches = batchesOf(m.plan);
  EXPECT_FALSE(batches.contains("pictures")) << "it stays here";
  EXPECT_EQ(batches.at("train").chain, "train");
  EXPECT_EQ(batches.at("predict").chain, "train");
  EXPECT_EQ(batches.at("evaluate").chain, "train");
  EXPECT_TRUE(batches.at("train").more);
  EXPECT_TRUE(batches.at("predict").more);
  EXPECT_FALSE(batches.at("evaluate").more);
  EXPECT_TRUE(batches.at("train").array.empty());
}

TEST(Batches, WhoWaitsForSomethingElseOrIsBigHasAJobOfItsOwn) {
  Made m;
  m.add("one", {});
  m.add("other", {});
  m.add("both", {"one", "other"});
  m.add("light", {"one"}, 500, 1);
  m.add("behind", {"light"});
  m.add("big", {"behind"}, 3000);
  m.add("narrow", {"big"}, 2500, 1);
  m.add("follows", {"narrow"}, 1000, 0);
  const auto batches = batchesOf(m.plan);
  for (const auto* name : {"one", "other", "both", "behind", "big", "narrow", "follows"})
    EXPECT_TRUE(batches.at(name).chain.empty()) << name;
  EXPECT_FALSE(batches.contains("light"));
}

TEST(Batches, PassesOfALoopAreOneArrayEachWithItsOwnChain) {
  Made m;
  m.add("embed", {});
  for (int i = 0; i < 3; ++i) m.add("probe", {"embed"}, 1000, 0, GpuNeed::None, i);
  for (int i = 0; i < 3; ++i) m.add("judge", {"probe" + std::to_string(i)}, 1000, 0, GpuNeed::None, i);
  const auto batches = batchesOf(m.plan);
  EXPECT_TRUE(batches.at("embed").chain.empty()) << "passes side by side, not one after the other in its job";
  for (int i = 0; i < 3; ++i) {
    const auto probe = batches.at("probe" + std::to_string(i)), judge = batches.at("judge" + std::to_string(i));
    EXPECT_EQ(probe.array, "probe");
    EXPECT_EQ(judge.array, "judge");
    EXPECT_EQ(probe.chain, "probe" + std::to_string(i));
    EXPECT_EQ(judge.chain, probe.chain);
  }
  EXPECT_EQ(toValue(batches.at("probe1"), "run", "key")["array"].asText(), "run/probe");
  EXPECT_TRUE(toValue(batches.at("embed"), "run", {}).isNull());
}

TEST(Batches, HereNothingIsShared) {
  Made m;
  m.plan.on.clear();
  m.add("one", {});
  m.add("two", {"one"});
  EXPECT_TRUE(batchesOf(m.plan).empty());
}

}  // namespace
}  // namespace patchbay
