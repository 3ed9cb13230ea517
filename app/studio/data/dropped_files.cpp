// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/dropped_files.h"

#include <QDir>
#include <QFileInfo>

#include "app/studio/deploy/export_facts.h"
#include "app/studio/workspace.h"
#include "engine/base/file.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {

constexpr auto pictureEndings = {"jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp"};

bool isPipeline(const QString& path) {
  const auto text = readFile(std::filesystem::path{QFile::encodeName(path).toStdString()}, std::size_t{64} << 20);
  if (!text) return false;
  const auto value = parseJson(*text);
  return value && (*value)["nodes"].isList() && value->contains("version");
}

bool isExport(const QString& path) {
  const std::filesystem::path given{QFile::encodeName(path).toStdString()};
  std::error_code ec;
  const bool model = given.extension() == ".onnx" || std::filesystem::exists(given / "model.onnx", ec);
  return model && pipelineOf(given).has_value();
}

}  // namespace

DroppedKind classify(const QString& path) {
  const QFileInfo info{path};
  if (info.isDir()) {
    const QDir folder{path};
    // What patchbay exports: the network with its description.
    if (isExport(path)) return DroppedKind::ExportedPipeline;
    if (folder.exists(QStringLiteral("net.json")) || folder.exists(QStringLiteral("model.onnx")) ||
        folder.exists(QStringLiteral("model.safetensors")))
      return DroppedKind::ExportedModel;
    return DroppedKind::PictureFolder;
  }
  const auto ending = info.suffix().toLower();
  if (ending == QLatin1String{"csv"} || ending == QLatin1String{"tsv"}) return DroppedKind::PictureTable;
  if (ending == QLatin1String{"onnx"}) return isExport(path) ? DroppedKind::ExportedPipeline : DroppedKind::Unknown;
  if (ending == QLatin1String{"json"} && info.fileName() == QLatin1String{"pipeline.json"} && isExport(info.path()))
    return DroppedKind::ExportedPipeline;  // Of an export it is opened as a copy: the export is proof.
  if (ending == QLatin1String{"json"}) return isPipeline(path) ? DroppedKind::Pipeline : DroppedKind::Unknown;
  for (const auto* one : pictureEndings)
    if (ending == QLatin1String{one}) return DroppedKind::Picture;
  return DroppedKind::Unknown;
}

Dropped classifyDropped(const QList<QUrl>& files) {
  Dropped out;
  for (const auto& url : files) {
    const auto path = url.toLocalFile();
    const auto kind = path.isEmpty() ? DroppedKind::Unknown : classify(path);
    if (kind == DroppedKind::Picture) out.pictures.append(url);
    else out.others.emplace_back(path.isEmpty() ? url.toString() : path, kind);
  }
  return out;
}

void setPath(Workspace& workspace, const NodeId& block, const QString& path) {
  const auto* node = workspace.file().document().node(block);
  const auto* schema = node ? workspace.session().catalogue().find(node->type) : nullptr;
  if (!schema) return;
  const auto param =
      std::ranges::find_if(schema->params, [](const auto& p) { return p.kind == ParamKind::Folder || p.kind == ParamKind::File; });
  if (param == schema->params.end()) return;
  const std::filesystem::path given{QFile::encodeName(path).toStdString()};
  const auto relative = given.lexically_relative(workspace.file().place().base);
  const bool inside = !relative.empty() && *relative.begin() != "..";
  std::vector<edit::Change> changes{edit::SetParam{block, param->key, pathToValue(inside ? relative : given)}};
  if (const auto done = workspace.editor().apply(TR("studio", "Choose pictures"), std::move(changes)); !done)
    Q_EMIT workspace.message(QStringLiteral("path"), widgets::Tone::Bad, [error = done.error()] { return widgets::say(error); });
}

}  // namespace patchbay::studio
