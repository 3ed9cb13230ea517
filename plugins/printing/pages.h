// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cairo.h>
#include <pango/pango.h>

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace patchbay::printing {

/// Sheets of A4 that are filled from top to bottom; lengths in points (1/72 inch). Texts come as they are and are nothing but text;
/// scripts that the usual font lacks are taken from another that has them.
class Pages {
 public:
  /// `bottom` stands at the foot of each page, beside its number.
  Pages(const std::filesystem::path& file, const std::string& title, std::string bottom);
  ~Pages();
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  void title(const std::string& text);
  /// Begins a new page when little would fit below it.
  void heading(const std::string& text);
  void text(const std::string& text);
  void small(const std::string& text);
  void item(const std::string& text);
  /// The first row is the heading, and stands on each page that the table reaches. Columns are as wide as what is in them asks.
  void table(const std::vector<std::vector<std::string>>& rows);
  /// The drawings of this program (rectangles, lines, polylines and texts of SVG); what else there may be is left out.
  void drawing(const std::string& svg);
  /// Everything is on the disk when it succeeds.
  Result<> finish();

 private:
  struct Style {
    double size = 10;
    bool bold = false;
    double grey = 0.11;
  };
  double layOut(const std::string& text, const Style& style, double width, double x, double y, bool draw);
  double naturalWidth(const std::string& text, const Style& style);
  void paragraph(const std::string& text, const Style& style, double indent, double after);
  void need(double height);
  void newPage();
  void foot();
  std::vector<double> widthsOf(const std::vector<std::vector<std::string>>& rows);
  double row(const std::vector<std::string>& cells, const std::vector<double>& widths, bool heading, bool draw);

  std::filesystem::path file_;
  std::string bottom_;
  cairo_surface_t* surface_ = nullptr;
  cairo_t* cairo_ = nullptr;
  double y_ = 0;
  int page_ = 1;
};

/// At the current point, in the current colour. Chinese, Japanese and Korean as outlines instead of text: Cairo 1.16 damages some
/// glyphs of such fonts when it takes a part of them into a PDF, and every viewer then leaves them out.
void showLayout(cairo_t* cairo, PangoLayout* layout);

/// Draws the subset of SVG that this program writes: <rect>, <line>, <polyline> and <text> with their attributes, in the size that its
/// viewBox says. Returns {width, height}; zeros when there is nothing to draw. With `cairo` null only the size is told.
struct DrawingSize {
  double width = 0, height = 0;
};
DrawingSize drawSvg(cairo_t* cairo, const std::string& svg);

}  // namespace patchbay::printing
