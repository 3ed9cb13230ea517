// SPDX-License-Identifier: Apache-2.0
// The Studio's connection, on a real engine.
#include "app/studio/session/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <QTemporaryDir>
#include <QTest>

namespace patchbay::studio {
namespace {

struct Fixture {
  QTemporaryDir folder;
  std::filesystem::path project{std::filesystem::path{folder.path().toStdString()} / "project"};
  Session session{project, nullptr, PATCHBAY_ENGINE};
  bool ready() {
    return QTest::qWaitFor([&] { return session.state() == Session::State::Ready; }, 30'000);
  }
  ~Fixture() {
    if (session.enginePid() > 0) ::kill(static_cast<pid_t>(session.enginePid()), SIGTERM);
  }
};

TEST(Session, AnswersComeWhileTheWindowGoesOn) {
  Fixture f;
  std::vector<std::string> events;
  QObject::connect(&f.session, &Session::eventArrived, &f.session, [&](const Value& event) { events.push_back(event["event"].asText()); });
  // Asked before there is an engine: it waits for one.
  std::optional<Result<Value>> answer;
  f.session.ask("runs", Value::Map{{"limit", 5}}, &f.session, [&](const Result<Value>& given) { answer = given; });
  EXPECT_FALSE(answer) << "asking must not wait";
  ASSERT_TRUE(f.ready()) << describe(f.session.error());
  ASSERT_TRUE(QTest::qWaitFor([&] { return answer.has_value() && !events.empty(); }, 20'000));
  ASSERT_TRUE(answer->has_value()) << describe(answer->error());
  EXPECT_TRUE((*answer)->asList().empty()) << "nothing has run in a new project";
  EXPECT_EQ(events.front(), "state");
}

TEST(Session, NobodyIsAnsweredWhoHasGone) {
  Fixture f;
  ASSERT_TRUE(f.ready());
  bool answered = false, other = false;
  {
    QObject shortLived;
    f.session.ask("info", {}, &shortLived, [&](const Result<Value>&) { answered = true; });
  }
  f.session.ask("info", {}, &f.session, [&](const Result<Value>&) { other = true; });
  ASSERT_TRUE(QTest::qWaitFor([&] { return other && f.session.idle(); }, 20'000));
  QTest::qWait(50);
  EXPECT_FALSE(answered);
}

TEST(Session, StartsAnotherEngineWhenOneWasKilled) {
  Fixture f;
  // Killed in the moment it is called ready: the earliest a loss can be missed.
  std::int64_t first = 0;
  bool noticed = false;
  QObject::connect(&f.session, &Session::stateChanged, &f.session, [&] {
    if (!first && f.session.state() == Session::State::Ready) ::kill(static_cast<pid_t>(first = f.session.enginePid()), SIGKILL);
    noticed = noticed || (first && f.session.state() == Session::State::Connecting);
  });
  ASSERT_TRUE(QTest::qWaitFor([&] { return noticed; }, 40'000)) << "the loss was not noticed";
  ASSERT_TRUE(f.ready()) << describe(f.session.error());
  EXPECT_NE(f.session.enginePid(), first);
  std::optional<bool> good;
  f.session.ask("info", {}, &f.session, [&](const Result<Value>& answer) { good = answer.has_value(); });
  ASSERT_TRUE(QTest::qWaitFor([&] { return good.has_value(); }, 20'000));
  EXPECT_TRUE(*good);
}

TEST(Session, SaysWhyThereIsNoEngine) {
  QTemporaryDir folder;
  Session session{std::filesystem::path{folder.path().toStdString()} / "project", nullptr, "/nowhere/patchbay-engine"};
  std::optional<Result<Value>> answer;
  session.ask("info", {}, &session, [&](const Result<Value>& given) { answer = given; });
  ASSERT_TRUE(QTest::qWaitFor([&] { return session.state() == Session::State::Failed; }, 20'000));
  EXPECT_EQ(session.error().code, "engine.missing");
  EXPECT_FALSE(session.error().hint.empty());
  ASSERT_TRUE(QTest::qWaitFor([&] { return answer.has_value(); }, 20'000)) << "who asked meanwhile must hear of it";
  EXPECT_FALSE(answer->has_value());
}

}  // namespace
}  // namespace patchbay::studio
