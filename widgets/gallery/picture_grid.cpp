// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/picture_grid.h"

#include <QCache>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPointer>
#include <QScrollBar>
#include <QStaticText>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "widgets/gallery/picture_window.h"
#include "widgets/gallery/prepared_pictures.h"
#include "widgets/gallery/thumbnails.h"

namespace patchbay::widgets {

namespace {

constexpr int keptWords = 2048;

/// What stands below a picture, laid out once: shaping text is most of what a cell costs.
struct Words {
  QStaticText caption, note;
};

QStaticText laidOut(const QString& text, double width, const QFont& font) {
  QStaticText out{QFontMetricsF{font}.elidedText(text, Qt::ElideMiddle, width)};
  out.setTextFormat(Qt::PlainText);
  out.setPerformanceHint(QStaticText::ModerateCaching);
  out.prepare({}, font);
  return out;
}

}  // namespace

struct PictureGrid::Impl {
  PictureGrid& self;
  EngineAccess& engine;
  Thumbnails thumbnails;
  std::size_t count = 0;
  Provider provider;
  mutable std::unordered_map<std::size_t, GalleryItem> known;  ///< What was asked of the provider lately.
  mutable GalleryItem notYet;                                  ///< The last one that is pending.
  QString emptyText;
  int cell = 144;
  bool opensLarge = true;
  std::vector<bool> selected;
  std::size_t selectedCount = 0;
  std::optional<std::size_t> current, anchor;
  std::map<std::size_t, std::pair<QImage, double>> overlays;
  QPointer<PictureWindow> window;
  PreparedPictures ready;
  mutable QCache<std::size_t, Words> words{keptWords};
  mutable Words notYetWords;
  std::pair<std::size_t, std::size_t> told;

  Impl(PictureGrid& owner, EngineAccess& access)
      : self{owner}, engine{access}, thumbnails{access, [this](std::size_t i) { return itemAt(i).picture; }, nullptr} {
    QObject::connect(&thumbnails, &Thumbnails::arrived, &self, [this](std::size_t i) {
      ready.remove(i);
      // Nothing is seen of it before it is prepared, unless there is nothing to prepare.
      if (!prepare(i)) self.viewport()->update(self.cellRect(i));
    });
    QObject::connect(&ready, &PreparedPictures::arrived, &self, [this](std::size_t i) { self.viewport()->update(self.cellRect(i)); });
  }

  bool prepare(std::size_t index) {
    const auto* thumbnail = thumbnails.find(index);
    if (!thumbnail || thumbnail->image.isNull()) return false;
    ready.prepare(index, thumbnail->image, cell, self.devicePixelRatioF());
    return true;
  }
  /// Nothing that was prepared fits any more.
  void prepareAnew() {
    ready.clear();
    words.clear();
  }

  const GalleryItem& itemAt(std::size_t index) const {
    if (const auto found = known.find(index); found != known.end()) return found->second;
    if (known.size() > 4096) known.clear();
    auto item = provider(index);
    if (!item.pending) return known.emplace(index, std::move(item)).first->second;
    notYet = std::move(item);
    return notYet;
  }

  int width() const { return self.viewport()->width(); }
  int columns() const { return std::max(1, (width() - 8) / (cell + 12)); }
  int textHeight() const { return 2 * self.fontMetrics().height() + 10; }
  int rowHeight() const { return cell + textHeight() + 12; }
  double columnWidth() const { return static_cast<double>(width() - 8) / columns(); }
  int rows() const { return static_cast<int>((count + static_cast<std::size_t>(columns()) - 1) / static_cast<std::size_t>(columns())); }

  std::optional<std::size_t> indexAt(const QPoint& point) const {
    const int y = point.y() + self.verticalScrollBar()->value() - 4, x = point.x() - 4;
    if (x < 0 || y < 0 || count == 0) return {};
    const auto column = static_cast<int>(x / columnWidth());
    const auto index = static_cast<std::size_t>(y / rowHeight()) * static_cast<std::size_t>(columns()) + static_cast<std::size_t>(column);
    if (column >= columns() || index >= count || !self.cellRect(index).contains(point)) return {};
    return index;
  }

  /// Rows in sight, as item numbers [first, last).
  std::pair<std::size_t, std::size_t> inSight(int pagesAround = 0) const {
    const int top = self.verticalScrollBar()->value(), height = self.viewport()->height();
    const int from = std::max(0, (top - pagesAround * height) / rowHeight());
    const int to = (top + (1 + pagesAround) * height) / rowHeight() + 1;
    const auto n = static_cast<std::size_t>(columns());
    return {std::min(count, static_cast<std::size_t>(from) * n), std::min(count, static_cast<std::size_t>(to) * n)};
  }

  /// The rows that these items are in, as wide as the view.
  QRect rowsOf(std::size_t first, std::size_t last) const {
    const int top = self.cellRect(first).top(), bottom = self.cellRect(last - 1).bottom();
    return {0, top, width(), bottom - top + 1};
  }

  void updateScrollBar() {
    auto* bar = self.verticalScrollBar();
    bar->setRange(0, std::max(0, rows() * rowHeight() + 8 - self.viewport()->height()));
    bar->setPageStep(self.viewport()->height());
    bar->setSingleStep(rowHeight() / 3);
    wantThumbnails();
    self.viewport()->update();
  }

  void wantThumbnails() {
    if (!self.isVisible()) return;
    std::vector<std::size_t> wanted;
    const auto [first, last] = inSight();
    if (std::pair{first, last} != told) {
      told = {first, last};
      Q_EMIT self.sightChanged(first, last);
    }
    for (auto i = first; i < last; ++i) wanted.push_back(i);
    const auto [before, after] = inSight(1);
    for (auto i = last; i < after; ++i) wanted.push_back(i);
    for (auto i = before; i < first; ++i) wanted.push_back(i);
    const double pixels = cell * self.devicePixelRatioF();
    thumbnails.want(wanted, pixels <= 96 ? 96 : pixels <= 192 ? 192 : pixels <= 384 ? 384 : 768);
  }

  void select(std::size_t index, bool on) {
    if (selected[index] == on) return;
    selected[index] = on;
    selectedCount += on ? 1 : static_cast<std::size_t>(-1);
  }
  void selectOnly(std::size_t from, std::size_t to) {
    selected.assign(count, false);
    selectedCount = 0;
    for (auto i = std::min(from, to); i <= std::max(from, to); ++i) select(i, true);
  }
  void moveTo(std::size_t index, Qt::KeyboardModifiers modifiers) {
    if (modifiers.testFlag(Qt::ShiftModifier) && anchor) {
      selectOnly(*anchor, index);
    } else if (!modifiers.testFlag(Qt::ControlModifier)) {
      selectOnly(index, index);
      anchor = index;
    }
    makeCurrent(index);
    Q_EMIT self.selectionChanged();
  }
  void makeCurrent(std::size_t index) {
    current = index;
    const auto& item = itemAt(index);
    self.setAccessibleDescription(PictureGrid::tr("%1, %2").arg(item.caption, item.note));
    const int top = static_cast<int>(index / static_cast<std::size_t>(columns())) * rowHeight();
    auto* bar = self.verticalScrollBar();
    if (top < bar->value()) bar->setValue(top);
    else if (top + rowHeight() + 8 > bar->value() + self.viewport()->height())
      bar->setValue(top + rowHeight() + 8 - self.viewport()->height());
    self.viewport()->update();
    Q_EMIT self.currentChanged(index);
  }

  void paintCell(QPainter& painter, std::size_t index);
  void paintPicture(QPainter& painter, const QRectF& frame, std::size_t index);
  void paintCaption(QPainter& painter, const QRectF& line, const GalleryItem& item, const QStaticText& text) const;
  const Words& wordsOf(std::size_t index, const GalleryItem& item, double width) const;
  bool handleMove(QKeyEvent* event);
};

void PictureGrid::Impl::paintPicture(QPainter& painter, const QRectF& frame, std::size_t index) {
  const auto& palette = self.palette();
  const auto* thumbnail = thumbnails.find(index);
  const auto* picture = ready.find(index);
  if (!picture) prepare(index);
  if (!thumbnail || thumbnail->image.isNull() || !picture) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.color(QPalette::AlternateBase));
    painter.drawRoundedRect(frame, 6, 6);
    if (thumbnail && thumbnail->image.isNull()) {
      painter.setPen(toneColour(Tone::Bad, palette));
      painter.drawText(frame.adjusted(4, 4, -4, -4), Qt::AlignCenter | Qt::TextWordWrap, PictureGrid::tr("Cannot be read"));
    }
    return;
  }
  const auto size = picture->deviceIndependentSize();
  // Whole pixels, so that it is copied and not resampled.
  const QPointF at{std::round(frame.x() + (frame.width() - size.width()) / 2),
                   std::round(frame.y() + (frame.height() - size.height()) / 2)};
  painter.drawPixmap(at, *picture);
  if (const auto over = overlays.find(index); over != overlays.end()) {
    painter.save();
    painter.setOpacity(over->second.second);
    painter.drawImage(QRectF{at, size}, over->second.first);
    painter.restore();
  }
}

void PictureGrid::Impl::paintCell(QPainter& painter, std::size_t index) {
  const auto& palette = self.palette();
  const QRectF rect = self.cellRect(index);
  const auto& item = itemAt(index);
  const bool chosen = selected[index], active = current == index && self.hasFocus();
  if (chosen || active) {
    auto fill = palette.color(QPalette::Highlight);
    fill.setAlphaF(chosen ? 0.18F : 0.0F);
    painter.setBrush(fill);
    painter.setPen(active ? QPen{palette.color(QPalette::Highlight), 2} : QPen{Qt::NoPen});
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6);
  }
  const QRectF frame{rect.x() + (rect.width() - cell) / 2, rect.y() + 6, static_cast<double>(cell), static_cast<double>(cell)};
  paintPicture(painter, frame, index);
  const auto height = self.fontMetrics().height();
  QRectF line{rect.x() + 6, frame.bottom() + 4, rect.width() - 12, static_cast<double>(height)};
  const auto& [caption, note] = wordsOf(index, item, line.width());
  paintCaption(painter, line, item, caption);
  painter.setPen(toneColour(Tone::Neutral, palette));
  painter.drawStaticText(QPointF{std::round(line.x() + std::max(0.0, (line.width() - note.size().width()) / 2)), line.y() + height}, note);
}

const Words& PictureGrid::Impl::wordsOf(std::size_t index, const GalleryItem& item, double width) const {
  // What is pending says other words soon.
  if (const auto* found = item.pending ? nullptr : words.object(index)) return *found;
  Words laid{laidOut(item.caption, width - (item.mark.isValid() ? 14 : 0), self.font()), laidOut(item.note, width, self.font())};
  if (item.pending) return notYetWords = std::move(laid);
  auto* made = new Words{std::move(laid)};
  words.insert(index, made);
  return *made;
}

void PictureGrid::Impl::paintCaption(QPainter& painter, const QRectF& line, const GalleryItem& item, const QStaticText& text) const {
  const auto& palette = self.palette();
  const double dot = item.mark.isValid() ? 14 : 0;
  const double width = text.size().width() + dot;
  const double left = line.x() + std::max(0.0, (line.width() - width) / 2);
  if (dot > 0) {
    painter.setPen(QPen{palette.color(QPalette::Mid), 1});
    painter.setBrush(item.mark);
    painter.drawEllipse(QPointF{left + 4.5, line.center().y()}, 4.5, 4.5);
  }
  painter.setPen(item.tone == Tone::Neutral ? palette.color(QPalette::Text) : toneColour(item.tone, palette));
  painter.drawStaticText(QPointF{std::round(left + dot), line.y()}, text);
}

bool PictureGrid::Impl::handleMove(QKeyEvent* event) {
  const auto n = static_cast<std::ptrdiff_t>(columns()), page = std::max(1, self.viewport()->height() / rowHeight()) * n;
  std::ptrdiff_t by = 0;
  switch (event->key()) {
    case Qt::Key_Left:
      by = -1;
      break;
    case Qt::Key_Right:
      by = 1;
      break;
    case Qt::Key_Up:
      by = -n;
      break;
    case Qt::Key_Down:
      by = n;
      break;
    case Qt::Key_PageUp:
      by = -page;
      break;
    case Qt::Key_PageDown:
      by = page;
      break;
    case Qt::Key_Home:
      by = -static_cast<std::ptrdiff_t>(count);
      break;
    case Qt::Key_End:
      by = static_cast<std::ptrdiff_t>(count);
      break;
    default:
      return false;
  }
  const auto last = static_cast<std::ptrdiff_t>(count) - 1;
  auto to = current ? static_cast<std::ptrdiff_t>(*current) + by : 0;
  // Up and down keep the column; at the ends they stay where they are.
  if ((event->key() == Qt::Key_Up && to < 0) ||
      (event->key() == Qt::Key_Down && to > last && static_cast<std::ptrdiff_t>(*current) / n == last / n))
    to = static_cast<std::ptrdiff_t>(*current);
  moveTo(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, last)), event->modifiers());
  return true;
}

PictureGrid::PictureGrid(EngineAccess& engine, QWidget* parent)
    : QAbstractScrollArea{parent}, impl_{std::make_unique<Impl>(*this, engine)} {
  setObjectName(QStringLiteral("pictureGrid"));
  setAccessibleName(tr("Pictures"));
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setBackgroundRole(QPalette::Base);
  viewport()->setAutoFillBackground(true);
}

PictureGrid::~PictureGrid() { delete impl_->window; }

void PictureGrid::setItems(std::size_t count, Provider provider, bool keepPlace) {
  delete impl_->window;
  impl_->thumbnails.clear();
  impl_->known.clear();
  impl_->prepareAnew();
  impl_->overlays.clear();
  // With another number of items the same places are others: what was chosen must not become something else.
  if (!keepPlace || count != impl_->count) {
    impl_->selected.assign(count, false);
    impl_->selectedCount = 0;
  }
  if (!keepPlace) {
    impl_->current.reset();
    verticalScrollBar()->setValue(0);
  } else if (impl_->current && *impl_->current >= count) {
    impl_->current = count ? std::optional{count - 1} : std::nullopt;
  }
  impl_->count = count;
  impl_->provider = std::move(provider);
  impl_->told = {};
  impl_->anchor.reset();
  impl_->updateScrollBar();
  Q_EMIT selectionChanged();
}

void PictureGrid::itemsChanged(std::size_t first, std::size_t last) {
  last = std::min(last, impl_->count);
  if (last - std::min(first, last) > keptWords) impl_->words.clear();
  else
    for (auto i = first; i < last; ++i) impl_->words.remove(i);
  std::vector<std::pair<std::size_t, PictureRef>> before;
  for (const auto& [i, item] : impl_->known)
    if (i >= first && i < last) before.emplace_back(i, item.picture);
  for (const auto& [i, picture] : before) {
    impl_->known.erase(i);
    if (impl_->itemAt(i).picture == picture) continue;
    impl_->thumbnails.forget(i);
    impl_->ready.remove(i);
  }
  impl_->wantThumbnails();
  // A page that came for what is around is no reason to paint anything.
  const auto [from, to] = impl_->inSight();
  if (first < to && from < last) viewport()->update(impl_->rowsOf(std::max(first, from), std::min(last, to)));
  if (impl_->window && impl_->window->index() >= first && impl_->window->index() < last) impl_->window->refresh();
}

void PictureGrid::setItems(std::vector<GalleryItem> items) {
  const auto shared = std::make_shared<std::vector<GalleryItem>>(std::move(items));
  setItems(shared->size(), [shared](std::size_t i) { return (*shared)[i]; });
}

std::size_t PictureGrid::count() const { return impl_->count; }
GalleryItem PictureGrid::item(std::size_t index) const { return impl_->itemAt(index); }

void PictureGrid::setEmptyText(const QString& text) {
  impl_->emptyText = text;
  viewport()->update();
}

int PictureGrid::cellSize() const { return impl_->cell; }

void PictureGrid::setCellSize(int pixels) {
  pixels = std::clamp(pixels, 48, 512);
  if (pixels == impl_->cell) return;
  // What is at the top stays at the top.
  const auto top = impl_->inSight().first;
  impl_->cell = pixels;
  impl_->prepareAnew();
  impl_->updateScrollBar();
  verticalScrollBar()->setValue(static_cast<int>(top / static_cast<std::size_t>(impl_->columns())) * impl_->rowHeight());
  Q_EMIT cellSizeChanged(pixels);
}

std::vector<std::size_t> PictureGrid::selection() const {
  std::vector<std::size_t> out;
  out.reserve(impl_->selectedCount);
  for (std::size_t i = 0; i < impl_->count && out.size() < impl_->selectedCount; ++i)
    if (impl_->selected[i]) out.push_back(i);
  return out;
}

void PictureGrid::setSelection(const std::vector<std::size_t>& indices) {
  impl_->selected.assign(impl_->count, false);
  impl_->selectedCount = 0;
  for (const auto i : indices)
    if (i < impl_->count) impl_->select(i, true);
  viewport()->update();
  Q_EMIT selectionChanged();
}

std::optional<std::size_t> PictureGrid::current() const { return impl_->current; }
void PictureGrid::setCurrent(std::size_t index) {
  if (index < impl_->count) impl_->moveTo(index, Qt::NoModifier);
}
void PictureGrid::setOpensLargeView(bool opens) { impl_->opensLarge = opens; }

void PictureGrid::openLargeView(std::size_t index) {
  if (index >= impl_->count) return;
  if (!impl_->window) {
    impl_->window = new PictureWindow{impl_->engine, impl_->count, impl_->provider, this};
    impl_->window->setOverlays([this](std::size_t i) {
      const auto found = impl_->overlays.find(i);
      return found == impl_->overlays.end() ? std::pair{QImage{}, 0.0} : found->second;
    });
    connect(impl_->window, &PictureWindow::indexChanged, this, [this](std::size_t i) { setCurrent(i); });
  }
  impl_->window->show(index);
}

void PictureGrid::setOverlay(std::size_t index, const QImage& image, double opacity) {
  if (image.isNull()) impl_->overlays.erase(index);
  else impl_->overlays[index] = {image, opacity};
  if (index < impl_->count) viewport()->update(cellRect(index));
  if (impl_->window && impl_->window->index() == index) impl_->window->refreshOverlay();
}

void PictureGrid::clearOverlays() {
  impl_->overlays.clear();
  viewport()->update();
  if (impl_->window) impl_->window->refreshOverlay();
}

QRect PictureGrid::cellRect(std::size_t index) const {
  const auto n = static_cast<std::size_t>(impl_->columns());
  const auto column = index % n, row = index / n;
  const double width = impl_->columnWidth();
  return QRectF{4 + static_cast<double>(column) * width + 2,
                4.0 + static_cast<double>(row) * impl_->rowHeight() - verticalScrollBar()->value(), width - 4, impl_->rowHeight() - 4.0}
      .toRect();
}

QImage PictureGrid::thumbnail(std::size_t index) const {
  const auto* found = impl_->thumbnails.find(index);
  return found ? found->image : QImage{};
}

int PictureGrid::pendingThumbnails() const { return impl_->thumbnails.pending() + impl_->ready.pending(); }
std::pair<std::size_t, std::size_t> PictureGrid::sight() const { return impl_->inSight(); }

void PictureGrid::paintEvent(QPaintEvent* event) {
  QPainter painter{viewport()};
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  if (impl_->count == 0) {
    painter.setPen(toneColour(Tone::Neutral, palette()));
    painter.drawText(viewport()->rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                     impl_->emptyText.isEmpty() ? tr("There are no pictures here.") : impl_->emptyText);
    return;
  }
  const auto [first, last] = impl_->inSight();
  for (auto i = first; i < last; ++i)
    if (event->region().intersects(cellRect(i))) impl_->paintCell(painter, i);
}

void PictureGrid::resizeEvent(QResizeEvent*) {
  impl_->words.clear();
  impl_->updateScrollBar();
}

void PictureGrid::scrollContentsBy(int, int dy) {
  impl_->wantThumbnails();
  if (impl_->count > 0) viewport()->scroll(0, dy);
}

void PictureGrid::keyPressEvent(QKeyEvent* event) {
  if (impl_->count == 0) return QAbstractScrollArea::keyPressEvent(event);
  if (event->matches(QKeySequence::SelectAll)) {
    impl_->selected.assign(impl_->count, true);
    impl_->selectedCount = impl_->count;
    viewport()->update();
    Q_EMIT selectionChanged();
    return;
  }
  if (impl_->handleMove(event)) return;
  switch (event->key()) {
    case Qt::Key_Space:
      if (!impl_->current) return;
      impl_->select(*impl_->current, !impl_->selected[*impl_->current]);
      impl_->anchor = impl_->current;
      viewport()->update();
      Q_EMIT selectionChanged();
      return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (!impl_->current) return;
      Q_EMIT activated(*impl_->current);
      if (impl_->opensLarge) openLargeView(*impl_->current);
      return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      setCellSize(cellSize() * 5 / 4);
      return;
    case Qt::Key_Minus:
      setCellSize(cellSize() * 4 / 5);
      return;
    case Qt::Key_Escape:
      if (impl_->selectedCount) {
        setSelection({});
        return;
      }
      break;
    default:
      break;
  }
  QAbstractScrollArea::keyPressEvent(event);
}

void PictureGrid::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::RightButton) return;
  const auto hit = impl_->indexAt(event->position().toPoint());
  if (!hit) {
    if (!event->modifiers()) setSelection({});
    return;
  }
  if (event->button() == Qt::RightButton && impl_->selected[*hit]) return;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    impl_->select(*hit, !impl_->selected[*hit]);
    impl_->anchor = hit;
  }
  impl_->moveTo(*hit, event->modifiers());
}

void PictureGrid::mouseDoubleClickEvent(QMouseEvent* event) {
  const auto hit = impl_->indexAt(event->position().toPoint());
  if (!hit || event->button() != Qt::LeftButton) return;
  Q_EMIT activated(*hit);
  if (impl_->opensLarge) openLargeView(*hit);
}

void PictureGrid::wheelEvent(QWheelEvent* event) {
  if (!event->modifiers().testFlag(Qt::ControlModifier)) return QAbstractScrollArea::wheelEvent(event);
  setCellSize(event->angleDelta().y() > 0 ? cellSize() * 9 / 8 + 1 : cellSize() * 8 / 9);
  event->accept();
}

void PictureGrid::focusInEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusInEvent(event);
  if (!impl_->current && impl_->count && event->reason() != Qt::MouseFocusReason) impl_->makeCurrent(impl_->inSight().first);
  viewport()->update();
}

bool PictureGrid::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto hit = impl_->indexAt(help->pos());
    if (hit) {
      const auto& item = impl_->itemAt(*hit);
      QToolTip::showText(help->globalPos(), item.note.isEmpty() ? item.caption : item.caption + QLatin1Char('\n') + item.note, viewport());
    } else {
      QToolTip::hideText();
    }
    return true;
  }
  const bool done = QAbstractScrollArea::viewportEvent(event);
  if (event->type() == QEvent::Show || event->type() == QEvent::Resize) impl_->wantThumbnails();
  return done;
}

void PictureGrid::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Pictures"));
  if (event->type() == QEvent::FontChange && impl_) {
    impl_->words.clear();
    impl_->updateScrollBar();
  }
  viewport()->update();
}

}  // namespace patchbay::widgets
