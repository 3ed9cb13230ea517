// SPDX-License-Identifier: Apache-2.0
#include "plugins/printing/pages.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <sstream>
#include <string_view>

#include "engine/base/value.h"

namespace patchbay::printing {
namespace {

constexpr double pageWidth = 595.28, pageHeight = 841.89, margin = 51, footHeight = 30;
constexpr double usable = pageWidth - 2 * margin, lowest = pageHeight - margin - footHeight;
constexpr double cellGap = 8, rowGap = 4;

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

Layout layoutOf(cairo_t* cairo, const std::string& text, double size, bool bold) {
  Layout layout{pango_cairo_create_layout(cairo)};
  auto* font = pango_font_description_from_string("Noto Sans, Noto Sans CJK SC, sans-serif");
  pango_font_description_set_size(font, static_cast<gint>(size * PANGO_SCALE));
  pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  // A digest that is broken is copied without a hyphen.
  auto* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);
  const auto shown = displayText(text);  // Valid UTF-8 without control characters.
  pango_layout_set_text(layout.get(), shown.c_str(), static_cast<int>(shown.size()));
  return layout;
}

}  // namespace

void showLayout(cairo_t* cairo, PangoLayout* layout) {
  const std::string_view text{pango_layout_get_text(layout)};
  // From U+2E80 on, as UTF-8: the radicals of Chinese begin there.
  bool wide = false;
  for (std::size_t i = 0; i < text.size() && !wide; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    wide = byte >= 0xE3 || (byte == 0xE2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0xBA);
  }
  if (!wide) return pango_cairo_show_layout(cairo, layout);
  pango_cairo_layout_path(cairo, layout);
  cairo_fill(cairo);
}

Pages::Pages(const std::filesystem::path& file, const std::string& title, std::string bottom)
    : file_{file}, bottom_{std::move(bottom)}, y_{margin} {
  surface_ = cairo_pdf_surface_create(file_.c_str(), pageWidth, pageHeight);
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_TITLE, displayText(title).c_str());
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATOR, "Patchbay");
  cairo_ = cairo_create(surface_);
}

Pages::~Pages() {
  cairo_destroy(cairo_);
  cairo_surface_destroy(surface_);
}

double Pages::layOut(const std::string& text, const Style& style, double width, double x, double y, bool draw) {
  const auto layout = layoutOf(cairo_, text, style.size, style.bold);
  pango_layout_set_width(layout.get(), static_cast<int>(std::max(1.0, width) * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  int height = 0;
  pango_layout_get_size(layout.get(), nullptr, &height);
  if (draw) {
    cairo_set_source_rgb(cairo_, style.grey, style.grey, style.grey);
    cairo_move_to(cairo_, x, y);
    showLayout(cairo_, layout.get());
  }
  return static_cast<double>(height) / PANGO_SCALE;
}

double Pages::naturalWidth(const std::string& text, const Style& style) {
  int width = 0;
  pango_layout_get_size(layoutOf(cairo_, text, style.size, style.bold).get(), &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

void Pages::foot() {
  const Style style{.size = 8, .grey = 0.4};
  const auto number = std::to_string(page_);
  layOut(bottom_, style, usable - 40, margin, pageHeight - margin - 8, true);
  layOut(number, style, 40, pageWidth - margin - naturalWidth(number, style), pageHeight - margin - 8, true);
}

void Pages::newPage() {
  foot();
  cairo_show_page(cairo_);
  ++page_;
  y_ = margin;
}

void Pages::need(double height) {
  if (y_ + height > lowest && y_ > margin) newPage();
}

void Pages::paragraph(const std::string& text, const Style& style, double indent, double after) {
  const double height = layOut(text, style, usable - indent, 0, 0, false);
  need(height);
  layOut(text, style, usable - indent, margin + indent, y_, true);
  y_ += height + after;
}

void Pages::title(const std::string& text) { paragraph(text, {.size = 20, .bold = true}, 0, 8); }
void Pages::heading(const std::string& text) {
  if (y_ > margin) y_ += 12;
  need(90);
  paragraph(text, {.size = 13, .bold = true}, 0, 4);
}
void Pages::text(const std::string& text) { paragraph(text, {.size = 9.5}, 0, 5); }
void Pages::small(const std::string& text) { paragraph(text, {.size = 8, .grey = 0.4}, 0, 4); }
void Pages::item(const std::string& text) {
  const Style style{.size = 9.5};
  need(layOut(text, style, usable - 12, 0, 0, false));
  layOut("\u2022", style, 12, margin, y_, true);
  paragraph(text, style, 12, 3);
}

/// Each column has room for its longest word, unless that is a digest; what is left of the page goes to those that want more.
std::vector<double> Pages::widthsOf(const std::vector<std::vector<std::string>>& rows) {
  constexpr double longWord = 0.3 * usable;
  const Style style{.size = 8.5, .bold = true};
  std::vector<double> wanted, least;
  for (const auto& cells : rows) {
    wanted.resize(std::max(wanted.size(), cells.size()), 12);
    least.resize(wanted.size(), 12);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      wanted[c] = std::max(wanted[c], naturalWidth(cells[c], style) + cellGap);
      std::istringstream words{cells[c]};
      for (std::string word; words >> word;) least[c] = std::max(least[c], std::min(longWord, naturalWidth(word, style) + cellGap));
    }
  }
  const auto sum = [](const std::vector<double>& v) { return std::accumulate(v.begin(), v.end(), 0.0); };
  const double all = sum(wanted), floor = sum(least);
  if (all <= usable) return wanted;
  for (std::size_t c = 0; c < wanted.size(); ++c)
    wanted[c] = floor >= usable ? least[c] * usable / floor : least[c] + (wanted[c] - least[c]) * (usable - floor) / (all - floor);
  return wanted;
}

double Pages::row(const std::vector<std::string>& cells, const std::vector<double>& widths, bool heading, bool draw) {
  const Style style{.size = 8.5, .bold = heading};
  double height = 0, x = margin;
  for (std::size_t c = 0; c < cells.size() && c < widths.size(); ++c) {
    height = std::max(height, layOut(cells[c], style, widths[c] - cellGap, x, y_ + rowGap / 2, draw));
    x += widths[c];
  }
  height += rowGap;
  if (!draw) return height;
  cairo_set_source_rgb(cairo_, 0.83, 0.85, 0.88);
  cairo_set_line_width(cairo_, 0.5);
  cairo_move_to(cairo_, margin, y_ + height);
  cairo_line_to(cairo_, margin + std::accumulate(widths.begin(), widths.end(), 0.0), y_ + height);
  cairo_stroke(cairo_);
  y_ += height;
  return height;
}

void Pages::table(const std::vector<std::vector<std::string>>& rows) {
  if (rows.empty()) return;
  const auto widths = widthsOf(rows);
  const bool headed = std::ranges::any_of(rows[0], [](const std::string& cell) { return !cell.empty(); });
  for (std::size_t r = headed ? 0 : 1; r < rows.size(); ++r) {
    const double height = row(rows[r], widths, r == 0, false);
    // A heading is never alone at the foot of a page.
    if (y_ + height + (r == 0 ? 24 : 0) > lowest && y_ > margin) {
      newPage();
      if (headed && r > 0) row(rows[0], widths, true, true);
    }
    row(rows[r], widths, r == 0 && headed, true);
  }
  y_ += 8;
}

void Pages::drawing(const std::string& svg) {
  const auto size = drawSvg(nullptr, svg);
  if (size.width <= 0 || size.height <= 0) return;
  const double scale = std::min({0.75, usable / size.width, (lowest - margin) / size.height});
  need(size.height * scale);
  cairo_save(cairo_);
  cairo_translate(cairo_, margin, y_);
  cairo_scale(cairo_, scale, scale);
  cairo_rectangle(cairo_, 0, 0, size.width, size.height);
  cairo_clip(cairo_);
  drawSvg(cairo_, svg);
  cairo_restore(cairo_);
  y_ += size.height * scale + 8;
}

Result<> Pages::finish() {
  foot();
  cairo_show_page(cairo_);
  cairo_surface_finish(surface_);
  const auto status = cairo_status(cairo_) != CAIRO_STATUS_SUCCESS ? cairo_status(cairo_) : cairo_surface_status(surface_);
  if (status == CAIRO_STATUS_SUCCESS) return {};
  return fail(ErrorKind::Io, "print.write",
              TR("worker", "{path} cannot be written: {why}.")
                  .with("path", displayText(file_.native()))
                  .with("why", cairo_status_to_string(status)),
              TR("worker", "Choose another place, or make room on the disk."));
}

}  // namespace patchbay::printing
