// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/edit/change.h"

namespace patchbay::edit {

/// A document that is being edited: every change passes here, in steps that can be undone, each one gesture of a person.
///
/// Steps hold ids and values. After undo() the document is byte-equal (toJson) to what it was, after redo() to what it had
/// become. Not thread-safe: belongs to the window's thread.
class Editor {
 public:
  explicit Editor(Document document = Document::create(""));
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;

  const Document& document() const;

  /// Applies all changes or, when one of them fails, none. `name` says what was done, for the Undo menu ("Move 3 blocks").
  /// Steps in succession with the same `merge` key (not empty) become one step: a slider that is dragged, arrow keys
  /// held down. `endMerge()` or any other step ends the series. No changes: no step.
  Result<> apply(Text name, std::vector<Change> changes, std::string_view merge = {});
  void endMerge();

  bool canUndo() const;
  bool canRedo() const;
  const Text& undoName() const;  ///< Empty when there is nothing to undo.
  const Text& redoName() const;
  Result<> undo();
  Result<> redo();

  /// Forgets the history and starts from another document.
  void reset(Document document);

  /// A number that is different after every change, for "modified since saved".
  std::uint64_t state() const;  ///< Equal states are equal documents: undoing back to the saved state gives its number again.

  /// Called after every step, undo, redo and reset, in order of subscription; the returned object ends it when destroyed.
  using Listener = std::function<void(const Touched&)>;
  [[nodiscard]] std::shared_ptr<void> listen(Listener listener);

  /// Called with every step as it happens, for the journal: {"step": [change...], "name"}, with "merged", "undo" or "redo" true
  /// when it was one. `step` is always what was carried out, complete, so that a journal may begin at any moment.
  void setRecorder(std::function<void(const Value&)> recorder);
  /// Applies what a recorder got; used to replay a journal.
  Result<> replay(const Value& record);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

/// What the document would be after these changes; for operations that build on one another in one step.
Result<Document> applied(Document document, std::vector<Change> changes);

}  // namespace patchbay::edit
