// SPDX-License-Identifier: Apache-2.0
#include "engine/store/project.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "engine/base/kill_point.h"
#include "engine/store/migrations/migrations.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {
std::string shown(const fs::path& path) { return displayText(path.native()); }

/// Makes a folder with its parents and puts the new names on disk.
Result<> makeFolder(const fs::path& folder) {
  std::error_code ec;
  if (fs::is_directory(folder, ec)) return {};
  fs::create_directories(folder, ec);
  if (ec) return fail(systemError(ec.value(), "create", shown(folder)));
  return syncFolder(folder.parent_path());
}

/// The type of the file system with this device number, from the kernel's list of mounts.
std::string fileSystemName(dev_t device) {
  std::ifstream mounts{"/proc/self/mountinfo"};
  const auto wanted = std::to_string(major(device)) + ":" + std::to_string(minor(device));
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream fields{line};
    std::string id, parent, number, word;
    fields >> id >> parent >> number;
    if (number != wanted) continue;
    while (fields >> word && word != "-") {
    }
    fields >> word;
    return word;
  }
  return {};
}

Result<> refuseNetwork(const fs::path& folder) {
  struct statfs fsInfo {};
  struct stat st {};
  if (::statfs(folder.c_str(), &fsInfo) != 0 || ::stat(folder.c_str(), &st) != 0) return fail(systemError(errno, "open", shown(folder)));
  const auto name = fileSystemName(st.st_dev);
  if (!isNetworkFileSystem(fsInfo.f_type, name)) return {};
  return fail(ErrorKind::Unsupported, "project.network-disk",
              TR("error", "The project lies on a network disk ({type}), where its database could be damaged.")
                  .with("type", name.empty() ? "?" : name),
              TR("error", "Put the project on a disk of this computer; the pictures may stay where they are."), shown(folder));
}

Error readOnlyError(const fs::path& folder) {
  return {ErrorKind::Permission, "project.read-only", TR("error", "The project folder is read-only, so nothing can be run in it."),
          TR("error", "Copy the project to a folder of your own, or ask for write permission. Looking at runs and plans works as it is."),
          shown(folder)};
}
}  // namespace

bool isNetworkFileSystem(std::int64_t magic, std::string_view name) {
  constexpr std::array<std::int64_t, 9> magics{0x6969,     0x517B,     0xFE534D42, 0xFF534D42, 0x5346414F,
                                               0x73757245, 0x00C36400, 0x0BD00BD0, 0x564C};
  constexpr std::array<std::string_view, 17> names{
      "nfs",         "nfs4",   "cifs",           "smb3",           "smbfs",       "afs",
      "ceph",        "lustre", "fuse.sshfs",     "fuse.s3fs",      "fuse.rclone", "fuse.gcsfuse",
      "fuse.davfs2", "davfs",  "fuse.glusterfs", "fuse.ceph-fuse", "fuse.goofys"};
  // The kernel's field is signed on some machines: compare 32 bits.
  const auto low = [](std::int64_t v) { return static_cast<std::uint32_t>(v); };
  return std::any_of(magics.begin(), magics.end(), [&](auto m) { return low(m) == low(magic); }) ||
         std::find(names.begin(), names.end(), name) != names.end();
}

Result<> Project::lock(const Options& options) {
  const auto path = folder_ / "project.lock";
  auto opened = openFile(path, O_RDWR | O_CREAT);
  if (!opened) return fail(opened.error().kind == ErrorKind::Permission ? readOnlyError(folder_) : opened.error());
  lock_ = std::move(*opened);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{options.lockPatienceMs};
  while (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return fail(systemError(errno, "lock", shown(path)));
    if (std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
      continue;
    }
    const auto said = readFile(path, 4096).and_then([](const std::string& text) { return parseJson(text); }).value_or(Value{});
    return fail(ErrorKind::Busy, "project.busy",
                TR("error", "The project is already open in {program} (process {pid}).")
                    .with("program", said["program"].isText() ? said["program"].asText() : std::string{"another program"})
                    .with("pid", said["pid"].asInt()),
                TR("error", "Close that program, or wait until its runs have ended, and try again."), shown(folder_));
  }
  Value owner;
  owner["pid"] = static_cast<std::int64_t>(::getpid());
  owner["program"] = options.ownerName;
  owner["since"] = nowMs() / 1000;
  const auto text = toJson(owner) + "\n";
  if (::ftruncate(lock_.get(), 0) == 0) (void)writeAll(lock_.get(), text, path);  // Only for people; the lock is what counts.
  return {};
}

Result<> Project::openDatabases() {
  const auto file = folder_ / "project.db";
  if (!readOnly_) {
    PB_TRY(db_, Database::open(file, Database::Mode::ReadWrite));
    PB_CHECK(migrate(*db_, projectMigrations(), projectApplicationId, folder_ / "backups"));
    PB_TRY(metricsDb_, Database::open(folder_ / "metrics.db", Database::Mode::ReadWrite, false));
    return migrate(*metricsDb_, metricsMigrations(), metricsApplicationId, folder_ / "backups");
  }
  const bool writable = ::access(folder_.c_str(), W_OK) == 0;
  const auto mode = writable ? Database::Mode::ReadOnly : Database::Mode::Immutable;
  PB_TRY(db_, Database::open(file, mode));
  PB_TRY(const auto version, db_->integer("PRAGMA user_version"));
  const auto newest = static_cast<std::int64_t>(projectMigrations().size());
  if (version > newest) return migrate(*db_, projectMigrations(), projectApplicationId, {});  // Says that it is too new.
  if (version < newest) return fail(readOnlyError(folder_));
  std::error_code ec;
  if (fs::exists(folder_ / "metrics.db", ec)) {
    PB_TRY(metricsDb_, Database::open(folder_ / "metrics.db", mode));
  }
  return {};
}

Result<std::unique_ptr<Project>> Project::open(const fs::path& folder, const Options& options) {
  std::unique_ptr<Project> project{new Project};
  std::error_code ec;
  const fs::path absolute = fs::weakly_canonical(fs::absolute(folder, ec), ec);
  if (ec) return fail(systemError(ec.value(), "open", shown(folder)));
  project->folder_ = absolute;
  project->readOnly_ = options.access == Access::ReadOnly;
  if (fs::exists(absolute, ec) && !fs::is_directory(absolute, ec))
    return fail(ErrorKind::BadInput, "project.not-a-folder", TR("error", "The project is not a folder."),
                TR("error", "Name a folder; a new one is made when there is none."), shown(absolute));
  const bool there = fs::exists(absolute / "project.db", ec);
  if (!there && (project->readOnly_ || !options.create)) {
    if (fs::is_directory(absolute, ec) && ::access(absolute.c_str(), W_OK) != 0) return fail(readOnlyError(absolute));
    return fail(ErrorKind::NotFound, "project.none", TR("error", "There is no Patchbay project in this folder."),
                TR("error", "Check the path, or run a pipeline there to make one."), shown(absolute));
  }
  if (!project->readOnly_) {
    PB_CHECK(makeFolder(absolute));
    PB_CHECK(refuseNetwork(absolute));
    if (::access(absolute.c_str(), W_OK) != 0) return fail(readOnlyError(absolute));
    PB_CHECK(project->lock(options));
    for (const char* name : {"pipelines", "objects", "exports", "attempts", "checkpoints"}) PB_CHECK(makeFolder(absolute / name));
    killPoint(KillPoint::ProjectFolderMade);
  }
  PB_CHECK(project->openDatabases());
  project->objects_ = std::make_unique<ObjectFolder>(absolute / "objects");
  return project;
}

Project::~Project() {
  if (db_ && !readOnly_) (void)flush();
}

}  // namespace patchbay
