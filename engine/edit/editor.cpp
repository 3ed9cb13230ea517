// SPDX-License-Identifier: Apache-2.0
#include "engine/edit/editor.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "engine/edit/execute.h"

namespace patchbay::edit {
namespace {

Value listOf(const std::vector<Change>& changes) {
  Value::List out;
  out.reserve(changes.size());
  for (const auto& c : changes) out.push_back(toValue(c));
  return out;
}

Result<std::vector<Change>> changesOf(const Value& record) {
  std::vector<Change> out;
  for (const auto& v : record["step"].asList()) {
    PB_TRY(auto change, changeFromValue(v));
    out.push_back(std::move(change));
  }
  return out;
}

struct Step {
  Text name;
  Done done;
  std::uint64_t before = 0, after = 0;
};

}  // namespace

struct Editor::Impl {
  Document document;
  std::vector<Step> undo, redo;
  std::uint64_t state = 0, newest = 0;
  std::string merge;  // key of the series that is open; empty: none
  std::vector<std::pair<std::uint64_t, Listener>> listeners;
  std::uint64_t newestListener = 0;
  std::function<void(const Value&)> recorder;
  std::deque<Touched> news;
  bool telling = false;

  /// In the order of steps, also when a listener makes a step itself.
  void tell(Touched touched) {
    news.push_back(std::move(touched));
    if (telling) return;
    telling = true;
    for (; !news.empty(); news.pop_front()) {
      const auto now = listeners;  // one may come or go while it is told
      for (const auto& [id, listener] : now) {
        const auto same = [wanted = id](const auto& l) { return l.first == wanted; };
        if (std::any_of(listeners.begin(), listeners.end(), same)) listener(news.front());
      }
    }
    telling = false;
  }
  void tellOf(const std::vector<Change>& changes) {
    Touched touched;
    touch(touched, changes);
    tell(std::move(touched));
  }

  /// The record is only made when someone wants it.
  void record(std::string_view what, const Text& name, const std::vector<Change>& changes) {
    if (!recorder) return;
    Value out{Value::Map{{"name", toValue(name)}, {"step", listOf(changes)}}};
    if (!what.empty()) out[what] = true;
    recorder(out);
  }

  /// Keeps a step that was carried out, in the newest one when it goes on with that.
  void keep(Text name, Done done, bool merges) {
    redo.clear();
    if (merges && !undo.empty()) {
      mergeInto(undo.back().done, std::move(done));
      undo.back().name = std::move(name);
      state = undo.back().after = ++newest;
      return;
    }
    const auto before = std::exchange(state, ++newest);
    undo.push_back({std::move(name), std::move(done), before, state});
  }

  /// Moves the newest step of one history to the other, by carrying out its other side.
  Result<> turn(std::vector<Step>& from, std::vector<Step>& to, bool back) {
    merge.clear();
    if (from.empty()) {
      return fail(ErrorKind::NotFound, "edit.history",
                  back ? TR("edit", "There is nothing to undo.") : TR("edit", "There is nothing to do again."),
                  TR("edit", "Make a change first."));
    }
    const auto& changes = back ? from.back().done.backward : from.back().done.forward;
    PB_CHECK(executeExactly(document, changes));
    to.push_back(std::move(from.back()));
    from.pop_back();
    auto& step = to.back();
    state = back ? step.before : step.after;
    const auto& carriedOut = back ? step.done.backward : step.done.forward;
    const Touched touched = [&] {
      Touched out;
      touch(out, carriedOut);
      return out;
    }();
    record(back ? "undo" : "redo", step.name, carriedOut);
    tell(touched);
    return {};
  }

  /// An undo or redo from a journal. Its changes count, not this history: the journal may begin in the middle of one.
  Result<> replayTurn(const Value& recorded, const std::vector<Change>& changes, bool back) {
    auto& from = back ? undo : redo;
    auto& to = back ? redo : undo;
    PB_TRY(auto done, executeExactly(document, changes));
    const auto old = state;
    if (back) std::swap(done.forward, done.backward);
    Step step{textFromValue(recorded["name"]), std::move(done), back ? ++newest : old, back ? old : ++newest};
    if (!from.empty()) {
      step.before = from.back().before;
      step.after = from.back().after;
      from.pop_back();
    }
    state = back ? step.before : step.after;
    to.push_back(std::move(step));
    tellOf(changes);
    return {};
  }
};

Editor::Editor(Document document) : impl_{std::make_shared<Impl>()} { impl_->document = std::move(document); }

const Document& Editor::document() const { return impl_->document; }

Result<> Editor::apply(Text name, std::vector<Change> changes, std::string_view merge) {
  PB_TRY(auto done, execute(impl_->document, std::move(changes)));
  if (done.forward.empty()) return {};
  const bool merges = !merge.empty() && impl_->merge == merge && !impl_->undo.empty();
  impl_->merge = merge;
  impl_->record(merges ? "merged" : "", name, done.forward);
  Touched touched;
  touch(touched, done.forward);
  impl_->keep(std::move(name), std::move(done), merges);
  impl_->tell(std::move(touched));
  return {};
}

void Editor::endMerge() { impl_->merge.clear(); }

bool Editor::canUndo() const { return !impl_->undo.empty(); }
bool Editor::canRedo() const { return !impl_->redo.empty(); }

const Text& Editor::undoName() const {
  static const Text none;
  return impl_->undo.empty() ? none : impl_->undo.back().name;
}

const Text& Editor::redoName() const {
  static const Text none;
  return impl_->redo.empty() ? none : impl_->redo.back().name;
}

Result<> Editor::undo() { return impl_->turn(impl_->undo, impl_->redo, true); }
Result<> Editor::redo() { return impl_->turn(impl_->redo, impl_->undo, false); }

void Editor::reset(Document document) {
  impl_->document = std::move(document);
  impl_->undo.clear();
  impl_->redo.clear();
  impl_->merge.clear();
  impl_->state = ++impl_->newest;
  Touched touched;
  touched.all = touched.plan = true;
  impl_->tell(std::move(touched));
}

std::uint64_t Editor::state() const { return impl_->state; }

std::shared_ptr<void> Editor::listen(Listener listener) {
  const auto id = ++impl_->newestListener;
  impl_->listeners.emplace_back(id, std::move(listener));
  // The window may outlive the editor or end before it; whoever ends first takes nothing of the other along.
  return {this, [weak = std::weak_ptr{impl_}, id](void*) {
            if (const auto impl = weak.lock()) std::erase_if(impl->listeners, [&](const auto& l) { return l.first == id; });
          }};
}

void Editor::setRecorder(std::function<void(const Value&)> recorder) { impl_->recorder = std::move(recorder); }

Result<> Editor::replay(const Value& record) {
  PB_TRY(auto changes, changesOf(record));
  impl_->merge.clear();
  if (record.contains("undo")) return impl_->replayTurn(record, changes, true);
  if (record.contains("redo")) return impl_->replayTurn(record, changes, false);
  PB_TRY(auto done, executeExactly(impl_->document, std::move(changes)));
  Touched touched;
  touch(touched, done.forward);
  impl_->keep(textFromValue(record["name"]), std::move(done), record.contains("merged"));
  impl_->tell(std::move(touched));
  return {};
}

Result<Document> applied(Document document, std::vector<Change> changes) {
  PB_CHECK(execute(document, std::move(changes)));
  return document;
}

}  // namespace patchbay::edit
