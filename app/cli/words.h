// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace patchbay::cli {

/// A completion script for "bash" or "zsh", made from the declared commands and options.
std::string completionScript(const CLI::App& app, std::string_view shell);
/// The man page in troff, from the same text as --help.
std::string manualPage(const CLI::App& app);

}  // namespace patchbay::cli
