// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/attempt.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "engine/base/file.h"
#include "engine/base/kill_point.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

std::string bootId() {
  auto text = readFile("/proc/sys/kernel/random/boot_id", 100);
  if (!text) return {};
  while (!text->empty() && text->back() == '\n') text->pop_back();
  return *text;
}

/// State and start time from /proc/<pid>/stat; the name before them may hold spaces and brackets.
std::optional<std::pair<char, std::int64_t>> statOf(pid_t pid) {
  const auto text = readFile("/proc/" + std::to_string(pid) + "/stat", 10000);
  if (!text) return std::nullopt;
  const auto end = text->rfind(')');
  if (end == std::string::npos || end + 2 >= text->size()) return std::nullopt;
  const char state = (*text)[end + 2];
  // After the name: state is field 3, the start time field 22.
  std::size_t at = end + 2;
  for (int field = 3; field < 22; ++field) {
    at = text->find(' ', at);
    if (at == std::string::npos) return std::nullopt;
    ++at;
  }
  return std::pair{state, std::strtoll(text->c_str() + at, nullptr, 10)};
}

}  // namespace

std::optional<ProcessIdentity> ProcessIdentity::of(pid_t pid) {
  const auto stat = statOf(pid);
  if (!stat) return std::nullopt;
  return ProcessIdentity{pid, stat->second, bootId()};
}

ProcessIdentity ProcessIdentity::ofThisProcess() { return of(::getpid()).value_or(ProcessIdentity{::getpid(), 0, bootId()}); }

bool ProcessIdentity::alive() const {
  if (pid <= 0 || boot != bootId()) return false;
  const auto stat = statOf(pid);
  return stat && stat->second == start && stat->first != 'Z' && stat->first != 'X';
}

bool ProcessIdentity::signal(int number) const {
  // The descriptor pins the process, so that its number cannot pass to another between the check and the signal.
  const UniqueFd fd{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
  if (!alive()) return false;
  if (!fd) return ::kill(pid, number) == 0;
  return ::syscall(SYS_pidfd_send_signal, fd.get(), number, nullptr, 0) == 0;
}

bool ProcessIdentity::killGroup() const {
  const UniqueFd fd{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
  if (!alive()) return false;
  if (::getpgid(pid) == pid) return ::kill(-pid, SIGKILL) == 0;
  return ::kill(pid, SIGKILL) == 0;
}

Result<bool> claimAttempt(const AttemptFiles& files, const std::string& nonce) {
  const auto self = ProcessIdentity::ofThisProcess();
  const Value claim{Value::Map{{"claim", nonce},
                               {"pid", static_cast<std::int64_t>(self.pid)},
                               {"start", self.start},
                               {"boot", self.boot},
                               {"time", static_cast<std::int64_t>(std::time(nullptr))}}};
  // link() is as exclusive as O_EXCL and never shows a claim that is half written.
  const auto temporary = files.folder / ("claim-" + std::to_string(self.pid));
  {
    // Not synced: a claim says who runs now, and after a power cut nobody does.
    PB_TRY(const UniqueFd fd, openFile(temporary, O_WRONLY | O_CREAT | O_TRUNC));
    PB_CHECK(writeAll(fd.get(), toJson(claim), temporary));
  }
  const int linked = ::link(temporary.c_str(), files.claim().c_str());
  const int error = errno;
  ::unlink(temporary.c_str());
  if (linked == 0) return true;
  if (error == EEXIST) return false;
  return fail(systemError(error, "claim", displayText(files.claim().native())));
}

Result<Claim> readClaim(const AttemptFiles& files) {
  PB_TRY(const auto text, readFile(files.claim(), 10000));
  PB_TRY(const auto value, parseJson(text));
  return Claim{value["claim"].asText(),
               ProcessIdentity{static_cast<pid_t>(value["pid"].asInt()), value["start"].asInt(), value["boot"].asText()},
               value["time"].asInt()};
}

Result<> writeResult(const AttemptFiles& files, const std::string& nonce, const JobResult& result) {
  auto value = toValue(result);
  value["claim"] = nonce;
  PB_CHECK(writeFileAtomically(files.result(), toJson(value)));
  killPoint(KillPoint::ResultWritten);
  return {};
}

std::string formatHeartbeat(const Heartbeat& h) {
  return toJson(Value{Value::Map{
             {"beat", h.beat}, {"cpu", h.cpuSeconds}, {"quiet", h.quietSeconds}, {"memory", h.memoryBytes}, {"peak", h.peakMemoryBytes}}}) +
         "\n";
}

std::optional<Heartbeat> readHeartbeat(const AttemptFiles& files) {
  const auto text = readFile(files.heartbeat(), 10000);
  if (!text) return std::nullopt;
  // The file is rewritten in place: what a shorter text leaves of a longer one comes after the first line.
  const auto value = parseJson(std::string_view{*text}.substr(0, text->find('\n')));
  if (!value) return std::nullopt;
  return Heartbeat{(*value)["beat"].asInt(), (*value)["cpu"].asDouble(), (*value)["quiet"].asDouble(), (*value)["memory"].asInt(),
                   (*value)["peak"].asInt()};
}

Result<EventLog> EventLog::open(const AttemptFiles& files) {
  PB_TRY(auto fd, openFile(files.events(), O_WRONLY | O_CREAT | O_APPEND));
  return EventLog{std::move(fd)};
}

EventLog::EventLog(EventLog&& other) noexcept : fd_{std::move(other.fd_)}, start_{other.start_} {}

Value EventLog::add(Value event) {
  const std::lock_guard lock{mutex_};
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_).count();
  event["t"] = static_cast<double>(ms) / 1000;
  // A result that cannot be written fails the attempt with the right cause; a lost line need not.
  (void)writeAll(fd_.get(), toJson(event) + "\n", "events.jsonl");
  return event;
}

Result<std::string> readFrom(const fs::path& file, std::int64_t offset, std::size_t limit) {
  const auto fd = openFile(file, O_RDONLY);
  if (!fd && fd.error().kind == ErrorKind::NotFound) return std::string{};
  if (!fd) return fail(fd.error());
  std::string out;
  char buffer[64 * 1024];
  while (out.size() < limit) {
    const auto n = ::pread(fd->get(), buffer, std::min(sizeof buffer, limit - out.size()), offset + static_cast<std::int64_t>(out.size()));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(systemError(errno, "read", displayText(file.native())));
    if (n == 0) break;
    out.append(buffer, static_cast<std::size_t>(n));
  }
  return out;
}

std::vector<Value> EventTail::read() {
  std::vector<Value> events;
  for (;;) {
    const auto bytes = readFrom(file_, offset_, std::size_t{1} << 20);
    if (!bytes || bytes->empty()) return events;
    offset_ += static_cast<std::int64_t>(bytes->size());
    partial_ += *bytes;
    std::size_t at = 0;
    for (std::size_t end; (end = partial_.find('\n', at)) != std::string::npos; at = end + 1) {
      if (std::exchange(skipping_, false)) continue;
      if (auto event = parseJson(std::string_view{partial_}.substr(at, end - at))) events.push_back(std::move(*event));
    }
    partial_.erase(0, at);
    if (partial_.size() > longestLine) {
      skipping_ = true;
      partial_.clear();
    }
  }
}

}  // namespace patchbay
