// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/value.h"

namespace patchbay {

/// A machine that pipelines may run on. No keys, no passwords, no ports: `host` is a name in the user's SSH configuration.
struct MachineEntry {
  std::string name;
  bool slurm = false;  ///< A cluster: jobs go to its queue.
  std::string host;    ///< SSH host alias; may be empty for a cluster whose login node is this machine.
  std::string folder;  ///< Absolute, on that machine; empty: ~/.patchbay-worker. For a cluster one that the nodes see as well.
  std::string partition, account, time, gres, constraint;
  int memoryMb = 0;  ///< What a job asks the cluster for; 0: the partition's default.

  bool operator==(const MachineEntry&) const = default;
};
Value toValue(const MachineEntry& machine);
/// Usage with what is wrong: names are letters, digits, ".", "_", "-"; "local" is this machine.
Result<MachineEntry> machineFromValue(const Value& value);

/// $XDG_CONFIG_HOME/patchbay/machines.json: {"machines": [...]}.
std::filesystem::path machinesFile();
Result<std::vector<MachineEntry>> readMachines();
Result<> writeMachines(const std::vector<MachineEntry>& machines);
/// NotFound with the names there are.
Result<MachineEntry> machineNamed(std::string_view name);

/// Where pipelines run unless they are told: "" here. A pipeline's own choice goes before that of its project.
struct UsualPlace {
  std::string name;
  bool ofPipeline = false, ofProject = false;  ///< Who chose it; nobody: here.
};
/// Kept in run_on.json of the project, by the id of the pipeline: {"default": name, "pipelines": {id: name}}. Not in the pipeline's
/// file, which goes to people whose machines have other names.
UsualPlace usualPlace(const std::filesystem::path& project, const std::string& pipeline = {});
/// The name alone.
std::string defaultMachine(const std::filesystem::path& project, const std::string& pipeline = {});
/// `pipeline` empty: of the whole project. `name` "": here; none: not chosen any more.
Result<> setDefaultMachine(const std::filesystem::path& project, const std::string& pipeline, const std::optional<std::string>& name);

}  // namespace patchbay
