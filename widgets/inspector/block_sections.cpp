// SPDX-License-Identifier: GPL-3.0-or-later
// Ports and "about" of a block.
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/sections.h"

namespace patchbay::widgets {

namespace {

/// The port as the canvas draws it.
class PortMark final : public QWidget {
 public:
  PortMark(std::string type, bool linked, QWidget* parent) : QWidget{parent}, type_{std::move(type)}, linked_{linked} {
    setFixedSize(18, 18);
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter p{this};
    p.setRenderHint(QPainter::Antialiasing);
    const auto colour = portColour(type_, palette());
    p.setPen(QPen{colour, 1.6});
    p.setBrush(linked_ ? QBrush{colour} : Qt::NoBrush);
    p.drawPath(QTransform{}.translate(9, 9).scale(12, 12).map(portShape(type_)));
  }

 private:
  std::string type_;
  bool linked_;
};

/// A block's title that leads to it.
class BlockLink final : public QPushButton {
 public:
  BlockLink(const QString& text, const QString& tip, QWidget* parent) : QPushButton{parent}, full_{text} {
    setFlat(true);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tip);
    setAccessibleName(tip);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setFixedHeight(fontMetrics().height() + 6);
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter p{this};
    p.setPen(palette().color(QPalette::Link));
    auto f = font();
    f.setUnderline(underMouse() || hasFocus());
    p.setFont(f);
    p.drawText(rect().adjusted(2, 0, -2, 0), Qt::AlignVCenter | Qt::AlignLeft,
               fontMetrics().elidedText(full_, Qt::ElideMiddle, width() - 4));
    if (hasFocus()) {
      p.setPen(QPen{palette().color(QPalette::Highlight), 1});
      p.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
  }

 private:
  QString full_;
};

}  // namespace

QString portTypeTitle(std::string_view type) { return sayPortType(type); }

PortList::PortList(InspectorState& state, QWidget* parent)
    : QWidget{parent}, state_{state}, ids_{state.selection}, rows_{new QVBoxLayout{this}} {
  rows_->setContentsMargins(0, 0, 0, 0);
  rows_->setSpacing(8);
  refresh();
}

std::vector<PortList::Row> PortList::wanted() const {
  std::vector<Row> out;
  const auto& id = ids_.front();
  const auto* node = state_.document().node(id);
  const auto* schema = node ? state_.catalogue().find(node->type) : nullptr;
  if (!schema) return out;
  for (const bool input : {true, false})
    for (const auto& port : schema->ports) {
      if (port.input != input) continue;
      const auto title = port.label.empty() ? fromUtf8(port.key) : say(port.label);
      Row row{&port,
              input ? tr("%1 in: %2", "port title and type").arg(title, portTypeTitle(port.type))
                    : tr("%1 out: %2", "port title and type").arg(title, portTypeTitle(port.type)),
              {}};
      for (const auto& link : state_.document().links()) {
        const auto& here = input ? link.to : link.from;
        const auto& there = input ? link.from : link.to;
        if (here.node == id && here.port == port.key)
          row.links.emplace_back(there.node, blockTitle(state_.document(), state_.catalogue(), there.node));
      }
      out.push_back(std::move(row));
    }
  return out;
}

void PortList::refresh() {
  auto rows = wanted();
  if (rows == shown_) return;
  shown_ = std::move(rows);
  while (auto* item = rows_->takeAt(0)) {
    if (item->widget()) {
      item->widget()->hide();
      item->widget()->deleteLater();
    }
    delete item;
  }
  for (const auto& row : shown_) build(row);
}

void PortList::build(const Row& what) {
  const auto& port = *what.port;
  auto* row = new QWidget{this};
  row->setObjectName(QStringLiteral("port.%1.%2").arg(port.input ? QStringLiteral("in") : QStringLiteral("out"), fromUtf8(port.key)));
  row->setToolTip(say(port.help));
  auto* line = new QHBoxLayout{row};
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(8);
  line->addWidget(new PortMark{port.type, !what.links.empty(), row}, 0, Qt::AlignTop);
  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  auto* name = new QLabel{what.title, row};
  name->setWordWrap(true);
  words->addWidget(name);
  for (const auto& [id, text] : what.links) {
    auto* link = new BlockLink{port.input ? tr("from %1").arg(text) : tr("to %1").arg(text), tr("Show the block \"%1\"").arg(text), row};
    link->setObjectName(row->objectName() + QStringLiteral(".link"));
    connect(link, &QPushButton::clicked, this, [this, target = id] { Q_EMIT nodeActivated(target); });
    words->addWidget(link);
  }
  if (what.links.empty()) {
    auto* note = new Note{port.input && !port.optional ? Tone::Warning : Tone::Neutral, true, row};
    note->say(!port.input ? tr("Not linked.") : port.optional ? tr("Not linked; it may stay so.") : tr("Not linked; the block needs it."));
    words->addWidget(note);
  }
  line->addLayout(words, 1);
  rows_->addWidget(row);
}

AboutBlock::AboutBlock(InspectorState& state, QWidget* parent)
    : QWidget{parent},
      state_{state},
      ids_{state.selection},
      name_{new QLineEdit{this}},
      nameLabel_{new QLabel{this}},
      text_{new Note{Tone::Neutral, false, this}} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(text_);
  layout->addWidget(nameLabel_);
  layout->addWidget(name_);
  name_->setObjectName(QStringLiteral("inspector.name"));
  nameLabel_->setBuddy(name_);
  nameLabel_->setWordWrap(true);
  makeRoomy(name_);
  connect(name_, &QLineEdit::editingFinished, this, [this] {
    const auto* node = state_.document().node(ids_.front());
    if (node && name_->text() != fromUtf8(node->name)) Q_EMIT renamed(name_->text());
  });
  refresh();
}

void AboutBlock::refresh() {
  const auto* node = state_.document().node(ids_.front());
  if (!node) return;
  const bool one = ids_.size() == 1;
  nameLabel_->setVisible(one);
  name_->setVisible(one);
  nameLabel_->setText(tr("Name in commands"));
  if (!name_->hasFocus()) name_->setText(fromUtf8(node->name));
  name_->setAccessibleName(nameLabel_->text());
  name_->setToolTip(tr("On the command line: --set %1.parameter=value").arg(fromUtf8(node->name)));
  const auto* schema = state_.catalogue().find(node->type);
  if (!schema) return text_->say(tr("Type: %1").arg(fromUtf8(node->type)));
  const auto& info = schema->info;
  QStringList lines;
  const auto memory = sayBytes(static_cast<double>(info.needs.memoryMb) * 1e6);
  lines << (info.needs.cores == 0 ? tr("Uses all processor cores and about %1 of memory.").arg(memory)
                                  : tr("Uses %n processor core(s) and about %1 of memory.", nullptr, info.needs.cores).arg(memory));
  if (info.needs.gpu == GpuNeed::Optional) lines << tr("Faster on a GPU; runs without one as well.");
  if (info.needs.gpu == GpuNeed::Required) lines << tr("Needs a GPU.");
  switch (info.effects) {
    case Effects::None:
      lines << tr("Touches nothing but its inputs and outputs.");
      break;
    case Effects::ReadsFiles:
      lines << tr("Reads files on this machine, and runs again when they change.");
      break;
    case Effects::Network:
      lines << tr("Uses the network.");
      break;
    case Effects::WritesOutside:
      lines << tr("Writes files outside the project's store.");
      break;
  }
  switch (info.determinism) {
    case Determinism::Pure:
      lines << tr("The same inputs and settings always give the same result.");
      break;
    case Determinism::Seeded:
      lines << tr("Draws random numbers: the same seed gives the same result.");
      break;
    case Determinism::External:
      lines << tr("Depends on something outside the pipeline, so it may differ from run to run.");
      break;
  }
  if (info.itemWise) lines << tr("Works picture by picture: only new or changed pictures are computed again.");
  lines << tr("Type: %1, version %2").arg(fromUtf8(info.id)).arg(info.version);
  text_->say(lines.join(QLatin1Char{'\n'}));
}

}  // namespace patchbay::widgets
