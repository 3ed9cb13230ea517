// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/calibration_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/base/say.h"
#include "widgets/plots/metric_names.h"
#include "widgets/results/unit_plot.h"

namespace patchbay::widgets {

CalibrationPage::CalibrationPage(QWidget* parent)
    : QWidget{parent}, plot_{new UnitPlot{this}}, figure_{new QLabel{this}}, meaning_{new QLabel{this}}, bins_{new QLabel{this}} {
  setObjectName(QStringLiteral("calibrationPage"));
  plot_->setObjectName(QStringLiteral("calibrationPlot"));
  plot_->setDiagonal(true);
  plot_->setMinimumSize(320, 320);
  plot_->setMaximumSize(640, 640);
  for (auto* l : {figure_, meaning_, bins_}) {
    l->setWordWrap(true);
    l->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    l->setTextInteractionFlags(Qt::TextSelectableByMouse);
  }
  auto font = figure_->font();
  font.setPointSizeF(font.pointSizeF() * 1.3);
  font.setWeight(QFont::DemiBold);
  figure_->setFont(font);
  bins_->setTextFormat(Qt::RichText);
  // Many bins in a low window: they scroll.
  auto* words = new QWidget;
  auto* right = new QVBoxLayout{words};
  right->setContentsMargins(0, 0, 0, 0);
  right->setSpacing(12);
  right->addWidget(figure_);
  right->addWidget(meaning_);
  right->addWidget(bins_);
  right->addStretch(1);
  auto* row = new QHBoxLayout{this};
  row->setContentsMargins(16, 16, 16, 16);
  row->setSpacing(24);
  row->addWidget(plot_, 3);
  auto* scroll = new QScrollArea{this};
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidget(words);
  scroll->viewport()->setAutoFillBackground(false);
  words->setAutoFillBackground(false);
  row->addWidget(scroll, 2);
}

void CalibrationPage::setReport(ReportDataPtr report) {
  data_ = std::move(report);
  refresh();
}

void CalibrationPage::refresh() {
  if (!data_) return;
  plot_->setTitle(tr("Confidence and truth"));
  plot_->setAxes(tr("Stated probability"), tr("Share that was right"));
  plot_->setEmptyText(tr("The report has no calibration."));
  std::vector<UnitPlot::Bar> bars;
  std::int64_t most = 1;
  for (const auto& b : data_->body["reliability"].asList()) most = std::max(most, b.asList().size() == 5 ? b.asList()[2].asInt() : 0);
  QString lines;
  for (const auto& b : data_->body["reliability"].asList()) {
    const auto& v = b.asList();
    if (v.size() != 5 || v[2].asInt() == 0) continue;
    const auto range = tr("%1 to %2").arg(sayFigure(v[0].asDouble()), sayFigure(v[1].asDouble()));
    const auto tip =
        tr("%1: %2, stated %3, right %4")
            .arg(range, sayCount(TR("results", "{n} picture(s)"), v[2].asInt()), sayFigure(v[3].asDouble()), sayFigure(v[4].asDouble()));
    // Bars of few pictures are faint: little can be said from them.
    bars.push_back(
        {v[0].asDouble(), v[1].asDouble(), v[4].asDouble(), std::sqrt(static_cast<double>(v[2].asInt()) / static_cast<double>(most)), tip});
    const auto cell = [](const QString& text) {
      return QStringLiteral("<td align='right' style='padding-right:16px'>%1</td>").arg(text.toHtmlEscaped());
    };
    lines += QStringLiteral("<tr>%1%2%3%4</tr>")
                 .arg(cell(range), cell(QLocale{}.toString(static_cast<qlonglong>(v[2].asInt()))), cell(sayFigure(v[3].asDouble())),
                      cell(sayFigure(v[4].asDouble())));
  }
  plot_->setBars(std::move(bars));
  const auto ece = data_->metric("ece");
  figure_->setText(tr("%1: %2").arg(sayMetric("ece"), ece ? sayWithInterval(*ece) : QStringLiteral("–")));
  meaning_->setText(tr("On average the stated probability is off by this much. Bars below the line: the model is surer than it should be. "
                       "Faint bars stand for few pictures.") +
                    (ece && !ece->method.empty() ? QStringLiteral("\n\n") + say(ece->method) : QString{}));
  const auto head = [](const QString& text) {
    return QStringLiteral("<th align='right' style='padding-right:16px'>%1</th>").arg(text.toHtmlEscaped());
  };
  bins_->setText(QStringLiteral("<table cellspacing='2'><tr>%1%2%3%4</tr>%5</table>")
                     .arg(head(tr("Probability")), head(tr("Pictures")), head(tr("Stated")), head(tr("Right")), lines));
}

void CalibrationPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) refresh();
}

}  // namespace patchbay::widgets
