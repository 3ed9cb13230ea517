// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/data_export.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include "app/studio/label/label_effort.h"
#include "app/studio/try_it/try_parts.h"
#include "app/studio/window/dialog_foot.h"
#include "app/studio/workspace.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/say.h"
#include "widgets/gallery/data_item.h"
#include "widgets/gallery/format_report.h"
#include "widgets/gallery/history_panel.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::Tone;

namespace {
constexpr std::int64_t revisionsOffered = 100;
}

struct DataExportDialog::Impl {
  DataExportDialog& self;
  Workspace& workspace;
  Value formats;
  std::unique_ptr<QObject> request;
  bool writing = false, written = false;

  QLabel *formatLabel = nullptr, *whereLabel = nullptr, *revisionLabel = nullptr, *asLabel = nullptr, *about = nullptr, *progress = nullptr;
  QComboBox *format = nullptr, *revision = nullptr, *as = nullptr;
  QLineEdit* where = nullptr;
  QPushButton *browse = nullptr, *ok = nullptr, *cancel = nullptr;
  widgets::FormatReport* report = nullptr;
  Remark* remark = nullptr;
  QProgressBar* bar = nullptr;

  Impl(DataExportDialog& dialog, Workspace& of) : self{dialog}, workspace{of} {}
  void build();
  void askFormats();
  void askRevisions();
  void fillFormats();
  void retranslate();
  void update();
  void changeKind();
  void browseFor();
  bool archive() const { return as->currentIndex() == 1; }
  QString whyNot() const;
};

void DataExportDialog::Impl::build() {
  const auto named = [](auto* widget, const char* name) {
    widget->setObjectName(QLatin1String{name});
    return widget;
  };
  format = named(new QComboBox{&self}, "dataExport.format");
  revision = named(new QComboBox{&self}, "dataExport.revision");
  as = named(new QComboBox{&self}, "dataExport.as");
  as->addItems({QString{}, QString{}});
  where = named(new QLineEdit{&self}, "dataExport.path");
  browse = named(new QPushButton{&self}, "dataExport.browse");
  browse->setIcon(widgets::icon(QStringLiteral("folder")));
  formatLabel = new QLabel{&self};
  revisionLabel = new QLabel{&self};
  whereLabel = new QLabel{&self};
  asLabel = new QLabel{&self};
  asLabel->setBuddy(as);
  formatLabel->setBuddy(format);
  revisionLabel->setBuddy(revision);
  whereLabel->setBuddy(where);
  about = new QLabel{&self};
  about->setWordWrap(true);
  auto* row = new QHBoxLayout;
  row->addWidget(where, 1);
  row->addWidget(browse);
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(12);
  form->setVerticalSpacing(8);
  form->addRow(formatLabel, format);
  form->addRow(QString{}, about);
  form->addRow(revisionLabel, revision);
  form->addRow(asLabel, as);
  form->addRow(whereLabel, row);
  report = named(new widgets::FormatReport{&self}, "dataExport.report");
  report->hide();
  remark = new Remark{QStringLiteral("dataExport.remark"), &self};
  const auto foot = makeFoot(self, QStringLiteral("dataExport"));
  progress = foot.progress;
  bar = foot.bar;
  bar->setRange(0, 0);
  ok = foot.ok;
  cancel = foot.cancel;
  auto* column = makeColumn(self);
  column->addLayout(form);
  column->addWidget(remark);
  column->addWidget(report, 1);
  column->addStretch(0);
  column->addLayout(foot.row);
  connect(format, &QComboBox::currentIndexChanged, &self, [this] { update(); });
  connect(where, &QLineEdit::textChanged, &self, [this] { update(); });
  connect(as, &QComboBox::currentIndexChanged, &self, [this] { changeKind(); });
  connect(browse, &QPushButton::clicked, &self, [this] { browseFor(); });
  connect(remark, &Remark::actionWanted, &self, [this] {
    const QFileInfo target{where->text().trimmed()};
    QDesktopServices::openUrl(QUrl::fromLocalFile(archive() ? target.absolutePath() : target.absoluteFilePath()));
  });
  connect(&workspace.session(), &Session::eventArrived, &self, [this](const Value& event) {
    if (!writing || event["event"].asText() != "data_progress" || event["do"].asText() != "export") return;
    progress->setText(tr("%1 so far").arg(widgets::sayCount(TR("gallery", "{n} picture(s)"), event["done"].asInt())));
    bar->setRange(0, static_cast<int>(event["total"].asInt()));
    bar->setValue(static_cast<int>(event["done"].asInt()));
  });
}

void DataExportDialog::Impl::browseFor() {
  using widgets::Ask;
  const auto question = archive() ? widgets::PathQuestion{.ask = Ask::Save,
                                                          .title = tr("Choose a file to write"),
                                                          .start = where->text(),
                                                          .filters = tr("ZIP archives (*.zip)")}
                                  : widgets::PathQuestion{.title = tr("Choose a folder to write into"), .start = where->text()};
  widgets::askPath(&self, question, [this](const QString& chosen) { where->setText(chosen); });
}

/// The engine tells an archive by its extension: the path follows the choice.
void DataExportDialog::Impl::changeKind() {
  auto path = where->text().trimmed();
  const bool zip = path.endsWith(QLatin1String{".zip"}, Qt::CaseInsensitive);
  if (!path.isEmpty() && archive() && !zip) where->setText(path + QStringLiteral(".zip"));
  if (!path.isEmpty() && !archive() && zip) where->setText(path.chopped(4));
  retranslate();
}

void DataExportDialog::Impl::askFormats() {
  workspace.session().live("patchbay.live.formats", "formats", {}, "formats", &self, [this](const Result<Value>& answer) {
    if (answer) formats = *answer;
    else remark->say(Tone::Bad, widgets::say(answer.error()));
    fillFormats();
  });
}

void DataExportDialog::Impl::askRevisions() {
  workspace.session().ask("data", Value::Map{{"do", "history"}, {"limit", revisionsOffered}}, &self, [this](const Result<Value>& answer) {
    if (!answer) return;
    revision->clear();
    revision->addItem(tr("The newest"), QStringLiteral("newest"));
    for (const auto& one : answer->asList()) {
      const auto known = widgets::revisionFromValue(one);
      revision->addItem(tr("%1: %2").arg(widgets::sayRevision(known), widgets::say(known.what)), fromUtf8(known.id));
    }
  });
}

void DataExportDialog::Impl::fillFormats() {
  const auto before = format->currentData().toString();
  const auto& list = formats.isList() ? formats.asList() : formats["formats"].asList();
  format->clear();
  for (const auto& one : list) {
    if (one.contains("writes") && !one["writes"].asBool()) continue;
    format->addItem(widgets::say(textFromValue(one["title"])), fromUtf8(one["id"].asText()));
    format->setItemData(format->count() - 1, widgets::say(textFromValue(one["summary"])), Qt::UserRole + 1);
  }
  format->setCurrentIndex(std::max(0, format->findData(before.isEmpty() ? QStringLiteral("coco") : before)));
  update();
}

void DataExportDialog::Impl::retranslate() {
  self.setWindowTitle(tr("Export the data set"));
  formatLabel->setText(tr("Fo&rmat"));
  revisionLabel->setText(tr("Re&vision"));
  asLabel->setText(tr("&As"));
  as->setItemText(0, tr("A folder"));
  as->setItemText(1, tr("One ZIP file"));
  as->setAccessibleName(tr("What is written"));
  whereLabel->setText(archive() ? tr("&File") : tr("&Folder"));
  where->setPlaceholderText(archive() ? tr("A file that is not there yet") : tr("A folder that is empty or not there yet"));
  where->setAccessibleName(where->placeholderText());
  browse->setText(tr("&Choose…"));
  revision->setAccessibleName(tr("State of the data that is written"));
  fillFormats();
}

QString DataExportDialog::Impl::whyNot() const {
  if (writing) return tr("The files are being written.");
  if (written) return tr("The files are written.");
  if (format->currentIndex() < 0) return tr("The formats are being asked for.");
  if (where->text().trimmed().isEmpty())
    return archive() ? tr("Choose a file to write first.") : tr("Choose a folder to write into first.");
  if (archive() && !where->text().trimmed().endsWith(QLatin1String{".zip"}, Qt::CaseInsensitive))
    return tr("The name of a ZIP file ends with .zip.");
  return {};
}

void DataExportDialog::Impl::update() {
  const auto why = whyNot();
  about->setText(format->currentData(Qt::UserRole + 1).toString());
  about->setVisible(!about->text().isEmpty());
  ok->setText(tr("E&xport"));
  ok->setEnabled(why.isEmpty());
  ok->setToolTip(why.isEmpty() ? tr("Writes the pictures and annotations there") : why);
  cancel->setText(written ? tr("Close") : tr("Cancel"));
  bar->setVisible(writing);
  bar->setRange(0, 0);
  progress->setText(why);
  for (auto* one : std::initializer_list<QWidget*>{format, revision, as, where, browse}) one->setEnabled(!writing);
}

DataExportDialog::DataExportDialog(Workspace& workspace, QWidget* parent) : QDialog{parent}, impl_{new Impl{*this, workspace}} {
  setObjectName(QStringLiteral("dataExport"));
  setAttribute(Qt::WA_DeleteOnClose);
  impl_->build();
  impl_->retranslate();
  impl_->askFormats();
  impl_->askRevisions();
  resize(640, 300);
}

DataExportDialog::~DataExportDialog() = default;

bool DataExportDialog::idle() const { return !impl_->writing && impl_->format->count() > 0; }

void DataExportDialog::accept() {
  if (!impl_->whyNot().isEmpty()) return;
  auto& i = *impl_;
  i.writing = true;
  i.update();
  i.request = std::make_unique<QObject>();
  Value ask = Value::Map{{"do", "export"},
                         {"format", widgets::toUtf8(i.format->currentData().toString())},
                         {"folder", pathToValue(QFile::encodeName(i.where->text().trimmed()).toStdString())}};
  const auto revision = i.revision->currentData().toString();
  if (!revision.isEmpty() && revision != QLatin1String{"newest"}) ask["revision"] = widgets::toUtf8(revision);
  i.workspace.session().ask("data", std::move(ask), i.request.get(), [this](const Result<Value>& answer) {
    auto& with = *impl_;
    with.request.release()->deleteLater();
    with.writing = false;
    if (!answer) {
      with.remark->say(Tone::Bad, widgets::say(answer.error()));
      return with.update();
    }
    with.written = true;
    // What the labels cost goes with them.
    with.workspace.session().inThread(
        [project = with.workspace.session().project(), to = pathFromValue((*answer)["path"])]() -> Result<std::any> {
          exportEffort(project, to);
          return std::any{};
        },
        this, [](const auto&) {});
    with.remark->say(Tone::Good, tr("The data set is written."), tr("Open the folder"));
    with.report->setReport((*answer)["report"], true);
    with.report->show();
    resize(std::max(width(), 720), std::max(height(), 460));
    with.update();
  });
}

void DataExportDialog::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->bar) impl_->retranslate();
}

void openDataExport(Workspace& workspace, QWidget* over) {
  auto* dialog = new DataExportDialog{workspace, over->window()};
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
}

}  // namespace patchbay::studio
