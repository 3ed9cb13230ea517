// SPDX-License-Identifier: Apache-2.0
// COCO: annotations/<kind>_<part>.json with images, categories and annotations (cocodataset.org, "Data format"), as pycocotools
// reads it. Kinds: instances (boxes, outlines, masks, keypoints), captions, labels (classes of whole pictures, as Datumaro has
// them), panoptic (numbers of segments as colours of a PNG; read only). Beyond the original: "score", and "attributes" of an annotation,
// with "rotation" in degrees for rotated boxes (CVAT).
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "engine/formats/coco_writer.h"
#include "engine/formats/json_in.h"
#include "engine/formats/segments.h"

namespace patchbay::formats {
namespace {

bool looksRight(const Source& source, const std::string& name) {
  const auto text = source.peek(name);
  if (text.find("\"dm_format_version\"") != std::string::npos) return false;
  const auto has = [&](std::string_view word) { return text.find('"' + std::string{word} + '"') != std::string::npos; };
  const auto stem = stemOf(name);
  if (stem.starts_with("instances_") || stem.starts_with("person_keypoints_") || stem.starts_with("captions_") ||
      stem.starts_with("labels_") || stem.starts_with("panoptic_"))
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
      if (truthOf(one, "isthing")) things_.insert(*id);
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
      else if (const auto size = record.file.empty() ? std::nullopt : source_.sizeOf(record.file))
        record.width = size->width, record.height = size->height;
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
    if (const auto segments = arrayOf(one, "segments_info")) return readPanoptic(one, *segments, record);
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

  std::optional<IndexPng> readPng(const std::string& name) const {
    const auto file = source_.open(name);
    return file ? readIndexPng(file->bytes()) : std::nullopt;
  }

  /// The segments of a picture of numbers. Things that an instances_ file named before are not taken twice.
  void readPanoptic(Json one, simdjson::dom::array segments, Record& record) {
    const std::string stem{stemOf(name_)}, beside{folderOf(name_)};
    const std::array<std::string, 4> folders{joined(beside, stem), stem, beside, ""};
    const auto picture = source_.find(textOf(one, "file_name"), folders, sink_.report());
    const auto png = picture.empty() ? std::nullopt : readPng(picture);
    if (png && record.width == 0) record.width = png->width, record.height = png->height;
    if (!png || png->width != record.width || png->height != record.height) return sink_.report().add("annotation.mask", record.name);
    std::map<std::int64_t, std::pair<std::string, bool>> wanted;
    const bool again = !shared_.instances[split_].empty();
    for (const Json segment : segments) {
      const auto id = integerOf(segment, "id"), category = integerOf(segment, "category_id");
      const auto known = category ? categories_.find(*category) : categories_.end();
      if (!id || known == categories_.end()) {
        sink_.report().add("category.unknown", record.name);
        continue;
      }
      if (!again || !things_.contains(*category)) wanted[*id] = {known->second, truthOf(segment, "iscrowd")};
    }
    std::vector<std::int64_t> numbers;
    for (const auto& [id, what] : wanted) numbers.push_back(id);
    const auto found = runsOfSegments(*png, numbers);
    for (const auto& [id, runs] : found) {
      Annotation a{.kind = AnnotationKind::Mask, .label = wanted[id].first, .text = textOfRuns(runs), .author = "import"};
      // Datumaro writes masks both ways and calls none of their classes a thing.
      const bool known = again && std::ranges::any_of(record.annotations, [&](const Annotation& other) {
                           return other.kind == AnnotationKind::Mask && other.label == a.label && runsTextOf(other) == a.text;
                         });
      if (known) continue;
      if (wanted[id].second) setAttributes(a, {{"iscrowd", "1"}});
      record.annotations.push_back(std::move(a));
    }
    if (found.size() < wanted.size())
      sink_.report().add("annotation.empty", record.name, static_cast<std::int64_t>(wanted.size() - found.size()));
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
  std::set<std::int64_t> things_;
  std::unordered_map<std::int64_t, std::size_t> images_;
  std::set<std::size_t> seen_;
  std::set<std::int64_t> ids_;
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
    return cocoWriter(target, report, std::move(facts));
  }
};

}  // namespace

const Format& cocoFormat() {
  static const Coco format;
  return format;
}

}  // namespace patchbay::formats
