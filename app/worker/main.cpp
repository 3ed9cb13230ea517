// SPDX-License-Identifier: Apache-2.0
// patchbay-worker: runs blocks. People do not call it; the engine does.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "engine/base/resources.h"
#include "engine/executor/packs.h"
#include "engine/executor/worker_process.h"
#include "engine/remote/supervisor.h"

namespace patchbay {
namespace {

constexpr const char* usage =
    "usage: patchbay-worker catalogue [--packs FILE]       what blocks there are, as JSON\n"
    "       patchbay-worker zygote FD [--packs FILE]       forks a process per job asked for on the socket FD\n"
    "       patchbay-worker job JOB.json [--packs FILE]    runs one job with what lies in its folders\n"
    "       patchbay-worker agent ROOT INSTANCE box|slurm  what an engine elsewhere talks to on standard input and output;\n"
    "                                                      ROOT \"-\": the folder above the worker's own\n"
    "       patchbay-worker supervise ROOT INSTANCE box|slurm\n"
    "       patchbay-worker migrate [--packs FILE]         [{\"type\", \"from\", \"params\"}...] from stdin to today's versions\n"
    "       patchbay-worker gpu                            which NVIDIA GPUs answer and can be computed on, as JSON\n"
    "       patchbay-worker serve SETTINGS                 answers predictions over HTTP; `patchbay serve` starts it\n"
    "       patchbay-worker watch SETTINGS                 predicts what comes into a folder; `patchbay predict --watch` starts it\n"
    "       patchbay-worker measure SETTINGS               how fast exports are, as JSON; `patchbay measure` starts it\n"
    "\n"
    "FILE lists packs beside the built-in ones that may be loaded: [{\"path\", \"digest\"}...].\n";

int complain(const Error& error) {
  std::fprintf(stderr, "patchbay-worker: %s\n", describe(error).c_str());
  return 1;
}

Packs loadPacks(const std::filesystem::path& allowed) {
  Packs packs;
  packs.loadFolder(programFolder() / ".." / "lib" / "patchbay" / "packs");
  if (!allowed.empty()) {
    if (const auto more = readAllowedPacks(allowed)) {
      for (const auto& pack : *more) packs.load(pack);
    } else {
      complain(more.error());
    }
  }
  for (const auto& problem : packs.problems()) complain(problem);
  return packs;
}

int catalogue(Packs packs, const UniqueFd& output) {
  auto value = packs.catalogue();
  value["numerics"] = loadedNumerics();
  const auto written = writeAll(output.get(), toJson(value) + "\n", "stdout");
  return written ? 0 : complain(written.error());
}

Value migrateOne(Packs& packs, const Value& one) {
  const auto migrated = [&]() -> Result<Value> {
    PB_TRY(const auto type, packs.block(one["type"].asText()));
    return type->make()->migrate(static_cast<int>(one["from"].asInt(1)), one["params"]);
  }();
  return migrated ? Value{Value::Map{{"params", *migrated}}} : Value{Value::Map{{"error", toValue(migrated.error())}}};
}

int migrate(Packs packs, const UniqueFd& output) {
  const std::string text{std::istreambuf_iterator<char>{std::cin}, {}};
  const auto given = parseJson(text);
  if (!given) return complain(given.error());
  Value results{Value::List{}};
  for (const auto& one : given->asList()) results.push(migrateOne(packs, one));
  const auto written = writeAll(output.get(), toJson(results) + "\n", "stdout");
  return written ? 0 : complain(written.error());
}

int job(Packs packs, const std::filesystem::path& file) {
  const auto text = readFile(file, std::size_t{64} << 20);
  if (!text) return complain(text.error());
  const auto value = parseJson(*text);
  if (!value) return complain(value.error());
  const auto spec = jobFromValue(*value);
  if (!spec) return complain(spec.error());
  return runJob(*spec, packs, Channel{});
}

/// Loaded by name: jobs need neither HTTP server nor fonts, and those none of the packs.
int apart(const char* file, const char* function, const std::string& mode, const std::string& settings) {
  const auto library = programFolder() / ".." / "lib" / "patchbay" / file;
  auto* const loaded = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  const auto entry = loaded ? reinterpret_cast<int (*)(const char*, const char*)>(::dlsym(loaded, function)) : nullptr;
  if (!entry)
    return complain({ErrorKind::NotFound,
                     "serve.library",
                     TR("worker", "{path} is missing.").with("path", displayText(library.native())),
                     TR("worker", "Build or install Patchbay again."),
                     {}});
  return entry(mode.c_str(), settings.c_str());
}

/// In a process of its own: looking at a GPU initialises CUDA, which must not happen where processes are forked.
int gpu(const UniqueFd& output) {
  const auto library = programFolder() / ".." / "lib" / "patchbay" / "libpatchbay_torch.so";
  auto* const loaded = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  const auto probe = loaded ? reinterpret_cast<const char* (*)()>(::dlsym(loaded, "patchbayProbeGpu")) : nullptr;
  if (!probe)
    return complain({ErrorKind::NotFound,
                     "gpu.probe",
                     TR("worker", "{path} is missing.").with("path", displayText(library.native())),
                     TR("worker", "Build or install Patchbay again."),
                     {}});
  const auto written = writeAll(output.get(), probe() + std::string{"\n"}, "stdout");
  return written ? 0 : complain(written.error());
}

/// `agent` and `supervise`: what runs the jobs of an engine on another machine.
Result<SupervisorOptions> farSide(const std::vector<std::string>& words, const std::filesystem::path& allowed) {
  const auto bundle = programFolder().parent_path();
  SupervisorOptions out;
  out.root = words[1] == "-" ? bundle.parent_path().parent_path() : std::filesystem::path{words[1]};
  out.instance = words[2];
  out.slurm = words[3] == "slurm";
  out.zygote.program = workerStarter();
  out.zygote.allowedPacks = allowed;
  if (isUlid(out.instance) && out.root.is_absolute()) return out;
  return fail(ErrorKind::Usage, "agent.arguments", TR("worker", "The agent was started with arguments that make no sense."),
              TR("worker", "Report this."));
}

int run(std::span<const std::string> words) {
  // Before the output is put aside: these print for people.
  if (words.size() == 2 && (words[0] == "serve" || words[0] == "watch" || words[0] == "measure"))
    return apart("patchbay_serving.so", "patchbayServing", words[0], words[1]);
  if (words.size() == 2 && words[0] == "print") return apart("patchbay_printing.so", "patchbayPrinting", words[0], words[1]);
  const auto output = guardOutput();
  std::vector<std::string> plain;
  std::filesystem::path allowed;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--packs" && i + 1 < words.size()) allowed = words[++i];
    else plain.push_back(words[i]);
  }
  const std::string mode = plain.empty() ? "" : plain[0];
  if (mode == "--help" || mode == "-h") {
    (void)writeAll(output.get(), usage, "stdout");
    return 0;
  }
  if (mode == "catalogue" && plain.size() == 1) return catalogue(loadPacks(allowed), output);
  if (mode == "gpu" && plain.size() == 1) return gpu(output);
  if (mode == "migrate" && plain.size() == 1) return migrate(loadPacks(allowed), output);
  if ((mode == "agent" || mode == "supervise") && plain.size() == 4) {
    const auto options = farSide(plain, allowed);
    if (options) return mode == "agent" ? runAgent(*options, output.get()) : runSupervisor(*options);
    return complain(options.error());
  }
  if (mode == "job" && plain.size() == 2) return job(loadPacks(allowed), plain[1]);
  if (mode == "zygote" && plain.size() == 2) {
    // Moved out of the way of libraries that close or reuse low descriptors.
    UniqueFd socket{::fcntl(std::atoi(plain[1].c_str()), F_DUPFD_CLOEXEC, 64)};
    if (socket) {
      ::close(std::atoi(plain[1].c_str()));
      auto packs = loadPacks(allowed);
      return runZygote(packs, Channel{std::move(socket)});
    }
  }
  std::fputs(usage, stderr);
  return 2;
}

}  // namespace
}  // namespace patchbay

int main(int argc, char** argv) {
  // LibTorch's OpenMP threads spin while they wait for each other, which beside any other work on the machine leaves them
  // at a fraction of their speed (measured: 15-40 against 93 images/s of training at a load of 4 on two cores). Read by
  // libgomp when the packs are loaded.
  ::setenv("OMP_WAIT_POLICY", "passive", 0);
  patchbay::forgetOwnLibraries();
  // The kernel may know it by the loader's name.
  ::prctl(PR_SET_NAME, "patchbay-worker");
  const std::vector<std::string> words(argv + 1, argv + argc);
  // _Exit: destructors of the packs' libraries have nothing to do, and some crash.
  const int code = patchbay::run(words);
  std::fflush(nullptr);
  std::_Exit(code);
}
