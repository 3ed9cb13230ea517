// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace patchbay {

/// Places where a crash would be worst. Tests end the process there, by `PATCHBAY_KILL_POINT=<name>`, and look at what
/// is left; every name below is tried.
enum class KillPoint : std::uint8_t {
  ProjectFolderMade,
  MigrateBackedUp,
  MigrateBeforeCommit,
  MigrateCommitted,
  RunRecorded,
  SubmitQueued,
  SubmitIntent,
  SubmitSent,
  SubmitRecorded,
  JobRunning,
  PublishReceived,
  PublishVerified,
  PublishBeforeCommit,
  PublishCommitted,
  RunBeforeFinish,
  RunFinished,
  ObjectWritten,
  ObjectRenamed,
  ResultWritten,
  GcRowsRemoved,
  GcObjectRemoved,
};

inline constexpr std::array killPoints{
    std::pair{KillPoint::ProjectFolderMade, std::string_view{"project-folder-made"}},
    std::pair{KillPoint::MigrateBackedUp, std::string_view{"migrate-backed-up"}},
    std::pair{KillPoint::MigrateBeforeCommit, std::string_view{"migrate-before-commit"}},
    std::pair{KillPoint::MigrateCommitted, std::string_view{"migrate-committed"}},
    std::pair{KillPoint::RunRecorded, std::string_view{"run-recorded"}},
    std::pair{KillPoint::SubmitQueued, std::string_view{"submit-queued"}},
    std::pair{KillPoint::SubmitIntent, std::string_view{"submit-intent"}},
    std::pair{KillPoint::SubmitSent, std::string_view{"submit-sent"}},
    std::pair{KillPoint::SubmitRecorded, std::string_view{"submit-recorded"}},
    std::pair{KillPoint::JobRunning, std::string_view{"job-running"}},
    std::pair{KillPoint::PublishReceived, std::string_view{"publish-received"}},
    std::pair{KillPoint::PublishVerified, std::string_view{"publish-verified"}},
    std::pair{KillPoint::PublishBeforeCommit, std::string_view{"publish-before-commit"}},
    std::pair{KillPoint::PublishCommitted, std::string_view{"publish-committed"}},
    std::pair{KillPoint::RunBeforeFinish, std::string_view{"run-before-finish"}},
    std::pair{KillPoint::RunFinished, std::string_view{"run-finished"}},
    std::pair{KillPoint::ObjectWritten, std::string_view{"object-written"}},
    std::pair{KillPoint::ObjectRenamed, std::string_view{"object-renamed"}},
    std::pair{KillPoint::ResultWritten, std::string_view{"result-written"}},
    std::pair{KillPoint::GcRowsRemoved, std::string_view{"gc-rows-removed"}},
    std::pair{KillPoint::GcObjectRemoved, std::string_view{"gc-object-removed"}},
};

/// Ends this process as `kill -9` does when the environment names this point; otherwise costs one comparison.
inline void killPoint(KillPoint point) {
  static const int chosen = [] {
    const char* wanted = std::getenv("PATCHBAY_KILL_POINT");
    if (wanted)
      for (const auto& [p, name] : killPoints)
        if (name == wanted) return static_cast<int>(p);
    return -1;
  }();
  if (chosen == static_cast<int>(point)) {
    ::kill(::getpid(), SIGKILL);
    for (;;) ::pause();
  }
}

}  // namespace patchbay
