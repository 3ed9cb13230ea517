// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/controls.h"

#include <QApplication>
#include <QBoxLayout>
#include <QButtonGroup>
#include <QChildEvent>
#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace patchbay::widgets {

namespace {

class WheelKeeper final : public QObject {
 public:
  using QObject::QObject;
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() != QEvent::Wheel) return false;
    auto* widget = qobject_cast<QWidget*>(watched);
    if (widget && widget->parentWidget()) QApplication::sendEvent(widget->parentWidget(), event);
    return true;
  }
};

QColor mixed(const QColor& a, const QColor& b, double share) {
  return QColor::fromRgbF(static_cast<float>(a.redF() + (b.redF() - a.redF()) * share),
                          static_cast<float>(a.greenF() + (b.greenF() - a.greenF()) * share),
                          static_cast<float>(a.blueF() + (b.blueF() - a.blueF()) * share));
}

QColor outline(const QPalette& palette) { return mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.45); }

}  // namespace

void keepFromWheel(QWidget* widget) {
  auto* keeper = new WheelKeeper{widget};
  widget->installEventFilter(keeper);
  for (auto* child : widget->findChildren<QWidget*>()) child->installEventFilter(keeper);
}

QToolButton* iconButton(const QString& iconName, const QString& glyph, const QString& objectName, QWidget* parent) {
  auto* button = new QToolButton{parent};
  button->setObjectName(objectName);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::StrongFocus);
  const auto picture = icon(iconName);
  if (picture.isNull()) {
    button->setText(glyph);
  } else {
    button->setIcon(picture);
    button->setIconSize({16, 16});
  }
  return button;
}

void setWhat(QAbstractButton* button, const QString& text) {
  button->setToolTip(text);
  button->setStatusTip(text);
  button->setAccessibleName(text);
}

void makeRoomy(QLineEdit* line) {
  line->setTextMargins(4, 0, 4, 0);
  line->setMinimumHeight(line->fontMetrics().height() + 12);
}

Note::Note(Tone tone, bool small, QWidget* parent) : QLabel{parent}, tone_{tone} {
  setWordWrap(true);
  setTextFormat(Qt::PlainText);
  auto policy = sizePolicy();
  policy.setHorizontalPolicy(QSizePolicy::Ignored);
  policy.setVerticalPolicy(QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  if (small) {
    auto f = font();
    f.setPointSizeF(f.pointSizeF() * 0.92);
    setFont(f);
  }
  tint();
  setVisible(false);
}

void Note::say(const QString& text) {
  setText(text);
  setVisible(!text.isEmpty());
}

void Note::setTone(Tone tone) {
  tone_ = tone;
  tint();
}

void Note::tint() {
  tinting_ = true;
  auto p = palette();
  p.setColor(QPalette::WindowText, toneColour(tone_, QApplication::palette()));
  setPalette(p);
  tinting_ = false;
}

void Note::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::ApplicationPaletteChange || (event->type() == QEvent::PaletteChange && !tinting_)) tint();
}

// ---- Switch

Switch::Switch(QWidget* parent) : QAbstractButton{parent} {
  setCheckable(true);
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Switch::setSeveral(bool several) {
  several_ = several;
  update();
}

QSize Switch::sizeHint() const {
  const int h = std::max(20, fontMetrics().height() + 2);
  return {h * 9 / 5 + 4, h + 4};
}

void Switch::nextCheckState() {
  // From "several" the first click switches all on.
  setChecked(several_ ? true : !isChecked());
  several_ = false;
}

void Switch::enterEvent(QEnterEvent*) { update(); }
void Switch::leaveEvent(QEvent*) { update(); }

void Switch::paintEvent(QPaintEvent*) {
  QPainter p{this};
  p.setRenderHint(QPainter::Antialiasing);
  const QRectF track = QRectF{rect()}.adjusted(2.5, 2.5, -2.5, -2.5);
  const auto group = isEnabled() ? QPalette::Normal : QPalette::Disabled;
  const auto accent = palette().color(group, QPalette::Highlight);
  const bool on = isChecked() && !several_;
  p.setPen(QPen{on ? accent : outline(palette()), 1});
  p.setBrush(on ? accent : palette().color(group, QPalette::Base));
  p.drawRoundedRect(track, track.height() / 2, track.height() / 2);
  const double r = track.height() / 2 - 3;
  const double x = several_ ? track.center().x() : on ? track.right() - r - 3 : track.left() + r + 3;
  p.setPen(Qt::NoPen);
  p.setBrush(on ? palette().color(QPalette::HighlightedText) : outline(palette()));
  if (several_) p.drawRoundedRect(QRectF{x - r, track.center().y() - 1.5, 2 * r, 3}, 1.5, 1.5);
  else p.drawEllipse(QPointF{x, track.center().y()}, r, r);
  if (hasFocus()) {
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen{toneColour(Tone::Accent, palette()), 2});
    p.drawRoundedRect(QRectF{rect()}.adjusted(1, 1, -1, -1), height() / 2.0, height() / 2.0);
  }
}

// ---- Segments

Segments::Segments(QWidget* parent) : QWidget{parent}, group_{new QButtonGroup{this}} {
  group_->setExclusive(true);
  QSizePolicy policy{QSizePolicy::Preferred, QSizePolicy::Fixed};
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  connect(group_, &QButtonGroup::idClicked, this, &Segments::chosen);
}

namespace {

/// One of the buttons: flat, filled when chosen.
class SegmentButton final : public QAbstractButton {
 public:
  explicit SegmentButton(QWidget* parent) : QAbstractButton{parent} {
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
  }
  QSize sizeHint() const override { return {fontMetrics().horizontalAdvance(text()) + 24, fontMetrics().height() + 14}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter p{this};
    p.setRenderHint(QPainter::Antialiasing);
    const auto group = isEnabled() ? QPalette::Normal : QPalette::Disabled;
    const QRectF box = QRectF{rect()}.adjusted(1.5, 1.5, -1.5, -1.5);
    const auto hover = underMouse() && isEnabled();
    p.setPen(QPen{
        isChecked() ? palette().color(group, QPalette::Highlight) : mixed(palette().color(QPalette::Base), outline(palette()), 0.55), 1});
    p.setBrush(isChecked() ? palette().color(group, QPalette::Highlight)
               : hover     ? palette().color(QPalette::Midlight)
                           : palette().color(QPalette::Base));
    p.drawRoundedRect(box, 6, 6);
    p.setPen(isChecked() && isEnabled() ? palette().color(QPalette::HighlightedText) : palette().color(group, QPalette::ButtonText));
    p.drawText(box.adjusted(6, 0, -6, 0), Qt::AlignCenter,
               fontMetrics().elidedText(text(), Qt::ElideRight, static_cast<int>(box.width()) - 10));
    if (hasFocus()) {
      p.setBrush(Qt::NoBrush);
      p.setPen(QPen{isChecked() ? palette().color(QPalette::HighlightedText) : toneColour(Tone::Accent, palette()), 1.5});
      p.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 4, 4);
    }
  }
  void enterEvent(QEnterEvent*) override { update(); }
  void leaveEvent(QEvent*) override { update(); }
};

}  // namespace

void Segments::addChoice(const QString& text, const QString& help, const QString& objectName) {
  auto* button = new SegmentButton{this};
  button->setObjectName(objectName);
  button->installEventFilter(this);
  group_->addButton(button, static_cast<int>(buttons_.size()));
  buttons_.push_back(button);
  setText(static_cast<int>(buttons_.size()) - 1, text, help);
}

void Segments::setText(int index, const QString& text, const QString& help) {
  auto* button = buttons_[static_cast<std::size_t>(index)];
  button->setText(text);
  button->setAccessibleName(text);
  button->setAccessibleDescription(help);
  button->setToolTip(help.isEmpty() ? text : help);
  updateGeometry();
  arrange();
}

void Segments::setCurrent(int index) {
  group_->setExclusive(false);
  for (int i = 0; i < static_cast<int>(buttons_.size()); ++i) buttons_[static_cast<std::size_t>(i)]->setChecked(i == index);
  group_->setExclusive(true);
}

int Segments::current() const { return group_->checkedId(); }

QWidget* Segments::focusTarget() const { return current() >= 0 ? buttons_[static_cast<std::size_t>(current())] : buttons_.front(); }

int Segments::rowWidth() const {
  int widest = 0;
  for (const auto* b : buttons_) widest = std::max(widest, b->sizeHint().width());
  return widest * static_cast<int>(buttons_.size());
}

QSize Segments::sizeHint() const { return {rowWidth(), heightForWidth(width())}; }
QSize Segments::minimumSizeHint() const { return {48, buttons_.empty() ? 0 : buttons_.front()->sizeHint().height()}; }

int Segments::heightForWidth(int w) const {
  if (buttons_.empty()) return 0;
  const int h = buttons_.front()->sizeHint().height();
  return w >= rowWidth() ? h : (h + 2) * static_cast<int>(buttons_.size());
}

void Segments::resizeEvent(QResizeEvent*) { arrange(); }

void Segments::arrange() {
  if (buttons_.empty()) return;
  const int n = static_cast<int>(buttons_.size()), h = buttons_.front()->sizeHint().height();
  const bool row = width() >= rowWidth();
  for (int i = 0; i < n; ++i) {
    auto* b = buttons_[static_cast<std::size_t>(i)];
    if (row) b->setGeometry(i * width() / n, 0, (i + 1) * width() / n - i * width() / n, h);
    else b->setGeometry(0, i * (h + 2), width(), h);
  }
}

bool Segments::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    // Arrow keys go along the row whichever way it is laid out.
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int by = key == Qt::Key_Left || key == Qt::Key_Up ? -1 : key == Qt::Key_Right || key == Qt::Key_Down ? 1 : 0;
    if (by != 0) {
      const auto at = std::find(buttons_.begin(), buttons_.end(), watched) - buttons_.begin();
      const auto next = std::clamp<std::ptrdiff_t>(at + by, 0, static_cast<std::ptrdiff_t>(buttons_.size()) - 1);
      buttons_[static_cast<std::size_t>(next)]->setFocus(Qt::TabFocusReason);
      buttons_[static_cast<std::size_t>(next)]->click();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

// ---- Section and Card

Section::Section(const QString& objectName, QWidget* parent) : QWidget{parent}, head_{new QToolButton{this}}, body_{new QWidget{this}} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  head_->setObjectName(objectName);
  head_->setAutoRaise(true);
  head_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  head_->setArrowType(Qt::RightArrow);
  head_->setFocusPolicy(Qt::StrongFocus);
  head_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  auto f = head_->font();
  f.setBold(true);
  head_->setFont(f);
  layout->addWidget(head_);
  layout->addWidget(body_);
  body_->setVisible(false);
  connect(head_, &QToolButton::clicked, this, [this] { setOpen(!open_); });
}

void Section::setTitle(const QString& title) {
  head_->setText(title);
  head_->setAccessibleName(title);
}

bool Section::isOpen() const { return open_; }

void Section::setOpen(bool open) {
  if (open == open_) return;
  open_ = open;
  head_->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
  head_->setAccessibleDescription(open ? tr("open") : tr("closed"));
  body_->setVisible(open);
  Q_EMIT toggled(open);
}

Card::Card(QWidget* parent) : QWidget{parent} {}

void Card::paintEvent(QPaintEvent*) {
  QPainter p{this};
  p.setRenderHint(QPainter::Antialiasing);
  p.setPen(QPen{mixed(palette().color(QPalette::Window), palette().color(QPalette::WindowText), 0.14), 1});
  // As the page, so that the fields in it stand out as they do elsewhere.
  p.setBrush(Qt::NoBrush);
  p.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

QString plainNumber(double value) {
  QLocale locale;
  locale.setNumberOptions(QLocale::OmitGroupSeparator);
  if (value == std::floor(value) && std::abs(value) < 1e15) return locale.toString(static_cast<qint64>(value));
  // The shortest that reads back as the same number; small and large ones with an exponent.
  const auto size = std::abs(value);
  if (size >= 1e-4 && size < 1e6) return locale.toString(value, 'f', QLocale::FloatingPointShortest);
  return locale.toString(value, 'g', QLocale::FloatingPointShortest);
}

}  // namespace patchbay::widgets
