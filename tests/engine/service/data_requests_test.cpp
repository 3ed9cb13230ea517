// SPDX-License-Identifier: Apache-2.0
// The project's data through both implementations of Engine, and in plans.
#include "engine/service/data_requests.h"

#include <gmock/gmock.h>

#include <thread>

#include "engine/service/connect.h"
#include "engine/service/local_engine.h"
#include "engine/service/server.h"
#include "tests/support/fake_executor.h"
#include "tests/support/made_items.h"

namespace patchbay {
namespace {
using test::EventBox, test::FakeExecutor, test::TempFolder;
using ::testing::ElementsAre, ::testing::HasSubstr;
using testing::madeItem;

/// What the block "Data set" looks like to a plan; the fake executor makes a text of `text`.
Schema dataSchema() {
  auto schema = *test::fakeSchema("t.text");
  ParamInfo revision{.key = "revision", .label = Text{"t", "Revision"}, .kind = ParamKind::Text, .def = "newest"};
  schema.params.push_back(revision);
  return schema;
}

Value pipeline(const std::string& revision) {
  Value node{Value::Map{{"id", "d"},
                        {"name", "d"},
                        {"type", "t.text"},
                        {"type_version", 1},
                        {"title", ""},
                        {"pos", Value::List{0, 0}},
                        {"params", Value::Map{{"text", "x"}, {"revision", revision}}}}};
  return Value::Map{{"version", 1}, {"id", "P"}, {"title", "Test"}, {"nodes", Value::List{node}}};
}

class DataRequestsTest : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    ::setenv("XDG_RUNTIME_DIR", runtime.path().c_str(), 1);
    EngineParts parts;
    parts.machine.cores = 2;
    parts.catalogue = [] { return Result<Value>{Value{Value::Map{{"blocks", Value::List{toValue(dataSchema())}}}}}; };
    parts.executor = [](JobHost& host, Project& project) -> Result<std::unique_ptr<Executor>> {
      return std::make_unique<FakeExecutor>(host, project);
    };
    auto opened = LocalEngine::open(folder / "project", parts);
    ASSERT_TRUE(opened) << describe(opened.error());
    local = std::move(*opened);
    if (!GetParam()) return;
    auto listening = EngineServer::listen(*local, engineSocketPath(folder / "project").value(), {});
    ASSERT_TRUE(listening) << describe(listening.error());
    server = std::move(*listening);
    thread = std::thread{[this] { server->serve([] { return false; }, [this] { return ending.load(); }); }};
    first = connect();
    second = connect();
  }
  std::unique_ptr<Engine> connect() {
    auto made = connectEngine(folder / "project", {.start = false});
    EXPECT_TRUE(made) << describe(made.error());
    return std::move(*made);
  }
  void TearDown() override {
    first.reset();
    second.reset();
    ending = true;
    if (thread.joinable()) thread.join();
    server.reset();
    local.reset();
  }
  Engine& ann() { return first ? *first : static_cast<Engine&>(*local); }
  Engine& bob() { return second ? *second : static_cast<Engine&>(*local); }

  void import(int n) {
    auto* store = local->dataRequests().store().value();
    auto begun = store->beginImport({.what = Text{"t", "Imported"}});
    ASSERT_TRUE(begun) << describe(begun.error());
    for (int i = 0; i < n; ++i) ASSERT_TRUE((*begun)->add(madeItem(i, i % 2 ? "good" : "bad")));
    ASSERT_TRUE((*begun)->finish());
  }
  static Result<Value> label(Engine& engine, int i, const char* label, std::int64_t expect, const char* author) {
    Value one{Value::Map{{"id", madeItem(i).id}, {"label", label}, {"expect", expect}}};
    return engine.data(Value::Map{{"do", "edit"}, {"changes", Value::List{one}}, {"author", author}});
  }
  static Value ask(Engine& engine, Value::Map request) {
    const auto answer = engine.data(std::move(request));
    EXPECT_TRUE(answer) << describe(answer.error());
    return answer.value_or(Value{});
  }

  TempFolder folder, runtime;
  std::unique_ptr<LocalEngine> local;
  std::unique_ptr<EngineServer> server;
  std::unique_ptr<Engine> first, second;
  std::thread thread;
  std::atomic<bool> ending{false};
};

TEST_P(DataRequestsTest, TwoClientsSeeEachOthersEditsAndNoneIsOverwrittenUnseen) {
  import(4);
  EventBox box;
  const auto subscription = bob().subscribe([&](const Value& e) { box.add(e); });
  ASSERT_TRUE(subscription);
  ASSERT_TRUE(label(ann(), 1, "bad", 1, "person:ann"));
  const auto heard = box.waitFor([](const Value& e) { return e["event"].asText() == "data"; });
  EXPECT_EQ(heard["number"].asInt(), 2);
  EXPECT_EQ(heard["changed"].asList().front().asText(), madeItem(1).id);
  const auto refused = label(bob(), 1, "odd", 1, "person:bob");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "data.conflict");
  EXPECT_THAT(describe(refused.error()), HasSubstr("bad"));
  EXPECT_THAT(describe(refused.error()), HasSubstr("person:ann"));
  const auto item = ask(bob(), {{"do", "item"}, {"id", madeItem(1).id}});
  EXPECT_EQ(item["annotations"].asList()[0]["label"].asText(), "bad");
  EXPECT_EQ(item["version"].asInt(), 2);
  EXPECT_TRUE(label(bob(), 1, "odd", item["version"].asInt(), "person:bob"));
}

TEST_P(DataRequestsTest, AGalleryFindsPagesAndLabelsInBulk) {
  import(20);
  const auto asked =
      ask(ann(), {{"do", "query"}, {"filter", Value::Map{{"classes", Value::List{"bad"}}}}, {"sort", Value::Map{{"by", "path"}}}});
  EXPECT_EQ(asked["count"].asInt(), 10);
  const auto page = ask(ann(), {{"do", "page"}, {"query", asked["query"]}, {"first", 8}, {"count", 5}});
  ASSERT_EQ(page.asList().size(), 2u);
  EXPECT_EQ(page.asList()[0]["label"].asText(), "bad");
  const auto done =
      ask(ann(), {{"do", "edit"}, {"query", asked["query"]}, {"set", Value::Map{{"label", "odd"}}}, {"author", "person:ann"}});
  EXPECT_EQ(done["changed"].asInt(), 10);
  EXPECT_EQ(render(textFromValue(done["revision"]["what"])), "10 pictures labelled odd");
  EXPECT_EQ(ask(bob(), {{"do", "state"}})["classes"].asList().size(), 3u);
  EXPECT_EQ(ask(ann(), {{"do", "undo"}})["number"].asInt(), 3);
  const auto diff = ask(ann(), {{"do", "diff"}, {"from", 1}, {"to", "newest"}});
  EXPECT_EQ(diff["changed"].asInt(), 0);
  EXPECT_EQ(ask(ann(), {{"do", "history"}, {"limit", 2}}).asList().size(), 2u);
  EXPECT_EQ(ask(ann(), {{"do", "name"}, {"revision", 2}, {"name", "odd ones"}})["name"].asText(), "odd ones");
  EXPECT_EQ(ask(ann(), {{"do", "restore"}, {"revision", "odd ones"}})["number"].asInt(), 4);
  EXPECT_EQ(ann().data(Value::Map{{"do", "fly"}}).error().code, "data.request");
}

TEST_P(DataRequestsTest, APlanTakesTheRevisionAndSaysWhatChanged) {
  RunRequest request;
  request.document = pipeline("newest");
  const auto none = ann().check(request);
  ASSERT_TRUE(none);
  ASSERT_EQ((*none)["problems"].asList().size(), 1u);
  EXPECT_EQ((*none)["problems"].asList()[0]["param"].asText(), "revision");
  import(10);
  EXPECT_TRUE(ann().check(request).value()["problems"].asList().empty());
  const auto manifest = ask(ann(), {{"do", "materialise"}})["manifest"].asText();
  const auto planned = ann().plan(request);
  ASSERT_TRUE(planned) << describe(planned.error());
  EXPECT_EQ((*planned)["plan"]["steps"].asList()[0]["params"]["revision"].asText(), manifest);
  EventBox box;
  const auto subscription = ann().subscribe([&](const Value& e) { box.add(e); });
  const auto run = ann().submitRun(request);
  ASSERT_TRUE(run) << describe(run.error());
  EXPECT_EQ(box.wait("finished", run->text)["state"].asText(), "done");
  ASSERT_TRUE(label(ann(), 1, "bad", 1, "person:ann"));
  ASSERT_TRUE(label(ann(), 3, "bad", 1, "person:ann"));
  const auto again = ann().plan(request).value();
  EXPECT_EQ(again["steps"].asList()[0]["state"].asText(), "runs");
  ASSERT_EQ(again["steps"].asList()[0]["reasons"].asList().size(), 1u);
  EXPECT_EQ(render(textFromValue(again["steps"].asList()[0]["reasons"].asList()[0])), "Data set: revision 1 -> 3, 2 labels changed.");
  ask(ann(), {{"do", "undo"}});
  ask(ann(), {{"do", "undo"}});
  EXPECT_EQ(ann().plan(request).value()["steps"].asList()[0]["state"].asText(), "cached") << "equal data, equal key";
  request.document = pipeline("2");
  EXPECT_EQ(ann().plan(request).value()["steps"].asList()[0]["state"].asText(), "runs");
  request.document = pipeline("what is this");
  const auto refused = ann().plan(request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::InvalidPipeline);
}

TEST_P(DataRequestsTest, FilesThatWentAreNoted) {
  import(3);
  ASSERT_TRUE(writeFileAtomically(folder / "project" / "there.png", "picture 1"));
  ASSERT_TRUE(local->project().addSource(madeItem(1).digest, {folder / "project" / "there.png"}));
  const auto found = ask(ann(), {{"do", "find_files"}});
  EXPECT_EQ(found["items"].asInt(), 3);
  EXPECT_EQ(found["missing"].asInt(), 2) << "whose bytes are nowhere";
  const auto asked = ask(ann(), {{"do", "query"}, {"filter", Value::Map{{"missing", false}}}});
  EXPECT_EQ(asked["count"].asInt(), 1);
}

TEST_P(DataRequestsTest, WhatAModelSaysBesideTheItemsIsFoundByTheFiltersOfThatName) {
  import(4);
  ask(ann(), {{"do", "edit"}, {"changes", Value::List{Value::Map{{"id", madeItem(0).id}, {"label", ""}}}}});
  const auto scores = [&](const char* name, Value::List values) {
    ask(ann(), {{"do", "scores"}, {"name", name}, {"values", std::move(values)}});
  };
  const auto found = [&](const char* flag) {
    Value filter;
    filter[flag] = true;
    const auto query = ask(bob(), {{"do", "query"}, {"filter", filter}});
    std::vector<std::string> out;
    const auto page = ask(bob(), {{"do", "page"}, {"query", query["query"]}, {"first", 0}, {"count", 9}});
    for (const auto& one : page.asList()) out.push_back(one["id"].asText());
    EXPECT_EQ(ask(bob(), {{"do", "state"}})[flag].asInt(), static_cast<std::int64_t>(out.size()));
    return out;
  };
  EXPECT_TRUE(found("suggested").empty());
  // Of what has a label nothing is suggested, whatever an old score says.
  scores("confidence", {Value::List{madeItem(0).id, 0.9}, Value::List{madeItem(1).id, 0.8}});
  EXPECT_THAT(found("suggested"), ElementsAre(madeItem(0).id));
  scores("disagreement", {Value::List{madeItem(1).id, 0.9}, Value::List{madeItem(2).id, 0.2}});
  EXPECT_THAT(found("disagreement"), ElementsAre(madeItem(1).id));
  // A score outlives its item, and is not found without it.
  ask(ann(), {{"do", "edit"}, {"changes", Value::List{Value::Map{{"id", madeItem(1).id}, {"remove", true}}}}});
  EXPECT_TRUE(found("disagreement").empty());
  scores("confidence", {});
  EXPECT_TRUE(found("suggested").empty());
}

TEST_P(DataRequestsTest, LabellingWithoutAWorkerSaysWhatIsMissing) {
  import(2);
  EXPECT_EQ(ann().data(Value::Map{{"do", "assist_suggest"}}).error().code, "assist.closed");
  EXPECT_EQ(ask(ann(), {{"do", "assist_state"}})["state"].asText(), "off");
  ask(ann(), {{"do", "assist_open"}});
  Value state;
  for (int i = 0; i < 1000 && state["state"].asText() != "failed"; ++i) {
    state = ask(ann(), {{"do", "assist_state"}});
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  EXPECT_EQ(state["state"].asText(), "failed");
  EXPECT_EQ(errorFromValue(state["error"]).code, "live.none");
  // Labels are taken all the same.
  EXPECT_TRUE(label(ann(), 0, "good", 1, "person:ann"));
}

INSTANTIATE_TEST_SUITE_P(Both, DataRequestsTest, ::testing::Values(false, true),
                         [](const auto& each) { return each.param ? "Socket" : "InProcess"; });

}  // namespace
}  // namespace patchbay
