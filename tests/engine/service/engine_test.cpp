// SPDX-License-Identifier: Apache-2.0
// One suite for both implementations of Engine: in this process, and behind its socket.
#include "engine/service/engine.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <future>
#include <limits>
#include <thread>

#include "engine/service/connect.h"
#include "engine/service/local_engine.h"
#include "engine/service/runtime_folder.h"
#include "engine/service/server.h"
#include "tests/support/fake_executor.h"

namespace patchbay {
namespace {
using test::EventBox, test::FakeExecutor, test::TempFolder;
using ::testing::HasSubstr, ::testing::Not;

enum class Kind : std::uint8_t { InProcess, Socket };

Value catalogueOfFakes() {
  Value v;
  for (const char* id : {"t.text", "t.join", "t.report", "t.fail", "t.slow", "t.files"}) v["blocks"].push(toValue(*test::fakeSchema(id)));
  return v;
}

/// a (t.text) -> b (t.join), as a document.
Value document(const std::string& secondType = "t.join") {
  const auto node = [](const std::string& id, const std::string& type, const std::string& text) {
    return Value{Value::Map{{"id", id},
                            {"name", id},
                            {"type", type},
                            {"type_version", 1},
                            {"title", ""},
                            {"pos", Value::List{0, 0}},
                            {"params", Value::Map{{"text", text}}}}};
  };
  Value d;
  d["version"] = 1;
  d["id"] = "PIPELINE";
  d["title"] = "Test";
  d["nodes"] = Value::List{node("a", "t.text", "hello"), node("b", secondType, "!")};
  if (secondType != "t.text") d["links"].push(Value::Map{{"from", Value::List{"a", "out"}}, {"to", Value::List{"b", "in"}}});
  return d;
}

class EngineTest : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    ::setenv("XDG_RUNTIME_DIR", runtime.path().c_str(), 1);
    EngineParts parts;
    parts.machine.cores = 2;
    parts.catalogue = [] { return Result<Value>{catalogueOfFakes()}; };
    parts.executor = [this](JobHost& host, Project& project) -> Result<std::unique_ptr<Executor>> {
      auto made = std::make_unique<FakeExecutor>(host, project);
      fake = made.get();
      return made;
    };
    parts.live = [this](std::string_view, std::string_view method, const Value& args, std::string_view slot, LiveCallback done) {
      if (method == "echo") return done(toLiveAnswer(args));
      if (method == "slot") return done(LiveAnswer{Value{slot}, {}});
      if (method == "never") {
        const std::lock_guard lock{neverMutex};
        return neverAnswered.push_back(std::move(done));
      }
      if (method == "wrong") {
        // A worker that says more of its file than is true.
        auto answer = toLiveAnswer(Value{Value::Map{{"a", Value::Bytes(100'000, 1)}}}).value();
        answer.value["a"]["size"] = args;
        return done(std::move(answer));
      }
      done(fail(ErrorKind::Usage, "live.method", Text{"t", "Unknown."}, Text{"t", "Echo."}));
    };
    auto opened = LocalEngine::open(folder / "project", parts);
    ASSERT_TRUE(opened) << describe(opened.error());
    local = std::move(*opened);
    if (GetParam() == Kind::InProcess) return;
    auto listening = EngineServer::listen(*local, engineSocketPath(folder / "project").value(), {});
    ASSERT_TRUE(listening) << describe(listening.error());
    server = std::move(*listening);
    thread = std::thread{[this] { server->serve([] { return false; }, [this] { return ending.load(); }); }};
    remote = connect();
    ASSERT_TRUE(remote);
  }
  std::unique_ptr<Engine> connect() {
    ConnectOptions options;
    options.start = false;
    auto made = connectEngine(folder / "project", options);
    EXPECT_TRUE(made) << describe(made.error());
    return made ? std::move(*made) : nullptr;
  }
  void TearDown() override {
    remote.reset();
    ending = true;
    if (thread.joinable()) thread.join();
    server.reset();
    local.reset();
  }
  Engine& engine() { return remote ? *remote : static_cast<Engine&>(*local); }
  static RunRequest request(Value d = document()) {
    RunRequest r;
    r.document = std::move(d);
    return r;
  }

  TempFolder folder, runtime;
  FakeExecutor* fake = nullptr;
  std::unique_ptr<LocalEngine> local;
  std::unique_ptr<EngineServer> server;
  std::unique_ptr<Engine> remote;
  std::thread thread;
  std::atomic<bool> ending{false};
  std::size_t unanswered() {
    const std::lock_guard lock{neverMutex};
    return neverAnswered.size();
  }
  std::mutex neverMutex;
  std::vector<LiveCallback> neverAnswered;
};

TEST_P(EngineTest, RunsAndTells) {
  EventBox box;
  auto subscription = engine().subscribe([&](const Value& e) { box.add(e); });
  ASSERT_TRUE(subscription);
  const auto run = engine().submitRun(request());
  ASSERT_TRUE(run) << describe(run.error());
  const auto done = box.wait("finished", run->text);
  EXPECT_EQ(done["state"].asText(), "done");
  EXPECT_EQ(done["blocks"].asList().size(), 2u);
  EXPECT_EQ(box.all().front()["event"].asText(), "state");
  const auto shown = engine().showRun(*run);
  ASSERT_TRUE(shown);
  EXPECT_EQ((*shown)["finished_event"]["state"].asText(), "done");
  EXPECT_EQ((*shown)["document"]["title"].asText(), "Test");
  EXPECT_EQ(engine().showRun({}).value()["run"].asText(), run->text) << "no id means the newest";
  EXPECT_EQ(engine().runs(10).value().asList().size(), 1u);
  const auto outputs = engine().outputs(*run, {"b"});
  ASSERT_TRUE(outputs) << describe(outputs.error());
  const auto part = Digest::parse((*outputs)["outputs"]["out"]["parts"]["text"].asText());
  ASSERT_TRUE(part);
  EXPECT_EQ(readFile(engine().locate(*part).value()).value(), "!hello");
  EXPECT_EQ(engine().metrics(*run).value().asList().size(), 2u);
}

TEST_P(EngineTest, PlanSaysWhatWouldRun) {
  const auto before = engine().plan(request());
  ASSERT_TRUE(before) << describe(before.error());
  EXPECT_EQ((*before)["steps"].asList()[0]["state"].asText(), "runs");
  EXPECT_EQ(fake->count(), 0u);
}

TEST_P(EngineTest, SetChangesACopy) {
  EventBox box;
  auto subscription = engine().subscribe([&](const Value& e) { box.add(e); });
  box.wait("finished", engine().submitRun(request()).value().text);
  auto changed = request();
  changed.set = {"b.text=?"};
  const auto plan = engine().plan(changed);
  ASSERT_TRUE(plan) << describe(plan.error());
  EXPECT_EQ((*plan)["steps"].asList()[0]["state"].asText(), "cached");
  EXPECT_EQ((*plan)["steps"].asList()[1]["state"].asText(), "runs");
  EXPECT_EQ(engine().plan(request()).value()["steps"].asList()[1]["state"].asText(), "cached");
}

TEST_P(EngineTest, EveryProblemAtOnceAndRunsAreRefused) {
  auto d = document("no.such.block");
  d["nodes"].list()[0]["params"]["unknown"] = 1;
  const auto problems = engine().check(request(d));
  ASSERT_TRUE(problems);
  EXPECT_GE((*problems)["problems"].asList().size(), 2u);
  const auto run = engine().submitRun(request(d));
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().kind, ErrorKind::InvalidPipeline);
}

TEST_P(EngineTest, ErrorsComeAcrossWhole) {
  const auto run = engine().showRun({"NOSUCHRUN"});
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().kind, ErrorKind::NotFound);
  EXPECT_EQ(run.error().code, "run.unknown");
  EXPECT_THAT(describe(run.error()), HasSubstr("patchbay runs"));
}

TEST_P(EngineTest, CancelAndBusy) {
  EventBox box;
  auto subscription = engine().subscribe([&](const Value& e) { box.add(e); });
  const auto run = engine().submitRun(request(document("t.slow"))).value();
  box.waitFor([](const Value& e) { return e["name"].asText() == "b" && e["state"].asText() == "running"; });
  EXPECT_EQ(engine().gc({.dryRun = false}).error().kind, ErrorKind::Busy);
  EXPECT_EQ(engine().shutdown(false).error().kind, ErrorKind::Busy);
  ASSERT_TRUE(engine().stopRun(run, StopHow::Cancel));
  EXPECT_EQ(box.wait("finished", run.text)["state"].asText(), "cancelled");
}

TEST_P(EngineTest, GcSaysFirstAndThenRemoves) {
  EventBox box;
  auto subscription = engine().subscribe([&](const Value& e) { box.add(e); });
  for (const char* text : {"b.text=1", "b.text=2", "b.text=3"}) {
    auto r = request();
    r.set = {text};
    box.wait("finished", engine().submitRun(r).value().text);
  }
  GcRequest gc;
  gc.keepRuns = 1;
  gc.graceSeconds = -10;
  const auto dry = engine().gc(gc);
  ASSERT_TRUE(dry) << describe(dry.error());
  EXPECT_EQ((*dry)["removed_results"].asInt(), 2);
  EXPECT_GT((*dry)["removed_bytes"].asInt(), 0);
  EXPECT_EQ(engine()
                .plan([] {
                  auto r = request();
                  r.set = {"b.text=1"};
                  return r;
                }())
                .value()["steps"]
                .asList()[1]["state"]
                .asText(),
            "cached");
  gc.dryRun = false;
  EXPECT_EQ(engine().gc(gc).value()["removed_bytes"].asInt(), (*dry)["removed_bytes"].asInt());
  EXPECT_EQ(engine()
                .plan([] {
                  auto r = request();
                  r.set = {"b.text=1"};
                  return r;
                }())
                .value()["steps"]
                .asList()[1]["state"]
                .asText(),
            "runs");
  EXPECT_EQ(engine()
                .plan([] {
                  auto r = request();
                  r.set = {"b.text=3"};
                  return r;
                }())
                .value()["steps"]
                .asList()[1]["state"]
                .asText(),
            "cached");
}

TEST_P(EngineTest, LiveRequestsAndDoctor) {
  Value args;
  args["x"] = 3;
  EXPECT_EQ(engine().live("t.live", "echo", args, "slot").value(), args);
  EXPECT_FALSE(engine().live("t.live", "other", args, "slot"));
  const auto doctor = engine().doctor();
  ASSERT_TRUE(doctor);
  EXPECT_EQ((*doctor)["store"]["quick_check"].asText(), "ok");
}

TEST_P(EngineTest, AFolderThatIsNotThereIsAProblemBeforeARun) {
  auto d = document();
  auto& nodes = d["nodes"].list();
  nodes.insert(nodes.begin() + 1, Value{Value::Map{{"id", "f"},
                                                   {"name", "files"},
                                                   {"type", "t.files"},
                                                   {"type_version", 1},
                                                   {"title", ""},
                                                   {"pos", Value::List{0, 0}},
                                                   {"params", Value::Map{{"folder", "pictures"}}}}});
  nodes.back()["params"]["odd"] = 1;
  const auto codes = [&](const RunRequest& r) {
    std::vector<std::string> out;
    const auto checked = engine().check(r);
    EXPECT_TRUE(checked);
    if (checked)
      for (const auto& p : (*checked)["problems"].asList()) out.push_back(p["name"].asText() + " " + p["code"].asText());
    return out;
  };
  // With the others, in the order of the document.
  EXPECT_THAT(codes(request(d)), testing::ElementsAre("files path.missing", "b param.value"));
  nodes.back()["params"] = Value::Map{{"text", "!"}};
  const auto planned = engine().plan(request(d));
  ASSERT_FALSE(planned);
  EXPECT_EQ(planned.error().kind, ErrorKind::InvalidPipeline);
  EXPECT_THAT(describe(planned.error()), HasSubstr((folder / "project/pictures").string())) << "below the project";
  EXPECT_FALSE(engine().submitRun(request(d)));
  EXPECT_TRUE(fake->ran.empty());
  // Where the request says paths begin; and only for what is asked for.
  auto elsewhere = request(d);
  elsewhere.baseFolder = folder / "elsewhere";
  std::filesystem::create_directories(folder / "elsewhere/pictures");
  EXPECT_THAT(codes(elsewhere), testing::ElementsAre("files path.empty"));
  auto partly = request(d);
  partly.to = "b";
  EXPECT_THAT(codes(partly), testing::IsEmpty());
  std::ofstream{folder / "elsewhere/pictures/a.png"} << "x";
  EXPECT_THAT(codes(elsewhere), testing::IsEmpty());
  EXPECT_TRUE(engine().plan(elsewhere));
  nodes[1]["mode"] = "mute";
  EXPECT_THAT(codes(request(d)), testing::IsEmpty());
}

TEST_P(EngineTest, EndedSubscriptionIsSilent) {
  EventBox box;
  auto subscription = engine().subscribe([&](const Value& e) { box.add(e); });
  ASSERT_TRUE(subscription);
  subscription->reset();
  const auto before = box.all().size();
  EventBox other;
  auto second = engine().subscribe([&](const Value& e) { other.add(e); });
  other.wait("finished", engine().submitRun(request()).value().text);
  EXPECT_EQ(box.all().size(), before);
}

TEST_P(EngineTest, LiveAnswersBringTheirBytes) {
  Value images{Value::List{}};
  for (int i = 0; i < 50; ++i)
    images.push(Value::Map{{"w", i}, {"rgb", Value::Bytes(static_cast<std::size_t>(3000 * i), static_cast<std::uint8_t>(i))}});
  const Value args{Value::Map{{"images", images}, {"small", Value::Bytes{1, 2, 3}}, {"none", Value::Bytes{}}}};
  const auto answer = engine().live("t.live", "echo", args, "");
  ASSERT_TRUE(answer) << describe(answer.error());
  EXPECT_TRUE(*answer == args);
}

TEST_P(EngineTest, WhatAWorkerSaysOfItsBytesIsNotBelieved) {
  EXPECT_TRUE(engine().live("t.live", "wrong", 100'000, ""));
  for (const std::int64_t size : {std::int64_t{100'001}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()})
    EXPECT_EQ(engine().live("t.live", "wrong", size, "").error().kind, ErrorKind::Corrupt) << size;
}

TEST_P(EngineTest, ManyLiveRequestsAreUnderWayAtOnce) {
  std::mutex mutex;
  std::vector<std::int64_t> answered;
  engine().liveLater("t.live", "never", {}, "", [](const Result<LiveAnswer>&) {});
  for (int i = 0; i < 500; ++i)
    engine().liveLater("t.live", "echo", i, "", [&](Result<LiveAnswer> answer) {
      const std::lock_guard lock{mutex};
      answered.push_back(answer ? answer->value.asInt() : -1);
    });
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  const auto all = [&] {
    const std::lock_guard lock{mutex};
    return answered.size() == 500;
  };
  while (!all() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds{2});
  std::ranges::sort(answered);
  ASSERT_EQ(answered.size(), 500u);
  for (int i = 0; i < 500; ++i) EXPECT_EQ(answered[static_cast<std::size_t>(i)], i);
}

TEST_P(EngineTest, AddedPicturesAreCopiedAndNeverReplaced) {
  const auto png = std::string{"\x89PNG\r\n\x1A\n"} + "pixels";
  std::ofstream{folder / "cell.png", std::ios::binary} << png;
  const auto added = engine().addPicture(Value::Map{{"path", pathToValue(folder / "cell.png")}, {"label", "broken cell"}});
  ASSERT_TRUE(added) << describe(added.error());
  const auto path = pathFromValue((*added)["path"]);
  EXPECT_EQ(path.parent_path(), std::filesystem::canonical(folder / "project") / "added" / "broken cell");
  EXPECT_TRUE(path.filename().native().starts_with("cell-")) << path;
  EXPECT_EQ(readFile(path).value(), png);
  // Again: it is there. Other bytes of the same name: both stay. Another label: the picture moves.
  EXPECT_TRUE(
      engine().addPicture(Value::Map{{"path", pathToValue(folder / "cell.png")}, {"label", "broken cell"}}).value()["existed"].asBool());
  const std::string other = png + "!";
  const auto second =
      engine().addPicture(Value::Map{{"bytes", Value::Bytes{other.begin(), other.end()}}, {"name", "cell.jpeg"}, {"label", "broken cell"}});
  ASSERT_TRUE(second) << describe(second.error());
  EXPECT_EQ(pathFromValue((*second)["path"]).extension(), ".png") << "named after what it is";
  EXPECT_EQ(readFile(path).value(), png);
  const auto moved = engine().addPicture(Value::Map{{"path", pathToValue(path)}, {"label", "fine"}});
  EXPECT_EQ((*moved)["relabelled_from"].asText(), "broken cell");
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(readFile(pathFromValue((*moved)["path"])).value(), png);
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder / "project" / "added"})
    EXPECT_NE(entry.path().filename().native().front(), '.') << "nothing unfinished is left";
}

TEST_P(EngineTest, WhatCannotBeAddedIsRefused) {
  std::ofstream{folder / "a.txt"} << "no picture";
  std::ofstream{folder / "a.png", std::ios::binary} << "\x89PNG\r\n\x1A\n";
  const auto add = [&](const char* file, const Value& label, const Value& where = {}) {
    return engine().addPicture(Value::Map{{"path", pathToValue(folder / file)}, {"label", label}, {"folder", where}});
  };
  EXPECT_EQ(add("a.txt", "x").error().code, "picture.format");
  EXPECT_EQ(add("missing.png", "x").error().kind, ErrorKind::NotFound);
  for (const char* label : {"", "..", ".hidden", "a/b", "a\nb"}) EXPECT_EQ(add("a.png", label).error().code, "picture.label") << label;
  EXPECT_EQ(add("a.png", "x", "../outside").error().code, "path.outside");
  EXPECT_TRUE(add("a.png", "x", "more/data"));
  EXPECT_TRUE(std::filesystem::exists(folder / "project" / "more" / "data" / "x"));
}

INSTANTIATE_TEST_SUITE_P(Both, EngineTest, ::testing::Values(Kind::InProcess, Kind::Socket),
                         [](const auto& each) { return each.param == Kind::InProcess ? "InProcess" : "Socket"; });

class SocketTest : public EngineTest {};
INSTANTIATE_TEST_SUITE_P(Only, SocketTest, ::testing::Values(Kind::Socket));

TEST_P(SocketTest, TwoClientsSeeTheSame) {
  const auto other = connect();
  ASSERT_TRUE(other);
  EventBox one, two;
  auto a = engine().subscribe([&](const Value& e) { one.add(e); });
  auto b = other->subscribe([&](const Value& e) { two.add(e); });
  const auto run = engine().submitRun(request()).value();
  EXPECT_FALSE(one.wait("finished", run.text).isNull());
  EXPECT_FALSE(two.wait("finished", run.text).isNull());
  const auto without = [](std::vector<Value> events) {
    std::erase_if(events, [](const Value& e) { return e["event"].asText() == "progress"; });
    return events;
  };
  EXPECT_EQ(without(one.all()), without(two.all()));
}

TEST_P(SocketTest, SlotsOfTwoClientsAreTwo) {
  const auto other = connect();
  const auto mine = engine().live("t.live", "slot", {}, "preview").value().asText();
  EXPECT_EQ(engine().live("t.live", "slot", {}, "preview").value().asText(), mine);
  EXPECT_NE(other->live("t.live", "slot", {}, "preview").value().asText(), mine);
  EXPECT_EQ(engine().live("t.live", "slot", {}, "").value().asText(), "");
}

TEST_P(SocketTest, AStuckLiveRequestHoldsNobodyUp) {
  for (int i = 0; i < 50; ++i) remote->liveLater("t.live", "never", {}, "", [](const Result<LiveAnswer>&) {});
  EXPECT_TRUE(remote->info()) << "other requests are answered";
  const auto begin = std::chrono::steady_clock::now();
  remote.reset();
  ending = true;
  thread.join();
  server.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{2});
  for (const auto& late : neverAnswered) late(LiveAnswer{Value{1}, {}});  // To nobody, and harmless.
}

TEST_P(SocketTest, AnAnswerTooLargeToSendSaysSo) {
  const std::string large(65u << 20, 'x');
  EXPECT_EQ(engine().live("t.live", "echo", Value{large.substr(0, 1 << 20)}, "").value().asText().size(), std::size_t{1} << 20);
  std::promise<Result<LiveAnswer>> answer;
  engine().liveLater("t.live", "never", {}, "", [&](Result<LiveAnswer> came) { answer.set_value(std::move(came)); });
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{5};
  while (unanswered() == 0 && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  ASSERT_EQ(unanswered(), 1u);
  neverAnswered[0](LiveAnswer{Value{large}, {}});
  EXPECT_EQ(answer.get_future().get().error().code, "channel.too-large");
  EXPECT_TRUE(engine().info()) << "the connection goes on";
}

TEST_P(SocketTest, SocketIsPrivate) {
  const auto path = engineSocketPath(folder / "project").value();
  struct stat st {};
  ASSERT_EQ(::stat(path.c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0600u);
  ASSERT_EQ(::stat(path.parent_path().c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0700u);
}

TEST_P(SocketTest, LostEngineIsToldToAll) {
  EventBox box;
  auto subscription = engine().subscribe([&](const Value& e) { box.add(e); });
  ending = true;
  thread.join();
  server.reset();
  EXPECT_FALSE(box.wait("disconnected").isNull());
  EXPECT_EQ(engine().info().error().kind, ErrorKind::Unreachable);
}

TEST(RuntimeFolder, OthersFolderIsRefused) {
  TempFolder runtime;
  ::setenv("XDG_RUNTIME_DIR", runtime.path().c_str(), 1);
  std::filesystem::create_directory(runtime / "patchbay");
  ::chmod((runtime / "patchbay").c_str(), 0777);
  const auto folder = runtimeFolder();
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().kind, ErrorKind::Permission);
}

TEST(RuntimeFolder, LongChinesePathHasAShortSocket) {
  TempFolder runtime, base;
  ::setenv("XDG_RUNTIME_DIR", runtime.path().c_str(), 1);
  auto project = base.path();
  for (int i = 0; i < 4; ++i) project /= "太阳能电池板检查项目照片文件夹的名字很长很长很长很长";
  std::filesystem::create_directories(project);
  ASSERT_GE(project.native().size(), 300u);
  const auto socket = engineSocketPath(project);
  ASSERT_TRUE(socket);
  EXPECT_LT(socket->native().size(), 108u);
}

}  // namespace
}  // namespace patchbay
