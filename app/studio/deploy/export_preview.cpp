// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/export_preview.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QLocale>
#include <QTreeWidget>
#include <algorithm>

#include "app/studio/deploy/export_dialog.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::Tone;

namespace {

constexpr int rowPadding = 12;

QString titleOf(const std::string& key) {
  return key == "onnx"          ? ExportDialog::tr("ONNX")
         : key == "onnx_batch1" ? ExportDialog::tr("ONNX, one picture at a time")
         : key == "onnx_int8"   ? ExportDialog::tr("ONNX in eight bits")
         : key == "safetensors" ? ExportDialog::tr("safetensors")
                                : fromUtf8(key);
}

}  // namespace

void showFormats(QTreeWidget& formats, const Value& preview, int rows) {
  formats.clear();
  for (const auto& one : preview["formats"].asList()) {
    QStringList files;
    for (const auto& file : one["files"].asList()) files << fromUtf8(file.asText());
    const auto number = [](double ms) { return QLocale{}.toString(ms, 'f', ms < 10 ? 1 : 0); };
    auto* item =
        new QTreeWidgetItem{&formats,
                            {titleOf(one["format"].asText()), widgets::sayBytes(one["bytes"].asDouble()),
                             ExportDialog::tr("%1 ms (%2)").arg(number(one["milliseconds"].asDouble()), fromUtf8(one["runtime"].asText())),
                             files.join(ExportDialog::tr(", "))}};
    for (int c = 0; c < 4; ++c)
      item->setSizeHint(c, {formats.fontMetrics().horizontalAdvance(item->text(c)) + 24, formats.fontMetrics().height() + rowPadding});
    item->setToolTip(2, ExportDialog::tr("95 of 100 pictures take at most %1 ms with %2 threads of %3")
                            .arg(number(one["milliseconds_p95"].asDouble()), QLocale{}.toString(preview["threads"].asInt()),
                                 fromUtf8(preview["processor"].asText())));
    for (const int c : {0, 3}) item->setToolTip(c, item->text(c));
  }
  for (int c = 0; c < 3; ++c) formats.resizeColumnToContents(c);
  const int shown = std::max(rows, formats.topLevelItemCount());
  formats.setFixedHeight(formats.header()->sizeHint().height() + shown * (formats.fontMetrics().height() + rowPadding) +
                         2 * formats.frameWidth());
}

Int8Words sayInt8(const Value& int8, bool hasData, double allowed) {
  const auto say = [](const char* text) { return QCoreApplication::translate("Int8", text); };
  if (!hasData)
    return {Tone::Warning, say(QT_TRANSLATE_NOOP("Int8",
                                                 "int8 needs the data set, to see what values the network meets. Connect it to an "
                                                 "Evaluate block and run that first."))};
  if (!int8.isMap()) return {};
  if (int8.contains("error")) return {Tone::Warning, widgets::say(errorFromValue(int8["error"]))};
  const auto slow = int8["unit"].asText().empty()
                        ? say(QT_TRANSLATE_NOOP("Int8", "This processor has no VNNI: int8 is about as fast as fp32 here."))
                        : QString{};
  const auto pictures = int8["validation_pictures"].asInt();
  if (pictures == 0)
    return {Tone::Warning, say(QT_TRANSLATE_NOOP("Int8",
                                                 "There are no labelled validation pictures: how much accuracy int8 costs is not "
                                                 "known. It is saved all the same. %1"))
                               .arg(slow)
                               .trimmed()};
  const auto number = [](double n) { return QLocale{}.toString(n, 'f', 1); };
  const auto figures = say(QT_TRANSLATE_NOOP("Int8", "On %1 validation pictures int8 is right for %2 %, fp32 for %3 %."))
                           .arg(QLocale{}.toString(qlonglong{pictures}), number(100 * int8["accuracy_int8"].asDouble()),
                                number(100 * int8["accuracy_fp32"].asDouble()));
  const double lost = int8["drop_points"].asDouble();
  if (lost > allowed)
    return {Tone::Warning, say(QT_TRANSLATE_NOOP("Int8", "int8 will not be saved: it loses %1 points, and %2 are allowed. %3"))
                               .arg(number(lost), number(allowed), figures)};
  if (lost <= 0) return {Tone::Good, say(QT_TRANSLATE_NOOP("Int8", "int8 is saved: it loses nothing. %1 %2")).arg(figures, slow).trimmed()};
  return {Tone::Good, say(QT_TRANSLATE_NOOP("Int8", "int8 is saved: it loses %1 points, and %2 are allowed. %3 %4"))
                          .arg(number(lost), number(allowed), figures, slow)
                          .trimmed()};
}

}  // namespace patchbay::studio
