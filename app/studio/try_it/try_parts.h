// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>
#include <QString>
#include <QWidget>
#include <vector>

#include "widgets/base/theme.h"

class QLabel;
class QPushButton;

namespace patchbay::studio {

/// What a model gives each class, the highest first, as bars from 0 to 1.
class ScoreBars : public QWidget {
  Q_OBJECT

 public:
  struct Score {
    QString name;
    double value = 0;
    bool said = false;  ///< It is the answer, or one of the labels.
  };
  explicit ScoreBars(QWidget* parent = nullptr);
  void setScores(std::vector<Score> scores);
  const std::vector<Score>& scores() const { return scores_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  int rowHeight() const;
  std::vector<Score> scores_;
};

/// A sentence with a bar in its tone at the left, and a button where something can be done about it.
class Remark : public QFrame {
  Q_OBJECT

 public:
  explicit Remark(const QString& name, QWidget* parent = nullptr);
  /// An empty text hides it.
  void say(widgets::Tone tone, const QString& text, const QString& action = {});
  QString text() const;

 Q_SIGNALS:
  void actionWanted();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void showMark();
  void fitHeight();
  QLabel *mark_, *text_;
  QPushButton* action_;
  widgets::Tone tone_ = widgets::Tone::Neutral;
};

}  // namespace patchbay::studio
