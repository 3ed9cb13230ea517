// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/pipeline_file.h"

#include <algorithm>

#include "engine/base/file.h"
#include "engine/service/connect.h"
#include "widgets/base/say.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

namespace {

constexpr int settleMs = 300;  // editors write in several steps

Digest digestOnDisk(const fs::path& file) {
  const auto digest = digestOfFile(file);
  return digest ? *digest : Digest{};
}

}  // namespace

PipelinePlace placeOfAny(const fs::path& path) {
  std::error_code ec;
  if (!fs::is_directory(path, ec)) return placeOf(path);
  const auto project = fs::absolute(path, ec).lexically_normal();
  fs::path newest;
  fs::file_time_type time{};
  for (fs::directory_iterator it{project / "pipelines", ec}, end; !ec && it != end; it.increment(ec)) {
    if (it->path().extension() != ".json" || it->path().filename().native().starts_with(".")) continue;
    const auto written = it->last_write_time(ec);
    if (newest.empty() || written > time) newest = it->path(), time = written;
  }
  return {newest.empty() ? project / "pipelines" / "pipeline.json" : newest, project, project};
}

Result<PipelinePlace> existingPlace(const fs::path& path) {
  std::error_code ec;
  if (!fs::exists(path, ec))
    return fail(ErrorKind::NotFound, "open.missing", TR("studio", "{path} is not there any more.").with("path", displayText(path.native())),
                TR("studio", "If it was moved, open it from where it is now."));
  return placeOfAny(path);
}

Result<Digest> writeDocument(const Document& document, const fs::path& file) {
  const auto json = document.toJson();
  std::error_code ec;
  fs::create_directories(file.parent_path(), ec);
  PB_CHECK(writeFileAtomically(file, json));
  return digestOf(json);
}

Result<> keepNewestRun(const PipelinePlace& place, const fs::path& engineProgram) {
  std::error_code ec;
  if (fs::exists(place.file, ec) || !fs::exists(place.project / "project.db", ec)) return {};
  ConnectOptions options;
  options.clientName = "patchbay-studio";
  options.engineProgram = engineProgram;
  const auto engine = connectEngine(place.project, options);
  if (!engine) return {};
  const auto run = (*engine)->showRun({});
  if (!run) return {};
  PB_TRY(const auto document, Document::fromValue((*run)["document"]));
  PB_CHECK(writeDocument(document, place.file));
  return {};
}

Result<std::shared_ptr<PipelineFile::Loaded>> PipelineFile::load(PipelinePlace place, const std::string& title) {
  std::error_code ec;
  if (!fs::exists(place.file, ec)) {
    PB_CHECK(writeDocument(Document::create(title), place.file));
  }
  auto loaded = std::make_shared<Loaded>();
  loaded->onDisk = digestOnDisk(place.file);
  PB_TRY(loaded->opened, edit::Journal::open(place.file));
  loaded->place = std::move(place);
  return loaded;
}

PipelineFile::PipelineFile(const std::shared_ptr<Loaded>& loaded, QObject* parent)
    : QObject{parent},
      place_{loaded->place},
      editor_{std::move(loaded->opened.document)},
      journal_{std::move(loaded->opened.journal)},
      onDisk_{loaded->onDisk},
      recovered_{loaded->opened.recovered},
      changedOutside_{loaded->opened.fileChanged} {
  // Recovered gestures are not in the file: no state of this editor is the saved one.
  savedState_ = recovered_ ? ~std::uint64_t{0} : editor_.state();
  wasModified_ = modified();
  editor_.setRecorder([this](const Value& record) {
    if (journal_) journal_->record(record);
  });
  listening_ = editor_.listen([this](const edit::Touched&) {
    if (modified() == wasModified_) return;
    wasModified_ = modified();
    Q_EMIT modifiedChanged(wasModified_);
  });
  settle_.setSingleShot(true);
  settle_.setInterval(settleMs);
  connect(&settle_, &QTimer::timeout, this, &PipelineFile::look);
  connect(&watcher_, &QFileSystemWatcher::fileChanged, &settle_, qOverload<>(&QTimer::start));
  connect(&watcher_, &QFileSystemWatcher::directoryChanged, &settle_, qOverload<>(&QTimer::start));
  watch();
  errors_.setInterval(2000);
  connect(&errors_, &QTimer::timeout, this, [this] {
    if (!journal_) return;
    if (auto error = journal_->takeError()) Q_EMIT journalFailed(*error);
  });
  errors_.start();
}

PipelineFile::~PipelineFile() {
  listening_.reset();
  editor_.setRecorder({});
  // Nothing unsaved: no journal has to stay.
  if (journal_ && !modified()) (void)journal_->discard();
}

bool PipelineFile::modified() const { return editor_.state() != savedState_; }

void PipelineFile::watch() {
  const auto file = widgets::fromUtf8(place_.file.native());
  // The folder as well: whoever writes by renaming makes a new file, which the old watch does not see.
  if (!watcher_.files().contains(file)) watcher_.addPath(file);
  const auto folder = widgets::fromUtf8(place_.file.parent_path().native());
  if (!watcher_.directories().contains(folder)) watcher_.addPath(folder);
}

void PipelineFile::look() {
  watch();
  const auto now = digestOnDisk(place_.file);
  if (now == onDisk_ || now.isZero()) return;
  onDisk_ = now;
  changedOutside_ = true;
  Q_EMIT fileChanged();
}

PipelineFile::Saving PipelineFile::startSaving() const { return {editor_.document(), editor_.state()}; }

Result<> PipelineFile::saved(const Saving& saving, const Digest& bytes) {
  onDisk_ = bytes;
  changedOutside_ = false;
  savedState_ = saving.state;
  wasModified_ = modified();
  Q_EMIT modifiedChanged(wasModified_);
  watch();
  // What was edited while the file was being written stays in the journal, which knows it as gestures since the last save.
  if (wasModified_ || !journal_) return {};
  return journal_->saved(saving.document);
}

void PipelineFile::discard() {
  if (journal_) (void)journal_->discard();
  journal_.reset();
}

void PipelineFile::reload(const std::shared_ptr<Loaded>& loaded) {
  onDisk_ = loaded->onDisk;
  changedOutside_ = false;
  journal_ = std::move(loaded->opened.journal);
  editor_.reset(std::move(loaded->opened.document));
  savedState_ = editor_.state();
  wasModified_ = false;
  Q_EMIT modifiedChanged(false);
}

void PipelineFile::keepMine() {
  changedOutside_ = false;
  savedState_ = ~std::uint64_t{0};  // What is here is not what is there.
  wasModified_ = true;
  Q_EMIT modifiedChanged(true);
}

}  // namespace patchbay::studio
