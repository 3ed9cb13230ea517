// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <QAbstractSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <memory>

#include "tests/widgets/inspector/fake_engine.h"
#include "widgets/base/say.h"
#include "widgets/inspector/inspector.h"

namespace patchbay::testing {

/// A pipeline "pictures -> every" and an inspector that shows `every`.
class InspectorTest : public ::testing::Test {
 protected:
  InspectorTest() {
    engine.blocks.add(everyKind());
    engine.blocks.add(pictures());
    auto document = Document::create("Trial");
    source = *document.addNode({.type = "test.pictures"});
    block = *document.addNode({.type = "test.every"});
    EXPECT_TRUE(document.addLink({.from = {source, "data"}, .to = {block, "data"}}));
    editor = std::make_unique<edit::Editor>(std::move(document));
    inspector = std::make_unique<widgets::Inspector>(*editor, engine);
    inspector->resize(340, 900);
    inspector->show();
    inspector->activateWindow();
    select({block});
  }
  void select(std::vector<NodeId> ids) {
    inspector->setSelection(std::move(ids));
    settle();
  }
  template <class T = QWidget>
  T* find(const char* name) const {
    auto* found = inspector->findChild<T*>(QString::fromLatin1(name));
    EXPECT_NE(found, nullptr) << "no widget " << name;
    return found;
  }
  /// What the document has; null when the parameter is not written.
  Value param(const char* key, const NodeId& id) const { return editor->document().node(id)->params[key]; }
  Value param(const char* key) const { return param(key, block); }
  int steps() const {
    // Undoing all and redoing it counts the steps without changing anything.
    int n = 0;
    while (editor->canUndo() && editor->undo()) ++n;
    for (int i = 0; i < n; ++i) EXPECT_TRUE(editor->redo());
    return n;
  }
  std::string error(const char* key) const {
    const auto* label = inspector->findChild<QLabel*>(QStringLiteral("param.%1.error").arg(QLatin1String{key}));
    return label && label->isVisibleTo(inspector.get()) ? label->text().toStdString() : "";
  }
  void type(const char* name, const QString& text) {
    auto* box = find<QAbstractSpinBox>(name);
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, text);
    QTest::keyClick(box, Qt::Key_Return);
    settle();
  }

  FakeEngine engine;
  NodeId source, block;
  std::unique_ptr<edit::Editor> editor;
  std::unique_ptr<widgets::Inspector> inspector;
};

}  // namespace patchbay::testing
