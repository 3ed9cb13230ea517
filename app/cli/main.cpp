// SPDX-License-Identifier: Apache-2.0
// The composition root of `patchbay`, the command line: a client of patchbay-engine like the Studio.
#include <CLI/CLI.hpp>
#include <clocale>
#include <csignal>

#include "app/cli/command.h"

int main(int argc, char** argv) {
  using namespace patchbay;
  std::setlocale(LC_ALL, "C.UTF-8");
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app{"Build working vision models from your own pictures.", "patchbay"};
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done, 1 a block failed, 2 usage, 3 invalid pipeline, 4 executor or engine unreachable,\n"
             "5 project busy or too new, 130 cancelled. `patchbay COMMAND --help` explains each command.");
  cli::Action action;
  cli::addRunCommands(app, action);
  cli::addCatalogueCommands(app, action);
  cli::addModelCommands(app, action);
  cli::addProjectCommands(app, action);
  cli::addMachineCommands(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "patchbay: %s\n          Try `patchbay %s--help`.\n", error.what(),
                 app.get_subcommands().empty() ? "" : (app.get_subcommands().front()->get_name() + " ").c_str());
    return cli::Exit::usage;
  }
  return action();
}
