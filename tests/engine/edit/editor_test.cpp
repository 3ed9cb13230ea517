// SPDX-License-Identifier: Apache-2.0
#include "engine/edit/editor.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <chrono>

#include "tests/engine/edit/random_edits.h"
#include "tests/support/random_document.h"

namespace patchbay::edit {
namespace {

const Catalogue& blocks() {
  static const auto out = test::catalogue();
  return out;
}

double milliseconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// `edits` random gestures, undos and redos, each compared with the texts the document had at each step; in the end all
/// are taken back and done again.
void editAtRandom(Document start, unsigned seed, int edits) {
  test::RandomEdits random{blocks(), seed};
  Editor editor{start};
  Editor mirror{std::move(start)};
  editor.setRecorder([&](const Value& record) {
    const auto read = parseJson(toJson(record));
    ASSERT_TRUE(read.has_value());
    const auto replayed = mirror.replay(*read);
    ASSERT_TRUE(replayed.has_value()) << describe(replayed.error()) << toJson(record);
  });
  std::vector<std::string> history{editor.document().toJson()};
  std::vector<std::uint64_t> states{editor.state()};
  std::size_t at = 0;
  std::string open;
  const auto check = [&] {
    ASSERT_EQ(editor.document().toJson(), history[at]);
    ASSERT_EQ(editor.state(), states[at]);
    ASSERT_EQ(mirror.document().toJson(), history[at]);
    ASSERT_EQ(editor.canUndo(), at > 0);
    ASSERT_EQ(editor.canRedo(), at + 1 < history.size());
  };
  const auto undo = [&] {
    ASSERT_EQ(editor.undo().has_value(), at > 0);
    if (at > 0) --at;
    open.clear();
  };
  const auto redo = [&] {
    ASSERT_EQ(editor.redo().has_value(), at + 1 < history.size());
    if (at + 1 < history.size()) ++at;
    open.clear();
  };
  for (int i = 0; i < edits && !testing::Test::HasFatalFailure(); ++i) {
    const auto what = random.upTo(10);
    if (what == 0) {
      undo();
    } else if (what == 1) {
      redo();
    } else {
      const std::string merge = random.upTo(4) == 0 ? "slider" : "";
      const auto before = editor.document().toJson();
      const auto state = editor.state();
      const bool applied = editor.apply(TR("test", "Edit"), random.gesture(editor.document()), merge).has_value();
      if (!applied) {
        ASSERT_EQ(editor.document().toJson(), before) << "a gesture that failed left something behind";
      }
      if (editor.state() != state) {
        history.resize(at + 1);
        states.resize(at + 1);
        if (merge.empty() || open != merge || at == 0) ++at, history.emplace_back(), states.emplace_back();
        history[at] = editor.document().toJson();
        states[at] = editor.state();
        open = merge;
      }
    }
    check();
  }
  while (at > 0 && !testing::Test::HasFatalFailure()) undo(), check();
  while (at + 1 < history.size() && !testing::Test::HasFatalFailure()) redo(), check();
}

RC_GTEST_PROP(EditorProperty, UndoAndRedoGiveTheSameBytesInAnyFile, ()) {
  const auto start = Document::fromValue(test::foreignFile());
  RC_ASSERT(start.has_value());
  editAtRandom(*start, *rc::gen::arbitrary<unsigned>(), 200);
  RC_ASSERT(!testing::Test::HasFatalFailure());
}

TEST(Editor, RandomEditsOfGoodPipelinesUndoToTheByte) {
  for (unsigned seed = 1; seed <= 40 && !HasFatalFailure(); ++seed) {
    SCOPED_TRACE(seed);
    editAtRandom(seed % 2 ? test::loops() : test::chain(), seed, 200);
  }
}

TEST(Editor, RemovingABlockTakesItsLoopBindingsAlongAndUndoBringsThemBack) {
  Editor editor{test::loops()};
  const auto before = editor.document().toJson();
  ASSERT_TRUE(editor.apply(TR("test", "Delete"), {RemoveNode{{"split"}}}));
  EXPECT_EQ(editor.document().node({"split"}), nullptr);
  EXPECT_EQ(editor.document().links().size(), 2u);
  EXPECT_EQ(editor.document().group("folds")->nodes, (std::vector<std::string>{"embed", "probe"}));
  EXPECT_TRUE(editor.document().group("folds")->axes[0].bind.empty());
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(editor.document().toJson(), before);
}

TEST(Editor, RenamingIsUndoneInTheLoopBindingsToo) {
  Editor editor{test::loops()};
  const auto before = editor.document().toJson();
  ASSERT_TRUE(editor.apply(TR("test", "Rename"), {Rename{{"split"}, "parts"}}));
  EXPECT_EQ(editor.document().group("folds")->axes[0].bind, std::vector<std::string>{"parts.seed"});
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(editor.document().toJson(), before);
  const auto taken = editor.apply(TR("test", "Rename"), {Rename{{"split"}, "probe"}});
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(render(taken.error().hint), "\"probe_2\" is free.");
}

TEST(Editor, AStepIsAppliedWholeOrNotAtAll) {
  Editor editor{test::chain()};
  const auto before = editor.document().toJson();
  int told = 0;
  const auto subscription = editor.listen([&](const Touched&) { ++told; });
  const auto failed = editor.apply(TR("test", "Edit"), {Move{{"split"}, 5, 5}, RemoveNode{{"embed"}}, SetTitle{{"nowhere"}, "x"}});
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().kind, ErrorKind::NotFound);
  EXPECT_EQ(editor.document().toJson(), before);
  EXPECT_FALSE(editor.canUndo());
  EXPECT_EQ(told, 0);
}

TEST(Editor, ADraggedSliderIsOneStep) {
  Editor editor{test::chain()};
  const auto before = editor.document().toJson();
  for (int i = 1; i <= 50; ++i) ASSERT_TRUE(editor.apply(TR("test", "Set rate"), {SetParam{{"probe"}, "rate", i / 50.0}}, "rate"));
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(editor.document().toJson(), before);
  EXPECT_FALSE(editor.canUndo());
  ASSERT_TRUE(editor.redo());
  EXPECT_EQ(editor.document().node({"probe"})->params["rate"], Value{1.0});
  ASSERT_TRUE(editor.apply(TR("test", "Set rate"), {SetParam{{"probe"}, "rate", .5}}, "rate"));
  editor.endMerge();
  ASSERT_TRUE(editor.apply(TR("test", "Set rate"), {SetParam{{"probe"}, "rate", .25}}, "rate"));
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(editor.document().node({"probe"})->params["rate"], Value{.5});
}

TEST(Editor, PinningIsOneStepThatIsKeptInTheFileAndPlansNothing) {
  auto document = test::chain();
  Editor editor{document};
  const auto before = editor.document().toJson();
  Touched heard;
  const auto subscription = editor.listen([&](const Touched& t) { heard = t; });
  ASSERT_TRUE(editor.apply(TR("test", "Pin"), togglePinned(editor.document(), {{"split"}, {"embed"}, {"split"}})));
  EXPECT_TRUE(isPinned(*editor.document().node({"split"})));
  EXPECT_TRUE(isPinned(*editor.document().node({"embed"})));
  EXPECT_FALSE(heard.plan);
  EXPECT_EQ(heard.nodes.size(), 2u);
  const auto again = Document::parse(editor.document().toJson());
  ASSERT_TRUE(again);
  EXPECT_TRUE(isPinned(*again->node({"split"})));
  // The order of the blocks stays, although they are taken out and put back.
  for (std::size_t i = 0; i < document.nodes().size(); ++i) EXPECT_EQ(editor.document().nodes()[i].id, document.nodes()[i].id);
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(editor.document().toJson(), before);
  ASSERT_TRUE(editor.redo());
  ASSERT_TRUE(editor.apply(TR("test", "Unpin"), togglePinned(editor.document(), {{"split"}, {"embed"}})));
  EXPECT_FALSE(isPinned(*editor.document().node({"split"})));
  EXPECT_EQ(editor.document().toJson(), before);
}

TEST(Editor, WhatChangesNothingIsNoStep) {
  Editor editor{test::chain()};
  const auto state = editor.state();
  ASSERT_TRUE(editor.apply(TR("test", "Move"), {Move{{"split"}, 0, 0}, SetMode{{"split"}, NodeMode::Normal}}));
  ASSERT_TRUE(editor.apply(TR("test", "Nothing"), {}));
  EXPECT_FALSE(editor.canUndo());
  EXPECT_EQ(editor.state(), state);
}

TEST(Editor, ListenersHearWhatWasTouchedUntilTheyLeave) {
  Editor editor{test::loops()};
  std::vector<Touched> heard;
  auto subscription = editor.listen([&](const Touched& t) { heard.push_back(t); });
  ASSERT_TRUE(editor.apply(TR("test", "Move"), {Move{{"split"}, 5, 5}}));
  ASSERT_TRUE(editor.apply(TR("test", "Delete"), {RemoveNode{{"probe"}}}));
  ASSERT_TRUE(editor.undo());
  editor.reset(test::chain());
  subscription.reset();
  ASSERT_TRUE(editor.apply(TR("test", "Move"), {Move{{"split"}, 7, 7}}));
  ASSERT_EQ(heard.size(), 4u);
  EXPECT_EQ(heard[0].nodes, std::set<NodeId>{{"split"}});
  EXPECT_FALSE(heard[0].plan);
  EXPECT_TRUE(heard[1].links && heard[1].plan && heard[1].nodes.contains({"probe"}) && heard[1].groups.contains("folds"));
  EXPECT_EQ(heard[2].nodes, heard[1].nodes);
  EXPECT_TRUE(heard[3].all);
}

TEST(Editor, AListenerThatEditsIsHeardAfterTheStepItAnswers) {
  Editor editor{test::chain()};
  std::vector<std::string> order;
  const auto answering = editor.listen([&](const Touched& t) {
    if (t.links) (void)editor.apply(TR("test", "Answer"), {SetTitle{{"probe"}, "cut off"}});
  });
  const auto watching = editor.listen([&](const Touched& t) { order.push_back(t.links ? "cut" : "answer"); });
  ASSERT_TRUE(editor.apply(TR("test", "Cut"), unlink({{"embed"}, "embedding"}, {{"probe"}, "embedding"})));
  EXPECT_EQ(order, (std::vector<std::string>{"cut", "answer"}));
}

/// Blocks in rows of 50, each linked to one or two before it.
Document grid(std::size_t count, std::size_t links) {
  auto d = Document::create("grid");
  std::vector<Placed<Node>> nodes;
  for (std::size_t i = 0; i < count; ++i) {
    const auto name = "n" + std::to_string(i);
    nodes.push_back(
        {{{name}, name, "", "test.compare", 1, double(i % 50) * 300, double(i / 50) * 200, Value::Map{}, NodeMode::Normal, {}}});
  }
  d.insertNodes(std::move(nodes));
  std::vector<Placed<Link>> made;
  for (std::size_t i = 0; i < links; ++i) {
    const auto to = i < count - 1 ? i + 1 : 5 + (i - count + 1);
    made.push_back(
        {{{}, {{"n" + std::to_string(i < count - 1 ? to - 1 : to / 2)}, "summary"}, {{"n" + std::to_string(to)}, "reports"}, {}}});
  }
  d.insertLinks(std::move(made));
  return d;
}

TEST(Editor, LargeStepsAreQuick) {
  const auto source = grid(2000, 3000);
  std::vector<std::string> ids;
  for (const auto& n : source.nodes()) ids.push_back(n.id.text);
  Editor editor{source};
  const auto before = editor.document().toJson();
  const auto text = copyText(source, ids);
  Result<Pasted> pasted;
  const auto read = milliseconds([&] { pasted = paste(editor.document(), text, {0, 9000}); });
  ASSERT_TRUE(pasted.has_value());
  EXPECT_EQ(pasted->ids.size(), 2000u);
  const auto apply = milliseconds([&] { ASSERT_TRUE(editor.apply(TR("test", "Paste"), pasted->changes)); });
  EXPECT_EQ(editor.document().nodes().size(), 4000u);
  EXPECT_EQ(editor.document().links().size(), 2 * source.links().size());
  const auto undo = milliseconds([&] { ASSERT_TRUE(editor.undo()); });
  EXPECT_EQ(editor.document().toJson(), before);
  const auto redo = milliseconds([&] { ASSERT_TRUE(editor.redo()); });
  std::vector<Change> deletion;
  const auto select = milliseconds([&] { deletion = remove(editor.document(), blocks(), ids, true); });
  const auto removal = milliseconds([&] { ASSERT_TRUE(editor.apply(TR("test", "Delete"), deletion)); });
  const auto restore = milliseconds([&] { ASSERT_TRUE(editor.undo()); });
  std::vector<Change> moves;
  for (int i = 0; i < 200; ++i) moves.push_back(Move{{"n" + std::to_string(i * 7)}, 1.0 * i, 2.0 * i});
  Editor dragged{source};
  double move = 0;
  for (int i = 0; i < 10; ++i) {
    for (auto& m : moves) std::get<Move>(m).x += 1;
    move += milliseconds([&] { ASSERT_TRUE(dragged.apply(TR("test", "Move"), moves, "drag")); }) / 10;
  }
  const auto targets = milliseconds([&] { EXPECT_GT(linkTargets(source, blocks(), {{"n1000"}, "summary"}, true).size(), 900u); });
  std::printf(
      "2,000 blocks, 3,000 links: paste %.0f ms to read, %.0f ms to apply; undo %.0f ms, redo %.0f ms; delete 2,000 of 4,000: "
      "%.0f + %.0f ms, undone in %.0f ms; move 200 blocks %.2f ms; link targets %.1f ms\n",
      read, apply, undo, redo, select, removal, restore, move, targets);
}

}  // namespace
}  // namespace patchbay::edit
