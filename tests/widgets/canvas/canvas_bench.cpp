// SPDX-License-Identifier: Apache-2.0
// Measures the canvas as a person feels it: real events, posted to a shown window, until what they change is painted and the
// display server has it. Needs a display (tests/bench/run starts Xvfb); prints lines of
// {"name", "value"} in ms.
//
//   canvas_bench [blocks] [frames]
#include <QApplication>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QImage>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/edit/operations.h"
#include "widgets/base/theme.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/view_core.h"

namespace {

using namespace patchbay;
using namespace patchbay::widgets;

double cpuMs() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

Catalogue manyTypes() {
  Catalogue catalogue;
  const char* const types[] = {"dataset", "model", "embedding", "predictions", "report"};
  for (int i = 0; i < 12; ++i) {
    Schema schema;
    schema.info.id = "bench.block" + std::to_string(i);
    schema.info.title = Text{"block", "Block type " + std::to_string(i)};
    schema.info.category = static_cast<Category>(i % 7);
    for (const auto* type : {types[i % 5], types[(i + 1) % 5]}) {
      schema.ports.push_back(
          {.key = std::string{"in_"} + type, .label = Text{"block", type}, .type = type, .input = true, .variadic = true});
      schema.ports.push_back({.key = std::string{"out_"} + type, .label = Text{"block", type}, .type = type, .input = false});
    }
    catalogue.add(std::move(schema));
  }
  return catalogue;
}

/// Blocks in columns, each linked to one or two of the next columns, as pipelines are.
Document drawn(int blocks, int links) {
  auto document = Document::create("Bench");
  const int rows = std::max(1, static_cast<int>(std::sqrt(blocks * 0.8)));
  std::vector<Placed<Node>> nodes;
  for (int i = 0; i < blocks; ++i) {
    Node node;
    node.id.text = "n" + std::to_string(i);
    node.name = "b" + std::to_string(i);
    node.type = "bench.block" + std::to_string(i % 12);
    node.x = i / rows * 280.0;
    node.y = i % rows * 200.0;
    nodes.push_back({std::move(node)});
  }
  document.insertNodes(std::move(nodes));
  const char* const types[] = {"dataset", "model", "embedding", "predictions", "report"};
  std::mt19937 random{7};
  std::vector<Placed<Link>> list;
  std::set<std::pair<PortRef, PortRef>> taken;
  for (int tries = 0; static_cast<int>(list.size()) < links && tries < links * 200; ++tries) {
    const int a = static_cast<int>(random() % static_cast<unsigned>(blocks));
    const int b = a + rows + static_cast<int>(random() % 9) - 4 + static_cast<int>(random() % 2) * rows;
    if (b <= a || b >= blocks) continue;
    for (int p = 0; p < 2; ++p) {
      const std::string type = types[(a % 12 + p) % 5];
      if (type != types[b % 12 % 5] && type != types[(b % 12 + 1) % 5]) continue;
      Link link{.from = {NodeId{"n" + std::to_string(a)}, "out_" + type}, .to = {NodeId{"n" + std::to_string(b)}, "in_" + type}};
      if (taken.emplace(link.from, link.to).second) list.push_back({std::move(link)});
      break;
    }
  }
  document.insertLinks(std::move(list));
  return document;
}

class Bench {
 public:
  Bench(int blocks, int frames)
      : catalogue_{manyTypes()}, editor_{drawn(blocks, blocks * 3 / 2)}, view_{editor_, catalogue_}, frames_{frames} {
    view_.resize(1600, 1000);
    view_.move(0, 0);
    view_.show();
    settle();
    giveStatus(blocks);
    settle();
  }

  void all() {
    view_.zoomTo(1);
    view_.centreOn("n300");
    measure("pan", [&] { pan(); });
    view_.fitAll();
    measure("pan-all-visible", [&] { pan(); });
    view_.fitAll();
    measure("zoom", [&] { zoom(); });
    view_.fitAll();
    measure("rubber-band", [&] { band(); });
    view_.core().setSelection({});
    view_.zoomTo(1);
    view_.centreOn("n300");
    selectAround(200);
    measure("drag-200", [&] { drag(); });
    view_.fitAll();
    measure("drag-200-all-visible", [&] { drag(); });
    undoOfPaste();
  }

  const std::map<std::string, double>& results() const { return results_; }

 private:
  void settle() {
    for (int i = 0; i < 30; ++i) QApplication::processEvents(QEventLoop::AllEvents, 20);
  }
  void giveStatus(int blocks) {
    for (int i = 0; i < blocks; ++i) {
      BlockStatus status;
      status.state = static_cast<BlockState>(1 + i % 7);
      status.reason = QStringLiteral("Learning rate changed from 0.001 to 0.0001");
      status.done = i % 100;
      status.total = 100;
      // Each its own picture, as in life: what is shared by chance must not help.
      if (i % 2) {
        status.thumbnail = QImage{128, 96, QImage::Format_RGB32};
        status.thumbnail.fill(QColor::fromHsv(i % 360, 140, 200));
      }
      status.figure = QStringLiteral("2,624 pictures");
      view_.setStatus(NodeId{"n" + std::to_string(i)}, status);
    }
  }
  /// From before the event is sent until the window's surface has been handed to the display server and it has answered.
  void frame(QEvent&& event) {
    const auto before = view_.core().frames;
    QElapsedTimer clock;
    clock.start();
    const auto cpu = cpuMs();
    QApplication::sendEvent(view_.viewport(), &event);
    while (view_.core().frames == before && clock.elapsed() < 50) QApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    QGuiApplication::sync();
    if (view_.core().frames == before) return;  // nothing to be seen: a press
    times_.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    cpu_.push_back(cpuMs() - cpu);
  }
  void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons held) {
    frame(QMouseEvent{type, at, view_.viewport()->mapToGlobal(at), button, held, Qt::NoModifier});
  }
  template <class F>
  void measure(const std::string& name, F&& what) {
    settle();
    times_.clear();
    cpu_.clear();
    what();
    std::sort(times_.begin(), times_.end());
    results_[name + ".p50"] = times_[times_.size() / 2];
    results_[name + ".p95"] = times_[times_.size() * 95 / 100];
    // What the program itself spent: comparable on a machine that is busy with other things.
    std::sort(cpu_.begin(), cpu_.end());
    results_[name + ".cpu.p50"] = cpu_[cpu_.size() / 2];
    results_[name + ".cpu.p95"] = cpu_[cpu_.size() * 95 / 100];
    settle();
  }
  void pan() {
    QPointF at{800, 500};
    mouse(QEvent::MouseButtonPress, at, Qt::MiddleButton, Qt::MiddleButton);
    for (int i = 0; i < frames_; ++i) {
      at += QPointF{i / 30 % 2 ? -13.0 : 13.0, i / 17 % 2 ? -7.0 : 7.0};
      mouse(QEvent::MouseMove, at, Qt::NoButton, Qt::MiddleButton);
    }
    mouse(QEvent::MouseButtonRelease, at, Qt::MiddleButton, Qt::NoButton);
  }
  void zoom() {
    const QPointF at{760, 480};
    for (int i = 0; i < frames_; ++i)
      frame(QWheelEvent{
          at, view_.viewport()->mapToGlobal(at), {}, {0, i / 16 % 2 ? -120 : 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false});
  }
  void band() {
    QPointF at{20, 20};
    mouse(QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
    for (int i = 0; i < frames_; ++i) {
      at = {20 + 1560.0 * i / frames_, 20 + 940.0 * i / frames_};
      mouse(QEvent::MouseMove, at, Qt::NoButton, Qt::LeftButton);
    }
    mouse(QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
    if (view_.selection().size() < editor_.document().nodes().size() / 2)
      std::fprintf(stderr, "canvas_bench: the rubber band selected too little\n");
  }
  void selectAround(std::size_t count) {
    std::vector<std::pair<double, std::string>> near;
    const auto middle = view_.visibleScene().center();
    for (const auto& node : editor_.document().nodes())
      near.emplace_back(std::hypot(node.x - middle.x(), node.y - middle.y()), node.id.text);
    std::sort(near.begin(), near.end());
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < std::min(count, near.size()); ++i) ids.push_back(near[i].second);
    view_.select(ids);
  }
  void drag() {
    // By the header of the selected block nearest to the middle.
    const auto centre = view_.visibleScene().center();
    const auto& ids = view_.core().selection;
    const auto distance = [&](const std::string& id) { return QLineF{view_.core().rectOf(id).center(), centre}.length(); };
    const auto first = view_.core().rectOf(
        *std::min_element(ids.begin(), ids.end(), [&](const auto& a, const auto& b) { return distance(a) < distance(b); }));
    QPointF at = view_.core().fromScene(first.topLeft() + QPointF{80, 12});
    const auto state = editor_.state();
    mouse(QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
    for (int i = 0; i < frames_; ++i) {
      at += QPointF{i / 20 % 2 ? -9.0 : 9.0, i / 13 % 2 ? -5.0 : 5.0};
      mouse(QEvent::MouseMove, at, Qt::NoButton, Qt::LeftButton);
    }
    mouse(QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
    if (editor_.state() == state) std::fprintf(stderr, "canvas_bench: the drag moved nothing\n");
  }
  void undoOfPaste() {
    std::vector<std::string> ids;
    for (const auto& node : editor_.document().nodes()) ids.push_back(node.id.text);
    ids.resize(std::min<std::size_t>(ids.size(), 2000));
    const auto text = edit::copyText(editor_.document(), ids);
    auto cpu = cpuMs();
    QElapsedTimer clock;
    clock.start();
    auto pasted = edit::paste(editor_.document(), text, {100, 100});
    if (!pasted || !editor_.apply(TR("bench", "Paste"), std::move(pasted->changes))) return;
    settleFrame();
    results_["paste"] = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    cpu = cpuMs();
    clock.restart();
    if (!editor_.undo()) return;
    settleFrame();
    results_["undo-paste"] = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    results_["undo-paste.cpu"] = cpuMs() - cpu;
  }
  void settleFrame() {
    const auto before = view_.core().frames;
    while (view_.core().frames == before) QApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    QGuiApplication::sync();
  }

  Catalogue catalogue_;
  edit::Editor editor_;
  CanvasView view_;
  int frames_;
  std::vector<double> times_, cpu_;
  std::map<std::string, double> results_;
};

/// From a pipeline file's text to the first painted frame.
double open(int blocks) {
  const auto json = drawn(blocks, blocks * 3 / 2).toJson();
  const auto catalogue = manyTypes();
  QElapsedTimer clock;
  clock.start();
  auto document = Document::parse(json);
  if (!document) return 1e9;
  edit::Editor editor{std::move(*document)};
  CanvasView view{editor, catalogue};
  view.resize(1600, 1000);
  view.show();
  view.fitAll();
  while (view.core().frames == 0 && clock.elapsed() < 20000) QApplication::processEvents();
  QGuiApplication::sync();
  return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  QApplication app{argc, argv};
  applyTheme(app, ThemeChoice::Light);
  const int blocks = argc > 1 ? std::atoi(argv[1]) : 2000, frames = argc > 2 ? std::atoi(argv[2]) : 200;
  std::map<std::string, double> results;
  {
    Bench bench{blocks, frames};
    bench.all();
    results = bench.results();
  }
  results["open"] = open(blocks * 5);
  for (const auto& [name, ms] : results) std::printf("{\"name\": \"%s\", \"value\": %.3f}\n", name.c_str(), ms);
  return 0;
}
