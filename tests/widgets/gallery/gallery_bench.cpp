// SPDX-License-Identifier: Apache-2.0
// Measures the data set's gallery as a person feels it: a million made-up items, pages and thumbnails that come from threads,
// real wheel and scroll-bar movements in a shown window, until what they change is painted and the display server has it. Needs a
// display (tests/bench/run starts Xvfb); prints lines of {"name", "value"}.
//
//   gallery_bench [items] [frames]
#include <sys/resource.h>
#include <unistd.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QPainter>
#include <QPointer>
#include <QScrollBar>
#include <QThreadPool>
#include <QWheelEvent>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <mutex>
#include <thread>

#include "tests/widgets/gallery/made_data.h"
#include "widgets/base/engine_access.h"
#include "widgets/base/theme.h"
#include "widgets/gallery/data_gallery.h"
#include "widgets/gallery/data_pages.h"
#include "widgets/gallery/picture_grid.h"

namespace {

using namespace patchbay;
using namespace patchbay::widgets;

/// Requests travel as JSON through a thread and back, as to an engine in another process.
class Far final : public EngineAccess {
 public:
  explicit Far(std::size_t items) : data_{items} {
    calls_.setMaxThreadCount(1);
    pictures_.setMaxThreadCount(1);
  }
  ~Far() override {
    calls_.waitForDone();
    pictures_.waitForDone();
  }
  const Catalogue& catalogue() const override { return catalogue_; }
  void live(std::string, std::string, Value, std::string, QObject*, Answer) override {}
  void readObjects(std::function<Result<std::any>(ObjectReader&)>, QObject*, std::function<void(const Result<std::any>&)>) override {}
  void ask(std::string, Value args, QObject* context, Answer answer) override {
    calls_.start([this, args = toJson(args), context = QPointer<QObject>{context}, answer = std::move(answer)] {
      const auto request = parseJson(args);
      const auto result = data_.answer(*request);
      auto back = std::make_shared<Result<Value>>(result ? parseJson(toJson(*result)) : result);
      QMetaObject::invokeMethod(
          qApp,
          [context, answer, back] {
            if (context) answer(*back);
          },
          Qt::QueuedConnection);
    });
  }
  void picture(const PictureRef& picture, int side, QObject* context, std::function<void(const QImage&)> answer) override {
    pictures_.start([hue = static_cast<int>(std::hash<std::string>{}(picture.digest) % 360), side, context = QPointer<QObject>{context},
                     answer = std::move(answer)] {
      // As the workers that decode pictures are.
      thread_local const bool nice = ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 5) == 0;
      (void)nice;
      QImage image{side, side * 3 / 4, QImage::Format_RGB888};
      image.fill(QColor::fromHsv(hue, 150, 200));
      QPainter painter{&image};
      painter.fillRect(QRect{side / 4, side / 4, side / 3, side / 4}, QColor::fromHsv((hue + 60) % 360, 120, 120));
      painter.end();
      QMetaObject::invokeMethod(
          qApp,
          [context, answer, image] {
            if (context) answer(image);
          },
          Qt::QueuedConnection);
    });
  }

 private:
  patchbay::testing::MadeData data_;
  Catalogue catalogue_;
  QThreadPool calls_, pictures_;
};

/// What this thread itself spent: comparable on a machine that is busy with other things.
double cpuMs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Counts what is painted.
class Painted final : public QObject {
 public:
  long frames = 0;
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint) ++frames;
    return false;
  }
};

double megabytes() {
  std::ifstream file{"/proc/self/statm"};
  long size = 0, resident = 0;
  file >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

struct Bench {
  DataGallery& gallery;
  Painted painted;
  std::vector<double> times, cpu;

  explicit Bench(DataGallery& shown) : gallery{shown} { gallery.grid().viewport()->installEventFilter(&painted); }

  void settle(int ms) {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < ms) QApplication::processEvents(QEventLoop::AllEvents, 5);
  }
  /// From before the movement until it is painted and the display server has answered; then as much of a second's sixtieth as is left
  /// goes to what arrives.
  template <class Move>
  void frame(Move&& move) {
    const auto before = painted.frames;
    QElapsedTimer clock;
    clock.start();
    const auto spent = cpuMs();
    move();
    while (painted.frames == before && clock.elapsed() < 100) QApplication::processEvents();
    QGuiApplication::sync();
    times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    cpu.push_back(cpuMs() - spent);
    while (clock.nsecsElapsed() < 16'600'000) {
      // An answer that takes long in this thread holds up the next frame: it counts as one.
      QElapsedTimer turn;
      turn.start();
      const auto turnCpu = cpuMs();
      QApplication::processEvents(QEventLoop::AllEvents, 1);
      if (const auto ms = static_cast<double>(turn.nsecsElapsed()) / 1e6; ms > 16) times.push_back(ms);
      if (const auto ms = cpuMs() - turnCpu; ms > 16) cpu.push_back(ms);
    }
  }
  void tell(const char* name) {
    std::sort(times.begin(), times.end());
    std::printf("{\"name\": \"%s.p50\", \"value\": %.3f}\n", name, times[times.size() / 2]);
    std::printf("{\"name\": \"%s.p95\", \"value\": %.3f}\n", name, times[times.size() * 95 / 100]);
    std::printf("{\"name\": \"%s.max\", \"value\": %.3f}\n", name, times.back());
    std::sort(cpu.begin(), cpu.end());
    std::printf("{\"name\": \"%s.cpu.p50\", \"value\": %.3f}\n", name, cpu[cpu.size() / 2]);
    std::printf("{\"name\": \"%s.cpu.p95\", \"value\": %.3f}\n", name, cpu[cpu.size() * 95 / 100]);
    times.clear();
    cpu.clear();
  }
};

}  // namespace

int main(int argc, char** argv) {
  QApplication app{argc, argv};
  applyTheme(app, ThemeChoice::Light);
  const auto items = static_cast<std::size_t>(argc > 1 ? std::atoll(argv[1]) : 1'000'000);
  const int frames = argc > 2 ? std::atoi(argv[2]) : 600;
  Far engine{items};
  DataGallery gallery{engine};
  Bench bench{gallery};
  gallery.resize(1600, 1000);
  QElapsedTimer clock;
  clock.start();
  gallery.show();
  gallery.reload();
  // The first screen: every item in sight is known.
  while (!gallery.grid().count() || !gallery.pages().find(gallery.grid().sight().second - 1))
    QApplication::processEvents(QEventLoop::AllEvents, 5);
  std::printf("{\"name\": \"first-screen\", \"value\": %.3f}\n", static_cast<double>(clock.nsecsElapsed()) / 1e6);
  bench.settle(1500);
  const double memory = megabytes();
  auto* view = gallery.grid().viewport();
  auto* bar = gallery.grid().verticalScrollBar();
  const QPointF at{view->width() / 2.0, view->height() / 2.0};
  for (int i = 0; i < frames; ++i)
    bench.frame([&] {
      QWheelEvent wheel{at,   view->mapToGlobal(at), {}, {0, i / 200 % 2 ? 120 : -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                        false};
      QApplication::sendEvent(view, &wheel);
    });
  bench.tell("wheel");
  // Pages a second, then the handle of the scroll bar over the whole million.
  for (int i = 0; i < frames; ++i) bench.frame([&] { bar->setValue(bar->value() + bar->pageStep() / 2); });
  bench.tell("pages");
  for (int i = 0; i < frames; ++i) bench.frame([&] { bar->setValue(static_cast<int>(static_cast<double>(bar->maximum()) * i / frames)); });
  bench.tell("handle");
  bench.settle(1500);
  std::printf("{\"name\": \"memory-grown\", \"value\": %.1f}\n", megabytes() - memory);
  std::printf("{\"name\": \"pages-kept\", \"value\": %zu}\n", gallery.pages().kept());
  return 0;
}
