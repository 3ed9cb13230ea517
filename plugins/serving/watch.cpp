// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <cstdio>
#include <thread>

#include "engine/serve/watch_folder.h"
#include "plugins/serving/entry.h"
#include "plugins/serving/export_predictor.h"
#include "plugins/support/export_familiarity.h"

namespace patchbay::serving {
namespace {

StopFlag asked;

void print(const Value& line) {
  const auto picture = displayText(pathFromValue(line["picture"]).native());
  if (line.contains("error")) {
    std::fprintf(stderr, "patchbay: %s: %s\n", picture.c_str(), line["error"].asText().c_str());
    return;
  }
  std::string answer;
  if (line.contains("labels"))
    for (const auto& label : line["labels"].asList()) answer += (answer.empty() ? "" : ", ") + displayText(label.asText());
  else answer = displayText(line["class"].asText());
  std::string reasons = line["reason"].asText().empty() ? "" : ", " + line["reason"].asText();
  if (reasons.ends_with("unlike")) reasons += " the training pictures";
  std::printf("%s: %s (%.1f %%)%s\n", picture.c_str(), answer.empty() ? "-" : answer.c_str(), 100 * line["probability"].asDouble(),
              reasons.c_str());
  std::fflush(stdout);
}

}  // namespace

Result<> watchWithExport(const Value& settings) {
  for (const int signal : {SIGTERM, SIGINT}) std::signal(signal, [](int) { asked.request(); });
  serve::WatchOptions options;
  options.folder = pathFromValue(settings["folder"]);
  options.out = pathFromValue(settings["out"]);
  options.csv = settings["format"].asText() == "csv";
  options.coco = settings["format"].asText() == "coco";
  if (settings["sort"].asText() == "copy") options.sort = serve::WatchOptions::Sort::Copy;
  if (settings["sort"].asText() == "move") options.sort = serve::WatchOptions::Sort::Move;
  options.sidecars = settings["sidecars"].asBool();
  options.unsure = settings["unsure"].asDouble();
  options.unlike = settings["unlike"].asBool(true);
  options.once = settings["once"].asBool();
  options.settle = std::chrono::milliseconds{settings["settle_ms"].asInt(1000)};
  options.lanes = static_cast<int>(settings["threads"].asInt());
  if (options.lanes < 1) options.lanes = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  PredictorOptions predictor;
  if (!settings["precision"].asText().empty()) predictor.precision = settings["precision"].asText();
  PB_TRY(const auto model, openExport(pathFromValue(settings["export"]), options.lanes, predictor));
  if (options.unlike && !model->about()["knows_its_pictures"].asBool())
    std::fprintf(stderr, "patchbay: %s\n", render(blocks::knowsNoPictures()).c_str());
  PB_TRY(const auto summary, serve::watchFolder(options, *model, asked, print));
  std::printf("%zu predicted, %zu could not be read, %zu unsure, %zu unlike the training pictures. Results: %s\n", summary.predicted,
              summary.failed, summary.unsure, summary.unlike, displayText(options.out.native()).c_str());
  return {};
}

}  // namespace patchbay::serving
