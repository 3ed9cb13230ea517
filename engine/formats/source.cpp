// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>

#include "engine/formats/archive.h"
#include "engine/vision/decode.h"

namespace patchbay::formats {
namespace fs = std::filesystem;
namespace {

constexpr int deepestFolder = 64;
constexpr std::size_t mostFiles = 5'000'000;

bool isLitter(std::string_view name) {
  return name.empty() || name.front() == '.' || name == "Thumbs.db" || name == "desktop.ini" || name == "__MACOSX";
}

tl::unexpected<Error> stopped() {
  return fail(ErrorKind::Cancelled, "import.cancelled", TR("data", "The import was stopped."), TR("data", "Run again to go on."));
}

struct Walk {
  const fs::path& root;
  fs::path realRoot;
  Report& report;
  const StopFlag* stop;
  std::vector<SourceFile>& files;
  std::set<std::pair<dev_t, ino_t>> entered;

  /// A link may point to another place of the same folder, and nowhere else.
  bool leadsOutside(const fs::path& link) const {
    std::error_code ec;
    const auto real = fs::canonical(link, ec);
    if (ec) return true;
    const auto inside = real.lexically_relative(realRoot);
    return inside.empty() || *inside.begin() == "..";
  }

  Result<> folder(const std::string& name, int depth) {
    const auto path = name.empty() ? root : root / name;
    struct stat st {};
    if (::stat(path.c_str(), &st) != 0 || !entered.emplace(st.st_dev, st.st_ino).second) return {};
    if (depth > deepestFolder) {
      report.add("folder.deep", name);
      return {};
    }
    std::vector<std::string> names;
    std::error_code ec;
    for (fs::directory_iterator it{path, ec}, end; !ec && it != end; it.increment(ec)) names.push_back(it->path().filename().native());
    if (ec) {
      if (depth == 0) return fail(systemError(ec.value(), "read", displayText(path.native())));
      report.add("file.unreadable", name);
    }
    std::ranges::sort(names);
    for (const auto& one : names) {
      if (isLitter(one)) continue;
      if (stop && stop->requested()) return stopped();
      PB_CHECK(entry(joined(name, one), depth));
    }
    return {};
  }

  Result<> entry(const std::string& name, int depth) {
    const auto path = root / name;
    struct stat st {};
    if (::lstat(path.c_str(), &st) != 0) return {};
    if (S_ISLNK(st.st_mode)) {
      if (leadsOutside(path)) {
        report.add("link.outside", name);
        return {};
      }
      if (::stat(path.c_str(), &st) != 0) return {};
    }
    if (S_ISDIR(st.st_mode)) return folder(name, depth + 1);
    if (!S_ISREG(st.st_mode)) return {};
    if (files.size() >= mostFiles)
      return fail(ErrorKind::BadInput, "folder.too_many",
                  TR("data", "The folder holds more than {n} files.").count(static_cast<std::int64_t>(mostFiles)),
                  TR("data", "Choose a smaller folder."), displayText(root.native()));
    files.push_back({name, static_cast<std::int64_t>(st.st_size)});
    return {};
  }
};

/// The folder that an annotation file speaks of: the one around it, or around its "annotations".
fs::path rootAround(const fs::path& file) {
  const auto parent = file.parent_path();
  static const std::set<std::string, std::less<>> inner{"annotations", "Annotations", "labels"};
  return inner.contains(parent.filename().native()) && parent.has_parent_path() ? parent.parent_path() : parent;
}

}  // namespace

Result<Source> Source::open(const fs::path& given, Report& report, const SourceOptions& options) {
  std::error_code ec;
  const auto path = fs::absolute(given).lexically_normal();
  if (!fs::exists(path, ec))
    return fail(ErrorKind::NotFound, "folder.missing", TR("data", "{path} does not exist.").with("path", displayText(path.native())),
                TR("data", "Choose the folder again; was it moved or renamed?"));
  Source source;
  if (fs::is_directory(path, ec)) {
    source.root_ = path;
  } else if (isArchive(path)) {
    if (options.scratch.empty())
      return fail(ErrorKind::Internal, "archive.scratch", TR("formats", "There is no folder to unpack the archive in."),
                  TR("formats", "Report this."));
    source.scratch_ = options.scratch;
    PB_CHECK(unpack(path, options.scratch, report, {.stop = options.stop}));
    source.root_ = options.scratch;
  } else {
    source.root_ = rootAround(path);
    source.only_ = path.lexically_relative(source.root_).native();
  }
  Walk walk{source.root_, fs::canonical(source.root_, ec), report, options.stop, source.files_, {}};
  PB_CHECK(walk.folder({}, 0));
  std::ranges::sort(source.files_, {}, &SourceFile::name);
  source.index();
  return source;
}

Source::Source(Source&& other) noexcept
    : root_{std::move(other.root_)},
      scratch_{std::exchange(other.scratch_, {})},
      only_{std::move(other.only_)},
      files_{std::move(other.files_)} {
  index();  // Its keys are views of the names.
  other.byName_.clear();
}

Source::~Source() {
  std::error_code ignored;
  if (!scratch_.empty()) fs::remove_all(scratch_, ignored);
}

void Source::index() {
  byName_.clear(), byLast_.clear(), byStem_.clear();
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const std::string_view name = files_[i].name;
    byName_.emplace(name, i);
    if (!isPictureName(name)) continue;
    byLast_.emplace(lastOf(name), i);
    byStem_.emplace(withoutExtension(name), i);
  }
}

Result<MappedFile> Source::open(std::string_view name) const {
  if (!contains(name)) return fail(systemError(ENOENT, "open", displayText(name)));
  return MappedFile::open(pathOf(name));
}

std::string Source::peek(std::string_view name, std::size_t bytes) const {
  const auto fd = openFile(pathOf(name), O_RDONLY);
  if (!fd) return {};
  const auto read = [&](off_t at) {
    std::string to(bytes, '\0');
    const auto n = ::pread(fd->get(), to.data(), bytes, at);
    to.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return to;
  };
  auto to = read(0);
  const auto end = ::lseek(fd->get(), 0, SEEK_END);
  if (end > static_cast<off_t>(bytes)) to += '\n' + read(std::max(static_cast<off_t>(bytes), end - static_cast<off_t>(bytes)));
  return to;
}

std::vector<std::string> Source::withExtension(std::string_view extension) const {
  std::vector<std::string> to;
  for (const auto& file : files_)
    if (extensionOf(file.name) == extension && (only_.empty() || only_ == file.name)) to.push_back(file.name);
  return to;
}

std::vector<std::string> Source::pictures() const {
  std::vector<std::string> to;
  for (const auto& file : files_)
    if (isPictureName(file.name)) to.push_back(file.name);
  return to;
}

std::string Source::find(std::string_view named, std::string_view folder, Report& report) const {
  std::string wanted{named};
  std::ranges::replace(wanted, '\\', '/');
  while (wanted.starts_with("./")) wanted.erase(0, 2);
  if (wanted.empty()) return {};
  if (auto near = joined(folder, wanted); contains(near)) return near;
  if (contains(wanted)) return wanted;
  const auto path = fs::path{wanted};
  const bool outside =
      path.is_absolute() || std::ranges::find(path, fs::path{".."}) != path.end() || (wanted.size() > 1 && wanted[1] == ':');
  // The one whose path ends with as many of the same names as possible; none of several equally good ones.
  std::string best;
  std::size_t most = 0;
  bool several = false;
  const auto [begin, end] = byLast_.equal_range(lastOf(wanted));
  for (auto at = begin; at != end; ++at) {
    const auto& name = files_[at->second].name;
    std::size_t same = 0;
    while (same < name.size() && same < wanted.size() && name[name.size() - 1 - same] == wanted[wanted.size() - 1 - same]) ++same;
    if (same > most || best.empty()) best = name, most = same, several = false;
    else if (same == most) several = true;
  }
  if (several) best.clear();
  if (outside && !best.empty()) report.add("picture.path", named);
  return best;
}

std::string Source::find(std::string_view named, std::span<const std::string> folders, Report& report) const {
  std::string wanted{named};
  std::ranges::replace(wanted, '\\', '/');
  while (wanted.starts_with("./")) wanted.erase(0, 2);
  for (const auto& folder : folders)
    if (auto near = joined(folder, wanted); contains(near)) return near;
  return find(named, std::string_view{}, report);
}

std::string Source::nameFor(std::string_view named, std::string_view found) {
  std::string wanted{named};
  std::ranges::replace(wanted, '\\', '/');
  const auto path = std::filesystem::path{wanted}.lexically_normal();
  const bool inside =
      !path.empty() && !path.is_absolute() && *path.begin() != ".." && path != "." && !(wanted.size() > 1 && wanted[1] == ':');
  if (inside && isPictureName(path.native())) return path.native();
  return found.empty() ? std::string{lastOf(wanted)} : std::string{found};
}

std::string Source::findStem(std::string_view stem) const {
  const auto at = byStem_.find(stem);
  return at == byStem_.end() ? std::string{} : files_[at->second].name;
}

std::optional<PictureSize> Source::sizeOf(std::string_view picture) const {
  const auto file = open(picture);
  if (!file) return std::nullopt;
  const auto info = vision::probe(file->bytes());
  if (!info) return std::nullopt;
  const bool turned = info->orientation >= 5;
  return PictureSize{turned ? info->height : info->width, turned ? info->width : info->height, turned};
}

bool isPictureName(std::string_view name) {
  constexpr std::array<std::string_view, 8> known{".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".jfif"};
  return std::ranges::find(known, extensionOf(name)) != known.end();
}

std::string_view folderOf(std::string_view name) {
  const auto cut = name.rfind('/');
  return cut == std::string_view::npos ? std::string_view{} : name.substr(0, cut);
}
std::string_view lastOf(std::string_view name) {
  const auto cut = name.rfind('/');
  return cut == std::string_view::npos ? name : name.substr(cut + 1);
}
std::string_view withoutExtension(std::string_view name) {
  const auto last = lastOf(name);
  const auto dot = last.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, name.size() - last.size() + dot);
}
std::string_view stemOf(std::string_view name) { return lastOf(withoutExtension(name)); }
std::string extensionOf(std::string_view name) {
  std::string to{name.substr(withoutExtension(name).size())};
  std::ranges::transform(to, to.begin(),
                         [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c); });
  return to;
}
std::string joined(std::string_view folder, std::string_view name) {
  if (folder.empty()) return std::string{name};
  return std::string{folder} + '/' + std::string{name};
}

}  // namespace patchbay::formats
