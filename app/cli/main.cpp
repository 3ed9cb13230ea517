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
  const auto chosen = app.get_subcommands();
  std::string hint;
  if (chosen.empty()) {
    std::vector<std::string> commands;
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; })) commands.push_back(command->get_name());
    if (words.empty()) {
      cause = "No command was given.";
    } else {
      cause = "There is no command \"" + displayText(words.front()) + "\".";
      hint = cli::didYouMean(words.front(), commands);
    }
  } else {
    std::vector<std::string> known;
    for (const auto* option : chosen.front()->get_options())
      for (const auto& name : option->get_lnames()) known.push_back("--" + name);
    for (const auto& word : words) {
      const auto name = word.substr(0, word.find('='));
      if (!name.starts_with("-") || name.size() < 3 || std::ranges::find(known, name) != known.end()) continue;
      cause = "There is no option " + displayText(name) + ".";
      hint = cli::didYouMean(name, known);
      break;
    }
  }
  std::fprintf(stderr, "patchbay: %s\n          %sTry `patchbay %s--help`.\n", cause.c_str(), hint.c_str(),
               chosen.empty() ? "" : (chosen.front()->get_name() + " ").c_str());
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
  cli::addProjectCommands(app, action);
  cli::addDataCommands(app, action);
  cli::addMachineCommands(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& answered) {  // --help, --version
    return app.exit(answered);
  } catch (const CLI::ParseError& error) {
    return wrongUsage(app, {argv + 1, argv + argc}, error.what());
  }
  return action();
}
