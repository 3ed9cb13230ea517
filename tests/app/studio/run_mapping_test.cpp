// SPDX-License-Identifier: Apache-2.0
#include "app/studio/run/run_mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbay::studio {
namespace {
using widgets::BlockState;

Document chain() {
  auto document = Document::create("t");
  for (const auto* name : {"a", "b", "c"}) {
    Node node;
    node.id = NodeId{std::string{"id-"} + name};
    node.name = name;
    node.type = "patchbay.test.block";
    EXPECT_TRUE(document.addNode(node));
  }
  EXPECT_TRUE(document.addLink({"", {NodeId{"id-a"}, "out"}, {NodeId{"id-b"}, "in"}, {}}));
  EXPECT_TRUE(document.addLink({"", {NodeId{"id-b"}, "out"}, {NodeId{"id-c"}, "in"}, {}}));
  return document;
}

Value runEvent(const Document& document) {
  Value event{
      Value::Map{{"event", "run"}, {"run", "R1"}, {"state", "running"}, {"pipeline", document.id}, {"document", document.toValue()}}};
  for (const auto* name : {"a", "b", "c"})
    event["steps"].push(Value::Map{{"step", std::string{"id-"} + name}, {"name", name}, {"state", "waiting"}});
  return event;
}

Value stepEvent(const char* name, const char* state) {
  return Value::Map{{"event", "step"}, {"run", "R1"}, {"step", std::string{"id-"} + name}, {"name", name}, {"state", state}};
}

TEST(RunMapping, FollowsARunFromQueuedToDone) {
  const auto document = chain();
  widgets::RunBook book;
  book.apply(runEvent(document));
  const auto light = [&](const char* id) { return statusOf({&document, nullptr, nullptr, book.find("R1"), nullptr}, NodeId{id}); };
  EXPECT_EQ(light("id-a").state, BlockState::Queued);
  book.apply(stepEvent("a", "running"));
  book.apply(Value::Map{{"event", "progress"},
                        {"run", "R1"},
                        {"step", "id-a"},
                        {"phase", toValue(Text{"t", "Looking"})},
                        {"done", 3},
                        {"total", 12},
                        {"unit", "picture"},
                        {"eta", 9.0}});
  const auto running = light("id-a");
  EXPECT_EQ(running.state, BlockState::Running);
  EXPECT_EQ(running.phase, QStringLiteral("Looking"));
  EXPECT_DOUBLE_EQ(*running.share(), 0.25);
  EXPECT_DOUBLE_EQ(*running.etaSeconds, 9.0);
  book.apply(stepEvent("a", "ran"));
  EXPECT_EQ(light("id-a").state, BlockState::Done);
  EXPECT_EQ(light("id-b").state, BlockState::Queued);
}

TEST(RunMapping, AFailureStandsUntilTheBlockIsEdited) {
  const auto document = chain();
  widgets::RunBook book;
  book.apply(runEvent(document));
  auto failed = stepEvent("b", "failed");
  failed["error"] = toValue(Error{ErrorKind::BadInput, "x", Text{"t", "The folder is empty."}, Text{"t", "Choose another."}, {}});
  book.apply(failed);
  book.apply(Value::Map{{"event", "finished"}, {"run", "R1"}, {"state", "failed"}});
  std::set<NodeId> changed;
  const std::map<NodeId, std::vector<Forecast>> plan{{NodeId{"id-b"}, {{"runs", {Text{"t", "It failed last time."}}}}}};
  const auto light = [&] { return statusOf({&document, nullptr, &plan, book.find("R1"), &changed}, NodeId{"id-b"}); };
  EXPECT_EQ(light().state, BlockState::Failed);
  EXPECT_EQ(light().reason, QStringLiteral("The folder is empty."));
  EXPECT_EQ(light().hint, QStringLiteral("Choose another."));
  changed.insert(NodeId{"id-b"});
  EXPECT_EQ(light().state, BlockState::Stale);
  EXPECT_EQ(light().reason, QStringLiteral("It failed last time."));
}

TEST(RunMapping, SaysWhatHasToBeSetFirst) {
  const auto document = chain();
  Problem problem;
  problem.node = NodeId{"id-a"};
  problem.cause = Text{"t", "No folder is chosen."};
  problem.hint = Text{"t", "Choose one."};
  const std::map<NodeId, Problem> errors{{problem.node, problem}};
  const auto light = statusOf({&document, &errors, nullptr, nullptr, nullptr}, NodeId{"id-a"});
  EXPECT_EQ(light.state, BlockState::NotConfigured);
  EXPECT_EQ(light.hint, QStringLiteral("Choose one."));
}

TEST(RunMapping, CountsThePassesOfALoop) {
  const auto document = chain();
  Value event{
      Value::Map{{"event", "run"}, {"run", "R1"}, {"state", "running"}, {"pipeline", document.id}, {"document", document.toValue()}}};
  for (const auto* pass : {"1", "2", "3"})
    event["steps"].push(Value::Map{{"step", std::string{"id-b[seed="} + pass + "]"},
                                   {"name", std::string{"b[seed="} + pass + "]"},
                                   {"state", pass[0] == '1'   ? "ran"
                                             : pass[0] == '2' ? "running"
                                                              : "waiting"}});
  widgets::RunBook book;
  book.apply(event);
  const auto light = statusOf({&document, nullptr, nullptr, book.find("R1"), nullptr}, NodeId{"id-b"});
  EXPECT_EQ(light.state, BlockState::Running);
  EXPECT_TRUE(light.phase.contains(QStringLiteral("2"))) << light.phase.toStdString();
  EXPECT_TRUE(light.phase.contains(QStringLiteral("3"))) << light.phase.toStdString();
}

TEST(RunMapping, ASetupIsThatOfTheBlockAndAllBeforeIt) {
  auto document = chain();
  const auto before = setups(document);
  ASSERT_TRUE(document.setPosition(NodeId{"id-a"}, 400, 20));
  ASSERT_TRUE(document.setTitle(NodeId{"id-a"}, "Another title"));
  EXPECT_EQ(setups(document), before) << "where a block lies and what it is called runs nothing again";
  ASSERT_TRUE(document.setParam(NodeId{"id-b"}, "size", 3));
  const auto after = setups(document);
  EXPECT_EQ(after.at(NodeId{"id-a"}), before.at(NodeId{"id-a"}));
  EXPECT_NE(after.at(NodeId{"id-b"}), before.at(NodeId{"id-b"}));
  EXPECT_NE(after.at(NodeId{"id-c"}), before.at(NodeId{"id-c"}));
}

}  // namespace
}  // namespace patchbay::studio
