// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/threshold_page.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <cmath>

#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/plots/metric_names.h"
#include "widgets/results/confusion_view.h"
#include "widgets/results/unit_plot.h"

namespace patchbay::widgets {

namespace {

constexpr int sliderSteps = 1000;

}  // namespace

ThresholdPage::ThresholdPage(QWidget* parent) : QWidget{parent} {
  setObjectName(QStringLiteral("thresholdPage"));
  build();
  retranslate();
}

void ThresholdPage::build() {
  roc_ = new UnitPlot{this};
  roc_->setObjectName(QStringLiteral("rocPlot"));
  roc_->setDiagonal(true);
  pr_ = new UnitPlot{this};
  pr_->setObjectName(QStringLiteral("prPlot"));
  advice_ = new QLabel{this};
  advice_->setWordWrap(true);
  partLabel_ = new QLabel{this};
  part_ = new QComboBox{this};
  part_->setObjectName(QStringLiteral("thresholdPart"));
  partLabel_->setBuddy(part_);
  classLabel_ = new QLabel{this};
  class_ = new QComboBox{this};
  class_->setObjectName(QStringLiteral("thresholdClass"));
  classLabel_->setBuddy(class_);
  sliderLabel_ = new QLabel{this};
  slider_ = new QSlider{Qt::Horizontal, this};
  slider_->setObjectName(QStringLiteral("thresholdSlider"));
  slider_->setRange(0, sliderSteps);
  slider_->setPageStep(50);
  sliderLabel_->setBuddy(slider_);
  const auto spin = [this](const char* name, double from, double to, int decimals, double step) {
    auto* s = new QDoubleSpinBox{this};
    s->setObjectName(QLatin1String{name});
    s->setRange(from, to);
    s->setDecimals(decimals);
    s->setSingleStep(step);
    return s;
  };
  spin_ = spin("thresholdValue", 0, 1, 4, 0.01);
  recall_ = spin("thresholdRecall", 1, 100, 1, 1);
  recall_->setValue(95);
  const auto button = [this](const char* name) {
    auto* b = new QPushButton{this};
    b->setObjectName(QLatin1String{name});
    return b;
  };
  bestF1_ = button("thresholdBestF1");
  bestBalanced_ = button("thresholdBestBalanced");
  wantedRecall_ = button("thresholdWantedRecall");
  apply_ = button("thresholdApply");
  proposeLabel_ = new QLabel{this};
  message_ = new QLabel{this};
  message_->setWordWrap(true);
  table_ = new QLabel{this};
  table_->setTextFormat(Qt::RichText);
  table_->setObjectName(QStringLiteral("thresholdFigures"));
  table_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  matrix_ = new ConfusionView{this};
  matrix_->setObjectName(QStringLiteral("thresholdMatrix"));
  matrix_->setMinimumSize(260, 210);
  matrix_->setMaximumHeight(280);

  auto* choose = new FlowLayout{nullptr, 0, 8};
  for (auto* w : std::initializer_list<QWidget*>{partLabel_, part_, classLabel_, class_}) choose->addWidget(w);
  auto* line = new QHBoxLayout;
  line->addWidget(sliderLabel_);
  line->addWidget(slider_, 1);
  line->addWidget(spin_);
  auto* proposals = new FlowLayout{nullptr, 0, 8};
  for (auto* w : std::initializer_list<QWidget*>{proposeLabel_, bestF1_, bestBalanced_, wantedRecall_, recall_}) proposals->addWidget(w);
  auto* plots = new QHBoxLayout;
  plots->addWidget(roc_, 1);
  plots->addWidget(pr_, 1);
  auto* right = new QVBoxLayout;
  right->setSpacing(16);
  right->addWidget(table_);
  right->addWidget(matrix_, 1);
  right->addStretch(1);
  auto* middle = new QHBoxLayout;
  middle->setSpacing(24);
  middle->addLayout(plots, 3);
  middle->addLayout(right, 2);
  // In a low window it scrolls as a whole.
  auto* content = new QWidget;
  auto* column = new QVBoxLayout{content};
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(8);
  column->addWidget(advice_);
  column->addLayout(choose);
  column->addLayout(line);
  column->addLayout(proposals);
  column->addLayout(middle, 1);
  auto* bottom = new QHBoxLayout;
  bottom->addWidget(message_, 1);
  bottom->addWidget(apply_);
  column->addLayout(bottom);
  auto* scroll = new QScrollArea{this};
  scroll->setObjectName(QStringLiteral("thresholdScroll"));
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(content);
  scroll->viewport()->setAutoFillBackground(false);
  content->setAutoFillBackground(false);
  auto* outer = new QVBoxLayout{this};
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(scroll);

  connect(slider_, &QSlider::valueChanged, this, [this](int v) { setThreshold(static_cast<double>(v) / sliderSteps); });
  connect(spin_, &QDoubleSpinBox::valueChanged, this, [this](double v) { setThreshold(v); });
  connect(part_, &QComboBox::currentIndexChanged, this, [this] { loadCurves(); });
  connect(class_, &QComboBox::currentIndexChanged, this, [this] { loadCurves(); });
  connect(bestF1_, &QPushButton::clicked, this, [this] { propose(learn::ThresholdRule::MaxF1); });
  connect(bestBalanced_, &QPushButton::clicked, this, [this] { propose(learn::ThresholdRule::MaxBalancedAccuracy); });
  connect(wantedRecall_, &QPushButton::clicked, this, [this] { propose(learn::ThresholdRule::FixedRecall); });
  connect(apply_, &QPushButton::clicked, this, [this] { Q_EMIT parametersWanted(parameters()); });
  connect(matrix_, &ConfusionView::cellChosen, this, [this](std::size_t t, std::size_t p) {
    if (cellsOpen()) Q_EMIT cellChosen(t, p, threshold_);
  });
}

// Only the report's own question has a page with pictures: its part, its positive class.
bool ThresholdPage::cellsOpen() const { return data_->binary() && positive() == 1 && !onValidation(); }

bool ThresholdPage::onValidation() const { return part_->currentIndex() == 1; }
const std::vector<std::size_t>& ThresholdPage::rows() const { return onValidation() ? data_->validation : data_->part; }
std::size_t ThresholdPage::positive() const { return static_cast<std::size_t>(std::max(0, class_->currentIndex())); }

void ThresholdPage::setReport(ReportDataPtr report) {
  data_ = std::move(report);
  rule_.clear();
  {
    const QSignalBlocker one{class_}, two{part_};
    class_->clear();
    for (const auto& c : data_->classes) class_->addItem(c);
    class_->setCurrentIndex(data_->binary() ? 1 : 0);
    part_->setCurrentIndex(0);
  }
  threshold_ = data_->threshold();
  retranslate();
  loadCurves();
}

std::vector<std::uint8_t> ThresholdPage::flagsOf(const std::vector<std::size_t>& of) const {
  std::vector<std::uint8_t> out;
  for (const auto r : of) out.push_back(data_->rows[r].truth == static_cast<std::int32_t>(positive()));
  return out;
}

void ThresholdPage::loadCurves() {
  if (!data_) return;
  flags_ = flagsOf(rows());
  scores_ = data_->scoresOf(rows(), positive());
  const auto show = [](UnitPlot* plot, std::vector<learn::CurvePoint> curve, auto read) {
    auto shared = std::make_shared<std::vector<learn::CurvePoint>>(std::move(curve));
    std::vector<QPointF> points;
    for (const auto& p : *shared) points.emplace_back(p.x, p.y);
    plot->setCurve(std::move(points), [shared, read](std::size_t i) { return read((*shared)[i]); });
  };
  const auto stored = [this](const char* name) {
    std::vector<learn::CurvePoint> out;
    // Two classes: of the second one; up to twenty: of each.
    const auto& curves = data_->body["curves"].asList();
    const auto& points = positive() < curves.size() ? curves[positive()][name] : data_->body[name];
    for (const auto& p : points.asList())
      if (p.asList().size() == 3) out.push_back({p.asList()[0].asDouble(), p.asList()[1].asDouble(), p.asList()[2].asDouble()});
    return out;
  };
  // Without predictions the report's own curves are there, for two classes.
  const bool own = data_->rows.empty();
  show(roc_, own ? stored("roc") : learn::thinned(learn::rocCurve(flags_, scores_), 512), [](const learn::CurvePoint& p) {
    return tr("False alarms %1, found %2, from %3 on").arg(sayFigure(p.x), sayFigure(p.y), sayFigure(p.threshold));
  });
  show(pr_, own ? stored("precision_recall") : learn::thinned(learn::precisionRecallCurve(flags_, scores_), 512),
       [](const learn::CurvePoint& p) {
         return tr("Recall %1, precision %2, from %3 on").arg(sayFigure(p.x), sayFigure(p.y), sayFigure(p.threshold));
       });
  refresh();
}

ThresholdPage::Figures ThresholdPage::figuresOf(const std::vector<std::size_t>& of, double threshold) const {
  Figures out{.confusion = {2, std::vector<std::uint64_t>(4)}};
  for (const auto r : of) {
    const bool truth = data_->rows[r].truth == static_cast<std::int32_t>(positive());
    // The report's own case is decided as the report decides it; everything else is one class against the rest.
    const bool found =
        data_->binary() && positive() == 1 ? data_->predicted(r, threshold) == 1 : data_->probabilities(r, positive()) >= threshold;
    ++out.confusion.counts[(truth ? 2U : 0U) + (found ? 1U : 0U)];
  }
  const auto each = learn::classFigures(out.confusion);
  out.precision = each[1].precision;
  out.recall = each[1].recall;
  out.f1 = each[1].f1;
  out.specificity = each[0].recall;
  out.accuracy = learn::accuracy(out.confusion);
  out.balancedAccuracy = learn::balancedAccuracy(out.confusion);
  return out;
}

ThresholdPage::Figures ThresholdPage::figures() const { return figuresOf(rows(), threshold_); }

void ThresholdPage::setThreshold(double threshold) {
  threshold = std::clamp(threshold, 0.0, 1.0);
  if (threshold == threshold_) return;
  threshold_ = threshold;
  if (threshold_ != ruleThreshold_) rule_.clear();
  refresh();
  Q_EMIT thresholdChanged(threshold);
}

void ThresholdPage::refresh() {
  {
    const QSignalBlocker one{slider_}, two{spin_};
    slider_->setValue(static_cast<int>(std::lround(threshold_ * sliderSteps)));
    spin_->setValue(threshold_);
  }
  const bool live = data_ && !data_->rows.empty();
  for (auto* w : std::initializer_list<QWidget*>{slider_, spin_, part_, class_}) {
    w->setEnabled(live);
    if (!live) w->setToolTip(tr("The predictions of this report are no longer stored; run the pipeline again to use the slider."));
  }
  table_->setVisible(live);
  matrix_->setVisible(live);
  if (!data_) return;
  const bool validation = live && !data_->validation.empty() && data_->binary();
  const auto why = !live              ? tr("The predictions of this report are no longer stored; run the pipeline again.")
                   : !data_->binary() ? tr("With more than two classes the most probable one counts; there is no threshold to choose.")
                   : !validation      ? tr("There are no labelled validation pictures; give the Split block a validation share.")
                                      : QString{};
  for (auto* w : std::initializer_list<QWidget*>{bestF1_, bestBalanced_, wantedRecall_, recall_, apply_}) {
    w->setEnabled(validation);
    if (!why.isEmpty()) w->setToolTip(why);
    w->setStatusTip(w->toolTip());
  }
  message_->setText(why);
  if (!live) return;
  const auto f = figures();
  const auto p = static_cast<double>(f.confusion.at(1, 0) + f.confusion.at(1, 1)),
             n = static_cast<double>(f.confusion.at(0, 0) + f.confusion.at(0, 1));
  const double falseRate = n > 0 ? static_cast<double>(f.confusion.at(0, 1)) / n : 0;
  roc_->setPoint(p > 0 && n > 0 ? std::optional{QPointF{falseRate, f.recall}} : std::nullopt,
                 tr("False alarms %1, found %2").arg(sayFigure(falseRate), sayFigure(f.recall)));
  const bool any = f.confusion.at(0, 1) + f.confusion.at(1, 1) > 0;
  pr_->setPoint(any ? std::optional{QPointF{f.recall, f.precision}} : std::nullopt,
                tr("Recall %1, precision %2").arg(sayFigure(f.recall), sayFigure(f.precision)));
  QString lines;
  const auto row = [&](const QString& name, double value) {
    lines += QStringLiteral("<tr><td style='padding-right:24px'>%1</td><td align='right'><b>%2</b></td></tr>")
                 .arg(name.toHtmlEscaped(), sayFigure(value));
  };
  row(sayMetric("precision"), any ? f.precision : std::nan(""));
  row(sayMetric("recall"), f.recall);
  row(sayMetric("f1"), f.f1);
  row(tr("Specificity"), f.specificity);
  row(sayMetric("accuracy"), f.accuracy);
  row(sayMetric("balanced_accuracy"), f.balancedAccuracy);
  table_->setText(QStringLiteral("<table cellspacing='4'>%1</table>").arg(lines));
  matrix_->setOpensPictures(cellsOpen());
  matrix_->setConfusion(data_->binary() ? std::vector<QString>{data_->classes[1 - positive()], data_->classes[positive()]}
                                        : std::vector<QString>{tr("the rest"), data_->classes[positive()]},
                        f.confusion);
}

void ThresholdPage::propose(learn::ThresholdRule rule) {
  const auto flags = flagsOf(data_->validation);
  const auto scores = data_->scoresOf(data_->validation, positive());
  const auto chosen = learn::chooseThreshold(flags, scores, rule, recall_->value() / 100);
  if (!chosen) {
    message_->setText(say(chosen.error()));
    return;
  }
  ruleThreshold_ = std::clamp(chosen->threshold, 0.0, 1.0);
  setThreshold(ruleThreshold_);
  rule_ = rule == learn::ThresholdRule::MaxF1                 ? QStringLiteral("max_f1")
          : rule == learn::ThresholdRule::MaxBalancedAccuracy ? QStringLiteral("max_balanced_accuracy")
                                                              : QStringLiteral("recall");
  const auto reached = sayFigure(chosen->value);
  message_->setText(rule == learn::ThresholdRule::MaxF1 ? tr("On the validation part this gives F1 %1.").arg(reached)
                    : rule == learn::ThresholdRule::MaxBalancedAccuracy
                        ? tr("On the validation part this gives a balanced accuracy of %1.").arg(reached)
                        : tr("On the validation part this gives a precision of %1.").arg(reached));
}

Value ThresholdPage::parameters() const {
  Value out;
  if (rule_ == QLatin1String{"max_f1"} || rule_ == QLatin1String{"max_balanced_accuracy"}) {
    out["threshold"] = toUtf8(rule_);
  } else if (rule_ == QLatin1String{"recall"}) {
    out["threshold"] = "recall";
    out["recall"] = recall_->value();
  } else if (threshold_ == 0.5) {
    out["threshold"] = "half";
  } else {
    // A threshold set by hand is told by the recall it reaches on the validation part, which is how the block chooses.
    const auto reached = 100 * figuresOf(data_->validation, threshold_).recall;
    out["threshold"] = "recall";
    out["recall"] = std::clamp(std::floor(reached * 10) / 10, 1.0, 100.0);
  }
  return out;
}

void ThresholdPage::retranslate() {
  advice_->setText(tr("A threshold should be chosen on the validation part: chosen on the test part, the figures there promise too much."));
  partLabel_->setText(tr("Figures of"));
  classLabel_->setText(tr("To be found"));
  sliderLabel_->setText(tr("Threshold"));
  proposeLabel_->setText(tr("Choose on validation:"));
  bestF1_->setText(tr("Best F1"));
  bestBalanced_->setText(tr("Best balanced accuracy"));
  wantedRecall_->setText(tr("Recall of at least"));
  recall_->setSuffix(tr(" %"));
  apply_->setText(tr("Use in the Evaluate block"));
  for (auto* w : std::initializer_list<QWidget*>{bestF1_, bestBalanced_, wantedRecall_, recall_})
    w->setToolTip(tr("Uses the validation part only."));
  apply_->setToolTip(
      tr("Sets the block's parameters so that it chooses this threshold on the validation part; run again to see all figures."));
  slider_->setToolTip(tr("From this probability on a picture counts as positive."));
  slider_->setAccessibleName(tr("Threshold"));
  spin_->setAccessibleName(tr("Threshold"));
  recall_->setAccessibleName(tr("Wanted recall"));
  table_->setAccessibleName(tr("Figures at the threshold"));
  roc_->setTitle(tr("ROC"));
  roc_->setAxes(tr("Share of the others that are false alarms"), tr("Share of the positives found"));
  pr_->setTitle(tr("Precision and recall"));
  pr_->setAxes(tr("Recall"), tr("Precision"));
  roc_->setEmptyText(tr("Needs pictures of at least two classes."));
  pr_->setEmptyText(tr("Needs pictures of at least two classes."));
  const QSignalBlocker quiet{part_};
  const int part = std::max(0, part_->currentIndex());
  part_->clear();
  part_->addItem(data_ ? sayPart(data_->body["part"].asText()) : QString{});
  if (data_ && !data_->validation.empty() && data_->body["part"].asText() != "validation") part_->addItem(saySplit(Split::Validation));
  part_->setCurrentIndex(std::min(part, part_->count() - 1));
}

void ThresholdPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange || !apply_) return;
  retranslate();
  loadCurves();
}

}  // namespace patchbay::widgets
