// SPDX-License-Identifier: Apache-2.0
// labelme: x.json beside x.jpg (github.com/wkentaro/labelme, versions 4 to 6). Shapes are rectangle, oriented_rectangle, polygon,
// point, points, line, linestrip, circle and mask; flags of the picture are classes of the whole, one that is off is said not to be there.
// Further keys, which labelme keeps as they are: "attributes" and "score" of a shape, "split" and "group" of the file.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/formats/format.h"
#include "engine/formats/index_png.h"
#include "engine/formats/json_in.h"
#include "engine/formats/json_out.h"

namespace patchbay::formats {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string toBase64(std::string_view bytes) {
  std::string to;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto n = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t v = 0;
    for (std::size_t k = 0; k < 3; ++k) v = v << 8 | (k < n ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) to += k <= n ? digits[v >> (18 - 6 * k) & 63] : '=';
  }
  return to;
}

std::vector<std::uint8_t> fromBase64(std::string_view text) {
  std::vector<std::uint8_t> to;
  std::uint32_t v = 0;
  int bits = 0;
  for (const char c : text) {
    const auto d = digits.find(c);
    if (d == std::string_view::npos) continue;
    v = v << 6 | static_cast<std::uint32_t>(d);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    to.push_back(static_cast<std::uint8_t>(v >> bits & 255));
  }
  return to;
}

bool looksRight(const Source& source, const std::string& name) {
  const auto text = source.peek(name, 64 * 1024);
  return text.find("\"shapes\"") != std::string::npos &&
         (text.find("\"imagePath\"") != std::string::npos || text.find("\"imageData\"") != std::string::npos);
}

std::optional<std::vector<float>> cornersOf(Json shape) {
  const auto list = arrayOf(shape, "points");
  if (!list) return std::nullopt;
  std::vector<float> to;
  for (const Json one : *list) {
    const auto xy = numbers(one);
    if (!xy || xy->size() != 2) return std::nullopt;
    to.insert(to.end(), xy->begin(), xy->end());
  }
  return to;
}

/// Puts the crop where its first corner says.
bool readMask(Json shape, std::span<const float> corners, const Record& record, Annotation& a) {
  const auto bytes = fromBase64(textOf(shape, "mask"));
  const auto png = readIndexPng(bytes);
  if (!png || corners.size() != 4 || record.width <= 0 || record.height <= 0 ||
      static_cast<std::int64_t>(record.width) * record.height > mostMaskPixels)
    return false;
  const float left = std::min(corners[0], corners[2]), top = std::min(corners[1], corners[3]);
  if (!(left >= 0 && top >= 0 && left < static_cast<float>(record.width) && top < static_cast<float>(record.height))) return false;
  const auto x0 = static_cast<int>(left), y0 = static_cast<int>(top);
  if (x0 + png->width > record.width || y0 + png->height > record.height) return false;
  Bitmap bitmap{record.width, record.height,
                std::vector<std::uint8_t>(static_cast<std::size_t>(record.width) * static_cast<std::size_t>(record.height), 0)};
  for (int y = 0; y < png->height; ++y)
    for (int x = 0; x < png->width; ++x)
      bitmap.pixels[static_cast<std::size_t>(y0 + y) * static_cast<std::size_t>(record.width) + static_cast<std::size_t>(x0 + x)] =
          png->pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(png->width) + static_cast<std::size_t>(x)] != 0;
  a.kind = AnnotationKind::Mask;
  a.text = textOfRuns(runsOf(bitmap, 1));
  return true;
}

bool readShape(Json shape, const Record& record, Annotation& a) {
  const auto corners = cornersOf(shape);
  if (!corners || corners->empty()) return false;
  const auto& c = *corners;
  const auto type = textOf(shape, "shape_type");
  if (type == "mask") return readMask(shape, c, record, a);
  if (type == "rectangle" && c.size() == 4) {
    a.kind = AnnotationKind::Box;
    a.geometry = {std::min(c[0], c[2]), std::min(c[1], c[3]), std::abs(c[2] - c[0]), std::abs(c[3] - c[1])};
  } else if ((type == "oriented_rectangle" || type == "rotation") && c.size() == 8) {
    a.kind = AnnotationKind::RotatedBox;
    a.geometry = {
        (c[0] + c[2] + c[4] + c[6]) / 4, (c[1] + c[3] + c[5] + c[7]) / 4, std::hypot(c[2] - c[0], c[3] - c[1]),
        std::hypot(c[4] - c[2], c[5] - c[3]),
        static_cast<float>(std::atan2(static_cast<double>(c[3]) - c[1], static_cast<double>(c[2]) - c[0]) * 180 / std::numbers::pi)};
  } else if (type == "polygon" || type.empty()) {
    a.kind = AnnotationKind::Polygon;
    a.geometry = polygonOf(corners ? std::span<const std::vector<float>>{&*corners, 1} : std::span<const std::vector<float>>{});
  } else if (type == "point" || type == "points" || type == "line" || type == "linestrip") {
    a.kind = AnnotationKind::Points;
    for (std::size_t i = 0; i + 1 < c.size(); i += 2) a.geometry.insert(a.geometry.end(), {c[i], c[i + 1], 2});
  } else if (type == "circle" && c.size() == 4) {
    // Its middle and a point of its rim.
    const auto radius = std::hypot(c[2] - c[0], c[3] - c[1]);
    if (!(radius > 0)) return false;
    a.kind = AnnotationKind::Polygon;
    a.geometry = ellipseOutline(c[0], c[1], radius, radius);
  } else {
    return false;
  }
  return true;
}

Attributes readAttributes(Json shape) {
  Attributes to;
  simdjson::dom::object object;
  if (const auto listed = member(shape, "attributes"); listed && !listed->get_object().get(object))
    for (const auto& [key, value] : object)
      if (!value.is_array() && !value.is_object()) putAttribute(to, key, scalarText(value));
  if (const auto flags = member(shape, "flags"); flags && !flags->get_object().get(object))
    for (const auto& [key, value] : object)
      if (truthOf(*flags, key)) putAttribute(to, key, "true");
  if (const auto group = integerOf(shape, "group_id")) putAttribute(to, "group", std::to_string(*group));
  if (const auto text = textOf(shape, "description"); !text.empty()) putAttribute(to, "description", std::string{text});
  return to;
}

class LabelmeWriter final : public Writer {
 public:
  LabelmeWriter(Target& target, Report& report, Facts facts)
      : Writer{target, report, std::move(facts),
               Holds{.kinds = {AnnotationKind::Class, AnnotationKind::Box, AnnotationKind::RotatedBox, AnnotationKind::Polygon,
                               AnnotationKind::Mask, AnnotationKind::Points},
                     .scores = true,
                     .anyAttribute = true,
                     .groups = true}} {}
  Result<> finish() override {
    // What labelme --labels takes; it is also where the order of the classes is kept.
    std::string labels;
    for (const auto& one : classes())
      if (one.name.find('\n') == std::string::npos) labels += one.name + '\n';
      else report().lost("classes", one.name);
    return target().write("labels.txt", labels);
  }

 protected:
  Result<> write(Item item) override {
    PB_TRY(const auto name, putPicture(item, ""));
    JsonOut json;
    json.open('{').key("version").text("5.5.0").key("flags").open('{');
    std::set<std::string> flags;
    for (const auto& a : item.annotations) {
      if (a.kind != AnnotationKind::Class) continue;
      // A flag is on or off, and there once.
      if ((a.score != 1 && a.score != 0) || !flags.insert(a.label).second) {
        lost(item, a);
        continue;
      }
      json.key(a.label).boolean(a.score == 1);
      if (!a.text.empty()) report().lost("attribute", name, static_cast<std::int64_t>(attributesOf(a).size()));
    }
    json.close('}').key("shapes").open('[');
    for (const auto& a : item.annotations)
      if (a.kind != AnnotationKind::Class) shape(json, item, a);
    json.close(']').key("imagePath").text(lastOf(name)).key("imageData").null();
    json.key("imageHeight").number(item.height).key("imageWidth").number(item.width);
    if (item.split != Split::None) json.key("split").text(splitName(item.split, ""));
    if (!item.group.empty()) json.key("group").text(item.group);
    json.close('}');
    return target().write(std::string{withoutExtension(name)} + ".json", json.out);
  }

 private:
  static void points(JsonOut& json, std::span<const float> xy) {
    json.key("points").open('[');
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2) json.numbers(xy.subspan(i, 2));
    json.close(']');
  }

  void shape(JsonOut& json, const Item& item, Annotation a) {
    if (a.kind == AnnotationKind::Points) {
      for (std::size_t i = 2; i < a.geometry.size(); i += 3)
        if (a.geometry[i] != 2) return lost(item, a);
    }
    Bitmap bitmap;
    if (a.kind == AnnotationKind::Polygon && ringsOf(a.geometry).size() != 1) {
      lost(item, a);
      if (item.width <= 0 || item.height <= 0 || static_cast<std::int64_t>(item.width) * item.height > mostMaskPixels) return;
      bitmap = {item.width, item.height,
                std::vector<std::uint8_t>(static_cast<std::size_t>(item.width) * static_cast<std::size_t>(item.height), 0)};
      fillPolygon(bitmap, a.geometry, 1);
      const auto attributes = attributesOf(a);
      a.kind = AnnotationKind::Mask;
      a.text = textOfRuns(runsOf(bitmap, 1));
      setAttributes(a, attributes);
      if (!boundsOfRuns(runsOf(bitmap, 1), item.height)) return;
      report().added("annotation:mask", nameOf(item));
    }
    const auto& g = a.geometry;
    std::string type, mask;
    std::vector<float> xy;
    switch (a.kind) {
      case AnnotationKind::Box:
        type = "rectangle";
        xy = {g[0], g[1], g[0] + g[2], g[1] + g[3]};
        break;
      case AnnotationKind::RotatedBox:
        type = "oriented_rectangle";
        for (const auto& [u, v] : {std::pair{-.5, -.5}, {.5, -.5}, {.5, .5}, {-.5, .5}}) {
          const double turn = g[4] * std::numbers::pi / 180;
          xy.push_back(static_cast<float>(g[0] + std::cos(turn) * u * g[2] - std::sin(turn) * v * g[3]));
          xy.push_back(static_cast<float>(g[1] + std::sin(turn) * u * g[2] + std::cos(turn) * v * g[3]));
        }
        break;
      case AnnotationKind::Polygon:
        type = "polygon";
        for (const auto ring : ringsOf(g)) xy.assign(ring.begin(), ring.end());
        break;
      case AnnotationKind::Points:
        type = isPolyline(a) ? (g.size() == 6 ? "line" : "linestrip") : g.size() == 3 ? "point" : "points";
        for (std::size_t i = 0; i + 2 < g.size(); i += 3) xy.insert(xy.end(), {g[i], g[i + 1]});
        break;
      default:
        type = "mask";
        if (!crop(item, a, xy, mask)) return lost(item, a);
    }
    json.open('{').key("label").text(a.label);
    points(json, xy);
    write(json, a);
    json.key("shape_type").text(type).key("mask");
    if (mask.empty()) json.null();
    else json.text(toBase64(mask));
    json.close('}');
  }

  static void write(JsonOut& json, const Annotation& a) {
    auto attributes = attributesBesideLine(a);
    const auto group = attributeOf(a, "group");
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(group.data(), group.data() + group.size(), number);
    const bool whole = !group.empty() && error == std::errc{} && end == group.data() + group.size() && std::to_string(number) == group;
    json.key("group_id");
    if (whole) json.number(number);
    else json.null();
    json.key("description").text(attributeOf(a, "description")).key("flags").open('{');
    for (const auto& [name, value] : attributes)
      if (value == "true") json.key(name).boolean(true);
    json.close('}');
    std::erase_if(attributes, [&](const auto& one) {
      return one.second == "true" || (one.first == "group" && whole) || (one.first == "description" && !one.second.empty());
    });
    if (!attributes.empty()) {
      json.key("attributes").open('{');
      for (const auto& [name, value] : attributes) json.key(name).guess(value);
      json.close('}');
    }
    if (a.score != 1) json.key("score").number(a.score);
  }

  static bool crop(const Item& item, const Annotation& a, std::vector<float>& xy, std::string& png) {
    const auto runs = runsOf(runsTextOf(a), static_cast<std::uint64_t>(item.width) * static_cast<std::uint64_t>(item.height));
    const auto bounds = runs ? boundsOfRuns(*runs, item.height) : std::nullopt;
    if (!bounds || static_cast<std::int64_t>(item.width) * item.height > mostMaskPixels) return false;
    const auto whole = bitmapOf(*runs, item.width, item.height);
    const auto x0 = static_cast<std::size_t>((*bounds)[0]), y0 = static_cast<std::size_t>((*bounds)[1]);
    Bitmap part{static_cast<int>((*bounds)[2]), static_cast<int>((*bounds)[3]), {}};
    for (std::size_t y = 0; y < static_cast<std::size_t>(part.height); ++y)
      for (std::size_t x = 0; x < static_cast<std::size_t>(part.width); ++x)
        part.pixels.push_back(whole.pixels[(y0 + y) * static_cast<std::size_t>(item.width) + x0 + x]);
    png = writeMaskPng(part);
    xy = {(*bounds)[0], (*bounds)[1], (*bounds)[0] + (*bounds)[2] - 1, (*bounds)[1] + (*bounds)[3] - 1};
    return !png.empty();
  }
};

class Labelme final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"labelme", TR("formats", "labelme"), TR("formats", "one JSON file beside each picture")};
    return info;
  }
  double detect(const Source& source) const override {
    const auto files = source.withExtension(".json");
    for (std::size_t i = 0; i < files.size() && i < 8; ++i)
      if (looksRight(source, files[i])) return .95;
    return 0;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    if (source.contains("labels.txt"))
      if (const auto file = source.open("labels.txt"); file && isUtf8(file->text())) {
        auto rest = file->text();
        while (!rest.empty()) {
          const auto line = rest.substr(0, rest.find('\n'));
          rest.remove_prefix(std::min(rest.size(), line.size() + 1));
          if (!line.empty() && line != "__ignore__" && line != "_background_") sink.declare({std::string{line}, {}});
        }
      }
    std::set<std::string> seen;
    for (const auto& name : source.withExtension(".json")) {
      if (sink.stopped()) return {};
      const auto file = JsonFile::open(source, name, sink.report());
      if (!file) continue;
      const auto shapes = arrayOf(file->root(), "shapes");
      if (!shapes) {
        sink.report().add("file.fields", name);
        continue;
      }
      auto record = readFile(source, name, file->root(), *shapes, sink.report());
      if (!record.file.empty() && !seen.insert(record.file).second) sink.report().add("picture.twice", record.name);
      if (!sink.add(std::move(record))) return {};
    }
    if (!source.only().empty()) return {};
    for (const auto& picture : source.pictures()) {
      if (seen.contains(picture)) continue;
      Record record;
      record.file = record.name = picture;
      if (!sink.add(std::move(record))) return {};
    }
    return {};
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<LabelmeWriter>(target, report, std::move(facts));
  }

 private:
  static Record readFile(const Source& source, const std::string& name, Json root, simdjson::dom::array shapes, Report& report) {
    Record record;
    const auto named = textOf(root, "imagePath");
    record.file = source.find(named, folderOf(name), report);
    if (record.file.empty()) record.file = source.findStem(withoutExtension(name));
    record.name = record.file.empty() ? joined(folderOf(name), lastOf(Source::nameFor(named, ""))) : record.file;
    const auto width = integerOf(root, "imageWidth").value_or(0), height = integerOf(root, "imageHeight").value_or(0);
    if (width > 0 && height > 0 && width < 1'000'000 && height < 1'000'000)
      record.width = static_cast<int>(width), record.height = static_cast<int>(height);
    else if (const auto size = record.file.empty() ? std::nullopt : source.sizeOf(record.file))
      record.width = size->width, record.height = size->height;
    record.split = splitOfName(textOf(root, "split"));
    record.group = textOf(root, "group");
    simdjson::dom::object flags;
    if (const auto listed = member(root, "flags"); listed && !listed->get_object().get(flags))
      for (const auto& [key, value] : flags)
        record.annotations.push_back({.label = std::string{key}, .score = truthOf(*listed, key) ? 1. : 0., .author = "import"});
    for (const Json one : shapes) {
      Annotation a;
      a.author = "import";
      a.label = textOf(one, "label");
      if (!readShape(one, record, a)) {
        report.add("annotation.shape", name);
        continue;
      }
      if (const auto score = member(one, "score"); score && !score->is_null()) a.score = number(*score).value_or(NAN);
      const auto type = textOf(one, "shape_type");
      if (type == "circle") report.add("annotation.approximated", name);
      setAttributes(a, type.starts_with("line") ? polylineAttributes(readAttributes(one)) : readAttributes(one));
      record.annotations.push_back(std::move(a));
    }
    return record;
  }
};

}  // namespace

const Format& labelmeFormat() {
  static const Labelme format;
  return format;
}

}  // namespace patchbay::formats
