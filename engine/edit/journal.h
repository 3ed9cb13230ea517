// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>

#include "engine/edit/editor.h"

namespace patchbay::edit {

/// Keeps a document safe between saves: the file as it was opened, and every finished gesture after it, one JSON line each,
/// synced to disk in the background. After kill -9 the next open() brings every gesture back that had ended.
///
/// Lies beside the pipeline in a hidden folder: `.<file name>.journal`. It is removed when the document is saved and closed.
class Journal {
 public:
  struct Opened {
    std::unique_ptr<Journal> journal;
    Document document;         ///< The file, or what the journal made of it.
    bool recovered = false;    ///< There were gestures that had not been saved.
    bool fileChanged = false;  ///< The file was changed by someone else since the journal began: the user has to choose.
  };
  /// Busy when another living process edits the same file. An unreadable tail (half a line) is dropped.
  static Result<Opened> open(const std::filesystem::path& pipeline);
  ~Journal();  ///< Waits until everything is on disk.

  void record(const Value& record);
  /// The document was saved: the journal begins anew from it.
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
