// SPDX-License-Identifier: Apache-2.0
#include "engine/service/local_engine.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>

#include "engine/graph/document.h"
#include "engine/graph/validate.h"
#include "engine/plan/make_plan.h"
#include "engine/run/needed_files.h"
#include "engine/service/added_pictures.h"
#include "engine/service/format_requests.h"
#include "engine/store/gc.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

Error noSuchRun(const RunId& run) {
  return {ErrorKind::NotFound, "run.unknown",
          run.empty() ? TR("error", "Nothing has been run in this project yet.") : TR("error", "There is no such run in this project."),
          TR("error", "`patchbay runs` lists all runs."), run.text};
}

/// A subscription of the runner.
class RunnerSubscription final : public Subscription {
 public:
  RunnerSubscription(Runner& runner, std::uint64_t id) : runner_{runner}, id_{id} {}
  ~RunnerSubscription() override { runner_.unsubscribe(id_); }

 private:
  Runner& runner_;
  std::uint64_t id_;
};

Value runValue(const RunRecord& run) {
  Value v;
  v["run"] = run.id.text;
  v["pipeline"] = run.pipeline;
  v["title"] = run.title;
  v["state"] = toString(run.state);
  v["started"] = run.created / 1000;
  v["pinned"] = run.pinned;
  if (run.finished) {
    v["finished"] = *run.finished / 1000;
    v["seconds"] = static_cast<double>(*run.finished - run.created) / 1000;
  }
  return v;
}

Value stepOf(const StepRecord& s) {
  auto v = stepValue(s);
  if (s.key) v["key"] = s.key->hex();
  return v;
}

}  // namespace

Result<std::unique_ptr<LocalEngine>> LocalEngine::open(const fs::path& folder, EngineParts parts, const Project::Options& options) {
  std::unique_ptr<LocalEngine> engine{new LocalEngine};
  engine->parts_ = std::move(parts);
  auto project = Project::open(folder, options);
  if (!project && project.error().code == "project.read-only") {
    auto looking = options;
    looking.access = Project::Access::ReadOnly;
    if (auto readOnly = Project::open(folder, looking)) project = std::move(readOnly);
  }
  if (!project) return fail(project.error());
  engine->project_ = std::move(*project);
  auto* self = engine.get();
  RunnerOptions runnerOptions;
  runnerOptions.machine = engine->parts_.machine;
  runnerOptions.lease = engine->parts_.lease;
  runnerOptions.schemas = [self](std::string_view type) -> const Schema* {
    const std::scoped_lock lock{self->catalogueMutex_};
    return self->catalogue_ ? self->catalogue_->find(type) : nullptr;
  };
  const auto tell = [self](const Value& event) { self->runner_->tell(event); };
  const AskLive ask = [self](std::string_view service, std::string_view method, const Value& args, std::string_view slot,
                             LiveCallback done) { self->liveLater(service, method, args, slot, std::move(done)); };
  engine->data_ = std::make_unique<DataRequests>(*engine->project_, [self](const Value& event) {
    self->runner_->tell(event);
    if (event["event"].asText() == "data") self->assist_->changed(event);
  });
  addFormatRequests(*engine->data_, *engine->project_, ask, tell);
  engine->assist_ = std::make_unique<AssistRequests>(
      *engine->data_, ask, [self] { return self->embedFunction(); }, tell);
  runnerOptions.words = [self](const Schema&, const ParamInfo& param, const Value& before, const Value& now) -> Text {
    const auto was = Digest::parse(before.asText()), is = Digest::parse(now.asText());
    if (param.key != "revision" || !was || !is) return {};
    auto* store = self->data_->store().value_or(nullptr);
    return store ? store->difference(*was, *is).value_or(Text{}) : Text{};
  };
  engine->runner_ = std::make_unique<Runner>(*engine->project_, std::move(runnerOptions));
  PB_TRY(engine->executor_, engine->parts_.executor(*engine->runner_, *engine->project_));
  PB_CHECK(engine->runner_->start(*engine->executor_));
  return engine;
}

LocalEngine::~LocalEngine() {
  if (assist_) assist_->end();
  // What the parts hold may use the runner: it goes first.
  parts_.live = nullptr;
  parts_.executor = nullptr;
  parts_.place = nullptr;
  parts_.machines = nullptr;
  if (runner_) runner_->end(leaveJobs_);
  executor_.reset();
}

Result<const Catalogue*> LocalEngine::blocks() {
  const std::scoped_lock lock{catalogueMutex_};
  if (!catalogue_) {
    PB_TRY(catalogueValue_, parts_.catalogue());
    PB_TRY(auto read, Catalogue::fromValue(catalogueValue_));
    catalogue_ = std::make_shared<const Catalogue>(std::move(read));
  }
  return catalogue_.get();
}

/// Whose item cache the features for labelling share: those of an Embed step on this machine.
Result<Value> LocalEngine::embedFunction() {
  PB_TRY(const auto* known, blocks());
  const auto* schema = known->find("patchbay.backbone.embed");
  if (!schema) return Value{};
  const auto& machine = parts_.machine;
  Value numerics{Value::Map{{"device", "cpu"}, {"threads", machine.cores}, {"isa", machine.isa}}};
  const auto versions = catalogueValue_.contains("numerics") ? catalogueValue_["numerics"] : catalogueValue_["versions"];
  if (!versions.isNull()) numerics["versions"] = versions;
  return Value{Value::Map{{"type", schema->info.id}, {"epoch", schema->info.cacheEpoch}, {"numerics", std::move(numerics)}}};
}

Result<Value> LocalEngine::catalogue() {
  PB_CHECK(blocks());
  return catalogueValue_;
}

Result<Value> LocalEngine::info() {
  struct stat st {};
  ::stat(project_->folder().c_str(), &st);
  Value v;
  v["project"] = pathToValue(project_->folder());
  v["version"] = parts_.version;
  v["pid"] = static_cast<std::int64_t>(::getpid());
  v["read_only"] = project_->readOnly();
  v["device"] = static_cast<std::int64_t>(st.st_dev);
  v["inode"] = static_cast<std::int64_t>(st.st_ino);
  return v;
}

fs::path LocalEngine::baseOf(const RunRequest& request) const {
  if (request.baseFolder.empty()) return project_->folder();
  return request.baseFolder.is_absolute() ? request.baseFolder : project_->folder() / request.baseFolder;
}

Result<std::optional<Value>> LocalEngine::resolved(const ParamInfo& param, const Value& value, bool looking) {
  // By this name and beginning a block of any pack takes a revision of the project's data.
  if (param.key != "revision" || param.kind != ParamKind::Text || param.def.asText() != "newest") return std::nullopt;
  if (looking) {
    PB_TRY(auto* store, data_->store());
    PB_TRY(const auto found, store->revision(value.asText()));
    if (found.number > 0) return std::nullopt;
  }
  PB_TRY(const auto manifest, data_->manifestOf(value.asText()));
  return Value{manifest.hex()};
}

Result<Planned> LocalEngine::planned(const RunRequest& request, bool looking) {
  PB_TRY(const auto* known, blocks());
  PB_TRY(auto document, Document::fromValue(request.document));
  PlanOptions options;
  options.to = request.to;
  options.sets = request.set;
  if (request.seed) options.seed = *request.seed;
  options.device = request.device;
  options.threads = request.threads;
  options.on = request.on;
  options.migrator = parts_.migrator;
  options.resolve = [&](const Schema&, const ParamInfo& param, const Value& value) { return resolved(param, value, looking); };
  auto made = makePlan(document, *known, options);
  auto missing = lookForFiles(made.paths, baseOf(request));
  if (missing.empty()) return made;
  made.plan.reset();
  made.problems.insert(made.problems.end(), std::make_move_iterator(missing.begin()), std::make_move_iterator(missing.end()));
  // Told in the order of the document; what belongs to no block comes first.
  const auto place = [&](const Problem& p) {
    const auto* node = p.node.empty() ? nullptr : document.node(p.node);
    return node ? node - document.nodes().data() : std::ptrdiff_t{-1};
  };
  std::stable_sort(made.problems.begin(), made.problems.end(), [&](const Problem& a, const Problem& b) { return place(a) < place(b); });
  return made;
}

Result<Value> LocalEngine::check(const RunRequest& request) {
  PB_TRY(const auto made, planned(request, true));
  Value v;
  v["problems"] = Value::List{};
  for (const auto& problem : made.problems) v["problems"].push(toValue(problem));
  // A block may be missing because its pack was refused: then that is what there is to mend.
  if (!made.plan)
    for (auto refused : catalogueValue_["problems"].asList()) {
      refused["severity"] = "warning";
      v["problems"].push(std::move(refused));
    }
  return v;
}

/// The machine of a run, asked what it is; "" for this one.
Result<std::string> LocalEngine::placeFor(const RunRequest& request) {
  auto name = request.on;
  if (name.empty() && parts_.usualPlace) name = parts_.usualPlace(project_->folder(), request.document["id"].asText());
  if (name.empty() || name == "local") return std::string{};
  if (!parts_.place)
    return fail(ErrorKind::Unsupported, "machine.none", TR("error", "This engine runs nothing on other machines."),
                TR("error", "Run it here: --on local."));
  auto place = parts_.place(name);
  // The project came from another computer, or the machine was taken off the list: nobody here has named it.
  if (!place && request.on.empty() && place.error().code == "machine.unknown")
    return fail(ErrorKind::NotFound, "machine.elsewhere",
                TR("error", "This pipeline is set to run on {name}, and this computer knows no machine of that name.").with("name", name),
                TR("error",
                   "Run it here: \"This machine\" in the panel Machines, or --on local. Or add the machine: `patchbay machines add {name} "
                   "SSH-HOST`.")
                    .with("name", name));
  if (!place) return fail(place.error());
  runner_->setPlace(name, std::move(place->first), place->second);
  return name;
}

Result<Plan> LocalEngine::planOf(const RunRequest& asked) {
  auto request = asked;
  PB_TRY(request.on, placeFor(asked));
  PB_TRY(auto made, planned(request, false));
  if (!made.plan) return fail(toError(made.problems));
  runner_->setVersions(catalogueValue_.contains("numerics") ? catalogueValue_["numerics"] : catalogueValue_["versions"]);
  return std::move(*made.plan);
}

Result<Value> LocalEngine::plan(const RunRequest& request) {
  PB_TRY(const auto made, planOf(request));
  PB_TRY(const auto forecasts, runner_->explain(made, baseOf(request)));
  Value v;
  v["plan"] = toValue(made);
  v["steps"] = Value::List{};
  for (std::size_t i = 0; i < made.steps.size(); ++i) {
    Value s;
    s["id"] = made.steps[i].id.text;
    s["name"] = made.steps[i].name;
    s["type"] = made.steps[i].type;
    s["state"] = toString(forecasts[i].state);
    s["reasons"] = Value::List{};
    for (const auto& reason : forecasts[i].reasons) s["reasons"].push(toValue(reason));
    v["steps"].push(std::move(s));
  }
  return v;
}

Result<RunId> LocalEngine::submitRun(const RunRequest& request) {
  PB_TRY(const auto made, planOf(request));
  return runner_->submit(made, baseOf(request));
}

Result<> LocalEngine::stopRun(const RunId& run, StopHow how) {
  return runner_->stop(run, how == StopHow::Keep ? RunStop::Keep : how == StopHow::Kill ? RunStop::Kill : RunStop::Cancel);
}

Result<std::unique_ptr<Subscription>> LocalEngine::subscribe(EventCallback callback) {
  return std::make_unique<RunnerSubscription>(*runner_, runner_->subscribe(std::move(callback)));
}

Result<Value> LocalEngine::runs(int limit) {
  PB_TRY(const auto records, project_->runs(limit));
  Value v = Value::List{};
  for (const auto& run : records) v.push(runValue(run));
  return v;
}

Result<Value> LocalEngine::showRun(const RunId& id) {
  PB_TRY(const auto record, project_->run(id));
  if (!record) return fail(noSuchRun(id));
  if (auto live = runner_->snapshot(record->id); !live.isNull()) return live;
  // It may have ended between the two looks: read again.
  PB_TRY(const auto ended, project_->run(record->id));
  PB_TRY(const auto steps, project_->steps(record->id));
  Value v = runValue(ended ? *ended : *record);
  const auto& plan = record->plan;
  v["seed"] = plan["seed"];
  v["device"] = plan["device"];
  v["document"] = plan["document"];
  v["steps"] = Value::List{};
  for (const auto& step : steps) v["steps"].push(stepOf(step));
  if (ended && !ended->summary.isNull()) v["finished_event"] = ended->summary;
  return v;
}

Result<> LocalEngine::pinRun(const RunId& run, bool pinned) {
  PB_TRY(const bool there, project_->pinRun(run, pinned));
  if (!there) return fail(noSuchRun(run));
  return {};
}

Result<Value> LocalEngine::metrics(const RunId& run) {
  PB_TRY(const auto records, project_->metrics(run));
  Value v = Value::List{};
  for (const auto& m : records) {
    Value one;
    one["step"] = m.step.text;
    one["metric"] = m.metric;
    one["index"] = m.index;
    one["value"] = m.value;
    one["t"] = m.t;
    v.push(std::move(one));
  }
  return v;
}

Result<Value> LocalEngine::outputs(const RunId& run, const StepId& step) {
  PB_TRY(const auto record, project_->run(run));
  if (!record) return fail(noSuchRun(run));
  PB_TRY(const auto steps, project_->steps(record->id));
  const auto found = std::find_if(steps.begin(), steps.end(), [&](const auto& s) { return s.id == step || s.name == step.text; });
  std::optional<ActionRecord> action;
  if (found != steps.end() && found->key) {
    PB_TRY(action, project_->action(*found->key));
  }
  if (!action)
    return fail(ErrorKind::NotFound, "run.no-result", TR("error", "This block has no stored result in this run."),
                TR("error", "Run the pipeline again."), step.text);
  Value v;
  v["outputs"] = Value::Map{};
  for (const auto& [port, digest] : action->outputs) {
    PB_TRY(const auto manifest, PortValue::load(project_->objects(), digest));
    auto& out = v["outputs"][port];
    PB_TRY(out, parseJson(manifest.toJson()));
    out["digest"] = digest.hex();
  }
  return v;
}

Result<fs::path> LocalEngine::locate(const Digest& digest) {
  PB_TRY(auto file, project_->locate(digest));
  return std::move(file.path);
}

Result<Value> LocalEngine::gc(const GcRequest& request) {
  if (!request.dryRun && !runner_->idle())
    return fail(ErrorKind::Busy, "gc.busy", TR("error", "Results cannot be removed while something is running."),
                TR("error", "Wait for the run to end, or stop it, and try again."));
  if (!request.dryRun && project_->readOnly())
    return fail(ErrorKind::Permission, "project.read-only", TR("error", "The project folder is read-only, so nothing can be removed."),
                TR("error", "Ask for write permission."));
  GcOptions options{request.dryRun, request.keepRuns, request.budgetBytes, request.graceSeconds * 1000};
  PB_TRY(const auto report, collectGarbage(*project_, options));
  Value v;
  v["dry_run"] = request.dryRun;
  v["removed_objects"] = report.removedObjects;
  v["removed_bytes"] = report.removedBytes;
  v["removed_results"] = report.removedResults;
  v["kept_objects"] = report.keptObjects;
  v["kept_bytes"] = report.keptBytes;
  v["fits_budget"] = report.fitsBudget;
  return v;
}

void LocalEngine::liveLater(std::string_view service, std::string_view method, const Value& args, std::string_view slot,
                            LiveCallback done) {
  if (parts_.live) return parts_.live(service, method, args, slot, std::move(done));
  done(fail(ErrorKind::Unsupported, "live.none", TR("error", "This engine has no live workers."),
            TR("error", "Run the block in a pipeline instead.")));
}

Result<Value> LocalEngine::addPicture(const Value& request) {
  if (project_->readOnly())
    return fail(ErrorKind::Permission, "project.read-only", TR("error", "The project folder is read-only, so nothing can be added to it."),
                TR("error", "Ask for write permission."));
  return addPictureTo(project_->folder(), request);
}

Result<Value> LocalEngine::data(const Value& request) {
  if (parts_.machines && request["do"].asText().starts_with("machine_")) return parts_.machines(request);
  return data_->answer(request);
}

Result<Value> LocalEngine::doctor() {
  Value v;
  PB_TRY(v["project"], info());
  v["executor"] = executor_->capabilities();
  const auto checked = project_->database().quickCheck();
  v["store"]["quick_check"] = checked ? std::string{"ok"} : describe(checked.error());
  std::int64_t objects = 0, bytes = 0;
  PB_CHECK(project_->objects().forEach([&](const ObjectFolder::Entry& entry) -> Result<> {
    ++objects;
    bytes += entry.bytes;
    return {};
  }));
  v["store"]["objects"] = objects;
  v["store"]["bytes"] = bytes;
  std::error_code ec;
  if (const auto space = fs::space(project_->folder(), ec); !ec) v["store"]["free_bytes"] = static_cast<std::int64_t>(space.available);
  return v;
}

Result<> LocalEngine::shutdown(bool force) {
  if (!force && !runner_->idle())
    return fail(ErrorKind::Busy, "engine.busy", TR("error", "The engine still runs something."),
                TR("error", "Wait for it to end or stop it; or end the engine at once with --force."));
  endAsked_ = true;
  return {};
}

}  // namespace patchbay
