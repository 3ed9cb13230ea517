// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <deque>
#include <unordered_map>
#include <vector>

#include "engine/remote/far_link.h"
#include "engine/run/executor.h"

namespace patchbay {

/// A job on another machine as the engine knows it.
struct FarJob {
  explicit FarJob(JobSpec s) : spec{std::move(s)} {}
  const JobSpec spec;
  std::atomic<bool> sent = false;     ///< The other side has, or may have, heard of it.
  std::atomic<bool> watched = false;  ///< Its events come over this connection.
  std::atomic<bool> done = false;
  std::int64_t offset = 0;  ///< Bytes of its events that were taken.
  /// Pictures of its data sets in their order, read when the first one is asked for, and which of them were offered.
  std::vector<Digest> pictures;
  std::unordered_map<Digest, std::size_t> places;
  std::vector<bool> offered;
  bool looked = false;
  std::deque<JobSignal> signals;
  std::vector<Value> unanswered;   ///< Questions whose answers the other side could not store; it waits for them.
  std::atomic<bool> over = false;  ///< It has ended there, and there was no room here for what it made.
  std::chrono::steady_clock::time_point tryAgain{};
};

/// Sends the manifests a job begins with, and their parts; pictures follow when it asks for them.
Result<> sendInputs(FarLink& link, JobHost& host, const FarJob& job);
/// Events of a job: told to the host and kept in events.jsonl here; its questions are answered.
void takeLines(FarLink& link, JobHost& host, FarJob& job, const Message& lines);
/// Answers what could not be answered before, because the other side's disk was full.
void answerAgain(FarLink& link, JobHost& host, FarJob& job);
/// Says in the place of the job's progress what is waited for.
void tellWait(JobHost& host, const FarJob& job, const Text& phase);
/// Outputs with all their parts, exports and result.json, as if the job had run here.
Result<JobResult> bringBack(FarLink& link, JobHost& host, FarJob& job);
/// An error of the other machine in words that say so: its full disk is not the project's.
Error inWords(Error error, const std::string& machine);

}  // namespace patchbay
