// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "widgets/gallery/data_item.h"

namespace patchbay::widgets {

/// What of the data set is looked at: state, class, part, who made the labels, each with the number of items. Rows of one group
/// widen, groups narrow one another.
class DataFilters : public QWidget {
  Q_OBJECT
 public:
  explicit DataFilters(QWidget* parent = nullptr);
  ~DataFilters() override;
  /// New counts; what is ticked stays ticked as long as it is there.
  void setState(const DataState& state);
  /// As a query's `filter`, without text and ids; an empty map: everything.
  Value filter() const;
  bool active() const;
  void clear();
  /// Only this class, or with an empty name only what is unlabelled; a second time everything.
  void showOnly(const std::string& className);

 Q_SIGNALS:
  void changed();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
