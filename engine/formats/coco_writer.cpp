// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/coco_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "engine/formats/json_out.h"

namespace patchbay::formats {
namespace {

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
    setAttributes(a, attributes);
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

}  // namespace

std::unique_ptr<Writer> cocoWriter(Target& target, Report& report, Facts facts) {
  return std::make_unique<CocoWriter>(target, report, std::move(facts));
}

}  // namespace patchbay::formats
