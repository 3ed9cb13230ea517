// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace patchbay {

/// A byte string bound as BLOB.
struct Blob {
  std::string_view bytes;
};
inline Blob blobOf(const Digest& d) { return {{reinterpret_cast<const char*>(d.bytes.data()), d.bytes.size()}}; }

using SqlArg = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

/// The row a query stands on; columns count from 0.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_{statement} {}
  bool isNull(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  /// Text or blob; valid until the next row.
  std::string_view bytes(int column) const;
  std::string text(int column) const { return std::string{bytes(column)}; }
  Digest digest(int column) const;  ///< Zero when the column does not hold 32 bytes.

 private:
  sqlite3_stmt* statement_;
};

/// One SQLite connection. Calls are serialised; a transaction keeps the others out until it ends.
class Database {
 public:
  enum class Mode : std::uint8_t {
    ReadWrite,  ///< Creates the file; WAL, synchronous=FULL.
    ReadOnly,   ///< Beside another process that writes.
    Immutable,  ///< On a folder nobody can write to.
  };
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, Mode mode, bool fullSync = true);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// One statement without rows; returns how many rows it changed.
  Result<std::int64_t> run(std::string_view sql, std::initializer_list<SqlArg> args = {});
  Result<> query(std::string_view sql, std::initializer_list<SqlArg> args, const std::function<Result<>(const Row&)>& visit);
  Result<std::int64_t> integer(std::string_view sql, std::initializer_list<SqlArg> args = {});
  /// Several statements, not kept.
  Result<> script(const std::string& sql);
  /// All or nothing; one inside another joins it. An error from `body` rolls back.
  Result<> transaction(const std::function<Result<>()>& body);
  /// A consistent copy in a new file, synced.
  Result<> backupTo(const std::filesystem::path& path);
  Result<> quickCheck();
  const std::filesystem::path& path() const { return path_; }

 private:
  Database(sqlite3* db, std::filesystem::path path) : db_{db}, path_{std::move(path)} {}
  Result<sqlite3_stmt*> prepared(std::string_view sql);
  Error error(int code) const;

  sqlite3* db_;
  std::filesystem::path path_;
  std::recursive_mutex mutex_;
  int depth_ = 0;
  std::unordered_map<std::string, sqlite3_stmt*> statements_;
};

/// One step of the schema; steps are numbered from 1 in the order of the list.
struct Migration {
  std::string_view name;
  std::string_view sql;
};

/// Brings a database up to the last of the migrations, with a backup in `backupFolder` before an existing one changes.
/// TooNew when it is ahead of them, Corrupt when it is not ours.
Result<> migrate(Database& db, const std::vector<Migration>& steps, std::int64_t applicationId, const std::filesystem::path& backupFolder);

}  // namespace patchbay
