// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/channel.h"

namespace patchbay {

// What an engine and the supervisor on another machine say to each other, frames of a Channel over `ssh`. The engine asks with
// {"op", "seq", ...}, the supervisor answers {"seq", ...} or {"seq", "error"}; what it tells unasked has "push".
//
// | op | request | answer |
// |---|---|---|
// | hello | instance, slurm? | bundle, pid |
// | facts | slurm? | what the machine is: see machineFacts() |
// | load | | how busy it is: see machineLoad() |
// | submit | job, slurm? | {} |
// | watch | attempt, offset | known: bool; then pushes: lines, beat, waiting, finished |
// | result | attempt | result: text of result.json |
// | signal | attempt, what | {} |
// | have | digests | here: [bool], partial: [bytes] |
// | put | digest, offset, size + bytes | {} ; the last piece publishes |
// | get | digest | file, offset | size + bytes: one piece |
// | answer | attempt, id, value | {} |
// | exports | attempt | files: [relative path] |
// | log | attempt, offset: negative ones count from the end | offset, size + bytes from there, a megabyte at most |
// | cleanup | attempt | {} |
// | sweep | keep | {} |
// | jobs | | jobs: [{"attempt", "name", "state", "here"}] |
// | clean | dry_run | bytes, objects, attempts |
// | end | forget? | {}: the supervisor leaves, jobs go on; with `forget` nobody comes back to it |
inline constexpr int remoteProtocol = 1;
/// Printed by the agent before its first frame: what a login shell says before it is noise.
inline constexpr std::string_view agentMark = "\nPATCHBAY-AGENT-1\n";
inline constexpr std::size_t pieceSize = std::size_t{1} << 20;

/// A frame with the bytes that follow it.
struct Message {
  Value head;
  std::string body;
};

/// Sends a head and, when there are any, bytes: compressed where that makes them a tenth smaller. `queue`: what cannot be sent at
/// once waits for Channel::flush(), so that two ends that both have much to say never wait for each other.
Result<> sendMessage(Channel& channel, Value head, std::string_view body = {}, bool queue = false);
/// nullopt when none came in time (milliseconds).
Result<std::optional<Message>> receiveMessage(Channel& channel, int timeoutMs);

}  // namespace patchbay
