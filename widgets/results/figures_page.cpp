// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/figures_page.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFrame>
#include <QLabel>
#include <QLocale>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "engine/learn/figure_text.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/plots/metric_names.h"

namespace patchbay::widgets {

namespace {

QLabel* label(const QString& text, QWidget* parent, const QColor& colour, double size, bool bold) {
  auto* l = new QLabel{text, parent};
  l->setTextFormat(Qt::PlainText);
  l->setTextInteractionFlags(Qt::TextSelectableByMouse);
  l->setWordWrap(true);
  auto font = l->font();
  font.setPointSizeF(font.pointSizeF() * size);
  if (bold) font.setWeight(QFont::DemiBold);
  l->setFont(font);
  auto p = l->palette();
  p.setColor(QPalette::WindowText, colour);
  l->setPalette(p);
  return l;
}

QWidget* card(const QString& name, const learn::MetricValue& m, QWidget* parent) {
  auto* frame = new QFrame{parent};
  frame->setObjectName(QStringLiteral("figureCard"));
  const auto palette = parent->palette();
  frame->setStyleSheet(QStringLiteral("#figureCard { background: %1; border: 1px solid %2; border-radius: 8px; }")
                           .arg(palette.color(QPalette::Base).name(), palette.color(QPalette::Mid).name()));
  auto* column = new QVBoxLayout{frame};
  column->setContentsMargins(16, 12, 16, 12);
  column->setSpacing(2);
  const auto quiet = toneColour(Tone::Neutral, palette);
  column->addWidget(label(name, frame, quiet, 1, false));
  column->addWidget(label(sayFigure(m.value), frame, palette.color(QPalette::Text), 1.9, true));
  const bool interval = std::isfinite(m.low) && std::isfinite(m.high);
  column->addWidget(
      label(interval ? FiguresPage::tr("95 %: %1 to %2").arg(sayFigure(m.low), sayFigure(m.high)) : FiguresPage::tr("no interval"), frame,
            palette.color(QPalette::Text), 1, false));
  auto* how = label(say(m.method), frame, quiet, 0.88, false);
  how->setMinimumHeight(2 * how->fontMetrics().height() + 2);
  how->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  column->addWidget(how);
  frame->setMinimumWidth(208);
  frame->setMaximumWidth(208);
  frame->setAccessibleName(FiguresPage::tr("%1: %2").arg(name, sayWithInterval(m)));
  frame->setToolTip(say(m.method));
  return frame;
}

}  // namespace

std::vector<std::string> headlineFigures(const ReportData& data) {
  std::vector<std::string> out;
  for (const auto& figure : learn::headlineFigures(data.body)) out.push_back(figure.key);
  return out;
}

namespace {

/// Gives the sentence below a context that lupdate finds.
struct Measured {
  Q_DECLARE_TR_FUNCTIONS(results)
};

}  // namespace

QString sayWhatWasMeasured(const ReportData& data) {
  auto out = Measured::tr("%1 of the part \"%2\", %3 classes.")
                 .arg(sayCount(TR("results", "{n} picture(s)"), data.body["items"].asInt()), sayPart(data.body["part"].asText()),
                      QLocale{}.toString(static_cast<qulonglong>(data.classes.size())));
  if (data.kind == QLatin1String{"evaluation"} && data.binary())
    out += QLatin1Char(' ') +
           Measured::tr("To be found: \"%1\", from a probability of %2 on.").arg(data.classes[1], sayFigure(data.threshold()));
  return out;
}

FiguresPage::FiguresPage(QWidget* parent) : QScrollArea{parent} {
  setObjectName(QStringLiteral("figuresPage"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
}

void FiguresPage::setReport(ReportDataPtr report) {
  data_ = std::move(report);
  rebuild();
}

void FiguresPage::rebuild() {
  if (!data_) return;
  auto* page = new QWidget;
  page->setPalette(palette());
  auto* column = new QVBoxLayout{page};
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(16);
  auto* what = new QLabel{sayWhatWasMeasured(*data_), page};
  what->setWordWrap(true);
  what->setTextFormat(Qt::PlainText);
  column->addWidget(what);
  auto* cards = new QWidget{page};
  auto* flow = new FlowLayout{cards, 0, 12};
  std::vector<QWidget*> all;
  int height = 0;
  for (const auto& name : headlineFigures(*data_)) {
    all.push_back(card(sayMetric(name), *data_->metric(name), page));
    flow->addWidget(all.back());
    height = std::max(height, all.back()->heightForWidth(all.back()->minimumWidth()));
  }
  for (auto* one : all) one->setFixedHeight(height);
  auto policy = cards->sizePolicy();
  policy.setHeightForWidth(true);
  cards->setSizePolicy(policy);
  column->addWidget(cards);
  column->addStretch(1);
  setWidget(page);
}

void FiguresPage::changeEvent(QEvent* event) {
  QScrollArea::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) rebuild();
  // All cards are made again, 13 ms: not in the turn in which the whole window changes its colours.
  if (event->type() == QEvent::PaletteChange) QTimer::singleShot(1, this, &FiguresPage::rebuild);
}

}  // namespace patchbay::widgets
