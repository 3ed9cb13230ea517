// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/bring_unsure.h"

#include "app/studio/workspace.h"
#include "widgets/base/say.h"
#include "widgets/gallery/data_item.h"

namespace patchbay::studio {

namespace {

constexpr std::int64_t mostOpened = 2000;

using Done = std::function<void(const Result<std::int64_t>&)>;

void openInLabelling(Workspace& workspace, const Value& changed, std::int64_t added, const Done& done) {
  std::vector<std::string> ids;
  for (const auto& one : changed["items"].asList())
    if (one["kind"].asText() != "removed") ids.push_back(one["id"].asText());
  const auto n = static_cast<std::int64_t>(ids.size());
  if (n > 0) workspace.showLabelling(ids, [n] { return widgets::sayCount(TR("studio", "{n} picture(s) a model was unsure about"), n); });
  done(added);
}

}  // namespace

void bringUnsure(Workspace& workspace, const std::filesystem::path& lookAtMe, QObject* context, const Done& done) {
  auto& session = workspace.session();
  session.ask("data", Value::Map{{"do", "state"}}, context, [&workspace, context, lookAtMe, done](const Result<Value>& state) {
    if (!state) return done(fail(state.error()));
    const auto before = (*state)["head"].isMap() ? (*state)["head"]["revision"] : (*state)["head"];
    // Pictures that a person has labelled since keep their labels.
    Value import{Value::Map{{"do", "import"},
                            {"path", pathToValue(lookAtMe)},
                            {"format", "label-studio"},
                            {"copy", true},
                            {"on_conflict", "add"},
                            {"author", widgets::thisPerson()},
                            {"what", toValue(TR("studio", "Pictures a model was unsure about"))}}};
    workspace.session().ask("data", std::move(import), context, [&workspace, context, before, done](const Result<Value>& imported) {
      if (!imported) return done(fail(imported.error()));
      const auto added = (*imported)["added"].asInt();
      Value diff{Value::Map{{"do", "diff"}, {"to", (*imported)["revision"]["revision"]}, {"limit", mostOpened}}};
      if (before.isText() && !before.asText().empty()) diff["from"] = before;
      workspace.session().ask("data", std::move(diff), context, [&workspace, added, done](const Result<Value>& changed) {
        if (!changed) return done(fail(changed.error()));
        openInLabelling(workspace, *changed, added, done);
      });
    });
  });
}

}  // namespace patchbay::studio
