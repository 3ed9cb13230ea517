// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/import_copy.h"

#include <vector>

#include "engine/base/file.h"
#include "engine/base/value.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

namespace {

tl::unexpected<Error> copyError(const fs::path& path, const std::error_code& ec) {
  return fail(ErrorKind::Io, "import.copy",
              TR("studio", "{path} cannot be copied: {why}.").with("path", displayText(path.native())).with("why", ec.message()),
              TR("studio", "Make room on the disk of the project, or leave the pictures where they are."));
}

Result<> copyAll(const fs::path& from, const fs::path& to, CopyState& state) {
  std::error_code ec;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator it{from, fs::directory_options::skip_permission_denied, ec}, end; !ec && it != end;
       it.increment(ec))
    if (it->is_regular_file()) files.push_back(it->path());
  if (ec) return copyError(from, ec);
  state.total = static_cast<std::int64_t>(files.size());
  for (const auto& file : files) {
    if (state.stop)
      return fail(ErrorKind::Cancelled, "import.stopped", TR("studio", "Copying was stopped."), TR("studio", "Import again to go on."));
    const auto target = to / file.lexically_relative(from);
    fs::create_directories(target.parent_path(), ec);
    if (!ec) fs::copy_file(file, target, ec);
    if (ec) return copyError(file, ec);
    ++state.done;
  }
  return {};
}

}  // namespace

Result<fs::path> copyPictures(const fs::path& from, const fs::path& target, CopyState& state) {
  std::error_code ec;
  auto free = target;
  for (int i = 2; fs::exists(free, ec); ++i) free = fs::path{target.native() + " " + std::to_string(i)};
  // Under another name until all is there, so that no half of it is taken for the whole.
  auto partial = free;
  partial += ".part";
  fs::remove_all(partial, ec);
  fs::create_directories(partial, ec);
  if (ec) return copyError(partial, ec);
  auto copied = copyAll(from, partial, state);
  if (copied) {
    fs::rename(partial, free, ec);
    if (ec) copied = copyError(free, ec);
  }
  if (copied) return free;
  fs::remove_all(partial, ec);
  return fail(copied.error());
}

}  // namespace patchbay::studio
