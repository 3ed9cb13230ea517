// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/isolated_executor.h"

#include <map>
#include <mutex>

#include "engine/block/object.h"
#include "engine/executor/attempt.h"
#include "engine/store/object_folder.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

/// Keeps the job as the engine gave it, for the way back; also over a restart.
fs::path originOf(const fs::path& attemptFolder) { return attemptFolder / "origin.json"; }

Result<> copyFolder(const fs::path& from, const fs::path& to) {
  std::error_code ec;
  fs::create_directories(to.parent_path(), ec);
  // Whole or not there: a copy beside the target takes its name at the end.
  const auto temporary = to.parent_path() / (".patchbay-copy-" + newUlid());
  fs::copy(from, temporary, fs::copy_options::recursive, ec);
  if (!ec) {
    std::error_code gone;
    fs::remove_all(to, gone);
    fs::rename(temporary, to, ec);
  }
  if (!ec) return {};
  std::error_code ignored;
  fs::remove_all(temporary, ignored);
  return fail(systemError(ec.value(), "copy", displayText(to.native())));
}

}  // namespace

/// Stands between the workers, who know their own folder alone, and the engine.
class IsolatedExecutor::Stage final : public JobHost {
 public:
  Stage(fs::path root, JobHost& host) : root_{std::move(root)}, objects_{root_ / "objects"}, host_{host} {}

  fs::path attemptFolder(const AttemptId& attempt) const { return root_ / "attempts" / attempt.text; }
  fs::path exportsFolder(const AttemptId& attempt) const { return root_ / "exports" / attempt.text; }

  /// The job as the worker sees it.
  Result<JobSpec> sendIn(const JobSpec& job) {
    auto inside = job;
    inside.attemptFolder = attemptFolder(job.attempt);
    inside.objectFolder = objects_.root();
    inside.checkpointFolder = root_ / "checkpoints";
    inside.exportsFolder = exportsFolder(job.attempt);
    std::error_code ec;
    fs::create_directories(inside.attemptFolder, ec);
    if (ec) return fail(systemError(ec.value(), "create", displayText(inside.attemptFolder.native())));
    PB_CHECK(writeFileAtomically(originOf(inside.attemptFolder), toJson(toValue(job))));
    return inside;
  }

  Result<SeenFile> locate(const Digest& digest) override {
    if (!objects_.contains(digest)) {
      PB_TRY(const auto file, host_.locate(digest));
      PB_TRY(const auto copied, objects_.copyFile(file.path));
      if (copied != digest)
        return fail(ErrorKind::Corrupt, "object.changed",
                    TR("executor", "{path} has changed since it was read in.").with("path", displayText(file.path.native())),
                    TR("executor", "Run the pipeline again, so that the change is seen."));
    }
    return SeenFile{objects_.pathOf(digest)};
  }

  Result<std::vector<Digest>> itemPacks(const Digest& function) override {
    PB_TRY(const auto packs, host_.itemPacks(function));
    std::vector<Digest> here;
    for (const auto& pack : packs)
      if (locate(pack)) here.push_back(pack);  // A lost pack is computed anew.
    return here;
  }

  Result<> addItemPack(const Digest& function, const Digest& pack, std::int64_t items) override {
    // Any job's store will do: all of an engine's jobs name the same.
    const auto outside = anyStore();
    if (!outside.empty()) PB_CHECK(bringBack(pack, outside));
    return host_.addItemPack(function, pack, items);
  }

  Result<> addSource(const Digest& digest, const SeenFile& file) override { return host_.addSource(digest, file); }
  void onEvent(const AttemptId& attempt, const Value& event) override { host_.onEvent(attempt, event); }

  void onFinished(const AttemptId& attempt, const JobResult& result) override {
    auto told = result;
    if (const auto back = sendBack(attempt, told); !back) {
      told = {};
      told.error = back.error();
    }
    host_.onFinished(attempt, told);
  }

  void remember(const JobSpec& job) {
    const std::lock_guard lock{mutex_};
    origins_.insert_or_assign(job.attempt, job);
  }

  Result<JobSpec> origin(const AttemptId& attempt) {
    {
      const std::lock_guard lock{mutex_};
      if (const auto it = origins_.find(attempt); it != origins_.end()) return it->second;
    }
    PB_TRY(const auto text, readFile(originOf(attemptFolder(attempt)), std::size_t{64} << 20));
    PB_TRY(const auto value, parseJson(text));
    PB_TRY(auto job, jobFromValue(value));
    remember(job);
    return job;
  }

 private:
  fs::path anyStore() {
    const std::lock_guard lock{mutex_};
    return origins_.empty() ? fs::path{} : origins_.begin()->second.objectFolder;
  }

  Result<> bringBack(const Digest& digest, const fs::path& store) {
    ObjectFolder outside{store};
    if (outside.contains(digest)) return {};
    PB_CHECK(objects_.open(digest));
    PB_CHECK(outside.copyFile(objects_.pathOf(digest)));
    return {};
  }

  Result<> sendBack(const AttemptId& attempt, JobResult& result) {
    PB_TRY(const auto job, origin(attempt));
    for (const auto& [port, manifest] : result.outputs) {
      PB_TRY(const auto value, PortValue::load(objects_, manifest));
      // Parts that came from outside and were only passed on need not be here.
      for (const auto& [name, part] : value.parts)
        if (objects_.contains(part)) PB_CHECK(bringBack(part, job.objectFolder));
      PB_CHECK(bringBack(manifest, job.objectFolder));
    }
    if (const auto listing = Digest::parse(result.effects["found"]["listing"].asText())) PB_CHECK(bringBack(*listing, job.objectFolder));
    if (auto* exports = result.effects.find("exports"))
      for (auto& one : exports->list()) {
        const auto inside = pathFromValue(one);
        const auto relative = inside.lexically_relative(exportsFolder(attempt));
        if (relative.empty() || *relative.begin() == "..") continue;  // Written where the user said, not into the job's folder.
        PB_CHECK(copyFolder(inside, job.exportsFolder / relative));
        one = pathToValue(job.exportsFolder / relative);
      }
    std::error_code ec;
    fs::create_directories(job.attemptFolder, ec);
    // Its story stays when what is inside goes.
    fs::copy_file(AttemptFiles{attemptFolder(attempt)}.events(), AttemptFiles{job.attemptFolder}.events(),
                  fs::copy_options::overwrite_existing, ec);
    return writeResult({job.attemptFolder}, job.claim, result);
  }

  fs::path root_;
  ObjectFolder objects_;
  JobHost& host_;
  std::mutex mutex_;
  std::map<AttemptId, JobSpec> origins_;
};

IsolatedExecutor::IsolatedExecutor(const IsolatedOptions& options, JobHost& host) : stage_{std::make_unique<Stage>(options.root, host)} {
  LocalExecutorOptions local;
  local.zygote = options.zygote;
  local.attemptsFolder = options.root / "attempts";
  std::error_code ec;
  fs::create_directories(local.attemptsFolder, ec);
  if (!options.hidden.empty()) {
    auto& launcher = local.zygote.launcher;
    launcher = {"bwrap", "--dev-bind", "/", "/"};
    for (const auto& folder : options.hidden) launcher.insert(launcher.end(), {"--tmpfs", folder.string()});
    // What a hidden folder holds of these comes back on top of it.
    launcher.insert(launcher.end(), {"--bind", options.root.string(), options.root.string()});
    if (!options.zygote.allowedPacks.empty())
      launcher.insert(launcher.end(), {"--ro-bind", options.zygote.allowedPacks.string(), options.zygote.allowedPacks.string()});
    launcher.push_back("--");
  }
  local_ = std::make_unique<LocalExecutor>(std::move(local), *stage_);
}

IsolatedExecutor::~IsolatedExecutor() { local_.reset(); }

Value IsolatedExecutor::capabilities() {
  auto value = local_->capabilities();
  value["name"] = "isolated";
  value["shared_fs"] = false;
  return value;
}

Result<std::string> IsolatedExecutor::submit(const JobSpec& job) {
  stage_->remember(job);
  PB_TRY(const auto inside, stage_->sendIn(job));
  return local_->submit(inside);
}

Result<std::optional<std::string>> IsolatedExecutor::find(const AttemptId& attempt) {
  (void)stage_->origin(attempt);
  return local_->find(attempt);
}

std::vector<JobState> IsolatedExecutor::poll(std::span<const std::string> externalIds) { return local_->poll(externalIds); }
Result<> IsolatedExecutor::signal(const std::string& externalId, JobSignal what) { return local_->signal(externalId, what); }
Result<std::string> IsolatedExecutor::fetchEvents(const AttemptId& attempt, std::int64_t offset) {
  const auto job = stage_->origin(attempt);
  std::error_code ec;
  if (job && fs::exists(AttemptFiles{job->attemptFolder}.events(), ec))
    return readFrom(AttemptFiles{job->attemptFolder}.events(), offset, std::size_t{16} << 20);
  return local_->fetchEvents(attempt, offset);
}

Result<> IsolatedExecutor::cleanup(const AttemptId& attempt) {
  PB_CHECK(local_->cleanup(attempt));
  std::error_code ec;
  fs::remove_all(stage_->exportsFolder(attempt), ec);
  if (isUlid(attempt.text)) fs::remove_all(stage_->attemptFolder(attempt), ec);
  return {};
}

Result<> IsolatedExecutor::sweep(std::span<const AttemptId> keep) { return local_->sweep(keep); }

}  // namespace patchbay
