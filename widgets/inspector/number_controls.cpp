// SPDX-License-Identifier: GPL-3.0-or-later
// The controls of numbers: ValueSlider, RangeSlider, NumberBox.
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/inspector/controls.h"

namespace patchbay::widgets {

namespace {

constexpr double handleRadius = 8;

double roundTo(double value, int digits) {
  if (value == 0) return 0;
  // Through text, so that 0.30000000000000004 becomes 0.3.
  return QString::number(value, 'g', digits).toDouble();
}

void drawGroove(QPainter& p, const QPalette& palette, const QRectF& groove) {
  auto colour = palette.color(QPalette::Text);
  colour.setAlphaF(0.22F);
  p.setPen(Qt::NoPen);
  p.setBrush(colour);
  p.drawRoundedRect(groove, groove.height() / 2, groove.height() / 2);
}

void drawHandle(QPainter& p, const QPalette& palette, const QPointF& at, const QColor& accent, bool focus, bool hollow) {
  if (focus) {
    auto ring = accent;
    ring.setAlphaF(0.35F);
    p.setPen(Qt::NoPen);
    p.setBrush(ring);
    p.drawEllipse(at, handleRadius + 3, handleRadius + 3);
  }
  p.setPen(QPen{accent, 2});
  p.setBrush(hollow ? palette.color(QPalette::Window) : palette.color(QPalette::Base));
  p.drawEllipse(at, handleRadius - 1, handleRadius - 1);
  if (!hollow) {
    p.setPen(Qt::NoPen);
    p.setBrush(accent);
    p.drawEllipse(at, 3.5, 3.5);
  }
}

}  // namespace

int SliderScale::steps() const {
  if (whole && !logarithmic) return static_cast<int>(std::clamp(hi - lo, 1.0, 10000.0));
  return 1000;
}

double SliderScale::valueAt(int position) const {
  const double share = std::clamp(static_cast<double>(position) / steps(), 0.0, 1.0);
  if (share <= 0) return lo;
  if (share >= 1) return hi;
  if (logarithmic) {
    const double value = lo * std::pow(hi / lo, share);
    return whole ? std::round(value) : std::clamp(roundTo(value, hi / lo > 100 ? 2 : 3), lo, hi);
  }
  const double value = lo + (hi - lo) * share;
  if (whole) return std::round(value);
  const double step = std::pow(10.0, std::floor(std::log10((hi - lo) / 150)));
  return std::clamp(roundTo(std::round(value / step) * step, 12), lo, hi);
}

int SliderScale::positionOf(double value) const {
  double share = 0;
  if (logarithmic) share = value <= lo ? 0 : std::log(value / lo) / std::log(hi / lo);
  else share = (value - lo) / (hi - lo);
  return static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * steps()));
}

// ---- ValueSlider

ValueSlider::ValueSlider(QWidget* parent) : QSlider{Qt::Horizontal, parent} {
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ValueSlider::setScale(const SliderScale& scale, std::optional<double> def) {
  scale_ = scale;
  setRange(0, scale.steps());
  const bool fine = scale.steps() >= 1000;
  setSingleStep(fine ? 10 : 1);
  setPageStep(std::max(1, scale.steps() / 10));
  default_ = def && *def >= scale.lo && *def <= scale.hi ? std::optional{scale.positionOf(*def)} : std::nullopt;
  update();
}

void ValueSlider::setHollow(bool hollow) {
  hollow_ = hollow;
  update();
}

QSize ValueSlider::sizeHint() const { return {120, 26}; }
QSize ValueSlider::minimumSizeHint() const { return {48, 26}; }

double ValueSlider::xOf(int position) const {
  const double margin = handleRadius + 3;
  const double share = maximum() > 0 ? static_cast<double>(position) / maximum() : 0;
  return margin + share * (width() - 2 * margin);
}

int ValueSlider::positionAt(double x) const {
  const double margin = handleRadius + 3;
  return static_cast<int>(std::lround(std::clamp((x - margin) / std::max(1.0, width() - 2 * margin), 0.0, 1.0) * maximum()));
}

void ValueSlider::paintEvent(QPaintEvent*) {
  QPainter p{this};
  p.setRenderHint(QPainter::Antialiasing);
  const double y = height() / 2.0, left = xOf(0), right = xOf(maximum()), x = xOf(sliderPosition());
  const auto accent = isEnabled() ? palette().color(QPalette::Highlight) : palette().color(QPalette::Disabled, QPalette::Text);
  drawGroove(p, palette(), {left - 2, y - 2, right - left + 4, 4});
  if (!hollow_) {
    p.setPen(Qt::NoPen);
    p.setBrush(accent);
    p.drawRoundedRect(QRectF{left - 2, y - 2, x - left + 2, 4}, 2, 2);
  }
  if (default_) {
    p.setPen(QPen{toneColour(Tone::Neutral, palette()), 1.5});
    const double d = xOf(*default_);
    p.drawLine(QPointF{d, y + 6}, QPointF{d, y + 11});
  }
  drawHandle(p, palette(), {x, y}, accent, hasFocus(), hollow_);
}

void ValueSlider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !isEnabled()) return event->ignore();
  setSliderDown(true);
  setSliderPosition(positionAt(event->position().x()));
  event->accept();
}

void ValueSlider::mouseMoveEvent(QMouseEvent* event) {
  if (!isSliderDown()) return event->ignore();
  setSliderPosition(positionAt(event->position().x()));
}

void ValueSlider::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && isSliderDown()) setSliderDown(false);
}

void ValueSlider::wheelEvent(QWheelEvent* event) { event->ignore(); }

// ---- RangeSlider

RangeSlider::RangeSlider(const SliderScale& scale, QWidget* parent) : QWidget{parent}, scale_{scale} {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RangeSlider::setRange(double from, double to) {
  from_ = from;
  to_ = to;
  update();
}

QSize RangeSlider::sizeHint() const { return {120, 26}; }

double RangeSlider::xOf(double value) const {
  const double margin = handleRadius + 3;
  return margin + (width() - 2 * margin) * scale_.positionOf(value) / scale_.steps();
}

void RangeSlider::paintEvent(QPaintEvent*) {
  QPainter p{this};
  p.setRenderHint(QPainter::Antialiasing);
  const double y = height() / 2.0, left = xOf(scale_.lo), right = xOf(scale_.hi);
  const auto accent = isEnabled() ? palette().color(QPalette::Highlight) : palette().color(QPalette::Disabled, QPalette::Text);
  drawGroove(p, palette(), {left - 2, y - 2, right - left + 4, 4});
  p.setPen(Qt::NoPen);
  p.setBrush(accent);
  p.drawRect(QRectF{xOf(from_), y - 2, std::max(0.0, xOf(to_) - xOf(from_)), 4});
  drawHandle(p, palette(), {xOf(from_), y}, accent, false, false);
  drawHandle(p, palette(), {xOf(to_), y}, accent, false, false);
}

void RangeSlider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  const double x = event->position().x(), a = std::abs(x - xOf(from_)), b = std::abs(x - xOf(to_));
  movesFrom_ = a < b || (a == b && x < xOf(from_));
  held_ = true;
  moveTo(x);
}

void RangeSlider::mouseMoveEvent(QMouseEvent* event) {
  if (held_) moveTo(event->position().x());
}

void RangeSlider::mouseReleaseEvent(QMouseEvent*) {
  if (held_) Q_EMIT released();
  held_ = false;
}

void RangeSlider::moveTo(double x) {
  const double margin = handleRadius + 3;
  const double share = std::clamp((x - margin) / std::max(1.0, width() - 2 * margin), 0.0, 1.0);
  const double value = scale_.valueAt(static_cast<int>(std::lround(share * scale_.steps())));
  if (movesFrom_) from_ = std::min(value, to_);
  else to_ = std::max(value, from_);
  update();
  Q_EMIT moved(from_, to_);
}

// ---- NumberBox

NumberBox::NumberBox(QWidget* parent) : QAbstractSpinBox{parent} {
  setKeyboardTracking(false);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  setFocusPolicy(Qt::StrongFocus);
  lineEdit()->setTextMargins(2, 0, 0, 0);
  connect(this, &QAbstractSpinBox::editingFinished, this, &NumberBox::take);
}

void NumberBox::setLimits(std::optional<double> min, std::optional<double> max) {
  min_ = min;
  max_ = max;
}

void NumberBox::setUnit(const QString& unit) {
  const bool untouched = lineEdit()->text() == taken_;
  unit_ = unit;
  if (untouched) setValue(value_);
}

void NumberBox::setValue(std::optional<double> value) {
  value_ = value;
  lineEdit()->setPlaceholderText(value ? QString{} : tr("several values"));
  taken_ = shown();
  if (lineEdit()->text() == taken_) return;
  lineEdit()->setText(taken_);
  // The number is seen first where its unit does not fit.
  if (!hasFocus()) lineEdit()->setCursorPosition(0);
}

QString NumberBox::shown() const {
  if (!value_) return {};
  return unit_.isEmpty() ? plainNumber(*value_) : tr("%1 %2", "number and unit").arg(plainNumber(*value_), unit_);
}

std::optional<double> NumberBox::parsed(const QString& text) const {
  auto number = text.trimmed();
  if (!unit_.isEmpty() && number.endsWith(unit_)) number = number.chopped(unit_.size()).trimmed();
  bool ok = false;
  double value = QLocale{}.toDouble(number, &ok);
  if (!ok) value = QLocale::c().toDouble(number, &ok);
  if (!ok) value = QLocale::c().toDouble(QString{number}.replace(QLatin1Char{','}, QLatin1Char{'.'}), &ok);
  if (!ok || !std::isfinite(value)) return std::nullopt;
  return value;
}

void NumberBox::take() {
  const auto text = lineEdit()->text();
  if (text == taken_) return;
  const auto value = parsed(text);
  const bool fits = value && (!min_ || *value >= *min_) && (!max_ || *value <= *max_) && (!whole_ || *value == std::floor(*value));
  if (!fits) {
    Q_EMIT refused(text);
    return;
  }
  const bool changed = value != value_;
  setValue(value);
  Q_EMIT refused({});
  if (changed) Q_EMIT edited(*value, false);
}

void NumberBox::stepBy(int steps) {
  take();
  double value = value_.value_or(min_.value_or(0));
  for (int i = 0; i < std::abs(steps); ++i) {
    const bool up = steps > 0;
    if (logarithmic_ && value > 0) {
      // Along 1, 2, 5, 10 in the direction asked for.
      const double decade = std::pow(10.0, std::floor(std::log10(value) + 1e-9));
      const double lead = value / decade;
      double next = 0;
      if (up) next = lead < 2 - 1e-6 ? 2 : lead < 5 - 1e-6 ? 5 : 10;
      else next = lead > 5 + 1e-6 ? 5 : lead > 2 + 1e-6 ? 2 : lead > 1 + 1e-6 ? 1 : 0.5;
      const double stepped = roundTo(next * decade, 6);
      value = whole_ && std::round(stepped) == std::round(value) ? value + (up ? 1 : -1) : whole_ ? std::round(stepped) : stepped;
    } else {
      const double size = whole_ ? 1 : std::pow(10.0, std::floor(std::log10(std::max(std::abs(value), 1e-6))) - 1);
      value = roundTo(value + (up ? 1 : -1) * (step_ > 0 ? step_ : size), 12);
    }
  }
  if (min_) value = std::max(value, *min_);
  if (max_) value = std::min(value, *max_);
  if (value_ && value == *value_) return;
  setValue(value);
  Q_EMIT refused({});
  Q_EMIT edited(value, true);
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const {
  StepEnabled out = StepNone;
  if (!value_ || !max_ || *value_ < *max_) out |= StepUpEnabled;
  if (!value_ || !min_ || *value_ > *min_) out |= StepDownEnabled;
  return out;
}

QValidator::State NumberBox::validate(QString&, int&) const {
  // Everything may be typed; what cannot be used is said beside the field.
  return QValidator::Acceptable;
}

QSize NumberBox::sizeHint() const {
  auto size = QAbstractSpinBox::sizeHint();
  size.setWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.000001 ") + unit_) + 40);
  size.setHeight(std::max(size.height(), fontMetrics().height() + 12));
  return size;
}

QSize NumberBox::minimumSizeHint() const { return {std::min(sizeHint().width(), 150), sizeHint().height()}; }

void NumberBox::focusInEvent(QFocusEvent* event) {
  QAbstractSpinBox::focusInEvent(event);
  // The number alone, so that typing keeps the unit.
  if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason || event->reason() == Qt::ShortcutFocusReason)
    lineEdit()->setSelection(0, value_ ? static_cast<int>(plainNumber(*value_).size()) : 0);
}

void NumberBox::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && lineEdit()->text() != taken_) {
    lineEdit()->setText(taken_);
    Q_EMIT refused({});
    return event->accept();
  }
  QAbstractSpinBox::keyPressEvent(event);
}

void NumberBox::keyReleaseEvent(QKeyEvent* event) { QAbstractSpinBox::keyReleaseEvent(event); }

void NumberBox::changeEvent(QEvent* event) {
  QAbstractSpinBox::changeEvent(event);
  if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
    if (lineEdit()->text() == taken_) setValue(value_);
}

void NumberBox::wheelEvent(QWheelEvent* event) { event->ignore(); }

}  // namespace patchbay::widgets
