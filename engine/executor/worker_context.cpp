// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/worker_context.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cmath>

#include "engine/executor/attempt.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view checkpointMagic = "PBC1";
constexpr std::chrono::milliseconds progressEvery{100};
constexpr std::size_t mostPreviewBytes = std::size_t{1} << 20;

std::string shown(const fs::path& path) { return displayText(path.native()); }
std::string readable(std::string_view text) { return isUtf8(text) ? std::string{text} : displayText(text); }

fs::path checkpointOf(const JobSpec& job) { return job.checkpointFolder / job.key.hex() / "checkpoint"; }

std::string_view toString(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return "debug";
    case LogLevel::Info:
      return "info";
    case LogLevel::Warning:
      return "warning";
    case LogLevel::Error:
      break;
  }
  return "error";
}

}  // namespace

Result<MappedFile> ResolvingStore::open(const Digest& digest) {
  if (auto file = folder_.open(digest)) return file;
  std::unique_lock lock{mutex_};
  const auto it = known_.find(digest);
  auto known = it == known_.end() ? SeenFile{} : it->second;
  lock.unlock();
  if (known.stamp && known.stamp == stampOf(known.path)) return MappedFile::open(known.path);
  PB_TRY(known, link_.locate(digest));
  const auto before = stampOf(known.path);
  PB_TRY(auto file, MappedFile::open(known.path));
  // Reading a picture of 2 MP for its digest takes a tenth as long as decoding it.
  if ((!before || known.stamp != before) && digestOf(file.bytes()) != digest)
    return fail(ErrorKind::Corrupt, "object.changed",
                TR("executor", "{path} has changed since it was read in.").with("path", shown(known.path)),
                TR("executor", "Run the pipeline again, so that the change is seen."), shown(known.path));
  known.stamp = before;
  lock.lock();
  known_[digest] = std::move(known);
  return file;
}

WorkerContext::WorkerContext(const JobSpec& job, const BlockInfo& info, JobLink& link, ObjectStore& objects, Hooks hooks)
    : job_{job}, info_{info}, link_{link}, objects_{objects}, hooks_{std::move(hooks)}, found_{job.baseFolder} {
  alive();
}

WorkerContext::~WorkerContext() {
  std::error_code ec;
  for (const auto& one : exports_) fs::remove_all(one.temporary, ec);
}

void WorkerContext::alive() const {
  lastSign_.store(std::chrono::steady_clock::now().time_since_epoch().count(), std::memory_order_relaxed);
}

std::chrono::steady_clock::duration WorkerContext::quiet() const {
  return std::chrono::steady_clock::now().time_since_epoch() -
         std::chrono::steady_clock::duration{lastSign_.load(std::memory_order_relaxed)};
}

Result<> WorkerContext::loadInputs() {
  for (const auto& [port, manifests] : job_.inputs) {
    auto& values = inputs_[port];
    for (const auto& digest : manifests) {
      PB_TRY(auto value, PortValue::load(objects_, digest));
      values.push_back(std::move(value));
    }
  }
  return {};
}

Result<std::map<std::string, Digest>> WorkerContext::saveOutputs() {
  const std::lock_guard lock{mutex_};
  std::map<std::string, Digest> saved;
  for (const auto& [port, value] : outputs_) {
    PB_TRY(const auto digest, value.save(objects_));
    saved.emplace(port, digest);
  }
  for (const auto& port : job_.outputs)
    if (!saved.contains(port))
      return fail(ErrorKind::Internal, "block.no-output",
                  TR("executor", "The block ended without an error and without its output \"{port}\".").with("port", port),
                  TR("executor", "Report this to the author of the block."));
  return saved;
}

ObjectStore& WorkerContext::objects() {
  alive();
  return objects_;
}

std::span<const PortValue> WorkerContext::inputs(std::string_view port) const {
  const auto it = inputs_.find(port);
  return it == inputs_.end() ? std::span<const PortValue>{} : std::span<const PortValue>{it->second};
}

void WorkerContext::setOutput(std::string_view port, PortValue value) {
  const std::lock_guard lock{mutex_};
  outputs_.insert_or_assign(std::string{port}, std::move(value));
}

Stop WorkerContext::stop() const {
  alive();
  return hooks_.stop ? hooks_.stop() : Stop::No;
}

void WorkerContext::progress(const Progress& p) {
  alive();
  {
    // A block may tell of every picture; a line for each would be more than anybody reads.
    const std::lock_guard lock{mutex_};
    const auto now = std::chrono::steady_clock::now();
    const bool last = p.total > 0 && p.done >= p.total;
    if (!last && p.phase.source == lastPhase_ && now - lastProgress_ < progressEvery) return;
    lastProgress_ = now;
    lastPhase_ = p.phase.source;
  }
  hooks_.event(Value::Map{{"event", "progress"}, {"phase", toValue(p.phase)}, {"done", p.done}, {"total", p.total}, {"unit", p.unit}});
}

void WorkerContext::metric(std::string_view name, double value, std::int64_t step) {
  alive();
  hooks_.event(Value::Map{{"event", "metric"}, {"name", readable(name)}, {"value", value}, {"step", step}});
}

void WorkerContext::log(LogLevel level, std::string_view text) {
  alive();
  hooks_.event(Value::Map{{"event", "log"}, {"level", toString(level)}, {"text", readable(text)}});
}

void WorkerContext::preview(std::string_view name, std::string_view png) {
  alive();
  // Previews are for looking at while it runs; a large one would only fill the event file.
  if (png.size() > mostPreviewBytes) return;
  hooks_.event(Value::Map{{"event", "preview"}, {"title", readable(name)}, {"png", Value::Bytes{png.begin(), png.end()}}});
}

fs::path WorkerContext::checkpointFile() const { return checkpointOf(job_); }

Result<std::optional<std::string>> WorkerContext::loadCheckpoint() {
  alive();
  if (job_.checkpointFolder.empty()) return std::nullopt;
  auto bytes = readFile(checkpointFile(), std::size_t{1} << 36);
  if (!bytes && bytes.error().kind == ErrorKind::NotFound) return std::nullopt;
  if (!bytes) return fail(bytes.error());
  const std::size_t head = checkpointMagic.size() + 32;
  const std::string_view text{*bytes};
  if (text.size() < head || !text.starts_with(checkpointMagic) ||
      text.substr(checkpointMagic.size(), 32) !=
          std::string_view{reinterpret_cast<const char*>(digestOf(text.substr(head)).bytes.data()), 32}) {
    log(LogLevel::Warning, "the checkpoint is damaged; beginning anew");
    return std::nullopt;
  }
  return std::string{text.substr(head)};
}

Result<> WorkerContext::saveCheckpoint(std::string_view bytes) {
  alive();
  if (job_.checkpointFolder.empty()) return {};
  const auto file = checkpointFile();
  std::error_code ec;
  fs::create_directories(file.parent_path(), ec);
  if (ec) return fail(systemError(ec.value(), "create", shown(file.parent_path())));
  const auto digest = digestOf(bytes);
  std::string whole{checkpointMagic};
  whole.append(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
  whole += bytes;
  // The one before stays in place until the new one is on disk: a full disk never costs the last good checkpoint.
  PB_CHECK(writeFileAtomically(file, whole));
  alive();
  hooks_.event(Value::Map{{"event", "checkpoint"}, {"bytes", bytes.size()}});
  return {};
}

bool hasCheckpoint(const JobSpec& job) {
  std::error_code ec;
  return !job.checkpointFolder.empty() && fs::exists(checkpointOf(job), ec);
}

void removeCheckpoint(const JobSpec& job) {
  std::error_code ec;
  if (!job.checkpointFolder.empty()) fs::remove_all(checkpointOf(job).parent_path(), ec);
}

Result<std::unique_ptr<ItemResults>> WorkerContext::computeItems(std::string_view name, const Value& key, std::span<const Digest> items,
                                                                 const ItemCompute& compute) {
  alive();
  const auto function = itemFunction(job_.type, job_.cacheEpoch, name, key, info_.floating ? job_.numerics : Value{});
  const ItemCompute watched = [&](std::span<const std::size_t> missing, const ItemEmit& emit) {
    return compute(missing, [&](std::size_t index, std::string_view bytes) {
      alive();
      return emit(index, bytes);
    });
  };
  PB_TRY(auto results, patchbay::computeItems(link_, objects_, function, items, watched, hooks_.items));
  itemsComputed_ += static_cast<std::int64_t>(results->computed());
  // Equal items count once each here, so that computed and cached add up to what the block asked for.
  itemsCached_ += static_cast<std::int64_t>(items.size() - results->computed());
  return results;
}

Result<> WorkerContext::addSource(const Digest& digest, const SeenFile& file) {
  alive();
  return link_.addSource(digest, {job_.baseFolder / file.path, file.stamp});
}

void WorkerContext::watch(const fs::path& path) {
  alive();
  const std::lock_guard lock{mutex_};
  found_.add(path);
}

fs::path WorkerContext::scratch() const {
  const auto folder = AttemptFiles{job_.attemptFolder}.scratch();
  std::error_code ec;
  fs::create_directories(folder, ec);
  return folder;
}

Result<fs::path> WorkerContext::exportFolder(std::string_view name, const fs::path& wanted) {
  alive();
  if (wanted.empty() && job_.exportsFolder.empty()) return RunContext::exportFolder(name, wanted);
  Export one;
  if (wanted.empty()) {
    std::error_code ec;
    fs::create_directories(job_.exportsFolder, ec);
    if (ec) return fail(systemError(ec.value(), "create", shown(job_.exportsFolder)));
    PB_TRY(one.target, resolveInside(job_.exportsFolder, name));
  } else {
    one.target = (wanted.is_absolute() ? wanted : job_.baseFolder / wanted).lexically_normal();
    if (!one.target.has_filename()) one.target = one.target.parent_path();
  }
  std::error_code ec;
  // The link itself counts: one that leads nowhere, or in a circle, is somebody's too.
  if (fs::exists(fs::symlink_status(one.target, ec)) && !fs::exists(one.target / exportMark, ec) &&
      !(fs::is_directory(one.target, ec) && fs::is_empty(one.target, ec)))
    return fail(ErrorKind::BadInput, "export.occupied",
                TR("executor", "{path} is there already and was not written by an export.").with("path", shown(one.target)),
                TR("executor", "Choose another folder, or move that one away."), shown(one.target));
  fs::create_directories(one.target.parent_path(), ec);
  if (ec) return fail(systemError(ec.value(), "create", shown(one.target.parent_path())));
  one.temporary = one.target.parent_path() / (".patchbay-" + job_.attempt.text + "-" + std::to_string(exports_.size()));
  // Written down before it is made: after a crash the clean-up knows what to remove.
  {
    PB_TRY(const UniqueFd fd, openFile(AttemptFiles{job_.attemptFolder}.leftovers(), O_WRONLY | O_CREAT | O_APPEND));
    PB_CHECK(writeAll(fd.get(), toJson(pathToValue(one.temporary)) + "\n", job_.attemptFolder));
  }
  fs::remove_all(one.temporary, ec);
  if (!fs::create_directory(one.temporary, ec)) return fail(systemError(ec ? ec.value() : EEXIST, "create", shown(one.temporary)));
  PB_CHECK(writeFileAtomically(one.temporary / exportMark, job_.attempt.text + "\n"));
  exports_.push_back(one);
  return one.temporary;
}

Result<Value> WorkerContext::publishEffects() {
  PB_TRY(auto effects, publishExports());
  if (found_.empty()) return effects;
  PB_TRY(const auto listing, objects_.put(found_.text()));
  effects["found"] = Value::Map{{"listing", listing.hex()}, {"files", static_cast<std::int64_t>(found_.size())}};
  return effects;
}

Result<Value> WorkerContext::publishExports() {
  Value paths{Value::List{}};
  for (const auto& one : exports_) {
    std::error_code walking;
    for (fs::recursive_directory_iterator it{one.temporary, walking}, end; it != end; it.increment(walking)) {
      std::error_code ignored;
      if (!it->is_regular_file(ignored)) continue;
      PB_TRY(const UniqueFd fd, openFile(it->path(), O_RDONLY));
      if (::fsync(fd.get()) != 0) return fail(systemError(errno, "write", shown(it->path())));
    }
    if (walking) return fail(systemError(walking.value(), "read", shown(one.temporary)));
    const bool replaces = fs::exists(fs::symlink_status(one.target, walking));
    const auto flags = replaces ? RENAME_EXCHANGE : RENAME_NOREPLACE;
    if (::syscall(SYS_renameat2, AT_FDCWD, one.temporary.c_str(), AT_FDCWD, one.target.c_str(), flags) != 0) {
      // Some file systems cannot exchange; then there is a moment without the folder.
      std::error_code ec;
      if (replaces) fs::remove_all(one.target, ec);
      if (::rename(one.temporary.c_str(), one.target.c_str()) != 0) return fail(systemError(errno, "write", shown(one.target)));
    } else if (replaces) {
      std::error_code ec;
      fs::remove_all(one.temporary, ec);
    }
    PB_CHECK(syncFolder(one.target.parent_path()));
    paths.push(pathToValue(one.target));
  }
  exports_.clear();
  if (paths.asList().empty()) return Value{Value::Map{}};
  return Value{Value::Map{{"exports", std::move(paths)}}};
}

}  // namespace patchbay
