// SPDX-License-Identifier: Apache-2.0
#include "engine/store/object_folder.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "engine/base/kill_point.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view temporaryFolder = "tmp", damagedFolder = "damaged";

std::string shown(const fs::path& path) { return displayText(path.native()); }

/// Makes a folder below an existing one and puts the new name on disk.
Result<> makeFolder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0777) == 0) return syncFolder(folder.parent_path());
  if (errno == EEXIST) return {};
  return fail(systemError(errno, "create", shown(folder)));
}

fs::path temporaryIn(const fs::path& root) {
  static std::atomic<unsigned> counter{0};
  return root / temporaryFolder / (std::to_string(::getpid()) + "-" + std::to_string(counter++));
}

Result<> copyInto(const UniqueFd& from, const UniqueFd& to, const fs::path& source, const fs::path& target) {
  if (::ioctl(to.get(), FICLONE, from.get()) == 0) return {};
  std::string buffer(256 * 1024, '\0');
  for (;;) {
    const auto n = ::read(from.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(systemError(errno, "read", shown(source)));
    if (n == 0) return {};
    PB_CHECK(writeAll(to.get(), std::string_view{buffer.data(), static_cast<std::size_t>(n)}, target));
  }
}

}  // namespace

struct ObjectFolder::Impl {
  fs::path root;
  std::mutex mutex;
  std::unordered_map<Digest, FileStamp> verified;

  fs::path pathOf(const Digest& digest) const {
    const auto hex = digest.hex();
    return root / hex.substr(0, 2) / hex.substr(2);
  }

  Result<> makeRoot() const {
    std::error_code ec;
    fs::create_directories(root, ec);
    if (ec) return fail(systemError(ec.value(), "create", shown(root)));
    return makeFolder(root / temporaryFolder);
  }

  /// Bytes that are there already count as put; a file of another size is a damaged one and is written over.
  bool refresh(const Digest& digest, off_t size) const {
    const auto path = pathOf(digest);
    const auto stamp = stampOf(path);
    if (!stamp || stamp->size != size) return false;
    return ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0 || errno == EROFS || errno == EPERM || errno == EACCES;
  }

  /// Gives a finished temporary file its name.
  Result<> publish(const fs::path& temporary, const Digest& digest) const {
    PB_TRY(const UniqueFd fd, openFile(temporary, O_RDONLY));
    if (::fchmod(fd.get(), 0444) != 0 || ::fsync(fd.get()) != 0) return fail(systemError(errno, "write", shown(temporary)));
    const auto path = pathOf(digest);
    PB_CHECK(makeFolder(path.parent_path()));
    killPoint(KillPoint::ObjectWritten);
    if (::rename(temporary.c_str(), path.c_str()) != 0) return fail(systemError(errno, "write", shown(path)));
    killPoint(KillPoint::ObjectRenamed);
    return syncFolder(path.parent_path());
  }

  Result<Digest> copyIn(const fs::path& path) const {
    PB_CHECK(makeRoot());
    const auto temporary = temporaryIn(root);
    const auto copied = [&]() -> Result<Digest> {
      PB_TRY(const UniqueFd from, openFile(path, O_RDONLY));
      PB_TRY(const UniqueFd to, openFile(temporary, O_WRONLY | O_CREAT | O_EXCL));
      PB_CHECK(copyInto(from, to, path, temporary));
      // The copy is hashed, not the original, which may change while it is read.
      PB_TRY(const auto digest, digestOfFile(temporary));
      PB_CHECK(publish(temporary, digest));
      return digest;
    }();
    if (!copied) ::unlink(temporary.c_str());
    return copied;
  }
};

ObjectFolder::ObjectFolder(fs::path root) : impl_{std::make_unique<Impl>()} { impl_->root = std::move(root); }
ObjectFolder::~ObjectFolder() = default;

const fs::path& ObjectFolder::root() const { return impl_->root; }
fs::path ObjectFolder::pathOf(const Digest& digest) const { return impl_->pathOf(digest); }
bool ObjectFolder::contains(const Digest& digest) const { return stampOf(pathOf(digest)).has_value(); }

Result<MappedFile> ObjectFolder::open(const Digest& digest) {
  const auto path = pathOf(digest);
  const auto stamp = stampOf(path);
  if (!stamp)
    return fail(ErrorKind::NotFound, "object.missing", TR("store", "A stored object is missing ({digest}).").with("digest", digest.hex()),
                TR("store", "Run the pipeline again; what is missing is made anew."));
  PB_TRY(auto file, MappedFile::open(path));
  {
    const std::lock_guard lock{impl_->mutex};
    const auto known = impl_->verified.find(digest);
    if (known != impl_->verified.end() && known->second == *stamp) return file;
  }
  if (digestOf(file.bytes()) != digest) {
    ::mkdir((impl_->root / damagedFolder).c_str(), 0777);
    ::rename(path.c_str(), (impl_->root / damagedFolder / digest.hex()).c_str());
    return fail(ErrorKind::Corrupt, "object.damaged",
                TR("store", "A stored object no longer has the bytes it was stored with ({digest}).").with("digest", digest.hex()),
                TR("store", "Run the pipeline again; it is made anew. If this happens often, check the disk."), shown(path));
  }
  const std::lock_guard lock{impl_->mutex};
  impl_->verified.insert_or_assign(digest, *stamp);
  return file;
}

Result<Digest> ObjectFolder::put(std::string_view bytes) {
  const auto digest = digestOf(bytes);
  if (impl_->refresh(digest, static_cast<off_t>(bytes.size()))) return digest;
  PB_CHECK(impl_->makeRoot());
  const auto temporary = temporaryIn(impl_->root);
  const auto written = [&]() -> Result<> {
    {
      PB_TRY(const UniqueFd fd, openFile(temporary, O_WRONLY | O_CREAT | O_EXCL));
      PB_CHECK(writeAll(fd.get(), bytes, pathOf(digest)));
    }
    return impl_->publish(temporary, digest);
  }();
  if (!written) {
    ::unlink(temporary.c_str());
    return fail(written.error());
  }
  return digest;
}

Result<Digest> ObjectFolder::putFile(const fs::path& path) {
  PB_TRY(const auto digest, digestOfFile(path));
  std::error_code ec;
  if (impl_->refresh(digest, static_cast<off_t>(fs::file_size(path, ec)))) {
    ::unlink(path.c_str());
    return digest;
  }
  PB_CHECK(impl_->makeRoot());
  const auto temporary = temporaryIn(impl_->root);
  if (::rename(path.c_str(), temporary.c_str()) == 0) {
    // Whoever holds the file open for writing must not be able to change the object: hash what was moved.
    const auto moved = digestOfFile(temporary);
    const auto published = moved ? impl_->publish(temporary, *moved) : Result<>{fail(moved.error())};
    if (published) return *moved;
    ::rename(temporary.c_str(), path.c_str());  // It is not lost.
    return fail(published.error());
  }
  PB_TRY(const auto copied, impl_->copyIn(path));
  ::unlink(path.c_str());
  return copied;
}

Result<Digest> ObjectFolder::copyFile(const fs::path& path) {
  PB_TRY(const auto digest, digestOfFile(path));
  std::error_code ec;
  if (impl_->refresh(digest, static_cast<off_t>(fs::file_size(path, ec)))) return digest;
  return impl_->copyIn(path);
}

Result<> ObjectFolder::forEach(const std::function<Result<>(const Entry&)>& visit) const {
  std::error_code ec;
  if (!fs::exists(impl_->root, ec)) return {};
  for (fs::directory_iterator outer{impl_->root, ec}, end; outer != end; outer.increment(ec)) {
    const auto head = outer->path().filename().native();
    if (head.size() != 2) continue;
    std::error_code inside;
    for (fs::directory_iterator inner{outer->path(), inside}, last; inner != last; inner.increment(inside)) {
      const auto digest = Digest::parse(head + inner->path().filename().native());
      struct stat st {};
      if (!digest || ::stat(inner->path().c_str(), &st) != 0) continue;
      std::error_code noTime;
      PB_CHECK(visit({*digest, st.st_size, fs::last_write_time(inner->path(), noTime)}));
    }
    if (inside) return fail(systemError(inside.value(), "read", shown(outer->path())));
  }
  if (ec) return fail(systemError(ec.value(), "read", shown(impl_->root)));
  return {};
}

Result<> ObjectFolder::remove(const Digest& digest) {
  const auto path = pathOf(digest);
  {
    const std::lock_guard lock{impl_->mutex};
    impl_->verified.erase(digest);
  }
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return fail(systemError(errno, "remove", shown(path)));
  return {};
}

void ObjectFolder::removeLeftovers() {
  std::error_code ec;
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours{1};
  for (const auto& entry : fs::directory_iterator{impl_->root / temporaryFolder, ec}) {
    std::error_code one;
    if (entry.last_write_time(one) < old && !one) fs::remove(entry.path(), one);
  }
}

}  // namespace patchbay
