// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "engine/graph/problem.h"
#include "widgets/jobs/run_book.h"

namespace patchbay::widgets {

/// What the blocks said while they ran, with a search field and a choice of block and severity.
class LogView : public QWidget {
  Q_OBJECT

 public:
  /// `book` and `catalogue` must outlive it.
  LogView(const RunBook& book, const Catalogue& catalogue, QWidget* parent = nullptr);
  ~LogView() override;
  /// Shows the lines of one step; empty: all.
  void setStep(const QString& run, const QString& step);

 public Q_SLOTS:
  void refresh();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What is wrong with the pipeline, all at once; a click goes there.
class ProblemsView : public QWidget {
  Q_OBJECT

 public:
  /// `catalogue` must outlive it.
  explicit ProblemsView(const Catalogue& catalogue, QWidget* parent = nullptr);
  ~ProblemsView() override;
  void setProblems(const std::vector<Problem>& problems, const BlockNames& names);

 Q_SIGNALS:
  void problemActivated(const patchbay::NodeId& node, const QString& param);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
