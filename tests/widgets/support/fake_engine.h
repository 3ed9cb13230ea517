// SPDX-License-Identifier: Apache-2.0
// An EngineAccess made of tables, for tests of widgets: every answer comes later, from the event loop, as the real ones do.
#pragma once
#include <QApplication>
#include <QImage>
#include <QPointer>
#include <QTest>
#include <QTimer>
#include <QWidget>
#include <deque>
#include <map>
#include <thread>
#include <vector>

#include "widgets/base/engine_access.h"
#include "widgets/base/theme.h"

namespace patchbay::testing {

class FakeEngine final : public widgets::EngineAccess {
 public:
  using Handler = std::function<Result<Value>(const Value&)>;
  explicit FakeEngine(ObjectReader* objects = nullptr) : objects_{objects} {}
  ~FakeEngine() override {
    for (auto& t : threads_) t.join();
  }

  std::map<std::string, Handler> asks, lives;  ///< By method, and by service + "." + method.
  std::function<QImage(const widgets::PictureRef&, int)> pictures;
  std::vector<std::pair<std::string, Value>> asked;
  std::vector<widgets::PictureRef> picturesAsked;
  bool holdPictures = false;  ///< Pictures are answered by answerPictures() only.
  Catalogue blocks;

  const Catalogue& catalogue() const override { return blocks; }
  void live(std::string service, std::string method, Value args, std::string, QObject* context, Answer answer) override {
    respond(lives, service + "." + method, std::move(args), context, std::move(answer));
  }
  void ask(std::string method, Value args, QObject* context, Answer answer) override {
    respond(asks, method, std::move(args), context, std::move(answer));
  }
  void picture(const widgets::PictureRef& picture, int side, QObject* context, std::function<void(const QImage&)> answer) override {
    picturesAsked.push_back(picture);
    waiting_.push_back([this, picture, side, guard = QPointer<QObject>{context}, answer = std::move(answer)] {
      if (guard) answer(pictures ? pictures(picture, side) : QImage{});
    });
    if (!holdPictures) QTimer::singleShot(0, &alive_, [this] { answerPictures(1); });
  }
  void readObjects(std::function<Result<std::any>(ObjectReader&)> read, QObject* context,
                   std::function<void(const Result<std::any>&)> answer) override {
    threads_.emplace_back([this, read = std::move(read), guard = QPointer<QObject>{context}, answer = std::move(answer)] {
      auto result = std::make_shared<Result<std::any>>(read(*objects_));
      QMetaObject::invokeMethod(
          qApp,
          [guard, answer, result] {
            if (guard) answer(*result);
          },
          Qt::QueuedConnection);
    });
  }

  void answerPictures(int most = 1'000'000) {
    for (; most > 0 && !waiting_.empty(); --most) {
      auto next = std::move(waiting_.front());
      waiting_.pop_front();
      next();
    }
  }

 private:
  void respond(const std::map<std::string, Handler>& table, const std::string& name, Value args, QObject* context, Answer answer) {
    asked.emplace_back(name, args);
    const auto found = table.find(name);
    auto result = found != table.end()
                      ? found->second(args)
                      : Result<Value>{fail(ErrorKind::NotFound, "fake.none", TR("test", "Nobody answers."), TR("test", "Try later."))};
    QTimer::singleShot(0, qApp, [guard = QPointer<QObject>{context}, answer = std::move(answer), result = std::move(result)] {
      if (guard) answer(result);
    });
  }
  ObjectReader* objects_;
  QObject alive_;  ///< Timers of an engine that is gone must not fire.
  std::deque<std::function<void()>> waiting_;
  std::vector<std::thread> threads_;
};

/// With PATCHBAY_SHOTS=folder: the widget as light.png and dark.png of that name, to be looked at.
inline void shoot(QWidget& widget, const QString& name, QSize size = {1100, 700}) {
  const auto folder = qEnvironmentVariable("PATCHBAY_SHOTS");
  if (folder.isEmpty()) return;
  widget.resize(size);
  widget.show();
  for (const bool dark : {false, true}) {
    qApp->setPalette(widgets::themePalette(dark));
    QTest::qWait(300);
    widget.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, name, dark ? QStringLiteral("dark") : QStringLiteral("light")));
  }
  qApp->setPalette(widgets::themePalette(false));
}

}  // namespace patchbay::testing
