// SPDX-License-Identifier: Apache-2.0
#pragma once
// A pipeline on pictures drawn here, in a workspace of the Studio with a real engine process.
#include <gtest/gtest.h>
#include <signal.h>

#include <QDir>
#include <QImage>
#include <QLabel>
#include <QMainWindow>
#include <QPainter>
#include <QPushButton>
#include <QRandomGenerator>
#include <QTest>

#include "app/studio/hooks.h"
#include "app/studio/workspace.h"
#include "tests/app/studio/own_settings.h"
#include "widgets/base/say.h"

namespace patchbay::studio::testing {

namespace fs = std::filesystem;

/// Kind 0 a leaf, 1 a flower, 2 a stone; 3 nothing but noise.
inline QImage drawn(int kind, quint32 seed) {
  QRandomGenerator random{seed * 7 + static_cast<quint32>(kind)};
  const auto in = [&](int from, int to) { return random.bounded(from, to + 1); };
  QImage image{160, 130, QImage::Format_RGB888};
  image.fill(QColor{in(190, 235), in(190, 235), in(190, 235)});
  if (kind == 3) {
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) image.setPixelColor(x, y, QColor{in(0, 255), in(0, 255), in(0, 255)});
    return image;
  }
  QPainter painter{&image};
  painter.setRenderHint(QPainter::Antialiasing);
  const QPoint centre{in(60, 100), in(50, 80)};
  const int s = in(26, 42);
  if (kind == 0) {
    painter.setBrush(QColor{in(40, 80), in(130, 170), in(50, 90)});
    painter.drawEllipse(centre, s, s / 2);
    painter.drawLine(centre - QPoint{s, 0}, centre + QPoint{s + 10, 0});
  } else if (kind == 1) {
    painter.setBrush(QColor{in(200, 240), in(60, 100), in(100, 140)});
    for (int a = 0; a < 6; ++a)
      painter.drawEllipse(centre + QPoint{static_cast<int>(0.6 * s * std::cos(a * 1.047)), static_cast<int>(0.6 * s * std::sin(a * 1.047))},
                          s / 3, s / 3);
    painter.setBrush(QColor{240, 200, 60});
    painter.drawEllipse(centre, s / 3, s / 3);
  } else {
    painter.setBrush(QColor{in(115, 145), in(115, 145), in(110, 135)});
    QPolygon stone;
    for (int a = 0; a < 9; ++a)
      stone << centre + QPoint{static_cast<int>(s * in(75, 100) / 100.0 * std::cos(a * 0.7)),
                               static_cast<int>(0.7 * s * in(75, 100) / 100.0 * std::sin(a * 0.7))};
    painter.drawPolygon(stone);
  }
  return image;
}

inline void drawFolder(const QString& root, int perClass) {
  const char* names[] = {"leaf", "flower", "stone"};
  for (int kind = 0; kind < 3; ++kind) {
    const auto folder = root + QLatin1Char('/') + QLatin1String{names[kind]};
    QDir{}.mkpath(folder);
    for (int i = 0; i < perClass; ++i) drawn(kind, static_cast<quint32>(i)).save(folder + QStringLiteral("/%1.png").arg(i));
  }
}

inline Value blockAt(const char* name, const char* type, Value::Map params, int x, int y) {
  return Value::Map{{"id", name},
                    {"name", name},
                    {"type", type},
                    {"type_version", 1},
                    {"title", ""},
                    {"mode", "normal"},
                    {"pos", Value::List{x, y}},
                    {"params", std::move(params)}};
}
inline Value linked(const char* from, const char* out, const char* to, const char* in) {
  return Value::Map{{"from", Value::List{from, out}}, {"to", Value::List{to, in}}};
}

/// Pictures (seen small: an export takes a sixth of the time), features, a linear probe, its evaluation, and what is familiar.
inline Value gardenDocument(const QString& pictures) {
  return Value::Map{
      {"version", 1},
      {"id", "GARDEN"},
      {"title", "Garden"},
      {"nodes",
       Value::List{blockAt("pictures", "patchbay.data.picture_folder", {{"folder", pictures.toStdString()}}, 0, 0),
                   blockAt("split", "patchbay.data.split", {}, 260, 0),
                   blockAt("backbone", "patchbay.backbone.pretrained", {{"size", 96}}, 260, 180),
                   blockAt("embed", "patchbay.backbone.embed", {}, 520, 180), blockAt("probe", "patchbay.train.linear_probe", {}, 780, 0),
                   blockAt("evaluate", "patchbay.evaluate.evaluate", {}, 1040, 0),
                   blockAt("unlike", "patchbay.evaluate.unlike", {}, 1040, 240)}},
      {"links", Value::List{linked("pictures", "data", "split", "data"), linked("pictures", "data", "embed", "data"),
                            linked("backbone", "model", "embed", "model"), linked("embed", "embedding", "probe", "embedding"),
                            linked("split", "data", "probe", "data"), linked("probe", "predictions", "evaluate", "predictions"),
                            linked("split", "data", "evaluate", "data"), linked("embed", "embedding", "unlike", "embedding"),
                            linked("split", "data", "unlike", "data")}},
      {"groups", Value::List{}},
      {"notes", Value::List{}}};
}

/// A window with the garden open in it.
class Garden {
 public:
  /// `contents`: another pipeline than the garden's.
  explicit Garden(int perClass = 14, const Value& contents = {}) {
    drawFolder(pictures(), perClass);
    // Exports do not try their demos then, which takes longer than all else of a small one; tests of the block do it.
    qputenv("PATCHBAY_PYTHON", "none");
    qputenv("CXX", "none");
    const auto file = base() / "garden.json";
    const auto document = Document::fromValue(contents.isNull() ? gardenDocument(pictures()) : contents);
    if (!document || !document->save(file)) return;
    auto loaded = PipelineFile::load(placeOf(file), "Garden");
    if (!loaded) return;
    auto session = std::make_unique<Session>((*loaded)->place.project, nullptr, PATCHBAY_ENGINE);
    workspace = std::make_unique<Workspace>(std::move(session), std::move(*loaded), settings, makeHooks(), &window);
    bool built = false;
    workspace->build([&built] { built = true; });
    if (!QTest::qWaitFor([&built] { return built; }, 60'000)) return;
    window.setCentralWidget(workspace->middle());
    window.resize(1200, 800);
    window.show();
    (void)QTest::qWaitFor(
        [this] { return workspace->session().state() == Session::State::Ready && !workspace->session().catalogue().blocks().empty(); },
        60'000);
  }
  ~Garden() {
    const auto pid = workspace ? workspace->session().enginePid() : 0;
    workspace.reset();
    if (pid <= 0) return;
    // It writes into the folder until it has ended.
    ::kill(static_cast<pid_t>(pid), SIGTERM);
    for (int i = 0; i < 100 && ::kill(static_cast<pid_t>(pid), 0) == 0; ++i) QTest::qSleep(50);
  }
  fs::path base() const { return folder.path().toStdString(); }
  QString pictures() const { return folder.path() + QStringLiteral("/pictures"); }
  Workspace& operator*() { return *workspace; }
  Workspace* operator->() { return workspace.get(); }
  bool ready() const {
    return workspace && workspace->session().state() == Session::State::Ready && !workspace->session().catalogue().blocks().empty();
  }
  /// Runs all of it, to the end.
  bool train() {
    if (!QTest::qWaitFor([this] { return workspace->runs().whyNot().isEmpty(); }, 60'000)) return false;
    workspace->runs().runAll();
    return QTest::qWaitFor(
        [this] {
          return workspace->runs().outputOf({"evaluate"}, "report") && workspace->runs().outputOf({"probe"}, "model") &&
                 !workspace->runs().live();
        },
        200'000);
  }
  template <class T>
  T* find(const char* name) {
    for (auto* widget : QApplication::allWidgets())
      if (widget->objectName() == QLatin1String{name})
        if (auto* cast = dynamic_cast<T*>(widget)) return cast;
    return nullptr;
  }
  QString text(const char* name) {
    const auto* label = find<QLabel>(name);
    return label ? label->text() : QString{};
  }

  OwnSettings folder;
  Settings settings;
  QMainWindow window;
  std::unique_ptr<Workspace> workspace;
};

/// One for all tests of an `Owner`; closed before the application is.
template <class Owner>
Garden& gardenOf() {
  struct Closing : ::testing::Environment {
    std::unique_ptr<Garden> garden;
    void TearDown() override { garden.reset(); }
  };
  static auto* closing = static_cast<Closing*>(::testing::AddGlobalTestEnvironment(new Closing));
  if (!closing->garden) closing->garden = std::make_unique<Garden>();
  return *closing->garden;
}

/// Trained once for all tests of the program: they leave it as they find it.
inline Garden& trainedGarden() {
  struct Trained {};
  static Garden* const garden = [] {
    auto& one = gardenOf<Trained>();
    if (!one.ready() || !one.train()) ADD_FAILURE() << "the garden was not trained";
    return &one;
  }();
  return *garden;
}

}  // namespace patchbay::studio::testing
