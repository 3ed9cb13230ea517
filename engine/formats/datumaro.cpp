// SPDX-License-Identifier: Apache-2.0
// Datumaro JSON: annotations/<subset>.json and images/<subset>/ (open-edge-platform.github.io/datumaro, version 1.0). Holds every
// kind; what Datumaro has no field for is in attributes, which it keeps: "score", "author", "rotation" of a box, holes of an outline
// as "patchbay:holes", and of an item "group", "patchbay:id" and numbers as "number:<name>".
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "engine/formats/format.h"
#include "engine/formats/json_in.h"
#include "engine/formats/json_out.h"

namespace patchbay::formats {
namespace {

constexpr std::string_view holesKey = "patchbay:holes", turnedKey = "patchbay:rotated", idKey = "patchbay:id", numberKey = "number:";

bool looksRight(const Source& source, const std::string& name) {
  const auto text = source.peek(name);
  return text.find("\"dm_format_version\"") != std::string::npos ||
         (text.find("\"label_groups\"") != std::string::npos && text.find("\"categories\"") != std::string::npos);
}

std::string ringsText(std::span<const std::span<const float>> rings) {
  std::string to;
  for (const auto ring : rings) {
    if (!to.empty()) to += ';';
    JsonOut json;
    json.numbers(ring);
    to += json.out;
  }
  return to;
}

/// "[1,2,3,4,5,6];[...]"
bool addRings(std::string_view text, std::vector<std::vector<float>>& rings) {
  while (!text.empty()) {
    const auto one = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    const auto list = parseJson(one);
    if (!list || list->asList().empty() || list->asList().size() % 2 != 0) return false;
    auto& ring = rings.emplace_back();
    for (const auto& v : list->asList()) ring.push_back(static_cast<float>(v.isInt() ? static_cast<double>(v.asInt()) : v.asDouble()));
  }
  return true;
}

class FileReader {
 public:
  FileReader(const Source& source, Sink& sink, std::string name) : source_{source}, sink_{sink}, name_{std::move(name)} {}

  bool read() {
    const auto file = JsonFile::open(source_, name_, sink_.report());
    if (!file) return false;
    const auto items = arrayOf(file->root(), "items");
    if (!items) {
      sink_.report().add("file.fields", name_);
      return false;
    }
    if (const auto categories = member(file->root(), "categories")) readCategories(*categories);
    const std::string subset{stemOf(name_)};
    std::set<std::string> seen;
    for (const Json one : *items) {
      auto record = readItem(one, subset);
      if (!seen.insert(record.name).second) sink_.report().add("picture.twice", record.name);
      if (!sink_.add(std::move(record))) break;
    }
    return true;
  }

 private:
  void readCategories(Json categories) {
    std::vector<ClassInfo> classes;
    if (const auto label = member(categories, "label"))
      if (const auto list = arrayOf(*label, "labels"))
        for (const Json one : *list) {
          ClassInfo info{std::string{textOf(one, "name")}, {}};
          if (const auto parent = textOf(one, "parent"); !parent.empty()) info.attributes["supercategory"] = parent;
          labels_.push_back(info.name);
          classes.push_back(std::move(info));
        }
    if (const auto points = member(categories, "points"))
      if (const auto list = arrayOf(*points, "items"))
        for (const Json one : *list) {
          const auto id = integerOf(one, "label_id");
          if (!id || *id < 0 || static_cast<std::size_t>(*id) >= classes.size()) continue;
          auto& attributes = classes[static_cast<std::size_t>(*id)].attributes;
          if (const auto names = arrayOf(one, "labels"))
            for (const Json n : *names) attributes["keypoints"].push(scalarText(n));
          if (const auto joints = arrayOf(one, "joints"))
            for (const Json j : *joints)
              if (const auto pair = numbers(j); pair && pair->size() == 2)
                attributes["skeleton"].push(Value::List{static_cast<std::int64_t>((*pair)[0]), static_cast<std::int64_t>((*pair)[1])});
        }
    dropParentCycles(classes, sink_.report(), name_);
    for (auto& one : classes)
      if (!one.name.empty()) sink_.declare(std::move(one));
  }

  Record readItem(Json one, const std::string& subset) {
    Record record;
    record.split = splitOfName(subset);
    const std::string id{textOf(one, "id")};
    std::string named = id;
    if (const auto image = member(one, "image")) {
      if (const auto path = textOf(*image, "path"); !path.empty()) named = path;
      const auto size = member(*image, "size");
      const auto shape = size ? numbers(*size) : std::nullopt;
      if (shape && shape->size() == 2 && (*shape)[0] > 0 && (*shape)[1] > 0 && (*shape)[0] < 1e6F && (*shape)[1] < 1e6F)
        record.height = static_cast<int>((*shape)[0]), record.width = static_cast<int>((*shape)[1]);
    }
    const std::array<std::string, 4> folders{"images/" + subset, "images", subset, ""};
    record.file = source_.find(named, folders, sink_.report());
    if (record.file.empty())
      for (const auto& folder : folders)
        if (record.file.empty()) record.file = source_.findStem(joined(folder, id));
    record.name = Source::nameFor(named, record.file);
    // Some write the whole path, with the folder of the subset.
    for (const auto& folder : folders)
      if (!folder.empty() && record.name == record.file && record.name.starts_with(folder + '/')) record.name.erase(0, folder.size() + 1);
    if (record.width == 0 && !record.file.empty())
      if (const auto size = source_.sizeOf(record.file)) record.width = size->width, record.height = size->height;
    readItemAttributes(one, record);
    if (const auto list = arrayOf(one, "annotations"))
      for (const Json annotation : *list) readAnnotation(annotation, record);
    return record;
  }

  void readItemAttributes(Json one, Record& record) {
    simdjson::dom::object object;
    const auto attributes = member(one, "attr");
    if (!attributes || attributes->get_object().get(object)) return;
    for (const auto& [key, value] : object) {
      if (key == "group") record.group = scalarText(value);
      else if (key == idKey) record.id = scalarText(value);
      else if (const auto v = number(value); key.starts_with(numberKey) && v)
        record.annotations.push_back(
            {.kind = AnnotationKind::Number, .label = std::string{key.substr(numberKey.size())}, .score = *v, .author = "import"});
      else if (key != "id" && key != "width" && key != "height") sink_.report().add("field.unread", record.name + ": " + std::string{key});
    }
  }

  void readAnnotation(Json one, Record& record) {
    const auto refuse = [&](std::string_view code) { sink_.report().add(code, record.name); };
    Annotation a;
    a.author = "import";
    if (const auto label = member(one, "label_id"); label && !label->is_null()) {
      const auto id = integerOf(one, "label_id");
      if (!id || *id < 0 || static_cast<std::size_t>(*id) >= labels_.size()) return refuse("category.unknown");
      a.label = labels_[static_cast<std::size_t>(*id)];
    }
    Extra extra;
    auto attributes = readAttributes(one, a, extra);
    const auto type = textOf(one, "type");
    if (type == "caption") {
      a.kind = AnnotationKind::Text;
      a.text = textOf(one, "caption");
      record.annotations.push_back(std::move(a));
      return;
    }
    if (!readShape(type, one, extra, record, a)) return refuse(type == "mask" ? "annotation.mask" : "annotation.shape");
    if (type == "ellipse") sink_.report().add("annotation.approximated", record.name);
    setAttributes(a, type == "polyline" ? polylineAttributes(attributes) : attributes);
    record.annotations.push_back(std::move(a));
  }

  struct Extra {
    std::optional<double> rotation;
    bool turned = false;
    std::string holes;
  };

  static Attributes readAttributes(Json one, Annotation& a, Extra& extra) {
    Attributes to;
    simdjson::dom::object object;
    const auto listed = member(one, "attributes");
    if (listed && !listed->get_object().get(object))
      for (const auto& [key, value] : object) {
        if (key == "score") a.score = number(value).value_or(NAN);
        else if (key == "author") a.author = scalarText(value);
        else if (key == holesKey) extra.holes = scalarText(value);
        else if (key == "rotation") extra.rotation = number(value);
        else if (key == turnedKey) extra.turned = true;
        else if (key == "label" && textOf(one, "type") == "caption") a.label = scalarText(value);
        else if (!value.is_array() && !value.is_object()) putAttribute(to, key, scalarText(value));
      }
    if (const auto group = integerOf(one, "group"); group && *group != 0) putAttribute(to, "group", std::to_string(*group));
    if (const auto z = integerOf(one, "z_order"); z && *z != 0) putAttribute(to, "z_order", std::to_string(*z));
    if (const auto object_id = integerOf(one, "object_id"); object_id && *object_id >= 0)
      putAttribute(to, "object_id", std::to_string(*object_id));
    return to;
  }

  static bool readShape(std::string_view type, Json one, const Extra& extra, const Record& record, Annotation& a) {
    const auto listed = member(one, type == "bbox" ? "bbox" : "points");
    const auto list = listed ? numbers(*listed) : std::nullopt;
    if (type == "label") return true;
    if (type == "bbox") {
      if (!list || list->size() != 4) return false;
      const auto& g = *list;
      a.kind = AnnotationKind::Box;
      a.geometry = g;
      if (extra.rotation && (extra.turned || *extra.rotation != 0)) {
        a.kind = AnnotationKind::RotatedBox;
        a.geometry = {g[0] + g[2] / 2, g[1] + g[3] / 2, g[2], g[3], static_cast<float>(*extra.rotation)};
      }
      return true;
    }
    if (type == "polygon") {
      if (!list || list->size() % 2 != 0) return false;
      a.kind = AnnotationKind::Polygon;
      std::vector<std::vector<float>> rings{*list};
      if (!addRings(extra.holes, rings)) return false;
      a.geometry = polygonOf(rings);
      return true;
    }
    if (type == "ellipse") {
      // The corners of the box around it.
      if (!list || list->size() != 4 || !((*list)[2] > (*list)[0]) || !((*list)[3] > (*list)[1])) return false;
      const auto& g = *list;
      a.kind = AnnotationKind::Polygon;
      a.geometry = ellipseOutline((g[0] + g[2]) / 2., (g[1] + g[3]) / 2., (g[2] - g[0]) / 2., (g[3] - g[1]) / 2.);
      return true;
    }
    if (type == "points" || type == "polyline") {
      if (!list || list->size() % 2 != 0) return false;
      const auto seen = member(one, "visibility");
      const auto flags = seen ? numbers(*seen) : std::nullopt;
      a.kind = AnnotationKind::Points;
      for (std::size_t i = 0; i + 1 < list->size(); i += 2)
        a.geometry.insert(a.geometry.end(), {(*list)[i], (*list)[i + 1], flags && i / 2 < flags->size() ? (*flags)[i / 2] : 2.F});
      return true;
    }
    if (type == "mask") {
      const auto rle = member(one, "rle");
      const auto runs = rle ? runsOfCompressed(textOf(*rle, "counts"), static_cast<std::uint64_t>(std::max(0, record.width)) *
                                                                           static_cast<std::uint64_t>(std::max(0, record.height)))
                            : std::nullopt;
      if (!runs) return false;
      a.kind = AnnotationKind::Mask;
      a.text = textOfRuns(*runs);
      return true;
    }
    return false;
  }

  const Source& source_;
  Sink& sink_;
  std::string name_;
  std::vector<std::string> labels_;
};

std::string categoriesJson(const std::vector<ClassInfo>& classes) {
  JsonOut json;
  json.open('{').key("label").open('{').key("labels").open('[');
  for (const auto& one : classes) {
    json.open('{').key("name").text(one.name).key("parent").text(one.attributes["supercategory"].asText());
    json.key("attributes").open('[').close(']').close('}');
  }
  json.close(']').key("label_groups").open('[').close(']').key("attributes").open('[').close(']').close('}');
  json.key("points").open('{').key("items").open('[');
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto& names = classes[i].attributes["keypoints"];
    if (names.asList().empty()) continue;
    const auto& joints = classes[i].attributes["skeleton"];
    json.open('{').key("label_id").number(i).key("labels").raw(toJson(names));
    json.key("joints").raw(joints.isList() ? toJson(joints) : "[]").key("positions").open('[').close(']').close('}');
  }
  return std::move(json.close(']').close('}').close('}').out);
}

class DatumaroWriter final : public Writer {
 public:
  DatumaroWriter(Target& target, Report& report, Facts facts)
      : Writer{target, report, std::move(facts),
               Holds{.kinds = {AnnotationKind::Class, AnnotationKind::Box, AnnotationKind::RotatedBox, AnnotationKind::Polygon,
                               AnnotationKind::Mask, AnnotationKind::Points, AnnotationKind::Text, AnnotationKind::Number},
                     .scores = true,
                     .authors = true,
                     .anyAttribute = true,
                     .groups = true}} {}

  Result<> finish() override {
    if (items_.empty()) items_[Split::None].open('[');
    for (const auto& [split, items] : items_) {
      JsonOut json;
      json.open('{').key("dm_format_version").text("1.0").key("media_type").number(2).key("infos").open('{').close('}');
      json.key("categories").raw(categoriesJson(classes())).key("items").raw(items.out + ']').close('}');
      PB_CHECK(target().write("annotations/" + std::string{splitName(split, "default")} + ".json", json.out));
    }
    return {};
  }

 protected:
  Result<> write(Item item) override {
    PB_TRY(const auto name, putPicture(item, "images/" + std::string{splitName(item.split, "default")}));
    auto& json = items_[item.split];
    if (json.out.empty()) json.open('[');
    json.open('{').key("id").text(withoutExtension(name)).key("annotations").open('[');
    int number = 0;
    for (const auto& a : item.annotations)
      if (a.kind != AnnotationKind::Number) annotation(json, item, a, number++);
    json.close(']').key("attr").open('{');
    std::set<std::string> named;
    for (const auto& a : item.annotations) {
      if (a.kind != AnnotationKind::Number) continue;
      if (!named.insert(a.label).second) {
        lost(item, a);
        continue;
      }
      if (a.author != "import") report().lost("author", nameOf(item));
      if (!a.text.empty()) report().lost("attribute", nameOf(item), static_cast<std::int64_t>(attributesOf(a).size()));
      json.key(std::string{numberKey} + a.label).number(a.score);
    }
    if (!item.group.empty()) json.key("group").text(item.group);
    if (!item.id.empty() && item.id != makeItemId(name, item.digest)) json.key(idKey).text(item.id);
    json.close('}').key("image").open('{').key("path").text(name);
    if (item.width > 0) json.key("size").open('[').number(item.height).number(item.width).close(']');
    json.close('}').close('}');
    return {};
  }

 private:
  void annotation(JsonOut& json, const Item& item, const Annotation& a, int number) {
    constexpr std::array<std::string_view, 8> types{"label", "bbox", "bbox", "polygon", "mask", "points", "caption", ""};
    const auto& g = a.geometry;
    auto attributes = attributesBesideLine(a);
    const bool line = isPolyline(a);
    std::int64_t group = 0, z = 0;
    takeInteger(attributes, "group", group, 1);
    takeInteger(attributes, "z_order", z, INT64_MIN);
    json.open('{')
        .key("id")
        .number(number)
        .key("type")
        .text(line ? "polyline" : types[static_cast<std::size_t>(a.kind)])
        .key("attributes")
        .open('{');
    for (const auto& [name, value] : attributes) json.key(name).guess(value);
    if (a.score != 1) json.key("score").number(a.score);
    if (a.author != "import" && !a.author.empty()) json.key("author").text(a.author);
    if (a.kind == AnnotationKind::RotatedBox) json.key("rotation").number(g[4]).key(turnedKey).boolean(true);
    if (a.kind == AnnotationKind::Text && !a.label.empty()) json.key("label").text(a.label);
    if (const auto rings = a.kind == AnnotationKind::Polygon ? ringsOf(g) : std::vector<std::span<const float>>{}; rings.size() > 1)
      json.key(holesKey).text(ringsText(std::span{rings}.subspan(1)));
    json.close('}').key("group").number(group);
    if (a.kind != AnnotationKind::Text) {
      json.key("label_id");
      if (a.label.empty()) json.null();
      else json.number(classIndex(a.label));
      if (a.kind != AnnotationKind::Class) json.key("z_order").number(z);
    }
    shape(json, item, a);
    json.close('}');
  }

  static void takeInteger(Attributes& attributes, std::string_view name, std::int64_t& to, std::int64_t least) {
    const auto at = std::ranges::find(attributes, name, [](const auto& one) -> std::string_view { return one.first; });
    if (at == attributes.end()) return;
    std::int64_t v = 0;
    const auto& text = at->second;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
    if (error != std::errc{} || end != text.data() + text.size() || v < least || v == 0 || std::to_string(v) != text) return;
    to = v;
    attributes.erase(at);
  }

  static void shape(JsonOut& json, const Item& item, const Annotation& a) {
    const auto& g = a.geometry;
    switch (a.kind) {
      case AnnotationKind::Box:
        json.key("bbox").numbers(g);
        break;
      case AnnotationKind::RotatedBox:
        json.key("bbox").numbers(std::array{g[0] - g[2] / 2, g[1] - g[3] / 2, g[2], g[3]});
        break;
      case AnnotationKind::Polygon:
        json.key("points").numbers(ringsOf(g).empty() ? std::span<const float>{} : ringsOf(g).front());
        break;
      case AnnotationKind::Points:
        json.key("points").open('[');
        for (std::size_t i = 0; i + 2 < g.size(); i += 3) json.number(g[i]).number(g[i + 1]);
        json.close(']');
        if (isPolyline(a)) break;
        json.key("visibility").open('[');
        for (std::size_t i = 2; i < g.size(); i += 3) json.number(static_cast<int>(g[i]));
        json.close(']');
        break;
      case AnnotationKind::Mask: {
        const auto runs = runsOf(runsTextOf(a), static_cast<std::uint64_t>(item.width) * static_cast<std::uint64_t>(item.height));
        json.key("rle").open('{').key("counts").text(runs ? compressedRuns(*runs) : "").key("size").open('[');
        json.number(item.height).number(item.width).close(']').close('}');
        break;
      }
      case AnnotationKind::Text:
        json.key("caption").text(a.text);
        break;
      default:
        break;
    }
  }

  std::map<Split, JsonOut> items_;
};

class Datumaro final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"datumaro", TR("formats", "Datumaro"),
                                 TR("formats", "annotations/train.json and images/train/; keeps everything")};
    return info;
  }
  double detect(const Source& source) const override {
    const auto files = source.withExtension(".json");
    for (std::size_t i = 0; i < files.size() && i < 16; ++i)
      if (looksRight(source, files[i])) return .97;
    return 0;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    std::size_t files = 0;
    for (const auto& name : source.withExtension(".json")) {
      if (sink.stopped()) return {};
      if (source.only().empty() && !looksRight(source, name)) sink.report().add("file.other", name);
      else files += FileReader{source, sink, name}.read();
    }
    if (files > 0) return {};
    return fail(ErrorKind::BadInput, "datumaro.none", TR("formats", "There is no Datumaro file that can be read."),
                TR("formats", "Choose the folder with the \"annotations\", or one of its files."));
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<DatumaroWriter>(target, report, std::move(facts));
  }
};

}  // namespace

const Format& datumaroFormat() {
  static const Datumaro format;
  return format;
}

}  // namespace patchbay::formats
