// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/import_data_view.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "app/studio/window/panels.h"
#include "app/studio/workspace.h"
#include "engine/data/dataset.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/say.h"
#include "widgets/gallery/class_bars.h"
#include "widgets/gallery/picture_grid.h"
#include "widgets/results/report_data.h"

namespace patchbay::studio {

using widgets::fromUtf8;

namespace {

struct Row {
  std::string id, picture, path;
  std::int32_t label = -1;  ///< Index of a class.
  Split split = Split::None;
};

/// Read in a thread.
struct Read {
  std::vector<std::string> classes;
  std::vector<Row> rows;
};

Result<std::any> readRows(ObjectReader& reader, const std::string& digest) {
  PB_TRY(const auto parsed, Digest::parse(digest));
  PB_TRY(const auto value, PortValue::load(reader, parsed));
  PB_TRY(const auto set, Dataset::load(reader, value));
  auto out = std::make_shared<Read>();
  out->classes = set.info().classes;
  out->rows.reserve(set.size());
  std::map<std::string, std::int32_t, std::less<>> index;
  for (std::size_t i = 0; i < out->classes.size(); ++i) index[out->classes[i]] = static_cast<std::int32_t>(i);
  PB_CHECK(set.forEach(reader, [&](const Item& item) -> Result<> {
    Row row{item.id, item.digest.hex(), item.paths.empty() ? std::string{} : item.paths.front(), -1, item.split};
    if (const auto* label = item.label())
      if (const auto found = index.find(*label); found != index.end()) row.label = found->second;
    out->rows.push_back(std::move(row));
    return {};
  }));
  std::ranges::sort(out->rows, {}, &Row::path);
  return std::any{std::shared_ptr<const Read>{out}};
}

constexpr int everything = -2, unlabelled = -1;

}  // namespace

struct DataView::Impl {
  DataView& self;
  Workspace& workspace;
  NodeId block;
  std::string digest;
  std::shared_ptr<const Read> data;
  std::vector<std::size_t> visible;
  std::uint64_t round = 0;
  std::optional<Error> error;

  QStackedWidget* pages = nullptr;
  widgets::EmptyState* empty = nullptr;
  QComboBox *ofClass = nullptr, *ofPart = nullptr;
  QLabel *classLabel = nullptr, *partLabel = nullptr, *headline = nullptr;
  widgets::ClassBars* bars = nullptr;
  widgets::PictureGrid* grid = nullptr;

  Impl(DataView& view, Workspace& of) : self{view}, workspace{of} {}
  void build();
  void retranslate();
  void load();
  void fill();
  void filter();
  QString nameOf(std::int32_t label) const {
    return label < 0 ? tr("No label") : fromUtf8(displayText(data->classes[static_cast<std::size_t>(label)]));
  }
};

void DataView::Impl::build() {
  empty = new widgets::EmptyState;
  auto* page = new QWidget;
  headline = new QLabel{page};
  headline->setObjectName(QStringLiteral("data.headline"));
  headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto font = headline->font();
  font.setWeight(QFont::DemiBold);
  headline->setFont(font);
  headline->setWordWrap(true);
  const auto combo = [&](const char* name, QLabel*& label) {
    auto* box = new QComboBox{page};
    box->setObjectName(QLatin1String{name});
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    label = new QLabel{page};
    label->setBuddy(box);
    return box;
  };
  ofClass = combo("data.class", classLabel);
  ofPart = combo("data.part", partLabel);
  auto* top = new QHBoxLayout;
  top->addWidget(headline, 1);
  for (auto* w : std::initializer_list<QWidget*>{classLabel, ofClass, partLabel, ofPart}) top->addWidget(w);
  bars = new widgets::ClassBars;
  bars->setObjectName(QStringLiteral("data.bars"));
  auto* scroll = new QScrollArea{page};
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(bars);
  grid = new widgets::PictureGrid{workspace.session(), page};
  grid->setObjectName(QStringLiteral("data.grid"));
  grid->setCellSize(96);
  auto* halves = new QSplitter{Qt::Horizontal, page};
  halves->addWidget(scroll);
  halves->addWidget(grid);
  halves->setStretchFactor(0, 1);
  halves->setStretchFactor(1, 3);
  halves->setChildrenCollapsible(false);
  auto* column = new QVBoxLayout{page};
  column->setContentsMargins(12, 8, 12, 8);
  column->addLayout(top);
  column->addWidget(halves, 1);
  pages = new QStackedWidget{&self};
  pages->addWidget(empty);
  pages->addWidget(page);
  auto* outer = new QVBoxLayout{&self};
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(pages);
  for (auto* box : {ofClass, ofPart}) connect(box, &QComboBox::activated, &self, [this] { filter(); });
  connect(bars, &widgets::ClassBars::classActivated, &self, [this](int index) {
    const int label = data && index < static_cast<int>(data->classes.size()) ? index : unlabelled;
    // A second click shows all again.
    ofClass->setCurrentIndex(ofClass->findData(ofClass->currentData().toInt() == label ? everything : label));
    filter();
  });
  connect(&workspace.runs(), &RunController::statusChanged, &self, [this](const NodeId& id, const widgets::BlockStatus&) {
    if (id == block) load();
  });
}

void DataView::Impl::retranslate() {
  self.setAccessibleName(tr("Data"));
  classLabel->setText(tr("&Class"));
  partLabel->setText(tr("&Part"));
  fill();
}

void DataView::Impl::load() {
  const auto note = workspace.runs().outputOf(block, dataPort(workspace, block));
  const auto now = note ? note->digest : std::string{};
  if (now == digest && (data || error)) return;
  digest = now;
  data.reset();
  error.reset();
  ++round;
  fill();
  if (digest.empty()) return;
  workspace.session().readObjects([digest = digest](ObjectReader& reader) { return readRows(reader, digest); }, &self,
                                  [this, asked = round](const Result<std::any>& read) {
                                    if (asked != round) return;
                                    if (read) data = std::any_cast<std::shared_ptr<const Read>>(*read);
                                    else error = read.error();
                                    fill();
                                    Q_EMIT self.loaded();
                                  });
}

void DataView::Impl::fill() {
  pages->setCurrentIndex(data ? 1 : 0);
  if (!data) {
    grid->setItems({});
    if (error) return empty->setError(widgets::say(error->cause), widgets::say(error->hint));
    if (!digest.empty()) return empty->setText(tr("Reading the pictures…"), {});
    return empty->setText(
        tr("No pictures yet"),
        tr("Run this block to see its pictures: select it and press Ctrl+Shift+Return, or choose “Run to here” in its menu."));
  }
  std::vector<widgets::ClassCount> counts(data->classes.size() + 1);
  for (std::size_t i = 0; i < data->classes.size(); ++i) counts[i].name = nameOf(static_cast<std::int32_t>(i));
  counts.back().name = nameOf(unlabelled);
  counts.back().unlabelled = true;
  bool parts[4] = {};
  for (const auto& row : data->rows) {
    auto& c = counts[row.label < 0 ? data->classes.size() : static_cast<std::size_t>(row.label)];
    parts[static_cast<int>(row.split)] = true;
    ++(row.split == Split::Train ? c.train : row.split == Split::Validation ? c.validation : row.split == Split::Test ? c.test : c.none);
  }
  const auto before = std::pair{ofClass->count() > 0 ? ofClass->currentData().toInt() : everything,
                                ofPart->count() > 0 ? ofPart->currentData().toInt() : everything};
  ofClass->clear();
  ofClass->addItem(tr("All classes"), everything);
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (i < data->classes.size() || counts[i].total() > 0)
      ofClass->addItem(tr("%1 (%2)").arg(counts[i].name, QLocale{}.toString(qlonglong{counts[i].total()})),
                       i < data->classes.size() ? static_cast<int>(i) : unlabelled);
  if (counts.back().total() == 0) counts.pop_back();
  bars->setCounts(std::move(counts));
  ofPart->clear();
  ofPart->addItem(tr("All parts"), everything);
  for (const auto split : {Split::Train, Split::Validation, Split::Test})
    if (parts[static_cast<int>(split)]) ofPart->addItem(widgets::saySplit(split), static_cast<int>(split));
  for (auto* w : std::initializer_list<QWidget*>{ofPart, partLabel}) w->setVisible(ofPart->count() > 1);
  ofClass->setCurrentIndex(std::max(0, ofClass->findData(before.first)));
  ofPart->setCurrentIndex(std::max(0, ofPart->findData(before.second)));
  filter();
}

void DataView::Impl::filter() {
  const int label = ofClass->currentData().toInt(), part = ofPart->currentData().toInt();
  visible.clear();
  for (std::size_t i = 0; i < data->rows.size(); ++i) {
    const auto& row = data->rows[i];
    if ((label == everything || row.label == label) && (part == everything || static_cast<int>(row.split) == part)) visible.push_back(i);
  }
  const auto n = static_cast<std::int64_t>(visible.size());
  headline->setText(visible.size() == data->rows.size()
                        ? widgets::sayCount(TR("gallery", "{n} picture(s)"), n)
                        : tr("%1 of %2")
                              .arg(QLocale{}.toString(qlonglong{n}),
                                   widgets::sayCount(TR("gallery", "{n} picture(s)"), static_cast<std::int64_t>(data->rows.size()))));
  grid->setEmptyText(tr("No picture is of this class and part."));
  grid->setItems(visible.size(), [this](std::size_t at) {
    widgets::GalleryItem item;
    if (!data || at >= visible.size()) return item;
    const auto& row = data->rows[visible[at]];
    const auto path = fromUtf8(displayText(row.path));
    item.picture.digest = row.picture;
    item.id = row.id;
    item.caption = nameOf(row.label);
    item.note = path.section(QLatin1Char('/'), -1);
    item.details = {{tr("Class"), item.caption}, {tr("File"), path}};
    if (row.split != Split::None) item.details.emplace_back(tr("Part"), widgets::saySplit(row.split));
    return item;
  });
}

DataView::DataView(Workspace& workspace, QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, workspace}} {
  setObjectName(QStringLiteral("data"));
  impl_->build();
  impl_->retranslate();
}

DataView::~DataView() = default;

void DataView::showBlock(const NodeId& block) {
  impl_->block = block;
  impl_->load();
}

std::size_t DataView::shown() const { return impl_->data ? impl_->visible.size() : 0; }
std::size_t DataView::total() const { return impl_->data ? impl_->data->rows.size() : 0; }

void DataView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->pages) impl_->retranslate();
}

std::string dataPort(Workspace& workspace, const NodeId& block) {
  const auto* node = workspace.file().document().node(block);
  const auto* schema = node ? workspace.session().catalogue().find(node->type) : nullptr;
  if (!schema) return {};
  for (const auto& port : schema->ports)
    if (!port.input && port.type == "dataset") return port.key;
  return {};
}

bool openData(Workspace& workspace, const NodeId& block) {
  auto wanted = block;
  const auto has = [&](const NodeId& id) { return workspace.runs().outputOf(id, dataPort(workspace, id)).has_value(); };
  // Without a block: the selected one, or the first that has pictures; the panel says what to do when none has.
  if (wanted.empty())
    for (const auto& id : workspace.canvas().selectedBlocks())
      if (wanted.empty() && !dataPort(workspace, id).empty()) wanted = id;
  if (wanted.empty())
    for (const auto& node : workspace.file().document().nodes())
      if (wanted.empty() && has(node.id)) wanted = node.id;
  if (!block.empty() && !has(block)) return false;
  auto* view = qobject_cast<DataView*>(workspace.panel(QStringLiteral("data")));
  if (!view) {
    view = new DataView{workspace};
    QObject::connect(&workspace.canvas(), &widgets::CanvasView::selectionChanged, view, [&workspace, view] {
      const auto selected = workspace.canvas().selectedBlocks();
      if (view->isVisible() && selected.size() == 1 && !dataPort(workspace, selected.front()).empty()) view->showBlock(selected.front());
    });
  }
  showInDock(workspace, QStringLiteral("data"), view, QStringLiteral("results"));
  if (!wanted.empty()) view->showBlock(wanted);
  return true;
}

}  // namespace patchbay::studio
