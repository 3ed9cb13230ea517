// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/format_report.h"

#include <QEvent>
#include <QHeaderView>
#include <QLocale>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/gallery/wrapped_rows.h"

namespace patchbay::widgets {

namespace {
constexpr std::size_t mostExamples = 200;
}

FormatReport::FormatReport(QWidget* parent) : QTreeWidget{parent} {
  setObjectName(QStringLiteral("formatReport"));
  setColumnCount(2);
  header()->setStretchLastSection(false);
  header()->setSectionResizeMode(0, QHeaderView::Stretch);
  header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  wrapRows(*this);
  fill();
}

void FormatReport::setReport(const Value& report, bool writing) {
  report_ = report;
  writing_ = writing;
  fill();
}

void FormatReport::fill() {
  clear();
  setAccessibleName(tr("What was noticed"));
  setHeaderLabels({tr("What was noticed"), tr("How often")});
  auto entries = report_.asList();
  std::ranges::stable_partition(entries, [](const Value& one) { return one["left_out"].asBool(); });
  for (const auto& one : entries) {
    const auto cause = say(textFromValue(one["cause"])), hint = say(textFromValue(one["hint"]));
    auto* top = new QTreeWidgetItem{
        this, {hint.isEmpty() ? cause : tr("%1 %2").arg(cause, hint), QLocale{}.toString(qlonglong{one["count"].asInt()})}};
    top->setToolTip(0, top->text(0));
    top->setTextAlignment(1, Qt::AlignRight | Qt::AlignTop);
    const bool leftOut = one["left_out"].asBool() || one["code"].asText().starts_with("lost.");
    top->setIcon(0, icon(leftOut ? QStringLiteral("warning") : QStringLiteral("info")));
    const auto& examples = one["examples"].asList();
    for (std::size_t i = 0; i < examples.size() && i < mostExamples; ++i) {
      auto* item = new QTreeWidgetItem{top, {fromUtf8(displayText(examples[i].asText()))}};
      item->setToolTip(0, item->text(0));
      item->setForeground(0, toneColour(Tone::Neutral, palette()));
    }
  }
  if (!entries.empty()) return;
  auto* none = new QTreeWidgetItem{
      this,
      {writing_ ? tr("Everything is in the files; nothing had to be left out.")
                : tr("Nothing unusual in names and labels. Pictures are read as they come in; any that cannot be read is named then.")}};
  none->setIcon(0, icon(QStringLiteral("ok")));
}

void FormatReport::changeEvent(QEvent* event) {
  QTreeWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) fill();
}

}  // namespace patchbay::widgets
