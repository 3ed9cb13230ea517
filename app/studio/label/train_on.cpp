// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/train_on.h"

#include <algorithm>
#include <any>
#include <iterator>

#include "app/studio/data/import_changes.h"
#include "app/studio/workspace.h"
#include "engine/service/templates.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {

/// `pipeline`: what an empty canvas begins with, or empty.
Result<NodeId> putIn(Workspace& workspace, const std::string& pipeline, const std::string& revision,
                     const std::vector<std::string>& classes) {
  std::vector<edit::Change> changes;
  auto document = workspace.file().document();
  const auto seen = workspace.canvas().visibleScene().center();
  if (!pipeline.empty()) {
    PB_TRY(auto pasted, edit::paste(document, pipeline, {seen.x() - 400, seen.y() - 150}));
    PB_TRY(document, edit::applied(document, pasted.changes));
    changes = std::move(pasted.changes);
  }
  NodeId made;
  PB_TRY(auto more, revisionChanges(document, workspace.session().catalogue(), revision, {}, {seen.x(), seen.y()}, classes, &made));
  std::ranges::move(more, std::back_inserter(changes));
  if (!changes.empty()) PB_CHECK(workspace.editor().apply(TR("studio", "Train on the data set"), std::move(changes)));
  return made;
}

}  // namespace

void trainOnRevision(Workspace& workspace, const std::string& revision, const std::vector<std::string>& classes, QObject* context,
                     std::function<void(bool)> done) {
  const auto apply = [revision, classes, &workspace, done = std::move(done)](const std::string& pipeline) {
    const auto made = putIn(workspace, pipeline, revision, classes);
    if (made) workspace.goTo(*made);
    else Q_EMIT workspace.message(QStringLiteral("train-on"), widgets::Tone::Bad, [error = made.error()] { return widgets::say(error); });
    if (done) done(made.has_value());
  };
  if (!workspace.file().document().nodes().empty()) return apply({});
  workspace.session().inThread(
      []() -> Result<std::any> {
        PB_TRY(const auto document, openTemplate("classify-folder"));
        return std::any{toJson(document)};
      },
      context, [apply](const Result<std::any>& read) { apply(read ? std::any_cast<std::string>(*read) : std::string{}); });
}

}  // namespace patchbay::studio
