// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "engine/base/csv.h"
#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "plugins/deploy/support/export_folder.h"

namespace patchbay::blocks {
namespace write_predictions_cpp {

enum class Format : std::uint8_t { Csv, Json };

std::string shortNumber(double v) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::fixed, 6).ptr;
  return {buffer, end};
}

/// The classes that a row of the predictions stands for: the most probable one or, of several labels, those at or above
/// their thresholds.
class Answers {
 public:
  explicit Answers(const Predictions& p) : p_{p}, several_{p.meta["task"].asText() == "multi-label"} {
    thresholds_.resize(p.classes.size(), 0.5);
    const auto& chosen = p.meta["thresholds"].asList();
    for (std::size_t c = 0; c < thresholds_.size() && c < chosen.size(); ++c) thresholds_[c] = chosen[c].asDouble(0.5);
  }
  bool several() const { return several_; }
  const float* row(std::size_t i) const { return &p_.probabilities[i * p_.classes.size()]; }
  std::vector<std::size_t> of(std::size_t i) const {
    const auto* p = row(i);
    const auto k = p_.classes.size();
    if (!several_) return {static_cast<std::size_t>(std::max_element(p, p + k) - p)};
    std::vector<std::size_t> out;
    for (std::size_t c = 0; c < k; ++c)
      if (p[c] >= thresholds_[c]) out.push_back(c);
    return out;
  }

 private:
  const Predictions& p_;
  bool several_;
  std::vector<double> thresholds_;
};

struct WritePredictions final : Block {
  In<Predictions> predictions{this, {.key = "predictions", .label = TR("block", "Predictions"), .help = TR("block", "What is written.")}};
  In<Dataset> data{this,
                   {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The same pictures; their names stand in the file.")}};
  Out<TextValue> summary{
      this, {.key = "summary", .label = TR("block", "Summary"), .help = TR("block", "How many pictures of each class there are.")}};

  Param<FolderPath> folder{
      this,
      {.key = "folder", .label = TR("block", "Folder"), .help = TR("block", "Where the file is written. Empty: exports/ of the project.")}};
  Param<std::string> name{this,
                          {.key = "name",
                           .label = TR("block", "Name"),
                           .help = TR("block", "Name of the new folder."),
                           .def = "predictions",
                           .required = true}};
  Param<Format> format{this,
                       {.key = "format",
                        .label = TR("block", "Format"),
                        .help = TR("block", "How the table is written."),
                        .def = Format::Csv,
                        .choices = {{Format::Csv, "csv", TR("block", "CSV table")}, {Format::Json, "json", TR("block", "JSON")}}}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto p, predictions.read(ctx));
    PB_TRY(const auto set, data.read(ctx));
    std::unordered_map<std::string, std::string> pathOf;
    PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
      pathOf.emplace(item.id, item.paths.empty() ? item.id : item.paths.front());
      return {};
    }));
    std::vector<std::size_t> order(p.ids.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (const auto& id : p.ids) pathOf.emplace(id, id);  // A picture that the data set does not have.
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return pathOf[p.ids[i]]; });
    PB_TRY(const auto target, openExport(ctx, *name, (*folder).path));
    const auto csv = *format == Format::Csv;
    PB_CHECK(writeFileAtomically(target / (csv ? "predictions.csv" : "predictions.json"),
                                 csv ? asCsv(p, order, pathOf) : asJson(p, order, pathOf)));
    std::map<std::string, std::size_t> counts;
    const Answers answers{p};
    for (std::size_t i = 0; i < p.ids.size(); ++i)
      for (const auto c : answers.of(i)) ++counts[p.classes[c]];
    std::string text = "| class | pictures |\n|---|---|\n";
    for (const auto& [label, n] : counts) text += "| " + displayText(label) + " | " + std::to_string(n) + " |\n";
    return summary.write(ctx, {.format = "markdown", .text = std::move(text)});
  }

 private:
  using Paths = std::unordered_map<std::string, std::string>;

  static std::string asCsv(const Predictions& p, const std::vector<std::size_t>& order, Paths& pathOf) {
    const Answers answers{p};
    std::string out = answers.several() ? "picture,labels" : "picture,class,probability";
    for (const auto& c : p.classes) out += "," + csvCell(c);
    out += "\r\n";
    for (const auto i : order) {
      const auto* row = answers.row(i);
      std::string names;
      for (const auto c : answers.of(i)) names += (names.empty() ? "" : "; ") + p.classes[c];
      out += csvCell(pathOf[p.ids[i]]) + "," + csvCell(names);
      if (!answers.several()) out += "," + shortNumber(row[answers.of(i).front()]);
      for (std::size_t c = 0; c < p.classes.size(); ++c) out += "," + shortNumber(row[c]);
      out += "\r\n";
    }
    return out;
  }

  static std::string asJson(const Predictions& p, const std::vector<std::size_t>& order, Paths& pathOf) {
    const Answers answers{p};
    Value list{Value::List{}};
    for (const auto i : order) {
      Value scores{Value::Map{}}, labels{Value::List{}};
      for (std::size_t c = 0; c < p.classes.size(); ++c) scores[p.classes[c]] = static_cast<double>(answers.row(i)[c]);
      for (const auto c : answers.of(i)) labels.push(p.classes[c]);
      Value one{Value::Map{{"picture", pathToValue(pathOf[p.ids[i]])}, {"scores", scores}}};
      if (answers.several()) one["labels"] = labels;
      else one["class"] = labels.asList().front();
      list.push(std::move(one));
    }
    return toJson(Value::Map{{"predictions", list}}, JsonStyle::Pretty);
  }
};

}  // namespace write_predictions_cpp

PATCHBAY_BLOCK(deploy_write_predictions, write_predictions_cpp::WritePredictions,
               {.id = "patchbay.deploy.write_predictions",
                .title = TR("block", "Write predictions"),
                .summary = TR("block", "Writes the predictions as a CSV table or JSON file."),
                .category = Category::Deploy,
                .effects = Effects::WritesOutside})
}  // namespace patchbay::blocks
