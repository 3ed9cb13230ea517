// SPDX-License-Identifier: Apache-2.0
// patchbay predict, convert.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/cli/command.h"
#include "engine/base/csv.h"

namespace patchbay::cli {
namespace {
namespace fs = std::filesystem;

struct Options {
  std::string model, out, format = "text", architecture;
  std::vector<std::string> pictures;
  int threads = 0;
  std::string watch, sort, precision = "fp32";
  bool sidecars = false, once = false, ignoreUnlike = false;
  double unsure = 0, settle = 1;
};

/// Files as they are, folders with everything that lies in them.
std::vector<fs::path> picturesOf(const std::vector<std::string>& names) {
  std::vector<fs::path> out;
  for (const auto& name : names) {
    std::error_code ec;
    if (!fs::is_directory(name, ec)) {
      out.push_back(fs::absolute(name));
      continue;
    }
    std::vector<fs::path> inside;
    for (fs::recursive_directory_iterator it{name, fs::directory_options::skip_permission_denied, ec}, end; !ec && it != end;
         it.increment(ec))
      if (it->is_regular_file(ec) && it->path().filename().native().front() != '.') inside.push_back(fs::absolute(it->path()));
    std::ranges::sort(inside);
    out.insert(out.end(), inside.begin(), inside.end());
  }
  return out;
}

/// A picture that is unlike the training pictures, in words and as the last cell of a row; nothing where that is not known.
std::string unlikeWords(const Value& result) { return result["unlike"]["warning"].asBool() ? ", unlike the training pictures" : ""; }
std::string unlikeCell(const Value& result) {
  return !result.contains("unlike") ? "" : result["unlike"]["warning"].asBool() ? ",yes" : ",no";
}

/// Several labels a picture: those that were found, each with its probability.
void printLabels(const Options& o, const fs::path& picture, const Value& classes, const Value& result) {
  const auto& scores = result["scores"].asList();
  const auto& labels = result["labels"].asList();
  if (o.format == "json") {
    Value line{Value::Map{{"picture", pathToValue(picture)}, {"labels", result["labels"]}, {"logits", result["logits"]}}};
    for (std::size_t k = 0; k < scores.size(); ++k) line["scores"][classes.asList()[k].asText()] = scores[k];
    if (result.contains("unlike")) line["unlike"] = result["unlike"];
    fmt::print("{}\n", toJson(line));
    return;
  }
  std::string names, shown;
  for (std::size_t k = 0; k < scores.size(); ++k) {
    const auto& name = classes.asList()[k];
    if (std::ranges::find(labels, name) == labels.end()) continue;
    names += (names.empty() ? "" : "; ") + name.asText();
    shown += fmt::format("{}{} ({:.1f} %)", shown.empty() ? "" : ", ", displayText(name.asText()), 100 * scores[k].asDouble());
  }
  if (o.format == "csv") {
    fmt::print("{},{}", csvCell(picture.native()), csvCell(names));
    for (const auto& score : scores) fmt::print(",{:.6f}", score.asDouble());
    fmt::print("{}\n", unlikeCell(result));
  } else {
    fmt::print("{}: {}{}\n", displayText(picture.native()), shown.empty() ? "-" : shown, unlikeWords(result));
  }
}

void print(const Options& o, const fs::path& picture, const Value& classes, const Value& result) {
  if (result.contains("labels")) return printLabels(o, picture, classes, result);
  const auto shown = displayText(picture.native());
  const auto& scores = result["scores"].asList();
  double best = 0;
  for (const auto& s : scores) best = std::max(best, s.asDouble());
  if (o.format == "json") {
    Value line{
        Value::Map{{"picture", pathToValue(picture)}, {"class", result["class"]}, {"probability", best}, {"logits", result["logits"]}}};
    for (std::size_t k = 0; k < scores.size(); ++k) line["scores"][classes.asList()[k].asText()] = scores[k];
    if (result.contains("unlike")) line["unlike"] = result["unlike"];
    fmt::print("{}\n", toJson(line));
  } else if (o.format == "csv") {
    fmt::print("{},{},{:.6f}{}\n", csvCell(picture.native()), csvCell(result["class"].asText()), best, unlikeCell(result));
  } else {
    fmt::print("{}: {} ({:.1f} %){}\n", shown, displayText(result["class"].asText()), 100 * best, unlikeWords(result));
  }
}

std::string csvHeader(const Value& answer) {
  std::string out = "picture,class,probability";
  if (answer["task"].asText() == "multi-label") {
    out = "picture,labels";
    for (const auto& c : answer["classes"].asList()) out += "," + csvCell(c.asText());
  }
  return out + (answer["knows_its_pictures"].asBool() ? ",unlike" : "");
}

/// Hands over to the worker, which watches by itself.
int watch(const Options& o) {
  if (!o.pictures.empty())
    return report({ErrorKind::Usage,
                   "predict.both",
                   TR("cli", "Pictures are named, and a folder to watch."),
                   TR("cli", "Give one or the other."),
                   {}});
  const auto folder = fs::absolute(o.watch).lexically_normal();
  const auto out = o.out.empty() ? fs::path{(folder / "").parent_path().native() + ".results"} : fs::absolute(o.out);
  return becomeWorker("watch", Value::Map{{"export", pathToValue(fs::absolute(o.model))},
                                          {"folder", pathToValue(folder)},
                                          {"out", pathToValue(out)},
                                          {"format", o.format},
                                          {"sort", o.sort},
                                          {"sidecars", o.sidecars},
                                          {"unsure", o.unsure / 100},
                                          {"unlike", !o.ignoreUnlike},
                                          {"once", o.once},
                                          {"settle_ms", static_cast<std::int64_t>(o.settle * 1000)},
                                          {"threads", o.threads},
                                          {"precision", o.precision}});
}

int predict(const Options& o) {
  if (!o.watch.empty()) return watch(o);
  if (o.format == "coco")
    return report({ErrorKind::Usage,
                   "predict.coco",
                   TR("cli", "A COCO file is written into a folder of results."),
                   TR("cli", "Use --watch FOLDER --once, with --out for where."),
                   {}});
  const auto pictures = picturesOf(o.pictures);
  if (pictures.empty())
    return report({ErrorKind::Usage,
                   "predict.none",
                   TR("cli", "There is no picture to look at."),
                   TR("cli", "Name picture files, or a folder that has some."),
                   {}});
  const auto engine = scratchEngine();
  if (!engine) return report(engine.error());
  int code = Exit::done;
  constexpr std::size_t atOnce = 32;  // Answers appear as they come, and one request stays short.
  for (std::size_t begin = 0; begin < pictures.size(); begin += atOnce) {
    Value list{Value::List{}};
    const auto end = std::min(pictures.size(), begin + atOnce);
    for (std::size_t i = begin; i < end; ++i) list.push(pathToValue(pictures[i]));
    const auto answer =
        (*engine)->live("patchbay.live.predict", "predict",
                        Value::Map{{"model", pathToValue(fs::absolute(o.model))}, {"pictures", list}, {"threads", o.threads}}, "predict");
    if (!answer) return report(answer.error());
    const auto& results = (*answer)["results"].asList();
    if (o.format == "csv" && begin == 0) fmt::print("{}\n", csvHeader(*answer));
    if (begin == 0 && !(*answer)["knows_its_pictures"].asBool())
      fmt::print(stderr, "patchbay: {}\n",
                 render(TR("block",
                           "This export knows nothing of the pictures it was trained on: pictures that are unlike them are not "
                           "marked.")));
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (!results[i].contains("error")) {
        print(o, pictures[begin + i], (*answer)["classes"], results[i]);
        continue;
      }
      auto error = errorFromValue(results[i]["error"]);
      error.where = displayText(pictures[begin + i].native());
      report(error);
      code = Exit::blockFailed;
    }
  }
  return code;
}

int convert(const Options& o) {
  const auto engine = scratchEngine();
  if (!engine) return report(engine.error());
  const auto answer = (*engine)->live(
      "patchbay.live.weights", "convert",
      Value::Map{{"in", pathToValue(fs::absolute(o.model))}, {"out", pathToValue(fs::absolute(o.out))}, {"architecture", o.architecture}},
      "convert");
  if (!answer) return report(answer.error());
  fmt::print("Wrote {}: {} tensors, {} numbers.\n", displayText(o.out), (*answer)["tensors"].asInt(), (*answer)["numbers"].asInt());
  return Exit::done;
}

}  // namespace

void addModelCommands(CLI::App& app, Action& action) {
  const auto o = std::make_shared<Options>();
  auto* predictCommand = app.add_subcommand("predict", "Say what is on pictures, with an exported model");
  predictCommand->add_option("model", o->model, "Folder that the Export block wrote")->required()->type_name("EXPORTED");
  predictCommand->add_option("pictures", o->pictures, "Picture files or folders")->type_name("PICTURE...");
  predictCommand->add_option("--format", o->format, "text, csv or json (one object a line); with --watch also coco")
      ->check(CLI::IsMember({"text", "csv", "json", "coco"}));
  predictCommand->add_option("--watch", o->watch, "Predict every picture that comes into this folder, each once, also after a restart")
      ->type_name("FOLDER");
  const auto forWatching = [&](CLI::Option* option) {
    option->needs("--watch");
    return option;
  };
  forWatching(
      predictCommand->add_option("--out", o->out, "Folder for what comes out: predictions.jsonl and the rest; FOLDER.results unless told"))
      ->type_name("DIR");
  forWatching(predictCommand->add_option("--sort", o->sort, "copy or move pictures into a folder for each class"))
      ->check(CLI::IsMember({"copy", "move"}));
  forWatching(predictCommand->add_flag("--sidecars", o->sidecars, "A JSON file for each picture"));
  forWatching(predictCommand->add_option("--unsure", o->unsure,
                                         "Copy pictures with a lower probability into look-at-me/, to be imported as suggestions; those "
                                         "that are unlike the training pictures go there anyway"))
      ->check(CLI::Range(0.0, 100.0).description(""))
      ->type_name("PERCENT");
  forWatching(
      predictCommand->add_flag("--ignore-unlike", o->ignoreUnlike, "Leave pictures that are unlike the training pictures out of it"));
  forWatching(predictCommand->add_flag("--once", o->once, "End when nothing is left to do"));
  forWatching(predictCommand->add_option("--settle", o->settle, "A file is finished when it did not change for so long; 1 unless told"))
      ->check(CLI::Range(0.0, 86400.0).description(""))
      ->type_name("SECONDS");
  forWatching(predictCommand->add_option("--precision", o->precision, "fp32, or int8 where the export has it"))
      ->check(CLI::IsMember({"fp32", "int8"}));
  predictCommand->add_option("--threads", o->threads, "Threads; 0 chooses")
      ->check(CLI::Validator{CLI::NonNegativeNumber}.description(""))
      ->type_name("N");
  predictCommand->callback([&action, o] { action = [o] { return predict(*o); }; });
  auto* convertCommand = app.add_subcommand("convert", "Turn a PyTorch weight file (.pth) into safetensors; nothing in it is executed");
  convertCommand->add_option("in", o->model, "Weight file, .pth or .safetensors")->required()->type_name("IN");
  convertCommand->add_option("out", o->out, "New safetensors file")->required()->type_name("OUT");
  convertCommand->add_option("--architecture", o->architecture, "Check that the weights fit, for example efficientnet_lite0")
      ->type_name("NAME");
  convertCommand->callback([&action, o] { action = [o] { return convert(*o); }; });
}

}  // namespace patchbay::cli
