// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <utility>

#include "app/studio/label/label_impl.h"
#include "engine/data/revisions/item_value.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {
constexpr int patienceMs = 120;
constexpr std::size_t prefetched = 3, mostKept = 400;
}  // namespace

void LabelPanel::Impl::begin(LabelOrder::Kind kind, std::vector<std::string> ids, const std::string& from) {
  begun = true;
  current.clear();
  before.clear();
  shown = false;
  waitsForNext = false;
  waiting.clear();
  view->setAnnotations({});
  view->setPicture(nullptr, {});
  order.begin(kind, std::move(ids), from);
  if (order.current()) showCurrent();
  else go(1);
  moreBest();
  fillOrder();
}

void LabelPanel::Impl::go(int by) {
  if (by < 0) {
    if (order.previous()) showCurrent();
    else Q_EMIT workspace.statusMessage(tr("This is the first picture."));
    return;
  }
  if (order.next()) {
    waitsForNext = false;
    return showCurrent();
  }
  waitsForNext = true;
  if (order.atEnd() && !current.empty()) {
    waitsForNext = false;
    Q_EMIT workspace.statusMessage(tr("This was the last picture."));
  }
  moreBest();
  describePicture();
}

void LabelPanel::Impl::showCurrent() {
  const auto* pick = order.current();
  if (!pick || pick->id == current) return;
  before = std::exchange(current, pick->id);
  shown = false;
  view->cancelDrawing();
  if (!items.contains(current)) fetch(current, false);
  showPicture();
  // What is on the screen is what a key labels: a picture that takes its time is not shown as the one before it.
  if (!shown)
    QTimer::singleShot(patienceMs, &self, [this, id = current] {
      if (shown || id != current) return;
      view->setAnnotations({});
      view->setPicture(nullptr, {});
    });
  prefetch();
  describePicture();
}

/// Everything that comes next is asked for now, the suggestion too: the reader has not paused for nothing.
void LabelPanel::Impl::prefetch() {
  auto ids = order.ahead(prefetched);
  if (!current.empty()) ids.insert(ids.begin(), current);
  std::vector<widgets::PictureFeed::Wish> wishes;
  for (const auto& id : ids) {
    const auto found = items.find(id);
    if (found == items.end()) fetch(id, false);
    else wishes.push_back({found->second.picture, found->second.size});
  }
  feed.want(std::move(wishes));
  assist.suggest(ids);
}

void LabelPanel::Impl::fetch(const std::string& id, bool again) {
  if (!again && (asked.contains(id) || items.contains(id))) return;
  auto& context = asked[id];
  context = std::make_unique<QObject>();
  session().ask("data", Value::Map{{"do", "item"}, {"id", id}}, context.get(),
                [this, id](const Result<Value>& answer) { took(id, answer); });
}

void LabelPanel::Impl::took(const std::string& id, const Result<Value>& answer) {
  // The answer's context is in the map: it ends after this call.
  const auto context = std::move(asked[id]);
  asked.erase(id);
  const bool now = id == current;
  if (!answer) {
    if (answer.error().kind == ErrorKind::Unreachable && session().state() != Session::State::Failed) {
      if (now)
        QTimer::singleShot(1000, &self, [this, id] {
          if (id == current) fetch(id, false);
        });
      return;
    }
    items.erase(id);
    if (now) view->setProblem(widgets::say(answer.error()));
    return;
  }
  // What is on its way to the disk is newer.
  if (writer.pending(id)) return;
  auto read = itemFromValue(*answer);
  if (!read) return;
  LabelItem one;
  one.version = (*answer)["version"].asInt();
  one.picture.digest = read->digest.hex();
  one.size = {read->width, read->height};
  one.missing = (*answer)["missing"].asBool();
  if (!read->paths.empty()) {
    one.picture.path = read->paths.front();
    one.name = widgets::fromUtf8(displayText(std::filesystem::path{read->paths.front()}.filename().native()));
  }
  one.annotations = std::move(read->annotations);
  for (const auto& a : one.annotations)
    if (a.kind == AnnotationKind::Class && a.author.starts_with("model:")) {
      assist.offer(id, {.label = a.label, .labels = {}, .probability = a.score});
      break;
    }
  if (items.size() > mostKept) std::erase_if(items, [&](const auto& kept) { return kept.first != current && kept.first != before; });
  items[id] = std::move(one);
  if (now && shown) {
    view->setAnnotations(items[id].annotations);
    describePicture();
  } else if (now) {
    prefetch();
    showPicture();
  } else {
    prefetch();
  }
}

void LabelPanel::Impl::showPicture() {
  const auto* now = item();
  if (!now || shown) return;
  const auto* found = feed.find(now->picture);
  if (!found) return feed.want({{now->picture, now->size}});
  // A picture that cannot be looked at can be labelled all the same, or gone past.
  if (found->picture) view->setPicture(found->picture, now->size);
  else view->setProblem(found->problem);
  view->setAnnotations(now->annotations);
  shown = true;
  prepare();
  effort.begin(clock.elapsed());
  prefetch();
  describePicture();
  describeSuggestion();
  fillShapes();
  // Keys that were faster go to the pictures they were meant for, one each.
  while (!waiting.empty() && shown && now == item()) {
    const auto next = std::move(waiting.front());
    waiting.pop_front();
    next();
  }
}

void LabelPanel::Impl::moreBest() {
  if (order.kind() != LabelOrder::Kind::Best || !assist.on()) return;
  auto skip = order.seen();
  if (skip.size() > 200) skip.erase(skip.begin(), skip.end() - 200);
  assist.nextBest(skip, [this](std::vector<LabelOrder::Pick> picks) {
    order.offer(std::move(picks));
    prefetch();
  });
}

/// Somebody, maybe we, changed these; without a list anything may have changed.
void LabelPanel::Impl::forget(const Value& changed, std::int64_t number) {
  if (!changed.isList()) {
    std::erase_if(items, [&](const auto& kept) { return kept.first != current; });
    if (!current.empty()) fetch(current, true);
    wentBack = false;
    return;
  }
  const auto& ids = changed.asList();
  for (const auto& one : ids) {
    const auto found = items.find(one.asText());
    if (found == items.end() || writer.pending(found->first) || found->second.version >= number) continue;
    fetch(found->first, true);
  }
  // What undo changed wants to be seen.
  if (std::exchange(wentBack, false) && ids.size() == 1 && ids.front().asText() != current && order.goTo(ids.front().asText()))
    showCurrent();
}

}  // namespace patchbay::studio
