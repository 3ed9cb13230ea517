// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "engine/executor/attempt.h"
#include "engine/remote/wire.h"
#include "engine/store/object_folder.h"

namespace patchbay {

/// Files below the root of the far side: objects, attempts, what jobs export. Ids and names are checked by whoever asks.
class FarStore {
 public:
  FarStore(std::filesystem::path root, std::string instance);
  std::filesystem::path attempts() const { return root_ / "attempts"; }
  AttemptFiles files(const AttemptId& id) const { return {attempts() / id.text}; }

  /// Makes the attempt's folder, noted as this instance's, and returns the job with the paths of this machine.
  Result<JobSpec> settle(JobSpec job);
  bool hasResult(const AttemptId& id) const;
  Result<Message> result(const AttemptId& id) const;
  /// What of the digests is here; of the others, how much of an earlier try.
  Result<Value> have(const Value& request);
  /// One piece of an object; the last one is checked and published.
  Result<> put(const Value& request, std::string_view bytes);
  /// One piece of an object, or of a file that an attempt exported.
  Result<Message> get(const Value& request);
  Result<> answer(const AttemptId& id, const Value& request);
  Result<Value> exports(const AttemptId& id) const;
  Result<Message> log(const AttemptId& id, std::int64_t offset) const;
  void remove(const AttemptId& id);
  std::vector<AttemptId> mine() const;
  /// Every attempt of every instance: {"attempt", "name", "block", "state": waiting | running | ended, "mine", "since"}.
  std::vector<Value> listAll() const;
  /// What no attempt that is here needs, with a preview: objects untouched for a day and, while no job is here, workers of other
  /// versions. {"objects", "versions", "bytes", "dry_run"}.
  Result<Value> clean(bool dryRun);

 private:
  std::filesystem::path partial(const Digest& digest) const;
  std::filesystem::path exportsOf(const AttemptId& id) const { return root_ / "exports" / id.text; }
  std::filesystem::path root_;
  std::string instance_;
  ObjectFolder objects_;
};

}  // namespace patchbay
