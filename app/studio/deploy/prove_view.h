// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "app/studio/deploy/export_facts.h"

namespace patchbay::studio {

/// Proof: the export's pipeline run again and compared in sentences, and the report that names a file for each figure.
class ProveView : public QWidget {
  Q_OBJECT

 public:
  explicit ProveView(QWidget* parent = nullptr);
  ~ProveView() override;
  void setExport(const ExportFacts* facts);
  bool busy() const;
  /// What reproducing said, a sentence a line.
  QString found() const;

 Q_SIGNALS:
  void ended();

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The sentences for an answer of `patchbay reproduce --json`.
QStringList sayReproduced(const Value& compared);

}  // namespace patchbay::studio
