// SPDX-License-Identifier: Apache-2.0
// patchbay reproduce.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/cli/command.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/process.h"
#include "engine/base/resources.h"

namespace patchbay::cli {
namespace {
namespace fs = std::filesystem;

struct Options {
  std::string model, data, project;
  bool json = false;
};

/// What an export says of itself.
struct Exported {
  fs::path folder;
  Value net;           ///< net.json
  Value measurements;  ///< measurements.json; null when there is none.
  Digest weights, onnx;
};

Result<Value> jsonFile(const fs::path& file) {
  PB_TRY(const auto text, readFile(file, std::size_t{256} << 20));
  return parseJson(text);
}

Result<Exported> readExport(const fs::path& folder) {
  std::error_code ec;
  if (!fs::exists(folder / "net.json", ec) || !fs::exists(folder / "pipeline.json", ec))
    return fail(ErrorKind::NotFound, "reproduce.export",
                TR("cli", "{path} is not an exported model with its pipeline.").with("path", displayText(folder.native())),
                TR("cli", "Give the folder that the Export block wrote."));
  Exported out{.folder = folder};
  PB_TRY(out.net, jsonFile(folder / "net.json"));
  if (auto figures = jsonFile(folder / "measurements.json")) out.measurements = std::move(*figures);
  PB_TRY(out.weights, digestOfFile(folder / "model.safetensors"));
  PB_TRY(out.onnx, digestOfFile(folder / "model.onnx"));
  return out;
}

std::string shown(const Value& value) {
  const auto text = value.isNull() ? std::string{"nothing"} : toJson(value);
  return text.size() > 80 ? text.substr(0, 77) + "..." : text;
}

/// "metadata.versions.threads: 2 then, 4 now", for every leaf that is not the same.
void differences(const Value& then, const Value& now, const std::string& where, std::vector<std::string>& out) {
  if (then == now) return;
  if (then.isMap() && now.isMap()) {
    for (const auto& [key, value] : then.asMap()) differences(value, now[key], where.empty() ? key : where + "." + key, out);
    for (const auto& [key, value] : now.asMap())
      if (!then.contains(key)) out.push_back((where.empty() ? key : where + "." + key) + ": nothing then, " + shown(value) + " now");
    return;
  }
  if (then.isList() && now.isList() && then.asList().size() == now.asList().size()) {
    for (std::size_t i = 0; i < then.asList().size(); ++i) {
      const auto& name = then.asList()[i]["name"].asText();
      differences(then.asList()[i], now.asList()[i], where + "[" + (name.empty() ? std::to_string(i) : name) + "]", out);
    }
    return;
  }
  out.push_back(where + ": " + shown(then) + " then, " + shown(now) + " now");
}

/// What `patchbay run` is told: the same seed and threads, the export into its own project, the data where they are now.
Result<std::vector<std::string>> wordsFor(const Options& o, const Exported& then, const fs::path& project) {
  PB_TRY(const auto pipeline, jsonFile(then.folder / "pipeline.json"));
  const auto& facts = then.net["metadata"];
  std::vector<std::string> words{(programFolder() / "patchbay").native(),
                                 "run",
                                 (then.folder / "pipeline.json").native(),
                                 "--project",
                                 project.native(),
                                 "--json",
                                 "--seed",
                                 std::to_string(facts["seed"].asInt())};
  if (const auto threads = facts["versions"]["threads"].asInt(); threads > 0)
    words.insert(words.end(), {"--threads", std::to_string(threads)});
  bool placed = o.data.empty();
  for (const auto& node : pipeline["nodes"].asList()) {
    const auto& name = node["name"].asText();
    if (node["type"].asText() == "patchbay.deploy.export" && !pathFromValue(node["params"]["folder"]).empty())
      words.insert(words.end(), {"--set", name + ".folder="});
    if (placed || !node["type"].asText().starts_with("patchbay.data.")) continue;
    for (const char* key : {"folder", "file"}) {
      const auto said = pathFromValue(node["params"][key]);
      if (said.empty()) continue;
      const auto file = fs::absolute(o.data);
      std::error_code ec;
      // A table was named: the one of the same name below the folder.
      const auto now = std::string_view{key} == "file" && fs::is_directory(file, ec) ? file / said.filename() : file;
      words.insert(words.end(), {"--set", name + "." + key + "=" + now.native()});
      placed = true;
      break;
    }
  }
  if (!placed)
    return fail(ErrorKind::Usage, "reproduce.data", TR("cli", "No block of the pipeline reads a folder or a table."),
                TR("cli", "Leave --data out."));
  return words;
}

/// The new export that has the old one's name, or the only one.
Result<Exported> runAgain(const Options& o, const Exported& then, const fs::path& project) {
  PB_TRY(const auto words, wordsFor(o, then, project));
  PB_TRY(const auto run, runProgram(words, project, std::chrono::hours{24 * 30}));
  const auto begin = run.out.rfind('\n', run.out.size() > 1 ? run.out.size() - 2 : 0);
  const auto last = parseJson(std::string_view{run.out}.substr(begin == std::string::npos ? 0 : begin + 1));
  if (run.code != 0 || !last) {
    fmt::print(stderr, "{}", run.err);
    return fail(ErrorKind::BadInput, "reproduce.run", TR("cli", "The pipeline of the export does not run here."),
                o.data.empty() ? TR("cli", "See above; where the pictures lie elsewhere now, say so with --data.")
                               : TR("cli", "See above for what it needs."));
  }
  const auto& made = (*last)["exports"].asList();
  for (const auto& one : made)
    if (made.size() == 1 || pathFromValue(one).filename() == then.folder.filename()) return readExport(pathFromValue(one));
  return fail(ErrorKind::BadInput, "reproduce.none", TR("cli", "The pipeline ran, and made no such export."),
              TR("cli", "Look at pipeline.json in the export."));
}

/// What is the same, what is not, and why, in sentences.
Value compare(const Exported& then, const Exported& now) {
  Value out{Value::Map{{"export", pathToValue(then.folder)}, {"again", pathToValue(now.folder)}}};
  const auto &before = then.net["metadata"], &after = now.net["metadata"];
  out["same_data"] = before["data"]["digest"] == after["data"]["digest"];
  out["same_weights"] = then.weights == now.weights;
  out["same_bytes"] = then.weights == now.weights && then.onnx == now.onnx;
  std::vector<std::string> figures, reasons;
  differences(then.measurements["metrics"], now.measurements["metrics"], "", figures);
  out["figures"] = Value::List(figures.begin(), figures.end());
  out["figures_known"] = then.measurements["metrics"].isMap();
  if (out["same_bytes"].asBool()) return out;
  for (const auto& [key, why] : {std::pair{"data", "the data"},
                                 {"seed", "the seed"},
                                 {"versions", "the machine and the libraries"},
                                 {"origin", "the pretrained weights"},
                                 {"pipeline", "the pipeline"},
                                 {"thresholds", "the thresholds"}}) {
    std::vector<std::string> some;
    differences(before[key], after[key], key, some);
    if (!some.empty()) reasons.push_back(std::string{"Not the same: "} + why + ".");
    reasons.insert(reasons.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(some.size(), 12)));
  }
  if (reasons.empty())
    reasons.emplace_back(
        "Data, seed, libraries, machine and pipeline are the same: something in the run is not repeatable. Please report it.");
  out["reasons"] = Value::List(reasons.begin(), reasons.end());
  return out;
}

void print(const Value& c) {
  fmt::print("Data:    {}\n", c["same_data"].asBool() ? "the same pictures and labels" : "other pictures or labels");
  const auto& figures = c["figures"].asList();
  if (!c["figures_known"].asBool()) fmt::print("Figures: the export has none\n");
  else fmt::print("Figures: {}\n", figures.empty() ? "all the same" : std::to_string(figures.size()) + " differ");
  for (const auto& one : figures) fmt::print("         {}\n", displayText(one.asText()));
  fmt::print("Weights: {}\n", c["same_weights"].asBool() ? "the same bytes" : "other bytes");
  fmt::print("Model:   {}\n", c["same_bytes"].asBool()     ? "the same bytes"
                              : c["same_weights"].asBool() ? "the same weights, but what is written beside them differs"
                                                           : "other bytes");
  for (const auto& one : c["reasons"].asList()) fmt::print("  {}\n", displayText(one.asText()));
}

int reproduce(const Options& o) {
  const auto then = readExport((fs::absolute(o.model).lexically_normal() / "").parent_path());
  if (!then) return report(then.error());
  std::string temporary;
  fs::path project = o.project.empty() ? fs::path{} : fs::absolute(o.project);
  std::error_code ec;
  if (o.project.empty()) {
    temporary = (fs::temp_directory_path() / "patchbay-reproduce-XXXXXX").native();
    if (!::mkdtemp(temporary.data())) return report(systemError(errno, "make", temporary));
    project = fs::path{temporary} / "project";
  }
  fs::create_directories(project, ec);
  const auto now = runAgain(o, *then, project);
  int code = Exit::done;
  if (now) {
    const auto compared = compare(*then, *now);
    if (o.json) fmt::print("{}\n", toJson(compared));
    else print(compared);
    code = compared["same_bytes"].asBool() ? Exit::done : Exit::blockFailed;
  } else {
    code = report(now.error());
  }
  if (!temporary.empty()) fs::remove_all(temporary, ec);
  return code;
}

}  // namespace

void addReproduceCommands(CLI::App& app, Action& action) {
  const auto o = std::make_shared<Options>();
  auto* command = app.add_subcommand("reproduce", "Run an export's pipeline again and say whether the same comes out, and if not, why");
  command->add_option("model", o->model, "Folder that the Export block wrote")->required()->type_name("EXPORT");
  command->add_option("--data", o->data, "Where the pictures, or their table, lie now")->type_name("DIR|TABLE");
  command->add_option("--project", o->project, "Keep the run in this project; else it is made for the run and taken away")
      ->type_name("DIR");
  command->add_flag("--json", o->json, "As JSON");
  command->footer("Exit code 0: the same bytes. 1: not the same, or the pipeline does not run.");
  command->callback([&action, o] { action = [o] { return reproduce(*o); }; });
}

}  // namespace patchbay::cli
