// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "app/studio/deploy/export_facts.h"

class QLabel;
class QTreeWidget;

namespace patchbay::studio {

/// What an export says of where it is good: whether it knows unlike pictures, and how often it is right on parts of the pictures.
class ProofFacts : public QWidget {
  Q_OBJECT

 public:
  explicit ProofFacts(QWidget* parent = nullptr);
  /// Nullptr: nothing is chosen, and nothing shown.
  void setExport(const ExportFacts* facts);
  void retranslate();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void fill();

  std::optional<ExportFacts> facts_;
  QLabel *familiar_ = nullptr, *about_ = nullptr;
  QTreeWidget* parts_ = nullptr;
};

/// Whether pictures that are unlike the training pictures are marked, and how often familiar ones raise no warning.
QString sayFamiliar(const ExportFacts& facts);

}  // namespace patchbay::studio
