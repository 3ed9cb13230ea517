// SPDX-License-Identifier: Apache-2.0
#include <pango/pangocairo.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "engine/base/value.h"
#include "plugins/printing/pages.h"

namespace patchbay::printing {
namespace {

constexpr double largest = 20'000;  // Of a side: nothing of ours comes near, and a damaged file shall not make a page of a mile.

/// The numbers in a text, whatever stands between them.
std::vector<double> numbers(std::string_view text) {
  std::vector<double> out;
  for (std::size_t at = 0; at < text.size();) {
    double v = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), v);
    if (error != std::errc{}) {
      ++at;
      continue;
    }
    out.push_back(std::isfinite(v) ? std::clamp(v, -largest, largest) : 0);
    at = static_cast<std::size_t>(end - text.data());
  }
  return out;
}

double number(const pugi::xml_node& node, const char* name, double otherwise = 0) {
  const auto all = numbers(node.attribute(name).as_string());
  return all.empty() ? otherwise : all[0];
}

/// A colour "#rrggbb"; without one nothing is drawn.
bool useColour(cairo_t* cairo, std::string_view text, double opacity) {
  unsigned rgb = 0;
  if (text.size() != 7 || text[0] != '#') return false;
  if (std::from_chars(text.data() + 1, text.data() + 7, rgb, 16).ec != std::errc{}) return false;
  cairo_set_source_rgba(cairo, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0, opacity);
  return true;
}

void drawText(cairo_t* cairo, const pugi::xml_node& node, double size) {
  PangoLayout* layout = pango_cairo_create_layout(cairo);
  auto* font = pango_font_description_from_string("Noto Sans, Noto Sans CJK SC, sans-serif");
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  if (std::strcmp(node.attribute("font-weight").as_string(), "bold") == 0) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  const auto words = displayText(node.text().as_string());
  pango_layout_set_text(layout, words.c_str(), static_cast<int>(words.size()));
  int width = 0;
  pango_layout_get_size(layout, &width, nullptr);
  const double wide = static_cast<double>(width) / PANGO_SCALE, base = static_cast<double>(pango_layout_get_baseline(layout)) / PANGO_SCALE;
  const std::string_view anchor = node.attribute("text-anchor").as_string();
  cairo_save(cairo);
  cairo_translate(cairo, number(node, "x"), number(node, "y"));
  if (const auto turn = numbers(node.attribute("transform").as_string()); !turn.empty()) cairo_rotate(cairo, turn[0] * M_PI / 180);
  cairo_move_to(cairo, anchor == "middle" ? -wide / 2 : anchor == "end" ? -wide : 0, -base);
  cairo_set_source_rgb(cairo, 0.12, 0.14, 0.16);
  showLayout(cairo, layout);
  cairo_restore(cairo);
  g_object_unref(layout);
}

void drawNode(cairo_t* cairo, const pugi::xml_node& node, double size) {
  const std::string_view name = node.name();
  const auto stroke = [&] {
    cairo_set_line_width(cairo, number(node, "stroke-width", 1));
    const auto dashes = numbers(node.attribute("stroke-dasharray").as_string());
    if (dashes.size() == 2 && dashes[0] > 0 && dashes[1] > 0) cairo_set_dash(cairo, dashes.data(), 2, 0);
    // The drawings' own style sheet makes their grid that light on paper; nothing else of it differs from the attributes.
    const bool grid = std::strcmp(node.attribute("class").as_string(), "grid") == 0;
    if (useColour(cairo, grid ? "#d0d7de" : node.attribute("stroke").as_string(), 1)) cairo_stroke(cairo);
    else cairo_new_path(cairo);
    cairo_set_dash(cairo, nullptr, 0, 0);
  };
  if (name == "rect") {
    // The whole page is paper anyway.
    if (std::strchr(node.attribute("width").as_string(), '%')) return;
    cairo_rectangle(cairo, number(node, "x"), number(node, "y"), number(node, "width"), number(node, "height"));
    if (useColour(cairo, node.attribute("fill").as_string(), std::clamp(number(node, "fill-opacity", 1), 0.0, 1.0))) cairo_fill(cairo);
    else cairo_new_path(cairo);
  } else if (name == "line") {
    cairo_move_to(cairo, number(node, "x1"), number(node, "y1"));
    cairo_line_to(cairo, number(node, "x2"), number(node, "y2"));
    stroke();
  } else if (name == "polyline") {
    const auto points = numbers(node.attribute("points").as_string());
    cairo_new_path(cairo);  // Words that were drawn leave a point behind, which the line would start from.
    for (std::size_t i = 0; i + 1 < points.size(); i += 2) cairo_line_to(cairo, points[i], points[i + 1]);
    stroke();
  } else if (name == "text") {
    drawText(cairo, node, size);
  }
}

}  // namespace

DrawingSize drawSvg(cairo_t* cairo, const std::string& svg) {
  pugi::xml_document document;
  if (!document.load_buffer(svg.data(), svg.size())) return {};
  const auto root = document.child("svg");
  const auto box = numbers(root.attribute("viewBox").as_string());
  if (box.size() != 4 || box[2] <= 0 || box[3] <= 0) return {};
  if (cairo)
    for (const auto& node : root.children()) drawNode(cairo, node, number(root, "font-size", 13));
  return {box[2], box[3]};
}

}  // namespace patchbay::printing
