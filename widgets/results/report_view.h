// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "widgets/results/report_source.h"

namespace patchbay::widgets {

/// A report on the screen. Evaluations have pages: figures, confusion matrix, classes, threshold, calibration, mistakes; other
/// kinds (summary, comparison, embedding map, label quality) have a page of their own. Everything is read in a thread.
class ReportView : public QWidget {
  Q_OBJECT
 public:
  explicit ReportView(EngineAccess& engine, QWidget* parent = nullptr);
  ~ReportView() override;

  using QWidget::show;
  void show(const ReportSource& source);
  /// By run and step, through findReport().
  void showStep(const std::string& run, const std::string& step);
  void clear();
  const ReportSource& source() const;

  /// The report as one file, by its ending: .html or .pdf. Pictures of the user only with `pictures`.
  /// Written in this thread from what is on the screen (no decoding); fails with cause and next action.
  Result<> saveDocument(const QString& path, bool pictures) const;

 public Q_SLOTS:
  void saveDocumentAs();  ///< Asks for the name and whether pictures may go in.

 Q_SIGNALS:
  /// The user wants the evaluate block's parameters changed so that it takes this threshold: {"threshold": "recall",
  /// "recall": 93.5} or {"threshold": "max_f1"}; chosen on the validation part.
  void parametersWanted(const std::string& node, const Value& params);
  /// Pictures chosen in a matrix cell or with the lasso; ids of the data set's items.
  void itemsSelected(const std::vector<std::string>& ids);
  /// Of a report of kind "label_quality": the person wants to see, and mend, these pictures in the data, or says that a finding is
  /// right as it is (or takes that back). The buttons are there only while somebody is connected.
  void showInDataWanted(const std::vector<std::string>& ids);
  void verdictGiven(const std::string& kind, const std::vector<std::string>& ids, bool right);
  void statusMessage(const QString& text);
  void loaded(bool good);

 protected:
  void changeEvent(QEvent* event) override;
  void connectNotify(const QMetaMethod& signal) override;
  void disconnectNotify(const QMetaMethod& signal) override;

 private:
  void offerActionsSoon();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
