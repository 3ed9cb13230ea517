// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "engine/edit/editor.h"

namespace patchbay::edit {

/// Keeps a document safe between saves: the file as it was opened, and every finished gesture after it, one JSON line each, in the
/// file when record() returns and synced to disk in the background. After kill -9 the next open() brings every gesture back that had ended.
///
/// Lies beside the pipeline in a hidden folder: `.<file name>.journal`. It is removed when the document is saved and closed.
/// A pipeline in a folder that cannot be written opens all the same; takeError() then says that nothing is kept safe.
class Journal {
 public:
  struct Opened {
    std::unique_ptr<Journal> journal;
    Document document;         ///< The file, or what the journal made of it.
    bool recovered = false;    ///< There were gestures that had not been saved.
    bool fileChanged = false;  ///< The file was changed by someone else since the journal began: the user has to choose.
  };
  /// Busy when another living process edits the same file. An unreadable tail (half a line) is dropped.
  /// Errors of Document::load() where there is nothing to recover.
  static Result<Opened> open(const std::filesystem::path& pipeline);
  ~Journal();  ///< Waits until everything is on disk.

  /// What Editor's recorder gets; returns at once. What a full disk refuses is kept and tried again every few seconds.
  void record(const Value& record);
  /// Waits until everything recorded is on disk; false when it is not within `patience`.
  bool flush(std::chrono::milliseconds patience);
  /// Somebody else changed or removed the file since it was opened or saved here: saving would overwrite that.
  bool fileChanged() const;
  /// The document was saved, or read from the file again: the journal begins anew from it.
  Result<> saved(const Document& document);
  /// Closed without wanting the changes back.
  Result<> discard();
  /// The first error of the background writer (disk full), once; the window shows it.
  std::optional<Error> takeError();

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::edit
