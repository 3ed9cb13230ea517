// SPDX-License-Identifier: Apache-2.0
#pragma once
// The data-set port at any size: what one changed label costs, in bytes, memory and time.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>

#include "engine/data/dataset.h"
#include "engine/plan/plan.h"
#include "engine/store/object_folder.h"
#include "tests/support/toy_pack.h"

namespace patchbay::testing {

inline Item syntheticItem(std::size_t i) {
  Item item;
  const auto path = "series " + std::to_string(i / 1000) + "/picture " + std::to_string(i) + ".jpg";
  item.digest = digestOf(path);
  item.id = makeItemId(path, item.digest);
  item.paths = {path};
  item.size = static_cast<std::int64_t>(100'000 + i);
  item.width = 1600;
  item.height = 1200;
  item.group = "part " + std::to_string(i / 4);
  item.split = i % 5 ? Split::Train : Split::Test;
  item.annotations = {{.label = i % 3 ? "good" : "bad", .author = "import"}};
  if (i % 10 == 0)
    item.annotations.push_back(
        {.kind = AnnotationKind::Box, .label = "scratch", .score = .5, .geometry = {1, 2, 3, 4}, .author = "person:a"});
  return item;
}

/// Kilobytes of a field of /proc/self/status.
inline std::int64_t memoryKb(std::string_view field) {
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field)) return std::atoll(line.c_str() + field.size() + 1);
  return -1;
}

/// Writes the set from another process, so that this one's memory is that of reading alone; returns its manifest.
inline Digest writeSynthetic(const std::filesystem::path& store, std::size_t items) {
  const auto note = store.parent_path() / "manifest";
  if (const pid_t child = ::fork(); child == 0) {
    ObjectFolder objects{store};
    DatasetWriter writer{{.classes = {"bad", "good"}}};
    for (std::size_t i = 0; i < items; ++i) writer.add(syntheticItem(i));
    const auto set = writer.finish(objects);
    const auto digest = set ? set->value().save(objects) : Result<Digest>{fail(set.error())};
    ::_exit(digest && writeFileAtomically(note, digest->hex()) ? 0 : 1);
  } else {
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  return Digest::parse(readFile(note).value()).value();
}

/// Keys of a chain of steps on a data set, the outputs of each taken to follow from its key.
inline std::vector<Digest> keysOfChain(const Digest& data, int steps) {
  std::vector<Digest> keys;
  auto last = data;
  for (int i = 0; i < steps; ++i) {
    Step step;
    step.id.text = step.name = "step" + std::to_string(i);
    step.type = "patchbay.test.step";
    step.params = Value{Value::Map{{"rate", .1 * i}, {"name", step.name}}};
    step.inputs = {{"data", {"before"}, "data"}};
    last = actionKey(actionKeyParts(step, {{"data", {last}}}, Value{}, Value{}));
    keys.push_back(last);
  }
  return keys;
}

inline void changeOneLabelOf(std::size_t items, std::int64_t mostGrowthMb) {
  const TempFolder folder;
  const auto manifest = writeSynthetic(folder.path() / "objects", items);
  ObjectFolder objects{folder.path() / "objects"};

  // Reading: every item passes by, one chunk in memory at a time.
  std::ofstream{"/proc/self/clear_refs"} << 5;  // Forgets the peak.
  const auto before = memoryKb("VmRSS");
  const auto set = Dataset::load(objects, PortValue::load(objects, manifest).value()).value();
  EXPECT_EQ(set.size(), items);
  EXPECT_EQ(set.chunkCount(), chunkCountFor(items));
  std::size_t seen = 0, bad = 0;
  ASSERT_TRUE(set.forEach(objects, [&](const Item& item) -> Result<> {
    ++seen;
    bad += *item.label() == "bad";
    return {};
  }));
  EXPECT_EQ(seen, items);
  EXPECT_EQ(static_cast<std::int64_t>(bad), set.counts().byClass.at("bad"));
  const auto peak = memoryKb("VmHWM");
  EXPECT_LT(peak - before, mostGrowthMb << 10) << "kB while reading " << items << " items";
#if !defined(__SANITIZE_ADDRESS__)  // Its shadow is most of what the process has.
  EXPECT_LT(peak, 200 << 10) << "kB in all";
#endif

  // One label: one chunk.
  const auto old = keysOfChain(manifest, 10);
  auto item = syntheticItem(items / 2);
  item.annotations[0].label = *item.label() == "bad" ? "good" : "bad";
  item.annotations[0].author = "person:b";
  const auto start = std::chrono::steady_clock::now();
  const auto changed = set.with(objects, std::span{&item, 1});
  ASSERT_TRUE(changed) << describe(changed.error());
  const auto now = changed->value().save(objects);
  ASSERT_TRUE(now);
  const auto keys = keysOfChain(*now, 10);
  const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::size_t different = 0;
  for (const auto& [name, digest] : changed->value().parts) different += set.value().parts.at(name) != digest;
  EXPECT_EQ(different, 1u);
  EXPECT_EQ(changed->value().parts.size(), set.value().parts.size());
  for (std::size_t i = 0; i < keys.size(); ++i) EXPECT_NE(keys[i], old[i]) << "step " << i << " would not notice";
  EXPECT_LT(memoryKb("VmHWM") - before, mostGrowthMb << 10) << "kB while changing a label";
  // The same label again is the same set: nothing would run.
  EXPECT_EQ(changed->with(objects, std::span{&item, 1})->value().digest(), *now);
  std::printf("%zu items in %zu chunks: reading all grew by %.1f MB (peak %.1f MB); one label and 10 keys took %.1f ms\n", items,
              set.chunkCount(), static_cast<double>(peak - before) / 1024, static_cast<double>(peak) / 1024, took * 1000);
  ::testing::Test::RecordProperty("seconds_for_one_label", std::to_string(took));
}

}  // namespace patchbay::testing
