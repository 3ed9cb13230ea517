// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/remote/box.h"

namespace patchbay {
namespace {

std::string lastLine(std::string_view said) {
  while (!said.empty() && (said.back() == '\n' || said.back() == '\r')) said.remove_suffix(1);
  const auto at = said.rfind('\n');
  return displayText(at == std::string_view::npos ? said : said.substr(at + 1));
}

}  // namespace

Error sshError(const MachineEntry& machine, std::string_view said, int exitCode) {
  const auto says = [&](std::string_view words) { return said.find(words) != std::string_view::npos; };
  const auto error = [&](ErrorKind kind, std::string code, Text cause, Text hint) {
    return Error{kind, std::move(code), std::move(cause).with("host", machine.host), std::move(hint).with("host", machine.host),
                 machine.name};
  };
  if (says("Could not resolve hostname"))
    return error(ErrorKind::Unreachable, "ssh.host", TR("remote", "ssh does not know the host {host}."),
                 TR("remote", "Check the name; `Host {host}` in ~/.ssh/config says where it is. The network may be gone as well."));
  if (says("IDENTIFICATION HAS CHANGED"))
    return error(ErrorKind::Permission, "ssh.key-changed", TR("remote", "The host key of {host} is not the one that is known."),
                 TR("remote",
                    "It was set up anew, or somebody stands between. Ask who runs it; then `ssh-keygen -R {host}` and `ssh {host}` once."));
  if (says("Host key verification failed") || says("host key is known for"))
    return error(ErrorKind::Permission, "ssh.key-unknown", TR("remote", "The host {host} was never connected to: its key is not known."),
                 TR("remote", "Run `ssh {host}` once and compare the key it shows."));
  if (says("Permission denied"))
    return error(ErrorKind::Permission, "ssh.denied", TR("remote", "{host} wants a password, or does not know your key."),
                 TR("remote", "Run `ssh-copy-id {host}` once; with a passphrase on the key also `ssh-add`."));
  if (says("Connection refused") || says("timed out") || says("No route to host") || says("Network is unreachable") ||
      says("Connection reset") || says("Connection closed") || says("Broken pipe"))
    return error(ErrorKind::Unreachable, "ssh.unreachable", TR("remote", "{host} does not answer: {said}").with("said", lastLine(said)),
                 TR("remote", "Check that it is switched on and that the network is there: `ssh {host}`."));
  if (exitCode == 255)
    return error(ErrorKind::Unreachable, "ssh.failed", TR("remote", "ssh could not connect to {host}: {said}").with("said", lastLine(said)),
                 TR("remote", "Try `ssh {host}` in a terminal; what works there works here."));
  return error(ErrorKind::Unreachable, "ssh.noise",
               TR("remote", "{host} answered what is not Patchbay's worker: {said}").with("said", lastLine(said)),
               TR("remote", "Try `ssh {host} true`: the account needs a login shell that runs commands and says nothing else."));
}

}  // namespace patchbay
