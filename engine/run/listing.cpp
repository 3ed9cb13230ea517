// SPDX-License-Identifier: Apache-2.0
#include "engine/run/listing.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "engine/base/file.h"
#include "engine/base/value.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

struct Entry {
  std::string name;
  struct stat st;
};

/// "size time inode LF"
std::string lineOf(const struct stat& st) {
  std::array<char, 96> numbers{};
  char* at = numbers.data();
  const auto put = [&](std::int64_t v) {
    at = std::to_chars(at, numbers.data() + numbers.size() - 1, v).ptr;
    *at++ = ' ';
  };
  put(st.st_size);
  put(std::int64_t{st.st_mtim.tv_sec} * 1'000'000'000 + st.st_mtim.tv_nsec);
  put(static_cast<std::int64_t>(st.st_ino));
  at[-1] = '\n';
  return {numbers.data(), at};
}

/// Writes "path NUL size time inode LF" a file, depth first in the order of names.
class Lister {
 public:
  explicit Lister(const fs::path& project) {
    struct stat st {};
    if (!project.empty() && ::stat(project.c_str(), &st) == 0) project_ = {st.st_dev, st.st_ino};
  }

  void file(std::string_view path, const struct stat& st) {
    line_.assign(path);
    line_ += '\0';
    line_ += lineOf(st);
    add(line_);
    ++out_.files;
    out_.bytes += st.st_size;
  }

  void folder(int parent, const char* name, const std::string& prefix) {
    const int fd = ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
      add(prefix + std::string("\0unreadable\n", 12));
      return;
    }
    struct stat here {};
    ::fstat(fd, &here);
    if (!seen_.emplace(here.st_dev, here.st_ino).second) {
      ::close(fd);
      return;
    }
    const bool ours = project_ == std::pair{here.st_dev, here.st_ino};
    DIR* dir = ::fdopendir(fd);
    if (!dir) {
      ::close(fd);
      return;
    }
    std::vector<Entry> entries;
    while (const dirent* e = ::readdir(dir)) {
      const std::string_view n{e->d_name};
      if (n == "." || n == ".." || (ours && isOurs(n))) continue;
      Entry entry{std::string{n}, {}};
      if (::fstatat(fd, e->d_name, &entry.st, 0) != 0 && ::fstatat(fd, e->d_name, &entry.st, AT_SYMLINK_NOFOLLOW) != 0) continue;
      entries.push_back(std::move(entry));
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    for (const auto& e : entries) {
      const auto path = prefix.empty() ? e.name : prefix + "/" + e.name;
      if (S_ISDIR(e.st.st_mode)) folder(fd, e.name.c_str(), path);
      else if (S_ISREG(e.st.st_mode)) file(path, e.st);
    }
    ::closedir(dir);
  }

  FileListing finish() {
    out_.digest = hasher_.finish();
    if (out_.files > FileListing::mostListed) out_.text.clear();
    return std::move(out_);
  }
  void add(std::string_view line) {
    hasher_.add(line);
    if (out_.files <= FileListing::mostListed) out_.text += line;
  }

 private:
  static bool isOurs(std::string_view name) {
    constexpr std::array<std::string_view, 6> ours{"objects", "attempts", "checkpoints", "exports", "backups", "project.lock"};
    return name.starts_with("project.db") || name.starts_with("metrics.db") || std::find(ours.begin(), ours.end(), name) != ours.end();
  }

  Hasher hasher_;
  FileListing out_;
  std::string line_;
  std::set<std::pair<dev_t, ino_t>> seen_;
  std::pair<dev_t, ino_t> project_{};
};

std::map<std::string_view, std::string_view> linesOf(std::string_view listing) {
  std::map<std::string_view, std::string_view> out;
  while (!listing.empty()) {
    const auto nul = listing.find('\0');
    const auto end = nul == std::string_view::npos ? nul : listing.find('\n', nul);
    if (end == std::string_view::npos) break;
    out.emplace(listing.substr(0, nul), listing.substr(nul + 1, end - nul - 1));
    listing.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

FileListing listFiles(const fs::path& path, const fs::path& project) {
  Lister lister{project};
  struct stat st {};
  if (::stat(path.c_str(), &st) != 0) lister.add(std::string_view("\0missing\n", 9));
  else if (S_ISDIR(st.st_mode)) lister.folder(AT_FDCWD, path.c_str(), {});
  else lister.file(path.filename().native(), st);
  return lister.finish();
}

void FoundFiles::add(const fs::path& path) {
  const auto whole = path.is_absolute() ? path : base_ / path;
  const auto relative = base_.empty() ? fs::path{} : whole.lexically_relative(base_);
  const bool below = !relative.empty() && *relative.begin() != "..";
  auto name = (below ? relative : whole).native();
  if (lines_.contains(name)) return;
  struct stat st {};
  const bool there = ::stat(whole.c_str(), &st) == 0 && S_ISREG(st.st_mode);
  lines_.emplace(std::move(name), there ? lineOf(st) : "missing\n");
}

std::string FoundFiles::text() const {
  std::string out;
  for (const auto& [name, line] : lines_) {
    out += name;
    out += '\0';
    out += line;
  }
  return out;
}

std::string FoundFiles::again(std::string_view listing, const fs::path& base) {
  FoundFiles now{base};
  for (const auto& [name, line] : linesOf(listing)) now.add(fs::path{name});
  return now.text();
}

std::vector<Text> compareListings(std::string_view before, std::string_view now) {
  constexpr std::size_t mostNamed = 2;
  const auto old = linesOf(before), fresh = linesOf(now);
  std::vector<std::string_view> added, changed, gone;
  constexpr std::string_view missing = "missing";  // Named, but not there: see FoundFiles.
  // Both are sorted: one pass over the two.
  auto a = old.begin();
  auto b = fresh.begin();
  while (a != old.end() || b != fresh.end()) {
    if (b == fresh.end() || (a != old.end() && a->first < b->first)) {
      gone.push_back((a++)->first);
    } else if (a == old.end() || b->first < a->first) {
      added.push_back((b++)->first);
    } else {
      if (a->second != b->second) (a->second == missing ? added : b->second == missing ? gone : changed).push_back(a->first);
      ++a;
      ++b;
    }
  }
  std::vector<Text> out;
  const auto tell = [&](const std::vector<std::string_view>& paths, const Text& one, const Text& many) {
    if (paths.size() <= mostNamed)
      for (const auto path : paths) out.push_back(Text{one}.with("path", displayText(path)));
    else out.push_back(Text{many}.with("path", displayText(paths.front())).count(static_cast<std::int64_t>(paths.size())));
  };
  tell(added, TR("reason", "The file {path} was added."), TR("reason", "{n} files were added, for example {path}."));
  tell(changed, TR("reason", "The file {path} changed."), TR("reason", "{n} files changed, for example {path}."));
  tell(gone, TR("reason", "The file {path} is no longer there."), TR("reason", "{n} files are no longer there, for example {path}."));
  return out;
}

}  // namespace patchbay
