// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/watch_journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>

namespace patchbay::serve {

FileState stateOfLine(const Value& line) {
  return {pathFromValue(line["picture"]).native(), line["size"].asInt(), line["changed_ns"].asInt()};
}

std::optional<FileState> stateOf(const std::filesystem::path& folder, const std::string& path) {
  struct stat s {};
  if (::stat((folder / path).c_str(), &s) != 0 || !S_ISREG(s.st_mode)) return {};
  return FileState{path, s.st_size, s.st_mtim.tv_sec * std::int64_t{1'000'000'000} + s.st_mtim.tv_nsec};
}

Result<WatchJournal> WatchJournal::open(const std::filesystem::path& file) {
  WatchJournal out;
  out.file_ = file;
  PB_TRY(out.fd_, openFile(file, O_RDWR | O_CREAT | O_APPEND));
  if (::flock(out.fd_.get(), LOCK_EX | LOCK_NB) != 0)
    return fail(ErrorKind::Busy, "watch.busy",
                TR("serve", "Another process is writing into {path}.").with("path", displayText(file.native())),
                TR("serve", "Wait for it to end, or choose another folder for the results."));
  PB_TRY(const auto text, readFile(file));
  std::size_t good = 0;
  for (std::size_t end; (end = text.find('\n', good)) != text.npos; good = end + 1) {
    auto line = parseJson(std::string_view{text}.substr(good, end - good));
    // A machine that lost power may leave anything behind the last synced line; before it every line is whole.
    if (!line || !line->isMap()) break;
    out.known_.insert(stateOfLine(*line).key());
    out.lines_.push_back(std::move(*line));
  }
  if (good < text.size() && ::ftruncate(out.fd_.get(), static_cast<off_t>(good)) != 0)
    return fail(systemError(errno, "shorten", file.native()));
  PB_CHECK(syncFolder(file.parent_path()));
  return out;
}

Result<> WatchJournal::append(const std::vector<Value>& lines) {
  std::string text;
  for (const auto& line : lines) text += toJson(line) + "\n";
  PB_CHECK(writeAll(fd_.get(), text, file_));
  if (::fdatasync(fd_.get()) != 0) return fail(systemError(errno, "write", file_.native()));
  for (const auto& line : lines) {
    known_.insert(stateOfLine(line).key());
    lines_.push_back(line);
  }
  return {};
}

}  // namespace patchbay::serve
