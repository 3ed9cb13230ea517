// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/flow_pair.h"

#include <QHBoxLayout>
#include <QLabel>

namespace patchbay::studio {

QWidget* together(QLabel* name, QWidget* field) {
  auto* pair = new QWidget{field->parentWidget()};
  auto* row = new QHBoxLayout{pair};
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(name);
  row->addWidget(field);
  return pair;
}

}  // namespace patchbay::studio
