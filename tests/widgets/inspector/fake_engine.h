// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <QApplication>
#include <QColor>
#include <QImage>
#include <QPointer>
#include <QTimer>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "widgets/base/engine_access.h"

namespace patchbay::testing {

/// Answers from a table, later and in the window's thread as the real one does; remembers what was asked.
class FakeEngine final : public widgets::EngineAccess {
 public:
  Catalogue blocks;
  std::map<std::string, Value> answers;  ///< By method of live(); what is not in it fails.
  std::vector<std::pair<std::string, Value>> asked;

  const Catalogue& catalogue() const override { return blocks; }
  void live(std::string, std::string method, Value args, std::string, QObject* context, Answer answer) override {
    asked.emplace_back(method, args);
    const auto found = answers.find(method);
    Result<Value> result = found != answers.end() ? Result<Value>{found->second}
                                                  : fail(ErrorKind::NotFound, "test.none", TR("test", "Nothing is known of this."),
                                                         TR("test", "Ask for something else."));
    QTimer::singleShot(0, context, [answer = std::move(answer), result = std::move(result)] { answer(result); });
  }
  void ask(std::string, Value, QObject*, Answer) override {}
  void picture(const widgets::PictureRef& picture, int side, QObject* context, std::function<void(const QImage&)> answer) override {
    asked.emplace_back("picture", Value{picture.path});
    QImage image{side, side, QImage::Format_RGB888};
    image.fill(QColor::fromHsv(static_cast<int>(std::hash<std::string>{}(picture.path) % 360), 120, 200));
    QTimer::singleShot(0, context, [answer = std::move(answer), image] { answer(image); });
  }
  void readObjects(std::function<Result<std::any>(ObjectReader&)>, QObject*, std::function<void(const Result<std::any>&)>) override {}

  /// The arguments of the last request of that method; null when there was none.
  Value last(const std::string& method) const {
    for (auto at = asked.rbegin(); at != asked.rend(); ++at)
      if (at->first == method) return at->second;
    return {};
  }
};

/// A block with every kind of parameter, and what is linked to it.
inline Schema everyKind() {
  Schema s;
  s.info = {.id = "test.every",
            .title = TR("test", "Every kind"),
            .summary = TR("test", "Has a parameter of every kind."),
            .category = Category::Train};
  s.info.determinism = Determinism::Seeded;
  const auto add = [&](ParamInfo p) { s.params.push_back(std::move(p)); };
  add({.key = "method",
       .label = TR("test", "Method"),
       .help = TR("test", "How it is done."),
       .kind = ParamKind::Choice,
       .def = "fast",
       .choices = {{"fast", TR("test", "Fast"), TR("test", "Seconds.")}, {"good", TR("test", "Thorough"), TR("test", "Minutes.")}}});
  add({.key = "epochs",
       .label = TR("test", "Epochs"),
       .help = TR("test", "How often."),
       .kind = ParamKind::Integer,
       .def = 8,
       .min = 1,
       .max = 10000,
       .softMin = 1,
       .softMax = 100,
       .unit = Unit::Epoch});
  add({.key = "rate",
       .label = TR("test", "Rate"),
       .kind = ParamKind::Real,
       .def = 1e-3,
       .min = 1e-8,
       .max = 1,
       .softMin = 1e-6,
       .softMax = 0.1,
       .scale = Scale::Log});
  add({.key = "balance", .label = TR("test", "Balance"), .kind = ParamKind::Bool, .def = false});
  add({.key = "note", .label = TR("test", "Note"), .kind = ParamKind::Text, .def = ""});
  add({.key = "folder", .label = TR("test", "Folder"), .kind = ParamKind::Folder, .def = "", .required = true});
  add({.key = "classes", .label = TR("test", "Classes"), .kind = ParamKind::ClassList, .def = Value::List{}});
  add({.key = "colour", .label = TR("test", "Colour"), .kind = ParamKind::Colour, .def = "#ff0000"});
  add({.key = "device", .label = TR("test", "Device"), .kind = ParamKind::Device, .def = "auto"});
  add({.key = "steps",
       .label = TR("test", "Augmentations"),
       .kind = ParamKind::Augmentations,
       .def = Value::List{},
       .visibleIf = {{"method", {"good"}}}});
  add({.key = "extra", .label = TR("test", "Extra"), .kind = ParamKind::Any, .def = Value::Map{}});
  add({.key = "folds",
       .label = TR("test", "Folds"),
       .kind = ParamKind::Integer,
       .def = 5,
       .min = 2,
       .max = 20,
       .enabledIf = {{"balance", {true}}}});
  add({.key = "shape",
       .label = TR("test", "Shape"),
       .kind = ParamKind::Choice,
       .def = "a",
       .choices = {{"a", TR("test", "First"), TR("test", "The first one.")},
                   {"b", TR("test", "Second"), {}},
                   {"c", TR("test", "Third"), {}},
                   {"d", TR("test", "Fourth"), {}}}});
  add({.key = "words", .label = TR("test", "Words"), .kind = ParamKind::TextList, .def = Value::List{}});
  s.ports.push_back({"data", TR("test", "Data"), TR("test", "Pictures."), "dataset", 1, true});
  s.ports.push_back({"model", TR("test", "Model"), {}, "model", 1, false});
  return s;
}

inline Schema pictures() {
  Schema s;
  s.info = {.id = "test.pictures",
            .title = TR("test", "Pictures"),
            .summary = TR("test", "A folder of pictures."),
            .category = Category::Data,
            .effects = Effects::ReadsFiles};
  s.params.push_back({.key = "folder", .label = TR("test", "Folder"), .kind = ParamKind::Folder, .def = "", .required = true});
  s.ports.push_back({"data", TR("test", "Data"), {}, "dataset", 1, false});
  return s;
}

/// Lets queued answers and timers of up to `ms` come.
inline void settle(int ms = 0) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds{ms};
  do QApplication::processEvents(QEventLoop::AllEvents, 10);
  while (std::chrono::steady_clock::now() < end);
  QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  QApplication::processEvents();
}

}  // namespace patchbay::testing
