// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/heat_maps.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "widgets/base/say.h"
#include "widgets/plots/plot_colours.h"

namespace patchbay::widgets {

QImage heatImage(const Value& heatMap) {
  const auto width = heatMap["width"].asInt(), height = heatMap["height"].asInt();
  const auto& bytes = heatMap["values"].asBytes();
  if (width <= 0 || height <= 0 || width > 4096 || height > 4096 ||
      bytes.size() != static_cast<std::size_t>(width * height) * sizeof(float))
    return {};
  QImage out{static_cast<int>(width), static_cast<int>(height), QImage::Format_ARGB32};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      float value = 0;
      std::memcpy(&value, bytes.data() + static_cast<std::size_t>(y * width + x) * sizeof(float), sizeof value);
      out.setPixelColor(x, y, heatColour(std::isfinite(value) ? static_cast<double>(value) : 0));
    }
  // Maps are small (7 x 7 and the like): enlarged once here, smoothly, rather than at every painting.
  return width < 64
             ? out.scaled(static_cast<int>(width) * 16, static_cast<int>(height) * 16, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
             : out;
}

HeatMaps::HeatMaps(EngineAccess& engine, QObject* parent) : QObject{parent}, engine_{engine} {}

void HeatMaps::setModel(const std::string& model) {
  if (model == model_) return;
  model_ = model;
  maps_.clear();
  waiting_.clear();
}

QImage HeatMaps::find(const PictureRef& picture) const {
  const auto found = maps_.find(picture);
  return found == maps_.end() ? QImage{} : found->second;
}

void HeatMaps::want(const PictureRef& picture) {
  if (maps_.contains(picture) || std::ranges::find(waiting_, picture) != waiting_.end()) return;
  waiting_.push_back(picture);
  next();
}

void HeatMaps::stop() { waiting_.clear(); }

void HeatMaps::next() {
  if (busy_ || waiting_.empty() || model_.empty()) return;
  busy_ = true;
  const auto picture = waiting_.front();
  waiting_.pop_front();
  Value args;
  args["model"] = model_;
  if (picture.digest.empty()) args["picture"]["path"] = pathToValue(picture.path);
  else args["picture"]["digest"] = picture.digest;
  args["heat_map"] = true;
  engine_.live("patchbay.live.try", "try", std::move(args), "results-heat-map", this,
               [this, picture, model = model_](const Result<Value>& answer) {
                 busy_ = false;
                 if (!answer && answer.error().kind == ErrorKind::Cancelled) return next();  // Somebody else took the slot.
                 if (!answer) {
                   waiting_.clear();
                   Q_EMIT failed(say(answer.error()));
                   return;
                 }
                 if (model == model_) {
                   maps_[picture] = heatImage((*answer)["heat_map"]);
                   Q_EMIT arrived(picture);
                 }
                 next();
               });
}

}  // namespace patchbay::widgets
