// SPDX-License-Identifier: Apache-2.0
// Label Studio: a list of tasks (labelstud.io/guide/export). "JSON" is read and written; of "JSON-MIN", where results stand under the
// names of their controls, what can be told apart is read. Places are percentages of the sides; a box turns about its upper left
// corner; brushes are masks (brush_runs.h), ellipses become outlines. Everything is plain text: nothing is ever rendered. Beyond
// Label Studio's own: "split" and "group" among the data of a task, attributes as lines "name=value" in a region's "meta".
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

#include "engine/formats/brush_runs.h"
#include "engine/formats/format.h"
#include "engine/formats/json_in.h"
#include "engine/formats/json_out.h"
#include "engine/formats/text_lines.h"
#include "engine/formats/xml_in.h"

namespace patchbay::formats {
namespace {

bool looksRight(const Source& source, const std::string& name) {
  const auto text = source.peek(name);
  const auto has = [&](std::string_view word) { return text.find('"' + std::string{word} + '"') != std::string::npos; };
  if (has("dm_format_version") || has("categories")) return false;
  return (has("data") && (has("annotations") || has("predictions") || has("completions"))) ||
         (has("annotation_id") && has("annotator") && has("lead_time"));
}

/// The controls of a labelling interface and what they are: {"choice", "Choices"}.
using Controls = std::map<std::string, std::string, std::less<>>;

std::string unescapedUrl(std::string_view url) {
  std::string to;
  for (std::size_t i = 0; i < url.size(); ++i) {
    unsigned v = 0;
    if (url[i] == '%' && i + 2 < url.size() && std::from_chars(url.data() + i + 1, url.data() + i + 3, v, 16).ptr == url.data() + i + 3) {
      to += static_cast<char>(v);
      i += 2;
    } else {
      to += url[i];
    }
  }
  return to;
}

/// What a task calls its picture: an address, an upload with eight digits before its name, or a path.
std::string pathIn(std::string_view url) {
  if (const auto at = url.find("?d="); at != std::string_view::npos) return unescapedUrl(url.substr(at + 3));
  const bool address = url.find("://") != std::string_view::npos || url.starts_with("/data/");
  if (!address) return std::string{url};
  return unescapedUrl(lastOf(url.substr(0, url.find('?'))));
}

bool isUpload(std::string_view name) {
  return name.size() > 9 && name[8] == '-' &&
         std::ranges::all_of(name.substr(0, 8), [](char c) { return std::isxdigit(static_cast<unsigned char>(c)); });
}

class TaskReader {
 public:
  TaskReader(const Source& source, Sink& sink, const std::string& file, const Controls& controls)
      : source_{source}, sink_{sink}, file_{file}, controls_{controls} {}

  std::optional<Record> read(Json task) {
    const auto data = member(task, "data");
    simdjson::dom::object fields;
    if (!data && member(task, "annotation_id")) return readFlat(task);
    if (!data || data->get_object().get(fields)) return std::nullopt;
    auto record = begin(*data);
    for (const auto* key : {"annotations", "completions", "predictions"})
      if (const auto list = arrayOf(task, key))
        for (const Json one : *list) readAnnotation(one, std::string_view{key} == "predictions", record);
    return record;
  }

 private:
  /// The picture, and what is said of it beside annotations.
  Record begin(Json data) {
    std::string_view url;
    simdjson::dom::object fields;
    if (data.get_object().get(fields)) return {};
    for (const auto& [key, value] : fields) {
      std::string_view text;
      if (value.get_string().get(text) || key == "split" || key == "group") continue;
      if (url.empty() || key == "image" || isPictureName(pathIn(text))) url = text;
      if (key == "image") break;
    }
    Record record;
    auto named = pathIn(url);
    record.file = source_.find(named, folderOf(file_), sink_.report());
    if (record.file.empty()) record.file = source_.find(joined("images", named), "", sink_.report());
    if (record.file.empty() && isUpload(lastOf(named))) {
      named = lastOf(named).substr(9);
      record.file = source_.find(named, "", sink_.report());
    }
    record.name = Source::nameFor(named, record.file);
    if (record.name == record.file && record.name.starts_with("images/")) record.name.erase(0, 7);
    record.split = splitOfName(textOf(data, "split"));
    record.group = textOf(data, "group");
    if (!record.file.empty())
      if (const auto size = source_.sizeOf(record.file)) record.width = size->width, record.height = size->height;
    picture_ = url;
    return record;
  }

  /// A task of JSON-MIN: columns of the table that was annotated, fields of the annotation, and one field for each control.
  std::optional<Record> readFlat(Json task) {
    simdjson::dom::object fields;
    if (task.get_object().get(fields)) return std::nullopt;
    auto record = begin(task);
    const auto by = member(task, "annotator");
    const auto who = by ? scalarText(*by) : std::string{};
    for (const auto& [key, value] : fields) {
      constexpr std::array<std::string_view, 8> known{"id",         "annotator", "annotation_id", "created_at",
                                                      "updated_at", "lead_time", "split",         "group"};
      std::string_view text;
      if (std::ranges::find(known, key) != known.end() || (!value.get_string().get(text) && text == picture_)) continue;
      const auto before = record.annotations.size();
      if (!readControl(key, value, record)) sink_.report().add("field.unread", record.name + ": " + std::string{key});
      for (auto i = before; i < record.annotations.size(); ++i) record.annotations[i].author = who.empty() ? "import" : "person:" + who;
    }
    return record;
  }

  /// False: what this control holds cannot be told.
  bool readControl(std::string_view name, Json value, Record& record) {
    const auto at = controls_.find(name);
    const std::string_view type = at == controls_.end() ? std::string_view{} : std::string_view{at->second};
    simdjson::dom::array list;
    if (!value.get_array().get(list)) {
      bool any = list.size() == 0;
      for (const Json one : list) any |= one.is_object() ? readFlatRegion(one, record) : readScalar(name, type, one, record);
      return any;
    }
    if (!value.is_object()) return readScalar(name, type, value, record);
    for (auto& label : texts(value, "choices")) record.annotations.push_back({.label = std::move(label)});
    return member(value, "choices").has_value();
  }

  bool readScalar(std::string_view name, std::string_view type, Json value, Record& record) {
    const auto v = number(value);
    if (type == "Number" || type == "Rating" || (type.empty() && v && (name == "rating" || name == "number"))) {
      if (v) record.annotations.push_back({.kind = AnnotationKind::Number, .label = std::string{name}, .score = *v});
      return v.has_value();
    }
    std::string_view text;
    if (value.get_string().get(text)) return false;
    // Without the interface only its usual names tell a choice from a column.
    if (type == "Choices" || (type.empty() && (name == "choice" || name == "label" || name == "class"))) {
      record.annotations.push_back({.label = std::string{text}});
    } else if (type == "TextArea" || (type.empty() && name == "caption")) {
      record.annotations.push_back(
          {.kind = AnnotationKind::Text, .label = name == "caption" ? "" : std::string{name}, .text = std::string{text}});
    } else {
      return false;
    }
    return true;
  }

  bool readFlatRegion(Json region, Record& record) {
    constexpr std::array<std::string_view, 5> words{"rectanglelabels", "polygonlabels", "keypointlabels", "brushlabels", "ellipselabels"};
    std::string_view type;
    for (const auto word : words)
      if (member(region, word)) type = word;
    // Without a label its members tell.
    if (type.empty())
      type = member(region, "rle") ? "brush" : member(region, "points") ? "polygon" : member(region, "radiusX") ? "ellipse" : "";
    if (type.empty()) type = member(region, "x") ? (member(region, "height") ? "rectangle" : "keypoint") : "";
    if (type.empty()) return false;
    useSize(region, record);
    for (auto& a : readLabelled(type, region, record)) record.annotations.push_back(std::move(a));
    return true;
  }

  static void useSize(Json region, Record& record) {
    const auto width = integerOf(region, "original_width").value_or(0), height = integerOf(region, "original_height").value_or(0);
    if (record.width == 0 && width > 0 && height > 0 && width < 1'000'000 && height < 1'000'000)
      record.width = static_cast<int>(width), record.height = static_cast<int>(height);
  }

  /// One region under each of its labels; none when it cannot be understood, which is reported.
  std::vector<Annotation> readLabelled(std::string_view type, Json value, const Record& record) {
    Annotation a;
    if (!readRegion(type, value, record, a)) {
      sink_.report().add(type.starts_with("brush") ? "annotation.mask" : "annotation.shape", record.name + ": " + std::string{type});
      return {};
    }
    if (type.starts_with("ellipse")) sink_.report().add("annotation.approximated", record.name);
    std::vector<Annotation> to;
    const auto labels = texts(value, type);
    // The same region under several labels is as many annotations.
    for (const auto& label : labels.empty() ? std::vector<std::string>{""} : labels) {
      to.push_back(a);
      to.back().label = label;
    }
    return to;
  }

  void readAnnotation(Json one, bool predicted, Record& record) {
    const auto results = arrayOf(one, "result");
    if (!results || truthOf(one, "was_cancelled")) return;
    std::string author = "import";
    if (predicted) author = "model:" + std::string{textOf(one, "model_version")};
    else if (const auto by = member(one, "completed_by"); by && !by->is_null())
      if (auto who = by->is_object() ? std::string{textOf(*by, "email")} : scalarText(*by); !who.empty() && who != "import")
        author = who.find(':') == std::string::npos ? "person:" + who : who;
    const auto score = predicted ? numberOf(one, "score") : std::nullopt;
    for (const Json result : *results) {
      // A choice of several classes is one result.
      for (auto& a : readResult(result, record)) {
        a.author = author;
        if (const auto own = numberOf(result, "score")) a.score = a.kind == AnnotationKind::Number ? a.score : std::clamp(*own, 0., 1.);
        else if (score && a.kind != AnnotationKind::Number) a.score = std::clamp(*score, 0., 1.);
        record.annotations.push_back(std::move(a));
      }
    }
  }

  static std::vector<std::string> texts(Json value, std::string_view key) {
    std::vector<std::string> to;
    const auto v = member(value, key);
    if (!v) return to;
    if (v->is_string()) to.push_back(scalarText(*v));
    simdjson::dom::array list;
    if (!v->get_array().get(list))
      for (const Json one : list) to.push_back(scalarText(one));
    return to;
  }

  std::vector<Annotation> readResult(Json result, Record& record) {
    std::vector<Annotation> to;
    const auto type = textOf(result, "type");
    const auto value = member(result, "value");
    const auto refuse = [&](std::string_view code) {
      sink_.report().add(code, record.name + ": " + std::string{type});
      return std::vector<Annotation>{};
    };
    if (type == "relation") return refuse("field.unread");
    if (!value) return refuse("annotation.shape");
    useSize(result, record);
    if (type == "choices") {
      for (auto& label : texts(*value, "choices")) to.push_back({.label = std::move(label)});
    } else if (type == "textarea") {
      for (auto& text : texts(*value, "text"))
        to.push_back({.kind = AnnotationKind::Text, .label = std::string{textOf(result, "from_name")}, .text = std::move(text)});
      for (auto& a : to)
        if (a.label == "caption") a.label.clear();
    } else if (type == "number" || type == "rating") {
      const auto v = numberOf(*value, type);
      if (!v) return refuse("annotation.number");
      to.push_back({.kind = AnnotationKind::Number, .label = std::string{textOf(result, "from_name")}, .score = *v});
    } else {
      to = readLabelled(type, *value, record);
    }
    if (const auto meta = member(result, "meta")) {
      Attributes attributes;
      for (const auto& line : texts(*meta, "text")) {
        const auto cut = line.find('=');
        putAttribute(attributes, cut == std::string::npos ? "text" : line.substr(0, cut),
                     cut == std::string::npos ? line : line.substr(cut + 1));
      }
      for (auto& a : to) setAttributes(a, attributes);
    }
    return to;
  }

  static bool readRegion(std::string_view type, Json value, const Record& record, Annotation& a) {
    const double w = record.width / 100., h = record.height / 100.;
    if (w <= 0 || h <= 0) return false;
    if (type.starts_with("brush")) return readBrush(value, record, a);
    if (type.starts_with("polygon")) {
      const auto list = arrayOf(value, "points");
      if (!list) return false;
      std::vector<float> ring;
      for (const Json one : *list) {
        const auto xy = numbers(one);
        if (!xy || xy->size() != 2) return false;
        ring.insert(ring.end(), {static_cast<float>((*xy)[0] * w), static_cast<float>((*xy)[1] * h)});
      }
      a.kind = AnnotationKind::Polygon;
      a.geometry = polygonOf({&ring, 1});
      return true;
    }
    const auto x = numberOf(value, "x"), y = numberOf(value, "y");
    if (!x || !y) return false;
    if (type.starts_with("keypoint")) {
      a.kind = AnnotationKind::Points;
      a.geometry = {static_cast<float>(*x * w), static_cast<float>(*y * h), 2};
      return true;
    }
    if (type.starts_with("ellipse")) {
      const auto rx = numberOf(value, "radiusX"), ry = numberOf(value, "radiusY");
      if (!rx || !ry || !(*rx > 0) || !(*ry > 0)) return false;
      a.kind = AnnotationKind::Polygon;
      a.geometry = ellipseOutline(*x * w, *y * h, *rx * w, *ry * h, numberOf(value, "rotation").value_or(0));
      return true;
    }
    const auto width = numberOf(value, "width"), height = numberOf(value, "height");
    if (!type.starts_with("rectangle") || !width || !height) return false;
    const double turn = numberOf(value, "rotation").value_or(0);
    const double left = *x * w, top = *y * h, bw = *width * w, bh = *height * h;
    if (turn == 0) {
      a.kind = AnnotationKind::Box;
      a.geometry = {static_cast<float>(left), static_cast<float>(top), static_cast<float>(bw), static_cast<float>(bh)};
      return true;
    }
    const double r = turn * std::numbers::pi / 180, c = std::cos(r), s = std::sin(r);
    a.kind = AnnotationKind::RotatedBox;
    a.geometry = {static_cast<float>(left + c * bw / 2 - s * bh / 2), static_cast<float>(top + s * bw / 2 + c * bh / 2),
                  static_cast<float>(bw), static_cast<float>(bh), static_cast<float>(turn)};
    return true;
  }

  static bool readBrush(Json value, const Record& record, Annotation& a) {
    const auto list = arrayOf(value, "rle");
    if (!list) return false;
    std::vector<std::uint8_t> packed;
    for (const Json one : *list) {
      const auto v = number(one);
      if (!v || *v < 0 || *v > 255) return false;
      packed.push_back(static_cast<std::uint8_t>(*v));
    }
    const auto bitmap = unpackBrush(packed, record.width, record.height);
    if (!bitmap) return false;
    a.kind = AnnotationKind::Mask;
    a.text = textOfRuns(runsOf(*bitmap, 1));
    return true;
  }

  const Source& source_;
  Sink& sink_;
  const std::string& file_;
  const Controls& controls_;
  std::string_view picture_;  ///< Of the task that is read, as it stands there.
};

class LabelStudioWriter final : public Writer {
 public:
  LabelStudioWriter(Target& target, Report& report, Facts facts)
      : Writer{target, report, std::move(facts),
               Holds{.kinds = {AnnotationKind::Class, AnnotationKind::Box, AnnotationKind::RotatedBox, AnnotationKind::Polygon,
                               AnnotationKind::Mask, AnnotationKind::Points, AnnotationKind::Text, AnnotationKind::Number},
                     .anyAttribute = true,
                     .groups = true}} {
    json_.open('[');
  }

  Result<> finish() override {
    PB_CHECK(target().write("tasks.json", json_.out + ']'));
    std::string config = "<View>\n  <Image name=\"image\" value=\"$image\"/>\n";
    for (const auto& [tag, name, item] : {std::tuple{"Choices", "choice", "Choice"},
                                          {"RectangleLabels", "label", "Label"},
                                          {"PolygonLabels", "polygon", "Label"},
                                          {"BrushLabels", "brush", "Label"},
                                          {"KeyPointLabels", "keypoint", "Label"}}) {
      config += std::string{"  <"} + tag + " name=\"" + name + "\" toName=\"image\"" +
                (std::string_view{tag} == "Choices" ? " choice=\"multiple\"" : "") + ">\n";
      for (const auto& one : classes()) config += std::string{"    <"} + item + " value=\"" + xmlText(one.name) + "\"/>\n";
      config += std::string{"  </"} + tag + ">\n";
    }
    return target().write("label_config.xml", config + "</View>\n");
  }

 protected:
  Result<> write(Item item) override {
    PB_TRY(const auto name, putPicture(item, "images"));
    json_.open('{').key("id").number(++tasks_).key("data").open('{').key("image").text("images/" + name);
    if (item.split != Split::None) json_.key("split").text(splitName(item.split, ""));
    if (!item.group.empty()) json_.key("group").text(item.group);
    json_.close('}').key("annotations").open('[').open('{').key("id").number(tasks_).key("result").open('[');
    int number = 0;
    for (auto& a : item.annotations) {
      const auto rings = a.kind == AnnotationKind::Polygon ? ringsOf(a.geometry) : std::vector<std::span<const float>>{};
      const bool several = a.kind == AnnotationKind::Points && (a.geometry.size() != 3 || a.geometry[2] != 2);
      const bool shape = a.kind != AnnotationKind::Class && a.kind != AnnotationKind::Text && a.kind != AnnotationKind::Number;
      if (several || (shape && (item.width <= 0 || item.height <= 0))) {
        lost(item, a);
        continue;
      }
      if (rings.size() > 1) {
        lost(item, a);
        if (static_cast<std::int64_t>(item.width) * item.height > mostMaskPixels) continue;
        toMask(item, a);
        report().added("annotation:mask", nameOf(item));
      }
      if (a.kind == AnnotationKind::RotatedBox && a.geometry[4] == 0) {
        lost(item, a);
        report().added("annotation:box", nameOf(item));
      }
      result(item, a, ++number);
    }
    json_.close(']').close('}').close(']').close('}');
    return {};
  }

 private:
  void result(const Item& item, const Annotation& a, int number) {
    // Type, name of the control, key of the value.
    static const std::map<AnnotationKind, std::array<std::string_view, 3>> words{
        {AnnotationKind::Class, {"choices", "choice", "choices"}},
        {AnnotationKind::Box, {"rectanglelabels", "label", "rectanglelabels"}},
        {AnnotationKind::RotatedBox, {"rectanglelabels", "label", "rectanglelabels"}},
        {AnnotationKind::Polygon, {"polygonlabels", "polygon", "polygonlabels"}},
        {AnnotationKind::Mask, {"brushlabels", "brush", "brushlabels"}},
        {AnnotationKind::Points, {"keypointlabels", "keypoint", "keypointlabels"}},
        {AnnotationKind::Text, {"textarea", "caption", "text"}},
        {AnnotationKind::Number, {"number", "number", ""}}};
    const auto& [type, control, key] = words.at(a.kind);
    const bool named = (a.kind == AnnotationKind::Text || a.kind == AnnotationKind::Number) && !a.label.empty();
    json_.open('{').key("id").text("r" + std::to_string(number)).key("type").text(type);
    json_.key("from_name").text(named ? std::string_view{a.label} : control).key("to_name").text("image");
    if (item.width > 0) json_.key("original_width").number(item.width).key("original_height").number(item.height);
    json_.key("image_rotation").number(0).key("value").open('{');
    place(item, a);
    if (!key.empty() && !(a.label.empty() && a.kind != AnnotationKind::Text))
      json_.key(key).open('[').text(a.kind == AnnotationKind::Text ? a.text : a.label).close(']');
    json_.close('}');
    if (const auto attributes = attributesOf(a); !attributes.empty()) {
      json_.key("meta").open('{').key("text").open('[');
      for (const auto& [name, value] : attributes) json_.text(name + '=' + value);
      json_.close(']').close('}');
    }
    json_.close('}');
  }

  /// Outlines have no holes there; brushes may.
  static void toMask(const Item& item, Annotation& a) {
    Bitmap bitmap{item.width, item.height,
                  std::vector<std::uint8_t>(static_cast<std::size_t>(item.width) * static_cast<std::size_t>(item.height), 0)};
    fillPolygon(bitmap, a.geometry, 1);
    auto attributes = attributesOf(a);
    a.kind = AnnotationKind::Mask;
    a.geometry.clear();
    a.text = textOfRuns(runsOf(bitmap, 1));
    setAttributes(a, attributes);
  }

  void brush(const Item& item, const Annotation& a) {
    const auto runs = runsOf(runsTextOf(a), static_cast<std::uint64_t>(item.width) * static_cast<std::uint64_t>(item.height));
    json_.key("format").text("rle").key("rle").open('[');
    if (runs)
      for (const auto byte : packBrush(bitmapOf(*runs, item.width, item.height))) json_.number(static_cast<int>(byte));
    json_.close(']');
  }

  void place(const Item& item, const Annotation& a) {
    const auto& g = a.geometry;
    const double w = item.width / 100., h = item.height / 100.;
    const auto box = [&](double left, double top, double turn) {
      json_.key("x").number(left / w).key("y").number(top / h).key("width").number(g[2] / w).key("height").number(g[3] / h);
      json_.key("rotation").number(turn);
    };
    switch (a.kind) {
      case AnnotationKind::Box:
        return box(g[0], g[1], 0);
      case AnnotationKind::RotatedBox: {
        const double r = g[4] * std::numbers::pi / 180, c = std::cos(r), s = std::sin(r);
        return box(g[0] - c * g[2] / 2 + s * g[3] / 2, g[1] - s * g[2] / 2 - c * g[3] / 2, g[4]);
      }
      case AnnotationKind::Polygon: {
        json_.key("points").open('[');
        const auto rings = ringsOf(g);
        for (std::size_t i = 0; !rings.empty() && i + 1 < rings.front().size(); i += 2)
          json_.open('[').number(rings.front()[i] / w).number(rings.front()[i + 1] / h).close(']');
        json_.close(']').key("closed").boolean(true);
        return;
      }
      case AnnotationKind::Points:
        json_.key("x").number(g[0] / w).key("y").number(g[1] / h).key("width").number(.5);
        return;
      case AnnotationKind::Mask:
        return brush(item, a);
      case AnnotationKind::Number:
        json_.key("number").number(a.score);
        return;
      default:
        return;
    }
  }

  JsonOut json_;
  std::int64_t tasks_ = 0;
};

class LabelStudio final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"label-studio", TR("formats", "Label Studio"), TR("formats", "a JSON list of tasks, and the pictures")};
    return info;
  }
  double detect(const Source& source) const override {
    const auto files = source.withExtension(".json");
    for (std::size_t i = 0; i < files.size() && i < 8; ++i)
      if (looksRight(source, files[i])) return .9;
    return 0;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    const auto controls = readConfig(source, sink);
    std::size_t files = 0;
    for (const auto& name : source.withExtension(".json")) {
      if (source.only().empty() && !looksRight(source, name)) {
        sink.report().add("file.other", name);
        continue;
      }
      const auto file = JsonFile::open(source, name, sink.report());
      if (!file) continue;
      simdjson::dom::array tasks;
      const bool list = !file->root().get_array().get(tasks);
      if (!list && !file->root().is_object()) {
        sink.report().add("file.fields", name);
        continue;
      }
      ++files;
      TaskReader reader{source, sink, name, controls};
      const auto one = [&](Json task) {
        auto record = reader.read(task);
        if (!record) sink.report().add("file.fields", name);
        return !record || sink.add(std::move(*record));
      };
      if (!list && !one(file->root())) return {};
      if (list)
        for (const Json task : tasks)
          if (!one(task)) return {};
    }
    if (files > 0) return {};
    return fail(ErrorKind::BadInput, "label-studio.none", TR("formats", "There is no Label Studio file that can be read."),
                TR("formats", "Export as \"JSON\" or \"JSON-MIN\" in Label Studio and choose that file."));
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<LabelStudioWriter>(target, report, std::move(facts));
  }

 private:
  /// The order of the classes, from the labelling interface; and its controls.
  static Controls readConfig(const Source& source, Sink& sink) {
    Controls controls;
    if (!source.contains("label_config.xml")) return controls;
    const auto document = openXml(source, "label_config.xml", sink.report());
    if (!document) return controls;
    for (const auto control : document->document_element().children()) {
      if (control.attribute("toName")) controls[control.attribute("name").value()] = control.name();
      for (const auto one : control.children())
        if (const std::string_view tag = one.name(); tag == "Label" || tag == "Choice")
          if (const std::string value = one.attribute("value").value(); !value.empty()) sink.declare({value, {}});
    }
    return controls;
  }
};

}  // namespace

const Format& labelStudioFormat() {
  static const LabelStudio format;
  return format;
}

}  // namespace patchbay::formats
