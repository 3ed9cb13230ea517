// SPDX-License-Identifier: Apache-2.0
// patchbay-engine: owns one project and runs its pipelines. Clients start it when they need it; it ends by itself.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "app/engine/live_workers.h"
#include "engine/executor/local_executor.h"
#include "engine/executor/packs.h"
#include "engine/remote/machines.h"
#include "engine/remote/routing_executor.h"
#include "engine/service/catalogue_source.h"
#include "engine/service/local_engine.h"
#include "engine/service/runtime_folder.h"
#include "engine/service/server.h"

namespace patchbay {
namespace {
namespace fs = std::filesystem;

constexpr const char* usage =
    "usage: patchbay-engine [--status-fd N] [--stay] PROJECT\n"
    "Owns the project folder and answers `patchbay` and the Studio on a private socket. It ends when nobody is connected and\n"
    "nothing runs, or with --stay when it gets SIGTERM.\n"
    "PATCHBAY_PACKS names a file of packs beside the built-in ones that may be loaded: [{\"path\", \"digest\"}...].\n";

std::atomic<bool> asked{false};
void onSignal(int) { asked = true; }

struct Arguments {
  fs::path project;
  int statusFd = -1;
  bool stay = false;
};

std::optional<Arguments> parse(const std::vector<std::string>& words) {
  Arguments out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    if (word == "--status-fd" && i + 1 < words.size()) {
      const auto& number = words[++i];
      if (std::from_chars(number.data(), number.data() + number.size(), out.statusFd).ec != std::errc{}) return std::nullopt;
    } else if (word == "--stay") {
      out.stay = true;
    } else if (word == "--" && i + 2 == words.size()) {
      out.project = words[++i];
    } else if (!word.starts_with("-") && out.project.empty()) {
      out.project = word;
    } else {
      return std::nullopt;
    }
  }
  return out.project.empty() ? std::nullopt : std::optional{out};
}

/// The file of packs the user has allowed, if there is one.
fs::path allowedPacks() {
  if (const char* given = std::getenv("PATCHBAY_PACKS")) return given;
  fs::path config;
  if (const char* given = std::getenv("XDG_CONFIG_HOME"); given && *given == '/') config = given;
  else if (const char* home = std::getenv("HOME"); home && *home == '/') config = fs::path{home} / ".config";
  std::error_code ec;
  const auto file = config / "patchbay" / "packs.json";
  return !config.empty() && fs::exists(file, ec) ? file : fs::path{};
}

/// Everything the catalogue depends on: what is installed, and the packs the user has allowed.
std::vector<fs::path> catalogueFiles(const fs::path& worker, const fs::path& allowed) {
  auto out = installedFiles(worker);
  if (!allowed.empty()) {
    out.push_back(allowed);
    if (const auto packs = readAllowedPacks(allowed))
      for (const auto& pack : *packs) out.push_back(pack.path);
  }
  return out;
}

EngineParts partsFor(const fs::path& worker) {
  const auto allowed = allowedPacks();
  std::vector<std::string> command{worker.native()};
  const auto with = [command, allowed](const char* mode) {
    auto out = command;
    out.emplace_back(mode);
    if (!allowed.empty()) {
      out.emplace_back("--packs");
      out.push_back(allowed.native());
    }
    return out;
  };
  EngineParts parts;
  parts.version = PATCHBAY_VERSION;
  auto lives = std::make_shared<LiveWorkers>();
  const auto routing = std::make_shared<RoutingExecutor*>(nullptr);
  parts.executor = [worker, allowed, lives, routing](JobHost& host, Project& project) -> Result<std::unique_ptr<Executor>> {
    LocalExecutorOptions options;
    options.zygote.program = worker;
    options.zygote.allowedPacks = allowed;
    options.attemptsFolder = project.folder() / "attempts";
    auto local = std::make_unique<LocalExecutor>(std::move(options), host);
    lives->attach(local->zygote(), project.objects().root(), host);
    const auto remote = [worker, allowed, folder = project.folder(),
                         &host](const std::string& name) -> Result<std::unique_ptr<RemoteExecutor>> {
      RemoteOptions far;
      PB_TRY(far.machine, machineNamed(name));
      PB_TRY(far.instance, instanceOf(folder, name));
      far.worker = worker;
      far.allowedPacks = allowed;
      far.version = PATCHBAY_VERSION;
      far.attemptsFolder = folder / "attempts";
      return std::make_unique<RemoteExecutor>(std::move(far), host);
    };
    const auto described = [](const std::string& name) {
      const auto machine = machineNamed(name);
      return machine ? toJson(toValue(*machine)) : std::string{};
    };
    auto executor = std::make_unique<RoutingExecutor>(std::move(local), project.folder() / "attempts", remote, described);
    *routing = executor.get();
    return executor;
  };
  parts.place = [routing](const std::string& name) { return (*routing)->place(name); };
  parts.usualPlace = [](const fs::path& project, const std::string& pipeline) { return defaultMachine(project, pipeline); };
  parts.machines = [routing](const Value& request) { return (*routing)->request(request); };
  parts.live = [lives](std::string_view service, std::string_view method, const Value& args, std::string_view slot, LiveCallback done) {
    lives->ask(service, method, args, slot, std::move(done));
  };
  parts.catalogue = [=] { return CatalogueSource{with("catalogue"), catalogueFiles(worker, allowed), {}}.read(); };
  parts.migrator = [=](const std::string& type, int from, const Value& params) -> Result<Value> {
    Value one;
    one["type"] = type;
    one["from"] = from;
    one["params"] = params;
    Value all;
    all.push(std::move(one));
    PB_TRY(const auto text, askWorker(with("migrate"), toJson(all)));
    PB_TRY(const auto answers, parseJson(text));
    const auto& answer = answers.asList().empty() ? Value{} : answers.asList().front();
    if (answer.contains("error")) return fail(errorFromValue(answer["error"]));
    return answer["params"];
  };
  return parts;
}

int serve(const Arguments& arguments) {
  const auto tell = [&](const Value& status) {
    if (arguments.statusFd >= 0) {
      (void)writeAll(arguments.statusFd, toJson(status) + "\n", "status");
      ::close(arguments.statusFd);
    }
  };
  const auto refuse = [&](const Error& error) {
    Value status;
    status["error"] = toValue(error);
    tell(status);
    std::fprintf(stderr, "patchbay-engine: %s\n", describe(error).c_str());
    return 1;
  };
  if (arguments.statusFd >= 0) ::fcntl(arguments.statusFd, F_SETFD, FD_CLOEXEC);
  std::error_code ec;
  fs::create_directories(arguments.project, ec);
  const auto name = runtimeNameOf(arguments.project);
  if (!name) return refuse(name.error());
  // An engine that is just ending gets a moment; one that stays will be found by its socket.
  const auto lock = lockEngine(*name, 300);
  if (!lock) return refuse(lock.error());
  if (!*lock)
    return refuse({ErrorKind::Busy, "engine.starting", TR("error", "Another engine has this project."),
                   TR("error", "Connect to it, or wait until it has ended."), displayText(arguments.project.native())});
  const auto worker = fs::read_symlink("/proc/self/exe", ec).parent_path() / "patchbay-worker";
  Project::Options options;
  options.lockPatienceMs = 1000;
  auto engine = LocalEngine::open(arguments.project, partsFor(worker), options);
  if (!engine) return refuse(engine.error());
  auto server = EngineServer::listen(**engine, name->native() + ".sock", {});
  if (!server) return refuse(server.error());
  Value ready;
  ready["ready"] = true;
  tell(ready);
  (*server)->serve([&] { return !arguments.stay && (*engine)->idle(); }, [&] { return asked || (*engine)->endAsked(); });
  // The socket first: who connects from now on starts another engine, which waits for the locks.
  server->reset();
  // A signal ends the engine and not the work: only who asked for that by a request, with force, loses it.
  if (asked && !(*engine)->endAsked()) (*engine)->leaveJobs();
  engine->reset();
  return 0;
}

}  // namespace
}  // namespace patchbay

int main(int argc, char** argv) {
  struct sigaction action {};
  action.sa_handler = patchbay::onSignal;
  ::sigaction(SIGTERM, &action, nullptr);
  ::sigaction(SIGINT, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGHUP, SIG_IGN);
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (!words.empty() && (words[0] == "--help" || words[0] == "-h")) {
    std::fputs(patchbay::usage, stdout);
    return 0;
  }
  const auto arguments = patchbay::parse(words);
  if (!arguments) {
    std::fputs(patchbay::usage, stderr);
    return 2;
  }
  return patchbay::serve(*arguments);
}
