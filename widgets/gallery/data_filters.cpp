// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/data_filters.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <set>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::widgets {

namespace {

enum Group : int { States, Classes, Parts, Authors, groupCount };
constexpr int keyRole = Qt::UserRole;
constexpr int manyClasses = 12;  ///< From here on a field helps to find one.

QIcon dot(const QColor& colour, const QPalette& palette) {
  QPixmap out{28, 28};
  out.setDevicePixelRatio(2);
  out.fill(Qt::transparent);
  QPainter painter{&out};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen{palette.color(QPalette::Mid), 1});
  painter.setBrush(colour);
  painter.drawEllipse(QRectF{2, 2, 10, 10});
  return QIcon{out};
}

}  // namespace

struct DataFilters::Impl {
  DataFilters& self;
  DataState state;
  std::set<std::pair<int, std::string>> ticked;
  QTreeWidget* tree = nullptr;
  QLineEdit* find = nullptr;
  QPushButton* all = nullptr;
  bool filling = false;

  struct Row {
    std::string key;
    QString text;
    std::int64_t count = 0;
    QColor colour;
  };
  std::vector<Row> rowsOf(int group) const;
  QString titleOf(int group) const;
  void build();
  void fill();
  void hideOthers();
  void retranslate();
  void told(QTreeWidgetItem* item);
};

QString DataFilters::Impl::titleOf(int group) const {
  switch (group) {
    case States:
      return tr("State");
    case Classes:
      return tr("Class");
    case Parts:
      return tr("Part");
    default:
      return tr("Made by");
  }
}

std::vector<DataFilters::Impl::Row> DataFilters::Impl::rowsOf(int group) const {
  std::vector<Row> out;
  switch (group) {
    case States:
      // The first is always there: to label what has none is where most begin.
      out.push_back({"unlabelled", tr("Unlabelled"), state.unlabelled, {}});
      for (const auto& [key, text, count] : {std::tuple{"suggested", tr("Suggested by a model"), state.suggested},
                                             {"disagreement", tr("Disagreement"), state.disagreement},
                                             {"missing", tr("File missing"), state.missing}})
        if (count > 0 || ticked.contains({States, key})) out.push_back({key, text, count, {}});
      break;
    case Classes:
      for (const auto& c : state.classes) out.push_back({c.name, fromUtf8(displayText(c.name)), c.count, c.colour});
      break;
    case Parts:
      for (const auto& [name, count] : state.splits) out.push_back({name, sayPartOf(name), count, {}});
      break;
    default:
      for (const auto& [name, count] : state.authors) out.push_back({name, sayAuthor(name), count, {}});
  }
  return out;
}

void DataFilters::Impl::build() {
  find = new QLineEdit{&self};
  find->setObjectName(QStringLiteral("filters.find"));
  find->setClearButtonEnabled(true);
  tree = new QTreeWidget{&self};
  tree->setObjectName(QStringLiteral("filters.tree"));
  tree->setColumnCount(2);
  tree->setHeaderHidden(true);
  tree->setRootIsDecorated(false);
  tree->setIndentation(12);
  tree->setUniformRowHeights(true);
  tree->setFrameShape(QFrame::NoFrame);
  tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  tree->header()->setStretchLastSection(false);
  tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  tree->setSelectionMode(QAbstractItemView::SingleSelection);
  all = new QPushButton{&self};
  all->setObjectName(QStringLiteral("filters.clear"));
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(find);
  column->addWidget(tree, 1);
  column->addWidget(all);
  QObject::connect(find, &QLineEdit::textChanged, &self, [this] { hideOthers(); });
  QObject::connect(tree, &QTreeWidget::itemChanged, &self, [this](QTreeWidgetItem* item) { told(item); });
  // The name is as good a target as the box.
  QObject::connect(tree, &QTreeWidget::itemActivated, &self, [](QTreeWidgetItem* item) {
    if (item->parent()) item->setCheckState(0, item->checkState(0) == Qt::Checked ? Qt::Unchecked : Qt::Checked);
  });
  QObject::connect(all, &QPushButton::clicked, &self, [this] { self.clear(); });
}

void DataFilters::Impl::fill() {
  filling = true;
  const int at = tree->verticalScrollBar() ? tree->verticalScrollBar()->value() : 0;
  const auto current = tree->currentItem() && tree->currentItem()->parent()
                           ? std::optional{std::pair{tree->indexOfTopLevelItem(tree->currentItem()->parent()),
                                                     tree->currentItem()->data(0, keyRole).toString()}}
                           : std::nullopt;
  tree->clear();
  std::set<std::pair<int, std::string>> still;
  for (int group = 0; group < groupCount; ++group) {
    auto* top = new QTreeWidgetItem{tree, {titleOf(group)}};
    top->setFlags(Qt::ItemIsEnabled);
    auto font = tree->font();
    font.setWeight(QFont::DemiBold);
    top->setFont(0, font);
    top->setForeground(0, toneColour(Tone::Neutral, self.palette()));
    for (const auto& row : rowsOf(group)) {
      auto* item = new QTreeWidgetItem{top, {row.text, QLocale{}.toString(qlonglong{row.count})}};
      item->setData(0, keyRole, fromUtf8(row.key));
      item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
      item->setForeground(1, toneColour(Tone::Neutral, self.palette()));
      item->setToolTip(0, QStringLiteral("%1: %2").arg(row.text, sayCount(TR("gallery", "{n} picture(s)"), row.count)));
      if (row.colour.isValid()) item->setIcon(0, dot(row.colour, self.palette()));
      const bool on = ticked.contains({group, row.key});
      item->setCheckState(0, on ? Qt::Checked : Qt::Unchecked);
      if (on) still.emplace(group, row.key);
      if (current && current->first == group && current->second == fromUtf8(row.key)) tree->setCurrentItem(item);
    }
    top->setExpanded(true);
    top->setHidden(top->childCount() == 0);
  }
  filling = false;
  const bool gone = still != ticked;
  ticked = std::move(still);
  find->setVisible(state.classes.size() > manyClasses);
  hideOthers();
  tree->verticalScrollBar()->setValue(at);
  retranslate();
  if (gone) Q_EMIT self.changed();
}

void DataFilters::Impl::hideOthers() {
  auto* classes = tree->topLevelItem(Classes);
  if (!classes) return;
  const auto wanted = find->isHidden() ? QString{} : find->text();
  for (int i = 0; i < classes->childCount(); ++i)
    classes->child(i)->setHidden(!wanted.isEmpty() && !classes->child(i)->text(0).contains(wanted, Qt::CaseInsensitive));
}

void DataFilters::Impl::told(QTreeWidgetItem* item) {
  if (filling || !item->parent()) return;
  const std::pair key{tree->indexOfTopLevelItem(item->parent()), toUtf8(item->data(0, keyRole).toString())};
  const bool on = item->checkState(0) == Qt::Checked;
  if (on == ticked.contains(key)) return;
  if (on) ticked.insert(key);
  else ticked.erase(key);
  retranslate();
  Q_EMIT self.changed();
}

void DataFilters::Impl::retranslate() {
  self.setAccessibleName(tr("Filters"));
  tree->setAccessibleName(tr("Filters"));
  find->setPlaceholderText(tr("Find a class"));
  find->setAccessibleName(find->placeholderText());
  all->setText(tr("Show &all"));
  all->setEnabled(!ticked.empty());
  all->setToolTip(ticked.empty() ? tr("Nothing is filtered by state, class, part or author.") : tr("Takes all ticks away"));
  all->setStatusTip(all->toolTip());
}

DataFilters::DataFilters(QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, {}, {}}} {
  setObjectName(QStringLiteral("filters"));
  impl_->build();
  impl_->fill();
}

DataFilters::~DataFilters() = default;

void DataFilters::setState(const DataState& state) {
  impl_->state = state;
  impl_->fill();
}

Value DataFilters::filter() const {
  Value out{Value::Map{}};
  constexpr const char* lists[] = {"", "classes", "splits", "authors"};
  for (const auto& [group, key] : impl_->ticked) {
    if (group == States) {
      out[key] = true;
      continue;
    }
    if (!out[lists[group]].isList()) out[lists[group]] = Value::List{};
    out[lists[group]].push(key);
  }
  return out;
}

bool DataFilters::active() const { return !impl_->ticked.empty(); }

void DataFilters::clear() {
  if (impl_->ticked.empty()) return;
  impl_->ticked.clear();
  impl_->fill();
  Q_EMIT changed();
}

void DataFilters::showOnly(const std::string& className) {
  const std::set<std::pair<int, std::string>> only{className.empty() ? std::pair{int{States}, std::string{"unlabelled"}}
                                                                     : std::pair{int{Classes}, className}};
  if (impl_->ticked == only) impl_->ticked.clear();
  else impl_->ticked = only;
  impl_->fill();
  Q_EMIT changed();
}

void DataFilters::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (impl_ && impl_->tree && (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)) impl_->fill();
}

}  // namespace patchbay::widgets
