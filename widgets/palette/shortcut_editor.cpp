// SPDX-License-Identifier: GPL-3.0-or-later
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/palette/block_filter.h"
#include "widgets/palette/key_sheet.h"

namespace patchbay::widgets {

namespace {
constexpr int idRole = Qt::UserRole + 1;
}

struct ShortcutEditor::Impl {
  ShortcutEditor* q;
  ShortcutMap& keys;
  QLineEdit* search = nullptr;
  QTreeWidget* tree = nullptr;
  QLabel *label = nullptr, *clash = nullptr, *hint = nullptr;
  QKeySequenceEdit* field = nullptr;
  QPushButton *assign = nullptr, *none = nullptr, *reset = nullptr, *resetAll = nullptr, *close = nullptr;
  QString selected{};

  const ShortcutMap::Entry* find(const std::vector<ShortcutMap::Entry>& all, const QString& id) const {
    for (const auto& entry : all)
      if (!id.isEmpty() && entry.id == id) return &entry;
    return nullptr;
  }
  void fill() {
    const auto query = search->text().trimmed(), wanted = selected;
    const bool quiet = tree->blockSignals(true);
    tree->clear();
    std::map<QString, QTreeWidgetItem*> groups;
    QTreeWidgetItem* current = nullptr;
    for (const auto& entry : keys.entries()) {
      if (entry.id.isEmpty()) continue;
      if (!query.isEmpty() && fuzzyScore(query, entry.text) <= 0 && !entry.keys.contains(query, Qt::CaseInsensitive)) continue;
      auto*& group = groups[entry.group];
      if (!group) {
        group = new QTreeWidgetItem{tree, {entry.group}};
        group->setFlags(Qt::ItemIsEnabled);
        auto f = tree->font();
        f.setBold(true);
        group->setFont(0, f);
        group->setFirstColumnSpanned(true);
      }
      auto* item = new QTreeWidgetItem{group, {entry.text, entry.keys}};
      item->setData(0, idRole, entry.id);
      if (entry.changed()) {
        auto f = tree->font();
        f.setWeight(QFont::DemiBold);
        item->setFont(0, f);
        item->setFont(1, f);
        item->setToolTip(1, ShortcutEditor::tr("Changed; by default: %1")
                                .arg(entry.defaults.isEmpty() ? ShortcutEditor::tr("no key")
                                                              : entry.defaults.first().toString(QKeySequence::NativeText)));
      }
      if (entry.id == wanted || (!current && wanted.isEmpty())) current = item;
    }
    tree->expandAll();
    int widest = tree->fontMetrics().horizontalAdvance(tree->headerItem()->text(1));
    for (const auto& entry : keys.entries()) widest = std::max(widest, tree->fontMetrics().horizontalAdvance(entry.keys));
    tree->header()->resizeSection(1, std::min(widest * 11 / 10 + 24, q->width() / 2));
    tree->blockSignals(quiet);
    if (current) tree->setCurrentItem(current);
    show();
  }
  void show() {
    const auto* item = tree->currentItem();
    selected = item ? item->data(0, idRole).toString() : QString{};
    const auto all = keys.entries();
    const auto* entry = find(all, selected);
    for (QWidget* w : std::initializer_list<QWidget*>{field, none, reset}) w->setEnabled(entry != nullptr);
    label->setText(entry ? ShortcutEditor::tr("New keys for \"%1\":").arg(entry->text) : ShortcutEditor::tr("Choose a command above."));
    field->clear();
    none->setEnabled(entry && !entry->shortcuts.isEmpty());
    none->setToolTip(none->isEnabled() ? QString{} : ShortcutEditor::tr("The command has no keys."));
    reset->setEnabled(entry && entry->changed());
    reset->setToolTip(reset->isEnabled() ? QString{} : ShortcutEditor::tr("The command has its default keys."));
    check();
  }
  void check() {
    const auto sequence = field->keySequence();
    const auto other = keys.conflict(selected, sequence);
    const auto all = keys.entries();
    const auto* taken = find(all, other);
    clash->setVisible(taken != nullptr);
    hint->setVisible(taken != nullptr);
    if (taken) {
      clash->setText(ShortcutEditor::tr("%1 belongs to \"%2\".").arg(taken->keys, taken->text));
      hint->setText(ShortcutEditor::tr("Assign to take the keys away from it, or press others."));
    }
    assign->setEnabled(!sequence.isEmpty() && !selected.isEmpty());
    assign->setText(taken ? ShortcutEditor::tr("Assign anyway") : ShortcutEditor::tr("Assign"));
    assign->setToolTip(assign->isEnabled() ? QString{} : ShortcutEditor::tr("Press the new keys in the field first."));
  }
  void recolour() const {
    auto p = clash->palette();
    p.setColor(QPalette::WindowText, toneColour(Tone::Warning, q->palette()));
    clash->setPalette(p);
  }
  void retranslate() {
    q->setWindowTitle(ShortcutEditor::tr("Change keys"));
    search->setPlaceholderText(ShortcutEditor::tr("Search commands or keys"));
    search->setAccessibleName(search->placeholderText());
    tree->setHeaderLabels({ShortcutEditor::tr("Command"), ShortcutEditor::tr("Keys")});
    tree->setAccessibleName(ShortcutEditor::tr("Commands and their keys"));
    field->setAccessibleName(ShortcutEditor::tr("New keys"));
    none->setText(ShortcutEditor::tr("No keys"));
    reset->setText(ShortcutEditor::tr("Default"));
    resetAll->setText(ShortcutEditor::tr("Reset all"));
    close->setText(ShortcutEditor::tr("Close"));
    fill();
  }
};

ShortcutEditor::ShortcutEditor(ShortcutMap& keys, QWidget* parent) : QDialog{parent}, impl_{new Impl{this, keys}} {
  setObjectName(QStringLiteral("shortcutEditor"));
  auto& d = *impl_;
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(16, 16, 16, 16);
  layout->setSpacing(10);
  d.search = new QLineEdit{this};
  d.search->setClearButtonEnabled(true);
  d.tree = new QTreeWidget{this};
  d.tree->setRootIsDecorated(false);
  d.tree->setUniformRowHeights(true);
  d.tree->setStyleSheet(QStringLiteral("QTreeView::item { padding: 4px 2px; }"));
  d.tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  d.tree->header()->setSectionResizeMode(1, QHeaderView::Fixed);
  d.tree->header()->setStretchLastSection(false);
  d.label = new QLabel{this};
  d.label->setWordWrap(true);
  d.field = new QKeySequenceEdit{this};
  d.clash = new QLabel{this};
  d.clash->setWordWrap(true);
  d.hint = new QLabel{this};
  d.hint->setWordWrap(true);
  d.assign = new QPushButton{this};
  d.none = new QPushButton{this};
  d.reset = new QPushButton{this};
  d.resetAll = new QPushButton{this};
  d.close = new QPushButton{this};
  d.label->setBuddy(d.field);
  const std::map<QWidget*, const char*> names{{d.search, "search"}, {d.tree, "tree"},         {d.field, "field"},
                                              {d.clash, "clash"},   {d.assign, "assign"},     {d.none, "none"},
                                              {d.reset, "reset"},   {d.resetAll, "resetAll"}, {d.close, "close"}};
  for (const auto& [widget, name] : names) widget->setObjectName(QStringLiteral("shortcutEditor.%1").arg(QLatin1String{name}));
  for (auto* b : {d.assign, d.none, d.reset, d.resetAll, d.close}) b->setAutoDefault(false);
  auto* row = new QHBoxLayout;
  row->addWidget(d.field, 1);
  for (auto* b : {d.assign, d.none, d.reset}) row->addWidget(b);
  auto* foot = new QHBoxLayout;
  foot->addWidget(d.resetAll);
  foot->addStretch();
  foot->addWidget(d.close);
  layout->addWidget(d.search);
  layout->addWidget(d.tree, 1);
  layout->addWidget(d.label);
  layout->addLayout(row);
  layout->addWidget(d.clash);
  layout->addWidget(d.hint);
  layout->addLayout(foot);
  connect(d.search, &QLineEdit::textChanged, this, [this] { impl_->fill(); });
  connect(d.tree, &QTreeWidget::currentItemChanged, this, [this] { impl_->show(); });
  connect(d.field, &QKeySequenceEdit::keySequenceChanged, this, [this] { impl_->check(); });
  connect(d.assign, &QPushButton::clicked, this, [this] { impl_->keys.set(impl_->selected, {impl_->field->keySequence()}, true); });
  connect(d.none, &QPushButton::clicked, this, [this] { impl_->keys.set(impl_->selected, {}); });
  connect(d.reset, &QPushButton::clicked, this, [this] { impl_->keys.reset(impl_->selected); });
  connect(d.resetAll, &QPushButton::clicked, this, [this] { impl_->keys.resetAll(); });
  connect(d.close, &QPushButton::clicked, this, &QDialog::close);
  connect(&keys, &ShortcutMap::changed, this, [this] { impl_->fill(); });
  resize(620, 560);
  d.recolour();
  d.retranslate();
}

// The field tells of its keys when it loses the focus; that has to come while there is someone to hear it.
ShortcutEditor::~ShortcutEditor() { hide(); }

void ShortcutEditor::select(const QString& id) {
  impl_->selected = id;
  impl_->search->clear();
  impl_->fill();
  impl_->field->setFocus(Qt::ShortcutFocusReason);
}

void ShortcutEditor::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  if (event->type() == QEvent::PaletteChange && impl_->clash) impl_->recolour();
}

}  // namespace patchbay::widgets
