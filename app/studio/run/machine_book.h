// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QString>
#include <QTimer>
#include <optional>
#include <vector>

#include "engine/base/value.h"

namespace patchbay::studio {

class Session;

enum class MachineState : std::uint8_t {
  NotAsked,  ///< Since the Studio was started; there may be older figures.
  Ready,
  Busy,      ///< Answers, and most of its processors are at work.
  NoWorker,  ///< Answers, and the worker is not there yet.
  Away,      ///< Does not answer.
  Wrong,     ///< Answers with what only a person can mend.
};

/// A machine of the user's list and what was heard of it last.
struct SeenMachine {
  QString name, host, folder;
  bool slurm = false;
  Value load, jobs;            ///< As machine_load and machine_jobs answered, when they did the last time.
  qint64 seen = 0;             ///< When that was, in seconds since 1970; 0: never.
  std::optional<Error> error;  ///< Why it did not answer at the last try.
  bool asked = false;          ///< There was an answer or an error since the Studio was started.
  bool asking = false;
  int failures = 0;
  qint64 due = 0, loadDue = 0;  ///< When it is asked next, and how busy it is, in milliseconds of a clock of the book's.

  MachineState state() const;
};

/// What is known of other machines: asks the engine how busy they are and what runs there while somebody looks, the chosen one more
/// often, those that are away less and less often, never more than two at once. What was heard is kept beyond the end of the Studio.
class MachineBook : public QObject {
  Q_OBJECT

 public:
  explicit MachineBook(Session& session, QObject* parent = nullptr);
  ~MachineBook() override;

  /// The entries of `patchbay machines list`; of those that were known before nothing is forgotten unless they changed.
  void setList(const Value::List& entries);
  const std::vector<SeenMachine>& machines() const { return machines_; }
  const SeenMachine* find(const QString& name) const;
  void setWatched(bool watched);
  void setChosen(const QString& name);
  /// At the next moment, whatever it answered before.
  void askNow(const QString& name);
  /// Any request of a machine, by the engine (service/README.md).
  void request(const QString& name, const std::string& what, Value::Map more, QObject* context,
               std::function<void(const Result<Value>&)> answer);
  int asking() const { return asking_; }
  /// Seconds since 1970.
  static qint64 now();

 Q_SIGNALS:
  void changed(const QString& name);

 private:
  SeenMachine* mutableFind(const QString& name);
  void tick();
  void ask(SeenMachine& machine);
  void askJobs(const QString& name);
  void over(const QString& name, const std::optional<Error>& error);
  void keep();
  void recall();

  Session& session_;
  std::vector<SeenMachine> machines_;
  QString chosen_;
  QTimer timer_;
  int asking_ = 0;
  Value kept_;  ///< Of earlier starts: {name: {"load", "jobs", "seen"}}.
  qint64 keptAt_ = 0;
};

}  // namespace patchbay::studio
