// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/open_exported.h"

#include "app/studio/data/dropped_files.h"
#include "app/studio/deploy/export_facts.h"
#include "app/studio/workspace.h"
#include "engine/base/file.h"
#include "widgets/base/say.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

namespace {

constexpr int mostCopies = 10'000;

/// Apart from its id, which is its own.
bool isCopyOf(const fs::path& file, Document document) {
  const auto there = Document::load(file);
  if (!there) return false;
  document.id = there->id;
  return there->toJson() == document.toJson();
}

}  // namespace

Result<fs::path> copyPipeline(const fs::path& exportedOrOnnx, const fs::path& project) {
  PB_TRY(const auto value, pipelineOf(exportedOrOnnx));
  PB_TRY(auto document, Document::fromValue(value));
  const auto name = exportFolderOf(exportedOrOnnx).filename().native();
  const auto folder = project / "pipelines";
  std::error_code ec;
  for (int n = 1; n < mostCopies; ++n) {
    const auto file = folder / (name + (n > 1 ? "-" + std::to_string(n) : std::string{}) + ".json");
    if (fs::exists(file, ec)) {
      if (isCopyOf(file, document)) return file;
      continue;
    }
    // Runs are told apart by the pipeline's id.
    document.id = newUlid();
    PB_CHECK(writeDocument(document, file));
    return file;
  }
  return fail(ErrorKind::Io, "deploy.names", TR("studio", "There are too many pipelines of that name."),
              TR("studio", "Remove some of the folder pipelines in the project."));
}

void openExported(Workspace& workspace, const fs::path& exportedOrOnnx) {
  workspace.session().inThread(
      [exportedOrOnnx, project = workspace.file().place().project]() -> Result<std::any> {
        PB_TRY(auto file, copyPipeline(exportedOrOnnx, project));
        return std::any{std::move(file)};
      },
      &workspace,
      [&workspace, exportedOrOnnx](const Result<std::any>& copied) {
        if (!copied) {
          Q_EMIT workspace.message(QStringLiteral("exported"), widgets::Tone::Bad,
                                   [error = copied.error()] { return widgets::say(error); });
          return;
        }
        const auto name = widgets::fromUtf8(displayText(exportFolderOf(exportedOrOnnx).filename().native()));
        Q_EMIT workspace.message(QStringLiteral("exported"), widgets::Tone::Good, [name] {
          return Workspace::tr("This is a copy of the pipeline that made the export %1, in this project. The export stays as it is.")
              .arg(name);
        });
        Q_EMIT workspace.openRequested(widgets::fromUtf8(std::any_cast<fs::path>(*copied).native()));
      });
}

void addExported(Workspace& workspace, const fs::path& folder, QPointF scene) {
  if (const auto id = workspace.canvas().addBlock("patchbay.model.exported_model", scene))
    setPath(workspace, *id, widgets::fromUtf8(folder.native()));
}

}  // namespace patchbay::studio
