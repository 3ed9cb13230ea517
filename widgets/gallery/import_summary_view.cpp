// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/import_summary_view.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <filesystem>

#include "widgets/base/empty_state.h"
#include "widgets/base/say.h"
#include "widgets/gallery/class_bars.h"
#include "widgets/gallery/picture_grid.h"
#include "widgets/gallery/wrapped_rows.h"

namespace patchbay::widgets {

namespace {

constexpr int mostNodes = 1000;  // Of one list; nobody reads further, and the window stays quick.

QString number(std::int64_t value) { return QLocale{}.toString(static_cast<qlonglong>(value)); }

/// Inside of what is looked at a path begins there.
QString shownPath(const Value& value, const std::filesystem::path& root) {
  const auto path = pathFromValue(value);
  const auto inside = root.empty() ? std::filesystem::path{} : path.lexically_relative(root);
  const bool beyond = inside.empty() || inside.native().starts_with("..") || inside == ".";
  return fromUtf8(displayText((beyond ? path : inside).native()));
}

}  // namespace

struct ImportSummaryView::Impl {
  ImportSummaryView& self;
  EngineAccess& engine;
  Value summary;
  std::filesystem::path root;  ///< Of what is looked at.
  std::optional<Error> error;
  bool asking = false;
  QStackedWidget* pages = nullptr;
  EmptyState* empty = nullptr;
  QLabel *busyText = nullptr, *headline = nullptr, *warnings = nullptr, *barsTitle = nullptr, *sampleTitle = nullptr,
         *findingsTitle = nullptr;
  QProgressBar* busyBar = nullptr;
  ClassBars* bars = nullptr;
  PictureGrid* sample = nullptr;
  QTreeWidget* findings = nullptr;

  void build();
  void refresh();
  void fill();
  void fillFindings();
  void fillConverted(std::int64_t& listed);
  QTreeWidgetItem* finding(const QString& text, const QString& note);
  QString kindText() const;
};

void ImportSummaryView::Impl::build() {
  empty = new EmptyState{&self};
  auto* busy = new QWidget{&self};
  auto* busyColumn = new QVBoxLayout{busy};
  busyText = new QLabel{busy};
  busyText->setAlignment(Qt::AlignCenter);
  busyBar = new QProgressBar{busy};
  busyBar->setRange(0, 0);
  busyBar->setTextVisible(false);
  busyBar->setMaximumWidth(320);
  busyColumn->addStretch(1);
  busyColumn->addWidget(busyText);
  busyColumn->addWidget(busyBar, 0, Qt::AlignHCenter);
  busyColumn->addStretch(2);

  auto* page = new QWidget{&self};
  auto* column = new QVBoxLayout{page};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  const auto label = [&](QWidget* parent, bool strong) {
    auto* l = new QLabel{parent};
    l->setWordWrap(true);
    l->setTextFormat(Qt::PlainText);
    l->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto font = l->font();
    if (strong) font.setWeight(QFont::DemiBold);
    l->setFont(font);
    return l;
  };
  headline = label(page, true);
  warnings = label(page, false);
  column->addWidget(headline);
  column->addWidget(warnings);
  auto* left = new QWidget{page};
  auto* leftColumn = new QVBoxLayout{left};
  leftColumn->setContentsMargins(0, 0, 0, 0);
  barsTitle = label(left, true);
  auto* scroll = new QScrollArea{left};
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  bars = new ClassBars;
  scroll->setWidget(bars);
  findingsTitle = label(left, true);
  findings = new QTreeWidget{left};
  findings->setObjectName(QStringLiteral("importFindings"));
  findings->setColumnCount(2);
  findings->header()->setSectionResizeMode(0, QHeaderView::Interactive);
  findings->header()->setStretchLastSection(true);
  wrapRows(*findings);
  leftColumn->addWidget(barsTitle);
  leftColumn->addWidget(scroll, 2);
  leftColumn->addWidget(findingsTitle);
  leftColumn->addWidget(findings, 3);
  auto* right = new QWidget{page};
  auto* rightColumn = new QVBoxLayout{right};
  rightColumn->setContentsMargins(0, 0, 0, 0);
  sampleTitle = label(right, true);
  sample = new PictureGrid{engine, right};
  sample->setObjectName(QStringLiteral("importSample"));
  sample->setCellSize(104);
  rightColumn->addWidget(sampleTitle);
  rightColumn->addWidget(sample, 1);
  auto* halves = new QSplitter{Qt::Horizontal, page};
  halves->addWidget(left);
  halves->addWidget(right);
  halves->setStretchFactor(0, 1);
  halves->setStretchFactor(1, 1);
  halves->setChildrenCollapsible(false);
  column->addWidget(halves, 1);

  pages = new QStackedWidget{&self};
  for (auto* w : std::initializer_list<QWidget*>{empty, busy, page}) pages->addWidget(w);
  auto* outer = new QVBoxLayout{&self};
  outer->setContentsMargins(16, 16, 16, 16);
  outer->addWidget(pages);
}

QString ImportSummaryView::Impl::kindText() const {
  const auto& kind = summary["kind"].asText();
  if (kind == "folder") return tr("A folder of pictures; folder names become classes");
  if (kind == "table") return tr("A table that lists pictures");
  if (kind == "exported_model") return tr("A model exported by Patchbay");
  if (kind == "pipeline") return tr("A pipeline");
  return tr("Nothing that can be imported was found here");
}

void ImportSummaryView::Impl::refresh() {
  self.setAccessibleName(tr("What would be imported"));
  busyText->setText(tr("Looking at the pictures…"));
  barsTitle->setText(tr("Classes"));
  sampleTitle->setText(tr("A sample"));
  findingsTitle->setText(tr("What was noticed"));
  findings->setAccessibleName(findingsTitle->text());
  findings->setHeaderLabels({tr("Finding"), tr("What happens with it")});
  empty->setText(tr("Nothing to look at yet"), tr("Choose a folder of pictures or a table that lists them."));
  if (error) empty->setError(say(error->cause), say(error->hint));
  pages->setCurrentIndex(asking ? 1 : error || summary.isNull() ? 0 : 2);
  if (!asking && !error && !summary.isNull()) fill();
}

void ImportSummaryView::Impl::fill() {
  const auto pictures = summary["pictures"].asInt();
  const auto classes = static_cast<std::int64_t>(summary["classes"].asList().size());
  const auto& kind = summary["kind"].asText();
  if (kind == "folder" || kind == "table")
    headline->setText(tr("%1: %2, %3.")
                          .arg(kindText(), sayCount(TR("gallery", "{n} picture(s)"), pictures),
                               classes == 1 ? tr("one class") : tr("%1 classes").arg(number(classes))));
  else headline->setText(kindText() + QLatin1Char('.'));
  QStringList lines;
  for (const auto& w : summary["warnings"].asList()) lines << say(textFromValue(w));
  warnings->setText(lines.join(QLatin1Char('\n')));
  warnings->setVisible(!lines.isEmpty());
  std::vector<ClassCount> counts;
  for (const auto& c : summary["classes"].asList())
    counts.push_back({.name = fromUtf8(displayText(c["name"].asText())), .none = c["count"].asInt()});
  if (const auto n = summary["unlabelled"].asInt(); n > 0) counts.push_back({.name = tr("No label"), .none = n, .unlabelled = true});
  bars->setCounts(std::move(counts));
  std::vector<GalleryItem> items;
  for (const auto& one : summary["sample"].asList()) {
    const auto path = pathFromValue(one);
    GalleryItem item;
    item.picture.path = path.native();
    item.caption = fromUtf8(displayText(path.filename().native()));
    item.note = kind == "folder" ? fromUtf8(displayText(path.parent_path().filename().native())) : QString{};
    item.details = {{tr("File"), fromUtf8(displayText(path.native()))}};
    items.push_back(std::move(item));
  }
  sample->setEmptyText(tr("There is no picture to show."));
  sample->setItems(std::move(items));
  fillFindings();
}

QTreeWidgetItem* ImportSummaryView::Impl::finding(const QString& text, const QString& note) {
  auto* item = new QTreeWidgetItem{findings, {text, note}};
  item->setToolTip(0, text);
  item->setToolTip(1, note);
  return item;
}

void ImportSummaryView::Impl::fillFindings() {
  findings->clear();
  // Long lists are cut where they are made; the count beside them is whole.
  const auto countOf = [&](const char* key, const Value::List& list) { return summary[key].asInt(static_cast<std::int64_t>(list.size())); };
  const auto& unreadable = summary["unreadable"].asList();
  if (!unreadable.empty()) {
    auto* top = finding(sayCount(TR("gallery", "{n} file(s) unreadable"), countOf("unreadable_count", unreadable)), tr("Left out"));
    for (std::size_t i = 0; i < unreadable.size() && i < mostNodes; ++i) {
      auto* item = new QTreeWidgetItem{top, {shownPath(unreadable[i]["path"], root), say(textFromValue(unreadable[i]["cause"]))}};
      item->setToolTip(0, item->text(0));
      item->setToolTip(1, item->text(1));
    }
    top->setExpanded(unreadable.size() <= 5);
  }
  const auto& duplicates = summary["duplicates"].asList();
  if (!duplicates.empty()) {
    auto* top = finding(sayCount(TR("gallery", "{n} picture(s) there more than once"), countOf("duplicate_count", duplicates)),
                        tr("Each is kept; copies in training and test together make figures too good"));
    for (std::size_t i = 0; i < duplicates.size() && i < mostNodes; ++i) {
      const auto& paths = duplicates[i].asList();
      auto* item = new QTreeWidgetItem{top,
                                       {paths.empty() ? QString{} : shownPath(paths.front(), root),
                                        sayCount(TR("gallery", "{n} time(s)"), static_cast<std::int64_t>(paths.size()))}};
      for (std::size_t k = 1; k < paths.size() && k < mostNodes; ++k) new QTreeWidgetItem{item, {shownPath(paths[k], root)}};
    }
  }
  std::int64_t listed = static_cast<std::int64_t>(unreadable.size() + duplicates.size());
  fillConverted(listed);
  if (listed == 0) finding(tr("Nothing unusual"), tr("Every file can be read, none is there twice"));
  findings->resizeColumnToContents(0);
  findings->setColumnWidth(0, std::min(findings->columnWidth(0) + 8, std::max(120, findings->viewport()->width() * 45 / 100)));
}

void ImportSummaryView::Impl::fillConverted(std::int64_t& listed) {
  const auto& converted = summary["converted"];
  const auto line = [&](const char* key, const QString& text, const QString& note) {
    const auto n = converted[key].asInt();
    if (n <= 0) return;
    ++listed;
    finding(text.arg(number(n)), note);
  };
  line("grey", tr("%1 without colour"), tr("Read as colour pictures with equal channels"));
  line("rgba", tr("%1 with transparency"), tr("Transparency is left out, the stored colour stays"));
  line("cmyk", tr("%1 in printing colours (CMYK)"), tr("Converted to RGB"));
  line("sixteen_bit", tr("%1 with 16 bits a channel"), tr("Read with 8 bits a channel"));
  line("rotated", tr("%1 turned by the camera"), tr("Put upright as the file says"));
  QStringList formats;
  for (const auto& [name, n] : summary["formats"].asMap()) formats << tr("%1: %2").arg(fromUtf8(name).toUpper(), number(n.asInt()));
  if (!formats.isEmpty()) finding(tr("Formats"), formats.join(QStringLiteral(", ")));
  const auto shortest = summary["shortest_side"].asInt(), longest = summary["longest_side"].asInt();
  if (longest > 0) finding(tr("Sides of the pictures"), tr("%1 to %2 pixels").arg(number(shortest), number(longest)));
}

ImportSummaryView::ImportSummaryView(EngineAccess& engine, QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, engine}} {
  setObjectName(QStringLiteral("importSummary"));
  impl_->build();
  impl_->refresh();
}

ImportSummaryView::~ImportSummaryView() = default;

void ImportSummaryView::showPath(const std::string& path) {
  impl_->asking = true;
  impl_->error.reset();
  impl_->summary = {};
  impl_->root = path;
  impl_->refresh();
  Value args;
  args["path"] = pathToValue(path);
  impl_->engine.live("patchbay.live.pictures", "summary", std::move(args), "import-summary", this, [this](const Result<Value>& answer) {
    if (!answer && answer.error().kind == ErrorKind::Cancelled) return;  // A newer path is under way.
    if (answer) setSummary(*answer);
    else setError(answer.error());
  });
}

void ImportSummaryView::setSummary(const Value& summary) {
  impl_->asking = false;
  impl_->error.reset();
  impl_->summary = summary;
  impl_->refresh();
  Q_EMIT ready(usable());
}

void ImportSummaryView::setError(const Error& error) {
  impl_->asking = false;
  impl_->error = error;
  impl_->refresh();
  Q_EMIT ready(false);
}

void ImportSummaryView::clear() {
  impl_->asking = false;
  impl_->error.reset();
  impl_->summary = {};
  impl_->refresh();
}

const Value& ImportSummaryView::summary() const { return impl_->summary; }
bool ImportSummaryView::usable() const { return impl_->summary["pictures"].asInt() > 0; }

void ImportSummaryView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->pages) impl_->refresh();
}

}  // namespace patchbay::widgets
