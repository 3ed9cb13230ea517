// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/service/connect.h"
#include "engine/service/engine.h"

namespace CLI {
class App;
}

namespace patchbay::cli {

/// The documented exit codes of `patchbay`.
enum Exit : int { done = 0, blockFailed = 1, usage = 2, invalidPipeline = 3, unreachable = 4, busy = 5, cancelled = 130 };

/// The exit code that belongs to an error.
int exitCodeOf(const Error& error);
/// Prints "patchbay: where: cause" and "          what to do" to standard error; returns the exit code.
int report(const Error& error);

/// What the words on the command line chose; filled while parsing, run afterwards.
using Action = std::function<int()>;

// Each adds its subcommands to the program and sets `action` when one of them was chosen.
void addRunCommands(CLI::App& app, Action& action);          // run, plan, check
void addCatalogueCommands(CLI::App& app, Action& action);    // templates, new, blocks, block
void addModelCommands(CLI::App& app, Action& action);        // predict, convert
void addDeployCommands(CLI::App& app, Action& action);       // serve, measure
void addReproduceCommands(CLI::App& app, Action& action);    // reproduce
void addReportCommands(CLI::App& app, Action& action);       // report
void addProjectCommands(CLI::App& app, Action& action);      // runs, show, gc
void addDataCommands(CLI::App& app, Action& action);         // data
void addFormatCommands(CLI::App& app, Action& action);       // import, export, formats, convert-dataset, pack
void addMachineCommands(CLI::App& app, Action& action);      // doctor, version, completion, manual
void addMachineListCommands(CLI::App& app, Action& action);  // machines

/// The worker takes this process's place: signals, output and exit code are its own. Returns only when that fails.
int becomeWorker(const char* mode, const Value& settings);

/// A pipeline named on the command line: a file, or a template.
struct Pipeline {
  Value document;
  std::filesystem::path project;     ///< The one asked for, or the one that belongs to the pipeline.
  std::filesystem::path baseFolder;  ///< Relative paths of the document start here.
};
Result<Pipeline> openPipeline(const std::string& name, const std::string& project);
/// The project asked for, or the folder the command was started in when it is one.
Result<std::filesystem::path> chosenProject(const std::string& project);
/// A project of the user's own for requests that belong to none; `scratchEngine` makes it when it is not there.
std::filesystem::path scratchProject();
Result<std::unique_ptr<Engine>> scratchEngine();

/// Reasons of a step as one phrase to follow "runs again: "; empty on a first run, which needs no reason.
std::string phrase(const Value& reasons);
/// "Did you mean "x"?", or nothing.
std::string didYouMean(const std::string& word, const std::vector<std::string>& known);

/// Columns of text with the widths they need; the first line is the heading.
std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& right = {});
/// Columns a text takes on a terminal; Chinese characters take two.
std::size_t displayWidth(std::string_view text);
std::string fixed(double value, int digits);
std::string duration(double seconds);
std::string bytes(std::int64_t count);

}  // namespace patchbay::cli
