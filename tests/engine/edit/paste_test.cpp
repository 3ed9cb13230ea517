// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/edit/editor.h"
#include "tests/engine/edit/random_edits.h"

namespace patchbay::edit {
namespace {

TEST(Paste, ArbitraryTextNeverCrashesAndSaysWhatIsWrong) {
  const auto document = test::loops();
  const auto whole = copyText(document, {"folds", "folder", "compare"});
  std::mt19937 random{3};
  int accepted = 0;
  for (int i = 0; i < 3000; ++i) {
    auto text = whole;
    for (unsigned k = 0, n = random() % 6; k < n; ++k) {
      const auto at = random() % text.size();
      switch (random() % 4) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, 1 + random() % 30);
          break;
        case 2:
          text.insert(at, text.substr(random() % text.size(), random() % 40));
          break;
        default:
          text.resize(at + 1);
          break;
      }
      if (text.empty()) text = "x";
    }
    Editor editor{document};
    const auto pasted = paste(document, text, {1e308, -1e308});
    if (!pasted) {
      EXPECT_FALSE(pasted.error().cause.empty());
      EXPECT_FALSE(pasted.error().hint.empty());
      continue;
    }
    ++accepted;
    const auto before = editor.document().toJson();
    const auto done = editor.apply(TR("test", "Paste"), pasted->changes);
    ASSERT_TRUE(done.has_value()) << describe(done.error()) << text;
    EXPECT_EQ(editor.undo().has_value(), !pasted->changes.empty());
    EXPECT_EQ(editor.document().toJson(), before);
  }
  EXPECT_GT(accepted, 300);
  for (const auto* text : {"", "hello", "{}", "[1]", "{\"patchbay\": \"clipboard\", \"version\": 1}", "\xFF\xFE"}) {
    const auto pasted = paste(document, text, {});
    ASSERT_FALSE(pasted.has_value()) << text;
    EXPECT_EQ(pasted.error().kind, ErrorKind::BadInput);
  }
}

TEST(Paste, GivesNewIdsFreeNamesAndKeepsLinksLoopsAndBindings) {
  Editor editor{test::loops()};
  const auto pasted = paste(editor.document(), copyText(editor.document(), {"split", "embed", "probe"}), {1000, 500});
  ASSERT_TRUE(pasted.has_value());
  ASSERT_TRUE(editor.apply(TR("test", "Paste"), pasted->changes));
  const auto& d = editor.document();
  const auto* split = d.nodeByName("split_2");
  ASSERT_NE(split, nullptr);
  EXPECT_EQ(split->x, 1000);
  EXPECT_EQ(d.groups().size(), 2u);
  EXPECT_EQ(d.groups()[1].axes[0].bind, std::vector<std::string>{"split_2.seed"});
  EXPECT_EQ(d.links().size(), 6u);
}

TEST(Operations, LinksGoOnPastADeletedBlock) {
  auto document = test::chain();
  const auto catalogue = test::catalogue();
  Editor editor{document};
  ASSERT_TRUE(editor.apply(TR("test", "Delete"), remove(document, catalogue, {"split"}, true)));
  ASSERT_EQ(editor.document().links().size(), 2u);
  EXPECT_EQ(editor.document().links()[0].from, (PortRef{{"folder"}, "data"}));
  EXPECT_EQ(editor.document().links()[0].to, (PortRef{{"embed"}, "data"}));
}

TEST(Operations, ALinkThatCannotBeSaysWhy) {
  const auto document = test::loops();
  const auto catalogue = test::catalogue();
  EXPECT_EQ(canLink(document, catalogue, {{"folder"}, "data"}, {{"probe"}, "embedding"}).error().code, "link.type");
  EXPECT_EQ(canLink(document, catalogue, {{"split"}, "split"}, {{"split"}, "data"}).error().code, "graph.cycle");
  EXPECT_EQ(canLink(document, catalogue, {{"folder"}, "data"}, {{"split"}, "data"}).error().code, "graph.taken");
  auto outside = document;
  test::add(outside, "late", "test.augment");
  EXPECT_EQ(canLink(outside, catalogue, {{"split"}, "split"}, {{"late"}, "data"}).error().code, "loop.reduce");
  EXPECT_TRUE(canLink(outside, catalogue, {{"folder"}, "data"}, {{"late"}, "data"}));
}

TEST(Operations, ABlockDroppedOnALinkIsSplicedInAndTheInputKeepsOneLink) {
  auto document = test::chain();
  const auto catalogue = test::catalogue();
  test::add(document, "augment", "test.augment");
  const auto spliced = spliceInto(document, catalogue, {"augment"}, document.links()[1]);
  ASSERT_TRUE(spliced.has_value());
  const auto after = applied(document, *spliced);
  ASSERT_TRUE(after.has_value());
  EXPECT_EQ(after->links().size(), 4u);
  EXPECT_TRUE(canLink(*after, catalogue, {{"folder"}, "data"}, {{"embed"}, "data"}));
  const auto replaced = applied(*after, *link(*after, catalogue, {{"folder"}, "data"}, {{"embed"}, "data"}));
  EXPECT_EQ(replaced->links().size(), 4u) << "the old link into this input is gone";
  EXPECT_FALSE(canSplice(document, catalogue, {"probe"}, document.links()[0]));
}

TEST(Paste, OfWhatIsAtHandIsThatOfItsText) {
  Editor editor{test::loops()};
  const auto& document = editor.document();
  const auto copied = copyBlocks(document, {"split", "embed", "probe"});
  const auto text = copyText(*copied);
  EXPECT_EQ(text, copyText(document, {"split", "embed", "probe"}));
  const auto fromText = paste(document, text, {1000, 500}), atHand = paste(document, *copied, {1000, 500});
  ASSERT_TRUE(fromText && atHand);
  const auto said = [](const Pasted& pasted) {
    std::vector<std::string> out;
    for (const auto& change : pasted.changes)
      if (const auto* add = std::get_if<AddNode>(&change)) {
        auto node = add->node;
        node.id = {};
        out.push_back(toJson(toValue(node)));
      }
    return out;
  };
  EXPECT_EQ(said(*fromText), said(*atHand));
  EXPECT_EQ(fromText->changes.size(), atHand->changes.size());
  ASSERT_TRUE(editor.apply(TR("edit", "Paste"), atHand->changes));
  EXPECT_TRUE(paste(document, *copied, {0, 0})) << "as often as one likes";
  EXPECT_FALSE(paste(document, *copyBlocks(document, {}), {0, 0}));
}

}  // namespace
}  // namespace patchbay::edit
