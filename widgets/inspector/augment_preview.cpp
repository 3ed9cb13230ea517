// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/augment_preview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"

namespace patchbay::widgets {

namespace {

constexpr int tile = 84;
constexpr int count = 5;

}  // namespace

/// Pictures in rows; the first is the original and has a frame.
class AugmentPreview::Strip final : public QWidget {
 public:
  explicit Strip(QWidget* parent) : QWidget{parent} {
    QSizePolicy policy{QSizePolicy::Preferred, QSizePolicy::Fixed};
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
  }
  QImage original;
  std::vector<QImage> made;

  int columns(int w) const { return std::max(1, (w + 4) / (tile + 4)); }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int w) const override {
    const int n = 1 + count;
    return (n + columns(w) - 1) / columns(w) * (tile + 4);
  }
  QSize sizeHint() const override { return {3 * (tile + 4), heightForWidth(3 * (tile + 4))}; }
  QSize minimumSizeHint() const override { return {tile, tile}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter p{this};
    p.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    // Tiles share the width, so that the rows end where everything else does.
    const int n = columns(width());
    const double edge = std::min<double>(tile + 20, (width() - 4.0 * (n - 1)) / n);
    for (int i = 0; i < 1 + count; ++i) {
      const int column = i % n, row = i / n;
      const QRectF box{column * (edge + 4), row * (tile + 4.0), edge, tile};
      const auto& image = i == 0 ? original : i - 1 < static_cast<int>(made.size()) ? made[static_cast<std::size_t>(i - 1)] : QImage{};
      QPainterPath shape;
      shape.addRoundedRect(box, 6, 6);
      p.fillPath(shape, palette().color(QPalette::AlternateBase));
      if (!image.isNull()) {
        const double scale = std::max(box.width() / image.width(), box.height() / image.height());
        const QSizeF part{box.width() / scale, box.height() / scale};
        p.setClipPath(shape);
        p.drawImage(box, image, QRectF{QPointF{(image.width() - part.width()) / 2, (image.height() - part.height()) / 2}, part});
        p.setClipping(false);
      }
      if (i == 0) {
        p.setPen(QPen{palette().color(QPalette::Highlight), 2});
        p.setBrush(Qt::NoBrush);
        p.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6);
      }
    }
  }
};

AugmentPreview::AugmentPreview(EditorContext& context, QWidget* parent)
    : QWidget{parent},
      context_{context},
      heading_{new QLabel{this}},
      again_{new QPushButton{this}},
      strip_{new Strip{this}},
      note_{new Note{Tone::Neutral, true, this}} {
  setObjectName(QStringLiteral("augment.preview"));
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  auto* head = new QHBoxLayout;
  head->setSpacing(2);
  previous_ = iconButton(QStringLiteral("left"), QStringLiteral("‹"), QStringLiteral("augment.previous"), this);
  next_ = iconButton(QStringLiteral("right"), QStringLiteral("›"), QStringLiteral("augment.next"), this);
  again_->setObjectName(QStringLiteral("augment.again"));
  heading_->setWordWrap(true);
  head->addWidget(heading_, 1);
  head->addWidget(previous_);
  head->addWidget(next_);
  layout->addLayout(head);
  layout->addWidget(strip_);
  layout->addWidget(note_);
  layout->addWidget(again_, 0, Qt::AlignLeft);
  wait_.setSingleShot(true);
  wait_.setInterval(150);
  connect(&wait_, &QTimer::timeout, this, &AugmentPreview::ask);
  connect(again_, &QPushButton::clicked, this, [this] {
    ++seed_;
    ask();
  });
  connect(previous_, &QToolButton::clicked, this, [this] { step(-1); });
  connect(next_, &QToolButton::clicked, this, [this] { step(1); });
  connect(&context, &EditorContext::dataPathChanged, this, [this] {
    samples_.clear();
    at_ = 0;
    wait_.start();
  });
  retranslate();
}

void AugmentPreview::retranslate() {
  heading_->setText(tr("On your pictures"));
  again_->setText(tr("Other examples"));
  again_->setAccessibleName(again_->text());
  again_->setToolTip(tr("Draws the random numbers anew."));
  setWhat(previous_, tr("The previous picture"));
  setWhat(next_, tr("The next picture"));
  strip_->setAccessibleName(tr("The picture and %n example(s) of it augmented", nullptr, count));
}

void AugmentPreview::show(const Value& augmentations) {
  list_ = augmentations;
  wait_.start();
}

void AugmentPreview::step(int by) {
  if (samples_.empty()) return;
  at_ = (at_ + by + static_cast<int>(samples_.size())) % static_cast<int>(samples_.size());
  ask();
}

void AugmentPreview::ask() {
  const auto shown = [this](bool on) {
    for (QWidget* w : std::initializer_list<QWidget*>{strip_, again_, previous_, next_}) w->setVisible(on);
  };
  if (!samples_.empty()) {
    shown(true);
    return computeFor(samples_[static_cast<std::size_t>(at_)]);
  }
  context_.samples(this, [this, shown](const Result<std::vector<PictureRef>>& got) {
    shown(got && !got->empty());
    if (!got) return note_->say(widgets::say(got.error()));
    if (got->empty()) return note_->say(tr("Link a block with pictures to see here what the augmentations do to them."));
    samples_ = *got;
    at_ = 0;
    computeFor(samples_.front());
  });
}

void AugmentPreview::computeFor(const PictureRef& picture) {
  const int side = static_cast<int>(tile * 1.5 * devicePixelRatioF());
  const Value what =
      picture.digest.empty() ? Value{Value::Map{{"path", pathToValue(picture.path)}}} : Value{Value::Map{{"digest", picture.digest}}};
  context_.engine().live("patchbay.live.pictures", "augment",
                         Value::Map{{"picture", what}, {"augmentations", list_}, {"count", count}, {"side", side}, {"seed", seed_}},
                         "inspector.augment", this, [this](const Result<Value>& got) {
                           // Overtaken by a newer request: that one's answer comes.
                           if (!got && got.error().kind == ErrorKind::Cancelled) return;
                           note_->setTone(got ? Tone::Neutral : Tone::Bad);
                           note_->say(got ? QString{} : widgets::say(got.error()));
                           if (!got) return;
                           images_.clear();
                           for (const auto& one : (*got)["images"].asList()) images_.push_back(imageFrom(one));
                           strip_->original = imageFrom((*got)["original"]);
                           strip_->made = images_;
                           strip_->update();
                         });
}

}  // namespace patchbay::widgets
