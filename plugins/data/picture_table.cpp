// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "plugins/data/support/csv.h"
#include "plugins/data/support/folder_labels.h"

namespace patchbay::blocks {
namespace picture_table_cpp {

enum class Header : std::uint8_t { Auto, Yes, No };
enum class Labels : std::uint8_t { Names, Probability, Flags };

struct Columns {
  std::size_t path = 0;
  std::vector<std::size_t> labels;
  std::vector<std::string> labelNames;
  std::vector<double> thresholds;  ///< One a label column.
  std::optional<std::size_t> group, split;
};

std::optional<double> number(std::string_view text) {
  double v = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), v);
  if (ec != std::errc{} || end != text.data() + text.size() || !std::isfinite(v)) return std::nullopt;
  return v;
}

struct PictureTable final : Block {
  Out<Dataset> data{this,
                    {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The pictures of the table with their labels.")}};

  Param<FilePath> file{
      this, {.key = "file", .label = TR("block", "Table"), .help = TR("block", "CSV file with one picture a line."), .required = true}};
  Param<FolderPath> folder{this,
                           {.key = "folder",
                            .label = TR("block", "Picture folder"),
                            .help = TR("block", "Where the picture paths start. Empty: the folder of the table.")}};
  Param<Header> header{this,
                       {.key = "header",
                        .label = TR("block", "First line"),
                        .help = TR("block", "Whether the first line names the columns."),
                        .def = Header::Auto,
                        .choices = {{Header::Auto, "auto", TR("block", "Find out")},
                                    {Header::Yes, "yes", TR("block", "Names")},
                                    {Header::No, "no", TR("block", "Data")}}}};
  Param<std::string> pathColumn{this,
                                {.key = "path_column",
                                 .label = TR("block", "Path column"),
                                 .help = TR("block", "Name or number (from 1) of the column with the picture paths."),
                                 .def = "1"}};
  Param<TextList> labelColumns{this,
                               {.key = "label_columns",
                                .label = TR("block", "Label columns"),
                                .help = TR("block", "Names or numbers of the label columns; several for several labels a picture."),
                                .def = {{"2"}}}};
  Param<Labels> labels{this,
                       {.key = "labels",
                        .label = TR("block", "Labels are"),
                        .help = TR("block", "What the label columns hold."),
                        .def = Labels::Names,
                        .choices = {{Labels::Names, "names", TR("block", "Class names")},
                                    {Labels::Probability, "probability", TR("block", "Probability of the second class"),
                                     TR("block", "A number from 0 to 1; half and above is the second class.")},
                                    {Labels::Flags, "flags", TR("block", "Yes or no for each column"),
                                     TR("block", "Several labels a picture: every column is a class.")}}}};
  Param<double> threshold{this,
                          {.key = "threshold",
                           .label = TR("block", "Threshold"),
                           .help = TR("block", "A flag at or above this number means yes."),
                           .def = 0.5,
                           .visibleIf = {{"labels", {"flags"}}}}};
  Param<TextList> thresholds{
      this,
      {.key = "thresholds",
       .label = TR("block", "Threshold of each column"),
       .help = TR("block", "One number for each label column, in their order, where they differ. Empty: the one threshold for all."),
       .visibleIf = {{"labels", {"flags"}}}}};
  Param<ClassNames> classes{this,
                            {.key = "classes",
                             .label = TR("block", "Classes"),
                             .help = TR("block", "Names and order of the classes. Empty: as they appear, by name.")}};
  Param<std::string> groupColumn{this,
                                 {.key = "group_column",
                                  .label = TR("block", "Group column"),
                                  .help = TR("block", "Pictures with the same entry stay together when data are split. Empty: none."),
                                  .def = ""}};
  Param<std::string> splitColumn{this,
                                 {.key = "split_column",
                                  .label = TR("block", "Part column"),
                                  .help = TR("block", "Holds train, validation or test. Empty: none."),
                                  .def = ""}};
  Param<FolderPath> extra{this,
                          {.key = "extra",
                           .label = TR("block", "Added pictures"),
                           .help = TR("block",
                                      "Folder in the project with pictures that were added later, one folder for each class. What it says "
                                      "of a picture goes before what the table says. Empty: none."),
                           .affectsResult = false}};  // What lies in it is in the key, its name is not.

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto path, inputPath(ctx, (*file).path, "file"));
    PB_TRY(const auto text, readFile(path, std::size_t{1} << 30));
    PB_TRY(auto table, parseCsv(text));
    if (table.rows.empty())
      return fail(ErrorKind::BadInput, "table.empty", TR("block", "The table {path} is empty.").with("path", displayText(path.native())),
                  TR("block", "Choose a table with one picture a line."), "file");
    std::vector<std::string> names;
    if (hasHeader(table)) {
      names = table.rows.front();
      table.rows.erase(table.rows.begin());
    }
    PB_TRY(const auto columns, columnsOf(names, table.rows.empty() ? names.size() : table.rows.front().size()));
    auto root = (*folder).path.empty() ? path.parent_path() : (*folder).path;
    if (root.is_relative()) root = ctx.baseFolder() / root;
    std::vector<Found> found;
    std::set<std::string> seen;
    std::map<std::string, std::size_t> rowOf;
    for (const auto& row : table.rows) {
      if (row.size() <= columns.path || row[columns.path].empty()) continue;
      PB_TRY(auto one, readRow(row, columns, root));
      for (const auto& a : one.annotations) seen.insert(a.label);
      const auto [at, fresh] = rowOf.emplace(one.name, found.size());
      if (fresh) found.push_back(std::move(one));
      else PB_CHECK(mergeRow(found[at->second], one));
    }
    if (const auto given = (*extra).path; !given.empty()) {
      const bool parts = std::ranges::any_of(found, [](const Found& one) { return one.split != Split::None; });
      PB_TRY(auto added, addedPictures(given.is_absolute() ? given : ctx.baseFolder() / given, parts ? Split::Train : Split::None));
      for (auto& one : added) {
        for (const auto& a : one.annotations) seen.insert(a.label);
        found.push_back(std::move(one));
      }
    }
    for (const auto& one : found) ctx.watch(one.file);
    DatasetInfo info{.task = *labels == Labels::Flags ? "multi-label" : "classification", .classes = (*classes).names};
    if (info.classes.empty() && *labels == Labels::Flags) info.classes = columns.labelNames;
    if (info.classes.empty()) info.classes.assign(seen.begin(), seen.end());
    for (const auto& label : seen)
      if (std::ranges::find(info.classes, label) == info.classes.end())
        return fail(ErrorKind::BadInput, "table.class",
                    TR("block", "The table has the class \"{label}\", which is not in the list.").with("label", displayText(label)),
                    TR("block", "Add it to the classes, or empty the list."), "classes");
    PB_TRY(const auto set, importPictures(ctx, std::move(found), std::move(info)));
    return data.write(ctx, set);
  }

 private:
  /// A first line whose path cell looks like no picture while the second line's does.
  bool hasHeader(const CsvTable& table) const {
    if (*header != Header::Auto) return *header == Header::Yes;
    const auto isName = [](const std::string& column) { return !column.empty() && !number(column); };
    if (isName(*pathColumn) || isName(*groupColumn) || isName(*splitColumn) || std::ranges::any_of((*labelColumns).texts, isName))
      return true;
    const auto& first = table.rows.front();
    return std::ranges::none_of(first, [](const std::string& cell) {
      return cell.find('.') != std::string::npos || cell.find('/') != std::string::npos || number(cell);
    });
  }

  static Result<std::size_t> columnAt(const std::string& wanted, const std::vector<std::string>& names, std::size_t count,
                                      std::string_view param) {
    if (const auto it = std::ranges::find(names, wanted); it != names.end()) return static_cast<std::size_t>(it - names.begin());
    if (const auto n = number(wanted); n && *n >= 1 && *n <= static_cast<double>(count)) return static_cast<std::size_t>(*n) - 1;
    const auto near = nearest(wanted, names);
    return fail(ErrorKind::BadInput, "table.column", TR("block", "The table has no column \"{name}\".").with("name", displayText(wanted)),
                near.empty() ? TR("block", "It has {n} column(s), numbered from 1.").count(static_cast<std::int64_t>(count))
                             : TR("block", "Did you mean \"{name}\"?").with("name", near),
                std::string{param});
  }

  Result<Columns> columnsOf(const std::vector<std::string>& names, std::size_t count) const {
    Columns c;
    PB_TRY(c.path, columnAt(*pathColumn, names, count, "path_column"));
    for (const auto& wanted : (*labelColumns).texts) {
      PB_TRY(const auto at, columnAt(wanted, names, count, "label_columns"));
      c.labels.push_back(at);
      c.labelNames.push_back(at < names.size() ? names[at] : wanted);
    }
    PB_TRY(c.thresholds, thresholdsOf(c.labels.size()));
    if (!(*groupColumn).empty()) {
      PB_TRY(c.group, columnAt(*groupColumn, names, count, "group_column"));
    }
    if (!(*splitColumn).empty()) {
      PB_TRY(c.split, columnAt(*splitColumn, names, count, "split_column"));
    }
    return c;
  }

  Result<std::vector<double>> thresholdsOf(std::size_t columns) const {
    const auto texts = (*thresholds).texts;
    std::vector<double> out(columns, *threshold);
    if (texts.empty()) return out;
    if (texts.size() != columns)
      return fail(ErrorKind::BadInput, "table.thresholds",
                  TR("block", "There are {n} threshold(s) for {columns} label column(s).")
                      .count(static_cast<std::int64_t>(texts.size()))
                      .with("columns", static_cast<std::int64_t>(columns)),
                  TR("block", "Give one for each label column, or none."), "thresholds");
    for (std::size_t i = 0; i < columns; ++i) {
      const auto v = number(texts[i]);
      if (!v)
        return fail(ErrorKind::BadInput, "table.thresholds",
                    TR("block", "The threshold \"{text}\" is not a number.").with("text", displayText(texts[i])),
                    TR("block", "Write it like 0.5."), "thresholds");
      out[i] = *v;
    }
    return out;
  }

  Result<Found> readRow(const std::vector<std::string>& row, const Columns& c, const std::filesystem::path& root) const {
    const auto relative = std::filesystem::path{row[c.path]}.lexically_normal();
    Found one{.file = root / relative, .name = relative.native()};
    const auto cell = [&](std::size_t i) { return i < row.size() ? row[i] : std::string{}; };
    if (c.group) one.group = cell(*c.group);
    if (c.split) {
      PB_TRY(one.split, partOf(cell(*c.split)));
    }
    for (std::size_t k = 0; k < c.labels.size(); ++k) {
      const auto text = cell(c.labels[k]);
      if (text.empty()) continue;
      if (*labels == Labels::Names) {
        one.annotations.push_back({.label = displayText(text), .author = "import"});
        continue;
      }
      const auto v = number(text);
      if (!v || (*labels == Labels::Probability && (*v < 0 || *v > 1)))
        return fail(ErrorKind::BadInput, "table.number",
                    TR("block", "The label \"{text}\" of {path} is not a number{range}.")
                        .with("text", displayText(text))
                        .with("path", displayText(row[c.path]))
                        .with("range", *labels == Labels::Probability ? " from 0 to 1" : ""),
                    TR("block", "Correct the table, or say that the labels are class names."), "labels");
      PB_CHECK(addNumber(one, *v, c.labelNames[k], c.thresholds[k]));
    }
    dropNegatives(one);
    return one;
  }

  /// "train", "val", "validation", "test", whatever the case; nothing for an empty cell.
  static Result<Split> partOf(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char ch) { return static_cast<char>(std::tolower(ch)); });
    const auto part = splitFrom(text);
    if (part == Split::None && !text.empty() && text != "none")
      return fail(ErrorKind::BadInput, "table.part", TR("block", "The part column holds \"{text}\".").with("text", displayText(text)),
                  TR("block", "Use train, validation or test, or leave the cell empty."), "split_column");
    return part;
  }

  /// A second line of the same picture: the same again, or one label more where a picture may have several.
  Result<> mergeRow(Found& first, const Found& again) const {
    if (first.annotations == again.annotations) return {};
    if (*labels == Labels::Flags) {
      for (const auto& a : again.annotations)
        if (std::ranges::find(first.annotations, a) == first.annotations.end()) first.annotations.push_back(a);
      dropNegatives(first);
      return {};
    }
    return fail(ErrorKind::BadInput, "table.twice",
                TR("block", "The picture {path} stands in the table twice, with different labels.").with("path", displayText(first.name)),
                TR("block", "Keep one line for each picture."), "file");
  }

  /// A label says that the others are not there; without one it has to be said, or the picture would count as unlabelled.
  static void dropNegatives(Found& one) {
    if (std::ranges::any_of(one.annotations, [](const Annotation& a) { return a.score > 0; }))
      std::erase_if(one.annotations, [](const Annotation& a) { return a.score == 0; });
  }

  Result<> addNumber(Found& one, double v, const std::string& column, double atLeast) const {
    if (*labels == Labels::Flags) {
      one.annotations.push_back({.label = column, .score = v >= atLeast ? 1. : 0., .author = "import"});
      return {};
    }
    const auto names = (*classes).names;
    if (names.size() != 2)
      return fail(ErrorKind::BadInput, "table.two_classes", TR("block", "A probability needs exactly two class names."),
                  TR("block", "Name them in order: first what a low probability means, then what a high one means."), "classes");
    // Item::label() takes the first of equals: one half counts as the second class.
    if (v > 0) one.annotations.push_back({.label = names[1], .score = v, .author = "import"});
    if (v < 1) one.annotations.push_back({.label = names[0], .score = 1 - v, .author = "import"});
    return {};
  }
};

}  // namespace picture_table_cpp

PATCHBAY_BLOCK(data_picture_table, picture_table_cpp::PictureTable,
               {.id = "patchbay.data.picture_table",
                .title = TR("block", "Picture table"),
                .summary = TR("block",
                              "Takes pictures and labels from a CSV file: class names, probabilities, or several labels a picture."),
                .category = Category::Data,
                .needs = {.cores = 0},
                .effects = Effects::ReadsFiles})
}  // namespace patchbay::blocks
