// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/data_import.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include "app/studio/try_it/try_parts.h"
#include "app/studio/window/dialog_foot.h"
#include "app/studio/workspace.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/say.h"
#include "widgets/gallery/class_bars.h"
#include "widgets/gallery/data_item.h"
#include "widgets/gallery/format_report.h"
#include "widgets/gallery/picture_grid.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::Tone;

struct DataImportDialog::Impl {
  DataImportDialog& self;
  Workspace& workspace;
  std::string path;
  Value preview, formats;  ///< What is there; all formats there are.
  std::unique_ptr<QObject> request;
  bool looking = false, importing = false, done = false;

  QLineEdit* where = nullptr;
  QPushButton *folder = nullptr, *file = nullptr, *ok = nullptr, *cancel = nullptr;
  QLabel *formatLabel = nullptr, *conflictLabel = nullptr, *headline = nullptr, *progress = nullptr;
  QComboBox *format = nullptr, *conflict = nullptr;
  QCheckBox* copy = nullptr;
  widgets::ClassBars* bars = nullptr;
  widgets::FormatReport* report = nullptr;
  widgets::PictureGrid* sample = nullptr;
  Remark* remark = nullptr;
  QProgressBar* bar = nullptr;

  Impl(DataImportDialog& dialog, Workspace& of) : self{dialog}, workspace{of} {}
  void build();
  QLayout* buildPath();
  QLayout* buildChoices();
  QWidget* buildMiddle();
  void connectParts();
  void retranslate();
  void look(const std::string& as);
  void show();
  void fillFormats();
  void fillSample();
  void update();
  QString whyNot() const;
  std::int64_t pictures() const { return preview["items"].asInt(); }
};

QLayout* DataImportDialog::Impl::buildPath() {
  const auto parts = makePathRow(self, QStringLiteral("dataImport"), QStringLiteral("folder"), QStringLiteral("file"));
  where = parts.where;
  folder = parts.folder;
  file = parts.file;
  formatLabel = new QLabel{&self};
  format = new QComboBox{&self};
  format->setObjectName(QStringLiteral("dataImport.format"));
  format->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  formatLabel->setBuddy(format);
  auto* row = parts.row;
  row->addSpacing(8);
  row->addWidget(formatLabel);
  row->addWidget(format);
  return row;
}

QWidget* DataImportDialog::Impl::buildMiddle() {
  bars = new widgets::ClassBars;
  bars->setObjectName(QStringLiteral("dataImport.classes"));
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(bars);
  report = new widgets::FormatReport;
  report->setObjectName(QStringLiteral("dataImport.report"));
  auto* halves = new QSplitter{Qt::Horizontal, &self};
  sample = new widgets::PictureGrid{workspace.session()};
  sample->setObjectName(QStringLiteral("dataImport.sample"));
  sample->setCellSize(96);
  auto* right = new QSplitter{Qt::Vertical};
  right->addWidget(report);
  right->addWidget(sample);
  right->setSizes({160, 240});
  right->setChildrenCollapsible(false);
  halves->addWidget(scroll);
  halves->addWidget(right);
  halves->setStretchFactor(0, 1);
  halves->setStretchFactor(1, 1);
  halves->setSizes({400, 400});
  halves->setChildrenCollapsible(false);
  return halves;
}

QLayout* DataImportDialog::Impl::buildChoices() {
  copy = new QCheckBox{&self};
  copy->setObjectName(QStringLiteral("dataImport.copy"));
  conflictLabel = new QLabel{&self};
  conflict = new QComboBox{&self};
  conflict->setObjectName(QStringLiteral("dataImport.conflict"));
  conflictLabel->setBuddy(conflict);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(copy);
  row->addStretch(1);
  row->addWidget(conflictLabel);
  row->addWidget(conflict);
  return row;
}

void DataImportDialog::Impl::build() {
  headline = new QLabel{&self};
  headline->setObjectName(QStringLiteral("dataImport.headline"));
  headline->setWordWrap(true);
  auto font = headline->font();
  font.setWeight(QFont::DemiBold);
  headline->setFont(font);
  remark = new Remark{QStringLiteral("dataImport.remark"), &self};
  const auto foot = makeFoot(self, QStringLiteral("dataImport"));
  progress = foot.progress;
  bar = foot.bar;
  bar->setRange(0, 0);
  ok = foot.ok;
  cancel = foot.cancel;
  auto* column = makeColumn(self);
  column->addLayout(buildPath());
  column->addWidget(headline);
  column->addWidget(buildMiddle(), 1);
  column->addWidget(remark);
  column->addLayout(buildChoices());
  column->addLayout(foot.row);
}

void DataImportDialog::Impl::connectParts() {
  connect(where, &QLineEdit::editingFinished, &self, [this] {
    if (const auto now = QFile::encodeName(where->text()).toStdString(); now != path) self.setPath(where->text());
  });
  connect(folder, &QPushButton::clicked, &self, [this] {
    widgets::askPath(&self, {.title = tr("Choose a folder"), .start = where->text()},
                     [this](const QString& chosen) { self.setPath(chosen); });
  });
  connect(file, &QPushButton::clicked, &self, [this] {
    widgets::askPath(
        &self,
        {.ask = widgets::Ask::File,
         .title = tr("Choose an archive or a file of annotations"),
         .start = where->text(),
         .filters = tr("Data sets (*.zip *.tar *.tar.gz *.tgz *.tar.xz *.json *.xml *.csv *.tsv *.yaml *.yml);;All files (*)")},
        [this](const QString& chosen) { self.setPath(chosen); });
  });
  connect(&workspace.session(), &Session::eventArrived, &self, [this](const Value& event) {
    if (!importing || event["event"].asText() != "data_progress" || event["do"].asText() != "import") return;
    progress->setText(tr("%1 so far").arg(widgets::sayCount(TR("gallery", "{n} picture(s)"), event["done"].asInt())));
    if (preview["complete"].asBool(true) && pictures() > 0) {
      bar->setRange(0, static_cast<int>(pictures()));
      bar->setValue(static_cast<int>(event["done"].asInt()));
    }
  });
  connect(format, &QComboBox::activated, &self, [this] { look(widgets::toUtf8(format->currentData().toString())); });
}

void DataImportDialog::Impl::retranslate() {
  self.setWindowTitle(tr("Import into the data set"));
  where->setAccessibleName(tr("Folder, archive or file of annotations"));
  folder->setText(tr("F&older…"));
  folder->setToolTip(tr("Choose the folder that holds the pictures or the export of another tool"));
  file->setText(tr("&File…"));
  file->setToolTip(tr("Choose an archive (ZIP, TAR) or a file that lists pictures and annotations"));
  formatLabel->setText(tr("Fo&rmat"));
  conflictLabel->setText(tr("Pictures that are &there already"));
  const auto chosen = conflict->currentIndex();
  conflict->clear();
  conflict->addItem(tr("Get the labels they lack"), QStringLiteral("add"));
  conflict->addItem(tr("Stay as they are"), QStringLiteral("keep"));
  conflict->addItem(tr("Take the new labels"), QStringLiteral("replace"));
  conflict->setCurrentIndex(std::max(0, chosen));
  copy->setText(tr("&Copy the pictures into the project"));
  copy->setToolTip(tr("The project then has all it needs, also on another computer. Pictures out of an archive are always copied."));
  cancel->setText(done ? tr("Close") : tr("Cancel"));
  show();
}

void DataImportDialog::Impl::look(const std::string& as) {
  request = std::make_unique<QObject>();
  looking = true;
  done = false;
  preview = {};
  remark->say(Tone::Neutral, {});
  Value ask = Value::Map{{"do", "preview"}, {"path", pathToValue(path)}};
  if (!as.empty()) ask["format"] = as;
  workspace.session().ask("data", std::move(ask), request.get(), [this](const Result<Value>& answer) {
    request.release()->deleteLater();
    looking = false;
    if (answer) preview = *answer;
    else remark->say(Tone::Bad, widgets::say(answer.error()));
    show();
  });
  show();
}

/// Those that fit first, then all others, for files that were not recognised.
void DataImportDialog::Impl::fillFormats() {
  if (preview.isNull()) return;
  format->clear();
  const auto add = [this](const std::string& id, const Value& title) {
    if (format->findData(fromUtf8(id)) < 0) format->addItem(widgets::say(textFromValue(title)), fromUtf8(id));
  };
  for (const auto& one : preview["candidates"].asList()) add(one["format"].asText(), one["title"]);
  for (const auto& one : formats["formats"].asList()) add(one["id"].asText(), one["title"]);
  format->setCurrentIndex(std::max(0, format->findData(fromUtf8(preview["format"].asText()))));
}

/// Pictures inside an archive are not unpacked to be looked at.
void DataImportDialog::Impl::fillSample() {
  std::vector<widgets::GalleryItem> items;
  if (!preview["archive"].asBool())
    for (const auto& one : preview["sample"].asList()) {
      const auto shown = pathFromValue(one);
      widgets::GalleryItem item;
      item.picture.path = shown.native();
      item.caption = fromUtf8(displayText(shown.filename().native()));
      item.note = fromUtf8(displayText(shown.parent_path().filename().native()));
      item.details = {{tr("File"), fromUtf8(displayText(shown.native()))}};
      items.push_back(std::move(item));
    }
  sample->setVisible(!items.empty());
  sample->setItems(std::move(items));
}

void DataImportDialog::Impl::show() {
  fillFormats();
  fillSample();
  std::vector<widgets::ClassCount> counts;
  for (const auto& c : preview["classes"].asList()) {
    widgets::ClassCount one;
    one.name = fromUtf8(displayText(c["name"].asText()));
    one.none = c["count"].asInt();
    counts.push_back(std::move(one));
  }
  if (const auto n = preview["unlabelled"].asInt(); n > 0) {
    widgets::ClassCount one;
    one.name = tr("No label");
    one.none = n;
    one.unlabelled = true;
    counts.push_back(std::move(one));
  }
  const auto classes = static_cast<std::int64_t>(preview["classes"].asList().size());
  bars->setCounts(std::move(counts));
  report->setVisible(!preview.isNull());
  report->setReport(preview["problems"], false);
  headline->setText(
      looking            ? tr("Looking at what is there…")
      : preview.isNull() ? tr("Choose a folder, an archive or another tool's export.")
      : !preview["complete"].asBool(true)
          ? tr("%1, %2 and more would come in; there was no time to read everything.")
                .arg(widgets::sayCount(TR("gallery", "{n} picture(s)"), pictures()), widgets::sayClasses(classes))
          : tr("%1, %2 would come in.").arg(widgets::sayCount(TR("gallery", "{n} picture(s)"), pictures()), widgets::sayClasses(classes)));
  update();
}

QString DataImportDialog::Impl::whyNot() const {
  if (looking) return tr("The files are being looked at.");
  if (importing) return tr("The pictures are coming in.");
  if (done) return tr("They are in.");
  if (workspace.session().readOnly()) return tr("The project folder is read-only.");
  if (preview.isNull()) return tr("Choose where the pictures are first.");
  if (pictures() == 0) return tr("No picture was found there. Choose another folder or another format.");
  return {};
}

void DataImportDialog::Impl::update() {
  const auto why = whyNot();
  ok->setText(tr("I&mport"));
  ok->setEnabled(why.isEmpty());
  ok->setToolTip(why.isEmpty() ? tr("Brings them into the data set, as one step that can be undone") : why);
  bar->setVisible(looking || importing);
  bar->setRange(0, 0);
  progress->setText(why);
  const bool archive = preview["archive"].asBool();
  if (archive) copy->setChecked(true);
  for (auto* one : std::initializer_list<QWidget*>{where, folder, file, format, conflict}) one->setEnabled(!importing);
  copy->setEnabled(!importing && !archive);
}

DataImportDialog::DataImportDialog(Workspace& workspace, QWidget* parent) : QDialog{parent}, impl_{new Impl{*this, workspace}} {
  setObjectName(QStringLiteral("dataImport"));
  setAttribute(Qt::WA_DeleteOnClose);
  impl_->build();
  impl_->connectParts();
  impl_->retranslate();
  workspace.session().live("patchbay.live.formats", "formats", {}, "formats", this, [this](const Result<Value>& answer) {
    if (!answer) return;
    impl_->formats = *answer;
    impl_->fillFormats();
  });
  resize(900, 620);
}

DataImportDialog::~DataImportDialog() = default;

void DataImportDialog::setPath(const QString& path) {
  impl_->where->setText(path);
  impl_->path = QFile::encodeName(path).toStdString();
  impl_->format->clear();
  if (!path.isEmpty()) impl_->look({});
}

bool DataImportDialog::idle() const { return !impl_->looking && !impl_->importing; }

void DataImportDialog::accept() {
  if (!impl_->whyNot().isEmpty()) return;
  auto& i = *impl_;
  i.importing = true;
  i.update();
  i.request = std::make_unique<QObject>();
  Value ask = Value::Map{{"do", "import"},
                         {"path", pathToValue(i.path)},
                         {"copy", i.copy->isChecked()},
                         {"on_conflict", widgets::toUtf8(i.conflict->currentData().toString())}};
  if (i.format->currentIndex() >= 0) ask["format"] = widgets::toUtf8(i.format->currentData().toString());
  i.workspace.session().ask("data", std::move(ask), i.request.get(), [this](const Result<Value>& answer) {
    auto& with = *impl_;
    with.request.release()->deleteLater();
    with.importing = false;
    if (!answer) {
      with.remark->say(Tone::Bad, widgets::say(answer.error()));
      return with.update();
    }
    // What was left out has to be seen; without any the pictures are.
    const auto& report = (*answer)["report"];
    const bool noticed = std::ranges::any_of(report.asList(), [](const Value& one) { return one["left_out"].asBool(); });
    if (!noticed) return QDialog::accept();
    with.done = true;
    with.report->setReport(report, false);
    with.remark->say(Tone::Good, tr("The pictures are in the data set. What could not be taken is listed above."));
    with.cancel->setText(tr("Close"));
    with.update();
  });
}

void DataImportDialog::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->bar) impl_->retranslate();
}

void openDataImport(Workspace& workspace, const QString& path, QWidget* over) {
  const auto& from = path;
  auto* dialog = new DataImportDialog{workspace, over->window()};
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
  if (!from.isEmpty()) dialog->setPath(from);
}

}  // namespace patchbay::studio
