// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "tests/widgets/canvas/fixture.h"

namespace patchbay::widgets {
namespace {

class ModelTest : public CanvasTest, public ::testing::WithParamInterface<unsigned> {};

/// Whatever is done and undone, the canvas shows what one opened afresh would show.
TEST_P(ModelTest, TheCanvasAlwaysEqualsTheDocument) {
  std::mt19937 random{GetParam()};
  const auto pick = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  const char* const types[] = {"t.pictures", "t.split", "t.backbone", "t.tune", "t.predict", "t.evaluate", "t.summary"};
  const auto anyNode = [&] { return editor.document().nodes()[pick(editor.document().nodes().size())].id; };
  for (int i = 0; i < 8; ++i) add(types[pick(7)], static_cast<double>(pick(900)), static_cast<double>(pick(600)));
  for (int i = 0; i < 200; ++i) {
    if (editor.document().nodes().empty()) add(types[pick(7)], 100, 100);
    switch (pick(13)) {
      case 0:
        view->addBlock(types[pick(7)], {static_cast<double>(pick(900)), static_cast<double>(pick(600))});
        break;
      case 1: {
        const auto id = anyNode();
        if (view->rectOf(id.text))
          drag(header(id), header(id) + QPoint(static_cast<int>(pick(200)) - 100, static_cast<int>(pick(200)) - 100));
        break;
      }
      case 2: {  // some link
        const auto a = anyNode(), b = anyNode();
        const auto *from = catalogue.find(editor.document().node(a)->type), *to = catalogue.find(editor.document().node(b)->type);
        const auto &out = from->ports[pick(from->ports.size())], &in = to->ports[pick(to->ports.size())];
        if (out.input || !in.input) break;
        if (auto changes = edit::link(editor.document(), catalogue, {a, out.key}, {b, in.key})) {
          ASSERT_TRUE(editor.apply(TR("t", "Link"), *changes));
        }
        break;
      }
      case 3:
        view->select({anyNode().text});
        view->core().removeSelection(pick(2));
        break;
      case 4:
        (void)editor.undo();
        break;
      case 5:
        (void)editor.redo();
        break;
      case 6:
        view->select({anyNode().text, anyNode().text, anyNode().text});
        view->core().group(static_cast<GroupKind>(pick(3)));
        delete view->core().editorWidget.data();
        break;
      case 7:
        if (!editor.document().groups().empty()) {
          view->select({editor.document().groups()[pick(editor.document().groups().size())].id});
          if (pick(2)) view->core().ungroup();
          else if (!view->selection().empty()) view->openGroup(view->selection()[0]);
        }
        break;
      case 8:
        view->leaveGroup();
        break;
      case 9:
        view->select({anyNode().text, anyNode().text});
        view->core().duplicate();
        break;
      case 10:
        view->core().toggle(pick(2) ? NodeMode::Mute : NodeMode::Bypass);
        break;
      case 11: {
        BlockStatus status;
        status.state = static_cast<BlockState>(pick(8));
        status.reason = QStringLiteral("A reason that is long enough to need more than a single line of the block");
        status.figure = pick(2) ? QStringLiteral("12 pictures") : QString{};
        view->setStatus(anyNode(), status);
        break;
      }
      case 12:
        key(static_cast<Qt::Key>(Qt::Key_Left + pick(4)), pick(2) ? Qt::ControlModifier : Qt::NoModifier);
        break;
    }
    expectInSync();
    if (HasFailure()) FAIL() << "after edit " << i << " of seed " << GetParam();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ModelTest, ::testing::Range(1U, 7U));

using Model = CanvasTest;

TEST_F(Model, ACollapsedGroupShowsWhatCrossesItsBorderAndWhatIsOpen) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 300, 0), c = add("t.tune", 600, 0), d = add("t.predict", 900, 0);
  link(a, "data", b, "data");
  link(b, "data", c, "data");
  link(c, "model", d, "model");
  view->select({b.text, c.text});
  view->core().group(GroupKind::Group);
  delete view->core().editorWidget.data();
  const auto id = editor.document().groups()[0].id;
  const auto& block = view->core().model.block(view->core().model.blockIndex(id));
  // In: the split's data from outside, and the model that the training still needs. Out: the model.
  ASSERT_EQ(block.face->inputs.size(), 2u);
  EXPECT_EQ(block.face->inputs[0].inner, (PortRef{b, "data"}));
  EXPECT_EQ(block.face->inputs[1].inner, (PortRef{c, "model"}));
  ASSERT_EQ(block.face->outputs.size(), 1u);
  EXPECT_EQ(block.face->outputs[0].inner, (PortRef{c, "model"}));
  // A link to an outer port goes to the port inside.
  const auto e = add("t.backbone", 0, 400);
  drag(port(e, "model", false), port(c, "model", true));
  EXPECT_TRUE(linked(e, "model", c, "model"));
  // Inside, what is outside is named at the border.
  view->openGroup(id);
  int stubs = 0;
  for (const auto& one : view->core().model.blocks()) stubs += one.kind == BlockItem::Kind::Stub;
  EXPECT_EQ(stubs, 3);
}

TEST_F(Model, UnknownBlocksKeepTheirLinksAndCanBeMoved) {
  Node node;
  node.id.text = "x";
  node.name = "x";
  node.type = "somebody.elses.block";
  ASSERT_TRUE(editor.apply(TR("t", "Add"), {edit::AddNode{node}}));
  const auto a = add("t.pictures", 0, 300);
  ASSERT_TRUE(editor.apply(TR("t", "Link"), {edit::AddLink{Link{.from = {a, "data"}, .to = {NodeId{"x"}, "anything"}}}}));
  ASSERT_TRUE(view->portPosition({{NodeId{"x"}, "anything"}, true}));
  drag(header(NodeId{"x"}), header(NodeId{"x"}) + QPoint{100, 0});
  EXPECT_EQ(x(NodeId{"x"}), 100);
  expectInSync();
}

TEST_F(Model, AStatusGrowsTheBlockAndItsFrame) {
  const auto a = add("t.pictures", 0, 0);
  view->select({a.text});
  view->core().group(GroupKind::Frame);
  delete view->core().editorWidget.data();
  const auto frame = editor.document().groups()[0].id;
  const auto before = *view->rectOf(frame);
  BlockStatus status;
  status.state = BlockState::Failed;
  status.reason = QStringLiteral("The folder holds no picture that can be read.");
  status.hint = QStringLiteral("Choose another folder.");
  view->setStatus(a, status);
  EXPECT_GT(view->rectOf(frame)->height(), before.height() + 40);
  expectInSync();
  // Kept over undo and redo of the block itself.
  view->select({a.text});
  view->core().removeSelection();
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(view->status(a), status);
}

TEST_F(Model, TheGridFindsWhatLiesThere) {
  SpatialGrid grid;
  std::mt19937 random{5};
  std::vector<QRectF> rects;
  for (int i = 0; i < 300; ++i) {
    rects.emplace_back(static_cast<double>(random() % 8000) - 4000, static_cast<double>(random() % 8000) - 4000, 20 + random() % 600,
                       20 + random() % 600);
    grid.insert(i, rects.back());
  }
  for (int i = 0; i < 300; i += 3) grid.remove(i, rects[static_cast<std::size_t>(i)]);
  for (int n = 0; n < 50; ++n) {
    const QRectF place{static_cast<double>(random() % 8000) - 4000, static_cast<double>(random() % 8000) - 4000, 1.0 + random() % 3000,
                       1.0 + random() % 3000};
    const auto found = grid.find(place);
    for (int i = 0; i < 300; ++i) {
      if (i % 3 && rects[static_cast<std::size_t>(i)].intersects(place)) {
        EXPECT_TRUE(std::binary_search(found.begin(), found.end(), i)) << i;
      } else if (i % 3 == 0) {
        EXPECT_FALSE(std::binary_search(found.begin(), found.end(), i)) << i;
      }
    }
  }
}

}  // namespace
}  // namespace patchbay::widgets
