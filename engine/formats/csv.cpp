// SPDX-License-Identifier: Apache-2.0
// Tables: one line for each class or box of a picture. Columns are known by their heading, as TensorFlow's detection tables have
// them (filename, width, height, class, xmin, ymin, xmax, ymax) or as people do (path, label, split, group, score); without one,
// lines are "path,label" or "path,xmin,ymin,xmax,ymax,label".
#include "engine/base/csv.h"

#include <algorithm>
#include <array>
#include <map>

#include "engine/formats/format.h"
#include "engine/formats/xml_in.h"

namespace patchbay::formats {
namespace {

constexpr std::int64_t largestTable = std::int64_t{2} << 30;

/// RFC 4180; hands over line by line, so that a table of millions stays small.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_{text} {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    const auto head = rest_.substr(0, rest_.find('\n'));
    for (const char candidate : {';', '\t'})
      if (std::ranges::count(head, candidate) > std::ranges::count(head, delimiter_)) delimiter_ = candidate;
  }
  int line() const { return line_; }
  bool unclosed() const { return unclosed_; }
  bool next(std::vector<std::string>& cells) {
    if (rest_.empty()) return false;
    cells.assign(1, {});
    bool quoted = false;
    std::size_t i = 0;
    ++line_;
    for (; i < rest_.size(); ++i) {
      const char c = rest_[i];
      if (quoted) {
        if (c != '"') cells.back() += c;
        else if (i + 1 < rest_.size() && rest_[i + 1] == '"') cells.back() += rest_[++i];
        else quoted = false;
      } else if (c == '"' && cells.back().empty()) {
        quoted = true;
      } else if (c == '\n') {
        break;
      } else if (c == delimiter_) {
        cells.emplace_back();
      } else if (c != '\r') {
        cells.back() += c;
      }
    }
    unclosed_ |= quoted;
    rest_.remove_prefix(std::min(rest_.size(), i + 1));
    // What csvCell puts before what a spreadsheet would calculate.
    for (auto& cell : cells)
      if (cell.size() > 1 && cell[0] == '\'' && std::string_view{"=+-@\t\r"}.find(cell[1]) != std::string_view::npos) cell.erase(0, 1);
    return true;
  }

 private:
  std::string_view rest_;
  char delimiter_ = ',';
  int line_ = 0;
  bool unclosed_ = false;
};

enum Column : std::uint8_t { Path, Label, Part, Group, Score, Left, Top, Right, Bottom, Wide, High, Columns };

struct Heading {
  std::array<int, Columns> at{};
  bool headed = false;
  Heading() { at.fill(-1); }
};

Heading headingOf(const std::vector<std::string>& cells) {
  static const std::map<std::string, Column, std::less<>> known{
      {"path", Path},    {"file", Path},        {"filename", Path}, {"file_name", Path}, {"image", Path},     {"image_path", Path},
      {"img", Path},     {"image_id", Path},    {"label", Label},   {"class", Label},    {"category", Label}, {"class_name", Label},
      {"labels", Label}, {"split", Part},       {"part", Part},     {"subset", Part},    {"set", Part},       {"group", Group},
      {"score", Score},  {"confidence", Score}, {"xmin", Left},     {"ymin", Top},       {"xmax", Right},     {"ymax", Bottom},
      {"x1", Left},      {"y1", Top},           {"x2", Right},      {"y2", Bottom},      {"width", Wide},     {"height", High}};
  Heading to;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string name;
    for (const char c : cells[i]) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto found = known.find(name);
    if (found != known.end() && to.at[found->second] < 0) to.at[found->second] = static_cast<int>(i);
  }
  to.headed = to.at[Path] >= 0;
  if (to.headed) return to;
  to = {};
  if (cells.empty() || !isPictureName(cells[0])) return to;
  to.at[Path] = 0;
  if (cells.size() >= 6 && (cells[1].empty() || numberIn(cells[1]))) {
    for (int i = 0; i < 4; ++i) to.at[static_cast<std::size_t>(Left) + static_cast<std::size_t>(i)] = i + 1;
    to.at[Label] = 5;
  } else if (cells.size() >= 2) {
    to.at[Label] = 1;
  }
  return to;
}

Heading headingOf(const Source& source, const std::string& name) {
  const auto text = source.peek(name, 4096);
  Lines lines{text};
  std::vector<std::string> cells;
  return lines.next(cells) ? headingOf(cells) : Heading{};
}

class CsvWriter final : public Writer {
 public:
  CsvWriter(Target& target, Report& report, Facts facts)
      : Writer{target, report, std::move(facts),
               Holds{.kinds = {AnnotationKind::Class, AnnotationKind::Box}, .scores = true, .groups = true}} {
    for (const auto& one : classes()) unseen_.insert(one.name);
  }
  Result<> finish() override {
    for (const auto& name : unseen_) report().lost("classes", name);
    if (!std::ranges::is_sorted(classes(), {}, &ClassInfo::name)) report().lost("order", "");
    return target().write("labels.csv", table_);
  }

 protected:
  Result<> write(Item item) override {
    PB_TRY(const auto name, putPicture(item, "images"));
    const auto line = [&](const Annotation* a) {
      table_ += csvCell("images/" + name) + ',' + std::to_string(item.width) + ',' + std::to_string(item.height) + ',';
      table_ += (a ? csvCell(a->label) : "") + ',';
      if (a && a->kind == AnnotationKind::Box) {
        const auto& g = a->geometry;
        for (const double v : {double{g[0]}, double{g[1]}, static_cast<double>(g[0]) + g[2], static_cast<double>(g[1]) + g[3]})
          table_ += shortNumber(v) + ',';
      } else {
        table_ += ",,,,";
      }
      table_ += std::string{splitName(item.split, "")} + ',' + csvCell(item.group) + ',' +
                (a && a->score != 1 ? shortNumber(a->score) : "") + '\n';
      if (a) unseen_.erase(a->label);
      if (a && displayText(a->label) != a->label) report().lost("label", a->label);
    };
    for (const auto& a : item.annotations) line(&a);
    if (item.annotations.empty()) line(nullptr);
    return {};
  }

 private:
  std::string table_ = "path,width,height,label,xmin,ymin,xmax,ymax,split,group,score\n";
  std::set<std::string> unseen_;
};

class Csv final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"csv", TR("formats", "Table (CSV)"), TR("formats", "a table of paths and classes, or of boxes")};
    return info;
  }
  double detect(const Source& source) const override {
    for (const auto* extension : {".csv", ".tsv"})
      for (const auto& name : source.withExtension(extension))
        if (headingOf(source, name).at[Path] >= 0) return .85;
    return 0;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    std::vector<Record> records;
    std::unordered_map<std::string, std::size_t> byName;
    std::set<std::string> classes;
    std::size_t tables = 0;
    for (const auto* extension : {".csv", ".tsv"})
      for (const auto& name : source.withExtension(extension)) {
        if (headingOf(source, name).at[Path] < 0) sink.report().add("file.other", name);
        else tables += readTable(source, name, sink, records, byName, classes);
      }
    if (tables == 0)
      return fail(ErrorKind::BadInput, "csv.none", TR("formats", "There is no table with paths of pictures."),
                  TR("formats", "Give the table a heading with \"path\" and \"label\"."));
    for (const auto& label : classes) sink.declare({label, {}});
    for (auto& record : records)
      if (!sink.add(std::move(record))) break;
    return {};
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<CsvWriter>(target, report, std::move(facts));
  }

 private:
  static bool readTable(const Source& source, const std::string& name, Sink& sink, std::vector<Record>& records,
                        std::unordered_map<std::string, std::size_t>& byName, std::set<std::string>& classes) {
    auto& report = sink.report();
    const auto file = source.open(name);
    if (!file) return report.add("file.unreadable", name), false;
    if (static_cast<std::int64_t>(file->text().size()) > largestTable) return report.add("file.too_large", name), false;
    if (!isUtf8(file->text())) return report.add("file.encoding", name), false;
    Lines lines{file->text()};
    std::vector<std::string> cells;
    Heading heading;
    while (lines.next(cells)) {
      if (sink.stopped()) return true;
      if (cells.size() == 1 && cells[0].empty()) continue;
      if (lines.line() == 1) {
        heading = headingOf(cells);
        if (heading.headed) continue;
      }
      if (!readLine(source, name, cells, heading, records, byName, classes, report))
        report.add("line.damaged", name + ": " + std::to_string(lines.line()));
    }
    if (lines.unclosed()) report.add("file.syntax", name);
    return true;
  }

  static bool readLine(const Source& source, const std::string& table, const std::vector<std::string>& cells, const Heading& heading,
                       std::vector<Record>& records, std::unordered_map<std::string, std::size_t>& byName, std::set<std::string>& classes,
                       Report& report) {
    const auto cell = [&](Column column) -> std::string {
      const auto at = heading.at[column];
      return at >= 0 && static_cast<std::size_t>(at) < cells.size() ? cells[static_cast<std::size_t>(at)] : std::string{};
    };
    const auto path = cell(Path);
    if (path.empty()) return false;
    const auto [at, fresh] = byName.emplace(table + '\n' + path, records.size());
    if (fresh) {
      Record record;
      record.file = source.find(path, folderOf(table), report);
      if (record.file.empty() && extensionOf(path).empty()) record.file = source.findStem(joined("images", path));
      record.name = Source::nameFor(path, record.file);
      if (record.name == record.file && record.name.starts_with("images/")) record.name.erase(0, 7);
      const auto width = numberIn(cell(Wide)).value_or(0), height = numberIn(cell(High)).value_or(0);
      if (width > 0 && height > 0 && width < 1e6F && height < 1e6F)
        record.width = static_cast<int>(width), record.height = static_cast<int>(height);
      records.push_back(std::move(record));
    }
    auto& record = records[at->second];
    if (const auto split = splitOfName(cell(Part)); split != Split::None) record.split = split;
    if (auto group = cell(Group); !group.empty()) record.group = std::move(group);
    Annotation a;
    a.author = "import";
    a.label = cell(Label);
    if (const auto score = cell(Score); !score.empty()) {
      const auto v = numberIn(score);
      if (!v) return false;
      a.score = std::strtod(score.c_str(), nullptr);
    }
    const std::array<std::string, 4> corners{cell(Left), cell(Top), cell(Right), cell(Bottom)};
    const auto given = std::ranges::count_if(corners, [](const auto& one) { return !one.empty(); });
    if (given == 0) {
      if (a.label.empty()) return true;
    } else {
      std::array<std::optional<float>, 4> v;
      for (std::size_t i = 0; i < 4; ++i) v[i] = numberIn(corners[i]);
      if (!v[0] || !v[1] || !v[2] || !v[3]) return false;
      a.kind = AnnotationKind::Box;
      // Most tables do not say how large the picture is, and a box outside is known only by that.
      if (const auto size = record.width > 0 || record.file.empty() ? std::nullopt : source.sizeOf(record.file))
        record.width = size->width, record.height = size->height;
      a.geometry = {*v[0], *v[1], *v[2] - *v[0], *v[3] - *v[1]};
    }
    if (!a.label.empty()) classes.insert(a.label);
    record.annotations.push_back(std::move(a));
    return true;
  }
};

}  // namespace

const Format& csvFormat() {
  static const Csv format;
  return format;
}

}  // namespace patchbay::formats
