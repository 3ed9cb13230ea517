// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/theme_style.h"

#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleOption>
#include <QTextEdit>
#include <QToolButton>

#include "widgets/base/theme.h"

namespace patchbay::widgets {

namespace {

QPen penOf(const QStyleOption& option) {
  const bool here = (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_Enabled);
  auto colour = here ? option.palette.color(QPalette::Highlight) : outlineColour(option.palette);
  if (!(option.state & QStyle::State_Enabled)) colour.setAlphaF(0.55F);
  return QPen{colour, here ? 1.6 : 1.1};
}

void outline(QPainter& painter, const QStyleOption& option, const QRect& rect, double radius) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(penOf(option));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(QRectF{rect}.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
  painter.restore();
}

/// The square or circle that is ticked, with its sign in it.
void drawTick(QPainter& painter, const QStyleOption& option, bool round) {
  const bool on = option.state & QStyle::State_On, partly = option.state & QStyle::State_NoChange;
  const bool enabled = option.state & QStyle::State_Enabled;
  const double side = std::min(option.rect.width(), option.rect.height());
  QRectF box{0, 0, side, side};
  box.moveCenter(QRectF{option.rect}.center());
  box.adjust(0.5, 0.5, -0.5, -0.5);
  const bool filled = (on || partly) && enabled;
  const auto ink = option.palette.color(filled ? QPalette::HighlightedText : QPalette::Text);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(filled && !(option.state & QStyle::State_HasFocus) ? QPen{option.palette.color(QPalette::Highlight), 1} : penOf(option));
  painter.setBrush(filled ? option.palette.color(QPalette::Highlight)
                          : option.palette.color(option.state & QStyle::State_Sunken ? QPalette::Midlight : QPalette::Base));
  if (round) painter.drawEllipse(box);
  else painter.drawRoundedRect(box, 3, 3);
  if (on && round) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(box.center(), side * 0.2, side * 0.2);
  } else if (on) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{ink, std::max(1.6, side / 8), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
    const auto at = [&](double x, double y) { return QPointF{box.x() + x * box.width(), box.y() + y * box.height()}; };
    painter.drawPolyline(QPolygonF{{at(0.24, 0.52), at(0.43, 0.71), at(0.77, 0.31)}});
  } else if (partly) {
    painter.setPen(QPen{ink, std::max(1.6, side / 8), Qt::SolidLine, Qt::RoundCap});
    painter.drawLine(QPointF{box.x() + 0.28 * box.width(), box.center().y()}, QPointF{box.x() + 0.72 * box.width(), box.center().y()});
  }
  painter.restore();
}

QIcon ownIcon(QStyle::StandardPixmap which) {
  switch (which) {
    case QStyle::SP_LineEditClearButton:
      return icon(QStringLiteral("close"));
    case QStyle::SP_DirIcon:
    case QStyle::SP_DirClosedIcon:
    case QStyle::SP_DirOpenIcon:
    case QStyle::SP_DirLinkIcon:
    case QStyle::SP_DirLinkOpenIcon:
      return icon(QStringLiteral("folder"));
    case QStyle::SP_DirHomeIcon:
      return icon(QStringLiteral("home"));
    case QStyle::SP_FileIcon:
    case QStyle::SP_FileLinkIcon:
      return icon(QStringLiteral("file"));
    case QStyle::SP_ComputerIcon:
    case QStyle::SP_DesktopIcon:
      return icon(QStringLiteral("computer"));
    case QStyle::SP_DriveHDIcon:
    case QStyle::SP_DriveFDIcon:
    case QStyle::SP_DriveCDIcon:
    case QStyle::SP_DriveDVDIcon:
    case QStyle::SP_DriveNetIcon:
      return icon(QStringLiteral("drive"));
    case QStyle::SP_ArrowBack:
    case QStyle::SP_FileDialogBack:
      return icon(QStringLiteral("left"));
    case QStyle::SP_ArrowForward:
      return icon(QStringLiteral("right"));
    case QStyle::SP_FileDialogToParent:
      return icon(QStringLiteral("up"));
    case QStyle::SP_FileDialogNewFolder:
      return icon(QStringLiteral("folder-add"));
    case QStyle::SP_FileDialogListView:
      return icon(QStringLiteral("list-names"));
    case QStyle::SP_FileDialogDetailedView:
      return icon(QStringLiteral("list-details"));
    case QStyle::SP_MessageBoxInformation:
      return icon(QStringLiteral("info"), Tone::Accent);
    case QStyle::SP_MessageBoxQuestion:
      return icon(QStringLiteral("help"), Tone::Accent);
    case QStyle::SP_MessageBoxWarning:
      return icon(QStringLiteral("warning"), Tone::Warning);
    case QStyle::SP_MessageBoxCritical:
      return icon(QStringLiteral("error"), Tone::Bad);
    default:
      return {};
  }
}

bool isWritten(const QWidget* widget) {
  if (const auto* plain = qobject_cast<const QPlainTextEdit*>(widget)) return !plain->isReadOnly();
  if (const auto* text = qobject_cast<const QTextEdit*>(widget)) return !text->isReadOnly();
  return false;
}

}  // namespace

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const {
  switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
      return drawTick(*painter, *option, false);
    case PE_IndicatorRadioButton:
      return drawTick(*painter, *option, true);
    case PE_IndicatorTabClose: {
      // The program's own sign instead of a red square: closing a tab is no danger.
      if (option->state & (State_MouseOver | State_Sunken)) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(option->palette.color(option->state & State_Sunken ? QPalette::Mid : QPalette::Midlight));
        painter->drawRoundedRect(option->rect, 3, 3);
        painter->restore();
      }
      icon(QStringLiteral("close")).paint(painter, option->rect.adjusted(1, 1, -1, -1));
      return;
    }
    case PE_FrameLineEdit:
      return outline(*painter, *option, option->rect, 3);
    case PE_Frame:
      if (isWritten(widget)) return outline(*painter, *option, option->rect, 3);
      break;
    default:
      break;
  }
  QProxyStyle::drawPrimitive(element, option, painter, widget);
}

QIcon ThemeStyle::standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const {
  if (const auto own = ownIcon(which); !own.isNull()) return own;
  return QProxyStyle::standardIcon(which, option, widget);
}

QPixmap ThemeStyle::standardPixmap(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const {
  if (const auto own = ownIcon(which); !own.isNull()) return own.pixmap(pixelMetric(PM_SmallIconSize, option, widget));
  return QProxyStyle::standardPixmap(which, option, widget);
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const {
  if (hint == SH_DialogButtonBox_ButtonsHaveIcons) return 0;
  return QProxyStyle::styleHint(hint, option, widget, data);
}

void ThemeStyle::polish(QWidget* widget) {
  QProxyStyle::polish(widget);
  auto* button = qobject_cast<QToolButton*>(widget);
  if (button && qobject_cast<QLineEdit*>(button->parentWidget()) && button->accessibleName().isEmpty() && button->text().isEmpty())
    button->setAccessibleName(tr("Clear"));
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                    const QWidget* widget) const {
  QProxyStyle::drawComplexControl(control, option, painter, widget);
  if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option); control == CC_ComboBox && combo && combo->frame)
    outline(*painter, *option, option->rect, 3);
  if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option); control == CC_SpinBox && spin && spin->frame)
    outline(*painter, *option, option->rect, 3);
  if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
      control == CC_Slider && slider && (slider->subControls & SC_SliderHandle))
    outline(*painter, *option, subControlRect(CC_Slider, slider, SC_SliderHandle, widget).adjusted(0, 0, 0, 0), 3);
}

}  // namespace patchbay::widgets
