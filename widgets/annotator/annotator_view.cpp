// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/annotator/annotator_view.h"

#include <QCoreApplication>
#include <QEvent>
#include <algorithm>
#include <utility>

#include "widgets/annotator/annotator_impl.h"

namespace patchbay::widgets {

bool isDrawingTool(Tool tool) { return tool != Tool::Select; }
bool isAsking(Tool tool) { return tool == Tool::Wand || tool == Tool::Positive || tool == Tool::Negative || tool == Tool::Grab; }

QString sayTool(Tool tool) {
  const auto word = [](const char* text) { return QCoreApplication::translate("annotator", text); };
  switch (tool) {
    case Tool::Select:
      return word(QT_TRANSLATE_NOOP("annotator", "Select"));
    case Tool::Box:
      return word(QT_TRANSLATE_NOOP("annotator", "Box"));
    case Tool::RotatedBox:
      return word(QT_TRANSLATE_NOOP("annotator", "Rotated box"));
    case Tool::Polygon:
      return word(QT_TRANSLATE_NOOP("annotator", "Polygon"));
    case Tool::Hole:
      return word(QT_TRANSLATE_NOOP("annotator", "Hole in the chosen polygon"));
    case Tool::Brush:
      return word(QT_TRANSLATE_NOOP("annotator", "Brush"));
    case Tool::Eraser:
      return word(QT_TRANSLATE_NOOP("annotator", "Eraser"));
    case Tool::Wand:
      return word(QT_TRANSLATE_NOOP("annotator", "Magic wand"));
    case Tool::Positive:
      return word(QT_TRANSLATE_NOOP("annotator", "Point on the thing"));
    case Tool::Negative:
      return word(QT_TRANSLATE_NOOP("annotator", "Point beside the thing"));
    case Tool::Grab:
      return word(QT_TRANSLATE_NOOP("annotator", "Cut out of a box"));
  }
  return {};
}

QString toolKey(Tool tool) {
  switch (tool) {
    case Tool::Select:
      return QStringLiteral("V");
    case Tool::Box:
      return QStringLiteral("R");
    case Tool::RotatedBox:
      return QStringLiteral("T");
    case Tool::Polygon:
      return QStringLiteral("P");
    case Tool::Hole:
      return QStringLiteral("Shift+P");
    case Tool::Brush:
      return QStringLiteral("B");
    case Tool::Eraser:
      return QStringLiteral("X");
    case Tool::Wand:
      return QStringLiteral("W");
    case Tool::Positive:
      return QStringLiteral("Q");
    case Tool::Negative:
      return QStringLiteral("E");
    case Tool::Grab:
      return QStringLiteral("G");
  }
  return {};
}

AnnotatorView::AnnotatorView(QWidget* parent) : QWidget{parent}, impl_{new Impl{*this}} {
  setObjectName(QStringLiteral("annotator"));
  setAccessibleName(tr("Picture to label"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumSize(160, 120);
  setAttribute(Qt::WA_OpaquePaintEvent);
}

AnnotatorView::~AnnotatorView() = default;

// --- the picture -------------------------------------------------------------------------------------------------------------

void AnnotatorView::setPicture(PictureLevelsPtr picture, QSize size) {
  auto& d = *impl_;
  const bool again = size == d.size && picture && d.picture;
  cancelDrawing();
  d.picture = std::move(picture);
  d.size = size.isEmpty() && d.picture ? d.picture->size() : size;
  d.problem.clear();
  d.notice.clear();
  // The next picture of a camera that stands still is looked at as this one was.
  if (!again || d.fitted) fit();
  else d.cameraMoved();
}

void AnnotatorView::setProblem(const QString& why) {
  cancelDrawing();
  impl_->picture.reset();
  impl_->problem = why;
  impl_->notice.clear();
  impl_->baseChanged();
}

void AnnotatorView::setNotice(const QString& words) {
  setProblem({});
  impl_->notice = words;
}

bool AnnotatorView::hasPicture() const { return impl_->picture != nullptr; }
QSize AnnotatorView::pictureSize() const { return impl_->size; }
double AnnotatorView::zoom() const { return impl_->camera.zoom; }
QPointF AnnotatorView::toView(QPointF picture) const { return impl_->camera.toView(picture); }

void AnnotatorView::fit() {
  impl_->camera = PictureCamera::fitted(impl_->extent(), QSizeF{size()});
  impl_->fitted = true;
  impl_->cameraMoved();
}

void AnnotatorView::zoomBy(double factor) {
  auto& d = *impl_;
  const auto middle = QRectF{rect()}.center();
  d.camera.zoomAt(d.overPicture ? d.camera.toView(d.at) : middle, factor, d.extent(), QSizeF{size()});
  d.fitted = false;
  d.cameraMoved();
}

void AnnotatorView::Impl::cameraMoved() {
  baseChanged();
  Q_EMIT self.zoomChanged(camera.zoom);
}

void AnnotatorView::Impl::baseChanged() {
  base = {};
  masks = {};
  strokeLayer = {};
  self.update();
}

void AnnotatorView::setTones(const Tones& tones) {
  impl_->tones = tones;
  impl_->base = {};
  update();
}
const Tones& AnnotatorView::tones() const { return impl_->tones; }

void AnnotatorView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (impl_->fitted) return fit();
  impl_->camera.keepInSight(impl_->extent(), QSizeF{size()});
  impl_->cameraMoved();
}

// --- what is on it -----------------------------------------------------------------------------------------------------------

void AnnotatorView::setAnnotations(std::vector<Annotation> annotations) {
  if (annotations == impl_->annotations) return;
  impl_->took(std::move(annotations));
  impl_->shapesChanged();
}

/// What is hidden, locked or chosen stays so where the same shape is there again.
void AnnotatorView::Impl::took(std::vector<Annotation> now) {
  std::vector<char> hide(now.size()), lock(now.size());
  int choose = -1;
  std::vector<char> used(annotations.size());
  for (std::size_t i = 0; i < now.size(); ++i)
    for (std::size_t k = 0; k < annotations.size(); ++k)
      if (!used[k] && annotations[k] == now[i]) {
        used[k] = 1;
        hide[i] = hides[k];
        lock[i] = locks[k];
        if (static_cast<int>(k) == chosen) choose = static_cast<int>(i);
        break;
      }
  annotations = std::move(now);
  hides = std::move(hide);
  locks = std::move(lock);
  runs.assign(annotations.size(), std::nullopt);
  for (std::size_t i = 0; i < annotations.size(); ++i)
    if (annotations[i].kind == AnnotationKind::Mask) runs[i] = MaskRuns::parse(annotations[i].text, size.width(), size.height());
  vertex.reset();
  if (std::exchange(chosen, choose) != choose) Q_EMIT self.selectionChanged(chosen);
}

void AnnotatorView::Impl::shapesChanged() {
  masks = {};
  self.update();
  Q_EMIT self.shapesChanged();
}

const std::vector<Annotation>& AnnotatorView::annotations() const { return impl_->annotations; }

void AnnotatorView::setColours(std::function<QColor(const std::string&)> colourOf) {
  impl_->colourOf = std::move(colourOf);
  impl_->masks = {};
  update();
}

QColor AnnotatorView::Impl::colour(const std::string& name) const {
  const auto found = colourOf ? colourOf(name) : QColor{};
  return found.isValid() ? found : self.palette().color(QPalette::Highlight);
}

void AnnotatorView::setActiveClass(const std::string& name) {
  impl_->active = name;
  update();
}
const std::string& AnnotatorView::activeClass() const { return impl_->active; }

void AnnotatorView::setReadOnly(const QString& why) {
  impl_->readOnly = why;
  if (!why.isEmpty()) setTool(Tool::Select);
}

bool AnnotatorView::isShape(int index) const {
  if (index < 0 || static_cast<std::size_t>(index) >= impl_->annotations.size()) return false;
  const auto kind = impl_->annotations[static_cast<std::size_t>(index)].kind;
  return kind != AnnotationKind::Class && kind != AnnotationKind::Text && kind != AnnotationKind::Number;
}

bool AnnotatorView::Impl::editable(int index) const {
  return readOnly.isEmpty() && self.isShape(index) && !locks[static_cast<std::size_t>(index)];
}

int AnnotatorView::selected() const { return impl_->chosen; }

void AnnotatorView::select(int index) {
  if (!isShape(index)) index = -1;
  if (index == impl_->chosen) return;
  impl_->chosen = index;
  impl_->vertex.reset();
  impl_->masks = {};
  update();
  Q_EMIT selectionChanged(index);
}

void AnnotatorView::setHidden(int index, bool hidden) {
  if (!isShape(index)) return;
  impl_->hides[static_cast<std::size_t>(index)] = hidden;
  impl_->shapesChanged();
}
bool AnnotatorView::hidden(int index) const { return isShape(index) && impl_->hides[static_cast<std::size_t>(index)]; }
void AnnotatorView::setLocked(int index, bool locked) {
  if (!isShape(index)) return;
  impl_->locks[static_cast<std::size_t>(index)] = locked;
  impl_->shapesChanged();
}
bool AnnotatorView::locked(int index) const { return isShape(index) && impl_->locks[static_cast<std::size_t>(index)]; }
void AnnotatorView::setAllHidden(bool hidden) {
  impl_->allHides = hidden;
  impl_->shapesChanged();
}
bool AnnotatorView::allHidden() const { return impl_->allHides; }

/// The last one drawn lies above; a small one inside a large one is meant where both are hit.
int AnnotatorView::Impl::topmostAt(QPointF point) const {
  if (allHides) return -1;
  int found = -1;
  double smallest = 1e300;
  for (int i = static_cast<int>(annotations.size()); i-- > 0;) {
    const auto k = static_cast<std::size_t>(i);
    if (!self.isShape(i) || hides[k]) continue;
    const auto& a = annotations[k];
    const bool hit = a.kind == AnnotationKind::Mask ? runs[k] && runs[k]->at(static_cast<int>(point.x()), static_cast<int>(point.y()))
                                                    : contains(a, point) || edgeNear(a, point, viewPixels(5)).has_value();
    if (!hit) continue;
    const double area = a.kind == AnnotationKind::Mask ? static_cast<double>(runs[k]->area()) : areaOf(a);
    if (area < smallest) {
      smallest = area;
      found = i;
    }
  }
  return found;
}

void AnnotatorView::Impl::finish(std::vector<Annotation> now, const Text& what, int select) {
  if (now == annotations) return;
  took(std::move(now));
  if (self.isShape(select) && chosen != select) {
    chosen = select;
    Q_EMIT self.selectionChanged(select);
  }
  shapesChanged();
  Q_EMIT self.edited(what);
}

void AnnotatorView::removeSelected() {
  auto& d = *impl_;
  if (!isShape(d.chosen)) return;
  if (!d.editable(d.chosen)) return Q_EMIT told(d.readOnly.isEmpty() ? tr("This shape is locked. L unlocks it.") : d.readOnly, true);
  auto now = d.annotations;
  now.erase(now.begin() + d.chosen);
  d.finish(std::move(now), TR("annotator", "Shape removed"), -1);
}

void AnnotatorView::reorderSelected(int by) {
  auto& d = *impl_;
  if (!d.editable(d.chosen)) return;
  int to = d.chosen + (by > 0 ? 1 : -1);
  while (to >= 0 && to < static_cast<int>(d.annotations.size()) && !isShape(to)) to += by > 0 ? 1 : -1;
  if (to < 0 || to >= static_cast<int>(d.annotations.size()))
    return Q_EMIT told(by > 0 ? tr("It is in front already.") : tr("It is at the back already."), false);
  auto now = d.annotations;
  std::swap(now[static_cast<std::size_t>(d.chosen)], now[static_cast<std::size_t>(to)]);
  d.finish(std::move(now), by > 0 ? TR("annotator", "Shape brought forward") : TR("annotator", "Shape sent back"), to);
}

void AnnotatorView::setSelectedClass(const std::string& name) {
  auto& d = *impl_;
  if (!d.editable(d.chosen)) return;
  auto now = d.annotations;
  auto& one = now[static_cast<std::size_t>(d.chosen)];
  if (one.label == name) return;
  one.label = name;
  one.score = 1;
  one.author.clear();
  d.finish(std::move(now), TR("annotator", "Class of a shape changed to {class}").with("class", displayText(name)), d.chosen);
}

// --- tools -------------------------------------------------------------------------------------------------------------------

void AnnotatorView::setTool(Tool tool) {
  auto& d = *impl_;
  if (const auto why = whyNot(tool); !why.isEmpty()) return Q_EMIT told(why, true);
  // A box that was cut out of is refined with points: these belong together.
  const bool same = isAsking(d.tool) && isAsking(tool) && (d.hint.box || !d.hint.positive.empty());
  if (!same) cancelDrawing();
  d.tool = tool;
  if (isDrawingTool(tool)) d.lastTool = tool;
  setCursor(isDrawingTool(tool) ? Qt::CrossCursor : Qt::ArrowCursor);
  update();
  Q_EMIT toolChanged();
}
Tool AnnotatorView::tool() const { return impl_->tool; }
void AnnotatorView::repeatTool() { setTool(impl_->lastTool); }

void AnnotatorView::setWhyNot(Tool tool, const QString& why) {
  if (whyNot(tool) == why) return;
  impl_->whyNots[tool] = why;
  Q_EMIT toolChanged();
}
QString AnnotatorView::whyNot(Tool tool) const {
  if (isDrawingTool(tool) && !impl_->readOnly.isEmpty()) return impl_->readOnly;
  const auto found = impl_->whyNots.find(tool);
  return found == impl_->whyNots.end() ? QString{} : found->second;
}

void AnnotatorView::setSnapping(bool on) { impl_->snaps = on; }
bool AnnotatorView::snapping() const { return impl_->snaps; }
void AnnotatorView::setBrush(double diameter) {
  impl_->diameter = std::clamp(diameter, 1.0, 2000.0);
  update();
}
double AnnotatorView::brush() const { return impl_->diameter; }

void AnnotatorView::setPreview(std::optional<Annotation> shape, bool rough) {
  auto& d = *impl_;
  d.preview = std::move(shape);
  d.rough = rough;
  d.previewRuns.reset();
  if (d.preview && d.preview->kind == AnnotationKind::Mask)
    d.previewRuns = MaskRuns::parse(d.preview->text, d.size.width(), d.size.height());
  d.masks = {};
  update();
}

bool AnnotatorView::proposed() const { return impl_->preview.has_value(); }

bool AnnotatorView::drawing() const {
  const auto& d = *impl_;
  return d.drag != Impl::Drag::None || d.draft || !d.points.empty() || d.preview || d.hint.box || !d.hint.positive.empty();
}

void AnnotatorView::acceptDrawing() {
  auto& d = *impl_;
  if (d.preview) return d.takePreview();
  if (!d.points.empty() && (d.tool == Tool::Polygon || d.tool == Tool::Hole)) return d.closePolygon();
  if (d.drag == Impl::Drag::Draw) d.endDraw(d.at);
}

void AnnotatorView::cancelDrawing() { impl_->letGo(); }

void AnnotatorView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) impl_->baseChanged();
  if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Picture to label"));
}

}  // namespace patchbay::widgets
