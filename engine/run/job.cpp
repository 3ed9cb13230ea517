// SPDX-License-Identifier: Apache-2.0
#include "engine/run/job.h"

#include "engine/base/file.h"

namespace patchbay {
namespace {

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorKind::Corrupt, "job.damaged", TR("run", "A job or its result cannot be read ({what}).").with("what", what),
              TR("run", "Run the pipeline again; what is missing is done anew."));
}

Value toValue(const Digest& digest) { return digest.hex(); }

}  // namespace

Value toValue(const JobSpec& job) {
  Value inputs{Value::Map{}};
  for (const auto& [port, manifests] : job.inputs) {
    Value list{Value::List{}};
    for (const auto& digest : manifests) list.push(toValue(digest));
    inputs[port] = std::move(list);
  }
  Value outputs{Value::List{}};
  for (const auto& port : job.outputs) outputs.push(port);
  return Value{Value::Map{
      {"attempt", job.attempt.text},
      {"key", toValue(job.key)},
      {"type", job.type},
      {"name", job.name},
      {"params", job.params},
      {"inputs", std::move(inputs)},
      {"outputs", std::move(outputs)},
      {"seed", static_cast<std::int64_t>(job.seed)},
      {"threads", job.threads},
      {"device", job.device},
      {"numerics", job.numerics},
      {"cache_epoch", job.cacheEpoch},
      {"pipeline", job.pipeline},
      {"attempt_folder", pathToValue(job.attemptFolder)},
      {"object_folder", pathToValue(job.objectFolder)},
      {"checkpoint_folder", pathToValue(job.checkpointFolder)},
      {"base_folder", pathToValue(job.baseFolder)},
      {"exports_folder", pathToValue(job.exportsFolder)},
      {"on", job.on},
      {"queue", job.queue},
      {"claim", job.claim},
  }};
}

Result<JobSpec> jobFromValue(const Value& value) {
  JobSpec job;
  job.attempt.text = value["attempt"].asText();
  if (!isUlid(job.attempt.text)) return damaged("the attempt's id");
  PB_TRY(job.key, Digest::parse(value["key"].asText()));
  job.type = value["type"].asText();
  job.name = value["name"].asText();
  job.params = value["params"];
  for (const auto& [port, manifests] : value["inputs"].asMap()) {
    auto& list = job.inputs[port];
    for (const auto& hex : manifests.asList()) {
      PB_TRY(const auto digest, Digest::parse(hex.asText()));
      list.push_back(digest);
    }
  }
  for (const auto& port : value["outputs"].asList()) job.outputs.push_back(port.asText());
  job.seed = static_cast<std::uint64_t>(value["seed"].asInt());
  job.threads = static_cast<int>(value["threads"].asInt(1));
  job.device = value["device"].asText();
  job.numerics = value["numerics"];
  job.queue = value["queue"];
  job.cacheEpoch = static_cast<int>(value["cache_epoch"].asInt(1));
  job.pipeline = value["pipeline"];
  job.attemptFolder = pathFromValue(value["attempt_folder"]);
  job.objectFolder = pathFromValue(value["object_folder"]);
  job.checkpointFolder = pathFromValue(value["checkpoint_folder"]);
  job.baseFolder = pathFromValue(value["base_folder"]);
  job.exportsFolder = pathFromValue(value["exports_folder"]);
  job.on = value["on"].asText();
  job.claim = value["claim"].asText();
  if (job.type.empty() || job.claim.empty() || job.attemptFolder.empty() || job.objectFolder.empty()) return damaged("a member is missing");
  return job;
}

Value toValue(const JobResult& result) {
  Value outputs{Value::Map{}};
  for (const auto& [port, digest] : result.outputs) outputs[port] = toValue(digest);
  Value out{Value::Map{{"outputs", std::move(outputs)},
                       {"seconds", result.seconds},
                       {"items_computed", result.itemsComputed},
                       {"items_cached", result.itemsCached},
                       {"peak_memory", result.peakMemoryBytes},
                       {"effects", result.effects}}};
  if (result.error) out["error"] = toValue(*result.error);
  return out;
}

Result<JobResult> jobResultFromValue(const Value& value) {
  JobResult result;
  if (!value.isMap() || !value["outputs"].isMap()) return damaged("result.json");
  for (const auto& [port, hex] : value["outputs"].asMap()) {
    PB_TRY(const auto digest, Digest::parse(hex.asText()));
    result.outputs.emplace(port, digest);
  }
  if (const auto* error = value.find("error")) result.error = errorFromValue(*error);
  result.seconds = value["seconds"].asDouble();
  result.itemsComputed = value["items_computed"].asInt();
  result.itemsCached = value["items_cached"].asInt();
  result.peakMemoryBytes = value["peak_memory"].asInt();
  result.effects = value["effects"];
  return result;
}

Result<std::optional<JobResult>> readResult(const std::filesystem::path& attemptFolder, const std::string& claim) {
  const auto text = readFile(attemptFolder / resultFile, std::size_t{64} << 20);
  if (!text && text.error().kind == ErrorKind::NotFound) return std::nullopt;
  if (!text) return fail(text.error());
  PB_TRY(auto value, parseJson(*text));
  if (!claim.empty() && value["claim"].asText() != claim)
    return fail(ErrorKind::Corrupt, "result.claim", TR("error", "The result was left by another worker than the one that has the job."),
                TR("error", "Run again."));
  if (value.isMap()) value.map().erase("claim");
  PB_TRY(auto result, jobResultFromValue(value));
  return result;
}

}  // namespace patchbay
