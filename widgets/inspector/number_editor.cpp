// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <cmath>

#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/param_editor.h"

namespace patchbay::widgets {

namespace {

/// The slider's range: the soft one, else the hard one; nothing when an end is missing.
std::optional<SliderScale> scaleOf(const ParamInfo& info) {
  const auto lo = info.softMin ? info.softMin : info.min, hi = info.softMax ? info.softMax : info.max;
  if (!lo || !hi || !(*hi > *lo)) return std::nullopt;
  SliderScale scale{*lo, *hi, info.scale == Scale::Log, info.kind == ParamKind::Integer};
  if (scale.logarithmic && scale.lo <= 0) scale.lo = scale.whole ? 1 : scale.hi * 1e-6;
  if (scale.logarithmic && !(scale.hi > scale.lo)) scale.logarithmic = false;
  // A slider over a huge linear range finds nothing.
  if (!scale.logarithmic && !info.softMax && scale.hi - scale.lo > 1e5) return std::nullopt;
  return scale;
}

/// A box for typing, and a slider where the declaration gives a range to choose from.
class NumberEditor final : public ParamEditor {
  Q_OBJECT

 public:
  NumberEditor(const ParamInfo& info, EditorContext& context, QWidget* parent)
      : ParamEditor{info, context, parent}, box_{new NumberBox{this}} {
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    if (const auto scale = scaleOf(info)) {
      slider_ = new ValueSlider{this};
      slider_->setObjectName(name(".slider"));
      slider_->setScale(*scale, info.def.isNumber() ? std::optional{info.def.asDouble()} : std::nullopt);
      layout->addWidget(slider_, 3);
      connect(slider_, &QSlider::valueChanged, this, &NumberEditor::slid);
      connect(slider_, &QSlider::sliderReleased, this, &ParamEditor::seriesEnded);
    }
    box_->setObjectName(name());
    box_->setWhole(info.kind == ParamKind::Integer);
    box_->setLogarithmic(info.scale == Scale::Log);
    box_->setLimits(info.min, info.max);
    if (slider_ && !slider_->scale().whole)
      box_->setStep(std::pow(10.0, std::floor(std::log10((slider_->scale().hi - slider_->scale().lo) / 15))));
    layout->addWidget(box_, slider_ ? 2 : 1);
    retranslate();
    connect(box_, &NumberBox::edited, this, [this](double value, bool series) { send(value, series); });
    connect(box_, &QAbstractSpinBox::editingFinished, this, &ParamEditor::seriesEnded);
    connect(box_, &NumberBox::refused, this, &NumberEditor::refuse);
  }

  void display(const Value& value, bool several) override {
    const bool number = value.isNumber() && !several;
    box_->setValue(number ? std::optional{value.asDouble()} : std::nullopt);
    if (!slider_) return;
    const QSignalBlocker quiet{slider_};
    slider_->setHollow(!number || value.asDouble() < slider_->scale().lo || value.asDouble() > slider_->scale().hi);
    // While it is held, the hand says where the handle is.
    if (!slider_->isSliderDown()) slider_->setValue(slider_->scale().positionOf(value.asDouble()));
  }
  QWidget* field() const override { return box_; }
  void retranslate() override {
    box_->setUnit(unitSuffix(info().unit));
    box_->setAccessibleName(label());
    if (slider_) slider_->setAccessibleName(tr("%1, slider").arg(label()));
  }

 private:
  void slid(int position) {
    slider_->setHollow(false);
    const double value = slider_->scale().valueAt(position);
    if (box_->value() == value) return;
    box_->setValue(value);
    send(value, true);
  }
  void send(double value, bool series) {
    Q_EMIT refused({}, {});
    if (info().kind == ParamKind::Integer) Q_EMIT edited(Value{static_cast<std::int64_t>(value)}, series);
    else Q_EMIT edited(Value{value}, series);
  }
  void refuse(const QString& text) {
    if (text.isEmpty()) return Q_EMIT refused({}, {});
    auto parsed = parseParam(info(), toUtf8(text.trimmed()));
    if (parsed) return Q_EMIT refused(tr("This is not a number: %1").arg(text), tr("Give a number."));
    Q_EMIT refused(say(parsed.error().cause), say(parsed.error().hint));
  }

  NumberBox* box_;
  ValueSlider* slider_ = nullptr;
};

}  // namespace

ParamEditor* makeNumberEditor(const ParamInfo& info, EditorContext& context, QWidget* parent) {
  return new NumberEditor{info, context, parent};
}

}  // namespace patchbay::widgets

#include "number_editor.moc"
