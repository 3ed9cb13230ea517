// SPDX-License-Identifier: Apache-2.0
#include "engine/edit/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "engine/base/digest.h"
#include "engine/base/file.h"

namespace patchbay::edit {
namespace fs = std::filesystem;
namespace {

constexpr int journalVersion = 1;
constexpr auto retryAfter = std::chrono::seconds{5};

fs::path folderOf(const fs::path& pipeline) { return pipeline.parent_path() / ("." + pipeline.filename().native() + ".journal"); }

/// Digest of the file's bytes; empty when it cannot be read.
std::string hexOfFile(const fs::path& file) {
  const auto digest = digestOfFile(file);
  return digest ? digest->hex() : std::string{};
}

/// The first line: what the steps after it start from, and the file it was read from or saved to.
std::string firstLine(const Document& document, std::string_view fileDigest) {
  return toJson(Value::Map{{"journal", "patchbay"}, {"version", journalVersion}, {"file", fileDigest}, {"document", document.toValue()}}) +
         "\n";
}

/// What an earlier process left.
struct Found {
  std::string fileDigest;
  Document document;
  std::size_t steps = 0;
  std::size_t goodBytes = 0;  ///< Up to the last step that could be read.
  bool damaged = false;       ///< Something unreadable that is not the last line.
};

/// Replays what is there as far as it goes. Half a line at the end is what a crash leaves.
std::optional<Found> replayed(std::string_view text) {
  std::optional<Found> out;
  std::unique_ptr<Editor> editor;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    if (end == std::string_view::npos) break;
    const auto line = parseJson(text.substr(at, end - at));
    if (!editor) {
      if (!line || (*line)["journal"].asText() != "patchbay" || (*line)["version"].asInt() != journalVersion) return std::nullopt;
      auto document = Document::fromValue((*line)["document"]);
      if (!document) return std::nullopt;
      editor = std::make_unique<Editor>(std::move(*document));
      out.emplace().fileDigest = (*line)["file"].asText();
    } else if (!line || !editor->replay(*line)) {
      out->damaged = end + 1 < text.size();
      break;
    } else {
      ++out->steps;
    }
    at = end + 1;
    out->goodBytes = at;
  }
  if (out) out->document = editor->document();
  return out;
}

/// The lock that says that a living process edits this file; the system takes it away with the process.
Result<UniqueFd> lockFolder(const fs::path& folder, const fs::path& pipeline) {
  const auto path = folder / "lock";
  for (int attempt = 0;; ++attempt) {
    if (::mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) return fail(systemError(errno, "write", displayText(folder.native())));
    auto fd = openFile(path, O_RDWR | O_CREAT);
    if (!fd && fd.error().kind == ErrorKind::NotFound && attempt < 100) continue;  // its owner just cleaned up
    if (!fd) return fail(std::move(fd).error());
    if (::flock(fd->get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EINTR) continue;
      if (errno != EWOULDBLOCK) return fail(systemError(errno, "lock", displayText(path.native())));
      return fail(ErrorKind::Busy, "edit.open_elsewhere", TR("edit", "This pipeline is open in another window."),
                  TR("edit", "Go on there, or close it there first."), displayText(pipeline.native()));
    }
    struct stat ours {};
    struct stat there {};
    if (::fstat(fd->get(), &ours) == 0 && ::stat(path.c_str(), &there) == 0 && ours.st_ino == there.st_ino) return fd;
  }
}

}  // namespace

struct Journal::Impl {
  fs::path pipeline, folder, file;
  UniqueFd lock, log;
  std::string fileDigest;

  std::mutex mutex;  // guards what follows
  std::condition_variable wake, idle;
  std::deque<Value> queue;  // not taken up by the writer
  std::string unwritten;    // taken up, but the disk would not have it
  std::size_t size = 0;     // of the log, whole lines only
  bool appending = false;   // the writer adds lines: nobody else may
  bool unsynced = false;    // lines stand in the file that the disk may not have yet
  bool dirty = false;       // there are steps since the document was saved
  bool writing = false, ending = false, retry = false, reported = false;
  std::optional<Error> error;
  std::thread writer;

  void start() {
    writer = std::thread{[this] { write(); }};
  }

  bool nothingToDo() const { return queue.empty() && unwritten.empty() && !unsynced; }

  void write() {
    std::unique_lock held{mutex};
    for (;;) {
      const auto work = [&] { return ending || retry || !queue.empty() || unsynced; };
      if (unwritten.empty()) wake.wait(held, work);
      else wake.wait_for(held, retryAfter, work);
      if (nothingToDo() && ending) return;
      auto steps = std::exchange(queue, {});
      auto lines = std::exchange(unwritten, {});
      appending = !steps.empty() || !lines.empty();
      writing = true;
      retry = unsynced = false;
      held.unlock();
      for (const auto& step : steps) lines += toJson(step) + "\n";
      auto written = append(lines);
      held.lock();
      writing = appending = false;
      if (written) {
        size += lines.size();
        reported = false;
      } else {
        unwritten = std::move(lines);
        if (!reported) error = std::move(written).error();
        reported = true;
      }
      idle.notify_all();
      if (ending && queue.empty() && !unsynced) return;
    }
  }

  /// Puts a line into the file at once, where a killed process leaves it; that the disk has it too is the writer's work, which may
  /// take long. False when the writer has to do all of it. With the mutex held.
  bool writeNow(const std::string& line) {
    if (!log || appending || !queue.empty() || !unwritten.empty()) return false;
    if (!writeAll(log.get(), line, file)) {
      // Half a line would spoil what follows; a log that cannot be cut is cut by the writer, before it tries again.
      if (::ftruncate(log.get(), static_cast<off_t>(size)) == 0) ::lseek(log.get(), 0, SEEK_END);
      return false;
    }
    size += line.size();
    return unsynced = true;
  }

  /// Whole lines and on disk, or the log as it was.
  Result<> append(const std::string& lines) {
    if (!log) return fail(systemError(EROFS, "write", displayText(file.native())));
    auto written = writeAll(log.get(), lines, file);
    if (written && ::fdatasync(log.get()) != 0) written = fail(systemError(errno, "write", displayText(file.native())));
    if (!written && (::ftruncate(log.get(), static_cast<off_t>(size)) != 0 || ::lseek(log.get(), 0, SEEK_END) < 0)) return written;
    return written;
  }

  /// A new log that starts from this document. The old one stays when that fails.
  Result<> begin(const Document& document) {
    const auto line = firstLine(document, fileDigest);
    PB_CHECK(writeFileAtomically(file, line));
    size = line.size();
    return reopen();
  }
  Result<> reopen() {
    PB_TRY(log, openFile(file, O_WRONLY | O_APPEND));
    if (::ftruncate(log.get(), static_cast<off_t>(size)) != 0) return fail(systemError(errno, "write", displayText(file.native())));
    return {};
  }

  void wait(std::unique_lock<std::mutex>& held) {
    idle.wait(held, [&] { return !writing; });
  }

  void end() {
    {
      const std::scoped_lock held{mutex};
      ending = true;
    }
    wake.notify_all();
    if (writer.joinable()) writer.join();
  }

  void clear() {
    std::error_code ignored;
    log.reset();
    fs::remove(file, ignored);
    // Copies of damaged journals stay, and with them the folder.
    if (fs::remove(folder / "lock", ignored)) ::rmdir(folder.c_str());
    lock.reset();
  }
};

Result<Journal::Opened> Journal::open(const fs::path& pipeline) {
  auto impl = std::make_unique<Impl>();
  impl->pipeline = pipeline;
  impl->folder = folderOf(pipeline);
  impl->file = impl->folder / "journal.jsonl";
  auto lock = fs::exists(pipeline.parent_path().empty() ? fs::path{"."} : pipeline.parent_path()) ? lockFolder(impl->folder, pipeline)
                                                                                                  : Result<UniqueFd>{UniqueFd{}};
  if (!lock && lock.error().kind == ErrorKind::Busy) return fail(std::move(lock).error());
  // A pipeline in a folder that cannot be written opens all the same; that nothing is kept safe is told by takeError().
  if (lock) impl->lock = std::move(*lock);
  else impl->error = lock.error(), impl->reported = true;
  std::optional<Found> found;
  if (const auto text = readFile(impl->file)) {
    found = replayed(*text);
    if (!found || found->damaged) (void)writeFileAtomically(impl->folder / ("unreadable-" + newUlid() + ".jsonl"), *text);
  }
  auto document = Document::load(pipeline);
  impl->fileDigest = hexOfFile(pipeline);
  Opened out;
  const bool unsaved = found && found->steps > 0 && (!document || found->document.toJson() != document->toJson());
  if (unsaved) {
    out.document = std::move(found->document);
    out.recovered = true;
    out.fileChanged = found->fileDigest != impl->fileDigest;
    impl->dirty = true;
    impl->size = found->goodBytes;
    if (auto reopened = impl->reopen(); !reopened && !impl->error) impl->error = std::move(reopened).error();
  } else {
    if (!document) {
      if (impl->lock) impl->clear();
      return fail(std::move(document).error());
    }
    out.document = std::move(*document);
    if (impl->lock) {
      if (auto begun = impl->begin(out.document); !begun) impl->error = std::move(begun).error();
    }
  }
  impl->start();
  out.journal.reset(new Journal{std::move(impl)});
  return out;
}

Journal::Journal(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

Journal::~Journal() {
  impl_->end();
  if (impl_->lock && !impl_->dirty) impl_->clear();
}

void Journal::record(const Value& record) {
  {
    const std::scoped_lock held{impl_->mutex};
    impl_->dirty = true;
    if (!impl_->writeNow(toJson(record) + "\n")) impl_->queue.push_back(record);
  }
  impl_->wake.notify_all();
}

Result<> Journal::saved(const Document& document) {
  std::unique_lock held{impl_->mutex};
  impl_->wait(held);
  auto old = std::exchange(impl_->fileDigest, hexOfFile(impl_->pipeline));
  if (!impl_->lock) return {};
  if (auto begun = impl_->begin(document); !begun) {
    impl_->fileDigest = std::move(old);
    return begun;
  }
  impl_->queue.clear();
  impl_->unwritten.clear();
  impl_->dirty = impl_->reported = impl_->unsynced = false;
  return {};
}

Result<> Journal::discard() {
  std::unique_lock held{impl_->mutex};
  impl_->wait(held);
  impl_->queue.clear();
  impl_->unwritten.clear();
  impl_->dirty = impl_->unsynced = false;
  std::error_code problem;
  impl_->log.reset();
  fs::remove(impl_->file, problem);
  if (problem) return fail(systemError(problem.value(), "remove", displayText(impl_->file.native())));
  return {};
}

bool Journal::flush(std::chrono::milliseconds patience) {
  std::unique_lock held{impl_->mutex};
  impl_->retry = !impl_->unwritten.empty();
  impl_->wake.notify_all();
  return impl_->idle.wait_for(held, patience, [&] { return !impl_->writing && impl_->nothingToDo(); });
}

bool Journal::fileChanged() const { return hexOfFile(impl_->pipeline) != impl_->fileDigest; }

std::optional<Error> Journal::takeError() {
  const std::scoped_lock held{impl_->mutex};
  return std::exchange(impl_->error, std::nullopt);
}

}  // namespace patchbay::edit
