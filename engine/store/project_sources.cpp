// SPDX-License-Identifier: Apache-2.0
// Where the bytes of pictures lie, and how a moved one is found again.
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "engine/store/project.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {
constexpr std::size_t mostSearched = 500'000;   ///< Files looked at to find a lost picture.
constexpr std::int64_t searchLivesMs = 30'000;  ///< A data set that moved loses all its pictures at once: one search serves them.
constexpr std::size_t flushSourcesAt = 4'096;

std::optional<SourceRecord> lookAt(const fs::path& path) {
  struct stat st {};
  if (::stat(path.c_str(), &st) != 0 || !S_ISREG(st.st_mode)) return std::nullopt;
  return SourceRecord{path.native(), st.st_size, std::int64_t{st.st_mtim.tv_sec} * 1'000'000'000 + st.st_mtim.tv_nsec,
                      static_cast<std::int64_t>(st.st_ino)};
}
}  // namespace

std::string Project::storedPath(const fs::path& path) const {
  const auto relative = path.lexically_relative(folder_);
  return relative.empty() || *relative.begin() == ".." ? path.native() : relative.native();
}

fs::path Project::absolutePath(std::string_view stored) const {
  const fs::path path{stored};
  return path.is_absolute() ? path : folder_ / path;
}

Result<> Project::writeSource(const Digest& digest, const SourceRecord& s) {
  const auto stored = storedPath(s.path);
  PB_CHECK(db_->run("INSERT OR REPLACE INTO sources (digest, path, size, mtime_ns, inode) VALUES (?, ?, ?, ?, ?)",
                    {blobOf(digest), Blob{stored}, s.size, s.mtimeNs, s.inode}));
  return {};
}

Result<> Project::addSource(const Digest& digest, const fs::path& path) {
  auto seen = lookAt(path);
  if (!seen) return fail(systemError(ENOENT, "open", displayText(path.native())));
  std::size_t pending = 0;
  {
    const std::scoped_lock lock{pendingMutex_};
    auto& places = pendingSources_[digest];
    const auto same = std::find_if(places.begin(), places.end(), [&](const auto& p) { return p.path == seen->path; });
    if (same != places.end()) *same = std::move(*seen);
    else places.push_back(std::move(*seen));
    pending = pendingSources_.size();
  }
  return pending >= flushSourcesAt ? flush() : Result<>{};
}

Result<std::vector<SourceRecord>> Project::sourcesOf(const Digest& digest) {
  std::vector<SourceRecord> out;
  {
    const std::scoped_lock lock{pendingMutex_};
    if (const auto found = pendingSources_.find(digest); found != pendingSources_.end()) out = found->second;
  }
  PB_CHECK(
      db_->query("SELECT path, size, mtime_ns, inode FROM sources WHERE digest = ?", {blobOf(digest)}, [&](const Row& row) -> Result<> {
        out.push_back({absolutePath(row.bytes(0)).native(), row.integer(1), row.integer(2), row.integer(3)});
        return {};
      }));
  return out;
}

Result<std::optional<fs::path>> Project::searchMoved(const Digest& digest, std::span<const SourceRecord> known) {
  const std::scoped_lock lock{searchMutex_};
  for (const auto& source : known) {
    // The nearest folder above that is still there, one level up from the picture's own: siblings and renamed folders.
    fs::path root = fs::path{source.path}.parent_path().parent_path();
    std::error_code ec;
    while (!fs::is_directory(root, ec) && root.has_relative_path()) root = root.parent_path();
    if (!root.has_relative_path()) continue;  // Never the whole disk.
    if (!search_ || search_->root != root || nowMs() - search_->madeMs > searchLivesMs) {
      search_ = SearchIndex{root, nowMs(), {}};
      auto it = fs::recursive_directory_iterator{root, fs::directory_options::skip_permission_denied, ec};
      for (; !ec && it != fs::recursive_directory_iterator{} && search_->bySize.size() < mostSearched; it.increment(ec)) {
        if (it->path() == objects_->root()) it.disable_recursion_pending();
        std::error_code ignored;
        if (it->is_regular_file(ignored)) search_->bySize.emplace(static_cast<std::int64_t>(it->file_size(ignored)), it->path());
      }
    }
    const auto [first, last] = search_->bySize.equal_range(source.size);
    for (auto candidate = first; candidate != last; ++candidate) {
      const auto found = digestOfFile(candidate->second);
      if (found && *found == digest) return candidate->second;
    }
  }
  return std::nullopt;
}

Result<fs::path> Project::locate(const Digest& digest) {
  if (objects_->contains(digest)) return objects_->pathOf(digest);
  PB_TRY(const auto known, sourcesOf(digest));
  for (const auto& source : known) {
    const auto now = lookAt(source.path);
    if (!now || now->size != source.size) continue;
    if (now->mtimeNs == source.mtimeNs) return fs::path{source.path};
    // Touched, copied over or really changed: only the bytes say.
    const auto bytes = digestOfFile(source.path);
    if (!bytes || *bytes != digest) continue;
    if (!readOnly_) PB_CHECK(addSource(digest, source.path));
    return fs::path{source.path};
  }
  PB_TRY(const auto moved, searchMoved(digest, known));
  if (moved) {
    if (!readOnly_) PB_CHECK(addSource(digest, *moved));
    return *moved;
  }
  if (known.empty())
    return fail(ErrorKind::NotFound, "store.unknown-digest", TR("error", "Nothing with these bytes is known in this project."),
                TR("error", "Run the block that makes it again."), digest.hex());
  return fail(ErrorKind::NotFound, "store.picture-missing",
              TR("error", "The picture is not where it was, and it was not found near there."),
              TR("error", "Put it back, or run the block that reads the pictures again."), displayText(known.front().path));
}

}  // namespace patchbay
