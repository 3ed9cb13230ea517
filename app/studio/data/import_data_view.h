// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "engine/base/id.h"

namespace patchbay::studio {

class Workspace;

/// The pictures that come out of a block: how many of each class and part as bars, and a grid of them, filtered by class and part.
class DataView : public QWidget {
  Q_OBJECT

 public:
  explicit DataView(Workspace& workspace, QWidget* parent = nullptr);
  ~DataView() override;
  /// What the block gave in its newest run as it is set up now.
  void showBlock(const NodeId& block);
  std::size_t shown() const;
  std::size_t total() const;

 Q_SIGNALS:
  void loaded();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The output of a block that is a data set; empty: it has none.
std::string dataPort(Workspace& workspace, const NodeId& block);
/// Opens the view in a dock of the window, making it the first time; while it is seen it follows the selection. False: nothing came
/// out of the block that can be looked at.
bool openData(Workspace& workspace, const NodeId& block);

}  // namespace patchbay::studio
