// SPDX-License-Identifier: Apache-2.0
// patchbay serve, measure.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "app/cli/command.h"
#include "engine/base/process.h"
#include "engine/base/resources.h"
#include "engine/deploy/service_files.h"

namespace patchbay::cli {
namespace {
namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> exports, allowHosts;
  std::string host = "127.0.0.1", tokenFile, precision = "fp32";
  int port = 8642, threads = 0, maxQueue = 64, maxConnections = 1000, maxBody = 32, maxPixels = 25;
  bool writeService = false;
  Value times{Value::Map{}};
};

/// What runs the endpoint for good, written into each export.
int writeServices(const Options& o) {
  for (const auto& one : o.exports) {
    const auto written = deploy::writeServiceFiles({.folder = (fs::absolute(one).lexically_normal() / "").parent_path(),
                                                    .program = programFolder() / "patchbay",
                                                    .port = static_cast<std::uint16_t>(o.port),
                                                    .open = o.host != "127.0.0.1",
                                                    .precision = o.precision});
    if (!written) return report(written.error());
    fmt::print("Wrote a systemd unit and a container file to {}.\n", displayText(written->native()));
  }
  return Exit::done;
}

int serve(const Options& o) {
  if (o.writeService) return writeServices(o);
  Value settings{Value::Map{{"host", o.host},
                            {"port", o.port},
                            {"threads", o.threads},
                            {"precision", o.precision},
                            {"max_queue", o.maxQueue},
                            {"max_connections", o.maxConnections},
                            {"max_body", std::int64_t{o.maxBody} << 20},
                            {"max_pixels", std::int64_t{o.maxPixels} * 1'000'000},
                            {"times", o.times}}};
  settings["exports"] = Value::List{};
  for (const auto& one : o.exports) settings["exports"].push(pathToValue(one));
  settings["allow_hosts"] = Value::List(o.allowHosts.begin(), o.allowHosts.end());
  if (!o.tokenFile.empty()) settings["token_file"] = pathToValue(fs::absolute(o.tokenFile));
  return becomeWorker("serve", settings);
}

struct MeasureOptions {
  std::vector<std::string> exports;
  std::vector<int> threads, batches;
  std::string picture;
  double seconds = 1, limit = 0;
  bool json = false;
};

void printMeasured(const Value& measured) {
  std::vector<std::vector<std::string>> rows{
      {"export", "precision", "MB", "accuracy", "threads", "batch", "p50 ms", "p95 ms", "pictures/s", "front"}};
  for (const auto& model : measured["models"].asList())
    for (const auto& row : model["latency"].asList())
      rows.push_back({displayText(pathFromValue(model["export"]).filename().native()), model["precision"].asText(),
                      fixed(model["bytes"].asDouble() / 1e6, 1), model.contains("accuracy") ? fixed(model["accuracy"].asDouble(), 3) : "-",
                      std::to_string(row["threads"].asInt()), std::to_string(row["batch"].asInt()), fixed(row["p50_ms"].asDouble(), 2),
                      fixed(row["p95_ms"].asDouble(), 2), fixed(row["pictures_per_second"].asDouble(), 0),
                      model["front"].asBool() ? "*" : ""});
  fmt::print("{}", table(rows, {false, false, true, true, true, true, true, true, true, false}));
  fmt::print("{}, {} cores; load before: {}\n", measured["processor"].asText(), measured["cores"].asInt(),
             fixed(measured["load_before"].asDouble(), 2));
  if (measured["decoding"].asBool()) fmt::print("Each time with decoding the picture and bringing it to size.\n");
  if (!measured.contains("limit_ms")) return;
  if (!measured.contains("pick")) {
    fmt::print("None takes at most {} ms for one picture.\n", fixed(measured["limit_ms"].asDouble(), 1));
    return;
  }
  const auto& pick = measured["models"].asList()[static_cast<std::size_t>(measured["pick"].asInt())];
  fmt::print("Within {} ms: {}, {}\n", fixed(measured["limit_ms"].asDouble(), 1), displayText(pathFromValue(pick["export"]).native()),
             pick["precision"].asText());
}

int measure(const MeasureOptions& o) {
  Value settings{Value::Map{{"seconds", o.seconds}, {"limit_ms", o.limit}}};
  settings["exports"] = settings["threads"] = settings["batches"] = Value::List{};
  for (const auto& one : o.exports) settings["exports"].push(pathToValue((fs::absolute(one).lexically_normal() / "").parent_path()));
  for (const int n : o.threads) settings["threads"].push(n);
  for (const int n : o.batches) settings["batches"].push(n);
  if (!o.picture.empty()) settings["picture"] = pathToValue(fs::absolute(o.picture));
  const auto run = runProgram({(programFolder() / "patchbay-worker").native(), "measure", toJson(settings)}, {}, std::chrono::hours{24});
  if (!run) return report(run.error());
  fmt::print(stderr, "{}", run->err);
  if (run->code != 0) return run->code;
  if (o.json) {
    fmt::print("{}", run->out);
    return Exit::done;
  }
  const auto measured = parseJson(run->out);
  if (!measured) return report(measured.error());
  printMeasured(*measured);
  return Exit::done;
}

/// A whole number from `least` up, without the library's own words for it.
CLI::Validator from(int least, int most) { return CLI::Range(least, most).description(""); }

}  // namespace

int becomeWorker(const char* mode, const Value& settings) {
  const auto program = (programFolder() / "patchbay-worker").native();
  const auto json = toJson(settings);
  ::execl(program.c_str(), program.c_str(), mode, json.c_str(), static_cast<char*>(nullptr));
  return report(systemError(errno, "start", program));
}

void addDeployCommands(CLI::App& app, Action& action) {
  const auto o = std::make_shared<Options>();
  auto* command = app.add_subcommand("serve", "Answer predictions over HTTP, with a test page for the browser");
  command->add_option("exports", o->exports, "Folders that the Export block wrote; NAME=FOLDER gives a model another name")
      ->required()
      ->type_name("EXPORT...");
  command->add_option("--port", o->port, "Port; 0 takes any that is free")->check(from(0, 65535))->type_name("N")->capture_default_str();
  command
      ->add_option("--host", o->host, "Address to listen at, such as 0.0.0.0 for all of this machine's; other than loopback needs a token")
      ->type_name("ADDR")
      ->capture_default_str();
  command->add_option("--token-file", o->tokenFile, "File whose first line every request must bring as \"Authorization: Bearer ...\"")
      ->type_name("FILE");
  command->add_option("--allow-host", o->allowHosts, "Another name this machine is reached by")->type_name("NAME")->allow_extra_args(false);
  command->add_option("--precision", o->precision, "fp32, or int8 where the export has it")->check(CLI::IsMember({"fp32", "int8"}));
  command->add_option("--threads", o->threads, "Threads that compute; 0 chooses")->check(from(0, 1024))->type_name("N");
  command->add_option("--max-queue", o->maxQueue, "Pictures that may wait; more are answered 429")
      ->check(from(1, 100'000))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--max-connections", o->maxConnections, "Open connections; the oldest idle one makes room")
      ->check(from(1, 100'000))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--max-body", o->maxBody, "Largest request in MB")->check(from(1, 1024))->type_name("MB")->capture_default_str();
  command->add_option("--max-pixels", o->maxPixels, "Largest picture in millions of pixels")
      ->check(from(1, 1000))
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--write-service", o->writeService,
                    "Instead write a systemd unit and a container file into the export; with --host one that is open to other machines");
  const auto seconds = [&](const char* name, const char* key, const char* text) {
    command
        ->add_option_function<double>(
            name, [o, key](const double& value) { o->times[key] = static_cast<std::int64_t>(value * 1000); }, text)
        ->check(CLI::Range(0.01, 86400.0).description(""))
        ->type_name("SECONDS");
  };
  seconds("--header-time", "header", "For a request's header; 10 unless told");
  seconds("--body-time", "body", "For a request's body; 30 unless told");
  seconds("--idle-time", "idle", "Until a connection without requests is closed; 60 unless told");
  seconds("--stop-time", "stop", "For requests under way when stopped; 30 unless told");
  seconds("--look-time", "look", "Between looks at changed exports; 1 unless told");
  command->callback([&action, o] { action = [o] { return serve(*o); }; });
  const auto m = std::make_shared<MeasureOptions>();
  auto* measureCommand =
      app.add_subcommand("measure", "Say how fast exported models are on this machine, and which of them are worth having");
  measureCommand->add_option("exports", m->exports, "Folders that the Export block wrote")->required()->type_name("EXPORT...");
  measureCommand->add_option("--threads", m->threads, "Numbers of threads; one and all unless told")
      ->check(from(1, 1024))
      ->type_name("N")
      ->delimiter(',')
      ->allow_extra_args(false);
  measureCommand->add_option("--batch", m->batches, "Pictures together, 1 among them; 1,2,8 unless told")
      ->check(from(1, 1024))
      ->type_name("N")
      ->delimiter(',')
      ->allow_extra_args(false);
  measureCommand->add_option("--seconds", m->seconds, "For each row")
      ->check(CLI::Range(0.01, 3600.0).description(""))
      ->type_name("N")
      ->capture_default_str();
  measureCommand->add_option("--limit", m->limit, "Name the most accurate model that takes at most so long for one picture, 19 times of 20")
      ->check(CLI::Range(0.001, 1e6).description(""))
      ->type_name("MS");
  measureCommand->add_option("--picture", m->picture, "Measure with decoding this picture each time; the network alone unless told")
      ->check(CLI::ExistingFile.description(""))
      ->type_name("FILE");
  measureCommand->add_flag("--json", m->json, "As JSON");
  measureCommand->callback([&action, m] { action = [m] { return measure(*m); }; });
}

}  // namespace patchbay::cli
