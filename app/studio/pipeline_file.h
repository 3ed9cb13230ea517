// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>

#include "engine/base/digest.h"
#include "engine/edit/editor.h"
#include "engine/edit/journal.h"
#include "engine/service/pipeline_place.h"

namespace patchbay::studio {

/// A folder or file that was named by a person: a project folder gives its newest pipeline; one without pipelines gives a file that
/// is not there yet.
PipelinePlace placeOfAny(const std::filesystem::path& path);
/// The same for a path that must be there.
Result<PipelinePlace> existingPlace(const std::filesystem::path& path);
/// Gives a project that only the command line has worked with its newest run's pipeline as a file; leaves everything else alone.
/// Blocks; call it in a thread. An engine that cannot be reached is no error here: whoever opens the project meets it as well.
Result<> keepNewestRun(const PipelinePlace& place, const std::filesystem::path& engineProgram);

/// An open pipeline: its document under edit, its journal, and what others do to the file. Lives in the window's thread; reading
/// and writing happen in threads of the session.
class PipelineFile : public QObject {
  Q_OBJECT

 public:
  /// What open() reads in a thread.
  struct Loaded {
    PipelinePlace place;
    edit::Journal::Opened opened;
    Digest onDisk;  ///< Of the file's bytes; zero: there is no file.
  };
  /// Blocks; call it in a thread. A file that is not there yet is made, with an empty pipeline called `title`.
  static Result<std::shared_ptr<Loaded>> load(PipelinePlace place, const std::string& title);

  explicit PipelineFile(const std::shared_ptr<Loaded>& loaded, QObject* parent = nullptr);
  ~PipelineFile() override;

  edit::Editor& editor() { return editor_; }
  const Document& document() const { return editor_.document(); }
  const PipelinePlace& place() const { return place_; }
  bool modified() const;
  bool recovered() const { return recovered_; }
  bool changedOutside() const { return changedOutside_; }

  /// The bytes to write and what to do when they are written: writing itself is the caller's, in a thread.
  struct Saving {
    Document document;
    std::uint64_t state = 0;
  };
  Saving startSaving() const;
  /// Written: the journal begins anew. Fails when the journal cannot.
  Result<> saved(const Saving& saving, const Digest& bytes);
  /// Goes on under another name; the caller has loaded a journal there.
  void discard();
  /// Takes what is in the file now; the history begins anew. The caller asked the person first.
  void reload(const std::shared_ptr<Loaded>& loaded);
  void keepMine();

 Q_SIGNALS:
  void modifiedChanged(bool modified);
  /// Another program wrote the file. Nothing is taken or lost until the person chooses.
  void fileChanged();
  void journalFailed(const patchbay::Error& error);

 private:
  void watch();
  void look();

  PipelinePlace place_;
  edit::Editor editor_;
  std::unique_ptr<edit::Journal> journal_;
  std::shared_ptr<void> listening_;
  QFileSystemWatcher watcher_;
  QTimer settle_, errors_;
  Digest onDisk_;
  std::uint64_t savedState_ = 0;
  bool recovered_ = false, changedOutside_ = false, wasModified_ = false;
};

/// Writes a document; digest of the bytes written. Blocks; call it in a thread.
Result<Digest> writeDocument(const Document& document, const std::filesystem::path& file);

}  // namespace patchbay::studio
