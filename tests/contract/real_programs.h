// SPDX-License-Identifier: Apache-2.0
#pragma once
// The programs as a user runs them: patchbay in a child process, the engine it starts, the workers that starts.
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>

#include "engine/service/connect.h"
#include "tests/contract/real_pipeline.h"

extern char** environ;

namespace patchbay::testing {

inline std::string procFile(pid_t pid, const char* name) {
  return readFile("/proc/" + std::to_string(pid) + "/" + name, std::size_t{16} << 20).value_or("");
}
inline std::string commandOf(pid_t pid) {
  auto name = procFile(pid, "comm");
  while (!name.empty() && name.back() == '\n') name.pop_back();
  return name;
}
/// Running processes that descend from `root`.
inline std::vector<pid_t> descendants(pid_t root) {
  std::multimap<pid_t, pid_t> children;
  if (DIR* proc = ::opendir("/proc")) {
    while (const dirent* entry = ::readdir(proc)) {
      const pid_t pid = std::atoi(entry->d_name);
      if (pid <= 0) continue;
      const auto stat = procFile(pid, "stat");
      const auto end = stat.rfind(") ");
      if (end == std::string::npos || stat[end + 2] == 'Z') continue;
      children.emplace(std::atoi(stat.c_str() + end + 4), pid);
    }
    ::closedir(proc);
  }
  std::vector<pid_t> out;
  const auto add = [&](const auto& self, pid_t parent) -> void {
    const auto [from, to] = children.equal_range(parent);
    for (auto it = from; it != to; ++it) {
      out.push_back(it->second);
      self(self, it->second);
    }
  };
  add(add, root);
  return out;
}
inline std::optional<pid_t> descendantCalled(pid_t root, std::string_view name) {
  for (const pid_t pid : descendants(root))
    if (commandOf(pid) == name) return pid;
  return std::nullopt;
}
/// The mapped files of a process whose name holds `part`.
inline bool maps(pid_t pid, std::string_view part) { return procFile(pid, "maps").find(part) != std::string::npos; }

/// A project with a runtime folder of its own. Its engine is ended with it.
class Programs {
 public:
  Programs() {
    ::setenv("XDG_RUNTIME_DIR", base_.path().c_str(), 1);
    // What the demos of an export answer is the matter of the export's own tests.
    ::setenv("CXX", "none", 1);
    ::setenv("PATCHBAY_PYTHON", "none", 1);
    ::unsetenv("PATCHBAY_PACKS");
    ::unsetenv("PATCHBAY_KILL_POINT");
  }
  ~Programs() {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
    ConnectOptions options;
    options.start = false;
    if (auto engine = connectEngine(project(), options)) (void)(*engine)->shutdown(true);
  }
  std::filesystem::path project() const { return base_.path() / "project"; }

  /// Starts `patchbay run` on the document.
  pid_t startRun(const RunRequest& request) {
    const auto document = base_.path() / "pipeline.json";
    must(writeFileAtomically(document, toJson(request.document)));
    std::vector<std::string> words{
        (buildFolder() / "bin" / "patchbay").string(), "run", document.string(), "--project", project().string(), "--json"};
    for (const auto& set : request.set) words.insert(words.end(), {"--set", set});
    if (!request.to.empty()) words.insert(words.end(), {"--to", request.to});
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    for (const int fd : {1, 2}) ::posix_spawn_file_actions_addopen(&files, fd, outputFile().c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    EXPECT_EQ(::posix_spawn(&child_, argv[0], &files, nullptr, argv.data(), environ), 0);
    ::posix_spawn_file_actions_destroy(&files);
    return child_;
  }
  /// Waits for it to end; its exit code.
  int endRun() {
    int status = -1;
    ::waitpid(std::exchange(child_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  std::string output() const { return readFile(outputFile()).value_or(""); }
  /// The engine that runs for the project.
  std::unique_ptr<Engine> connect(bool start = false) {
    ConnectOptions options;
    options.engineProgram = buildFolder() / "bin" / "patchbay-engine";
    options.start = start;
    for (int tries = 0; tries < 600; ++tries) {
      if (auto engine = connectEngine(project(), options)) return std::move(*engine);
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    ADD_FAILURE() << "no engine: " << output();
    return nullptr;
  }

 private:
  std::filesystem::path outputFile() const { return base_.path() / "output.txt"; }
  TempFolder base_;
  pid_t child_ = 0;
};

}  // namespace patchbay::testing
