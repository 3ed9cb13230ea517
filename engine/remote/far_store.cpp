// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/far_store.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <set>

#include "engine/base/resources.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

constexpr auto youngFor = std::chrono::hours{24};

tl::unexpected<Error> badRequest() {
  return fail(ErrorKind::Internal, "remote.request", TR("remote", "The worker on the other machine was asked what makes no sense."),
              TR("remote", "Report this."));
}

Result<Message> piece(const fs::path& path, std::int64_t offset) {
  struct stat st {};
  if (::stat(path.c_str(), &st) != 0) return fail(systemError(errno, "read", displayText(path.native())));
  PB_TRY(auto bytes, readFrom(path, offset, pieceSize));
  return Message{Value{Value::Map{{"size", static_cast<std::int64_t>(st.st_size)}}}, std::move(bytes)};
}

std::vector<fs::path> olderThan(const fs::path& folder, fs::file_time_type oldest) {
  std::vector<fs::path> out;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator{folder, ec})
    if (std::error_code gone; entry.last_write_time(gone) < oldest && !gone) out.push_back(entry.path());
  return out;
}

/// Whether a program runs from below the folder, here.
bool inUse(const fs::path& folder) {
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator{"/proc", ec}) {
    std::error_code gone;
    if (fs::read_symlink(entry.path() / "exe", gone).string().starts_with(folder.string() + "/")) return true;
  }
  return false;
}

/// Takes away what nobody needs, or only counts what that would free.
struct Broom {
  bool dryRun;
  std::int64_t bytes = 0;
  std::set<ino_t> unlinked{};  ///< Files of workers; the pool has them as well.

  void sweep(const fs::path& path) {
    std::error_code ec;
    if (!fs::is_directory(fs::symlink_status(path, ec))) count(path);
    else
      for (fs::recursive_directory_iterator it{path, ec}, end; !ec && it != end; it.increment(ec)) count(it->path());
    if (!dryRun) fs::remove_all(path, ec);
  }
  /// Files that have arrived and are part of no worker any more, unless they came just now.
  void sweepPool(const fs::path& pool, std::time_t oldest) {
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator{pool, ec}) {
      struct stat st {};
      if (::lstat(entry.path().c_str(), &st) != 0 || st.st_nlink != 1) continue;
      const bool counted = unlinked.contains(st.st_ino);
      if (!counted && st.st_ctime > oldest) continue;
      if (!counted) bytes += st.st_size;
      if (std::error_code gone; !dryRun) fs::remove(entry.path(), gone);
    }
  }

 private:
  void count(const fs::path& file) {
    struct stat st {};
    if (::lstat(file.c_str(), &st) != 0 || !S_ISREG(st.st_mode) || st.st_nlink > 2) return;
    bytes += st.st_size;
    unlinked.insert(st.st_ino);
  }
};

}  // namespace

FarStore::FarStore(fs::path root, std::string instance)
    : root_{std::move(root)}, instance_{std::move(instance)}, objects_{root_ / "objects"} {
  std::error_code ec;
  for (const auto* folder : {"attempts", "objects", "partial", "checkpoints", "exports"}) fs::create_directories(root_ / folder, ec);
}

fs::path FarStore::partial(const Digest& digest) const { return root_ / "partial" / (instance_ + "-" + digest.hex()); }

Result<JobSpec> FarStore::settle(JobSpec job) {
  job.attemptFolder = attempts() / job.attempt.text;
  job.objectFolder = objects_.root();
  job.checkpointFolder = root_ / "checkpoints";
  job.exportsFolder = exportsOf(job.attempt);
  job.baseFolder = job.attemptFolder;
  std::error_code ec;
  fs::create_directories(AttemptFiles{job.attemptFolder}.answers(), ec);
  if (ec) return fail(systemError(ec.value(), "create", displayText(job.attemptFolder.native())));
  if (!fs::exists(job.attemptFolder / "instance", ec)) PB_CHECK(writeFileAtomically(job.attemptFolder / "instance", instance_));
  return job;
}

bool FarStore::hasResult(const AttemptId& id) const {
  std::error_code ec;
  return fs::exists(files(id).result(), ec);
}

Result<Message> FarStore::result(const AttemptId& id) const {
  PB_TRY(auto text, readFile(files(id).result(), std::size_t{64} << 20));
  return Message{Value{Value::Map{}}, std::move(text)};
}

Result<Value> FarStore::have(const Value& request) {
  Value here{Value::List{}}, begun{Value::List{}};
  for (const auto& hex : request["digests"].asList()) {
    PB_TRY(const auto digest, Digest::parse(hex.asText()));
    here.push(objects_.contains(digest));
    struct stat st {};
    begun.push(::stat(partial(digest).c_str(), &st) == 0 ? static_cast<std::int64_t>(st.st_size) : std::int64_t{0});
  }
  return Value{Value::Map{{"here", std::move(here)}, {"partial", std::move(begun)}}};
}

Result<> FarStore::put(const Value& request, std::string_view bytes) {
  PB_TRY(const auto digest, Digest::parse(request["digest"].asText()));
  if (objects_.contains(digest)) return {};
  const auto offset = request["offset"].asInt(), size = request["size"].asInt();
  if (offset == 0 && static_cast<std::int64_t>(bytes.size()) == size) {
    if (digestOf(bytes) != digest) return badRequest();
    PB_CHECK(objects_.put(bytes));
    return {};
  }
  const auto file = partial(digest);
  {
    PB_TRY(const UniqueFd fd, openFile(file, O_WRONLY | O_CREAT));
    struct stat st {};
    if (::fstat(fd.get(), &st) != 0 || st.st_size < offset) return badRequest();
    if (::ftruncate(fd.get(), offset) != 0 || ::lseek(fd.get(), offset, SEEK_SET) < 0)
      return fail(systemError(errno, "write", displayText(file.native())));
    PB_CHECK(writeAll(fd.get(), bytes, file));
  }
  if (offset + static_cast<std::int64_t>(bytes.size()) < size) return {};
  PB_TRY(const auto put, objects_.putFile(file));
  if (put == digest) return {};
  (void)objects_.remove(put);
  return fail(ErrorKind::Corrupt, "remote.bytes", TR("remote", "A file arrived on the other machine with other bytes than were sent."),
              TR("remote", "Run again; check that machine's disk if it happens again."));
}

Result<Message> FarStore::get(const Value& request) {
  if (const auto* digest = request.find("digest")) {
    PB_TRY(const auto wanted, Digest::parse(digest->asText()));
    // Opened once in full: what is damaged is not sent.
    if (request["offset"].asInt() == 0) PB_CHECK(objects_.open(wanted));
    return piece(objects_.pathOf(wanted), request["offset"].asInt());
  }
  const AttemptId id{request["attempt"].asText()};
  if (!isUlid(id.text)) return badRequest();
  PB_TRY(const auto path, resolveInside(exportsOf(id), request["file"].asText()));
  return piece(path, request["offset"].asInt());
}

Result<> FarStore::answer(const AttemptId& id, const Value& request) {
  const auto question = request["id"].asInt();
  auto value = request["value"];
  // Where an object lies here is known here.
  if (const auto* hex = value.find("object")) {
    PB_TRY(const auto digest, Digest::parse(hex->asText()));
    value = Value::Map{{"path", pathToValue(objects_.pathOf(digest))}};
  }
  std::error_code ec;
  if (!fs::exists(files(id).answers(), ec)) return {};
  return writeFileAtomically(files(id).answers() / (std::to_string(question) + ".json"), toJson(value));
}

Result<Value> FarStore::exports(const AttemptId& id) const {
  Value list{Value::List{}};
  const auto root = exportsOf(id);
  std::error_code ec;
  for (fs::recursive_directory_iterator it{root, ec}, end; !ec && it != end; it.increment(ec))
    if (it->is_regular_file(ec) && !it->is_symlink(ec)) list.push(it->path().lexically_relative(root).string());
  return Value{Value::Map{{"files", std::move(list)}, {"root", pathToValue(root)}}};
}

Result<Message> FarStore::log(const AttemptId& id, std::int64_t offset) const {
  std::error_code ec;
  const auto size = static_cast<std::int64_t>(fs::exists(files(id).log(), ec) ? fs::file_size(files(id).log(), ec) : 0);
  if (offset < 0) offset = std::max<std::int64_t>(0, size + offset);
  PB_TRY(auto bytes, readFrom(files(id).log(), offset, pieceSize));
  return Message{Value{Value::Map{{"offset", offset}, {"size", size}}}, std::move(bytes)};
}

void FarStore::remove(const AttemptId& id) {
  std::error_code ec;
  if (!isUlid(id.text)) return;
  fs::remove_all(files(id).folder, ec);
  fs::remove_all(exportsOf(id), ec);
}

std::vector<AttemptId> FarStore::mine() const {
  std::vector<AttemptId> out;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator{attempts(), ec}) {
    const auto id = entry.path().filename().native();
    if (!isUlid(id)) continue;
    if (const auto owner = readFile(entry.path() / "instance", 100); owner && *owner == instance_) out.push_back({id});
  }
  return out;
}

std::vector<Value> FarStore::listAll() const {
  std::vector<Value> out;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator{attempts(), ec}) {
    const auto id = entry.path().filename().native();
    if (!isUlid(id)) continue;
    const AttemptFiles one{entry.path()};
    Value shown{Value::Map{{"attempt", id}}};
    if (const auto text = readFile(one.job(), std::size_t{64} << 20))
      if (const auto job = parseJson(*text)) {
        shown["name"] = (*job)["name"];
        shown["block"] = (*job)["type"];
        shown["pipeline"] = (*job)["pipeline"]["title"];
      }
    const auto owner = readFile(entry.path() / "instance", 100);
    shown["mine"] = owner && *owner == instance_;
    const auto claim = readClaim(one);
    shown["since"] = claim ? claim->time : std::int64_t{0};
    shown["state"] = hasResult({id}) ? "ended" : claim ? "running" : "waiting";
    out.push_back(std::move(shown));
  }
  return out;
}

Result<Value> FarStore::clean(bool dryRun) {
  std::int64_t count = 0, bytes = 0;
  // A job that runs touches what it reads when it is sent, and none runs on objects a day old without having asked for them.
  bool busy = false;
  for (const auto& one : listAll()) busy = busy || one["state"].asText() != "ended";
  const auto oldest = fs::file_time_type::clock::now() - (busy ? std::chrono::hours{24 * 30} : youngFor);
  PB_CHECK(objects_.forEach([&](const ObjectFolder::Entry& entry) -> Result<> {
    if (entry.time > oldest) return {};
    ++count;
    bytes += entry.bytes;
    return dryRun ? Result<>{} : objects_.remove(entry.digest);
  }));
  std::int64_t versions = 0;
  Broom broom{dryRun};
  if (!busy) {
    // What jobs of the cluster left that were ended from outside, and what arrived in part.
    for (const auto* folder : {"chains", "partial"})
      for (const auto& path : olderThan(root_ / folder, oldest)) broom.sweep(path);
    // Workers of other versions: engines send jobs to this one. Another project may still have its supervisor of an older one.
    std::error_code ec;
    for (const auto& path : olderThan(fs::canonical(root_ / "bin", ec), oldest)) {
      if (path == programFolder().parent_path() || inUse(path)) continue;
      ++versions;
      broom.sweep(path);
    }
    broom.sweepPool(root_ / "pool", std::time(nullptr) - std::chrono::seconds{youngFor}.count());
  }
  bytes += broom.bytes;
  return Value{Value::Map{{"objects", count}, {"bytes", bytes}, {"versions", versions}, {"dry_run", dryRun}}};
}

}  // namespace patchbay
