// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/bring_added.h"

#include <utility>

#include "app/studio/workspace.h"
#include "widgets/base/say.h"
#include "widgets/gallery/data_item.h"

namespace patchbay::studio {

namespace {

using Done = std::function<void(const Result<bool>&)>;

/// Found by its name; the folder holds each picture once.
void openInLabelling(Workspace& workspace, const std::filesystem::path& file, QObject* context, const Done& done) {
  auto& session = workspace.session();
  Value query{Value::Map{{"do", "query"},
                         {"filter", Value::Map{{"text", file.filename().native()}}},
                         {"sort", Value::Map{{"by", "added"}, {"descending", true}}}}};
  session.ask("data", std::move(query), context, [&workspace, context, done](const Result<Value>& found) {
    if (!found) return done(fail(found.error()));
    Value page{Value::Map{{"do", "page"}, {"query", (*found)["query"]}, {"first", 0}, {"count", 1}}};
    workspace.session().ask("data", std::move(page), context, [&workspace, done](const Result<Value>& items) {
      if (!items) return done(fail(items.error()));
      if (items->asList().empty()) return done(false);
      workspace.showLabelling({items->asList().front()["id"].asText()},
                              [] { return widgets::sayCount(TR("studio", "{n} picture(s) added by hand"), 1); });
      done(true);
    });
  });
}

}  // namespace

void bringAdded(Workspace& workspace, const Value& added, QObject* context, std::function<void(const Result<bool>&)> done) {
  const auto file = pathFromValue(added["path"]);
  const auto folder = workspace.file().place().project / added["folder"].asText();
  workspace.session().ask("data", Value::Map{{"do", "state"}}, context,
                          [&workspace, context, file, folder, done = std::move(done)](const Result<Value>& state) {
                            if (!state) return done(fail(state.error()));
                            if ((*state)["items"].asInt() == 0) return done(false);
                            Value import{Value::Map{{"do", "import"},
                                                    {"path", pathToValue(folder)},
                                                    {"copy", false},
                                                    {"on_conflict", "add"},
                                                    {"author", widgets::thisPerson()},
                                                    {"what", toValue(TR("studio", "Picture added that a model got wrong"))}}};
                            workspace.session().ask("data", std::move(import), context,
                                                    [&workspace, context, file, done](const Result<Value>& imported) {
                                                      if (!imported) return done(fail(imported.error()));
                                                      openInLabelling(workspace, file, context, done);
                                                    });
                          });
}

}  // namespace patchbay::studio
