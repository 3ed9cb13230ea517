// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTextBrowser>
#include <optional>

#include "engine/block/schema.h"

namespace patchbay::studio {

/// Help on a block, made of its declaration: what it does, inputs, outputs, parameters with ranges and defaults.
class HelpView : public QTextBrowser {
  Q_OBJECT

 public:
  explicit HelpView(QWidget* parent = nullptr);
  /// `param` is scrolled to unless empty. A null schema: nothing is chosen.
  void show(const Schema* schema, const QString& param = {});

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void render();
  std::optional<Schema> schema_;
};

}  // namespace patchbay::studio
