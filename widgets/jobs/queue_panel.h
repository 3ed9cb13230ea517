// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "widgets/jobs/run_book.h"

namespace patchbay::widgets {

/// What runs and what ran: each run with its steps, progress, time left, and how it ended. Stop buttons beside what they stop.
class QueuePanel : public QWidget {
  Q_OBJECT

 public:
  /// `book` and `catalogue` must outlive it.
  QueuePanel(const RunBook& book, const Catalogue& catalogue, QWidget* parent = nullptr);
  ~QueuePanel() override;

 public Q_SLOTS:
  /// Something in the book changed; drawing happens at most ten times a second.
  void refresh();

 Q_SIGNALS:
  /// `keep`: finish soon and keep the best so far; otherwise interrupt.
  void stopRequested(const QString& run, bool keep);
  void blockActivated(const patchbay::NodeId& node, const QString& run);
  void resultsRequested(const QString& run, const QString& step);
  void logRequested(const QString& run, const QString& step);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
