// SPDX-License-Identifier: Apache-2.0
#include "app/cli/words.h"

#include <CLI/CLI.hpp>

namespace patchbay::cli {
namespace {

std::vector<const CLI::App*> commandsOf(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

/// "--project --set ...": the words one command offers; the commands below one and theirs as well.
std::string optionWords(const CLI::App& command) {
  std::string out;
  for (const auto* inner : commandsOf(command)) out += (out.empty() ? "" : " ") + inner->get_name() + " " + optionWords(*inner);
  for (const auto* option : command.get_options())
    for (const auto& name : option->get_lnames()) out += (out.empty() ? "--" : " --") + name;
  return out;
}

std::string troff(std::string_view text);

/// One command with its options, then those below it: "data", "data log", ...
std::string manualSection(const CLI::App& command, const std::string& before) {
  const auto name = before + command.get_name();
  auto out = ".SS " + troff(name) + "\n" + troff(command.get_description()) + ".\n";
  for (const auto* option : command.get_options()) {
    out += ".TP\n.B " + troff(option->get_name(true, true));
    if (!option->get_type_name().empty()) out += " " + troff(option->get_type_name());
    out += "\n" + troff(option->get_description()) + "\n";
  }
  for (const auto* inner : commandsOf(command)) out += manualSection(*inner, name + " ");
  return out;
}

/// For troff: backslashes, and dots or quotes that begin a line.
std::string troff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\e";
    else if (c == '-') out += "\\-";
    else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) out += std::string{"\\&"} + c;
    else out += c;
  }
  return out;
}

}  // namespace

std::string completionScript(const CLI::App& app, std::string_view shell) {
  std::string commands, cases;
  for (const auto* command : commandsOf(app)) {
    commands += (commands.empty() ? "" : " ") + command->get_name();
    cases += "    " + command->get_name() + ") words=\"" + optionWords(*command) + "\" ;;\n";
  }
  std::string out = shell == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
  out += "_patchbay() {\n  local words current=${COMP_WORDS[COMP_CWORD]}\n";
  out += "  if [ \"$COMP_CWORD\" = 1 ]; then COMPREPLY=($(compgen -W \"" + commands + "\" -- \"$current\")); return; fi\n";
  out += "  case ${COMP_WORDS[1]} in\n" + cases + "  esac\n";
  out +=
      "  case ${COMP_WORDS[1]}:$COMP_CWORD in\n    run:2 | plan:2 | check:2 | new:2) words=\"$words $(patchbay templates 2>/dev/null | "
      "tail -n +3 | cut -d' ' -f1)\" ;;\n  esac\n";
  out +=
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\") $(compgen -f -- \"$current\"))\n}\ncomplete -o filenames -F _patchbay "
      "patchbay\n";
  return out;
}

std::string manualPage(const CLI::App& app) {
  std::string out = ".TH PATCHBAY 1\n.SH NAME\npatchbay \\- " + troff(app.get_description()) +
                    "\n.SH SYNOPSIS\n.B patchbay\nCOMMAND [ARGUMENT...]\n.SH COMMANDS\n";
  for (const auto* command : commandsOf(app)) out += manualSection(*command, {});
  return out + ".SH EXIT STATUS\n" + troff(app.get_footer()) + "\n";
}

}  // namespace patchbay::cli
