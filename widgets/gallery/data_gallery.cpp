// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/data_gallery.h"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QSplitter>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/gallery/data_bars.h"
#include "widgets/gallery/data_editor.h"
#include "widgets/gallery/data_filters.h"
#include "widgets/gallery/data_pages.h"
#include "widgets/gallery/label_menu.h"
#include "widgets/gallery/picture_grid.h"

namespace patchbay::widgets {

namespace {
constexpr int typingMs = 250, eventsMs = 40;
}

struct DataGallery::Impl {
  DataGallery& self;
  EngineAccess& engine;
  DataPages pages;
  DataEditor editor;
  DataState state;
  bool known = false, readOnly = false, asking = false, askAgain = false;
  std::int64_t shownNumber = 0, shownItems = -1;  ///< Of the revision that the list was made from.
  std::vector<std::string> ids;
  std::function<QString()> idsTitle;
  std::string likeId;
  QString likeName;
  QTimer typing, events;
  std::unique_ptr<QObject> stateRequest, countsRequest;
  std::optional<std::map<std::string, std::int64_t>> shownOf;

  DataFilters* filters = nullptr;
  PictureGrid* grid = nullptr;
  QLabel *headline = nullptr, *sortLabel = nullptr;
  QLineEdit* search = nullptr;
  QComboBox* sort = nullptr;
  QToolButton *descending = nullptr, *refresh = nullptr;
  DataNotice *only = nullptr, *notice = nullptr;
  DataActionBar* bar = nullptr;
  LabelMenu* menu = nullptr;

  Impl(DataGallery& owner, EngineAccess& access) : self{owner}, engine{access}, pages{access}, editor{access} {}
  void build();
  QWidget* buildMiddle();
  void connectParts();
  void connectEdits();
  void retranslate();
  void fillSort();
  void askState();
  void took(const Value& answer);
  void ask();
  void showCount();
  void showStale();
  GalleryItem itemAt(std::size_t index) const;
  std::vector<std::size_t> chosen() const;
  void tellChosen();
  void edit(Text what, const Value& set);
  void toggle(const std::string& name);
  void askCounts();
  bool severalLabels() const { return state.task == "multi-label"; }
  bool key(QKeyEvent* event);
  bool wants(QKeyEvent* event) const;
  void contextMenu(QPoint global);
  Value filter() const;
  QString whyNot() const;
};

void DataGallery::Impl::build() {
  filters = new DataFilters{&self};
  filters->setMinimumWidth(150);
  auto* halves = new QSplitter{Qt::Horizontal, &self};
  halves->setObjectName(QStringLiteral("data.halves"));
  halves->addWidget(filters);
  halves->addWidget(buildMiddle());
  halves->setStretchFactor(0, 0);
  halves->setStretchFactor(1, 1);
  halves->setSizes({220, 800});
  halves->setChildrenCollapsible(false);
  auto* outer = new QVBoxLayout{&self};
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(halves);
  menu = new LabelMenu{&self};
  typing.setSingleShot(true);
  typing.setInterval(typingMs);
  events.setSingleShot(true);
  events.setInterval(eventsMs);
}

QWidget* DataGallery::Impl::buildMiddle() {
  auto* middle = new QWidget{&self};
  const auto named = [](auto* widget, const char* name) {
    widget->setObjectName(QLatin1String{name});
    return widget;
  };
  headline = named(new QLabel{middle}, "dataset.headline");
  auto font = headline->font();
  font.setWeight(QFont::DemiBold);
  headline->setFont(font);
  headline->setMinimumWidth(80);
  search = named(new QLineEdit{middle}, "dataset.search");
  search->setClearButtonEnabled(true);
  search->setMinimumWidth(120);
  search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  sortLabel = new QLabel{middle};
  sort = named(new QComboBox{middle}, "dataset.sort");
  sort->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  sortLabel->setBuddy(sort);
  const auto button = [&](const char* name, const char* picture) {
    auto* one = named(new QToolButton{middle}, name);
    one->setIcon(icon(QLatin1String{picture}));
    one->setIconSize({20, 20});
    one->setAutoRaise(true);
    one->setFocusPolicy(Qt::TabFocus);
    return one;
  };
  descending = button("dataset.descending", "down");
  descending->setCheckable(true);
  refresh = button("dataset.refresh", "reset");
  refresh->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  refresh->hide();
  auto* top = new QHBoxLayout;
  top->setSpacing(8);
  top->addWidget(headline);
  top->addWidget(refresh);
  top->addStretch(1);
  top->addWidget(search, 2);
  top->addWidget(sortLabel);
  top->addWidget(sort);
  top->addWidget(descending);
  only = new DataNotice{QStringLiteral("dataset.only"), middle};
  notice = new DataNotice{QStringLiteral("dataset.notice"), middle};
  grid = named(new PictureGrid{engine, middle}, "dataset.grid");
  grid->setCellSize(128);
  grid->installEventFilter(&self);
  grid->viewport()->installEventFilter(&self);
  bar = new DataActionBar{middle};
  auto* column = new QVBoxLayout{middle};
  column->setContentsMargins(8, 0, 0, 0);
  column->setSpacing(8);
  column->addLayout(top);
  column->addWidget(only);
  column->addWidget(notice);
  column->addWidget(grid, 1);
  column->addWidget(bar);
  return middle;
}

void DataGallery::Impl::connectParts() {
  QObject::connect(filters, &DataFilters::changed, &self, [this] { ask(); });
  QObject::connect(search, &QLineEdit::textChanged, &typing, qOverload<>(&QTimer::start));
  QObject::connect(&typing, &QTimer::timeout, &self, [this] { ask(); });
  QObject::connect(&events, &QTimer::timeout, &self, [this] { askState(); });
  QObject::connect(sort, &QComboBox::activated, &self, [this] { ask(); });
  QObject::connect(descending, &QToolButton::toggled, &self, [this](bool down) {
    descending->setIcon(icon(down ? QStringLiteral("down") : QStringLiteral("up")));
    retranslate();
    ask();
  });
  QObject::connect(refresh, &QToolButton::clicked, &self, [this] { ask(); });
  QObject::connect(&pages, &DataPages::counted, &self, [this](std::size_t count, bool samePlace) {
    shownNumber = state.number;
    shownItems = state.items;
    grid->setItems(
        count, [this](std::size_t i) { return itemAt(i); }, samePlace);
    const auto [first, last] = grid->sight();
    pages.want(first, last);
    showCount();
    showStale();
    askCounts();
  });
  QObject::connect(&pages, &DataPages::arrived, grid, &PictureGrid::itemsChanged);
  QObject::connect(&pages, &DataPages::failed, &self, [this](const Error& error) {
    // What is alike is not known without features: back to the order before.
    if (pages.sort()["by"].asText().starts_with("like:")) {
      likeId.clear();
      fillSort();
      notice->say(Tone::Warning, [error] { return say(error); }, {{[] { return tr("Close"); }, {}}});
      return ask();
    }
    notice->say(Tone::Bad, [error] { return say(error); }, {{[] { return tr("Ask again"); }, [this] { self.reload(); }}});
  });
  QObject::connect(grid, &PictureGrid::sightChanged, &self, [this](std::size_t first, std::size_t last) { pages.want(first, last); });
  QObject::connect(grid, &PictureGrid::selectionChanged, &self, [this] { tellChosen(); });
  QObject::connect(grid, &PictureGrid::currentChanged, &self, [this] { tellChosen(); });
  QObject::connect(bar, &DataActionBar::labelWanted, &self, &DataGallery::labelSelection);
  QObject::connect(bar, &DataActionBar::labelMenuWanted, &self, &DataGallery::openLabelMenu);
  QObject::connect(bar, &DataActionBar::partWanted, &self, &DataGallery::setPart);
  QObject::connect(bar, &DataActionBar::removeWanted, &self, &DataGallery::removeSelection);
  QObject::connect(bar, &DataActionBar::undoWanted, &editor, &DataEditor::undo);
  QObject::connect(bar, &DataActionBar::redoWanted, &editor, &DataEditor::redo);
  QObject::connect(menu, &LabelMenu::chosen, &self, &DataGallery::labelSelection);
}

void DataGallery::Impl::connectEdits() {
  QObject::connect(&editor, &DataEditor::done, &self, [this](const QString& what, std::int64_t) {
    Q_EMIT self.statusMessage(what);
    events.start();
  });
  QObject::connect(&editor, &DataEditor::failed, &self, [this](const Error& error) {
    notice->say(Tone::Bad, [error] { return say(error); }, {{[] { return tr("Close"); }, {}}});
  });
  QObject::connect(&editor, &DataEditor::conflicted, &self, [this](const Error& error) {
    events.start();
    notice->say(Tone::Warning, [error] { return say(error); },
                {{[] { return tr("Keep the other value"); }, [this] { editor.letGo(); }},
                 {[] { return tr("Make my change anyway"); }, [this] { editor.repeat(); }}});
  });
}

void DataGallery::Impl::retranslate() {
  self.setAccessibleName(tr("Data set"));
  grid->setAccessibleName(tr("Pictures of the data set"));
  search->setPlaceholderText(tr("Part of a file name"));
  search->setAccessibleName(search->placeholderText());
  search->setToolTip(tr("Shows what has these letters in its path (Ctrl+F)"));
  sortLabel->setText(tr("&Order"));
  refresh->setText(tr("Update list"));
  refresh->setToolTip(tr("Labels have changed since this list was made; it is asked for again (F5)"));
  descending->setToolTip(descending->isChecked() ? tr("The last or highest comes first") : tr("The first or lowest comes first"));
  descending->setAccessibleName(descending->toolTip());
  fillSort();
  showCount();
}

void DataGallery::Impl::fillSort() {
  const auto before = sort->currentData().toString();
  sort->clear();
  sort->addItem(tr("When added"), QStringLiteral("added"));
  sort->addItem(tr("File name"), QStringLiteral("path"));
  sort->addItem(tr("When changed"), QStringLiteral("time"));
  for (const auto& name : state.scores) sort->addItem(sayScore(name), QStringLiteral("score:") + fromUtf8(name));
  if (!likeId.empty()) sort->addItem(tr("Like %1").arg(likeName), QStringLiteral("like:") + fromUtf8(likeId));
  sort->setCurrentIndex(std::max(0, sort->findData(before)));
}

/// Counts of everything; one request at a time, however many revisions come.
void DataGallery::Impl::askState() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  engine.ask("data", Value::Map{{"do", "state"}}, &self, [this](const Result<Value>& answer) {
    asking = false;
    if (answer) took(*answer);
    else Q_EMIT self.failed(answer.error());
    if (std::exchange(askAgain, false)) askState();
  });
}

void DataGallery::Impl::took(const Value& answer) {
  const bool first = !std::exchange(known, true);
  const auto scoresBefore = state.scores;
  state = dataStateFromValue(answer);
  if (scoresBefore != state.scores) fillSort();
  bar->setState(state);
  filters->setState(state);
  if (first || state.items != shownItems) {
    pages.setQuery(filter(), Value::Map{{"by", toUtf8(sort->currentData().toString())}, {"descending", descending->isChecked()}});
  } else if (state.number != shownNumber) {
    // The list stays as it is, so that what one works on does not run away; its items say what they are now.
    pages.reload();
    showStale();
    askCounts();
  }
  showCount();
  tellChosen();
  Q_EMIT self.stateChanged();
}

Value DataGallery::Impl::filter() const {
  auto out = ids.empty() ? filters->filter() : Value{Value::Map{}};
  for (const auto& id : ids) out["ids"].push(id);
  if (!search->text().isEmpty()) out["text"] = toUtf8(search->text());
  return out;
}

void DataGallery::Impl::ask() {
  if (!known) return;
  pages.setQuery(filter(), Value::Map{{"by", toUtf8(sort->currentData().toString())}, {"descending", descending->isChecked()}});
}

void DataGallery::Impl::showCount() {
  const auto n = static_cast<std::int64_t>(pages.count());
  headline->setText(n == state.items
                        ? sayCount(TR("gallery", "{n} picture(s)"), n)
                        : tr("%1 of %2").arg(QLocale{}.toString(qlonglong{n}), sayCount(TR("gallery", "{n} picture(s)"), state.items)));
  grid->setEmptyText(!known             ? tr("Asking for the pictures…")
                     : state.items == 0 ? tr("There are no pictures in the data set yet.")
                     : !ids.empty()
                         ? tr("None of these pictures is in the data set of the project. Import their folder, and they can be mended here.")
                         : tr("No picture is like that. Take ticks away on the left, or empty the search."));
}

void DataGallery::Impl::showStale() {
  const auto& by = pages.sort()["by"].asText();
  const bool matters = (filters->active() && ids.empty()) || by == "time";
  refresh->setVisible(matters && state.number != shownNumber);
}

GalleryItem DataGallery::Impl::itemAt(std::size_t index) const {
  GalleryItem out;
  const auto* item = pages.find(index);
  if (!item) {
    out.pending = true;
    return out;
  }
  const auto path = fromUtf8(displayText(item->path));
  if (item->removed) {
    out.caption = tr("Removed");
    out.note = path.section(QLatin1Char('/'), -1);
    out.tone = Tone::Neutral;
    return out;
  }
  out.picture.digest = item->digest;
  out.id = item->id;
  QStringList names;
  for (const auto& one : item->labels.empty() ? std::vector{item->label} : item->labels)
    if (!one.empty()) names << fromUtf8(displayText(one));
  out.caption = names.isEmpty() ? tr("No label") : names.join(tr(", "));
  if (const auto* one = state.find(item->label)) out.mark = one->colour;
  out.note = path.section(QLatin1Char('/'), -1);
  if (item->score) out.note = tr("%1, %2").arg(sayNumber(*item->score), out.note);
  if (item->has("missing")) out.tone = Tone::Bad;
  else if (item->has("disagreement")) out.tone = Tone::Warning;
  out.details = {{tr("Class"), out.caption}, {tr("File"), path}, {tr("Part"), sayPartOf(item->split)}};
  if (!item->group.empty()) out.details.emplace_back(tr("Group"), fromUtf8(displayText(item->group)));
  if (item->width > 0) out.details.emplace_back(tr("Size"), tr("%1 × %2 pixels").arg(item->width).arg(item->height));
  if (item->score) out.details.emplace_back(sayScore(pages.sort()["by"].asText().substr(6)), sayNumber(*item->score));
  if (item->has("missing")) out.details.emplace_back(tr("State"), tr("The file is not where it was."));
  else if (item->has("disagreement")) out.details.emplace_back(tr("State"), tr("Those who labelled it say different things."));
  return out;
}

std::vector<std::size_t> DataGallery::Impl::chosen() const {
  auto out = grid->selection();
  if (out.empty() && grid->current() && grid->hasFocus()) out.push_back(*grid->current());
  return out;
}

QString DataGallery::Impl::whyNot() const {
  return readOnly ? tr("The project folder is read-only. Copy it to a folder of your own to change the data.") : QString{};
}

void DataGallery::Impl::tellChosen() { bar->setChosen(static_cast<std::int64_t>(chosen().size()), whyNot()); }

/// All that the query found travels as the query; anything less by its ids.
void DataGallery::Impl::edit(Text what, const Value& set) {
  const auto indices = chosen();
  if (indices.empty() || readOnly) return;
  const Text said = std::move(what).count(static_cast<std::int64_t>(indices.size()));
  // Both ways through the same queue: what was done first is changed first.
  if (indices.size() > 1 && indices.size() == pages.count())
    return pages.fetch({}, [this, said, set, query = pages.query()](const auto&) { editor.changeAll(said, query, set); });
  pages.fetch(indices, [this, said, set](const Result<std::vector<DataItem>>& items) {
    if (items) editor.change(said, *items, set);
    else notice->say(Tone::Bad, [error = items.error()] { return say(error); }, {{[] { return tr("Close"); }, {}}});
  });
}

/// Away from all when all have it, else to all: the same key twice changes nothing.
void DataGallery::Impl::toggle(const std::string& name) {
  const auto indices = chosen();
  if (indices.empty() || readOnly) return;
  const auto has = [name](const DataItem& item) { return item.label == name || std::ranges::find(item.labels, name) != item.labels.end(); };
  const auto words = [&](bool take, std::size_t n) {
    return (take ? TR("gallery", "{n} picture(s) no longer labelled {class}") : TR("gallery", "{n} picture(s) labelled {class} too"))
        .with("class", displayText(name))
        .count(static_cast<std::int64_t>(n));
  };
  const auto set = [name](bool take) { return Value{Value::Map{{take ? "take_labels" : "add_labels", Value::List{name}}}}; };
  if (indices.size() > 1 && indices.size() == pages.count()) {
    // All that was found: those at hand tell which way.
    bool take = true;
    for (const auto i : indices)
      if (const auto* item = pages.find(i); item && !item->removed) take = take && has(*item);
    return pages.fetch({}, [this, said = words(take, indices.size()), change = set(take), query = pages.query()](const auto&) {
      editor.changeAll(said, query, change);
    });
  }
  pages.fetch(indices, [this, has, words, set](const Result<std::vector<DataItem>>& items) {
    if (!items) return notice->say(Tone::Bad, [error = items.error()] { return say(error); }, {{[] { return tr("Close"); }, {}}});
    const bool take = std::ranges::all_of(*items, [&](const DataItem& item) { return item.removed || has(item); });
    editor.change(words(take, items->size()), *items, set(take));
  });
}

/// Which classes are among what is shown, where that is not everything.
void DataGallery::Impl::askCounts() {
  countsRequest.reset();
  if (static_cast<std::int64_t>(pages.count()) == state.items) {
    if (std::exchange(shownOf, std::nullopt)) Q_EMIT self.shownOfChanged();
    return;
  }
  countsRequest = std::make_unique<QObject>();
  engine.ask("data", Value::Map{{"do", "counts"}, {"query", pages.query()}}, countsRequest.get(), [this](const Result<Value>& answer) {
    countsRequest.release()->deleteLater();
    if (!answer) return;  // An engine of before, or the next query is under way already.
    shownOf.emplace();
    for (const auto& [name, n] : (*answer)["classes"].asMap()) (*shownOf)[name] = n.asInt();
    (*shownOf)[""] = (*answer)["unlabelled"].asInt();
    Q_EMIT self.shownOfChanged();
  });
}

bool DataGallery::Impl::wants(QKeyEvent* event) const {
  if (event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo) || event->matches(QKeySequence::Find) ||
      event->matches(QKeySequence::Delete) || event->matches(QKeySequence::SelectAll))
    return true;
  if (event->modifiers() & ~Qt::KeypadModifier) return event->key() == Qt::Key_Y && event->modifiers() == Qt::ControlModifier;
  return (event->key() >= Qt::Key_0 && event->key() <= Qt::Key_9) || event->key() == Qt::Key_L || event->key() == Qt::Key_F5 ||
         event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Plus || event->key() == Qt::Key_Minus ||
         event->key() == Qt::Key_Space;
}

bool DataGallery::Impl::key(QKeyEvent* event) {
  const int key = event->key();
  if (event->matches(QKeySequence::Undo)) editor.undo();
  else if (event->matches(QKeySequence::Redo) || (key == Qt::Key_Y && event->modifiers() == Qt::ControlModifier)) editor.redo();
  else if (event->matches(QKeySequence::Find)) search->setFocus(Qt::ShortcutFocusReason);
  else if (key == Qt::Key_F5) ask();
  else if (key == Qt::Key_Delete) self.removeSelection();
  else if (event->modifiers() & ~Qt::KeypadModifier) return false;  // NOLINT(bugprone-branch-clone): the keys below stand alone
  else if (key == Qt::Key_L) self.openLabelMenu();
  else if (key == Qt::Key_0 || key == Qt::Key_Backspace) self.labelSelection({});
  else if (key >= Qt::Key_1 && key <= Qt::Key_9) {
    const auto at = static_cast<std::size_t>(key - Qt::Key_1);
    if (at < state.classes.size()) self.labelSelection(fromUtf8(state.classes[at].name));
    else Q_EMIT self.statusMessage(tr("There is no class %1. L makes a new one.").arg(at + 1));
  } else return false;
  return true;
}

void DataGallery::Impl::contextMenu(QPoint global) {
  auto* popup = new QMenu{&self};
  popup->setObjectName(QStringLiteral("dataset.context"));
  popup->setAttribute(Qt::WA_DeleteOnClose);
  const bool can = !chosen().empty() && !readOnly;
  auto* label = popup->addAction(icon(QStringLiteral("edit")), tr("Label…"), &self, &DataGallery::openLabelMenu);
  auto* none = popup->addAction(tr("Take the label away"), &self, [this] { self.labelSelection({}); });
  auto* part = popup->addMenu(tr("Part"));
  for (const auto* split : {"train", "validation", "test", "none"})
    part->addAction(sayPartOf(split), &self, [this, name = QLatin1String{split}] { self.setPart(name); });
  auto* remove = popup->addAction(icon(QStringLiteral("delete")), tr("Remove from the data set"), &self, &DataGallery::removeSelection);
  auto* like = popup->addAction(icon(QStringLiteral("search")), tr("Pictures like this one"), &self, &DataGallery::showLike);
  like->setEnabled(grid->current().has_value());
  for (auto* action : {label, none, part->menuAction(), remove}) action->setEnabled(can);
  popup->popup(global);
}

DataGallery::DataGallery(EngineAccess& engine, QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this, engine)} {
  setObjectName(QStringLiteral("dataGallery"));
  impl_->build();
  impl_->retranslate();
  impl_->connectParts();
  impl_->connectEdits();
  impl_->tellChosen();
}

DataGallery::~DataGallery() {
  impl_->pages.disconnect(this);
  impl_->grid->disconnect(this);
}

void DataGallery::reload() {
  impl_->shownItems = -1;
  impl_->askState();
}

void DataGallery::handle(const Value& event) {
  const auto& what = event["event"].asText();
  // After a connection that was lost anything may have happened.
  if (what == "state" && impl_->known) return reload();
  if (what == "data") impl_->events.start();
}

void DataGallery::showIds(std::vector<std::string> ids, std::function<QString()> title) {
  impl_->ids = std::move(ids);
  impl_->idsTitle = std::move(title);
  if (impl_->ids.empty()) impl_->only->close();
  else impl_->only->say(Tone::Accent, impl_->idsTitle, {{[] { return tr("Show all"); }, [this] { showIds({}, {}); }}});
  impl_->filters->setEnabled(impl_->ids.empty());
  impl_->filters->setToolTip(impl_->ids.empty() ? QString{} : tr("Only certain pictures are shown. Choose “Show all” above them first."));
  impl_->ask();
}

void DataGallery::setReadOnly(bool readOnly) {
  impl_->readOnly = readOnly;
  impl_->tellChosen();
}

const DataState& DataGallery::state() const { return impl_->state; }
bool DataGallery::known() const { return impl_->known; }
DataEditor& DataGallery::editor() const { return impl_->editor; }
DataFilters& DataGallery::filters() const { return *impl_->filters; }
DataPages& DataGallery::pages() const { return impl_->pages; }
PictureGrid& DataGallery::grid() const { return *impl_->grid; }
QString DataGallery::headline() const { return impl_->headline->text(); }
bool DataGallery::idle() const {
  return !impl_->asking && !impl_->pages.asking() && impl_->pages.pending() == 0 && !impl_->editor.busy() && !impl_->events.isActive() &&
         !impl_->typing.isActive();
}

const std::optional<std::map<std::string, std::int64_t>>& DataGallery::shownOf() const { return impl_->shownOf; }

void DataGallery::labelSelection(const QString& className) {
  const auto name = toUtf8(className);
  // The picture stays current: it may get more than one.
  if (impl_->severalLabels() && !name.empty()) return impl_->toggle(name);
  const auto chosen = impl_->chosen();
  impl_->edit(name.empty() ? TR("gallery", "{n} label(s) taken away")
                           : TR("gallery", "{n} picture(s) labelled {class}").with("class", displayText(name)),
              Value::Map{{"label", name}});
  // One after the other: the next picture is the one that is labelled next.
  if (chosen.size() == 1 && chosen.front() + 1 < impl_->pages.count() && !impl_->readOnly) impl_->grid->setCurrent(chosen.front() + 1);
}

void DataGallery::setPart(const QString& split) {
  const auto name = toUtf8(split);
  impl_->edit(name == "train"        ? TR("gallery", "{n} picture(s) put into training")
              : name == "validation" ? TR("gallery", "{n} picture(s) put into validation")
              : name == "test"       ? TR("gallery", "{n} picture(s) put into test")
                                     : TR("gallery", "{n} picture(s) taken out of their part"),
              Value::Map{{"split", name}});
}

void DataGallery::removeSelection() { impl_->edit(TR("gallery", "{n} picture(s) removed"), Value::Map{{"remove", true}}); }

void DataGallery::openLabelMenu() {
  if (impl_->chosen().empty() || impl_->readOnly) return;
  const auto current = impl_->grid->current();
  const auto* at = impl_->bar->labelButton();
  auto where = at->mapToGlobal(QPoint{0, at->height()});
  if (impl_->grid->hasFocus() && current) where = impl_->grid->viewport()->mapToGlobal(impl_->grid->cellRect(*current).center());
  impl_->menu->popup(where, impl_->state.classes);
}

void DataGallery::showLike() {
  const auto current = impl_->grid->current();
  const auto* item = current ? impl_->pages.find(*current) : nullptr;
  if (!item || item->id.empty()) return;
  impl_->likeId = item->id;
  impl_->likeName = fromUtf8(displayText(item->path)).section(QLatin1Char('/'), -1);
  impl_->fillSort();
  impl_->sort->setCurrentIndex(impl_->sort->count() - 1);
  impl_->ask();
}

bool DataGallery::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && watched == impl_->grid && impl_->wants(static_cast<QKeyEvent*>(event))) {
    event->accept();  // The canvas has other plans with these keys.
    return true;
  }
  if (event->type() == QEvent::KeyPress && watched == impl_->grid && impl_->key(static_cast<QKeyEvent*>(event))) return true;
  if (event->type() == QEvent::ContextMenu) {
    impl_->contextMenu(static_cast<QContextMenuEvent*>(event)->globalPos());
    return true;
  }
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) QTimer::singleShot(0, this, [this] { impl_->tellChosen(); });
  return QWidget::eventFilter(watched, event);
}

void DataGallery::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange || !impl_ || !impl_->bar) return;
  impl_->retranslate();
  if (impl_->grid->count()) impl_->grid->itemsChanged(0, impl_->grid->count());
}

}  // namespace patchbay::widgets
