// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractButton>
#include <QPixmap>

namespace patchbay::studio {

/// A card of the welcome page: a picture, a title, one line in the accent colour and two or three lines of text. A button for
/// mouse, keyboard and screen reader alike.
class PipelineCard : public QAbstractButton {
  Q_OBJECT

 public:
  explicit PipelineCard(QWidget* parent = nullptr);
  /// `badge` is a short mark on the picture ("Ready to run"); empty: none.
  void setTexts(const QString& title, const QString& accent, const QString& body, const QString& badge = {});
  void setPicture(const QPixmap& picture);
  static QSize pictureSize() { return {264, 132}; }
  /// What of the picture's upper edge a badge covers.
  static int badgeHeight() { return 24; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QString accent_, body_, badge_;
  QPixmap picture_;
};

}  // namespace patchbay::studio
