// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/watch_products.h"

#include <fcntl.h>

#include <algorithm>
#include <cstdio>

#include "engine/base/csv.h"

namespace patchbay::serve {
namespace {
namespace fs = std::filesystem;

/// A class name as the name of one folder.
std::string folderName(const std::string& label) {
  std::string out;
  for (const char c : label) out += c == '/' || c == '\0' || static_cast<unsigned char>(c) < 0x20 ? '_' : c;
  if (out.empty() || out == "." || out == "..") out = "_" + out;
  return out.substr(0, 200);
}

Error copyProblem(const std::error_code& ec, const fs::path& path) { return systemError(ec.value(), "write", displayText(path.native())); }

/// Under its name a copy is whole.
Result<> copyTo(const fs::path& from, const fs::path& to) {
  std::error_code ec;
  fs::create_directories(to.parent_path(), ec);
  if (ec) return fail(copyProblem(ec, to));
  auto half = to;
  half += ".part";
  fs::copy_file(from, half, fs::copy_options::overwrite_existing, ec);
  if (ec) return fail(copyProblem(ec, to));
  fs::rename(half, to, ec);
  if (ec) return fail(copyProblem(ec, to));
  return {};
}

Result<> moveTo(const fs::path& from, const fs::path& to) {
  std::error_code ec;
  fs::create_directories(to.parent_path(), ec);
  fs::rename(from, to, ec);
  if (!ec) return {};
  PB_CHECK(copyTo(from, to));
  fs::remove(from, ec);
  if (ec) return fail(copyProblem(ec, from));
  return {};
}

std::string answerOf(const Value& line) {
  if (!line.contains("labels")) return line["class"].asText();
  std::string out;
  for (const auto& label : line["labels"].asList()) out += (out.empty() ? "" : "; ") + label.asText();
  return out;
}

}  // namespace

WatchProducts::WatchProducts(const WatchOptions& options, const Value& about) : options_{options}, about_{about} {}

/// Folders of the watched tree become part of the name only where two pictures would meet.
std::string WatchProducts::freeName(const std::string& folder, const fs::path& picture) {
  const auto stem = picture.stem().native(), ending = picture.extension().native();
  for (int n = 1;; ++n) {
    auto name = folder + "/" + stem + (n > 1 ? "-" + std::to_string(n) : "") + ending;
    if (taken_.insert(name).second) return name;
  }
}

void WatchProducts::place(Value& line) {
  if (line.contains("error")) return;
  const auto picture = pathFromValue(line["picture"]);
  if (options_.sort != WatchOptions::Sort::No) {
    const auto label = line.contains("labels") ? (line["labels"].asList().empty() ? "no label" : line["labels"].asList()[0].asText())
                                               : line["class"].asText();
    line["sorted"] = pathToValue(freeName("sorted/" + folderName(label), picture));
  }
  const bool unsure = line["probability"].asDouble(1) < options_.unsure, unlike = options_.unlike && line["unlike"]["warning"].asBool();
  if (unsure || unlike) {
    line["reason"] = unsure && unlike ? "unsure, unlike" : unsure ? "unsure" : "unlike";
    line["look_at_me"] = pathToValue(freeName("look-at-me", picture));
  }
}

void WatchProducts::remember(const Value& line) {
  for (const char* key : {"sorted", "look_at_me"})
    if (line.contains(key)) taken_.insert(pathFromValue(line[key]).native());
}

Result<> WatchProducts::copies(const Value& line) const {
  const auto picture = options_.folder / pathFromValue(line["picture"]);
  std::error_code ec;
  const auto state = stateOfLine(line);
  const bool there = stateOf(options_.folder, state.path) == state;
  if (line.contains("look_at_me")) {
    const auto to = options_.out / pathFromValue(line["look_at_me"]);
    if (there && !fs::exists(to, ec)) PB_CHECK(copyTo(picture, to));
  }
  if (line.contains("sorted")) {
    const auto to = options_.out / pathFromValue(line["sorted"]);
    if (there && options_.sort == WatchOptions::Sort::Move) PB_CHECK(moveTo(picture, to));
    else if (there && !fs::exists(to, ec)) PB_CHECK(copyTo(picture, to));
  }
  if (options_.sidecars) {
    auto file = options_.out / "sidecars" / pathFromValue(line["picture"]);
    file += ".json";
    if (!fs::exists(file, ec)) {
      fs::create_directories(file.parent_path(), ec);
      PB_CHECK(writeFileAtomically(file, toJson(line, JsonStyle::Pretty) + "\n"));
    }
  }
  return {};
}

std::string WatchProducts::row(const Value& line) const {
  char number[40];
  std::string out = csvCell(pathFromValue(line["picture"]).native()) + ",";
  if (line.contains("error")) {
    out += ",";
  } else {
    std::snprintf(number, sizeof number, "%.6f", line["probability"].asDouble());
    out += csvCell(answerOf(line)) + "," + number;
  }
  for (const auto& name : about_["classes"].asList()) {
    out += ",";
    if (line.contains("error")) continue;
    std::snprintf(number, sizeof number, "%.6f", line["scores"][name.asText()].asDouble());
    out += number;
  }
  return out + "," + csvCell(line.contains("error") ? line["error"].asText() : line["reason"].asText()) + "\n";
}

Result<> WatchProducts::make(const Value& line) {
  PB_CHECK(copies(line));
  if (table_) PB_CHECK(writeAll(table_.get(), row(line), options_.out / "predictions.csv"));
  return {};
}

Result<> WatchProducts::makeUp(const std::vector<Value>& lines) {
  for (const auto& line : lines) PB_CHECK(copies(line));
  if (!options_.csv) return {};
  std::string text = "picture,class,probability";
  for (const auto& name : about_["classes"].asList()) text += "," + csvCell(name.asText());
  text += ",note\n";
  for (const auto& line : lines) text += row(line);
  const auto file = options_.out / "predictions.csv";
  PB_CHECK(writeFileAtomically(file, text));
  PB_TRY(table_, openFile(file, O_WRONLY | O_APPEND));
  return {};
}

Result<> WatchProducts::finish(const std::vector<Value>& lines) {
  Value tasks{Value::List{}};
  for (const auto& line : lines) {
    if (!line.contains("look_at_me")) continue;
    // Tasks with predictions, as Label Studio has them: an import makes them suggestions of the model.
    Value choices{Value::List{}};
    if (line.contains("labels")) choices = line["labels"];
    else choices.push(line["class"]);
    const Value result{Value::Map{{"type", "choices"},
                                  {"from_name", "label"},
                                  {"to_name", "image"},
                                  {"value", Value::Map{{"choices", choices}}},
                                  {"score", line["probability"]}}};
    tasks.push(Value::Map{
        {"data", Value::Map{{"image", displayText(pathFromValue(line["look_at_me"]).filename().native())}}},
        {"meta", Value::Map{{"reason", line["reason"]}}},
        {"predictions",
         Value::List{Value::Map{{"model_version", line["model"]}, {"score", line["probability"]}, {"result", Value::List{result}}}}}});
  }
  std::error_code ec;
  if (!tasks.asList().empty())
    PB_CHECK(writeFileAtomically(options_.out / "look-at-me" / "suggestions.json", toJson(tasks, JsonStyle::Pretty) + "\n"));
  if (!options_.coco) return {};
  Value images{Value::List{}}, annotations{Value::List{}}, categories{Value::List{}};
  const auto& classes = about_["classes"].asList();
  for (std::size_t k = 0; k < classes.size(); ++k) categories.push(Value::Map{{"id", k + 1}, {"name", classes[k]}});
  for (const auto& line : lines) {
    const auto image = images.asList().size() + 1;
    images.push(Value::Map{{"id", image}, {"file_name", displayText(pathFromValue(line["picture"]).native())}});
    if (line.contains("error")) continue;
    const auto add = [&](const Value& label) {
      const auto at = std::ranges::find(classes, label);
      if (at == classes.end()) return;
      annotations.push(Value::Map{{"id", annotations.asList().size() + 1},
                                  {"image_id", image},
                                  {"category_id", static_cast<std::int64_t>(at - classes.begin()) + 1},
                                  {"score", line["scores"][label.asText()]}});
    };
    if (line.contains("labels")) std::ranges::for_each(line["labels"].asList(), add);
    else add(line["class"]);
  }
  return writeFileAtomically(options_.out / "predictions.coco.json",
                             toJson(Value::Map{{"images", images}, {"annotations", annotations}, {"categories", categories}}) + "\n");
}

}  // namespace patchbay::serve
