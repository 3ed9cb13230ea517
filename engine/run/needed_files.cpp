// SPDX-License-Identifier: Apache-2.0
#include "engine/run/needed_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <optional>

#include "engine/base/file.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

struct Finding {
  const char* code;
  Text cause, hint;
};

/// Whether a file lies anywhere below; what may not be read, and folders behind links, may hold one.
bool holdsFile(const fs::path& folder) {
  std::error_code ec;
  for (fs::recursive_directory_iterator it{folder, ec}, end; it != end; it.increment(ec)) {
    if (ec) return true;
    std::error_code ignored;
    const auto status = it->status(ignored);
    if (fs::is_regular_file(status) || (fs::is_directory(status) && it->is_symlink(ignored))) return true;
    if (fs::is_directory(status) && ::access(it->path().c_str(), R_OK | X_OK) != 0) return true;
  }
  return bool{ec};
}

std::optional<Finding> lookAt(const fs::path& path, bool wantsFolder) {
  const auto shown = displayText(path.native());
  struct stat st {};
  if (::stat(path.c_str(), &st) != 0) {
    if (errno == EACCES)
      return Finding{"path.unreadable", TR("run", "{path} may not be read.").with("path", shown),
                     TR("run", "Allow your user to read it, or choose another one.")};
    return wantsFolder ? Finding{"path.missing", TR("run", "The folder {path} does not exist.").with("path", shown),
                                 TR("run", "Choose the folder again; was it moved or renamed, or is its disk not connected?")}
                       : Finding{"path.missing", TR("run", "The file {path} does not exist.").with("path", shown),
                                 TR("run", "Choose the file again; was it moved or renamed, or is its disk not connected?")};
  }
  const bool folder = S_ISDIR(st.st_mode);
  if (folder != wantsFolder)
    return wantsFolder
               ? Finding{"path.kind", TR("run", "{path} is not a folder.").with("path", shown), TR("run", "Choose a folder.")}
               : Finding{"path.kind", TR("run", "{path} is a folder, not a file.").with("path", shown), TR("run", "Choose a file.")};
  if (::access(path.c_str(), folder ? R_OK | X_OK : R_OK) != 0)
    return Finding{"path.unreadable", TR("run", "{path} may not be read.").with("path", shown),
                   TR("run", "Allow your user to read it, or choose another one.")};
  if (folder && !holdsFile(path))
    return Finding{"path.empty", TR("run", "The folder {path} is empty.").with("path", shown),
                   TR("run", "Put your files into it, or choose another one.")};
  if (S_ISREG(st.st_mode) && st.st_size == 0)
    return Finding{"path.empty", TR("run", "The file {path} is empty.").with("path", shown), TR("run", "Choose another one.")};
  return std::nullopt;
}

}  // namespace

std::vector<Problem> lookForFiles(const std::vector<NeededPath>& paths, const fs::path& base) {
  std::vector<Problem> out;
  for (const auto& needed : paths) {
    const auto path = needed.path.is_absolute() ? needed.path : base / needed.path;
    if (auto finding = lookAt(path, needed.folder))
      out.push_back({Severity::Error,
                     finding->code,
                     needed.node,
                     needed.name,
                     needed.param,
                     {},
                     {},
                     std::move(finding->cause),
                     std::move(finding->hint)});
  }
  return out;
}

}  // namespace patchbay
