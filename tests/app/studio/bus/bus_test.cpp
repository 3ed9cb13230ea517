// SPDX-License-Identifier: Apache-2.0
// Notifications and staying awake, on a real message bus of the test's own with small stand-ins for the desktop's services.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <QVariantMap>
#include <iostream>

#include "app/studio/run/notifier.h"
#include "app/studio/run/sleep_inhibitor.h"

namespace patchbay::studio {
namespace {

/// org.freedesktop.Notifications, as far as a program that shows one needs it.
class Desktop final : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

 public:
  struct Shown {
    QString app, title, text;
    uint replaces = 0;
    QVariantMap hints;
  };
  std::vector<Shown> shown;

 public Q_SLOTS:
  uint Notify(const QString& app, uint replaces, const QString&, const QString& title, const QString& text, const QStringList&,
              const QVariantMap& hints, int) {
    shown.push_back({app, title, text, replaces, hints});
    return replaces ? replaces : 41 + static_cast<uint>(shown.size());
  }
};

/// org.freedesktop.login1: hands out a descriptor, and knows that the lock is gone when the other end is closed, as the real one does.
class Login final : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

 public:
  ~Login() override {
    if (mine_ >= 0) ::close(mine_);
  }
  QStringList asked;
  bool held() const {
    if (mine_ < 0) return false;
    char byte = 0;
    return ::read(mine_, &byte, 1) < 0;  // EAGAIN as long as somebody has the other end; 0 when nobody has.
  }

 public Q_SLOTS:
  QDBusUnixFileDescriptor Inhibit(const QString& what, const QString& who, const QString& why, const QString& mode) {
    asked = {what, who, why, mode};
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    mine_ = ends[0];
    QDBusUnixFileDescriptor out;
    out.giveFileDescriptor(ends[1]);
    return out;
  }

 private:
  int mine_ = -1;
};

/// org.freedesktop.ScreenSaver: what there is without logind.
class Saver final : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")

 public:
  std::vector<uint> held;
  QStringList asked;

 public Q_SLOTS:
  uint Inhibit(const QString& who, const QString& why) {
    asked = {who, why};
    held.push_back(7);
    return 7;
  }
  void UnInhibit(uint cookie) { std::erase(held, cookie); }
};

/// The bus: one for session and system, in place before anything of Qt asks for either.
class Bus final : public ::testing::Environment {
 public:
  void SetUp() override {
    const auto program = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
    if (program.isEmpty()) return;
    daemon_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    daemon_.start(program, {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
    if (!daemon_.waitForReadyRead(20'000)) return;
    address = daemon_.readLine().trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
  }
  void TearDown() override {
    daemon_.terminate();
    daemon_.waitForFinished(5000);
  }
  static inline QByteArray address;

 private:
  QProcess daemon_;
};

[[maybe_unused]] const auto* const bus = ::testing::AddGlobalTestEnvironment(new Bus);

/// A service on the bus for as long as it lives.
class Service {
 public:
  Service(const QString& name, const QString& path, QObject& object)
      : connection_{QDBusConnection::connectToBus(QString::fromUtf8(Bus::address), name)}, name_{name} {
    EXPECT_TRUE(connection_.isConnected());
    EXPECT_TRUE(connection_.registerObject(path, &object, QDBusConnection::ExportAllSlots));
    EXPECT_TRUE(connection_.registerService(name));
  }
  ~Service() {
    connection_.unregisterService(name_);
    QDBusConnection::disconnectFromBus(name_);
  }

 private:
  QDBusConnection connection_;
  QString name_;
};

class BusTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!Bus::address.isEmpty()) return;
    std::cout << "SKIPPED: dbus-daemon does not start here; nothing was tried on a bus. Install it: app/setup/install --tests.\n";
    GTEST_SKIP() << "dbus-daemon is missing";
  }
  static bool wait(const std::function<bool()>& until) { return QTest::qWaitFor(until, 5000); }
};

TEST_F(BusTest, ANotificationArrivesAndTheNextTakesItsPlace) {
  Desktop desktop;
  const Service service{QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"), desktop};
  Notifier notifier;
  notifier.tell(QStringLiteral("Solar cells"), QStringLiteral("Done in 3 s, loss < 0.1"), false);
  ASSERT_TRUE(wait([&] { return desktop.shown.size() == 1; }));
  EXPECT_EQ(desktop.shown[0].app, QStringLiteral("Patchbay"));
  EXPECT_EQ(desktop.shown[0].title, QStringLiteral("Solar cells"));
  EXPECT_EQ(desktop.shown[0].text, QStringLiteral("Done in 3 s, loss &lt; 0.1")) << "the body is markup";
  EXPECT_EQ(desktop.shown[0].hints[QStringLiteral("desktop-entry")].toString(), QStringLiteral("patchbay-studio"));
  EXPECT_EQ(desktop.shown[0].hints[QStringLiteral("urgency")].toInt(), 1);
  QTest::qWait(50);  // The number it got is on its way back.
  notifier.tell(QStringLiteral("Solar cells"), QStringLiteral("Failed."), true);
  ASSERT_TRUE(wait([&] { return desktop.shown.size() == 2; }));
  EXPECT_EQ(desktop.shown[1].replaces, 42u);
  EXPECT_EQ(desktop.shown[1].hints[QStringLiteral("urgency")].toInt(), 2);
}

TEST_F(BusTest, WithoutANotificationServiceNothingHappens) {
  Notifier notifier;
  notifier.tell(QStringLiteral("Nobody"), QStringLiteral("listens"), false);
  QTest::qWait(100);
}

TEST_F(BusTest, TheComputerStaysAwakeExactlyWhileItIsHeld) {
  Login login;
  const Service service{QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"), login};
  SleepInhibitor awake;
  awake.hold(QStringLiteral("A pipeline runs"));
  ASSERT_TRUE(wait([&] { return awake.state() == SleepInhibitor::State::Held; }));
  EXPECT_EQ(login.asked, (QStringList{QStringLiteral("sleep:idle"), QStringLiteral("Patchbay"), QStringLiteral("A pipeline runs"),
                                      QStringLiteral("block")}));
  EXPECT_TRUE(login.held());
  EXPECT_FALSE(awake.describe().isEmpty());
  awake.release();
  EXPECT_TRUE(wait([&] { return !login.held(); })) << "the descriptor was not closed: the machine would never sleep again";
  EXPECT_EQ(awake.state(), SleepInhibitor::State::Off);
}

TEST_F(BusTest, WhatIsReleasedBeforeTheAnswerIsNotHeldAfterIt) {
  Login login;
  const Service service{QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"), login};
  SleepInhibitor awake;
  awake.hold(QStringLiteral("A pipeline runs"));
  awake.release();
  ASSERT_TRUE(wait([&] { return !login.asked.isEmpty(); }));
  EXPECT_TRUE(wait([&] { return !login.held(); }));
  EXPECT_EQ(awake.state(), SleepInhibitor::State::Off);
}

TEST_F(BusTest, WithoutLoginTheDesktopIsAsked) {
  Saver saver;
  const Service service{QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("/org/freedesktop/ScreenSaver"), saver};
  {
    SleepInhibitor awake;
    awake.hold(QStringLiteral("A pipeline runs"));
    ASSERT_TRUE(wait([&] { return awake.state() == SleepInhibitor::State::Held; }));
    EXPECT_EQ(saver.asked, (QStringList{QStringLiteral("Patchbay"), QStringLiteral("A pipeline runs")}));
    EXPECT_THAT(saver.held, testing::ElementsAre(7u));
  }
  EXPECT_TRUE(wait([&] { return saver.held.empty(); })) << "it goes with the window";
}

TEST_F(BusTest, WithoutEitherThePersonIsTold) {
  SleepInhibitor awake;
  awake.hold(QStringLiteral("A pipeline runs"));
  ASSERT_TRUE(wait([&] { return awake.state() == SleepInhibitor::State::Unavailable; }));
  EXPECT_TRUE(awake.describe().contains(QStringLiteral("sleep timer"))) << awake.describe().toStdString();
}

}  // namespace
}  // namespace patchbay::studio

#include "bus_test.moc"
