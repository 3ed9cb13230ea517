// SPDX-License-Identifier: Apache-2.0
// Labelling with the model's help through the real engine process: socket, zygote, worker, revision store, item cache.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "engine/executor/worker_context.h"
#include "tests/app/engine/engine_program.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;

class AssistProgram : public EngineProgram {
 protected:
  static constexpr int perClass = 40;

  /// A folder of unlabelled pictures of two kinds, imported, and a small backbone among the project's objects.
  void SetUp() override {
    for (int i = 0; i < 2 * perClass; ++i)
      writeFile(folder.path() / "pictures" / (std::string(i % 2 ? "columns" : "rows") + std::to_string(i) + ".png"),
                drawPng(i % 2, static_cast<std::uint64_t>(i), 32, 32));
    ask({{"do", "import"}, {"path", pathToValue(folder.path() / "pictures")}});
    MemoryLink link;
    ResolvingStore objects{folder.path() / "project" / "objects", link};
    backbone = must(tinyBackbone(objects).save(objects)).hex();
    // One of each kind in turn.
    const auto all = page(Value::Map{});
    std::map<std::string, std::vector<Value>> kinds;
    for (const auto& item : all.asList()) kinds[truth(item)].push_back(item);
    items = Value::List{};
    for (std::size_t i = 0; i < perClass; ++i)
      for (auto& [kind, some] : kinds) items.push(some.at(i));
    ASSERT_EQ(items.asList().size(), 2u * perClass);
  }
  Value ask(Value::Map request) { return must(engine->data(std::move(request))); }
  Value page(const Value& filter, const Value& sort = {}) {
    const auto query = ask({{"do", "query"}, {"filter", filter}, {"sort", sort}});
    return ask({{"do", "page"}, {"query", query["query"]}, {"first", 0}, {"count", 1000}});
  }
  static std::string truth(const Value& item) { return item["path"].asText().starts_with("rows") ? "rows" : "columns"; }
  void label(int from, int to) {
    Value changes{Value::List{}};
    for (int i = from; i < to; ++i) {
      const auto& item = items.asList()[static_cast<std::size_t>(i)];
      changes.push(Value::Map{{"id", item["id"]}, {"label", truth(item)}});
    }
    ask({{"do", "edit"}, {"changes", changes}});
  }
  /// The assistant's state once it is as wanted, or after a minute.
  Value waitFor(const std::function<bool(const Value&)>& wanted) {
    Value state;
    for (int i = 0; i < 1200; ++i) {
      state = ask({{"do", "assist_state"}});
      if (wanted(state)) return state;
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    ADD_FAILURE() << "the assistant is " << toJson(state);
    return state;
  }
  Value openAndLook() {
    ask({{"do", "assist_open"}, {"backbone", backbone}});
    return waitFor([](const Value& s) { return s["state"].asText() == "ready"; });
  }

  std::string backbone;
  Value items;
};

TEST_F(AssistProgram, FromAFolderWithoutALabelToAcceptedSuggestions) {
  EXPECT_EQ(engine->data(Value::Map{{"do", "assist_next"}}).error().code, "assist.closed");
  EXPECT_EQ(ask({{"do", "assist_state"}})["state"].asText(), "off");
  const auto ready = openAndLook();
  EXPECT_EQ(ready["embedded"].asInt(), 2 * perClass);
  const auto cold = ask({{"do", "assist_next"}, {"count", 3}});
  EXPECT_EQ(cold["strategy"].asText(), "typiclust");
  EXPECT_EQ(cold["items"].asList().size(), 3u);

  // Every label counts in the very next answer.
  label(0, 15);
  label(15, 30);
  const auto head = ask({{"do", "state"}})["head"]["number"].asInt();
  Value ids{Value::List{}};
  for (const auto& item : items.asList()) ids.push(item["id"]);
  const auto said = ask({{"do", "assist_suggest"}, {"ids", ids}});
  EXPECT_EQ(said["revision"].asInt(), head);
  int right = 0;
  for (std::size_t i = 0; i < items.asList().size(); ++i)
    right += said["suggestions"].asList()[i]["label"].asText() == truth(items.asList()[i]);
  EXPECT_GT(right, 2 * perClass * 8 / 10);
  EXPECT_THAT(render(textFromValue(ask({{"do", "assist_next"}, {"strategy", "margin"}})["items"].asList()[0]["reason"])),
              HasSubstr("hesitates between"));

  // The gallery's filters and orders know what the model says; they are written a moment later.
  for (int i = 0; i < 600 && ask({{"do", "state"}})["suggested"].asInt() != 2 * perClass - 30; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_EQ(page(Value::Map{{"suggested", true}}).asList().size(), 2u * perClass - 30);
  const auto sorted = page(Value::Map{{"suggested", true}}, Value::Map{{"by", "score:uncertainty"}, {"descending", true}});
  double before = 2;
  for (const auto& one : sorted.asList()) {
    EXPECT_LE(one["score"].asDouble(), before);
    before = one["score"].asDouble();
  }

  const auto queue = ask({{"do", "assist_queue"}, {"above", 0.6}});
  const auto above = queue["above"]["count"].asInt();
  ASSERT_GT(above, 0);
  const auto accepted = ask({{"do", "assist_accept"}, {"above", 0.6}, {"author", "person:ann"}});
  EXPECT_EQ(accepted["changed"].asInt(), above);
  EXPECT_EQ(ask({{"do", "state"}})["unlabelled"].asInt(), 2 * perClass - 30 - above);
  EXPECT_THAT(render(textFromValue(accepted["revision"]["what"])), HasSubstr("accepted"));
  // Undone as one.
  ask({{"do", "undo"}});
  EXPECT_EQ(ask({{"do", "state"}})["unlabelled"].asInt(), 2 * perClass - 30);
  EXPECT_EQ(ask({{"do", "assist_queue"}, {"above", 0.6}})["above"]["count"].asInt(), above);

  const auto estimate = ask({{"do", "assist_estimate"}, {"more", 20}});
  EXPECT_EQ(estimate["labelled"].asInt(), 30);
  EXPECT_TRUE(estimate["accuracy"].isMap());
  ask({{"do", "assist_close"}});
  EXPECT_EQ(ask({{"do", "state"}})["suggested"].asInt(), 0);
}

TEST_F(AssistProgram, AWorkerThatWentIsToldEverythingAgain) {
  openAndLook();
  label(0, 24);
  const auto before = ask({{"do", "assist_suggest"}, {"ids", Value::List{items.asList()[50]["id"]}}});
  // Idle workers end after two seconds here.
  std::this_thread::sleep_for(std::chrono::seconds{4});
  auto after = ask({{"do", "assist_suggest"}, {"ids", Value::List{items.asList()[50]["id"]}}});
  waitFor([](const Value& s) { return s["state"].asText() == "ready" && s["embedded"].asInt() == 2 * perClass; });
  after = ask({{"do", "assist_suggest"}, {"ids", Value::List{items.asList()[50]["id"]}}});
  EXPECT_FALSE(before["suggestions"].asList()[0]["label"].asText().empty());
  EXPECT_EQ(after["suggestions"].asList()[0]["label"], before["suggestions"].asList()[0]["label"]);
}

TEST_F(AssistProgram, PicturesThatComeLaterAreLookedAt) {
  openAndLook();
  writeFile(folder.path() / "more" / "new.png", drawPng(0, 777, 32, 32));
  ask({{"do", "import"}, {"path", pathToValue(folder.path() / "more")}});
  const auto state = waitFor([](const Value& s) { return s["embedded"].asInt() == 2 * perClass + 1; });
  EXPECT_EQ(state["items"].asInt(), 2 * perClass + 1);
}

}  // namespace
}  // namespace patchbay::testing
