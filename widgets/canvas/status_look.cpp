// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/status_look.h"

#include <QApplication>
#include <QFont>
#include <QFontMetricsF>
#include <QLocale>
#include <QTextLayout>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/canvas/geometry.h"

namespace patchbay::widgets {

namespace {

constexpr double side = 10;  // from the block's edge to text
constexpr double lineHeight = 16;

QFont fontOf(int pixels, QFont::Weight weight) {
  auto font = QApplication::font();
  font.setPixelSize(pixels);
  font.setWeight(weight);
  // Lines are laid out once and drawn at any zoom: their widths must not follow the pixel grid.
  font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

class Writer {
 public:
  explicit Writer(StatusLook& look) : look_{look}, font_{statusFont()} {}
  double y = 0;
  void write(const QString& text, double left, double right, int most, StatusLook::Ink ink) {
    if (text.isEmpty()) return;
    for (const auto& line : wrap(text, font_, right - left, most, &look_.elided)) {
      look_.lines.push_back({{left, y, right - left, lineHeight}, line, ink});
      y += lineHeight;
    }
  }

 private:
  StatusLook& look_;
  QFont font_;
};

/// "512 of 2,624 pictures"
QString sayCount(const BlockStatus& s, bool unit) {
  const QLocale locale;
  const auto number = [&](double v) { return locale.toString(static_cast<qint64>(v)); };
  unit = unit && !s.unit.isEmpty();
  if (s.total > 0)
    return unit ? QCoreApplication::translate("canvas", "%1 of %2 %3").arg(number(s.done), number(s.total), s.unit)
                : QCoreApplication::translate("canvas", "%1 of %2").arg(number(s.done), number(s.total));
  if (s.done > 0) return unit ? QCoreApplication::translate("canvas", "%1 %2").arg(number(s.done), s.unit) : number(s.done);
  return {};
}

QString sayLeft(const BlockStatus& s) {
  return s.etaSeconds ? QCoreApplication::translate("canvas", "%1 left").arg(sayDuration(*s.etaSeconds)) : QString{};
}

/// The sentence beside the light.
QString headline(const BlockStatus& s) {
  if (s.state == BlockState::Running) return s.phase.isEmpty() ? sayState(s.state) : s.phase;
  if (s.state == BlockState::Done) {
    if (s.seconds) return QCoreApplication::translate("canvas", "Done in %1").arg(sayDuration(*s.seconds));
    return s.reason.isEmpty() ? sayState(s.state) : s.reason;
  }
  return s.reason.isEmpty() ? sayState(s.state) : s.reason;
}

}  // namespace

QFont titleFont() { return fontOf(13, QFont::DemiBold); }
QFont portFont() { return fontOf(12, QFont::Normal); }
QFont noteFont() { return fontOf(13, QFont::Normal); }
QFont statusFont() { return fontOf(12, QFont::Normal); }

QStringList wrap(const QString& text, const QFont& font, double width, int most, bool* elided) {
  const QFontMetricsF metrics{font};
  QTextLayout layout{text, font};
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(option);
  QStringList lines;
  layout.beginLayout();
  for (;;) {
    auto line = layout.createLine();
    if (!line.isValid()) break;
    line.setLineWidth(width);
    if (lines.size() + 1 == most) {
      const auto rest = text.mid(line.textStart());
      const auto shown = metrics.elidedText(rest, Qt::ElideRight, width);
      if (elided && shown != rest) *elided = true;
      lines << shown;
      break;
    }
    lines << text.mid(line.textStart(), line.textLength()).trimmed();
  }
  layout.endLayout();
  return lines;
}

QString sayState(BlockState state) {
  switch (state) {
    case BlockState::Unknown:
      return {};
    case BlockState::NotConfigured:
      return QCoreApplication::translate("canvas", "Needs settings");
    case BlockState::Stale:
      return QCoreApplication::translate("canvas", "Will run");
    case BlockState::Queued:
      return QCoreApplication::translate("canvas", "Waiting for its turn");
    case BlockState::Running:
      return QCoreApplication::translate("canvas", "Running");
    case BlockState::Done:
      return QCoreApplication::translate("canvas", "Up to date");
    case BlockState::Failed:
      return QCoreApplication::translate("canvas", "Failed");
    case BlockState::Skipped:
      return QCoreApplication::translate("canvas", "Does not run");
  }
  return {};
}

QString sayProgress(const BlockStatus& s) {
  const auto count = sayCount(s, true), left = sayLeft(s);
  return count.isEmpty() ? left : left.isEmpty() ? count : QCoreApplication::translate("canvas", "%1, %2").arg(count, left);
}

QString sayStatus(const BlockStatus& s) {
  QStringList parts;
  const auto add = [&](const QString& part) {
    if (!part.isEmpty() && !parts.contains(part)) parts << part;
  };
  add(sayState(s.state));
  if (s.state == BlockState::Running) {
    add(s.phase);
    add(sayProgress(s));
  } else {
    add(headline(s));
  }
  if (s.state == BlockState::Done) add(s.reason);
  add(s.hint);
  add(s.figure);
  return parts.join(QLatin1Char('\n'));
}

StatusLook layOut(const BlockStatus& s) {
  using Ink = StatusLook::Ink;
  StatusLook look{.status = s};
  const bool picture = !s.thumbnail.isNull(), said = s.state != BlockState::Unknown;
  if (!picture && !said && s.figure.isEmpty()) return look;
  const double right = metrics::blockWidth - side;
  Writer pen{look};
  pen.y = 6;
  double left = side;
  if (s.state == BlockState::Failed) {
    look.light = {side, 7, 14, 14};
    pen.write(headline(s), side + 20, right, 3, Ink::Tone);
    pen.write(s.hint, side + 20, right, 2, Ink::Plain);
    look.details = {side + 20, pen.y + 1, right - side - 20, lineHeight};
    look.lines.push_back({look.details, QCoreApplication::translate("canvas", "Show details"), Ink::Link});
    look.height = pen.y + lineHeight + 8;
    return look;
  }
  if (picture) {
    look.picture = {side, 8, metrics::thumbnail, metrics::thumbnail};
    left += metrics::thumbnail + 8;
    pen.y = 8;
  }
  if (s.state == BlockState::Running) {
    // Over the picture where there is one: beside it there would be no room for words.
    if (picture) look.light = {look.picture.center().x() - 14, look.picture.top() + 7, 28, 28};
    else look.light = {left, pen.y + 3, 26, 26};
    const double text = picture ? left : left + 33;
    pen.write(headline(s), text, right, picture ? 2 : 1, Ink::Strong);
    const bool fits = QFontMetricsF{statusFont()}.horizontalAdvance(sayCount(s, true)) <= right - text;
    pen.write(sayCount(s, fits), text, right, 1, Ink::Faint);
    pen.write(sayLeft(s), text, right, 1, Ink::Faint);
    pen.y = std::max(pen.y, picture ? 0 : look.light.bottom());
  } else if (said) {
    look.light = {left, pen.y + 1, 14, 14};
    pen.write(headline(s), left + 20, right, 2, Ink::Tone);
  }
  if (!s.figure.isEmpty()) pen.write(s.figure, left, right, 2, Ink::Strong);
  look.height = std::max(pen.y, look.picture.bottom()) + 8;
  return look;
}

}  // namespace patchbay::widgets
