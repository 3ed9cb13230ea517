// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <memory>

#include "engine/edit/operations.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

/// A few block types, enough for every kind of port.
inline Catalogue smallCatalogue() {
  Catalogue catalogue;
  const auto add = [&](const char* id, const char* title, Category category, std::vector<PortInfo> ports) {
    Schema schema;
    schema.info.id = id;
    schema.info.title = Text{"block", title};
    schema.info.category = category;
    schema.ports = std::move(ports);
    catalogue.add(std::move(schema));
  };
  const auto in = [](const char* key, const char* label, const char* type, bool variadic = false, bool optional = false) {
    return PortInfo{.key = key, .label = Text{"block", label}, .type = type, .input = true, .variadic = variadic, .optional = optional};
  };
  const auto out = [](const char* key, const char* label, const char* type) {
    return PortInfo{.key = key, .label = Text{"block", label}, .type = type, .input = false};
  };
  add("t.pictures", "Picture folder", Category::Data, {out("data", "Data", "dataset")});
  add("t.split", "Split", Category::Data, {in("data", "Data", "dataset"), out("data", "Data", "dataset")});
  add("t.backbone", "Pretrained backbone", Category::Backbone, {out("model", "Model", "model")});
  add("t.tune", "Fine-tune", Category::Train,
      {in("data", "Data", "dataset"), in("model", "Backbone", "model"), out("model", "Model", "model")});
  add("t.predict", "Predict", Category::Model,
      {in("data", "Data", "dataset"), in("model", "Model", "model"), out("predictions", "Predictions", "predictions")});
  add("t.evaluate", "Evaluate", Category::Evaluate, {in("predictions", "Predictions", "predictions"), out("report", "Report", "report")});
  add("t.summary", "Summary", Category::Evaluate, {in("reports", "Reports", "report", true), out("report", "Report", "report")});
  return catalogue;
}

class CanvasTest : public ::testing::Test {
 protected:
  CanvasTest() { makeView(); }

  void makeView() {
    view = std::make_unique<CanvasView>(editor, catalogue);
    view->resize(1200, 800);
    view->show();
    view->activateWindow();
    view->setFocus();
    QApplication::processEvents();
    view->core().camera = Camera{.zoom = 1, .ratio = 1, .originX = -100, .originY = -100};
    view->core().cameraChanged(true);
  }

  NodeId add(const char* type, double x, double y) {
    NodeId id;
    auto changes = edit::addBlock(editor.document(), catalogue, type, {x, y}, &id);
    EXPECT_TRUE(changes && editor.apply(TR("test", "Add"), std::move(*changes)));
    return id;
  }
  void link(const NodeId& a, const char* from, const NodeId& b, const char* to) {
    auto changes = edit::link(editor.document(), catalogue, {a, from}, {b, to});
    ASSERT_TRUE(changes) << describe(changes.error());
    ASSERT_TRUE(editor.apply(TR("test", "Link"), std::move(*changes)));
  }
  bool linked(const NodeId& a, const char* from, const NodeId& b, const char* to) const {
    for (const auto& l : editor.document().links())
      if (l.from == PortRef{a, from} && l.to == PortRef{b, to}) return true;
    return false;
  }
  QPoint port(const NodeId& id, const char* key, bool input) const { return view->portPosition({{id, key}, input}).value_or(QPoint{}); }
  QPoint header(const NodeId& id) const { return view->rectOf(id.text).value_or(QRect{}).topLeft() + QPoint{60, 15}; }
  double x(const NodeId& id) const { return editor.document().node(id)->x; }
  double y(const NodeId& id) const { return editor.document().node(id)->y; }

  void press(QPoint at, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton) {
    QTest::mousePress(view->viewport(), button, modifiers, at);
  }
  void moveTo(QPoint at, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButtons buttons = Qt::LeftButton) {
    QMouseEvent event{QEvent::MouseMove, QPointF{at}, view->viewport()->mapToGlobal(QPointF{at}), Qt::NoButton, buttons, modifiers};
    QApplication::sendEvent(view->viewport(), &event);
  }
  void release(QPoint at, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton) {
    QTest::mouseRelease(view->viewport(), button, modifiers, at);
  }
  void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton) {
    press(from, modifiers, button);
    for (int i = 1; i <= 5; ++i) moveTo(from + (to - from) * i / 5, modifiers, button);
    release(to, modifiers, button);
  }
  void click(QPoint at, Qt::KeyboardModifiers modifiers = {}) { QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, at); }
  void key(Qt::Key k, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(view.get(), k, modifiers); }
  bool selected(const NodeId& id) const { return view->core().selection.contains(id.text); }
  void trigger(const char* name) { view->action(QLatin1String{name})->trigger(); }
  /// The canvas shows what the document holds.
  void expectInSync() {
    CanvasModel fresh{catalogue, [&](const std::string& id) {
                        const auto* look = view->core().look(id);
                        return look ? look->height : 0.0;
                      }};
    fresh.build(editor.document(), view->core().model.level());
    EXPECT_TRUE(view->core().model.sameAs(fresh));
  }

  Catalogue catalogue = smallCatalogue();
  edit::Editor editor;
  std::unique_ptr<CanvasView> view;
};

}  // namespace patchbay::widgets
