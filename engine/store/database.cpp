// SPDX-License-Identifier: Apache-2.0
#include "engine/store/database.h"

#include <fcntl.h>
#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>

#include "engine/base/file.h"
#include "engine/base/kill_point.h"
#include "engine/base/value.h"

namespace patchbay {
namespace fs = std::filesystem;

bool Row::isNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t Row::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Row::real(int column) const { return sqlite3_column_double(statement_, column); }
std::string_view Row::bytes(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {data, data ? static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)) : 0};
}
Digest Row::digest(int column) const {
  Digest d;
  if (const auto v = bytes(column); v.size() == d.bytes.size()) std::memcpy(d.bytes.data(), v.data(), v.size());
  return d;
}

namespace {
/// A file: URI, so that names with '?', '#' or '%' stay names.
std::string uriOf(const fs::path& path, std::string_view query) {
  std::string out = "file:";
  const auto absolute = fs::absolute(path);
  for (const char c : absolute.native()) {
    if (c == '%' || c == '?' || c == '#') {
      constexpr char hex[] = "0123456789ABCDEF";
      out += {'%', hex[static_cast<unsigned char>(c) >> 4], hex[c & 15]};
    } else {
      out += c;
    }
  }
  return out + std::string{query};
}
}  // namespace

Result<std::unique_ptr<Database>> Database::open(const fs::path& path, Mode mode, bool fullSync) {
  sqlite3* raw = nullptr;
  const bool write = mode == Mode::ReadWrite;
  const auto uri = uriOf(path, mode == Mode::Immutable ? "?mode=ro&immutable=1" : write ? "" : "?mode=ro");
  const int flags = (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX |
                    SQLITE_OPEN_EXRESCODE;
  const int rc = sqlite3_open_v2(uri.c_str(), &raw, flags, nullptr);
  std::unique_ptr<Database> db{new Database(raw, path)};
  if (rc != SQLITE_OK) return fail(db->error(rc));
  sqlite3_busy_timeout(raw, 5000);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (write) {
    std::string kind;
    PB_CHECK(db->query("PRAGMA journal_mode=WAL", {}, [&](const Row& row) -> Result<> {
      kind = row.text(0);
      return {};
    }));
    if (kind != "wal")
      return fail(ErrorKind::Unsupported, "store.no-wal",
                  TR("error", "The file system of this project cannot keep a database safe while it is written (no write-ahead log)."),
                  TR("error", "Put the project on a local disk; pictures may stay where they are."), displayText(path.native()));
    PB_CHECK(db->script(fullSync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"));
    PB_CHECK(db->script("PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=1000; PRAGMA cell_size_check=ON"));
  } else {
    PB_CHECK(db->script("PRAGMA wal_autocheckpoint=0; PRAGMA query_only=ON"));
  }
  return db;
}

Database::~Database() {
  for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(db_);
}

Error Database::error(int code) const {
  const auto name = displayText(path_.native());
  const auto reason = std::string_view{db_ ? sqlite3_errmsg(db_) : sqlite3_errstr(code)};
  Error error = systemError(0, "use", name);
  error.cause = TR("error", "The project's database could not be used: {reason}.").with("reason", reason);
  error.where = name;
  switch (code & 0xFF) {
    case SQLITE_FULL:
      error = systemError(ENOSPC, "write", name);
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      error = systemError(EACCES, "write", name);
      break;
    case SQLITE_CANTOPEN:
      if (const int e = db_ ? sqlite3_system_errno(db_) : 0; e) error = systemError(e, "open", name);
      break;
    case SQLITE_IOERR:
      if (const int e = db_ ? sqlite3_system_errno(db_) : 0; e) error = systemError(e, "use", name);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      error.kind = ErrorKind::Corrupt;
      error.code = "store.corrupt";
      error.hint = TR("error", "Restore project.db from the backups folder of the project or from your own backup; objects/ stays valid.");
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      error.kind = ErrorKind::Busy;
      error.code = "store.locked";
      error.hint = TR("error", "Close the other program that has the project's database open and try again.");
      break;
    default:
      break;
  }
  return error;
}

Result<sqlite3_stmt*> Database::prepared(std::string_view sql) {
  const std::string key{sql};
  if (const auto found = statements_.find(key); found != statements_.end()) return found->second;
  sqlite3_stmt* statement = nullptr;
  const int rc = sqlite3_prepare_v3(db_, key.c_str(), static_cast<int>(key.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (rc != SQLITE_OK) return fail(error(rc));
  statements_.emplace(key, statement);
  return statement;
}

namespace {
void bindAll(sqlite3_stmt* statement, std::initializer_list<SqlArg> args) {
  int index = 0;
  for (const auto& arg : args) {
    ++index;
    std::visit(
        [&](const auto& v) {
          using T = std::decay_t<decltype(v)>;
          if constexpr (std::is_same_v<T, std::int64_t>) sqlite3_bind_int64(statement, index, v);
          if constexpr (std::is_same_v<T, double>) sqlite3_bind_double(statement, index, v);
          if constexpr (std::is_same_v<T, std::string_view>)
            sqlite3_bind_text64(statement, index, v.data() ? v.data() : "", v.size(), SQLITE_STATIC, SQLITE_UTF8);
          if constexpr (std::is_same_v<T, Blob>)
            sqlite3_bind_blob64(statement, index, v.bytes.data() ? v.bytes.data() : "", v.bytes.size(), SQLITE_STATIC);
          if constexpr (std::is_same_v<T, std::nullptr_t>) sqlite3_bind_null(statement, index);
        },
        arg);
  }
  assert(index == sqlite3_bind_parameter_count(statement));
}
/// Leaves a statement ready for its next use, whatever happened.
struct Reset {
  sqlite3_stmt* statement;
  ~Reset() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};
}  // namespace

Result<> Database::query(std::string_view sql, std::initializer_list<SqlArg> args, const std::function<Result<>(const Row&)>& visit) {
  const std::scoped_lock lock{mutex_};
  PB_TRY(auto* statement, prepared(sql));
  // A query inside the visit of the same query would disturb it.
  assert(!sqlite3_stmt_busy(statement));
  const Reset reset{statement};
  bindAll(statement, args);
  for (;;) {
    const int rc = sqlite3_step(statement);
    if (rc == SQLITE_DONE) return {};
    if (rc != SQLITE_ROW) return fail(error(rc));
    PB_CHECK(visit(Row{statement}));
  }
}

Result<std::int64_t> Database::run(std::string_view sql, std::initializer_list<SqlArg> args) {
  const std::scoped_lock lock{mutex_};
  PB_CHECK(query(sql, args, [](const Row&) -> Result<> { return {}; }));
  return sqlite3_changes64(db_);
}

Result<std::int64_t> Database::integer(std::string_view sql, std::initializer_list<SqlArg> args) {
  std::int64_t out = 0;
  PB_CHECK(query(sql, args, [&](const Row& row) -> Result<> {
    out = row.integer(0);
    return {};
  }));
  return out;
}

Result<> Database::script(const std::string& sql) {
  const std::scoped_lock lock{mutex_};
  const int rc = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return fail(error(rc));
  return {};
}

Result<> Database::transaction(const std::function<Result<>()>& body) {
  const std::scoped_lock lock{mutex_};
  if (depth_ > 0) return body();
  // Who only reads gets one look at everything, beside whoever writes.
  PB_CHECK(run(sqlite3_db_readonly(db_, "main") == 1 ? "BEGIN" : "BEGIN IMMEDIATE"));
  ++depth_;
  auto done = body();
  --depth_;
  if (done)
    if (auto committed = run("COMMIT"); !committed) done = fail(std::move(committed).error());
  if (!done && sqlite3_get_autocommit(db_) == 0) (void)run("ROLLBACK");
  return done;
}

Result<> Database::backupTo(const fs::path& path) {
  const std::scoped_lock lock{mutex_};
  const fs::path temporary = path.native() + ".part";
  std::error_code ec;
  fs::remove(temporary, ec);
  {
    sqlite3* copy = nullptr;
    int rc = sqlite3_open_v2(uriOf(temporary, "").c_str(), &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, nullptr);
    if (rc == SQLITE_OK) {
      if (auto* backup = sqlite3_backup_init(copy, "main", db_, "main")) {
        rc = sqlite3_backup_step(backup, -1);
        const int finished = sqlite3_backup_finish(backup);
        if (rc == SQLITE_DONE) rc = finished;
      } else {
        rc = sqlite3_errcode(copy);
      }
    }
    sqlite3_close_v2(copy);
    if (rc != SQLITE_OK) {
      fs::remove(temporary, ec);
      return fail(error(rc));
    }
  }
  PB_TRY(const auto fd, openFile(temporary, O_RDONLY));
  if (::fsync(fd.get()) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0)
    return fail(systemError(errno, "write", displayText(path.native())));
  return syncFolder(path.parent_path());
}

Result<> Database::quickCheck() {
  std::string answer;
  PB_CHECK(query("PRAGMA quick_check(1)", {}, [&](const Row& row) -> Result<> {
    answer = row.text(0);
    return {};
  }));
  if (answer == "ok") return {};
  auto wrong = error(SQLITE_CORRUPT);
  wrong.cause = TR("error", "The project's database is damaged: {reason}.").with("reason", std::string_view{answer});
  return fail(std::move(wrong));
}

Result<> migrate(Database& db, const std::vector<Migration>& steps, std::int64_t applicationId, const fs::path& backupFolder) {
  PB_TRY(const auto version, db.integer("PRAGMA user_version"));
  PB_TRY(const auto id, db.integer("PRAGMA application_id"));
  const auto newest = static_cast<std::int64_t>(steps.size());
  const auto name = displayText(db.path().native());
  PB_TRY(const auto tables, db.integer("SELECT count(*) FROM sqlite_schema"));
  if (id != applicationId && (id != 0 || tables != 0))
    return fail(ErrorKind::Corrupt, "store.foreign", TR("error", "project.db is a database of some other program."),
                TR("error", "Choose another folder for the project."), name);
  if (version > newest)
    return fail(ErrorKind::TooNew, "store.too-new",
                TR("error", "This project was last used with a newer Patchbay (format {found}; this version knows up to {known}).")
                    .with("found", version)
                    .with("known", newest),
                TR("error", "Install the newer version to open it. Nothing was changed."), name);
  if (version == newest) return {};
  if (version > 0) {
    std::error_code ec;
    fs::create_directories(backupFolder, ec);
    PB_CHECK(db.backupTo(backupFolder / ("project-format-" + std::to_string(version) + ".db")));
    killPoint(KillPoint::MigrateBackedUp);
  }
  for (auto v = version; v < newest; ++v) {
    const auto& step = steps[static_cast<std::size_t>(v)];
    PB_CHECK(db.transaction([&]() -> Result<> {
      PB_CHECK(db.script(std::string{step.sql}));
      PB_CHECK(db.script("PRAGMA application_id=" + std::to_string(applicationId) + "; PRAGMA user_version=" + std::to_string(v + 1)));
      killPoint(KillPoint::MigrateBeforeCommit);
      return {};
    }));
    killPoint(KillPoint::MigrateCommitted);
  }
  return {};
}

}  // namespace patchbay
