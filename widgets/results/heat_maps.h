// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QObject>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "widgets/results/report_source.h"

namespace patchbay::widgets {

/// Where the model looked, for one picture after another through the live service "patchbay.live.try".
class HeatMaps : public QObject {
  Q_OBJECT
 public:
  explicit HeatMaps(EngineAccess& engine, QObject* parent = nullptr);
  void setModel(const std::string& model);
  const std::string& model() const { return model_; }
  /// Null until arrived() has told of it.
  QImage find(const PictureRef& picture) const;
  void want(const PictureRef& picture);
  void stop();  ///< What was not asked yet is not asked any more.

 Q_SIGNALS:
  void arrived(const PictureRef& picture);
  void failed(const QString& why);

 private:
  void next();
  EngineAccess& engine_;
  std::string model_;
  std::map<PictureRef, QImage> maps_;
  std::deque<PictureRef> waiting_;
  bool busy_ = false;
};

/// {"width", "height", "values": f32 bytes, 0..1} as a see-through picture; null when the sizes do not fit.
QImage heatImage(const Value& heatMap);

}  // namespace patchbay::widgets
