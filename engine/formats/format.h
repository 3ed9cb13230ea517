// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/formats/geometry.h"
#include "engine/formats/source.h"
#include "engine/formats/target.h"

namespace patchbay::formats {

/// A class as a format declares it. Attributes: "supercategory", "keypoints" [name...], "skeleton" [[from, to]...], "color" "#rrggbb".
struct ClassInfo {
  std::string name;
  Value attributes;
  bool operator==(const ClassInfo&) const = default;
};

/// One picture as a format tells of it, before its file was opened.
struct Record {
  std::string file;           ///< In the source's listing; empty when the picture is not there.
  std::string name;           ///< Its path as the data set will name it.
  std::string id;             ///< 32 hexadecimal digits, where the format keeps identity.
  int width = 0, height = 0;  ///< As the format says; 0: unknown.
  Split split = Split::None;
  std::string group;
  std::vector<Annotation> annotations;
};

/// Takes what a reader finds. The checks that are the same for every format are made here: numbers, bounds, names, masks.
class Sink {
 public:
  explicit Sink(Report& report, const StopFlag* stop = nullptr) : report_{report}, stop_{stop} {}
  virtual ~Sink() = default;
  Report& report() { return report_; }
  /// Classes in their order; a name that was declared before keeps its place.
  void declare(ClassInfo info);
  const std::vector<ClassInfo>& classes() const { return classes_; }
  /// False: enough, stop reading.
  bool add(Record record);
  bool stopped() const { return stop_ && stop_->requested(); }

 protected:
  virtual bool take(Record record) = 0;

 private:
  bool good(Annotation& annotation, const Record& record);
  Report& report_;
  const StopFlag* stop_;
  std::vector<ClassInfo> classes_;
  std::unordered_map<std::string, std::size_t> byName_;
};

/// What is known of a data set before its first item is written.
struct Facts {
  std::vector<ClassInfo> classes;  ///< In index order.
  std::set<Split> splits;          ///< Those that items have, None among them.
};

/// What a format keeps of a data set; the rest is reported by Writer.
struct Holds {
  std::set<AnnotationKind> kinds;
  bool scores = false;
  bool authors = false;
  bool anyAttribute = false;
  std::set<std::string, std::less<>> attributes;  ///< The only ones, unless anyAttribute.
  std::set<Split> splits{Split::None, Split::Train, Split::Validation, Split::Test};
  bool groups = false;    ///< Item::group.
  bool oneClass = false;  ///< At most one Class annotation a picture.
};

/// Writes one data set. Calls add() for each item, then finish().
class Writer {
 public:
  Writer(Target& target, Report& report, Facts facts, Holds holds);
  virtual ~Writer() = default;
  /// Leaves out and reports what the format cannot hold, then writes the rest.
  Result<> add(const Item& item);
  virtual Result<> finish() = 0;

 protected:
  virtual Result<> write(Item item) = 0;
  const std::vector<ClassInfo>& classes() const { return facts_.classes; }
  /// Index of a class; one that was not declared is added.
  std::size_t classIndex(const std::string& name);
  /// Copies the picture to folder/<name>, a safe name that no other picture has there (or in `scope`, which several folders
  /// share), and returns that name. A name that changed and a file that is gone are reported.
  Result<std::string> putPicture(const Item& item, std::string_view folder, std::string_view scope = {});
  void lost(const Item& item, const Annotation& annotation);
  const Facts& facts() const { return facts_; }
  Target& target() { return target_; }
  Report& report() { return report_; }
  static std::string nameOf(const Item& item);

 private:
  Target& target_;
  Report& report_;
  Facts facts_;
  std::unordered_map<std::string, std::size_t> byName_;
  Holds holds_;
  std::set<std::string, std::less<>> taken_;
};

struct FormatInfo {
  std::string_view id;  ///< "coco"; part of command lines and stored requests.
  Text title;
  Text summary;  ///< What lies where.
  bool writes = true;
};

/// One way to keep a data set in files. Stateless; safe to use from several threads.
class Format {
 public:
  virtual ~Format() = default;
  virtual const FormatInfo& info() const = 0;
  /// 0: certainly not; 1: nothing else. Looks at names and at the first bytes of few files.
  virtual double detect(const Source& source) const = 0;
  /// Fails only when nothing at all can be read; one bad file or annotation goes to the sink's report.
  virtual Result<> read(const Source& source, Sink& sink) const = 0;
  virtual Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const = 0;
};

/// All formats, in the order in which people are offered them.
std::span<const Format* const> allFormats();
/// NotFound names the known ones.
Result<const Format*> formatNamed(std::string_view id);
/// The most confident first; only those with confidence above 0.
std::vector<std::pair<const Format*, double>> detectFormats(const Source& source);

/// Takes the "supercategory" from classes that are their own ancestors over others; a class may name itself, as COCO's do.
void dropParentCycles(std::vector<ClassInfo>& classes, Report& report, std::string_view where);

/// "train", "val2017", "instances_train", "validation"... ; None for any other name.
Split splitOfName(std::string_view name);
/// "train", "val", "test"; `none` for None.
std::string_view splitName(Split split, std::string_view none);

// One in each file of its name.
const Format& imageFolderFormat();
const Format& csvFormat();
const Format& cocoFormat();
const Format& vocFormat();
const Format& yoloFormat();
const Format& labelmeFormat();
const Format& mvtecFormat();
const Format& datumaroFormat();
const Format& cvatFormat();
const Format& labelStudioFormat();
const Format& indexMasksFormat();

}  // namespace patchbay::formats
