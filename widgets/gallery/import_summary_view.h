// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

/// What would come in if a folder or table were imported: kind, counts, balance of the classes, a sample, what cannot be read
/// and why, doubles, what is converted. Answers of the live service "patchbay.live.pictures", method "summary".
class ImportSummaryView : public QWidget {
  Q_OBJECT
 public:
  explicit ImportSummaryView(EngineAccess& engine, QWidget* parent = nullptr);
  ~ImportSummaryView() override;

  /// Asks the live service; shows that it is at work meanwhile. A new path replaces the one under way.
  void showPath(const std::string& path);
  void setSummary(const Value& summary);
  void setError(const Error& error);
  void clear();
  const Value& summary() const;
  /// Something can be imported: at least one readable picture.
  bool usable() const;

 Q_SIGNALS:
  void ready(bool usable);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
