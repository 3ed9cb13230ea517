// SPDX-License-Identifier: GPL-3.0-or-later
// Shapes that a service proposes: wand, points, cut out of a box.
#include "app/studio/label/label_impl.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {

constexpr const char* service = "patchbay.live.picture_tools";

Value pictureValue(const widgets::PictureRef& picture) {
  if (!picture.digest.empty()) return Value{Value::Map{{"digest", picture.digest}}};
  return Value{Value::Map{{"path", pathToValue(picture.path)}}};
}

Value pairOf(QPointF p) { return Value{Value::List{p.x(), p.y()}}; }

}  // namespace

/// The features of a picture are computed before the first click on it, while a tool is chosen that needs them.
void LabelPanel::Impl::prepare() {
  const auto tool = view->tool();
  const auto* now = item();
  const bool asks =
      tool == widgets::Tool::Wand || tool == widgets::Tool::Positive || tool == widgets::Tool::Negative || tool == widgets::Tool::Grab;
  if (!asks || !now || !shown || prepared == current) return;
  prepared = current;
  session().live(service, "prepare", Value{Value::Map{{"picture", pictureValue(now->picture)}}}, "prepare", &self, [](const auto&) {});
}

/// A box is cut out of at once and roughly, then again in detail, which a newer wish ends.
void LabelPanel::Impl::hintWanted(const widgets::ShapeHint& hint) {
  const auto* now = item();
  if (!now) return;
  Value args{Value::Map{{"picture", pictureValue(now->picture)}}};
  const auto id = current;
  const auto ask = [this, id](const char* method, Value request, bool rough, std::function<void()> then = {}) {
    session().live(service, method, std::move(request), "shape", &self,
                   [this, id, rough, then = std::move(then)](const Result<Value>& answer) {
                     if (id != current) return;
                     proposed(answer, rough);
                     if (answer && then) then();
                   });
  };
  if (!hint.box) {
    args["points"] = Value::List{};
    for (const auto& p : hint.positive) args["points"].push(Value::List{p.x(), p.y(), 1});
    for (const auto& p : hint.negative) args["points"].push(Value::List{p.x(), p.y(), 0});
    return ask("wand", std::move(args), false);
  }
  args["box"] = Value::List{hint.box->x(), hint.box->y(), hint.box->width(), hint.box->height()};
  args["strokes"] = Value::List{};
  for (const auto* list : {&hint.positive, &hint.negative})
    for (const auto& p : *list)
      args["strokes"].push(
          Value::Map{{"points", Value::List{pairOf(p)}}, {"radius", view->brush() / 4}, {"inside", list == &hint.positive}});
  auto fine = args;
  fine["refine"] = true;
  ask("grabcut", std::move(args), true, [ask, fine = std::move(fine)] { ask("grabcut", fine, false); });
}

void LabelPanel::Impl::proposed(const Result<Value>& answer, bool rough) {
  if (!answer) {
    if (answer.error().kind != ErrorKind::Cancelled)
      notice->say(widgets::Tone::Bad, [error = answer.error()] { return widgets::say(error); }, {{[] { return tr("Close"); }, {}}});
    return;
  }
  if ((*answer)["area"].asInt() == 0) {
    view->setPreview(std::nullopt);
    return Q_EMIT workspace.statusMessage(tr("Nothing was found there. Point somewhere else, or draw it by hand."));
  }
  Annotation shape;
  shape.kind = AnnotationKind::Mask;
  shape.text = (*answer)["runs"].asText();
  if (shape.text.empty()) {
    shape.kind = AnnotationKind::Polygon;
    for (const auto& g : (*answer)["polygon"].asList()) shape.geometry.push_back(static_cast<float>(g.asDouble()));
  }
  view->setPreview(std::move(shape), rough);
  Q_EMIT workspace.statusMessage(
      rough ? tr("A first look; it is being refined. Enter takes it as it is.")
            : tr("Enter takes this shape, Esc lets it go. Q and E point at what belongs to it and what does not."));
}

}  // namespace patchbay::studio
