// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector.h"

#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/page.h"

namespace patchbay::widgets {

struct Inspector::Impl {
  Impl(Inspector* self, edit::Editor& editor, EngineAccess& engine) : q{self}, context{engine, self}, state{editor, context} {}

  Inspector* q;
  EditorContext context;
  InspectorState state;
  Note* banner = nullptr;
  QScrollArea* scroll = nullptr;
  InspectorPage* page = nullptr;
  std::shared_ptr<void> listening;

  /// Leaves out blocks that are gone. True when something was left out.
  bool prune() {
    const auto before = state.selection.size();
    std::erase_if(state.selection, [&](const NodeId& id) { return state.document().node(id) == nullptr; });
    return state.selection.size() != before;
  }
  bool oneType() const {
    const auto& first = state.document().node(state.selection.front())->type;
    return std::all_of(state.selection.begin(), state.selection.end(),
                       [&](const NodeId& id) { return state.document().node(id)->type == first; });
  }
  void build() {
    // The page may be what is asking for another one: it lives until the event is over, but is gone from sight at once.
    if (page) {
      page->disconnect(q);
      scroll->takeWidget();
      page->hide();
      page->setParent(q);
      page->deleteLater();
    }
    prune();
    page = state.selection.empty() ? makePipelinePage(state, nullptr)
           : oneType()             ? makeBlockPage(state, nullptr)
                                   : makeMixedPage(state, nullptr);
    scroll->setWidget(page);
    QObject::connect(page, &InspectorPage::helpRequested, q, &Inspector::helpRequested);
    QObject::connect(page, &InspectorPage::runToRequested, q, &Inspector::runToRequested);
    QObject::connect(page, &InspectorPage::resultRequested, q, &Inspector::resultRequested);
    QObject::connect(page, &InspectorPage::problemActivated, q, &Inspector::problemActivated);
    QObject::connect(page, &InspectorPage::nodeActivated, q, &Inspector::nodeActivated);
    QObject::connect(page, &InspectorPage::statusMessage, q, &Inspector::statusMessage);
    QObject::connect(page, &InspectorPage::selectionRequested, q, [this](const std::vector<NodeId>& ids) {
      q->setSelection(ids);
      Q_EMIT q->selectionRequested(ids);
    });
  }
  void touched(const edit::Touched& what) {
    if (what.all || prune()) return build();
    const bool mine =
        std::any_of(state.selection.begin(), state.selection.end(), [&](const NodeId& id) { return what.nodes.count(id) > 0; });
    if (state.selection.empty() ? what.info || what.links || !what.nodes.empty()
                                : mine || what.links || what.params || !what.groups.empty())
      page->documentChanged();
  }
};

Inspector::Inspector(edit::Editor& editor, EngineAccess& engine, QWidget* parent)
    : QWidget{parent}, impl_{std::make_unique<Impl>(this, editor, engine)} {
  setObjectName(QStringLiteral("inspector"));
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  impl_->banner = new Note{Tone::Warning, true, this};
  impl_->banner->setContentsMargins(16, 8, 16, 0);
  layout->addWidget(impl_->banner);
  impl_->scroll = new QScrollArea{this};
  impl_->scroll->setObjectName(QStringLiteral("inspector.scroll"));
  impl_->scroll->setWidgetResizable(true);
  impl_->scroll->setFrameShape(QFrame::NoFrame);
  impl_->scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  impl_->scroll->setFocusPolicy(Qt::NoFocus);
  layout->addWidget(impl_->scroll);
  setMinimumWidth(240);
  impl_->build();
  impl_->listening = editor.listen([this](const edit::Touched& what) { impl_->touched(what); });
}

Inspector::~Inspector() {
  impl_->listening.reset();
  // Pages look at the state; they go before it, those on their way out as well.
  qDeleteAll(findChildren<InspectorPage*>());
}

void Inspector::setSelection(std::vector<NodeId> selection) {
  std::erase_if(selection, [&](const NodeId& id) { return impl_->state.document().node(id) == nullptr; });
  if (selection == impl_->state.selection) return;
  // What is still being typed belongs to what was selected.
  if (auto* typing = focusWidget(); typing && typing->hasFocus() && impl_->page->isAncestorOf(typing)) typing->clearFocus();
  impl_->state.editor.endMerge();
  impl_->state.selection = std::move(selection);
  impl_->build();
}

const std::vector<NodeId>& Inspector::selection() const { return impl_->state.selection; }

void Inspector::setProblems(std::vector<Problem> problems) {
  impl_->state.problems = std::move(problems);
  impl_->page->problemsChanged();
}

void Inspector::setStatus(const NodeId& id, BlockStatus status) {
  auto& known = impl_->state.status[id];
  if (known == status) return;
  known = std::move(status);
  if (std::find(impl_->state.selection.begin(), impl_->state.selection.end(), id) != impl_->state.selection.end())
    impl_->page->statusChanged();
}

void Inspector::setProjectFolder(const QString& folder) {
  impl_->context.setProjectFolder(folder);
  impl_->build();
}

void Inspector::setReadOnly(bool readOnly, const QString& reason) {
  impl_->state.readOnly = readOnly;
  impl_->state.readOnlyReason = !readOnly ? QString{} : reason.isEmpty() ? tr("This pipeline cannot be changed.") : reason;
  impl_->banner->say(impl_->state.readOnlyReason);
  impl_->page->documentChanged();
}

void Inspector::setResults(std::function<QString(const NodeId&)> name) {
  impl_->state.result = std::move(name);
  impl_->page->statusChanged();
}

void Inspector::catalogueChanged() { impl_->build(); }

void Inspector::setSamplePictures(std::vector<PictureRef> pictures) { impl_->context.setSamples(std::move(pictures)); }

void Inspector::focusParam(const QString& param) {
  impl_->page->focusParam(toUtf8(param));
  if (auto* now = focusWidget()) impl_->scroll->ensureWidgetVisible(now, 0, 80);
}

void Inspector::focusTitle() { impl_->page->focusTitle(); }

}  // namespace patchbay::widgets
