// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/run_place.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <optional>

#include "app/studio/run/machine_tool.h"
#include "app/studio/workspace.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/inspector/controls.h"

namespace patchbay::studio {

namespace {
constexpr int narrowLetters = 14, wideLetters = 26, wideFrom = 480;
}  // namespace

struct RunPlace::Impl {
  RunPlace& self;
  Workspace& workspace;
  MachineTool& tool;
  QLabel *ownLabel = new QLabel{&self}, *wholeLabel = new QLabel{&self}, *why = new QLabel{&self};
  QComboBox *own = new QComboBox{&self}, *whole = new QComboBox{&self};
  QPushButton* here = new QPushButton{&self};
  QStringList names;                  ///< Of the machines of this computer.
  QString ofProject;                  ///< "" here.
  std::optional<QString> ofPipeline;  ///< None: as the project.
  bool filling = false;

  Impl(RunPlace& s, Workspace& w, MachineTool& t) : self{s}, workspace{w}, tool{t} {}

  static QString asLocal(const QString& name) { return name.isEmpty() ? QStringLiteral("local") : name; }
  QString inForce() const { return ofPipeline.value_or(ofProject); }

  QString say(const QString& name) const {
    if (name.isEmpty()) return RunPlace::tr("This machine");
    return names.contains(name) ? name : RunPlace::tr("%1 (not known here)").arg(name);
  }

  /// All there is, and what is chosen though it is not there.
  void fillOne(QComboBox* box, const QString& chosen) const {
    box->addItem(say({}), QStringLiteral("local"));
    for (const auto& name : names) box->addItem(name, name);
    if (!chosen.isEmpty() && !names.contains(chosen)) box->addItem(say(chosen), chosen);
  }

  void fill() {
    filling = true;
    own->clear();
    own->addItem(RunPlace::tr("As the project: %1").arg(say(ofProject)), QString{});
    fillOne(own, ofPipeline.value_or(QString{}));
    own->setCurrentIndex(ofPipeline ? std::max(0, own->findData(asLocal(*ofPipeline))) : 0);
    whole->clear();
    fillOne(whole, ofProject);
    whole->setCurrentIndex(std::max(0, whole->findData(asLocal(ofProject))));
    filling = false;
    const auto name = inForce();
    const bool known = name.isEmpty() || names.contains(name);
    if (!known)
      why->setText(
          (ofPipeline
               ? RunPlace::tr("This pipeline is set to run on %1, a machine that this computer does not know. Add it under this name, or "
                              "run here.")
               : RunPlace::tr("The project is set to run on %1, a machine that this computer does not know. Add it under this name, or "
                              "run here."))
              .arg(name));
    else if (names.isEmpty()) why->setText(RunPlace::tr("Everything runs here, as there is no other machine yet."));
    else if (name.isEmpty())
      why->setText(ofPipeline ? RunPlace::tr("Everything runs here, because this pipeline is set to it.")
                              : RunPlace::tr("Everything runs here, as nothing else was chosen for the project."));
    else
      why->setText((ofPipeline ? RunPlace::tr("What computes much runs on %1, because this pipeline is set to it; the rest runs here.")
                               : RunPlace::tr("What computes much runs on %1, because the project is set to it; the rest runs here."))
                       .arg(name));
    here->setVisible(!known);
    recolour(known);
    why->setAccessibleName(why->text());
  }

  void recolour(bool known) {
    auto palette = self.palette();
    palette.setColor(QPalette::WindowText, toneColour(known ? widgets::Tone::Neutral : widgets::Tone::Bad, palette));
    why->setPalette(palette);
  }

  void choose(const QString& name, bool forPipeline) {
    QStringList words{QStringLiteral("default")};
    if (name.isEmpty()) words << QStringLiteral("--forget");
    else words << name;
    words << QStringLiteral("--project") << widgets::fromUtf8(workspace.session().project().native());
    if (forPipeline) words << QStringLiteral("--pipeline") << widgets::fromUtf8(workspace.file().document().id);
    tool.ask(words, [this](const Value&, const std::optional<Error>& error) {
      if (error) {
        fill();  // What stands there is what is in force.
        Q_EMIT self.failed(*error);
      } else {
        Q_EMIT self.chosen();
      }
    });
  }

  void build();
  void retranslate();
};

void RunPlace::Impl::build() {
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* row = new widgets::FlowLayout{nullptr, 0, 8};
  const auto pair = [&](QLabel* label, QComboBox* box) {
    auto* both = new QWidget{&self};
    auto* line = new QHBoxLayout{both};
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(label);
    line->addWidget(box, 1);
    label->setBuddy(box);
    // Names of machines are as long as people like; the list shows all of them.
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(narrowLetters);
    widgets::keepFromWheel(box);  // Scrolling the panel must not send a pipeline elsewhere.
    row->addWidget(both);
  };
  pair(ownLabel, own);
  pair(wholeLabel, whole);
  row->addWidget(here);
  column->addLayout(row);
  column->addWidget(why);
  why->setWordWrap(true);
  why->setTextFormat(Qt::PlainText);
  why->setObjectName(QStringLiteral("machines.why"));
  own->setObjectName(QStringLiteral("machines.on"));
  whole->setObjectName(QStringLiteral("machines.onProject"));
  here->setObjectName(QStringLiteral("machines.here"));
  here->hide();
  // Only what a person does: arrow keys while the list is closed choose as well.
  QObject::connect(own, &QComboBox::activated, &self, [this](int at) { choose(own->itemData(at).toString(), true); });
  QObject::connect(whole, &QComboBox::activated, &self, [this](int at) { choose(whole->itemData(at).toString(), false); });
  QObject::connect(here, &QPushButton::clicked, &self, [this] { choose(QStringLiteral("local"), true); });
  retranslate();
}

void RunPlace::Impl::retranslate() {
  ownLabel->setText(RunPlace::tr("This pipeline &runs on"));
  wholeLabel->setText(RunPlace::tr("The &project's others on"));
  own->setAccessibleName(RunPlace::tr("Where this pipeline runs"));
  whole->setAccessibleName(RunPlace::tr("Where the pipelines of this project run that have no place of their own"));
  own->setToolTip(
      RunPlace::tr("What computes much runs there, the rest here. Remembered for this pipeline, in its project on this computer"));
  whole->setToolTip(RunPlace::tr("For all pipelines of this project that have no place of their own"));
  here->setText(RunPlace::tr("Run this pipeline here"));
  here->setAccessibleName(here->text());
  fill();
}

RunPlace::RunPlace(Workspace& workspace, MachineTool& tool, QWidget* parent)
    : QWidget{parent}, impl_{std::make_unique<Impl>(*this, workspace, tool)} {
  impl_->build();
}

RunPlace::~RunPlace() = default;

void RunPlace::setList(const Value& answer) {
  auto& d = *impl_;
  d.names.clear();
  for (const auto& machine : answer["machines"].asList()) d.names << widgets::fromUtf8(machine["name"].asText());
  d.ofProject = answer["default"].asText().empty() ? QString{} : widgets::fromUtf8(answer["default"].asText());
  d.ofPipeline = answer.contains("own") ? std::optional{widgets::fromUtf8(answer["own"].asText())} : std::nullopt;
  d.fill();
}

/// "As the project: This machine" is read whole where there is room for it.
void RunPlace::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  impl_->own->setMinimumContentsLength(width() >= wideFrom ? wideLetters : narrowLetters);
}

QString RunPlace::inForce() const { return impl_->inForce(); }
void RunPlace::retranslate() { impl_->retranslate(); }

}  // namespace patchbay::studio
