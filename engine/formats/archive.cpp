// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "engine/base/file.h"

namespace patchbay::formats {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 8> endings{".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar.zst", ".7z"};
constexpr std::int64_t ratioFrom = 64 << 20;
constexpr std::size_t longestName = 4096;

struct ReadCloser {
  void operator()(::archive* a) const { ::archive_read_free(a); }
};
struct WriteCloser {
  void operator()(::archive* a) const { ::archive_write_free(a); }
};

/// Names in archives are UTF-8 here whatever the program's locale; libarchive asks the thread's for what it is.
class Utf8Names {
 public:
  Utf8Names()
      : made_{::newlocale(LC_CTYPE_MASK, "C.UTF-8", static_cast<locale_t>(nullptr))}, before_{made_ ? ::uselocale(made_) : nullptr} {}
  ~Utf8Names() {
    if (!made_) return;
    ::uselocale(before_);
    ::freelocale(made_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t made_, before_;
};

tl::unexpected<Error> bomb(const fs::path& path) {
  return fail(ErrorKind::BadInput, "archive.bomb", TR("formats", "The archive unpacks to far more than it can hold in earnest."),
              TR("formats", "Do not unpack it; ask for it again where it came from."), displayText(path.native()));
}

/// The entry's place below the folder, or empty: absolute, upwards, with drive letters, NUL, or too long.
std::string safeName(const char* raw) {
  if (!raw) return {};
  std::string name{raw};
  std::ranges::replace(name, '\\', '/');
  while (name.starts_with("./")) name.erase(0, 2);
  if (name.empty() || name.front() == '/' || name.size() > longestName || (name.size() > 1 && name[1] == ':')) return {};
  const fs::path path{name};
  for (const auto& part : path)
    if (part == ".." || part.native().size() > 255) return {};
  return path.lexically_normal().native();
}

struct Unpacking {
  const fs::path& archivePath;
  const fs::path& folder;
  Report& report;
  const UnpackOptions& options;
  std::unique_ptr<::archive, ReadCloser> reader{::archive_read_new()};
  std::int64_t written = 0, entries = 0;
  std::set<std::string> seen, folders;

  bool tooMuch() const {
    const auto packed = std::max<std::int64_t>(1, ::archive_filter_bytes(reader.get(), -1));
    return written > options.mostBytes || (written > ratioFrom && written / packed > options.mostRatio);
  }
  Result<> roomLeft() const {
    struct statvfs disk {};
    if (::statvfs(folder.c_str(), &disk) != 0) return {};
    if (static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize) > options.freeBytes) return {};
    return fail(systemError(ENOSPC, "write", displayText(folder.native())));
  }

  Result<> open() {
    ::archive_read_support_filter_all(reader.get());
    ::archive_read_support_format_zip(reader.get());
    ::archive_read_support_format_tar(reader.get());
    ::archive_read_support_format_gnutar(reader.get());
    ::archive_read_support_format_7zip(reader.get());
    if (::archive_read_open_filename(reader.get(), archivePath.c_str(), 256 * 1024) == ARCHIVE_OK) return {};
    return fail(ErrorKind::BadInput, "archive.unreadable", TR("formats", "This is not an archive that can be read."),
                TR("formats", "Use a zip or tar file; copy or download it again."), displayText(archivePath.native()));
  }

  Result<> run() {
    PB_CHECK(open());
    for (;;) {
      if (options.stop && options.stop->requested())
        return fail(ErrorKind::Cancelled, "import.cancelled", TR("data", "The import was stopped."), TR("data", "Run again to go on."));
      ::archive_entry* entry = nullptr;
      const int got = ::archive_read_next_header(reader.get(), &entry);
      if (got == ARCHIVE_EOF) return {};
      if (got < ARCHIVE_WARN) {
        if (entries == 0)
          return fail(ErrorKind::BadInput, "archive.unreadable", TR("formats", "This is not an archive that can be read."),
                      TR("formats", "Use a zip or tar file; copy or download it again."), displayText(archivePath.native()));
        report.add("archive.cut", archivePath.filename().native());
        return {};
      }
      if (++entries > options.mostEntries) return bomb(archivePath);
      if (entries % 256 == 1) PB_CHECK(roomLeft());
      PB_TRY(const bool more, take(entry));
      if (!more) return {};
    }
  }

  /// False: the archive ends here.
  Result<bool> take(::archive_entry* entry) {
    const char* raw = ::archive_entry_pathname(entry);
    // A name that is no text in the archive's own encoding has only its bytes.
    if (!raw) raw = ::archive_entry_pathname_utf8(entry);
    const std::string shown = raw ? raw : "";
    if (::archive_entry_is_encrypted(entry))
      return fail(ErrorKind::BadInput, "archive.locked", TR("formats", "The archive is locked with a password."),
                  TR("formats", "Unpack it and import the folder."), displayText(archivePath.native()));
    const auto type = ::archive_entry_filetype(entry);
    if (type == AE_IFDIR) return true;
    if (type != AE_IFREG || ::archive_entry_hardlink(entry)) {
      report.add("entry.link", shown);
      return true;
    }
    const auto name = safeName(raw);
    if (name.empty() || name == ".") {
      report.add("entry.path", shown);
      return true;
    }
    if (!seen.insert(name).second) {
      report.add("entry.twice", shown);
      return true;
    }
    return file(folder / name, shown);
  }

  Result<bool> file(const fs::path& target, const std::string& shown) {
    std::error_code ec;
    if (folders.insert(target.parent_path().native()).second) fs::create_directories(target.parent_path(), ec);
    if (ec) {  // An entry "a" and another "a/b".
      report.add("entry.path", shown);
      return true;
    }
    // The folder is fresh and no link was ever made in it, so nothing can lead out; O_NOFOLLOW says so once more.
    const auto fd = openFile(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (!fd) {
      if (fd.error().kind == ErrorKind::NoSpace) return fail(fd.error());
      report.add("entry.path", shown);
      return true;
    }
    std::vector<char> buffer(256 * 1024);
    for (std::int64_t sinceLook = 0;;) {
      const auto n = ::archive_read_data(reader.get(), buffer.data(), buffer.size());
      if (n == 0) return true;
      if (n < 0) {
        // A file that is cut off is no file.
        fs::remove(target, ec);
        report.add("archive.cut", shown);
        return n != ARCHIVE_FATAL;
      }
      written += n;
      sinceLook += n;
      if (tooMuch()) return bomb(archivePath);
      if (sinceLook > ratioFrom) {
        PB_CHECK(roomLeft());
        sinceLook = 0;
      }
      PB_CHECK(writeAll(fd->get(), {buffer.data(), static_cast<std::size_t>(n)}, target));
    }
  }
};

}  // namespace

bool isArchive(const fs::path& path) {
  std::string name = path.filename().native();
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

Result<> unpack(const fs::path& path, const fs::path& folder, Report& report, const UnpackOptions& options) {
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (ec) return fail(systemError(ec.value(), "create", displayText(folder.native())));
  const Utf8Names names;
  auto done = Unpacking{path, folder, report, options}.run();
  if (!done) fs::remove_all(folder, ec);
  return done;
}

struct ArchiveWriter::Impl {
  std::unique_ptr<::archive, WriteCloser> writer{::archive_write_new()};
  std::unique_ptr<::archive_entry, void (*)(::archive_entry*)> entry{::archive_entry_new(), ::archive_entry_free};
  fs::path file;

  tl::unexpected<Error> failed() const {
    const int number = ::archive_errno(writer.get());
    return fail(systemError(number > 0 ? number : EIO, "write", displayText(file.native())));
  }
};

ArchiveWriter::ArchiveWriter(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
ArchiveWriter::~ArchiveWriter() = default;

Result<std::unique_ptr<ArchiveWriter>> ArchiveWriter::create(const fs::path& file, std::string_view likeName) {
  const Utf8Names names;
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  auto* a = impl->writer.get();
  if (likeName.ends_with(".zip")) {
    ::archive_write_set_format_zip(a);
    ::archive_write_set_options(a, "zip:compression-level=1,hdrcharset=UTF-8");
  } else {
    ::archive_write_set_format_pax_restricted(a);
    if (likeName.ends_with(".gz") || likeName.ends_with(".tgz")) ::archive_write_add_filter_gzip(a);
    else if (likeName.ends_with(".zst")) ::archive_write_add_filter_zstd(a);
    else if (likeName.ends_with(".xz")) ::archive_write_add_filter_xz(a);
    else if (!likeName.ends_with(".tar"))
      return fail(ErrorKind::BadInput, "archive.kind", TR("formats", "Archives of this kind are not written."),
                  TR("formats", "Choose a name that ends with .zip, .tar or .tar.gz."), std::string{likeName});
  }
  if (::archive_write_open_filename(a, file.c_str()) != ARCHIVE_OK) return impl->failed();
  return std::unique_ptr<ArchiveWriter>{new ArchiveWriter{std::move(impl)}};
}

Result<> ArchiveWriter::add(std::string_view name, std::string_view bytes) {
  const Utf8Names names;
  auto* entry = impl_->entry.get();
  ::archive_entry_clear(entry);
  ::archive_entry_copy_pathname(entry, std::string{name}.c_str());
  ::archive_entry_set_size(entry, static_cast<std::int64_t>(bytes.size()));
  ::archive_entry_set_filetype(entry, AE_IFREG);
  ::archive_entry_set_perm(entry, 0644);
  // Always the same time, so that the same data set gives the same file.
  ::archive_entry_set_mtime(entry, 315'576'000, 0);
  if (::archive_write_header(impl_->writer.get(), entry) < ARCHIVE_WARN) return impl_->failed();
  while (!bytes.empty()) {
    const auto n = ::archive_write_data(impl_->writer.get(), bytes.data(), bytes.size());
    if (n <= 0) return impl_->failed();
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

Result<> ArchiveWriter::finish() {
  const Utf8Names names;
  if (::archive_write_close(impl_->writer.get()) != ARCHIVE_OK) return impl_->failed();
  return {};
}

}  // namespace patchbay::formats
