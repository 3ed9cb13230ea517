// SPDX-License-Identifier: Apache-2.0
// Times of the engine itself, as JSON lines {name, value, unit}:
//   engine_bench plan CATALOGUE PIPELINE REPEATS       ms to read, check and plan a pipeline, beginning with its text
//   engine_bench job-start PROJECT PIPELINE BLOCK REPEATS   ms from asking for a run to a worker that has taken the job, on an
//       engine that is warm; and to the end of the run. BLOCK.seed changes every time, so that this block alone runs.
// CATALOGUE is {"blocks": what `patchbay blocks --json` prints}.
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <stdexcept>

#include "engine/base/file.h"
#include "engine/plan/make_plan.h"
#include "engine/service/connect.h"

namespace patchbay {
namespace {

namespace fs = std::filesystem;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error{describe(result.error())};
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

void print(const char* name, std::vector<double> seconds) {
  std::ranges::sort(seconds);
  std::printf("%s\n", toJson(Value::Map{{"name", name}, {"value", seconds[seconds.size() / 2] * 1e3}, {"unit", "ms"}}).c_str());
  std::fflush(stdout);
}

double seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

void benchPlan(const fs::path& catalogueFile, const fs::path& pipeline, int repeats) {
  const auto catalogue = must(Catalogue::fromValue(must(parseJson(must(readFile(catalogueFile))))));
  const auto text = must(readFile(pipeline));
  std::vector<double> reading, checking, planning, all;
  for (int i = 0; i <= repeats; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    auto document = must(Document::parse(text));
    const auto read = std::chrono::steady_clock::now();
    const auto problems = validate(document, catalogue);
    const auto checked = std::chrono::steady_clock::now();
    const auto planned = makePlan(std::move(document), catalogue);
    const auto end = std::chrono::steady_clock::now();
    if (!planned.plan) throw std::runtime_error{"the pipeline is not valid: " + render(planned.problems.at(0).cause)};
    if (i == 0) continue;  // The first warms the caches.
    reading.push_back(seconds(read - begin));
    checking.push_back(seconds(checked - read));
    planning.push_back(seconds(end - checked));
    all.push_back(seconds(end - begin));
  }
  print("read", reading);
  print("validate", checking);
  print("plan", planning);
  print("all", all);
}

/// Waits for the end of each run.
class Ends {
 public:
  explicit Ends(Engine& engine) {
    subscription_ = must(engine.subscribe([this](const Value& event) {
      if (event["event"].asText() != "finished") return;
      const std::lock_guard lock{guard_};
      last_ = event;
      changed_.notify_all();
    }));
  }
  Value of(const RunId& run) {
    std::unique_lock lock{guard_};
    if (!changed_.wait_for(lock, std::chrono::seconds{60}, [&] { return last_["run"].asText() == run.text; }))
      throw std::runtime_error{"the run does not end"};
    return last_;
  }

 private:
  std::mutex guard_;
  std::condition_variable changed_;
  Value last_{Value::Map{}};
  std::unique_ptr<Subscription> subscription_;
};

/// When the newest attempt was claimed by its worker, on the clock of the file system.
std::chrono::nanoseconds lastClaim(const fs::path& project) {
  std::chrono::nanoseconds newest{0};
  for (const auto& attempt : fs::directory_iterator{project / "attempts"}) {
    struct stat claim {};
    if (::stat((attempt.path() / "claim").c_str(), &claim) != 0) continue;
    newest = std::max(
        newest, std::chrono::nanoseconds{std::chrono::seconds{claim.st_mtim.tv_sec}} + std::chrono::nanoseconds{claim.st_mtim.tv_nsec});
  }
  return newest;
}

void benchJobStart(const fs::path& project, const fs::path& pipeline, const std::string& block, int repeats) {
  ConnectOptions options;
  options.engineProgram = fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin" / "patchbay-engine";
  const auto engine = must(connectEngine(project, options));
  Ends ends{*engine};
  RunRequest request{.document = must(parseJson(must(readFile(pipeline))))};
  std::vector<double> started, ended;
  const auto first = static_cast<int>(std::chrono::system_clock::now().time_since_epoch().count() / 1000 % 500'000);
  for (int i = 0; i <= repeats; ++i) {
    request.set = {block + ".seed=" + std::to_string(first + i)};
    const auto begin = std::chrono::system_clock::now().time_since_epoch();
    const auto finished = ends.of(must(engine->submitRun(request)));
    const auto end = std::chrono::system_clock::now().time_since_epoch();
    if (finished["state"].asText() != "done") throw std::runtime_error{"the run failed: " + toJson(finished)};
    if (i == 0) continue;  // It started the engine's workers.
    const auto ran = std::ranges::count_if(finished["blocks"].asList(), [](const Value& b) { return b["state"].asText() == "ran"; });
    if (ran != 1) throw std::runtime_error{"one block should have run: " + toJson(finished)};
    started.push_back(seconds(lastClaim(project) - begin));
    ended.push_back(seconds(end - begin));
  }
  print("start", started);
  print("end", ended);
}

}  // namespace
}  // namespace patchbay

int main(int argc, char** argv) try {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 4 && words[0] == "plan") {
    patchbay::benchPlan(words[1], words[2], std::max(1, std::atoi(words[3].c_str())));
    return 0;
  }
  if (words.size() == 5 && words[0] == "job-start") {
    patchbay::benchJobStart(words[1], words[2], words[3], std::max(1, std::atoi(words[4].c_str())));
    return 0;
  }
  std::fputs("usage: engine_bench plan CATALOGUE PIPELINE REPEATS | engine_bench job-start PROJECT PIPELINE BLOCK REPEATS\n", stderr);
  return 2;
} catch (const std::exception& e) {
  std::fprintf(stderr, "engine_bench: %s\n", e.what());
  return 1;
}
