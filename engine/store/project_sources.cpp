// SPDX-License-Identifier: Apache-2.0
// Where the bytes of pictures lie, and how a moved one is found again.
#include <algorithm>
#include <cerrno>

#include "engine/store/project.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {
constexpr std::size_t mostSearched = 500'000;   ///< Files looked at to find a lost picture.
constexpr std::int64_t searchLivesMs = 30'000;  ///< A data set that moved loses all its pictures at once: one search serves them.
constexpr std::size_t flushSourcesAt = 4'096;

/// The file, where its bytes are those of the digest.
std::optional<SeenFile> checked(const Digest& digest, const fs::path& path) {
  auto stamp = settledStampOf(path);
  const auto bytes = digestOfFile(path);
  if (!bytes || *bytes != digest) return std::nullopt;
  return SeenFile{path, std::move(stamp)};
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
  PB_CHECK(db_->run(
      "INSERT OR REPLACE INTO sources (digest, path, size, mtime_ns, inode, ctime_ns) VALUES (?, ?, ?, ?, ?, ?)",
      {blobOf(digest), Blob{stored}, s.stamp.size, s.stamp.mtimeNs, s.stamp.inode, s.proven ? SqlArg{s.stamp.ctimeNs} : SqlArg{nullptr}}));
  return {};
}

Result<> Project::addSource(const Digest& digest, const SeenFile& file) {
  const auto stamp = file.stamp ? file.stamp : stampOf(file.path);
  if (!stamp) return fail(systemError(ENOENT, "open", displayText(file.path.native())));
  SourceRecord seen{file.path.native(), *stamp, file.stamp.has_value()};
  std::size_t pending = 0;
  {
    const std::scoped_lock lock{pendingMutex_};
    auto& places = pendingSources_[digest];
    const auto same = std::find_if(places.begin(), places.end(), [&](const auto& p) { return p.path == seen.path; });
    if (same != places.end()) *same = std::move(seen);
    else places.push_back(std::move(seen));
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
  PB_CHECK(db_->query(
      "SELECT path, size, mtime_ns, inode, ctime_ns FROM sources WHERE digest = ?", {blobOf(digest)}, [&](const Row& row) -> Result<> {
        const FileStamp stamp{.size = row.integer(1), .mtimeNs = row.integer(2), .ctimeNs = row.integer(4), .inode = row.integer(3)};
        out.push_back({absolutePath(row.bytes(0)).native(), stamp, !row.isNull(4)});
        return {};
      }));
  return out;
}

Result<std::optional<SeenFile>> Project::searchMoved(const Digest& digest, std::span<const SourceRecord> known) {
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
    const auto [first, last] = search_->bySize.equal_range(source.stamp.size);
    for (auto candidate = first; candidate != last; ++candidate)
      if (auto found = checked(digest, candidate->second)) return found;
  }
  return std::nullopt;
}

Result<SeenFile> Project::locate(const Digest& digest) {
  if (objects_->contains(digest)) return SeenFile{objects_->pathOf(digest)};
  PB_TRY(const auto known, sourcesOf(digest));
  for (const auto& source : known) {
    const auto now = stampOf(source.path);
    if (!now || now->size != source.stamp.size) continue;
    if (source.proven && *now == source.stamp) return SeenFile{source.path, *now};
    if (now->mtimeNs == source.stamp.mtimeNs) return SeenFile{source.path};
    // Touched, copied over or really changed: only the bytes say.
    const auto same = checked(digest, source.path);
    if (!same) continue;
    if (!readOnly_) PB_CHECK(addSource(digest, *same));
    return *same;
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
