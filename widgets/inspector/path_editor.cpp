// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include "widgets/base/ask_path.h"
#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/param_editor.h"

namespace patchbay::widgets {

namespace {

constexpr int side = 56;
constexpr int mostThumbnails = 6;

enum class Found { Nothing, File, Folder };

/// A row of small pictures, as many as there is room for.
class Thumbnails final : public QWidget {
 public:
  explicit Thumbnails(QWidget* parent) : QWidget{parent} {
    setFixedHeight(side);
    setVisible(false);
  }
  void clear() {
    images_.clear();
    setVisible(false);
  }
  void add(const QImage& image) {
    if (image.isNull()) return;
    images_.push_back(image);
    setVisible(true);
    update();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter p{this};
    p.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    int x = 0;
    for (const auto& image : images_) {
      if (x + side > width()) break;
      const auto edge = std::min(image.width(), image.height());
      const QRect middle{(image.width() - edge) / 2, (image.height() - edge) / 2, edge, edge};
      QPainterPath clip;
      clip.addRoundedRect(x, 0, side, side, 6, 6);
      p.setClipPath(clip);
      p.drawImage(QRect{x, 0, side, side}, image, middle);
      p.setClipping(false);
      x += side + 4;
    }
  }

 private:
  std::vector<QImage> images_;
};

/// A path: typed, browsed for or dropped. Says whether it is there and shows what is in it.
class PathEditor final : public ParamEditor {
  Q_OBJECT

 public:
  PathEditor(const ParamInfo& info, EditorContext& context, QWidget* parent)
      : ParamEditor{info, context, parent},
        line_{new QLineEdit{this}},
        browse_{iconButton(info.kind == ParamKind::Folder ? QStringLiteral("folder") : QStringLiteral("file"), QStringLiteral("…"),
                           name(".browse"), this)},
        thumbnails_{new Thumbnails{this}},
        state_{new Note{Tone::Neutral, true, this}} {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(line_);
    row->addWidget(browse_);
    layout->addLayout(row);
    layout->addWidget(thumbnails_);
    layout->addWidget(state_);
    line_->setObjectName(name());
    makeRoomy(line_);
    line_->setAcceptDrops(false);  // The whole editor takes what is dropped, as a path and not as the text of a link.
    state_->setObjectName(name(".state"));
    setAcceptDrops(true);
    wait_.setSingleShot(true);
    wait_.setInterval(250);
    retranslate();
    connect(line_, &QLineEdit::textEdited, this, [this](const QString& text) { send(text, true); });
    connect(line_, &QLineEdit::editingFinished, this, &ParamEditor::seriesEnded);
    connect(browse_, &QToolButton::clicked, this, &PathEditor::browse);
    connect(&wait_, &QTimer::timeout, this, &PathEditor::look);
  }

  void display(const Value& value, bool several) override {
    const auto text = several ? QString{} : pathText(value);
    if (line_->text() != text) line_->setText(text);
    line_->setToolTip(context().absolute(text));
    several_ = several;
    retranslate();
    if (text == looked_ && !several) return;
    looked_ = text;
    thumbnails_->clear();
    state_->say({});
    wait_.start();
  }
  QWidget* field() const override { return line_; }
  void retranslate() override {
    const bool folder = info().kind == ParamKind::Folder;
    line_->setAccessibleName(label());
    line_->setPlaceholderText(several_ ? severalValues() : folder ? tr("Choose or drop a folder") : tr("Choose or drop a file"));
    setWhat(browse_, folder ? tr("Choose a folder…") : tr("Choose a file…"));
  }

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override {
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile()) event->acceptProposedAction();
  }
  void dropEvent(QDropEvent* event) override {
    if (!event->mimeData()->hasUrls()) return;
    event->acceptProposedAction();
    choose(event->mimeData()->urls().first().toLocalFile());
  }

 private:
  void send(const QString& text, bool series) {
    looked_ = text;
    thumbnails_->clear();
    state_->say({});
    wait_.start();
    Q_EMIT edited(pathValue(text), series);
  }
  void choose(const QString& path) {
    const auto text = context().relative(path);
    line_->setText(text);
    send(text, false);
  }
  void browse() {
    const bool folder = info().kind == ParamKind::Folder;
    const auto now = context().absolute(line_->text());
    askPath(this,
            {.ask = folder ? Ask::Folder : Ask::AnyFile,
             .title = folder ? tr("Choose a folder") : tr("Choose a file"),
             .start = now.isEmpty() ? context().projectFolder() : now},
            [this](const QString& path) { choose(path); });
  }

  /// Asks the file system in a thread: a network drive may take seconds to answer.
  void look() {
    const auto path = context().absolute(line_->text());
    if (path.isEmpty()) return;
    QThreadPool::globalInstance()->start([self = QPointer<PathEditor>{this}, path] {
      const QFileInfo file{path};
      const auto found = !file.exists() ? Found::Nothing : file.isDir() ? Found::Folder : Found::File;
      QMetaObject::invokeMethod(
          qApp,
          [self, path, found] {
            if (self && self->context().absolute(self->line_->text()) == path) self->tell(path, found);
          },
          Qt::QueuedConnection);
    });
  }
  void tell(const QString& path, Found found) {
    const bool folder = info().kind == ParamKind::Folder;
    // That something to be read is not there, or of the wrong kind, is a problem of the pipeline: the engine's check says it below.
    if (found == Found::Nothing) return state_->say(folder && !info().required ? tr("There is no folder of this name yet.") : QString{});
    state_->say({});
    if (folder != (found == Found::Folder)) return;
    if (!folder) return preview(path);
    context().summary(path, this, [this, path](const Result<DataSummary>& got) {
      if (!got || context().absolute(line_->text()) != path || got->pictures == 0) return;
      const auto counted = QLocale{}.toString(static_cast<qlonglong>(got->pictures));
      state_->say(got->classes.empty()
                      ? tr("%1 picture(s)", nullptr, static_cast<int>(got->pictures)).arg(counted)
                      : tr("%1 picture(s) in %2 classes", nullptr, static_cast<int>(got->pictures)).arg(counted).arg(got->classes.size()));
      thumbnails_->clear();
      for (std::size_t i = 0; i < got->sample.size() && i < mostThumbnails; ++i) fetch(got->sample[i], path);
    });
  }
  void preview(const QString& path) { fetch({pathFromValue(pathValue(path)).native(), {}}, path); }
  void fetch(const PictureRef& picture, const QString& path) {
    // Files that are no pictures come as null images and show nothing.
    context().engine().picture(picture, side * 2, this, [this, path](const QImage& image) {
      if (context().absolute(line_->text()) == path) thumbnails_->add(image);
    });
  }

  QLineEdit* line_;
  QToolButton* browse_;
  Thumbnails* thumbnails_;
  Note* state_;
  QTimer wait_;
  QString looked_;
  bool several_ = false;
};

}  // namespace

ParamEditor* makePathEditor(const ParamInfo& info, EditorContext& context, QWidget* parent) {
  return new PathEditor{info, context, parent};
}

}  // namespace patchbay::widgets

#include "path_editor.moc"
