// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/findings_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/base/say.h"
#include "widgets/gallery/picture_grid.h"

namespace patchbay::widgets {

namespace {

/// As the report orders them: what spoils figures comes before what wastes room.
constexpr std::array kinds{"suspect", "conflict", "leak", "duplicate", "outlier", "imbalance"};

QString shown(const Value& text) { return fromUtf8(displayText(text.asText())); }

std::vector<std::string> idsOf(const Value& finding) {
  std::vector<std::string> out;
  for (const auto& id : finding["items"].asList()) out.push_back(id.asText());
  return out;
}

std::string keyOf(const std::string& kind, std::vector<std::string> ids) {
  std::ranges::sort(ids);
  std::string out = kind;
  for (const auto& id : ids) out += " " + id;
  return out;
}

Tone toneOf(const std::string& kind) {
  if (kind == "leak" || kind == "suspect") return Tone::Bad;
  return kind == "conflict" || kind == "imbalance" ? Tone::Warning : Tone::Neutral;
}

GalleryItem pictureOf(const Value& finding, std::size_t i) {
  const auto& ids = finding["items"].asList();
  GalleryItem out;
  if (i >= ids.size()) return out;
  out.id = ids[i].asText();
  const auto& pictures = finding["pictures"].asList();
  if (i < pictures.size()) out.picture.digest = pictures[i].asText();
  return out;
}

QLabel* plainLabel(QWidget* parent, const char* name) {
  auto* label = new QLabel{parent};
  label->setObjectName(QString::fromLatin1(name));
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  return label;
}

}  // namespace

FindingsPage::FindingsPage(EngineAccess& engine, QWidget* parent)
    : QWidget{parent},
      summary_{plainLabel(this, "findingsSummary")},
      tabs_{new QTabBar{this}},
      list_{new PictureGrid{engine, this}},
      pictures_{new PictureGrid{engine, this}} {
  setObjectName(QStringLiteral("findingsPage"));
  tabs_->setObjectName(QStringLiteral("findingsKinds"));
  tabs_->setDrawBase(false);
  tabs_->setExpanding(false);
  tabs_->setUsesScrollButtons(true);
  tabs_->setMinimumHeight(fontMetrics().height() + 16);  // Tabs come while it is hidden, when it does not say how high it is.
  list_->setObjectName(QStringLiteral("findingsList"));
  list_->setCellSize(120);
  list_->setOpensLargeView(false);
  pictures_->setObjectName(QStringLiteral("findingsPictures"));
  pictures_->setCellSize(200);
  auto* halves = new QSplitter{Qt::Horizontal, this};
  halves->setChildrenCollapsible(false);
  halves->addWidget(list_);
  halves->addWidget(buildDetail());
  halves->setSizes({560, 460});
  halves->setStretchFactor(0, 1);
  halves->setStretchFactor(1, 1);
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(16, 8, 16, 16);
  column->setSpacing(8);
  column->addWidget(summary_);
  column->addWidget(tabs_);
  column->addWidget(halves, 1);
  connect(tabs_, &QTabBar::currentChanged, this, [this] { fillList(); });
  connect(list_, &PictureGrid::currentChanged, this, [this] { fillDetail(); });
  connect(list_, &PictureGrid::activated, this, [this] {
    if (offersShow_) show();
  });
  connect(show_, &QPushButton::clicked, this, [this] { show(); });
  connect(rightButton_, &QPushButton::clicked, this, [this] { sayRight(); });
  retranslate();
}

QWidget* FindingsPage::buildDetail() {
  auto* detail = new QWidget{this};
  title_ = plainLabel(detail, "findingTitle");
  auto font = title_->font();
  font.setWeight(QFont::DemiBold);
  title_->setFont(font);
  labels_ = plainLabel(detail, "findingLabels");
  cause_ = plainLabel(detail, "findingCause");
  show_ = new QPushButton{detail};
  show_->setObjectName(QStringLiteral("findingShow"));
  show_->setIcon(icon(QStringLiteral("data")));
  rightButton_ = new QPushButton{detail};
  rightButton_->setObjectName(QStringLiteral("findingRight"));
  rightButton_->setIcon(icon(QStringLiteral("ok")));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(show_);
  buttons->addWidget(rightButton_);
  buttons->addStretch(1);
  auto* column = new QVBoxLayout{detail};
  column->setContentsMargins(8, 0, 0, 0);
  column->addWidget(title_);
  column->addWidget(labels_);
  column->addWidget(cause_);
  column->addLayout(buttons);
  column->addWidget(pictures_, 1);
  return detail;
}

void FindingsPage::setReport(ReportDataPtr report) {
  data_ = std::move(report);
  right_.clear();
  retranslate();
  fillKinds();
}

void FindingsPage::setOffers(bool show, bool verdicts) {
  offersShow_ = show;
  offersVerdicts_ = verdicts;
  fillDetail();
}

void FindingsPage::setRight(const std::string& kind, const std::vector<std::string>& ids, bool right) {
  if (right) right_.insert(keyOf(kind, ids));
  else right_.erase(keyOf(kind, ids));
  const auto at = list_->current();
  fillList();
  if (at && *at < list_->count()) list_->setCurrent(*at);
}

bool FindingsPage::isRight(const Value& finding) const { return right_.contains(keyOf(finding["kind"].asText(), idsOf(finding))); }

const Value& FindingsPage::finding(std::size_t row) const { return data_->body["findings"].asList()[shown_[row]]; }

const Value* FindingsPage::chosen() const {
  const auto at = list_->current();
  return data_ && at && *at < shown_.size() ? &finding(*at) : nullptr;
}

void FindingsPage::fillKinds() {
  const QSignalBlocker quiet{tabs_};
  const auto before = tabs_->currentIndex() >= 0 && static_cast<std::size_t>(tabs_->currentIndex()) < kinds_.size()
                          ? kinds_[static_cast<std::size_t>(tabs_->currentIndex())]
                          : std::string{};
  while (tabs_->count() > 0) tabs_->removeTab(0);
  kinds_.clear();
  if (!data_) return;
  const std::array names{tr("Suspect labels"), tr("Conflicts"), tr("Leaks"), tr("Near-duplicates"), tr("Odd pictures"), tr("Imbalance")};
  std::int64_t all = 0;
  for (const char* kind : kinds) all += data_->body["found"][kind].asInt();
  const auto add = [&](const std::string& kind, const QString& name, std::int64_t n) {
    kinds_.push_back(kind);
    tabs_->addTab(tr("%1 (%2)").arg(name, sayNumber(static_cast<double>(n))));
    if (kind == before) tabs_->setCurrentIndex(tabs_->count() - 1);
  };
  add({}, tr("All"), all);
  for (std::size_t k = 0; k < kinds.size(); ++k)
    if (const auto n = data_->body["found"][kinds[k]].asInt(); n > 0) add(kinds[k], names[k], n);
  fillList();
}

void FindingsPage::fillList() {
  shown_.clear();
  if (!data_) return;
  const auto tab = tabs_->currentIndex();
  const auto kind = tab >= 0 && static_cast<std::size_t>(tab) < kinds_.size() ? kinds_[static_cast<std::size_t>(tab)] : std::string{};
  const auto& findings = data_->body["findings"].asList();
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (kind.empty() || findings[i]["kind"].asText() == kind) shown_.push_back(i);
  list_->setEmptyText(tr("Nothing was found: labels and pictures look right."));
  list_->setItems(shown_.size(), [this](std::size_t row) {
    const auto& f = finding(row);
    auto item = pictureOf(f, 0);
    const auto given = shown(f["given"]), proposed = shown(f["proposed"]);
    item.caption = proposed.isEmpty() ? given : tr("%1 → %2").arg(given, proposed);
    const auto n = f["count"].asInt();
    if (n > 1) item.note = sayCount(TR("results", "{n} picture(s)"), n);
    else item.note = sayPercent(f["score"].asDouble());
    item.tone = toneOf(f["kind"].asText());
    if (isRight(f)) {
      item.tone = Tone::Good;
      item.note = tr("Said to be right");
    }
    return item;
  });
  if (!shown_.empty()) list_->setCurrent(0);
  fillDetail();
}

void FindingsPage::fillDetail() {
  const auto* f = chosen();
  for (QWidget* w : std::initializer_list<QWidget*>{title_, labels_, cause_, pictures_}) w->setVisible(f != nullptr);
  const bool has = f && !(*f)["items"].asList().empty();
  show_->setVisible(has && offersShow_);
  rightButton_->setVisible(has && offersVerdicts_);
  if (!f) return;
  const std::array titles{tr("This label is probably wrong"), tr("The labels contradict each other"),  tr("The test has seen this"),
                          tr("These show the same"),          tr("This picture is unlike the others"), tr("A class is short of pictures")};
  const auto kind = std::ranges::find(kinds, (*f)["kind"].asText()) - kinds.begin();
  title_->setText(kind < static_cast<std::ptrdiff_t>(titles.size()) ? titles[static_cast<std::size_t>(kind)] : shown((*f)["kind"]));
  const auto given = shown((*f)["given"]), proposed = shown((*f)["proposed"]);
  labels_->setText(proposed.isEmpty() ? tr("Label: %1").arg(given) : tr("Label: %1   Proposed: %2").arg(given, proposed));
  labels_->setVisible(!given.isEmpty());
  cause_->setText(say(textFromValue((*f)["cause"])));
  rightButton_->setText(isRight(*f) ? tr("Take back") : tr("It is right"));
  const auto copy = *f;
  pictures_->setItems(copy["items"].asList().size(), [copy](std::size_t i) {
    auto item = pictureOf(copy, i);
    const auto at = [&](const char* list) { return i < copy[list].asList().size() ? copy[list].asList()[i] : Value{}; };
    item.caption = at("labels").isNull() ? tr("No label") : shown(at("labels"));
    const auto part = splitFrom(at("splits").asText());
    const auto file = fromUtf8(displayText(pathFromValue(at("paths")).native()));
    item.note = part == Split::None ? file : saySplit(part);
    item.details = {{tr("Class"), item.caption}, {tr("Part"), saySplit(part)}, {tr("File"), file}, {tr("Item"), fromUtf8(item.id)}};
    return item;
  });
}

void FindingsPage::show() {
  if (const auto* f = chosen()) Q_EMIT showWanted(idsOf(*f));
}

void FindingsPage::sayRight() {
  const auto* f = chosen();
  if (!f) return;
  const auto kind = (*f)["kind"].asText();
  const auto ids = idsOf(*f);
  const bool right = !isRight(*f);
  const auto row = list_->current();
  setRight(kind, ids, right);
  // On to the next, so that a hundred of them are a hundred keys.
  if (right && row && *row + 1 < list_->count()) list_->setCurrent(*row + 1);
  Q_EMIT verdictGiven(kind, ids, right);
}

void FindingsPage::retranslate() {
  show_->setText(tr("Show in the data"));
  show_->setToolTip(tr("Opens these pictures where their labels can be changed (D)"));
  rightButton_->setText(tr("It is right"));
  rightButton_->setToolTip(tr("Leave it as it is and do not bring it up again (R)"));
  for (auto* b : {show_, rightButton_}) b->setStatusTip(b->toolTip());
  tabs_->setAccessibleName(tr("Kinds of findings"));
  list_->setAccessibleName(tr("Findings"));
  pictures_->setAccessibleName(tr("Pictures of the finding"));
  summary_->clear();
  if (data_ && data_->metrics["estimated_errors"].isNumber())
    summary_->setText(tr("About %1 of %2 labels are estimated to be wrong (%3).")
                          .arg(sayNumber(std::round(data_->metrics["estimated_errors"].asDouble())),
                               sayNumber(data_->metrics["labels"].asDouble()),
                               sayPercent(data_->metrics["estimated_error_share"].asDouble())));
  summary_->setVisible(!summary_->text().isEmpty());
}

void FindingsPage::keyPressEvent(QKeyEvent* event) {
  auto* button = event->key() == Qt::Key_D ? show_ : event->key() == Qt::Key_R ? rightButton_ : nullptr;
  if (!button || button->isHidden() || event->modifiers() != Qt::NoModifier) return QWidget::keyPressEvent(event);
  button->click();
}

void FindingsPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  retranslate();
  fillKinds();
}

}  // namespace patchbay::widgets
