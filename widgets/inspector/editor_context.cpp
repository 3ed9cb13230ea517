// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/editor_context.h"

#include <QDir>
#include <QFile>
#include <QPointer>
#include <algorithm>
#include <deque>
#include <set>

#include "engine/graph/catalogue.h"
#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {

DataSummary summaryFrom(const Value& value) {
  DataSummary out;
  out.pictures = value["pictures"].asInt();
  for (const auto& one : value["classes"].asList()) out.classes.push_back(one["name"].asText());
  for (const auto& one : value["sample"].asList()) {
    // A path, or already a reference to a picture.
    const auto& path = one.isMap() ? one["path"] : one;
    out.sample.push_back({pathFromValue(path).native(), one["digest"].asText()});
  }
  return out;
}

std::vector<AugmentationInfo> augmentationsFrom(const Value& value) {
  std::vector<AugmentationInfo> out;
  for (const auto& one : value["augmentations"].asList()) {
    AugmentationInfo info{one["name"].asText(), textFromValue(one["label"]), textFromValue(one["help"]), one["moves_pixels"].asBool(), {}};
    for (const auto& p : one["parameters"].asList()) {
      AugmentParameterInfo parameter{p["name"].asText(), textFromValue(p["label"]), p["unit"].asText()};
      parameter.least = p["min"].asDouble(0);
      parameter.most = p["max"].asDouble(1);
      const auto& usual = p["usual"].asList();
      parameter.usualFrom = usual.size() == 2 ? usual[0].asDouble() : parameter.least;
      parameter.usualTo = usual.size() == 2 ? usual[1].asDouble() : parameter.most;
      info.parameters.push_back(std::move(parameter));
    }
    if (!info.name.empty()) out.push_back(std::move(info));
  }
  return out;
}

}  // namespace

void EditorContext::setSamples(std::vector<PictureRef> samples) {
  samples_ = std::move(samples);
  Q_EMIT dataPathChanged();
}

QString EditorContext::absolute(const QString& path) const {
  if (path.isEmpty() || QDir::isAbsolutePath(path) || folder_.isEmpty()) return path;
  return QDir::cleanPath(folder_ + QLatin1Char{'/'} + path);
}

QString EditorContext::relative(const QString& path) const {
  if (folder_.isEmpty() || !QDir::isAbsolutePath(path)) return path;
  const auto root = QDir::cleanPath(folder_) + QLatin1Char{'/'}, clean = QDir::cleanPath(path);
  return clean.startsWith(root) ? clean.mid(root.size()) : path;
}

QString EditorContext::pathOf(const Document&, const Node& node) const {
  const auto* schema = engine_.catalogue().find(node.type);
  if (!schema || schema->info.effects == Effects::WritesOutside) return {};
  const bool source = std::none_of(schema->ports.begin(), schema->ports.end(), [](const PortInfo& p) { return p.input; });
  const bool data =
      std::any_of(schema->ports.begin(), schema->ports.end(), [](const PortInfo& p) { return !p.input && p.type == "dataset"; });
  if (!source || !data) return {};
  for (const auto& param : schema->params)
    if (param.kind == ParamKind::Folder || param.kind == ParamKind::File)
      if (const auto path = pathText(node.params[param.key]); !path.isEmpty()) return absolute(path);
  return {};
}

void EditorContext::follow(const Document& document, const NodeId& node) {
  QString found;
  std::deque<NodeId> next{node};
  std::set<NodeId> seen{node};
  while (!next.empty() && found.isEmpty()) {
    const auto id = next.front();
    next.pop_front();
    if (const auto* one = document.node(id)) found = pathOf(document, *one);
    for (const auto& link : document.links())
      if (link.to.node == id && seen.insert(link.from.node).second) next.push_back(link.from.node);
  }
  if (found == dataPath_) return;
  dataPath_ = std::move(found);
  Q_EMIT dataPathChanged();
}

void EditorContext::summary(const QString& absolutePath, QObject* context, std::function<void(const Result<DataSummary>&)> answer) {
  if (const auto known = summaries_.find(absolutePath); known != summaries_.end()) return answer(known->second);
  const auto path = pathValue(absolutePath);
  // A slot for each folder: two editors of a block do not cancel one another.
  engine_.live("patchbay.live.pictures", "summary", Value::Map{{"path", path}, {"limit_seconds", 5}},
               "inspector.summary." + toUtf8(absolutePath), context,
               [this, self = QPointer<EditorContext>{this}, absolutePath, answer = std::move(answer)](const Result<Value>& got) {
                 if (!got) return answer(tl::unexpected{got.error()});
                 auto summary = summaryFrom(*got);
                 if (self) summaries_[absolutePath] = summary;
                 answer(std::move(summary));
               });
}

void EditorContext::samples(QObject* context, std::function<void(const Result<std::vector<PictureRef>>&)> answer) {
  if (!samples_.empty() || dataPath_.isEmpty()) return answer(samples_);
  summary(dataPath_, context, [answer = std::move(answer)](const Result<DataSummary>& got) {
    if (!got) return answer(tl::unexpected{got.error()});
    answer(got->sample);
  });
}

void EditorContext::augmentations(QObject* context, std::function<void(const Result<std::vector<AugmentationInfo>>&)> answer) {
  if (augmentations_) return answer(*augmentations_);
  engine_.live("patchbay.live.pictures", "augmentations", Value::Map{}, "inspector.augmentations", context,
               [this, self = QPointer<EditorContext>{this}, answer = std::move(answer)](const Result<Value>& got) {
                 if (!got) return answer(tl::unexpected{got.error()});
                 auto list = augmentationsFrom(*got);
                 if (self) augmentations_ = list;
                 answer(std::move(list));
               });
}

QImage imageFrom(const Value& value) {
  const auto width = value["width"].asInt(), height = value["height"].asInt();
  const auto& rgb = value["rgb"].asBytes();
  if (width <= 0 || height <= 0 || width > 32768 || height > 32768 || rgb.size() != static_cast<std::size_t>(width * height * 3)) return {};
  return QImage{rgb.data(), static_cast<int>(width), static_cast<int>(height), static_cast<qsizetype>(width * 3), QImage::Format_RGB888}
      .copy();
}

QString pathText(const Value& value) {
  const auto path = pathFromValue(value).native();
  return QFile::decodeName(QByteArray{path.data(), static_cast<qsizetype>(path.size())});
}

Value pathValue(const QString& text) {
  const auto bytes = QFile::encodeName(text);
  return pathToValue(std::string{bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

}  // namespace patchbay::widgets
