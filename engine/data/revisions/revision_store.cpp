// SPDX-License-Identifier: Apache-2.0
// Opening, and how a change becomes a revision that everybody hears of.
#include "engine/data/revision_store.h"

#include <unistd.h>

#include <algorithm>

#include "engine/data/revisions/schema.h"
#include "engine/data/revisions/store_impl.h"

namespace patchbay {
namespace fs = std::filesystem;
using namespace revisions;

namespace {
Error importGoesOn() {
  return {ErrorKind::Busy,
          "data.importing",
          TR("data", "Pictures are being imported; until that has ended nothing else can be changed."),
          TR("data", "Wait for the import to end, or cancel it, and try again."),
          {}};
}
/// Pages of the tables that a million items need again and again.
constexpr const char* writerCache = "PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=0";
constexpr const char* foldLog = "PRAGMA wal_checkpoint(PASSIVE)";
/// So many changed items make folding worth its while; so many do not wait for a quiet moment.
constexpr std::int64_t worthFolding = 60, mustFold = 20'000;
constexpr std::chrono::milliseconds quietFor{250};
}  // namespace

RevisionStore::RevisionStore(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
RevisionStore::~RevisionStore() = default;

RevisionStore::Impl::~Impl() {
  {
    const std::lock_guard lock{keeping};
    ending = true;
  }
  kept.notify_all();
  if (keeper.joinable()) keeper.join();
  reader.reset();  // The writer goes last: it then folds the log into the file.
}

Result<std::unique_ptr<RevisionStore>> RevisionStore::open(const fs::path& file, const Options& options) {
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  impl->readOnly = options.readOnly;
  std::error_code ec;
  if (options.readOnly) {
    if (!fs::exists(file, ec))
      return fail(ErrorKind::NotFound, "data.none", TR("data", "This project has no data set yet."),
                  TR("data", "Import pictures into it first: `patchbay import PATH`."), displayText(file.native()));
    if (::access(file.parent_path().c_str(), W_OK) != 0) impl->readMode = Database::Mode::Immutable;
  } else {
    PB_TRY(impl->writer, Database::open(file, Database::Mode::ReadWrite));
    PB_CHECK(
        migrate(*impl->writer, migrations(), applicationId, options.backups.empty() ? file.parent_path() / "backups" : options.backups));
    PB_CHECK(impl->writer->script(writerCache));
  }
  PB_TRY(impl->reader, Database::open(file, impl->readMode));
  PB_CHECK(impl->start());
  return std::unique_ptr<RevisionStore>{new RevisionStore{std::move(impl)}};
}

Result<> RevisionStore::Impl::start() {
  PB_TRY(const auto version, reader->integer("PRAGMA user_version"));
  const auto known = static_cast<std::int64_t>(migrations().size());
  if (version > known) return migrate(*reader, migrations(), applicationId, {});  // Says that it is too new.
  PB_TRY(const auto newest, newestNumber(*reader));
  PB_TRY(head, headOf(*reader, newest));
  PB_TRY(info, infoAt(*reader, newest));
  PB_TRY(const auto items, reader->integer("SELECT max(row) FROM items"));
  PB_TRY(const auto changes, reader->integer("SELECT max(row) FROM changes"));
  nextRow = std::max(items, changes) + 1;
  return {};
}

void RevisionStore::onRevision(std::function<void(const Value&)> listener) { impl_->listener = std::move(listener); }

Head RevisionStore::Impl::headNow() const {
  const std::lock_guard lock{headMutex};
  return head;
}

DataInfo RevisionStore::Impl::infoNow() const {
  const std::lock_guard lock{headMutex};
  return info;
}

Result<> RevisionStore::Impl::writable() const {
  if (readOnly)
    return fail(ErrorKind::Permission, "project.read-only", TR("data", "The project folder is read-only, so its data cannot be changed."),
                TR("data", "Copy the project to a folder of your own, or ask for write permission."));
  if (importing) return fail(importGoesOn());
  return {};
}

void RevisionStore::Impl::changed(std::int64_t items) {
  const std::lock_guard lock{keeping};
  unfolded += items;
  lastChange = std::chrono::steady_clock::now();
  if (unfolded < worthFolding) return;
  if (!keeper.joinable()) keeper = std::thread{[this] { keepLogShort(); }};
  kept.notify_all();
}

void RevisionStore::Impl::keepLogShort() {
  std::unique_lock lock{keeping};
  while (!ending) {
    if (unfolded < worthFolding) {
      kept.wait(lock);
      continue;
    }
    const auto quietAt = lastChange + quietFor;
    if (unfolded < mustFold && std::chrono::steady_clock::now() < quietAt) {
      kept.wait_until(lock, quietAt);
      continue;
    }
    unfolded = 0;
    lock.unlock();
    {
      const std::lock_guard change{writing};
      // What could not be folded now is folded with the next changes, or when the file is closed.
      if (!importing) (void)writer->script(foldLog);
    }
    lock.lock();
  }
}

void RevisionStore::Impl::publish(Commit& commit) {
  changed(1 + commit.changed());
  {
    const std::lock_guard lock{headMutex};
    head = commit.made();
    info = commit.info();
  }
  if (!listener) return;
  Value event{Value::Map{{"event", "data"},
                         {"revision", commit.made().revision.id},
                         {"number", commit.made().revision.number},
                         {"items", commit.made().revision.items}}};
  if (commit.changedIds().size() <= mostIdsTold) event["changed"] = Value::List(commit.changedIds().begin(), commit.changedIds().end());
  listener(event);
}

Result<Revision> RevisionStore::Impl::commit(const std::string& author, const std::function<Result<>(Commit&)>& body) {
  const std::lock_guard lock{writing};
  PB_CHECK(writable());
  Commit one{*this, author};
  const auto firstRow = nextRow;
  bool made = false;
  const auto done = writer->transaction([&]() -> Result<> {
    PB_CHECK(body(one));
    PB_TRY(made, one.finish());
    return {};
  });
  if (!done || !made) {
    nameIds.clear();  // Names that were new are not there any more.
    nextRow = firstRow;
  }
  PB_CHECK(done);
  if (made) publish(one);
  return headNow().revision;
}

Result<> RevisionStore::Impl::write(const std::function<Result<>(Database&)>& body) {
  const std::lock_guard lock{writing};
  PB_CHECK(writable());
  const auto done = writer->transaction([&] { return body(*writer); });
  if (!done) nameIds.clear();
  else changed(1);
  return done;
}

Value toValue(const Revision& r) {
  Value v{Value::Map{{"revision", r.id},
                     {"number", r.number},
                     {"parent", r.parent},
                     {"what", toValue(r.what)},
                     {"author", r.author},
                     {"at", r.atMs},
                     {"changed", r.changed},
                     {"items", r.items},
                     {"unlabelled", r.unlabelled}}};
  if (!r.merged.empty()) v["merged"] = r.merged;
  if (!r.name.empty()) v["name"] = r.name;
  return v;
}

}  // namespace patchbay
