// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/picture_window.h"

#include <QEvent>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::widgets {

namespace {

constexpr int largeSide = 2048;  // Pixels; 12 MB, and more than a screen shows.

}  // namespace

struct PictureWindow::Impl {
  PictureWindow& self;
  EngineAccess& engine;
  std::size_t count;
  PictureGrid::Provider provider;
  std::size_t index = 0;
  PictureRef shown;
  std::unique_ptr<QObject> request;
  std::function<std::pair<QImage, double>(std::size_t)> overlayOf;
  PictureView* view = nullptr;
  QWidget* details = nullptr;
  QLabel *where = nullptr, *zoomLabel = nullptr;
  QToolButton *before = nullptr, *next = nullptr, *fit = nullptr, *real = nullptr;

  void build();
  void retranslate();
  void load();
  void fillDetails(const GalleryItem& item);
  void step(int by) {
    const auto to = static_cast<std::ptrdiff_t>(index) + by;
    if (to >= 0 && to < static_cast<std::ptrdiff_t>(count)) self.show(static_cast<std::size_t>(to));
  }
};

void PictureWindow::Impl::build() {
  view = new PictureView{&self};
  auto* scroll = new QScrollArea{&self};
  scroll->setObjectName(QStringLiteral("pictureDetails"));
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setMinimumWidth(220);
  scroll->setMaximumWidth(360);
  details = new QWidget;
  scroll->setWidget(details);
  const auto button = [&](const char* name, const QString& picture, auto clicked) {
    auto* b = new QToolButton{&self};
    b->setObjectName(QLatin1String{name});
    b->setIcon(icon(picture));
    b->setIconSize({20, 20});
    b->setAutoRaise(true);
    b->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(b, &QToolButton::clicked, &self, clicked);
    return b;
  };
  before = button("pictureBefore", QStringLiteral("left"), [this] { step(-1); });
  next = button("pictureNext", QStringLiteral("right"), [this] { step(1); });
  fit = button("pictureFit", QStringLiteral("fit"), [this] { view->fit(); });
  real = button("pictureReal", QStringLiteral("zoom-real"), [this] { view->realSize(); });
  where = new QLabel{&self};
  zoomLabel = new QLabel{&self};
  auto* tools = new QHBoxLayout;
  tools->setSpacing(8);
  tools->addWidget(before);
  tools->addWidget(where);
  tools->addWidget(next);
  tools->addStretch(1);
  tools->addWidget(zoomLabel);
  tools->addWidget(fit);
  tools->addWidget(real);
  auto* middle = new QHBoxLayout;
  middle->addWidget(view, 1);
  middle->addWidget(scroll);
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(8, 8, 8, 8);
  column->addLayout(middle, 1);
  column->addLayout(tools);
  connect(view, &PictureView::zoomChanged, &self,
          [this](double zoom) { zoomLabel->setText(sayPercent(zoom * self.devicePixelRatioF(), 0)); });
}

void PictureWindow::Impl::retranslate() {
  before->setText(tr("Previous"));
  before->setToolTip(tr("Previous picture (Left, Page up)"));
  next->setText(tr("Next"));
  next->setToolTip(tr("Next picture (Right, Page down)"));
  fit->setText(tr("Fit"));
  fit->setToolTip(tr("Whole picture (0)"));
  real->setText(tr("Real size"));
  real->setToolTip(tr("One pixel of the picture is one of the screen (1)"));
  where->setText(
      tr("%1 of %2").arg(QLocale{}.toString(static_cast<qulonglong>(index + 1)), QLocale{}.toString(static_cast<qulonglong>(count))));
}

void PictureWindow::Impl::fillDetails(const GalleryItem& item) {
  delete details->layout();
  qDeleteAll(details->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
  auto* form = new QVBoxLayout{details};
  form->setContentsMargins(8, 0, 0, 0);
  form->setSpacing(2);
  const auto line = [&](const QString& text, bool name) {
    auto* label = new QLabel{text, details};
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (name) {
      auto p = label->palette();
      p.setColor(QPalette::WindowText, toneColour(Tone::Neutral, self.palette()));
      label->setPalette(p);
    }
    form->addWidget(label);
  };
  for (const auto& [name, value] : item.details) {
    line(name, true);
    line(value, false);
    form->addSpacing(8);
  }
  form->addStretch(1);
}

void PictureWindow::Impl::load() {
  const auto item = provider(index);
  self.setWindowTitle(item.caption);
  retranslate();
  before->setEnabled(index > 0);
  if (index == 0) before->setToolTip(tr("This is the first picture."));
  next->setEnabled(index + 1 < count);
  if (index + 1 >= count) next->setToolTip(tr("This is the last picture."));
  fillDetails(item);
  view->setImage({});
  view->setAccessibleDescription(item.caption);
  shown = item.picture;
  if (item.pending) return request.reset();
  request = std::make_unique<QObject>();
  engine.picture(item.picture, largeSide, request.get(), [this](const QImage& image) {
    view->setImage(
        image, image.isNull() ? tr("This picture cannot be read. It may have been moved or damaged since it was imported.") : QString{});
    self.refreshOverlay();
  });
}

PictureWindow::PictureWindow(EngineAccess& engine, std::size_t count, PictureGrid::Provider provider, QWidget* parent)
    : QWidget{parent, Qt::Window}, impl_{new Impl{*this, engine, count, std::move(provider)}} {
  setObjectName(QStringLiteral("pictureWindow"));
  impl_->build();
  resize(1000, 640);
}

PictureWindow::~PictureWindow() = default;

void PictureWindow::show(std::size_t index) {
  impl_->index = index;
  impl_->load();
  QWidget::show();
  raise();
  activateWindow();
  Q_EMIT indexChanged(index);
}

void PictureWindow::setOverlays(std::function<std::pair<QImage, double>(std::size_t)> overlayOf) {
  impl_->overlayOf = std::move(overlayOf);
  refreshOverlay();
}

void PictureWindow::refreshOverlay() {
  if (!impl_->overlayOf || impl_->view->image().isNull()) return;
  const auto [image, opacity] = impl_->overlayOf(impl_->index);
  impl_->view->setOverlay(image, opacity);
}

void PictureWindow::refresh() {
  const auto item = impl_->provider(impl_->index);
  if (item.picture != impl_->shown) return impl_->load();
  setWindowTitle(item.caption);
  impl_->fillDetails(item);
}

std::size_t PictureWindow::index() const { return impl_->index; }

void PictureWindow::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (!impl_ || !impl_->view || impl_->count == 0) return;
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  if (event->type() == QEvent::PaletteChange) impl_->fillDetails(impl_->provider(impl_->index));
}

void PictureWindow::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Escape:
      close();
      return;
    case Qt::Key_Left:
    case Qt::Key_PageUp:
      impl_->step(-1);
      return;
    case Qt::Key_Right:
    case Qt::Key_PageDown:
    case Qt::Key_Space:
      impl_->step(1);
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace patchbay::widgets
