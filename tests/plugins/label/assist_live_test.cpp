// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/data/detail/item_codec.h"
#include "plugins/label/support/labelling.h"
#include "tests/support/block_harness.h"
#include "tests/support/memory_store.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;

/// Drawn pictures of two kinds, none labelled, known to the service, which looks at them with a tiny network.
struct AssistLive : ::testing::Test {
  TemporaryStore store;
  StopFlag stop;
  std::unique_ptr<LiveService> service;
  std::vector<Item> items;
  std::string task = "classification";
  std::vector<std::string> classes{"rows", "columns"};

  AssistLive() {
    for (const auto* type : patchbayPackV1()->lives)
      if (type->id == "patchbay.live.assist") service = type->make();
    const auto set = toyDataset(store, {.perClass = 60, .width = 32, .height = 32, .split = false});
    items = must(set.items(store));
    for (auto& item : items) item.annotations.clear();
  }
  Value ask(std::string_view method, Value::Map args = {}) { return must(service->answer(method, args, store, stop)); }
  Value change(const std::vector<Item>& some, const char* all = "") {
    ByteWriter writer;
    writer.count(some.size());
    for (const auto& item : some) detail::writeItem(writer, item);
    Value::Map args{{"task", task}, {"classes", Value::List(classes.begin(), classes.end())}};
    args["items"] = Value::Bytes(writer.out.begin(), writer.out.end());
    args["all"] = all;
    return ask("change", std::move(args));
  }
  void open() {
    const auto backbone = must(tinyBackbone(store).save(store));
    ask("open", {{"backbone", backbone.hex()}});
    change(items);
  }
  void look() {
    while (ask("embed")["more"].asBool()) {
    }
  }
  static std::string truth(const Item& item) { return item.paths[0].substr(0, item.paths[0].find('/')); }
  /// Labels the first `n` of each kind.
  void label(int n, int from = 0) {
    std::map<std::string, int> seen;
    std::vector<Item> changed;
    for (auto& item : items) {
      const int i = seen[truth(item)]++;
      if (i < from || i >= n) continue;
      item.annotations = {{.label = truth(item), .author = "person:ann"}};
      changed.push_back(item);
    }
    change(changed);
  }
  Value ids() const {
    Value out{Value::List{}};
    for (const auto& item : items) out.push(item.id);
    return out;
  }
};

TEST(Labelling, SaysHowManyPicturesAreTooMany) {
  blocks::Labelling set{Digest{}, 1, 0, 5};
  set.setClasses("classification", {"a", "b"});
  for (int i = 0; i < 9; ++i) {
    Item item;
    item.id = std::string(31, '0') + std::to_string(i);
    item.digest = digestOf(item.id);
    if (i >= 7) item.annotations = {{.label = "a", .author = "person:ann"}};
    set.take(item);
  }
  EXPECT_EQ(set.leftOut(), 0u) << "nothing was looked at yet";
  while (true) {
    const auto wanted = set.wanted(2);
    if (wanted.pictures.empty()) break;
    for (const auto& picture : wanted.pictures) ASSERT_TRUE(set.addFeatures(picture, std::vector<float>{1, 0, 0}));
  }
  // The two with a label count whatever the number; three of the others have room.
  EXPECT_EQ(set.embedded(), 5u);
  EXPECT_EQ(set.leftOut(), 4u);
}

TEST_F(AssistLive, NothingWithoutOpen) {
  for (const auto* method : {"state", "suggest", "next", "queue", "estimate", "embed", "learn"})
    EXPECT_EQ(service->answer(method, {}, store, stop).error().code, "assist.closed") << method;
  open();
  EXPECT_EQ(service->answer("explode", {}, store, stop).error().code, "live.method");
}

TEST_F(AssistLive, FromNoLabelToSuggestions) {
  open();
  auto state = ask("state");
  EXPECT_EQ(state["items"].asInt(), 120);
  EXPECT_EQ(state["embedded"].asInt(), 0);
  look();
  EXPECT_EQ(ask("state")["embedded"].asInt(), 120);
  EXPECT_FALSE(ask("learn")["learned"].asBool());
  // Without a label typical pictures come first, and no suggestion is made up.
  const auto cold = ask("next", {{"count", 2}});
  EXPECT_EQ(cold["strategy"].asText(), "typiclust");
  ASSERT_EQ(cold["items"].asList().size(), 2u);
  EXPECT_THAT(render(textFromValue(cold["items"].asList()[0]["reason"])), HasSubstr("similar pictures"));
  EXPECT_TRUE(ask("suggest", {{"ids", ids()}})["suggestions"].asList()[0].isNull());

  label(15);
  const auto learned = ask("learn");
  EXPECT_TRUE(learned["learned"].asBool());
  EXPECT_TRUE(learned["calibrated"].asBool());
  EXPECT_EQ(learned["labelled"].asInt(), 30);
  EXPECT_EQ(learned["ids"].asText().size(), 32u * 90);
  EXPECT_EQ(learned["uncertainty"].asBytes().size(), 4u * 90);
  EXPECT_EQ(learned["doubts"].asBytes().size(), 4u * 30);
  EXPECT_FALSE(ask("learn")["learned_now"].asBool()) << "nothing changed";

  const auto why = ask("suggest", {{"ids", Value::List{items[40].id}}, {"why", true}})["suggestions"].asList()[0];
  const auto reason = render(textFromValue(why["reason"]));
  EXPECT_THAT(reason, HasSubstr(why["label"].asText()));
  char percent[16];
  std::snprintf(percent, sizeof percent, "(%.0f %%)", 100 * why["probability"].asDouble());
  EXPECT_THAT(reason, HasSubstr(percent)) << "the sentence tells the suggestion's own number";
  const auto said = ask("suggest", {{"ids", ids()}})["suggestions"];
  int right = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    right += said.asList()[i]["label"].asText() == truth(items[i]);
    double sum = 0;
    for (const auto& one : said.asList()[i]["classes"].asList()) sum += one.asList()[1].asDouble();
    EXPECT_NEAR(sum, 1, 1e-4);
  }
  EXPECT_GT(right, 100);

  const auto next = ask("next", {{"count", 3}, {"strategy", "margin"}});
  EXPECT_EQ(next["strategy"].asText(), "margin");
  const auto& first = next["items"].asList()[0];
  EXPECT_THAT(render(textFromValue(first["reason"])), HasSubstr("hesitates between"));
  EXPECT_FALSE(first["nearest"].asList().empty());
  // What is skipped does not come again.
  const auto other = ask("next", {{"count", 3}, {"strategy", "margin"}, {"skip", Value::List{first["id"]}}});
  for (const auto& one : other["items"].asList()) EXPECT_NE(one["id"], first["id"]);
  EXPECT_EQ(ask("next", {{"strategy", "dropquery"}})["items"].asList().size(), 1u);
  EXPECT_EQ(service->answer("next", Value::Map{{"strategy", "oracle"}}, store, stop).error().code, "assist.strategy");
}

TEST_F(AssistLive, TheQueueIsHardestFirstAndCountsWhatCanBeAccepted) {
  open();
  look();
  label(20);
  ask("learn");
  const auto queue = ask("queue", {{"above", 0.9}, {"count", 100}});
  double before = 0;
  for (const auto& one : queue["items"].asList()) {
    EXPECT_GE(one["probability"].asDouble(), before);
    before = one["probability"].asDouble();
    EXPECT_LT(before, 0.9);
    EXPECT_TRUE(store.open(must(Digest::parse(one["digest"].asText()))));
    // The picture is shown by its digest: an item's paths may be relative to where it came from.
    EXPECT_TRUE(
        std::ranges::any_of(items, [&](const Item& i) { return i.id == one["id"].asText() && i.digest.hex() == one["digest"].asText(); }));
  }
  const auto& above = queue["above"];
  EXPECT_EQ(queue["below"].asInt() + above["count"].asInt(), 80);
  EXPECT_GT(above["count"].asInt(), 0);
  EXPECT_LE(above["low"].asDouble(), above["expected_errors"].asDouble());
  EXPECT_GE(above["high"].asDouble(), above["expected_errors"].asDouble());
  EXPECT_GT(above["expected_errors"].asDouble(), 0);
  const auto accepted = ask("accept", {{"above", 0.9}});
  EXPECT_EQ(accepted["items"].asList().size(), static_cast<std::size_t>(above["count"].asInt()));
  // Of one class alone.
  const auto rows = ask("accept", {{"above", 0.9}, {"classes", Value::List{"rows"}}});
  for (const auto& one : rows["items"].asList()) EXPECT_EQ(one["labels"].asList()[0].asText(), "rows");
  EXPECT_EQ(ask("accept", {{"ids", Value::List{queue["items"].asList()[0]["id"]}}})["items"].asList().size(), 1u);
}

TEST_F(AssistLive, AnEstimateHasAnIntervalAndACurve) {
  open();
  look();
  label(3);
  ask("learn");
  auto estimate = ask("estimate");
  EXPECT_FALSE(estimate.contains("accuracy"));
  EXPECT_THAT(render(textFromValue(estimate["text"])), HasSubstr("too early"));
  label(40);
  ask("learn");
  estimate = ask("estimate", {{"more", 20}});
  EXPECT_EQ(estimate["labelled"].asInt(), 80);
  EXPECT_GT(estimate["accuracy"]["value"].asDouble(), 0.8);
  EXPECT_LT(estimate["accuracy"]["low"].asDouble(), estimate["accuracy"]["value"].asDouble());
  EXPECT_GE(estimate["curve"].asList().size(), 3u);
  EXPECT_EQ(estimate["gain"]["more"].asInt(), 20);
  EXPECT_THAT(render(textFromValue(estimate["text"])), HasSubstr("20 more labels"));
}

TEST_F(AssistLive, FollowsEveryChangeOfTheData) {
  open();
  look();
  label(10);
  ask("learn");
  // A label taken away, a picture removed, one that came back, another class.
  items[0].annotations.clear();
  change({items[0]});
  EXPECT_EQ(ask("state")["labelled"].asInt(), 19);
  ask("change", {{"task", task}, {"classes", Value::List{"rows", "columns"}}, {"removed", Value::List{items[1].id}}});
  EXPECT_EQ(ask("state")["items"].asInt(), 119);
  EXPECT_TRUE(ask("suggest", {{"ids", Value::List{items[1].id}}})["suggestions"].asList()[0].isNull());
  change({items[1]});
  EXPECT_EQ(ask("state")["items"].asInt(), 120);
  EXPECT_EQ(ask("state")["embedded"].asInt(), 120) << "its features are still known";
  classes.push_back("plain");
  items[2].annotations = {{.label = "plain", .author = "person:ann"}};
  change({items[2]});
  ask("learn");
  EXPECT_EQ(ask("suggest", {{"ids", ids()}, {"most", 9}})["suggestions"].asList()[5]["classes"].asList().size(), 3u);
  // What a whole list does not name went.
  change({items.begin(), items.begin() + 50}, "begin");
  change({}, "end");
  EXPECT_EQ(ask("state")["items"].asInt(), 50);
}

TEST_F(AssistLive, SuggestionsOfModelsAreNotLearnedFrom) {
  open();
  look();
  for (auto& item : items) item.annotations = {{.label = truth(item), .score = 0.9, .author = "model:x"}};
  change(items);
  EXPECT_EQ(ask("state")["labelled"].asInt(), 0);
  EXPECT_FALSE(ask("learn")["learned"].asBool());
}

TEST_F(AssistLive, UnreadablePicturesAreCountedAndLeftOut) {
  auto broken = items[3];
  broken.digest = must(store.put("no picture"));
  broken.id = makeItemId("broken.png", broken.digest);
  auto lost = items[4];
  lost.digest = digestOf("nowhere");
  lost.id = makeItemId("lost.png", lost.digest);
  items.push_back(broken);
  items.push_back(lost);
  open();
  look();
  const auto state = ask("state");
  EXPECT_EQ(state["items"].asInt(), 122);
  EXPECT_EQ(state["embedded"].asInt(), 120);
  EXPECT_EQ(state["unreadable"].asInt(), 2);
}

TEST_F(AssistLive, SeveralLabelsAPicture) {
  task = "multi-label";
  classes = {"rows", "striped"};
  open();
  look();
  std::map<std::string, int> seen;
  for (auto& item : items) {
    if (seen[truth(item)]++ >= 20) continue;
    if (truth(item) == "rows") item.annotations.push_back({.label = "rows", .author = "person:ann"});
    item.annotations.push_back({.label = "striped", .score = truth(item) == "rows" ? 1. : 0., .author = "person:ann"});
  }
  change(items);
  EXPECT_TRUE(ask("learn")["learned"].asBool());
  const auto said = ask("suggest", {{"ids", ids()}})["suggestions"];
  int right = 0;
  for (std::size_t i = 0; i < items.size(); ++i)
    right += said.asList()[i]["labels"].asList().size() == (truth(items[i]) == "rows" ? 2u : 0u);
  EXPECT_GT(right, 100);
  EXPECT_THAT(render(textFromValue(ask("next", {{"strategy", "margin"}})["items"].asList()[0]["reason"])), HasSubstr("not sure whether"));
  EXPECT_TRUE(ask("estimate").contains("accuracy"));
}

TEST_F(AssistLive, StopsWhenItIsTold) {
  open();
  stop.request();
  EXPECT_EQ(service->answer("embed", {}, store, stop).error().kind, ErrorKind::Cancelled);
  stop.clear();
  look();
  label(20);
  stop.request();
  EXPECT_FALSE(service->answer("learn", {}, store, stop));
  stop.clear();
  EXPECT_TRUE(ask("learn")["learned"].asBool());
}

}  // namespace
}  // namespace patchbay::testing
