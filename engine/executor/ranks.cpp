// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/ranks.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "engine/executor/verdict.h"
#include "engine/executor/worker_process.h"

namespace patchbay {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int mostRanks = 64;
constexpr std::chrono::milliseconds shortest{2}, longest{50};
// A collective operation notices the end of another process at once; what is longer is stuck.
constexpr std::chrono::seconds giveUpAfter{20}, leaveAfter{5};

fs::path folderOf(const JobSpec& job) { return job.attemptFolder / "ranks"; }
fs::path endMark(const fs::path& ranks) { return ranks / "over"; }

int numberIn(const char* name) { return std::getenv(name) ? std::atoi(std::getenv(name)) : -1; }
/// The batch script's own step has no tasks that a program could be one of.
bool inStep() { return numberIn("SLURM_STEP_ID") >= 0 && std::getenv("SLURM_PROCID"); }
void say(const char* name, const std::string& value) { ::setenv(name, value.c_str(), 1); }

/// The address by which this node is seen by the one that started the step; "" when it cannot be told. A node's own name is no help:
/// often it stands for an address of the loopback.
std::string addressInStep() {
  const char* const first = std::getenv("SLURM_LAUNCH_NODE_IPADDR");
  sockaddr_storage mine{};
  socklen_t size = 0;
  auto& v4 = reinterpret_cast<sockaddr_in&>(mine);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(mine);
  if (first && ::inet_pton(AF_INET, first, &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(9);
    size = sizeof v4;
  } else if (first && ::inet_pton(AF_INET6, first, &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(9);
    size = sizeof v6;
  } else {
    return {};
  }
  // Nothing is sent: the kernel says which of its addresses it would send from.
  const UniqueFd fd{::socket(mine.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  const auto* const there = reinterpret_cast<const sockaddr*>(&mine);
  char text[INET6_ADDRSTRLEN] = {};
  if (!fd || ::connect(fd.get(), there, size) != 0 || ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&mine), &size) != 0) return {};
  const void* const bytes = mine.ss_family == AF_INET ? static_cast<const void*>(&v4.sin_addr) : &v6.sin6_addr;
  return ::inet_ntop(mine.ss_family, bytes, text, sizeof text) ? text : std::string{};
}

Result<Value> answerTo(JobLink& link, const Value& question) {
  const auto& what = question["ask"].asText();
  if (what == "locate") {
    PB_TRY(const auto digest, Digest::parse(question["digest"].asText()));
    PB_TRY(const auto file, link.locate(digest));
    return file.toValue();
  }
  PB_TRY(const auto function, Digest::parse(question["function"].asText()));
  PB_TRY(const auto packs, link.itemPacks(function));
  Value list{Value::List{}};
  for (const auto& pack : packs) list.push(pack.hex());
  return Value{Value::Map{{"packs", std::move(list)}}};
}

}  // namespace

int ranksOf(const JobSpec& job) { return static_cast<int>(std::clamp<std::int64_t>(job.params["ranks"].asInt(1), 1, mostRanks)); }

std::optional<int> givenRank(const JobSpec& job) {
  const int size = ranksOf(job);
  if (size == 1) return std::nullopt;
  if (inStep() && numberIn("SLURM_NTASKS") == size) {
    // The number of the job is in the name: a second one for the same attempt must not sit down among these.
    say("PATCHBAY_RANK", std::getenv("SLURM_PROCID"));
    say("PATCHBAY_WORLD", std::to_string(size));
    say("PATCHBAY_STORE", "file:" + (folderOf(job) / ("store-" + std::string{std::getenv("SLURM_JOB_ID")})).string());
    if (const auto address = addressInStep(); !address.empty()) say("PATCHBAY_HOST", address);
  }
  const int rank = numberIn("PATCHBAY_RANK");
  if (numberIn("PATCHBAY_WORLD") != size || rank < 0 || rank >= size) return std::nullopt;
  std::error_code ec;
  fs::create_directories(folderOf(job), ec);
  return rank;
}

void spreadOverTasks(const JobSpec& job) {
  const int size = ranksOf(job);
  if (size == 1 || inStep() || !std::getenv("SLURM_JOB_ID") || numberIn("SLURM_NTASKS") != size) return;
  const auto line = readFile("/proc/self/cmdline", 100'000);
  if (!line) return;
  std::vector<std::string> words{"srun", "--mpi=none", "--kill-on-bad-exit=1", "--wait=0", "--ntasks=" + std::to_string(size)};
  if (const char* const cores = std::getenv("SLURM_CPUS_PER_TASK")) words.push_back("--cpus-per-task=" + std::string{cores});
  words.push_back(workerStarter().string());
  // What this program was told: its name may stand behind a loader and what that was told.
  std::vector<std::string> told;
  for (std::size_t at = 0; at < line->size(); at = line->find('\0', at) + 1) told.emplace_back(line->c_str() + at);
  const auto name = std::find_if(told.begin(), told.end(), [](const auto& word) { return word.ends_with("patchbay-worker"); });
  if (name == told.end()) return;
  words.insert(words.end(), name + 1, told.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
}

JobSpec jobOfRank(const JobSpec& job, int rank) {
  auto out = job;
  out.threads = std::max(1, job.threads / ranksOf(job));
  if (rank == 0) return out;
  out.attemptFolder = folderOf(job) / std::to_string(rank);
  out.outputs.clear();
  out.checkpointFolder.clear();
  return out;
}

void RankGroup::prepare() {
  std::error_code ec;
  fs::create_directories(folderOf(job_), ec);
  oomKillsBefore_ = oomKills();
  for (int rank = 1; rank < ranksOf(job_); ++rank) {
    const AttemptFiles files{folderOf(job_) / std::to_string(rank)};
    followers_.push_back({.rank = rank, .files = files, .tail = EventTail{files.events()}});
  }
}

Result<> RankGroup::startOthers(const std::function<int(int)>& follower) {
  prepare();
  say("PATCHBAY_WORLD", std::to_string(ranksOf(job_)));
  say("PATCHBAY_STORE", "file:" + (folderOf(job_) / ("store-" + job_.claim)).string());
  say("PATCHBAY_HOST", "127.0.0.1");
  const auto self = ::getpid();
  for (auto& one : followers_) {
    say("PATCHBAY_RANK", std::to_string(one.rank));
    one.pid = ::fork();
    if (one.pid < 0) return fail(systemError(errno, "start", "a worker"));
    if (one.pid != 0) continue;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The first process may have ended before the line above.
    ::_exit(::getppid() == self ? follower(one.rank) : workerFailed);
  }
  say("PATCHBAY_RANK", "0");
  return {};
}

void RankGroup::attend(JobLink& link, std::function<void(Error)> givesUp) {
  if (followers_.empty()) prepare();
  thread_ = std::thread{[this, &link, gives = std::move(givesUp)] { loop(link, gives); }};
}

/// True when there was something to do.
bool RankGroup::answer(Follower& follower, JobLink& link) const {
  bool any = false;
  for (const auto& event : follower.tail.read()) {
    if (event["event"].asText() == "artifact" && event["kind"].asText() == "item_pack") {
      const auto function = Digest::parse(event["function"].asText()), pack = Digest::parse(event["pack"].asText());
      if (function && pack) (void)link.addItemPack(*function, *pack, event["items"].asInt());
    }
    if (event["event"].asText() != "ask") continue;
    any = true;
    const auto done = answerTo(link, event);
    const auto reply = done ? *done : Value{Value::Map{{"error", toValue(done.error())}}};
    (void)writeFileAtomically(follower.files.answers() / (std::to_string(event["id"].asInt()) + ".json"), toJson(reply));
  }
  return any;
}

void RankGroup::reap(Follower& follower) {
  int status = 0;
  rusage usage{};
  if (follower.pid <= 0 || ::wait4(follower.pid, &status, WNOHANG, &usage) != follower.pid) return;
  follower.pid = -1;
  WorkerExit exit{.peakMemoryBytes = std::int64_t{usage.ru_maxrss} * 1024};
  if (WIFSIGNALED(status)) exit.signal = WTERMSIG(status);
  else exit.code = WEXITSTATUS(status);
  if (exit.signal == 0 && exit.code == workerDone) return;
  const auto kills = oomKills();
  follower.death = judge({.step = job_.name + " (process " + std::to_string(follower.rank + 1) + ")",
                          .block = job_.type,
                          .exit = exit,
                          .peakMemoryBytes = exit.peakMemoryBytes,
                          .memoryBytes = usableMemory(),
                          .oomKill = oomKillsBefore_ >= 0 && kills > oomKillsBefore_});
}

void RankGroup::loop(JobLink& link, const std::function<void(Error)>& givesUp) {
  auto pause = shortest;
  std::optional<Clock::time_point> died;
  while (!ending_) {
    bool any = false;
    for (auto& one : followers_) {
      any = answer(one, link) || any;
      const std::lock_guard lock{mutex_};
      reap(one);
      if (one.death && !died) died = Clock::now();
    }
    if (died && Clock::now() - *died > giveUpAfter) return givesUp(explained({ErrorKind::Crashed, "ranks.lost", {}, {}, {}}));
    pause = any ? shortest : std::min(pause * 2, longest);
    std::this_thread::sleep_for(pause);
  }
}

Error RankGroup::explained(Error error) {
  if (!error.code.starts_with("ranks.")) return error;
  // Whoever failed writes down why after the others have noticed.
  const auto until = Clock::now() + std::chrono::seconds{5};
  do {
    for (auto& one : followers_) {
      const std::lock_guard lock{mutex_};
      reap(one);
      if (one.death) return *one.death;
      const auto left = readResult(one.files.folder, job_.claim);
      if (!left || !*left || !(*left)->error || (*left)->error->code.starts_with("ranks.")) continue;
      auto why = *(*left)->error;
      why.where = job_.name;
      return why;
    }
    std::this_thread::sleep_for(longest);
  } while (Clock::now() < until);
  return error;
}

RankGroup::~RankGroup() {
  ending_ = true;
  if (thread_.joinable()) thread_.join();
  if (followers_.empty()) return;
  (void)writeFileAtomically(endMark(folderOf(job_)), "");
  // They have ended by themselves, or wait for somebody who will not come any more.
  const auto until = Clock::now() + std::chrono::seconds{2};
  const auto going = [](const Follower& f) { return f.pid > 0; };
  while (std::any_of(followers_.begin(), followers_.end(), going)) {
    const bool late = Clock::now() > until;
    for (auto& one : followers_) {
      if (late && one.pid > 0) ::kill(one.pid, SIGKILL);
      reap(one);
    }
    std::this_thread::sleep_for(shortest);
  }
}

void leaveWithTheFirst(const JobSpec& job) {
  std::thread{[mark = endMark(job.attemptFolder.parent_path())] {
    std::optional<Clock::time_point> over;
    for (;;) {
      std::error_code ec;
      if (!over && fs::exists(mark, ec)) over = Clock::now();
      if (over && Clock::now() - *over > leaveAfter) ::_exit(workerFailed);
      std::this_thread::sleep_for(std::chrono::milliseconds{500});
    }
  }}.detach();
}

}  // namespace patchbay
