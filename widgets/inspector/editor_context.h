// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/graph/document.h"
#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

struct AugmentParameterInfo {
  std::string name;
  Text label;
  std::string unit;            ///< "degree", "px", "%" or empty.
  double least = 0, most = 1;  ///< Allowed.
  double usualFrom = 0, usualTo = 1;
};

/// One augmentation as the live service describes it.
struct AugmentationInfo {
  std::string name;
  Text label, help;
  bool movesPixels = false;
  std::vector<AugmentParameterInfo> parameters;
};

/// What a folder or table of pictures holds, from the live service's summary.
struct DataSummary {
  std::int64_t pictures = 0;
  std::vector<std::string> classes;
  std::vector<PictureRef> sample;
};

/// What editors of parameters may ask: where relative paths start, where the data come from, what the engine's live services
/// know. Answers are kept, so that a page built anew does not ask again. Belongs to one Inspector.
class EditorContext : public QObject {
  Q_OBJECT

 public:
  EditorContext(EngineAccess& engine, QObject* parent) : QObject{parent}, engine_{engine} {}

  EngineAccess& engine() const { return engine_; }
  void setProjectFolder(const QString& folder) { folder_ = folder; }
  const QString& projectFolder() const { return folder_; }
  void setSamples(std::vector<PictureRef> samples);

  /// The file a parameter means, from the project's folder when it is relative.
  QString absolute(const QString& path) const;
  /// How a chosen file is written: relative when it lies in the project's folder.
  QString relative(const QString& path) const;

  /// Sets which block is edited: its own or the nearest folder or table before it is where its data come from.
  void follow(const Document& document, const NodeId& node);
  /// Absolute path of those data; empty when there are none yet.
  const QString& dataPath() const { return dataPath_; }

  void summary(const QString& absolutePath, QObject* context, std::function<void(const Result<DataSummary>&)> answer);
  /// The pictures set by setSamples(), or a sample of the data.
  void samples(QObject* context, std::function<void(const Result<std::vector<PictureRef>>&)> answer);
  void augmentations(QObject* context, std::function<void(const Result<std::vector<AugmentationInfo>>&)> answer);

 Q_SIGNALS:
  void dataPathChanged();

 private:
  QString pathOf(const Document& document, const Node& node) const;

  EngineAccess& engine_;
  QString folder_, dataPath_;
  std::vector<PictureRef> samples_;
  std::map<QString, DataSummary> summaries_;
  std::optional<std::vector<AugmentationInfo>> augmentations_;
};

/// {"width", "height", "rgb"} as live services send pictures; a null image when it is something else.
QImage imageFrom(const Value& value);
QString pathText(const Value& value);
Value pathValue(const QString& text);

}  // namespace patchbay::widgets
