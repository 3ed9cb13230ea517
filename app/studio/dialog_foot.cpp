// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/dialog_foot.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>

#include "widgets/base/theme.h"

namespace patchbay::studio {

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
