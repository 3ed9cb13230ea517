// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractScrollArea>
#include <QColor>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/base/engine_access.h"
#include "widgets/base/theme.h"

namespace patchbay::widgets {

/// One picture of a gallery.
struct GalleryItem {
  PictureRef picture;
  std::string id;                                    ///< Of the data set's item; may be empty.
  QString caption;                                   ///< One line below the picture.
  QString note;                                      ///< A second, quieter line.
  Tone tone = Tone::Neutral;                         ///< Colour of the caption's bar: Bad for a mistake.
  QColor mark;                                       ///< A dot before the caption, the class's colour; invalid: none.
  bool pending = false;                              ///< Nothing is known of it yet; itemsChanged() tells when that is over.
  std::vector<std::pair<QString, QString>> details;  ///< Name and value, shown beside the large view.
};

/// A grid of pictures that asks only for what is in sight: a million of them scroll like 100. Thumbnails come as they are ready; what
/// was scrolled away before its turn is not asked for. Ctrl+wheel or +/- change the size, Enter or a double click opens the
/// large view, Ctrl+A, Shift and Ctrl select as in a file manager.
class PictureGrid : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit PictureGrid(EngineAccess& engine, QWidget* parent = nullptr);
  ~PictureGrid() override;

  using Provider = std::function<GalleryItem(std::size_t)>;
  /// `provider` is called in this thread for what is in sight only, and must stay callable until the next call.
  /// `keepPlace`: what is at the top and current keeps its number, as far as there still is one, and with the same count what is chosen.
  void setItems(std::size_t count, Provider provider, bool keepPlace = false);
  /// The provider says something else of these now; their pictures are the same unless it names others.
  void itemsChanged(std::size_t first, std::size_t last);
  void setItems(std::vector<GalleryItem> items);
  std::size_t count() const;
  GalleryItem item(std::size_t index) const;
  void setEmptyText(const QString& text);

  int cellSize() const;  ///< Edge of a thumbnail in pixels, 48 to 512.
  void setCellSize(int pixels);
  std::vector<std::size_t> selection() const;
  void setSelection(const std::vector<std::size_t>& indices);
  std::optional<std::size_t> current() const;
  void setCurrent(std::size_t index);
  /// Double click and Enter open the large view unless this is false; activated() comes either way.
  void setOpensLargeView(bool opens);
  void openLargeView(std::size_t index);
  /// Lays a picture over the thumbnail of an item, e.g. a heat map; a null image takes it away. `opacity` 0 to 1.
  void setOverlay(std::size_t index, const QImage& image, double opacity = 0.5);
  void clearOverlays();
  QRect cellRect(std::size_t index) const;            ///< In the viewport's coordinates.
  QImage thumbnail(std::size_t index) const;          ///< As far as it has arrived; null otherwise.
  int pendingThumbnails() const;                      ///< Asked for and not answered.
  std::pair<std::size_t, std::size_t> sight() const;  ///< First item seen, and the one behind the last.

 Q_SIGNALS:
  void selectionChanged();
  void currentChanged(std::size_t index);
  void activated(std::size_t index);
  void cellSizeChanged(int pixels);
  void sightChanged(std::size_t first, std::size_t last);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
