// SPDX-License-Identifier: Apache-2.0
#include "plugins/data/support/folder_summary.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <map>
#include <set>
#include <unordered_map>

#include "plugins/data/support/csv.h"
#include "plugins/data/support/folder_labels.h"

namespace patchbay::blocks {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t mostListed = 200, mostSamples = 24, sniffed = 64 * 1024;
constexpr std::size_t largestPipeline = std::size_t{64} << 20, largestTable = std::size_t{256} << 20;

struct Looked {
  bool done = false;
  Digest digest;
  PictureCheck check;
};

/// Opens the pictures, as many as the time allows; spread over the classes, so that what is left out misses none.
Result<std::vector<Looked>> lookAt(const std::vector<Found>& found, const SummaryOptions& options) {
  const auto end = std::chrono::steady_clock::now() + options.limit;
  std::map<std::string, std::size_t> nth;
  std::vector<std::pair<std::size_t, std::size_t>> order;
  for (std::size_t i = 0; i < found.size(); ++i)
    order.emplace_back(nth[found[i].annotations.empty() ? std::string{} : found[i].annotations.front().label]++, i);
  std::ranges::sort(order);
  std::vector<Looked> out(found.size());
  const auto stopped = [&] { return options.stop && options.stop->requested(); };
  parallelFor(
      order.size(), options.threads, [&] { return !stopped() && std::chrono::steady_clock::now() < end; },
      [&](std::size_t k) {
        auto& one = out[order[k].second];
        const auto file = MappedFile::open(found[order[k].second].file);
        if (!file) {
          one.check.error = file.error();
        } else {
          one.digest = digestOf(file->text());
          one.check = checkPicture(file->bytes());
        }
        one.done = true;
      });
  if (stopped())
    return fail(ErrorKind::Cancelled, "summary.cancelled", TR("data", "A newer request replaced this one."),
                TR("data", "Nothing needs to be done."));
  return out;
}

Value text(const fs::path& path) { return pathToValue(path); }

void describeClasses(Value& out, const std::vector<Found>& found, const std::vector<Looked>& looked) {
  std::map<std::string, std::int64_t> classes;
  std::array<std::int64_t, 4> parts{};
  std::int64_t unlabelled = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (looked[i].done && !looked[i].check.ok) continue;
    if (found[i].annotations.empty()) ++unlabelled;
    else ++classes[found[i].annotations.front().label];
    ++parts[static_cast<std::size_t>(found[i].split)];
  }
  out["classes"] = Value::List{};
  for (const auto& [name, count] : classes) out["classes"].push(Value::Map{{"name", name}, {"count", count}});
  out["unlabelled"] = unlabelled;
  out["parts"] = Value::Map{{"train", parts[1]}, {"validation", parts[2]}, {"test", parts[3]}};
}

void describePictures(Value& out, const std::vector<Found>& found, const std::vector<Looked>& looked) {
  std::int64_t pictures = 0, checked = 0, unreadable = 0, grey = 0, rgba = 0, cmyk = 0, deep = 0, rotated = 0;
  std::map<std::string, std::int64_t> formats;
  std::unordered_map<Digest, std::vector<std::size_t>> same;
  int smallest = 0, largest = 0;
  out["unreadable"] = Value::List{};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto& one = looked[i];
    checked += one.done;
    if (one.done && !one.check.ok) {
      if (++unreadable <= static_cast<std::int64_t>(mostListed))
        out["unreadable"].push(Value::Map{{"path", text(found[i].file)}, {"cause", toValue(one.check.error.cause)}});
      continue;
    }
    ++pictures;
    if (!one.done) continue;
    const auto& c = one.check;
    ++formats[c.format];
    grey += c.source.starts_with("grey") || c.source.starts_with("bilevel");
    rgba += c.source.starts_with("rgba") || c.source.starts_with("grey+alpha");
    cmyk += c.source.starts_with("cmyk");
    deep += c.source.ends_with("16 bit");
    rotated += c.rotated;
    const int side = std::min(c.width, c.height);
    smallest = smallest == 0 ? side : std::min(smallest, side);
    largest = std::max(largest, std::max(c.width, c.height));
    same[one.digest].push_back(i);
  }
  std::vector<std::vector<std::size_t>> groups;
  std::int64_t copies = 0;
  for (auto& [digest, members] : same)
    if (members.size() > 1) {
      copies += static_cast<std::int64_t>(members.size()) - 1;
      groups.push_back(std::move(members));
    }
  std::ranges::sort(groups);
  out["duplicates"] = Value::List{};
  for (std::size_t g = 0; g < std::min(groups.size(), mostListed); ++g) {
    Value group{Value::List{}};
    for (const auto i : groups[g]) group.push(text(found[i].file));
    out["duplicates"].push(std::move(group));
  }
  out["pictures"] = pictures;
  out["checked"] = checked;
  out["unreadable_count"] = unreadable;
  out["duplicate_count"] = copies;
  out["converted"] = Value::Map{{"grey", grey}, {"rgba", rgba}, {"cmyk", cmyk}, {"sixteen_bit", deep}, {"rotated", rotated}};
  out["formats"] = Value::Map{};
  for (const auto& [name, n] : formats) out["formats"][name] = n;
  out["shortest_side"] = smallest;
  out["longest_side"] = largest;
}

/// A few of every class in turn.
void addSample(Value& out, const std::vector<Found>& found, const std::vector<Looked>& looked) {
  std::map<std::string, std::vector<std::size_t>> byClass;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (looked[i].done && looked[i].check.ok)
      byClass[found[i].annotations.empty() ? std::string{} : found[i].annotations.front().label].push_back(i);
  out["sample"] = Value::List{};
  for (std::size_t turn = 0; out["sample"].asList().size() < mostSamples; ++turn) {
    bool any = false;
    for (const auto& [label, members] : byClass) {
      if (turn >= members.size() || out["sample"].asList().size() >= mostSamples) continue;
      any = true;
      // Spread over the class rather than its first files, which are often taken one after the other.
      const auto per = std::min(members.size(), std::max<std::size_t>(1, mostSamples / byClass.size()));
      const auto at = turn < per ? turn * members.size() / per : turn;
      out["sample"].push(text(found[members[at]].file));
    }
    if (!any) break;
  }
}

void addWarnings(Value& out) {
  out["warnings"] = Value::List{};
  auto& warnings = out["warnings"];
  const auto warn = [&](const Text& t) { warnings.push(toValue(t)); };
  if (out["unreadable_count"].asInt() > 0)
    warn(TR("data", "{n} file(s) cannot be read as pictures and will be left out.").count(out["unreadable_count"].asInt()));
  if (out["duplicate_count"].asInt() > 0)
    warn(TR("data", "{n} picture(s) are there more than once, byte for byte.").count(out["duplicate_count"].asInt()));
  if (out["complete"].isBool() && !out["complete"].asBool())
    warn(TR("data", "Only {n} picture(s) were opened in the time given; the others are counted by name.").count(out["checked"].asInt()));
  const auto& classes = out["classes"].asList();
  if (classes.size() == 1) warn(TR("data", "There is only one class: nothing to tell apart."));
  std::int64_t least = 0, most = 0;
  std::string scarce;
  for (const auto& c : classes) {
    const auto n = c["count"].asInt();
    if (scarce.empty() || n < least) {
      least = n;
      scarce = c["name"].asText();
    }
    most = std::max(most, n);
  }
  if (classes.size() > 1 && least < 10)
    warn(TR("data", "The class {class} has only {n} picture(s); results for it will be uncertain.").with("class", scarce).count(least));
  else if (classes.size() > 1 && most >= 10 * least)
    warn(TR("data", "The classes are very uneven: {class} has {n} picture(s), the largest more than ten times as many.")
             .with("class", scarce)
             .count(least));
}

Result<Value> ofFound(std::string_view kind, const std::vector<Found>& found, const SummaryOptions& options) {
  Value out{Value::Map{{"kind", kind}}};
  PB_TRY(const auto looked, lookAt(found, options));
  describeClasses(out, found, looked);
  describePictures(out, found, looked);
  addSample(out, found, looked);
  out["complete"] = out["checked"].asInt() == static_cast<std::int64_t>(found.size());
  addWarnings(out);
  return out;
}

Result<Value> ofModel(const fs::path& folder) {
  Value out{Value::Map{{"kind", "exported_model"}}};
  PB_TRY(const auto bytes, readFile(folder / "net.json", largestPipeline));
  PB_TRY(const auto net, parseJson(bytes));
  out["name"] = net["name"];
  out["task"] = net["task"];
  out["class_names"] = net["classes"].isList() ? net["classes"] : Value{Value::List{}};
  return out;
}

/// A picture file's ending, for telling which column of a table holds paths.
bool looksLikePicture(std::string_view cell) {
  auto ending = fs::path{cell}.extension().native();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static const std::set<std::string, std::less<>> endings{".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"};
  return endings.contains(ending);
}

bool isNumber(std::string_view cell) {
  double v = 0;
  const auto [end, ec] = std::from_chars(cell.data(), cell.data() + cell.size(), v);
  return ec == std::errc{} && end == cell.data() + cell.size();
}

/// The column most of whose cells satisfy a test; count of rows when none has half.
template <class Test>
std::size_t columnWhere(const CsvTable& table, std::size_t columns, const Test& test) {
  std::size_t best = columns, bestCount = 0;
  for (std::size_t c = 0; c < columns; ++c) {
    const auto n =
        static_cast<std::size_t>(std::ranges::count_if(table.rows, [&](const auto& row) { return c < row.size() && test(row[c]); }));
    if (n > bestCount && 2 * n >= table.rows.size()) {
      best = c;
      bestCount = n;
    }
  }
  return best;
}

/// The column with the fewest different words, at least two: class names or probabilities.
std::size_t labelColumn(const CsvTable& table, std::size_t columns, std::size_t pathColumn) {
  std::size_t best = columns, fewest = 0;
  for (std::size_t c = 0; c < columns; ++c) {
    if (c == pathColumn) continue;
    std::set<std::string_view> words;
    for (const auto& row : table.rows)
      if (c < row.size()) words.insert(row[c]);
    const bool useful = words.size() >= 2 && 2 * words.size() <= table.rows.size() + 2;
    if (useful && (best == columns || words.size() < fewest || (c == pathColumn + 1 && words.size() <= 2 * fewest))) {
      best = c;
      fewest = words.size();
    }
  }
  return best;
}

Result<Value> ofTable(const fs::path& file, const SummaryOptions& options) {
  PB_TRY(const auto bytes, readFile(file, largestTable));
  PB_TRY(auto table, parseCsv(bytes));
  std::vector<std::string> names;
  if (!table.rows.empty() && std::ranges::none_of(table.rows.front(), [](const auto& c) { return isNumber(c) || looksLikePicture(c); })) {
    names = table.rows.front();
    table.rows.erase(table.rows.begin());
  }
  std::size_t columns = names.size();
  for (const auto& row : table.rows) columns = std::max(columns, row.size());
  const auto paths = columnWhere(table, columns, looksLikePicture);
  if (table.rows.empty() || paths == columns) return Value{Value::Map{{"kind", "unknown"}}};
  const auto labels = labelColumn(table, columns, paths);
  std::vector<Found> found;
  std::int64_t missing = 0;
  for (const auto& row : table.rows) {
    if (paths >= row.size() || row[paths].empty()) continue;
    Found one{.file = file.parent_path() / fs::path{row[paths]}, .name = row[paths]};
    std::error_code ec;
    if (!fs::exists(one.file, ec)) {
      ++missing;
      continue;
    }
    if (labels < row.size() && !row[labels].empty()) one.annotations.push_back({.label = displayText(row[labels]), .author = "import"});
    found.push_back(std::move(one));
  }
  PB_TRY(auto out, ofFound("table", found, options));
  out["columns"] = Value::List{};
  for (std::size_t c = 0; c < columns; ++c)
    out["columns"].push(Value::Map{{"name", c < names.size() ? names[c] : std::to_string(c + 1)},
                                   {"first", c < table.rows.front().size() ? displayText(table.rows.front()[c]) : ""}});
  // As the parameters of the block Picture table want them.
  const auto called = [&](std::size_t c) { return c < names.size() ? names[c] : std::to_string(c + 1); };
  out["path_column"] = called(paths);
  if (labels < columns) out["label_column"] = called(labels);
  out["numeric_labels"] = labels < columns && std::ranges::all_of(table.rows, [&](const auto& row) {
                            return labels >= row.size() || row[labels].empty() || isNumber(row[labels]);
                          });
  out["missing"] = missing;
  if (missing > 0) out["warnings"].push(toValue(TR("data", "{n} picture(s) of the table are not where it says.").count(missing)));
  return out;
}

Result<Value> ofFile(const fs::path& file, const SummaryOptions& options) {
  PB_TRY(const auto mapped, MappedFile::open(file));
  const auto check = checkPicture(mapped.bytes());
  if (check.ok) return Value{Value::Map{{"kind", "picture"}, {"width", check.width}, {"height", check.height}, {"format", check.format}}};
  auto begin = mapped.text().substr(0, sniffed);
  while (!begin.empty() && static_cast<unsigned char>(begin.front()) <= ' ') begin.remove_prefix(1);
  if (begin.starts_with('{') && mapped.text().size() <= largestPipeline) {
    const auto json = parseJson(mapped.text());
    if (json && (*json)["nodes"].isList())
      return Value{Value::Map{{"kind", "pipeline"}, {"title", (*json)["title"].asText()}, {"blocks", (*json)["nodes"].asList().size()}}};
    return Value{Value::Map{{"kind", "unknown"}}};
  }
  if (begin.find('\0') == std::string_view::npos && !begin.empty()) return ofTable(file, options);
  return Value{Value::Map{{"kind", "unknown"}}};
}

}  // namespace

Result<Value> summarise(const fs::path& path, const SummaryOptions& options) {
  std::error_code ec;
  if (!fs::exists(path, ec))
    return fail(ErrorKind::NotFound, "summary.missing", TR("data", "{path} does not exist.").with("path", displayText(path.native())),
                TR("data", "Choose it again; was it moved or renamed?"));
  if (!fs::is_directory(path, ec)) return ofFile(path, options);
  if (fs::exists(path / "net.json", ec) && fs::exists(path / "model.safetensors", ec)) return ofModel(path);
  PB_TRY(const auto files, filesBelow(path));
  PB_TRY(auto out, ofFound("folder", labelledByFolder(path, files, ClassFrom::Top), options));
  if (out["pictures"].asInt() == 0) out["kind"] = "unknown";
  return out;
}

}  // namespace patchbay::blocks
