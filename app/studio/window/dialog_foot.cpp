// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/dialog_foot.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>

#include "widgets/base/theme.h"

namespace patchbay::studio {
namespace {

/// The first button waits disabled for what is looked at, so focus falls on the second one, and Enter would close the dialog: the
/// first one gets it back as soon as it can be pressed.
class ReadyFocus final : public QObject {
 public:
  ReadyFocus(QDialog& dialog, QPushButton& ok, QPushButton& cancel) : QObject{&dialog}, dialog_{dialog}, ok_{ok}, cancel_{cancel} {}
  bool eventFilter(QObject*, QEvent* event) override {
    const auto* const focused = dialog_.focusWidget();
    if (event->type() == QEvent::EnabledChange && ok_.isEnabled() && (!focused || focused == &cancel_)) ok_.setFocus();
    return false;
  }

 private:
  QDialog& dialog_;
  QPushButton &ok_, &cancel_;
};

}  // namespace

DialogFoot makeFoot(QDialog& dialog, const QString& name) {
  DialogFoot foot;
  foot.progress = new QLabel{&dialog};
  foot.progress->setObjectName(name + QStringLiteral(".progress"));
  foot.bar = new QProgressBar{&dialog};
  foot.bar->setTextVisible(false);
  foot.bar->setMaximumWidth(160);
  auto* buttons = new QDialogButtonBox{&dialog};
  foot.ok = buttons->addButton(QString{}, QDialogButtonBox::AcceptRole);
  foot.ok->setObjectName(name + QStringLiteral(".ok"));
  foot.ok->setDefault(true);
  foot.cancel = buttons->addButton(QString{}, QDialogButtonBox::RejectRole);
  foot.cancel->setObjectName(name + QStringLiteral(".cancel"));
  foot.cancel->setAutoDefault(false);
  foot.ok->installEventFilter(new ReadyFocus{dialog, *foot.ok, *foot.cancel});
  QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
  QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
  foot.row = new QHBoxLayout;
  foot.row->addWidget(foot.progress, 1);
  foot.row->addWidget(foot.bar);
  foot.row->addWidget(buttons);
  return foot;
}

PathRow makePathRow(QDialog& dialog, const QString& name, const QString& folder, const QString& file) {
  PathRow out;
  out.where = new QLineEdit{&dialog};
  out.where->setObjectName(name + QStringLiteral(".path"));
  const auto button = [&](const QString& called, const char* picture) {
    auto* one = new QPushButton{&dialog};
    one->setObjectName(name + QLatin1Char('.') + called);
    one->setIcon(widgets::icon(QLatin1String{picture}));
    return one;
  };
  out.folder = button(folder, "folder");
  out.file = button(file, "file");
  out.row = new QHBoxLayout;
  out.row->addWidget(out.where, 1);
  out.row->addWidget(out.folder);
  out.row->addWidget(out.file);
  return out;
}

QVBoxLayout* makeColumn(QDialog& dialog) {
  auto* column = new QVBoxLayout{&dialog};
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(12);
  return column;
}

}  // namespace patchbay::studio
