// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "engine/executor/attempt.h"
#include "engine/executor/job_link.h"

// Jobs that several processes compute together. The first one (rank 0) is the job as everybody else knows it: it claims the
// attempt, beats, tells events, writes checkpoints and the result. The others run the same block beside it, with a folder
// `ranks/<n>` of their own in the attempt's, ask the first one for what lies elsewhere, and publish nothing.
namespace patchbay {

/// How many processes compute the job: the parameter `ranks` of blocks that have one, 1 for all others.
int ranksOf(const JobSpec& job);

/// Which of the job's processes this one is, as whoever started it has said (PATCHBAY_RANK and PATCHBAY_WORLD, or the variables
/// of a step of Slurm); nothing: nobody has, and the first process starts the others itself.
std::optional<int> givenRank(const JobSpec& job);

/// In a job of Slurm that was given a task for each process: becomes `srun`, which starts this program again in each of them
/// and ends all when one ends badly. Returns where there is nothing to spread, or when srun cannot be started.
void spreadOverTasks(const JobSpec& job);

/// The job as one of its processes computes it: with its share of the threads, and from the second on without outputs and
/// checkpoints in a folder of its own.
JobSpec jobOfRank(const JobSpec& job, int rank);

/// The first process' care for the others.
class RankGroup {
 public:
  explicit RankGroup(const JobSpec& job) : job_{job} {}
  ~RankGroup();
  RankGroup(const RankGroup&) = delete;
  RankGroup& operator=(const RankGroup&) = delete;

  /// Starts the others on this machine and says in the environment of each where it sits. To be called while this process has
  /// one thread; each of them runs `follower` and ends with what it returns. They end when this process does.
  Result<> startOthers(const std::function<int(int rank)>& follower);

  /// Answers the others' questions from `link`. When one of those that were started here ends badly and the block still waits
  /// for it after some seconds, `givesUp` is called with what happened; it must end the process.
  void attend(JobLink& link, std::function<void(Error)> givesUp);

  /// What failed in truth: the error of another process, or how it ended, where `error` only says that it is gone.
  Error explained(Error error);

 private:
  struct Follower {
    int rank = 0;
    pid_t pid = 0;  ///< 0: it was not started here.
    AttemptFiles files;
    EventTail tail;
    std::optional<Error> death;
  };
  void loop(JobLink& link, const std::function<void(Error)>& givesUp);
  bool answer(Follower& follower, JobLink& link) const;
  void reap(Follower& follower);
  void prepare();

  const JobSpec& job_;
  std::vector<Follower> followers_;
  std::mutex mutex_;
  std::atomic<bool> ending_{false};
  std::int64_t oomKillsBefore_ = -1;
  std::thread thread_;
};

/// Ends this process when the first one has said that the job is over and nothing has come of that; call once.
void leaveWithTheFirst(const JobSpec& job);

}  // namespace patchbay
