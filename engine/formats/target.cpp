// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/target.h"

#include <fcntl.h>

#include "engine/base/id.h"
#include "engine/block/if_there.h"

namespace patchbay::formats {
namespace fs = std::filesystem;

Result<std::unique_ptr<Target>> Target::create(const fs::path& given, OpenPicture open, bool withPictures) {
  std::error_code ec;
  auto path = fs::absolute(given).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  if (fs::exists(path, ec) && !(fs::is_directory(path, ec) && fs::is_empty(path, ec)))
    return fail(ErrorKind::BadInput, "export.exists", TR("formats", "{path} exists already.").with("path", displayText(path.native())),
                TR("formats", "Choose another name, or remove it; nothing is ever overwritten."), "folder");
  fs::create_directories(path.parent_path(), ec);
  if (ec) return fail(systemError(ec.value(), "create", displayText(path.parent_path().native())));
  std::unique_ptr<Target> target{new Target};
  target->path_ = path;
  target->part_ = path.parent_path() / (".part-" + newUlid());
  target->open_ = std::move(open);
  target->withPictures_ = withPictures;
  if (isArchive(path)) {
    PB_TRY(target->archive_, ArchiveWriter::create(target->part_, path.filename().native()));
  } else {
    fs::create_directory(target->part_, ec);
    if (ec) return fail(systemError(ec.value(), "create", displayText(target->part_.native())));
  }
  return target;
}

Target::~Target() {
  std::error_code ignored;
  archive_.reset();
  if (!part_.empty()) fs::remove_all(part_, ignored);
}

Result<> Target::write(std::string_view name, std::string_view bytes) {
  bytes_ += static_cast<std::int64_t>(bytes.size());
  ++files_;
  if (archive_) return archive_->add(name, bytes);
  const auto file = part_ / name;
  if (const auto folder = file.parent_path(); folder.native() != lastFolder_) {
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec) return fail(systemError(ec.value(), "create", displayText(folder.native())));
    lastFolder_ = folder.native();
  }
  PB_TRY(const auto fd, openFile(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW));
  return writeAll(fd.get(), bytes, file);
}

Result<bool> Target::picture(std::string_view name, const Item& item) {
  PB_TRY(const auto file, ifThere(open_(item)));
  if (!file) return false;
  PB_CHECK(write(name, file->text()));
  return true;
}

Result<> Target::finish() {
  if (archive_) {
    PB_CHECK(archive_->finish());
    archive_.reset();
  }
  {
    // One sync of everything: a million small ones take hours.
    PB_TRY(const auto fd, openFile(part_, O_RDONLY));
    if (::syncfs(fd.get()) != 0) return fail(systemError(errno, "write", displayText(path_.native())));
  }
  // rename() replaces an empty folder, and nothing else that is there.
  std::error_code ec;
  if (!fs::is_directory(part_, ec) && fs::exists(path_, ec)) return fail(systemError(EEXIST, "create", displayText(path_.native())));
  fs::rename(part_, path_, ec);
  if (ec) return fail(systemError(ec.value(), "create", displayText(path_.native())));
  part_.clear();
  return syncFolder(path_.parent_path());
}

}  // namespace patchbay::formats
