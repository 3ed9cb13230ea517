// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/wait.h>

#include <atomic>
#include <random>
#include <thread>

#include "engine/data/revision_store.h"
#include "engine/formats/archive.h"
#include "engine/formats/index_png.h"
#include "tests/crash/crash_harness.h"

namespace patchbay::test {
namespace fs = std::filesystem;

/// Imports and exports as a person does, through engine, live worker and formats; one of the processes is killed meanwhile.
class Transfers {
 public:
  static constexpr int pictures = 120;

  explicit Transfers(unsigned seed) : random_{seed} {
    for (int round = 0; round < 2; ++round) makeSource("warm" + std::to_string(round));
  }

  void run(int times) {
    // How long it takes undisturbed says when a kill may still hit it.
    const auto importing = timed([&] { ASSERT_NO_FATAL_FAILURE(must(import(base_ / "warm0", false))); });
    const auto exporting = timed([&] { ASSERT_NO_FATAL_FAILURE(must(exported(base_ / "whole"))); });
    ASSERT_NO_FATAL_FAILURE(must(exported(base_ / "whole.zip")));
    whole_ = listed(base_ / "whole");
    ASSERT_GT(whole_.size(), std::size_t{pictures});
    EXPECT_EQ(listed(base_ / "whole.zip"), whole_);
    acknowledged_ = pictures;
    for (int round = 0; round < times && !::testing::Test::HasFatalFailure(); ++round) {
      SCOPED_TRACE("round " + std::to_string(round));
      if (round % 2) killedExport(round, exporting);
      else killedImport(round, importing);
      if (::testing::Test::HasFatalFailure()) return;
      check();
    }
    // What a killed engine had unpacked goes when the next one looks at archives.
    ASSERT_NO_FATAL_FAILURE(must(import(zipped("last"), true)));
    std::error_code ignored;
    EXPECT_TRUE(!fs::exists(crashing_.project() / ".imports", ignored) || fs::is_empty(crashing_.project() / ".imports", ignored));
    EXPECT_GT(hits_, 0) << "every kill came when all was done";
  }

 private:
  using Milliseconds = std::chrono::milliseconds;

  static void must(const Result<Value>& answer) { ASSERT_TRUE(answer) << describe(answer.error()); }
  template <class Act>
  static Milliseconds timed(Act&& act) {
    const auto begin = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin);
  }

  /// Pictures that are nowhere else, in two classes.
  fs::path makeSource(const std::string& name) {
    for (int i = 0; i < pictures; ++i) {
      formats::Bitmap bitmap{16, 16, std::vector<std::uint8_t>(256)};
      for (auto& pixel : bitmap.pixels) pixel = static_cast<std::uint8_t>(random_() % 2);
      const auto file = base_ / name / (i % 3 ? "good" : "bad") / (name + "-" + std::to_string(i) + ".png");
      fs::create_directories(file.parent_path());
      std::ofstream{file, std::ios::binary} << formats::writeMaskPng(bitmap);
    }
    return base_ / name;
  }
  fs::path zipped(const std::string& name) {
    const auto folder = makeSource(name);
    auto archive = formats::ArchiveWriter::create(base_ / (name + ".zip"), name + ".zip");
    for (const auto& entry : fs::recursive_directory_iterator{folder})
      if (entry.is_regular_file()) {
        EXPECT_TRUE((*archive)->add(entry.path().lexically_relative(folder).native(), readFile(entry.path()).value()));
      }
    EXPECT_TRUE((*archive)->finish());
    return base_ / (name + ".zip");
  }

  Result<Value> import(const fs::path& path, bool copy) {
    PB_TRY(auto* engine, crashing_.connect());
    return engine->data(Value::Map{{"do", "import"}, {"path", pathToValue(path)}, {"copy", copy}});
  }
  Result<Value> exported(const fs::path& path) {
    PB_TRY(auto* engine, crashing_.connect());
    return engine->data(Value::Map{{"do", "export"}, {"folder", pathToValue(path)}, {"format", "coco"}, {"revision", "1"}});
  }

  /// Kills the engine, or one of what it started, within `span`; what was asked for meanwhile is returned.
  template <class Act>
  Result<Value> disturbed(Milliseconds span, Act&& act) {
    const auto connected = crashing_.connect();
    if (!connected) return fail(connected.error());
    const auto wait = Milliseconds{static_cast<int>(random_() % static_cast<unsigned>(span.count() * 5 / 4 + 20))};
    const bool engine = random_() % 3 != 0;
    const auto choice = random_();
    std::thread killer{[&, wait, engine, choice] {
      std::this_thread::sleep_for(wait);
      const auto all = crashing_.processes();
      ::kill(engine ? all.front() : all[choice % all.size()], SIGKILL);
    }};
    auto answer = act();
    killer.join();
    if (!answer) ++hits_;
    // Whatever was hit, the next round begins with an engine of its own.
    ::kill(crashing_.pid(), SIGKILL);
    crashing_.disconnect();
    EXPECT_TRUE(crashing_.waitUntilGone());
    return answer;
  }

  void killedImport(int round, Milliseconds span) {
    const auto name = "in" + std::to_string(round);
    const bool archive = round % 4 == 0;
    const auto path = archive ? zipped(name) : makeSource(name);
    const auto answer = disturbed(span, [&] { return import(path, archive); });
    const auto store = RevisionStore::open(crashing_.project() / "data.db", {});
    ASSERT_TRUE(store) << describe(store.error());
    const auto items = (*store)->head().items;
    if (answer) acknowledged_ += pictures;
    // One that nobody was told of may be there as a whole.
    ASSERT_TRUE(items == acknowledged_ || (!answer && items == acknowledged_ + pictures)) << items << " after " << acknowledged_;
    acknowledged_ = items;
  }

  void killedExport(int round, Milliseconds span) {
    const auto path = base_ / ("out" + std::to_string(round) + (round % 4 == 1 ? ".zip" : ""));
    const auto answer = disturbed(span, [&] { return exported(path); });
    const bool there = fs::exists(path);
    ASSERT_TRUE(there || !answer) << "an export that was told to be done is gone";
    if (there) {
      EXPECT_EQ(listed(path), whole_) << "half an export under the name of a whole one "
                                      << (answer ? toJson(*answer) : describe(answer.error()));
    }
  }

  void check() {
    const auto store = RevisionStore::open(crashing_.project() / "data.db", {});
    ASSERT_TRUE(store) << describe(store.error());
    const auto sound = (*store)->check();
    ASSERT_TRUE(sound) << describe(sound.error());
  }

  /// Files with their sizes; of an archive what is in it.
  std::map<std::string, std::uintmax_t> listed(const fs::path& path) {
    auto folder = path;
    if (formats::isArchive(path)) {
      formats::Report report;
      folder = base_ / ("unpacked" + std::to_string(++unpacked_));
      const auto done = formats::unpack(path, folder, report, {});
      EXPECT_TRUE(done) << describe(done.error());
      EXPECT_EQ(report.leftOut(), 0);
      if (!done) return {};
    }
    std::map<std::string, std::uintmax_t> to;
    for (const auto& entry : fs::recursive_directory_iterator{folder})
      if (entry.is_regular_file()) to[entry.path().lexically_relative(folder).native()] = entry.file_size();
    return to;
  }

  std::mt19937 random_;
  TempFolder base_;
  Crashing crashing_;
  std::map<std::string, std::uintmax_t> whole_;
  std::int64_t acknowledged_ = 0;
  int hits_ = 0, unpacked_ = 0;
};

}  // namespace patchbay::test
