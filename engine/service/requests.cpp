// SPDX-License-Identifier: Apache-2.0
#include "engine/service/requests.h"

namespace patchbay {

std::string_view toString(StopHow how) {
  switch (how) {
    case StopHow::Keep:
      return "keep";
    case StopHow::Cancel:
      return "cancel";
    case StopHow::Kill:
      break;
  }
  return "kill";
}

StopHow stopHowFrom(std::string_view name) { return name == "keep" ? StopHow::Keep : name == "kill" ? StopHow::Kill : StopHow::Cancel; }

Value toValue(const RunRequest& r) {
  Value v;
  v["document"] = r.document;
  v["set"] = Value::List{};
  for (const auto& one : r.set) v["set"].push(one);
  v["to"] = r.to;
  // 64 bits do not fit a JSON integer of 63: as text.
  if (r.seed) v["seed"] = std::to_string(*r.seed);
  v["device"] = r.device;
  v["threads"] = r.threads;
  v["on"] = r.on;
  if (!r.baseFolder.empty()) v["base_folder"] = pathToValue(r.baseFolder);
  return v;
}

Result<RunRequest> runRequestFromValue(const Value& v) {
  if (!v.isMap())
    return fail(ErrorKind::Usage, "request.form", TR("error", "The request is not a map."), TR("error", "Update the program that asked."));
  RunRequest r;
  r.document = v["document"];
  for (const auto& one : v["set"].asList()) r.set.push_back(one.asText());
  r.to = v["to"].asText();
  if (const auto& seed = v["seed"].asText(); !seed.empty()) r.seed = std::strtoull(seed.c_str(), nullptr, 10);
  if (v["device"].isText()) r.device = v["device"].asText();
  r.threads = static_cast<int>(v["threads"].asInt());
  r.baseFolder = pathFromValue(v["base_folder"]);
  r.on = v["on"].asText();
  return r;
}

Value toValue(const GcRequest& r) {
  Value v;
  v["dry_run"] = r.dryRun;
  v["keep_runs"] = r.keepRuns;
  if (r.budgetBytes) v["budget"] = *r.budgetBytes;
  v["grace"] = r.graceSeconds;
  return v;
}

GcRequest gcRequestFromValue(const Value& v) {
  GcRequest r;
  r.dryRun = v["dry_run"].asBool(true);
  r.keepRuns = static_cast<int>(v["keep_runs"].asInt(r.keepRuns));
  if (v["budget"].isInt()) r.budgetBytes = v["budget"].asInt();
  r.graceSeconds = v["grace"].asInt(r.graceSeconds);
  return r;
}

}  // namespace patchbay
