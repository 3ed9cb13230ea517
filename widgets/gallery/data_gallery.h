// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "widgets/base/engine_access.h"
#include "widgets/gallery/data_item.h"

namespace patchbay::widgets {

class DataEditor;
class DataFilters;
class DataPages;
class PictureGrid;

/// The project's data set as pictures: filters with counts, search, order, selection, and labels for what is chosen. Every gesture
/// is one revision; what others do is seen as it happens.
///
/// Keys in the grid: 1 to 9 label with that class (where pictures have several labels: add it, or take it away from those that all
/// have it), 0 takes labels away, L opens the list of classes, Delete removes from the
/// data set, Ctrl+Z and Ctrl+Shift+Z undo and redo, F5 asks anew, Ctrl+F searches.
class DataGallery : public QWidget {
  Q_OBJECT
 public:
  explicit DataGallery(EngineAccess& engine, QWidget* parent = nullptr);
  ~DataGallery() override;

  /// Asks for the state of the data and what of it is seen.
  void reload();
  /// An event of the engine; those that are no "data" are ignored.
  void handle(const Value& event);
  /// Only these items, whatever the filters say; `title` is asked for again when the language changes. An empty list: all again.
  void showIds(std::vector<std::string> ids, std::function<QString()> title);
  void setReadOnly(bool readOnly);
  const DataState& state() const;
  bool known() const;  ///< The state has been told at least once.
  DataEditor& editor() const;
  DataFilters& filters() const;
  DataPages& pages() const;
  PictureGrid& grid() const;
  QString headline() const;
  /// How many of the pictures that are shown have each class, "" standing for none; nothing while all are shown or it is not known yet.
  const std::optional<std::map<std::string, std::int64_t>>& shownOf() const;
  bool idle() const;

 public Q_SLOTS:
  void labelSelection(const QString& className);
  void setPart(const QString& split);
  void removeSelection();
  void openLabelMenu();
  /// All of them, the most alike to the current one first; by the features a pipeline computed.
  void showLike();

 Q_SIGNALS:
  void stateChanged();
  void shownOfChanged();
  void failed(const patchbay::Error& error);
  void statusMessage(const QString& text);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
