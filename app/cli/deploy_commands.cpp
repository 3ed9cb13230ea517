// SPDX-License-Identifier: Apache-2.0
// patchbay serve.
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "app/cli/command.h"
#include "engine/base/resources.h"

namespace patchbay::cli {
namespace {
namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> exports, allowHosts;
  std::string host = "127.0.0.1", tokenFile, precision = "fp32";
  int port = 8642, threads = 0, maxQueue = 64, maxConnections = 1000, maxBody = 32, maxPixels = 25;
  Value times{Value::Map{}};
};

int serve(const Options& o) {
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
}

}  // namespace patchbay::cli
