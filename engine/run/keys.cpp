// SPDX-License-Identifier: Apache-2.0
#include "engine/run/keys.h"

#include <algorithm>
#include <thread>
#include <unordered_map>

#include "engine/base/file.h"
#include "engine/base/processor.h"
#include "engine/run/job.h"

namespace patchbay {
namespace fs = std::filesystem;

Machine thisMachine() {
  Machine m;
  m.cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
#if defined(__x86_64__)
  m.isa = __builtin_cpu_supports("avx512f") ? "avx512" : __builtin_cpu_supports("avx2") ? "avx2" : "base";
#else
  m.isa = "base";
#endif
  if (bfloat16InHardware()) m.isa += "+bf16";  // Embed computes in it there, and in float elsewhere.
  return m;
}

std::string placeOf(const Plan& plan, const Step& step) {
  const auto& needs = step.info.needs;
  const bool heavy = needs.cores <= 0 || needs.gpu != GpuNeed::None || needs.memoryMb >= 2000;
  const bool bound = step.info.effects != Effects::None || step.info.determinism == Determinism::External;
  return heavy && !bound ? plan.on : std::string{};
}

const Machine& machineFor(const Plan& plan, const Step& step, const Machine& machine) {
  const auto found = machine.places.find(placeOf(plan, step));
  return found == machine.places.end() ? machine : found->second;
}

int threadsFor(const Plan& plan, const Step& step, const Machine& machine) {
  const int all = plan.threads > 0 ? plan.threads : machineFor(plan, step, machine).cores;
  return step.info.needs.cores <= 0 ? all : std::min(step.info.needs.cores, all);
}

std::string deviceFor(const Plan& plan, const Step& step, const Machine& machine) {
  if (step.info.needs.gpu == GpuNeed::None || plan.device == "cpu") return "cpu";
  if (plan.device.starts_with("cuda")) return plan.device == "cuda" ? "cuda:0" : plan.device;
  return machineFor(plan, step, machine).gpus > 0 ? "cuda:0" : "cpu";
}

StepKey makeKey(const Plan& plan, const Step& step, const Schema* schema, const std::map<std::string, std::vector<Digest>>& inputs,
                const Machine& machine, const fs::path& baseFolder, const fs::path& project) {
  StepKey out;
  if (step.info.floating) {
    const auto device = deviceFor(plan, step, machine);
    out.numerics["device"] = device.substr(0, device.find(':'));
    out.numerics["threads"] = threadsFor(plan, step, machine);
    out.numerics["isa"] = machineFor(plan, step, machine).isa;
    if (!machine.versions.isNull()) out.numerics["versions"] = machine.versions;
  }
  Value files;
  if (step.info.effects == Effects::ReadsFiles && schema) {
    files = Value::Map{};
    for (const auto& param : schema->params) {
      if (param.kind != ParamKind::File && param.kind != ParamKind::Folder) continue;
      const auto given = pathFromValue(step.params[param.key]);
      if (given.empty()) continue;
      WatchedPath watched{param.key, given.is_absolute() ? given : baseFolder / given, {}};
      watched.listing = listFiles(watched.path, project);
      auto& entry = files[param.key];
      entry["digest"] = watched.listing.digest.hex();
      entry["files"] = watched.listing.files;
      entry["bytes"] = watched.listing.bytes;
      out.watched.push_back(std::move(watched));
    }
  }
  out.parts = actionKeyParts(step, inputs, out.numerics, files);
  out.key = actionKey(out.parts);
  return out;
}

bool alwaysRuns(const Step& step) {
  // What a block that reads files depends on is in its listing, and what one wrote outside can be looked at, whatever the block
  // says of itself.
  return step.info.determinism == Determinism::External && step.info.effects != Effects::ReadsFiles &&
         step.info.effects != Effects::WritesOutside;
}

FoundNow foundFilesNow(Project& project, const Value& effects, const fs::path& baseFolder) {
  const auto& listing = effects["found"]["listing"];
  if (listing.isNull()) return {};
  const auto digest = Digest::parse(listing.asText());
  const auto before = digest ? project.objects().open(*digest) : fail(digest.error());
  if (!before) return {false, {}};
  const auto now = FoundFiles::again(before->text(), baseFolder);
  if (now == before->text()) return {};
  return {false, compareListings(before->text(), now)};
}

Result<std::optional<ActionRecord>> standingResult(Project& project, const Digest& key, const fs::path& baseFolder) {
  PB_TRY(auto found, project.usableAction(key));
  if (!found) return found;
  if (!foundFilesNow(project, found->effects, baseFolder).same) return std::nullopt;
  const auto& attempt = found->effects["attempt"].asText();
  if (attempt.empty()) return found;
  for (const auto& path : found->effects["exports"].asList()) {
    const auto given = pathFromValue(path);
    const auto folder = given.is_absolute() ? given : project.folder() / given;
    const auto mark = readFile(folder / exportMark);
    if (!mark || *mark != attempt + "\n") return std::nullopt;
  }
  return found;
}

Result<std::vector<Text>> whyItRuns(Project& project, const Plan& plan, const Step& step, const Schema* schema, const StepKey& key,
                                    const fs::path& baseFolder, const ParamWords& words) {
  PB_TRY(const auto before, project.lastParts(plan.pipelineId, step.id));
  if (!before) return std::vector<Text>{TR("reason", "It has not run in this project yet.")};
  if (alwaysRuns(step)) return std::vector<Text>{TR("reason", "It depends on something outside Patchbay, so it always runs.")};
  if (*before == key.parts) {
    PB_TRY(const auto action, project.action(key.key));
    if (action)
      if (auto found = foundFilesNow(project, action->effects, baseFolder); !found.changes.empty()) return std::move(found.changes);
    return std::vector<Text>{step.info.effects == Effects::WritesOutside
                                 ? TR("reason", "What it exported is no longer there, or was exported anew by another run.")
                                 : TR("reason", "Its stored result is no longer complete.")};
  }
  // The files are named from the listings; the rest from the parts.
  Value old = *before, now = key.parts;
  std::vector<Text> files;
  for (const auto& watched : key.watched) {
    const auto was = Digest::parse(old["files"][watched.param]["digest"].asText());
    if (!was || *was == watched.listing.digest) continue;
    PB_TRY(const auto listing, project.listing(*was));
    auto changes = listing && !watched.listing.text.empty() ? compareListings(*listing, watched.listing.text) : std::vector<Text>{};
    if (changes.empty()) continue;
    files.insert(files.end(), changes.begin(), changes.end());
    if (auto* m = old.find("files")) m->map().erase(watched.param);
    if (auto* m = now.find("files")) m->map().erase(watched.param);
  }
  std::vector<Text> out;
  static const Schema none;
  if (old != now) out = explainChange(schema ? *schema : none, old, now, {}, words);
  out.insert(out.end(), files.begin(), files.end());
  if (out.empty()) out.push_back(TR("reason", "Something its result depends on changed."));
  return out;
}

std::string_view toString(Forecast::State state) {
  switch (state) {
    case Forecast::State::Cached:
      return "cached";
    case Forecast::State::Runs:
      return "runs";
    case Forecast::State::Unknown:
      break;
  }
  return "unknown";
}

Result<std::vector<Forecast>> forecast(Project& project, const Plan& plan, const SchemaLookup& schemas, const Machine& machine,
                                       const fs::path& baseFolder, const ParamWords& words) {
  std::vector<Forecast> out;
  std::unordered_map<std::string, std::map<std::string, Digest>> known;  // Outputs of steps that are cached.
  for (const auto& step : plan.steps) {
    Forecast f;
    std::map<std::string, std::vector<Digest>> inputs;
    const Step* blocker = nullptr;
    for (const auto& input : step.inputs) {
      const auto found = known.find(input.from.text);
      if (found == known.end()) blocker = plan.find(input.from);
      else if (const auto port = found->second.find(input.fromPort); port != found->second.end())
        inputs[input.port].push_back(port->second);
    }
    if (blocker) {
      PB_TRY(const auto before, project.lastParts(plan.pipelineId, step.id));
      f.state = before ? Forecast::State::Unknown : Forecast::State::Runs;
      f.reasons.push_back(before ? TR("reason", "It runs if {block} gives another result.").with("block", std::string_view{blocker->name})
                                 : TR("reason", "It has not run in this project yet."));
      out.push_back(std::move(f));
      continue;
    }
    const auto* schema = schemas(step.type);
    const auto key = makeKey(plan, step, schema, inputs, machine, baseFolder, project.folder());
    std::optional<ActionRecord> action;
    if (!alwaysRuns(step)) {
      PB_TRY(action, standingResult(project, key.key, baseFolder));
    }
    if (action) {
      f.state = Forecast::State::Cached;
      known[step.id.text] = action->outputs;
    } else {
      f.state = Forecast::State::Runs;
      PB_TRY(f.reasons, whyItRuns(project, plan, step, schema, key, baseFolder, words));
    }
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace patchbay
