// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QLabel>
#include <QSlider>
#include <QString>
#include <QToolButton>
#include <QWidget>
#include <optional>
#include <vector>

#include "widgets/base/theme.h"

class QButtonGroup;
class QLineEdit;

namespace patchbay::widgets {

/// The wheel scrolls the page and never changes a value: installs a filter on the widget (and what is in it) that hands wheel
/// events to the parent.
void keepFromWheel(QWidget* widget);

/// A small flat button with an icon of resources/icons; `text` is tooltip and accessible name. Without the icon it shows `glyph`.
QToolButton* iconButton(const QString& iconName, const QString& glyph, const QString& objectName, QWidget* parent);
void setWhat(QAbstractButton* button, const QString& text);

/// Some room between the frame and the text.
void makeRoomy(QLineEdit* line);

/// Wrapped text in a tone; smaller than the labels when `small`. Hides itself when empty.
class Note : public QLabel {
  Q_OBJECT

 public:
  explicit Note(Tone tone, bool small = true, QWidget* parent = nullptr);
  void say(const QString& text);
  void setTone(Tone tone);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void tint();
  Tone tone_;
  bool tinting_ = false;
};

/// An on/off switch; `several` stands for values that differ.
class Switch : public QAbstractButton {
  Q_OBJECT

 public:
  explicit Switch(QWidget* parent = nullptr);
  void setSeveral(bool several);
  bool several() const { return several_; }
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void nextCheckState() override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  bool several_ = false;
};

/// How positions of a slider stand for numbers.
struct SliderScale {
  double lo = 0, hi = 1;
  bool logarithmic = false, whole = false;

  int steps() const;
  /// Rounded to what a person would type: whole numbers, round steps, two or three significant digits.
  double valueAt(int position) const;
  int positionOf(double value) const;
};

/// A slider that jumps to where it is clicked, marks the default, ignores the wheel.
class ValueSlider : public QSlider {
  Q_OBJECT

 public:
  explicit ValueSlider(QWidget* parent = nullptr);
  void setScale(const SliderScale& scale, std::optional<double> def);
  const SliderScale& scale() const { return scale_; }
  /// Hollow: the value differs among several blocks, or lies outside the range.
  void setHollow(bool hollow);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  int positionAt(double x) const;
  double xOf(int position) const;

  SliderScale scale_;
  std::optional<int> default_;
  bool hollow_ = false;
};

/// Two handles on one line: a range from .. to. For the mouse; the number boxes beside it are its keyboard way.
class RangeSlider : public QWidget {
  Q_OBJECT

 public:
  explicit RangeSlider(const SliderScale& scale, QWidget* parent = nullptr);
  void setRange(double from, double to);
  QSize sizeHint() const override;

 Q_SIGNALS:
  void moved(double from, double to);
  void released();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  double xOf(double value) const;
  void moveTo(double x);
  SliderScale scale_;
  double from_ = 0, to_ = 1;
  bool movesFrom_ = false, held_ = false;
};

/// A number with its unit, typed as people write it: "1e-4", "0,5" and "0.5", "12 epochs".
///
/// Arrow keys step by what suits the size of the number; with a logarithmic scale along 1, 2, 5, 10. What is typed is taken
/// on Enter or when the focus leaves; what is no number within the hard range stays in the field and is told by `refused`.
class NumberBox : public QAbstractSpinBox {
  Q_OBJECT

 public:
  explicit NumberBox(QWidget* parent = nullptr);
  void setWhole(bool whole) { whole_ = whole; }
  void setLogarithmic(bool logarithmic) { logarithmic_ = logarithmic; }
  void setLimits(std::optional<double> min, std::optional<double> max);
  /// What an arrow key adds with a linear scale; 0: a hundredth of the size.
  void setStep(double step) { step_ = step; }
  void setUnit(const QString& unit);
  /// Nothing: the values of several blocks differ.
  void setValue(std::optional<double> value);
  std::optional<double> value() const { return value_; }

  void stepBy(int steps) override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// `series`: by a key that may be held down.
  void edited(double value, bool series);
  void refused(const QString& text);

 protected:
  StepEnabled stepEnabled() const override;
  QValidator::State validate(QString& text, int& position) const override;
  void focusInEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void take();
  QString shown() const;
  std::optional<double> parsed(const QString& text) const;

  std::optional<double> value_, min_, max_;
  double step_ = 0;
  bool whole_ = false, logarithmic_ = false;
  QString unit_, taken_;
};

/// Few choices as buttons side by side, or below one another where there is no room.
class Segments : public QWidget {
  Q_OBJECT

 public:
  explicit Segments(QWidget* parent = nullptr);
  void addChoice(const QString& text, const QString& help, const QString& objectName);
  void setText(int index, const QString& text, const QString& help);
  void setCurrent(int index);  ///< -1: none.
  int current() const;
  QWidget* focusTarget() const;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;

 Q_SIGNALS:
  void chosen(int index);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void arrange();
  int rowWidth() const;
  std::vector<QAbstractButton*> buttons_;
  QButtonGroup* group_;
};

/// A heading that opens and closes what is below it.
class Section : public QWidget {
  Q_OBJECT

 public:
  Section(const QString& objectName, QWidget* parent);
  void setTitle(const QString& title);
  QWidget* body() const { return body_; }
  bool isOpen() const;
  void setOpen(bool open);

 Q_SIGNALS:
  void toggled(bool open);

 private:
  QToolButton* head_;
  QWidget* body_;
  bool open_ = false;
};

/// A rounded rectangle around what belongs together.
class Card : public QWidget {
  Q_OBJECT

 public:
  explicit Card(QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

/// A number in as few digits as say it, in the locale: "0.0001", "1e-05", "12,000" is "12000" (to be typed again).
QString plainNumber(double value);

}  // namespace patchbay::widgets
