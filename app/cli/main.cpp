// SPDX-License-Identifier: Apache-2.0
// The composition root of `patchbay`, the command line: a client of patchbay-engine like the Studio.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <clocale>
#include <csignal>

#include "app/cli/command.h"

namespace {

/// Says what was wrong with the words, and what was probably meant.
int wrongUsage(const CLI::App& app, const std::vector<std::string>& words, std::string cause) {
  using namespace patchbay;
  // The innermost command that was understood: "data log" is one of "data".
  const CLI::App* chosen = &app;
  std::string spoken;
  std::size_t depth = 0;
  for (auto inner = chosen->get_subcommands(); !inner.empty(); inner = chosen->get_subcommands(), ++depth) {
    chosen = inner.front();
    spoken += chosen->get_name() + " ";
  }
  std::vector<std::string> commands;
  for (const auto* command : chosen->get_subcommands([](const CLI::App*) { return true; })) commands.push_back(command->get_name());
  std::string hint;
  if (!commands.empty()) {
    if (words.size() <= depth) {
      cause = spoken.empty() ? "No command was given." : "\"" + spoken.substr(0, spoken.size() - 1) + "\" wants another word: what to do.";
    } else {
      cause = "There is no command \"" + spoken + displayText(words[depth]) + "\".";
      hint = cli::didYouMean(words[depth], commands);
    }
  } else {
    std::vector<std::string> known;
    for (const auto* option : chosen->get_options())
      for (const auto& name : option->get_lnames()) known.push_back("--" + name);
    for (const auto& word : words) {
      const auto name = word.substr(0, word.find('='));
      if (!name.starts_with("-") || name.size() < 3 || std::ranges::find(known, name) != known.end()) continue;
      cause = "There is no option " + displayText(name) + ".";
      hint = cli::didYouMean(name, known);
      break;
    }
  }
  std::fprintf(stderr, "patchbay: %s\n          %sTry `patchbay %s--help`.\n", cause.c_str(), hint.c_str(), spoken.c_str());
  return cli::Exit::usage;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace patchbay;
  std::setlocale(LC_ALL, "C.UTF-8");
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app{"Build working vision models from your own pictures.", "patchbay"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "patchbay " PATCHBAY_VERSION);
  app.footer(
      "Exit codes: 0 done, 1 a block failed, 2 usage, 3 invalid pipeline, 4 executor or engine unreachable,\n"
      "5 project busy or too new, 130 cancelled. `patchbay COMMAND --help` explains each command.");
  cli::Action action;
  cli::addRunCommands(app, action);
  cli::addCatalogueCommands(app, action);
  cli::addModelCommands(app, action);
  cli::addDeployCommands(app, action);
  cli::addReproduceCommands(app, action);
  cli::addReportCommands(app, action);
  cli::addProjectCommands(app, action);
  cli::addDataCommands(app, action);
  cli::addFormatCommands(app, action);
  cli::addMachineCommands(app, action);
  cli::addMachineListCommands(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& answered) {  // --help, --version
    return app.exit(answered);
  } catch (const CLI::ParseError& error) {
    return wrongUsage(app, {argv + 1, argv + argc}, error.what());
  }
  return action();
}
