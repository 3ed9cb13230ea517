// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/proof_facts.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "engine/learn/report.h"
#include "engine/learn/slice_text.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

namespace {

constexpr int fewestRows = 3, mostRows = 8;

/// Of the parts of a data set, as the engine names them.
QString sayPart(const std::string& part) {
  if (part == "train" || part == "training") return ProofFacts::tr("training");
  if (part == "validation") return ProofFacts::tr("validation");
  if (part == "test") return ProofFacts::tr("test");
  return widgets::fromUtf8(displayText(part));
}

QString sayInterval(const learn::MetricValue& m) {
  return ProofFacts::tr("%1 to %2").arg(widgets::sayPercent(m.low), widgets::sayPercent(m.high));
}

}  // namespace

QString sayFamiliar(const ExportFacts& facts) {
  const auto& u = facts.unlike;
  if (!u.isMap())
    return ProofFacts::tr(
        "Pictures unlike the training pictures are not marked: the export knows nothing of those. Export the model again "
        "with “Mark unlike pictures”.");
  const auto number = [](const Value& n) { return QLocale{}.toString(qlonglong{n.asInt()}); };
  return ProofFacts::
      tr("Pictures unlike the training pictures are marked, compared with %1 of them. Of %2 pictures held out (%3), %4 raised no warning.")
          .arg(number(u["reference_pictures"]), number(u["held_out_pictures"]), sayPart(u["held_out"].asText()),
               widgets::sayPercent(u["share"].asDouble()));
}

ProofFacts::ProofFacts(QWidget* parent) : QWidget{parent} {
  familiar_ = new QLabel{this};
  familiar_->setObjectName(QStringLiteral("deploy.prove.familiar"));
  about_ = new QLabel{this};
  about_->setObjectName(QStringLiteral("deploy.prove.parts-about"));
  for (auto* one : {familiar_, about_}) {
    one->setWordWrap(true);
    one->setTextFormat(Qt::PlainText);
  }
  parts_ = new QTreeWidget{this};
  parts_->setObjectName(QStringLiteral("deploy.prove.parts"));
  parts_->setRootIsDecorated(false);
  parts_->setColumnCount(6);
  parts_->setSelectionMode(QAbstractItemView::NoSelection);
  parts_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  parts_->header()->setStretchLastSection(true);
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(familiar_);
  column->addWidget(about_);
  column->addWidget(parts_);
}

void ProofFacts::setExport(const ExportFacts* facts) {
  facts_.reset();
  if (facts && !facts->problem) facts_ = *facts;
  fill();
}

void ProofFacts::retranslate() {
  parts_->setAccessibleName(tr("How often the model is right on parts of the pictures"));
  parts_->setHeaderLabels({tr("Parts by"), tr("Part"), tr("Pictures"), tr("Right"), tr("95 % interval"), QString{}});
  fill();
}

void ProofFacts::fill() {
  setVisible(facts_.has_value());
  if (!facts_) return;
  familiar_->setText(sayFamiliar(*facts_));
  const auto& all = facts_->slices.asList();
  parts_->clear();
  parts_->setVisible(!all.empty());
  const bool known = facts_->overall.has_value();
  about_->setText(
      all.empty() ? tr("The export holds no figures for parts of the pictures.")
      : known     ? tr("On all %1 pictures of the part “%2” it is right in %3.")
                    .arg(QLocale{}.toString(qlonglong{facts_->items}), sayPart(facts_->part), widgets::sayPercent(facts_->overall->value))
              : QString{});
  about_->setVisible(!about_->text().isEmpty());
  for (const auto& one : all) {
    const auto accuracy = learn::metricFromValue(one["accuracy"]);
    auto* item = new QTreeWidgetItem{parts_};
    item->setText(0, widgets::say(learn::sliceKind(one)));
    item->setText(1, widgets::say(learn::sliceName(one)));
    item->setText(2, QLocale{}.toString(qlonglong{one["pictures"].asInt()}));
    item->setText(3, widgets::sayPercent(accuracy.value));
    item->setText(4, sayInterval(accuracy));
    for (const int column : {2, 3}) item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    if (!known || (accuracy.low <= facts_->overall->value && facts_->overall->value <= accuracy.high)) continue;
    const bool worse = accuracy.high < facts_->overall->value;
    item->setText(5, worse ? tr("worse than all of them") : tr("better than all of them"));
    item->setForeground(5, widgets::toneColour(worse ? widgets::Tone::Warning : widgets::Tone::Good, palette()));
    item->setToolTip(5, tr("Its interval does not reach the figure of all pictures. Among many parts one in twenty does so by chance."));
  }
  const auto rows = std::clamp(static_cast<int>(all.size()), fewestRows, mostRows);
  parts_->setMinimumHeight(parts_->header()->sizeHint().height() + rows * (parts_->fontMetrics().height() + 6));
}

void ProofFacts::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && parts_) fill();
}

}  // namespace patchbay::studio
