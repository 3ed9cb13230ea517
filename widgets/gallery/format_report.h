// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTreeWidget>

#include "engine/base/value.h"

namespace patchbay::widgets {

/// What was noticed while a data set was read or written: [{"code", "count", "left_out", "cause": Text, "hint"?: Text, "examples"}], what
/// is left out first, each with the first places it was found at.
class FormatReport : public QTreeWidget {
  Q_OBJECT
 public:
  explicit FormatReport(QWidget* parent = nullptr);
  /// `writing`: nothing is said as good news of what was written.
  void setReport(const Value& report, bool writing);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void fill();
  Value report_;
  bool writing_ = false;
};

}  // namespace patchbay::widgets
