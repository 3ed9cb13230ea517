// SPDX-License-Identifier: Apache-2.0
// What a cluster offers and how busy it is, asked with its own commands.
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <set>
#include <sstream>

#include "engine/remote/slurm_calls.h"

namespace patchbay {
namespace {

constexpr std::size_t mostShown = 100;

/// Lines of a command, split at bars; nothing when it failed.
std::vector<std::vector<std::string>> askedRows(const std::vector<std::string>& argv) {
  std::vector<std::vector<std::string>> out;
  const auto run = runProgram(argv, {}, std::chrono::seconds{20});
  if (!run || run->code != 0) return out;
  std::istringstream lines{run->out};
  for (std::string line; std::getline(lines, line);) {
    out.emplace_back();
    std::istringstream words{line};
    for (std::string word; std::getline(words, word, '|');) out.back().push_back(word);
  }
  return out;
}

Value asList(const std::set<std::string>& words) {
  Value out{Value::List{}};
  for (const auto& word : words) out.push(word);
  return out;
}

/// Only where a cluster has a database of accounts.
std::set<std::string> accountsOfMine() {
  std::set<std::string> out;
  const auto* me = ::getpwuid(::getuid());
  if (!me) return out;
  for (const auto& row : askedRows({"sacctmgr", "-n", "-P", "show", "assoc", "user=" + std::string{me->pw_name}, "format=account"}))
    if (!row.empty() && !row[0].empty()) out.insert(row[0]);
  return out;
}

}  // namespace

Value slurmFacts(const Value& wishes) {
  Value out;
  const auto version = runProgram({"sinfo", "--version"}, {}, std::chrono::seconds{10});
  if (!version || version->code != 0) {
    out["error"] = "sinfo is not installed here";
    return out;
  }
  out["version"] = version->out.substr(0, version->out.find('\n'));
  const auto answers = runProgram({"sinfo", "-h", "-o", "%R"}, {}, std::chrono::seconds{20});
  if (!answers || answers->code != 0) {
    out["error"] = displayText(answers ? answers->err : render(answers.error().cause));
    return out;
  }
  out["partitions"] = Value::List{};
  for (auto& f : askedRows({"sinfo", "-h", "-o", "%P|%a|%l|%D|%c|%m|%G|%f"})) {
    if (f.size() < 7) continue;
    const auto features = f.size() > 7 && f[7] != "(null)" ? f[7] : std::string{};
    const bool usual = f[0].ends_with("*");
    if (usual) f[0].pop_back();
    // "32", or "32+" where some have more: what every node has.
    const auto& wanted = wishes["partition"].asText();
    if (const int cores = std::atoi(f[4].c_str()); cores > 0 && (wanted.empty() ? usual : wanted == f[0])) {
      const auto known = out["cores"].asInt();
      out["cores"] = known > 0 ? std::min<std::int64_t>(known, cores) : std::int64_t{cores};
    }
    out["partitions"].push(Value::Map{{"name", f[0]},
                                      {"state", f[1]},
                                      {"time", f[2]},
                                      {"nodes", f[3]},
                                      {"cpus", f[4]},
                                      {"memory_mb", f[5]},
                                      {"gres", f[6]},
                                      {"features", features}});
  }
  out["accounts"] = asList(accountsOfMine());
  if (!wishes.isMap()) return out;
  // The cluster itself knows best whether such a job could run; nothing is submitted.
  SlurmBatch trial{
      .script = "/bin/true", .attemptsFolder = "/tmp", .chainsFolder = {}, .output = "/dev/null", .name = "trial", .instance = {}};
  trial.wishes = wishes;
  auto argv = sbatchCommand(trial);
  argv.insert(argv.begin() + 1, "--test-only");
  // Its words, without the script and what it would be told.
  while (argv.back() != "/bin/true") argv.pop_back();
  argv.back() = "--wrap=true";
  const auto tried = runSlurm(argv);
  if (tried && tried->code != 0) {
    auto said = tried->err;
    while (!said.empty() && said.back() == '\n') said.pop_back();
    out["refused"] = displayText(said);
  }
  return out;
}

Value slurmQueue() {
  Value out{Value::Map{{"running", 0}, {"pending", 0}, {"jobs", Value::List{}}}};
  std::int64_t running = 0, pending = 0;
  for (const auto& f : askedRows({"squeue", "-h", "-a", "-r", "-o", "%T"})) {
    if (f.empty()) continue;
    running += f[0] == "RUNNING";
    pending += f[0] == "PENDING";
  }
  out["running"] = running;
  out["pending"] = pending;
  for (const auto& f : askedRows({"squeue", "-h", "-a", "-r", "--me", "-o", "%i|%T|%r|%P|%M|%j"})) {
    if (f.size() < 6 || out["jobs"].asList().size() >= mostShown) continue;
    out["jobs"].push(Value::Map{{"id", f[0]}, {"state", f[1]}, {"reason", f[2]}, {"partition", f[3]}, {"time", f[4]}, {"attempt", f[5]}});
  }
  return out;
}

}  // namespace patchbay
