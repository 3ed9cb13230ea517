// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "app/studio/deploy/export_facts.h"
#include "app/studio/deploy/export_server.h"

namespace patchbay::studio {

/// An export as an endpoint: where, for whom, what it answers by now, its log, and how it is asked.
class ServeView : public QWidget {
  Q_OBJECT

 public:
  explicit ServeView(QWidget* parent = nullptr);
  ~ServeView() override;
  /// What Start serves; one that runs goes on.
  void setExport(const ExportFacts* facts);
  void setPrecision(const QString& precision);
  ExportServer& server();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::studio
