// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <cstdio>
#include <thread>

#include "engine/base/file.h"
#include "engine/base/resources.h"
#include "engine/serve/server.h"
#include "plugins/serving/entry.h"
#include "plugins/serving/export_predictor.h"
#include "plugins/support/export_familiarity.h"

namespace patchbay::serving {
namespace {
namespace fs = std::filesystem;

constexpr std::size_t shortestToken = 16;

/// The first line of the file.
Result<std::string> tokenFrom(const fs::path& file) {
  PB_TRY(auto text, readFile(file, std::size_t{64} << 10));
  auto token = text.substr(0, text.find_first_of("\r\n"));
  if (token.size() < shortestToken || token.find_first_of(" \t") != token.npos)
    return fail(ErrorKind::Usage, "serve.token_file", TR("serve", "The first line of the token file is no token."),
                TR("serve", "Write one of 16 characters or more without spaces, for example with `openssl rand -hex 32`."),
                displayText(file.native()));
  struct stat s {};
  if (::stat(file.c_str(), &s) == 0 && (s.st_mode & 077) != 0)
    std::fprintf(stderr, "patchbay: others on this machine can read %s; chmod 600 keeps it to you.\n", displayText(file.native()).c_str());
  return token;
}

template <class T>
void take(const Value& settings, std::string_view key, T& to) {
  if (settings[key].isInt() && settings[key].asInt() > 0) to = static_cast<T>(settings[key].asInt());
}
void takeTime(const Value& times, std::string_view key, std::chrono::milliseconds& to) {
  if (times[key].asInt() > 0) to = std::chrono::milliseconds{times[key].asInt()};
}

}  // namespace

Result<> serveExports(const Value& settings) {
  serve::ServeOptions options;
  std::vector<std::string> words;
  for (const auto& one : settings["exports"].asList()) words.push_back(pathFromValue(one).native());
  PB_TRY(options.models, serve::namedSources(words));
  if (!settings["host"].asText().empty()) options.host = settings["host"].asText();
  if (settings["port"].isInt()) options.port = static_cast<std::uint16_t>(settings["port"].asInt());
  if (settings.contains("token_file")) {
    PB_TRY(options.token, tokenFrom(pathFromValue(settings["token_file"])));
  }
  for (const auto& one : settings["allow_hosts"].asList()) options.allowedHosts.push_back(one.asText());
  options.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  take(settings, "threads", options.threads);
  take(settings, "max_queue", options.mostWaiting);
  take(settings, "max_connections", options.mostConnections);
  take(settings, "max_body", options.mostBody);
  takeTime(settings["times"], "header", options.headerTime);
  takeTime(settings["times"], "body", options.bodyTime);
  takeTime(settings["times"], "idle", options.idleTime);
  takeTime(settings["times"], "stop", options.stopTime);
  takeTime(settings["times"], "look", options.lookEvery);
  options.pageFolder = resourceFolder() / "serve";
  PredictorOptions predictor;
  take(settings, "max_pixels", predictor.mostPixels);
  if (!settings["precision"].asText().empty()) predictor.precision = settings["precision"].asText();
  const auto open = [predictor](const fs::path& folder, int lanes) -> Result<std::shared_ptr<serve::Predictor>> {
    PB_TRY(auto model, openExport(folder, lanes, predictor));
    if (!model->about()["knows_its_pictures"].asBool())
      std::fprintf(stderr, "patchbay: %s: %s\n", displayText(folder.native()).c_str(), render(blocks::knowsNoPictures()).c_str());
    return model;
  };
  return serve::serve(
      options, open,
      [&](const std::string& url) {
        std::string names;
        for (const auto& model : options.models) names += (names.empty() ? "" : ", ") + displayText(model.name);
        std::printf("Serving %s at %s\n", names.c_str(), url.c_str());
        std::fflush(stdout);
      },
      [](const std::string& sentence) { std::fprintf(stderr, "patchbay: %s\n", sentence.c_str()); });
}

}  // namespace patchbay::serving
