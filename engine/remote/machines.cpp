// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/machines.h"

#include <algorithm>
#include <cstdlib>

#include "engine/base/file.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

bool isPlain(std::string_view text, std::string_view more) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || more.find(c) != std::string_view::npos;
  });
}

tl::unexpected<Error> wrong(std::string_view what, std::string_view value) {
  return fail(ErrorKind::Usage, "machine.invalid",
              TR("remote", "\"{value}\" cannot be the {what} of a machine.").with("value", displayText(value)).with("what", what),
              TR("remote", "Names are letters, digits, dots, dashes and underscores; a folder is absolute and without blanks."));
}

}  // namespace

Value toValue(const MachineEntry& m) {
  return Value::Map{{"name", m.name},
                    {"kind", m.slurm ? "slurm" : "ssh"},
                    {"host", m.host},
                    {"folder", m.folder},
                    {"partition", m.partition},
                    {"account", m.account},
                    {"time", m.time},
                    {"gres", m.gres},
                    {"constraint", m.constraint},
                    {"memory_mb", m.memoryMb}};
}

Result<MachineEntry> machineFromValue(const Value& v) {
  MachineEntry m;
  m.name = v["name"].asText();
  const auto& kind = v["kind"].asText();
  m.slurm = kind == "slurm";
  m.host = v["host"].asText();
  m.folder = v["folder"].asText();
  m.partition = v["partition"].asText();
  m.account = v["account"].asText();
  m.time = v["time"].asText();
  m.gres = v["gres"].asText();
  m.constraint = v["constraint"].asText();
  m.memoryMb = static_cast<int>(v["memory_mb"].asInt());
  if (m.name.empty() || m.name.size() > 60 || m.name == "local" || m.name[0] == '-' || !isPlain(m.name, "._-"))
    return wrong("name", m.name);
  if (kind != "ssh" && kind != "slurm") return wrong("kind", kind);
  // What begins with a dash would be an option of ssh.
  if ((!m.slurm && m.host.empty()) || m.host.starts_with("-") || !isPlain(m.host, "._-@:")) return wrong("host", m.host);
  const bool path = m.folder.empty() || (m.folder[0] == '/' && m.folder.find("..") == std::string::npos && isPlain(m.folder, "/._-+"));
  if (!path) return wrong("folder", m.folder);
  for (const auto& [what, value] : {std::pair{"partition", m.partition}, {"account", m.account}, {"time", m.time}, {"gres", m.gres}})
    if (!isPlain(value, "._-,:/=")) return wrong(what, value);
  if (!isPlain(m.constraint, "._-,:/=&|()[]*")) return wrong("constraint", m.constraint);
  if (m.memoryMb < 0) return wrong("memory", std::to_string(m.memoryMb));
  return m;
}

fs::path machinesFile() {
  fs::path config;
  if (const char* given = std::getenv("XDG_CONFIG_HOME"); given && *given == '/') config = given;
  else if (const char* home = std::getenv("HOME"); home && *home == '/') config = fs::path{home} / ".config";
  return config / "patchbay" / "machines.json";
}

Result<std::vector<MachineEntry>> readMachines() {
  std::vector<MachineEntry> out;
  const auto text = readFile(machinesFile(), std::size_t{1} << 20);
  if (!text && text.error().kind == ErrorKind::NotFound) return out;
  if (!text) return fail(text.error());
  PB_TRY(const auto value, parseJson(*text));
  for (const auto& one : value["machines"].asList()) {
    PB_TRY(auto machine, machineFromValue(one));
    out.push_back(std::move(machine));
  }
  return out;
}

Result<> writeMachines(const std::vector<MachineEntry>& machines) {
  Value list{Value::List{}};
  for (const auto& machine : machines) list.push(toValue(machine));
  const auto file = machinesFile();
  std::error_code ec;
  fs::create_directories(file.parent_path(), ec);
  if (ec) return fail(systemError(ec.value(), "create", displayText(file.parent_path().native())));
  return writeFileAtomically(file, toJson(Value{Value::Map{{"machines", std::move(list)}}}, JsonStyle::Pretty) + "\n");
}

Result<MachineEntry> machineNamed(std::string_view name) {
  PB_TRY(const auto machines, readMachines());
  std::string names;
  for (const auto& machine : machines) {
    if (machine.name == name) return machine;
    names += (names.empty() ? "" : ", ") + machine.name;
  }
  return fail(
      ErrorKind::NotFound, "machine.unknown", TR("remote", "There is no machine called {name}.").with("name", displayText(name)),
      names.empty()
          ? TR("remote", "Add it first: `patchbay machines add NAME SSH-HOST`.")
          : TR("remote", "There are: local, {names}. Another one is added by `patchbay machines add NAME SSH-HOST`.").with("names", names));
}

UsualPlace usualPlace(const fs::path& project, const std::string& pipeline) {
  const auto text = readFile(project / "run_on.json", std::size_t{1} << 20);
  const auto value = text ? parseJson(*text) : Result<Value>{Value{}};
  if (!value) return {};
  if (!pipeline.empty())
    if (const auto* own = (*value)["pipelines"].find(pipeline); own && own->isText()) return {own->asText(), true, false};
  const auto* whole = value->find("default");
  return whole && whole->isText() ? UsualPlace{whole->asText(), false, true} : UsualPlace{};
}

std::string defaultMachine(const fs::path& project, const std::string& pipeline) { return usualPlace(project, pipeline).name; }

Result<> setDefaultMachine(const fs::path& project, const std::string& pipeline, const std::optional<std::string>& name) {
  Value value{Value::Map{}};
  if (const auto text = readFile(project / "run_on.json", std::size_t{1} << 20))
    if (auto known = parseJson(*text); known && known->isMap()) value = std::move(*known);
  if (!pipeline.empty() && !value["pipelines"].isMap()) value["pipelines"] = Value::Map{};
  auto& choices = pipeline.empty() ? value : value["pipelines"];
  const std::string key = pipeline.empty() ? "default" : pipeline;
  if (name) choices[key] = *name;
  else if (const auto it = choices.map().find(key); it != choices.map().end()) choices.map().erase(it);
  return writeFileAtomically(project / "run_on.json", toJson(value, JsonStyle::Pretty) + "\n");
}

}  // namespace patchbay
