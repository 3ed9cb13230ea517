// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/watch_folder.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "engine/serve/watch_products.h"

namespace patchbay::serve {
namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Programs that fetch or copy files give them such names until they are whole.
bool unfinishedName(const std::string& name) {
  if (name.starts_with('.') || name.starts_with('~')) return true;
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart"},
      [&](std::string_view ending) { return name.ends_with(ending); });
}

/// Finds files that have not changed for a while.
class Finder {
 public:
  explicit Finder(const WatchOptions& options) : options_{options} {}

  /// Finished files that are not in the journal, by name. `waiting`: some are not finished.
  std::vector<FileState> look(const WatchJournal& journal, bool& waiting) {
    std::vector<FileState> finished;
    std::map<std::string, Seen> now;
    const auto moment = Clock::now();
    std::error_code ec;
    for (fs::recursive_directory_iterator it{options_.folder, fs::directory_options::skip_permission_denied, ec}, end; !ec && it != end;
         it.increment(ec)) {
      const auto& path = it->path();
      std::error_code inner;
      if (it->is_directory(inner) && (path.filename().native().starts_with('.') || fs::equivalent(path, options_.out, inner))) {
        it.disable_recursion_pending();
        continue;
      }
      if (unfinishedName(path.filename().native())) continue;
      const auto found = stateOf(options_.folder, path.lexically_relative(options_.folder).native());
      if (!found || journal.has(*found)) continue;
      const auto& state = *found;
      const auto before = seen_.find(state.path);
      const auto since = before != seen_.end() && before->second.state == state ? before->second.since : moment;
      if (since != moment && moment - since >= options_.settle) finished.push_back(state);
      else waiting = true;
      now.emplace(state.path, Seen{state, since});
    }
    seen_ = std::move(now);
    std::ranges::sort(finished, {}, &FileState::path);
    return finished;
  }

 private:
  struct Seen {
    FileState state;
    Clock::time_point since;
  };
  const WatchOptions& options_;
  std::map<std::string, Seen> seen_;
};

/// The journal's line of a picture, apart from where it will lie.
Value lineOf(const FileState& state, const Result<Value>& answer, const Value& about) {
  Value line = answer ? *answer : Value{Value::Map{{"error", describe(answer.error())}}};
  line["picture"] = pathToValue(state.path);
  line["size"] = state.size;
  line["changed_ns"] = state.changed;
  line["model"] = about["digest"];
  return line;
}

/// Answers for some files, computed on all lanes.
std::vector<Result<Value>> answersFor(const WatchOptions& options, Predictor& model, std::span<const FileState> files) {
  std::vector<Result<Value>> answers(files.size(), Value{});
  std::atomic<std::size_t> next{0};
  const auto work = [&](int lane) {
    const auto step = model.mostTogether();
    for (std::size_t begin; (begin = next.fetch_add(step)) < files.size();) {
      std::vector<std::string> bytes;
      std::vector<std::size_t> good;
      for (auto i = begin; i < std::min(begin + step, files.size()); ++i) {
        auto file = readFile(options.folder / files[i].path, std::size_t{1} << 30);
        if (!file) {
          answers[i] = fail(file.error());
          continue;
        }
        good.push_back(i);
        bytes.push_back(std::move(*file));
      }
      std::vector<Picture> pictures;
      for (const auto& one : bytes)
        pictures.push_back({.bytes = {reinterpret_cast<const std::uint8_t*>(one.data()), one.size()}, .about = {}});
      auto some = model.predict(pictures, lane, files.size() == 1);
      for (std::size_t g = 0; g < good.size(); ++g) answers[good[g]] = std::move(some[g]);
    }
  };
  std::vector<std::jthread> threads;
  for (int lane = 1; lane < options.lanes; ++lane) threads.emplace_back(work, lane);
  work(0);
  return answers;
}

}  // namespace

Result<WatchSummary> watchFolder(const WatchOptions& options, Predictor& model, const StopFlag& stop,
                                 const std::function<void(const Value& line)>& report) {
  std::error_code ec;
  if (!fs::is_directory(options.folder, ec))
    return fail(ErrorKind::NotFound, "watch.folder",
                TR("serve", "There is no folder {path}.").with("path", displayText(options.folder.native())),
                TR("serve", "Make it, or name another one."));
  fs::create_directories(options.out, ec);
  if (ec) return fail(systemError(ec.value(), "make", displayText(options.out.native())));
  PB_TRY(auto journal, WatchJournal::open(options.out / "predictions.jsonl"));
  WatchProducts products{options, model.about()};
  for (const auto& line : journal.lines()) products.remember(line);
  PB_CHECK(products.makeUp(journal.lines()));
  Finder finder{options};
  WatchSummary summary;
  bool unwritten = true;
  const std::size_t chunk = 16 * static_cast<std::size_t>(options.lanes);
  while (!stop.requested()) {
    bool waiting = false;
    const auto files = finder.look(journal, waiting);
    for (std::size_t begin = 0; begin < files.size() && !stop.requested(); begin += chunk) {
      const auto part = std::span{files}.subspan(begin, std::min(chunk, files.size() - begin));
      const auto answers = answersFor(options, model, part);
      std::vector<Value> lines;
      for (std::size_t i = 0; i < part.size(); ++i) {
        auto line = lineOf(part[i], answers[i], model.about());
        // Changed or gone while it was read: another state of it, if any, has its own turn.
        if (stateOf(options.folder, part[i].path) != part[i]) continue;
        products.place(line);
        lines.push_back(std::move(line));
      }
      PB_CHECK(journal.append(lines));
      unwritten = true;
      for (const auto& line : lines) {
        PB_CHECK(products.make(line));
        ++(line.contains("error") ? summary.failed : summary.predicted);
        summary.unsure += line["reason"].asText().starts_with("unsure");
        summary.unlike += line["reason"].asText().ends_with("unlike");
        report(line);
      }
    }
    if (unwritten && (files.empty() || stop.requested())) {
      PB_CHECK(products.finish(journal.lines()));
      unwritten = false;
    }
    if (!files.empty()) continue;
    if (options.once && !waiting) return summary;
    const auto pause = std::clamp(options.settle / 2, std::chrono::milliseconds{20}, std::chrono::milliseconds{500});
    for (auto slept = std::chrono::milliseconds{0}; slept < pause && !stop.requested(); slept += std::chrono::milliseconds{20})
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  PB_CHECK(products.finish(journal.lines()));
  return summary;
}

}  // namespace patchbay::serve
