// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machine_book.h"

#include <QDateTime>
#include <QStandardPaths>
#include <algorithm>
#include <chrono>

#include "app/studio/session/session.h"
#include "engine/base/file.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {

namespace fs = std::filesystem;

constexpr int tickMs = 250;
constexpr int mostAtOnce = 2;  // The engine has four threads for what takes long.
constexpr qint64 chosenMs = 3'000, othersMs = 20'000, firstBackoffMs = 5'000, longestBackoffMs = 60'000;
constexpr qint64 clusterMs = 15'000;  // Its controller has others to answer.
constexpr qint64 keepEvery = 30;      // seconds
constexpr double busyShare = 0.9;

qint64 clockMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

fs::path keptFile() {
  const auto cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
  return fs::path{widgets::toUtf8(cache)} / "patchbay" / "machines-seen.json";
}

}  // namespace

MachineState SeenMachine::state() const {
  if (error) {
    if (error->code == "remote.no-worker") return MachineState::NoWorker;
    return error->kind == ErrorKind::Unreachable || error->kind == ErrorKind::TimedOut ? MachineState::Away : MachineState::Wrong;
  }
  if (!asked) return MachineState::NotAsked;
  if (slurm) return MachineState::Ready;  // What the login node does says nothing of the others.
  const auto cores = static_cast<double>(load["cores"].asInt());
  return cores > 0 && load["load"].asDouble() >= cores * busyShare ? MachineState::Busy : MachineState::Ready;
}

MachineBook::MachineBook(Session& session, QObject* parent) : QObject{parent}, session_{session} {
  timer_.setInterval(tickMs);
  connect(&timer_, &QTimer::timeout, this, &MachineBook::tick);
  recall();
}

MachineBook::~MachineBook() = default;

qint64 MachineBook::now() { return QDateTime::currentSecsSinceEpoch(); }

const SeenMachine* MachineBook::find(const QString& name) const {
  const auto it = std::ranges::find(machines_, name, &SeenMachine::name);
  return it == machines_.end() ? nullptr : &*it;
}

SeenMachine* MachineBook::mutableFind(const QString& name) { return const_cast<SeenMachine*>(std::as_const(*this).find(name)); }

void MachineBook::setList(const Value::List& entries) {
  std::vector<SeenMachine> now;
  for (const auto& entry : entries) {
    SeenMachine one;
    one.name = widgets::fromUtf8(entry["name"].asText());
    one.host = widgets::fromUtf8(entry["host"].asText());
    one.folder = widgets::fromUtf8(entry["folder"].asText());
    one.slurm = entry["kind"].asText() == "slurm";
    const auto* before = find(one.name);
    if (before && before->host == one.host && before->folder == one.folder && before->slurm == one.slurm) {
      one = *before;
    } else if (const auto* known = kept_.isMap() ? kept_.find(entry["name"].asText()) : nullptr; known && !before) {
      one.load = (*known)["load"];
      one.jobs = (*known)["jobs"];
      one.seen = (*known)["seen"].asInt();
    }
    now.push_back(std::move(one));
  }
  machines_ = std::move(now);
  Q_EMIT changed({});
}

void MachineBook::setWatched(bool watched) {
  if (watched == timer_.isActive()) return;
  if (!watched) {
    timer_.stop();
    return keep();
  }
  timer_.start();
  tick();
}

void MachineBook::setChosen(const QString& name) {
  if (chosen_ == name) return;
  chosen_ = name;
  // One that is away is not asked more often for being looked at.
  if (auto* machine = mutableFind(name); machine && !machine->error) machine->due = 0;
}

void MachineBook::askNow(const QString& name) {
  if (auto* machine = mutableFind(name)) machine->due = 0;
  if (timer_.isActive()) tick();
}

void MachineBook::tick() {
  std::vector<SeenMachine*> due;
  for (auto& machine : machines_)
    if (!machine.asking && machine.due <= clockMs()) due.push_back(&machine);
  // Who waits longest; the chosen one first.
  std::ranges::stable_sort(due, [this](const auto* a, const auto* b) {
    return std::pair{a->name != chosen_, a->due} < std::pair{b->name != chosen_, b->due};
  });
  for (auto* machine : due) {
    if (asking_ >= mostAtOnce) return;
    ask(*machine);
  }
}

void MachineBook::request(const QString& name, const std::string& what, Value::Map more, QObject* context,
                          std::function<void(const Result<Value>&)> answer) {
  Value asked{std::move(more)};
  asked["do"] = what;
  asked["name"] = widgets::toUtf8(name);
  session_.ask("data", std::move(asked), context, std::move(answer));
}

void MachineBook::ask(SeenMachine& machine) {
  machine.asking = true;
  ++asking_;
  const auto name = machine.name;
  if (machine.slurm && !machine.error && machine.loadDue > clockMs()) return askJobs(name);
  machine.loadDue = clockMs() + clusterMs;
  Q_EMIT changed(name);
  request(name, "machine_load", {}, this, [this, name](const Result<Value>& answer) {
    if (!answer) return over(name, answer.error());
    if (auto* one = mutableFind(name)) one->load = *answer;
    askJobs(name);
  });
}

void MachineBook::askJobs(const QString& name) {
  request(name, "machine_jobs", {}, this, [this, name](const Result<Value>& answer) {
    if (!answer) return over(name, answer.error());
    if (auto* one = mutableFind(name)) {
      one->jobs = (*answer)["jobs"];
      one->seen = now();
    }
    over(name, std::nullopt);
  });
}

void MachineBook::over(const QString& name, const std::optional<Error>& error) {
  --asking_;
  // It may have been taken off the list meanwhile.
  if (auto* one = mutableFind(name)) {
    one->asking = false;
    one->asked = true;
    one->error = error;
    one->failures = error ? one->failures + 1 : 0;
    const auto backoff = std::min(longestBackoffMs, firstBackoffMs << std::min(one->failures, 5));
    one->due = clockMs() + (error ? backoff : name == chosen_ ? chosenMs : othersMs);
  }
  Q_EMIT changed(name);
  if (now() - keptAt_ > keepEvery) keep();
  if (timer_.isActive()) tick();
}

/// For the next start, which may find the machine away.
void MachineBook::keep() {
  keptAt_ = now();
  Value all{Value::Map{}};
  for (const auto& machine : machines_)
    if (machine.seen > 0)
      all[widgets::toUtf8(machine.name)] = Value::Map{{"load", machine.load}, {"jobs", machine.jobs}, {"seen", machine.seen}};
  if (all.asMap().empty() || all == kept_) return;
  kept_ = all;
  session_.inThread(
      [all = std::move(all), file = keptFile()]() -> Result<std::any> {
        std::error_code ec;
        fs::create_directories(file.parent_path(), ec);
        PB_CHECK(writeFileAtomically(file, toJson(all) + "\n"));
        return std::any{};
      },
      this, [](const Result<std::any>&) {});
}

void MachineBook::recall() {
  session_.inThread(
      [file = keptFile()]() -> Result<std::any> {
        PB_TRY(const auto text, readFile(file, std::size_t{4} << 20));
        PB_TRY(auto value, parseJson(text));
        return std::any{std::move(value)};
      },
      this,
      [this](const Result<std::any>& read) {
        if (!read) return;
        kept_ = std::any_cast<Value>(*read);
        for (auto& machine : machines_)
          if (const auto* known = kept_.isMap() && machine.seen == 0 ? kept_.find(widgets::toUtf8(machine.name)) : nullptr) {
            machine.load = (*known)["load"];
            machine.jobs = (*known)["jobs"];
            machine.seen = (*known)["seen"].asInt();
          }
        Q_EMIT changed({});
      });
}

}  // namespace patchbay::studio
