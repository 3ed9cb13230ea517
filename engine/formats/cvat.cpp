// SPDX-License-Identifier: Apache-2.0
// CVAT for images 1.1 and, read only, for video 1.1: annotations.xml and images/ (docs.cvat.ai, "CVAT XML"). Tags are classes of the
// whole picture, a rotation makes a box a rotated one, skeletons are points of which some are hidden or absent. Shapes of a track are
// annotations of its frames with the attribute "track_id"; boxes between two keyframes are put where CVAT draws them.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "engine/formats/format.h"
#include "engine/formats/xml_in.h"

namespace patchbay::formats {
namespace {

bool looksRight(const Source& source, const std::string& name) { return source.peek(name, 4096).find("<annotations") != std::string::npos; }

std::optional<float> attribute(pugi::xml_node node, const char* name) { return numberIn(node.attribute(name).value()); }

/// "1,2;3,4"
std::optional<std::vector<float>> cornersIn(std::string_view text) {
  std::vector<float> to;
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    const auto cut = pair.find(',');
    if (cut == std::string_view::npos) return std::nullopt;
    const auto x = numberIn(pair.substr(0, cut)), y = numberIn(pair.substr(cut + 1));
    if (!x || !y) return std::nullopt;
    to.insert(to.end(), {*x, *y});
  }
  return to;
}

/// Runs row by row inside a crop, the first being background.
bool readMask(pugi::xml_node node, const Record& record, Annotation& a) {
  const auto left = attribute(node, "left"), top = attribute(node, "top"), width = attribute(node, "width"),
             height = attribute(node, "height");
  if (!left || !top || !width || !height || record.width <= 0 || record.height <= 0 ||
      static_cast<std::int64_t>(record.width) * record.height > mostMaskPixels)
    return false;
  if (*left < 0 || *top < 0 || *width < 1 || *height < 1 || *left + *width > static_cast<float>(record.width) ||
      *top + *height > static_cast<float>(record.height))
    return false;
  Bitmap bitmap{record.width, record.height,
                std::vector<std::uint8_t>(static_cast<std::size_t>(record.width) * static_cast<std::size_t>(record.height), 0)};
  const auto w = static_cast<std::size_t>(*width), h = static_cast<std::size_t>(*height), x0 = static_cast<std::size_t>(*left),
             y0 = static_cast<std::size_t>(*top);
  std::string_view text = node.attribute("rle").value();
  std::size_t at = 0;
  for (bool on = false; !text.empty(); on = !on) {
    const auto one = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    std::size_t run = 0;  // A float would lose count from 16 million on.
    const auto digits = one.substr(std::min(one.size(), one.find_first_not_of(' ')));
    if (std::from_chars(digits.data(), digits.data() + digits.size(), run).ec != std::errc{} || run > w * h - at) return false;
    const auto end = at + run;
    for (; at < end; ++at)
      if (on) bitmap.pixels[(y0 + at / w) * static_cast<std::size_t>(record.width) + x0 + at % w] = 1;
  }
  a.kind = AnnotationKind::Mask;
  a.text = textOfRuns(runsOf(bitmap, 1));
  return true;
}

bool readShape(pugi::xml_node node, const Record& record, Annotation& a) {
  const std::string_view type = node.name();
  if (type == "tag") return true;
  if (type == "mask") return readMask(node, record, a);
  if (type == "box") {
    const auto left = attribute(node, "xtl"), top = attribute(node, "ytl"), right = attribute(node, "xbr"), bottom = attribute(node, "ybr");
    if (!left || !top || !right || !bottom) return false;
    const auto turn = attribute(node, "rotation");
    a.kind = turn ? AnnotationKind::RotatedBox : AnnotationKind::Box;
    if (turn) a.geometry = {(*left + *right) / 2, (*top + *bottom) / 2, *right - *left, *bottom - *top, *turn};
    else a.geometry = {*left, *top, *right - *left, *bottom - *top};
    return true;
  }
  if (type == "skeleton") {
    a.kind = AnnotationKind::Points;
    for (const auto one : node.children("points")) {
      const auto xy = cornersIn(one.attribute("points").value());
      if (!xy || xy->size() != 2) return false;
      const float seen = one.attribute("outside").as_int() ? 0.F : one.attribute("occluded").as_int() ? 1.F : 2.F;
      a.geometry.insert(a.geometry.end(), {(*xy)[0], (*xy)[1], seen});
    }
    return true;
  }
  if (type == "ellipse") {
    const auto x = attribute(node, "cx"), y = attribute(node, "cy"), rx = attribute(node, "rx"), ry = attribute(node, "ry");
    if (!x || !y || !rx || !ry || !(*rx > 0) || !(*ry > 0)) return false;
    a.kind = AnnotationKind::Polygon;
    a.geometry = ellipseOutline(*x, *y, *rx, *ry, attribute(node, "rotation").value_or(0));
    return true;
  }
  auto xy = cornersIn(node.attribute("points").value());
  if (!xy) return false;
  if (type == "polygon") {
    a.kind = AnnotationKind::Polygon;
    a.geometry = polygonOf({&*xy, 1});
    return true;
  }
  a.kind = AnnotationKind::Points;
  for (std::size_t i = 0; i + 1 < xy->size(); i += 2) a.geometry.insert(a.geometry.end(), {(*xy)[i], (*xy)[i + 1], 2});
  return type == "points" || type == "polyline";
}

Attributes readAttributes(pugi::xml_node node) {
  Attributes to;
  if (node.attribute("occluded").as_int()) putAttribute(to, "occluded", "1");
  if (const std::string group = node.attribute("group_id").value(); !group.empty()) putAttribute(to, "group", group);
  if (const std::string z = node.attribute("z_order").value(); !z.empty() && z != "0") putAttribute(to, "z_order", z);
  for (const auto one : node.children("attribute"))
    if (const std::string name = one.attribute("name").value(); !name.empty()) putAttribute(to, name, one.child_value());
  return std::string_view{node.name()} == "polyline" ? polylineAttributes(std::move(to)) : to;
}

/// Adds the annotation that a node is; what is none goes to the report.
void addShape(pugi::xml_node node, const std::string& label, const std::string& track, Record& record, Report& report) {
  Annotation a;
  a.author = "import";
  a.label = label;
  const std::string_view type = node.name();
  if (!readShape(node, record, a)) return report.add(type == "mask" ? "annotation.mask" : "annotation.shape", record.name);
  if (type == "ellipse") report.add("annotation.approximated", record.name);
  auto attributes = readAttributes(node);
  if (!track.empty()) putAttribute(attributes, "track_id", track);
  setAttributes(a, attributes);
  record.annotations.push_back(std::move(a));
}

/// A video's file: each frame with a picture is an item, and each that a track names.
class FrameReader {
 public:
  FrameReader(const Source& source, Sink& sink, std::string file, pugi::xml_node root)
      : source_{source}, sink_{sink}, file_{std::move(file)}, root_{root} {}

  /// False: enough, stop reading.
  bool read() {
    for (const auto* owner : {"task", "job", "project"}) {
      const auto about = root_.child("meta").child(owner);
      const auto size = about.child("original_size");
      const auto width = numberIn(size.child_value("width")).value_or(0), height = numberIn(size.child_value("height")).value_or(0);
      if (width > 0 && height > 0 && width < 1e6F && height < 1e6F) width_ = static_cast<int>(width), height_ = static_cast<int>(height);
      if (const std::string part = about.child_value("subset"); !part.empty()) split_ = splitOfName(part);
    }
    for (const auto& name : source_.pictures()) {
      const auto stem = stemOf(name);
      const auto digits = stem.substr(std::min(stem.size(), stem.find_last_not_of("0123456789") + 1));
      std::int64_t frame = 0;
      if (std::from_chars(digits.data(), digits.data() + digits.size(), frame).ec == std::errc{}) pictures_.emplace(frame, name);
    }
    for (const auto track : root_.children("track")) {
      if (sink_.stopped()) return false;
      readTrack(track);
    }
    for (const auto& [frame, name] : pictures_) recordOf(frame);
    for (auto& [frame, record] : records_)
      if (!sink_.add(std::move(record))) return false;
    return true;
  }

 private:
  static constexpr std::int64_t mostFrames = 10'000'000, longestGap = 100'000;

  Record& recordOf(std::int64_t frame) {
    const auto [at, fresh] = records_.try_emplace(frame);
    auto& record = at->second;
    if (!fresh) return record;
    const auto picture = pictures_.find(frame);
    std::string number = std::to_string(frame);
    number.insert(0, 6 - std::min<std::size_t>(6, number.size()), '0');
    if (picture != pictures_.end()) record.file = picture->second;
    record.name = record.file.empty() ? "frame_" + number + ".png" : record.file.substr(record.file.starts_with("images/") ? 7 : 0);
    record.split = split_;
    record.width = width_, record.height = height_;
    if (const auto size = record.width == 0 && !record.file.empty() ? source_.sizeOf(record.file) : std::nullopt)
      record.width = size->width, record.height = size->height;
    return record;
  }

  void readTrack(pugi::xml_node track) {
    const std::string label = track.attribute("label").value(), id = track.attribute("id").value();
    pugi::xml_node before;
    std::int64_t last = 0;
    for (const auto node : track.children()) {
      if (node.type() != pugi::node_element) continue;
      const auto frame = node.attribute("frame").as_llong(-1);
      if (frame < 0 || frame >= mostFrames) {
        sink_.report().add("annotation.shape", file_ + ": " + id);
        continue;
      }
      if (before && frame - last > 1 && frame - last <= longestGap) fillGap(before, node, last, frame, label, id);
      before = node;
      last = frame;
      if (!node.attribute("outside").as_int()) addShape(node, label, id, recordOf(frame), sink_.report());
    }
  }

  /// Frames between two shapes have a box between both, on the way from one to the other; other shapes stay where they were.
  void fillGap(pugi::xml_node from, pugi::xml_node to, std::int64_t first, std::int64_t end, const std::string& label,
               const std::string& id) {
    if (from.attribute("outside").as_int()) return;
    const bool moves = std::string_view{from.name()} == "box" && std::string_view{to.name()} == "box" && !to.attribute("outside").as_int();
    for (auto frame = first + 1; frame < end; ++frame) {
      // Frames nobody has a picture of would be made up.
      if (!pictures_.contains(frame)) continue;
      auto& record = recordOf(frame);
      const auto count = record.annotations.size();
      addShape(from, label, id, record, sink_.report());
      if (!moves || record.annotations.size() == count) continue;
      const auto share = static_cast<float>(static_cast<double>(frame - first) / static_cast<double>(end - first));
      Annotation there;
      if (!readShape(to, record, there) || there.kind != record.annotations.back().kind) continue;
      auto& g = record.annotations.back().geometry;
      for (std::size_t i = 0; i < g.size(); ++i) g[i] += share * (there.geometry[i] - g[i]);
    }
  }

  const Source& source_;
  Sink& sink_;
  std::string file_;
  pugi::xml_node root_;
  int width_ = 0, height_ = 0;
  Split split_ = Split::None;
  std::map<std::int64_t, std::string> pictures_;  ///< By the number at the end of their names.
  std::map<std::int64_t, Record> records_;
};

class CvatWriter final : public Writer {
 public:
  CvatWriter(Target& target, Report& report, Facts facts)
      : Writer{target, report, std::move(facts),
               Holds{.kinds = {AnnotationKind::Class, AnnotationKind::Box, AnnotationKind::RotatedBox, AnnotationKind::Polygon,
                               AnnotationKind::Mask, AnnotationKind::Points},
                     .anyAttribute = true}} {}

  Result<> finish() override {
    std::string labels;
    for (const auto& one : classes()) {
      labels += "      <label><name>" + xmlText(one.name) + "</name>";
      if (const auto& colour = one.attributes["color"].asText(); !colour.empty()) labels += "<color>" + xmlText(colour) + "</color>";
      labels += "<attributes></attributes></label>\n";
    }
    if (images_.empty()) images_[Split::None];
    // One file for each part: Datumaro takes the part from the file's name, CVAT from the attribute.
    for (const auto& [split, images] : images_)
      PB_CHECK(target().write(std::string{splitName(split, "annotations")} + ".xml",
                              "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n  <version>1.1</version>\n  <meta>\n    <task>\n"
                              "      <labels>\n" +
                                  labels + "      </labels>\n    </task>\n  </meta>\n" + images + "</annotations>\n"));
    return {};
  }

 protected:
  Result<> write(Item item) override {
    PB_TRY(const auto name, putPicture(item, "images"));
    out_ = &images_[item.split];
    *out_ += "  <image id=\"" + std::to_string(count_++) + "\" name=\"" + xmlText(name) + '"';
    if (item.split != Split::None) *out_ += " subset=\"" + std::string{splitName(item.split, "")} + '"';
    *out_ += " width=\"" + std::to_string(item.width) + "\" height=\"" + std::to_string(item.height) + "\">\n";
    for (const auto& a : item.annotations) shape(item, a);
    *out_ += "  </image>\n";
    return {};
  }

 private:
  static std::string corners(std::span<const float> xy, std::size_t step = 2) {
    std::string to;
    for (std::size_t i = 0; i + 1 < xy.size(); i += step) to += (to.empty() ? "" : ";") + shortNumber(xy[i]) + ',' + shortNumber(xy[i + 1]);
    return to;
  }

  static std::optional<std::string> maskText(const Item& item, std::span<const std::uint32_t> runs) {
    const auto bounds = boundsOfRuns(runs, item.height);
    if (!bounds || static_cast<std::int64_t>(item.width) * item.height > mostMaskPixels) return std::nullopt;
    const auto bitmap = bitmapOf(runs, item.width, item.height);
    std::string rle;
    std::size_t run = 0;
    bool on = false;
    const auto push = [&] { rle += (rle.empty() ? "" : ", ") + std::to_string(run); };
    const auto [x0, y0, w, h] = *bounds;
    for (auto y = static_cast<std::size_t>(y0); y < static_cast<std::size_t>(y0 + h); ++y)
      for (auto x = static_cast<std::size_t>(x0); x < static_cast<std::size_t>(x0 + w); ++x) {
        const bool here = bitmap.pixels[y * static_cast<std::size_t>(item.width) + x] != 0;
        if (here != on) {
          push();
          run = 0;
          on = here;
        }
        ++run;
      }
    push();
    return " rle=\"" + rle + "\" left=\"" + shortNumber(x0) + "\" top=\"" + shortNumber(y0) + "\" width=\"" + shortNumber(w) +
           "\" height=\"" + shortNumber(h) + '"';
  }

  void shape(const Item& item, const Annotation& a) {
    const auto& g = a.geometry;
    std::string type, geometry, inner;
    switch (a.kind) {
      case AnnotationKind::Class:
        type = "tag";
        break;
      case AnnotationKind::Box:
        type = "box";
        geometry = edges(g[0], g[1], static_cast<double>(g[0]) + g[2], static_cast<double>(g[1]) + g[3]);
        break;
      case AnnotationKind::RotatedBox:
        type = "box";
        geometry = edges(g[0] - g[2] / 2., g[1] - g[3] / 2., g[0] + g[2] / 2., g[1] + g[3] / 2.) + " rotation=\"" + shortNumber(g[4]) + '"';
        break;
      case AnnotationKind::Points:
        if (!points(item, a, type, geometry, inner)) return;
        break;
      default: {
        const auto rings = a.kind == AnnotationKind::Polygon ? ringsOf(g) : std::vector<std::span<const float>>{};
        if (rings.size() == 1) {
          type = "polygon";
          geometry = " points=\"" + corners(rings.front()) + '"';
        } else if (!mask(item, a, type, geometry)) {
          return;
        }
      }
    }
    write(a, type, geometry, inner);
  }

  static std::string edges(double left, double top, double right, double bottom) {
    return " xtl=\"" + shortNumber(left) + "\" ytl=\"" + shortNumber(top) + "\" xbr=\"" + shortNumber(right) + "\" ybr=\"" +
           shortNumber(bottom) + '"';
  }

  static bool points(const Item&, const Annotation& a, std::string& type, std::string& geometry, std::string& inner) {
    const auto& g = a.geometry;
    bool allSeen = true;
    for (std::size_t i = 2; i < g.size(); i += 3) allSeen &= g[i] == 2;
    type = isPolyline(a) ? "polyline" : allSeen ? "points" : "skeleton";
    if (allSeen) geometry = " points=\"" + corners(g, 3) + '"';
    for (std::size_t i = 0; !allSeen && i + 2 < g.size(); i += 3)
      inner += "      <points label=\"" + std::to_string(i / 3 + 1) + "\" source=\"manual\" outside=\"" + (g[i + 2] == 0 ? "1" : "0") +
               "\" occluded=\"" + (g[i + 2] == 1 ? "1" : "0") + "\" points=\"" + corners(std::span{g}.subspan(i, 2)) + "\"></points>\n";
    return true;
  }

  /// Outlines with holes become masks.
  bool mask(const Item& item, const Annotation& a, std::string& type, std::string& geometry) {
    type = "mask";
    std::optional<Runs> runs;
    const auto pixels = static_cast<std::int64_t>(item.width) * item.height;
    if (a.kind == AnnotationKind::Mask) {
      runs = runsOf(runsTextOf(a), static_cast<std::uint64_t>(std::max<std::int64_t>(0, pixels)));
    } else if (pixels > 0 && pixels <= mostMaskPixels) {
      Bitmap bitmap{item.width, item.height, std::vector<std::uint8_t>(static_cast<std::size_t>(pixels), 0)};
      fillPolygon(bitmap, a.geometry, 1);
      runs = runsOf(bitmap, 1);
    }
    const auto text = runs ? maskText(item, *runs) : std::nullopt;
    if (a.kind == AnnotationKind::Polygon || !text) lost(item, a);
    if (!text) return false;
    if (a.kind == AnnotationKind::Polygon) report().added("annotation:mask", nameOf(item));
    geometry = *text;
    return true;
  }

  void write(const Annotation& a, const std::string& type, const std::string& geometry, const std::string& inner) {
    auto attributes = attributesBesideLine(a);
    // Others read these as numbers; what is none stays an attribute like any other.
    const auto whole = [](const std::string& text) {
      const auto digits = std::string_view{text}.substr(text.starts_with('-') ? 1 : 0);
      const bool good = !digits.empty() && digits.size() < 10 && digits.find_first_not_of("0123456789") == std::string_view::npos &&
                        (digits == "0" ? text == "0" : digits.front() != '0');
      return good ? text : std::string{};
    };
    const auto occluded = attributeOf(a, "occluded"), group = whole(attributeOf(a, "group")), z = whole(attributeOf(a, "z_order"));
    *out_ += "    <" + type + " label=\"" + xmlText(a.label) + "\" source=\"manual\"";
    if (type != "tag" && type != "skeleton") *out_ += std::string{" occluded=\""} + (occluded == "1" ? "1" : "0") + '"';
    else if (occluded == "1") *out_ += " occluded=\"1\"";
    if (!group.empty()) *out_ += " group_id=\"" + xmlText(group) + '"';
    if (!z.empty()) *out_ += " z_order=\"" + xmlText(z) + '"';
    else if (type != "tag") *out_ += " z_order=\"0\"";
    *out_ += geometry + ">\n" + inner;
    std::erase_if(attributes, [&](const auto& one) {
      return (one.first == "occluded" && occluded == "1") || (one.first == "group" && !group.empty()) ||
             (one.first == "z_order" && !z.empty());
    });
    for (const auto& [name, value] : attributes)
      *out_ += "      <attribute name=\"" + xmlText(name) + "\">" + xmlText(value) + "</attribute>\n";
    *out_ += "    </" + type + ">\n";
  }

  std::map<Split, std::string> images_;
  std::string* out_ = nullptr;  ///< That of the picture that is being written.
  std::int64_t count_ = 0;
};

class Cvat final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"cvat", TR("formats", "CVAT"), TR("formats", "annotations.xml (\"CVAT for images 1.1\") and images/")};
    return info;
  }
  double detect(const Source& source) const override {
    const auto files = source.withExtension(".xml");
    for (std::size_t i = 0; i < files.size() && i < 8; ++i)
      if (looksRight(source, files[i])) return .95;
    return 0;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    std::size_t files = 0;
    for (const auto& name : source.withExtension(".xml")) {
      if (source.only().empty() && !looksRight(source, name)) continue;
      const auto document = openXml(source, name, sink.report());
      if (!document) continue;
      const auto root = document->child("annotations");
      if (!root) {
        sink.report().add("file.fields", name);
        continue;
      }
      ++files;
      for (const auto* owner : {"task", "project", "job"})
        for (const auto label : root.child("meta").child(owner).child("labels").children("label")) {
          ClassInfo info{label.child_value("name"), {}};
          if (const std::string colour = label.child_value("color"); !colour.empty()) info.attributes["color"] = colour;
          if (!info.name.empty() && !label.child("parent")) sink.declare(std::move(info));
        }
      if (root.child("track")) {
        if (!FrameReader{source, sink, name, root}.read()) return {};
        continue;
      }
      for (const auto image : root.children("image"))
        if (!sink.add(readImage(source, name, image, sink.report()))) return {};
    }
    if (files > 0) return {};
    return fail(ErrorKind::BadInput, "cvat.none", TR("formats", "There is no CVAT file that can be read."),
                TR("formats", "Choose the folder with annotations.xml, or the file."));
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<CvatWriter>(target, report, std::move(facts));
  }

 private:
  static Record readImage(const Source& source, const std::string& file, pugi::xml_node image, Report& report) {
    Record record;
    const std::string named = image.attribute("name").value(), subset = image.attribute("subset").value();
    const std::array<std::string, 4> folders{joined("images", subset), "images", subset, ""};
    record.file = source.find(named, folders, report);
    record.name = Source::nameFor(named, record.file);
    record.split = splitOfName(subset.empty() ? stemOf(file) : std::string_view{subset});
    const auto width = attribute(image, "width").value_or(0), height = attribute(image, "height").value_or(0);
    if (width > 0 && height > 0 && width < 1e6F && height < 1e6F)
      record.width = static_cast<int>(width), record.height = static_cast<int>(height);
    for (const auto node : image.children())
      if (node.type() == pugi::node_element) addShape(node, node.attribute("label").value(), {}, record, report);
    return record;
  }
};

}  // namespace

const Format& cvatFormat() {
  static const Cvat format;
  return format;
}

}  // namespace patchbay::formats
