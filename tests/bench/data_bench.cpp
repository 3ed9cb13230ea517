// SPDX-License-Identifier: Apache-2.0
// Times of the store of revisions, as JSON lines {name, value, unit}:
//   data_bench make FOLDER ITEMS     imports that many made-up pictures of ten classes, three parts and some groups
//   data_bench use FOLDER REPEATS    opens them, filters, pages, labels, with the most memory that took
//   data_bench value FOLDER          makes the newest revision a value on a port, and again after a label
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "engine/base/file.h"
#include "engine/data/revision_store.h"
#include "engine/store/object_folder.h"
#include "tests/support/made_items.h"

namespace patchbay {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error{describe(result.error())};
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

void print(const char* name, double value, const char* unit) {
  std::printf("%s\n", toJson(Value::Map{{"name", name}, {"value", value}, {"unit", unit}}).c_str());
  std::fflush(stdout);
}

template <class Work>
double secondsOf(const Work& work) {
  const auto begin = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double at(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

double peakMegabytes() {
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

/// As after the machine was started: nothing of the file is in memory.
void forget(const fs::path& file) {
  const auto open = must(openFile(file, O_RDONLY));
  ::fsync(open.get());
  ::posix_fadvise(open.get(), 0, 0, POSIX_FADV_DONTNEED);
}

std::unique_ptr<RevisionStore> opened(const fs::path& folder) { return must(RevisionStore::open(folder / "data.db", {})); }

void make(const fs::path& folder, int items) {
  fs::create_directories(folder);
  const auto store = opened(folder);
  print("import", secondsOf([&] {
          auto import = must(store->beginImport({.what = Text{"bench", "Imported"}}));
          for (int i = 0; i < items; ++i) {
            auto item = testing::madeItem(i, "class " + std::to_string(i * 7919 % 10));
            item.split = static_cast<Split>(1 + i % 3);
            if (i % 4 == 0) item.group = "part " + std::to_string(i / 40);
            must(import->add(item));
          }
          must(import->finish());
        }),
        "s");
  print("import_memory", peakMegabytes(), "MB");
  print("file", static_cast<double>(fs::file_size(folder / "data.db")) / 1e6, "MB");
}

void use(const fs::path& folder, int repeats) {
  forget(folder / "data.db");
  print("by_path_cold", secondsOf([&] {
                          const auto cold = opened(folder);
                          const auto asked = must(cold->query({}, Value::Map{{"by", "path"}}));
                          must(cold->page(asked["query"].asInt(), 0, 200));
                        }) * 1e3,
        "ms");
  std::unique_ptr<RevisionStore> store;
  print("open", secondsOf([&] {
          store = opened(folder);
          must(store->state());
        }),
        "s");
  std::vector<double> filters, pages, paths, labels;
  std::int64_t query = 0, found = 0;
  for (int i = 0; i < repeats; ++i) {
    const auto name = "class " + std::to_string(i % 10);
    filters.push_back(secondsOf([&] {
      const auto asked = must(store->query(Value::Map{{"classes", Value::List{name}}}, {}));
      query = asked["query"].asInt();
      found = asked["count"].asInt();
    }));
    pages.push_back(secondsOf([&] { must(store->page(query, found / 2, 200)); }));
  }
  print("filter", at(filters, .5) * 1e3, "ms");
  print("filter_p95", at(filters, .95) * 1e3, "ms");
  print("page", at(pages, .5) * 1e3, "ms");
  print("first_screen", secondsOf([&] {
                          const auto asked = must(store->query({}, {}));
                          must(store->page(asked["query"].asInt(), 0, 200));
                        }) * 1e3,
        "ms");
  print("by_path", secondsOf([&] { must(store->query({}, Value::Map{{"by", "path"}})); }) * 1e3, "ms");
  const auto total = static_cast<int>(store->head().items);
  // What the disk asks for a commit of that size, in turn with ours.
  const auto beside = openFile(folder / "beside", O_WRONLY | O_CREAT);
  const std::string block(32 * 1024, 'x');
  std::vector<double> disk;
  for (int i = 0; i < repeats * 20; ++i) {
    ItemChange change{.id = testing::madeItem(static_cast<int>(std::int64_t{i} * 7'654'321 % total)).id};
    // Never what it is already: that would cost nothing.
    const auto before = store->head().number;
    change.labels = {{"label " + std::to_string(before % 9)}};
    labels.push_back(secondsOf([&] { must(store->edit(std::vector{change}, Text{"bench", "Labelled"}, "person:bench")); }));
    disk.push_back(secondsOf([&] {
      must(writeAll(beside->get(), block, "beside"));
      ::fdatasync(beside->get());
    }));
    if (store->head().number != before + 1) throw std::runtime_error{"a label was not written"};
  }
  print("label", at(labels, .5) * 1e3, "ms");
  print("disk", at(disk, .5) * 1e3, "ms");
  print("label_p95", at(labels, .95) * 1e3, "ms");
  print("label_worst", at(labels, 1) * 1e3, "ms");
  print("memory", peakMegabytes(), "MB");
}

void value(const fs::path& folder) {
  const auto store = opened(folder);
  ObjectFolder objects{folder / "objects"};
  print("value_whole", secondsOf([&] { must(store->materialise(objects, store->head().number)); }), "s");
  ItemChange change{.id = testing::madeItem(1).id};
  change.labels = {{"another class"}};
  must(store->edit(std::vector{change}, Text{"bench", "Labelled"}, "person:bench"));
  print("value_again", secondsOf([&] { must(store->materialise(objects, store->head().number)); }), "s");
  print("value_memory", peakMegabytes(), "MB");
}

}  // namespace
}  // namespace patchbay

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (words.size() == 3 && words[0] == "make") return patchbay::make(words[1], std::stoi(words[2])), 0;
    if (words.size() == 3 && words[0] == "use") return patchbay::use(words[1], std::stoi(words[2])), 0;
    if (words.size() == 2 && words[0] == "value") return patchbay::value(words[1]), 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "data_bench: %s\n", error.what());
    return 1;
  }
  std::fputs("usage: data_bench make FOLDER ITEMS | use FOLDER REPEATS | value FOLDER\n", stderr);
  return 2;
}
