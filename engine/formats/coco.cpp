// SPDX-License-Identifier: Apache-2.0
// COCO: annotations/<kind>_<part>.json with images, categories and annotations (cocodataset.org, "Data format"), as pycocotools
// reads it. Kinds: instances (boxes, outlines, masks, keypoints), captions, labels (classes of whole pictures, as Datumaro has
// them). Beyond the original: "score", and "attributes" of an annotation, with "rotation" in degrees for rotated boxes (CVAT).
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/formats/format.h"
#include "engine/formats/json_in.h"
#include "engine/formats/json_out.h"

namespace patchbay::formats {
namespace {

bool looksRight(const Source& source, const std::string& name) {
  const auto text = source.peek(name);
  if (text.find("\"dm_format_version\"") != std::string::npos) return false;
  const auto has = [&](std::string_view word) { return text.find('"' + std::string{word} + '"') != std::string::npos; };
  const auto stem = stemOf(name);
  if (stem.starts_with("instances_") || stem.starts_with("person_keypoints_") || stem.starts_with("captions_") ||
      stem.starts_with("labels_"))
    return has("images") || has("annotations") || has("categories");
  return (has("images") && (has("file_name") || has("annotations") || has("categories"))) ||
         (has("annotations") && has("image_id") && (has("category_id") || has("bbox")));
}

/// One file: its categories and images, then its annotations, each put to the record of its picture.
class FileReader {
 public:
  /// What files of the same data set share.
  struct Shared {
    std::vector<Record> records;
    std::map<std::pair<Split, std::string>, std::size_t> byName;
    std::map<Split, std::set<std::int64_t>> instances;  ///< Numbers in instances_ files.
  };
  FileReader(const Source& source, Sink& sink, std::string name, Shared& shared)
      : source_{source}, sink_{sink}, name_{std::move(name)}, shared_{shared}, records_{shared.records}, byName_{shared.byName} {}

  bool read() {
    const auto file = JsonFile::open(source_, name_, sink_.report());
    if (!file) return false;
    const auto root = file->root();
    const auto images = arrayOf(root, "images");
    if (!images) {
      sink_.report().add("file.fields", name_);
      return false;
    }
    readCategories(root);
    split_ = splitOfName(stemOf(name_));
    if (split_ == Split::None) split_ = splitOfName(lastOf(folderOf(name_)));
    readImages(*images);
    if (const auto annotations = arrayOf(root, "annotations"))
      for (const Json one : *annotations) {
        if (sink_.stopped()) return true;
        readAnnotation(one);
      }
    return true;
  }

 private:
  void refuse(std::string_view code, Json annotation) {
    const auto id = integerOf(annotation, "id");
    sink_.report().add(code, name_ + (id ? ": " + std::to_string(*id) : ""));
  }

  void readCategories(Json root) {
    const auto list = arrayOf(root, "categories");
    if (!list) return;
    std::vector<ClassInfo> classes;
    for (const Json one : *list) {
      const auto id = integerOf(one, "id");
      ClassInfo info{std::string{textOf(one, "name")}, {}};
      if (!id || info.name.empty()) {
        refuse("file.fields", one);
        continue;
      }
      if (!categories_.emplace(*id, info.name).second) {
        refuse("category.twice", one);
        continue;
      }
      if (const auto above = textOf(one, "supercategory"); !above.empty() && above != "none") info.attributes["supercategory"] = above;
      for (const auto* key : {"keypoints", "skeleton"})
        if (const auto v = member(one, key))
          if (auto named = listValue(*v); !named.asList().empty()) info.attributes[key] = std::move(named);
      classes.push_back(std::move(info));
    }
    dropParentCycles(classes, sink_.report(), name_);
    for (auto& one : classes) sink_.declare(std::move(one));
  }

  void readImages(simdjson::dom::array images) {
    const auto subset = std::string{stemOf(name_).substr(std::min(stemOf(name_).size(), stemOf(name_).find('_') + 1))};
    const std::array<std::string, 5> folders{"images/" + subset, subset, "images", std::string{folderOf(name_)}, ""};
    for (const Json one : images) {
      const auto id = integerOf(one, "id");
      const auto named = textOf(one, "file_name");
      if (!id || named.empty()) {
        refuse("file.fields", one);
        continue;
      }
      if (images_.contains(*id)) {
        refuse("id.twice", one);
        continue;
      }
      Record record;
      record.file = source_.find(named, folders, sink_.report());
      record.name = Source::nameFor(named, record.file);
      record.split = split_;
      const auto width = integerOf(one, "width").value_or(0), height = integerOf(one, "height").value_or(0);
      if (width > 0 && height > 0 && width < 1'000'000 && height < 1'000'000)
        record.width = static_cast<int>(width), record.height = static_cast<int>(height);
      const auto [at, fresh] = byName_.emplace(std::pair{split_, record.name}, records_.size());
      images_.emplace(*id, at->second);
      // instances_ and captions_ name the same pictures; one file should not.
      if (fresh) records_.push_back(std::move(record));
      else if (!seen_.insert(at->second).second) sink_.report().add("picture.twice", record.name);
      seen_.insert(at->second);
    }
  }

  void readAnnotation(Json one) {
    const auto image = integerOf(one, "image_id");
    const auto at = image ? images_.find(*image) : images_.end();
    if (at == images_.end()) return refuse("annotation.picture", one);
    if (const auto id = integerOf(one, "id"); id && !ids_.insert(*id).second) refuse("annotation.twice", one);
    auto& record = records_[at->second];
    // Panoptic files say in pictures of their own what instances say here.
    if (member(one, "segments_info")) return refuse("field.unread", one);
    Annotation base;
    base.author = "import";
    if (const auto score = member(one, "score")) base.score = number(*score).value_or(NAN);
    if (const auto caption = textOf(one, "caption"); !caption.empty() || member(one, "caption")) {
      base.kind = AnnotationKind::Text;
      base.text = caption;
      record.annotations.push_back(std::move(base));
      return;
    }
    if (const auto category = member(one, "category_id"); category && !category->is_null()) {
      const auto id = integerOf(one, "category_id");
      const auto known = id ? categories_.find(*id) : categories_.end();
      if (known == categories_.end()) return refuse("category.unknown", one);
      base.label = known->second;
    }
    // person_keypoints_ and stuff_ files repeat instances under their numbers.
    const auto stem = stemOf(name_);
    const auto id = integerOf(one, "id");
    auto& instances = shared_.instances[split_];
    if (id && stem.starts_with("instances_")) instances.insert(*id);
    const bool again = id && (stem.starts_with("person_keypoints_") || stem.starts_with("stuff_")) && instances.contains(*id);
    readShapes(one, std::move(base), record, again);
  }

  Attributes readAttributes(Json one, double& rotation) {
    Attributes to;
    if (const auto v = member(one, "iscrowd"); v && truthOf(one, "iscrowd")) putAttribute(to, "iscrowd", "1");
    simdjson::dom::object object;
    const auto listed = member(one, "attributes");
    if (!listed || listed->get_object().get(object)) return to;
    for (const auto& [key, value] : object) {
      if (key == "rotation") rotation = number(value).value_or(0);
      else if (auto text = scalarText(value); !text.empty() || value.is_string()) putAttribute(to, key, std::move(text));
    }
    return to;
  }

  void readShapes(Json one, Annotation base, Record& record, bool onlyPoints) {
    double rotation = 0;
    auto attributes = readAttributes(one, rotation);
    std::vector<Annotation> shapes;
    const auto add = [&](AnnotationKind kind, std::vector<float> geometry) {
      shapes.push_back(base);
      shapes.back().kind = kind;
      shapes.back().geometry = std::move(geometry);
    };
    if (const auto segmentation = member(one, "segmentation");
        segmentation && !onlyPoints && !readSegmentation(*segmentation, record, base, shapes))
      return refuse("annotation.shape", one);
    if (const auto points = member(one, "keypoints")) {
      const auto list = numbers(*points);
      if (!list || list->size() % 3 != 0) return refuse("annotation.number", one);
      bool any = false;
      for (std::size_t i = 2; i < list->size(); i += 3) any |= (*list)[i] > 0;
      if (any) add(AnnotationKind::Points, *list);
    }
    if (const auto box = member(one, "bbox"); box && !box->is_null() && !onlyPoints) {
      const auto list = numbers(*box);
      if (!list || (list->size() != 4 && !list->empty())) return refuse("annotation.number", one);
      if (list->empty()) {
        // None.
      } else if (rotation != 0 && shapes.empty()) {
        add(AnnotationKind::RotatedBox,
            {(*list)[0] + (*list)[2] / 2, (*list)[1] + (*list)[3] / 2, (*list)[2], (*list)[3], static_cast<float>(rotation)});
      } else if (!repeats(*list, shapes, record)) {
        add(AnnotationKind::Box, *list);
      }
    }
    if (shapes.empty() && !onlyPoints) add(AnnotationKind::Class, {});
    const auto id = integerOf(one, "id");
    if ((shapes.size() > 1 || onlyPoints) && std::ranges::none_of(attributes, [](const auto& a) { return a.first == "group"; }))
      putAttribute(attributes, "group", id ? std::to_string(*id) : std::to_string(record.annotations.size()));
    for (auto& shape : shapes) {
      setAttributes(shape, attributes);
      record.annotations.push_back(std::move(shape));
    }
  }

  /// False: it is none that can be understood.
  bool readSegmentation(Json segmentation, const Record& record, const Annotation& base, std::vector<Annotation>& shapes) {
    simdjson::dom::array polygons;
    if (segmentation.is_null()) return true;
    if (!segmentation.get_array().get(polygons)) {
      for (const Json one : polygons) {
        auto ring = numbers(one);
        if (!ring || ring->size() % 2 != 0) return false;
        if (ring->size() < 6) {
          sink_.report().add("annotation.empty", record.name);
          continue;
        }
        auto shape = base;
        shape.kind = AnnotationKind::Polygon;
        shape.geometry = polygonOf({&*ring, 1});
        shapes.push_back(std::move(shape));
      }
      return true;
    }
    const auto size = member(segmentation, "size"), counts = member(segmentation, "counts");
    const auto shaped = size ? numbers(*size) : std::nullopt;
    if (!counts || !shaped || shaped->size() != 2) return false;
    const auto pixels = static_cast<std::uint64_t>(std::max(0.F, (*shaped)[0])) * static_cast<std::uint64_t>(std::max(0.F, (*shaped)[1]));
    std::optional<Runs> runs;
    std::string_view text;
    if (!counts->get_string().get(text)) {
      runs = runsOfCompressed(text, pixels);
    } else if (simdjson::dom::array list; !counts->get_array().get(list)) {
      std::string joinedRuns;
      for (const Json one : list) joinedRuns += (joinedRuns.empty() ? "" : " ") + scalarText(one);
      runs = runsOf(joinedRuns, pixels);
    }
    if (!runs) return false;
    auto shape = base;
    shape.kind = AnnotationKind::Mask;
    // A mask of another size says so by not fitting the picture.
    if (record.height > 0 && (*shaped)[0] != static_cast<float>(record.height)) return false;
    shape.text = textOfRuns(*runs);
    shapes.push_back(std::move(shape));
    return true;
  }

  /// Whether the box says only where the other shapes lie.
  static bool repeats(std::span<const float> box, const std::vector<Annotation>& shapes, const Record& record) {
    std::optional<std::array<float, 4>> around, aroundPoints;
    for (const auto& shape : shapes) {
      auto one = boundsOf(shape);
      if (shape.kind == AnnotationKind::Mask)
        if (const auto runs =
                runsOf(runsTextOf(shape), static_cast<std::uint64_t>(record.width) * static_cast<std::uint64_t>(record.height)))
          one = boundsOfRuns(*runs, record.height);
      auto& to = shape.kind == AnnotationKind::Points ? aroundPoints : around;
      if (!one) continue;
      if (!to) {
        to = one;
        continue;
      }
      const auto right = std::max((*to)[0] + (*to)[2], (*one)[0] + (*one)[2]),
                 bottom = std::max((*to)[1] + (*to)[3], (*one)[1] + (*one)[3]);
      (*to)[0] = std::min((*to)[0], (*one)[0]);
      (*to)[1] = std::min((*to)[1], (*one)[1]);
      (*to)[2] = right - (*to)[0];
      (*to)[3] = bottom - (*to)[1];
    }
    if (around) return sameBox(box, *around);
    return aroundPoints && sameBox(box, *aroundPoints);
  }

  const Source& source_;
  Sink& sink_;
  std::string name_;
  Shared& shared_;
  std::vector<Record>& records_;
  std::map<std::pair<Split, std::string>, std::size_t>& byName_;
  Split split_ = Split::None;
  std::unordered_map<std::int64_t, std::string> categories_;
  std::unordered_map<std::int64_t, std::size_t> images_;
  std::set<std::size_t> seen_;
  std::set<std::int64_t> ids_;
};

std::string categoriesJson(const std::vector<ClassInfo>& classes, const std::map<std::string, std::size_t, std::less<>>& keypoints) {
  JsonOut json;
  json.open('[');
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto& info = classes[i];
    json.open('{').key("id").number(i + 1).key("name").text(info.name).key("supercategory").text(info.attributes["supercategory"].asText());
    const auto points = keypoints.find(info.name);
    if (const auto& named = info.attributes["keypoints"]; !named.asList().empty()) {
      json.key("keypoints")
          .raw(toJson(named))
          .key("skeleton")
          .raw(toJson(info.attributes["skeleton"].isList() ? info.attributes["skeleton"] : Value{Value::List{}}));
    } else if (points != keypoints.end()) {
      json.key("keypoints").open('[');
      for (std::size_t k = 1; k <= points->second; ++k) json.text("point " + std::to_string(k));
      json.close(']').key("skeleton").open('[').close(']');
    }
    json.close('}');
  }
  return std::move(json.close(']').out);
}

class CocoWriter final : public Writer {
 public:
  CocoWriter(Target& target, Report& report, Facts facts)
      : Writer{target, report, std::move(facts),
               Holds{.kinds = {AnnotationKind::Class, AnnotationKind::Box, AnnotationKind::RotatedBox, AnnotationKind::Polygon,
                               AnnotationKind::Mask, AnnotationKind::Points, AnnotationKind::Text},
                     .scores = true,
                     .anyAttribute = true}} {}

  Result<> finish() override {
    if (parts_.empty()) parts_[Split::None];
    for (auto& [split, part] : parts_) {
      const std::string suffix = '_' + std::string{splitName(split, "default")} + ".json";
      PB_CHECK(writeFile("annotations/instances" + suffix, part, part.instances));
      if (part.captions.out.size() > 1) PB_CHECK(writeFile("annotations/captions" + suffix, part, part.captions));
      if (part.labels.out.size() > 1) PB_CHECK(writeFile("annotations/labels" + suffix, part, part.labels));
    }
    return {};
  }

 protected:
  Result<> write(Item item) override {
    auto& part = parts_[item.split];
    PB_TRY(const auto name, putPicture(item, "images/" + std::string{splitName(item.split, "default")}));
    const auto image = ++images_;
    part.images.open('{').key("id").number(image).key("width").number(item.width).key("height").number(item.height);
    part.images.key("file_name").text(name).close('}');
    std::map<std::string, std::vector<const Annotation*>, std::less<>> groups;
    for (auto& a : item.annotations) {
      if (a.kind == AnnotationKind::Text) {
        if (!a.label.empty()) report().lost("label", name);
        begin(part.captions, a, image).key("caption").text(a.text).close('}');
      } else if (a.kind == AnnotationKind::Class) {
        auto& json = begin(part.labels, a, image);
        if (attributeOf(a, "iscrowd") == "1") json.key("iscrowd").number(1);
        writeAttributes(json, a, {});
        json.close('}');
      } else if (prepare(item, a)) {
        groups[attributeOf(a, "group")].push_back(&a);
      }
    }
    for (const auto& [group, members] : groups) {
      if (!group.empty() && members.size() > 1 && oneInstance(item, members)) {
        instance(part.instances, item, image, members);
      } else {
        for (const auto* one : members) instance(part.instances, item, image, {&one, 1});
      }
    }
    return {};
  }

 private:
  struct Part {
    JsonOut images, instances, captions, labels;
    Part() {
      for (auto* json : {&images, &instances, &captions, &labels}) json->open('[');
    }
  };

  Result<> writeFile(const std::string& name, const Part& part, const JsonOut& annotations) {
    JsonOut json;
    json.open('{').key("info").open('{').close('}').key("licenses").open('[').close(']');
    json.key("categories").raw(categoriesJson(classes(), keypoints_));
    json.key("images").raw(part.images.out + ']').key("annotations").raw(annotations.out + ']').close('}');
    return target().write(name, json.out);
  }

  /// Turns what COCO has no form for into one that it has; false when there is none.
  bool prepare(const Item& item, Annotation& a) {
    if (a.kind == AnnotationKind::Points) {
      if (boundsOf(a)) return true;
      lost(item, a);
      return false;
    }
    if (a.kind == AnnotationKind::RotatedBox && a.geometry[4] == 0) {
      // A rotation of 0 is what CVAT writes of every box.
      lost(item, a);
      report().added("annotation:box", nameOf(item));
      a.kind = AnnotationKind::Box;
      a.geometry = {a.geometry[0] - a.geometry[2] / 2, a.geometry[1] - a.geometry[3] / 2, a.geometry[2], a.geometry[3]};
      return true;
    }
    if (a.kind != AnnotationKind::Polygon || ringsOf(a.geometry).size() == 1) return true;
    lost(item, a);
    if (static_cast<std::int64_t>(item.width) * item.height <= 0 || static_cast<std::int64_t>(item.width) * item.height > mostMaskPixels)
      return false;
    Bitmap bitmap{item.width, item.height,
                  std::vector<std::uint8_t>(static_cast<std::size_t>(item.width) * static_cast<std::size_t>(item.height), 0)};
    fillPolygon(bitmap, a.geometry, 1);
    auto attributes = attributesOf(a);
    a.kind = AnnotationKind::Mask;
    a.text = textOfRuns(runsOf(bitmap, 1));
    setAttributes(a, std::move(attributes));
    a.geometry.clear();
    report().added("annotation:mask", nameOf(item));
    return true;
  }

  JsonOut& begin(JsonOut& json, const Annotation& a, std::int64_t image) {
    json.open('{').key("id").number(++annotations_).key("image_id").number(image);
    if (a.kind != AnnotationKind::Text) {
      json.key("category_id");
      if (a.label.empty()) json.null();
      else json.number(classIndex(a.label) + 1);
    }
    if (a.score != 1) json.key("score").number(a.score);
    return json;
  }

  static void writeAttributes(JsonOut& json, const Annotation& a, std::optional<float> rotation) {
    const auto attributes = attributesOf(a);
    const auto crowd = attributeOf(a, "iscrowd") == "1";
    if (attributes.size() <= (crowd ? 1U : 0U) && !rotation) return;
    json.key("attributes").open('{');
    if (rotation) json.key("rotation").number(*rotation);
    for (const auto& [name, value] : attributes)
      if (!(name == "iscrowd" && crowd) && name != "rotation") json.key(name).guess(value);
    json.close('}');
  }

  static std::optional<std::array<float, 4>> extent(const Item& item, const Annotation& a) {
    if (a.kind != AnnotationKind::Mask) return boundsOf(a);
    const auto runs = runsOf(runsTextOf(a), static_cast<std::uint64_t>(item.width) * static_cast<std::uint64_t>(item.height));
    return runs ? boundsOfRuns(*runs, item.height) : std::nullopt;
  }

  /// Whether the members make up one annotation that is read back as the same members.
  static bool oneInstance(const Item& item, const std::vector<const Annotation*>& members) {
    std::size_t boxes = 0, masks = 0, polygons = 0, points = 0;
    const auto attributes = attributesOf(*members.front());
    for (const auto* a : members) {
      if (a->label != members.front()->label || a->score != members.front()->score || attributesOf(*a) != attributes) return false;
      boxes += a->kind == AnnotationKind::Box;
      masks += a->kind == AnnotationKind::Mask;
      polygons += a->kind == AnnotationKind::Polygon;
      points += a->kind == AnnotationKind::Points;
    }
    if (boxes + masks + polygons + points != members.size() || boxes > 1 || points > 1 || masks > 1 || (masks && polygons)) return false;
    if (boxes == 0) return true;
    const auto box = std::ranges::find(members, AnnotationKind::Box, &Annotation::kind);
    std::vector<const Annotation*> others;
    for (const auto* a : members)
      if (a != *box) others.push_back(a);
    const auto around = surrounding(item, others);
    return !around || !sameBox((*box)->geometry, *around);
  }

  /// Around outlines and masks, or, where there are none, around points.
  static std::optional<std::array<float, 4>> surrounding(const Item& item, std::span<const Annotation* const> members) {
    const bool onlyPoints = std::ranges::all_of(members, [](const auto* a) { return a->kind == AnnotationKind::Points; });
    float left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (const auto* a : members) {
      if (a->kind == AnnotationKind::Points && !onlyPoints) continue;
      const auto one = extent(item, *a);
      if (!one) continue;
      left = std::min(left, (*one)[0]), top = std::min(top, (*one)[1]);
      right = std::max(right, (*one)[0] + (*one)[2]), bottom = std::max(bottom, (*one)[1] + (*one)[3]);
    }
    if (!(right >= left)) return std::nullopt;
    return std::array{left, top, right - left, bottom - top};
  }

  void instance(JsonOut& out, const Item& item, std::int64_t image, std::span<const Annotation* const> members) {
    const auto& first = *members.front();
    auto& json = begin(out, first, image);
    std::optional<std::array<float, 4>> box;
    std::optional<float> rotation;
    double area = 0;
    const Annotation *mask = nullptr, *points = nullptr;
    std::vector<const Annotation*> polygons;
    for (const auto* a : members) {
      const auto& g = a->geometry;
      if (a->kind == AnnotationKind::Box) box = std::array{g[0], g[1], g[2], g[3]};
      if (a->kind == AnnotationKind::RotatedBox) {
        box = std::array{g[0] - g[2] / 2, g[1] - g[3] / 2, g[2], g[3]};
        rotation = g[4];
      }
      if (a->kind == AnnotationKind::Mask) mask = a;
      if (a->kind == AnnotationKind::Points) points = a;
      if (a->kind == AnnotationKind::Polygon) polygons.push_back(a);
    }
    if (!box) box = surrounding(item, members);
    json.key("segmentation");
    if (mask) area = writeMask(json, item, *mask);
    else area = writePolygons(json, polygons);
    if (area == 0 && box) area = static_cast<double>((*box)[2]) * (*box)[3];
    json.key("area").number(area);
    json.key("bbox").numbers(box ? std::span<const float>{*box} : std::span<const float>{});
    json.key("iscrowd").number(attributeOf(first, "iscrowd") == "1" ? 1 : 0);
    if (points) {
      json.key("keypoints").numbers(points->geometry);
      std::size_t seen = 0;
      for (std::size_t i = 2; i < points->geometry.size(); i += 3) seen += points->geometry[i] > 0;
      json.key("num_keypoints").number(seen);
      auto& most = keypoints_[points->label];
      most = std::max(most, points->geometry.size() / 3);
    }
    writeAttributes(json, first, rotation);
    json.close('}');
  }

  static double writeMask(JsonOut& json, const Item& item, const Annotation& mask) {
    const auto runs = runsOf(runsTextOf(mask), static_cast<std::uint64_t>(item.width) * static_cast<std::uint64_t>(item.height));
    double area = 0;
    for (std::size_t i = 1; runs && i < runs->size(); i += 2) area += (*runs)[i];
    json.open('{').key("size").open('[').number(item.height).number(item.width).close(']');
    // Crowds are written in plain runs by COCO itself; its tools read both everywhere.
    json.key("counts").text(runs ? compressedRuns(*runs) : "").close('}');
    return area;
  }

  static double writePolygons(JsonOut& json, const std::vector<const Annotation*>& polygons) {
    double area = 0;
    json.open('[');
    for (const auto* a : polygons)
      for (const auto ring : ringsOf(a->geometry)) {
        json.numbers(ring);
        double twice = 0;
        for (std::size_t i = 0; i + 1 < ring.size(); i += 2) {
          const auto next = (i + 2) % ring.size();
          twice += static_cast<double>(ring[i]) * ring[next + 1] - static_cast<double>(ring[next]) * ring[i + 1];
        }
        area += std::abs(twice) / 2;
      }
    json.close(']');
    return area;
  }

  std::map<Split, Part> parts_;
  std::map<std::string, std::size_t, std::less<>> keypoints_;
  std::int64_t images_ = 0, annotations_ = 0;
};

class Coco final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"coco", TR("formats", "COCO"), TR("formats", "annotations/instances_train.json beside images/")};
    return info;
  }
  double detect(const Source& source) const override {
    const auto files = source.withExtension(".json");
    for (std::size_t i = 0; i < files.size() && i < 16; ++i)
      if (looksRight(source, files[i])) return .95;
    return 0;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    FileReader::Shared shared;
    std::size_t files = 0;
    for (const auto& name : source.withExtension(".json")) {
      if (sink.stopped()) return {};
      if (source.only().empty() && !looksRight(source, name)) {
        sink.report().add("file.other", name);
        continue;
      }
      files += FileReader{source, sink, name, shared}.read();
    }
    if (files == 0)
      return fail(ErrorKind::BadInput, "coco.none", TR("formats", "There is no COCO file that can be read."),
                  TR("formats", "Choose the folder with the \"annotations\", or one of its files."));
    for (auto& record : shared.records)
      if (!sink.add(std::move(record))) break;
    return {};
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<CocoWriter>(target, report, std::move(facts));
  }
};

}  // namespace

const Format& cocoFormat() {
  static const Coco format;
  return format;
}

}  // namespace patchbay::formats
